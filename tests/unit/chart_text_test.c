/*
 * chart_text_test.c: texts in charts: labels that keep apart, widths, cutting and breaking.
 */
#include "unit.h"

#include "doc/chart.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int
start_of(const struct chart_text *text)
{
	int width = chart_text_width(text->text);

	return text->spot.anchor == CHART_START ? text->spot.x
	       : text->spot.anchor == CHART_END ? text->spot.x - width
						: text->spot.x - width / 2;
}

/* For every number of labels and several lengths: none leaves the drawing or meets another,
 * and the last one stands there. */
static void
labels_keep_apart(void **state)
{
	static const char *const lengths[] = { "1", "Jan", "September 2026",
		"a label that is far too long for any axis of a chart" };

	for (size_t l = 0; l < COUNT(lengths); l++)
		for (size_t n = 1; n <= 60; n++) {
			struct chart_value *values =
			    arena_array_of(*state, struct chart_value, n);
			const char **labels = arena_array_of(*state, const char *, n);
			const struct chart_series series = { "s", values };
			struct chart chart = { .kind = CHART_TREND,
				.title = "Title",
				.n_labels = n,
				.n_series = 1,
				.series = &series };
			struct chart_drawing d;

			for (size_t i = 0; i < n; i++)
				labels[i] = lengths[l];
			chart.labels = labels;
			assert_int_equal(chart_draw(*state, &chart, false, &d), OK);
			assert_true(d.n_texts > 0);
			for (size_t i = 0; i < d.n_texts; i++) {
				int start = start_of(&d.texts[i]);
				int end = start + chart_text_width(d.texts[i].text);

				assert_true(start >= 0 && end <= 3600);
				if (i + 1 < d.n_texts)
					assert_true(end < start_of(&d.texts[i + 1]));
				else if (n > 1)
					assert_true(end > 3500);
			}
		}
}

static void
texts(void **state)
{
	static const char family[] = "\U0001F469\u200D\U0001F467x";
	const char *lines[3];
	bool whole;

	assert_int_equal(chart_text_width(""), 0);
	assert_int_equal(chart_text_width("123"), 225);
	assert_int_equal(chart_text_width("e\u0301"), chart_text_width("e"));
	assert_int_equal(chart_text_width("\u6f22\u5b57"), 260);
	assert_string_equal(chart_text_cut(*state, "12345", 375), "12345");
	/* 130 for the ellipsis leave 244: three digits. */
	assert_string_equal(chart_text_cut(*state, "12345", 374), "123\u2026");
	/* A letter keeps its mark, and two that are joined stay one. */
	assert_string_equal(chart_text_cut(*state, "ee\u0301eee", 280), "ee\u0301\u2026");
	assert_string_equal(
	    chart_text_cut(*state, family, 300), "\U0001F469\u200D\U0001F467\u2026");
	assert_string_equal(chart_text_cut(*state, "12345", 1), "1\u2026");
	assert_int_equal(
	    chart_text_lines(*state, " one\ttwo\n\nthree ", 600, 3, lines, &whole), 2);
	assert_string_equal(lines[0], "one two");
	assert_string_equal(lines[1], "three");
	assert_true(whole);
	assert_int_equal(chart_text_lines(*state, "1234567890", 300, 2, lines, &whole), 2);
	assert_string_equal(lines[0], "1234");
	assert_string_equal(lines[1], "56\u2026");
	assert_false(whole);
	assert_int_equal(chart_text_lines(*state, "", 300, 2, lines, &whole), 1);
	assert_string_equal(lines[0], "");
	assert_int_equal(chart_text_lines(*state, "1234", 1, 3, lines, &whole), 3);
	assert_string_equal(lines[2], "3\u2026");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(labels_keep_apart),
		UNIT_TEST(texts),
	};

	return cmocka_run_group_tests_name("chart_text", tests, NULL, NULL);
}
