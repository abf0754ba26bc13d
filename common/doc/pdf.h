/*
 * pdf.h: a document as a list of blocks, rendered to a tagged PDF by cairo and pango in a
 * helper process. The list is plain data, so it crosses a pipe.
 *
 * In a cell of PDF_PAIRS, PDF_ROW and PDF_TOTAL what follows a line break is set smaller and
 * quieter: an explanation under the thing that it explains. The organisation (author) heads
 * the first page.
 *
 * cairo writes pages, tags and fonts; pdf_finish.c adds by an update behind them what cairo cannot
 * say: the language, that the title is to be shown, and the document's data as XMP with the facts
 * (PDF_FACT), for programs. pdf_sign() adds a signature by a second update.
 */
#ifndef KEPTWORD_PDF_H
#define KEPTWORD_PDF_H

#include "base/status.h"
#include "base/text.h"
#include "base/time.h"
#include "data/cms.h"

enum pdf_kind {
	PDF_TITLE,   /* cells: text (the document's H1) */
	PDF_FIGURE,  /* cells: the one large figure, e.g. the amount */
	PDF_HEADING, /* H2 */
	PDF_TEXT,    /* P */
	PDF_QUIET,   /* P, smaller and quieter */
	PDF_PAIRS,   /* cells: label, value, label, value… as a two-column table */
	PDF_COLUMNS, /* cells: column heads; starts a table. Head beginning with '>' is
			right-aligned */
	PDF_ROW,     /* cells of one table row */
	PDF_TOTAL,   /* a row that closes the table */
	PDF_SPACE,
	PDF_FACT, /* cells: name (letters), value: not drawn, for programs alone (XMP) */
	PDF_KIND_MAX
};
struct pdf_block {
	enum pdf_kind kind;
	size_t n;
	const char **cells;
	struct pdf_block *next;
};
struct pdf_doc {
	const char *title;    /* of the document, in its metadata */
	const char *author;   /* the organisation */
	const char *language; /* BCP 47 */
	bool right_to_left;
	instant created;    /* fixed, so the same input gives the same bytes */
	const char *footer; /* stands before the page's number; may be NULL */
	const char
	    *page_words; /* "Page {n} of {m}" in the document's language; NULL: "{n} / {m}" */
	struct pdf_block *first, *last;
	struct arena *arena;
};
struct pdf_doc *pdf_new(struct arena *arena);
/* Adds a block; cells are copied. */
void pdf_add(struct pdf_doc *doc, enum pdf_kind kind, size_t n, const char *const *cells);
#define pdf_block(doc, kind, ...)                                                        \
	pdf_add((doc), (kind), sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), \
	    (const char *[]){ __VA_ARGS__ })

/* Renders in a helper. E_INPUT with *ret_missing = the first character no font has (then the
 * caller offers the HTML form); E_BUSY, E_AWAY, E_FAULT. A4, or Letter for locale en-US. */
MUST_USE enum status pdf_render(struct arena *arena, const struct pdf_doc *doc,
    struct bytes *ret_pdf, const char **ret_missing);

/* The rendering itself, in the calling process; for helpers, commands and tests. */
MUST_USE enum status pdf_render_here(struct arena *arena, const struct pdf_doc *doc,
    struct bytes *ret_pdf, const char **ret_missing);

/* A PAdES B-B signature over the whole of a PDF that pdf_render() made, signed at an instant; reason
 * may be NULL. E_FAULT: the key cannot be used, or it is no such PDF. */
MUST_USE enum status pdf_sign(struct arena *arena, struct bytes pdf, struct sealer *sealer,
    instant at, const char *reason, struct bytes *ret);

/* What stands in a signed PDF that somebody sent. Meant for parser children: nothing in it is
 * trusted before its signature holds. */
struct pdf_signed {
	struct bytes head, tail; /* all but the signature */
	struct bytes der;        /* the signature, CMS */
	bool whole;              /* head and tail reach from the file's first to its last byte */
	struct bytes xmp;        /* the last metadata; n 0: none */
};
/* E_ABSENT: no PDF; E_INPUT: a PDF without a signature that can be found. */
MUST_USE enum status pdf_signature_find(
    struct arena *arena, struct bytes file, struct pdf_signed *ret);

/* The namespace of facts in the XMP. */
#define PDF_FACTS "https://keptword.example/ns/facts/1.0/"

#endif
