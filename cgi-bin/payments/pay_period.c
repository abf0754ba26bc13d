/*
 * pay_period.c: periods made ahead of time, and their lock. The pages stand in
 * pay_period_page.c. Rules: payments README 7 to 10.
 */
#include "payments/pay_period.h"

#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "payments/pay_calendar.h"
#include "payments/pay_schedule.h"

/* Held, so that no holiday is entered meanwhile. */
static const struct stmt SCHEDULES = {
	"SELECT s.id, (SELECT MAX(p.end_day) FROM pay_period p WHERE p.schedule_id = s.id)"
	" FROM pay_schedule s LOCK IN SHARE MODE"
};
static const struct stmt PAY_DAY = {
	"SELECT p.pay_on, s.us_later, s.holidays FROM pay_period p"
	" JOIN pay_schedule s ON s.id = p.schedule_id WHERE p.id = ?"
};
/* Made twice at the same moment is made once. */
static const struct stmt PERIOD_ADD = {
	"INSERT INTO pay_period (public_id, schedule_id, start_day, end_day, lock_at, issue_on,"
	" pay_on, rolled_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id"
};
static const struct stmt PERIOD_LOCK = {
	"UPDATE pay_period SET state = 'locked', locked_by = ?, locked_at = ?,"
	" version = version + 1 WHERE id = ? AND state = 'open' AND (? = 0 OR version = ?)"
};
/* Who is asked is not left unpaid for the rest: only the asked entry waits. */
static const struct stmt ASKED_MOVE = {
	"UPDATE work_entry SET version = version + 1, period_id ="
	" (SELECT n.id FROM pay_period n JOIN pay_period p ON p.schedule_id = n.schedule_id"
	"  WHERE p.id = ? AND n.state = 'open' ORDER BY n.start_day LIMIT 1)"
	" WHERE period_id = ? AND state IN ('queried', 'disputed')"
};
static const struct stmt PROPOSED_MOVE = {
	"UPDATE adjustment SET version = version + 1, period_id ="
	" (SELECT n.id FROM pay_period n JOIN pay_period p ON p.schedule_id = n.schedule_id"
	"  WHERE p.id = ? AND n.state = 'open' ORDER BY n.start_day LIMIT 1)"
	" WHERE period_id = ? AND state = 'proposed'"
};
static const struct stmt SILENCE = {
	"UPDATE work_entry SET state = 'approved', decided_by = NULL, decided_at = ?,"
	" version = version + 1 WHERE period_id = ? AND state = 'submitted'"
	" AND EXISTS (SELECT 1 FROM pay_period p WHERE p.id = work_entry.period_id"
	"  AND p.state = 'locked') ORDER BY person_id, day LIMIT 2000"
};
static const struct stmt SILENT = {
	"SELECT COUNT(*) FROM work_entry WHERE period_id = ? AND state = 'submitted'"
};

day
period_us_day(struct db *db, int64_t period)
{
	struct rows *rows = db_read(db, &PAY_DAY, v_int(period));

	if (!rows_next(rows))
		return DAY_NONE;
	struct pay_holidays holidays = pay_holidays_of(db, rows_text(rows, 2));
	return pay_bank_days_after(&holidays, rows_day(rows, 0), (int)rows_int(rows, 1));
}

static int64_t
schedule_ahead(struct db *db, const struct pay_schedule *schedule, day last, int64_t ahead)
{
	const char *zone = schedule->zone;
	day today = day_in_zone(time_now(), zone);
	day next = last == DAY_NONE ? today : last + 1;
	int64_t made = 0, later = 0;

	for (;;) {
		struct pay_days days = pay_days_of(&schedule->rule, &schedule->holidays, next);
		struct id id = id_new();
		if (days.start > today && ++later > ahead)
			return made;
		if (last != DAY_NONE && days.start <= last)
			days.start = last + 1; /* the rhythm was changed: no day twice */
		if (db_write(db, &PERIOD_ADD, v_bytes(id.b, ID_BYTES), v_int(schedule->id),
			v_day(days.start), v_day(days.end),
			v_instant(instant_of_local(days.lock, 0, 0, 0, zone, NULL)),
			v_day(days.issue), v_day(days.pay), v_day(days.rolled_from)) < 0)
			return -1;
		made++;
		last = days.end;
		next = last + 1;
	}
}

/* Periods that stand already count against ahead: only what lies behind the last is made. Those
 * that somebody has locked early do not: there always is an open one behind a locked one. */
static int64_t
standing_later(struct db *db, int64_t schedule, day today)
{
	static const struct stmt later = {
		"SELECT COUNT(*) FROM pay_period WHERE schedule_id = ? AND start_day > ?"
		" AND state = 'open'"
	};

	return db_int(db, &later, 0, v_int(schedule), v_day(today));
}

int64_t
period_ahead(struct db *db, int64_t ahead)
{
	struct rows *schedules = db_read(db, &SCHEDULES);
	int64_t made = 0, n;

	while (rows_next(schedules)) {
		struct pay_schedule schedule;
		if (!pay_schedule_read(db, rows_int(schedules, 0), &schedule))
			return -1;
		day today = day_in_zone(time_now(), schedule.zone);
		n = schedule_ahead(db, &schedule, rows_day(schedules, 1),
		    ahead - standing_later(db, schedule.id, today));
		if (n < 0)
			return -1;
		made += n;
	}
	return db_status(db) == OK ? made : -1;
}

static enum status
ahead_work(struct db *db, void *unused_arg)
{
	(void)unused_arg;
	return period_ahead(db, PERIODS_AHEAD) < 0 ? db_status(db) : OK;
}

enum status
period_ahead_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, ahead_work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}

enum status
period_lock(struct db *db, int64_t period, int64_t version, int64_t by, const char *request)
{
	struct audit audit = { .actor = by,
		.action = "period.locked",
		.object = text_printf(db_arena(db), "pay_period:%lld", (long long)period),
		.request = request };

	if (db_write_one(db, &PERIOD_LOCK, v_int(by), v_instant(time_now()), v_int(period),
		v_int(version), v_int(version)) != OK)
		return db_status(db);
	(void)period_ahead(db, PERIODS_AHEAD);
	db_write(db, &ASKED_MOVE, v_int(period), v_int(period));
	db_write(db, &PROPOSED_MOVE, v_int(period), v_int(period));
	(void)job_add(db, "payments.silence", period, by, "{}",
	    text_printf(db_arena(db), "period:%lld", (long long)period));
	audit_add(db, &audit);
	return db_status(db);
}

/* ---- Silence approves ---- */

struct silence {
	struct job *job, before;
	bool done;
};

static enum status
silence_work(struct db *db, void *arg)
{
	struct silence *silence = arg;
	struct job *job = silence->job;

	*job = silence->before; /* work may run again */
	int64_t total = job->total, n;
	if (job->done == 0 && total == 0)
		total = db_int(db, &SILENT, 0, v_int(job->subject));
	n = db_write(db, &SILENCE, v_instant(time_now()), v_int(job->subject));
	silence->done = n == 0;
	job_progress(db, job, job->done + n, total > job->done + n ? total : job->done + n);
	return OK;
}

enum status
period_silence_step(struct db *db, struct job *job)
{
	struct silence silence = { .job = job, .before = *job };
	enum status status = db_transact(db, silence_work, NULL, &silence);

	if (status != OK)
		return status;
	return silence.done ? E_ABSENT : OK;
}
