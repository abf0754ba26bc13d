/*
 * import.c: from the entries of a file to a batch, and from a batch to work entries. Used by
 * the pages (import_page.c) and the command (import_command.c).
 *
 * Rules: payments README 2 to 5. A row that cannot be used is named and then nothing of its
 * file is taken; a row that was taken before is known and not taken again.
 */
#include "payments/import.h"

#include "data/audit.h"
#include "payments/import_match.h"
#include "payments/pay_period.h"
#include "web/words.h"

#define ROWS_AT_ONCE ((size_t)1000)
#define TAKE_AT_ONCE 2000
#define FAULTS_KEPT ((size_t)1000)

static const struct stmt BATCH_ADD = {
	"INSERT INTO import_batch (public_id, file_name, file_hash, source, options, rows_read,"
	" rows_bad, state, started_by, started_at)"
	" VALUES (?, ?, ?, ?, JSON_OBJECT('dates', ?, 'zone', ?, 'person', ?), ?, ?, ?, ?, ?)"
};
static const struct stmt ROW_ADD = {
	"INSERT INTO import_row (batch_id, row_no, verdict, person_id, project_id, who,"
	" project_name, day, minutes, external_key, marks, note)"
	" VALUES (?, ?, ?, ?, ?, LEFT(?, 254), LEFT(?, 255), ?, ?, ?, ?, LEFT(?, 1000))"
};
static const struct stmt FAULT_ADD = {
	"INSERT INTO import_fault (batch_id, fault_no, row_no, column_name, code, value)"
	" VALUES (?, ?, ?, LEFT(?, 100), ?, LEFT(?, 300))"
};
static const struct stmt KNOWN_MARK = {
	"UPDATE import_row r JOIN import_batch b ON b.id = r.batch_id"
	" JOIN work_entry e ON e.source = b.source AND e.external_key = r.external_key"
	" SET r.verdict = 'known' WHERE r.batch_id = ? AND r.verdict = 'new'"
};
static const struct stmt COUNT_ROWS = {
	"UPDATE import_batch b SET"
	" rows_new = (SELECT COUNT(*) FROM import_row WHERE batch_id = b.id AND verdict = "
	"'new'),"
	" rows_known ="
	"  (SELECT COUNT(*) FROM import_row WHERE batch_id = b.id AND verdict = 'known'),"
	" rows_empty ="
	"  (SELECT COUNT(*) FROM import_row WHERE batch_id = b.id AND verdict = 'empty')"
	" WHERE b.id = ?"
};
static const struct stmt BATCH_FIND = {
	"SELECT id, (SELECT MAX(row_no) FROM import_row WHERE batch_id = import_batch.id)"
	" FROM import_batch WHERE public_id = ?"
};
static const struct stmt BATCH_END = {
	"UPDATE import_batch SET state = ?, done_at = ?, version = version + 1"
	" WHERE id = ? AND state IN ('preview', ?) AND (? = 0 OR version = ?)"
};
static const struct stmt PERIODS_HOLD = {
	"SELECT id FROM pay_period WHERE state = 'open' LOCK IN SHARE MODE"
};
/* Into the period of the day while that is open, else into the oldest open one. */
static const struct stmt TAKE = {
	"INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, "
	"minutes,"
	" units, source, external_key, import_id, note, created_by, created_at)"
	" SELECT r.person_id, r.day, RANDOM_BYTES(16), r.project_id,"
	"  COALESCE((SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' AND p.start_day <= r.day AND p.end_day >= r.day LIMIT 1),"
	"   (SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' ORDER BY p.start_day LIMIT 1)),"
	"  r.kind, r.minutes, r.units, b.source, r.external_key, b.id, r.note, ?, ?"
	" FROM import_row r JOIN import_batch b ON b.id = r.batch_id"
	" JOIN payee y ON y.person_id = r.person_id"
	" WHERE r.batch_id = ? AND r.row_no > ? AND r.row_no <= ? AND r.verdict = 'new'"
	"  AND NOT EXISTS (SELECT 1 FROM work_entry e WHERE e.source = b.source"
	"   AND e.external_key = r.external_key)"
};
/* What another file brought between preview and taking is known, not new. */
static const struct stmt COUNT_TAKEN = {
	"UPDATE import_batch SET rows_known = rows_known + rows_new - ?, rows_new = ?"
	" WHERE id = ?"
};
static const struct stmt ROWS_EMPTY = { "DELETE FROM import_row WHERE batch_id = ?" };

/* ---- Faults ---- */

enum status
import_read(struct arena *arena, const struct records *records, struct import *import)
{
	return tracker_read(arena, records, &import->file);
}

bool
import_fault_of_file(const struct tracker_fault *fault)
{
	static const char *const codes[] = { "ambiguous_dates", "mixed_dates", "unknown_zone",
		"unknown_format", "no_rows", "no_days", "serial_dates", "serial_and_text",
		"not_json", "not_entries", "encoding", "quote", "nul", "too_many_rows",
		"cell_too_long", "empty" };

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (text_is(fault->code, codes[i]))
			return true;
	return false;
}

const char *
import_fault_text(struct arena *arena, const char *locale, const char *code, const char *value)
{
	return words_say(
	    arena, locale, text_printf(arena, "import_fault.%s", code), { "value", value });
}

/* ---- Keeping ---- */

struct keeping {
	struct db *db;
	struct import *import;
	struct matches *matches;
	int64_t batch;
	struct value *rows, *faults;
	size_t n_rows, n_faults;
	size_t bad, bad_line; /* rows with a fault, and the last such line */
};
#define ROW_WIDTH 12
#define FAULT_WIDTH 6

static void
fault_add(struct keeping *keeping, size_t line, const char *column, const char *code,
    const char *value)
{
	if (line != keeping->bad_line)
		keeping->bad++;
	keeping->bad_line = line;
	if (keeping->n_faults == FAULTS_KEPT)
		return;
	struct value *at = &keeping->faults[keeping->n_faults++ * FAULT_WIDTH];
	at[1] = v_int((int64_t)keeping->n_faults);
	at[2] = v_int((int64_t)line);
	at[3] = v_text(column);
	at[4] = v_text(code);
	at[5] = v_text(value);
}

/* The key by which an entry is known again: its row in the file and whose it is, because an
 * export of one person's time names nobody. */
static struct value
key_of(struct arena *arena, const struct tracker_entry *entry, int64_t person)
{
	unsigned char *digest = arena_alloc(arena, SHA256_BYTES);

	crypto_sha256(
	    bytes_of(text_printf(arena, "%s %lld", entry->key, (long long)person)), digest);
	return v_bytes(digest, SHA256_BYTES);
}

static const char *
note_of(struct arena *arena, const struct tracker_entry *entry)
{
	if (text_empty(entry->task))
		return entry->description;
	if (text_empty(entry->description))
		return entry->task;
	return text_printf(arena, "%s: %s", entry->task, entry->description);
}

static void
entry_add(struct keeping *keeping, const struct tracker_entry *entry)
{
	struct arena *arena = db_arena(keeping->db);
	const struct match *person =
	    match_person(keeping->matches, entry->person, entry->by_email);
	const struct match *project = match_project(keeping->matches, entry->project);
	day on = entry->has_start ? day_in_zone(entry->start, person->zone) : entry->day;
	const char *verdict = entry->minutes > 0 ? "new" : "empty";

	if (person->fault)
		fault_add(keeping, entry->line, "", person->fault, entry->person);
	if (project->fault)
		fault_add(keeping, entry->line, "", project->fault, entry->project);
	/* A day in the file's zone may be a day ahead of ours. */
	if (on > day_in_zone(time_now(), person->zone) + 1)
		fault_add(keeping, entry->line, "", "future_day", day_iso(arena, on));
	if (keeping->bad_line == entry->line)
		verdict = "bad";
	struct value *at = &keeping->rows[keeping->n_rows++ * ROW_WIDTH];
	at[1] = v_int((int64_t)entry->line);
	at[2] = v_text(verdict);
	at[3] = person->id ? v_int(person->id) : v_null();
	at[4] = project->id ? v_int(project->id) : v_null();
	at[5] = v_text(entry->person);
	at[6] = v_text(entry->project);
	at[7] = v_day(on);
	at[8] = v_int(entry->minutes);
	at[9] = key_of(arena, entry, person->id);
	at[10] = v_int(entry->notes);
	at[11] = v_text(note_of(arena, entry));
}

static void
match_all(struct keeping *keeping)
{
	const struct tracker_file *file = &keeping->import->file;

	for (size_t i = 0; i < file->n_faults; i++) {
		const struct tracker_fault *fault = &file->faults[i];
		fault_add(keeping, fault->line, fault->header, fault->code, fault->text);
	}
	for (size_t i = 0; i < file->n_entries && db_status(keeping->db) == OK; i++)
		entry_add(keeping, &file->entries[i]);
}

static void
batch_add(struct keeping *keeping)
{
	const struct import *import = keeping->import;
	unsigned char hash[SHA256_BYTES];

	crypto_sha256(import->content, hash);
	db_write(keeping->db, &BATCH_ADD, v_bytes(import->id.b, ID_BYTES),
	    v_text(import->file_name), v_bytes(hash, sizeof hash), v_text(import->file.format),
	    v_text(import->dates), v_text(import->zone), v_text(import->person),
	    v_int((int64_t)import->file.rows), v_int((int64_t)keeping->bad),
	    v_text(keeping->bad ? "refused" : "preview"),
	    import->by ? v_int(import->by) : v_null(), v_instant(time_now()));
	keeping->batch = db_last_id(keeping->db);
}

/* Rows of width values each, some hundred with each statement. */
static void
write_all(struct db *db, const struct stmt *stmt, struct value *values, unsigned width,
    size_t n, int64_t batch)
{
	for (size_t i = 0; i < n; i++)
		values[i * width] = v_int(batch);
	for (size_t i = 0; i < n; i += ROWS_AT_ONCE)
		db_write_many(db, stmt, values + i * width, width,
		    n - i < ROWS_AT_ONCE ? n - i : ROWS_AT_ONCE);
}

enum status
import_keep(struct db *db, struct import *import)
{
	struct arena *arena = db_arena(db);
	size_t entries = import->file.n_entries;
	struct keeping keeping = { .db = db,
		.import = import,
		.matches = matches_new(db, entries),
		.rows = arena_array_of(arena, struct value, entries * ROW_WIDTH),
		.faults = arena_array_of(arena, struct value, FAULTS_KEPT * FAULT_WIDTH) };

	import->id = id_new();
	match_all(&keeping);
	batch_add(&keeping);
	write_all(db, &ROW_ADD, keeping.rows, ROW_WIDTH, keeping.n_rows, keeping.batch);
	write_all(db, &FAULT_ADD, keeping.faults, FAULT_WIDTH, keeping.n_faults, keeping.batch);
	db_write(db, &KNOWN_MARK, v_int(keeping.batch));
	db_write(db, &COUNT_ROWS, v_int(keeping.batch));
	struct audit audit = { .actor = import->by,
		.action = "import.read",
		.object = text_printf(arena, "import_batch:%lld", (long long)keeping.batch),
		.request = import->request };
	audit_add(db, &audit);
	return db_status(db);
}

/* ---- Taking ---- */

/* Ends a batch: the row that changes decides who was first. */
static enum status
batch_end(struct db *db, int64_t batch, int64_t version, const char *state, const char *also)
{
	return db_write_one(db, &BATCH_END, v_text(state), v_instant(time_now()), v_int(batch),
	    v_text(also), v_int(version), v_int(version));
}

static enum status
batch_done(struct db *db, int64_t batch, int64_t by, const char *action, const char *request)
{
	struct audit audit = { .actor = by,
		.action = action,
		.object = text_printf(db_arena(db), "import_batch:%lld", (long long)batch),
		.request = request };

	db_write(db, &ROWS_EMPTY, v_int(batch));
	audit_add(db, &audit);
	return db_status(db);
}

enum status
import_take(struct db *db, struct id id, int64_t version, int64_t by, const char *request,
    int64_t *ret_taken)
{
	struct rows *rows = db_read(db, &BATCH_FIND, v_bytes(id.b, ID_BYTES));
	int64_t taken = 0;

	if (!rows_next(rows))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	int64_t batch = rows_int(rows, 0), last = rows_int(rows, 1);
	if (batch_end(db, batch, version, "done", "preview") != OK)
		return db_status(db);
	if (period_ahead(db, PERIODS_AHEAD) < 0)
		return db_status(db);
	(void)db_read(db, &PERIODS_HOLD); /* nobody locks one while entries go in */
	for (int64_t from = 0; from < last && db_status(db) == OK; from += TAKE_AT_ONCE)
		taken += db_write(db, &TAKE, by ? v_int(by) : v_null(), v_instant(time_now()),
		    v_int(batch), v_int(from), v_int(from + TAKE_AT_ONCE));
	db_write(db, &COUNT_TAKEN, v_int(taken), v_int(taken), v_int(batch));
	if (batch_done(db, batch, by, "import.taken", request) != OK)
		return db_status(db);
	*ret_taken = taken;
	return OK;
}

enum status
import_abandon(struct db *db, struct id id, int64_t version, int64_t by, const char *request)
{
	struct rows *rows = db_read(db, &BATCH_FIND, v_bytes(id.b, ID_BYTES));

	if (!rows_next(rows))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	int64_t batch = rows_int(rows, 0);
	if (batch_end(db, batch, version, "abandoned", "refused") != OK)
		return db_status(db);
	return batch_done(db, batch, by, "import.abandoned", request);
}

/* ---- Growing old ---- */

#define DAYS_KEPT 7

static const struct stmt OLD = {
	"SELECT public_id FROM import_batch WHERE state IN ('preview', 'refused')"
	" AND started_at < ? LIMIT 100"
};

static enum status
expire_work(struct db *db, void *unused_arg)
{
	struct rows *rows = db_read(db, &OLD, v_instant(time_now() - DAYS_KEPT * DAY_LENGTH));

	(void)unused_arg;
	while (rows_next(rows)) {
		enum status status = import_abandon(db, rows_id(rows, 0), 0, 0, NULL);
		if (status != OK)
			return status;
	}
	return db_status(db);
}

enum status
import_expire_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, expire_work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
