/*
 * portal_visit: when a visit to the home page ends, and what is new then. Minutes are counted
 * by hand.
 */
#include "unit.h"

#include "portal/visit.h"

#define AT(minute) ((instant)1000 * DAY_LENGTH + (minute)*MINUTE)

static void
test_first(void **unused_state)
{
	struct visit visit = visit_of(0, 0, AT(0));

	(void)unused_state;
	assert_true(visit.first && visit.to_write);
	assert_int_equal(visit.since, (instant)986 * DAY_LENGTH);
	/* It stays the first while it lasts, and is not afterwards. */
	assert_true(visit_of(0, AT(0), AT(29)).first);
	visit = visit_of(0, AT(0), AT(30));
	assert_false(visit.first);
	assert_int_equal(visit.since, AT(0));
}

static void
test_reloading_shows_the_same(void **unused_state)
{
	static const int minutes[] = { 0, 4, 5, 29 };

	(void)unused_state;
	for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) {
		struct visit visit = visit_of(AT(-600), AT(0), AT(minutes[i]));

		assert_int_equal(visit.since, AT(-600));
		assert_int_equal(visit.newer, AT(-605));
		assert_int_equal(visit.to_write, minutes[i] >= 5);
		assert_false(visit.first);
	}
}

static void
test_a_new_visit_begins_after_30_minutes(void **unused_state)
{
	struct visit just = visit_of(AT(-600), AT(0), AT(30) - 1);
	struct visit visit = visit_of(AT(-600), AT(0), AT(30));

	(void)unused_state;
	assert_int_equal(just.since, AT(-600));
	assert_int_equal(visit.since, AT(0));
	/* What was committed while the last look was taken is told again. */
	assert_int_equal(visit.newer, AT(-5));
	assert_true(visit.to_write);
}

/* A clock that was set back: nothing is written, nothing is lost. */
static void
test_a_clock_set_back(void **unused_state)
{
	struct visit visit = visit_of(AT(-600), AT(0), AT(-60));

	(void)unused_state;
	assert_int_equal(visit.since, AT(-600));
	assert_false(visit.to_write);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_reloading_shows_the_same),
		cmocka_unit_test(test_a_new_visit_begins_after_30_minutes),
		cmocka_unit_test(test_a_clock_set_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
