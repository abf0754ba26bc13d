/*
 * answer_data.c: reads and writes the sealed row of one person in one round (answer_data.h).
 * Used by the answer pages.
 *
 * Rules (README 6, 13): one row per invitation, written in one transaction with the
 * invitation's state, replaced when edited. No audit row, no submission row, no event and no
 * log line: a second sending of the same answers writes the same row again.
 */
#include "feedback/answer_data.h"

#include "base/text.h"
#include "feedback/feedback.h"

#include <string.h>

static const struct stmt INVITED = {
	"SELECT u.id, u.public_id, s.title, u.purpose, u.state, u.closes_at, u.min_group,"
	" u.paid_minutes, q.document, r.sealed, COALESCE(r.complete, 0)"
	" FROM survey_run u JOIN invitation i ON i.run_id = u.id AND i.person_id = ?"
	" JOIN survey s ON s.id = u.survey_id JOIN questionnaire q ON q.id = u.questionnaire_id"
	" LEFT JOIN sealed_response r ON r.run_id = i.run_id AND r.person_id = i.person_id"
	" WHERE u.public_id = ?"
};
/* Shared: others may answer at the same time, but the round cannot close in between. */
static const struct stmt STILL_OPEN = {
	"SELECT id FROM survey_run WHERE id = ? AND state = 'open' AND closes_at > ?"
	" LOCK IN SHARE MODE"
};
static const struct stmt NOTE_OPENED = {
	"UPDATE invitation SET state = 'opened' WHERE run_id = ? AND person_id = ? AND state = "
	"'sent'"
};
static const struct stmt NOTE_ANSWERED = {
	"UPDATE invitation SET state = 'answered' WHERE run_id = ? AND person_id = ?"
};
static const struct stmt BEFORE = {
	"SELECT sealed FROM sealed_response WHERE run_id = ? AND person_id = ?"
};
static const struct stmt SAVE = {
	"INSERT INTO sealed_response (run_id, person_id, sealed, complete) VALUES (?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE sealed = VALUE(sealed), complete = VALUE(complete)"
};

/* What lies in the seal: what was saved last, or sent when nothing was saved since. */
static enum answering
unseal(struct arena *arena, struct answer_data *data, struct bytes sealed)
{
	struct seal_content content;
	struct key key;
	const char *json;
	enum status status = seal_key(arena, data->place.run_id, &key);

	if (status == OK)
		status = seal_open(arena, &key, &data->place, sealed, &content);
	crypto_wipe(&key, sizeof key);
	if (status != OK)
		return ANSWERING_LOST;
	json = *content.draft ? content.draft : content.sent;
	data->changed = *content.draft && *content.sent;
	if (answers_read(arena, json, strlen(json), &data->answers) != OK)
		return ANSWERING_LOST;
	return ANSWERING;
}

enum status
answer_read(struct request *req, struct answer_data *ret)
{
	struct arena *arena = request_arena(req);
	struct db *db = request_db(req);
	struct answer_data data = { .answers = answers_new(arena) };
	struct rows *rows;

	if (!request_param_id(req, 0, &data.place.run_id))
		return E_ABSENT;
	data.place.person = request_caller(req)->person;
	rows = db_read(
	    db, &INVITED, v_int(data.place.person), v_bytes(data.place.run_id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(db);
	data.place.run = rows_int(rows, 0);
	data.id = rows_id_text(arena, rows, 1);
	data.title = rows_text(rows, 2);
	data.purpose = rows_text(rows, 3);
	data.closes = rows_instant(rows, 5);
	data.least = rows_int(rows, 6);
	data.minutes = rows_int(rows, 7);
	data.begun = !rows_null(rows, 9);
	data.sent = rows_int(rows, 10) != 0;
	if (column_questionnaire(arena, rows, 8, &data.q) != OK)
		return E_FAULT;
	data.language = questionnaire_language(data.q, request_caller(req)->locale);
	if (!text_is(rows_text(rows, 4), "open") || data.closes <= time_now())
		data.how = ANSWERING_CLOSED;
	else if (data.begun)
		data.how = unseal(arena, &data, rows_bytes(rows, 9));
	*ret = data;
	return OK;
}

/* What was sent before stays what counts, until something is sent again. */
static enum status
sent_before(
    struct db *db, const struct answer_data *data, const struct key *key, const char **ret_sent)
{
	struct rows *rows =
	    db_read(db, &BEFORE, v_int(data->place.run), v_int(data->place.person));
	struct seal_content content;
	enum status status;

	*ret_sent = "";
	if (!rows_next(rows))
		return db_status(db);
	status = seal_open(db_arena(db), key, &data->place, rows_bytes(rows, 0), &content);
	if (status == OK)
		*ret_sent = content.sent;
	return status;
}

static enum status
write_sealed(struct db *db, const struct answer_data *data, const struct key *key,
    const char *json, bool sent)
{
	struct seal_content content = { "", json };
	struct bytes sealed;
	enum status status = OK;

	if (!sent) {
		content.draft = json;
		status = sent_before(db, data, key, &content.sent);
	}
	if (status == OK)
		status = seal_close(db_arena(db), key, &data->place, &content, &sealed);
	if (status != OK)
		return status;
	db_write(db, &SAVE, v_int(data->place.run), v_int(data->place.person),
	    v_bytes(sealed.p, sealed.n), v_int(*content.sent != '\0'));
	return db_status(db);
}

enum status
answer_write(struct db *db, const struct answer_data *data, const struct answers *answers,
    bool sent, enum answering *ret_how)
{
	struct rows *rows =
	    db_read(db, &STILL_OPEN, v_int(data->place.run), v_instant(time_now()));
	struct key key;
	enum status status;

	if (!rows_next(rows)) {
		*ret_how = ANSWERING_CLOSED;
		return db_status(db) == OK ? E_INPUT : db_status(db);
	}
	status = seal_key_make(db, data->place.run, data->place.run_id, &key);
	if (status == E_ABSENT) {
		*ret_how = ANSWERING_LOST;
		return E_INPUT;
	}
	if (status != OK)
		return status;
	db_write(db, sent ? &NOTE_ANSWERED : &NOTE_OPENED, v_int(data->place.run),
	    v_int(data->place.person));
	status = write_sealed(db, data, &key, answers_write(db_arena(db), answers), sent);
	crypto_wipe(&key, sizeof key);
	if (status == E_INPUT)
		*ret_how = ANSWERING_LOST;
	return status;
}
