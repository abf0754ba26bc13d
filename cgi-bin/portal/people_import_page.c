/*
 * people_import_page.c: the pages of the import of people: send a file, look at what it would
 * change, apply it or not, watch it, get the rows with errors back. For administrators. Rules:
 * README 13 to 16.
 */
#include "portal/people_import.h"

#include "doc/csv.h"
#include "portal/portal.h"
#include "web/progress.h"
#include "web/words.h"

#include <string.h>

#define CELL_END '\x1e'

enum {
	FILE_SENT
};
enum {
	INVITE,
	TAKE_VERSION
};
enum {
	ABANDON_VERSION
};

static const struct field IMPORT_FIELDS[] = {
	[FILE_SENT] = { "file", FIELD_FILE },
	{ 0 },
};
const struct intake PEOPLE_INTAKE = { "people-csv", FILE_SENT, "people_fault" };
const struct form PEOPLE_IMPORT_FORM = { "people_import", IMPORT_FIELDS, people_import_page,
	true };
static const struct field TAKE_FIELDS[] = {
	[INVITE] = { "invite", FIELD_TICK, .optional = true },
	[TAKE_VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form PEOPLE_TAKE_FORM = { "people_take", TAKE_FIELDS, people_import_show, false };
static const struct field ABANDON_FIELDS[] = {
	[ABANDON_VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form PEOPLE_ABANDON_FORM = { "people_abandon", ABANDON_FIELDS, people_import_show,
	false };

static const struct stmt IMPORTS = {
	"SELECT public_id, file_name, state, started_at FROM people_import"
	" ORDER BY started_at DESC, id DESC LIMIT 20"
};
static const struct stmt IMPORT = {
	"SELECT i.id, i.file_name, i.state, i.unused, i.rows_new, i.rows_same,"
	" i.rows_changed, i.rows_bad, i.rows_late, i.started_at, i.version, i.invite,"
	" COALESCE(p.preferred_name, ''), i.header FROM people_import i"
	" LEFT JOIN person p ON p.id = i.started_by WHERE i.public_id = ?"
};
enum {
	ID,
	FILE_NAME,
	STATE,
	UNUSED,
	NEW,
	SAME,
	CHANGED,
	BAD,
	LATE,
	STARTED,
	VERSION,
	INVITED,
	STARTED_BY,
	HEADER
};
static const struct stmt JOB = {
	"SELECT " PROGRESS_SQL ", COALESCE(reason, '') FROM job"
	" WHERE kind = 'people.import' AND subject_id = ? ORDER BY id DESC LIMIT 1"
};
static const struct stmt JOB_OPEN = {
	"SELECT COUNT(*) FROM job WHERE kind = 'people.import' AND subject_id = ?"
	" AND state IN ('queued', 'running')"
};
/* What the file says, then what is. */
static const struct stmt ROWS = {
	"SELECT r.row_no, r.legal_name, r.preferred_name, r.email, r.time_zone, r.country, "
	"r.locale,"
	" r.roles, r.changes, p.legal_name, p.preferred_name, p.time_zone, p.country, p.locale,"
	" p.roles, p.public_id FROM people_import_row r LEFT JOIN person p ON p.id = "
	"r.person_id"
	" WHERE r.import_id = ? AND r.verdict = ? ORDER BY r.row_no LIMIT 201"
};
static const struct stmt FAULTS = { "SELECT " INTAKE_FAULTS_SQL
				    " FROM people_import_fault WHERE import_id = ?"
				    " ORDER BY row_no, fault_no LIMIT 201" };
static const struct stmt BAD_ROWS = {
	"SELECT row_no, cells FROM people_import_row WHERE import_id = ? AND verdict = 'bad'"
	" ORDER BY row_no"
};
static const struct stmt BAD_FAULTS = { "SELECT " INTAKE_FAULTS_SQL
					" FROM people_import_fault WHERE import_id = ?"
					" ORDER BY row_no, fault_no" };

static const struct code_mark STATES[] = {
	{ "preview", MARK_IS_PREVIEW },
	{ "applying", MARK_IS_APPLYING },
	{ "done", MARK_IS_DONE },
	{ "abandoned", MARK_IS_ABANDONED },
	{ 0 },
};

static const char *
address_of(struct request *req)
{
	return text_printf(
	    request_arena(req), "/staff/people/imports/%s", request_param(req, 0));
}

/* The import that the address names, at its row; NULL when there is none. */
static struct rows *
import_of(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows = db_read(db, &IMPORT, v_bytes(id.b, ID_BYTES));
	return rows_next(rows) ? rows : NULL;
}

/* ---- Sending a file ---- */

static void
show_import(struct request *req, struct page *line, const struct rows *row)
{
	page_text(line, MARK_IMPORT_ID, rows_id_text(request_arena(req), row, 0));
	page_text(line, MARK_FILE_NAME, rows_text(row, 1));
	page_code(line, STATES, rows_text(row, 2));
	page_instant(line, MARK_STARTED, rows_instant(row, 3));
}

/* GET /staff/people/import */
enum status
people_import_page(struct request *req)
{
	struct page *page = page_open(req, TPL_PORTAL_PEOPLE_IMPORT);

	intake_lines(req, page, MARK_IMPORTS, MARK_IMPORT, db_read(request_db(req), &IMPORTS),
	    show_import);
	return reply_page(req, 200, page);
}

/* GET /staff/people/import/sample */
enum status
people_import_sample(struct request *req)
{
	static const char *const SAMPLE[][8] = {
		{ "marta@example.org", "Marta Kowalczyk", "Marta", "Europe/Warsaw", "PL", "en",
		    "contributor", NULL },
		{ "noor@example.org", "Noor van der Meulen", "", "", "", "", "hdm;pod_lead",
		    NULL },
	};
	struct buf out = buf_new(request_arena(req));
	struct csv_writer writer = { &out, 0 };

	for (size_t i = 0; people_columns[i].name; i++)
		csv_cell(&writer, people_columns[i].name);
	csv_end(&writer);
	for (size_t row = 0; row < sizeof SAMPLE / sizeof *SAMPLE; row++) {
		for (size_t i = 0; SAMPLE[row][i]; i++)
			csv_cell(&writer, SAMPLE[row][i]);
		csv_end(&writer);
	}
	return reply_file(req, "text/csv", "people.csv",
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}

/* The file through a parser child. OK with an error at the form when it cannot be used. */
static enum status
read_file(struct request *req, struct people_import *import)
{
	struct arena *arena = request_arena(req);
	struct records records;
	enum status status = intake_read(req, &PEOPLE_INTAKE, "", &records);

	if (status == OK && !form_failed(req))
		status = people_file_read(arena, &records, &import->file);
	if (status == OK && import->file.refused) {
		const struct table_fault *fault = import->file.refused;
		form_error(req, FILE_SENT, fault->code,
		    text_empty(fault->text) ? text_printf(arena, "%zu", fault->line)
					    : fault->text);
	}
	return status;
}

static enum status
keep(struct request *unused_req, struct db *db, struct receipt *receipt, void *arg)
{
	struct people_import *import = arg;
	enum status status = people_import_keep(db, import);

	(void)unused_req;
	receipt->location = text_printf(
	    db_arena(db), "/staff/people/imports/%s", id_text(db_arena(db), import->id));
	return status;
}

/* POST /staff/people/import */
enum status
people_import_submit(struct request *req)
{
	const struct form_file *file = form_file(req, FILE_SENT);
	struct people_import import = { .file_name = file->name,
		.content = file->content,
		.by = request_caller(req)->person,
		.request = request_id(req) };
	enum status status = read_file(req, &import);

	if (status != OK)
		return status;
	return form_failed(req) ? people_import_page(req) : reply_submit(req, keep, &import);
}

/* ---- The preview ---- */

static const char *
role_words(struct request *req, roles held)
{
	struct arena *arena = request_arena(req);
	struct buf all = buf_new(arena);

	buf_text(&all, "");
	for (enum role_bit bit = 0; bit < ROLE_BIT_MAX; bit++)
		if (held & ((roles)1 << bit))
			buf_printf(&all, "%s%s", all.n ? ", " : "",
			    words_say(arena, request_caller(req)->locale,
				text_printf(arena, "role.%s", role_name(bit))));
	return all.p;
}

static void
show_person(struct request *req, struct page *line, const struct rows *rows)
{
	const char *preferred = rows_text(rows, 2);

	page_int(line, MARK_ROW_NO, rows_int(rows, 0));
	page_text(line, MARK_LEGAL_NAME, rows_text(rows, 1));
	page_text(line, MARK_EMAIL, rows_text(rows, 3));
	if (!text_empty(preferred) && !text_is(preferred, rows_text(rows, 1)))
		page_text(page_repeat(line, MARK_CALLED), MARK_PREFERRED_NAME, preferred);
	if (rows_int(rows, 7))
		page_text(page_repeat(line, MARK_WITH_ROLES), MARK_ROLE_WORDS,
		    role_words(req, (roles)rows_int(rows, 7)));
	if (!rows_null(rows, 15))
		page_text(page_repeat(line, MARK_KNOWN), MARK_PERSON_ID,
		    rows_id_text(request_arena(req), rows, 15));
}

/* One field of somebody who is here: what stands, what the file says. */
static void
show_change(struct request *req, struct page *list, const struct rows *rows, const char *field)
{
	static const struct {
		const char *field;
		unsigned to, from; /* columns of ROWS */
	} FIELDS[] = { { "legal_name", 1, 9 }, { "preferred_name", 2, 10 },
		{ "time_zone", 4, 11 }, { "country", 5, 12 }, { "locale", 6, 13 } };
	struct page *line = page_repeat(list, MARK_CHANGE);
	roles held = (roles)rows_int(rows, 14);

	show_person(req, line, rows);
	page_words(line, MARK_FIELD, text_printf(request_arena(req), "people_field.%s", field));
	if (text_is(field, "roles")) {
		page_text(line, MARK_FROM, role_words(req, held));
		page_text(line, MARK_TO, role_words(req, (roles)rows_int(rows, 7) & ~held));
	}
	for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
		if (text_is(field, FIELDS[i].field)) {
			page_text(line, MARK_FROM, rows_text(rows, FIELDS[i].from));
			page_text(line, MARK_TO, rows_text(rows, FIELDS[i].to));
		}
}

static void
show_changes_of(struct request *req, struct page *list, const struct rows *row)
{
	size_t n;
	char **fields = text_split(request_arena(req), rows_text(row, 8), ',', &n);

	for (size_t i = 0; i < n; i++)
		show_change(req, list, row, fields[i]);
}

/* A person has a line for each field that changes. */
static void
show_changes(struct request *req, struct page *page, int64_t import)
{
	intake_lines(req, page, MARK_CHANGED_ROWS, MARK_CHANGED_PERSON,
	    db_read(request_db(req), &ROWS, v_int(import), v_text("changed")), show_changes_of);
}

static void
show_rows(
    struct request *req, struct page *page, int64_t import, const char *verdict, enum mark part)
{
	intake_lines(req, page, part, MARK_PERSON,
	    db_read(request_db(req), &ROWS, v_int(import), v_text(verdict)), show_person);
}

static void
show_faults(struct request *req, struct page *page, int64_t import)
{
	struct page *section = intake_faults(
	    req, page, &PEOPLE_INTAKE, db_read(request_db(req), &FAULTS, v_int(import)));

	if (section)
		page_text(section, MARK_IMPORT_ID, request_param(req, 0));
}

static struct progress
progress_of(struct db *db, const struct rows *import)
{
	const char *state = rows_text(import, STATE);
	struct progress progress = { .state = state,
		.sentence = "people_import.progress",
		.ended = !text_is(state, "applying") };

	(void)progress_job(&progress, db_read(db, &JOB, v_int(rows_int(import, ID))));
	return progress;
}

static void
show_work(struct request *req, struct page *page, const struct rows *import)
{
	struct progress progress = progress_of(request_db(req), import);

	if (progress.ended)
		(void)intake_button(req, page, MARK_WORK_STOPPED, rows_int(import, VERSION));
	else
		progress_show(req, page_repeat(page, MARK_AT_WORK), &progress,
		    text_printf(
			request_arena(req), "/api/people/imports/%s", request_param(req, 0)),
		    address_of(req));
}

static void
show_buttons(struct request *req, struct page *page, const struct rows *import)
{
	int64_t n = rows_int(import, NEW), changed = rows_int(import, CHANGED);

	if (n + changed > 0) {
		struct page *take =
		    intake_button(req, page, MARK_MAY_TAKE, rows_int(import, VERSION));
		if (n > 0)
			page_count(page_repeat(take, MARK_MAY_INVITE), MARK_INVITE_LABEL,
			    "people_take.invite.label", n);
		page_count(take, MARK_TAKE_LABEL, "people_take.button", n + changed);
	} else {
		page_show(page, rows_int(import, BAD) ? MARK_NOTHING_FINE : MARK_NOTHING_NEW);
	}
	(void)intake_button(req, page, MARK_MAY_ABANDON, rows_int(import, VERSION));
}

static void
show_counts(struct page *page, const struct rows *import)
{
	page_int(page, MARK_COUNT_NEW, rows_int(import, NEW));
	page_int(page, MARK_COUNT_SAME, rows_int(import, SAME));
	page_int(page, MARK_COUNT_CHANGED, rows_int(import, CHANGED));
	page_int(page, MARK_COUNT_BAD, rows_int(import, BAD));
	if (!text_empty(rows_text(import, UNUSED)))
		page_text(
		    page_repeat(page, MARK_UNUSED), MARK_COLUMNS, rows_text(import, UNUSED));
}

/* GET /staff/people/imports/:id */
enum status
people_import_show(struct request *req)
{
	struct rows *import = import_of(req, request_db(req));

	if (!import)
		return db_absent(request_db(req));
	struct page *page = page_open(req, TPL_PORTAL_PEOPLE_IMPORTED);
	const char *state = rows_text(import, STATE);
	int64_t id = rows_int(import, ID);
	page_text(page, MARK_FILE_NAME, rows_text(import, FILE_NAME));
	page_instant(page, MARK_STARTED, rows_instant(import, STARTED));
	if (!text_empty(rows_text(import, STARTED_BY)))
		page_text(page_repeat(page, MARK_BY), MARK_WHO, rows_text(import, STARTED_BY));
	page_code(page, STATES, state);
	show_counts(page, import);
	if (text_is(state, "preview"))
		show_buttons(req, page, import);
	if (text_is(state, "applying"))
		show_work(req, page, import);
	if (text_is(state, "done") && rows_int(import, INVITED))
		page_show(page, MARK_INVITED);
	show_faults(req, page, id);
	show_rows(req, page, id, "late", MARK_LATE_ROWS);
	show_changes(req, page, id);
	show_rows(req, page, id, "updated", MARK_UPDATED_ROWS);
	show_rows(req, page, id, "new", MARK_NEW_ROWS);
	show_rows(req, page, id, "added", MARK_ADDED_ROWS);
	return reply_page(req, 200, page);
}

/* GET /api/people/imports/:id */
enum status
people_import_progress(struct request *req)
{
	struct rows *import = import_of(req, request_db(req));

	if (!import)
		return db_absent(request_db(req));
	struct progress progress = progress_of(request_db(req), import);
	return progress_reply(req, &progress);
}

/* ---- The rows with errors, to be corrected and sent again ---- */

static void
put_cells(struct arena *arena, struct csv_writer *writer, const char *cells, size_t width)
{
	size_t n = 0;
	char **cell = text_split(arena, cells, CELL_END, &n);

	for (size_t i = 0; i < n || i < width; i++)
		csv_cell(writer, i < n ? cell[i] : "");
}

/* All that is wrong with a row, each with its column. Faults stand in the order of rows; *more:
 * one is at hand. */
static const char *
reasons_of(struct request *req, struct rows *faults, bool *more, int64_t row)
{
	struct arena *arena = request_arena(req);
	struct buf all = buf_new(arena);

	buf_text(&all, "");
	for (; *more && rows_int(faults, 0) <= row; *more = rows_next(faults))
		buf_printf(&all, "%s%s%s%s", all.n ? " " : "", rows_text(faults, 1),
		    text_empty(rows_text(faults, 1)) ? "" : ": ",
		    intake_fault_text(arena, request_caller(req)->locale, &PEOPLE_INTAKE,
			rows_text(faults, 2), rows_text(faults, 3)));
	return all.p;
}

/* GET /staff/people/imports/:id/errors */
enum status
people_import_errors(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct buf out = buf_new(arena);
	struct csv_writer writer = { &out, 0 };
	struct rows *import = import_of(req, request_db(req));
	size_t width = 0;

	if (!import)
		return db_absent(request_db(req));
	int64_t id = rows_int(import, ID);
	struct rows *rows = db_read(request_db(req), &BAD_ROWS, v_int(id));
	struct rows *faults = db_read(request_db(req), &BAD_FAULTS, v_int(id));
	(void)text_split(arena, rows_text(import, HEADER), CELL_END, &width);
	put_cells(arena, &writer, rows_text(import, HEADER), width);
	csv_cell(&writer, "error");
	csv_end(&writer);
	bool more = rows_next(faults);
	while (rows_next(rows)) {
		put_cells(arena, &writer, rows_text(rows, 1), width);
		csv_cell(&writer, reasons_of(req, faults, &more, rows_int(rows, 0)));
		csv_end(&writer);
	}
	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	return reply_file(req, "text/csv", "people-errors.csv",
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}

/* ---- Decisions ---- */

/* Applying goes on where a job that was given up has stopped. */
static enum status
take(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct rows *import = import_of(req, db);
	struct people_decision decision = { .version = form_int(req, TAKE_VERSION),
		.by = request_caller(req)->person,
		.request = request_id(req),
		.invite = form_ticked(req, INVITE) };

	(void)unused_arg;
	if (!import)
		return db_absent(db);
	decision.import = rows_int(import, ID);
	receipt->location = address_of(req);
	if (text_is(rows_text(import, STATE), "applying")) {
		if (rows_int(import, VERSION) != decision.version ||
		    db_int(db, &JOB_OPEN, 0, v_int(decision.import)) > 0)
			return E_CONFLICT;
	} else if (people_import_begin(db, &decision) != OK) {
		return db_status(db);
	}
	(void)job_add(db, "people.import", decision.import, decision.by, "{}", NULL);
	return db_status(db);
}

enum status
people_take_submit(struct request *req)
{
	return reply_submit(req, take, NULL);
}

static enum status
abandon(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct rows *import = import_of(req, db);
	struct people_decision decision = { .version = form_int(req, ABANDON_VERSION),
		.by = request_caller(req)->person,
		.request = request_id(req) };

	(void)unused_arg;
	if (!import)
		return db_absent(db);
	decision.import = rows_int(import, ID);
	receipt->location = "/staff/people/import";
	return people_import_abandon(db, &decision);
}

enum status
people_abandon_submit(struct request *req)
{
	return reply_submit(req, abandon, NULL);
}
