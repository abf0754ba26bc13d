/*
 * status.c: what became of an application: where it stands, who has it, by when there is an
 * answer, the letter, the offer; asking for another look; withdrawing.
 *
 * Rules (README 10-13): every decision has a letter with a name under it; who is not selected
 * may ask once for another look, which somebody else takes within 14 days; whoever applied may
 * withdraw at any time before signing.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

enum {
	GROUND,
	WORDS
};
static const struct choice GROUNDS[] = { { "error", NULL }, { "bias", NULL },
	{ "technical", NULL }, { 0 } };
static const struct field LOOK_AGAIN_FIELDS[] = {
	[GROUND] = { "ground", FIELD_CHOICE, .choices = GROUNDS },
	[WORDS] = { "words", FIELD_LINES, .max = 4000 },
	{ 0 },
};
const struct form LOOK_AGAIN_FORM = { "look_again", LOOK_AGAIN_FIELDS, look_again_show, false };

enum {
	SURE
};
static const struct field WITHDRAW_FIELDS[] = { [SURE] = { "sure", FIELD_TICK }, { 0 } };
const struct form WITHDRAW_FORM = { "withdraw", WITHDRAW_FIELDS, withdraw_show, false };

static const struct stmt LETTERS = {
	"SELECT r.letter, r.strengths, r.gaps, r.reviewer_name, r.created_at, r.outcome,"
	" COALESCE(r.reason_code, ''), r.id"
	" FROM human_review r WHERE r.application_id = ? ORDER BY r.created_at DESC, r.id DESC"
};
static const struct stmt ASKED_AGAIN = {
	"SELECT asked_at FROM reevaluation WHERE application_id = ?"
};
static const struct stmt OFFER_OF = {
	"SELECT o.state, o.expires_at, o.declined_at, j.name FROM offer o"
	" JOIN keptword_core.project j ON j.id = o.project_id"
	" WHERE o.application_id = ? AND o.sent_at IS NOT NULL ORDER BY o.id DESC LIMIT 1"
};
static const struct stmt ASK = {
	"INSERT INTO reevaluation (application_id, ground, text, review_id, asked_at)"
	" SELECT id, ?, ?, decided_review_id, ? FROM application"
	" WHERE id = ? AND state = 'not_selected' AND version = ?"
};
static const struct stmt REOPEN = {
	"UPDATE application SET state = 'reevaluation', claimed_by = NULL, claimed_at = NULL,"
	" waiting_since = ?, due_at = ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'not_selected' AND version = ?"
};
static const struct stmt WITHDRAW = {
	"UPDATE application SET state = 'withdrawn', due_at = NULL, changed_at = ?,"
	" version = version + 1 WHERE id = ? AND version = ? AND state <> 'withdrawn'"
	" AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.application_id = application.id"
	"  AND o.state = 'signed')"
};
static const struct stmt OFFERS_END = {
	"UPDATE offer SET state = 'withdrawn', version = version + 1"
	" WHERE application_id = ? AND state IN ('draft', 'sent', 'viewed')"
};

static const struct code_mark STATES[] = {
	{ "submitted", MARK_IS_INTERVIEW_OPEN },
	{ "interview_open", MARK_IS_INTERVIEW_OPEN },
	{ "interview_done", MARK_IS_WAITING },
	{ "in_review", MARK_IS_IN_REVIEW },
	{ "info_requested", MARK_IS_IN_REVIEW },
	{ "certified_pending_id", MARK_IS_CERTIFIED },
	{ "certified", MARK_IS_CERTIFIED },
	{ "not_selected", MARK_IS_NOT_SELECTED },
	{ "reevaluation", MARK_IS_LOOK_AGAIN },
	{ "upheld", MARK_IS_UPHELD },
	{ "withdrawn", MARK_IS_WITHDRAWN },
	{ 0 },
};

void
application_show_state(struct page *page, const char *state)
{
	page_code(page, STATES, state);
}

/* One line of what has happened, with its instant. */
static struct page *
step(struct page *page, enum mark words, instant at)
{
	struct page *line = page_repeat(page, MARK_STEP);

	page_show(line, words);
	page_instant(line, MARK_AT, at);
	return line;
}

static void
show_letters(struct request *req, struct page *page, const struct application *application)
{
	struct rows *rows = db_read(request_db(req), &LETTERS, v_int(application->id));

	while (rows_next(rows)) {
		struct page *letter = page_repeat(page, MARK_LETTER);

		show_lines(req, letter, MARK_PARAGRAPH, MARK_TEXT, rows_text(rows, 0));
		show_lines(req, letter, MARK_STRENGTHS, MARK_TEXT, rows_text(rows, 1));
		if (!text_empty(rows_text(rows, 2)))
			show_lines(req, page_repeat(letter, MARK_HAS_GAPS), MARK_GAPS,
			    MARK_TEXT, rows_text(rows, 2));
		page_text(letter, MARK_WHO, rows_text(rows, 3));
		page_instant(letter, MARK_AT, rows_instant(rows, 4));
		if (!text_empty(rows_text(rows, 6)))
			page_text(page_repeat(letter, MARK_HAS_REASON), MARK_REASON,
			    choice_word(req, "decide.reason", rows_text(rows, 6)));
	}
}

static void
show_steps(struct request *req, struct page *page, const struct application *application)
{
	struct interview interview;
	struct rows *rows;

	if (application->submitted_at)
		step(page, MARK_STEP_SENT, application->submitted_at);
	if (interview_load(req, application->id, &interview) == OK && interview.submitted_at)
		step(page, MARK_STEP_INTERVIEW, interview.submitted_at);
	if (application->claimed_at)
		step(page, MARK_STEP_READING, application->claimed_at);
	if (application->decided_at)
		step(page, MARK_STEP_DECIDED, application->decided_at);
	rows = db_read(request_db(req), &ASKED_AGAIN, v_int(application->id));
	if (rows_next(rows))
		step(page, MARK_STEP_LOOK_AGAIN, rows_instant(rows, 0));
	else if (application_is(application, "not_selected"))
		page_show(page, MARK_MAY_ASK);
}

/* The offer, as what can be done with it now. */
static void
show_offer(struct request *req, struct page *page, const struct application *application)
{
	struct rows *rows = db_read(request_db(req), &OFFER_OF, v_int(application->id));
	instant now = time_now();

	if (!rows_next(rows)) {
		if (application_is(application, "certified"))
			page_show(page, MARK_OFFER_COMES);
		return;
	}
	const char *state = rows_text(rows, 0);
	struct page *offer = page_repeat(page, MARK_OFFER);
	page_text(offer, MARK_PROJECT, rows_text(rows, 3));
	if (rule_offer_open(state, rows_instant(rows, 1), now))
		page_instant(
		    page_repeat(offer, MARK_OFFER_OPEN), MARK_UNTIL, rows_instant(rows, 1));
	else if (text_is(state, "signed"))
		page_show(offer, MARK_OFFER_SIGNED);
	else if (rule_may_undo(state, rows_instant(rows, 2), now))
		page_instant(page_repeat(offer, MARK_OFFER_DECLINED), MARK_UNTIL,
		    rows_instant(rows, 2) + UNDO_WITHIN);
	else
		page_show(offer, MARK_OFFER_OVER);
	if (!text_is(state, "signed"))
		page_show(page, MARK_MAY_WITHDRAW);
}

enum status
status_show(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	if (application_is(&application, "draft"))
		return reply_redirect(req, "/apply/tasks");
	struct page *page = page_open(req, TPL_ONBOARDING_STATUS);
	if (text_is(request_query(req, "sent"), "1"))
		page_text(page_repeat(page, MARK_SENT), MARK_NAME, application.preferred_name);
	page_text(page, MARK_NAME, application.preferred_name);
	application_show_state(page, application.state);
	if (application.due_at && (application_is(&application, "interview_done") ||
				      application_is(&application, "in_review") ||
				      application_is(&application, "reevaluation"))) {
		struct page *due = page_repeat(page, MARK_DUE);
		page_instant(due, MARK_DUE_AT, application.due_at);
		if (application.due_at < time_now())
			page_show(due, MARK_LATE);
	}
	show_steps(req, page, &application);
	show_letters(req, page, &application);
	show_offer(req, page, &application);
	if (!application_is(&application, "withdrawn") &&
	    !application_is(&application, "certified"))
		page_show(page, MARK_MAY_WITHDRAW);
	if (request_cookie(req, CODE_COOKIE))
		page_tokens(page_repeat(page, MARK_HERE));
	page_tokens(page_repeat(page, MARK_RENEW));
	return reply_page(req, 200, page);
}

/* ---- Asking for another look ---- */

enum status
look_again_show(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	if (!application_is(&application, "not_selected"))
		return reply_redirect(req, application_place(&application));
	return reply_page(req, 200, page_open(req, TPL_ONBOARDING_LOOK_AGAIN));
}

static enum status
look_again(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;
	instant now = time_now();
	struct value id = v_int(application->id), version = v_int(application->version);

	db_write_one(db, &ASK, v_text(form_text(req, GROUND)), v_text(form_text(req, WORDS)),
	    v_instant(now), id, version);
	db_write_one(db, &REOPEN, v_instant(now), v_instant(now + LOOK_AGAIN_WITHIN),
	    v_instant(now), id, version);
	request_audit(req, db, "application.look_again",
	    application_object(req, application->id), form_text(req, GROUND));
	receipt->location = "/apply/status";
	return OK;
}

enum status
look_again_send(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	return reply_submit(req, look_again, &application);
}

/* ---- Withdrawing ---- */

enum status
withdraw_show(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	if (application_is(&application, "withdrawn"))
		return reply_redirect(req, "/apply/status");
	return reply_page(req, 200, page_open(req, TPL_ONBOARDING_WITHDRAW));
}

static enum status
withdraw(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;

	db_write_one(db, &WITHDRAW, v_instant(time_now()), v_int(application->id),
	    v_int(application->version));
	db_write(db, &OFFERS_END, v_int(application->id));
	request_audit(
	    req, db, "application.withdrawn", application_object(req, application->id), NULL);
	receipt->location = "/apply/status";
	return OK;
}

enum status
withdraw_send(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	return reply_submit(req, withdraw, &application);
}
