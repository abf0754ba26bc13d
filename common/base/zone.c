/*
 * zone.c: time zones, see time.h and zone.h.
 *
 * Owns the table of zones that were asked for: entries are added under a mutex and
 * published with the count. UTC needs no entry in ICU's data and is always there.
 */
#include "base/zone.h"

#include "base/text.h"
#include "base/time.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#define FIRST_CHANGE (-2208988800.0 * 1000) /* 1900-01-01 in milliseconds */
#define LAST_CHANGE (4102444800.0 * 1000)   /* 2100-01-01 */
#define NAME_MAX_CHARS 63
#define DAY_SECONDS 86400

static int64_t utc_from[] = { INT64_MIN };
static int32_t utc_offset[] = { 0 };
static char utc_name[] = "UTC";
static struct zone utc = { utc_name, 0, 1, utc_from, utc_offset };

static struct zone *zones[ZONE_MAX] = { &utc };
static atomic_int zone_count = 1;
static pthread_mutex_t zones_lock = PTHREAD_MUTEX_INITIALIZER;

/* Area/Location as IANA writes it; neither ICU's old three letters, of which some mean
 * different zones to different people, nor offsets that are not in the list. */
static bool
is_iana(const char *name, UChar *wide)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar canonical[NAME_MAX_CHARS + 1];
	UBool is_system = false;

	if (text_empty(name) || strlen(name) > NAME_MAX_CHARS || !strchr(name, '/'))
		return false;
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p >= 0x80)
			return false;
	u_charsToUChars(name, wide, (int32_t)strlen(name) + 1);
	ucal_getCanonicalTimeZoneID(wide, -1, canonical, NAME_MAX_CHARS, &is_system, &error);
	return U_SUCCESS(error) && is_system;
}

static void
zone_free(struct zone *zone)
{
	if (!zone)
		return;
	free(zone->name);
	free(zone->from);
	free(zone->offset);
	free(zone);
}

/* False when there is no memory. */
static bool
add_change(struct zone *zone, int64_t from, int32_t offset)
{
	size_t n = (size_t)zone->n;
	void *p;

	if (n > 0 && zone->offset[n - 1] == offset)
		return true; /* only the name or the kind of time changed */
	if (n % 64 == 0) {
		p = realloc(zone->from, (n + 64) * sizeof *zone->from);
		if (!p)
			return false;
		zone->from = p;
		p = realloc(zone->offset, (n + 64) * sizeof *zone->offset);
		if (!p)
			return false;
		zone->offset = p;
	}
	zone->from[n] = from;
	zone->offset[n] = offset;
	zone->n++;
	return true;
}

/* Goes from change to change. False on any error. */
static bool
read_changes(struct zone *zone, UCalendar *calendar)
{
	UErrorCode error = U_ZERO_ERROR;
	UDate at = FIRST_CHANGE;
	int64_t from = INT64_MIN;

	for (;;) {
		int32_t offset;

		ucal_setMillis(calendar, at, &error);
		offset = ucal_get(calendar, UCAL_ZONE_OFFSET, &error) +
			 ucal_get(calendar, UCAL_DST_OFFSET, &error);
		if (U_FAILURE(error) || !add_change(zone, from, offset / 1000))
			return false;
		if (!ucal_getTimeZoneTransitionDate(
			calendar, UCAL_TZ_TRANSITION_NEXT, &at, &error) ||
		    at > LAST_CHANGE)
			return U_SUCCESS(error);
		from = (int64_t)(at / 1000);
	}
}

static struct zone *
load(const char *name, const UChar *wide)
{
	UErrorCode error = U_ZERO_ERROR;
	struct zone *zone = calloc(1, sizeof *zone);
	UCalendar *calendar;
	bool fine;

	if (!zone)
		return NULL;
	calendar = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &error);
	zone->name = strdup(name);
	fine = U_SUCCESS(error) && zone->name && read_changes(zone, calendar);
	if (calendar)
		ucal_close(calendar);
	if (fine)
		return zone;
	zone_free(zone);
	return NULL;
}

static const struct zone *
find(const char *name)
{
	int n = atomic_load_explicit(&zone_count, memory_order_acquire);

	for (int i = 0; i < n; i++)
		if (strcmp(zones[i]->name, name) == 0)
			return zones[i];
	return NULL;
}

static const struct zone *
add(const char *name)
{
	UChar wide[NAME_MAX_CHARS + 1];
	const struct zone *zone;

	if (!is_iana(name, wide))
		return NULL;
	pthread_mutex_lock(&zones_lock);
	zone = find(name);
	if (!zone) {
		int n = atomic_load_explicit(&zone_count, memory_order_relaxed);
		struct zone *made = n < ZONE_MAX ? load(name, wide) : NULL;

		if (made) {
			made->index = n;
			zones[n] = made;
			atomic_store_explicit(&zone_count, n + 1, memory_order_release);
		}
		zone = made;
	}
	pthread_mutex_unlock(&zones_lock);
	return zone;
}

const struct zone *
zone_of(const char *name)
{
	static _Thread_local const struct zone *last;
	const struct zone *zone;

	if (text_empty(name))
		return NULL;
	if (last && strcmp(last->name, name) == 0)
		return last;
	zone = find(name);
	if (!zone)
		zone = add(name);
	if (zone)
		last = zone;
	return zone;
}

/* The index of the span that holds the instant. */
static int
span_of(const struct zone *zone, int64_t seconds)
{
	int low = 0, high = zone->n; /* from[low] <= seconds < from[high] */

	while (high - low > 1) {
		int middle = low + (high - low) / 2;

		if (zone->from[middle] <= seconds)
			low = middle;
		else
			high = middle;
	}
	return low;
}

int32_t
zone_offset(const struct zone *zone, int64_t seconds)
{
	return zone->offset[span_of(zone, seconds)];
}

static const struct zone *
zone_or_utc(const char *name)
{
	const struct zone *zone = zone_of(name);

	return zone ? zone : &utc;
}

bool
zone_known(const char *name)
{
	return zone_of(name) != NULL;
}

/* Seconds of the local clock, as if it were UTC's. */
static int64_t
local_seconds(instant t, const char *zone)
{
	int64_t seconds = t / SECOND - (t % SECOND < 0);

	return seconds + zone_offset(zone_or_utc(zone), seconds);
}

day
day_in_zone(instant t, const char *zone)
{
	int64_t local = local_seconds(t, zone);

	return (day)(local / DAY_SECONDS - (local % DAY_SECONDS < 0));
}

int
minute_in_zone(instant t, const char *zone)
{
	int64_t local = local_seconds(t, zone) % DAY_SECONDS;

	return (int)((local < 0 ? local + DAY_SECONDS : local) / 60);
}

instant
instant_of_local(
    day d, int hour, int minute, int second, const char *name, enum local_note *ret_note)
{
	const struct zone *zone = zone_or_utc(name);
	int64_t local =
	    (int64_t)d * DAY_SECONDS + INT64_C(3600) * hour + INT64_C(60) * minute + second;
	enum local_note note = LOCAL_SKIPPED;
	int64_t found = 0;
	/* An offset is under a day, so only spans about this day can hold the time. */
	int last = span_of(zone, local + DAY_SECONDS);

	for (int i = span_of(zone, local - DAY_SECONDS); i <= last; i++) {
		int64_t seconds = local - zone->offset[i];

		if (seconds < zone->from[i]) {
			/* Behind the end of the span before, too: the clock jumped over it. */
			if (note == LOCAL_SKIPPED) {
				found = local - zone->offset[i - 1];
				break;
			}
			continue;
		}
		if (i + 1 < zone->n && seconds >= zone->from[i + 1])
			continue;
		if (note == LOCAL_PLAIN) {
			note = LOCAL_TWICE;
			break;
		}
		note = LOCAL_PLAIN;
		found = seconds;
	}
	if (ret_note)
		*ret_note = note;
	return found * SECOND;
}
