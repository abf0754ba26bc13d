/*
 * pdf_table.c: tables: columns as wide as what they hold, heads again on every page, a row
 * never torn unless it is taller than a page. First of the two passes; see pdf_inner.h.
 */
#include "doc/pdf_inner.h"

#define GAP 16.0
#define PAD 5.0 /* over and under a row */
#define PAIR_PAD 2.5
#define AFTER 8.0

struct column {
	bool right;
	double natural; /* of its widest cell */
	double x, width;
};

struct row {
	enum pdf_kind kind;
	PangoLayout **cells; /* n of the table; NULL where the row has none */
	struct row *next;
};

struct table {
	size_t n;
	struct column *columns;
	bool pairs;       /* of labels and values; no head */
	struct row *head; /* NULL: none */
	struct row *first, *last;
	double pad;
};

/* Shapes a block's cells; '>' before a head has been seen by the caller. */
static struct row *
add_row(struct layout *layout, struct table *table, enum pdf_kind kind, enum pdf_font font,
    const char *const *cells, size_t n)
{
	struct row *row = arena_new_of(layout->arena, struct row);

	row->kind = kind;
	row->cells = arena_array_of(layout->arena, PangoLayout *, table->n);
	for (size_t i = 0; i < n && i < table->n; i++) {
		if (text_empty(cells[i]))
			continue;
		row->cells[i] = pdf_shape_cell(layout, font, cells[i]);
		double width = pdf_width(row->cells[i]);
		if (width > table->columns[i].natural)
			table->columns[i].natural = width;
	}
	return row;
}

static void
append(struct table *table, struct row *row)
{
	if (table->last != NULL)
		table->last->next = row;
	else
		table->first = row;
	table->last = row;
}

/* What does not fit is taken from the widest columns: they come down to one common width,
 * found by halving (to a thousandth of a point after 40 steps, whatever the widest was). */
static void
shrink(struct table *table, double room)
{
	double fits = 0, wide = 1e6;

	for (int step = 0; step < 40; step++) {
		double cap = (fits + wide) / 2, sum = 0;
		for (size_t i = 0; i < table->n; i++)
			sum +=
			    table->columns[i].natural < cap ? table->columns[i].natural : cap;
		*(sum <= room ? &fits : &wide) = cap;
	}
	for (size_t i = 0; i < table->n; i++) {
		if (table->columns[i].width > fits)
			table->columns[i].width = fits;
	}
}

/* Widths and places. Room to spare goes to the first column that is not right-aligned. */
static void
place_columns(const struct layout *layout, struct table *table)
{
	double room = layout->width - GAP * (double)(table->n - 1), sum = 0;
	size_t stretch = 0;

	for (size_t i = 0; i < table->n; i++) {
		table->columns[i].width = table->columns[i].natural;
		sum += table->columns[i].natural;
	}
	while (stretch + 1 < table->n && table->columns[stretch].right)
		stretch++;
	if (sum > room)
		shrink(table, room);
	else
		table->columns[stretch].width += room - sum;
	double at = layout->left;
	for (size_t k = 0; k < table->n; k++) {
		struct column *column =
		    &table->columns[layout->doc->right_to_left ? table->n - 1 - k : k];
		column->x = at;
		at += column->width + GAP;
	}
}

/* Where the first lines of a row have their common baseline. */
static double
row_baseline(const struct table *table, const struct row *row)
{
	double baseline = 0;

	for (size_t i = 0; i < table->n; i++) {
		double cell = row->cells[i] != NULL ? pdf_baseline(row->cells[i]) : 0;
		baseline = cell > baseline ? cell : baseline;
	}
	return baseline;
}

static double
row_height(const struct table *table, const struct row *row)
{
	double height = 0, baseline = row_baseline(table, row);

	for (size_t i = 0; i < table->n; i++) {
		if (row->cells[i] == NULL)
			continue;
		if (pdf_width(row->cells[i]) > table->columns[i].width + 0.01)
			pdf_wrap(row->cells[i], table->columns[i].width);
		double cell =
		    pdf_height(row->cells[i]) + baseline - pdf_baseline(row->cells[i]);
		height = cell > height ? cell : height;
	}
	return height;
}

/* Lines of one cell; of a cell in two parts each is a paragraph of its own to who listens. */
static double
cell_lines(struct layout *layout, const struct column *column, PangoLayout *text, int from,
    int to, unsigned colour, bool tagged)
{
	const int second = pdf_second_part(text);
	const bool two = tagged && second < pango_layout_get_line_count(text);
	/* Figures stand right in every direction: digits run from left to right. */
	const bool right = column->right || layout->doc->right_to_left;
	const double top = layout->y;

	while (from < to) {
		int end = from < second && second < to ? second : to;
		if (two)
			pdf_tag(layout, "P");
		pdf_lines(layout, text, from, end, column->x, column->width, right, colour);
		if (two)
			pdf_tag_end(layout, "P");
		layout->y += pdf_lines_height(text, from, end);
		from = end;
	}
	double used = layout->y - top;
	layout->y = top;
	return used;
}

/* Draws lines of a row's cells from from[i] on, as many as fit; true when all are drawn. */
static bool
row_part(struct layout *layout, const struct table *table, const struct row *row, int *from,
    unsigned colour, bool tagged)
{
	const bool heads = row == table->head;
	double top = layout->y, tallest = 0, used, baseline = row_baseline(table, row);
	bool done = true;

	for (size_t i = 0; i < table->n; i++) {
		PangoLayout *text = row->cells[i];
		const bool label = table->pairs && i == 0;
		const char *tag = heads || label ? "TH" : "TD";
		if (tagged)
			pdf_tag(layout, tag);
		if (text != NULL) {
			double shift = from[i] == 0 ? baseline - pdf_baseline(text) : 0;
			int to =
			    pdf_fitting(text, from[i], layout->bottom - top - shift, &used);
			layout->y = top + shift;
			used = shift + cell_lines(layout, &table->columns[i], text, from[i], to,
					   label ? PDF_QUIET_INK : colour, tagged);
			layout->y = top;
			from[i] = to;
			done = done && to >= pango_layout_get_line_count(text);
			tallest = used > tallest ? used : tallest;
		}
		if (tagged)
			pdf_tag_end(layout, tag);
	}
	layout->y = top + tallest;
	return done;
}

static void
draw_head(struct layout *layout, const struct table *table, bool tagged)
{
	int *from = arena_array_of(layout->arena, int, table->n);

	if (table->head == NULL)
		return;
	if (tagged)
		pdf_tag(layout, "TR");
	(void)row_part(layout, table, table->head, from, PDF_QUIET_INK, tagged);
	if (tagged)
		pdf_tag_end(layout, "TR");
	layout->y += PAD;
	pdf_rule(layout, layout->left, layout->width, 0.75, PDF_LINE);
}

/* One row with its lines; a total has a strong line over it. */
static void
draw_row(struct layout *layout, const struct table *table, const struct row *row)
{
	double height = row_height(table, row) + 2 * table->pad;
	int *from = arena_array_of(layout->arena, int, table->n);
	/* Some room for the first of the rows that a total closes. */
	double need = row->next != NULL && row->next->kind == PDF_TOTAL
			  ? height + row_height(table, row->next) + 2 * table->pad
			  : height;

	if (!pdf_fits(layout, need) && layout->y > layout->top + 60) {
		pdf_new_page(layout);
		draw_head(layout, table, false);
	}
	if (row->kind == PDF_TOTAL)
		pdf_rule(layout, layout->left, layout->width, 1.2, PDF_INK);
	layout->y += table->pad;
	pdf_tag(layout, "TR");
	while (!row_part(layout, table, row, from, PDF_INK, true)) {
		pdf_new_page(layout);
		draw_head(layout, table, false);
		layout->y += table->pad;
	}
	pdf_tag_end(layout, "TR");
	layout->y += table->pad;
	if (table->head != NULL && row->next != NULL && row->next->kind == PDF_ROW)
		pdf_rule(layout, layout->left, layout->width, 0.5, PDF_HAIR);
}

static void
draw_table(struct layout *layout, struct table *table)
{
	if (layout->missing != NULL)
		return;
	place_columns(layout, table);
	double head = table->head != NULL ? row_height(table, table->head) + PAD : 0;
	double first =
	    table->first != NULL ? row_height(table, table->first) + 2 * table->pad : 0;
	if (!pdf_fits(layout, head + first) && layout->y > layout->top)
		pdf_new_page(layout);
	pdf_tag(layout, "Table");
	draw_head(layout, table, true);
	for (const struct row *row = table->first; row != NULL; row = row->next)
		draw_row(layout, table, row);
	pdf_tag_end(layout, "Table");
	layout->y += AFTER;
}

/* The heads without their '>' marks, which become alignments. */
static void
read_head(struct layout *layout, struct table *table, const struct pdf_block *block)
{
	const char **words = arena_array_of(layout->arena, const char *, block->n);

	for (size_t i = 0; i < block->n; i++) {
		table->columns[i].right = block->cells[i][0] == '>';
		words[i] = block->cells[i] + table->columns[i].right;
	}
	table->head = add_row(layout, table, PDF_COLUMNS, FONT_CELL_HEAD, words, block->n);
}

const struct pdf_block *
pdf_table(struct layout *layout, const struct pdf_block *first)
{
	struct table table = { .n = first->n > 0 ? first->n : 1, .pad = PAD };
	const struct pdf_block *at = first;

	table.columns = arena_array_of(layout->arena, struct column, table.n);
	if (at->kind == PDF_COLUMNS) {
		read_head(layout, &table, at);
		at = at->next;
	}
	for (; at != NULL && (at->kind == PDF_ROW || at->kind == PDF_TOTAL); at = at->next)
		append(&table,
		    add_row(layout, &table, at->kind,
			at->kind == PDF_TOTAL ? FONT_CELL_BOLD : FONT_CELL, at->cells, at->n));
	draw_table(layout, &table);
	return at;
}

const struct pdf_block *
pdf_pairs(struct layout *layout, const struct pdf_block *first)
{
	struct table table = { .n = 2, .pad = PAIR_PAD, .pairs = true };
	const struct pdf_block *at = first;

	table.columns = arena_array_of(layout->arena, struct column, 2);
	for (; at != NULL && at->kind == PDF_PAIRS; at = at->next) {
		for (size_t i = 0; i + 1 < at->n; i += 2)
			append(&table,
			    add_row(layout, &table, PDF_PAIRS, FONT_CELL, at->cells + i, 2));
	}
	/* Room to spare stands behind the values. */
	double label = table.columns[0].natural;
	double rest = layout->width - label - GAP;
	if (table.columns[1].natural < rest)
		table.columns[1].natural = rest;
	draw_table(layout, &table);
	return at;
}
