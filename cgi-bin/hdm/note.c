/*
 * note.c: an author corrects the words of a note, or shares a private one.
 *
 * Rules (README 7): only the author; what was shared stays shared. Two who write at once: the
 * second is shown both and nothing is lost.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "hdm/hdm.h"

#define WORDS_MOST 2000

enum {
	WORDS,
	VISIBILITY,
	VERSION
};

static const struct choice VISIBILITIES[] = { { "shared", NULL }, { "private", NULL }, { 0 } };
static const struct field NOTE_FIELDS[] = {
	[WORDS] = { "words", FIELD_LINES, .max = WORDS_MOST },
	[VISIBILITY] = { "visibility", FIELD_CHOICE, .choices = VISIBILITIES },
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form NOTE_FORM = { "note", NOTE_FIELDS, note_show, false };

static const struct stmt NOTE = {
	"SELECT n.id, n.body, n.visibility, n.version, p.public_id, p.preferred_name,"
	" (SELECT COUNT(*) FROM contact_due v WHERE v.person_id = n.person_id"
	"  AND v.hdm_person_id = n.author_id)"
	" FROM note n JOIN keptword_core.person_public p ON p.id = n.person_id"
	" WHERE n.public_id = ? AND n.author_id = ?"
};
static const struct stmt NOTE_CHANGE = {
	"UPDATE note SET body = ?, visibility = ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND author_id = ? AND version = ?"
};

/* The note that the route names, if it is the caller's. The first row is read. */
static enum status
note_read(struct request *req, struct db *db, struct rows **ret)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	*ret =
	    db_read(db, &NOTE, v_bytes(id.b, sizeof id.b), v_int(request_caller(req)->person));
	if (rows_next(*ret))
		return OK;
	return db_absent(db);
}

/* Where its author goes on: the person's page, or the list when they look after somebody else
 * now. */
static const char *
back_to(struct arena *arena, const struct rows *rows)
{
	if (!rows_int(rows, 6))
		return "/hdm/staff/people";
	return text_printf(arena, "/hdm/staff/people/%s", rows_id_text(arena, rows, 4));
}

static enum status
show(struct request *req, int code)
{
	struct rows *rows;
	enum status status = note_read(req, request_db(req), &rows);

	if (status != OK)
		return status;
	form_set(req, WORDS, rows_text(rows, 1));
	form_set(req, VISIBILITY, rows_text(rows, 2));
	form_set_int(req, VERSION, rows_int(rows, 3));
	struct page *page = page_open(req, TPL_HDM_NOTE);
	page_text(page, MARK_NOTE_ID, request_param(req, 0));
	page_text(page, MARK_PREFERRED_NAME, rows_text(rows, 5));
	page_text(page, MARK_BACK, back_to(request_arena(req), rows));
	if (code == 409)
		page_text(page_repeat(page, MARK_STALE), MARK_BODY, rows_text(rows, 1));
	return reply_page(req, code, page);
}

/* GET /hdm/staff/notes/:id */
enum status
note_show(struct request *req)
{
	return show(req, 200);
}

static enum status
change(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct arena *arena = request_arena(req);
	const char *visibility = form_text(req, VISIBILITY);
	int64_t version = 0;
	struct rows *rows;
	enum status status = note_read(req, db, &rows);

	(void)unused_arg;
	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &version) || version != rows_int(rows, 3))
		return E_CONFLICT;
	if (text_is(rows_text(rows, 2), "shared") && text_is(visibility, "private")) {
		form_error(req, VISIBILITY, "was_shared", NULL);
		return E_INPUT;
	}
	db_write_one(db, &NOTE_CHANGE, v_text(form_text(req, WORDS)), v_text(visibility),
	    v_instant(time_now()), v_int(rows_int(rows, 0)), v_int(request_caller(req)->person),
	    v_int(version));
	request_audit(req, db, "note.changed",
	    text_printf(arena, "note:%lld", (long long)rows_int(rows, 0)), visibility);
	receipt->location = back_to(arena, rows);
	return OK;
}

/* POST /hdm/staff/notes/:id */
enum status
note_submit(struct request *req)
{
	enum status status = reply_submit(req, change, NULL);

	return status == E_CONFLICT ? show(req, 409) : status;
}
