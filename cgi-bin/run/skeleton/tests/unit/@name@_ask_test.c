/*
 * @name@_ask: by when an answer is promised. Expected days were read off a calendar: 23 November
 * 2026 is a Monday; London leaves summer time on 25 October 2026.
 */
#include "unit.h"

#include "@name@/@name@.h"

static const char *
due(struct arena *arena, const char *asked, const char *zone)
{
	instant at;

	assert_true(instant_parse(asked, &at));
	return instant_iso(arena, ask_due(at, zone));
}

static void
test_working_days(void **state)
{
	struct arena *arena = *state;

	/* Monday: through Thursday. Wednesday, Thursday: the weekend between does not count. */
	assert_string_equal(due(arena, "2026-11-23T10:00:00Z", "UTC"), "2026-11-27T00:00:00Z");
	assert_string_equal(due(arena, "2026-11-25T10:00:00Z", "UTC"), "2026-12-01T00:00:00Z");
	assert_string_equal(due(arena, "2026-11-26T10:00:00Z", "UTC"), "2026-12-02T00:00:00Z");
	/* Asked on a Saturday and on the Sunday behind it: through Wednesday. */
	assert_string_equal(due(arena, "2026-11-28T10:00:00Z", "UTC"), "2026-12-03T00:00:00Z");
	assert_string_equal(due(arena, "2026-11-29T23:59:59Z", "UTC"), "2026-12-03T00:00:00Z");
}

static void
test_zone_of_who_asks(void **state)
{
	struct arena *arena = *state;

	/* 23:30 of Sunday in UTC is Monday morning in Tokyo (nine hours ahead). */
	assert_string_equal(
	    due(arena, "2026-11-22T23:30:00Z", "Asia/Tokyo"), "2026-11-26T15:00:00Z");
	/* Asked in summer time, due in winter time. */
	assert_string_equal(
	    due(arena, "2026-10-22T10:00:00Z", "Europe/London"), "2026-10-28T00:00:00Z");
	assert_string_equal(
	    due(arena, "2026-10-20T10:00:00Z", "Europe/London"), "2026-10-23T23:00:00Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(test_working_days),
		UNIT_TEST(test_zone_of_who_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
