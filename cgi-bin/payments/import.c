/*
 * import.c: from the entries of a file to a batch: who and what they mean, what cannot be used
 * and why, what is known, what overlaps. Used by the pages (import_page.c), the command
 * (import_command.c) and the API (work_entry_api.c); import_take.c takes what is kept here.
 *
 * Rules: payments README 2 to 5. A row that cannot be used is named and then nothing of its
 * file is taken; a row that was taken before is known and not taken again.
 */
#include "payments/import.h"

#include "data/audit.h"
#include "payments/import_match.h"
#include "web/words.h"

#include <stdlib.h>

#define ROWS_AT_ONCE ((size_t)1000)
#define FAULTS_KEPT ((size_t)1000)

static const struct stmt BATCH_ADD = { "INSERT INTO import_batch (public_id, file_name, "
				       "file_hash, source, options, way, rows_read,"
				       " started_by, started_at)"
				       " VALUES (?, LEFT(?, 255), ?, ?, JSON_OBJECT('dates', "
				       "?, 'zone', ?, 'person', ?), ?, ?, ?, ?)" };
static const struct stmt ROW_ADD = {
	"INSERT INTO import_row (batch_id, row_no, verdict, person_id, project_id, who,"
	" project_name, day, minutes, external_key, marks, note, units, kind, began_at, "
	"overlap_row)"
	" VALUES (?, ?, ?, ?, ?, LEFT(?, 254), LEFT(?, 255), ?, ?, ?, ?, LEFT(?, 1000), ?, ?, "
	"?, ?)"
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
/* Known by the sender's own key, and not what is here. */
static const struct stmt CHANGED = {
	"SELECT r.row_no, r.day FROM import_row r JOIN import_batch b ON b.id = r.batch_id"
	" JOIN work_entry e ON e.source = b.source AND e.external_key = r.external_key"
	" WHERE r.batch_id = ? AND b.source = 'own' AND r.verdict = 'known'"
	" AND (e.day <> r.day OR e.project_id <> r.project_id OR e.kind <> r.kind"
	"  OR e.minutes <> r.minutes OR e.units <> r.units) ORDER BY r.row_no LIMIT 1000"
};
/* With what is here already a day would have more than 24 hours. */
static const struct stmt DAY_FULL = {
	"SELECT r.row_no, r.day FROM import_row r JOIN (SELECT person_id, day,"
	"  SUM(minutes) AS minutes FROM import_row WHERE batch_id = ? AND verdict = 'new'"
	"  GROUP BY person_id, day) x ON x.person_id = r.person_id AND x.day = r.day"
	" WHERE r.batch_id = ? AND r.verdict = 'new' AND x.minutes > 1440 -"
	"  (SELECT COALESCE(SUM(e.minutes), 0) FROM work_entry e WHERE e.person_id = "
	"r.person_id"
	"   AND e.day = r.day AND e.state NOT IN ('rejected', 'rejected_final'))"
	" ORDER BY r.row_no LIMIT 1000"
};
static const struct stmt ROW_BAD = {
	"UPDATE import_row SET verdict = 'bad' WHERE batch_id = ? AND row_no = ?"
};
/* Minutes are rounded, so what overlaps by less than one does not. */
static const struct stmt OVERLAP_MARK = {
	"UPDATE import_row r JOIN work_entry e ON e.person_id = r.person_id"
	" AND e.day BETWEEN r.day - INTERVAL 1 DAY AND r.day + INTERVAL 1 DAY"
	" SET r.overlap_entry = e.id WHERE r.batch_id = ? AND r.verdict = 'new'"
	" AND r.began_at IS NOT NULL AND r.overlap_row IS NULL AND e.began_at IS NOT NULL"
	" AND e.state NOT IN ('rejected', 'rejected_final')"
	" AND e.began_at + INTERVAL 1 MINUTE < r.began_at + INTERVAL r.minutes MINUTE"
	" AND r.began_at + INTERVAL 1 MINUTE < e.began_at + INTERVAL e.minutes MINUTE"
};
static const struct stmt COUNT_ROWS = {
	"UPDATE import_batch b SET rows_bad = ?, state = IF(? > 0, 'refused', 'preview'),"
	" rows_new = (SELECT COUNT(*) FROM import_row WHERE batch_id = b.id AND verdict = "
	"'new'),"
	" rows_known ="
	"  (SELECT COUNT(*) FROM import_row WHERE batch_id = b.id AND verdict = 'known'),"
	" rows_empty ="
	"  (SELECT COUNT(*) FROM import_row WHERE batch_id = b.id AND verdict = 'empty')"
	" WHERE b.id = ?"
};
static const struct stmt RATES = {
	"SELECT project_id, unit, valid_from, valid_to FROM rate WHERE person_id = ?"
};

/* ---- Faults ---- */

enum status
import_read(struct arena *arena, const struct records *records, struct import *import)
{
	return tracker_read(arena, records, &import->file);
}

static bool
fault_of_file(const struct table_fault *fault)
{
	static const char *const codes[] = { "ambiguous_dates", "mixed_dates", "unknown_zone",
		"unknown_format", "no_rows", "no_days", "column_twice", "serial_dates",
		"serial_and_text", "not_json", "not_entries", "encoding", "quote", "nul",
		"too_many_rows", "cell_too_long", "empty" };

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (text_is(fault->code, codes[i]))
			return true;
	return false;
}

const struct table_fault *
import_refused(const struct import *import)
{
	for (size_t i = 0; i < import->file.n_faults; i++)
		if (fault_of_file(&import->file.faults[i]))
			return &import->file.faults[i];
	return NULL;
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
	struct rows *rates; /* of the only person that the sender may speak for */
	int64_t batch;
	struct value *rows;
	size_t n_rows;
	struct span *spans; /* of those with a start, for overlaps */
	size_t n_spans;
	size_t bad_line; /* the last line with a fault */
};
#define ROW_WIDTH 16
#define AT_OVERLAP 15
#define FAULT_WIDTH 6

/* When a row took place. */
struct span {
	int64_t person;
	instant start, end;
	size_t line, row; /* of the file; place in keeping->rows */
};

static void
fault_add(struct keeping *keeping, size_t line, const char *column, const char *code,
    const char *value)
{
	struct import *import = keeping->import;

	if (line != keeping->bad_line)
		import->bad++;
	keeping->bad_line = line;
	if (import->n_faults < FAULTS_KEPT)
		import->faults[import->n_faults++] =
		    (struct import_fault){ line, column, code, value };
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

/* Of somebody who speaks for themselves alone: on what they may enter time. NULL: it is so. */
static const char *
rate_fault(struct keeping *keeping, const struct tracker_entry *entry, int64_t project, day on)
{
	const char *unit = entry->tasks > 0 ? "task" : "hour";
	bool any = false;

	for (rows_rewind(keeping->rates); rows_next(keeping->rates);) {
		if (rows_int(keeping->rates, 0) != project)
			continue;
		any = true;
		if (text_is(rows_text(keeping->rates, 1), unit) &&
		    rows_day(keeping->rates, 2) <= on && rows_day(keeping->rates, 3) > on)
			return NULL;
	}
	return any ? "no_rate" : "unknown_project";
}

/* What is wrong with who and what an entry is for. */
static void
check_entry(struct keeping *keeping, const struct tracker_entry *entry,
    const struct match *person, const struct match *project, day on)
{
	int64_t only = keeping->import->only;
	const char *fault = only && person->id != only ? "not_yours" : person->fault;
	const char *day_text = day_iso(db_arena(keeping->db), on);

	if (fault)
		fault_add(keeping, entry->line, "", fault, entry->person);
	if (project->fault)
		fault_add(keeping, entry->line, "", project->fault, entry->project);
	else if (only && !fault &&
		 (fault = rate_fault(keeping, entry, project->id, on)) != NULL)
		fault_add(keeping, entry->line, "", fault,
		    text_is(fault, "no_rate") ? day_text : entry->project);
	/* A day in the file's zone may be a day ahead of ours. */
	if (on > day_in_zone(time_now(), person->zone) + 1)
		fault_add(keeping, entry->line, "", "future_day", day_text);
}

static void
entry_add(struct keeping *keeping, const struct tracker_entry *entry)
{
	struct arena *arena = db_arena(keeping->db);
	const struct match *person =
	    match_person(keeping->matches, entry->person, entry->by_email);
	const struct match *project = match_project(keeping->matches, entry->project);
	bool by_clock = entry->has_start && !text_is(keeping->import->file.format, "own");
	day on = by_clock ? day_in_zone(entry->start, person->zone) : entry->day;
	const char *verdict = entry->notes & TRACKER_ZERO ? "empty" : "new";

	check_entry(keeping, entry, person, project, on);
	if (keeping->bad_line == entry->line)
		verdict = "bad";
	else if (entry->has_start && entry->seconds > 0)
		keeping->spans[keeping->n_spans++] = (struct span){ person->id, entry->start,
			entry->start + entry->seconds * SECOND, entry->line, keeping->n_rows };
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
	at[12] = v_int(entry->tasks);
	at[13] = v_text(entry->kind);
	at[14] = entry->has_start ? v_instant(entry->start) : v_null();
	at[AT_OVERLAP] = v_null();
}

static int
by_person_and_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->line < y->line ? -1 : 1;
}

/* Of two rows of a person at the same time the later one names the other; both are kept. */
static void
find_overlaps(struct keeping *keeping)
{
	struct span *spans = keeping->spans, *before = NULL;

	qsort(spans, keeping->n_spans, sizeof *spans, by_person_and_start);
	for (size_t i = 0; i < keeping->n_spans; i++) {
		if (before && before->person == spans[i].person &&
		    spans[i].start < before->end) {
			const struct span *later =
			    before->line > spans[i].line ? before : &spans[i];
			const struct span *other = later == before ? &spans[i] : before;
			keeping->rows[later->row * ROW_WIDTH + AT_OVERLAP] =
			    v_int((int64_t)other->line);
		}
		if (!before || before->person != spans[i].person || spans[i].end > before->end)
			before = &spans[i];
	}
}

static void
match_all(struct keeping *keeping)
{
	const struct tracker_file *file = &keeping->import->file;

	for (size_t i = 0; i < file->n_faults; i++) {
		const struct table_fault *fault = &file->faults[i];
		fault_add(keeping, fault->line, fault->header, fault->code, fault->text);
	}
	for (size_t i = 0; i < file->n_entries && db_status(keeping->db) == OK; i++)
		entry_add(keeping, &file->entries[i]);
	find_overlaps(keeping);
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
	    v_text(import->by_api ? "api" : "file"), v_int((int64_t)import->file.rows),
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

/* Rows that turn out to be unusable by what is here already. */
static void
found_bad(struct keeping *keeping, struct rows *found, const char *code)
{
	struct db *db = keeping->db;

	while (rows_next(found)) {
		fault_add(keeping, (size_t)rows_int(found, 0), "", code,
		    day_iso(db_arena(db), rows_day(found, 1)));
		db_write(db, &ROW_BAD, v_int(keeping->batch), v_int(rows_int(found, 0)));
	}
}

/* By row; those of one row as they were found. They come in a few runs that are in order, and
 * there are 1,000 at most. */
static void
faults_sort(struct import *import)
{
	for (size_t i = 1; i < import->n_faults; i++) {
		const struct import_fault fault = import->faults[i];
		size_t at = i;
		for (; at > 0 && import->faults[at - 1].line > fault.line; at--)
			import->faults[at] = import->faults[at - 1];
		import->faults[at] = fault;
	}
}

static void
faults_write(struct keeping *keeping)
{
	const struct import *import = keeping->import;
	struct value *values =
	    arena_array_of(db_arena(keeping->db), struct value, import->n_faults * FAULT_WIDTH);

	for (size_t i = 0; i < import->n_faults; i++) {
		const struct import_fault *fault = &import->faults[i];
		struct value *at = &values[i * FAULT_WIDTH];
		at[1] = v_int((int64_t)i + 1);
		at[2] = v_int((int64_t)fault->line);
		at[3] = v_text(fault->column);
		at[4] = v_text(fault->code);
		at[5] = v_text(fault->value);
	}
	write_all(
	    keeping->db, &FAULT_ADD, values, FAULT_WIDTH, import->n_faults, keeping->batch);
}

enum status
import_keep(struct db *db, struct import *import)
{
	struct arena *arena = db_arena(db);
	size_t entries = import->file.n_entries;
	struct keeping keeping = { .db = db,
		.import = import,
		.matches = matches_new(db, entries),
		.rates = db_read(db, &RATES, v_int(import->only)),
		.rows = arena_array_of(arena, struct value, entries * ROW_WIDTH),
		.spans = arena_array_of(arena, struct span, entries) };

	import->id = id_new();
	import->bad = import->n_faults = 0; /* a transaction may run again */
	import->faults = arena_array_of(arena, struct import_fault, FAULTS_KEPT);
	match_all(&keeping);
	batch_add(&keeping);
	struct value batch = v_int(keeping.batch);
	write_all(db, &ROW_ADD, keeping.rows, ROW_WIDTH, keeping.n_rows, keeping.batch);
	db_write(db, &KNOWN_MARK, batch);
	found_bad(&keeping, db_read(db, &CHANGED, batch), "changed_since");
	found_bad(&keeping, db_read(db, &DAY_FULL, batch, batch), "day_over_24_h");
	db_write(db, &OVERLAP_MARK, batch);
	faults_sort(import);
	faults_write(&keeping);
	struct value bad = v_int((int64_t)import->bad);
	db_write(db, &COUNT_ROWS, bad, bad, batch);
	struct audit audit = { .actor = import->by,
		.action = "import.read",
		.object = text_printf(arena, "import_batch:%lld", (long long)keeping.batch),
		.request = import->request };
	audit_add(db, &audit);
	return db_status(db);
}
