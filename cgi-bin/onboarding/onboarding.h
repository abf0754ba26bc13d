/*
 * onboarding.h: what the files of this plugin know of each other: the application and offer of
 * a request, forms, and the handlers that main.c puts into its route table.
 */
#ifndef KEPTWORD_ONBOARDING_H
#define KEPTWORD_ONBOARDING_H

#include "data/crypto.h"
#include "data/questionnaire.h"
#include "data/retention.h"
#include "web/page.h"
#include "web/request.h"

/* The receipt code of whoever applies without an account, as long as the browser is open. */
#define CODE_COOKIE "__Host-application"
/* Says for ten minutes that the code may be shown: it was made just now. */
#define FRESH_COOKIE "__Host-application-new"
/* The link to a first password, between signing and the page that shows it. */
#define INVITE_COOKIE "__Host-invite"

#define AI_NOTICE                                                                  \
	"1" /* version of the notice in apply_page.tpl; a new text is a new number \
	     */

/* ---- application.c: the application of whoever asks ---- */

struct application {
	int64_t id, person, claimed_by, version, pages_done, years, hours_wanted;
	struct id public_id;
	const char *state, *legal_name, *preferred_name, *email, *time_zone, *domain, *level,
	    *skills, *source, *mode, *ai_notice,
	    *locale; /* BCP 47, in which it was begun; what is written for them is in its words */
	bool has_years, has_hours, decided;
	struct bytes accommodation; /* sealed */
	instant ai_notice_at, submitted_at, claimed_at, waiting_since, due_at, decided_at,
	    changed_at;
};
/* Columns of an application `a`, in the order in which application_take() reads them. */
#define APPLICATION_SQL                                                                   \
	"SELECT a.id, a.public_id, a.person_id, a.claimed_by, a.version, a.pages_done, "  \
	"a.years,"                                                                        \
	" a.hours_wanted, a.state, a.legal_name, a.preferred_name, a.email, a.time_zone," \
	" a.domain, a.level, a.skills, a.source, a.interview_mode, a.ai_notice_version,"  \
	" a.accommodation_sealed, a.ai_notice_at, a.submitted_at, a.claimed_at,"          \
	" a.waiting_since, a.due_at, a.decided_at, a.changed_at, a.decided_review_id, a.locale" \
	" FROM application a "
void application_take(const struct rows *rows, struct application *ret);

/* By the receipt code in the cookie, else the newest of the signed-in person. E_ABSENT when
 * there is none. */
enum status application_mine(struct request *req, struct application *ret);
/* The answer to E_ABSENT: to the page where the code is typed. Other statuses go through. */
enum status application_lost(struct request *req, enum status status);
/* The application while it is a draft; else the reply that leads on. */
bool application_draft(struct request *req, struct application *ret, enum status *ret_reply);
/* Where somebody with this application goes on. */
const char *application_place(const struct application *application);
const char *application_object(
    struct request *req, int64_t id); /* "application:81", for audit */
bool application_is(const struct application *application, const char *state);
/* What was sealed, as text; "" when there is nothing, or the key does not fit. */
const char *application_accommodation(
    struct request *req, const struct application *application);
/* Words of a code: "apply_work.domain.law". */
const char *choice_word(struct request *req, const char *prefix, const char *code);
/* The paragraphs of a text, one section each. */
void show_lines(struct request *req, struct page *page, enum mark section, enum mark line,
    const char *text);

extern const struct form RETURN_FORM;
enum status apply_start_show(struct request *req);
enum status apply_start(struct request *req);
enum status apply_code_show(struct request *req);
enum status apply_code_renew(struct request *req);
enum status apply_return_show(struct request *req);
enum status apply_return(struct request *req);
enum status apply_later_show(struct request *req);
enum status apply_leave(struct request *req);
enum status application_go(struct request *req);

/* ---- apply_form.c: the pages of the form ---- */

enum apply_page {
	PAGE_ABOUT,
	PAGE_WORK,
	PAGE_TIME,
	PAGE_CONSENT,
	PAGE_MAX
};
#define PAGES_ALL ((1 << PAGE_MAX) - 1)
extern const char *const APPLY_PAGES[PAGE_MAX]; /* "about" ... as in the address */
const struct form *apply_form(struct request *req);
enum status apply_page_show(struct request *req);
enum status apply_page_save(struct request *req);

/* ---- apply_check.c: the list of pages, the answers, sending them ---- */

extern const struct form CHECK_FORM;
enum status apply_tasks_show(struct request *req);
enum status apply_check_show(struct request *req);
enum status apply_check_send(struct request *req);

/* ---- interview.c and interview_page.c ---- */

struct interview {
	int64_t id, version;
	const char *state;
	instant started_at, submitted_at;
	const struct questionnaire *q;
	struct answers answers; /* as saved so far */
};
/* The newest interview of an application; E_ABSENT when it has none. */
enum status interview_load(struct request *req, int64_t application, struct interview *ret);
/* Writes what differs from interview->answers, in a transaction. */
void interview_save(
    struct db *db, const struct interview *interview, const struct answers *answers);
enum status interview_submit(struct db *db, const struct interview *interview, instant now);
enum status interview_start(struct db *db, const struct interview *interview, instant now);
/* Adds an interview of the newest version of the questions, in a transaction. E_ABSENT: there
 * are none. */
enum status interview_open(struct db *db, int64_t application, instant now);
/* Questions and answers, group by group; each group with a link to change it, if so. */
void interview_show(
    struct request *req, struct page *page, const struct interview *interview, bool may_change);

const struct form *interview_form(struct request *req);
enum status interview_begin_show(struct request *req);
enum status interview_page_show(struct request *req);
enum status interview_page_save(struct request *req);
extern const struct form INTERVIEW_SEND_FORM;
enum status interview_check_show(struct request *req);
enum status interview_check_send(struct request *req);

/* ---- status.c: what became of it ---- */

extern const struct form LOOK_AGAIN_FORM;
extern const struct form WITHDRAW_FORM;
enum status status_show(struct request *req);
enum status look_again_show(struct request *req);
enum status look_again_send(struct request *req);
enum status withdraw_show(struct request *req);
enum status withdraw_send(struct request *req);

/* ---- offer.c: an offer as every page shows it ---- */

struct offer {
	int64_t id, application, person, project, pod, version, task_minutes, hours_min,
	    hours_max;
	struct id public_id;
	const char *state, *unit, *project_name, *pod_name, *purpose, *sensitive, *document,
	    *benchmark_source, *signed_name, *legal_name;
	struct money rate, benchmark, hour;
	bool has_hour;
	day starts_on;
	instant expires_at, sent_at, viewed_at, signed_at, declined_at;
	struct bytes document_hash;
};
#define OFFER_SQL                                                                              \
	"SELECT o.id, o.public_id, o.application_id, o.person_id, o.project_id, o.pod_id,"     \
	" o.version, o.task_minutes, o.hours_min, o.hours_max, o.state, o.unit, j.name, "      \
	"d.name,"                                                                              \
	" o.purpose, o.sensitive_note, o.document, o.benchmark_source, o.signed_name,"         \
	" c.legal_name, o.rate_minor, o.currency, COALESCE(o.benchmark_minor, 0), o.currency," \
	" o.hour_minor, o.currency, o.starts_on, o.expires_at, o.sent_at, o.viewed_at,"        \
	" o.signed_at, o.declined_at, o.document_hash"                                         \
	" FROM offer o JOIN keptword_core.project j ON j.id = o.project_id"                    \
	" LEFT JOIN keptword_core.pod d ON d.id = o.pod_id"                                    \
	" JOIN keptword_core.person_contact c ON c.id = o.person_id "
void offer_take(const struct rows *rows, struct offer *ret);
const char *offer_object(struct request *req, int64_t id);
/* Purpose, rate, benchmark, hours, start, sensitive content, pay calendar. */
void offer_show(struct request *req, struct page *page, const struct offer *offer);
/* The agreement's paragraphs and hash. */
void offer_show_document(struct request *req, struct page *page, const struct offer *offer);
/* The words of its state, as one section of the page. */
void offer_show_state(struct page *page, const char *state);
/* The pay days that hold for work begun on a day. False when there is no calendar yet. */
struct pay_days {
	day first, last, pay_on;
};
bool offer_pay_days(struct request *req, day starts_on, struct pay_days *ret);

/* ---- offer_sign.c: the applicant's side ---- */

extern const struct form SIGN_FORM;
enum status offer_read_show(struct request *req);
enum status offer_read(struct request *req);
enum status offer_sign_show(struct request *req);
enum status offer_sign(struct request *req);
enum status offer_decline(struct request *req);
enum status offer_undo(struct request *req);
enum status welcome_show(struct request *req);
enum status welcome_link(struct request *req);

/* ---- agreement.c: what a person signed ---- */

enum status agreement_list(struct request *req);
enum status agreement_show(struct request *req);

/* ---- staff_list.c, staff_application.c: applications, for those who read them ---- */

extern const struct form CLAIM_FORM;
enum status staff_list(struct request *req);
enum status staff_application_show(struct request *req);
enum status staff_claim(struct request *req);
enum status staff_release(struct request *req);
enum status staff_same_person(struct request *req);
/* An application that is none of the caller's own; E_ABSENT. */
enum status staff_application(struct request *req, struct application *ret);
const char *staff_place(struct request *req); /* address of that application's page */
/* The state's words, as one section. */
void application_show_state(struct page *page, const char *state);

/* ---- review.c: scores and decision ---- */

const struct form *score_form(struct request *req);
enum status score_show(struct request *req);
enum status score_save(struct request *req);
extern const struct form DECIDE_FORM;
enum status decide_show(struct request *req);
enum status decide(struct request *req);
/* The scores that the caller may see, and whether the caller has given own ones. */
bool review_show(struct request *req, struct page *page, const struct application *application);
/* The caller's own assessment of an application, 0 for none. */
int64_t review_own(struct request *req, struct db *db, int64_t application);

/* ---- offer_make.c: the staff's side ---- */

extern const struct form OFFER_FORM;
extern const struct form OFFER_STEP_FORM;
enum status offer_make_show(struct request *req);
enum status offer_make(struct request *req);
enum status offer_list(struct request *req);
enum status staff_offer_show(struct request *req);
enum status offer_send(struct request *req);
enum status offer_withdraw(struct request *req);

/* ---- retention.c: how long applications and contracts are kept ---- */

extern const struct retention ONBOARDING_RETENTION[];

/* ---- expire.c: what ends by itself ---- */

struct job;
enum status offer_expire(struct db *db, struct job *job);
enum status interview_remind(struct db *db, struct job *job);

/* overdue.c: job "answer.overdue", every minute: an answer that is late is told. */
enum status answer_overdue_step(struct db *db, struct job *job);

/* tell.c: a notice to who applied, in the running transaction; person 0 (the address belongs to
 * somebody else): nobody is told. object: what it is about, once for each kind. */
void tell(struct db *db, const char *kind, int64_t person, const char *path, int64_t object);

#endif
