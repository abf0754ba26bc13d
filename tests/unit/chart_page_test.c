/*
 * chart_page_test.c: charts in their template: hostile texts, numbers as readers write them,
 * hidden figures in picture and table, ids, what is shown instead of a picture.
 */
#include "page_unit.h"

#include "web/chart_page.h"

static struct arena *whole; /* lives through all tests */
static const char *root;

static int
start(void **state)
{
	(void)state;
	whole = arena_new((size_t)64 << 20);
	root = unit_templates(whole);
	unit_template(whole, root, "layout/error_404.tpl", PRAGMA "{{>CHART}}");
	return unit_page_start(root);
}

static int
stop(void **state)
{
	(void)state;
	unit_templates_drop(whole, root);
	arena_free(whole);
	return 0;
}

static const char *
shown(struct arena *arena, const char *locale, const struct chart *charts, size_t n)
{
	struct page *page = page_bare(arena, TPL_LAYOUT_ERROR_404, locale, "UTC");
	const char *text = NULL;
	size_t size = 0;

	for (size_t i = 0; i < n; i++)
		page_chart(page, MARK_CHART, &charts[i]);
	assert_int_equal(page_expand(page, arena, &text, &size), OK);
	return text;
}

static const char *const LABELS[] = { "Yes", "No", "<b>\"&" };
static const struct chart_value VALUES[] = { { 1234, CHART_GIVEN }, { 0, CHART_GIVEN },
	{ 3, CHART_HIDDEN } };
static const int64_t SHARES[] = { 97, 0, 3 };
static const struct chart_series SERIES = { "People", VALUES };
static const struct chart BARS = {
	.kind = CHART_BAR,
	.title = "</title><svg onload=x>",
	.about = "About it.",
	.of_labels = "Answer",
	.n_labels = 3,
	.labels = LABELS,
	.n_series = 1,
	.series = &SERIES,
	.shares = SHARES,
};

static void
bars(void **state)
{
	const char *text = shown(*state, "en", &BARS, 1);

	assert_has(text, "<figure class=\"chart\" lang=\"en\" dir=\"ltr\">");
	assert_lacks(text, "<svg onload");
	assert_lacks(text, "<b>");
	assert_has(text, "<text class=\"label\" text-anchor=\"start\" x=\"0\" y=\"69.5\">"
			 "&lt;b&gt;&quot;&amp;</text>");
	assert_has(text, "aria-labelledby=\"chart-1-title\"");
	assert_has(text, "<title id=\"chart-1-title\">");
	assert_has(text, "About it. Highest: 1,234, at “Yes”. Lowest: 0, at “No”.");
	/* One bar, nothing for zero, an outline for what is hidden; its figure nowhere. */
	assert_int_equal(unit_count(text, "<rect class=\"bar\""), 1);
	assert_int_equal(unit_count(text, "<rect class=\"veil\""), 1);
	assert_has(text, ">1,234 (97 %)</text>");
	assert_has(text, ">0 (0 %)</text>");
	assert_has(text, ">hidden</text>");
	assert_lacks(text, "3 %");
	assert_lacks(text, ">3<");
	assert_has(text, "<th scope=\"row\">Yes</th><td class=\"number\">1,234</td>"
			 "<td class=\"number\">97 %</td>");
	assert_has(text, "<td class=\"number\">hidden</td><td class=\"number\">hidden</td>");
	assert_has(text, "so that nobody can be recognised");
	assert_lacks(text, "style=");
}

static void
as_readers_write(void **state)
{
	static const char *const months[] = { "a", "b" };
	static const struct chart_value values[] = { { -123450, CHART_GIVEN },
		{ 50, CHART_GIVEN } };
	static const struct chart_series series = { "s", values };
	const struct chart trend = { .kind = CHART_TREND,
		.title = "t",
		.of_labels = "m",
		.decimals = 2,
		.n_labels = 2,
		.labels = months,
		.n_series = 1,
		.series = &series };
	struct chart arabic = trend;
	const char *text = shown(*state, "de", &trend, 1);

	assert_has(text, "<td class=\"number\">-1.234,50</td>");
	assert_has(text, ">-1.500</text>"); /* a tick, without the zeros that all have */
	assert_has(text, "dir=\"ltr\"");
	text = shown(*state, "ar", &trend, 1);
	/* The tree of this test has no Arabic words, so the page and its charts are in English. */
	assert_has(text, "lang=\"en\" dir=\"ltr\"");
	assert_has(text, "\u0660\u066B\u0665\u0660"); /* 0.50 */
	arabic.locale = "ar";
	assert_has(shown(*state, "en", &arabic, 1), "lang=\"ar\" dir=\"rtl\"");
}

static void
each_its_own_ids(void **state)
{
	const struct chart two[] = { BARS, BARS };
	const char *text = shown(*state, "en", two, 2);

	assert_int_equal(unit_count(text, "id=\"chart-1-title\""), 1);
	assert_int_equal(unit_count(text, "id=\"chart-2-title\""), 1);
	assert_int_equal(unit_count(text, "id=\"chart-2-desc\""), 1);
}

static void
no_picture(void **state)
{
	const char *labels[CHART_BARS_MAX + 1];
	struct chart_value values[CHART_BARS_MAX + 1] = { 0 };
	const struct chart_series series = { "People", values };
	struct chart chart = BARS;
	const char *text;

	for (size_t i = 0; i <= CHART_BARS_MAX; i++)
		labels[i] = "x";
	chart.labels = labels;
	chart.n_labels = CHART_BARS_MAX + 1;
	chart.series = &series;
	chart.shares = NULL;
	text = shown(*state, "en", &chart, 1);
	assert_has(text, "too many figures");
	assert_has(text, "<details open>");
	assert_lacks(text, "<svg");
	assert_int_equal(unit_count(text, "<th scope=\"row\">x</th>"), CHART_BARS_MAX + 1);
	chart.n_labels = 0;
	text = shown(*state, "en", &chart, 1);
	assert_has(text, "There are no figures yet.");
	assert_lacks(text, "<table");
	chart = BARS;
	chart.titled_above = true;
	assert_has(shown(*state, "en", &chart, 1), "<figcaption class=\"hidden\">");
	chart.n_series = 2; /* of bars: a bug, which shows nothing */
	text = shown(*state, "en", &chart, 1);
	assert_lacks(text, "<svg");
	assert_lacks(text, "<table");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(bars),
		UNIT_TEST(as_readers_write),
		UNIT_TEST(each_its_own_ids),
		UNIT_TEST(no_picture),
	};

	return cmocka_run_group_tests_name("chart_page", tests, start, stop);
}
