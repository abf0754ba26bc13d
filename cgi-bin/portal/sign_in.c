/*
 * sign_in.c: who are you? Sessions begin and end here.
 *
 * Rules (README 1-4): an unknown address, a wrong password and a disabled account get the same
 * answer after the same work. Failures are counted per address typed and per client, as keyed
 * hashes; guessing slows down, and the person whose address is being guessed still gets in from
 * a browser that has signed in before.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "portal/portal.h"
#include "web/page.h"
#include "web/session.h"

#include <string.h>

/* Failures within WINDOW after which a try is not even checked. */
#define WINDOW (15 * MINUTE)
#define PER_ACCOUNT_AND_CLIENT 5
#define PER_CLIENT 30
#define PER_ACCOUNT 50

/* Marks a browser in which this person signed in before; not a credential. */
#define DEVICE_COOKIE "__Host-known"
#define DEVICE_SECONDS ((int64_t)180 * 24 * 3600)

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
static const struct stmt FAILURES = {
	"SELECT"
	" (SELECT COUNT(*) FROM sign_in_attempt WHERE account_key = ? AND at > ? AND ok = 0"
	"  AND client_key = ?),"
	" (SELECT COUNT(*) FROM sign_in_attempt WHERE client_key = ? AND at > ? AND ok = 0),"
	" (SELECT COUNT(*) FROM sign_in_attempt WHERE account_key = ? AND at > ? AND ok = 0)"
};
static const struct stmt ATTEMPT_ADD = {
	"INSERT INTO sign_in_attempt (account_key, client_key, at, ok) VALUES (?, ?, ?, ?)"
};
static const struct stmt SESSION_ADD = {
	"INSERT INTO session (token_hash, person_id, created_at, seen_at, ends_at)"
	" VALUES (?, ?, ?, ?, ?)"
};
static const struct stmt SESSION_REVOKE = {
	"UPDATE session SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL"
};

/* What one try is counted under. */
struct attempt {
	unsigned char account[SHA256_BYTES];
	unsigned char client[SHA256_BYTES];
	instant at;
};

static enum status
attempt_of(struct request *req, const char *email, struct attempt *ret)
{
	struct arena *arena = request_arena(req);
	struct key key;
	enum status status = crypto_key("sign-in", true, &key);

	if (status != OK)
		return status;
	char *lower = text_copy(arena, email);
	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	struct bytes secret = { key.secret, sizeof key.secret };
	crypto_hmac(secret, bytes_of(text_printf(arena, "account %s", lower)), ret->account);
	crypto_hmac(secret, bytes_of(text_printf(arena, "client %s", request_client(req))),
	    ret->client);
	crypto_wipe(&key, sizeof key);
	ret->at = time_now();
	return OK;
}

/* The value of the device cookie for a person: an HMAC of the id, so it tells nothing and
 * nobody can make one for somebody else. */
static const char *
device_value(struct request *req, int64_t person)
{
	struct arena *arena = request_arena(req);
	unsigned char mac[SHA256_BYTES];
	struct key key;

	if (crypto_key("sign-in", true, &key) != OK)
		return "";
	crypto_hmac((struct bytes){ key.secret, sizeof key.secret },
	    bytes_of(text_printf(arena, "device %lld", (long long)person)), mac);
	crypto_wipe(&key, sizeof key);
	return hex_text(arena, (struct bytes){ mac, 16 });
}

static bool
device_known(struct request *req, int64_t person)
{
	const char *cookie = request_cookie(req, DEVICE_COOKIE);

	return cookie && person &&
	       crypto_equal(bytes_of(cookie), bytes_of(device_value(req, person)));
}

static bool
too_many(struct request *req, const struct attempt *attempt, int64_t person)
{
	instant since = attempt->at - WINDOW;
	struct value account = v_bytes(attempt->account, SHA256_BYTES);
	struct value client = v_bytes(attempt->client, SHA256_BYTES);
	struct rows *rows = db_read(request_db(req), &FAILURES, account, v_instant(since),
	    client, client, v_instant(since), account, v_instant(since));

	if (!rows_next(rows))
		return false;
	if (rows_int(rows, 0) >= PER_ACCOUNT_AND_CLIENT || rows_int(rows, 1) >= PER_CLIENT)
		return true;
	return rows_int(rows, 2) >= PER_ACCOUNT && !device_known(req, person);
}

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
	return reply_page(req, 200, page);
}

const char *
session_begin(struct request *req, struct db *db, int64_t person)
{
	unsigned char hash[SHA256_BYTES];
	instant now = time_now();
	const char *token = token_new(request_arena(req));

	crypto_sha256(bytes_of(token), hash);
	db_write(db, &SESSION_ADD, v_bytes(hash, sizeof hash), v_int(person), v_instant(now),
	    v_instant(now), v_instant(now + config_int(CONFIG_SESSION_MAX) * HOUR));
	return token;
}

void
session_hand_over(struct request *req, const char *token, int64_t person)
{
	reply_cookie(req, SESSION_COOKIE, token, -1);
	reply_cookie(req, VISIT_COOKIE, "", 0);
	reply_cookie(req, DEVICE_COOKIE, device_value(req, person), DEVICE_SECONDS);
}

struct begin {
	struct request *req;
	const struct attempt *attempt;
	int64_t person;
	const char *token;
};

static enum status
begin(struct db *db, void *arg)
{
	struct begin *b = arg;

	db_write(db, &ATTEMPT_ADD, v_bytes(b->attempt->account, SHA256_BYTES),
	    v_bytes(b->attempt->client, SHA256_BYTES), v_instant(b->attempt->at), v_int(1));
	b->token = session_begin(b->req, db, b->person);
	audit_add(db,
	    &(struct audit){ b->person, "session.begun", "person", NULL, request_id(b->req) });
	return OK;
}

static enum status
refuse(struct request *req, const struct attempt *attempt)
{
	db_write(request_db(req), &ATTEMPT_ADD, v_bytes(attempt->account, SHA256_BYTES),
	    v_bytes(attempt->client, SHA256_BYTES), v_instant(attempt->at), v_int(0));
	form_error(req, FORM_WHOLE, "wrong", NULL);
	return reply_page(req, 422, sign_in_page(req));
}

/* Where everybody signs in at the provider, administrators still have a way in without it. */
static bool
password_counts(roles held)
{
	return config_on(CONFIG_PASSWORD_SIGN_IN) || held & ROLE(ADMIN);
}

enum status
sign_in_submit(struct request *req)
{
	struct attempt attempt;
	enum status status = attempt_of(req, form_text(req, EMAIL), &attempt);
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
	if (too_many(req, &attempt, person)) {
		struct page *page = sign_in_page(req);
		page_show(page, MARK_THROTTLED);
		reply_header(req, "Retry-After", "900");
		return reply_page(req, 429, page);
	}
	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));

	status = password_check(form_text(req, PASSWORD), stored);
	if (status == E_DENIED)
		return refuse(req, &attempt);
	if (status != OK)
		return status;

	struct begin b = { req, &attempt, person, NULL };
	status = db_transact(request_db(req), begin, NULL, &b);
	if (status != OK)
		return status;
	session_hand_over(req, b.token, person);
	const char *to = form_text(req, TO);
	return reply_redirect(req, reply_is_local(to) ? to : "/");
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
