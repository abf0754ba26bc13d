/*
 * certificate_pdf.c: a certificate of earnings as a signed PDF, made from the same record as
 * its page. Its words stand in templates/payments/words under "certificate_pdf.".
 */
#include "base/text.h"
#include "payments/certificate.h"
#include "payments/document.h"
#include "web/page.h"
#include "web/words.h"

static void
ledger(
    struct pdf_doc *doc, struct arena *arena, const char *locale, const struct certificate *c)
{
	pdf_block(doc, PDF_COLUMNS, words_say(arena, locale, "certificate_pdf.period"),
	    words_say(arena, locale, "certificate_pdf.arrived"),
	    text_printf(arena, ">%s", words_say(arena, locale, "certificate_pdf.gross")),
	    text_printf(arena, ">%s", words_say(arena, locale, "certificate_pdf.adjustments")),
	    text_printf(arena, ">%s", words_say(arena, locale, "certificate_pdf.net")));
	for (size_t i = 0; i < c->n_rows; i++) {
		const struct certificate_row *row = &c->rows[i];
		const char *on = day_text(arena, row->arrived, locale, DAY_SHORT);
		pdf_block(doc, PDF_ROW, period_text(arena, row->start, row->end, locale),
		    row->there ? on
			       : words_say(arena, locale, "certificate_pdf.by", { "day", on }),
		    money_amount(arena, row->gross, locale),
		    money_amount(arena, row->adjustments, locale),
		    money_text(arena, row->net, locale));
	}
	for (size_t i = 0; i < c->n_sums; i++)
		pdf_block(doc, PDF_TOTAL, words_say(arena, locale, "pdf.total"), "",
		    money_amount(arena, c->sums[i].gross, locale),
		    money_amount(arena, c->sums[i].adjustments, locale),
		    money_text(arena, c->sums[i].net, locale));
}

static enum status
make(struct request *req, const struct certificate *c, struct bytes *ret,
    const char **ret_missing)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *period = period_text(arena, c->first, c->last, locale);
	struct pdf_doc *doc = document_new(arena, locale, c->payer, c->issued);
	const struct document_facts facts = { c->kind, c->public_id, c->payer, c->payee,
		c->issued, c->first, c->last };

	doc->title = words_say(arena, locale,
	    text_printf(arena, "certificate_pdf.title_%s", c->kind), { "period", period });
	pdf_block(doc, PDF_TITLE, doc->title);
	pdf_block(doc, PDF_TEXT,
	    words_say(arena, locale, "certificate_pdf.says", { "payer", c->payer },
		{ "payee", c->payee }, { "first", day_text(arena, c->first, locale, DAY_LONG) },
		{ "last", day_text(arena, c->last, locale, DAY_LONG) }));
	for (size_t i = 0; i < c->n_sums; i++)
		pdf_block(doc, PDF_FIGURE, money_text(arena, c->sums[i].net, locale));
	pdf_block(doc, PDF_PAIRS, words_say(arena, locale, "pdf.payee"), c->payee,
	    words_say(arena, locale, "pdf.payer"),
	    words_say(arena, locale, "pdf.payer_at", { "payer", c->payer },
		{ "address", c->payer_address }),
	    words_say(arena, locale, "pdf.issued"),
	    instant_text(arena, c->issued, request_caller(req)->zone, locale, true));
	pdf_block(doc, PDF_HEADING, words_say(arena, locale, "pdf.made_of"));
	ledger(doc, arena, locale, c);
	pdf_block(doc, PDF_QUIET, words_say(arena, locale, "certificate_pdf.about"));
	document_note(doc, locale, c->public_id);
	document_facts(doc, &facts);
	for (size_t i = 0; i < c->n_sums; i++)
		document_amount(doc, c->sums[i].net);
	return document_signed(arena, locale, doc, ret, ret_missing);
}

/* GET /payments/certificates/:id/pdf */
enum status
certificate_pdf(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *missing = NULL;
	struct certificate c = { 0 };
	struct bytes pdf;
	enum status status = certificate_read_own(req, &c);

	if (status == OK)
		status = make(req, &c, &pdf, &missing);
	if (status == E_INPUT) {
		struct page *page = page_open(req, TPL_PAYMENTS_CERTIFICATE_NO_PDF);
		page_text(page, MARK_MISSING, missing);
		page_text(page, MARK_CERTIFICATE_ID, c.public_id);
		return reply_page(req, 200, page);
	}
	if (status != OK)
		return status;
	return reply_file(req, "application/pdf",
	    text_printf(
		arena, "earnings-%s-%s.pdf", day_iso(arena, c.first), day_iso(arena, c.last)),
	    pdf);
}
