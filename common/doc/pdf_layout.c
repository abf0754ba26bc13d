/*
 * pdf_layout.c: blocks of running text, and the tools that tables share. First of the two
 * passes; see pdf_inner.h. Everything that pango makes is given to the arena's hooks.
 */
#include "doc/pdf_inner.h"

#include <string.h>

#define MEASURE 410.0 /* running text is no wider: about 75 characters */
#define LINE_SPACING 1.1f
/* The first is fonts.conf's; the others where an installation has a file of its own. */
#define SERIF "Keptword Serif,Noto Serif,serif"
#define SANS "Keptword Sans,Noto Sans,sans-serif"

static const struct {
	const char *family;
	double size;
	PangoWeight weight;
} fonts[] = {
	[FONT_TITLE] = { SERIF, 19, PANGO_WEIGHT_BOLD },
	[FONT_FIGURE] = { SERIF, 36, PANGO_WEIGHT_BOLD },
	[FONT_HEADING] = { SERIF, 13, PANGO_WEIGHT_BOLD },
	[FONT_HOUSE] = { SERIF, 12, PANGO_WEIGHT_BOLD },
	[FONT_TEXT] = { SANS, 10.5, PANGO_WEIGHT_NORMAL },
	[FONT_QUIET] = { SANS, 9, PANGO_WEIGHT_NORMAL },
	[FONT_CELL] = { SANS, 10, PANGO_WEIGHT_NORMAL },
	[FONT_CELL_BOLD] = { SANS, 10, PANGO_WEIGHT_BOLD },
	[FONT_CELL_HEAD] = { SANS, 8.5, PANGO_WEIGHT_BOLD },
	[FONT_FOOTER] = { SANS, 8, PANGO_WEIGHT_NORMAL },
};
_Static_assert(sizeof fonts / sizeof *fonts == FONT_MAX, "a font for each name");

/* How the kinds of running text look. */
static const struct style {
	enum pdf_font font;
	unsigned colour;
	const char *tag;
	double before, after;
	double keep; /* points that must follow on the same page */
} styles[] = {
	[PDF_TITLE] = { FONT_TITLE, PDF_INK, "H1", 0, 3, 60 },
	[PDF_FIGURE] = { FONT_FIGURE, PDF_INK, "P", 0, 4, 0 },
	[PDF_HEADING] = { FONT_HEADING, PDF_INK, "H2", 20, 6, 56 },
	[PDF_TEXT] = { FONT_TEXT, PDF_INK, "P", 0, 7, 0 },
	[PDF_QUIET] = { FONT_QUIET, PDF_QUIET_INK, "P", 0, 6, 0 },
};

static void
unref(void *object)
{
	g_object_unref(object);
}

/* The first character of a shaped text that no font has. */
static const char *
first_missing(struct arena *arena, PangoLayout *text)
{
	const char *found = NULL;
	PangoLayoutIter *at = pango_layout_get_iter(text);

	do {
		const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
		for (int i = 0; run != NULL && i < run->glyphs->num_glyphs && found == NULL;
		     i++) {
			PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
			if (!(glyph & PANGO_GLYPH_UNKNOWN_FLAG) || glyph == PANGO_GLYPH_EMPTY)
				continue;
			char utf8[7] = { 0 };
			(void)g_unichar_to_utf8(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG, utf8);
			found = text_copy(arena, utf8);
		}
	} while (found == NULL && pango_layout_iter_next_run(at));
	pango_layout_iter_free(at);
	return found;
}

/* Latin ligatures would be another subset of the font in every file, and words that a search
 * does not find. */
static PangoAttribute *
no_ligatures(void)
{
	return pango_attr_font_features_new("liga=0, clig=0");
}

static PangoAttrList *
plain(void)
{
	static PangoAttrList *list;

	if (list == NULL) {
		list = pango_attr_list_new();
		pango_attr_list_insert(list, no_ligatures());
	}
	return list;
}

static PangoLayout *
shape(struct layout *layout, enum pdf_font font, const char *text, PangoAttrList *attributes)
{
	/* One description per font and process; helpers and commands have one thread here. */
	static PangoFontDescription *descriptions[FONT_MAX];
	PangoLayout *shaped = pango_layout_new(layout->context);

	arena_hook(layout->arena, unref, shaped);
	if (descriptions[font] == NULL) {
		PangoFontDescription *made = pango_font_description_new();
		pango_font_description_set_family_static(made, fonts[font].family);
		pango_font_description_set_weight(made, fonts[font].weight);
		pango_font_description_set_size(made, (int)(fonts[font].size * PANGO_SCALE));
		descriptions[font] = made;
	}
	pango_layout_set_font_description(shaped, descriptions[font]);
	pango_layout_set_line_spacing(shaped, LINE_SPACING);
	pango_layout_set_wrap(shaped, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(shaped, text, -1);
	pango_layout_set_attributes(shaped, attributes != NULL ? attributes : plain());
	if (layout->missing == NULL && pango_layout_get_unknown_glyphs_count(shaped) > 0)
		layout->missing = first_missing(layout->arena, shaped);
	return shaped;
}

PangoLayout *
pdf_shape(struct layout *layout, enum pdf_font font, const char *text)
{
	return shape(layout, font, text, NULL);
}

static void
from_on(PangoAttrList *list, PangoAttribute *attribute, guint start)
{
	attribute->start_index = start;
	pango_attr_list_insert(list, attribute);
}

static guint16
channel(unsigned colour, int shift)
{
	return (guint16)((colour >> shift & 0xFF) * 257);
}

PangoLayout *
pdf_shape_cell(struct layout *layout, enum pdf_font font, const char *text)
{
	const char *second = strchr(text, '\n');

	if (second == NULL)
		return shape(layout, font, text, NULL);
	PangoAttrList *list = pango_attr_list_new();
	guint start = (guint)(second - text) + 1;
	pango_attr_list_insert(list, no_ligatures());
	from_on(list, pango_attr_size_new((int)(fonts[FONT_QUIET].size * 0.95 * PANGO_SCALE)),
	    start);
	from_on(list, pango_attr_weight_new(PANGO_WEIGHT_NORMAL), start);
	from_on(list,
	    pango_attr_foreground_new(channel(PDF_QUIET_INK, 16), channel(PDF_QUIET_INK, 8),
		channel(PDF_QUIET_INK, 0)),
	    start);
	PangoLayout *shaped = shape(layout, font, text, list);
	pango_attr_list_unref(list);
	return shaped;
}

double
pdf_width(PangoLayout *text)
{
	int width, height;

	pango_layout_get_size(text, &width, &height);
	return (double)width / PANGO_SCALE;
}

double
pdf_height(PangoLayout *text)
{
	int width, height;

	pango_layout_get_size(text, &width, &height);
	return (double)height / PANGO_SCALE;
}

void
pdf_wrap(PangoLayout *text, double width)
{
	pango_layout_set_width(text, (int)(width * PANGO_SCALE) + 1);
}

double
pdf_lines_height(PangoLayout *text, int from, int to)
{
	PangoLayoutIter *at = pango_layout_get_iter(text);
	int line = 0, top = 0, y0 = 0, y1 = 0;

	do {
		pango_layout_iter_get_line_yrange(at, &y0, &y1);
		if (line == from)
			top = y0;
		line++;
	} while (line < to && pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
	return (double)(y1 - top) / PANGO_SCALE;
}

double
pdf_baseline(PangoLayout *text)
{
	return (double)pango_layout_get_baseline(text) / PANGO_SCALE;
}

int
pdf_second_part(PangoLayout *text)
{
	int lines = pango_layout_get_line_count(text), line = 1;

	while (line < lines && !pango_layout_get_line_readonly(text, line)->is_paragraph_start)
		line++;
	return line;
}

struct piece *
pdf_piece(struct layout *layout, enum piece_kind kind)
{
	struct piece *piece = arena_new_of(layout->arena, struct piece);

	piece->kind = kind;
	piece->page = layout->page;
	piece->y = layout->y;
	if (layout->last != NULL)
		layout->last->next = piece;
	else
		layout->first = piece;
	layout->last = piece;
	return piece;
}

void
pdf_tag(struct layout *layout, const char *tag)
{
	pdf_piece(layout, PIECE_TAG)->tag = tag;
}

void
pdf_tag_end(struct layout *layout, const char *tag)
{
	pdf_piece(layout, PIECE_TAG_END)->tag = tag;
}

void
pdf_rule(struct layout *layout, double x, double width, double thick, unsigned colour)
{
	struct piece *rule = pdf_piece(layout, PIECE_RULE);

	rule->x = x;
	rule->width = width;
	rule->thick = thick;
	rule->colour = colour;
}

void
pdf_lines(struct layout *layout, PangoLayout *text, int from, int to, double x, double width,
    bool right, unsigned colour)
{
	struct piece *lines = pdf_piece(layout, PIECE_TEXT);

	lines->text = text;
	lines->from = from;
	lines->to = to;
	lines->x = x;
	lines->width = width;
	lines->right = right;
	lines->colour = colour;
}

int
pdf_fitting(PangoLayout *text, int from, double height, double *ret_used)
{
	PangoLayoutIter *at = pango_layout_get_iter(text);
	int line = 0, top = 0, y0, y1;

	*ret_used = 0;
	do {
		pango_layout_iter_get_line_yrange(at, &y0, &y1);
		if (line == from)
			top = y0;
		if (line >= from && (double)(y1 - top) / PANGO_SCALE > height)
			break;
		if (line >= from)
			*ret_used = (double)(y1 - top) / PANGO_SCALE;
		line++;
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
	return line;
}

void
pdf_new_page(struct layout *layout)
{
	layout->page++;
	layout->y = layout->top;
}

bool
pdf_fits(const struct layout *layout, double height)
{
	return layout->y + height <= layout->bottom;
}

/* Where a block of that width begins: right-to-left documents begin on the right. */
static double
start_x(const struct layout *layout, double width)
{
	return layout->doc->right_to_left ? layout->left + layout->width - width : layout->left;
}

/* A paragraph; one that does not fit goes on on the next page, but never with a single line
 * left behind. */
static void
paragraph(struct layout *layout, const struct style *style, const char *words)
{
	PangoLayout *text = pdf_shape(layout, style->font, words);
	double width = layout->width < MEASURE ? layout->width : MEASURE, used;
	int from = 0;

	if (style->font == FONT_TITLE || style->font == FONT_FIGURE)
		width = layout->width;
	if (pdf_width(text) > width)
		pdf_wrap(text, width);
	int lines = pango_layout_get_line_count(text);
	if (layout->y > layout->top)
		layout->y += style->before;
	if (!pdf_fits(layout, style->keep + (lines == 1 ? pdf_height(text) : 0)))
		pdf_new_page(layout);
	pdf_tag(layout, style->tag);
	while (from < lines) {
		int to = pdf_fitting(text, from, layout->bottom - layout->y, &used);
		if (layout->y > layout->top && to < lines && to - from < 2) {
			pdf_new_page(layout);
			continue;
		}
		if (to == from)
			to++; /* taller than a page: cannot be, but must not loop */
		pdf_lines(layout, text, from, to, start_x(layout, width), width,
		    layout->doc->right_to_left, style->colour);
		layout->y += used;
		from = to;
		if (from < lines)
			pdf_new_page(layout);
	}
	pdf_tag_end(layout, style->tag);
	layout->y += style->after;
}

/* The organisation's name over a short ember line. */
static void
house(struct layout *layout)
{
	if (text_empty(layout->doc->author))
		return;
	PangoLayout *text = pdf_shape(layout, FONT_HOUSE, layout->doc->author);
	if (pdf_width(text) > layout->width)
		pdf_wrap(text, layout->width);
	pdf_tag(layout, "P");
	pdf_lines(layout, text, 0, pango_layout_get_line_count(text), layout->left,
	    layout->width, layout->doc->right_to_left, PDF_INK);
	pdf_tag_end(layout, "P");
	layout->y += pdf_height(text) + 5;
	pdf_rule(layout, start_x(layout, 30), 30, 2, PDF_EMBER);
	layout->y += 34;
}

bool
pdf_lay_out(struct layout *layout)
{
	const struct pdf_block *block = layout->doc->first;

	pdf_tag(layout, "Document");
	house(layout);
	while (block != NULL && layout->missing == NULL) {
		switch (block->kind) {
		case PDF_TITLE:
		case PDF_FIGURE:
		case PDF_HEADING:
		case PDF_TEXT:
		case PDF_QUIET:
			for (size_t i = 0; i < block->n; i++)
				paragraph(layout, &styles[block->kind], block->cells[i]);
			block = block->next;
			break;
		case PDF_PAIRS:
			block = pdf_pairs(layout, block);
			break;
		case PDF_COLUMNS:
		case PDF_ROW:
		case PDF_TOTAL:
			block = pdf_table(layout, block);
			break;
		case PDF_FACT:
			block = block->next;
			break;
		case PDF_SPACE:
		case PDF_KIND_MAX:
			layout->y += 14;
			block = block->next;
			break;
		}
	}
	pdf_tag_end(layout, "Document");
	return layout->missing == NULL;
}
