/*
 * interview_page.c: the interview as the applicant writes it: open at any hour, one group of
 * questions a page, each page kept when it is saved, nothing timed.
 *
 * Rules (README 7-9): the questions are those of the version that stood when the application
 * was sent; a lost connection costs at most the page that was being written; with the last page
 * sent the promise to answer within five days begins.
 */
#include "base/text.h"
#include "data/notice.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"
#include "web/questionnaire_form.h"

const struct form INTERVIEW_SEND_FORM = { "interview_send", (const struct field[]){ { 0 } },
	interview_check_show, false };

static const struct stmt DONE = {
	"UPDATE application SET state = 'interview_done', waiting_since = ?, due_at = ?,"
	" changed_at = ?, version = version + 1 WHERE id = ? AND state = 'interview_open'"
};

/* ---- Whose interview ---- */

/* Application and interview while it is open; else the reply that leads on. */
static bool
open_of(struct request *req, struct application *application, struct interview *interview,
    enum status *ret_reply)
{
	enum status status = application_mine(req, application);

	if (status != OK) {
		*ret_reply = application_lost(req, status);
		return false;
	}
	if (!application_is(application, "interview_open")) {
		*ret_reply = reply_redirect(req, application_place(application));
		return false;
	}
	status = interview_load(req, application->id, interview);
	if (status != OK)
		*ret_reply = status == E_ABSENT ? E_FAULT : status;
	return status == OK;
}

/* A form for somebody whose code is not known here (any more): its page asks for the code. */
static enum status
lost_show(struct request *req)
{
	return application_lost(req, E_ABSENT);
}

static const struct form LOST_FORM = { "interview_send", (const struct field[]){ { 0 } },
	lost_show, false };

static size_t
page_of_path(struct request *req, const struct questionnaire *q)
{
	int64_t n = 0;

	if (!text_to_int(request_param(req, 0), &n) || n < 1 || n > (int64_t)q->n_pages)
		return q->n_pages;
	return (size_t)n - 1;
}

/* Made once per request: the handler finds the interview through the form's answers. */
struct asked {
	struct application application;
	struct interview interview;
};

const struct form *
interview_form(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct asked *asked = arena_new_of(arena, struct asked);
	bool later = text_is(request_query(req, "later"), "1");
	int64_t n = 0;

	if (!text_to_int(request_param(req, 0), &n))
		return NULL;
	enum status status = application_mine(req, &asked->application);
	if (status == E_ABSENT ||
	    (status == OK && !application_is(&asked->application, "interview_open")))
		return &LOST_FORM;
	if (status == OK)
		status = interview_load(req, asked->application.id, &asked->interview);
	if (status != OK)
		return NULL;
	const struct questionnaire *q = asked->interview.q;
	size_t page = page_of_path(req, q);
	if (page == q->n_pages)
		return NULL;
	return questionnaire_form(arena, q, &asked->interview.answers, page,
	    questionnaire_language(q, request_caller(req)->locale),
	    later && request_method(req) == METHOD_POST ? QUESTIONNAIRE_DRAFT : 0,
	    interview_page_show);
}

/* ---- Beginning, and where one is ---- */

/* Does every question of the page have what it requires? */
static bool
page_done(struct request *req, const struct interview *interview, size_t page)
{
	const struct answer_fault *faults;
	const struct question_page *asked = &interview->q->pages[page];
	bool any = false;

	for (size_t i = asked->first; i < asked->first + asked->n; i++)
		if (!text_empty(
			answers_get(&interview->answers, interview->q->questions[i].code)))
			any = true;
	for (size_t i = asked->first; i < asked->first + asked->n; i++)
		if (interview->q->questions[i].required)
			any = true;
	return any && !questionnaire_check(request_arena(req), interview->q, asked->first,
			  asked->n, &interview->answers, &faults);
}

enum status
interview_begin_show(struct request *req)
{
	struct application application;
	struct interview interview;
	enum status reply;
	size_t done = 0, next = SIZE_MAX;

	if (!open_of(req, &application, &interview, &reply))
		return reply;
	const struct questionnaire *q = interview.q;
	size_t language = questionnaire_language(q, request_caller(req)->locale);
	struct page *page = page_open(req, TPL_ONBOARDING_INTERVIEW_BEGIN);
	if (text_is(request_query(req, "sent"), "1"))
		page_text(page_repeat(page, MARK_SENT), MARK_NAME, application.preferred_name);
	page_text(page, MARK_WELCOME, questionnaire_text(q->welcome, language));
	for (size_t i = 0; i < q->n_pages; i++) {
		struct page *line = page_repeat(page, MARK_TASK);
		bool is_done = page_done(req, &interview, i);

		page_id(line, MARK_PAGE, (int64_t)i + 1);
		page_text(line, MARK_GROUP_TITLE,
		    questionnaire_text(q->groups[q->pages[i].group].title, language));
		page_show(line, is_done ? MARK_DONE : MARK_OPEN_TASK);
		done += is_done;
		if (!is_done && next == SIZE_MAX)
			next = i;
	}
	page_int(page, MARK_N, (int64_t)done);
	page_int(page, MARK_OF, (int64_t)q->n_pages);
	page_id(page, MARK_DONE_N, (int64_t)done);
	page_id(page, MARK_TOTAL_N, (int64_t)q->n_pages);
	if (next == SIZE_MAX)
		page_show(page, MARK_READY);
	else
		page_id(page_repeat(page, done ? MARK_GO_ON : MARK_BEGIN), MARK_PAGE,
		    (int64_t)next + 1);
	return reply_page(req, 200, page);
}

/* ---- One page ---- */

enum status
interview_page_show(struct request *req)
{
	const struct questionnaire_form *form;
	struct application application;
	struct interview interview;
	enum status reply;

	if (!open_of(req, &application, &interview, &reply))
		return reply;
	form = questionnaire_form_of(req);
	questionnaire_form_fill(req);
	const struct question_group *group = &form->q->groups[form->q->pages[form->page].group];
	struct page *page = page_open(req, TPL_ONBOARDING_INTERVIEW_PAGE);
	page_text(page, MARK_GROUP_TITLE, questionnaire_text(group->title, form->language));
	const char *about = questionnaire_text(group->text, form->language);
	if (!text_empty(about))
		page_text(page_repeat(page, MARK_ABOUT), MARK_TEXT, about);
	page_id(page, MARK_PAGE, (int64_t)form->page + 1);
	page_id(page, MARK_N, (int64_t)form->page + 1);
	page_id(page, MARK_OF, (int64_t)form->q->n_pages);
	return reply_page(req, 200, page);
}

struct saving {
	const struct interview *interview;
	const struct answers *answers;
	size_t page;
	bool later;
};

static enum status
save(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct saving *saving = arg;
	const struct questionnaire *q = saving->interview->q;
	size_t next = questionnaire_next(q, saving->answers, saving->page);

	interview_start(db, saving->interview, time_now());
	interview_save(db, saving->interview, saving->answers);
	if (saving->later)
		receipt->location = "/apply/later";
	else if (next >= q->n_pages)
		receipt->location = "/apply/interview/check";
	else
		receipt->location =
		    text_printf(request_arena(req), "/apply/interview/%zu", next + 1);
	return OK;
}

enum status
interview_page_save(struct request *req)
{
	struct application application;
	struct interview interview;
	struct answers answers;
	enum status reply;

	if (!open_of(req, &application, &interview, &reply))
		return reply;
	if (!questionnaire_form_read(req, &answers))
		return interview_page_show(req);
	struct saving saving = { &interview, &answers, questionnaire_form_of(req)->page,
		questionnaire_form_of(req)->flags & QUESTIONNAIRE_DRAFT };
	return reply_submit(req, save, &saving);
}

/* ---- Checking and sending ---- */

enum status
interview_check_show(struct request *req)
{
	struct application application;
	struct interview interview;
	enum status reply;
	const struct answer_fault *faults;

	if (!open_of(req, &application, &interview, &reply))
		return reply;
	struct page *page = page_open(req, TPL_ONBOARDING_INTERVIEW_CHECK);
	interview_show(req, page, &interview, true);
	page_show(page, questionnaire_check(request_arena(req), interview.q, 0,
			    interview.q->n_questions, &interview.answers, &faults)
			    ? MARK_NOT_READY
			    : MARK_READY);
	return reply_page(req, 200, page);
}

struct sending {
	const struct application *application;
	const struct interview *interview;
	const struct answers *answers;
};

static enum status
send_all(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct sending *sending = arg;
	instant now = time_now();

	interview_save(db, sending->interview, sending->answers);
	interview_submit(db, sending->interview, now);
	db_write_one(db, &DONE, v_instant(now), v_instant(now + REVIEW_WITHIN), v_instant(now),
	    v_int(sending->application->id));
	tell(db, "onboarding.application_received", sending->application->person,
	    "/apply/status", sending->application->id);
	notice_add(db, &(struct notice){ .kind = "onboarding.application_waits",
			   .topic = NOTICE_STAFF,
			   .path = "/onboarding/staff/applications" });
	request_audit(req, db, "interview.submitted",
	    application_object(req, sending->application->id), NULL);
	receipt->location = "/apply/status?sent=1";
	return OK;
}

/* Once sent, only the same form finds its receipt again; a second one leads to the status. */
enum status
interview_check_send(struct request *req)
{
	struct application application;
	struct interview interview;
	const struct answer_fault *faults;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	status = interview_load(req, application.id, &interview);
	if (status != OK)
		return status;
	if (application_is(&application, "interview_open") &&
	    questionnaire_check(request_arena(req), interview.q, 0, interview.q->n_questions,
		&interview.answers, &faults)) {
		form_error(req, FORM_WHOLE, "incomplete", NULL);
		return interview_check_show(req);
	}
	struct answers settled =
	    questionnaire_settle(request_arena(req), interview.q, &interview.answers);
	struct sending sending = { &application, &interview, &settled };
	return reply_submit(req, send_all, &sending);
}
