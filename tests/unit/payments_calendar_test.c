/*
 * payments_calendar_test.c: which days are paid together and when. Expected days were read off
 * a calendar.
 */
#include "unit.h"

#include "payments/pay_calendar.h"

static day
on(const char *text)
{
	day d = DAY_NONE;

	assert_true(day_parse(text, &d));
	return d;
}

static void
assert_day(day got, const char *expected)
{
	struct arena *arena = arena_new(4096);

	assert_string_equal(day_iso(arena, got), expected);
	arena_free(arena);
}

static const struct pay_holidays NONE = { 0 };

static void
fortnights_from_an_anchor(void **unused_state)
{
	const struct pay_rule rule = { PAY_BIWEEKLY, on("2026-01-05"), 2, 3, 5, false };
	static const struct {
		const char *day, *start, *end;
	} cases[] = {
		{ "2026-01-05", "2026-01-05", "2026-01-18" },
		{ "2026-01-18", "2026-01-05", "2026-01-18" },
		{ "2026-01-19", "2026-01-19", "2026-02-01" },
		{ "2026-02-02", "2026-02-02", "2026-02-15" },
		{ "2026-01-04", "2025-12-22", "2026-01-04" }, /* before the anchor */
		{ "2025-12-21", "2025-12-08", "2025-12-21" },
		{ "2028-02-29", "2028-02-28",
		    "2028-03-12" }, /* 56 fortnights on, over a leap day */
	};

	(void)unused_state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pay_days days = pay_days_of(&rule, &NONE, on(cases[i].day));
		assert_day(days.start, cases[i].start);
		assert_day(days.end, cases[i].end);
	}
	struct pay_days first = pay_days_of(&rule, &NONE, on("2026-01-10"));
	assert_day(first.lock, "2026-01-20");
	assert_day(first.issue, "2026-01-21");
	assert_day(first.pay, "2026-01-23");
	assert_int_equal(first.rolled_from, DAY_NONE);
}

/* 07:30 UTC on the 19th is 23:30 on the 18th in Los Angeles: the first period's. */
static void
the_zone_decides_the_day(void **unused_state)
{
	const struct pay_rule rule = { PAY_BIWEEKLY, on("2026-01-05"), 2, 3, 5, false };
	instant at = 0;

	(void)unused_state;
	assert_true(instant_parse("2026-01-19T07:30:00Z", &at));
	struct pay_days there =
	    pay_days_of(&rule, &NONE, day_in_zone(at, "America/Los_Angeles"));
	assert_day(there.start, "2026-01-05");
	assert_day(pay_days_of(&rule, &NONE, day_in_zone(at, "UTC")).start, "2026-01-19");
}

static void
half_months(void **unused_state)
{
	const struct pay_rule rule = { PAY_SEMI_MONTHLY, 0, 3, 4, 5, false };
	static const struct {
		const char *day, *start, *end, *lock;
	} cases[] = {
		{ "2026-06-01", "2026-06-01", "2026-06-15", "2026-06-18" },
		{ "2026-06-15", "2026-06-01", "2026-06-15", "2026-06-18" },
		{ "2026-06-16", "2026-06-16", "2026-06-30", "2026-07-03" },
		{ "2026-08-31", "2026-08-16", "2026-08-31", "2026-09-03" },
		{ "2026-02-28", "2026-02-16", "2026-02-28", "2026-03-03" },
		{ "2028-02-29", "2028-02-16", "2028-02-29", "2028-03-03" },
		{ "2026-12-31", "2026-12-16", "2026-12-31", "2027-01-03" },
	};

	(void)unused_state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pay_days days = pay_days_of(&rule, &NONE, on(cases[i].day));
		assert_day(days.start, cases[i].start);
		assert_day(days.end, cases[i].end);
		assert_day(days.lock, cases[i].lock);
	}
}

/* The 20th and the 5th, moved off weekends and holidays: Martin Luther King Day 2025, Labor Day
 * 2026, Independence Day 2027, which is observed on the Monday. */
static void
pay_days_roll_forward(void **unused_state)
{
	const struct pay_rule rule = { PAY_SEMI_MONTHLY, 0, 3, 4, 5, false };
	const day listed[] = { on("2025-01-20"), on("2026-09-07"), on("2027-07-05") };
	const struct pay_holidays holidays = { 3, listed };
	static const struct {
		const char *in, *pay, *from, *us;
	} cases[] = {
		{ "2026-06-10", "2026-06-22", "2026-06-20", "2026-06-23" },
		{ "2026-08-20", "2026-09-08", "2026-09-05", "2026-09-09" },
		{ "2025-01-02", "2025-01-21", "2025-01-20", "2025-01-22" },
		{ "2027-06-30", "2027-07-06", "2027-07-05", "2027-07-07" },
		{ "2026-07-01", "2026-07-20", NULL, "2026-07-21" }, /* a Monday */
		{ "2026-10-20", "2026-11-05", NULL, "2026-11-06" }, /* a Thursday */
		{ "2026-05-16", "2026-06-05", NULL,
		    "2026-06-08" }, /* a Friday: Monday in the U.S. */
	};

	(void)unused_state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pay_days days = pay_days_of(&rule, &holidays, on(cases[i].in));
		assert_day(days.pay, cases[i].pay);
		if (cases[i].from)
			assert_day(days.rolled_from, cases[i].from);
		else
			assert_int_equal(days.rolled_from, DAY_NONE);
		assert_day(pay_bank_days_after(&holidays, days.pay, 1), cases[i].us);
	}
}

static void
bank_days(void **unused_state)
{
	const day listed[] = { on("2026-12-25") };
	const struct pay_holidays holidays = { 1, listed };

	(void)unused_state;
	assert_true(pay_bank_day(&holidays, on("2026-12-24")));
	assert_false(pay_bank_day(&holidays, on("2026-12-25")));
	assert_false(pay_bank_day(&holidays, on("2026-12-26")));
	assert_false(pay_bank_day(&holidays, on("2026-12-27")));
	assert_day(pay_roll(&holidays, on("2026-12-24")), "2026-12-24");
	assert_day(pay_roll(&holidays, on("2026-12-25")), "2026-12-28");
	assert_day(pay_bank_days_after(&holidays, on("2026-12-23"), 0), "2026-12-23");
	assert_day(pay_bank_days_after(&holidays, on("2026-12-23"), 2), "2026-12-28");
}

/* Rolling back: the money comes before the weekend, never before the lock. */
static void
pay_days_roll_back(void **unused_state)
{
	struct pay_rule rule = { PAY_SEMI_MONTHLY, 0, 2, 3, 5, .rolls_back = true };
	const day listed[] = { on("2026-06-19"), on("2026-06-18"), on("2026-06-17") };
	const struct pay_holidays holidays = { 1, listed }, week = { 3,
		(const day[]){ listed[2], listed[1], listed[0] } };

	(void)unused_state;
	struct pay_days days = pay_days_of(&rule, &NONE, on("2026-06-10"));
	assert_day(days.issue, "2026-06-18");
	assert_day(days.pay, "2026-06-19"); /* the 20th is a Saturday */
	assert_day(days.rolled_from, "2026-06-20");
	days = pay_days_of(&rule, &holidays, on("2026-06-10"));
	assert_day(days.pay, "2026-06-18");
	days = pay_days_of(&rule, &week, on("2026-06-10"));
	assert_day(days.issue, "2026-06-22"); /* the 17th is the lock, so forward */
	assert_day(days.pay, "2026-06-22");
	rule.lock_after = 0;
	days = pay_days_of(&rule, &week, on("2026-06-10"));
	assert_day(days.pay, "2026-06-16");
	assert_day(days.issue, "2026-06-16");
	assert_day(pay_roll_back(&NONE, on("2026-06-21")), "2026-06-19");
	assert_day(pay_roll_back(&NONE, on("2026-06-19")), "2026-06-19");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fortnights_from_an_anchor),
		cmocka_unit_test(the_zone_decides_the_day),
		cmocka_unit_test(half_months),
		cmocka_unit_test(pay_days_roll_forward),
		cmocka_unit_test(pay_days_roll_back),
		cmocka_unit_test(bank_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
