/*
 * chart_rows.c: charts that are read row by row: bars, cohorts, hours of a week. Called by
 * chart_draw(). They grow downwards, as a phone's screen does.
 */
#include "doc/chart_inner.h"

/* ---- Bars ---- */

#define LABEL_BESIDE PX(76) /* labels up to this stand beside their bars, longer ones above */
#define LABEL_ABOVE PX(325) /* the narrowest screens write larger: site.css */
#define LABEL_GAP PX(8)
#define LINE_HEIGHT PX(16)
#define BESIDE_HEIGHT PX(26)
#define BAR_HEIGHT PX(16)
#define BAR_GAP PX(10)
#define VALUE_GAP PX(6)
#define SHARE_WIDTH PX(56)     /* " (100 %)" */
#define WAY_LEAST PX(80)       /* of the bars, whatever their figures take */
#define BAR_LEAST CHART_TENTHS /* what is not zero is seen */

struct bars {
	int64_t low, high;
	int left, way; /* of the bars: from the place of low, to that of high */
};

/* What the widest label beside a bar takes; 0 when one is too wide for that. */
static int
width_beside(const struct chart *chart)
{
	int widest = 0;

	for (size_t i = 0; i < chart->n_labels; i++) {
		int width = chart_text_width(chart->labels[i]);

		widest = width > widest ? width : widest;
	}
	return widest <= LABEL_BESIDE ? widest + LABEL_GAP : 0;
}

/* The way of the bars between the labels and the figures at their ends. */
static struct bars
measure(const struct chart *chart, int beside)
{
	const struct chart_value *values = chart->series[0].values;
	int before = 0, behind = 0, most = (CHART_RIGHT - beside - WAY_LEAST) / 2;
	struct bars bars;

	(void)chart_range(chart, &bars.low, &bars.high);
	for (size_t i = 0; i < chart->n_labels; i++) {
		if (values[i].state != CHART_GIVEN)
			continue;
		int width = VALUE_GAP + chart_number_width(values[i].n, chart->decimals) +
			    (chart->shares ? SHARE_WIDTH : 0);
		if (values[i].n < 0)
			before = width > before ? width : before;
		else
			behind = width > behind ? width : behind;
	}
	if (before > most)
		before = most;
	if (behind > most)
		behind = most;
	bars.left = beside + before;
	bars.way = CHART_RIGHT - behind - bars.left;
	return bars;
}

static struct chart_bar
bar_at(const struct chart *chart, size_t i, const struct bars *bars, int zero, int y)
{
	const struct chart_value *value = &chart->series[0].values[i];
	struct chart_bar bar = { .label = i, .state = value->state, .valued = true };
	int text_y = y + BAR_HEIGHT / 2 + CHART_MIDDLE_DOWN, end;

	bar.box = (struct chart_box){ zero, y, 0, BAR_HEIGHT };
	bar.value = (struct chart_spot){ zero + VALUE_GAP, text_y, CHART_START };
	if (value->state != CHART_GIVEN) {
		if (value->state == CHART_HIDDEN)
			bar.box.w = bars->left + bars->way - zero;
		return bar;
	}
	end = bars->left + chart_along(value->n, bars->low, bars->high, bars->way);
	if (value->n > 0) {
		bar.box.w = end - zero < BAR_LEAST ? BAR_LEAST : end - zero;
		bar.value.x = zero + bar.box.w + VALUE_GAP;
	} else if (value->n < 0) {
		bar.box.w = zero - end < BAR_LEAST ? BAR_LEAST : zero - end;
		bar.box.x = zero - bar.box.w;
		bar.value.x = bar.box.x - VALUE_GAP;
		bar.value.anchor = CHART_END;
	}
	return bar;
}

/* The label above a bar, in lines; where the bar begins. */
static int
label_above(struct arena *arena, const char *label, int y, struct chart_drawing *d)
{
	const char *lines[CHART_LABEL_LINES];
	bool whole;
	size_t n =
	    chart_text_lines(arena, label, LABEL_ABOVE, CHART_LABEL_LINES, lines, &whole);

	for (size_t i = 0; i < n; i++, y += LINE_HEIGHT)
		d->texts[d->n_texts++] =
		    (struct chart_text){ { 0, y + LINE_HEIGHT - PX(4), CHART_START }, lines[i],
			    !whole && i + 1 == n ? label : NULL };
	return y + PX(2);
}

void
chart_draw_bars(struct arena *arena, const struct chart *chart, struct chart_drawing *d)
{
	int beside = width_beside(chart), y = 0;
	struct bars bars = measure(chart, beside);
	int64_t zero = bars.low > 0 ? bars.low : bars.high < 0 ? bars.high : 0;

	d->labels_above = !beside;
	d->zero = bars.left + chart_along(zero, bars.low, bars.high, bars.way);
	d->bars = arena_array_of(arena, struct chart_bar, chart->n_labels);
	d->texts = arena_array_of(
	    arena, struct chart_text, chart->n_labels * (beside ? 1 : CHART_LABEL_LINES));
	for (size_t i = 0; i < chart->n_labels; i++) {
		if (beside) {
			int text_y = y + BESIDE_HEIGHT / 2 + CHART_MIDDLE_DOWN;
			int bar_y = y + (BESIDE_HEIGHT - BAR_HEIGHT) / 2;

			d->texts[d->n_texts++] =
			    (struct chart_text){ { 0, text_y, CHART_START }, chart->labels[i],
				    NULL };
			d->bars[d->n_bars++] = bar_at(chart, i, &bars, d->zero, bar_y);
			y += BESIDE_HEIGHT;
		} else {
			y = label_above(arena, chart->labels[i], y, d);
			d->bars[d->n_bars++] = bar_at(chart, i, &bars, d->zero, y);
			y += BAR_HEIGHT + BAR_GAP;
		}
	}
	if (!beside)
		y -= BAR_GAP - PX(2);
	d->plot = (struct chart_box){ bars.left, 0, bars.way, y };
	d->height = (y + CHART_TENTHS - 1) / CHART_TENTHS;
}

/* ---- Cells ---- */

#define CELL_GAP PX(2)
#define HEAD_HEIGHT PX(22)
#define HEAD_DOWN PX(14)
#define COHORT_HEIGHT PX(28)
#define COHORT_LABEL PX(96)
#define COHORT_LABEL_NARROW PX(64) /* beside more than COHORT_FEW columns */
#define COHORT_FEW 8
#define HOUR_HEIGHT PX(20)
#define HOUR_LABEL PX(56)

struct grid {
	int64_t low, high;
	int left, row_height;
	size_t columns;
};

static int
column_x(const struct grid *grid, size_t column)
{
	return grid->left + chart_along((int64_t)column, 0, (int64_t)grid->columns,
				CHART_RIGHT - grid->left);
}

static void
add_cell(const struct chart *chart, const struct grid *grid, size_t series, size_t label,
    size_t row, size_t column, struct chart_drawing *d)
{
	const struct chart_value *value = &chart->series[series].values[label];
	int x = column_x(grid, column), y = HEAD_HEIGHT + (int)row * grid->row_height;
	struct chart_cell cell = { .series = series, .label = label, .state = value->state };

	cell.box = (struct chart_box){ x, y, column_x(grid, column + 1) - x - CELL_GAP,
		grid->row_height - CELL_GAP };
	cell.value = (struct chart_spot){ x + cell.box.w / 2,
		y + cell.box.h / 2 + CHART_MIDDLE_DOWN, CHART_MIDDLE };
	if (value->state == CHART_GIVEN) {
		int shade = 1 + (int)((double)(value->n - grid->low) /
				      (double)(grid->high - grid->low) * CHART_SHADES);

		cell.shade = shade > CHART_SHADES ? CHART_SHADES : shade;
		cell.valued =
		    chart_number_width(value->n, chart->decimals) <= cell.box.w + CELL_GAP;
	}
	d->cells[d->n_cells++] = cell;
}

static void
add_text(struct arena *arena, const char *label, int width, struct chart_spot spot,
    struct chart_drawing *d)
{
	const char *text = chart_text_cut(arena, label, width);

	d->texts[d->n_texts++] =
	    (struct chart_text){ spot, text, text == label ? NULL : label };
}

/* The room for row labels: what the widest takes, at most most. */
static int
room_for(const char *label, int room, int most)
{
	int width = chart_text_width(label) + LABEL_GAP;

	width = width > most ? most : width;
	return width > room ? width : room;
}

static void
set_size(const struct grid *grid, size_t rows, struct chart_drawing *d)
{
	int height = HEAD_HEIGHT + (int)rows * grid->row_height;

	d->plot = (struct chart_box){ grid->left, HEAD_HEIGHT, CHART_RIGHT - grid->left,
		height - HEAD_HEIGHT };
	d->height = height / CHART_TENTHS;
}

void
chart_draw_cohort(struct arena *arena, const struct chart *chart, struct chart_drawing *d)
{
	struct grid grid = { .row_height = COHORT_HEIGHT, .columns = chart->n_labels };
	int *middles = arena_array_of(arena, int, chart->n_labels);
	int most = chart->n_labels > COHORT_FEW ? COHORT_LABEL_NARROW : COHORT_LABEL;

	(void)chart_range(chart, &grid.low, &grid.high);
	for (size_t s = 0; s < chart->n_series; s++)
		grid.left = room_for(chart->series[s].name, grid.left, most);
	d->texts = arena_array_of(arena, struct chart_text, chart->n_series + chart->n_labels);
	d->cells = arena_array_of(arena, struct chart_cell, chart->n_series * chart->n_labels);
	for (size_t i = 0; i < chart->n_labels; i++)
		middles[i] = (column_x(&grid, i) + column_x(&grid, i + 1) - CELL_GAP) / 2;
	chart_labels_across(arena, chart, middles, HEAD_DOWN, d);
	for (size_t s = 0; s < chart->n_series; s++) {
		int y = HEAD_HEIGHT + (int)s * COHORT_HEIGHT + (COHORT_HEIGHT - CELL_GAP) / 2;

		add_text(arena, chart->series[s].name, grid.left - LABEL_GAP,
		    (struct chart_spot){ 0, y + CHART_MIDDLE_DOWN, CHART_START }, d);
		for (size_t i = 0; i < chart->n_labels; i++)
			add_cell(chart, &grid, s, i, s, i, d);
	}
	set_size(&grid, chart->n_series, d);
}

void
chart_draw_hours(struct arena *arena, const struct chart *chart, struct chart_drawing *d)
{
	struct grid grid = { .row_height = HOUR_HEIGHT, .columns = chart->n_series };

	(void)chart_range(chart, &grid.low, &grid.high);
	for (size_t i = 0; i < chart->n_labels; i++)
		grid.left = room_for(chart->labels[i], grid.left, HOUR_LABEL);
	d->texts = arena_array_of(arena, struct chart_text, chart->n_series + chart->n_labels);
	d->cells = arena_array_of(arena, struct chart_cell, chart->n_series * chart->n_labels);
	for (size_t s = 0; s < chart->n_series; s++) {
		int x = column_x(&grid, s), width = column_x(&grid, s + 1) - x - CELL_GAP;

		add_text(arena, chart->series[s].name, width,
		    (struct chart_spot){ x + width / 2, HEAD_DOWN, CHART_MIDDLE }, d);
		for (size_t i = 0; i < chart->n_labels; i++)
			add_cell(chart, &grid, s, i, i, s, d);
	}
	for (size_t i = 0; i < chart->n_labels; i++) {
		int y = HEAD_HEIGHT + (int)i * HOUR_HEIGHT + (HOUR_HEIGHT - CELL_GAP) / 2;

		add_text(arena, chart->labels[i], grid.left - LABEL_GAP,
		    (struct chart_spot){ 0, y + CHART_MIDDLE_DOWN, CHART_START }, d);
	}
	set_size(&grid, chart->n_labels, d);
}
