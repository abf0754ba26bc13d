/*
 * sign_in.c: who are you? The first step: address and password. What follows is in entry.c (the
 * session, or half of it) and sign_in_code.c (the second step). Signing out is here, too.
 *
 * Rules (README 1-3): an unknown address, a wrong password and a disabled account get the same
 * answer after the same work; tries are counted (attempt.h) and guessing slows down, and the
 * person whose address is being guessed still gets in from a browser that has signed in before.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "portal/attempt.h"
#include "portal/entry.h"
#include "portal/password_rule.h"
#include "portal/portal.h"
#include "web/page.h"
#include "web/session.h"

enum {
	EMAIL,
	PASSWORD,
	TO
};
static const struct field SIGN_IN_FIELDS[] = {
	[EMAIL] = { "email", FIELD_EMAIL, .max = 254, .autocomplete = "username" },
	[PASSWORD] = { "password", FIELD_PASSWORD, .max = 1000,
	    .autocomplete = "current-password" },
	[TO] = { "to", FIELD_HIDDEN, .max = 2000, .optional = true },
	{ 0 },
};
const struct form SIGN_IN_FORM = { "sign_in", SIGN_IN_FIELDS, sign_in_show, false };

static const struct stmt PERSON_BY_EMAIL = {
	"SELECT id, password, state, roles FROM person WHERE email_key = LOWER(?)"
};
static const struct stmt SESSION_REVOKE = {
	"UPDATE session SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL"
};

struct page *
sign_in_page(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct page *page = page_open(req, TPL_PORTAL_SIGN_IN);
	bool openid = !text_empty(config_text(CONFIG_OIDC_ISSUER));
	const char *to =
	    request_method(req) == METHOD_GET ? request_query(req, "to") : form_text(req, TO);

	(void)page_include(page, MARK_ART, TPL_PART_DOOR);
	page_text(page, MARK_OPENID_NAME, config_text(CONFIG_OIDC_NAME));
	page_show(page, openid ? MARK_BESIDE_OPENID : MARK_PASSWORD_ALONE);
	if (!config_on(CONFIG_PASSWORD_SIGN_IN))
		page_show(page, MARK_ADMINS_ALONE);
	if (openid)
		page_text(page_repeat(page, MARK_OPENID), MARK_OPENID_URL,
		    reply_is_local(to) && !text_is(to, "/")
			? text_printf(arena, "/sign-in/openid?to=%s", url_encode(arena, to))
			: "/sign-in/openid");
	return page;
}

enum status
sign_in_show(struct request *req)
{
	const char *to = request_query(req, "to");

	if (request_caller(req)->person)
		return reply_redirect(req, reply_is_local(to) ? to : "/");
	form_set(req, TO, to);
	struct page *page = sign_in_page(req);
	if (text_is(request_query(req, "bye"), "1"))
		page_show(page, MARK_SIGNED_OUT);
	if (text_is(request_query(req, "again"), "late"))
		page_show(page, MARK_TOO_LATE);
	if (text_is(request_query(req, "again"), "wrong"))
		page_show(page, MARK_TOO_OFTEN);
	return reply_page(req, 200, page);
}

struct begin {
	struct request *req;
	const struct attempt *attempt;
	int64_t person;
	struct entry entry;
};

static enum status
begin(struct db *db, void *arg)
{
	struct begin *b = arg;

	attempt_add(db, b->attempt, true);
	entry_begin(b->req, db, b->person, true, &b->entry);
	return OK;
}

static enum status
refuse(struct request *req, const struct attempt *attempt)
{
	attempt_add(request_db(req), attempt, false);
	form_error(req, FORM_WHOLE, "wrong", NULL);
	return reply_page(req, 422, sign_in_page(req));
}

enum status
sign_in_throttled(struct request *req)
{
	reply_header(req, "Retry-After", "900");
	return reply_page(req, 429, page_open(req, TPL_PORTAL_WAIT));
}

enum status
sign_in_submit(struct request *req)
{
	struct attempt attempt;
	enum status status = attempt_of(req, "", form_text(req, EMAIL), &attempt);
	if (status != OK)
		return status;

	struct rows *rows =
	    db_read(request_db(req), &PERSON_BY_EMAIL, v_text(form_text(req, EMAIL)));
	int64_t person = 0;
	const char *stored = NULL;
	if (rows_next(rows)) {
		person = rows_int(rows, 0);
		if (!rows_null(rows, 1) && text_is(rows_text(rows, 2), "active") &&
		    password_counts((roles)rows_int(rows, 3)))
			stored = rows_text(rows, 1);
	}
	if (attempt_too_many(req, &attempt, person))
		return sign_in_throttled(req);
	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));

	status = password_check(form_text(req, PASSWORD), stored);
	if (status == E_DENIED)
		return refuse(req, &attempt);
	if (status != OK)
		return status;

	struct begin b = { .req = req, .attempt = &attempt, .person = person };
	status = db_transact(request_db(req), begin, NULL, &b);
	if (status != OK)
		return status;
	return reply_redirect(req, entry_hand_over(req, &b.entry, form_text(req, TO)));
}

enum status
sign_out(struct request *req)
{
	const char *token = request_cookie(req, SESSION_COOKIE);

	if (token) {
		unsigned char hash[SHA256_BYTES];
		crypto_sha256(bytes_of(token), hash);
		db_write(request_db(req), &SESSION_REVOKE, v_instant(time_now()),
		    v_bytes(hash, sizeof hash));
		if (db_status(request_db(req)) != OK)
			return db_status(request_db(req));
	}
	reply_cookie(req, SESSION_COOKIE, "", 0);
	reply_header(req, "Clear-Site-Data", "\"cache\", \"storage\"");
	return reply_redirect(req, "/sign-in?bye=1");
}
