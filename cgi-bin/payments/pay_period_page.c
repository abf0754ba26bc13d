/*
 * pay_period_page.c: the board of periods, and one period with its lock. For finance.
 */
#include "base/text.h"
#include "payments/pay_period.h"
#include "payments/pay_run.h"
#include "web/page.h"
#include "web/progress.h"
#include "web/words.h"

#include <string.h>

enum {
	VERSION
};

static const struct stmt BOARD = {
	"SELECT p.public_id, p.start_day, p.end_day, p.lock_at, p.issue_on, p.pay_on, p.state,"
	" IF(p.state = 'open', (SELECT COUNT(*) FROM work_entry e WHERE e.period_id = p.id"
	"  AND e.state = 'submitted'), 0), s.name"
	" FROM pay_period p JOIN pay_schedule s ON s.id = p.schedule_id"
	" ORDER BY p.start_day DESC, p.id DESC LIMIT 60"
};
static const struct stmt PERIOD = {
	"SELECT p.id, p.start_day, p.end_day, p.lock_at, p.issue_on, p.pay_on, p.rolled_from,"
	" p.state, p.version, s.name, s.time_zone, COALESCE(c.preferred_name, ''), p.locked_at"
	" FROM pay_period p JOIN pay_schedule s ON s.id = p.schedule_id"
	" LEFT JOIN keptword_core.person_public c ON c.id = p.locked_by"
	" WHERE p.public_id = ?"
};
static const struct stmt COUNTS = {
	"SELECT state, COUNT(*), CAST(SUM(minutes) AS SIGNED),"
	" CAST(SUM(state = 'approved' AND decided_by IS NULL) AS SIGNED)"
	" FROM work_entry WHERE period_id = ? GROUP BY state ORDER BY state"
};
static const struct stmt RUNS = {
	"SELECT r.public_id, r.state, r.made_at, COALESCE(c.preferred_name, '') FROM pay_run r"
	" LEFT JOIN keptword_core.person_public c ON c.id = r.made_by"
	" WHERE r.period_id = ? ORDER BY r.id DESC"
};

static const struct stmt SILENCE_JOB = { "SELECT " PROGRESS_SQL
					 " FROM job WHERE kind = 'payments.silence'"
					 " AND subject_id = ? ORDER BY id DESC LIMIT 1" };
static const struct stmt SUBMITTED_ANY = {
	"SELECT COUNT(*) FROM (SELECT id FROM work_entry WHERE period_id = ?"
	" AND state = 'submitted' LIMIT 1) x"
};

static const struct field VERSION_FIELDS[] = {
	[VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form PERIOD_LOCK_FORM = { "period_lock", VERSION_FIELDS, period_show, false };

static const struct code_mark STATES[] = {
	{ "open", MARK_IS_OPEN },
	{ "locked", MARK_IS_LOCKED },
	{ "in_review", MARK_IS_IN_REVIEW },
	{ "issued", MARK_IS_ISSUED },
	{ "paid", MARK_IS_PAID },
	{ "closed", MARK_IS_PAID },
	{ 0 },
};

/* GET /payments/staff/periods */
enum status
period_board(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_PERIODS);
	struct rows *rows = db_read(request_db(req), &BOARD);

	period_board_fill(req, page);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_PERIOD_ID, rows_id_text(request_arena(req), rows, 0));
		page_period(line, MARK_PERIOD, rows_day(rows, 1), rows_day(rows, 2));
		page_instant(line, MARK_LOCK_AT, rows_instant(rows, 3));
		page_day(line, MARK_ISSUE_ON, rows_day(rows, 4), DAY_SHORT);
		page_day(line, MARK_PAY_ON, rows_day(rows, 5), DAY_SHORT);
		page_code(line, STATES, rows_text(rows, 6));
		if (rows_int(rows, 7) > 0)
			page_int(
			    page_repeat(line, MARK_UNLOOKED), MARK_COUNT, rows_int(rows, 7));
		page_text(line, MARK_SCHEDULE, rows_text(rows, 8));
	}
	return reply_page(req, 200, page);
}

/* How many entries stand where; the number still submitted. */
static int64_t
show_counts(struct request *req, struct page *page, int64_t period)
{
	struct rows *rows = db_read(request_db(req), &COUNTS, v_int(period));
	int64_t submitted = 0;

	if (!rows_count(rows))
		page_show(page, MARK_NO_ENTRIES);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_COUNTED);
		page_words(line, MARK_STATE_WORD,
		    text_printf(request_arena(req), "entry_state.%s", rows_text(rows, 0)));
		page_int(line, MARK_COUNT, rows_int(rows, 1));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 2));
		if (rows_int(rows, 3) > 0)
			page_int(
			    page_repeat(line, MARK_BY_SILENCE), MARK_SILENT, rows_int(rows, 3));
		if (text_is(rows_text(rows, 0), "submitted"))
			submitted = rows_int(rows, 1);
	}
	return submitted;
}

static void
show_runs(struct request *req, struct page *page, int64_t period)
{
	struct rows *rows = db_read(request_db(req), &RUNS, v_int(period));

	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_RUN);
		page_text(line, MARK_RUN_ID, rows_id_text(request_arena(req), rows, 0));
		page_words(line, MARK_STATE_WORD,
		    text_printf(request_arena(req), "run_state.%s", rows_text(rows, 1)));
		page_instant(line, MARK_STARTED, rows_instant(rows, 2));
		page_text(line, MARK_WHO, rows_text(rows, 3));
	}
}

static void
show_facts(struct page *page, const struct rows *rows)
{
	page_period(page, MARK_PERIOD, rows_day(rows, 1), rows_day(rows, 2));
	page_instant(page, MARK_LOCK_AT, rows_instant(rows, 3));
	page_day(page, MARK_ISSUE_ON, rows_day(rows, 4), DAY_LONG);
	page_day(page, MARK_PAY_ON, rows_day(rows, 5), DAY_LONG);
	if (!rows_null(rows, 6))
		page_day(page_repeat(page, MARK_ROLLED), MARK_ROLLED_FROM, rows_day(rows, 6),
		    DAY_LONG);
	page_code(page, STATES, rows_text(rows, 7));
	page_text(page, MARK_SCHEDULE, rows_text(rows, 9));
	page_text(page, MARK_ZONE, rows_text(rows, 10));
	if (!rows_null(rows, 12)) {
		struct page *locked = page_repeat(page, MARK_LOCKED);
		page_text(locked, MARK_WHO, rows_text(rows, 11));
		page_instant(locked, MARK_LOCKED_AT, rows_instant(rows, 12));
	}
}

static struct page *
button(struct request *req, struct page *page, enum mark part, const struct rows *rows)
{
	struct page *form = page_repeat(page, part);

	page_text(form, MARK_PERIOD_ID, request_param(req, 0));
	page_id(form, MARK_VERSION, rows_int(rows, 8));
	page_tokens(form);
	return form;
}

/* How far the lock of a period is: what nobody has looked at is being approved. */
static struct progress
silence_of(struct db *db, int64_t period, const char *state, bool left)
{
	struct rows *job = db_read(db, &SILENCE_JOB, v_int(period));
	struct progress progress = { .state = state,
		.sentence = "payments.silence.progress",
		.ended = !text_is(state, "locked") || !left };

	(void)progress_job(&progress, job);
	return progress;
}

static void
show_silence(struct request *req, struct page *page, const struct rows *rows)
{
	struct arena *arena = request_arena(req);
	struct progress progress =
	    silence_of(request_db(req), rows_int(rows, 0), rows_text(rows, 7), true);

	if (progress.ended)
		page_show(page, MARK_SILENCE_STOPPED);
	else
		progress_show(req, page_repeat(page, MARK_SILENCE_RUNS), &progress,
		    text_printf(arena, "/payments/api/periods/%s", request_param(req, 0)),
		    text_printf(arena, "/payments/staff/periods/%s", request_param(req, 0)));
}

/* GET /payments/api/periods/:id: how far its lock is. */
enum status
period_status(struct request *req)
{
	struct db *db = request_db(req);
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &PERIOD, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(db);
	bool left = db_int(db, &SUBMITTED_ANY, 0, v_int(rows_int(rows, 0))) > 0;
	struct progress progress = silence_of(db, rows_int(rows, 0), rows_text(rows, 7), left);
	return progress_reply(req, &progress);
}

/* GET /payments/staff/periods/:id */
enum status
period_show(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &PERIOD, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_PAYMENTS_PERIOD);
	const char *state = rows_text(rows, 7);
	show_facts(page, rows);
	page_text(page, MARK_PERIOD_ID, request_param(req, 0));
	int64_t submitted = show_counts(req, page, rows_int(rows, 0));
	if (text_is(state, "open")) {
		struct page *lock = button(req, page, MARK_MAY_LOCK, rows);
		if (submitted > 0)
			page_int(page_repeat(lock, MARK_UNLOOKED), MARK_COUNT, submitted);
		if (time_now() < rows_instant(rows, 3))
			page_show(lock, MARK_IS_EARLY);
	} else if (text_is(state, "locked") && submitted > 0) {
		show_silence(req, page, rows);
	} else if (text_is(state, "locked")) {
		(void)button(req, page, MARK_MAY_RUN, rows);
	}
	show_runs(req, page, rows_int(rows, 0));
	return reply_page(req, 200, page);
}

/* The period of the address; 0: there is none. */
static int64_t
period_of(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return 0;
	return db_int(db, &PERIOD, 0, v_bytes(id.b, ID_BYTES));
}

static enum status
lock(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t period = period_of(req, db);

	(void)unused_arg;
	if (!period)
		return db_absent(db);
	receipt->location =
	    text_printf(db_arena(db), "/payments/staff/periods/%s", request_param(req, 0));
	return period_lock(
	    db, period, form_int(req, VERSION), request_caller(req)->person, request_id(req));
}

/* POST /payments/staff/periods/:id/lock */
enum status
period_lock_submit(struct request *req)
{
	return reply_submit(req, lock, NULL);
}

static enum status
make(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct pay_actor by = { request_caller(req)->person, request_id(req) };
	int64_t period = period_of(req, db);
	struct id id;

	(void)unused_arg;
	if (!period)
		return db_absent(db);
	enum status status = run_make(db, period, form_int(req, VERSION), &by, &id);
	if (status == E_BUSY && db_status(db) == OK) {
		form_error(req, FORM_WHOLE, "silence", NULL);
		return E_INPUT;
	}
	if (status == OK)
		receipt->location = text_printf(
		    db_arena(db), "/payments/staff/runs/%s", id_text(db_arena(db), id));
	return status;
}

/* POST /payments/staff/periods/:id/run */
enum status
run_make_submit(struct request *req)
{
	return reply_submit(req, make, NULL);
}
