/*
 * statement_pdf.c: a statement as a tagged and signed PDF, made from the same record as its
 * page. Its words stand in templates/payments/words under "pdf.". What /payments/verify tells
 * of the file it reads in the file's facts (document.h).
 */
#include "base/config.h"
#include "base/text.h"
#include "payments/document.h"
#include "payments/statement.h"
#include "web/page.h"
#include "web/words.h"

static const char *
word_of(struct arena *arena, const char *locale, const char *family, const char *code)
{
	return words_say(arena, locale, text_printf(arena, "%s.%s", family, code));
}

/* The amount, when it comes, and what there is to say about that. */
static void
pdf_head(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *arrives = s->funds != DAY_NONE ? "pdf.arrived" : "pdf.arrives";
	day on = s->funds != DAY_NONE ? s->funds : s->promised;

	pdf_block(doc, PDF_TITLE, doc->title);
	pdf_block(doc, PDF_FIGURE, money_text(arena, s->net, locale));
	pdf_block(doc, PDF_TEXT,
	    words_say(
		arena, locale, arrives, { "day", day_text(arena, on, locale, DAY_LONG) }));
	if (s->rolled_from != DAY_NONE)
		pdf_block(doc, PDF_QUIET,
		    words_say(arena, locale, "pdf.arrives_rolled",
			{ "day", day_text(arena, s->rolled_from, locale, DAY_LONG) }));
	if (s->funds != DAY_NONE && s->funds > s->promised)
		pdf_block(doc, PDF_TEXT,
		    words_say(arena, locale, "pdf.was_late",
			{ "day", day_text(arena, s->promised, locale, DAY_LONG) }));
	if (s->corrected_by != NULL)
		pdf_block(doc, PDF_TEXT,
		    words_say(arena, locale, "pdf.corrected", { "number", s->corrected_by }));
	if (s->corrects != NULL)
		pdf_block(doc, PDF_TEXT,
		    words_say(arena, locale, "pdf.corrects", { "number", s->corrects }));
}

/* When it is there stands in the head, its number in the foot. */
static void
pdf_about(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *sent = s->sent != DAY_NONE ? day_text(arena, s->sent, locale, DAY_SHORT)
					       : words_say(arena, locale, "pdf.not_sent");

	pdf_block(doc, PDF_PAIRS, words_say(arena, locale, "pdf.payee"), s->payee,
	    words_say(arena, locale, "pdf.payee_id"), s->payee_id,
	    words_say(arena, locale, "pdf.payer"),
	    words_say(arena, locale, "pdf.payer_at", { "payer", s->payer },
		{ "address", s->payer_address }),
	    words_say(arena, locale, "pdf.issued"),
	    instant_text(arena, s->issued, request_caller(req)->zone, locale, true),
	    words_say(arena, locale, "pdf.sent"), sent,
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
	if (s->n_adjustments > 0)
		pdf_block(doc, PDF_ROW, words_say(arena, locale, "pdf.gross"), "", "",
		    money_amount(arena, s->gross, locale));
	for (size_t i = 0; i < s->n_adjustments; i++) {
		const struct statement_adjustment *a = &s->adjusted[i];
		pdf_block(doc, PDF_ROW, adjustment_words(arena, locale, a), "", "",
		    money_amount(arena, a->amount, locale));
	}
	pdf_block(doc, PDF_TOTAL, words_say(arena, locale, "pdf.total"),
	    minutes_text(arena, s->minutes, locale), "", money_amount(arena, s->net, locale));
}

static void
pdf_pending(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;

	if (s->n_pending == 0)
		return;
	pdf_block(doc, PDF_HEADING, words_say(arena, locale, "pdf.waiting"));
	pdf_block(doc, PDF_QUIET, words_say(arena, locale, "pdf.waiting_about"));
	pdf_block(doc, PDF_COLUMNS, words_say(arena, locale, "pdf.work"),
	    text_printf(arena, ">%s", words_say(arena, locale, "pdf.quantity")));
	for (size_t i = 0; i < s->n_pending; i++) {
		const struct statement_pending *p = &s->pending[i];
		const char *what = words_say(arena, locale, "pdf.waiting_line",
		    { "day", day_text(arena, p->day, locale, DAY_SHORT) },
		    { "project", p->project },
		    { "kind", word_of(arena, locale, "work", p->kind) });
		pdf_block(doc, PDF_ROW,
		    text_printf(
			arena, "%s\n%s", what, word_of(arena, locale, "pending", p->why)),
		    p->units > 0 ? number_text(arena, p->units, locale)
				 : minutes_text(arena, p->minutes, locale));
	}
}

static void
pdf_referrals(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;

	if (s->n_referrals == 0)
		return;
	pdf_block(doc, PDF_HEADING, words_say(arena, locale, "pdf.referrals"));
	pdf_block(doc, PDF_QUIET, words_say(arena, locale, "pdf.referrals_about"));
	for (size_t i = 0; i < s->n_referrals; i++) {
		const struct statement_referral *r = &s->referrals[i];
		pdf_block(doc, PDF_PAIRS, r->brought,
		    text_printf(arena, "%s\n%s", money_text(arena, r->amount, locale),
			statement_referral_words(arena, locale, r)));
	}
}

/* How to question it and how to check it, in the end. */
static void
pdf_foot(struct pdf_doc *doc, struct request *req, const struct statement *s)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;

	const char *heard = words_say(arena, locale, "answer.heard",
	    { "n", words_count(arena, config_int(CONFIG_DISPUTE_HEARD_HOURS)) });
	const char *decided = words_say(arena, locale, "answer.decided",
	    { "n", words_count(arena, config_int(CONFIG_DISPUTE_DECIDED_DAYS)) });
	const char *until = day_text(arena, s->question_until, locale, DAY_LONG);

	/* Whole sentences behind one another. */
	pdf_block(doc, PDF_QUIET,
	    text_printf(arena, "%s %s %s",
		words_say(arena, locale, "pdf.no_conversion", { "currency", s->net.currency }),
		words_say(arena, locale, "pdf.fees",
		    { "who", word_of(arena, locale, "fees", s->fees) }),
		words_say(arena, locale, "pdf.zone", { "zone", s->zone })));
	pdf_block(doc, PDF_QUIET,
	    text_printf(arena, "%s %s", words_say(arena, locale, "pdf.question"),
		words_say(arena, locale, "pdf.question_until", { "day", until },
		    { "heard", heard }, { "decided", decided })));
	document_note(doc, locale, s->public_id);
}

enum status
statement_pdf_of(
    struct request *req, const struct statement *s, struct bytes *ret, const char **ret_missing)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	struct pdf_doc *doc = document_new(arena, locale, s->payer, s->issued);
	const struct document_facts facts = { "statement", s->public_id, s->payer, s->payee,
		s->issued, s->start, s->end };

	doc->title = words_say(arena, locale, "pdf.title",
	    { "period", period_text(arena, s->start, s->end, locale) });
	pdf_head(doc, req, s);
	pdf_about(doc, req, s);
	pdf_ledger(doc, req, s);
	pdf_pending(doc, req, s);
	pdf_referrals(doc, req, s);
	pdf_foot(doc, req, s);
	document_facts(doc, &facts);
	document_amount(doc, s->net);
	return document_signed(arena, locale, doc, ret, ret_missing);
}

/* GET /payments/statements/:id/pdf. A character that no font has is named, and the page offered
 * instead; no PDF with boxes leaves the house. */
enum status
statement_pdf(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *missing = NULL;
	struct bytes pdf;
	struct statement s;
	enum status status = statement_read_own(req, &s);

	if (status != OK)
		return status;
	statement_read_pending(request_db(req), &s);
	status = statement_pdf_of(req, &s, &pdf, &missing);
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
