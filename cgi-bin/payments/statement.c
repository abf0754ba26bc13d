/*
 * statement.c: the statements of a person: their list, and one as a page. A statement is read
 * once into struct statement; page, PDF and CSV (statement_files.c) are made from that one
 * record.
 *
 * Rule (README 1): a person sees their own statements only; each query carries the caller's id,
 * so somebody else's is a 404.
 */
#include "payments/statement.h"

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
#define STATEMENT_SQL                                                                         \
	"SELECT s.id, s.person_id, s.period_start, s.period_end, s.payee_name, e.name, "      \
	"e.address,"                                                                          \
	" s.minutes, s.gross_minor, s.currency, s.adjustment_minor, s.currency, s.net_minor," \
	" s.currency, s.issued_at, s.promised_on, p.rolled_from, s.state, s.sent_on, "        \
	"s.funds_on,"                                                                         \
	" s.late_cause, c.time_zone,"                                                         \
	" (SELECT SUM(y.net_minor) FROM statement y WHERE y.person_id = s.person_id"          \
	"  AND y.currency = s.currency AND y.period_end <= s.period_end"                      \
	"  AND y.period_end >= MAKEDATE(YEAR(s.period_end), 1)), s.currency"                  \
	" FROM statement s JOIN pay_period p ON p.id = s.period_id"                           \
	" JOIN pay_schedule c ON c.id = p.schedule_id"                                        \
	" JOIN legal_entity e ON e.id = s.legal_entity_id WHERE s.public_id = ?"
static const struct stmt STATEMENT_OF_PERSON = { STATEMENT_SQL " AND s.person_id = ?" };
static const struct stmt STATEMENT_OF_ANYONE = { STATEMENT_SQL };
static const struct stmt LINES = {
	"SELECT l.project_name, l.kind, l.unit, l.minutes, l.units, l.rate_minor, s.currency,"
	" l.amount_minor, s.currency, COALESCE(l.benchmark_minor, 0), s.currency, l.rate_from"
	" FROM statement_line l JOIN statement s ON s.id = l.statement_id"
	" WHERE l.statement_id = ? ORDER BY l.line_no"
};
static const struct stmt ADJUSTMENTS = {
	"SELECT a.kind, a.reason, a.amount_minor, a.currency, COALESCE(p.preferred_name, '')"
	" FROM statement_adjustment x JOIN adjustment a ON a.id = x.adjustment_id"
	" LEFT JOIN keptword_core.person_public p ON p.id = a.decided_by"
	" WHERE x.statement_id = ? ORDER BY a.id"
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
read_lines(struct db *db, struct statement *s)
{
	struct rows *rows = db_read(db, &LINES, v_int(s->id));

	s->lines = arena_array_of(db_arena(db), struct statement_line, rows_count(rows));
	while (rows_next(rows))
		s->lines[s->n_lines++] = (struct statement_line){
			.project = rows_text(rows, 0),
			.kind = rows_text(rows, 1),
			.unit = rows_text(rows, 2),
			.minutes = rows_int(rows, 3),
			.units = rows_int(rows, 4),
			.rate = rows_money(rows, 5),
			.amount = rows_money(rows, 7),
			.benchmark = rows_money(rows, 9),
			.rate_from = rows_day(rows, 11),
		};
	rows = db_read(db, &ADJUSTMENTS, v_int(s->id));
	s->adjusted =
	    arena_array_of(db_arena(db), struct statement_adjustment, rows_count(rows));
	while (rows_next(rows))
		s->adjusted[s->n_adjustments++] = (struct statement_adjustment){
			.kind = rows_text(rows, 0),
			.reason = rows_text(rows, 1),
			.amount = rows_money(rows, 2),
			.approver = rows_text(rows, 4),
		};
}

enum status
statement_read(struct db *db, struct id id, int64_t person, struct statement *ret)
{
	struct value public_id = v_bytes(id.b, ID_BYTES);
	struct rows *rows = person ? db_read(db, &STATEMENT_OF_PERSON, public_id, v_int(person))
				   : db_read(db, &STATEMENT_OF_ANYONE, public_id);

	if (!rows_next(rows))
		return db_absent(db);
	struct statement s = {
		.id = rows_int(rows, 0),
		.person = rows_int(rows, 1),
		.public_id = id_text(db_arena(db), id),
		.start = rows_day(rows, 2),
		.end = rows_day(rows, 3),
		.payee = rows_text(rows, 4),
		.payer = rows_text(rows, 5),
		.payer_address = rows_text(rows, 6),
		.minutes = rows_int(rows, 7),
		.gross = rows_money(rows, 8),
		.adjustments = rows_money(rows, 10),
		.net = rows_money(rows, 12),
		.issued = rows_instant(rows, 14),
		.promised = rows_day(rows, 15),
		.rolled_from = rows_day(rows, 16),
		.state = rows_text(rows, 17),
		.sent = rows_day(rows, 18),
		.funds = rows_day(rows, 19),
		.late_cause = rows_text(rows, 20),
		.zone = rows_text(rows, 21),
		.year_to_date = rows_money(rows, 22),
	};
	read_lines(db, &s);
	if (db_status(db) != OK)
		return db_status(db);
	*ret = s;
	return OK;
}

enum status
statement_read_own(struct request *req, struct statement *ret)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	return statement_read(request_db(req), id, request_caller(req)->person, ret);
}

const char *
statement_compa(struct arena *arena, const char *locale, const struct statement_line *line)
{
	int64_t middle = line->benchmark.minor;

	if (middle <= 0)
		return NULL;
	int64_t hundredths = (200 * line->rate.minor + middle) / (2 * middle);
	return decimal_text(arena, hundredths, 2, locale);
}

const char *
statement_file_name(struct arena *arena, const struct statement *s)
{
	return text_printf(arena, "statement-%s", day_iso(arena, s->end));
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

	struct page *page = page_open(req, TPL_PAYMENTS_STATEMENT);
	page_text(page, MARK_STATEMENT_ID, s.public_id);
	page_period(page, MARK_PERIOD, s.start, s.end);
	page_text(page, MARK_PERIOD_ZONE, s.zone);
	page_money(page, MARK_NET, s.net);
	page_text(page, MARK_CURRENCY, s.net.currency);
	page_text(page, MARK_PAYEE, s.payee);
	page_text(page, MARK_PAYER, s.payer);
	page_text(page, MARK_PAYER_ADDRESS, s.payer_address);
	page_minutes(page, MARK_MINUTES, s.minutes);
	page_money(page, MARK_YEAR_TO_DATE, s.year_to_date);
	page_amount(page, MARK_TOTAL, s.net);
	show_steps(page, &s);
	for (size_t i = 0; i < s.n_lines; i++)
		show_line(page, arena, &s.lines[i]);
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
