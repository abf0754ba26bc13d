/*
 * survey_store.c: imported files and the surveys made of them (survey_store.h). Used by the
 * import page and the command "import"; the transaction is theirs, so nothing is ever half
 * there.
 *
 * Rules (README 1, 2): a questionnaire is never changed, a new file is a new version; rounds
 * keep the version with which they were made.
 */
#include "feedback/survey_store.h"

#include "base/text.h"
#include "feedback/feedback.h"

#include <string.h>

static const struct stmt FILE_ADD = { "INSERT INTO survey_file (public_id, file_name, title, "
				      "document, created_by, created_at)"
				      " VALUES (?, ?, ?, ?, ?, ?)" };
static const struct stmt LINE_ADD = {
	"INSERT INTO survey_import (file_id, item_no, verdict, item, code, detail)"
	" VALUES (?, ?, ?, ?, ?, ?)"
};
static const struct stmt FILE_TAKE = { "SELECT document FROM survey_file"
				       " WHERE id = ? AND survey_id IS NULL FOR UPDATE" };
static const struct stmt FILE_USED = {
	"UPDATE survey_file SET survey_id = ?, questionnaire_id = ?"
	" WHERE id = ? AND survey_id IS NULL"
};
static const struct stmt SURVEY_TAKE = {
	"SELECT s.public_id, q.version FROM survey s JOIN questionnaire q ON q.id = "
	"s.questionnaire_id"
	" WHERE s.id = ? FOR UPDATE"
};
static const struct stmt QUESTIONNAIRE_ADD = {
	"INSERT INTO questionnaire (code, version, title, document, fingerprint, created_by, "
	"created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt SURVEY_ADD = {
	"INSERT INTO survey (public_id, title, purpose, questionnaire_id, owner_person_id, "
	"created_at)"
	" VALUES (?, ?, ?, ?, ?, ?)"
};
static const struct stmt SURVEY_CHANGE = {
	"UPDATE survey SET questionnaire_id = ?, version = version + 1 WHERE id = ?"
};
static const struct stmt SAME_DOCUMENT = {
	"SELECT s.title FROM questionnaire q JOIN survey s ON s.questionnaire_id = q.id"
	" WHERE q.fingerprint = ? ORDER BY s.id LIMIT 1"
};

static struct value
v_person(int64_t person)
{
	return person ? v_int(person) : v_null();
}

int64_t
survey_file_add(struct db *db, const struct lss_report *report, const char *file_name,
    const char *title, int64_t person, struct id public_id)
{
	struct value *values = arena_array_of(db_arena(db), struct value, 6 * report->n);
	int64_t file;

	db_write(db, &FILE_ADD, v_bytes(public_id.b, ID_BYTES),
	    v_text(text_cut(db_arena(db), file_name, 200)), v_text(title),
	    v_text(report->document), v_person(person), v_instant(time_now()));
	file = db_last_id(db);
	for (size_t i = 0; i < report->n; i++) {
		const struct lss_item *item = &report->items[i];
		const struct value row[6] = { v_int(file), v_int((int64_t)i + 1),
			v_text(item->verdict), v_text(item->item), v_text(item->code),
			v_text(item->detail) };
		memcpy(&values[6 * i], row, sizeof row);
	}
	if (report->n)
		db_write_many(db, &LINE_ADD, values, 6, report->n);
	return file;
}

static int64_t
add_questionnaire(struct db *db, struct id survey, int64_t version, const char *title,
    const char *document, int64_t person)
{
	unsigned char hash[SHA256_BYTES];

	crypto_sha256(bytes_of(document), hash);
	db_write(db, &QUESTIONNAIRE_ADD, v_text(id_text(db_arena(db), survey)), v_int(version),
	    v_text(title), v_text(document), v_bytes(hash, sizeof hash), v_person(person),
	    v_instant(time_now()));
	return db_last_id(db);
}

/* The next version of a survey that stands. */
static enum status
add_version(struct db *db, const char *document, const char *title, int64_t person,
    struct survey_made *made, int64_t *ret_questionnaire)
{
	struct rows *rows = db_read(db, &SURVEY_TAKE, v_int(made->survey));

	if (!rows_next(rows))
		return db_absent(db);
	made->public_id = rows_id(rows, 0);
	made->version = rows_int(rows, 1) + 1;
	*ret_questionnaire =
	    add_questionnaire(db, made->public_id, made->version, title, document, person);
	db_write_one(db, &SURVEY_CHANGE, v_int(*ret_questionnaire), v_int(made->survey));
	return db_status(db);
}

enum status
survey_make(struct db *db, int64_t file, int64_t survey, const char *title, const char *purpose,
    int64_t person, struct survey_made *ret)
{
	struct rows *rows = db_read(db, &FILE_TAKE, v_int(file));
	struct survey_made made = { .survey = survey, .version = 1, .public_id = id_new() };
	int64_t questionnaire = 0;
	const char *document;

	if (!rows_next(rows))
		return db_status(db) == OK ? E_CONFLICT : db_status(db);
	document = rows_text(rows, 0);
	if (survey) {
		enum status status =
		    add_version(db, document, title, person, &made, &questionnaire);
		if (status != OK)
			return status;
	} else {
		questionnaire =
		    add_questionnaire(db, made.public_id, 1, title, document, person);
		db_write(db, &SURVEY_ADD, v_bytes(made.public_id.b, ID_BYTES), v_text(title),
		    v_text(purpose), v_int(questionnaire), v_person(person),
		    v_instant(time_now()));
		made.survey = db_last_id(db);
	}
	db_write_one(db, &FILE_USED, v_int(made.survey), v_int(questionnaire), v_int(file));
	*ret = made;
	return db_status(db);
}

const char *
survey_of_document(struct db *db, const char *document)
{
	unsigned char hash[SHA256_BYTES];
	struct rows *rows;

	crypto_sha256(bytes_of(document), hash);
	rows = db_read(db, &SAME_DOCUMENT, v_bytes(hash, sizeof hash));
	return rows_next(rows) ? rows_text(rows, 0) : NULL;
}
