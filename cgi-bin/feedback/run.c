/*
 * run.c: one round of a survey, for those who ask: what it is, how far it is, and its next
 * step. An HDM sees here the rate of their own pods and nothing else.
 *
 * Rules (README 5 to 9): a round opens and closes by itself at its time; how many have answered
 * is not counted before; results are published by another person than who made the round.
 */
#include "base/text.h"
#include "data/event.h"
#include "feedback/audience.h"
#include "feedback/feedback.h"
#include "feedback/result.h"
#include "feedback/seal.h"
#include "web/progress.h"

enum {
	VERSION
};

#define RESULTS_TOLD (14 * DAY_LENGTH) /* later nobody needs a mail about them */

static const struct field STEP_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form RUN_STEP_FORM = { "run_step", STEP_FIELDS, run_show, false };

static const struct stmt RUN = {
	"SELECT u.id, s.title, u.state, u.purpose, u.opens_at, u.closes_at, u.closed_at,"
	" u.published_at, u.min_group, u.paid_minutes, u.invited, u.answered, u.unreadable,"
	" u.give_up, u.created_by, u.version, u.audience, u.audience_id, s.public_id,"
	" COALESCE(p.preferred_name, ''), COALESCE(r.preferred_name, '')"
	" FROM survey_run u JOIN survey s ON s.id = u.survey_id"
	" LEFT JOIN keptword_core.person_public p ON p.id = u.created_by"
	" LEFT JOIN keptword_core.person_public r ON r.id = u.published_by"
	" WHERE u.public_id = ?"
};
enum {
	C_ID,
	C_TITLE,
	C_STATE,
	C_PURPOSE,
	C_OPENS,
	C_CLOSES,
	C_CLOSED,
	C_PUBLISHED,
	C_GROUP,
	C_MINUTES,
	C_INVITED,
	C_ANSWERED,
	C_UNREADABLE,
	C_GIVE_UP,
	C_MAKER,
	C_VERSION,
	C_AUDIENCE,
	C_AUDIENCE_ID,
	C_SURVEY_ID,
	C_MAKER_NAME,
	C_PUBLISHER_NAME
};
static const struct stmt POD_RATES = {
	"SELECT d.name, x.answered_rate_percent FROM run_pod o"
	" JOIN keptword_core.pod d ON d.id = o.pod_id"
	" LEFT JOIN published_pod_rate x ON x.run_id = o.run_id AND x.pod_id = o.pod_id"
	" WHERE o.run_id = ? ORDER BY d.name, d.id"
};
static const struct stmt OWN_POD_RATES = {
	"SELECT d.name, x.answered_rate_percent FROM run_pod o"
	" JOIN keptword_core.pod d ON d.id = o.pod_id AND d.hdm_person_id = ?"
	" LEFT JOIN published_pod_rate x ON x.run_id = o.run_id AND x.pod_id = o.pod_id"
	" WHERE o.run_id = ? ORDER BY d.name, d.id"
};
static const struct stmt SEALED_ANY = {
	"SELECT 1 FROM sealed_response WHERE run_id = ? LIMIT 1"
};
static const struct stmt REVIEW = {
	"UPDATE survey_run SET state = 'reviewed', reviewed_by = ?, version = version + 1"
	" WHERE id = ? AND version = ? AND state = 'draft'"
};
static const struct stmt CLOSE_NOW = {
	"UPDATE survey_run SET closes_at = ?, version = version + 1"
	" WHERE id = ? AND version = ? AND state = 'open' AND closes_at > ?"
};
static const struct stmt GIVE_UP = { "UPDATE survey_run SET give_up = 1, closes_at = "
				     "LEAST(closes_at, ?), version = version + 1"
				     " WHERE id = ? AND version = ? AND state = 'open'" };
static const struct stmt PUBLISH = {
	"UPDATE survey_run SET state = 'published', published_at = ?, published_by = ?,"
	" version = version + 1 WHERE id = ? AND version = ? AND state = 'closed'"
};

static struct rows *
read_run(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows = db_read(db, &RUN, v_bytes(id.b, ID_BYTES));
	return rows_next(rows) ? rows : NULL;
}

/* ---- The page ---- */

static void
show_rates(struct page *page, struct rows *rates)
{
	struct page *part = rows_count(rates) ? page_repeat(page, MARK_RATES) : NULL;

	while (rows_next(rates)) {
		struct page *line = page_repeat(part, MARK_POD);
		page_text(line, MARK_POD_NAME, rows_text(rates, 0));
		if (rows_null(rates, 1))
			page_show(line, MARK_RATE_HIDDEN);
		else
			page_int(
			    page_repeat(line, MARK_RATE_SHOWN), MARK_RATE, rows_int(rates, 1));
	}
}

/* A part of the page that holds a button for the next step. */
static struct page *
show_step(struct request *req, struct page *page, enum mark part, const struct rows *rows)
{
	struct page *step = page_repeat(page, part);

	page_text(step, MARK_RUN_ID, request_param(req, 0));
	page_id(step, MARK_VERSION, rows_int(rows, C_VERSION));
	page_tokens(step);
	return step;
}

/* The answers of an open round that was restored on another machine cannot be read there. */
static bool
key_is_lost(struct request *req, const struct rows *rows)
{
	struct id id;
	struct key key;
	enum status status;

	if (!request_param_id(req, 0, &id))
		return false;
	status = seal_key(request_arena(req), id, &key);
	crypto_wipe(&key, sizeof key);
	return status != OK &&
	       db_int(request_db(req), &SEALED_ANY, 0, v_int(rows_int(rows, C_ID)));
}

/* A round that is being closed, or is about to be; without numbers: how many have answered is
 * not told before it is closed. */
static struct progress
closing_of(const struct rows *rows)
{
	const char *state = rows_text(rows, C_STATE);
	bool due = text_is(state, "open") && rows_instant(rows, C_CLOSES) <= time_now();

	return (struct progress){ .sentence = "feedback.close.progress",
		.state = due ? "closing" : state,
		.begun = rows_instant(rows, C_CLOSES),
		.ended = !due && !text_is(state, "closing") };
}

static void
show_closing(struct request *req, struct page *page, const struct rows *rows)
{
	struct arena *arena = request_arena(req);
	struct progress progress = closing_of(rows);

	progress_show(req, page_repeat(page, MARK_STEP_CLOSING), &progress,
	    text_printf(arena, "/feedback/api/runs/%s", request_param(req, 0)),
	    text_printf(arena, "/feedback/staff/runs/%s", request_param(req, 0)));
}

static void
show_open(struct request *req, struct page *page, const struct rows *rows)
{
	if (rows_int(rows, C_GIVE_UP) == 0 && key_is_lost(req, rows))
		show_step(req, page, MARK_STEP_GIVE_UP, rows);
	else if (rows_instant(rows, C_CLOSES) <= time_now())
		show_closing(req, page, rows);
	else
		show_step(req, page, MARK_STEP_CLOSE, rows);
}

static enum status
show_closed(struct request *req, struct page *page, const struct rows *rows)
{
	struct page *part;

	if (text_is(rows_text(rows, C_STATE), "closed")) {
		bool own = rows_int(rows, C_MAKER) == request_caller(req)->person;
		part = own ? page_repeat(page, MARK_STEP_PUBLISH_OTHER)
			   : show_step(req, page, MARK_STEP_PUBLISH, rows);
		page_instant(
		    part, MARK_PUBLISH_BY, rows_instant(rows, C_CLOSED) + PUBLISH_WITHIN);
	} else {
		part = page_repeat(page, MARK_STEP_PUBLISHED);
		page_text(part, MARK_RUN_ID, request_param(req, 0));
		page_instant(part, MARK_PUBLISHED, rows_instant(rows, C_PUBLISHED));
		page_text(part, MARK_PUBLISHER, rows_text(rows, C_PUBLISHER_NAME));
	}
	page_text(page_repeat(page, MARK_TABLE_LINK), MARK_RUN_ID, request_param(req, 0));
	if (rows_int(rows, C_UNREADABLE))
		page_int(page_repeat(page, MARK_UNREADABLE), MARK_UNREADABLE_N,
		    rows_int(rows, C_UNREADABLE));
	show_rates(page, db_read(request_db(req), &POD_RATES, v_int(rows_int(rows, C_ID))));
	return result_fill(req, page, rows_int(rows, C_ID));
}

static void
show_facts(struct request *req, struct page *page, const struct rows *rows)
{
	const struct audience audience = { rows_text(rows, C_AUDIENCE),
		rows_int(rows, C_AUDIENCE_ID) };

	page_text(page, MARK_RUN_ID, request_param(req, 0));
	page_text(page, MARK_TITLE, rows_text(rows, C_TITLE));
	page_words(page, MARK_STATE,
	    text_printf(request_arena(req), "survey_run.state.%s", rows_text(rows, C_STATE)));
	page_text(page, MARK_PURPOSE, rows_text(rows, C_PURPOSE));
	page_instant(page, MARK_OPENS, rows_instant(rows, C_OPENS));
	page_instant(page, MARK_CLOSES, rows_instant(rows, C_CLOSES));
	page_int(page, MARK_LEAST, rows_int(rows, C_GROUP));
	page_minutes(page, MARK_MINUTES, rows_int(rows, C_MINUTES));
	page_text(page, MARK_SURVEY_ID, rows_id_text(request_arena(req), rows, C_SURVEY_ID));
	page_text(page, MARK_MAKER, rows_text(rows, C_MAKER_NAME));
	page_show(page, text_is(audience.kind, "all")       ? MARK_FOR_ALL
			: text_is(audience.kind, "project") ? MARK_FOR_PROJECT
							    : MARK_FOR_POD);
	page_text(page, MARK_AUDIENCE, audience_name(request_db(req), &audience));
}

static enum status
show_for_staff(struct request *req, const struct rows *rows)
{
	struct page *page = page_open(req, TPL_FEEDBACK_RUN);
	const char *state = rows_text(rows, C_STATE);
	enum status status = OK;

	show_facts(req, page, rows);
	if (text_is(state, "draft"))
		show_step(req, page, MARK_STEP_REVIEW, rows);
	else if (text_is(state, "reviewed"))
		page_show(page, MARK_STEP_WAIT);
	else
		page_int(page_repeat(page, MARK_ASKED_SOME), MARK_INVITED,
		    rows_int(rows, C_INVITED));
	if (text_is(state, "open"))
		show_open(req, page, rows);
	else if (text_is(state, "closing"))
		show_closing(req, page, rows);
	else if (!rows_null(rows, C_CLOSED))
		status = show_closed(req, page, rows);
	return status == OK ? reply_page(req, 200, page) : status;
}

static enum status
show_for_hdm(struct request *req, const struct rows *rows)
{
	struct rows *rates = db_read(request_db(req), &OWN_POD_RATES,
	    v_int(request_caller(req)->person), v_int(rows_int(rows, C_ID)));
	struct page *page;

	if (!rows_count(rates) || rows_null(rows, C_CLOSED))
		return db_absent(request_db(req));
	page = page_open(req, TPL_FEEDBACK_RUN_HDM);
	page_text(page, MARK_TITLE, rows_text(rows, C_TITLE));
	page_instant(page, MARK_CLOSED, rows_instant(rows, C_CLOSED));
	if (!rows_null(rows, C_PUBLISHED))
		page_text(
		    page_repeat(page, MARK_STEP_PUBLISHED), MARK_RUN_ID, request_param(req, 0));
	show_rates(page, rates);
	return reply_page(req, 200, page);
}

/* GET /feedback/api/runs/:id: is it still being closed? Never how many have answered. */
enum status
run_status(struct request *req)
{
	struct rows *rows = read_run(req, request_db(req));

	if (!rows)
		return db_absent(request_db(req));
	struct progress progress = closing_of(rows);
	/* Without its key it waits for a decision, which the page asks for. */
	if (text_is(rows_text(rows, C_STATE), "open") && rows_int(rows, C_GIVE_UP) == 0 &&
	    key_is_lost(req, rows))
		progress.ended = true;
	return progress_reply(req, &progress);
}

/* GET /feedback/staff/runs/:id */
enum status
run_show(struct request *req)
{
	struct rows *rows = read_run(req, request_db(req));

	if (!rows)
		return db_absent(request_db(req));
	if (request_holds(req, ROLE(PEOPLE_OFFICER) | ROLE(HDL)))
		return show_for_staff(req, rows);
	return show_for_hdm(req, rows);
}

/* ---- Steps ---- */

/* The round of the address, and the version that the form was made with (0, which none has,
 * when it sent no number). */
static struct rows *
step_begin(struct request *req, struct db *db, int64_t *ret_version)
{
	if (!text_to_int(form_text(req, VERSION), ret_version))
		*ret_version = 0;
	return read_run(req, db);
}

static enum status
step_end(struct request *req, struct db *db, struct receipt *receipt, const struct rows *rows,
    const char *action)
{
	struct arena *arena = request_arena(req);

	request_audit(req, db, action,
	    text_printf(arena, "survey_run:%lld", (long long)rows_int(rows, C_ID)), NULL);
	receipt->location =
	    text_printf(arena, "/feedback/staff/runs/%s", request_param(req, 0));
	return db_status(db);
}

static enum status
review(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t version;
	struct rows *rows = step_begin(req, db, &version);

	(void)unused_arg;
	if (!rows)
		return db_absent(db);
	const struct audience audience = { rows_text(rows, C_AUDIENCE),
		rows_int(rows, C_AUDIENCE_ID) };
	if (audience_count(db, &audience) < rows_int(rows, C_GROUP)) {
		form_error(req, FORM_WHOLE, "too_few_people", NULL);
		return E_INPUT;
	}
	if (rows_instant(rows, C_CLOSES) <= time_now()) {
		form_error(req, FORM_WHOLE, "too_late", NULL);
		return E_INPUT;
	}
	db_write_one(db, &REVIEW, v_int(request_caller(req)->person),
	    v_int(rows_int(rows, C_ID)), v_int(version));
	return step_end(req, db, receipt, rows, "survey_run.reviewed");
}

static enum status
close_now(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	instant now = time_now();
	int64_t version;
	struct rows *rows = step_begin(req, db, &version);

	(void)unused_arg;
	if (!rows)
		return db_absent(db);
	db_write_one(db, &CLOSE_NOW, v_instant(now), v_int(rows_int(rows, C_ID)),
	    v_int(version), v_instant(now));
	return step_end(req, db, receipt, rows, "survey_run.ended_early");
}

static enum status
give_up(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t version;
	struct rows *rows = step_begin(req, db, &version);

	(void)unused_arg;
	if (!rows)
		return db_absent(db);
	if (!key_is_lost(req, rows))
		return E_CONFLICT;
	db_write_one(
	    db, &GIVE_UP, v_instant(time_now()), v_int(rows_int(rows, C_ID)), v_int(version));
	return step_end(req, db, receipt, rows, "survey_run.given_up");
}

static enum status
publish(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = request_caller(req)->person, version;
	struct rows *rows = step_begin(req, db, &version);

	(void)unused_arg;
	if (!rows)
		return db_absent(db);
	if (rows_int(rows, C_MAKER) == person) {
		form_error(req, FORM_WHOLE, "same_person", NULL);
		return E_INPUT;
	}
	db_write_one(db, &PUBLISH, v_instant(time_now()), v_int(person),
	    v_int(rows_int(rows, C_ID)), v_int(version));
	audience_tell(db, rows_int(rows, C_ID), "feedback.results_out",
	    text_printf(request_arena(req), "/feedback/results/%s", request_param(req, 0)),
	    time_now() + RESULTS_TOLD);
	event_raise(db, "survey.published", 0, rows_int(rows, C_ID), "{}");
	return step_end(req, db, receipt, rows, "survey_run.published");
}

/* POST /feedback/staff/runs/:id/review, /close, /give-up, /publish */
enum status
run_review_submit(struct request *req)
{
	return reply_submit(req, review, NULL);
}

enum status
run_close_submit(struct request *req)
{
	return reply_submit(req, close_now, NULL);
}

enum status
run_give_up_submit(struct request *req)
{
	return reply_submit(req, give_up, NULL);
}

enum status
run_publish_submit(struct request *req)
{
	return reply_submit(req, publish, NULL);
}
