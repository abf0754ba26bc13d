/*
 * time_text.c: days, instants and durations as readers of a locale see them, see time.h.
 *
 * ICU's formatters are kept per locale, one set per process, under a mutex: they are
 * large, and one thread at a time may use one. In front of them each thread has a small
 * table of texts it made before, so that a page with many dates hardly ever comes here.
 * English has our own order (Friday 20 November 2026); all other locales have CLDR's,
 * always in the Gregorian calendar and with a clock of 24 hours.
 *
 * Owns: the sets of formatters (never freed), and per thread one table of MEMO entries
 * (freed with the thread). When ICU fails, the ISO form is shown.
 */
#include "base/locale.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "base/zone.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

#define DAY_MILLIS 86400000.0
#define DAYS_LEAST (-719162) /* 0001-01-01 */
#define DAYS_MOST 2932896    /* 9999-12-31 */
#define WIDE 160             /* UTF-16 units of the longest text */

/* What a remembered text is of; the day styles come first. */
enum kind {
	OF_DAY,
	OF_MINUTE = DAY_STYLE_MAX,
	OF_CITY,
	OF_PERIOD,
	OF_DURATION,
	OF_INSTANT,
	OF_INSTANT_WITH_ZONE
};

struct forms {
	pthread_mutex_t lock;
	UDateFormat *day[DAY_STYLE_MAX];
	UDateFormat *minute;
	UDateIntervalFormat *period; /* NULL for English */
	UNumberFormatter *hours, *minutes;
	UFormattedNumber *number;
	char glue[3][16]; /* before, between and behind date and time */
	bool time_first;
};
static struct forms *_Atomic all_forms[LOCALE_MAX];
static pthread_mutex_t forms_lock = PTHREAD_MUTEX_INITIALIZER;

#define MEMO 256 /* a power of two */
#define MEMO_TEXT 103

struct memo {
	uint64_t key; /* 0: empty */
	unsigned char n;
	char text[MEMO_TEXT];
};
static _Thread_local struct memo *memos;
static pthread_key_t memos_key;
static pthread_once_t memos_once = PTHREAD_ONCE_INIT;

static void
make_memos_key(void)
{
	(void)pthread_key_create(&memos_key, free);
}

/* NULL when there is no memory: then nothing is remembered. */
static struct memo *
memo_of(uint64_t key)
{
	if (!memos) {
		pthread_once(&memos_once, make_memos_key);
		memos = calloc(MEMO, sizeof *memos);
		if (!memos || pthread_setspecific(memos_key, memos) != 0) {
			free(memos);
			memos = NULL;
			return NULL;
		}
	}
	return &memos[key * UINT64_C(0x9E3779B97F4A7C15) >> 56];
}
_Static_assert(MEMO == 1 << 8, "the hash gives eight bits");

/* 4 bits of kind, 6 of locale, 27 of each number; kind counts from 1, so no key is 0. */
static uint64_t
memo_key(int kind, const struct locale *locale, int64_t a, int64_t b)
{
	const uint64_t mask = (1U << 27) - 1;

	return (uint64_t)(kind + 1) << 60 | (uint64_t)locale->index << 54 |
	       ((uint64_t)a & mask) << 27 | ((uint64_t)b & mask);
}

static void
remember(uint64_t key, const char *text)
{
	struct memo *memo = memo_of(key);
	size_t n = strlen(text);

	if (!memo || n > MEMO_TEXT)
		return;
	memo->key = key;
	memo->n = (unsigned char)n;
	memcpy(memo->text, text, n);
}

/* A copy of the text that this thread remembers, or NULL. */
static char *
recall(struct arena *arena, uint64_t key)
{
	const struct memo *memo = memo_of(key);

	return memo && memo->key == key ? arena_copy(arena, memo->text, memo->n) : NULL;
}

/* NULL when error tells of a failure or the text does not fit. */
static char *
narrow(struct arena *arena, const UChar *wide, int32_t n, UErrorCode error)
{
	char *text;
	int32_t bytes = 0;

	if (U_FAILURE(error) || n < 0 || n > WIDE)
		return NULL;
	text = arena_array(arena, 3, (size_t)n + 1);
	u_strToUTF8(text, 3 * (n + 1), &bytes, wide, n, &error);
	return U_SUCCESS(error) ? text : NULL;
}

/*
 * The formatters of a locale.
 */

/* A formatter of UTC days that knows no Julian calendar, as day counts do not. */
static UDateFormat *
open_format(const struct locale *locale, const UChar *zone, const UChar *pattern, int32_t n,
    UErrorCode *error)
{
	UDateFormat *format =
	    udat_open(UDAT_PATTERN, UDAT_PATTERN, locale->icu, zone, -1, pattern, n, error);
	UCalendar *calendar;

	if (U_FAILURE(*error))
		return NULL;
	calendar = ucal_clone(udat_getCalendar(format), error);
	if (U_SUCCESS(*error)) {
		ucal_setGregorianChange(calendar, -1e18, error);
		udat_setCalendar(format, calendar);
		ucal_close(calendar);
	}
	return format;
}

static UDateFormat *
open_best(const struct locale *locale, UDateTimePatternGenerator *best, const UChar *skeleton,
    const UChar *english, UErrorCode *error)
{
	UChar pattern[WIDE];
	int32_t n;

	if (locale->english)
		return open_format(locale, u"UTC", english, -1, error);
	n = udatpg_getBestPattern(best, skeleton, -1, pattern, WIDE, error);
	return open_format(locale, u"UTC", pattern, n, error);
}

/* Takes "{1}, {0}" apart; {1} is the date. Quotes round words fall away. */
static void
read_glue(struct forms *forms, UDateTimePatternGenerator *best, UErrorCode *error)
{
	int32_t n = 0;
	const UChar *pattern = udatpg_getDateTimeFormat(best, &n);
	char text[64], *at = text;
	int part = 0;
	size_t used = 0;
	int32_t bytes = 0;

	u_strToUTF8(text, sizeof text, &bytes, pattern, n, error);
	if (U_FAILURE(*error) || bytes >= (int32_t)sizeof text)
		return;
	memset(forms->glue, 0, sizeof forms->glue);
	for (; *at; at++) {
		if (at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}' &&
		    part < 2) {
			if (part == 0)
				forms->time_first = at[1] == '0';
			part++;
			used = 0;
			at += 2;
		} else if (*at != '\'' && used < sizeof forms->glue[0] - 1) {
			forms->glue[part][used++] = *at;
		}
	}
}

static struct forms *
open_forms(const struct locale *locale)
{
	static const UChar *const skeletons[][2] = {
		[DAY_LONG] = { u"yMMMMEEEEd", u"EEEE d MMMM y" },
		[DAY_SHORT] = { u"yMMMd", u"d MMM y" },
		[DAY_BARE] = { u"MMMMd", u"d MMMM" },
	};
	UErrorCode error = U_ZERO_ERROR;
	struct forms *forms = calloc(1, sizeof *forms);
	UDateTimePatternGenerator *best;

	if (!forms)
		return NULL;
	pthread_mutex_init(&forms->lock, NULL);
	memcpy(forms->glue[1], ", ", 3);
	best = udatpg_open(locale->icu, &error);
	for (int i = 0; i < DAY_STYLE_MAX; i++)
		forms->day[i] =
		    open_best(locale, best, skeletons[i][0], skeletons[i][1], &error);
	forms->minute = open_best(locale, best, u"Hm", u"HH:mm", &error);
	if (!locale->english && U_SUCCESS(error)) {
		read_glue(forms, best, &error);
		forms->period = udtitvfmt_open(locale->icu, u"yMMMMd", -1, u"UTC", -1, &error);
		forms->hours = unumf_openForSkeletonAndLocale(
		    u"measure-unit/duration-hour unit-width-short", -1, locale->icu, &error);
		forms->minutes = unumf_openForSkeletonAndLocale(
		    u"measure-unit/duration-minute unit-width-short", -1, locale->icu, &error);
		forms->number = unumf_openResult(&error);
	}
	if (best)
		udatpg_close(best);
	/* On an error some are NULL; their users show the ISO form. */
	return forms;
}

/* The locale's formatters, NULL without memory. */
static struct forms *
forms_of(const struct locale *locale)
{
	struct forms *forms =
	    atomic_load_explicit(&all_forms[locale->index], memory_order_acquire);

	if (forms)
		return forms;
	pthread_mutex_lock(&forms_lock);
	forms = atomic_load_explicit(&all_forms[locale->index], memory_order_relaxed);
	if (!forms) {
		forms = open_forms(locale);
		atomic_store_explicit(&all_forms[locale->index], forms, memory_order_release);
	}
	pthread_mutex_unlock(&forms_lock);
	return forms;
}

/* A date format applied to milliseconds since 1970; NULL when that fails. */
static char *
apply(struct arena *arena, struct forms *forms, const UDateFormat *format, double millis)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[WIDE];
	int32_t n;

	if (!format)
		return NULL;
	pthread_mutex_lock(&forms->lock);
	n = udat_format(format, millis, wide, WIDE, NULL, &error);
	pthread_mutex_unlock(&forms->lock);
	return narrow(arena, wide, n, error);
}

/*
 * Days and instants.
 */

static const char *
day_of_locale(struct arena *arena, day d, const struct locale *locale, enum day_style style)
{
	uint64_t key = memo_key(OF_DAY + (int)style, locale, d, 0);
	struct forms *forms;
	char *text;

	if (d < DAYS_LEAST || d > DAYS_MOST)
		return "";
	text = recall(arena, key);
	if (text)
		return text;
	forms = forms_of(locale);
	text = forms ? apply(arena, forms, forms->day[style], d * DAY_MILLIS) : NULL;
	if (!text)
		return day_iso(arena, d);
	remember(key, text);
	return text;
}

const char *
day_text(struct arena *arena, day d, const char *locale, enum day_style style)
{
	return day_of_locale(arena, d, locale_of(locale), style);
}

/* "14:03" */
static const char *
minute_text(struct arena *arena, int minute, const struct locale *locale)
{
	uint64_t key = memo_key(OF_MINUTE, locale, minute, 0);
	char *text = recall(arena, key);
	struct forms *forms;

	if (text)
		return text;
	forms = locale->english ? NULL : forms_of(locale);
	text = forms ? apply(arena, forms, forms->minute, minute * 60000.0) : NULL;
	if (!text)
		text = text_printf(arena, "%02d:%02d", minute / 60, minute % 60);
	remember(key, text);
	return text;
}

/* The city by which a zone is known in the locale: "Vienna", "Wien". */
static char *
read_city(struct arena *arena, const struct zone *zone, const struct locale *locale)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar id[64], wide[WIDE];
	UDateFormat *format;
	char *text = NULL;
	int32_t n;

	u_charsToUChars(zone->name, id, (int32_t)strlen(zone->name) + 1);
	/* Zones at sea and of plain offsets have no city. */
	format = open_format(
	    locale, id, text_starts(zone->name, "Etc/") ? u"O" : u"VVV", -1, &error);
	if (U_SUCCESS(error)) {
		n = udat_format(format, 0, wide, WIDE, NULL, &error);
		text = narrow(arena, wide, n, error);
	}
	if (format)
		udat_close(format);
	return text;
}

static const char *
city_text(struct arena *arena, const struct zone *zone, const struct locale *locale)
{
	uint64_t key = memo_key(OF_CITY, locale, zone->index, 0);
	char *text = recall(arena, key);

	if (text)
		return text;
	if (zone->index > 0)
		text = read_city(arena, zone, locale);
	if (!text)
		text = text_copy(arena, zone->name);
	remember(key, text);
	return text;
}

/* zone NULL counts as UTC. */
static char *
compose(struct arena *arena, instant t, const struct zone *zone, const struct locale *locale,
    bool with_zone)
{
	static const struct forms english = { .glue = { "", ", ", "" } };
	const struct forms *forms = locale->english ? &english : forms_of(locale);
	const char *name = zone ? zone->name : "UTC";
	const char *date = day_of_locale(arena, day_in_zone(t, name), locale, DAY_SHORT);
	const char *clock = minute_text(arena, minute_in_zone(t, name), locale);
	char *text;

	if (!forms)
		forms = &english;
	text =
	    text_printf(arena, "%s%s%s%s%s", forms->glue[0], forms->time_first ? clock : date,
		forms->glue[1], forms->time_first ? date : clock, forms->glue[2]);
	if (with_zone)
		text = text_printf(
		    arena, "%s (%s)", text, zone ? city_text(arena, zone, locale) : name);
	return text;
}

const char *
instant_text(
    struct arena *arena, instant t, const char *zone, const char *locale, bool with_zone)
{
	const struct locale *l = locale_of(locale);
	const struct zone *known = zone_of(zone);
	int64_t minute = t / MINUTE;
	/* What is remembered is of a whole minute: offsets are whole minutes since 1972. */
	bool usual = t >= INT64_C(3) * 366 * DAY_LENGTH && minute < 1 << 26;
	uint64_t key = memo_key(
	    with_zone ? OF_INSTANT_WITH_ZONE : OF_INSTANT, l, minute, known ? known->index : 0);
	char *text = usual ? recall(arena, key) : NULL;

	if (text)
		return text;
	text = compose(arena, t, known, l, with_zone);
	if (usual)
		remember(key, text);
	return text;
}

/*
 * Periods and durations.
 */

static char *
english_period(struct arena *arena, day first, day last, const struct locale *locale)
{
	struct ymd from = day_ymd(first), to = day_ymd(last);
	const char *end = day_of_locale(arena, last, locale, DAY_BARE);
	const char *begin = day_of_locale(arena, first, locale, DAY_BARE);

	if (first == last)
		return text_printf(arena, "%s %d", end, to.year);
	if (from.year != to.year)
		return text_printf(arena, "%s %d to %s %d", begin, from.year, end, to.year);
	if (from.month != to.month)
		return text_printf(arena, "%s to %s %d", begin, end, to.year);
	return text_printf(arena, "%d to %s %d", from.day, end, to.year);
}

static char *
other_period(struct arena *arena, day first, day last, const struct locale *locale)
{
	struct forms *forms = forms_of(locale);
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[WIDE];
	int32_t n;

	if (!forms || !forms->period)
		return NULL;
	pthread_mutex_lock(&forms->lock);
	n = udtitvfmt_format(
	    forms->period, first * DAY_MILLIS, last * DAY_MILLIS, wide, WIDE, NULL, &error);
	pthread_mutex_unlock(&forms->lock);
	return narrow(arena, wide, n, error);
}

const char *
period_text(struct arena *arena, day first, day last, const char *locale)
{
	const struct locale *l = locale_of(locale);
	uint64_t key = memo_key(OF_PERIOD, l, first, last);
	char *text;

	if (first < DAYS_LEAST || first > DAYS_MOST || last < DAYS_LEAST || last > DAYS_MOST)
		return "";
	text = recall(arena, key);
	if (text)
		return text;
	text = l->english ? english_period(arena, first, last, l)
			  : other_period(arena, first, last, l);
	if (!text)
		return text_printf(arena, "%s/%s", day_iso(arena, first), day_iso(arena, last));
	remember(key, text);
	return text;
}

/* "31 Std."; NULL when ICU fails. */
static char *
unit_text(struct arena *arena, struct forms *forms, const UNumberFormatter *unit, int64_t n)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[WIDE];
	int32_t length = 0;

	if (!unit || !forms->number)
		return NULL;
	pthread_mutex_lock(&forms->lock);
	unumf_formatInt(unit, n, forms->number, &error);
	if (U_SUCCESS(error))
		length = unumf_resultToString(forms->number, wide, WIDE, &error);
	pthread_mutex_unlock(&forms->lock);
	return narrow(arena, wide, length, error);
}

static char *
duration(struct arena *arena, int64_t minutes, const struct locale *locale)
{
	/* Of INT64_MIN the magnitude would overflow; hours are told apart first. */
	int64_t hours = minutes / 60, rest = minutes % 60;
	const char *minus = minutes < 0 ? locale->minus.p : "";
	struct forms *forms = locale->english ? NULL : forms_of(locale);
	const char *h, *m;

	hours = hours < 0 ? -hours : hours;
	rest = rest < 0 ? -rest : rest;
	h = forms ? unit_text(arena, forms, forms->hours, hours) : NULL;
	m = forms ? unit_text(arena, forms, forms->minutes, rest) : NULL;
	if (!h)
		h = text_printf(arena, "%s h", number_text(arena, hours, locale->tag));
	if (!m)
		m = text_printf(arena, "%" PRId64 " min", rest);
	if (hours == 0)
		return text_printf(arena, "%s%s", minus, m);
	if (rest == 0)
		return text_printf(arena, "%s%s", minus, h);
	return text_printf(arena, "%s%s %s", minus, h, m);
}

const char *
minutes_text(struct arena *arena, int64_t minutes, const char *locale)
{
	const struct locale *l = locale_of(locale);
	bool small = minutes > -(1 << 26) && minutes < 1 << 26; /* fits the key */
	uint64_t key = memo_key(OF_DURATION, l, minutes, 0);
	char *text = small ? recall(arena, key) : NULL;

	if (text)
		return text;
	text = duration(arena, minutes, l);
	if (small)
		remember(key, text);
	return text;
}
