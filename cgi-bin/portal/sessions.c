/*
 * sessions.c: where a person is signed in, and how to end it. The database is asked for
 * sessions at each request of every program, so one that was ended here opens nothing any more,
 * anywhere.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "portal/agent.h"
#include "portal/entry.h"
#include "portal/portal.h"
#include "web/page.h"

#define HERE "/profile/sessions"

static const struct stmt SESSIONS = {
	"SELECT public_id, created_at, seen_at, agent, token_hash = UNHEX(?) FROM session"
	" WHERE person_id = ? AND revoked_at IS NULL AND ends_at > ? AND seen_at > ?"
	" ORDER BY token_hash = UNHEX(?) DESC, seen_at DESC, created_at DESC LIMIT 100"
};
static const struct stmt SESSION_END = {
	"UPDATE session SET revoked_at = ? WHERE public_id = ? AND person_id = ?"
	" AND revoked_at IS NULL"
};
static const struct stmt SESSION_IS = {
	"SELECT 1 FROM session WHERE public_id = ? AND person_id = ?"
};

enum status
sessions_show(struct request *req)
{
	const struct caller *caller = request_caller(req);
	struct value mine = v_text(caller->token_hash);
	instant now = time_now();
	struct rows *rows = db_read(request_db(req), &SESSIONS, mine, v_int(caller->person),
	    v_instant(now), v_instant(now - config_int(CONFIG_SESSION_IDLE) * MINUTE), mine);
	struct page *page = page_open(req, TPL_PORTAL_SESSIONS);

	if (text_is(request_query(req, "done"), "1"))
		page_show(page, MARK_DONE);
	if (rows_count(rows) > 1)
		page_tokens(page_repeat(page, MARK_OTHERS));
	else
		page_show(page, MARK_ALONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_SESSION);
		const char *device = agent_names(request_arena(req), rows_text(rows, 3));
		if (text_empty(device))
			page_show(line, MARK_UNKNOWN);
		page_text(line, MARK_DEVICE, device);
		page_instant(line, MARK_BEGUN, rows_instant(rows, 1));
		if (rows_int(rows, 4)) {
			page_show(line, MARK_THIS);
			continue;
		}
		struct page *other = page_repeat(line, MARK_OTHER);
		page_instant(other, MARK_SEEN, rows_instant(rows, 2));
		page_text(other, MARK_SESSION_ID, rows_id_text(request_arena(req), rows, 0));
		page_tokens(other);
	}
	return reply_page(req, 200, page);
}

static enum status
end_one(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id;
	struct value person = v_int(request_caller(req)->person);

	(void)unused_arg;
	if (!request_param_id(req, 0, &id) ||
	    !db_int(db, &SESSION_IS, 0, v_bytes(id.b, sizeof id.b), person))
		return E_ABSENT;
	/* One that has ended already is ended all the same. */
	if (db_write(db, &SESSION_END, v_instant(time_now()), v_bytes(id.b, sizeof id.b),
		person) > 0)
		request_audit(req, db, "session.ended", "person", "one");
	receipt->location = HERE "?done=1";
	return OK;
}

enum status
session_end_submit(struct request *req)
{
	return reply_submit(req, end_one, NULL);
}

static enum status
end_others(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	(void)unused_arg;
	entry_end_all(db, request_caller(req)->person, request_caller(req)->token_hash);
	request_audit(req, db, "session.ended", "person", "others");
	receipt->location = HERE "?done=1";
	return OK;
}

enum status
sessions_end_others_submit(struct request *req)
{
	return reply_submit(req, end_others, NULL);
}
