/*
 * time_test.c: the calendar, ISO 8601, zones with their skipped and doubled hours, and
 * what readers see. Expected values were worked out by hand or with date(1).
 */
#include "base/text.h"
#include "base/time.h"

#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return arena ? 0 : -1;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static day
at_day(const char *text)
{
	day d = DAY_NONE;

	if (!day_parse(text, &d))
		fail_msg("no day: %s", text);
	return d;
}

static instant
at(const char *text)
{
	instant t = 0;

	if (!instant_parse(text, &t))
		fail_msg("no instant: %s", text);
	return t;
}

static void
calendar(void **state)
{
	static const struct {
		const char *text;
		day d;
		int weekday;
	} all[] = {
		{ "1970-01-01", 0, 4 },
		{ "1969-12-31", -1, 3 },
		{ "2000-02-29", 11016, 2 },
		{ "2026-11-23", 20780, 1 },
		{ "2024-02-29", 19782, 4 },
		{ "1900-03-01", -25508, 4 },
		{ "0001-01-01", -719162, 1 },
		{ "9999-12-31", 2932896, 5 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_int_equal(at_day(all[i].text), all[i].d);
		assert_int_equal(day_weekday(all[i].d), all[i].weekday);
		assert_string_equal(day_iso(arena, all[i].d), all[i].text);
	}
}

/* Every day of 800 years follows the one before, by a plain calendar. */
static void
every_day(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct ymd want = { 1600, 1, 1 };
	day d = at_day("1600-01-01");

	(void)state;
	while (want.year < 2400) {
		struct ymd got = day_ymd(d);
		day back;
		bool leap =
		    (want.year % 4 == 0 && want.year % 100 != 0) || want.year % 400 == 0;

		assert_int_equal(got.year, want.year);
		assert_int_equal(got.month, want.month);
		assert_int_equal(got.day, want.day);
		assert_true(day_of_ymd(want, &back));
		assert_int_equal(back, d);
		d++;
		if (++want.day > lengths[want.month - 1] + (leap && want.month == 2)) {
			want.day = 1;
			if (++want.month > 12) {
				want.month = 1;
				want.year++;
			}
		}
	}
}

static void
days_that_do_not_exist(void **state)
{
	static const char *const bad[] = { "2026-02-30", "2026-02-29", "1900-02-29",
		"2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01",
		"2026-1-1", "2026-01-01 ", " 2026-01-01", "20260101", "2026/01/01",
		"+026-01-01", "2026-01-0x", "", "2026-01" };
	day d = 77;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (day_parse(bad[i], &d))
			fail_msg("taken: %s", bad[i]);
	assert_false(day_parse(NULL, &d));
	assert_false(day_of_ymd((struct ymd){ 10000, 1, 1 }, &d));
	assert_int_equal(d, 77);
}

static void
instants(void **state)
{
	static const char *const bad[] = { "2026-11-23T03:04:05", "2026-11-23T24:00:00Z",
		"2026-11-23T03:60:00Z", "2026-11-23T03:04:60Z", "2026-11-23T03:04:05.Z",
		"2026-11-23", "2026-11-23T03Z", "2026-02-29T00:00Z", "2026-11-23T03:04:05ZZ",
		"2026-11-23T03:04:05+1", "2026-11-23T03:04:05+01:", "2026-11-23T03:04:05+24:00",
		"2026-11-23T03:04:05+01:60", "2026-11-23  03:04:05Z", "2026-11-23T3:04:05Z",
		"" };
	instant t = 5;

	(void)state;
	assert_true(at("1970-01-01T00:00Z") == 0);
	assert_true(at("2026-11-23T03:04:05Z") == INT64_C(1795403045) * SECOND);
	assert_true(at("2026-11-23T03:04:05.123456Z") == INT64_C(1795403045) * SECOND + 123456);
	assert_true(at("2026-11-23 04:04:05,5+01:00") == INT64_C(1795403045) * SECOND + 500000);
	assert_true(at("2026-11-22T21:34:05-0530") == INT64_C(1795403045) * SECOND);
	assert_true(
	    at("2026-11-23T04:04:05.123456789+01") == INT64_C(1795403045) * SECOND + 123456);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (instant_parse(bad[i], &t))
			fail_msg("taken: %s", bad[i]);
	assert_int_equal(t, 5);
	assert_string_equal(instant_iso(arena, 0), "1970-01-01T00:00:00Z");
	assert_string_equal(instant_iso(arena, -1), "1969-12-31T23:59:59Z");
	assert_string_equal(
	    instant_iso(arena, at("2026-11-23T03:04:05.999999Z")), "2026-11-23T03:04:05Z");
}

static void
the_clock(void **state)
{
	instant before = time_now();
	int64_t ticks = time_ticks();

	(void)state;
	assert_true(before > at("2024-01-01T00:00Z"));
	time_shift(86400);
	assert_true(time_now() - before >= DAY_LENGTH);
	assert_true(time_now() - before < DAY_LENGTH + MINUTE);
	time_shift(0);
	assert_true(time_now() - before < MINUTE);
	assert_true(time_ticks() >= ticks && time_ticks() - ticks < MINUTE);
}

static void
names_of_zones(void **state)
{
	(void)state;
	assert_true(zone_known("Europe/Vienna"));
	assert_true(zone_known("America/Argentina/Buenos_Aires"));
	assert_true(zone_known("Asia/Kolkata"));
	assert_true(zone_known("UTC"));
	assert_true(zone_known("Etc/UTC"));
	assert_false(zone_known("CET-1CEST"));
	assert_false(zone_known("GMT+1"));
	assert_false(zone_known("PST"));
	assert_false(zone_known("Europe/Nowhere"));
	assert_false(zone_known("europe/vienna "));
	assert_false(zone_known("Europe/Wien\xC3\xA9"));
	assert_false(zone_known(""));
	assert_false(zone_known(NULL));
	assert_false(
	    zone_known("A/very/long/name/that/is/no/zone/but/longer/than/any/of/them/is"));
}

static void
days_in_zones(void **state)
{
	instant t = at("2026-01-19T07:30Z");

	(void)state;
	assert_int_equal(day_in_zone(t, "America/Los_Angeles"), at_day("2026-01-18"));
	assert_int_equal(minute_in_zone(t, "America/Los_Angeles"), 23 * 60 + 30);
	assert_int_equal(day_in_zone(t, "UTC"), at_day("2026-01-19"));
	assert_int_equal(day_in_zone(t, "no zone"), at_day("2026-01-19"));
	assert_int_equal(minute_in_zone(t, NULL), 7 * 60 + 30);
	/* Half and quarter hours, and a day ahead of UTC. */
	assert_int_equal(minute_in_zone(t, "Asia/Kolkata"), 13 * 60);
	assert_int_equal(minute_in_zone(t, "Asia/Kathmandu"), 13 * 60 + 15);
	assert_int_equal(
	    day_in_zone(at("2026-01-19T11:00Z"), "Pacific/Kiritimati"), at_day("2026-01-20"));
	assert_int_equal(day_in_zone(-1, "UTC"), -1);
	assert_int_equal(minute_in_zone(-1, "UTC"), 1439);
	/* Vienna: summer from 2026-03-29 01:00Z to 2026-10-25 01:00Z. */
	assert_int_equal(
	    minute_in_zone(at("2026-03-29T00:59:59.999999Z"), "Europe/Vienna"), 119);
	assert_int_equal(minute_in_zone(at("2026-03-29T01:00Z"), "Europe/Vienna"), 180);
	assert_int_equal(minute_in_zone(at("2026-10-25T00:59Z"), "Europe/Vienna"), 179);
	assert_int_equal(minute_in_zone(at("2026-10-25T01:00Z"), "Europe/Vienna"), 120);
	/* Far off: the rules of today. */
	assert_int_equal(minute_in_zone(at("2099-07-01T00:00Z"), "Europe/Vienna"), 120);
}

static void
local_times(void **state)
{
	static const struct {
		const char *day;
		int hour, minute;
		const char *zone, *utc;
		enum local_note note;
	} all[] = {
		{ "2026-03-08", 1, 59, "America/New_York", "2026-03-08T06:59:00Z",
		    LOCAL_PLAIN },
		{ "2026-03-08", 2, 0, "America/New_York", "2026-03-08T07:00:00Z",
		    LOCAL_SKIPPED },
		/* Skipped: 02:30 becomes 03:30 daylight time. */
		{ "2026-03-08", 2, 30, "America/New_York", "2026-03-08T07:30:00Z",
		    LOCAL_SKIPPED },
		{ "2026-03-08", 3, 0, "America/New_York", "2026-03-08T07:00:00Z", LOCAL_PLAIN },
		/* Twice: the first, still daylight time. */
		{ "2026-11-01", 1, 30, "America/New_York", "2026-11-01T05:30:00Z",
		    LOCAL_TWICE },
		{ "2026-11-01", 1, 0, "America/New_York", "2026-11-01T05:00:00Z", LOCAL_TWICE },
		{ "2026-11-01", 0, 59, "America/New_York", "2026-11-01T04:59:00Z",
		    LOCAL_PLAIN },
		{ "2026-11-01", 2, 0, "America/New_York", "2026-11-01T07:00:00Z", LOCAL_PLAIN },
		{ "2026-06-15", 12, 0, "Asia/Kolkata", "2026-06-15T06:30:00Z", LOCAL_PLAIN },
		{ "2026-06-15", 0, 0, "no zone", "2026-06-15T00:00:00Z", LOCAL_PLAIN },
		/* Lord Howe moves by half an hour: 02:00 to 02:30 on 4 October 2026. */
		{ "2026-10-04", 2, 15, "Australia/Lord_Howe", "2026-10-03T15:45:00Z",
		    LOCAL_SKIPPED },
		/* Samoa left out 30 December 2011 altogether. */
		{ "2011-12-30", 12, 0, "Pacific/Apia", "2011-12-30T22:00:00Z", LOCAL_SKIPPED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		enum local_note note = LOCAL_PLAIN;
		instant t = instant_of_local(
		    at_day(all[i].day), all[i].hour, all[i].minute, 0, all[i].zone, &note);

		assert_string_equal(instant_iso(arena, t), all[i].utc);
		assert_int_equal(note, all[i].note);
	}
	assert_true(instant_of_local(0, 0, 0, 1, "UTC", NULL) == SECOND);
}

/* To a zone and back, every 17 minutes round the changes of several zones and years. */
static void
local_and_back(void **state)
{
	static const char *const zones[] = { "Europe/Vienna", "America/New_York",
		"Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tehran", "America/St_Johns" };

	(void)state;
	for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
		for (instant t = at("2021-01-01T00:00Z"); t < at("2023-01-01T00:00Z");
		     t += 17 * MINUTE) {
			day d = day_in_zone(t, zones[z]);
			int minute = minute_in_zone(t, zones[z]);
			enum local_note note;
			instant back = instant_of_local(d, minute / 60, minute % 60,
			    (int)(t / SECOND % 60), zones[z], &note);

			assert_int_not_equal(note, LOCAL_SKIPPED);
			if (note == LOCAL_PLAIN)
				assert_true(back == t);
			else
				assert_true(back == t || t - back <= HOUR);
		}
	}
}

static void
english(void **state)
{
	day d = at_day("2026-11-20");
	instant t = at("2026-11-20T13:03:59Z");

	(void)state;
	assert_string_equal(day_text(arena, d, "en", DAY_LONG), "Friday 20 November 2026");
	assert_string_equal(day_text(arena, d, "en", DAY_SHORT), "20 Nov 2026");
	assert_string_equal(day_text(arena, d, "en", DAY_BARE), "20 November");
	assert_string_equal(day_text(arena, d, NULL, DAY_BARE), "20 November");
	assert_string_equal(day_text(arena, d, "en-GB", DAY_LONG), "Friday 20 November 2026");
	assert_string_equal(day_text(arena, DAY_NONE, "en", DAY_LONG), "");
	assert_string_equal(
	    day_text(arena, at_day("1500-03-01"), "en", DAY_SHORT), "1 Mar 1500");
	assert_string_equal(
	    instant_text(arena, t, "Europe/Vienna", "en", true), "20 Nov 2026, 14:03 (Vienna)");
	assert_string_equal(
	    instant_text(arena, t, "Europe/Vienna", "en", false), "20 Nov 2026, 14:03");
	assert_string_equal(instant_text(arena, at("2026-11-20T04:05Z"),
				"America/Argentina/Buenos_Aires", "en", true),
	    "20 Nov 2026, 01:05 (Buenos Aires)");
	assert_string_equal(
	    instant_text(arena, t, "UTC", "en", true), "20 Nov 2026, 13:03 (UTC)");
	assert_string_equal(
	    instant_text(arena, t, "no zone", "en", true), "20 Nov 2026, 13:03 (UTC)");
	assert_string_equal(
	    instant_text(arena, t, "Etc/GMT+5", "en", true), "20 Nov 2026, 08:03 (GMT-5)");
	assert_string_equal(
	    period_text(arena, at_day("2026-11-02"), at_day("2026-11-15"), "en"),
	    "2 to 15 November 2026");
	assert_string_equal(
	    period_text(arena, at_day("2026-11-02"), at_day("2026-11-02"), "en"),
	    "2 November 2026");
	assert_string_equal(
	    period_text(arena, at_day("2026-10-28"), at_day("2026-11-03"), "en"),
	    "28 October to 3 November 2026");
	assert_string_equal(
	    period_text(arena, at_day("2026-12-20"), at_day("2027-01-02"), "en"),
	    "20 December 2026 to 2 January 2027");
	assert_string_equal(minutes_text(arena, 31 * 60 + 30, "en"), "31 h 30 min");
	assert_string_equal(minutes_text(arena, 0, "en"), "0 min");
	assert_string_equal(minutes_text(arena, 59, "en"), "59 min");
	assert_string_equal(minutes_text(arena, 120, "en"), "2 h");
	assert_string_equal(minutes_text(arena, -90, "en"), "-1 h 30 min");
	assert_string_equal(minutes_text(arena, 100000 * 60 + 1, "en"), "100,000 h 1 min");
	assert_string_equal(
	    minutes_text(arena, INT64_MIN, "en"), "-153,722,867,280,912,930 h 8 min");
}

static void
other_locales(void **state)
{
	day d = at_day("2026-11-20");
	instant t = at("2026-11-20T13:03:59Z");

	(void)state;
	assert_string_equal(day_text(arena, d, "de", DAY_LONG), "Freitag, 20. November 2026");
	assert_string_equal(day_text(arena, d, "de", DAY_BARE), "20. November");
	assert_string_equal(day_text(arena, d, "fr", DAY_SHORT), "20 nov. 2026");
	assert_string_equal(day_text(arena, d, "ja", DAY_SHORT), "2026年11月20日");
	/* Gregorian also where another calendar is common. */
	assert_non_null(strstr(day_text(arena, d, "th", DAY_SHORT), "2026"));
	assert_non_null(strstr(day_text(arena, d, "ar-EG", DAY_SHORT), "٢٠٢٦"));
	assert_string_equal(
	    instant_text(arena, t, "Europe/Vienna", "de", true), "20. Nov. 2026, 14:03 (Wien)");
	assert_non_null(
	    strstr(instant_text(arena, t, "Europe/Vienna", "ar-EG", false), "١٤:٠٣"));
	assert_string_equal(
	    period_text(arena, at_day("2026-11-02"), at_day("2026-11-15"), "de"),
	    "2.–15. November 2026");
	assert_string_equal(minutes_text(arena, 31 * 60 + 30, "de"), "31 Std. 30 Min.");
}

/* What is remembered is what would be made anew: 3,000 texts, twice, in another order. */
static void
remembered_is_right(void **state)
{
	static const char *const locales[] = { "en", "de", "ar-EG" };
	char *first[3][1000];

	(void)state;
	for (int l = 0; l < 3; l++)
		for (int i = 0; i < 1000; i++)
			first[l][i] = text_printf(arena, "%s|%s|%s|%s",
			    day_text(arena, 20000 + i, locales[l], DAY_SHORT),
			    day_text(arena, 20000 + i, locales[l], DAY_LONG),
			    minutes_text(arena, 20000 + i, locales[l]),
			    period_text(arena, 20000, 20000 + i, locales[l]));
	for (int i = 0; i < 1000; i++)
		for (int l = 2; l >= 0; l--)
			assert_string_equal(
			    first[l][i], text_printf(arena, "%s|%s|%s|%s",
					     day_text(arena, 20000 + i, locales[l], DAY_SHORT),
					     day_text(arena, 20000 + i, locales[l], DAY_LONG),
					     minutes_text(arena, 20000 + i, locales[l]),
					     period_text(arena, 20000, 20000 + i, locales[l])));
	assert_string_not_equal(first[0][0], first[0][1]);
}

static void *
show_many(void *arg)
{
	static const char *const locales[] = { "en", "de", "fr", "pt-BR", "uk" };
	struct arena *own = arena_new(64 << 20);
	long wrong = 0;

	for (int i = 0; i < 4000; i++) {
		const char *locale = locales[i % 5];
		const char *a = day_text(own, 20000 + i, locale, DAY_LONG);
		struct ymd ymd = day_ymd(20000 + i);
		char year[12];

		(void)snprintf(year, sizeof year, "%d", ymd.year);
		wrong += strstr(a, year) == NULL;
		a = instant_text(
		    own, (20000 + i) * DAY_LENGTH, "America/New_York", locale, true);
		wrong += strchr(a, ':') == NULL;
		arena_reset(own);
	}
	arena_free(own);
	*(long *)arg = wrong;
	return NULL;
}

static void
threads(void **state)
{
	pthread_t all[4];
	long wrong[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&all[i], NULL, show_many, &wrong[i]), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(all[i], NULL);
		assert_int_equal(wrong[i], 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calendar),
		cmocka_unit_test(every_day),
		cmocka_unit_test(days_that_do_not_exist),
		cmocka_unit_test(instants),
		cmocka_unit_test(the_clock),
		cmocka_unit_test(names_of_zones),
		cmocka_unit_test(days_in_zones),
		cmocka_unit_test(local_times),
		cmocka_unit_test(local_and_back),
		cmocka_unit_test(english),
		cmocka_unit_test(other_locales),
		cmocka_unit_test(remembered_is_right),
		cmocka_unit_test(threads),
	};

	return cmocka_run_group_tests_name("time", tests, open_arena, close_arena);
}
