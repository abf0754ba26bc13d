/*
 * json.h: JSON by jansson in an arena: what jansson allocates is given back when the arena is
 * reset, so a jump out of memory loses nothing. Used by APIs, questionnaires and whoever talks to
 * other servers.
 */
#ifndef KEPTWORD_JSON_H
#define KEPTWORD_JSON_H

#include "base/money.h"
#include "base/text.h"
#include "base/time.h"

#include <jansson.h>

/* Hands a value over to the arena; NULL (jansson had no memory) stays NULL. */
json_t *json_held(struct arena *arena, json_t *json);

/* Reads a text, held; NULL when it is no JSON, an object has a name twice, or a text in it is not
 * UTF-8 or has a NUL. json_read_object(): the same, NULL too when it is no object. */
json_t *json_read(struct arena *arena, struct bytes text);
json_t *json_read_object(struct arena *arena, struct bytes text);

/* Written in one line, in the arena; NULL without memory. */
const char *json_written(struct arena *arena, const json_t *json);

/* Values as every answer of an API writes them. Each is a new reference, for an "o" of json_pack()
 * (NULL there makes the whole NULL). A day is "2026-11-15", an instant ISO 8601 in UTC; DAY_NONE
 * and 0 are null. Money is { "minor": 184500, "currency": "EUR" }. */
json_t *json_day(struct arena *arena, day d);
json_t *json_instant(struct arena *arena, instant t);
json_t *json_money(struct money m);

#endif
