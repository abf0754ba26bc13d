/*
 * credentials.c: another password, another address, by the person.
 *
 * Rules (README 6, 25, 29): the old password is asked for; a new one ends every other session,
 * every half-open sign-in and every open link. A new address counts once the link that was sent
 * to it has come back, within a day; the old one is told at once. Whether an address is taken
 * is told to nobody: then no mail is sent.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "portal/attempt.h"
#include "portal/confirm.h"
#include "portal/entry.h"
#include "portal/links.h"
#include "portal/password_rule.h"
#include "portal/portal.h"
#include "web/page.h"

enum {
	OLD,
	NEW,
	AGAIN
};
static const struct field PASSWORD_FIELDS[] = {
	[OLD] = { "old", FIELD_PASSWORD, .max = 1000, .autocomplete = "current-password" },
	[NEW] = { "password", FIELD_PASSWORD, .min = PASSWORD_MIN, .max = 1000,
	    .autocomplete = "new-password" },
	[AGAIN] = { "again", FIELD_PASSWORD, .max = 1000, .autocomplete = "new-password" },
	{ 0 },
};
const struct form PASSWORD_CHANGE_FORM = { "password_change", PASSWORD_FIELDS,
	password_change_show, false };

enum {
	EMAIL
};
static const struct field EMAIL_FIELDS[] = {
	[EMAIL] = { "email", FIELD_EMAIL, .max = 254, .autocomplete = "email" },
	{ 0 },
};
const struct form EMAIL_CHANGE_FORM = { "email_change", EMAIL_FIELDS, email_change_show,
	false };

static const struct stmt CREDENTIALS = { "SELECT email, password FROM person WHERE id = ?" };
static const struct stmt PASSWORD_SET = {
	"UPDATE person SET password = ?, version = version + 1 WHERE id = ?"
};
static const struct stmt EMAIL_TAKEN = { "SELECT 1 FROM person WHERE email_key = LOWER(?)" };
static const struct stmt CHANGE_ASK = {
	"INSERT INTO email_change (person_id, email, created_at) VALUES (?, ?, ?)"
	" ON DUPLICATE KEY UPDATE email = VALUES(email), created_at = VALUES(created_at)"
};
static const struct stmt CHANGE = {
	"SELECT l.person_id, e.email FROM one_time_link l JOIN email_change e"
	" ON e.person_id = l.person_id JOIN person p ON p.id = l.person_id"
	" WHERE l.token_hash = ? AND l.kind = 'email' AND l.used_at IS NULL AND l.expires_at > "
	"?"
	" AND l.created_at >= e.created_at AND p.state = 'active'"
};
static const struct stmt CHANGE_END = { "DELETE FROM email_change WHERE person_id = ?" };
static const struct stmt EMAIL_SET = {
	"UPDATE person SET email = ?, version = version + 1 WHERE id = ?"
};

static void
tell(struct db *db, int64_t person, const char *kind, const char *path)
{
	notice_add(
	    db, &(struct notice){
		    .kind = kind, .topic = NOTICE_ACCOUNT, .person = person, .path = path });
}

/* ---- Password ---- */

enum status
password_change_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PORTAL_PASSWORD_CHANGE);

	page_show(page, text_is(request_query(req, "done"), "1") ? MARK_DONE : MARK_ASK);
	return reply_page(req, 200, page);
}

static enum status
password_set(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	int64_t person = request_caller(req)->person;

	(void)db_write_one(db, &PASSWORD_SET, v_text(arg), v_int(person));
	entry_end_all(db, person, request_caller(req)->token_hash);
	links_end(db, person);
	tell(db, person, "account.password_changed", "/profile/sessions");
	request_audit(req, db, "password.changed",
	    text_printf(request_arena(req), "person:%lld", (long long)person), NULL);
	receipt->location = "/profile/password?done=1";
	return OK;
}

/* Is the old one right? E_INPUT: an error stands at the field, and it was counted. */
static enum status
check_old(struct request *req, bool *ret_too_many)
{
	int64_t person = request_caller(req)->person;
	struct rows *rows = db_read(request_db(req), &CREDENTIALS, v_int(person));
	struct attempt attempt;

	if (!rows_next(rows))
		return db_absent(request_db(req));
	enum status status = attempt_of(req, "", rows_text(rows, 0), &attempt);
	if (status != OK)
		return status;
	*ret_too_many = attempt_too_many(req, &attempt, person);
	if (*ret_too_many)
		return E_BUSY;
	status =
	    password_check(form_text(req, OLD), rows_null(rows, 1) ? NULL : rows_text(rows, 1));
	if (status != E_DENIED)
		return status;
	attempt_add(request_db(req), &attempt, false);
	form_error(req, OLD, "wrong", NULL);
	return E_INPUT;
}

enum status
password_change_submit(struct request *req)
{
	const char *hash = NULL;
	bool too_many = false;
	enum status status = check_old(req, &too_many);

	if (too_many)
		return sign_in_throttled(req);
	if (status != OK && status != E_INPUT)
		return status;
	if (!text_is(form_text(req, NEW), form_text(req, AGAIN)))
		form_error(req, AGAIN, "differs", NULL);
	if (password_is_common(form_text(req, NEW)))
		form_error(req, NEW, "common", NULL);
	if (form_failed(req))
		return password_change_show(req);
	status = password_hash(request_arena(req), form_text(req, NEW), &hash);
	if (status != OK)
		return status;
	return reply_submit(req, password_set, (void *)hash);
}

/* ---- Address ---- */

enum status
email_change_show(struct request *req)
{
	if (!proof_is_fresh(req))
		return proof_ask(req, "/profile/email");
	struct rows *rows =
	    db_read(request_db(req), &CREDENTIALS, v_int(request_caller(req)->person));
	struct page *page = page_open(req, TPL_PORTAL_EMAIL_CHANGE);
	if (rows_next(rows))
		page_text(page, MARK_EMAIL, rows_text(rows, 0));
	page_show(page, text_is(request_query(req, "sent"), "1") ? MARK_SENT : MARK_ASK);
	return reply_page(req, 200, page);
}

static enum status
email_ask(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = request_caller(req)->person;
	const char *email = form_text(req, EMAIL);

	(void)unused_arg;
	tell(db, person, "account.email_asked", "/profile/email");
	if (!db_int(db, &EMAIL_TAKEN, 0, v_text(email))) {
		db_write(db, &CHANGE_ASK, v_int(person), v_text(email), v_instant(time_now()));
		tell(db, person, "account.email_new", "/profile/email");
	}
	request_audit(req, db, "email.change_asked",
	    text_printf(request_arena(req), "person:%lld", (long long)person), NULL);
	receipt->location = "/profile/email?sent=1";
	return OK;
}

enum status
email_change_submit(struct request *req)
{
	if (!proof_is_fresh(req))
		return proof_ask(req, "/profile/email");
	return reply_submit(req, email_ask, NULL);
}

/* ---- The link that was sent to it ---- */

struct change {
	unsigned char hash[SHA256_BYTES];
	int64_t person; /* 0: the link is over */
	const char *email;
};

static struct change
change_read(struct request *req, struct db *db)
{
	struct change change = { .email = "" };

	crypto_sha256(bytes_of(request_param(req, 0)), change.hash);
	struct rows *rows = db_read(
	    db, &CHANGE, v_bytes(change.hash, sizeof change.hash), v_instant(time_now()));
	if (rows_next(rows)) {
		change.person = rows_int(rows, 0);
		change.email = rows_text(rows, 1);
	}
	return change;
}

static enum status
confirm_page(struct request *req, enum mark section, int code)
{
	struct page *page = page_open(req, TPL_PORTAL_EMAIL_CONFIRM);

	page_show(page, section);
	return reply_page(req, code, page);
}

enum status
email_confirm_show(struct request *req)
{
	struct change change = change_read(req, request_db(req));

	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	if (text_is(request_query(req, "done"), "1"))
		return confirm_page(req, MARK_DONE, 200);
	if (!change.person)
		return confirm_page(req, MARK_GONE, 404);
	struct page *page = page_open(req, TPL_PORTAL_EMAIL_CONFIRM);
	struct page *ask = page_repeat(page, MARK_ASK);
	page_text(ask, MARK_EMAIL, change.email);
	page_tokens(ask);
	return reply_page(req, 200, page);
}

static enum status
email_set(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct change change = change_read(req, db);

	(void)unused_arg;
	if (!change.person)
		return E_ABSENT;
	/* Somebody else may have taken it meanwhile: then the link is over, too. */
	if (db_int(db, &EMAIL_TAKEN, 0, v_text(change.email)))
		return E_ABSENT;
	(void)db_write_one(db, &EMAIL_SET, v_text(change.email), v_int(change.person));
	db_write(db, &CHANGE_END, v_int(change.person));
	links_end(db, change.person);
	tell(db, change.person, "account.email_changed", "/profile");
	request_audit(req, db, "email.changed",
	    text_printf(request_arena(req), "person:%lld", (long long)change.person), NULL);
	receipt->location = text_printf(request_arena(req), "/new-address/%s?done=1",
	    url_encode(request_arena(req), request_param(req, 0)));
	return OK;
}

enum status
email_confirm_submit(struct request *req)
{
	enum status status = reply_submit(req, email_set, NULL);

	return status == E_ABSENT ? confirm_page(req, MARK_GONE, 404) : status;
}
