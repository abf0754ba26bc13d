/*
 * statement_pdf.c: a statement as a tagged PDF, made from the same record as its page. Its
 * words stand in templates/payments/words under "pdf.".
 */
#include "base/config.h"
#include "base/text.h"
#include "doc/pdf.h"
#include "payments/statement.h"
#include "web/language.h"
#include "web/page.h"
#include "web/words.h"

static const char *
word_of(struct arena *arena, const char *locale, const char *family, const char *code)
{
	return words_say(arena, locale, text_printf(arena, "%s.%s", family, code));
}

static void
pdf_head(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *arrives = s->funds != DAY_NONE ? "pdf.arrived" : "pdf.arrives";
	day on = s->funds != DAY_NONE ? s->funds : s->promised;

	pdf_block(doc, PDF_TITLE,
	    words_say(arena, locale, "pdf.title",
		{ "period", period_text(arena, s->start, s->end, locale) }));
	pdf_block(doc, PDF_FIGURE, money_text(arena, s->net, locale));
	pdf_block(doc, PDF_TEXT,
	    words_say(
		arena, locale, arrives, { "day", day_text(arena, on, locale, DAY_LONG) }));
	pdf_block(doc, PDF_PAIRS, words_say(arena, locale, "pdf.payee"), s->payee,
	    words_say(arena, locale, "pdf.payer"),
	    words_say(arena, locale, "pdf.payer_at", { "payer", s->payer },
		{ "address", s->payer_address }),
	    words_say(arena, locale, "pdf.issued"),
	    instant_text(arena, s->issued, request_caller(req)->zone, locale, true),
	    words_say(arena, locale, "pdf.number"), s->public_id,
	    words_say(arena, locale, "pdf.year_to_date"),
	    money_text(arena, s->year_to_date, locale));
}

/* What a line is paid for, and under it since when it is that rate and what others pay. */
static const char *
line_words(struct request *req, const struct statement_line *line)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *compa = statement_compa(arena, locale, line);
	const char *since = day_text(arena, line->rate_from, locale, DAY_SHORT);
	const char *what = words_say(arena, locale, "pdf.line", { "project", line->project },
	    { "kind", word_of(arena, locale, "work", line->kind) });
	const char *rate =
	    !compa
		? words_say(arena, locale, "pdf.since", { "day", since })
		: words_say(arena, locale, "pdf.compared", { "day", since }, { "compa", compa },
		      { "benchmark", money_amount(arena, line->benchmark, locale) });

	return text_printf(arena, "%s\n%s", what, rate);
}

static const char *
adjustment_words(struct arena *arena, const char *locale, const struct statement_adjustment *a)
{
	const char *what = words_say(arena, locale, "pdf.adjustment",
	    { "kind", word_of(arena, locale, "adjustment", a->kind) }, { "reason", a->reason });

	if (text_empty(a->approver))
		return what;
	return text_printf(arena, "%s\n%s", what,
	    words_say(arena, locale, "pdf.approved_by", { "who", a->approver }));
}

static void
pdf_ledger(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;

	pdf_block(doc, PDF_HEADING, words_say(arena, locale, "pdf.made_of"));
	pdf_block(doc, PDF_COLUMNS, words_say(arena, locale, "pdf.work"),
	    text_printf(arena, ">%s", words_say(arena, locale, "pdf.quantity")),
	    text_printf(arena, ">%s", words_say(arena, locale, "pdf.rate")),
	    text_printf(arena, ">%s",
		words_say(arena, locale, "pdf.amount", { "currency", s->net.currency })));
	for (size_t i = 0; i < s->n_lines; i++) {
		const struct statement_line *line = &s->lines[i];
		bool task = text_is(line->unit, "task");
		pdf_block(doc, PDF_ROW, line_words(req, line),
		    task ? number_text(arena, line->units, locale)
			 : minutes_text(arena, line->minutes, locale),
		    words_say(arena, locale, task ? "pdf.a_task" : "pdf.an_hour",
			{ "rate", money_amount(arena, line->rate, locale) }),
		    money_amount(arena, line->amount, locale));
	}
	for (size_t i = 0; i < s->n_adjustments; i++) {
		const struct statement_adjustment *a = &s->adjusted[i];
		pdf_block(doc, PDF_ROW, adjustment_words(arena, locale, a), "", "",
		    money_amount(arena, a->amount, locale));
	}
	pdf_block(doc, PDF_TOTAL, words_say(arena, locale, "pdf.total"), "", "",
	    money_amount(arena, s->net, locale));
}

/* GET /payments/statements/:id/pdf. A character that no font has is named, and the page offered
 * instead; no PDF with boxes leaves the house. */
enum status
statement_pdf(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *missing = NULL;
	struct bytes pdf;
	struct statement s;
	enum status status = statement_read_own(req, &s);

	if (status != OK)
		return status;
	struct pdf_doc *doc = pdf_new(arena);
	doc->title = words_say(arena, locale, "pdf.title",
	    { "period", period_text(arena, s.start, s.end, locale) });
	doc->author = s.payer;
	doc->language = language_attribute(locale);
	doc->right_to_left = language_right_to_left(locale);
	doc->page_words = words_get(locale, "pdf.page");
	doc->created = s.issued;
	doc->footer = words_say(arena, locale, "pdf.footer", { "payer", s.payer });
	pdf_head(doc, req, &s);
	pdf_ledger(doc, req, &s);
	pdf_block(doc, PDF_QUIET, words_say(arena, locale, "pdf.question"));
	if (!language_checked(language_of(locale)))
		pdf_block(doc, PDF_QUIET, words_say(arena, locale, "pdf.unchecked"));
	status = pdf_render(arena, doc, &pdf, &missing);
	if (status == E_INPUT) {
		struct page *page = page_open(req, TPL_PAYMENTS_STATEMENT_NO_PDF);
		page_text(page, MARK_MISSING, missing);
		page_text(page, MARK_STATEMENT_ID, s.public_id);
		return reply_page(req, 200, page);
	}
	if (status != OK)
		return status;
	return reply_file(req, "application/pdf",
	    text_printf(arena, "%s.pdf", statement_file_name(arena, &s)), pdf);
}
