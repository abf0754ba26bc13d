/*
 * people_import.c: from the rows of a file to a preview, and from a preview to people. Used by
 * the pages and the command.
 */
#include "portal/people_import.h"

#include "data/audit.h"
#include "portal/links.h"

#include <string.h>

#define APPLY_AT_ONCE 100
#define DAYS_KEPT 7
#define CELL_END "\x1e" /* between the cells of a row that is kept */

static const struct stmt IMPORT_ADD = {
	"INSERT INTO people_import (public_id, file_name, file_hash, header, unused, rows_read,"
	" rows_bad, started_by, started_at) VALUES (?, LEFT(?, 255), ?, ?, LEFT(?, 1000), ?, ?,"
	" ?, ?)"
};
static const struct stmt ROW_ADD = {
	"INSERT INTO people_import_row (import_id, row_no, verdict, legal_name, preferred_name,"
	" email, time_zone, country, locale, roles, cells)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
};
#define ROW_WIDTH 11
static const struct stmt FAULT_ADD = { "INSERT INTO people_import_fault (import_id, fault_no, "
				       "row_no, column_name, code, value)"
				       " VALUES (?, ?, ?, LEFT(?, 100), ?, LEFT(?, 300))" };
#define FAULT_WIDTH 6
/* Whom the file means, and what it would change of them. To the letter: a name whose accents
 * alone differ has changed. */
static const struct stmt MATCH = {
	"UPDATE people_import_row r JOIN person p"
	" ON p.email_key = LOWER(r.email) COLLATE utf8mb4_bin"
	" SET r.person_id = p.id, r.person_version = p.version,"
	" r.changes = CONCAT_WS(',',"
	"  IF(BINARY r.legal_name <> BINARY p.legal_name, 'legal_name', NULL),"
	"  IF(r.preferred_name <> '' AND BINARY r.preferred_name <> BINARY p.preferred_name,"
	"   'preferred_name', NULL),"
	"  IF(r.time_zone <> '' AND r.time_zone <> p.time_zone, 'time_zone', NULL),"
	"  IF(r.country <> '' AND r.country <> COALESCE(p.country, ''), 'country', NULL),"
	"  IF(r.locale <> '' AND r.locale <> p.locale, 'locale', NULL),"
	"  IF(r.roles & ~p.roles <> 0, 'roles', NULL))"
	" WHERE r.import_id = ? AND r.verdict = 'new'"
};
static const struct stmt VERDICTS = {
	"UPDATE people_import_row SET verdict = IF(changes = '', 'same', 'changed')"
	" WHERE import_id = ? AND verdict = 'new' AND person_id IS NOT NULL"
};
static const struct stmt COUNT_ROWS = {
	"UPDATE people_import i SET"
	" rows_new = (SELECT COUNT(*) FROM people_import_row WHERE import_id = i.id"
	"  AND verdict = 'new'),"
	" rows_same = (SELECT COUNT(*) FROM people_import_row WHERE import_id = i.id"
	"  AND verdict = 'same'),"
	" rows_changed = (SELECT COUNT(*) FROM people_import_row WHERE import_id = i.id"
	"  AND verdict = 'changed') WHERE i.id = ?"
};
static const struct stmt DECIDE = {
	"UPDATE people_import SET state = ?, invite = ?, decided_by = ?, version = version + 1"
	" WHERE id = ? AND state = 'preview' AND (? = 0 OR version = ?)"
};
static const struct stmt ROWS_EMPTY = {
	"DELETE FROM people_import_row WHERE import_id = ? AND (? OR verdict <> 'bad')"
};
static const struct stmt FAULTS_EMPTY = {
	"DELETE FROM people_import_fault WHERE import_id = ?"
};

/* ---- Keeping ---- */

static const char *
cells_joined(struct arena *arena, size_t n, const char **cells)
{
	struct buf all = buf_new(arena);

	buf_text(&all, "");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_text(&all, CELL_END);
		for (const char *p = cells[i]; *p; p++)
			if (*p != *CELL_END)
				buf_char(&all, *p);
	}
	return all.p;
}

static void
rows_fill(struct arena *arena, const struct people_import *import, struct value *at)
{
	for (size_t i = 0; i < import->file.n_rows; i++, at += ROW_WIDTH) {
		const struct people_row *row = &import->file.rows[i];
		at[0] = v_int(import->row);
		at[1] = v_int((int64_t)row->line);
		at[2] = v_text(row->bad ? "bad" : "new");
		at[3] = v_text(row->legal_name);
		at[4] = v_text(row->preferred_name);
		at[5] = v_text(row->email);
		at[6] = v_text(row->time_zone);
		at[7] = v_text(row->country);
		at[8] = v_text(row->locale);
		at[9] = v_int(row->roles);
		at[10] =
		    row->bad ? v_text(cells_joined(arena, row->n_cells, row->cells)) : v_null();
	}
}

static void
faults_fill(const struct people_import *import, struct value *at)
{
	for (size_t i = 0; i < import->file.n_faults; i++, at += FAULT_WIDTH) {
		const struct table_fault *fault = &import->file.faults[i];
		at[0] = v_int(import->row);
		at[1] = v_int((int64_t)i + 1);
		at[2] = v_int((int64_t)fault->line);
		at[3] = v_text(fault->header);
		at[4] = v_text(fault->code);
		at[5] = v_text(fault->text);
	}
}

static void
audit_of(struct db *db, int64_t by, const char *action, int64_t import, const char *request)
{
	struct audit audit = { .actor = by,
		.action = action,
		.object = text_printf(db_arena(db), "people_import:%lld", (long long)import),
		.request = request };

	audit_add(db, &audit);
}

enum status
people_import_keep(struct db *db, struct people_import *import)
{
	struct arena *arena = db_arena(db);
	const struct people_file *file = &import->file;
	struct value *rows = arena_array_of(arena, struct value, file->n_rows * ROW_WIDTH);
	struct value *faults =
	    arena_array_of(arena, struct value, file->n_faults * FAULT_WIDTH);
	unsigned char hash[SHA256_BYTES];
	size_t bad = 0;

	for (size_t i = 0; i < file->n_rows; i++)
		bad += file->rows[i].bad;
	import->id = id_new();
	crypto_sha256(import->content, hash);
	db_write(db, &IMPORT_ADD, v_bytes(import->id.b, ID_BYTES), v_text(import->file_name),
	    v_bytes(hash, sizeof hash),
	    v_text(cells_joined(arena, file->n_header, file->header)), v_text(file->unused),
	    v_int((int64_t)file->n_rows), v_int((int64_t)bad),
	    import->by ? v_int(import->by) : v_null(), v_instant(time_now()));
	import->row = db_last_id(db);
	rows_fill(arena, import, rows);
	faults_fill(import, faults);
	(void)db_write_many(db, &ROW_ADD, rows, ROW_WIDTH, file->n_rows);
	(void)db_write_many(db, &FAULT_ADD, faults, FAULT_WIDTH, file->n_faults);
	db_write(db, &MATCH, v_int(import->row));
	db_write(db, &VERDICTS, v_int(import->row));
	db_write(db, &COUNT_ROWS, v_int(import->row));
	audit_of(db, import->by, "people_import.read", import->row, import->request);
	return db_status(db);
}

/* ---- Deciding ---- */

static enum status
decide(struct db *db, const struct people_decision *decision, const char *state,
    const char *action)
{
	if (db_write_one(db, &DECIDE, v_text(state), v_int(decision->invite),
		decision->by ? v_int(decision->by) : v_null(), v_int(decision->import),
		v_int(decision->version), v_int(decision->version)) != OK)
		return db_status(db);
	audit_of(db, decision->by, action, decision->import, decision->request);
	return db_status(db);
}

enum status
people_import_begin(struct db *db, const struct people_decision *decision)
{
	return decide(db, decision, "applying", "people_import.taken");
}

enum status
people_import_abandon(struct db *db, const struct people_decision *decision)
{
	if (decide(db, decision, "abandoned", "people_import.abandoned") != OK)
		return db_status(db);
	db_write(db, &ROWS_EMPTY, v_int(decision->import), v_int(1));
	db_write(db, &FAULTS_EMPTY, v_int(decision->import));
	return db_status(db);
}

/* ---- Applying ---- */

static const struct stmt IMPORT = { "SELECT state, invite, COALESCE(decided_by, 0) FROM "
				    "people_import WHERE id = ? FOR UPDATE" };
static const struct stmt NEXT = {
	"SELECT r.row_no, r.verdict, r.legal_name, r.preferred_name, r.email, r.time_zone,"
	" r.country, r.locale, r.roles, r.person_id, r.person_version FROM people_import_row r"
	" WHERE r.import_id = ? AND r.verdict IN ('new', 'changed') ORDER BY r.row_no LIMIT 100"
};
static const struct stmt PERSON_ADD = { "CALL person_add(?, ?, ?, ?, ?, ?, ?, ?)" };
static const struct stmt PERSON_HELD = {
	"SELECT version, roles FROM person WHERE id = ? FOR UPDATE"
};
static const struct stmt PERSON_CHANGE = {
	"UPDATE person SET legal_name = ?,"
	" preferred_name = COALESCE(NULLIF(?, ''), preferred_name),"
	" time_zone = COALESCE(NULLIF(?, ''), time_zone), country = COALESCE(NULLIF(?, ''), "
	"country),"
	" locale = COALESCE(NULLIF(?, ''), locale), version = version + 1"
	" WHERE id = ? AND version = ?"
};
static const struct stmt ROLE_GIVE = { "CALL staff_role_grant(?, ?, '', ?, ?)" };
static const struct stmt ROW_DONE = { "UPDATE people_import_row SET verdict = ?, person_id = ? "
				      "WHERE import_id = ? AND row_no = ?"
				      " AND verdict IN ('new', 'changed')" };
static const struct stmt IMPORT_DONE = {
	"UPDATE people_import SET state = 'done', done_at = ?, rows_late = (SELECT COUNT(*)"
	" FROM people_import_row WHERE import_id = people_import.id AND verdict = 'late'),"
	" version = version + 1 WHERE id = ? AND state = 'applying'"
};

struct applying {
	struct db *db;
	int64_t import, by;
	const char *request;
	bool invite;
	instant now;
};

static void
roles_give(struct applying *a, int64_t person, roles wanted)
{
	for (enum role_bit bit = 0; bit < ROLE_BIT_MAX; bit++)
		if (wanted & ((roles)1 << bit))
			db_write(a->db, &ROLE_GIVE, v_int(person), v_text(role_name(bit)),
			    a->by ? v_int(a->by) : v_null(), v_instant(a->now));
}

/* What happened to a person stands in the audit under the person, with the import as reason. */
static void
row_done(struct applying *a, struct rows *row, int64_t person, const char *verdict,
    const char *action)
{
	struct arena *arena = db_arena(a->db);
	struct audit audit = { .actor = a->by,
		.action = action,
		.object = text_printf(arena, "person:%lld", (long long)person),
		.reason = text_printf(arena, "people_import:%lld", (long long)a->import),
		.request = a->request };

	(void)db_write_one(a->db, &ROW_DONE, v_text(verdict), v_int(person), v_int(a->import),
	    v_int(rows_int(row, 0)));
	if (action)
		audit_add(a->db, &audit);
}

static struct value
v_text_or(const char *text, const char *preset)
{
	return v_text(text_empty(text) ? preset : text);
}

static void
person_new(struct applying *a, struct rows *row)
{
	struct id id = id_new();
	struct rows *added =
	    db_read(a->db, &PERSON_ADD, v_bytes(id.b, sizeof id.b), v_text(rows_text(row, 2)),
		v_text_or(rows_text(row, 3), rows_text(row, 2)), v_text(rows_text(row, 4)),
		v_text_or(rows_text(row, 5), "UTC"), v_text_or(rows_text(row, 6), NULL),
		v_text_or(rows_text(row, 7), "en"), v_instant(a->now));

	if (!rows_next(added))
		return;
	int64_t person = rows_int(added, 0);
	if (!rows_int(added, 1)) { /* came by another way meanwhile */
		row_done(a, row, person, "late", NULL);
		return;
	}
	roles_give(a, person, (roles)rows_int(row, 8));
	if (a->invite)
		link_mail(a->db, person,
		    text_printf(db_arena(a->db), "people_import:%lld", (long long)person));
	row_done(a, row, person, "added", "person.imported");
}

static void
person_change(struct applying *a, struct rows *row)
{
	int64_t person = rows_int(row, 9), version = rows_int(row, 10);
	struct rows *held = db_read(a->db, &PERSON_HELD, v_int(person));

	if (!rows_next(held) || rows_int(held, 0) != version) {
		row_done(a, row, person, "late", NULL);
		return;
	}
	(void)db_write_one(a->db, &PERSON_CHANGE, v_text(rows_text(row, 2)),
	    v_text(rows_text(row, 3)), v_text(rows_text(row, 5)), v_text(rows_text(row, 6)),
	    v_text(rows_text(row, 7)), v_int(person), v_int(version));
	roles_give(a, person, (roles)rows_int(row, 8) & ~(roles)rows_int(held, 1));
	row_done(a, row, person, "updated", "person.changed_by_import");
}

static enum status
finish(struct applying *a)
{
	if (db_write_one(a->db, &IMPORT_DONE, v_instant(a->now), v_int(a->import)) != OK)
		return db_status(a->db);
	audit_of(a->db, a->by, "people_import.done", a->import, a->request);
	return db_status(a->db);
}

enum status
people_import_apply(struct db *db, int64_t import, const char *request, int64_t *ret_n)
{
	struct applying a = {
		.db = db, .import = import, .request = request, .now = time_now()
	};
	struct rows *rows = db_read(db, &IMPORT, v_int(import));

	*ret_n = 0;
	if (!rows_next(rows) || !text_is(rows_text(rows, 0), "applying"))
		return db_status(db);
	a.invite = rows_int(rows, 1) != 0;
	a.by = rows_int(rows, 2);
	rows = db_read(db, &NEXT, v_int(import));
	for (; rows_next(rows) && db_status(db) == OK; ++*ret_n)
		if (text_is(rows_text(rows, 1), "new"))
			person_new(&a, rows);
		else
			person_change(&a, rows);
	if (db_status(db) == OK && *ret_n == 0)
		return finish(&a);
	return db_status(db);
}

/* ---- The job ---- */

struct stepping {
	struct job *job;
	int64_t done, total; /* before this step */
	int64_t n;
};

static enum status
step_work(struct db *db, void *arg)
{
	struct stepping *stepping = arg;
	struct job *job = stepping->job;
	enum status status = people_import_apply(db, job->subject, NULL, &stepping->n);

	if (status == OK)
		job_progress(db, job, stepping->done + stepping->n, stepping->total);
	return status;
}

enum status
people_import_step(struct db *db, struct job *job)
{
	static const struct stmt total = {
		"SELECT rows_new + rows_changed FROM people_import WHERE id = ?"
	};
	struct stepping stepping = { .job = job, .done = job->done, .total = job->total };

	if (stepping.total == 0)
		stepping.total = db_int(db, &total, 0, v_int(job->subject));
	enum status status = db_transact(db, step_work, NULL, &stepping);
	return status == OK && stepping.n == 0 ? E_ABSENT : status;
}

/* ---- Growing old ---- */

static const struct stmt OLD = {
	"SELECT DISTINCT i.id, i.state FROM people_import i LEFT JOIN people_import_row r"
	" ON r.import_id = i.id WHERE i.started_at < ? AND i.state <> 'applying'"
	" AND (i.state = 'preview' OR r.import_id IS NOT NULL) LIMIT 20"
};

static enum status
expire_work(struct db *db, void *unused_arg)
{
	struct rows *rows = db_read(db, &OLD, v_instant(time_now() - DAYS_KEPT * DAY_LENGTH));

	(void)unused_arg;
	while (rows_next(rows)) {
		struct people_decision decision = { .import = rows_int(rows, 0) };
		if (text_is(rows_text(rows, 1), "preview") &&
		    people_import_abandon(db, &decision) != OK)
			break;
		db_write(db, &ROWS_EMPTY, v_int(decision.import), v_int(1));
		db_write(db, &FAULTS_EMPTY, v_int(decision.import));
	}
	return db_status(db);
}

enum status
people_import_expire(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, expire_work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
