/*
 * ask.c: what a person has asked: their list with the form to ask, and one of them with its
 * answer. Rule (README 1): each query carries the caller's id, so somebody else's is a 404.
 */
#include "@name@/@name@.h"

#include "base/text.h"
#include "data/crypto.h"
#include "web/page.h"

enum {
	TITLE,
	WORDS
};

static const struct stmt OWN = {
	"SELECT public_id, title, state, due_at, answered_at FROM ask WHERE person_id = ?"
	" ORDER BY asked_at DESC, id DESC LIMIT 100"
};
static const struct stmt OWN_ONE = {
	"SELECT a.title, a.body, a.state, a.asked_at, a.due_at, COALESCE(a.answer, ''),"
	" a.answered_at, COALESCE(p.preferred_name, '') FROM ask a"
	" LEFT JOIN keptword_core.person_public p ON p.id = a.answered_by"
	" WHERE a.public_id = ? AND a.person_id = ?"
};
static const struct stmt ADD = {
	"INSERT INTO ask (public_id, person_id, title, body, asked_at, due_at)"
	" VALUES (?, ?, ?, ?, ?, ?)"
};

static const struct field ADD_FIELDS[] = {
	[TITLE] = { "title", FIELD_TEXT, .min = 3, .max = 120 },
	[WORDS] = { "words", FIELD_LINES, .max = 2000 },
	{ 0 },
};
const struct form ASK_ADD_FORM = { "@name@_add", ADD_FIELDS, ask_list, false };

/* GET /@name@/asks: the caller's, newest first, and the form. */
enum status
ask_list(struct request *req)
{
	struct page *page = page_open(req, TPL_@NAME@_ASKS);
	struct rows *rows = db_read(request_db(req), &OWN, v_int(request_caller(req)->person));

	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_ASK_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_TITLE, rows_text(rows, 1));
		if (text_is(rows_text(rows, 2), "answered"))
			page_instant(page_repeat(line, MARK_IS_ANSWERED), MARK_ANSWERED_AT,
			    rows_instant(rows, 4));
		else
			page_instant(page_repeat(line, MARK_IS_OPEN), MARK_DUE_AT,
			    rows_instant(rows, 3));
	}
	return reply_page(req, 200, page);
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const struct caller *caller = request_caller(req);
	instant now = time_now();
	struct id id = id_new();

	(void)unused_arg;
	db_write(db, &ADD, v_bytes(id.b, ID_BYTES), v_int(caller->person),
	    v_text(form_text(req, TITLE)), v_text(form_text(req, WORDS)), v_instant(now),
	    v_instant(ask_due(now, caller->zone)));
	request_audit(req, db, "ask.added",
	    text_printf(db_arena(db), "ask:%lld", (long long)db_last_id(db)), NULL);
	receipt->location =
	    text_printf(db_arena(db), "/@name@/asks/%s?kept=1", id_text(db_arena(db), id));
	return OK;
}

/* POST /@name@/asks */
enum status
ask_add_submit(struct request *req)
{
	return reply_submit(req, add, NULL);
}

/* GET /@name@/asks/:id; with ?kept=1 as the receipt of what was just sent. */
enum status
ask_show(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &OWN_ONE, v_bytes(id.b, ID_BYTES),
	    v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_@NAME@_ASK);
	bool answered = text_is(rows_text(rows, 2), "answered");
	page_text(page, MARK_TITLE, rows_text(rows, 0));
	page_text(page, MARK_BODY, rows_text(rows, 1));
	page_instant(page, MARK_ASKED_AT, rows_instant(rows, 3));
	if (answered) {
		struct page *part = page_repeat(page, MARK_IS_ANSWERED);
		page_text(part, MARK_ANSWER, rows_text(rows, 5));
		page_instant(part, MARK_ANSWERED_AT, rows_instant(rows, 6));
		page_text(part, MARK_WHO, rows_text(rows, 7));
	} else {
		page_instant(
		    page_repeat(page, MARK_IS_OPEN), MARK_DUE_AT, rows_instant(rows, 4));
	}
	if (!answered && text_is(request_query(req, "kept"), "1")) {
		struct page *part = page_repeat(page, MARK_ADDED);
		page_text(part, MARK_ASK_ID, request_param(req, 0));
		page_instant(part, MARK_DUE_AT, rows_instant(rows, 4));
	}
	return reply_page(req, 200, page);
}
