/*
 * statement.c: the statements of a person: their list, and one as a page. A statement is read
 * once into struct statement (statement_record.c), from which all its forms are made.
 *
 * Rule (README 1): a person sees their own statements only; each query carries the caller's id,
 * so somebody else's is a 404.
 */
#include "payments/statement.h"

#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "web/page.h"
#include "web/session.h"

#include <string.h>

#define LIST_ROWS 26

/* One round trip: the session, and the newest statements in the order in which they lie. */
const struct stmt STATEMENTS_OF_CALLER = { CALLER_SELECT
	", s.public_id, s.period_start, s.period_end, s.net_minor, s.currency, s.state,"
	" s.promised_on, s.funds_on" CALLER_FROM
	"JOIN statement s ON s.person_id = c.person_id" CALLER_WHERE
	"ORDER BY s.period_end DESC, s.id DESC LIMIT 26" };
const struct stmt STATEMENTS_BEFORE = {
	"SELECT public_id, period_start, period_end, net_minor, currency, state, promised_on, "
	"funds_on"
	" FROM statement WHERE person_id = ? AND period_end < ?"
	" ORDER BY period_end DESC, id DESC LIMIT 26"
};
/* Which step of its way a statement has reached: words of the state. */
static const struct code_mark STATES[] = {
	{ "issued", MARK_STATE_ISSUED },
	{ "sent", MARK_STATE_SENT },
	{ "failed", MARK_STATE_FAILED },
	{ "funds_available", MARK_STATE_THERE },
	{ "received", MARK_STATE_RECEIVED },
	{ 0 },
};
static const struct code_mark LATE_CAUSES[] = {
	{ "holiday_roll", MARK_LATE_HOLIDAY_ROLL },
	{ "payee_details_missing", MARK_LATE_PAYEE_DETAILS },
	{ "tax_form_missing", MARK_LATE_TAX_FORM },
	{ "partner_fault", MARK_LATE_PARTNER },
	{ "bank_return", MARK_LATE_BANK },
	{ "our_lateness", MARK_LATE_OURS },
	{ "dispute_part", MARK_LATE_DISPUTE },
	{ 0 },
};

/* The list's rows from column first on, as lines of the page; the last one's period end. */
static day
list_lines(struct arena *arena, struct page *page, struct rows *rows, unsigned first)
{
	day last = DAY_NONE;

	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_STATEMENT_ID, rows_id_text(arena, rows, first));
		last = rows_day(rows, first + 2);
		page_period(line, MARK_PERIOD, rows_day(rows, first + 1), last);
		page_money(line, MARK_NET, rows_money(rows, first + 3));
		page_code(line, STATES, rows_text(rows, first + 5));
		day funds = rows_day(rows, first + 7);
		page_day(line, MARK_ARRIVES,
		    funds != DAY_NONE ? funds : rows_day(rows, first + 6), DAY_SHORT);
	}
	return last;
}

/* GET /payments/statements: the caller's, newest first, in one round trip; older ones behind a
 * link that says from where. */
enum status
statement_list(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_STATEMENT_LIST);
	struct rows *rows = request_opening(req);
	unsigned first = CALLER_COLUMNS;
	day before, last;

	if (day_parse(request_query(req, "before"), &before)) {
		rows = db_read(request_db(req), &STATEMENTS_BEFORE,
		    v_int(request_caller(req)->person), v_day(before));
		first = 0;
		page_show(page, MARK_OLDER_SHOWN);
	} else {
		page_show(page, MARK_FIRST_COMES);
	}
	last = list_lines(request_arena(req), page, rows, first);
	if (last == DAY_NONE)
		page_show(page, MARK_NONE);
	else if (rows_count(rows) == LIST_ROWS)
		page_text(page_repeat(page, MARK_OLDER), MARK_BEFORE,
		    day_iso(request_arena(req), last));
	return reply_page(req, 200, page);
}

static void
show_line(struct page *page, struct arena *arena, const struct statement_line *line)
{
	struct page *row = page_repeat(page, MARK_LINE);
	const char *compa = statement_compa(arena, page_locale(page), line);

	page_text(row, MARK_PROJECT, line->project);
	page_words(row, MARK_KIND, text_printf(arena, "work.%s", line->kind));
	if (text_is(line->unit, "task")) {
		page_int(page_repeat(row, MARK_BY_TASK), MARK_UNITS, line->units);
		page_show(row, MARK_A_TASK);
	} else {
		page_minutes(page_repeat(row, MARK_BY_HOUR), MARK_MINUTES, line->minutes);
		page_show(row, MARK_AN_HOUR);
	}
	page_amount(row, MARK_RATE, line->rate);
	page_day(row, MARK_RATE_FROM, line->rate_from, DAY_SHORT);
	page_amount(row, MARK_AMOUNT, line->amount);
	if (compa) {
		struct page *part = page_repeat(row, MARK_COMPARED);
		page_text(part, MARK_COMPA, compa);
		page_amount(part, MARK_BENCHMARK, line->benchmark);
	}
}

static const struct code_mark WHYS[] = {
	{ "your_answer", MARK_WHY_YOUR_ANSWER },
	{ "our_answer", MARK_WHY_OUR_ANSWER },
	{ "look", MARK_WHY_LOOK },
	{ "next", MARK_WHY_NEXT },
	{ 0 },
};

/* Work that stands on no statement yet, and why. */
static void
show_pending(struct page *page, struct arena *arena, const struct statement *s)
{
	struct page *part = s->n_pending > 0 ? page_repeat(page, MARK_WAITING) : NULL;

	for (size_t i = 0; i < s->n_pending; i++) {
		const struct statement_pending *p = &s->pending[i];
		struct page *row = page_repeat(part, MARK_PENDING);
		page_day(row, MARK_DAY, p->day, DAY_SHORT);
		page_text(row, MARK_PROJECT, p->project);
		page_words(row, MARK_KIND, text_printf(arena, "work.%s", p->kind));
		page_code(row, WHYS, p->why);
		if (p->units > 0)
			page_int(page_repeat(row, MARK_BY_TASK), MARK_UNITS, p->units);
		else
			page_minutes(page_repeat(row, MARK_BY_HOUR), MARK_MINUTES, p->minutes);
	}
}

/* Apart, in no sum. */
static void
show_referrals(struct page *page, struct arena *arena, const struct statement *s)
{
	struct page *part = s->n_referrals > 0 ? page_repeat(page, MARK_REFERRALS) : NULL;

	for (size_t i = 0; i < s->n_referrals; i++) {
		const struct statement_referral *r = &s->referrals[i];
		struct page *row = page_repeat(part, MARK_REFERRAL);
		page_text(row, MARK_BROUGHT, r->brought);
		page_text(row, MARK_HOW, statement_referral_words(arena, page_locale(page), r));
		page_money(row, MARK_AMOUNT, r->amount);
	}
}

/* What is the same for all its lines: who, whose fees, until when it can be questioned. */
static void
show_about(struct page *page, struct arena *arena, const struct statement *s, bool own)
{
	const char *staff = own ? "" : "staff/";

	page_text(page, MARK_PAYEE, s->payee);
	page_text(page, MARK_PAYEE_ID, s->payee_id);
	page_text(page, MARK_PAYER, s->payer);
	page_text(page, MARK_PAYER_ADDRESS, s->payer_address);
	page_text(page, MARK_PERIOD_ZONE, s->zone);
	page_text(page, MARK_CURRENCY, s->net.currency);
	page_text(page, MARK_VERIFY_URL,
	    text_printf(arena, "%s/payments/verify", config_text(CONFIG_PUBLIC_URL)));
	page_words(page, MARK_FEES, text_printf(arena, "fees.%s", s->fees));
	page_day(page, MARK_QUESTION_UNTIL, s->question_until, DAY_LONG);
	page_count(page, MARK_HEARD, "answer.heard", config_int(CONFIG_DISPUTE_HEARD_HOURS));
	page_count(
	    page, MARK_DECIDED, "answer.decided", config_int(CONFIG_DISPUTE_DECIDED_DAYS));
	const struct {
		enum mark mark;
		const char *id;
	} others[] = { { MARK_CORRECTED, s->corrected_by }, { MARK_CORRECTS, s->corrects } };
	for (size_t i = 0; i < 2; i++) {
		if (others[i].id == NULL)
			continue;
		struct page *part = page_repeat(page, others[i].mark);
		page_text(part, MARK_OTHER_URL,
		    text_printf(arena, "/payments/%sstatements/%s", staff, others[i].id));
	}
}

/* The steps that the money has passed, and the next. */
static void
show_steps(struct page *page, const struct statement *s)
{
	page_instant(page, MARK_ISSUED, s->issued);
	if (s->sent != DAY_NONE)
		page_day(page_repeat(page, MARK_SENT), MARK_SENT_ON, s->sent, DAY_SHORT);
	else
		page_show(page, MARK_NOT_SENT);
	if (s->funds != DAY_NONE)
		page_day(page_repeat(page, MARK_THERE), MARK_FUNDS_ON, s->funds, DAY_SHORT);
	else
		page_day(page_repeat(page, MARK_ON_ITS_WAY), MARK_PROMISED_ON, s->promised,
		    DAY_LONG);
	if (s->rolled_from != DAY_NONE)
		page_day(
		    page_repeat(page, MARK_ROLLED), MARK_ROLLED_FROM, s->rolled_from, DAY_LONG);
	if (s->funds != DAY_NONE && s->funds > s->promised) {
		struct page *late = page_repeat(page, MARK_LATE);
		page_day(late, MARK_PROMISED_ON, s->promised, DAY_LONG);
		if (!text_empty(s->late_cause))
			page_code(late, LATE_CAUSES, s->late_cause);
	}
}

static enum status
show(struct request *req, int64_t person)
{
	struct arena *arena = request_arena(req);
	struct statement s = { 0 };
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	enum status status = statement_read(request_db(req), id, person, &s);
	if (status != OK)
		return status;
	statement_read_pending(request_db(req), &s);

	struct page *page = page_open(req, TPL_PAYMENTS_STATEMENT);
	page_text(page, MARK_STATEMENT_ID, s.public_id);
	page_period(page, MARK_PERIOD, s.start, s.end);
	page_money(page, MARK_NET, s.net);
	show_about(page, arena, &s, person != 0);
	page_minutes(page, MARK_MINUTES, s.minutes);
	page_money(page, MARK_YEAR_TO_DATE, s.year_to_date);
	page_amount(page, MARK_TOTAL, s.net);
	show_steps(page, &s);
	for (size_t i = 0; i < s.n_lines; i++)
		show_line(page, arena, &s.lines[i]);
	if (s.n_adjustments > 0)
		page_amount(page_repeat(page, MARK_WITH_GROSS), MARK_GROSS, s.gross);
	show_pending(page, arena, &s);
	show_referrals(page, arena, &s);
	for (size_t i = 0; i < s.n_adjustments; i++) {
		const struct statement_adjustment *a = &s.adjusted[i];
		struct page *row = page_repeat(page, MARK_ADJUSTMENT);
		page_words(row, MARK_KIND, text_printf(arena, "adjustment.%s", a->kind));
		page_text(row, MARK_REASON, a->reason);
		if (!text_empty(a->approver))
			page_text(page_repeat(row, MARK_APPROVED), MARK_APPROVER, a->approver);
		page_amount(row, MARK_AMOUNT, a->amount);
	}
	page_show(page, person ? MARK_OWN : MARK_NOT_OWN);
	return reply_page(req, 200, page);
}

/* GET /payments/statements/:id */
enum status
statement_show(struct request *req)
{
	return show(req, request_caller(req)->person);
}

/* GET /payments/staff/statements/:id, for finance. */
enum status
statement_staff_show(struct request *req)
{
	return show(req, 0);
}
