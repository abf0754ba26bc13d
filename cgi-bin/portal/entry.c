/*
 * entry.c: the way in, see entry.h. Sessions begin here and nowhere else.
 *
 * Rules (README 4, 19, 20): a token is 256 random bits of which the database keeps the SHA-256;
 * a half-open sign-in lasts ten minutes, belongs to one person and allows five wrong codes.
 */
#include "portal/entry.h"

#include "base/config.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "portal/agent.h"
#include "portal/attempt.h"
#include "portal/portal.h"
#include "portal/second_factor.h"
#include "web/session.h"

#include <string.h>

#define HALF_COOKIE "__Host-half"
#define HALF_LASTS (10 * MINUTE)
#define HALF_WRONG_MOST 5

static const struct stmt SESSION_ADD = { "INSERT INTO session (token_hash, person_id, "
					 "created_at, seen_at, ends_at, proved_at, agent,"
					 " public_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)" };
static const struct stmt SESSIONS_END = {
	"UPDATE session SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL"
	" AND token_hash <> ?"
};
static const struct stmt ROLES = { "SELECT roles FROM person WHERE id = ?" };
static const struct stmt HALF_ADD = {
	"INSERT INTO sign_in_half (token_hash, person_id, kind, created_at, ends_at)"
	" VALUES (?, ?, ?, ?, ?)"
};
static const struct stmt HALF = { "SELECT h.person_id, h.kind, p.email FROM sign_in_half h "
				  "JOIN person p ON p.id = h.person_id"
				  " WHERE h.token_hash = ? AND h.closed_at IS NULL AND "
				  "h.ends_at > ? AND p.state = 'active'" };
static const struct stmt HALF_CLOSE = {
	"UPDATE sign_in_half SET closed_at = ? WHERE token_hash = ? AND closed_at IS NULL"
};
static const struct stmt HALF_WRONG = {
	"UPDATE sign_in_half SET wrong = wrong + 1, closed_at = IF(wrong >= ?, ?, closed_at)"
	" WHERE token_hash = ? AND closed_at IS NULL"
};
static const struct stmt HALF_CLOSED = {
	"SELECT closed_at IS NOT NULL FROM sign_in_half WHERE token_hash = ?"
};
static const struct stmt HALVES_END = {
	"UPDATE sign_in_half SET closed_at = ? WHERE person_id = ? AND closed_at IS NULL"
};

/* ---- Beginning ---- */

/* Tells a person of a session in a browser that we have not seen them in. */
static void
tell_new_browser(struct request *req, struct db *db, int64_t person, const char *agent)
{
	const char *device = agent_names(request_arena(req), agent);

	notice_add(
	    db, &(struct notice){ .kind = text_empty(device) ? "account.new_browser_unnamed"
							     : "account.new_browser",
		    .topic = NOTICE_ACCOUNT,
		    .person = person,
		    .path = "/profile/sessions",
		    .detail = text_printf(request_arena(req), "{\"device\":\"%s\"}", device) });
}

static const char *
begin(struct request *req, struct db *db, int64_t person, bool tell)
{
	struct arena *arena = request_arena(req);
	unsigned char hash[SHA256_BYTES];
	instant now = time_now();
	struct id id = id_new();
	const char *agent = agent_code(arena, request_agent(req));
	const char *token = token_new(arena);

	crypto_sha256(bytes_of(token), hash);
	db_write(db, &SESSION_ADD, v_bytes(hash, sizeof hash), v_int(person), v_instant(now),
	    v_instant(now), v_instant(now + config_int(CONFIG_SESSION_MAX) * HOUR),
	    v_instant(now), v_text(agent), v_bytes(id.b, sizeof id.b));
	if (tell && !device_known(req, person))
		tell_new_browser(req, db, person, agent);
	return token;
}

static void
session_hand_over(struct request *req, const char *token, int64_t person)
{
	reply_cookie(req, SESSION_COOKIE, token, -1);
	reply_cookie(req, VISIT_COOKIE, "", 0);
	half_forget(req);
	device_remember(req, person);
}

void
entry_begin_session(
    struct request *req, struct db *db, int64_t person, bool tell, struct entry *ret)
{
	*ret = (struct entry){ ENTRY_SESSION, person, begin(req, db, person, tell) };
	audit_add(
	    db, &(struct audit){ person, "session.begun", "person", NULL, request_id(req) });
}

static void
half_begin(
    struct request *req, struct db *db, int64_t person, enum entry_kind kind, struct entry *ret)
{
	unsigned char hash[SHA256_BYTES];
	instant now = time_now();

	*ret = (struct entry){ kind, person, token_new(request_arena(req)) };
	crypto_sha256(bytes_of(ret->token), hash);
	db_write(db, &HALF_ADD, v_bytes(hash, sizeof hash), v_int(person),
	    v_text(kind == ENTRY_CODE ? "code" : "set_up"), v_instant(now),
	    v_instant(now + HALF_LASTS));
}

void
entry_begin(struct request *req, struct db *db, int64_t person, bool tell, struct entry *ret)
{
	if (second_factor_has(db, person))
		half_begin(req, db, person, ENTRY_CODE, ret);
	else if (second_factor_required((roles)db_int(db, &ROLES, 0, v_int(person))))
		half_begin(req, db, person, ENTRY_SET_UP, ret);
	else
		entry_begin_session(req, db, person, tell, ret);
}

const char *
entry_page(const struct entry *entry)
{
	static const char *const PAGES[] = { [ENTRY_SESSION] = "/",
		[ENTRY_CODE] = "/sign-in/code",
		[ENTRY_SET_UP] = "/sign-in/set-up" };

	return PAGES[entry->kind];
}

const char *
entry_hand_over(struct request *req, const struct entry *entry, const char *to)
{
	bool local = !text_empty(to) && reply_is_local(to);

	if (entry->kind == ENTRY_SESSION) {
		session_hand_over(req, entry->token, entry->person);
		return local ? to : entry_page(entry);
	}
	reply_cookie(req, HALF_COOKIE, entry->token, HALF_LASTS / SECOND);
	if (!local || text_is(to, "/"))
		return entry_page(entry);
	return text_printf(request_arena(req), "%s?to=%s", entry_page(entry),
	    url_encode(request_arena(req), to));
}

/* ---- Half open ---- */

struct half
half_read(struct request *req)
{
	const char *token = request_cookie(req, HALF_COOKIE);
	struct half half = { .email = "" };

	if (text_empty(token))
		return half;
	crypto_sha256(bytes_of(token), half.hash);
	struct rows *rows = db_read(request_db(req), &HALF,
	    v_bytes(half.hash, sizeof half.hash), v_instant(time_now()));
	if (rows_next(rows)) {
		half.person = rows_int(rows, 0);
		half.kind = text_is(rows_text(rows, 1), "code") ? ENTRY_CODE : ENTRY_SET_UP;
		half.email = rows_text(rows, 2);
	}
	return half;
}

void
half_close(struct db *db, const struct half *half)
{
	(void)db_write_one(
	    db, &HALF_CLOSE, v_instant(time_now()), v_bytes(half->hash, sizeof half->hash));
}

/* MariaDB works out `wrong` first: in the condition it is the new one. */
bool
half_wrong(struct db *db, const struct half *half)
{
	struct value hash = v_bytes(half->hash, sizeof half->hash);

	db_write(db, &HALF_WRONG, v_int(HALF_WRONG_MOST), v_instant(time_now()), hash);
	return db_int(db, &HALF_CLOSED, 1, hash) != 0;
}

void
half_forget(struct request *req)
{
	if (request_cookie(req, HALF_COOKIE))
		reply_cookie(req, HALF_COOKIE, "", 0);
}

void
entry_end_all(struct db *db, int64_t person, const char *but)
{
	static const unsigned char none[SHA256_BYTES];
	struct bytes hash = { none, sizeof none };
	instant now = time_now();

	if (but && !hex_bytes(db_arena(db), but, &hash))
		db_fail(db, E_FAULT);
	db_write(db, &SESSIONS_END, v_instant(now), v_int(person), v_bytes(hash.p, hash.n));
	db_write(db, &HALVES_END, v_instant(now), v_int(person));
}
