/*
 * pay_issue.c: the work of issuing a run: statements, their lines, entries and adjustments, the
 * ledger and an event each, some hundred persons at a time, each piece checked before it is
 * committed. Rules: payments README 12 to 16.
 */
#include "payments/pay_issue.h"

#include "base/log.h"
#include "base/text.h"
#include "data/notice.h"
#include "payments/pay_period.h"

#define NOTICE_LASTS (14 * DAY_LENGTH) /* a mail that is later says nothing new */

static const struct stmt PEOPLE = {
	"SELECT COUNT(DISTINCT person_id) FROM pay_draft WHERE pay_run_id = ?"
};
static const struct stmt NEXT_PEOPLE = {
	"SELECT CAST(COALESCE(MAX(person_id), 0) AS SIGNED), COUNT(*) FROM (SELECT DISTINCT"
	" person_id FROM pay_draft WHERE pay_run_id = ? AND person_id > ?"
	" ORDER BY person_id LIMIT 1000) x"
};
static const struct stmt DRAFTS = {
	"SELECT COUNT(*) FROM pay_draft WHERE pay_run_id = ? AND person_id > ?"
	" AND person_id <= ?"
};
static const struct stmt STATEMENTS_ADD = {
	"INSERT INTO statement (person_id, period_end, public_id, period_id, period_start,"
	" pay_run_id, legal_entity_id, payee_name, currency, minutes, gross_minor,"
	" adjustment_minor, net_minor, corrects_id, issued_at, promised_on)"
	" SELECT d.person_id, p.end_day, RANDOM_BYTES(16), p.id, p.start_day, r.id,"
	"  d.legal_entity_id, c.legal_name, d.currency, d.minutes, d.gross_minor,"
	"  d.adjustment_minor, d.gross_minor + d.adjustment_minor, r.corrects_id,"
	"  r.issued_at, COALESCE(r.pay_on, IF(c.country = 'US', ?, p.pay_on))"
	" FROM pay_draft d JOIN pay_run r ON r.id = d.pay_run_id"
	" JOIN pay_period p ON p.id = r.period_id"
	" JOIN keptword_core.person_contact c ON c.id = d.person_id"
	" WHERE d.pay_run_id = ? AND d.person_id > ? AND d.person_id <= ?"
};
static const struct stmt LINES_ADD = {
	"INSERT INTO statement_line (statement_id, line_no, project_id, project_name, kind,"
	" unit, minutes, units, rate_id, rate_minor, rate_from, benchmark_minor, amount_minor)"
	" SELECT s.id, l.line_no, l.project_id, j.name, l.kind, l.unit, l.minutes, l.units,"
	"  l.rate_id, l.rate_minor, l.rate_from, l.benchmark_minor, l.amount_minor"
	" FROM pay_draft_line l JOIN statement s ON s.pay_run_id = @pay_run"
	"  AND s.person_id = l.person_id AND s.currency = l.currency"
	" JOIN keptword_core.project j ON j.id = l.project_id"
	" WHERE l.pay_run_id = @pay_run AND l.person_id > @pay_from AND l.person_id <= @pay_to"
};
static const struct stmt ENTRIES_ADD = {
	"INSERT INTO statement_entry (statement_id, line_no, work_entry_id)"
	" SELECT s.id, l.line_no, e.work_entry_id FROM payable_entry e"
	" JOIN pay_draft_line l ON l.pay_run_id = @pay_run AND l.person_id = e.person_id"
	"  AND l.currency = e.currency AND l.project_id = e.project_id AND l.kind = e.kind"
	"  AND l.rate_id = e.rate_id"
	" JOIN statement s ON s.pay_run_id = @pay_run AND s.person_id = e.person_id"
	"  AND s.currency = e.currency"
	" WHERE e.period_id = @pay_period AND e.off_cycle_id = @pay_off"
	" AND e.person_id > @pay_from AND e.person_id <= @pay_to"
};
static const struct stmt ADJUSTMENTS_ADD = {
	"INSERT INTO statement_adjustment (statement_id, adjustment_id)"
	" SELECT s.id, a.id FROM adjustment a"
	" JOIN statement s ON s.pay_run_id = ? AND s.person_id = a.person_id"
	"  AND s.currency = a.currency"
	" WHERE a.period_id = @pay_period AND a.off_cycle_id = @pay_off"
	" AND a.state = 'approved' AND a.person_id > @pay_from AND a.person_id <= @pay_to"
};
#define OF_RUN_SQL " FROM statement WHERE pay_run_id = ? AND person_id > ? AND person_id <= ?"
static const struct stmt LEDGER_ADD = {
	"INSERT INTO ledger (statement_id, step, account, amount_minor, currency, at)"
	" SELECT id, 'issued', 'work', gross_minor, currency, issued_at" OF_RUN_SQL
	" UNION ALL SELECT id, 'issued', 'adjustment', adjustment_minor, currency,"
	"  issued_at" OF_RUN_SQL " AND adjustment_minor <> 0"
	" UNION ALL SELECT id, 'issued', 'payable', -net_minor, currency, "
	"issued_at" OF_RUN_SQL
};
static const struct stmt EVENTS_ADD = {
	"INSERT INTO event (kind, person_id, subject_id, detail, at)"
	" SELECT 'statement.issued', person_id, id,"
	"  JSON_OBJECT('period', period_id, 'period_end', period_end), issued_at" OF_RUN_SQL
};
static const struct stmt NOTICES_ADD = {
	"INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at,"
	" not_before, expires_at)"
	" SELECT 'payments.statement_issued', 'pay', person_id, path, detail,"
	"  CONCAT('statement:', id), ?, ?, ?"
	" FROM statement_notice WHERE pay_run_id = ? AND person_id > ? AND person_id <= ?"
};
/* Statements of the piece that do not say what their lines and adjustments say. */
static const struct stmt WRONG = {
	"SELECT COUNT(*) FROM statement s"
	" WHERE s.pay_run_id = ? AND s.person_id > ? AND s.person_id <= ?"
	" AND (s.gross_minor <> (SELECT COALESCE(SUM(l.amount_minor), 0) FROM statement_line l"
	"   WHERE l.statement_id = s.id)"
	"  OR s.adjustment_minor <> (SELECT COALESCE(SUM(a.amount_minor), 0)"
	"   FROM statement_adjustment x JOIN adjustment a ON a.id = x.adjustment_id"
	"   WHERE x.statement_id = s.id))"
};
/* How many entries the lines of the piece were signed with. */
static const struct stmt SIGNED_ENTRIES = {
	"SELECT CAST(COALESCE(SUM(entries), 0) AS SIGNED) FROM pay_draft_line"
	" WHERE pay_run_id = @pay_run AND person_id > @pay_from AND person_id <= @pay_to"
};
static const struct stmt RUN_DONE = {
	"UPDATE pay_run SET state = 'issued', version = version + 1, statements ="
	" (SELECT COUNT(*) FROM statement s WHERE s.pay_run_id = pay_run.id)"
	" WHERE id = ? AND state = 'issuing'"
};
static const struct stmt PERIOD_DONE = {
	"UPDATE pay_period SET state = 'issued', version = version + 1, issued_at ="
	" (SELECT r.issued_at FROM pay_run r WHERE r.id = ?)"
	" WHERE id = ? AND state = 'in_review'"
};
static const struct stmt DRAFTS_EMPTY = { "DELETE FROM pay_draft WHERE pay_run_id = ?" };
static const struct stmt LINES_EMPTY = { "DELETE FROM pay_draft_line WHERE pay_run_id = ?" };

static enum status
finish(struct db *db, struct pay_step *step, const struct pay_run_held *run)
{
	struct value id = v_int(step->job->subject);

	step->finished = true;
	(void)db_write_one(db, &RUN_DONE, id);
	if (!run->off_cycle)
		(void)db_write_one(db, &PERIOD_DONE, id, v_int(run->period));
	db_write(db, &DRAFTS_EMPTY, id);
	db_write(db, &LINES_EMPTY, id);
	notice_add(db, &(struct notice){ .kind = "payments.run_issued",
			   .topic = NOTICE_STAFF,
			   .path = "/payments/staff/periods",
			   .key = text_printf(db_arena(db), "%lld", (long long)id.number) });
	return db_status(db);
}

/* What is not what the drafts said is not issued: our bug, or somebody changed a rate in the
 * seconds since the run was looked at once more. */
static void
check(struct db *db, struct value id, struct value from, struct value to, int64_t made,
    int64_t entries)
{
	int64_t drafts = db_int(db, &DRAFTS, -1, id, from, to);
	int64_t wrong = db_int(db, &WRONG, -1, id, from, to);
	int64_t signed_entries = db_int(db, &SIGNED_ENTRIES, -1);

	if (db_status(db) != OK || (made == drafts && wrong == 0 && entries == signed_entries))
		return;
	log_event(LOG_LEVEL_ERROR, "run_differs_from_draft", LOG_INT("run", id.number),
	    LOG_INT("drafts", drafts), LOG_INT("made", made), LOG_INT("wrong", wrong),
	    LOG_INT("entries", entries), LOG_INT("signed", signed_entries));
	db_fail(db, E_FAULT);
}

static void
write_piece(struct db *db, struct value id, int64_t period, struct value from, struct value to)
{
	instant now = time_now();
	int64_t made =
	    db_write(db, &STATEMENTS_ADD, v_day(period_us_day(db, period)), id, from, to);

	db_write(db, &LINES_ADD);
	int64_t entries = db_write(db, &ENTRIES_ADD);
	db_write(db, &ADJUSTMENTS_ADD, id);
	db_write(db, &LEDGER_ADD, id, from, to, id, from, to, id, from, to);
	db_write(db, &EVENTS_ADD, id, from, to);
	db_write(db, &NOTICES_ADD, v_instant(now), v_instant(now),
	    v_instant(now + NOTICE_LASTS), id, from, to);
	check(db, id, from, to, made, entries);
}

static enum status
issue(struct db *db, void *arg)
{
	struct pay_step *step = arg;
	struct job *job = pay_step_begin(step);
	struct value id = v_int(job->subject);
	struct pay_run_held run = pay_step_hold(db, job);

	if (job->total == 0)
		job->total = db_int(db, &PEOPLE, 0, id);
	if (text_is(run.state, "checking"))
		return pay_verify(db, step, &run);
	if (!text_is(run.state, "issuing")) {
		step->finished = true;
		return db_status(db);
	}
	struct value from = v_int(run.reached);
	struct rows *next = db_read(db, &NEXT_PEOPLE, id, from);
	if (!rows_next(next))
		return db_status(db);
	int64_t people = rows_int(next, 1);
	struct value to = v_int(rows_int(next, 0));
	if (people == 0)
		return finish(db, step, &run);
	pay_step_range(db, job, &run, from, to);
	write_piece(db, id, run.period, from, to);
	pay_step_reached(db, job, to, people, job->total);
	return db_status(db);
}

enum status
run_issue_step(struct db *db, struct job *job)
{
	return pay_step_run(db, job, issue);
}
