/*
 * ask_staff.c: what waits for an answer, and answering it.
 *
 * Rules (README 1, 2, 4): an HDM sees what the people of their own pods asked; an answer is given
 * once. Two who answer at once: the second is shown what the first wrote, and keeps their words.
 */
#include "@name@/@name@.h"

#include "base/text.h"
#include "data/crypto.h"
#include "data/event.h"
#include "web/page.h"

enum {
	ANSWER,
	VERSION
};

/* Ids of the people whom the caller looks after; its value is the caller. */
#define OWN_PEOPLE_SQL                                                                 \
	"(SELECT m.person_id FROM keptword_core.pod d"                                 \
	" JOIN keptword_core.pod_member m ON m.pod_id = d.id AND m.to_on IS NULL"      \
	" WHERE d.hdm_person_id = ? AND d.state = 'active'"                            \
	" AND m.person_id <> d.hdm_person_id)"
static const struct stmt OPEN = {
	"SELECT a.public_id, a.title, p.preferred_name, a.due_at, a.due_at < ? FROM ask a"
	" JOIN keptword_core.person_public p ON p.id = a.person_id"
	" WHERE a.state = 'open' AND a.person_id IN " OWN_PEOPLE_SQL
	" ORDER BY a.due_at, a.id LIMIT 200"
};
static const struct stmt ONE = {
	"SELECT a.id, a.person_id, a.title, a.body, p.preferred_name, a.asked_at, a.due_at,"
	" a.state, a.version, COALESCE(a.answer, '') FROM ask a"
	" JOIN keptword_core.person_public p ON p.id = a.person_id"
	" WHERE a.public_id = ? AND a.person_id IN " OWN_PEOPLE_SQL
};
static const struct stmt ANSWER_IT = {
	"UPDATE ask SET state = 'answered', answer = ?, answered_by = ?, answered_at = ?,"
	" version = version + 1 WHERE id = ? AND state = 'open' AND version = ?"
};

static const struct field ANSWER_FIELDS[] = {
	[ANSWER] = { "answer", FIELD_LINES, .max = 2000 },
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form ASK_ANSWER_FORM = { "@name@_answer", ANSWER_FIELDS, ask_staff_show, false };

/* GET /@name@/staff/asks: what waits, the next first. */
enum status
ask_staff_list(struct request *req)
{
	struct page *page = page_open(req, TPL_@NAME@_ASKS_STAFF);
	struct rows *rows = db_read(request_db(req), &OPEN, v_instant(time_now()),
	    v_int(request_caller(req)->person));

	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_ASK_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_TITLE, rows_text(rows, 1));
		page_text(line, MARK_WHO, rows_text(rows, 2));
		page_instant(line, MARK_DUE_AT, rows_instant(rows, 3));
		if (rows_int(rows, 4))
			page_show(line, MARK_OVERDUE);
	}
	return reply_page(req, 200, page);
}

/* What the route names, if somebody of the caller's own people asked it. The first row is read. */
static enum status
one_read(struct request *req, struct db *db, struct rows **ret)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	*ret = db_read(
	    db, &ONE, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	if (rows_next(*ret))
		return OK;
	return db_absent(db);
}

static enum status
show(struct request *req, int code)
{
	struct rows *rows;
	enum status status = one_read(req, request_db(req), &rows);

	if (status != OK)
		return status;
	struct page *page = page_open(req, TPL_@NAME@_ASK_STAFF);
	page_text(page, MARK_TITLE, rows_text(rows, 2));
	page_text(page, MARK_BODY, rows_text(rows, 3));
	page_text(page, MARK_WHO, rows_text(rows, 4));
	page_instant(page, MARK_ASKED_AT, rows_instant(rows, 5));
	page_instant(page, MARK_DUE_AT, rows_instant(rows, 6));
	if (text_is(rows_text(rows, 7), "answered"))
		page_text(page_repeat(page, MARK_IS_ANSWERED), MARK_ANSWER, rows_text(rows, 9));
	if (code == 409)
		page_text(page_repeat(page, MARK_STALE), MARK_YOURS, form_text(req, ANSWER));
	else if (text_is(rows_text(rows, 7), "open"))
		page_text(page_repeat(page, MARK_IS_OPEN), MARK_ASK_ID, request_param(req, 0));
	form_set_int(req, VERSION, rows_int(rows, 8));
	return reply_page(req, code, page);
}

/* GET /@name@/staff/asks/:id */
enum status
ask_staff_show(struct request *req)
{
	return show(req, 200);
}

static enum status
answer(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t version = 0;
	struct rows *rows;
	enum status status = one_read(req, db, &rows);

	(void)unused_arg;
	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &version) || version != rows_int(rows, 8))
		return E_CONFLICT;
	db_write_one(db, &ANSWER_IT, v_text(form_text(req, ANSWER)),
	    v_int(request_caller(req)->person), v_instant(time_now()), v_int(rows_int(rows, 0)),
	    v_int(version));
	event_raise(db, "ask.answered", rows_int(rows, 1), rows_int(rows, 0), "{}");
	request_audit(req, db, "ask.answered",
	    text_printf(db_arena(db), "ask:%lld", (long long)rows_int(rows, 0)), NULL);
	receipt->location = "/@name@/staff/asks";
	return db_status(db);
}

/* POST /@name@/staff/asks/:id */
enum status
ask_answer_submit(struct request *req)
{
	enum status status = reply_submit(req, answer, NULL);

	return status == E_CONFLICT ? show(req, 409) : status;
}
