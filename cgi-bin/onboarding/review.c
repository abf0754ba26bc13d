/*
 * review.c: a person scores an application on the rubric and decides it with a letter. There is
 * no other way to a decision: the application's state is bound to a review by keys of the
 * schema, the review to scores of the same person.
 *
 * Rules (README 22-25): each criterion has a score from 1 to 5 and a reason; scores of others
 * are hidden until the own ones are in; who is not selected is told a reason code, strengths
 * and gaps; the second look is somebody else's.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "web/words.h"

#define CRITERIA_MAX 20

enum {
	OUTCOME,
	REASON,
	STRENGTHS,
	GAPS,
	LETTER,
	MINUTES,
	VERSION
};
static const struct choice OUTCOMES[] = { { "certified", NULL }, { "not_selected", NULL },
	{ 0 } };
static const struct choice REASONS[] = { { "requirement_missing", NULL },
	{ "score_below_bar", NULL }, { "id_failed", NULL }, { "capacity_full", NULL },
	{ "eligibility_country", NULL }, { "integrity_confirmed_by_human", NULL }, { 0 } };
static const struct field DECIDE_FIELDS[] = {
	[OUTCOME] = { "outcome", FIELD_CHOICE, .choices = OUTCOMES },
	[REASON] = { "reason", FIELD_SELECT, .choices = REASONS, .optional = true },
	[STRENGTHS] = { "strengths", FIELD_LINES, .max = 4000 },
	[GAPS] = { "gaps", FIELD_LINES, .max = 4000, .optional = true },
	[LETTER] = { "letter", FIELD_LINES, .min = 40, .max = 8000 },
	[MINUTES] = { "minutes", FIELD_INT, .min = 1, .max = 600, .optional = true },
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form DECIDE_FORM = { "decide", DECIDE_FIELDS, decide_show, false };

static const struct choice SCORES[] = { { "1", "1" }, { "2", "2" }, { "3", "3" }, { "4", "4" },
	{ "5", "5" }, { 0 } };

static const struct stmt CRITERIA = {
	"SELECT id, title, about FROM rubric_criterion WHERE to_at IS NULL"
	" ORDER BY place, id LIMIT 20"
};
static const struct stmt OWN = {
	"SELECT id FROM assessment WHERE application_id = ? AND reviewer_id = ?"
};
static const struct stmt ASSESSMENTS = {
	"SELECT s.id, s.reviewer_id, p.preferred_name, s.created_at FROM assessment s"
	" LEFT JOIN keptword_core.person_public p ON p.id = s.reviewer_id"
	" WHERE s.application_id = ? ORDER BY s.created_at, s.id"
};
static const struct stmt SCORES_OF = {
	"SELECT c.title, x.score, x.reason FROM assessment_score x"
	" JOIN rubric_criterion c ON c.id = x.criterion_id WHERE x.assessment_id = ?"
	" ORDER BY c.place, c.id"
};
static const struct stmt LETTERS = {
	"SELECT letter, reviewer_name, created_at, outcome, reviewer_id FROM human_review"
	" WHERE application_id = ? ORDER BY created_at, id"
};
static const struct stmt ASSESS = {
	"INSERT INTO assessment (application_id, interview_id, reviewer_id, created_at)"
	" SELECT a.id, (SELECT MAX(i.id) FROM interview i WHERE i.application_id = a.id), ?, ?"
	" FROM application a WHERE a.id = ? AND a.state = 'in_review'"
};
static const struct stmt SCORE_ADD = {
	"INSERT INTO assessment_score (assessment_id, criterion_id, score, reason)"
	" VALUES (?, ?, ?, ?)"
};
static const struct stmt REVIEW_ADD = {
	"INSERT INTO human_review (public_id, application_id, interview_id, assessment_id,"
	" reviewer_id, reviewer_name, outcome, reason_code, strengths, gaps, letter,"
	" minutes_spent, created_at)"
	" SELECT ?, s.application_id, s.interview_id, s.id, s.reviewer_id, ?, ?, ?, ?, ?, ?, "
	"?, ?"
	" FROM assessment s WHERE s.id = ?"
};
static const struct stmt DECIDE = {
	"UPDATE application SET decided_review_id = ?, decided_at = ?, due_at = NULL, state = "
	"?,"
	" changed_at = ?, version = version + 1"
	" WHERE id = ? AND version = ? AND state = 'in_review' AND claimed_by = ?"
};
static const struct stmt ASKED_AGAIN = {
	"SELECT 1 FROM reevaluation WHERE application_id = ?"
};

int64_t
review_own(struct request *req, struct db *db, int64_t application)
{
	return db_int(db, &OWN, 0, v_int(application), v_int(request_caller(req)->person));
}

/* ---- Showing ---- */

static void
show_scores(struct request *req, struct page *section, int64_t assessment)
{
	struct rows *rows = db_read(request_db(req), &SCORES_OF, v_int(assessment));

	while (rows_next(rows)) {
		struct page *line = page_repeat(section, MARK_SCORE);

		page_text(line, MARK_CRITERION, rows_text(rows, 0));
		page_int(line, MARK_N, rows_int(rows, 1));
		page_text(line, MARK_REASON, rows_text(rows, 2));
	}
}

bool
review_show(struct request *req, struct page *page, const struct application *application)
{
	int64_t caller = request_caller(req)->person;
	bool own = review_own(req, request_db(req), application->id) != 0;
	/* When it is decided for good, there is nothing left that seeing could bend. */
	bool open = own || application_is(application, "certified") ||
		    application_is(application, "upheld");
	size_t hidden = 0;
	struct rows *rows = db_read(request_db(req), &ASSESSMENTS, v_int(application->id));

	while (rows_next(rows)) {
		if (!open && rows_int(rows, 1) != caller) {
			hidden++;
			continue;
		}
		struct page *section = page_repeat(page, MARK_ASSESSMENT);
		page_text(section, MARK_WHO, rows_text(rows, 2));
		page_instant(section, MARK_AT, rows_instant(rows, 3));
		show_scores(req, section, rows_int(rows, 0));
	}
	if (hidden)
		page_int(page_repeat(page, MARK_HIDDEN_SCORES), MARK_N, (int64_t)hidden);
	rows = db_read(request_db(req), &LETTERS, v_int(application->id));
	while (open && rows_next(rows)) {
		struct page *letter = page_repeat(page, MARK_LETTER);

		show_lines(req, letter, MARK_PARAGRAPH, MARK_TEXT, rows_text(rows, 0));
		page_text(letter, MARK_WHO, rows_text(rows, 1));
		page_instant(letter, MARK_AT, rows_instant(rows, 2));
	}
	return own;
}

/* ---- Scoring ---- */

/* Two fields for each criterion: the score, the reason. NULL when the caller cannot score here.
 */
const struct form *
score_form(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct application application;
	unsigned n = 0;

	if (staff_application(req, &application) != OK)
		return NULL;
	struct rows *rows = db_read(request_db(req), &CRITERIA);
	struct field *fields = arena_array_of(arena, struct field, 2 * CRITERIA_MAX + 1);
	for (; n < 2 * CRITERIA_MAX && rows_next(rows); n += 2) {
		long long id = (long long)rows_int(rows, 0);

		fields[n] = (struct field){ text_printf(arena, "score%lld", id), FIELD_CHOICE,
			.choices = SCORES, .label = rows_text(rows, 1),
			.hint = rows_text(rows, 2) };
		fields[n + 1] = (struct field){ text_printf(arena, "reason%lld", id),
			FIELD_LINES, .max = 1000,
			.label = words_say(arena, request_caller(req)->locale, "score.why",
			    { "criterion", rows_text(rows, 1) }) };
	}
	struct form *form = arena_new_of(arena, struct form);
	*form = (struct form){ "score", fields, score_show, false };
	return form;
}

enum status
score_show(struct request *req)
{
	struct application application;
	struct interview interview;
	enum status status = staff_application(req, &application);

	if (status != OK)
		return status;
	if (!application_is(&application, "in_review") ||
	    review_own(req, request_db(req), application.id))
		return reply_redirect(req, staff_place(req));
	struct page *page = page_open(req, TPL_ONBOARDING_SCORE);
	page_text(page, MARK_APPLICATION_ID, request_param(req, 0));
	page_text(page, MARK_PREFERRED_NAME, application.preferred_name);
	if (interview_load(req, application.id, &interview) == OK)
		interview_show(req, page, &interview, false);
	return reply_page(req, 200, page);
}

static enum status
score(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;

	db_write_one(db, &ASSESS, v_int(request_caller(req)->person), v_instant(time_now()),
	    v_int(application->id));
	int64_t assessment = db_last_id(db), points = 0;
	struct rows *rows = db_read(db, &CRITERIA);
	for (unsigned n = 0; rows_next(rows); n += 2) {
		if (!text_to_int(form_text(req, n), &points))
			return E_FAULT;
		db_write(db, &SCORE_ADD, v_int(assessment), v_int(rows_int(rows, 0)),
		    v_int(points), v_text(form_text(req, n + 1)));
	}
	request_audit(
	    req, db, "application.scored", application_object(req, application->id), NULL);
	receipt->location = staff_place(req);
	return OK;
}

enum status
score_save(struct request *req)
{
	struct application application;
	enum status status = staff_application(req, &application);

	return status == OK ? reply_submit(req, score, &application) : status;
}

/* ---- Deciding ---- */

/* May the caller decide it: claimed by them, scored by them. */
static bool
may_decide(struct request *req, const struct application *application)
{
	return application_is(application, "in_review") &&
	       application->claimed_by == request_caller(req)->person &&
	       review_own(req, request_db(req), application->id);
}

enum status
decide_show(struct request *req)
{
	struct application application;
	enum status status = staff_application(req, &application);

	if (status != OK)
		return status;
	if (!may_decide(req, &application))
		return reply_redirect(req, staff_place(req));
	form_set_int(req, VERSION, application.version);
	struct page *page = page_open(req, TPL_ONBOARDING_DECIDE);
	page_text(page, MARK_APPLICATION_ID, request_param(req, 0));
	page_text(page, MARK_PREFERRED_NAME, application.preferred_name);
	review_show(req, page, &application);
	return reply_page(req, 200, page);
}

static struct value
reason_of(struct request *req)
{
	return text_is(form_text(req, OUTCOME), "not_selected") ? v_text(form_text(req, REASON))
								: v_null();
}

/* The application's new state: of a second look that comes to the same end, "upheld". */
static const char *
state_after(struct request *req, struct db *db, int64_t application)
{
	if (text_is(form_text(req, OUTCOME), "certified"))
		return "certified";
	return db_int(db, &ASKED_AGAIN, 0, v_int(application)) ? "upheld" : "not_selected";
}

static enum status
decide_once(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;
	struct id id = id_new();
	instant now = time_now();
	int64_t version = 0;
	const char *outcome = form_text(req, OUTCOME);

	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &REVIEW_ADD, v_bytes(id.b, sizeof id.b),
	    v_text(request_caller(req)->name), v_text(outcome), reason_of(req),
	    v_text(form_text(req, STRENGTHS)), v_text(form_text(req, GAPS)),
	    v_text(form_text(req, LETTER)),
	    text_empty(form_text(req, MINUTES)) ? v_null() : v_int(form_int(req, MINUTES)),
	    v_instant(now), v_int(review_own(req, db, application->id)));
	int64_t review = db_last_id(db);
	db_write_one(db, &DECIDE, v_int(review), v_instant(now),
	    v_text(state_after(req, db, application->id)), v_instant(now),
	    v_int(application->id), v_int(version), v_int(request_caller(req)->person));
	tell(db, "onboarding.decided", application->person, "/apply/status", review);
	request_audit(req, db, "application.decided", application_object(req, application->id),
	    text_printf(request_arena(req), "%s %s", outcome, form_text(req, REASON)));
	receipt->location = staff_place(req);
	return OK;
}

enum status
decide(struct request *req)
{
	struct application application;
	bool selected = text_is(form_text(req, OUTCOME), "certified");
	enum status status = staff_application(req, &application);

	if (status != OK)
		return status;
	if (!selected && text_empty(form_text(req, REASON)))
		form_error(req, REASON, "needed", NULL);
	if (!selected && text_empty(form_text(req, GAPS)))
		form_error(req, GAPS, "needed", NULL);
	if (form_failed(req))
		return decide_show(req);
	return reply_submit(req, decide_once, &application);
}
