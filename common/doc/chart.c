/*
 * chart.c: what all kinds of charts share: what is refused, range and steps of a scale, classes
 * of a distribution, labels along an axis, the mirror for languages that are read from right
 * to left. chart_axes.c and chart_rows.c draw the kinds. Owns nothing.
 */
#include "doc/chart_inner.h"

#include <math.h>

/* ---- What is refused ---- */

static const struct limit {
	size_t labels, series;
} limits[CHART_KIND_MAX] = {
	[CHART_TREND] = { CHART_PERIODS_MAX, CHART_LINES_MAX },
	[CHART_DISTRIBUTION] = { CHART_CLASSES_MAX, 1 },
	[CHART_BAR] = { CHART_BARS_MAX, 1 },
	[CHART_COHORT] = { CHART_AGES_MAX, CHART_COHORTS_MAX },
	[CHART_HOURS] = { 24, 7 },
};

static bool
in_bounds(int64_t n)
{
	return n >= -CHART_VALUE_MAX && n <= CHART_VALUE_MAX;
}

static bool
series_sound(const struct chart *chart, const struct chart_series *series)
{
	if (!series->name || (chart->n_labels && !series->values))
		return false;
	for (size_t i = 0; i < chart->n_labels; i++) {
		const struct chart_value *value = &series->values[i];

		if (value->state != CHART_GIVEN)
			continue;
		if (!in_bounds(value->n) || (chart->kind == CHART_DISTRIBUTION && value->n < 0))
			return false;
	}
	return true;
}

static enum status
check(const struct chart *chart)
{
	size_t series = chart->n_series, labels = chart->n_labels;

	if ((int)chart->kind < 0 || chart->kind >= CHART_KIND_MAX || !chart->title ||
	    chart->decimals < 0 || chart->decimals > 6 || (labels && !chart->labels) ||
	    (series && !chart->series) || !in_bounds(chart->low) || !in_bounds(chart->high) ||
	    chart->low > chart->high || !in_bounds(chart->target))
		return E_INPUT;
	if (series > limits[chart->kind].series &&
	    (chart->kind == CHART_BAR || chart->kind == CHART_DISTRIBUTION))
		return E_INPUT;
	if (chart->shares && chart->kind != CHART_BAR)
		return E_INPUT;
	if (chart->kind == CHART_HOURS && labels && series && (labels != 24 || series != 7))
		return E_INPUT;
	for (size_t i = 0; i < labels; i++)
		if (!chart->labels[i])
			return E_INPUT;
	for (size_t s = 0; s < series; s++)
		if (!series_sound(chart, &chart->series[s]))
			return E_INPUT;
	return labels > limits[chart->kind].labels || series > limits[chart->kind].series
		   ? E_LIMIT
		   : OK;
}

/* ---- Range and steps ---- */

/* Sets empty, hidden, ranged and the extremes. */
static void
find_extremes(const struct chart *chart, struct chart_drawing *drawing)
{
	int64_t high = 0, low = 0;

	drawing->empty = true;
	for (size_t s = 0; s < chart->n_series; s++)
		for (size_t i = 0; i < chart->n_labels; i++) {
			const struct chart_value *value = &chart->series[s].values[i];

			if (value->state == CHART_ABSENT)
				continue;
			drawing->empty = false;
			if (value->state == CHART_HIDDEN) {
				drawing->hidden = true;
				continue;
			}
			if (!drawing->ranged || value->n > high) {
				high = value->n;
				drawing->highest_series = s;
				drawing->highest_label = i;
			}
			if (!drawing->ranged || value->n < low) {
				low = value->n;
				drawing->lowest_series = s;
				drawing->lowest_label = i;
			}
			drawing->ranged = true;
		}
}

static int64_t
lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

bool
chart_range(const struct chart *chart, int64_t *ret_low, int64_t *ret_high)
{
	int64_t low = 0, high = 0;
	bool given = false;

	if (chart->low < chart->high) {
		low = chart->low;
		high = chart->high;
	}
	if (chart->target_label) {
		low = lesser(low, chart->target);
		high = greater(high, chart->target);
	}
	for (size_t s = 0; s < chart->n_series; s++)
		for (size_t i = 0; i < chart->n_labels; i++) {
			const struct chart_value *value = &chart->series[s].values[i];

			if (value->state != CHART_GIVEN)
				continue;
			given = true;
			low = lesser(low, value->n);
			high = greater(high, value->n);
		}
	if (low == high) {
		high = 1;
		for (int i = 0; i < chart->decimals; i++)
			high *= 10;
	}
	*ret_low = low;
	*ret_high = high;
	return given;
}

/* n divided by step, downwards for negative numbers too. */
static int64_t
floor_of(int64_t n, int64_t step)
{
	return n / step - (n % step < 0);
}

void
chart_steps(
    int64_t low, int64_t high, int most, int64_t *ret_first, int64_t *ret_step, int64_t *ret_n)
{
	static const int64_t factors[] = { 1, 2, 5 };
	int64_t power = 1, step = 1, first, last;

	for (int i = 0;; i++) {
		if (i > 0 && i % 3 == 0)
			power *= 10;
		step = factors[i % 3] * power;
		first = floor_of(low, step);
		last = -floor_of(-high, step);
		if (last - first <= most)
			break;
	}
	*ret_first = first * step;
	*ret_step = step;
	*ret_n = greater(last - first, 1);
}

enum status
chart_classify(
    struct arena *arena, const int64_t *values, size_t n, int most, struct chart_classes *ret)
{
	struct chart_classes classes = { 0 };
	int64_t low = n ? values[0] : 0, high = low, count;

	if (most < 2)
		return E_INPUT;
	for (size_t i = 0; i < n; i++) {
		if (!in_bounds(values[i]))
			return E_INPUT;
		low = lesser(low, values[i]);
		high = greater(high, values[i]);
	}
	if (n) {
		/* Up to, not including: the greatest value wants a class that ends above it. */
		chart_steps(low, high + 1, most, &classes.first, &classes.step, &count);
		classes.n = (size_t)count;
	}
	classes.counts = arena_array_of(arena, int64_t, classes.n);
	for (size_t i = 0; i < n; i++)
		classes.counts[(values[i] - classes.first) / classes.step]++;
	*ret = classes;
	return OK;
}

int
chart_along(int64_t n, int64_t low, int64_t high, int length)
{
	return (int)lround((double)(n - low) / (double)(high - low) * length);
}

/* ---- Labels along an axis ---- */

#define LABEL_WIDEST PX(90)
#define LABEL_GAP PX(8)

static int
left_of(int x, int width)
{
	int left = x - width / 2;

	if (left + width > CHART_RIGHT)
		left = CHART_RIGHT - width;
	return left < 0 ? 0 : left;
}

/* Does each k-th label, counted back from the last, keep clear of the next? */
static bool
keep_apart(const int *xs, const int *widths, size_t n, size_t k)
{
	int limit = CHART_RIGHT + LABEL_GAP;

	for (size_t i = n - 1;; i -= k) {
		int left = left_of(xs[i], widths[i]);

		if (left + widths[i] + LABEL_GAP > limit)
			return false;
		limit = left;
		if (i < k)
			return true;
	}
}

static struct chart_spot
spot_inside(int x, int y, int width)
{
	int left = x - width / 2;

	if (left < 0)
		return (struct chart_spot){ 0, y, CHART_START };
	if (left + width > CHART_RIGHT)
		return (struct chart_spot){ CHART_RIGHT, y, CHART_END };
	return (struct chart_spot){ x, y, CHART_MIDDLE };
}

void
chart_labels_across(struct arena *arena, const struct chart *chart, const int *xs, int y,
    struct chart_drawing *drawing)
{
	size_t n = chart->n_labels, k = 1;
	int *widths = arena_array_of(arena, int, n);

	if (!n)
		return;
	for (size_t i = 0; i < n; i++) {
		widths[i] = chart_text_width(chart->labels[i]);
		if (widths[i] > LABEL_WIDEST)
			widths[i] = LABEL_WIDEST;
	}
	while (!keep_apart(xs, widths, n, k))
		k++;
	for (size_t i = (n - 1) % k; i < n; i += k) {
		const char *label = chart->labels[i];
		const char *text = chart_text_cut(arena, label, LABEL_WIDEST);

		drawing->texts[drawing->n_texts++] =
		    (struct chart_text){ spot_inside(xs[i], y, widths[i]), text,
			    text == label ? NULL : label };
	}
}

/* ---- The mirror ---- */

static void
mirror_box(struct chart_box *box)
{
	box->x = CHART_RIGHT - box->x - box->w;
}

static void
mirror_spot(struct chart_spot *spot)
{
	spot->x = CHART_RIGHT - spot->x;
}

/* Anchors stay: start and end of a text are already those of its direction. */
static void
mirror(const struct chart *chart, struct chart_drawing *d)
{
	mirror_box(&d->plot);
	if (chart->kind == CHART_BAR)
		d->zero = CHART_RIGHT - d->zero;
	for (size_t i = 0; i < d->n_ticks; i++)
		mirror_spot(&d->ticks[i].spot);
	for (size_t i = 0; i < d->n_points; i++) {
		d->points[i].x = CHART_RIGHT - d->points[i].x;
		mirror_spot(&d->points[i].value);
	}
	for (size_t i = 0; i < d->n_bars; i++) {
		mirror_box(&d->bars[i].box);
		mirror_spot(&d->bars[i].value);
	}
	for (size_t i = 0; i < d->n_cells; i++) {
		mirror_box(&d->cells[i].box);
		mirror_spot(&d->cells[i].value);
	}
	for (size_t i = 0; i < d->n_veils; i++)
		mirror_box(&d->veils[i]);
	for (size_t i = 0; i < d->n_texts; i++)
		mirror_spot(&d->texts[i].spot);
	for (size_t i = 0; i < d->n_keys; i++) {
		struct chart_key *key = &d->keys[i];

		key->x1 = CHART_RIGHT - key->x1;
		key->x2 = CHART_RIGHT - key->x2;
		mirror_spot(&key->text.spot);
	}
}

enum status
chart_draw(struct arena *arena, const struct chart *chart, bool right_to_left,
    struct chart_drawing *ret)
{
	static void (*const draw[CHART_KIND_MAX])(
	    struct arena *, const struct chart *, struct chart_drawing *) = {
		[CHART_TREND] = chart_draw_trend,
		[CHART_DISTRIBUTION] = chart_draw_distribution,
		[CHART_BAR] = chart_draw_bars,
		[CHART_COHORT] = chart_draw_cohort,
		[CHART_HOURS] = chart_draw_hours,
	};
	struct chart_drawing drawing = { 0 };
	enum status status = check(chart);

	if (status != OK)
		return status;
	find_extremes(chart, &drawing);
	if (!drawing.empty) {
		drawing.width = CHART_WIDTH;
		draw[chart->kind](arena, chart, &drawing);
		if (right_to_left)
			mirror(chart, &drawing);
	}
	*ret = drawing;
	return OK;
}
