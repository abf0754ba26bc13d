/*
 * hdm_punctual: was pay there on the promised day, and how many days ago is it. Expected values
 * were worked out on a calendar.
 */
#include "unit.h"

#include "hdm/hdm.h"

static struct statement_days
statement(const char *promised, const char *funds)
{
	struct statement_days days = { .end = 1, .funds = DAY_NONE, .cause = "" };

	assert_true(day_parse(promised, &days.promised));
	if (funds)
		assert_true(day_parse(funds, &days.funds));
	return days;
}

static const char *
on(const char *today, struct statement_days days)
{
	day d;

	assert_true(day_parse(today, &d));
	return punctual_code(punctual_of(&days, d));
}

static void
test_punctual(void **unused_state)
{
	struct statement_days none = {
		.end = DAY_NONE, .promised = DAY_NONE, .funds = DAY_NONE
	};

	(void)unused_state;
	assert_string_equal(on("2026-11-23", none), "");
	assert_string_equal(on("2026-11-23", statement("2026-11-20", "2026-11-20")), "on_time");
	assert_string_equal(on("2026-11-23", statement("2026-11-20", "2026-11-19")), "on_time");
	assert_string_equal(on("2026-11-23", statement("2026-11-20", "2026-11-21")), "late");
	/* What was late stays late, however long ago. */
	assert_string_equal(on("2027-11-23", statement("2026-11-20", "2026-11-24")), "late");
	assert_string_equal(on("2026-11-19", statement("2026-11-20", NULL)), "coming");
	assert_string_equal(on("2026-11-20", statement("2026-11-20", NULL)), "coming");
	assert_string_equal(on("2026-11-21", statement("2026-11-20", NULL)), "missing");
}

static int64_t
between(const char *from, const char *to, const char *zone)
{
	instant a, b;

	assert_true(instant_parse(from, &a));
	assert_true(instant_parse(to, &b));
	return days_between(a, b, zone);
}

/* Days are those of the reader's calendar, not spans of 24 hours. */
static void
test_days(void **unused_state)
{
	(void)unused_state;
	assert_int_equal(between("2026-11-22T23:50:00Z", "2026-11-23T00:10:00Z", "UTC"), 1);
	assert_int_equal(between("2026-11-22T00:10:00Z", "2026-11-22T23:50:00Z", "UTC"), 0);
	/* In Tokyo (UTC+9) the day ends at 15:00 UTC. */
	assert_int_equal(
	    between("2026-11-22T14:50:00Z", "2026-11-22T15:10:00Z", "Asia/Tokyo"), 1);
	assert_int_equal(
	    between("2026-11-22T23:50:00Z", "2026-11-23T00:10:00Z", "Asia/Tokyo"), 0);
	/* Madrid's clocks went back on 25 October 2026: that day has 25 hours. */
	assert_int_equal(
	    between("2026-10-24T22:30:00Z", "2026-10-25T22:30:00Z", "Europe/Madrid"), 0);
	assert_int_equal(
	    between("2026-10-24T22:30:00Z", "2026-10-25T23:30:00Z", "Europe/Madrid"), 1);
	assert_int_equal(between("2026-11-07T12:00:00Z", "2026-11-23T06:00:00Z", "UTC"), 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_punctual),
		cmocka_unit_test(test_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
