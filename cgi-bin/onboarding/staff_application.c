/*
 * staff_application.c: one application for those who read it: answers, scores, who has it, what
 * comes next. Claiming and giving back; saying that a known address is the same person.
 *
 * Rules (README 20-22): nobody reads their own; legal name, address and access needs are shown
 * to people officers only; a reviewer claims, and only who has claimed decides; a people
 * officer may take over what somebody else has claimed.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

enum {
	VERSION
};
static const struct field CLAIM_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form CLAIM_FORM = { "claim", CLAIM_FIELDS, NULL, false };

static const struct stmt ONE = { APPLICATION_SQL
	"WHERE a.public_id = ? AND a.state <> 'draft' AND NOT (a.person_id <=> ?)" };
static const struct stmt NAME_OF = {
	"SELECT preferred_name FROM keptword_core.person_public WHERE id = ?"
};
static const struct stmt LOOK_AGAIN = {
	"SELECT ground, text, asked_at FROM reevaluation WHERE application_id = ?"
};
static const struct stmt OFFER_OF = { "SELECT o.public_id, j.name, o.state FROM offer o"
				      " JOIN keptword_core.project j ON j.id = o.project_id"
				      " WHERE o.application_id = ? ORDER BY o.id DESC" };
static const struct stmt CLAIM = {
	"UPDATE application SET state = 'in_review', claimed_by = ?, claimed_at = ?,"
	" changed_at = ?, version = version + 1 WHERE id = ? AND version = ?"
	" AND state IN ('interview_done', 'in_review', 'reevaluation')"
};
static const struct stmt RELEASE = {
	"UPDATE application SET claimed_by = NULL, claimed_at = NULL, changed_at = ?,"
	" version = version + 1 WHERE id = ? AND version = ? AND state = 'in_review'"
	" AND claimed_by = ?"
};
static const struct stmt DECIDED_BY = { "SELECT 1 FROM human_review WHERE application_id = ? "
					"AND reviewer_id = ? AND is_final = 1" };
static const struct stmt PERSON_ADD = {
	"CALL keptword_core.person_add(?, ?, ?, ?, ?, NULL, ?, ?)"
};
static const struct stmt SAME_PERSON = {
	"UPDATE application SET person_id = ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND version = ? AND person_id IS NULL"
};

enum status
staff_application(struct request *req, struct application *ret)
{
	struct id id;

	*ret = (struct application){ 0 };
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &ONE, v_bytes(id.b, sizeof id.b),
	    v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	application_take(rows, ret);
	return OK;
}

const char *
staff_place(struct request *req)
{
	return text_printf(request_arena(req), "/onboarding/staff/applications/%s",
	    url_encode(request_arena(req), request_param(req, 0)));
}

static void
show_person(struct request *req, struct page *page, const struct application *application)
{
	const char *needs = application_accommodation(req, application);

	page_text(page, MARK_PREFERRED_NAME, application->preferred_name);
	page_text(
	    page, MARK_DOMAIN, choice_word(req, "apply_work.domain", application->domain));
	page_text(page, MARK_LEVEL, choice_word(req, "apply_work.level", application->level));
	if (application->has_years)
		page_int(page_repeat(page, MARK_HAS_YEARS), MARK_YEARS, application->years);
	show_lines(req, page, MARK_SKILLS, MARK_SKILLS_LINE, application->skills);
	if (application->has_hours)
		page_int(
		    page_repeat(page, MARK_HAS_HOURS), MARK_HOURS, application->hours_wanted);
	page_text(page, MARK_ZONE, application->time_zone);
	page_text(page, MARK_MODE, choice_word(req, "apply_time.mode", application->mode));
	if (!request_holds(req, ROLE(PEOPLE_OFFICER)))
		return;
	struct page *file = page_repeat(page, MARK_RESTRICTED);
	page_text(file, MARK_LEGAL_NAME, application->legal_name);
	page_text(file, MARK_EMAIL, application->email);
	page_text(file, MARK_SOURCE, application->source);
	if (text_empty(needs))
		page_show(file, MARK_NO_NEEDS);
	show_lines(req, file, MARK_NEEDS, MARK_NEEDS_LINE, needs);
}

/* A form that is only a button: its tokens, the version it was made for, the page's id. */
static void
show_button(struct request *req, struct page *page, enum mark section,
    const struct application *application)
{
	struct page *button = page_repeat(page, section);

	page_tokens(button);
	page_id(button, MARK_VERSION, application->version);
	page_text(button, MARK_APPLICATION_ID, request_param(req, 0));
}

/* Who has it, and what the caller may do next. */
static void
show_next(struct request *req, struct page *page, const struct application *application,
    bool own_scores)
{
	int64_t caller = request_caller(req)->person;
	bool in_review = application_is(application, "in_review");
	bool mine = in_review && application->claimed_by == caller;
	bool decided_before =
	    db_int(request_db(req), &DECIDED_BY, 0, v_int(application->id), v_int(caller));

	if (in_review && application->claimed_by) {
		struct rows *rows =
		    db_read(request_db(req), &NAME_OF, v_int(application->claimed_by));
		struct page *claimed = page_repeat(page, mine ? MARK_MINE : MARK_CLAIMED);

		page_text(claimed, MARK_WHO, rows_next(rows) ? rows_text(rows, 0) : "");
		page_instant(claimed, MARK_AT, application->claimed_at);
	}
	if (decided_before && (in_review || application_is(application, "reevaluation"))) {
		page_show(page, MARK_DECIDED_BEFORE);
		return;
	}
	if (application_is(application, "interview_done") ||
	    application_is(application, "reevaluation") ||
	    (in_review && !application->claimed_by))
		show_button(req, page, MARK_MAY_CLAIM, application);
	else if (in_review && !mine && request_holds(req, ROLE(PEOPLE_OFFICER)))
		show_button(req, page, MARK_MAY_TAKE_OVER, application);
	if (in_review && !own_scores)
		page_show(page, MARK_MAY_SCORE);
	if (mine && own_scores)
		page_show(page, MARK_MAY_DECIDE);
	if (mine)
		show_button(req, page, MARK_MAY_RELEASE, application);
}

static void
show_offers(struct request *req, struct page *page, const struct application *application)
{
	struct rows *rows;
	bool open = false;

	if (!request_holds(req, ROLE(PEOPLE_OFFICER)))
		return;
	rows = db_read(request_db(req), &OFFER_OF, v_int(application->id));
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_OFFER);

		page_text(line, MARK_OFFER_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_PROJECT, rows_text(rows, 1));
		offer_show_state(line, rows_text(rows, 2));
		if (text_is(rows_text(rows, 2), "draft") ||
		    text_is(rows_text(rows, 2), "sent") ||
		    text_is(rows_text(rows, 2), "viewed") ||
		    text_is(rows_text(rows, 2), "signed"))
			open = true;
	}
	if (!application_is(application, "certified") || open)
		return;
	if (application->person)
		page_show(page, MARK_MAY_OFFER);
	else
		show_button(req, page, MARK_ADDRESS_KNOWN, application);
}

enum status
staff_application_show(struct request *req)
{
	struct application application;
	struct interview interview;
	enum status status = staff_application(req, &application);

	if (status != OK)
		return status;
	struct page *page = page_open(req, TPL_ONBOARDING_STAFF_APPLICATION);
	page_text(page, MARK_APPLICATION_ID, request_param(req, 0));
	show_person(req, page, &application);
	application_show_state(page, application.state);
	page_instant(page, MARK_SINCE, application.submitted_at);
	if (application.due_at && application.waiting_since && !application.decided_at)
		page_instant(page_repeat(page, MARK_DUE), MARK_DUE_AT, application.due_at);
	struct rows *rows = db_read(request_db(req), &LOOK_AGAIN, v_int(application.id));
	if (rows_next(rows)) {
		struct page *again = page_repeat(page, MARK_LOOK_AGAIN);

		page_text(again, MARK_GROUND,
		    choice_word(req, "look_again.ground", rows_text(rows, 0)));
		show_lines(req, again, MARK_PARAGRAPH, MARK_TEXT, rows_text(rows, 1));
		page_instant(again, MARK_AT, rows_instant(rows, 2));
	}
	status = interview_load(req, application.id, &interview);
	if (status == OK && text_is(interview.state, "submitted"))
		interview_show(req, page, &interview, false);
	else if (status == OK || status == E_ABSENT)
		page_show(page, MARK_NO_INTERVIEW);
	else
		return status;
	show_next(req, page, &application, review_show(req, page, &application));
	show_offers(req, page, &application);
	return reply_page(req, 200, page);
}

/* ---- What the buttons change ---- */

static enum status
claim(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct application application;
	int64_t caller = request_caller(req)->person, version = 0;
	enum status status = staff_application(req, &application);
	struct value now = v_instant(time_now());

	(void)unused_arg;
	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	if (application.claimed_by && application.claimed_by != caller &&
	    application_is(&application, "in_review") &&
	    !request_holds(req, ROLE(PEOPLE_OFFICER)))
		return E_CONFLICT;
	if (db_int(db, &DECIDED_BY, 0, v_int(application.id), v_int(caller)))
		return E_DENIED;
	db_write_one(
	    db, &CLAIM, v_int(caller), now, now, v_int(application.id), v_int(version));
	request_audit(
	    req, db, "application.claimed", application_object(req, application.id), NULL);
	receipt->location = staff_place(req);
	return OK;
}

enum status
staff_claim(struct request *req)
{
	return reply_submit(req, claim, NULL);
}

static enum status
give_back(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct application application;
	int64_t version = 0;
	enum status status = staff_application(req, &application);

	(void)unused_arg;
	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &RELEASE, v_instant(time_now()), v_int(application.id), v_int(version),
	    v_int(request_caller(req)->person));
	request_audit(
	    req, db, "application.released", application_object(req, application.id), NULL);
	receipt->location = staff_place(req);
	return OK;
}

enum status
staff_release(struct request *req)
{
	return reply_submit(req, give_back, NULL);
}

/* The address was known; a people officer has made sure that it is the same person. */
static enum status
same_person(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct application application;
	struct id id = id_new();
	int64_t version = 0;
	instant now = time_now();
	enum status status = staff_application(req, &application);

	(void)unused_arg;
	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	struct rows *rows =
	    db_read(db, &PERSON_ADD, v_bytes(id.b, sizeof id.b), v_text(application.legal_name),
		v_text(application.preferred_name), v_text(application.email),
		v_text(application.time_zone), v_text(application.locale), v_instant(now));
	if (!rows_next(rows))
		return db_status(db);
	if (rows_int(rows, 0) == request_caller(req)->person)
		return E_DENIED;
	db_write_one(db, &SAME_PERSON, v_int(rows_int(rows, 0)), v_instant(now),
	    v_int(application.id), v_int(version));
	request_audit(
	    req, db, "application.same_person", application_object(req, application.id), NULL);
	receipt->location = staff_place(req);
	return OK;
}

enum status
staff_same_person(struct request *req)
{
	return reply_submit(req, same_person, NULL);
}
