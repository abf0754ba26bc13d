/*
 * zones_test.c: the list of time zones that people choose from.
 */
#include "unit.h"

#include "base/time.h"

#include <string.h>

static bool
offered(const char *name)
{
	size_t n = 0;
	const char *const *names = zone_names(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void
names_are_known_and_in_use(void **unused_state)
{
	size_t n = 0;
	const char *const *names = zone_names(&n);

	(void)unused_state;
	assert_true(n > 300 && n < 600);
	assert_string_equal(names[0], "UTC");
	for (size_t i = 0; i < n; i++)
		assert_true(zone_known(names[i]));
	assert_true(offered("Asia/Kolkata"));
	assert_false(offered("Asia/Calcutta"));
	assert_true(offered("Europe/Vienna"));
	assert_true(
	    offered("America/Argentina/Buenos_Aires") || offered("America/Buenos_Aires"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names_are_known_and_in_use) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
