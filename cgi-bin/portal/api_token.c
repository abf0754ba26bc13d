/*
 * api_token.c: API tokens: with which programs ask in a person's name. Everybody who works here
 * makes and revokes their own.
 *
 * Rules (README 25, 37-40): a token is shown once and kept as its SHA-256; it can do what its
 * scopes and the roles of its person both allow, until its end; a week before that its owner is
 * told. Before one is made we ask whether it is still its person; revoking is free.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "data/json.h"
#include "data/notice.h"
#include "portal/confirm.h"
#include "portal/portal.h"
#include "web/page.h"
#include "web/words.h"

#include <string.h>

#define HERE "/profile/tokens"
#define TOKEN_COOKIE "__Host-api-token"
#define SHOWN_FOR 120 /* seconds that a new token waits for the page that shows it */
#define TOKENS_MAX 20 /* that count, of one person */
#define REMIND_BEFORE (7 * DAY_LENGTH)
#define SCOPES_MAX 400

enum {
	NAME,
	SCOPES,
	DAYS
};

/* What the caller may give a token: the code and its words. */
static const struct choice *scopes_of(struct request *req);
static const struct choice *days_of(struct request *req);

static const struct field TOKEN_FIELDS[] = {
	[NAME] = { "name", FIELD_TEXT, .max = 80 },
	[SCOPES] = { "scopes", FIELD_MANY, .min = 1, .choices_of = scopes_of },
	[DAYS] = { "days", FIELD_SELECT, .choices_of = days_of },
	{ 0 },
};
const struct form API_TOKEN_FORM = { "api_token", TOKEN_FIELDS, api_tokens_show, false };

static const struct stmt SCOPES_FOR = {
	"SELECT scope FROM api_scope WHERE roles IS NULL OR roles & ? ORDER BY scope"
};
static const struct stmt TOKENS = {
	"SELECT public_id, name, scopes, created_at, expires_at, used_at, revoked_at, "
	"expires_at > ?"
	" FROM api_token WHERE person_id = ? AND (revoked_at IS NULL OR revoked_at > ?)"
	" AND expires_at > ? ORDER BY revoked_at IS NOT NULL, expires_at <= ?, id DESC LIMIT 50"
};
static const struct stmt TOKENS_THAT_COUNT = {
	"SELECT COUNT(*) FROM api_token WHERE person_id = ? AND revoked_at IS NULL"
	" AND expires_at > ?"
};
static const struct stmt TOKEN_IS_OF = {
	"SELECT 1 FROM api_token WHERE token_hash = ? AND person_id = ? AND revoked_at IS NULL"
};
static const struct stmt TOKEN_ADD = {
	"INSERT INTO api_token (public_id, token_hash, person_id, name, scopes, created_at,"
	" expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt TOKEN_OF_CALLER = {
	"SELECT id FROM api_token WHERE public_id = ? AND person_id = ?"
};
static const struct stmt TOKEN_REVOKE = {
	"UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL"
};
static const struct stmt TOKENS_THAT_END = {
	"SELECT t.id, t.person_id, t.expires_at, p.time_zone FROM api_token t"
	" JOIN person p ON p.id = t.person_id AND p.state = 'active'"
	" WHERE t.expires_at > ? AND t.expires_at <= ? AND t.revoked_at IS NULL"
	"  AND t.created_at < t.expires_at - INTERVAL 8 DAY"
	"  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'portal.api_token_ends'"
	"   AND o.notice_key = CAST(t.id AS CHAR CHARACTER SET ascii) COLLATE ascii_bin)"
	" ORDER BY t.expires_at LIMIT 500"
};
static const struct stmt ME = {
	"SELECT p.public_id, p.email, t.name, t.expires_at FROM person p"
	" LEFT JOIN api_token t ON t.person_id = p.id AND t.id = ? WHERE p.id = ?"
};

/* "payments:read" stands under api_scope.payments.read in the words of its plugin. */
static const char *
scope_words(struct request *req, const char *scope)
{
	char *key = text_printf(request_arena(req), "api_scope.%s", scope);
	char *colon = strchr(key, ':');

	if (colon)
		*colon = '.';
	return words_say(request_arena(req), request_caller(req)->locale, key);
}

static const struct choice *
scopes_of(struct request *req)
{
	struct rows *rows =
	    db_read(request_db(req), &SCOPES_FOR, v_int(request_caller(req)->roles));
	struct choice *list =
	    arena_array_of(request_arena(req), struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		list[n] =
		    (struct choice){ rows_text(rows, 0), scope_words(req, rows_text(rows, 0)) };
	return list;
}

/* A few lengths of life that the configuration allows, its own the longest. */
static const struct choice *
days_of(struct request *req)
{
	static const int64_t OFFERED[] = { 1, 7, 30, 90, 180 };
	const size_t n_offered = sizeof OFFERED / sizeof *OFFERED;
	struct arena *arena = request_arena(req);
	struct choice *list = arena_array_of(arena, struct choice, n_offered + 2);
	int64_t most = config_int(CONFIG_TOKEN_DAYS);
	size_t n = 0;

	for (size_t i = 0; i <= n_offered; i++) {
		int64_t days = i < n_offered ? OFFERED[i] : most;

		if (i < n_offered && days >= most)
			continue;
		list[n++] = (struct choice){ text_printf(arena, "%lld", (long long)days),
			words_say(arena, request_caller(req)->locale, "api_token.life",
			    { "n", words_count(arena, days) }) };
	}
	return list;
}

/* ---- The page ---- */

/* A token that was just made, once. */
static void
show_new(struct request *req, struct page *page)
{
	const char *token = request_cookie(req, TOKEN_COOKIE);
	unsigned char hash[SHA256_BYTES];

	if (!token || request_method(req) != METHOD_GET)
		return;
	reply_cookie(req, TOKEN_COOKIE, "", 0);
	crypto_sha256(bytes_of(token), hash);
	if (db_int(request_db(req), &TOKEN_IS_OF, 0, v_bytes(hash, sizeof hash),
		v_int(request_caller(req)->person)))
		page_text(page_repeat(page, MARK_NEW_TOKEN), MARK_TOKEN, token);
}

static void
show_scopes(struct request *req, struct page *line, const char *scopes)
{
	size_t n;
	char **list = text_split(request_arena(req), scopes, ' ', &n);

	for (size_t i = 0; i < n; i++)
		page_text(
		    page_repeat(line, MARK_SCOPE_LINE), MARK_SCOPE, scope_words(req, list[i]));
}

static void
show_token(struct request *req, struct page *page, const struct rows *rows)
{
	struct page *line = page_repeat(page, MARK_API_TOKEN);

	page_text(line, MARK_TOKEN_NAME, rows_text(rows, 1));
	show_scopes(req, line, rows_text(rows, 2));
	if (rows_null(rows, 5))
		page_show(line, MARK_NEVER_USED);
	else
		page_instant(page_repeat(line, MARK_USED), MARK_USED_AT, rows_instant(rows, 5));
	if (!rows_null(rows, 6)) {
		page_instant(
		    page_repeat(line, MARK_REVOKED), MARK_REVOKED_AT, rows_instant(rows, 6));
	} else if (!rows_int(rows, 7)) {
		page_instant(
		    page_repeat(line, MARK_EXPIRED), MARK_EXPIRES_AT, rows_instant(rows, 4));
	} else {
		page_instant(
		    page_repeat(line, MARK_COUNTS), MARK_EXPIRES_AT, rows_instant(rows, 4));
		struct page *end = page_repeat(line, MARK_MAY_REVOKE);
		page_text(end, MARK_TOKEN_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(end, MARK_TOKEN_NAME, rows_text(rows, 1));
		page_tokens(end);
	}
}

/* What was typed before we asked whether it is still this person (ask_again()). */
static void
show_asked(struct request *req, struct page *page)
{
	const char *days = request_query(req, "days");
	size_t n;
	char **scopes = text_split(request_arena(req), request_query(req, "scopes"), ' ', &n);

	form_set(req, NAME, request_query(req, "name"));
	for (size_t i = 0; i < n; i++)
		form_set(req, SCOPES, scopes[i]);
	form_set(req, DAYS, text_empty(days) ? "90" : days);
	if (!text_empty(days) && proof_is_fresh(req))
		page_show(page, MARK_PROVED);
}

/* GET /profile/tokens: those that count, and those that ended in the last 30 days. */
enum status
api_tokens_show(struct request *req)
{
	instant now = time_now();
	struct value lately = v_instant(now - 30 * DAY_LENGTH);
	struct rows *rows = db_read(request_db(req), &TOKENS, v_instant(now),
	    v_int(request_caller(req)->person), lately, lately, v_instant(now));
	struct page *page = page_open(req, TPL_PORTAL_API_TOKENS);

	show_asked(req, page);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	else
		page_show(page, MARK_SOME);
	while (rows_next(rows))
		show_token(req, page, rows);
	show_new(req, page);
	if (text_is(request_query(req, "revoked"), "1"))
		page_show(page, MARK_JUST_REVOKED);
	return reply_page(req, 200, page);
}

/* ---- Making and revoking ---- */

/* The scopes of the form, parted by blanks. */
static const char *
scopes_asked(struct request *req)
{
	struct buf scopes = buf_new(request_arena(req));

	buf_text(&scopes, "");
	for (size_t i = 0; i < form_many(req, SCOPES); i++)
		buf_printf(&scopes, "%s%s", i ? " " : "", form_many_at(req, SCOPES, i));
	return scopes.p;
}

/* To the question whether it is still this person, and from there back to the form as it was
 * filled in; making the token stays a press of its button. */
static enum status
ask_again(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *to = text_printf(arena, HERE "?name=%s&scopes=%s&days=%s",
	    url_encode(arena, form_text(req, NAME)), url_encode(arena, scopes_asked(req)),
	    url_encode(arena, form_text(req, DAYS)));

	return proof_ask(req, reply_is_local(to) ? to : HERE);
}

static enum status
make(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const char **ret_token = arg;
	struct arena *arena = request_arena(req);
	int64_t person = request_caller(req)->person, days = 0;
	instant now = time_now();
	const char *scopes = scopes_asked(req);
	unsigned char hash[SHA256_BYTES];
	struct id id = id_new();

	if (!text_to_int(form_text(req, DAYS), &days) || strlen(scopes) > SCOPES_MAX)
		return E_INPUT;
	if (db_int(db, &TOKENS_THAT_COUNT, 0, v_int(person), v_instant(now)) >= TOKENS_MAX) {
		form_error(req, FORM_WHOLE, "too_many", NULL);
		return E_INPUT;
	}
	*ret_token = text_printf(arena, "kw_%s", token_new(arena));
	crypto_sha256(bytes_of(*ret_token), hash);
	db_write(db, &TOKEN_ADD, v_bytes(id.b, sizeof id.b), v_bytes(hash, sizeof hash),
	    v_int(person), v_text(form_text(req, NAME)), v_text(scopes), v_instant(now),
	    v_instant(now + days * DAY_LENGTH));
	request_audit(req, db, "api_token.made",
	    text_printf(arena, "api_token:%lld", (long long)db_last_id(db)), scopes);
	receipt->location = HERE;
	return OK;
}

/* POST /profile/tokens. The token goes to the page that follows in a cookie of two minutes, so
 * it stands in no address, history or log. */
enum status
api_token_submit(struct request *req)
{
	const char *token = NULL;

	if (!proof_is_fresh(req))
		return ask_again(req);
	enum status status = reply_submit(req, make, &token);
	if (status == OK && token && !form_failed(req))
		reply_cookie(req, TOKEN_COOKIE, token, SHOWN_FOR);
	return status;
}

static enum status
revoke(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id;
	int64_t token;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	token = db_int(db, &TOKEN_OF_CALLER, 0, v_bytes(id.b, sizeof id.b),
	    v_int(request_caller(req)->person));
	if (!token)
		return E_ABSENT;
	if (db_write(db, &TOKEN_REVOKE, v_instant(time_now()), v_int(token)) > 0)
		request_audit(req, db, "api_token.revoked",
		    text_printf(request_arena(req), "api_token:%lld", (long long)token), NULL);
	receipt->location = HERE "?revoked=1";
	return OK;
}

/* POST /profile/tokens/:id/revoke */
enum status
api_token_revoke_submit(struct request *req)
{
	return reply_submit(req, revoke, NULL);
}

/* ---- GET /api/me: whose token this is and what it may do ---- */

enum status
api_me(struct request *req)
{
	struct arena *arena = request_arena(req);
	const struct caller *caller = request_caller(req);
	struct rows *rows =
	    db_read(request_db(req), &ME, v_int(caller->api_token), v_int(caller->person));
	json_t *held = json_array(), *scopes = json_array();
	size_t n;

	if (!rows_next(rows)) {
		json_decref(held);
		json_decref(scopes);
		return db_absent(request_db(req));
	}
	json_t *me = json_held(arena,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "id", rows_id_text(arena, rows, 0),
		"name", caller->name, "email", rows_text(rows, 1), "time_zone", caller->zone,
		"locale", caller->locale, "roles", held, "scopes", scopes));
	for (enum role_bit bit = 0; me && bit < ROLE_BIT_MAX; bit++)
		if (caller->roles & ((roles)1 << bit))
			(void)json_array_append_new(held, json_string(role_name(bit)));
	char **list = text_split(arena, caller->scopes, ' ', &n);
	for (size_t i = 0; me && i < n; i++)
		if (*list[i])
			(void)json_array_append_new(scopes, json_string(list[i]));
	if (me && !rows_null(rows, 2))
		(void)json_object_set_new(me, "token",
		    json_pack("{s:s, s:o}", "name", rows_text(rows, 2), "expires_at",
			json_instant(arena, rows_instant(rows, 3))));
	return reply_json_value(req, 200, me);
}

/* ---- A week before the end ---- */

static enum status
remind(struct db *db, void *unused_arg)
{
	struct arena *arena = db_arena(db);
	instant now = time_now();
	struct rows *rows =
	    db_read(db, &TOKENS_THAT_END, v_instant(now), v_instant(now + REMIND_BEFORE));

	(void)unused_arg;
	while (rows_next(rows))
		notice_add(
		    db, &(struct notice){ .kind = "portal.api_token_ends",
			    .topic = NOTICE_ACCOUNT,
			    .person = rows_int(rows, 1),
			    .path = HERE,
			    .detail = text_printf(arena, "{\"day\":\"%s\"}",
				day_iso(arena,
				    day_in_zone(rows_instant(rows, 2), rows_text(rows, 3)))),
			    .key = text_printf(arena, "%lld", (long long)rows_int(rows, 0)) });
	return OK;
}

/* The job "api_token.remind": tells owners once. A token that lives a week or less is not
 * announced. */
enum status
api_token_remind(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, remind, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
