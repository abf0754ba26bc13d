/*
 * session.c: who asks. Reads the caller through the view core.caller, alone or as the head of
 * the route's opening read; prolongs the session; makes the token that binds a form to a
 * browser. Called by request_run.c. The token itself is never stored, logged or put into a
 * page.
 */
#include "web/session.h"

#include <string.h>

#include "base/config.h"
#include "base/log.h"
#include "web/request_impl.h"

#define TOUCH_AFTER (5 * MINUTE)
#define COOKIE_MAX 128
#define VISIT_SECONDS ((int64_t)24 * 3600)

static const struct stmt CALLER = { CALLER_SELECT CALLER_FROM CALLER_WHERE };
static const struct stmt TOUCH = { "CALL keptword_core.session_touch(?, ?)" };

/* A cookie that could be one of ours: not empty, not endless. */
static const char *
token_cookie(const struct request *req, const char *name)
{
	const char *value = request_cookie(req, name);

	return value && *value && strlen(value) <= COOKIE_MAX ? value : NULL;
}

static void
take_caller(struct request *req, struct rows *rows)
{
	req->caller.person = rows_int(rows, 0);
	req->caller.roles = (roles)rows_int(rows, 1);
	req->caller.zone = rows_text(rows, 2);
	req->caller.locale = rows_text(rows, 3);
	req->caller.name = rows_text(rows, 4);
	req->seen_at = rows_instant(rows, 5);
}

enum status
session_read(struct request *req)
{
	const char *token = token_cookie(req, SESSION_COOKIE);
	const struct stmt *opening = req->route ? req->route->opening : NULL;
	instant earliest = req->at - config_int(CONFIG_SESSION_IDLE) * MINUTE;
	struct rows *rows;

	if (!token)
		return OK;
	crypto_sha256(bytes_of(token), req->token_hash);
	struct value hash = v_bytes(req->token_hash, sizeof req->token_hash);
	rows = db_read(request_db(req), opening ? opening : &CALLER, hash, v_instant(earliest),
	    v_instant(req->at));
	req->opening = opening ? rows : NULL;
	/* An opening read without rows: nobody, or somebody for whom it found nothing. */
	if (opening && !rows_count(rows))
		rows = db_read(req->db, &CALLER, hash, v_instant(earliest), v_instant(req->at));
	if (!rows_next(rows)) {
		req->opening = NULL;
		return db_status(req->db);
	}
	take_caller(req, rows);
	req->session = token;
	req->caller.token_hash =
	    hex_text(req->arena, (struct bytes){ req->token_hash, sizeof req->token_hash });
	rows_rewind(rows);
	return OK;
}

void
session_touch(struct request *req)
{
	if (req->bearer) {
		bearer_touch(req);
		return;
	}
	if (!req->caller.person || !req->route || req->route->flags & ROUTE_NO_TOUCH ||
	    req->at - req->seen_at <= TOUCH_AFTER || !req->db || db_status(req->db) != OK)
		return;
	if (db_write(req->db, &TOUCH, v_bytes(req->token_hash, sizeof req->token_hash),
		v_instant(req->at)) < 0)
		log_event(LOG_LEVEL_WARN, "touch_failed", LOG_INT("code", db_error(req->db)));
}

const char *
session_form_token(struct request *req)
{
	unsigned char hash[SHA256_BYTES];
	struct buf text = buf_new(req->arena);

	const char *secret = req->session ? req->session : req->bearer;

	if (!secret && !req->visit)
		req->visit = token_cookie(req, VISIT_COOKIE);
	if (!secret && !req->visit) {
		req->visit = token_new(req->arena);
		reply_cookie(req, VISIT_COOKIE, req->visit, VISIT_SECONDS);
	}
	buf_text(&text, "keptword form\n");
	buf_text(&text, secret ? secret : req->visit);
	crypto_sha256((struct bytes){ (const unsigned char *)text.p, text.n }, hash);
	crypto_wipe(text.p, text.n);
	return hex_text(req->arena, (struct bytes){ hash, ID_BYTES });
}
