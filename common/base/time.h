/*
 * time.h: instants, days and zones.
 *
 * An instant is microseconds since 1970-01-01T00:00Z; it is stored as DATETIME(6) in
 * UTC. A day is a count of days since 1970-01-01 in the proleptic Gregorian calendar;
 * it has no zone. Zones are IANA names and are computed by ICU.
 *
 * SQL never asks the clock: every instant comes from time_now(), which tests can
 * shift (KEPTWORD_CLOCK_SHIFT, seconds, read once at start).
 */
#ifndef KEPTWORD_TIME_H
#define KEPTWORD_TIME_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t instant;
typedef int32_t day;

#define SECOND ((instant)1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY_LENGTH (24 * HOUR) /* of UTC; a day in a zone may be longer or shorter */
#define DAY_NONE INT32_MIN

/* The clock, as time_shift() has moved it. */
instant time_now(void);

/* Microseconds of a clock that never jumps; only differences mean something. */
int64_t time_ticks(void);

/* Moves time_now() by seconds, for tests and for KEPTWORD_CLOCK_SHIFT. */
void time_shift(int64_t seconds);

struct ymd {
	int year, month, day; /* month and day from 1 */
};
/* False when the date does not exist (2026-02-30), year outside 1..9999. */
MUST_USE bool day_of_ymd(struct ymd ymd, day *ret);
struct ymd day_ymd(day d);
int day_weekday(day d); /* 1 Monday .. 7 Sunday (ISO 8601) */

/* "2026-11-23"; the whole text must be the date. */
MUST_USE bool day_parse(const char *text, day *ret);
char *day_iso(struct arena *arena, day d);

/* ISO 8601 with 'Z' or an offset, seconds optional, 'T' or one blank between. */
MUST_USE bool instant_parse(const char *text, instant *ret);
char *instant_iso(struct arena *arena, instant t); /* 2026-11-23T03:04:05Z */

/* Is this a zone that ICU knows? ("Europe/Vienna"; not "CET-1CEST".) */
bool zone_known(const char *zone);

/* The zones that people choose from: UTC, then one name for each place, sorted. Static. */
const char *const *zone_names(size_t *ret_n);

/* The calendar day of an instant in a zone. An unknown zone counts as UTC. */
day day_in_zone(instant t, const char *zone);
int minute_in_zone(instant t, const char *zone); /* 0..1439 of the local day */

/* The instant of a local day, hour, minute and second in a zone. A time that the
 * clock skips is moved forward by the gap; of a time that comes twice the first is
 * taken; *ret_note (may be NULL) tells which happened. */
enum local_note { LOCAL_PLAIN, LOCAL_SKIPPED, LOCAL_TWICE };
instant instant_of_local(day d, int hour, int minute, int second, const char *zone,
    enum local_note *ret_note);

/* How a reader sees it; locale is a BCP 47 tag ("en", "ar-EG"). Results are cached
 * per thread, so showing the same day twice costs next to nothing. The instant forms
 * carry the zone's name in words where with_zone. */
enum day_style {
	DAY_LONG,  /* Friday 20 November 2026 */
	DAY_SHORT, /* 20 Nov 2026 */
	DAY_BARE,  /* 20 November, no year */
	DAY_STYLE_MAX
};
const char *day_text(struct arena *arena, day d, const char *locale, enum day_style style);
const char *instant_text(struct arena *arena, instant t, const char *zone,
    const char *locale, bool with_zone); /* 20 Nov 2026, 14:03 (Vienna) */

/* "2 to 15 November 2026": both days named as shortly as is clear. */
const char *period_text(struct arena *arena, day first, day last, const char *locale);

/* "31 h 30 min"; 0 gives "0 min". */
const char *minutes_text(struct arena *arena, int64_t minutes, const char *locale);

#endif
