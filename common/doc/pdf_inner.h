/*
 * pdf_inner.h: between the files that make PDFs. Private to common/doc.
 *
 * Layout and drawing are two passes, because "page n of m" needs m: layout turns blocks into
 * pieces with a page and a place, drawing walks the pieces once. Lengths are in points, y goes
 * down the page.
 */
#ifndef KEPTWORD_PDF_INNER_H
#define KEPTWORD_PDF_INNER_H

#include "doc/pdf.h"

#include <pango/pangocairo.h>

#define PDF_INK 0x221C17U
#define PDF_QUIET_INK 0x645A50U
#define PDF_EMBER 0xA63F17U
#define PDF_LINE 0x938678U
#define PDF_HAIR 0xDDD3C6U

enum pdf_font {
	FONT_TITLE,
	FONT_FIGURE,
	FONT_HEADING,
	FONT_HOUSE, /* the organisation, on top of the first page */
	FONT_TEXT,
	FONT_QUIET,
	FONT_CELL,
	FONT_CELL_BOLD,
	FONT_CELL_HEAD,
	FONT_FOOTER,
	FONT_MAX
};

enum piece_kind {
	PIECE_TEXT,
	PIECE_RULE,
	PIECE_TAG,
	PIECE_TAG_END
};

struct piece {
	enum piece_kind kind;
	int page;           /* from 0 */
	double x, y, width; /* y: top of the first line, or middle of the rule */
	unsigned colour;
	double thick; /* of a rule */
	PangoLayout *text;
	int from, to; /* lines of text, [from, to) */
	bool right;   /* lines end at x + width */
	const char *tag;
	struct piece *next;
};

struct layout {
	struct arena *arena;
	const struct pdf_doc *doc;
	PangoContext *context;
	double page_width, page_height, left, width, top, bottom;
	double y;
	int page;
	struct piece *first, *last;
	const char *missing; /* the first character that no font has */
};

/* Places all blocks; false when a character is missing. */
bool pdf_lay_out(struct layout *layout);

/* For the table half: a shaped text (owned by the arena), its width and height in points. */
PangoLayout *pdf_shape(struct layout *layout, enum pdf_font font, const char *text);
/* The same, with what follows a line break smaller and quieter. */
PangoLayout *pdf_shape_cell(struct layout *layout, enum pdf_font font, const char *text);
double pdf_width(PangoLayout *text);
double pdf_height(PangoLayout *text);
double pdf_lines_height(PangoLayout *text, int from, int to); /* of lines [from, to) */
double pdf_baseline(PangoLayout *text); /* of its first line, from its top */
void pdf_wrap(PangoLayout *text, double width);
/* The first line behind a line break that was in the text itself; its line count for none. */
int pdf_second_part(PangoLayout *text);

/* A new piece at layout->y of the page being laid out, behind all others. */
struct piece *pdf_piece(struct layout *layout, enum piece_kind kind);
/* Opens and closes an element of the structure tree; names are those of PDF. */
void pdf_tag(struct layout *layout, const char *tag);
/* Must close the tag that was opened last. */
void pdf_tag_end(struct layout *layout, const char *tag);
/* A line across, at layout->y. */
void pdf_rule(struct layout *layout, double x, double width, double thick, unsigned colour);
/* Lines [from, to) at the given x in a column of that width, from layout->y down. */
void pdf_lines(struct layout *layout, PangoLayout *text, int from, int to, double x,
    double width, bool right, unsigned colour);
/* From line from on: the line after the last that fits into height. */
int pdf_fitting(PangoLayout *text, int from, double height, double *ret_used);
void pdf_new_page(struct layout *layout);
bool pdf_fits(const struct layout *layout, double height);

/* Blocks from first on that make one table (columns with rows, or pairs); gives the block
 * behind it. */
const struct pdf_block *pdf_table(struct layout *layout, const struct pdf_block *first);
const struct pdf_block *pdf_pairs(struct layout *layout, const struct pdf_block *first);

/* A document as bytes, and back. pdf_unpack() checks every length. */
MUST_USE bool pdf_pack(struct arena *arena, const struct pdf_doc *doc, struct bytes *ret);
struct pdf_doc *pdf_unpack(struct arena *arena, struct bytes packed); /* NULL: malformed */

/* ---- Updates behind a PDF (pdf_update.c), and reading what they build on (pdf_file.c): tables of
 * cross-references as text, as cairo up to 1.16 and we ourselves write them, or as streams with packed
 * objects, as cairo from 1.17 on does; objects of generation 0. ---- */
struct pdf_file {
	struct bytes all;
	size_t xref;  /* where the newest table stands */
	bool packed;  /* it is a stream: then an update's must be one, too */
	int64_t size, root, info; /* the trailer's: object numbers are below size */
};
MUST_USE bool pdf_file_open(struct bytes all, struct pdf_file *ret);
/* What stands between the << and >> of an object. */
MUST_USE bool pdf_file_object(
    const struct pdf_file *file, struct arena *arena, int64_t number, const char **ret);

#define PDF_UPDATE_OBJECTS 8
struct pdf_update {
	struct pdf_file file;
	struct buf out; /* the whole new file, so far */
	int64_t size;   /* the next free object number */
	size_t n;
	struct {
		int64_t number;
		size_t at;
	} objects[PDF_UPDATE_OBJECTS];
};
void pdf_update_begin(struct pdf_update *update, struct arena *arena, const struct pdf_file *file);
int64_t pdf_update_new(struct pdf_update *update); /* a free number */
/* Then the object's content and "\nendobj\n" are written to out. */
void pdf_update_object(struct pdf_update *update, int64_t number);
struct bytes pdf_update_end(struct pdf_update *update);
/* A text string: ASCII as it is, else UTF-16BE, in hex. */
void pdf_string(struct buf *out, const char *text);
/* "D:20261118091233Z" */
const char *pdf_date(struct arena *arena, instant t);

/* Language, title shown, XMP, file id: pdf_finish.c. */
MUST_USE bool pdf_finish(
    struct arena *arena, const struct pdf_doc *doc, struct bytes drawn, struct bytes *ret);

/* What a helper answers on its pipe, before the missing character and the file. */
struct pdf_answer {
	uint32_t status, missing, pdf; /* lengths in bytes */
};

#endif
