/*
 * chart_axes.c: charts over a scale that stands upright: trend and distribution. Called by
 * chart_draw(). The scale always holds 0, so that a length says what it seems to say; only a
 * range that the caller knows may leave it out.
 */
#include "doc/chart_inner.h"

#define TICKS_MOST 5
#define PLOT_HEIGHT PX(150)
#define ABOVE_PLOT PX(20) /* a figure over the highest point */
#define BELOW_PLOT PX(26) /* labels */
#define LABELS_DOWN PX(18)
#define KEY_HEIGHT PX(20)
#define KEY_WIDTH PX(28)
#define TICK_GAP PX(6)
#define INSET PX(8) /* from the plot's edge to the first and last point */
#define MARKS_MOST 31
#define VEIL_WIDTH PX(14)

struct scale {
	int64_t low, high;
	int top, height;
};

static int
place_of(const struct scale *scale, int64_t n)
{
	return scale->top + scale->height -
	       chart_along(n, scale->low, scale->high, scale->height);
}

/* Ticks and plot; without a given value there is a plot but no scale that could be read. */
static struct scale
draw_scale(struct arena *arena, const struct chart *chart, int top, struct chart_drawing *d)
{
	int64_t low, high, first, step, n;
	bool given = chart_range(chart, &low, &high);
	int decimals = chart->decimals, widest = 0;

	chart_steps(low, high, TICKS_MOST, &first, &step, &n);
	struct scale scale = { first, first + n * step, top, PLOT_HEIGHT };
	d->ticks = arena_array_of(arena, struct chart_tick, (size_t)n + 1);
	for (int64_t i = 0; given && i <= n; i++) {
		int64_t value = first + i * step;
		int y = place_of(&scale, value);

		d->ticks[d->n_ticks++] = (struct chart_tick){
			.y = y, .spot = { 0, y + CHART_MIDDLE_DOWN, CHART_END }, .n = value
		};
	}
	/* Zeros that all ticks end in say nothing: 0.00, 0.50 are 0.0, 0.5. */
	while (decimals > 0 && step % 10 == 0) {
		step /= 10;
		decimals--;
		for (size_t i = 0; i < d->n_ticks; i++)
			d->ticks[i].n /= 10;
	}
	d->tick_decimals = decimals;
	for (size_t i = 0; i < d->n_ticks; i++) {
		int width = chart_number_width(d->ticks[i].n, decimals);

		widest = width > widest ? width : widest;
	}
	for (size_t i = 0; i < d->n_ticks; i++)
		d->ticks[i].spot.x = widest;
	int left = d->n_ticks ? widest + TICK_GAP : 0;
	d->plot = (struct chart_box){ left, top, CHART_RIGHT - left, PLOT_HEIGHT };
	d->zero = scale.low > 0    ? place_of(&scale, scale.low)
		  : scale.high < 0 ? place_of(&scale, scale.high)
				   : place_of(&scale, 0);
	d->height = (top + PLOT_HEIGHT + BELOW_PLOT) / CHART_TENTHS;
	return scale;
}

/* ---- Trend ---- */

static void
add_key(
    struct arena *arena, struct chart_drawing *d, size_t series, bool target, const char *words)
{
	int y = (int)d->n_keys * KEY_HEIGHT + KEY_HEIGHT / 2;
	const char *text = chart_text_cut(arena, words, CHART_RIGHT - KEY_WIDTH - TICK_GAP);

	d->keys[d->n_keys++] = (struct chart_key){ series, target, 0, KEY_WIDTH, y,
		{ { KEY_WIDTH + PX(8), y + CHART_MIDDLE_DOWN, CHART_START }, text,
		    text == words ? NULL : words } };
}

/* One line names itself by the title; several, or a target, want to be told apart. */
static void
draw_keys(struct arena *arena, const struct chart *chart, struct chart_drawing *d)
{
	d->keys = arena_array_of(arena, struct chart_key, chart->n_series + 1);
	for (size_t s = 0; chart->n_series > 1 && s < chart->n_series; s++)
		add_key(arena, d, s, false, chart->series[s].name);
	if (chart->target_label)
		add_key(arena, d, 0, true, chart->target_label);
}

static bool
collides(const struct chart_drawing *d, const struct chart_point *own, struct chart_spot spot)
{
	for (size_t i = 0; i < d->n_points; i++) {
		const struct chart_point *other = &d->points[i];
		int dx = other->value.x - spot.x, dy = other->value.y - spot.y;

		if (other != own && other->valued && dx < PX(45) && dx > -PX(45) &&
		    dy < PX(14) && dy > -PX(14))
			return true;
	}
	return false;
}

/* Writes a line's last figure beside its point, off the line where there is room; not at all
 * when another line's stands there. */
static void
write_last(const struct chart *chart, struct chart_drawing *d, struct chart_point *point,
    const struct chart_point *before)
{
	int64_t n = chart->series[point->series].values[point->label].n;
	int half = chart_number_width(n, chart->decimals) / 2;
	struct chart_spot above = { point->x, point->y - PX(9), CHART_MIDDLE };
	struct chart_spot below = { point->x, point->y + PX(19), CHART_MIDDLE };
	bool falls = before && before->y < point->y;

	if (point->x + half > CHART_RIGHT) {
		above.x = below.x = CHART_RIGHT;
		above.anchor = below.anchor = CHART_END;
	}
	bool room = below.y <= d->plot.y + d->plot.h;
	struct chart_spot spot = falls && room ? below : above;
	if (collides(d, point, spot))
		spot = falls && room ? above : below;
	if (collides(d, point, spot) || spot.y > d->plot.y + d->plot.h)
		return;
	point->valued = true;
	point->value = spot;
}

static void
draw_line(const struct chart *chart, size_t s, const int *xs, const struct scale *scale,
    struct chart_drawing *d)
{
	struct chart_run *run = NULL;
	size_t from = d->n_points;

	for (size_t i = 0; i < chart->n_labels; i++) {
		const struct chart_value *value = &chart->series[s].values[i];

		if (value->state != CHART_GIVEN) {
			run = NULL;
			continue;
		}
		if (!run) {
			run = &d->runs[d->n_runs++];
			*run = (struct chart_run){ s, d->n_points, 0 };
		}
		run->n++;
		d->points[d->n_points++] = (struct chart_point){ .series = s,
			.label = i,
			.x = xs[i],
			.y = place_of(scale, value->n),
			.marked = chart->n_labels <= MARKS_MOST };
	}
	for (size_t r = 0; r < d->n_runs; r++)
		if (d->runs[r].series == s && d->runs[r].n == 1)
			d->points[d->runs[r].first].marked = true;
	if (d->n_points == from)
		return;
	struct chart_point *last = &d->points[d->n_points - 1];
	last->marked = true;
	write_last(chart, d, last, d->n_points - from > 1 ? last - 1 : NULL);
}

/* A band where a value is hidden, so that its gap is not taken for one without figures. */
static void
draw_veils(
    struct arena *arena, const struct chart *chart, const int *xs, struct chart_drawing *d)
{
	int between = chart->n_labels > 1 ? xs[1] - xs[0] : VEIL_WIDTH;
	int width = between < VEIL_WIDTH ? between : VEIL_WIDTH;

	d->veils = arena_array_of(arena, struct chart_box, chart->n_labels);
	for (size_t i = 0; i < chart->n_labels; i++)
		for (size_t s = 0; s < chart->n_series; s++)
			if (chart->series[s].values[i].state == CHART_HIDDEN) {
				d->veils[d->n_veils++] = (struct chart_box){ xs[i] - width / 2,
					d->plot.y, width, d->plot.h };
				break;
			}
}

void
chart_draw_trend(struct arena *arena, const struct chart *chart, struct chart_drawing *d)
{
	size_t n = chart->n_labels;
	int *xs = arena_array_of(arena, int, n);

	draw_keys(arena, chart, d);
	struct scale scale =
	    draw_scale(arena, chart, (int)d->n_keys * KEY_HEIGHT + ABOVE_PLOT, d);
	int left = d->plot.x + INSET, way = d->plot.w - 2 * INSET;
	for (size_t i = 0; i < n; i++)
		xs[i] = n == 1 ? left + way / 2
			       : left + chart_along((int64_t)i, 0, (int64_t)n - 1, way);
	d->targeted = chart->target_label && d->n_ticks;
	if (d->targeted)
		d->target = place_of(&scale, chart->target);
	d->points = arena_array_of(arena, struct chart_point, n * chart->n_series);
	d->runs = arena_array_of(arena, struct chart_run, n * chart->n_series);
	for (size_t s = 0; s < chart->n_series; s++)
		draw_line(chart, s, xs, &scale, d);
	draw_veils(arena, chart, xs, d);
	d->texts = arena_array_of(arena, struct chart_text, n);
	chart_labels_across(arena, chart, xs, d->plot.y + d->plot.h + LABELS_DOWN, d);
}

/* ---- Distribution ---- */

void
chart_draw_distribution(struct arena *arena, const struct chart *chart, struct chart_drawing *d)
{
	const struct chart_value *values = chart->series[0].values;
	size_t n = chart->n_labels;
	int *middles = arena_array_of(arena, int, n), narrowest = CHART_RIGHT, widest = 0;
	struct scale scale = draw_scale(arena, chart, ABOVE_PLOT, d);
	int bottom = d->plot.y + d->plot.h;

	d->bars = arena_array_of(arena, struct chart_bar, n);
	for (size_t i = 0; i < n; i++) {
		int x = d->plot.x + chart_along((int64_t)i, 0, (int64_t)n, d->plot.w);
		int next = d->plot.x + chart_along((int64_t)i + 1, 0, (int64_t)n, d->plot.w);
		int width = next - x - PX(1), number = 0;
		int y = d->plot.y;

		if (values[i].state == CHART_GIVEN) {
			y = place_of(&scale, values[i].n);
			number = chart_number_width(values[i].n, chart->decimals);
		}
		middles[i] = (x + next) / 2;
		narrowest = width < narrowest ? width : narrowest;
		widest = number > widest ? number : widest;
		d->bars[d->n_bars++] = (struct chart_bar){ .label = i,
			.state = values[i].state,
			.box = { x + PX(1) / 2, y, width, bottom - y },
			.value = { middles[i], y - PX(5), CHART_MIDDLE } };
	}
	/* All figures where they fit side by side, else the highest alone. */
	for (size_t i = 0; i < n; i++)
		d->bars[i].valued = values[i].state == CHART_GIVEN &&
				    (widest <= narrowest || i == d->highest_label);
	d->texts = arena_array_of(arena, struct chart_text, n);
	chart_labels_across(arena, chart, middles, bottom + LABELS_DOWN, d);
}
