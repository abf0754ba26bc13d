/*
 * application.c: the application of whoever asks: begun, found again by its receipt code or by
 * the account, left. Used by every page under /apply.
 *
 * Rules (README 1-4): nobody needs an account to apply; the code stands in a cookie that ends
 * with the browser, never in an address; the database has its SHA-256 only. The code is made
 * out of the form's submission id with a key of ours, so that a form sent twice gives one
 * application and the same code.
 */
#include "base/text.h"
#include "data/keyring.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"
#include "web/words.h"

#include <string.h>

#define FRESH_SECONDS 600

enum {
	CODE
};
static const struct field RETURN_FIELDS[] = { [CODE] = { "code", FIELD_CODE }, { 0 } };
const struct form RETURN_FORM = { "apply_return", RETURN_FIELDS, apply_return_show, false };

static const struct stmt BY_CODE = { APPLICATION_SQL "WHERE a.receipt_hash = ?" };
static const struct stmt BY_PERSON = { APPLICATION_SQL
	"WHERE a.person_id = ? ORDER BY a.state = 'withdrawn', a.id DESC LIMIT 1" };
static const struct stmt BEGIN_ANYONE = {
	"INSERT INTO application (public_id, receipt_hash, created_at, changed_at, locale)"
	" VALUES (?, ?, ?, ?, ?)"
};
static const struct stmt BEGIN_PERSON = {
	"INSERT INTO application (public_id, receipt_hash, created_at, changed_at, locale,"
	" person_id, legal_name, preferred_name, email, time_zone)"
	" SELECT ?, ?, ?, ?, ?, p.id, p.legal_name, p.preferred_name, p.email, p.time_zone"
	" FROM keptword_core.person_contact p WHERE p.id = ?"
};
static const struct stmt CODE_CHANGE = {
	"UPDATE application SET receipt_hash = ?, version = version + 1 WHERE id = ?"
};

void
application_take(const struct rows *rows, struct application *ret)
{
	*ret = (struct application){
		.id = rows_int(rows, 0),
		.public_id = rows_id(rows, 1),
		.person = rows_int(rows, 2),
		.claimed_by = rows_int(rows, 3),
		.version = rows_int(rows, 4),
		.pages_done = rows_int(rows, 5),
		.has_years = !rows_null(rows, 6),
		.years = rows_int(rows, 6),
		.has_hours = !rows_null(rows, 7),
		.hours_wanted = rows_int(rows, 7),
		.state = rows_text(rows, 8),
		.legal_name = rows_text(rows, 9),
		.preferred_name = rows_text(rows, 10),
		.email = rows_text(rows, 11),
		.time_zone = rows_text(rows, 12),
		.domain = rows_text(rows, 13),
		.level = rows_text(rows, 14),
		.skills = rows_text(rows, 15),
		.source = rows_text(rows, 16),
		.mode = rows_text(rows, 17),
		.ai_notice = rows_text(rows, 18),
		.accommodation = rows_bytes(rows, 19),
		.ai_notice_at = rows_instant(rows, 20),
		.submitted_at = rows_instant(rows, 21),
		.claimed_at = rows_instant(rows, 22),
		.waiting_since = rows_instant(rows, 23),
		.due_at = rows_instant(rows, 24),
		.decided_at = rows_instant(rows, 25),
		.changed_at = rows_instant(rows, 26),
		.decided = !rows_null(rows, 27),
		.locale = rows_text(rows, 28),
	};
}

/* The code of the cookie; false when there is none that could be one. */
static bool
code_of(struct request *req, struct id *ret)
{
	const char *cookie = request_cookie(req, CODE_COOKIE);

	return cookie && id_parse(cookie, ret);
}

static enum status
by_code(struct request *req, struct id code, struct application *ret)
{
	unsigned char hash[SHA256_BYTES];

	rule_code_hash(code, hash);
	struct rows *rows = db_read(request_db(req), &BY_CODE, v_bytes(hash, sizeof hash));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	application_take(rows, ret);
	return OK;
}

enum status
application_mine(struct request *req, struct application *ret)
{
	struct id code;
	enum status status = E_ABSENT;

	*ret = (struct application){ 0 };
	if (code_of(req, &code))
		status = by_code(req, code, ret);
	if (status == E_ABSENT && request_caller(req)->person) {
		struct rows *rows =
		    db_read(request_db(req), &BY_PERSON, v_int(request_caller(req)->person));
		if (rows_next(rows)) {
			application_take(rows, ret);
			status = OK;
		} else if (db_status(request_db(req)) != OK) {
			status = db_status(request_db(req));
		}
	}
	if (status == OK)
		request_zone(req, ret->time_zone);
	return status;
}

enum status
application_lost(struct request *req, enum status status)
{
	return status == E_ABSENT ? reply_redirect(req, "/apply/return?lost=1") : status;
}

bool
application_draft(struct request *req, struct application *ret, enum status *ret_reply)
{
	enum status status = application_mine(req, ret);

	if (status != OK) {
		*ret_reply = application_lost(req, status);
		return false;
	}
	if (!application_is(ret, "draft")) {
		*ret_reply = reply_redirect(req, application_place(ret));
		return false;
	}
	return true;
}

bool
application_is(const struct application *application, const char *state)
{
	return text_is(application->state, state);
}

const char *
application_place(const struct application *application)
{
	if (application_is(application, "draft"))
		return "/apply/tasks";
	if (application_is(application, "interview_open"))
		return "/apply/interview";
	return "/apply/status";
}

const char *
application_object(struct request *req, int64_t id)
{
	return text_printf(request_arena(req), "application:%lld", (long long)id);
}

const char *
application_accommodation(struct request *req, const struct application *application)
{
	struct arena *arena = request_arena(req);
	struct bytes plain = { 0 };

	if (!application->accommodation.n)
		return "";
	const char *where = text_printf(
	    arena, "application/accommodation/%s", id_text(arena, application->public_id));
	enum status status =
	    keyring_open(arena, "accommodation", where, application->accommodation, &plain);
	return status == OK ? arena_copy(arena, plain.p, plain.n) : "";
}

const char *
choice_word(struct request *req, const char *prefix, const char *code)
{
	if (text_empty(code))
		return "";
	return words_say(request_arena(req), request_caller(req)->locale,
	    text_printf(request_arena(req), "%s.%s", prefix, code));
}

void
show_lines(
    struct request *req, struct page *page, enum mark section, enum mark line, const char *text)
{
	size_t n = 0;
	char **lines = text_split(request_arena(req), text, '\n', &n);

	for (size_t i = 0; i < n; i++)
		if (!text_empty(text_trim(request_arena(req), lines[i])))
			page_text(page_repeat(page, section), line, lines[i]);
}

/* ---- Beginning ---- */

enum status
apply_start_show(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK && status != E_ABSENT)
		return status;
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_START);
	(void)page_include(page, MARK_ART, TPL_PART_PEN);
	page_tokens(page);
	if (status == OK)
		page_text(
		    page_repeat(page, MARK_BEGUN), MARK_URL, application_place(&application));
	return reply_page(req, 200, page);
}

/* The code that belongs to this form; only for one whose submission id is known to be there. */
static enum status
code_new(struct request *req, struct id *ret)
{
	unsigned char secret[SHA256_BYTES];
	struct key key;
	enum status status = crypto_key("receipt", true, &key);

	if (status != OK)
		return status;
	rule_secret(&key, "receipt code\n", form_submission(req), secret);
	memcpy(ret->b, secret, ID_BYTES);
	crypto_wipe(secret, sizeof secret);
	crypto_wipe(&key, sizeof key);
	return OK;
}

/* After the effect, or its repetition: hands the code over to the page that shows it. */
static enum status
code_hand_over(struct request *req, enum status status)
{
	struct id code;

	if (status != OK)
		return status;
	status = code_new(req, &code);
	if (status != OK)
		return status;
	reply_cookie(req, CODE_COOKIE, id_text(request_arena(req), code), -1);
	reply_cookie(req, FRESH_COOKIE, "1", FRESH_SECONDS);
	return OK;
}

static enum status
begin(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id = id_new(), code;
	unsigned char hash[SHA256_BYTES];
	int64_t person = request_caller(req)->person;
	struct value now = v_instant(time_now());
	enum status status = code_new(req, &code);

	struct value locale = v_text(request_caller(req)->locale);

	(void)unused_arg;
	if (status != OK)
		return status;
	rule_code_hash(code, hash);
	if (person)
		db_write_one(db, &BEGIN_PERSON, v_bytes(id.b, sizeof id.b),
		    v_bytes(hash, sizeof hash), now, now, locale, v_int(person));
	else
		db_write_one(db, &BEGIN_ANYONE, v_bytes(id.b, sizeof id.b),
		    v_bytes(hash, sizeof hash), now, now, locale);
	request_audit(
	    req, db, "application.begun", application_object(req, db_last_id(db)), NULL);
	receipt->location = "/apply/code";
	return OK;
}

enum status
apply_start(struct request *req)
{
	return code_hand_over(req, reply_submit(req, begin, NULL));
}

enum status
apply_code_show(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);
	struct id code;

	if (status != OK)
		return application_lost(req, status);
	if (!request_cookie(req, FRESH_COOKIE) || !code_of(req, &code))
		return reply_redirect(req, application_place(&application));
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_CODE);
	page_text(page, MARK_CODE, rule_code_spaced(request_arena(req), code));
	page_text(page, MARK_URL, application_place(&application));
	return reply_page(req, 200, page);
}

/* ---- A new code, when the old one was lost: the old one stops working ---- */

static enum status
renew(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;
	unsigned char hash[SHA256_BYTES];
	struct id code;
	enum status status = code_new(req, &code);

	if (status != OK)
		return status;
	rule_code_hash(code, hash);
	db_write_one(db, &CODE_CHANGE, v_bytes(hash, sizeof hash), v_int(application->id));
	request_audit(req, db, "application.code_changed",
	    application_object(req, application->id), NULL);
	receipt->location = "/apply/code";
	return OK;
}

enum status
apply_code_renew(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	return code_hand_over(req, reply_submit(req, renew, &application));
}

/* ---- Coming back, and leaving ---- */

enum status
apply_return_show(struct request *req)
{
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_RETURN);

	if (request_method(req) == METHOD_GET && text_is(request_query(req, "lost"), "1"))
		page_show(page, MARK_LOST);
	if (request_method(req) == METHOD_GET && text_is(request_query(req, "left"), "1"))
		page_show(page, MARK_LEFT);
	return reply_page(req, 200, page);
}

enum status
apply_return(struct request *req)
{
	struct application application;
	struct id code;

	if (!form_id(req, CODE, &code))
		return E_FAULT;
	enum status status = by_code(req, code, &application);
	if (status == E_ABSENT) {
		form_error(req, CODE, "unknown", NULL);
		return apply_return_show(req);
	}
	if (status != OK)
		return status;
	reply_cookie(req, CODE_COOKIE, id_text(request_arena(req), code), -1);
	return reply_redirect(req, application_place(&application));
}

enum status
apply_later_show(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status != OK)
		return application_lost(req, status);
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_LATER);
	page_text(page, MARK_URL, application_place(&application));
	if (application_is(&application, "draft"))
		page_instant(page_repeat(page, MARK_KEPT), MARK_UNTIL,
		    application.changed_at + DRAFT_KEPT);
	if (request_cookie(req, CODE_COOKIE))
		page_tokens(page_repeat(page, MARK_HERE));
	page_tokens(page_repeat(page, MARK_RENEW));
	return reply_page(req, 200, page);
}

enum status
apply_leave(struct request *req)
{
	reply_cookie(req, CODE_COOKIE, "", 0);
	reply_cookie(req, FRESH_COOKIE, "", 0);
	return reply_redirect(req, "/apply/return?left=1");
}

/* GET /onboarding/application: a signed-in applicant, to where they go on. */
enum status
application_go(struct request *req)
{
	struct application application;
	enum status status = application_mine(req, &application);

	if (status == E_ABSENT)
		return reply_redirect(req, "/apply");
	return status == OK ? reply_redirect(req, application_place(&application)) : status;
}
