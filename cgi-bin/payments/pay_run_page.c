/*
 * pay_run_page.c: a pay run: how far it is, what it comes to, what stands in its way, what
 * needs a look, and the buttons of those who decide. For finance.
 */
#include "base/text.h"
#include "payments/pay_run.h"
#include "payments/pay_run_show.h"
#include "web/progress.h"

#define BLOCKS_SHOWN 200
#define PEOPLE_SHOWN 100

enum {
	VERSION,
	HASH,
	SEEN
};

static const struct stmt JOB = {
	"SELECT " PROGRESS_SQL ", COALESCE(reason, '') FROM job"
	" WHERE kind IN ('payments.run', 'payments.issue') AND subject_id = ?"
	" ORDER BY id DESC LIMIT 1"
};
static const struct stmt DRAFTS = {
	"SELECT m.public_id, c.legal_name, d.minutes, d.gross_minor + d.adjustment_minor,"
	" d.currency FROM pay_draft d JOIN keptword_core.person_contact c ON c.id = d.person_id"
	" JOIN keptword_core.person_public m ON m.id = d.person_id"
	" WHERE d.pay_run_id = ? ORDER BY d.person_id, d.currency LIMIT 101"
};
static const struct stmt STATEMENTS = {
	"SELECT m.public_id, s.payee_name, s.minutes, s.net_minor, s.currency FROM statement s"
	" JOIN keptword_core.person_public m ON m.id = s.person_id"
	" WHERE s.pay_run_id = ? ORDER BY s.person_id, s.currency LIMIT 101"
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
static const struct field SIGN_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 12 },
	[HASH] = { "hash", FIELD_HIDDEN, .max = 64 },
	[SEEN] = { "seen", FIELD_TICK },
	{ 0 },
};
const struct form RUN_SIGN_FORM = { "pay_run_sign", SIGN_FIELDS, run_show, false };

static const struct code_mark STATES[] = {
	{ "preparing", MARK_IS_PREPARING },
	{ "blocked", MARK_IS_BLOCKED },
	{ "ready", MARK_IS_READY },
	{ "checking", MARK_IS_CHECKING },
	{ "changed", MARK_IS_CHANGED },
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

static bool
at_work(const char *state)
{
	return text_is(state, "preparing") || text_is(state, "checking") ||
	       text_is(state, "issuing");
}

/* ---- The page ---- */

/* How far the run's work is, from its newest job. */
static struct progress
progress_of(const struct run_seen *run, struct rows *job)
{
	struct progress progress = { .state = run->state,
		.sentence = text_is(run->state, "issuing")    ? "payments.issue.progress"
			    : text_is(run->state, "checking") ? "payments.check.progress"
							      : "payments.run.progress",
		.ended = !at_work(run->state) };

	(void)progress_job(&progress, job);
	return progress;
}

static void
button(struct request *req, struct page *page, enum mark part, const struct run_seen *run)
{
	struct page *form = page_repeat(page, part);

	page_text(form, MARK_RUN_ID, request_param(req, 0));
	page_id(form, MARK_VERSION, run->version);
	page_tokens(form);
}

static void
show_work(struct request *req, struct page *page, const struct run_seen *run)
{
	struct arena *arena = request_arena(req);
	struct rows *job = db_read(request_db(req), &JOB, v_int(run->id));
	struct progress progress = progress_of(run, job);

	if (!at_work(run->state))
		return;
	if (!progress.ended) {
		progress_show(req, page_repeat(page, MARK_AT_WORK), &progress,
		    text_printf(arena, "/payments/api/runs/%s", request_param(req, 0)),
		    text_printf(arena, "/payments/staff/runs/%s", request_param(req, 0)));
		return;
	}
	page_text(page, MARK_STOPPED_BY, rows_text(job, PROGRESS_COLUMNS));
	button(req, page, MARK_WORK_STOPPED, run);
}

static void
show_people(struct request *req, struct page *page, const struct run_seen *run)
{
	struct rows *rows =
	    db_read(request_db(req), run->issued ? &STATEMENTS : &DRAFTS, v_int(run->id));
	struct page *list = rows_count(rows) ? page_repeat(page, MARK_PEOPLE) : NULL;

	for (int shown = 0; shown < PEOPLE_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(list, MARK_LINE);
		page_text(line, MARK_PERSON_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_WHO, rows_text(rows, 1));
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

	for (int shown = 0; shown < BLOCKS_SHOWN && rows_next(rows); shown++) {
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
	if (rows_count(rows) > BLOCKS_SHOWN)
		page_show(page, MARK_MORE_BLOCKS);
}

static void
show_sign_off(struct request *req, struct page *page, const struct run_seen *run)
{
	if (!text_is(run->state, "ready"))
		return;
	if (run->made_by == request_caller(req)->person) {
		page_show(page, MARK_NOT_BY_YOU);
		return;
	}
	struct page *part = page_repeat(page, MARK_MAY_ISSUE);
	page_text(part, MARK_RUN_ID, request_param(req, 0));
	page_form(part, MARK_SIGN_FORM, &RUN_SIGN_FORM);
	if (request_route(req)->form != &RUN_SIGN_FORM)
		return;
	form_set_int(req, VERSION, run->version);
	form_set(req, HASH, run->hash_text);
}

/* GET /payments/staff/runs/:id */
enum status
run_show(struct request *req)
{
	struct run_seen run = { 0 };
	enum status status = run_seen(req, request_db(req), &run);

	if (status != OK)
		return status;
	struct page *page = page_open(req, TPL_PAYMENTS_RUN);
	run_show_facts(req, page, &run);
	page_code(page, STATES, run.state);
	if (!run.issued)
		page_show(page, MARK_NOT_ISSUED);
	show_work(req, page, &run);
	run_show_changes(req, page, &run);
	show_blocks(req, page, run.id);
	run_show_totals(req, page, &run);
	run_show_warnings(req, page, &run);
	run_show_difference(req, page, &run);
	show_sign_off(req, page, &run);
	if (text_is(run.state, "ready") || text_is(run.state, "blocked") ||
	    text_is(run.state, "changed"))
		button(req, page, MARK_MAY_ABANDON, &run);
	show_people(req, page, &run);
	return reply_page(req, 200, page);
}

/* GET /payments/api/runs/:id: how far it is, for a page or a script that looks again. */
enum status
run_status(struct request *req)
{
	struct run_seen run = { 0 };
	enum status status = run_seen(req, request_db(req), &run);

	if (status != OK)
		return status;
	struct progress progress =
	    progress_of(&run, db_read(request_db(req), &JOB, v_int(run.id)));
	return progress_reply(req, &progress);
}

/* ---- Decisions ---- */

static const char *
page_of_run(struct request *req)
{
	return text_printf(
	    request_arena(req), "/payments/staff/runs/%s", request_param(req, 0));
}

static enum status
sign(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct pay_actor by = { request_caller(req)->person, request_id(req) };
	struct pay_sign_off off = { form_text(req, HASH), form_ticked(req, SEEN), 0 };
	struct run_seen run = { 0 };
	const char *why = NULL;
	enum status status = run_seen(req, db, &run);

	(void)unused_arg;
	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &off.version))
		return E_CONFLICT;
	status = run_sign(db, run.id, &off, &by, &why);
	if (status == E_INPUT && why)
		form_error(req, FORM_WHOLE, why, NULL);
	receipt->location = page_of_run(req);
	return status;
}

/* POST /payments/staff/runs/:id/issue */
enum status
run_issue_submit(struct request *req)
{
	return reply_submit(req, sign, NULL);
}

static enum status
abandon(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct pay_actor by = { request_caller(req)->person, request_id(req) };
	struct run_seen run = { 0 };
	enum status status = run_seen(req, db, &run);

	(void)unused_arg;
	if (status != OK)
		return status;
	receipt->location = page_of_run(req);
	return run_abandon(db, run.id, form_int(req, VERSION), &by);
}

/* POST /payments/staff/runs/:id/abandon */
enum status
run_abandon_submit(struct request *req)
{
	return reply_submit(req, abandon, NULL);
}

/* A job that was given up after its attempts, once more: it goes on where it stopped. */
static enum status
again(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct run_seen run = { 0 };
	enum status status = run_seen(req, db, &run);

	(void)unused_arg;
	if (status != OK)
		return status;
	struct rows *job = db_read(db, &JOB, v_int(run.id));
	if (!at_work(run.state) || !rows_next(job) || !text_is(rows_text(job, 0), "failed"))
		return E_CONFLICT;
	(void)job_add(db, text_is(run.state, "preparing") ? "payments.run" : "payments.issue",
	    run.id, request_caller(req)->person, "{}", NULL);
	request_audit(req, db, "pay_run.again",
	    text_printf(db_arena(db), "pay_run:%lld", (long long)run.id), NULL);
	receipt->location = page_of_run(req);
	return db_status(db);
}

/* POST /payments/staff/runs/:id/again */
enum status
run_again_submit(struct request *req)
{
	return reply_submit(req, again, NULL);
}
