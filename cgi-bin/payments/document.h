/*
 * document.h: what the signed PDFs of this plugin have in common: statements and certificates of
 * earnings.
 *
 * Each has facts (PDF_FACT), which /payments/verify shows when somebody sends the file: "kind"
 * (statement, months, year), "number", "issuer", "payee", "issued" (an instant), "from" and "to" (days),
 * "amount" with "currency" (the latter two as often as there are currencies).
 */
#ifndef KEPTWORD_PAYMENTS_DOCUMENT_H
#define KEPTWORD_PAYMENTS_DOCUMENT_H

#include "base/money.h"
#include "doc/pdf.h"

/* A document of the payer in the reader's language; created is its date in the metadata. */
struct pdf_doc *document_new(
    struct arena *arena, const char *locale, const char *payer, instant created);

struct document_facts {
	const char *kind, *number, *issuer, *payee;
	instant issued;
	day from, to;
};
void document_facts(struct pdf_doc *doc, const struct document_facts *facts);
void document_amount(struct pdf_doc *doc, struct money amount);

/* How and with which number it can be checked; and, where no native reader has checked the
 * translation, that this is so. */
void document_note(struct pdf_doc *doc, const char *locale, const char *number);

/* Drawn in a helper and signed. E_INPUT: *ret_missing is a character that no font has; E_FAULT: the key
 * cannot be used; else what pdf_render() says. */
MUST_USE enum status document_signed(struct arena *arena, const char *locale,
    const struct pdf_doc *doc, struct bytes *ret, const char **ret_missing);

#endif
