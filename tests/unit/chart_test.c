/*
 * chart_test.c: the geometry of charts, against places worked out by hand (in tenths of a
 * pixel: a digit is 75 wide, a plot 1500 high, the drawing 3600 wide).
 */
#include "unit.h"

#include "doc/chart.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define V(n)                     \
	{                        \
		(n), CHART_GIVEN \
	}

static const char *const LETTERS[] = { "a", "b", "c", "d", "e" };

static struct chart
chart_of(enum chart_kind kind, size_t n, const struct chart_series *series)
{
	return (struct chart){ .kind = kind,
		.title = "Title",
		.of_labels = "Letter",
		.n_labels = n,
		.labels = LETTERS,
		.n_series = 1,
		.series = series };
}

static struct chart_drawing
drawn(struct arena *arena, const struct chart *chart)
{
	struct chart_drawing drawing;

	assert_int_equal(chart_draw(arena, chart, false, &drawing), OK);
	return drawing;
}

#define assert_box(box, X, Y, W, H)             \
	do {                                    \
		assert_int_equal((box).x, (X)); \
		assert_int_equal((box).y, (Y)); \
		assert_int_equal((box).w, (W)); \
		assert_int_equal((box).h, (H)); \
	} while (0)
#define assert_spot(spot, X, Y, ANCHOR)                  \
	do {                                             \
		assert_int_equal((spot).x, (X));         \
		assert_int_equal((spot).y, (Y));         \
		assert_int_equal((spot).anchor, ANCHOR); \
	} while (0)

/* ---- Scales ---- */

static void
steps(void **state)
{
	static const struct {
		int64_t low, high;
		int most;
		int64_t first, step, n;
	} cases[] = {
		{ 0, 7, 5, 0, 2, 4 },
		{ 0, 100, 5, 0, 20, 5 },
		{ -100, 100, 5, -100, 50, 4 },
		{ 0, 1, 5, 0, 1, 1 },
		{ 3, 3, 5, 3, 1, 1 },
		{ -7, -3, 5, -7, 1, 4 },
		{ -1, 12, 5, -5, 5, 4 },
		{ 7, 23, 2, 0, 20, 2 },
		{ 0, 101, 5, 0, 50, 3 },
		{ 0, CHART_VALUE_MAX, 5, 0, CHART_VALUE_MAX / 5, 5 },
		{ -CHART_VALUE_MAX, CHART_VALUE_MAX, 2, -CHART_VALUE_MAX, CHART_VALUE_MAX, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t first, step, n;

		chart_steps(cases[i].low, cases[i].high, cases[i].most, &first, &step, &n);
		assert_int_equal(first, cases[i].first);
		assert_int_equal(step, cases[i].step);
		assert_int_equal(n, cases[i].n);
	}
}

static void
classes(void **state)
{
	static const int64_t few[] = { 0, 4, 5, 9, 10, 10 }, below[] = { -3, -1, 0 };
	int64_t *many = arena_array_of(*state, int64_t, 10000);
	struct chart_classes ret = { 0 };

	assert_int_equal(chart_classify(*state, few, COUNT(few), 3, &ret), OK);
	assert_int_equal(ret.first, 0);
	assert_int_equal(ret.step, 5);
	assert_int_equal(ret.n, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(ret.counts[i], 2);
	assert_int_equal(chart_classify(*state, below, COUNT(below), 4, &ret), OK);
	assert_int_equal(ret.first, -3);
	assert_int_equal(ret.n, 4);
	assert_int_equal(ret.counts[0], 1);
	assert_int_equal(ret.counts[1], 0);
	assert_int_equal(ret.counts[2], 1);
	assert_int_equal(ret.counts[3], 1);
	for (size_t i = 0; i < 10000; i++)
		many[i] = (int64_t)i % 100;
	assert_int_equal(chart_classify(*state, many, 10000, 10, &ret), OK);
	assert_int_equal(ret.n, 10);
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(ret.counts[i], 1000);
	assert_int_equal(chart_classify(*state, NULL, 0, 10, &ret), OK);
	assert_int_equal(ret.n, 0);
	many[7] = CHART_VALUE_MAX + 1;
	assert_int_equal(chart_classify(*state, many, 10000, 10, &ret), E_INPUT);
	assert_int_equal(chart_classify(*state, few, COUNT(few), 1, &ret), E_INPUT);
}

/* ---- Trends ---- */

static void
a_line_by_hand(void **state)
{
	static const struct chart_value values[] = { V(0), V(50), V(100) };
	static const struct chart_series series = { "s", values };
	static const int xs[] = { 365, 1943, 3520 }, ys[] = { 1700, 950, 200 };
	struct chart chart = chart_of(CHART_TREND, 3, &series);
	struct chart_drawing d = drawn(*state, &chart);

	/* "100" is 225 wide, then a gap of 60. */
	assert_box(d.plot, 285, 200, 3315, 1500);
	assert_int_equal(d.height, 196);
	assert_int_equal(d.n_ticks, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(d.ticks[i].n, (int64_t)i * 20);
		assert_int_equal(d.ticks[i].y, 1700 - (int)i * 300);
		assert_spot(d.ticks[i].spot, 225, 1745 - (int)i * 300, CHART_END);
	}
	assert_int_equal(d.n_points, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(d.points[i].x, xs[i]);
		assert_int_equal(d.points[i].y, ys[i]);
		assert_int_equal(d.points[i].valued, i == 2);
		assert_spot(d.texts[i].spot, xs[i], 1880, CHART_MIDDLE);
		assert_string_equal(d.texts[i].text, LETTERS[i]);
	}
	assert_spot(d.points[2].value, 3600, 110, CHART_END);
	assert_int_equal(d.n_runs, 1);
	assert_int_equal(d.runs[0].n, 3);
	assert_int_equal(d.zero, 1700);
	assert_int_equal(d.highest_label, 2);
	assert_int_equal(d.lowest_label, 0);
	assert_int_equal(d.n_keys, 0);
	assert_int_equal(chart_draw(*state, &chart, true, &d), OK);
	assert_box(d.plot, 0, 200, 3315, 1500);
	assert_spot(d.ticks[0].spot, 3375, 1745, CHART_END);
	assert_spot(d.points[2].value, 0, 110, CHART_END);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(d.points[i].x, 3600 - xs[i]);
		assert_int_equal(d.points[i].y, ys[i]);
	}
}

static void
one_point_and_equal_ones(void **state)
{
	static const struct chart_value one[] = { V(12) }, zeros[] = { V(0), V(0) },
					same[] = { V(8), V(8) };
	static const struct chart_series series = { "s", one };
	struct chart chart = chart_of(CHART_TREND, 1, &series);
	struct chart_drawing d = drawn(*state, &chart);

	/* 0, 5, 10, 15; "15" is 150 wide: the plot begins at 210, its middle is at 1905. */
	assert_int_equal(d.n_ticks, 4);
	assert_int_equal(d.points[0].x, 1905);
	assert_int_equal(d.points[0].y, 500);
	assert_true(d.points[0].marked && d.points[0].valued);
	assert_spot(d.points[0].value, 1905, 410, CHART_MIDDLE);
	chart.n_labels = 2;
	chart.series = &(const struct chart_series){ "s", zeros };
	d = drawn(*state, &chart);
	assert_int_equal(d.n_ticks, 2); /* 0 and 1 */
	assert_int_equal(d.points[1].y, 1700);
	chart.decimals = 2;
	d = drawn(*state, &chart);
	assert_int_equal(d.n_ticks, 6); /* 0.0, 0.2 … 1.0: the last zero says nothing */
	assert_int_equal(d.tick_decimals, 1);
	assert_int_equal(d.ticks[5].n, 10);
	chart.decimals = 0;
	chart.series = &(const struct chart_series){ "s", same };
	d = drawn(*state, &chart);
	assert_int_equal(d.points[0].y, 200); /* 0 to 8 */
	assert_int_equal(d.points[1].y, 200);
}

static void
below_zero(void **state)
{
	static const struct chart_value values[] = { V(-40), V(40), V(-100) };
	static const struct chart_series series = { "s", values };
	struct chart chart = chart_of(CHART_TREND, 3, &series);
	struct chart_drawing d;

	chart.low = -100;
	chart.high = 100;
	d = drawn(*state, &chart);
	assert_int_equal(d.n_ticks, 5);
	assert_int_equal(d.ticks[0].n, -100);
	assert_int_equal(d.zero, 950);
	assert_int_equal(d.points[0].y, 1250);
	assert_int_equal(d.points[1].y, 650);
	assert_int_equal(d.points[2].y, 1700);
	/* The line falls to the floor: below there are labels, so the figure stays above. */
	assert_int_equal(d.points[2].value.y, 1610);
	assert_int_equal(d.lowest_label, 2);
}

static void
lines_and_target(void **state)
{
	static const struct chart_value a[] = { V(10), V(20) }, b[] = { V(5), V(19) };
	static const struct chart_series series[] = { { "first", a }, { "second", b } };
	struct chart chart = chart_of(CHART_TREND, 2, series);
	struct chart_drawing d;

	chart.n_series = 2;
	chart.target_label = "Goal";
	chart.target = 25;
	d = drawn(*state, &chart);
	/* Three keys of 200, then 200; the scale reaches the target: 0 to 25. */
	assert_int_equal(d.n_keys, 3);
	assert_true(d.keys[2].target && !d.keys[1].target);
	assert_int_equal(d.plot.y, 800);
	assert_true(d.targeted);
	assert_int_equal(d.target, 800);
	assert_int_equal(d.points[1].y, 1100);
	/* 20 and 19 end 60 apart: one figure above, the other below. */
	assert_int_equal(d.points[1].value.y, 1010);
	assert_int_equal(d.points[3].y, 1160);
	assert_int_equal(d.points[3].value.y, 1350);
	assert_int_equal(d.highest_series, 0);
	assert_int_equal(d.lowest_series, 1);
}

/* ---- What is hidden ---- */

static void
hidden_leaves_no_trace(void **state)
{
	struct chart_value values[] = { V(10), { 0, CHART_HIDDEN }, V(20), { 7, CHART_ABSENT },
		V(30) };
	const struct chart_series series = { "s", values };

	for (int kind = CHART_TREND; kind <= CHART_COHORT; kind++) {
		struct chart chart = chart_of((enum chart_kind)kind, 5, &series);
		struct chart_drawing a, b;

		values[1].n = 0;
		a = drawn(*state, &chart);
		values[1].n = 1000000;
		b = drawn(*state, &chart);
		assert_true(a.hidden && a.ranged && !a.empty);
		assert_int_equal(a.highest_label, 4);
		assert_int_equal(a.lowest_label, 0);
		assert_int_equal(a.n_ticks, b.n_ticks);
		assert_int_equal(a.n_points, b.n_points);
		assert_memory_equal(&a.plot, &b.plot, sizeof a.plot);
		for (size_t i = 0; i < a.n_points; i++)
			assert_int_equal(a.points[i].y, b.points[i].y);
		for (size_t i = 0; i < a.n_bars; i++)
			assert_memory_equal(&a.bars[i].box, &b.bars[i].box, sizeof a.plot);
		for (size_t i = 0; i < a.n_cells; i++)
			assert_int_equal(a.cells[i].shade, b.cells[i].shade);
	}
}

static void
hidden_is_a_gap(void **state)
{
	static const struct chart_value values[] = { V(10), { 0, CHART_HIDDEN }, V(20),
		{ 0, CHART_ABSENT }, V(30) };
	static const struct chart_series series = { "s", values };
	struct chart chart = chart_of(CHART_TREND, 5, &series);
	struct chart_drawing d = drawn(*state, &chart);

	assert_int_equal(d.n_points, 3);
	assert_int_equal(d.n_runs, 3); /* nothing joins them */
	assert_int_equal(d.n_veils, 1);
	/* "30" is 150 wide: points from 290 to 3520, 807.5 apart. */
	assert_box(d.veils[0], 1098 - 70, 200, 140, 1500);
	chart.kind = CHART_DISTRIBUTION;
	d = drawn(*state, &chart);
	assert_int_equal(d.bars[1].state, CHART_HIDDEN);
	assert_int_equal(d.bars[1].box.h, 1500); /* the whole height, never none */
	assert_false(d.bars[1].valued);
	chart.kind = CHART_BAR;
	d = drawn(*state, &chart);
	assert_int_equal(d.bars[1].box.x + d.bars[1].box.w, d.plot.x + d.plot.w);
	assert_true(d.bars[1].valued); /* by the word */
	assert_int_equal(d.bars[3].state, CHART_ABSENT);
	assert_int_equal(d.bars[3].box.w, 0);
	chart.kind = CHART_COHORT;
	d = drawn(*state, &chart);
	assert_int_equal(d.cells[1].shade, 0);
	assert_false(d.cells[1].valued);
}

static void
nothing_to_draw(void **state)
{
	static const struct chart_value absent[] = { { 0, CHART_ABSENT } },
					hidden[] = { { 4, CHART_HIDDEN } };
	static const struct chart_series series = { "s", absent };
	struct chart chart = chart_of(CHART_TREND, 1, &series);
	struct chart_drawing d;

	for (int kind = 0; kind < CHART_KIND_MAX; kind++) {
		struct chart none = { .kind = (enum chart_kind)kind, .title = "t" };
		d = drawn(*state, &none);
		assert_true(d.empty);
	}
	d = drawn(*state, &chart);
	assert_true(d.empty && !d.hidden);
	chart.series = &(const struct chart_series){ "s", hidden };
	d = drawn(*state, &chart);
	assert_true(!d.empty && d.hidden && !d.ranged);
	assert_int_equal(d.n_ticks, 0); /* a scale would tell something */
	assert_int_equal(d.n_veils, 1);
	assert_int_equal(d.n_points, 0);
}

/* ---- Bars and cells ---- */

static void
bars_by_hand(void **state)
{
	static const struct chart_value values[] = { V(10), V(0), V(-5) };
	static const struct chart_series series = { "s", values };
	struct chart chart = chart_of(CHART_BAR, 3, &series);
	struct chart_drawing d = drawn(*state, &chart);

	/* Labels take 75 + 80, "10" and "-5" 150 + 60 on either side: 3025 are left for 15. */
	assert_int_equal(d.height, 78);
	assert_int_equal(d.zero, 1373);
	assert_box(d.bars[0].box, 1373, 50, 2017, 160);
	assert_spot(d.bars[0].value, 3450, 175, CHART_START);
	assert_box(d.bars[1].box, 1373, 310, 0, 160);
	assert_spot(d.bars[1].value, 1433, 435, CHART_START);
	assert_box(d.bars[2].box, 365, 570, 1008, 160);
	assert_spot(d.bars[2].value, 305, 695, CHART_END);
	assert_false(d.labels_above);
	assert_int_equal(chart_draw(*state, &chart, true, &d), OK);
	assert_int_equal(d.zero, 2227);
	assert_box(d.bars[0].box, 210, 50, 2017, 160);
	assert_spot(d.bars[0].value, 150, 175, CHART_START);
	assert_box(d.bars[2].box, 2227, 570, 1008, 160);
}

static void
long_labels_and_small_values(void **state)
{
	static const struct chart_value values[] = { V(1), V(1000000) };
	static const struct chart_series series = { "s", values };
	static const char words[] =
	    "I could not reach anybody who knows the project when I had a question about it, "
	    "and so I waited, or guessed, and then had to do all of the work once more from "
	    "the very beginning, which nobody paid for";
	struct chart chart = chart_of(CHART_BAR, 2, &series);
	struct chart_drawing d;

	chart.labels = (const char *const[]){ "short", words };
	d = drawn(*state, &chart);
	assert_true(d.labels_above);
	assert_int_equal(d.bars[0].box.w, 10); /* seen, though it is a millionth */
	assert_int_equal(d.n_texts, 1 + CHART_LABEL_LINES);
	for (size_t i = 0; i < d.n_texts; i++) {
		assert_true(chart_text_width(d.texts[i].text) <= 3250);
		assert_int_equal(d.texts[i].whole != NULL, i == d.n_texts - 1);
	}
	assert_string_equal(d.texts[3].whole, words);
	/* Lines of one label 160 apart, all above their bar, below the one before. */
	assert_int_equal(d.texts[2].spot.y - d.texts[1].spot.y, 160);
	assert_true(d.texts[3].spot.y < d.bars[1].box.y);
	assert_true(d.texts[1].spot.y - 130 >= d.bars[0].box.y + d.bars[0].box.h - 30);
	/* Figures that would need more room than there is still leave a bar. */
	chart.labels = LETTERS;
	chart.decimals = 6;
	chart.shares = (const int64_t[]){ 50, 50 };
	chart.series = &(const struct chart_series){ "s",
		(const struct chart_value[]){ V(CHART_VALUE_MAX), V(-CHART_VALUE_MAX) } };
	d = drawn(*state, &chart);
	assert_true(d.plot.w >= 800);
}

static void
cells_by_hand(void **state)
{
	static const struct chart_value a[] = { V(0), V(50), V(100) },
					b[] = { V(100), V(99), { 0, CHART_ABSENT } };
	static const struct chart_series series[] = { { "A", a }, { "B", b } };
	struct chart chart = chart_of(CHART_COHORT, 3, series);
	struct chart_drawing d;

	chart.n_series = 2;
	d = drawn(*state, &chart);
	/* "A" takes 100 + 80; three columns of 1140; a row of 280 under a head of 220. */
	assert_int_equal(d.n_cells, 6);
	assert_box(d.cells[0].box, 180, 220, 1120, 260);
	assert_box(d.cells[4].box, 1320, 500, 1120, 260);
	assert_spot(d.cells[0].value, 740, 395, CHART_MIDDLE);
	assert_int_equal(d.cells[0].shade, 1);
	assert_int_equal(d.cells[1].shade, 4);
	assert_int_equal(d.cells[2].shade, 7);
	assert_int_equal(d.cells[4].shade, 7);
	assert_int_equal(d.cells[5].shade, 0);
	assert_int_equal(d.height, 78);
	assert_int_equal(chart_draw(*state, &chart, true, &d), OK);
	assert_box(d.cells[0].box, 2300, 220, 1120, 260);
}

static void
hours_of_a_week(void **state)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	struct chart_value values[24] = { 0 };
	struct chart_series series[7];
	const char *hours[24];
	struct chart chart = chart_of(CHART_HOURS, 24, series);
	struct chart_drawing d;

	for (size_t i = 0; i < 24; i++) {
		hours[i] = text_printf(*state, "%02zu", i);
		values[i].n = (int64_t)i;
	}
	for (size_t i = 0; i < 7; i++)
		series[i] = (struct chart_series){ days[i], values };
	chart.labels = hours;
	chart.n_series = 7;
	d = drawn(*state, &chart);
	assert_int_equal(d.n_cells, 168);
	assert_int_equal(d.height, 22 + 24 * 20);
	/* Days go across, hours down. */
	assert_int_equal(d.cells[0].box.y, d.cells[24].box.y);
	assert_true(d.cells[24].box.x > d.cells[0].box.x);
	assert_int_equal(d.cells[1].box.y - d.cells[0].box.y, 200);
	assert_int_equal(d.cells[23].shade, CHART_SHADES);
	chart.n_labels = 23;
	assert_int_equal(chart_draw(*state, &chart, false, &d), E_INPUT);
}

/* ---- Limits and faults ---- */

static void
too_much(void **state)
{
	const char **labels = arena_array_of(*state, const char *, 10000);
	struct chart_value *values = arena_array_of(*state, struct chart_value, 10000);
	const struct chart_series series[] = { { "s", values }, { "s", values },
		{ "s", values }, { "s", values } };
	struct chart chart = chart_of(CHART_TREND, 10000, series);
	struct chart_drawing d = { .width = 77 };

	for (size_t i = 0; i < 10000; i++) {
		labels[i] = "Month of many";
		values[i].n = (int64_t)(i % 97);
	}
	chart.labels = labels;
	assert_int_equal(chart_draw(*state, &chart, false, &d), E_LIMIT);
	assert_int_equal(d.width, 77);
	chart.n_labels = CHART_PERIODS_MAX + 1;
	assert_int_equal(chart_draw(*state, &chart, false, &d), E_LIMIT);
	chart.n_labels = CHART_PERIODS_MAX;
	assert_int_equal(chart_draw(*state, &chart, false, &d), OK);
	assert_int_equal(d.n_points, CHART_PERIODS_MAX);
	assert_false(d.points[1].marked);
	assert_true(d.points[CHART_PERIODS_MAX - 1].marked);
	chart.n_labels = 5;
	chart.n_series = 4;
	assert_int_equal(chart_draw(*state, &chart, false, &d), E_LIMIT);
	chart.n_series = 1;
	chart.kind = CHART_BAR;
	chart.n_labels = CHART_BARS_MAX + 1;
	assert_int_equal(chart_draw(*state, &chart, false, &d), E_LIMIT);
	chart.n_labels = 13;
	chart.kind = CHART_COHORT;
	assert_int_equal(chart_draw(*state, &chart, false, &d), E_LIMIT);
}

static void
faults_of_callers(void **state)
{
	static const struct chart_value below[] = { V(-1) }, big[] = { V(CHART_VALUE_MAX + 1) };
	static const struct chart_series bad[] = { { "s", below }, { "s", big } };
	static const int64_t shares[] = { 1 };
	const struct chart good = chart_of(CHART_BAR, 1, bad);
	struct chart_drawing d;
	struct chart chart = good;

#define REFUSED(change)                                                           \
	do {                                                                      \
		chart = good;                                                     \
		change;                                                           \
		assert_int_equal(chart_draw(*state, &chart, false, &d), E_INPUT); \
	} while (0)
	assert_int_equal(chart_draw(*state, &good, false, &d), OK);
	REFUSED(chart.kind = CHART_DISTRIBUTION);
	REFUSED(chart.kind = CHART_KIND_MAX);
	REFUSED(chart.series = &bad[1]);
	REFUSED(chart.n_series = 2);
	REFUSED(chart.title = NULL);
	REFUSED(chart.decimals = 7);
	REFUSED(chart.decimals = -1);
	REFUSED(chart.labels = (const char *const[]){ NULL });
	REFUSED(chart.labels = NULL);
	REFUSED(chart.low = 1);
	REFUSED(chart.kind = CHART_TREND; chart.shares = shares);
	REFUSED(chart.series = &(const struct chart_series){ 0 });
#undef REFUSED
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(steps),
		UNIT_TEST(classes),
		UNIT_TEST(a_line_by_hand),
		UNIT_TEST(one_point_and_equal_ones),
		UNIT_TEST(below_zero),
		UNIT_TEST(lines_and_target),
		UNIT_TEST(hidden_leaves_no_trace),
		UNIT_TEST(hidden_is_a_gap),
		UNIT_TEST(nothing_to_draw),
		UNIT_TEST(bars_by_hand),
		UNIT_TEST(long_labels_and_small_values),
		UNIT_TEST(cells_by_hand),
		UNIT_TEST(hours_of_a_week),
		UNIT_TEST(too_much),
		UNIT_TEST(faults_of_callers),
	};

	return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
