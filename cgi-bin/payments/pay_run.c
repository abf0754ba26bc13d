/*
 * pay_run.c: making, issuing and abandoning a run, and the work of preparing it: drafts and
 * what stands in the way, some hundred persons at a time. The work of issuing stands in
 * pay_issue.c. Rules: payments README 11 to 14.
 *
 * The place where work stopped is pay_run.reached, moved in the same transaction as what was
 * done, so a worker that dies leaves nothing half and nothing twice. All amounts come from the
 * view payable_line.
 */
#include "payments/pay_run.h"

#include "base/text.h"
#include "data/audit.h"
#include "payments/pay_step.h"

static const struct stmt LEFT_SUBMITTED = {
	"SELECT COUNT(*) FROM (SELECT id FROM work_entry WHERE period_id = ?"
	" AND state = 'submitted' LIMIT 1) x"
};
static const struct stmt PERIOD_TAKE = {
	"UPDATE pay_period SET state = 'in_review', version = version + 1"
	" WHERE id = ? AND state = 'locked' AND (? = 0 OR version = ?)"
};
static const struct stmt PERIOD_GIVE_BACK = {
	"UPDATE pay_period SET state = 'locked', version = version + 1"
	" WHERE id = (SELECT period_id FROM pay_run WHERE id = ?) AND state = 'in_review'"
};
static const struct stmt RUN_ADD = {
	"INSERT INTO pay_run (public_id, period_id, made_by, made_at) VALUES (?, ?, ?, ?)"
};
static const struct stmt RUN_READ = { "SELECT made_by FROM pay_run WHERE id = ?" };
static const struct stmt RUN_ISSUE = {
	"UPDATE pay_run SET state = 'issuing', issued_by = ?, issued_at = ?, reached = 0,"
	" version = version + 1 WHERE id = ? AND state = 'ready' AND made_by <> ?"
	" AND (? = 0 OR version = ?)"
};
static const struct stmt RUN_ABANDON = {
	"UPDATE pay_run SET state = 'abandoned', version = version + 1"
	" WHERE id = ? AND state IN ('preparing', 'blocked', 'ready') AND (? = 0 OR version = "
	"?)"
};
static const struct stmt DRAFTS_EMPTY = { "DELETE FROM pay_draft WHERE pay_run_id = ?" };
static const struct stmt BLOCKS_EMPTY = { "DELETE FROM pay_block WHERE pay_run_id = ?" };

/* ---- Preparing ---- */

static const struct stmt PEOPLE = {
	"SELECT COUNT(*) FROM (SELECT person_id FROM work_entry WHERE period_id = ?"
	" AND state = 'approved' UNION SELECT person_id FROM adjustment WHERE period_id = ?"
	" AND state = 'approved') x"
};
static const struct stmt NEXT_PEOPLE = {
	"SELECT CAST(COALESCE(MAX(person_id), 0) AS SIGNED), COUNT(*) FROM ("
	" (SELECT DISTINCT person_id FROM work_entry WHERE period_id = ? AND state = 'approved'"
	"   AND person_id > ? ORDER BY person_id LIMIT 200)"
	" UNION"
	" (SELECT DISTINCT person_id FROM adjustment WHERE period_id = ? AND state = 'approved'"
	"   AND person_id > ? ORDER BY person_id LIMIT 200)"
	" ORDER BY person_id LIMIT 200) x"
};
/* Variables, not '?': see pay_step_range(). */
static const struct stmt DRAFTS_ADD = {
	"INSERT INTO pay_draft (pay_run_id, person_id, currency, minutes, gross_minor,"
	" adjustment_minor) SELECT ?, t.person_id, t.currency, SUM(t.minutes), SUM(t.gross),"
	" SUM(t.adjusted)"
	" FROM (SELECT person_id, currency, minutes, amount_minor AS gross, 0 AS adjusted"
	"  FROM payable_line WHERE period_id = @pay_period AND person_id > @pay_from"
	"   AND person_id <= @pay_to"
	"  UNION ALL SELECT person_id, currency, 0, 0, amount_minor FROM adjustment"
	"  WHERE period_id = @pay_period AND state = 'approved' AND person_id > @pay_from"
	"   AND person_id <= @pay_to) t"
	" GROUP BY t.person_id, t.currency"
};
static const struct stmt BELOW_ZERO_ADD = {
	"INSERT INTO pay_block (pay_run_id, person_id, why)"
	" SELECT pay_run_id, person_id, 'below_zero' FROM pay_draft"
	" WHERE pay_run_id = ? AND person_id > ? AND person_id <= ?"
	" AND gross_minor + adjustment_minor < 0"
};
static const struct stmt NO_RATE_ADD = {
	"INSERT INTO pay_block (pay_run_id, person_id, why, project_id, unit, first_day, "
	"entries)"
	" SELECT ?, person_id, 'no_rate', project_id, pay_unit, MIN(day), COUNT(*)"
	" FROM unpayable_entry WHERE period_id = ? AND person_id > ? AND person_id <= ?"
	" GROUP BY person_id, project_id, pay_unit"
};
static const struct stmt NO_PAYEE_ADD = {
	"INSERT INTO pay_block (pay_run_id, person_id, why)"
	" SELECT ?, d.person_id, 'no_payee' FROM pay_draft d"
	" WHERE d.pay_run_id = ? AND d.person_id > ? AND d.person_id <= ?"
	" AND NOT EXISTS (SELECT 1 FROM payee y WHERE y.person_id = d.person_id)"
};
static const struct stmt PREPARED = {
	"UPDATE pay_run SET reached = 0, version = version + 1, state = IF(EXISTS"
	" (SELECT 1 FROM pay_block b WHERE b.pay_run_id = pay_run.id), 'blocked', 'ready')"
	" WHERE id = ? AND state = 'preparing'"
};

/* One piece of preparing: drafts and blocks of the next persons. */
static enum status
prepare(struct db *db, void *arg)
{
	struct pay_step *step = arg;
	struct job *job = pay_step_begin(step);
	struct pay_run_held run = pay_step_hold(db, job, "preparing");

	if (!run.in_state) {
		step->finished = true;
		return db_status(db);
	}
	struct value id = v_int(job->subject), period = v_int(run.period),
		     from = v_int(run.reached);
	int64_t total = job->total ? job->total : db_int(db, &PEOPLE, 0, period, period);
	struct rows *next = db_read(db, &NEXT_PEOPLE, period, from, period, from);
	if (!rows_next(next))
		return db_status(db);
	int64_t people = rows_int(next, 1);
	struct value to = v_int(rows_int(next, 0));
	if (people == 0) {
		step->finished = true;
		(void)db_write_one(db, &PREPARED, id);
		return db_status(db);
	}
	pay_step_range(db, period, from, to);
	db_write(db, &DRAFTS_ADD, id);
	db_write(db, &BELOW_ZERO_ADD, id, from, to);
	db_write(db, &NO_RATE_ADD, id, period, from, to);
	db_write(db, &NO_PAYEE_ADD, id, id, from, to);
	pay_step_reached(db, job, to, people, total);
	return db_status(db);
}

enum status
run_prepare_step(struct db *db, struct job *job)
{
	return pay_step_run(db, job, prepare);
}

/* ---- Deciding ---- */

static enum status
decided(struct db *db, const struct pay_actor *by, const char *action, int64_t run)
{
	struct audit audit = { .actor = by->person,
		.action = action,
		.object = text_printf(db_arena(db), "pay_run:%lld", (long long)run),
		.request = by->request };

	audit_add(db, &audit);
	return db_status(db);
}

enum status
run_make(struct db *db, int64_t period, int64_t version, const struct pay_actor *by,
    struct id *ret_id)
{
	struct id id = id_new();

	if (db_write_one(db, &PERIOD_TAKE, v_int(period), v_int(version), v_int(version)) != OK)
		return db_status(db);
	if (db_int(db, &LEFT_SUBMITTED, 0, v_int(period)) > 0)
		return E_BUSY;
	db_write(db, &RUN_ADD, v_bytes(id.b, ID_BYTES), v_int(period), v_int(by->person),
	    v_instant(time_now()));
	int64_t run = db_last_id(db);
	(void)job_add(db, "payments.run", run, by->person, "{}", NULL);
	if (decided(db, by, "pay_run.made", run) != OK)
		return db_status(db);
	*ret_id = id;
	return OK;
}

enum status
run_issue(struct db *db, int64_t run, int64_t version, const struct pay_actor *by)
{
	struct rows *rows = db_read(db, &RUN_READ, v_int(run));

	if (!rows_next(rows))
		return db_absent(db);
	if (rows_int(rows, 0) == by->person)
		return E_DENIED;
	if (db_write_one(db, &RUN_ISSUE, v_int(by->person), v_instant(time_now()), v_int(run),
		v_int(by->person), v_int(version), v_int(version)) != OK)
		return db_status(db);
	(void)job_add(db, "payments.issue", run, by->person, "{}", NULL);
	return decided(db, by, "pay_run.issued", run);
}

enum status
run_abandon(struct db *db, int64_t run, int64_t version, const struct pay_actor *by)
{
	if (db_write_one(db, &RUN_ABANDON, v_int(run), v_int(version), v_int(version)) != OK ||
	    db_write_one(db, &PERIOD_GIVE_BACK, v_int(run)) != OK)
		return db_status(db);
	db_write(db, &DRAFTS_EMPTY, v_int(run));
	db_write(db, &BLOCKS_EMPTY, v_int(run));
	return decided(db, by, "pay_run.abandoned", run);
}
