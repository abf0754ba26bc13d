/*
 * pay_run_people.c: everybody in a run, page by page, and one of them: lines, entries and
 * adjustments, what needs a look, and what they had before. The door behind each warning and
 * each difference.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "payments/pay_report.h"
#include "payments/pay_run_show.h"

#define ROWS_SHOWN 100
#define ENTRIES_SHOWN 300

static const struct stmt DRAFTS = {
	"SELECT m.public_id, c.legal_name, d.minutes, d.gross_minor + d.adjustment_minor,"
	" d.currency FROM pay_draft d JOIN keptword_core.person_contact c ON c.id = d.person_id"
	" JOIN keptword_core.person_public m ON m.id = d.person_id"
	" WHERE d.pay_run_id = ? ORDER BY d.person_id, d.currency LIMIT 101 OFFSET ?"
};
static const struct stmt STATEMENTS = {
	"SELECT m.public_id, s.payee_name, s.minutes, s.net_minor, s.currency FROM statement s"
	" JOIN keptword_core.person_public m ON m.id = s.person_id"
	" WHERE s.pay_run_id = ? ORDER BY s.person_id, s.currency LIMIT 101 OFFSET ?"
};
static const struct stmt PERSON = {
	"SELECT m.id, c.legal_name, c.email FROM keptword_core.person_public m"
	" JOIN keptword_core.person_contact c ON c.id = m.id WHERE m.public_id = ?"
};
/* What is drafted or issued; the last column is the statement's id. */
static const struct stmt SUMS = {
	"SELECT d.minutes, d.gross_minor, d.currency, d.adjustment_minor, d.currency,"
	" d.gross_minor + d.adjustment_minor, d.currency, NULL FROM pay_draft d"
	" WHERE d.pay_run_id = ? AND d.person_id = ?"
	" UNION ALL SELECT s.minutes, s.gross_minor, s.currency, s.adjustment_minor,"
	" s.currency, s.net_minor, s.currency, s.public_id FROM statement s"
	" WHERE s.pay_run_id = ? AND s.person_id = ?"
};
static const struct stmt LINES = {
	"SELECT j.name, l.kind, l.unit, l.minutes, l.units, l.rate_minor, l.currency,"
	" l.amount_minor, l.currency FROM pay_draft_line l"
	" JOIN keptword_core.project j ON j.id = l.project_id"
	" WHERE l.pay_run_id = ? AND l.person_id = ?"
	" UNION ALL SELECT l.project_name, l.kind, l.unit, l.minutes, l.units, l.rate_minor,"
	" s.currency, l.amount_minor, s.currency FROM statement_line l"
	" JOIN statement s ON s.id = l.statement_id"
	" WHERE s.pay_run_id = ? AND s.person_id = ?"
};
static const struct stmt ENTRIES = {
	"SELECT e.public_id, e.day, j.name, e.kind, e.minutes, e.units, e.source,"
	" e.decided_by IS NULL AND e.source <> 'system', e.note FROM work_entry e"
	" JOIN keptword_core.project j ON j.id = e.project_id"
	" WHERE e.person_id = ? AND e.period_id = ? AND e.state = 'approved'"
	" AND e.off_cycle_id = (SELECT IF(r.kind = 'regular', 0, r.id) FROM pay_run r"
	"  WHERE r.id = ?) ORDER BY e.day, e.id LIMIT 301"
};
static const struct stmt ADJUSTMENTS = {
	"SELECT a.public_id, a.kind, a.reason, a.amount_minor, a.currency FROM adjustment a"
	" WHERE a.person_id = ? AND a.period_id = ? AND a.state <> 'declined'"
	" AND a.off_cycle_id = (SELECT IF(r.kind = 'regular', 0, r.id) FROM pay_run r"
	"  WHERE r.id = ?) ORDER BY a.id"
};
static const struct stmt WARNINGS = {
	"SELECT DISTINCT why FROM pay_warning WHERE pay_run_id = ? AND person_id = ?"
	" ORDER BY why"
};
static const struct stmt BEFORE = {
	"SELECT public_id, period_start, period_end, net_minor, currency FROM statement"
	" WHERE person_id = ? AND pay_run_id <> ? ORDER BY period_end DESC, id DESC LIMIT 3"
};

static enum status
show_list(struct request *req, const struct run_seen *run)
{
	int64_t at = 0;

	if (!text_to_int(request_query(req, "page"), &at) || at < 0 || at > 100000)
		at = 0;
	struct page *page = page_open(req, TPL_PAYMENTS_RUN_PEOPLE);
	struct rows *rows = db_read(request_db(req), run->issued ? &STATEMENTS : &DRAFTS,
	    v_int(run->id), v_int(at * ROWS_SHOWN));
	run_show_facts(req, page, run);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	for (int shown = 0; shown < ROWS_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_PERSON_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_WHO, rows_text(rows, 1));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 2));
		page_money(line, MARK_NET, rows_money(rows, 3));
	}
	if (at > 0)
		page_id(page_repeat(page, MARK_NOT_FIRST), MARK_BEFORE, at - 1);
	if (rows_count(rows) > ROWS_SHOWN)
		page_id(page_repeat(page, MARK_MORE), MARK_NEXT, at + 1);
	return reply_page(req, 200, page);
}

static void
show_sums(struct request *req, struct page *page, struct rows *rows)
{
	while (rows_next(rows)) {
		struct page *sum = page_repeat(page, MARK_SUM);
		page_minutes(sum, MARK_MINUTES, rows_int(rows, 0));
		page_money(sum, MARK_GROSS, rows_money(rows, 1));
		page_money(sum, MARK_ADJUSTMENTS, rows_money(rows, 3));
		page_money(sum, MARK_NET, rows_money(rows, 5));
		if (!rows_null(rows, 7))
			page_text(page_repeat(page, MARK_ISSUED_ONE), MARK_STATEMENT_ID,
			    rows_id_text(request_arena(req), rows, 7));
	}
}

static void
show_lines(struct request *req, struct page *page, struct rows *rows)
{
	struct page *table = rows_count(rows) ? page_repeat(page, MARK_LINES) : NULL;

	while (rows_next(rows)) {
		struct page *line = page_repeat(table, MARK_LINE);
		page_text(line, MARK_PROJECT, rows_text(rows, 0));
		page_words(line, MARK_KIND,
		    text_printf(request_arena(req), "work.%s", rows_text(rows, 1)));
		if (text_is(rows_text(rows, 2), "task"))
			page_int(
			    page_repeat(line, MARK_BY_TASK), MARK_UNITS, rows_int(rows, 4));
		else
			page_minutes(
			    page_repeat(line, MARK_BY_HOUR), MARK_MINUTES, rows_int(rows, 3));
		page_money(line, MARK_RATE, rows_money(rows, 5));
		page_money(line, MARK_AMOUNT, rows_money(rows, 7));
	}
}

static void
show_entries(struct request *req, struct page *page, struct rows *rows)
{
	struct page *list = rows_count(rows) ? page_repeat(page, MARK_ENTRIES) : NULL;

	for (int shown = 0; shown < ENTRIES_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(list, MARK_ENTRY);
		page_text(line, MARK_ENTRY_ID, rows_id_text(request_arena(req), rows, 0));
		page_day(line, MARK_DAY, rows_day(rows, 1), DAY_SHORT);
		page_text(line, MARK_PROJECT, rows_text(rows, 2));
		page_words(line, MARK_KIND,
		    text_printf(request_arena(req), "work.%s", rows_text(rows, 3)));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 4));
		if (rows_int(rows, 5) > 0)
			page_int(
			    page_repeat(line, MARK_BY_TASK), MARK_UNITS, rows_int(rows, 5));
		if (rows_int(rows, 7))
			page_show(line, MARK_BY_SILENCE);
		page_text(line, MARK_NOTE, rows_text(rows, 8));
	}
	if (rows_count(rows) > ENTRIES_SHOWN)
		page_show(list, MARK_MORE);
}

static void
show_rest(struct request *req, struct page *page, const struct run_seen *run, int64_t person)
{
	struct db *db = request_db(req);
	struct arena *arena = request_arena(req);
	struct value id = v_int(run->id), who = v_int(person);
	struct rows *rows = db_read(db, &ADJUSTMENTS, who, v_int(run->period), id);

	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_ADJUSTMENT);
		page_text(line, MARK_ADJUSTMENT_ID, rows_id_text(arena, rows, 0));
		page_words(
		    line, MARK_KIND, text_printf(arena, "adjustment.%s", rows_text(rows, 1)));
		page_text(line, MARK_REASON, rows_text(rows, 2));
		page_money(line, MARK_AMOUNT, rows_money(rows, 3));
	}
	rows = db_read(db, &WARNINGS, id, who);
	while (rows_next(rows))
		page_code(page_repeat(page, MARK_WARNING), RUN_WARNINGS, rows_text(rows, 0));
	rows = db_read(db, &BEFORE, who, id);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_EARLIER);
		page_text(line, MARK_STATEMENT_ID, rows_id_text(arena, rows, 0));
		page_period(line, MARK_PERIOD, rows_day(rows, 1), rows_day(rows, 2));
		page_money(line, MARK_NET, rows_money(rows, 3));
	}
}

static enum status
show_one(struct request *req, const struct run_seen *run, struct id public_id)
{
	struct db *db = request_db(req);
	struct rows *rows = db_read(db, &PERSON, v_bytes(public_id.b, ID_BYTES));

	if (!rows_next(rows))
		return db_absent(db);
	struct value id = v_int(run->id), who = v_int(rows_int(rows, 0));
	struct page *page = page_open(req, TPL_PAYMENTS_RUN_PERSON);
	run_show_facts(req, page, run);
	page_text(page, MARK_LEGAL_NAME, rows_text(rows, 1));
	page_text(page, MARK_EMAIL, rows_text(rows, 2));
	show_sums(req, page, db_read(db, &SUMS, id, who, id, who));
	show_lines(req, page, db_read(db, &LINES, id, who, id, who));
	show_entries(req, page, db_read(db, &ENTRIES, who, v_int(run->period), id));
	show_rest(req, page, run, rows_int(rows, 0));
	return reply_page(req, 200, page);
}

/* GET /payments/staff/runs/:id/people[?page=2] and ?who=ID */
enum status
run_people(struct request *req)
{
	struct run_seen run = { 0 };
	struct id id;
	enum status status = run_seen(req, request_db(req), &run);

	if (status != OK)
		return status;
	if (id_parse(request_query(req, "who"), &id))
		return show_one(req, &run, id);
	return show_list(req, &run);
}
