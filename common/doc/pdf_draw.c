/*
 * pdf_draw.c: the second pass: pieces onto a cairo PDF surface, with tags, metadata and
 * footers. Used by helpers, commands and tests; one thread at a time per process.
 *
 * The same document gives the same bytes: the dates are the document's own, cairo writes no
 * random id. What it cannot write (the language, metadata) pdf_finish.c adds.
 */
#include "base/config.h"
#include "base/money.h"
#include "doc/pdf_inner.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 62.0
#define MARGIN_TOP 54.0
#define MARGIN_BOTTOM 68.0
#define FOOTER_UP 44.0 /* from the paper's lower edge */

/* CONFIG_FONTS is what fontconfig reads, in a process that has not read another yet. */
static void
choose_fonts(void)
{
	static bool chosen;
	/* fontconfig wants a whole path. */
	char *path = chosen ? NULL : realpath(config_text(CONFIG_FONTS), NULL);

	/* A helper, a command and a test have one thread when they draw their first page. */
	if (path != NULL)
		(void)setenv("FONTCONFIG_FILE", path, 1); /* NOLINT(concurrency-mt-unsafe) */
	free(path);
	chosen = true;
}

static void
unref_object(void *object)
{
	g_object_unref(object);
}

static void
destroy_cairo(void *cairo)
{
	cairo_destroy(cairo);
}

static void
destroy_surface(void *surface)
{
	cairo_surface_destroy(surface);
}

static PangoContext *
new_context(struct arena *arena, const struct pdf_doc *doc)
{
	PangoContext *context =
	    pango_font_map_create_context(pango_cairo_font_map_get_default());
	cairo_font_options_t *options = cairo_font_options_create();

	arena_hook(arena, unref_object, context);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	/* Points, not the 96ths of an inch of a screen. */
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string(doc->language));
	pango_context_set_base_dir(
	    context, doc->right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	return context;
}

static cairo_status_t
collect(void *to, const unsigned char *bytes, unsigned n)
{
	buf_add(to, bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
set_colour(cairo_t *cairo, unsigned colour)
{
	cairo_set_source_rgb(cairo, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0,
	    (colour & 0xFF) / 255.0);
}

static void
draw_text(cairo_t *cairo, const struct piece *piece)
{
	PangoLayoutIter *at = pango_layout_get_iter(piece->text);
	int line = 0, top = 0, y0, y1;

	set_colour(cairo, piece->colour);
	do {
		if (line < piece->from || line >= piece->to)
			continue;
		pango_layout_iter_get_line_yrange(at, &y0, &y1);
		if (line == piece->from)
			top = y0;
		PangoLayoutLine *words = pango_layout_iter_get_line_readonly(at);
		PangoRectangle logical;
		pango_layout_line_get_extents(words, NULL, &logical);
		double x = piece->x;
		if (piece->right)
			x += piece->width - (double)logical.width / PANGO_SCALE;
		double baseline =
		    (double)(pango_layout_iter_get_baseline(at) - top) / PANGO_SCALE;
		cairo_move_to(cairo, x, piece->y + baseline);
		pango_cairo_show_layout_line(cairo, words);
	} while (line++, pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
}

static void
draw_piece(cairo_t *cairo, const struct piece *piece)
{
	switch (piece->kind) {
	case PIECE_TEXT:
		draw_text(cairo, piece);
		break;
	case PIECE_RULE:
		set_colour(cairo, piece->colour);
		cairo_rectangle(
		    cairo, piece->x, piece->y - piece->thick / 2, piece->width, piece->thick);
		cairo_fill(cairo);
		break;
	case PIECE_TAG:
		cairo_tag_begin(cairo, piece->tag, NULL);
		break;
	case PIECE_TAG_END:
		cairo_tag_end(cairo, piece->tag);
		break;
	}
}

/* "Page {n} of {m}" with the numbers put in, as the document's readers write them. */
static const char *
page_words(struct layout *layout, int page, int pages)
{
	const char *words = layout->doc->page_words;
	struct buf out = buf_new(layout->arena);

	if (words == NULL)
		words = "{n} / {m}";
	for (; *words != '\0'; words++) {
		bool n = strncmp(words, "{n}", 3) == 0, m = strncmp(words, "{m}", 3) == 0;
		if (n || m) {
			buf_text(&out, number_text(layout->arena, n ? page + 1 : pages,
					   layout->doc->language));
			words += 2;
		} else {
			buf_char(&out, *words);
		}
	}
	return out.p != NULL ? out.p : "";
}

/* Untagged: a footer is no part of what the document says. */
static void
draw_footer(cairo_t *cairo, struct layout *layout, int page, int pages)
{
	const bool rtl = layout->doc->right_to_left;
	struct piece piece = {
		.kind = PIECE_RULE,
		.x = layout->left,
		.y = layout->page_height - FOOTER_UP - 8,
		.width = layout->width,
		.thick = 0.5,
		.colour = PDF_HAIR,
	};

	draw_piece(cairo, &piece);
	piece.kind = PIECE_TEXT;
	piece.y = layout->page_height - FOOTER_UP;
	piece.colour = PDF_QUIET_INK;
	piece.to = 1;
	piece.text = pdf_shape(layout, FONT_FOOTER, page_words(layout, page, pages));
	piece.right = !rtl;
	draw_text(cairo, &piece);
	if (text_empty(layout->doc->footer))
		return;
	double room = layout->width - pdf_width(piece.text) - 24;
	piece.text = pdf_shape(layout, FONT_FOOTER, layout->doc->footer);
	if (pdf_width(piece.text) > room) {
		pango_layout_set_ellipsize(piece.text, PANGO_ELLIPSIZE_END);
		pdf_wrap(piece.text, room);
	}
	piece.right = rtl;
	draw_text(cairo, &piece);
}

static void
draw(cairo_t *cairo, struct layout *layout)
{
	int page = 0, pages = layout->page + 1;

	for (const struct piece *piece = layout->first; piece != NULL; piece = piece->next) {
		while (page < piece->page) {
			draw_footer(cairo, layout, page++, pages);
			cairo_show_page(cairo);
		}
		/* The outermost tag ends after the last page's footer. */
		if (piece->next == NULL)
			draw_footer(cairo, layout, page, pages);
		draw_piece(cairo, piece);
	}
	cairo_show_page(cairo);
}

static void
set_metadata(struct arena *arena, cairo_surface_t *surface, const struct pdf_doc *doc)
{
	const char *created = instant_iso(arena, doc->created);

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, doc->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, doc->author);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Keptword");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

enum status
pdf_render_here(struct arena *arena, const struct pdf_doc *doc, struct bytes *ret_pdf,
    const char **ret_missing)
{
	const bool letter = text_is(doc->language, "en-US");
	struct layout layout = {
		.arena = arena,
		.doc = doc,
		.page_width = letter ? 612 : 595.276,
		.page_height = letter ? 792 : 841.89,
		.left = MARGIN,
		.top = MARGIN_TOP,
		.y = MARGIN_TOP,
	};

	choose_fonts();
	layout.width = layout.page_width - 2 * MARGIN;
	layout.bottom = layout.page_height - MARGIN_BOTTOM;
	layout.context = new_context(arena, doc);
	if (!pdf_lay_out(&layout)) {
		*ret_missing = layout.missing;
		return E_INPUT;
	}
	struct buf *out = arena_new_of(arena, struct buf);
	*out = buf_new(arena);
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
	    collect, out, layout.page_width, layout.page_height);
	arena_hook(arena, destroy_surface, surface);
	/* Texts that a reader cannot get back from glyphs alone (Devanagari) are said beside
	 * them from PDF 1.5 on. */
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
	set_metadata(arena, surface, doc);
	cairo_t *cairo = cairo_create(surface);
	arena_hook(arena, destroy_cairo, cairo);
	draw(cairo, &layout);
	cairo_surface_finish(surface);
	/* A tag that is out of place poisons the surface: then there is no file. */
	if (cairo_status(cairo) != CAIRO_STATUS_SUCCESS ||
	    cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
		return E_FAULT;
	if (layout.missing != NULL) {
		*ret_missing = layout.missing;
		return E_INPUT;
	}
	const struct bytes drawn = { (unsigned char *)out->p, out->n };
	return pdf_finish(arena, doc, drawn, ret_pdf) ? OK : E_FAULT;
}
