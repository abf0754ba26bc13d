/*
 * apply_check.c: the list of pages with what is done, the answers before they are sent, and the
 * sending: from then on the person exists in core and the interview is open.
 *
 * Rules (README 3, 6): an address that somebody has already is not refused and not told (nobody
 * learns who has an account); the application then belongs to no account until a people officer
 * has made sure that it is the same person.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"

const struct form CHECK_FORM = { "apply_check", (const struct field[]){ { 0 } },
	apply_check_show, false };

static const struct stmt SUBMIT = {
	"UPDATE application SET state = 'interview_open', submitted_at = ?, person_id = ?,"
	" changed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'draft' AND version = ?"
};
static const struct stmt PERSON_ADD = {
	"CALL keptword_core.person_add(?, ?, ?, ?, ?, NULL, ?, ?)"
};
static const struct stmt APPLICANT = {
	"CALL keptword_core.role_grant(?, 'applicant', NULL, ?)"
};

/* Done, also under the newest version of the notice. */
static int64_t
pages_done(const struct application *application)
{
	int64_t done = application->pages_done & PAGES_ALL;

	if (!text_is(application->ai_notice, AI_NOTICE))
		done &= ~(1 << PAGE_CONSENT);
	return done;
}

enum status
apply_tasks_show(struct request *req)
{
	static const enum mark TOPICS[PAGE_MAX] = { MARK_ABOUT, MARK_WORK, MARK_TIME,
		MARK_CONSENT };
	struct application application;
	enum status reply;
	int done = 0;

	if (!application_draft(req, &application, &reply))
		return reply;
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_TASKS);
	for (int i = 0; i < PAGE_MAX; i++) {
		struct page *line = page_repeat(page, MARK_TASK);
		bool is_done = pages_done(&application) & (1 << i);

		page_show(line, TOPICS[i]);
		page_text(line, MARK_PAGE, APPLY_PAGES[i]);
		page_show(line, is_done ? MARK_DONE : MARK_OPEN_TASK);
		done += is_done;
	}
	page_int(page, MARK_N, done);
	page_int(page, MARK_OF, PAGE_MAX);
	page_id(page, MARK_DONE_N, done);
	page_id(page, MARK_TOTAL_N, PAGE_MAX);
	if (done == PAGE_MAX)
		page_show(page, MARK_READY);
	return reply_page(req, 200, page);
}

/* What stands, in the words of the form. */
static void
show_answers(struct request *req, struct page *page, const struct application *application)
{
	page_text(page, MARK_LEGAL_NAME, application->legal_name);
	page_text(page, MARK_PREFERRED_NAME, application->preferred_name);
	page_text(page, MARK_EMAIL, application->email);
	page_text(
	    page, MARK_DOMAIN, choice_word(req, "apply_work.domain", application->domain));
	page_text(page, MARK_LEVEL, choice_word(req, "apply_work.level", application->level));
	if (application->has_years)
		page_int(page_repeat(page, MARK_HAS_YEARS), MARK_YEARS, application->years);
	show_lines(req, page, MARK_SKILLS, MARK_SKILLS_LINE, application->skills);
	page_text(page, MARK_ZONE, application->time_zone);
	if (application->has_hours)
		page_int(
		    page_repeat(page, MARK_HAS_HOURS), MARK_HOURS, application->hours_wanted);
	page_text(page, MARK_MODE, choice_word(req, "apply_time.mode", application->mode));
	const char *needs = application_accommodation(req, application);
	if (text_empty(needs))
		page_show(page, MARK_NO_NEEDS);
	show_lines(req, page, MARK_NEEDS, MARK_NEEDS_LINE, needs);
	page_text(page, MARK_SOURCE, application->source);
	if (text_is(application->ai_notice, AI_NOTICE))
		page_instant(
		    page_repeat(page, MARK_AGREED), MARK_AGREED_AT, application->ai_notice_at);
	else
		page_show(page, MARK_NOT_AGREED);
}

enum status
apply_check_show(struct request *req)
{
	struct application application;
	enum status reply;

	if (!application_draft(req, &application, &reply))
		return reply;
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_CHECK);
	show_answers(req, page, &application);
	page_show(page, pages_done(&application) == PAGES_ALL ? MARK_READY : MARK_NOT_READY);
	return reply_page(req, 200, page);
}

/* The person behind the application: the signed-in one, or a new one. 0 when the address
 * belongs to somebody already. */
static int64_t
person_of(
    struct request *req, struct db *db, const struct application *application, instant now)
{
	struct id id = id_new();

	if (application->person)
		return application->person;
	struct rows *rows = db_read(db, &PERSON_ADD, v_bytes(id.b, sizeof id.b),
	    v_text(application->legal_name), v_text(application->preferred_name),
	    v_text(application->email), v_text(application->time_zone),
	    v_text(request_caller(req)->locale), v_instant(now));
	if (!rows_next(rows))
		return 0;
	if (!rows_int(rows, 1)) {
		request_audit(req, db, "application.address_known",
		    application_object(req, application->id), NULL);
		return 0;
	}
	return rows_int(rows, 0);
}

static enum status
submit(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;
	instant now = time_now();
	int64_t person = person_of(req, db, application, now);

	db_write_one(db, &SUBMIT, v_instant(now), person ? v_int(person) : v_null(),
	    v_instant(now), v_int(application->id), v_int(application->version));
	if (person)
		db_write(db, &APPLICANT, v_int(person), v_instant(now));
	enum status status = interview_open(db, application->id, now);
	request_audit(
	    req, db, "application.submitted", application_object(req, application->id), NULL);
	receipt->location = "/apply/interview?sent=1";
	return status;
}

enum status
apply_check_send(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	if (application_is(&application, "draft") && pages_done(&application) != PAGES_ALL) {
		form_error(req, FORM_WHOLE, "incomplete", NULL);
		return apply_check_show(req);
	}
	/* Sent before, by the same form: the submission knows, and answers the same again. */
	return reply_submit(req, submit, &application);
}
