/*
 * portal_charts_test.c: every sample chart of the catalogue is drawn, none is refused.
 */
#include "page_unit.h"

#include "portal/design_charts.h"

static void
samples(void **state)
{
	const char *root = unit_templates(*state), *message = "", *text = NULL;
	struct page *page;
	size_t size = 0, figures;

	unit_template(*state, root, "layout/error_404.tpl", PRAGMA "{{>CHART}}");
	assert_int_equal(page_start(root, &message), OK);
	page = page_bare(*state, TPL_LAYOUT_ERROR_404, "en", "UTC");
	design_charts(page);
	assert_int_equal(page_expand(page, *state, &text, &size), OK);
	unit_templates_drop(*state, root);
	figures = unit_count(text, "<figure");
	assert_true(figures >= 5);
	assert_int_equal(unit_count(text, "There are no figures yet."), 1);
	assert_int_equal(unit_count(text, "<svg"), figures - 1);
	assert_int_equal(unit_count(text, "<table"), figures - 1);
	assert_has(text, "kind-trend");
	assert_has(text, "kind-distribution");
	assert_has(text, "kind-bar");
	assert_has(text, "kind-cohort");
	assert_has(text, "kind-hours");
	assert_has(text, "dir=\"rtl\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(samples) };

	return cmocka_run_group_tests_name("portal_charts", tests, NULL, NULL);
}
