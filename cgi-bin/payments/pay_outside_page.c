/*
 * pay_outside_page.c: the forms of an off-cycle run and of a correction. For finance.
 */
#include "base/text.h"
#include "payments/pay_outside.h"
#include "web/page.h"
#include "web/words.h"

#include <string.h>

enum {
	PERIOD,
	PEOPLE,
	PAY_ON,
	REASON
};
enum {
	AMOUNT,
	CORRECTED_ON,
	WHY
};

/* Periods that have begun, newest first; not one that a run is being made of. */
static const struct stmt PERIODS = {
	"SELECT public_id, start_day, end_day, id FROM pay_period"
	" WHERE state <> 'in_review' AND start_day <= ?"
	" ORDER BY state IN ('issued', 'paid', 'closed') DESC, start_day DESC LIMIT 30"
};
static const struct stmt PERIOD_ID = { "SELECT id FROM pay_period WHERE public_id = ?" };
/* Who has approved work of an issued period's days that waits for a later one. */
static const struct stmt LATE = {
	"SELECT DISTINCT c.email FROM work_entry e JOIN pay_period p ON p.id = e.period_id"
	" AND p.state IN ('open', 'locked') JOIN pay_period n ON n.id = ?"
	" AND n.schedule_id = p.schedule_id AND n.state IN ('issued', 'paid', 'closed')"
	" JOIN keptword_core.person_contact c ON c.id = e.person_id"
	" WHERE e.state = 'approved' AND e.off_cycle_id = 0 AND e.day <= n.end_day"
	" ORDER BY c.email LIMIT 200"
};
/* Issued periods for whose days work is approved that waits for a later one, and for how many.
 */
static const struct stmt LATE_PERIODS = {
	"SELECT n.public_id, n.start_day, n.end_day, COUNT(DISTINCT e.person_id)"
	" FROM work_entry e JOIN pay_period p ON p.id = e.period_id"
	"  AND p.state IN ('open', 'locked') AND e.day < p.start_day"
	" JOIN pay_period n ON n.schedule_id = p.schedule_id AND n.state IN ('issued', 'paid',"
	"  'closed') AND e.day BETWEEN n.start_day AND n.end_day"
	" WHERE e.state = 'approved' AND e.off_cycle_id = 0"
	" GROUP BY n.id, n.public_id, n.start_day, n.end_day ORDER BY n.start_day DESC LIMIT 12"
};
static const struct stmt STATEMENT = {
	"SELECT s.payee_name, s.period_start, s.period_end, s.net_minor, s.currency,"
	" s.period_id FROM statement s WHERE s.public_id = ?"
};
static const struct stmt LINKED = {
	"SELECT l.other_public_id, l.net_minor, l.currency, l.issued_at FROM statement_link l"
	" JOIN statement s ON s.id = l.statement_id WHERE s.public_id = ?"
	" AND l.link = 'corrected_by' ORDER BY l.issued_at"
};

static const struct choice *
period_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	struct rows *rows = db_read(request_db(req), &PERIODS,
	    v_day(day_in_zone(time_now(), request_caller(req)->zone)));
	struct choice *choices = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		choices[n] = (struct choice){ rows_id_text(arena, rows, 0),
			period_text(arena, rows_day(rows, 1), rows_day(rows, 2), locale) };
	return choices;
}

static const struct field OFF_CYCLE_FIELDS[] = {
	[PERIOD] = { "period", FIELD_SELECT, .choices_of = period_choices },
	[PEOPLE] = { "people", FIELD_LINES, .max = 60000 },
	[PAY_ON] = { "pay_on", FIELD_DAY },
	[REASON] = { "reason", FIELD_LINES, .min = 5, .max = 500 },
	{ 0 },
};
const struct form OFF_CYCLE_FORM = { "off_cycle", OFF_CYCLE_FIELDS, off_cycle_show, false };
static const struct field CORRECTION_FIELDS[] = {
	[AMOUNT] = { "amount", FIELD_TEXT, .max = 30 },
	[CORRECTED_ON] = { "pay_on", FIELD_DAY },
	[WHY] = { "reason", FIELD_LINES, .min = 5, .max = 500 },
	{ 0 },
};
const struct form CORRECTION_FORM = { "correction", CORRECTION_FIELDS, correction_show, false };

static const char *
late_people(struct request *req, int64_t period)
{
	struct rows *rows = db_read(request_db(req), &LATE, v_int(period));
	struct buf list = buf_new(request_arena(req));

	while (rows_next(rows)) {
		buf_text(&list, rows_text(rows, 0));
		buf_char(&list, '\n');
	}
	return list.n ? list.p : "";
}

/* GET /payments/staff/runs[?period=ID]: a run outside the schedule; without a period that of
 * the newest for which work came late. */
enum status
off_cycle_show(struct request *req)
{
	struct db *db = request_db(req);
	struct rows *late = db_read(db, &LATE_PERIODS);
	const char *chosen = request_query(req, "period");
	struct page *page = page_open(req, TPL_PAYMENTS_OFF_CYCLE);
	struct id id;

	while (rows_next(late)) {
		struct page *line = page_repeat(page, MARK_LATE_PERIOD);
		const char *period = rows_id_text(request_arena(req), late, 0);
		page_text(line, MARK_PERIOD_ID, period);
		page_period(line, MARK_PERIOD, rows_day(late, 1), rows_day(late, 2));
		page_count(line, MARK_COUNT, "run_people", rows_int(late, 3));
		if (text_empty(chosen))
			chosen = period;
	}
	if (id_parse(chosen, &id)) {
		int64_t period = db_int(db, &PERIOD_ID, 0, v_bytes(id.b, ID_BYTES));
		form_set(req, PERIOD, chosen);
		form_set(req, PEOPLE, late_people(req, period));
		form_set_day(req, PAY_ON, run_outside_day(db, period));
	}
	return reply_page(req, 200, page);
}

/* Which field a refusal belongs to. */
static void
say(struct request *req, const char *why, const char *detail, bool correction)
{
	unsigned field = correction ? AMOUNT : PEOPLE;

	if (text_is(why, "bad_day"))
		field = correction ? CORRECTED_ON : PAY_ON;
	form_error(req, field, why, detail);
}

static enum status
made(struct request *req, struct receipt *receipt, struct id id)
{
	receipt->location = text_printf(
	    request_arena(req), "/payments/staff/runs/%s", id_text(request_arena(req), id));
	return OK;
}

static enum status
off_cycle(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct pay_actor by = { request_caller(req)->person, request_id(req) };
	struct pay_outside ordered = { .people = form_text(req, PEOPLE),
		.reason = form_text(req, REASON),
		.pay_on = form_day(req, PAY_ON) };
	const char *why = NULL, *detail = NULL;
	struct id id = { 0 };

	(void)unused_arg;
	if (!id_parse(form_text(req, PERIOD), &id))
		return E_ABSENT;
	ordered.period = db_int(db, &PERIOD_ID, 0, v_bytes(id.b, ID_BYTES));
	enum status status = run_make_off_cycle(db, &ordered, &by, &id, &why, &detail);
	if (why)
		say(req, why, detail, false);
	return status == OK ? made(req, receipt, id) : status;
}

/* POST /payments/staff/runs */
enum status
off_cycle_submit(struct request *req)
{
	return reply_submit(req, off_cycle, NULL);
}

/* GET /payments/staff/statements/:id/correct */
enum status
correction_show(struct request *req)
{
	struct db *db = request_db(req);
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &STATEMENT, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(db);
	struct page *page = page_open(req, TPL_PAYMENTS_CORRECTION);
	page_text(page, MARK_STATEMENT_ID, request_param(req, 0));
	page_text(page, MARK_WHO, rows_text(rows, 0));
	page_period(page, MARK_PERIOD, rows_day(rows, 1), rows_day(rows, 2));
	page_money(page, MARK_NET, rows_money(rows, 3));
	form_set_day(req, CORRECTED_ON, run_outside_day(db, rows_int(rows, 5)));
	rows = db_read(db, &LINKED, v_bytes(id.b, ID_BYTES));
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_CORRECTED_BY);
		page_text(line, MARK_STATEMENT_ID, rows_id_text(request_arena(req), rows, 0));
		page_money(line, MARK_NET, rows_money(rows, 1));
		page_instant(line, MARK_ISSUED, rows_instant(rows, 3));
	}
	return reply_page(req, 200, page);
}

static enum status
correct(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct pay_actor by = { request_caller(req)->person, request_id(req) };
	struct pay_outside ordered = { .amount = form_text(req, AMOUNT),
		.reason = form_text(req, WHY),
		.pay_on = form_day(req, CORRECTED_ON) };
	const char *why = NULL, *detail = NULL;
	struct id id = { 0 };

	(void)unused_arg;
	if (!request_param_id(req, 0, &ordered.statement))
		return E_ABSENT;
	enum status status = run_make_correction(db, &ordered, &by, &id, &why, &detail);
	if (why)
		say(req, why, detail, true);
	return status == OK ? made(req, receipt, id) : status;
}

/* POST /payments/staff/statements/:id/correct */
enum status
correction_submit(struct request *req)
{
	return reply_submit(req, correct, NULL);
}
