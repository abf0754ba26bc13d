/*
 * bearer.c: who asks, told by an API token: `Authorization: Bearer kw_...`. Only routes under
 * ".../api/" that have a scope look at it; on a page it means nothing. It is found through the
 * view core.api_caller by its SHA-256, so a revoked token, a disabled account or a changed role
 * counts at the next request; roles and rights in SQL are those of the person. No cookie is
 * read or set. Called by request_run.c. The token itself is never stored or logged.
 */
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "web/request_impl.h"

#define SCHEME "Bearer"
#define TOKEN_PREFIX "kw_"
#define TOKEN_MAX 128
#define TOUCH_AFTER (5 * MINUTE)

static const struct stmt API_CALLER = {
	"SELECT person_id, roles, time_zone, locale, preferred_name, scopes, used_at,"
	" expires_at <= ?, revoked_at IS NOT NULL, id"
	" FROM keptword_core.api_caller WHERE token_hash = ?"
};
static const struct stmt TOUCH = { "CALL keptword_core.api_token_touch(?, ?)" };

bool
bearer_asks(const struct request *req)
{
	return req->authorization && req->route->flags & ROUTE_API &&
	       !text_is(req->route->scope, SCOPE_PAGE);
}

/* The token in the header; NULL when it could be none of ours. */
static const char *
token_of(const struct request *req)
{
	const char *text = req->authorization;
	const size_t n = sizeof SCHEME - 1;

	if (strncasecmp(text, SCHEME, n) != 0 || text[n] != ' ')
		return NULL;
	text += n + strspn(text + n, " ");
	return text_starts(text, TOKEN_PREFIX) && strlen(text) <= TOKEN_MAX ? text : NULL;
}

enum status
bearer_read(struct request *req)
{
	const char *token = token_of(req);
	struct rows *rows;

	req->refusal = "token_unknown";
	if (!token)
		return OK;
	crypto_sha256(bytes_of(token), req->token_hash);
	rows = db_read(request_db(req), &API_CALLER, v_instant(req->at),
	    v_bytes(req->token_hash, sizeof req->token_hash));
	if (!rows_next(rows))
		return db_status(req->db);
	if (rows_int(rows, 8) || rows_int(rows, 7)) {
		req->refusal = rows_int(rows, 8) ? "token_revoked" : "token_expired";
		return OK;
	}
	req->refusal = NULL;
	req->caller = (struct caller){ .person = rows_int(rows, 0),
		.roles = (roles)rows_int(rows, 1),
		.zone = rows_text(rows, 2),
		.locale = rows_text(rows, 3),
		.name = rows_text(rows, 4),
		.scopes = rows_text(rows, 5),
		.api_token = rows_int(rows, 9) };
	req->bearer = token;
	req->seen_at = rows_instant(rows, 6);
	return OK;
}

bool
bearer_may(const struct request *req)
{
	const char *scope = req->route->scope, *at = req->caller.scopes;
	size_t n = scope ? strlen(scope) : 0;

	if (!req->bearer)
		return true;
	while (*at) {
		size_t word = strcspn(at, " ");

		if (n && word == n && !memcmp(at, scope, n))
			return true;
		at += word + strspn(at + word, " ");
	}
	return false;
}

void
bearer_touch(struct request *req)
{
	if (req->at - req->seen_at <= TOUCH_AFTER || !req->db || db_status(req->db) != OK)
		return;
	if (db_write(req->db, &TOUCH, v_bytes(req->token_hash, sizeof req->token_hash),
		v_instant(req->at)) < 0)
		log_event(LOG_LEVEL_WARN, "touch_failed", LOG_INT("code", db_error(req->db)));
}
