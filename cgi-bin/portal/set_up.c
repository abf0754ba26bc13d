/*
 * set_up.c: links that work once. A set_up link makes the first administrator of an empty
 * system; an invite or reset link lets a person choose a password. The database holds SHA-256
 * of the token; a link that was used, has expired or never was gets the same page.
 *
 * Rules (README 5, 6): a password has 15 to 1000 characters, is taken as typed and is none of
 * the common ones; choosing one ends every session of the person.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "portal/entry.h"
#include "portal/links.h"
#include "portal/password_rule.h"
#include "portal/portal.h"
#include "web/page.h"

#include <limits.h>

enum {
	LEGAL_NAME,
	PREFERRED_NAME,
	EMAIL,
	PASSWORD,
	AGAIN
};
static const struct field FIRST_ADMIN_FIELDS[] = {
	[LEGAL_NAME] = { "legal_name", FIELD_TEXT, .max = 200, .autocomplete = "name" },
	[PREFERRED_NAME] = { "preferred_name", FIELD_TEXT, .max = 120,
	    .autocomplete = "nickname" },
	[EMAIL] = { "email", FIELD_EMAIL, .max = 254, .autocomplete = "username" },
	[PASSWORD] = { "password", FIELD_PASSWORD, .min = PASSWORD_MIN, .max = 1000,
	    .autocomplete = "new-password" },
	[AGAIN] = { "again", FIELD_PASSWORD, .max = 1000, .autocomplete = "new-password" },
	{ 0 },
};
const struct form FIRST_ADMIN_FORM = { "first_admin", FIRST_ADMIN_FIELDS, set_up_show, false };

enum {
	NEW_PASSWORD,
	NEW_AGAIN
};
static const struct field NEW_PASSWORD_FIELDS[] = {
	[NEW_PASSWORD] = { "password", FIELD_PASSWORD, .min = PASSWORD_MIN, .max = 1000,
	    .autocomplete = "new-password" },
	[NEW_AGAIN] = { "again", FIELD_PASSWORD, .max = 1000, .autocomplete = "new-password" },
	{ 0 },
};
const struct form NEW_PASSWORD_FORM = { "new_password", NEW_PASSWORD_FIELDS, set_up_show,
	false };

static const struct stmt LINK = {
	"SELECT l.kind, l.person_id, p.email, l.used_at IS NOT NULL, l.expires_at,"
	" p.password IS NOT NULL, p.roles"
	" FROM one_time_link l LEFT JOIN person p ON p.id = l.person_id"
	" WHERE l.token_hash = ? AND l.kind IN ('set_up', 'invite', 'reset')"
	" AND (l.kind = 'set_up' OR p.state = 'active')"
};
static const struct stmt LINK_USE = {
	"UPDATE one_time_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL"
};
static const struct stmt PERSON_ADD = { "CALL person_add(?, ?, ?, ?, ?, NULL, 'en', ?)" };
static const struct stmt PASSWORD_SET = {
	"UPDATE person SET password = ?, version = version + 1 WHERE id = ?"
};
static const struct stmt ROLE_GIVE = { "CALL staff_role_grant(?, 'admin', '', NULL, ?)" };

struct link {
	unsigned char hash[SHA256_BYTES];
	enum {
		LINK_UNKNOWN,
		LINK_USED,
		LINK_EXPIRED,
		LINK_OPEN
	} state;
	bool first;
	bool had_password;
	bool to_provider; /* a password would open nothing to them (README rule 36) */
	int64_t person;
	const char *email;
};

static struct link
link_read(struct request *req)
{
	struct link link = { .email = "" };

	crypto_sha256(bytes_of(request_param(req, 0)), link.hash);
	struct rows *rows =
	    db_read(request_db(req), &LINK, v_bytes(link.hash, sizeof link.hash));
	if (!rows_next(rows))
		return link;
	link.state = rows_int(rows, 3)                     ? LINK_USED
		     : rows_instant(rows, 4) <= time_now() ? LINK_EXPIRED
							   : LINK_OPEN;
	link.first = text_is(rows_text(rows, 0), "set_up");
	link.had_password = rows_int(rows, 5) != 0;
	link.to_provider = !link.first && !password_counts((roles)rows_int(rows, 6));
	link.person = rows_int(rows, 1);
	link.email = rows_text(rows, 2);
	return link;
}

/* The form that the link asks for; a dead link gets the password form and is told so by the
 * handler. */
const struct form *
set_up_form(struct request *req)
{
	return link_read(req).first ? &FIRST_ADMIN_FORM : &NEW_PASSWORD_FORM;
}

/* Whoever has the token is told what became of it: it says nothing to anybody else. */
static enum status
link_dead(struct request *req, const struct link *link)
{
	static const enum mark WHY[] = { [LINK_UNKNOWN] = MARK_UNKNOWN,
		[LINK_USED] = MARK_USED,
		[LINK_EXPIRED] = MARK_EXPIRED };
	struct page *page = page_open(req, TPL_PORTAL_LINK_DEAD);

	page_show(page, WHY[link->state]);
	return reply_page(req, 404, page);
}

enum status
set_up_show(struct request *req)
{
	struct link link = link_read(req);

	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	if (link.state != LINK_OPEN)
		return link_dead(req, &link);
	if (link.to_provider)
		return reply_redirect(req, PROVIDER_PATH);
	struct page *page =
	    page_open(req, link.first ? TPL_PORTAL_FIRST_ADMIN : TPL_PORTAL_NEW_PASSWORD);
	page_text(page, MARK_EMAIL, link.email);
	return reply_page(req, 200, page);
}

struct choose {
	struct link link;
	const char *password; /* hashed */
	struct entry entry;   /* what begins */
	int64_t person;
	unsigned email_field;
};

static enum status
choose(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	struct choose *c = arg;
	instant now = time_now();

	if (db_write(
		db, &LINK_USE, v_instant(now), v_bytes(c->link.hash, sizeof c->link.hash)) == 0)
		return E_ABSENT; /* somebody else used it in this moment */
	c->person = c->link.person;
	if (c->link.first) {
		struct id id = id_new();
		struct rows *rows = db_read(db, &PERSON_ADD, v_bytes(id.b, sizeof id.b),
		    v_text(form_text(req, LEGAL_NAME)), v_text(form_text(req, PREFERRED_NAME)),
		    v_text(form_text(req, EMAIL)), v_text("UTC"), v_instant(now));
		if (!rows_next(rows))
			return db_status(db);
		if (!rows_int(rows, 1)) {
			form_error(req, EMAIL, "taken", NULL);
			return E_INPUT;
		}
		c->person = rows_int(rows, 0);
		db_write(db, &ROLE_GIVE, v_int(c->person), v_instant(now));
	}
	db_write_one(db, &PASSWORD_SET, v_text(c->password), v_int(c->person));
	entry_end_all(db, c->person, NULL);
	links_end(db, c->person);
	if (c->link.had_password)
		notice_add(db, &(struct notice){ .kind = "account.password_changed",
				   .topic = NOTICE_ACCOUNT,
				   .person = c->person,
				   .path = "/profile/sessions" });
	entry_begin(req, db, c->person, false, &c->entry);
	request_audit(req, db, "password.chosen",
	    text_printf(request_arena(req), "person:%lld", (long long)c->person), NULL);
	receipt->location = entry_page(&c->entry);
	return OK;
}

enum status
set_up_submit(struct request *req)
{
	struct choose c = { .link = link_read(req) };

	if (c.link.state != LINK_OPEN || c.link.to_provider)
		return set_up_show(req);
	unsigned password = c.link.first ? (unsigned)PASSWORD : (unsigned)NEW_PASSWORD;
	unsigned again = c.link.first ? (unsigned)AGAIN : (unsigned)NEW_AGAIN;
	if (!text_is(form_text(req, password), form_text(req, again)))
		form_error(req, again, "differs", NULL);
	if (password_is_common(form_text(req, password)))
		form_error(req, password, "common", NULL);
	if (form_failed(req))
		return set_up_show(req);
	enum status status =
	    password_hash(request_arena(req), form_text(req, password), &c.password);
	if (status != OK)
		return status;
	status = reply_submit(req, choose, &c);
	if (status == OK && c.entry.token && !form_failed(req))
		(void)entry_hand_over(req, &c.entry, NULL);
	return status;
}
