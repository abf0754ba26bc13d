/*
 * pay_run_page.c: a pay run: how far it is, what it comes to, what stands in its way, and the
 * buttons of those who decide. For finance.
 */
#include "base/text.h"
#include "payments/pay_run.h"
#include "web/page.h"
#include "web/progress.h"

#include <string.h>

#define PEOPLE_SHOWN 200

enum {
	VERSION
};

static const struct stmt RUN = {
	"SELECT r.id, r.state, r.version, r.made_by, COALESCE(m.preferred_name, ''), r.made_at,"
	" COALESCE(i.preferred_name, ''), r.issued_at, p.public_id, p.start_day, p.end_day,"
	" p.pay_on"
	" FROM pay_run r JOIN pay_period p ON p.id = r.period_id"
	" LEFT JOIN keptword_core.person_public m ON m.id = r.made_by"
	" LEFT JOIN keptword_core.person_public i ON i.id = r.issued_by"
	" WHERE r.public_id = ?"
};
static const struct stmt JOB = {
	"SELECT " PROGRESS_SQL ", COALESCE(reason, '') FROM job"
	" WHERE kind IN ('payments.run', 'payments.issue') AND subject_id = ?"
	" ORDER BY id DESC LIMIT 1"
};
static const struct stmt DRAFT_SUMS = {
	"SELECT COUNT(*), CAST(SUM(minutes) AS SIGNED),"
	" CAST(SUM(gross_minor + adjustment_minor) AS SIGNED), currency"
	" FROM pay_draft WHERE pay_run_id = ? GROUP BY currency ORDER BY currency"
};
static const struct stmt SUMS = {
	"SELECT COUNT(*), CAST(SUM(minutes) AS SIGNED), CAST(SUM(net_minor) AS SIGNED), "
	"currency"
	" FROM statement WHERE pay_run_id = ? GROUP BY currency ORDER BY currency"
};
static const struct stmt DRAFTS = {
	"SELECT NULL, c.legal_name, d.minutes, d.gross_minor + d.adjustment_minor, d.currency"
	" FROM pay_draft d JOIN keptword_core.person_contact c ON c.id = d.person_id"
	" WHERE d.pay_run_id = ? ORDER BY d.person_id, d.currency LIMIT 201"
};
static const struct stmt STATEMENTS = {
	"SELECT s.public_id, s.payee_name, s.minutes, s.net_minor, s.currency FROM statement s"
	" WHERE s.pay_run_id = ? ORDER BY s.person_id, s.currency LIMIT 201"
};
static const struct stmt BLOCKS = {
	"SELECT c.legal_name, b.why, COALESCE(j.name, ''), COALESCE(b.unit, ''), b.first_day,"
	" b.entries FROM pay_block b"
	" JOIN keptword_core.person_contact c ON c.id = b.person_id"
	" LEFT JOIN keptword_core.project j ON j.id = b.project_id"
	" WHERE b.pay_run_id = ? ORDER BY b.person_id, b.id LIMIT 201"
};

static const struct field VERSION_FIELDS[] = {
	[VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form RUN_VERSION_FORM = { "pay_run", VERSION_FIELDS, run_show, false };

static const struct code_mark STATES[] = {
	{ "preparing", MARK_IS_PREPARING },
	{ "blocked", MARK_IS_BLOCKED },
	{ "ready", MARK_IS_READY },
	{ "issuing", MARK_IS_ISSUING },
	{ "issued", MARK_IS_ISSUED },
	{ "abandoned", MARK_IS_ABANDONED },
	{ 0 },
};
static const struct code_mark WHYS[] = {
	{ "no_rate", MARK_WHY_NO_RATE },
	{ "no_payee", MARK_WHY_NO_PAYEE },
	{ "below_zero", MARK_WHY_BELOW_ZERO },
	{ 0 },
};

/* The run of the address, at its row; NULL: there is none. */
static struct rows *
run_of(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows = db_read(db, &RUN, v_bytes(id.b, ID_BYTES));
	return rows_next(rows) ? rows : NULL;
}

static bool
at_work(const char *state)
{
	return text_is(state, "preparing") || text_is(state, "issuing");
}

/* ---- The page ---- */

/* How far the run's work is, from its newest job. */
static struct progress
progress_of(const struct rows *run, struct rows *job)
{
	const char *state = rows_text(run, 1);
	struct progress progress = { .state = state,
		.sentence = text_is(state, "issuing") ? "payments.issue.progress"
						      : "payments.run.progress",
		.ended = !at_work(state) };

	(void)progress_job(&progress, job);
	return progress;
}

static void
show_work(struct request *req, struct page *page, const struct rows *run)
{
	struct arena *arena = request_arena(req);
	struct rows *job = db_read(request_db(req), &JOB, v_int(rows_int(run, 0)));
	struct progress progress = progress_of(run, job);

	if (!at_work(rows_text(run, 1)))
		return;
	if (!progress.ended) {
		progress_show(req, page_repeat(page, MARK_AT_WORK), &progress,
		    text_printf(arena, "/payments/api/runs/%s", request_param(req, 0)),
		    text_printf(arena, "/payments/staff/runs/%s", request_param(req, 0)));
		return;
	}
	struct page *again = page_repeat(page, MARK_WORK_STOPPED);
	page_text(again, MARK_REASON, rows_text(job, PROGRESS_COLUMNS));
	page_text(again, MARK_RUN_ID, request_param(req, 0));
	page_id(again, MARK_VERSION, rows_int(run, 2));
	page_tokens(again);
}

static void
show_sums(struct request *req, struct page *page, int64_t run, bool issued)
{
	struct rows *rows = db_read(request_db(req), issued ? &SUMS : &DRAFT_SUMS, v_int(run));

	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_SUM);
		page_int(line, MARK_COUNT, rows_int(rows, 0));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 1));
		page_money(line, MARK_NET, rows_money(rows, 2));
	}
}

static void
show_people(struct request *req, struct page *page, int64_t run, bool issued)
{
	struct rows *rows =
	    db_read(request_db(req), issued ? &STATEMENTS : &DRAFTS, v_int(run));
	struct page *list = rows_count(rows) ? page_repeat(page, MARK_PEOPLE) : NULL;

	for (int shown = 0; shown < PEOPLE_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(list, MARK_LINE);
		struct page *name = page_repeat(line, issued ? MARK_ISSUED_ONE : MARK_DRAFT);
		if (issued)
			page_text(
			    name, MARK_STATEMENT_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(name, MARK_WHO, rows_text(rows, 1));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 2));
		page_money(line, MARK_NET, rows_money(rows, 3));
	}
	if (rows_count(rows) > PEOPLE_SHOWN)
		page_show(list, MARK_MORE);
}

static void
show_blocks(struct request *req, struct page *page, int64_t run)
{
	struct rows *rows = db_read(request_db(req), &BLOCKS, v_int(run));

	for (int shown = 0; shown < PEOPLE_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(page, MARK_BLOCK);
		page_text(line, MARK_WHO, rows_text(rows, 0));
		page_code(line, WHYS, rows_text(rows, 1));
		page_text(line, MARK_PROJECT, rows_text(rows, 2));
		if (text_is(rows_text(rows, 3), "task"))
			page_show(line, MARK_BY_TASK);
		else
			page_show(line, MARK_BY_HOUR);
		page_day(line, MARK_DAY, rows_day(rows, 4), DAY_SHORT);
		page_int(line, MARK_COUNT, rows_int(rows, 5));
	}
	if (rows_count(rows) > PEOPLE_SHOWN)
		page_show(page, MARK_MORE_BLOCKS);
}

static void
button(struct request *req, struct page *page, enum mark part, const struct rows *rows)
{
	struct page *form = page_repeat(page, part);

	page_text(form, MARK_RUN_ID, request_param(req, 0));
	page_id(form, MARK_VERSION, rows_int(rows, 2));
	page_tokens(form);
}

static void
show_facts(struct request *req, struct page *page, const struct rows *rows)
{
	page_text(page, MARK_PERIOD_ID, rows_id_text(request_arena(req), rows, 8));
	page_period(page, MARK_PERIOD, rows_day(rows, 9), rows_day(rows, 10));
	page_day(page, MARK_PAY_ON, rows_day(rows, 11), DAY_LONG);
	page_text(page, MARK_WHO, rows_text(rows, 4));
	page_instant(page, MARK_STARTED, rows_instant(rows, 5));
	if (!rows_null(rows, 7)) {
		struct page *issued = page_repeat(page, MARK_ISSUED_BY);
		page_text(issued, MARK_WHO, rows_text(rows, 6));
		page_instant(issued, MARK_ISSUED, rows_instant(rows, 7));
	}
}

/* GET /payments/staff/runs/:id */
enum status
run_show(struct request *req)
{
	struct rows *rows = run_of(req, request_db(req));

	if (!rows)
		return db_absent(request_db(req));
	struct page *page = page_open(req, TPL_PAYMENTS_RUN);
	const char *state = rows_text(rows, 1);
	bool issued = text_is(state, "issued");
	int64_t run = rows_int(rows, 0);
	show_facts(req, page, rows);
	page_code(page, STATES, state);
	show_work(req, page, rows);
	show_blocks(req, page, run);
	show_sums(req, page, run, issued);
	if (text_is(state, "ready") && rows_int(rows, 3) != request_caller(req)->person)
		button(req, page, MARK_MAY_ISSUE, rows);
	else if (text_is(state, "ready"))
		page_show(page, MARK_NOT_BY_YOU);
	if (text_is(state, "ready") || text_is(state, "blocked"))
		button(req, page, MARK_MAY_ABANDON, rows);
	show_people(req, page, run, issued);
	return reply_page(req, 200, page);
}

/* GET /payments/api/runs/:id: how far it is, for a page or a script that looks again. */
enum status
run_status(struct request *req)
{
	struct rows *rows = run_of(req, request_db(req));

	if (!rows)
		return db_absent(request_db(req));
	struct progress progress =
	    progress_of(rows, db_read(request_db(req), &JOB, v_int(rows_int(rows, 0))));
	return progress_reply(req, &progress);
}

/* ---- Decisions ---- */

typedef enum status (*decision)(
    struct db *db, int64_t run, int64_t version, const struct pay_actor *by);
struct deciding {
	decision decide;
};

static enum status
decide(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct deciding *deciding = arg;
	struct pay_actor by = { request_caller(req)->person, request_id(req) };
	struct rows *run = run_of(req, db);

	if (!run)
		return db_absent(db);
	enum status status =
	    deciding->decide(db, rows_int(run, 0), form_int(req, VERSION), &by);
	if (status == E_DENIED && db_status(db) == OK) {
		form_error(req, FORM_WHOLE, "same_person", NULL);
		return E_INPUT;
	}
	receipt->location =
	    text_printf(db_arena(db), "/payments/staff/runs/%s", request_param(req, 0));
	return status;
}

/* POST /payments/staff/runs/:id/issue */
enum status
run_issue_submit(struct request *req)
{
	struct deciding deciding = { run_issue };

	return reply_submit(req, decide, &deciding);
}

/* POST /payments/staff/runs/:id/abandon */
enum status
run_abandon_submit(struct request *req)
{
	struct deciding deciding = { run_abandon };

	return reply_submit(req, decide, &deciding);
}

/* A job that was given up after its attempts, once more: it goes on where it stopped. */
static enum status
again(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct rows *run = run_of(req, db);

	(void)unused_arg;
	if (!run)
		return db_absent(db);
	struct rows *job = db_read(db, &JOB, v_int(rows_int(run, 0)));
	if (!at_work(rows_text(run, 1)) || !rows_next(job) ||
	    !text_is(rows_text(job, 0), "failed"))
		return E_CONFLICT;
	(void)job_add(db,
	    text_is(rows_text(run, 1), "issuing") ? "payments.issue" : "payments.run",
	    rows_int(run, 0), request_caller(req)->person, "{}", NULL);
	request_audit(req, db, "pay_run.again",
	    text_printf(db_arena(db), "pay_run:%lld", (long long)rows_int(run, 0)), NULL);
	receipt->location =
	    text_printf(db_arena(db), "/payments/staff/runs/%s", request_param(req, 0));
	return db_status(db);
}

/* POST /payments/staff/runs/:id/again */
enum status
run_again_submit(struct request *req)
{
	return reply_submit(req, again, NULL);
}
