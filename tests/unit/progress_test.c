/*
 * progress: how long it will still take, and when that is not told. Worked out by hand.
 */
#include "unit.h"

#include "web/progress.h"
#include "web/words.h"

#define NOW ((instant)1000 * DAY_LENGTH)

static instant
left(int64_t done, int64_t total, instant spent)
{
	const struct progress progress = { .done = done, .total = total, .begun = NOW - spent };

	return progress_left(&progress, NOW);
}

static void
test_left(void **unused_state)
{
	(void)unused_state;
	assert_int_equal(left(100, 400, 60 * SECOND), 180 * SECOND);
	assert_int_equal(left(399, 400, 399 * SECOND), 1 * SECOND);
	assert_int_equal(left(50000, 1000000, 100 * SECOND), 1900 * SECOND);
	/* A day of work on a billion things does not run over. */
	assert_int_equal(left(500000000, 1000000000, DAY_LENGTH), DAY_LENGTH);
}

static void
test_not_told(void **unused_state)
{
	const struct progress not_begun = { .done = 10, .total = 20 };

	(void)unused_state;
	assert_int_equal(left(0, 400, 60 * SECOND), -1);
	assert_int_equal(left(19, 400, 60 * SECOND), -1); /* under a twentieth */
	assert_int_equal(left(200, 400, 4 * SECOND), -1); /* too early to know */
	assert_int_equal(left(400, 400, 60 * SECOND), -1);
	assert_int_equal(left(5, 0, 60 * SECOND), -1);
	assert_int_equal(progress_left(&not_begun, NOW), -1);
}

static void
test_sentence(void **state)
{
	struct arena *arena = *state;
	const char *message = "";
	struct progress progress = { .sentence = "payments.run.progress",
		.done = 100,
		.total = 4000,
		.begun = NOW - 10 * MINUTE };

	assert_int_equal(words_start("templates", &message), OK);
	assert_string_equal(progress_text(arena, &progress, NOW, "en"), "100 of 4,000 people.");
	progress.done = 1000;
	assert_string_equal(progress_text(arena, &progress, NOW, "en"),
	    "1,000 of 4,000 people. About 30 min more.");
	progress.done = 3900;
	assert_string_equal(progress_text(arena, &progress, NOW, "en"),
	    "3,900 of 4,000 people. Less than a minute more.");
	progress = (struct progress){ .sentence = "payments.run.progress" };
	assert_string_equal(
	    progress_text(arena, &progress, NOW, "en"), "It begins in a moment.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_not_told),
		UNIT_TEST(test_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
