/*
 * import_page.c: the pages of the import: send a file, look at what it brings, take it or not.
 * For finance. Rules: payments README 2 to 5.
 */
#include "payments/import.h"

#include "base/text.h"
#include "web/words.h"

#include <string.h>

enum {
	FILE_SENT,
	DATES,
	ZONE,
	PERSON
};
enum {
	VERSION,
	GOOD_ONLY
};

static const struct choice DATE_ORDERS[] = { { "auto", NULL }, { "mdy", NULL }, { "dmy", NULL },
	{ "excel1900", NULL }, { "excel1904", NULL }, { 0 } };

static const struct field IMPORT_FIELDS[] = {
	[FILE_SENT] = { "file", FIELD_FILE },
	[DATES] = { "dates", FIELD_CHOICE, .choices = DATE_ORDERS },
	[ZONE] = { "zone", FIELD_SELECT, .optional = true, .choices_of = form_zones },
	[PERSON] = { "person", FIELD_EMAIL, .optional = true },
	{ 0 },
};
const struct intake TIME_INTAKE = { "tracker-csv", FILE_SENT, "import_fault" };
const struct form IMPORT_FORM = { "time_import", IMPORT_FIELDS, import_page, true };
static const struct field DECIDE_FIELDS[] = {
	[VERSION] = { "version", FIELD_INT, .min = 1 },
	[GOOD_ONLY] = { "good_only", FIELD_HIDDEN, .max = 3, .optional = true },
	{ 0 },
};
const struct form IMPORT_DECIDE_FORM = { "import_decide", DECIDE_FIELDS, import_show, false };

static const struct stmt PERSON_KNOWN = {
	"SELECT COUNT(*) FROM keptword_core.person_contact WHERE email_key = LOWER(?)"
};
static const struct stmt BATCHES = {
	"SELECT public_id, file_name, state, rows_new, rows_bad, started_at FROM import_batch"
	" WHERE way = 'file' ORDER BY started_at DESC, id DESC LIMIT 20"
};
static const struct stmt BATCH = {
	"SELECT b.id, b.file_name, b.source, b.state, b.rows_read, b.rows_new, b.rows_known,"
	" b.rows_empty, b.rows_bad, b.started_at, b.done_at, b.version,"
	" COALESCE((SELECT SUM(minutes) FROM import_row r WHERE r.batch_id = b.id"
	"  AND r.verdict = 'new'), 0), b.good_only"
	" FROM import_batch b WHERE b.public_id = ?"
};
static const struct stmt ROWS = {
	"SELECT r.row_no, r.who, COALESCE(c.legal_name, ''), j.name, r.day, r.minutes, r.marks,"
	" p.start_day, p.end_day, p.state, o.start_day, o.end_day, r.overlap_row, w.public_id"
	" FROM import_row r LEFT JOIN work_entry w ON w.id = r.overlap_entry"
	" LEFT JOIN keptword_core.person_contact c ON c.id = r.person_id"
	" LEFT JOIN keptword_core.project j ON j.id = r.project_id"
	" LEFT JOIN payee y ON y.person_id = r.person_id"
	" LEFT JOIN pay_period p ON p.schedule_id = y.schedule_id AND p.start_day <= r.day"
	"  AND p.end_day >= r.day"
	" LEFT JOIN pay_period o ON o.id = (SELECT x.id FROM pay_period x"
	"  WHERE x.schedule_id = y.schedule_id AND x.state = 'open'"
	"  ORDER BY x.start_day LIMIT 1)"
	" WHERE r.batch_id = ? AND r.verdict = ? ORDER BY r.row_no LIMIT 201"
};
static const struct stmt FAULTS = { "SELECT " INTAKE_FAULTS_SQL
				    " FROM import_fault WHERE batch_id = ?"
				    " ORDER BY row_no, fault_no LIMIT 201" };

static const struct code_mark BATCH_STATES[] = {
	{ "preview", MARK_IS_PREVIEW },
	{ "done", MARK_IS_DONE },
	{ "refused", MARK_IS_REFUSED },
	{ "abandoned", MARK_IS_ABANDONED },
	{ 0 },
};

static void
show_batch(struct request *req, struct page *line, const struct rows *row)
{
	page_text(line, MARK_IMPORT_ID, rows_id_text(request_arena(req), row, 0));
	page_text(line, MARK_FILE_NAME, rows_text(row, 1));
	page_code(line, BATCH_STATES, rows_text(row, 2));
	page_int(line, MARK_COUNT_NEW, rows_int(row, 3));
	page_int(line, MARK_COUNT_BAD, rows_int(row, 4));
	page_instant(line, MARK_STARTED, rows_instant(row, 5));
}

/* GET /payments/staff/import */
enum status
import_page(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_IMPORT);

	form_set(req, DATES, "auto");
	intake_lines(req, page, MARK_IMPORTS, MARK_IMPORT, db_read(request_db(req), &BATCHES),
	    show_batch);
	return reply_page(req, 200, page);
}

/* What stops the whole file, as an error of the field where it can be put right. */
static void
refuse_file(struct request *req, const struct table_fault *fault)
{
	struct arena *arena = request_arena(req);
	static const char *const of_dates[] = { "ambiguous_dates", "mixed_dates",
		"serial_dates", "serial_and_text" };
	unsigned field = FILE_SENT;
	for (size_t i = 0; i < sizeof of_dates / sizeof *of_dates; i++)
		if (text_is(fault->code, of_dates[i]))
			field = DATES;

	form_error(req, field, fault->code,
	    text_is(fault->code, "unknown_format") || text_is(fault->code, "no_days") ||
		    fault->line == 0
		? fault->text
		: words_say(arena, request_caller(req)->locale, "import_fault.in_row",
		      { "row", text_printf(arena, "%zu", fault->line) },
		      { "value", fault->text }));
}

/* The file through a parser child. OK with errors at the form when it cannot be used. */
static enum status
read_file(struct request *req, struct import *import)
{
	struct arena *arena = request_arena(req);
	struct records records;
	enum status status = intake_read(req, &TIME_INTAKE,
	    tracker_options(arena, import->dates, import->zone, import->person), &records);

	if (status == OK && !form_failed(req))
		status = import_read(arena, &records, import);
	if (status != OK || form_failed(req))
		return status;
	const struct table_fault *refused = import_refused(import);
	if (refused)
		refuse_file(req, refused);
	return OK;
}

static enum status
keep(struct request *unused_req, struct db *db, struct receipt *receipt, void *arg)
{
	struct import *import = arg;
	enum status status = import_keep(db, import);

	(void)unused_req;
	receipt->location = text_printf(
	    db_arena(db), "/payments/staff/imports/%s", id_text(db_arena(db), import->id));
	return status;
}

/* POST /payments/staff/import */
enum status
import_submit(struct request *req)
{
	const struct form_file *file = form_file(req, FILE_SENT);
	struct import import = { .file_name = file->name,
		.content = file->content,
		.dates = form_text(req, DATES),
		.zone = form_text(req, ZONE),
		.person = form_text(req, PERSON),
		.by = request_caller(req)->person,
		.request = request_id(req) };

	if (!text_empty(import.person) &&
	    !db_int(request_db(req), &PERSON_KNOWN, 0, v_text(import.person)))
		form_error(req, PERSON, "unknown", NULL);
	enum status status = form_failed(req) ? OK : read_file(req, &import);
	if (status != OK)
		return status;
	if (form_failed(req))
		return import_page(req);
	return reply_submit(req, keep, &import);
}

/* ---- A batch ---- */

static void
show_marks(struct page *line, unsigned notes)
{
	static const struct {
		unsigned note;
		enum mark mark;
	} marks[] = {
		{ TRACKER_DIFFERS, MARK_NOTE_DIFFERS },
		{ TRACKER_SKIPPED, MARK_NOTE_SKIPPED },
		{ TRACKER_TWICE, MARK_NOTE_TWICE },
		{ TRACKER_CLEANED, MARK_NOTE_CLEANED },
		{ TRACKER_EQUAL, MARK_NOTE_EQUAL },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (notes & marks[i].note)
			page_show(line, marks[i].mark);
}

/* Where an entry goes when the period of its day is not open any more. */
static void
show_late(struct page *line, const struct rows *rows)
{
	if (text_is(rows_text(rows, 9), "open") || rows_null(rows, 10))
		return;
	struct page *late = page_repeat(line, MARK_PAID_LATER);
	page_period(late, MARK_PERIOD, rows_day(rows, 10), rows_day(rows, 11));
	if (!rows_null(rows, 7))
		page_period(page_repeat(late, MARK_BELONGS), MARK_OWN_PERIOD, rows_day(rows, 7),
		    rows_day(rows, 8));
}

static void
show_row(struct request *unused_req, struct page *line, const struct rows *row)
{
	(void)unused_req;
	page_int(line, MARK_ROW_NO, rows_int(row, 0));
	page_text(line, MARK_WHO,
	    text_empty(rows_text(row, 2)) ? rows_text(row, 1) : rows_text(row, 2));
	page_text(line, MARK_PROJECT, rows_text(row, 3));
	page_day(line, MARK_DAY, rows_day(row, 4), DAY_SHORT);
	page_minutes(line, MARK_MINUTES, rows_int(row, 5));
	show_marks(line, (unsigned)rows_int(row, 6));
}

static void
show_new_row(struct request *req, struct page *line, const struct rows *row)
{
	show_row(req, line, row);
	show_late(line, row);
	if (!rows_null(row, 12))
		page_int(
		    page_repeat(line, MARK_OVERLAPS_ROW), MARK_OTHER_ROW, rows_int(row, 12));
	if (!rows_null(row, 13))
		page_text(page_repeat(line, MARK_OVERLAPS), MARK_OTHER_ID,
		    rows_id_text(request_arena(req), row, 13));
}

static void
show_rows(
    struct request *req, struct page *page, int64_t batch, const char *verdict, enum mark part)
{
	intake_lines(req, page, part, MARK_ENTRY,
	    db_read(request_db(req), &ROWS, v_int(batch), v_text(verdict)),
	    part == MARK_NEW_ROWS ? show_new_row : show_row);
}

/* A button of the page with what it must know. */
static void
show_button(struct request *req, struct page *page, enum mark part, const struct rows *rows)
{
	struct page *button = intake_button(req, page, part, rows_int(rows, 11));

	page_int(button, MARK_COUNT_NEW, rows_int(rows, 5));
}

/* GET /payments/staff/imports/:id */
enum status
import_show(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &BATCH, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_PAYMENTS_IMPORT_BATCH);
	int64_t batch = rows_int(rows, 0);
	const char *state = rows_text(rows, 3);
	page_text(page, MARK_FILE_NAME, rows_text(rows, 1));
	page_words(page, MARK_SOURCE,
	    text_printf(request_arena(req), "import_source.%s", rows_text(rows, 2)));
	page_code(page, BATCH_STATES, state);
	page_int(page, MARK_COUNT_READ, rows_int(rows, 4));
	page_int(page, MARK_COUNT_NEW, rows_int(rows, 5));
	page_show(page, rows_int(rows, 5) == 1 ? MARK_ONE_NEW : MARK_MANY_NEW);
	page_int(page, MARK_COUNT_KNOWN, rows_int(rows, 6));
	page_int(page, MARK_COUNT_EMPTY, rows_int(rows, 7));
	page_int(page, MARK_COUNT_BAD, rows_int(rows, 8));
	page_instant(page, MARK_STARTED, rows_instant(rows, 9));
	page_minutes(page, MARK_MINUTES, rows_int(rows, 12));
	if (text_is(state, "preview") && rows_int(rows, 5) > 0)
		show_button(req, page, MARK_MAY_TAKE, rows);
	if (text_is(state, "refused") && rows_int(rows, 5) > 0)
		show_button(req, page, MARK_MAY_TAKE_GOOD, rows);
	if (text_is(state, "done") && rows_int(rows, 13))
		page_int(page_repeat(page, MARK_LEFT_OUT), MARK_COUNT_BAD, rows_int(rows, 8));
	if (text_is(state, "preview") || text_is(state, "refused"))
		show_button(req, page, MARK_MAY_ABANDON, rows);
	(void)intake_faults(
	    req, page, &TIME_INTAKE, db_read(request_db(req), &FAULTS, v_int(batch)));
	show_rows(req, page, batch, "new", MARK_NEW_ROWS);
	show_rows(req, page, batch, "known", MARK_KNOWN_ROWS);
	show_rows(req, page, batch, "empty", MARK_EMPTY_ROWS);
	return reply_page(req, 200, page);
}

static enum status
take(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id;
	int64_t taken;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	receipt->location =
	    text_printf(db_arena(db), "/payments/staff/imports/%s", request_param(req, 0));
	const struct taking how = { form_int(req, VERSION), request_caller(req)->person,
		text_is(form_text(req, GOOD_ONLY), "yes"), request_id(req) };
	return import_take(db, id, &how, &taken);
}

enum status
import_take_submit(struct request *req)
{
	return reply_submit(req, take, NULL);
}

static enum status
abandon(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	receipt->location = "/payments/staff/import";
	return import_abandon(
	    db, id, form_int(req, VERSION), request_caller(req)->person, request_id(req));
}

enum status
import_abandon_submit(struct request *req)
{
	return reply_submit(req, abandon, NULL);
}
