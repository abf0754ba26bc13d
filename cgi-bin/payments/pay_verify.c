/*
 * pay_verify.c: before the first statement of a signed run is written: is what everybody would
 * get still what was signed? Worked out once more from entries, rates and adjustments, some
 * hundred persons at a time, and compared by hash. What differs is listed and the sign-off
 * falls. Rule: payments README 23.
 */
#include "base/text.h"
#include "data/audit.h"
#include "payments/pay_issue.h"

static const struct stmt NEXT_DRAFTED = {
	"SELECT CAST(COALESCE(MAX(person_id), 0) AS SIGNED), COUNT(*) FROM (SELECT DISTINCT"
	" person_id FROM pay_draft WHERE pay_run_id = ? AND person_id > ?"
	" ORDER BY person_id LIMIT 1000) x"
};
/* People who have work now and had none, and the other way round, too. */
static const struct stmt CHANGES_ADD = {
	"INSERT INTO pay_change (pay_run_id, person_id, currency, was_minor, is_minor)"
	" SELECT @pay_run, w.person_id, w.currency, d.gross_minor + d.adjustment_minor,"
	"  w.gross + w.adjusted"
	" FROM " PAY_DRAFT_FROM_SQL PAY_LINES_OF_WORK_SQL PAY_DRAFT_END_SQL " w"
	" LEFT JOIN pay_draft d ON d.pay_run_id = @pay_run AND "
	"d.person_id = w.person_id"
	"  AND d.currency = w.currency WHERE NOT (d.hash <=> w.hash)"
};
static const struct stmt LOST_ADD = {
	"INSERT INTO pay_change (pay_run_id, person_id, currency, was_minor)"
	" SELECT @pay_run, d.person_id, d.currency, d.gross_minor + d.adjustment_minor"
	" FROM pay_draft d WHERE d.pay_run_id = @pay_run AND d.person_id > @pay_from"
	" AND d.person_id <= @pay_to AND NOT EXISTS (SELECT 1 FROM payable_entry e"
	"  WHERE e.period_id = @pay_period AND e.off_cycle_id = @pay_off"
	"  AND e.person_id = d.person_id AND e.currency = d.currency)"
	" AND NOT EXISTS (SELECT 1 FROM adjustment a WHERE a.period_id = @pay_period"
	"  AND a.off_cycle_id = @pay_off AND a.person_id = d.person_id"
	"  AND a.currency = d.currency AND (a.state = 'approved'"
	"   OR (a.state = 'proposed' AND a.off_cycle_id <> 0)))"
};
static const struct stmt HASH = { "SELECT draft_hash = " PAY_HASH_SQL
				  " FROM pay_run WHERE id = ?" };
static const struct stmt CHANGED_ANY = {
	"SELECT COUNT(*) FROM pay_change WHERE pay_run_id = ?"
};
static const struct stmt REFUSED = {
	"UPDATE pay_run SET state = 'changed', signed_hash = NULL, issued_by = NULL,"
	" issued_at = NULL, reached = 0, version = version + 1 WHERE id = ? AND state = "
	"'checking'"
};
static const struct stmt HELD = {
	"UPDATE pay_run SET state = 'issuing', reached = 0, version = version + 1"
	" WHERE id = ? AND state = 'checking'"
};
static const struct stmt CORRECTIONS_APPROVE = {
	"UPDATE adjustment a JOIN pay_run r ON r.id = a.off_cycle_id SET a.state = 'approved',"
	" a.decided_by = r.issued_by, a.decided_at = r.issued_at, a.version = a.version + 1"
	" WHERE a.off_cycle_id = ? AND a.period_id = r.period_id AND a.state = 'proposed'"
};

/* All were looked at. */
static enum status
conclude(struct db *db, struct pay_step *step, const struct pay_run_held *run)
{
	struct value id = v_int(step->job->subject);
	bool same = db_int(db, &CHANGED_ANY, 1, id) == 0 && db_int(db, &HASH, 0, id) == 1;

	if (db_status(db) != OK)
		return db_status(db);
	if (same) {
		if (run->off_cycle)
			db_write(db, &CORRECTIONS_APPROVE, id);
		(void)db_write_one(db, &HELD, id);
		job_progress(db, step->job, 0, step->job->total);
		step->job->done = 0; /* now each of them is issued */
		return db_status(db);
	}
	step->finished = true;
	(void)db_write_one(db, &REFUSED, id);
	audit_add(db,
	    &(struct audit){ .action = "pay_run.sign_off_refused",
		.object = text_printf(db_arena(db), "pay_run:%lld", (long long)id.number) });
	return db_status(db);
}

/* The last piece goes on to the end of all people: whoever has work now and had none is found
 * by the piece that they would stand in. */
enum status
pay_verify(struct db *db, struct pay_step *step, const struct pay_run_held *run)
{
	struct job *job = step->job;
	struct value from = v_int(run->reached);

	if (run->reached == INT64_MAX) {
		pay_step_range(db, job, run, from, from);
		return conclude(db, step, run);
	}
	struct rows *next = db_read(db, &NEXT_DRAFTED, v_int(job->subject), from);
	if (!rows_next(next))
		return db_status(db);
	int64_t people = rows_int(next, 1);
	struct value to = v_int(people ? rows_int(next, 0) : INT64_MAX);
	pay_step_range(db, job, run, from, to);
	db_write(db, &CHANGES_ADD);
	db_write(db, &LOST_ADD);
	pay_step_reached(db, job, to, people, job->total);
	return db_status(db);
}
