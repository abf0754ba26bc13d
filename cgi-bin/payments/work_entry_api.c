/*
 * work_entry_api.c: time entries by API: many at once, as JSON or as any file that the import
 * takes, and one's own back. A call is a batch like a file (import.c), read, checked and taken
 * in one transaction: all of it, or with take=good what is good of it. Rules: payments README 1
 * to 5, 31.
 *
 * Limits: ROWS_MAX entries a call, CONFIG_UPLOAD_MAX bytes. templates/static/openapi.json
 * describes it.
 */
#include "payments/entry.h"

#include "base/text.h"
#include "data/crypto.h"
#include "data/json.h"
#include "payments/import.h"
#include "web/words.h"

#define ROWS_MAX 10000
#define LIST_ROWS 100
#define TRIES 3
#define DUPLICATE 1062 /* somebody else sends the same entries at this moment */

static const struct stmt LIST = {
	"SELECT e.public_id, e.day, j.name, e.kind, e.minutes, e.units, e.began_at, e.note,"
	" e.state, e.source, e.reason, e.question, e.answer, e.evidence, p.start_day, "
	"p.end_day,"
	" p.pay_on FROM work_entry e JOIN pay_period p ON p.id = e.period_id"
	" JOIN keptword_core.project j ON j.id = e.project_id"
	" WHERE e.person_id = ? AND e.day <= ? AND (e.day < ? OR e.id < ?)"
	" ORDER BY e.day DESC, e.id DESC LIMIT 101"
};
static const struct stmt PLACE = {
	"SELECT day, id FROM work_entry WHERE public_id = ? AND person_id = ?"
};
static const struct stmt EMAIL = {
	"SELECT email FROM keptword_core.person_contact WHERE id = ?"
};
static const struct stmt BATCH = {
	"SELECT id, rows_read, rows_new, rows_known, rows_empty, rows_bad FROM import_batch"
	" WHERE public_id = ? AND started_by = ? AND way = 'api'"
};
/* An entry is this call's, or was here before. */
static const struct stmt ROWS = {
	"SELECT r.row_no, IF(r.verdict = 'empty', 'empty', IF(e.import_id = r.batch_id, "
	"'added',"
	"  'known')), e.public_id, r.overlap_row, o.public_id FROM import_row r"
	" JOIN import_batch b ON b.id = r.batch_id"
	" LEFT JOIN work_entry e ON e.source = b.source AND e.external_key = r.external_key"
	" LEFT JOIN work_entry o ON o.id = r.overlap_entry"
	" WHERE r.batch_id = ? AND r.verdict <> 'bad' ORDER BY r.row_no"
};
static const struct stmt FAULTS = {
	"SELECT row_no, column_name, code, value FROM import_fault WHERE batch_id = ?"
	" ORDER BY fault_no"
};

/* ---- One's own ---- */

static json_t *
own_entry(struct arena *arena, const struct rows *rows)
{
	const char *reason = rows_null(rows, 10) ? NULL : rows_text(rows, 10);
	const char *question = rows_null(rows, 11) ? NULL : rows_text(rows, 11);
	const char *answer = rows_null(rows, 12) ? NULL : rows_text(rows, 12);
	const char *evidence = rows_null(rows, 13) ? NULL : rows_text(rows, 13);

	return json_pack("{s:s, s:o, s:s, s:s, s:I, s:I, s:o, s:s, s:s, s:s, s:s?, s:s?, s:s?, "
			 "s:s?, s:o, s:o, "
			 "s:o}",
	    "id", rows_id_text(arena, rows, 0), "day", json_day(arena, rows_day(rows, 1)),
	    "project", rows_text(rows, 2), "kind", rows_text(rows, 3), "minutes",
	    (json_int_t)rows_int(rows, 4), "tasks", (json_int_t)rows_int(rows, 5), "start",
	    json_instant(arena, rows_instant(rows, 6)), "note", rows_text(rows, 7), "state",
	    rows_text(rows, 8), "source", rows_text(rows, 9), "reason", reason, "question",
	    question, "answer", answer, "evidence", evidence, "period_start",
	    json_day(arena, rows_day(rows, 14)), "period_end",
	    json_day(arena, rows_day(rows, 15)), "pay_on", json_day(arena, rows_day(rows, 16)));
}

/* GET /payments/api/work-entries[?before=ID]: newest day first, 100 at most; "older" is the
 * address of those behind them, or null. */
enum status
work_entry_api_list(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct value person = v_int(request_caller(req)->person);
	const char *before = request_query(req, "before"), *older = NULL;
	json_t *list = json_held(arena, json_array());
	struct value on = v_text("9999-12-31"), id = v_int(0);
	int shown = 0;
	struct id last;

	if (*before) {
		if (!id_parse(before, &last))
			return E_INPUT;
		struct rows *place =
		    db_read(request_db(req), &PLACE, v_bytes(last.b, ID_BYTES), person);
		if (!rows_next(place))
			return db_status(request_db(req)) == OK ? E_ABSENT
								: db_status(request_db(req));
		on = v_day(rows_day(place, 0));
		id = v_int(rows_int(place, 1));
	}
	struct rows *rows = db_read(request_db(req), &LIST, person, on, on, id);
	for (; shown < LIST_ROWS && rows_next(rows); shown++) {
		if (json_array_append_new(list, own_entry(arena, rows)))
			return E_BUSY;
		older = rows_id_text(arena, rows, 0);
	}
	older = rows_count(rows) > LIST_ROWS
		    ? text_printf(arena, "/payments/api/work-entries?before=%s", older)
		    : NULL;
	return reply_json_value(req, 200,
	    json_held(arena, json_pack("{s:O, s:s?}", "entries", list, "older", older)));
}

/* ---- Many at once ---- */

/* A row that cannot be used. It takes the place of none: row 0 is the call as a whole. */
static json_t *
fault_json(
    struct request *req, int64_t line, const char *column, const char *code, const char *value)
{
	return json_pack("{s:I, s:s?, s:s, s:s, s:s}", "row", (json_int_t)line, "column",
	    text_empty(column) ? NULL : column, "code", code, "value", value, "message",
	    import_fault_text(request_arena(req), request_caller(req)->locale, code, value));
}

static enum status
refuse(struct request *req, json_t *rows, size_t good, size_t bad)
{
	struct arena *arena = request_arena(req);
	const char *message = words_say(arena, request_caller(req)->locale, "api_error.rows");

	return reply_json_value(req, 422,
	    json_held(arena, json_pack("{s:s, s:s, s:s, s:I, s:I, s:O}", "error", "rows",
				 "message", message, "request", request_id(req), "good",
				 (json_int_t)good, "bad", (json_int_t)bad, "rows", rows)));
}

/* What stops the call as a whole. */
static enum status
refuse_whole(struct request *req, const struct table_fault *fault)
{
	json_t *rows = json_held(request_arena(req), json_array());

	if (json_array_append_new(rows,
		fault_json(req, (int64_t)fault->line, fault->header, fault->code, fault->text)))
		return E_BUSY;
	return refuse(req, rows, 0, 0);
}

static enum status
refuse_rows(struct request *req, const struct import *import)
{
	json_t *rows = json_held(request_arena(req), json_array());

	for (size_t i = 0; i < import->n_faults; i++) {
		const struct import_fault *fault = &import->faults[i];
		if (json_array_append_new(rows, fault_json(req, (int64_t)fault->line,
						    fault->column, fault->code, fault->value)))
			return E_BUSY;
	}
	return refuse(req, rows, import->file.rows - import->bad, import->bad);
}

static bool
add_row(struct arena *arena, json_t *entries, json_t *warnings, const struct rows *rows)
{
	json_int_t row = (json_int_t)rows_int(rows, 0);
	const char *id = rows_null(rows, 2) ? NULL : rows_id_text(arena, rows, 2);
	const char *other = rows_null(rows, 4) ? NULL : rows_id_text(arena, rows, 4);

	if (json_array_append_new(entries, json_pack("{s:I, s:s, s:s?}", "row", row, "state",
					       rows_text(rows, 1), "id", id)))
		return false;
	if (rows_null(rows, 3) && !other)
		return true;
	return !json_array_append_new(warnings,
	    json_pack("{s:I, s:s, s:o, s:s?}", "row", row, "code", "overlaps", "with_row",
		rows_null(rows, 3) ? json_null() : json_integer(rows_int(rows, 3)), "with_id",
		other));
}

/* What became of each row, as the database has it, so that a repetition says the same. */
static enum status
answer(struct request *req, const struct receipt *receipt)
{
	struct arena *arena = request_arena(req);
	struct db *db = request_db(req);
	json_t *entries = json_held(arena, json_array()),
	       *warnings = json_held(arena, json_array()),
	       *left = json_held(arena, json_array());
	struct id id;

	if (!id_parse(receipt->location, &id))
		return E_FAULT;
	struct rows *batch =
	    db_read(db, &BATCH, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	if (!rows_next(batch))
		return db_status(db) == OK ? E_FAULT : db_status(db);
	struct rows *rows = db_read(db, &ROWS, v_int(rows_int(batch, 0)));
	while (rows_next(rows))
		if (!add_row(arena, entries, warnings, rows))
			return E_BUSY;
	rows = db_read(db, &FAULTS, v_int(rows_int(batch, 0)));
	while (rows_next(rows))
		if (json_array_append_new(
			left, fault_json(req, rows_int(rows, 0), rows_text(rows, 1),
				  rows_text(rows, 2), rows_text(rows, 3))))
			return E_BUSY;
	if (db_status(db) != OK)
		return db_status(db);
	json_t *counts = json_pack("{s:I, s:I, s:I, s:I, s:I}", "read",
	    (json_int_t)rows_int(batch, 1), "added", (json_int_t)rows_int(batch, 2), "known",
	    (json_int_t)rows_int(batch, 3), "empty", (json_int_t)rows_int(batch, 4), "left",
	    (json_int_t)rows_int(batch, 5));
	return reply_json_value(req, 200,
	    json_held(
		arena, json_pack("{s:s, s:b, s:o, s:O, s:O, s:O}", "import", receipt->location,
			   "repeated", receipt->repeated, "counts", counts, "entries", entries,
			   "warnings", warnings, "left", left)));
}

struct call {
	struct import import;
	bool good_only;
};

static enum status
take(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	struct call *call = arg;
	struct import *import = &call->import;
	enum status status = import_keep(db, import);
	int64_t taken;

	if (status != OK)
		return status;
	if (import->bad > 0 && !call->good_only)
		return E_INPUT;
	const struct taking how = { 0, import->by, call->good_only && import->bad > 0,
		request_id(req) };
	receipt->location = id_text(db_arena(db), import->id);
	return import_take(db, import->id, &how, &taken);
}

/* JSON and CSV are read in a parser child; E_INPUT for what is neither. */
static enum status
read_body(struct request *req, struct import *import)
{
	struct arena *arena = request_arena(req);
	const char *type = request_media_type(req), *why = "";
	bool json = text_is(type, "application/json"), csv = text_is(type, "text/csv");
	struct records records;

	if (!json && !csv)
		return E_INPUT;
	/* Who speaks for others says of each row whose it is. */
	if (text_empty(import->person) && import->only) {
		struct rows *own = db_read(request_db(req), &EMAIL, v_int(import->by));
		import->person = rows_next(own) ? rows_text(own, 0) : "";
	}
	enum status status =
	    helper_parse(arena, json ? "tracker-json" : "tracker-csv", import->content,
		tracker_options(arena, import->dates, import->zone, import->person), &records,
		&why);
	if (status == OK || status == E_INPUT)
		status = import_read(arena, &records, import);
	return status;
}

/* POST /payments/api/work-entries[?take=good][&zone=][&dates=][&person=] */
enum status
work_entry_api_add(struct request *req)
{
	const struct caller *caller = request_caller(req);
	const char *take_what = request_query(req, "take");
	struct call call = { .good_only = text_is(take_what, "good"),
		.import = { .file_name = "",
		    .content = request_body(req),
		    .dates = request_query(req, "dates"),
		    .zone = request_query(req, "zone"),
		    .person = request_query(req, "person"),
		    .by = caller->person,
		    .only = request_holds(req, ROLE(FINANCE)) ? 0 : caller->person,
		    .by_api = true,
		    .request = request_id(req) } };
	struct import *import = &call.import;
	struct receipt receipt = { 0 };

	if (*take_what && !call.good_only)
		return E_INPUT;
	enum status status = read_body(req, import);
	if (status != OK)
		return status;
	const struct table_fault *refused = import_refused(import);
	if (refused)
		return refuse_whole(req, refused);
	if (import->file.rows > ROWS_MAX)
		return refuse_whole(req,
		    &(struct table_fault){ .code = "over_10000", .header = "", .text = "" });
	for (int i = 0; i < TRIES; i++) {
		status = request_submit(req, take, &call, &receipt);
		if (status != E_CONFLICT || db_error(request_db(req)) != DUPLICATE)
			break;
	}
	if (status == E_INPUT && import->bad > 0)
		return refuse_rows(req, import);
	return status == OK ? answer(req, &receipt) : status;
}
