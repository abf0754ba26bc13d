/*
 * import_take.c: from a batch to work entries: taking what is new of it, whole or without the
 * rows that cannot be used, giving it up, and letting it grow old. Rules: payments README 2 to
 * 5, 31, 32.
 */
#include "data/audit.h"
#include "payments/cap.h"
#include "payments/import.h"
#include "payments/pay_period.h"

#define TAKE_AT_ONCE 2000

static const struct stmt BATCH_FIND = {
	"SELECT id, (SELECT MAX(row_no) FROM import_row WHERE batch_id = import_batch.id)"
	", way = 'api' FROM import_batch WHERE public_id = ?"
};
static const struct stmt BATCH_END = {
	"UPDATE import_batch SET state = ?, done_at = ?, good_only = ?, version = version + 1"
	" WHERE id = ? AND state IN ('preview', ?) AND (? = 0 OR version = ?)"
};
static const struct stmt PERIODS_HOLD = {
	"SELECT id FROM pay_period WHERE state = 'open' LOCK IN SHARE MODE"
};
/* Into the period of the day while that is open, else into the oldest open one. */
static const struct stmt TAKE = {
	"INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, "
	"minutes,"
	" units, source, external_key, import_id, note, began_at, created_by, created_at)"
	" SELECT r.person_id, r.day, RANDOM_BYTES(16), r.project_id,"
	"  COALESCE((SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' AND p.start_day <= r.day AND p.end_day >= r.day LIMIT 1),"
	"   (SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' ORDER BY p.start_day LIMIT 1)),"
	"  r.kind, r.minutes, r.units, b.source, r.external_key, b.id, r.note, r.began_at, ?, ?"
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

/* ---- Taking ---- */

/* Ends a batch: the row that changes decides who was first. */
static enum status
batch_end(struct db *db, int64_t batch, int64_t version, const char *state, const char *also,
    bool good_only)
{
	return db_write_one(db, &BATCH_END, v_text(state), v_instant(time_now()),
	    v_int(good_only), v_int(batch), v_text(also), v_int(version), v_int(version));
}

static enum status
batch_done(struct db *db, int64_t batch, int64_t by, const char *action, const char *request)
{
	struct audit audit = { .actor = by,
		.action = action,
		.object = text_printf(db_arena(db), "import_batch:%lld", (long long)batch),
		.request = request };

	audit_add(db, &audit);
	return db_status(db);
}

enum status
import_take(struct db *db, struct id id, const struct taking *how, int64_t *ret_taken)
{
	struct rows *rows = db_read(db, &BATCH_FIND, v_bytes(id.b, ID_BYTES));
	int64_t taken = 0;

	if (!rows_next(rows))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	int64_t batch = rows_int(rows, 0), last = rows_int(rows, 1);
	bool keep = rows_int(rows, 2);
	if (batch_end(db, batch, how->version, "done", how->good_only ? "refused" : "preview",
		how->good_only) != OK)
		return db_status(db);
	if (period_ahead(db, PERIODS_AHEAD) < 0)
		return db_status(db);
	(void)db_read(db, &PERIODS_HOLD); /* nobody locks one while entries go in */
	for (int64_t from = 0; from < last && db_status(db) == OK; from += TAKE_AT_ONCE)
		taken += db_write(db, &TAKE, how->by ? v_int(how->by) : v_null(),
		    v_instant(time_now()), v_int(batch), v_int(from),
		    v_int(from + TAKE_AT_ONCE));
	db_write(db, &COUNT_TAKEN, v_int(taken), v_int(taken), v_int(batch));
	cap_ask_import(db, batch);
	if (!keep)
		db_write(db, &ROWS_EMPTY, v_int(batch));
	if (batch_done(db, batch, how->by,
		how->good_only ? "import.taken_good" : "import.taken", how->request) != OK)
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
	if (batch_end(db, batch, version, "abandoned", "refused", false) != OK)
		return db_status(db);
	db_write(db, &ROWS_EMPTY, v_int(batch));
	return batch_done(db, batch, by, "import.abandoned", request);
}

/* ---- Growing old ---- */

#define DAYS_KEPT 7

static const struct stmt OLD = {
	"SELECT public_id FROM import_batch WHERE state IN ('preview', 'refused')"
	" AND started_at < ? LIMIT 100"
};

/* Of a call of the API the rows stay as long as it may be repeated (data/submission.h). */
static const struct stmt OLD_CALLS = {
	"DELETE r FROM import_row r JOIN (SELECT id FROM import_batch WHERE way = 'api'"
	" AND state = 'done' AND started_at < ? AND EXISTS (SELECT 1 FROM import_row x"
	"  WHERE x.batch_id = import_batch.id) ORDER BY started_at LIMIT 10) b"
	" ON b.id = r.batch_id"
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
	db_write(db, &OLD_CALLS, v_instant(time_now() - DAYS_KEPT * DAY_LENGTH));
	return db_status(db);
}

enum status
import_expire_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, expire_work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
