/* json.c: JSON in an arena, see json.h. */
#include "data/json.h"

static void
give_back(void *arg)
{
	json_decref(arg);
}

json_t *
json_held(struct arena *arena, json_t *json)
{
	if (json)
		arena_hook(arena, give_back, json);
	return json;
}

json_t *
json_read(struct arena *arena, struct bytes text)
{
	return json_held(
	    arena, json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, NULL));
}

json_t *
json_read_object(struct arena *arena, struct bytes text)
{
	json_t *json = json_read(arena, text);

	return json_is_object(json) ? json : NULL;
}

const char *
json_written(struct arena *arena, const json_t *json)
{
	size_t n = json ? json_dumpb(json, NULL, 0, JSON_COMPACT) : 0;
	char *text;

	if (!n)
		return NULL;
	text = arena_alloc(arena, n + 1);
	return json_dumpb(json, text, n, JSON_COMPACT) == n ? text : NULL;
}

json_t *
json_day(struct arena *arena, day d)
{
	return d == DAY_NONE ? json_null() : json_string(day_iso(arena, d));
}

json_t *
json_instant(struct arena *arena, instant t)
{
	return t ? json_string(instant_iso(arena, t)) : json_null();
}

json_t *
json_money(struct money m)
{
	return json_pack("{s:I, s:s}", "minor", (json_int_t)m.minor, "currency", m.currency);
}
