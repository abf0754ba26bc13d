/*
 * chart_page.c: puts a drawing into its template, see chart_page.h. Numbers get their text
 * here; places their decimal point. Owns nothing; the page counts its charts, for their ids.
 *
 * Everything that is drawn is one of six shapes: rule, box, run, dot, label, figure. Which one
 * it is says a class (templates/static/site.css): colours, dashes and strokes stand there.
 */
#include "web/chart_page.h"

#include "base/locale.h"
#include "base/log.h"
#include "base/money.h"
#include "base/text.h"
#include "web/language.h"
#include "web/page_impl.h"

#include <stdlib.h>

struct drawn {
	struct arena *arena;
	struct page *page; /* of the section DRAWN */
	const struct chart *chart;
	const struct chart_drawing *drawing;
	const char *locale;
};

/* ---- Values ---- */

static const char *
place_text(struct arena *arena, int tenths)
{
	if (tenths % CHART_TENTHS == 0)
		return text_printf(arena, "%d", tenths / CHART_TENTHS);
	return text_printf(arena, "%s%d.%d", tenths < 0 ? "-" : "", abs(tenths) / CHART_TENTHS,
	    abs(tenths) % CHART_TENTHS);
}

static void
set_place(struct page *page, enum mark name, int tenths)
{
	page_text(page, name, place_text(page->context->arena, tenths));
}

static const char *
number_of(const struct drawn *drawn, int64_t n)
{
	return decimal_text(drawn->arena, n, drawn->chart->decimals, drawn->locale);
}

static const struct chart_value *
value_at(const struct chart *chart, size_t series, size_t label)
{
	return &chart->series[series].values[label];
}

/* ---- Shapes ---- */

static void
add_rule(const struct drawn *drawn, const char *look, int x1, int y1, int x2, int y2)
{
	struct page *rule = page_repeat(drawn->page, MARK_RULE);

	page_text(rule, MARK_LOOK, look);
	set_place(rule, MARK_X1, x1);
	set_place(rule, MARK_Y1, y1);
	set_place(rule, MARK_X2, x2);
	set_place(rule, MARK_Y2, y2);
}

static void
add_box(const struct drawn *drawn, enum mark section, const char *look, struct chart_box box)
{
	struct page *shape = page_repeat(drawn->page, section);

	page_text(shape, MARK_LOOK, look);
	set_place(shape, MARK_X, box.x);
	set_place(shape, MARK_Y, box.y);
	set_place(shape, MARK_WIDTH, box.w);
	set_place(shape, MARK_HEIGHT, box.h);
}

/* A class for each series: dash and shape differ with the colour. */
static const char *
look_of(size_t series)
{
	static const char *const looks[CHART_LINES_MAX] = { "s-1", "s-2", "s-3" };

	return looks[series % CHART_LINES_MAX];
}

static void
add_dot(const struct drawn *drawn, size_t series, int x, int y)
{
	static const char *const shapes[CHART_LINES_MAX] = {
		"m-4,0a4,4,0,1,0,8,0a4,4,0,1,0,-8,0z", /* a disc */
		"m-4,-4h8v8h-8z",                      /* a square */
		"m0,-5.5l5.5,5.5l-5.5,5.5l-5.5,-5.5z", /* a square on its tip */
	};
	struct page *dot = page_repeat(drawn->page, MARK_DOT);

	page_text(dot, MARK_LOOK, look_of(series));
	page_text(dot, MARK_SHAPE,
	    text_printf(drawn->arena, "M%s,%s%s", place_text(drawn->arena, x),
		place_text(drawn->arena, y), shapes[series % CHART_LINES_MAX]));
}

static void
set_spot(struct page *text, const char *look, struct chart_spot spot)
{
	static const char *const anchors[] = {
		[CHART_START] = "start", [CHART_MIDDLE] = "middle", [CHART_END] = "end"
	};

	page_text(text, MARK_LOOK, look);
	page_text(text, MARK_ANCHOR, anchors[spot.anchor]);
	set_place(text, MARK_X, spot.x);
	set_place(text, MARK_Y, spot.y);
}

static void
add_label(const struct drawn *drawn, const char *look, const struct chart_text *text)
{
	struct page *label = page_repeat(drawn->page, MARK_LABEL);

	set_spot(label, look, text->spot);
	page_text(label, MARK_TEXT, text->text);
	if (text->whole)
		page_text(page_repeat(label, MARK_CUT), MARK_WHOLE, text->whole);
}

/* What a value says: its number, or that it is hidden or absent. */
static void
set_figure(const struct drawn *drawn, struct page *figure, size_t series, size_t label)
{
	const struct chart_value *value = value_at(drawn->chart, series, label);
	const int64_t *shares = drawn->chart->shares;
	struct page *said;

	if (value->state != CHART_GIVEN) {
		page_show(figure, value->state == CHART_HIDDEN ? MARK_HIDDEN : MARK_ABSENT);
		return;
	}
	said = page_repeat(figure, shares ? MARK_SHARED : MARK_PLAIN);
	page_text(said, MARK_NUMBER, number_of(drawn, value->n));
	if (shares)
		page_text(said, MARK_PERCENT,
		    number_text(drawn->arena, shares[label], drawn->locale));
}

static void
add_figure(const struct drawn *drawn, const char *look, struct chart_spot spot, size_t series,
    size_t label)
{
	struct page *figure = page_repeat(drawn->page, MARK_FIGURE);

	set_spot(figure, look, spot);
	set_figure(drawn, figure, series, label);
}

/* ---- The picture ---- */

static void
show_scale(const struct drawn *drawn)
{
	const struct chart_drawing *d = drawn->drawing;
	int right = d->plot.x + d->plot.w;

	for (size_t i = 0; i < d->n_ticks; i++) {
		const struct chart_tick *tick = &d->ticks[i];
		const struct chart_text text = { tick->spot,
			decimal_text(drawn->arena, tick->n, d->tick_decimals, drawn->locale),
			NULL };

		add_rule(drawn, "grid", d->plot.x, tick->y, right, tick->y);
		add_label(drawn, "tick", &text);
	}
	for (size_t i = 0; d->labels_above && i < d->n_bars; i++)
		add_rule(drawn, "axis", d->zero, d->bars[i].box.y, d->zero,
		    d->bars[i].box.y + d->bars[i].box.h);
	if (drawn->chart->kind == CHART_BAR && !d->labels_above)
		add_rule(drawn, "axis", d->zero, d->plot.y, d->zero, d->plot.y + d->plot.h);
	else if (d->n_ticks)
		add_rule(drawn, "axis", d->plot.x, d->zero, right, d->zero);
	if (d->targeted)
		add_rule(drawn, "target", d->plot.x, d->target, right, d->target);
}

static void
show_lines(const struct drawn *drawn)
{
	const struct chart_drawing *d = drawn->drawing;

	for (size_t i = 0; i < d->n_keys; i++) {
		const struct chart_key *key = &d->keys[i];
		const char *look =
		    key->target ? "target"
				: text_printf(drawn->arena, "line %s", look_of(key->series));

		add_rule(drawn, look, key->x1, key->y, key->x2, key->y);
		if (!key->target)
			add_dot(drawn, key->series, (key->x1 + key->x2) / 2, key->y);
		add_label(drawn, "name", &key->text);
	}
	for (size_t i = 0; i < d->n_runs; i++) {
		const struct chart_run *run = &d->runs[i];
		struct buf points = buf_new(drawn->arena);
		struct page *line;

		if (run->n < 2)
			continue;
		for (size_t p = run->first; p < run->first + run->n; p++)
			buf_printf(&points, "%s%s,%s", p > run->first ? " " : "",
			    place_text(drawn->arena, d->points[p].x),
			    place_text(drawn->arena, d->points[p].y));
		line = page_repeat(drawn->page, MARK_RUN);
		page_text(line, MARK_LOOK, look_of(run->series));
		page_text(line, MARK_POINTS, points.p);
	}
	for (size_t i = 0; i < d->n_points; i++) {
		const struct chart_point *point = &d->points[i];

		if (point->marked)
			add_dot(drawn, point->series, point->x, point->y);
		if (point->valued)
			add_figure(drawn, "value", point->value, point->series, point->label);
	}
}

static void
show_boxes(const struct drawn *drawn)
{
	static const char *const looks[CHART_SHADES + 1] = { "", "cell-1", "cell-2", "cell-3",
		"cell-4", "cell-5", "cell-6", "cell-7" };
	static const char *const values[CHART_SHADES + 1] = { "", "on-1", "on-2", "on-3",
		"on-4", "on-5", "on-6", "on-7" };
	const struct chart_drawing *d = drawn->drawing;

	for (size_t i = 0; i < d->n_veils; i++)
		add_box(drawn, MARK_VEIL, "", d->veils[i]);
	for (size_t i = 0; i < d->n_bars; i++) {
		const struct chart_bar *bar = &d->bars[i];

		if (bar->state == CHART_HIDDEN)
			add_box(drawn, MARK_VEIL, "", bar->box);
		else if (bar->state == CHART_GIVEN && bar->box.w > 0 && bar->box.h > 0)
			add_box(drawn, MARK_BOX, "bar", bar->box);
		if (bar->valued)
			add_figure(drawn, "value", bar->value, 0, bar->label);
	}
	for (size_t i = 0; i < d->n_cells; i++) {
		const struct chart_cell *cell = &d->cells[i];

		if (cell->state == CHART_HIDDEN)
			add_box(drawn, MARK_VEIL, "", cell->box);
		else if (cell->state == CHART_GIVEN)
			add_box(drawn, MARK_BOX, looks[cell->shade], cell->box);
		if (cell->valued)
			add_figure(
			    drawn, values[cell->shade], cell->value, cell->series, cell->label);
	}
}

/* What somebody hears who does not see it: the caller's sentence, and the extremes. */
static void
show_description(const struct drawn *drawn)
{
	const struct chart *chart = drawn->chart;
	const struct chart_drawing *d = drawn->drawing;
	struct page *said;

	if (!text_empty(chart->about))
		page_text(page_repeat(drawn->page, MARK_DESCRIBED), MARK_ABOUT, chart->about);
	if (!d->ranged)
		return;
	said = page_repeat(
	    drawn->page, chart->n_series > 1 ? MARK_EXTREMES_OF_SERIES : MARK_EXTREMES);
	page_text(said, MARK_HIGH_SERIES, chart->series[d->highest_series].name);
	page_text(said, MARK_HIGH_LABEL, chart->labels[d->highest_label]);
	page_text(said, MARK_HIGH,
	    number_of(drawn, value_at(chart, d->highest_series, d->highest_label)->n));
	page_text(said, MARK_LOW_SERIES, chart->series[d->lowest_series].name);
	page_text(said, MARK_LOW_LABEL, chart->labels[d->lowest_label]);
	page_text(said, MARK_LOW,
	    number_of(drawn, value_at(chart, d->lowest_series, d->lowest_label)->n));
}

static void
show_picture(const struct drawn *drawn)
{
	static const char *const kinds[CHART_KIND_MAX] = {
		[CHART_TREND] = "trend",
		[CHART_DISTRIBUTION] = "distribution",
		[CHART_BAR] = "bar",
		[CHART_COHORT] = "cohort",
		[CHART_HOURS] = "hours",
	};
	const struct chart_drawing *d = drawn->drawing;
	struct page *page = drawn->page;

	page_text(page, MARK_KIND, kinds[drawn->chart->kind]);
	page_id(page, MARK_WIDTH, d->width);
	page_id(page, MARK_HEIGHT, d->height);
	page_text(page, MARK_CHART_ID,
	    text_printf(drawn->arena, "chart-%u", ++page->context->charts));
	show_description(drawn);
	show_scale(drawn);
	show_boxes(drawn);
	show_lines(drawn);
	for (size_t i = 0; i < d->n_texts; i++)
		add_label(drawn, "label", &d->texts[i]);
}

/* ---- The table ---- */

static void
show_cell(
    const struct drawn *drawn, struct page *row, enum mark section, size_t series, size_t label)
{
	const struct chart_value *value = value_at(drawn->chart, series, label);
	struct page *cell = page_repeat(row, section);

	if (value->state == CHART_HIDDEN)
		page_show(cell, MARK_HIDDEN);
	else if (value->state == CHART_ABSENT)
		page_show(cell, MARK_ABSENT);
	else if (section == MARK_CELL)
		page_text(
		    page_repeat(cell, MARK_PLAIN), MARK_NUMBER, number_of(drawn, value->n));
	else
		page_text(page_repeat(cell, MARK_PLAIN), MARK_PERCENT,
		    number_text(drawn->arena, drawn->chart->shares[label], drawn->locale));
}

/* A row for each label and a column for each series; of a cohort table the other way round, as
 * it is drawn. */
static void
show_table(const struct drawn *drawn, struct page *frame, bool open)
{
	const struct chart *chart = drawn->chart;
	struct page *table = page_include(frame, MARK_TABLE, TPL_CHART_TABLE);
	bool turned = chart->kind == CHART_COHORT;
	size_t rows = turned ? chart->n_series : chart->n_labels;
	size_t columns = turned ? chart->n_labels : chart->n_series;

	if (open)
		page_show(table, MARK_OPENED);
	page_text(table, MARK_TITLE, chart->title);
	page_text(table, MARK_OF_LABELS, chart->of_labels);
	for (size_t c = 0; c < columns; c++)
		page_text(page_repeat(table, MARK_COLUMN), MARK_NAME,
		    turned ? chart->labels[c] : chart->series[c].name);
	if (chart->shares)
		page_show(table, MARK_SHARES);
	for (size_t r = 0; r < rows; r++) {
		struct page *row = page_repeat(table, MARK_ROW);

		page_text(row, MARK_NAME, turned ? chart->series[r].name : chart->labels[r]);
		for (size_t c = 0; c < columns; c++)
			show_cell(drawn, row, MARK_CELL, turned ? r : c, turned ? c : r);
		if (chart->shares)
			show_cell(drawn, row, MARK_SHARE, 0, r);
	}
	if (chart->target_label)
		page_text(
		    page_repeat(table, MARK_TARGETED), MARK_TARGET_LABEL, chart->target_label);
}

void
page_chart(struct page *page, enum mark part, const struct chart *chart)
{
	struct page_context *context = page->context;
	struct page *frame = page_include(page, part, TPL_CHART_FIGURE);
	const char *locale = text_empty(chart->locale) ? context->locale : chart->locale;
	/* Texts of its own have their own direction, whatever words the page has. */
	bool own = !text_empty(chart->locale);
	bool right_to_left =
	    own ? locale_of(locale)->right_to_left : language_right_to_left(locale);
	struct chart_drawing drawing = { 0 };
	enum status status = chart_draw(context->arena, chart, right_to_left, &drawing);
	struct drawn drawn = { context->arena, NULL, chart, &drawing, locale };

	page_text(frame, MARK_LANG, own ? locale : language_attribute(locale));
	page_text(frame, MARK_DIR, right_to_left ? "rtl" : "ltr");
	page_text(frame, MARK_TITLE, chart->title);
	if (chart->titled_above)
		page_show(frame, MARK_TITLED_ABOVE);
	if (!text_empty(chart->unit))
		page_text(page_repeat(frame, MARK_MEASURED), MARK_UNIT, chart->unit);
	if (status == E_INPUT) {
		log_event(LOG_LEVEL_PANIC, "chart_refused", LOG_INT("kind", chart->kind),
		    LOG_INT("template", context->tpl));
		return;
	}
	if (status == E_LIMIT)
		page_show(frame, MARK_TOO_MANY);
	else if (drawing.empty)
		page_show(frame, MARK_EMPTY);
	else {
		drawn.page = page_repeat(frame, MARK_DRAWN);
		show_picture(&drawn);
	}
	if (drawing.hidden)
		page_show(frame, MARK_VEILED);
	if (status == E_LIMIT || !drawing.empty)
		show_table(&drawn, frame, status == E_LIMIT);
}
