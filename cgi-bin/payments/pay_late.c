/*
 * pay_late.c: a period whose day has passed without its statements is told, once at each step:
 * when the statements are late, and when the money is. To finance, the HDLs and the webhooks by
 * a timer, in the transaction that notes the step; to each person whose work or adjustment
 * waits in it by a job, some hundred at a time. A payee in the U.S. was promised a later day,
 * so they are told of the money when that has passed. Rule: payments README 20.
 */
#include "payments/pay_period.h"

#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "web/role.h"

#define PEOPLE_AT_ONCE 1000 /* ids of persons, of which some have nothing in the period */
#define TOLD_FOR (14 * DAY_LENGTH)
#define BOARD_PATH "/payments/staff/periods/"

enum late {
	LATE_NOT,
	LATE_STATEMENTS, /* the day of the statements has passed */
	LATE_MONEY,      /* the promised day of the money as well */
	LATE_MONEY_US    /* and that of payees in the U.S. */
};

/* A period in which nobody has anything to be paid is not late; what an off-cycle run holds is
 * paid by that. */
static const struct stmt PERIODS = {
	"SELECT p.id, p.public_id, p.start_day, p.end_day, p.issue_on, p.pay_on, p.late_step,"
	" s.time_zone FROM pay_period p JOIN pay_schedule s ON s.id = p.schedule_id"
	" WHERE p.state IN ('open', 'locked', 'in_review') AND p.late_step < 3"
	" AND p.issue_on <= ?"
	" AND (EXISTS (SELECT 1 FROM work_entry e WHERE e.period_id = p.id"
	"   AND e.off_cycle_id = 0 AND e.state IN ('submitted', 'approved'))"
	"  OR EXISTS (SELECT 1 FROM adjustment a WHERE a.period_id = p.id"
	"   AND a.off_cycle_id = 0 AND a.state IN ('proposed', 'approved')))"
	" ORDER BY p.start_day, p.id"
};
static const struct stmt STEP = {
	"UPDATE pay_period SET late_step = ?, late_at = COALESCE(late_at, ?)"
	" WHERE id = ? AND late_step = ? AND state IN ('open', 'locked', 'in_review')"
};

/* ---- Who works on pay ---- */

static void
staff_tell(struct db *db, const struct rows *period, enum late step)
{
	struct arena *arena = db_arena(db);
	bool money = step >= LATE_MONEY;
	struct notice notice = {
		.kind = money ? "payments.period_unpaid" : "payments.period_late",
		.topic = NOTICE_STAFF,
		.path = text_printf(arena, BOARD_PATH "%s", rows_id_text(arena, period, 1)),
		.detail = text_printf(arena,
		    "{\"period\":\"%s/%s\",\"day\":\"%s\",\"pay_day\":\"%s\"}",
		    day_iso(arena, rows_day(period, 2)), day_iso(arena, rows_day(period, 3)),
		    day_iso(arena, rows_day(period, money ? 5 : 4)),
		    day_iso(arena, rows_day(period, 5))),
		.key = text_printf(arena, "%lld", (long long)rows_int(period, 0)),
	};

	notice_add_roles(db, &notice, ROLE(FINANCE), true);
	/* An HDL has no page of the period; their HDMs are asked about it. */
	notice.kind = money ? "payments.period_unpaid_hdl" : "payments.period_late_hdl";
	notice.path = "/";
	notice_add_roles(db, &notice, ROLE(HDL), false);
}

static enum late
step_of(struct db *db, const struct rows *period)
{
	day today = day_in_zone(time_now(), rows_text(period, 7));
	day pay_on = rows_day(period, 5);

	if (today <= rows_day(period, 4))
		return LATE_NOT;
	if (today <= pay_on)
		return LATE_STATEMENTS;
	return today <= period_us_day(db, rows_int(period, 0)) ? LATE_MONEY : LATE_MONEY_US;
}

static void
period_tell(struct db *db, const struct rows *period, enum late step)
{
	struct arena *arena = db_arena(db);
	int64_t id = rows_int(period, 0), told = rows_int(period, 6);

	if (db_write_one(
		db, &STEP, v_int(step), v_instant(time_now()), v_int(id), v_int(told)) != OK)
		return;
	/* Of payees in the U.S. finance knows already. */
	if (told < LATE_MONEY)
		staff_tell(db, period, step);
	(void)job_add(db, "payments.late", id, 0, "{}",
	    text_printf(arena, "%lld:%d", (long long)id, (int)step));
	audit_add(db, &(struct audit){ .action = "period.late",
			  .object = text_printf(arena, "pay_period:%lld", (long long)id),
			  .reason = step >= LATE_MONEY ? "money" : "statements" });
}

static enum status
lateness_work(struct db *db, void *unused_arg)
{
	struct rows *periods = db_read(db, &PERIODS, v_day(day_in_zone(time_now(), "UTC")));

	(void)unused_arg;
	while (rows_next(periods)) {
		enum late step = step_of(db, periods);
		if ((int64_t)step > rows_int(periods, 6))
			period_tell(db, periods, step);
	}
	return db_status(db);
}

enum status
period_lateness_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, lateness_work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}

/* ---- The people ---- */

static const struct stmt PERIOD = {
	"SELECT late_step, issue_on, pay_on, start_day, end_day FROM pay_period"
	" WHERE id = ? AND state IN ('open', 'locked', 'in_review')"
};
static const struct stmt LAST_PERSON = {
	"SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) FROM keptword_core.person_public"
};
static const struct stmt US_MONEY = {
	"SET @late_us_day = ?, @late_day = ?, @late_issue = ?, @late_period = ?"
};
/* Whose work or adjustment waits, among some persons; once a period and kind (its key). Who has
 * a statement of this period already is being told that. */
static const struct stmt TELL = {
	"INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at,"
	" not_before, expires_at)"
	" SELECT IF(IF(c.country = 'US', ?, ?), 'payments.pay_late',"
	"   'payments.statement_late'), 'pay', x.person_id, '/',"
	"  IF(IF(c.country = 'US', ?, ?),"
	"   JSON_OBJECT('period', @late_period, 'day', IF(c.country = 'US', @late_us_day,"
	"    @late_day)),"
	"   JSON_OBJECT('period', @late_period, 'day', @late_issue, 'pay_day',"
	"    IF(c.country = 'US', @late_us_day, @late_day))),"
	"  CONCAT(?, ':', x.person_id), ?, ?, ?"
	" FROM (SELECT e.person_id FROM work_entry e WHERE e.period_id = ?"
	"   AND e.off_cycle_id = 0 AND e.state IN ('submitted', 'approved')"
	"   AND e.person_id > ? AND e.person_id <= ?"
	"  UNION SELECT a.person_id FROM adjustment a WHERE a.period_id = ?"
	"   AND a.off_cycle_id = 0 AND a.state IN ('proposed', 'approved')"
	"   AND a.person_id > ? AND a.person_id <= ?) x"
	" JOIN keptword_core.person_contact c ON c.id = x.person_id"
	" WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.period_id = ?"
	"  AND s.person_id = x.person_id)"
	" ON DUPLICATE KEY UPDATE id = outbox.id"
};

struct telling {
	struct job *job, before;
	bool finished;
};

/* job->done: the person up to whom all are told. */
static void
people_tell(struct db *db, struct job *job, const struct rows *period)
{
	struct arena *arena = db_arena(db);
	struct value id = v_int(job->subject), from = v_int(job->done);
	struct value to = v_int(job->done + PEOPLE_AT_ONCE);
	int64_t step = rows_int(period, 0);
	struct value money_us = v_int(step >= LATE_MONEY_US), money = v_int(step >= LATE_MONEY);
	instant now = time_now();

	db_write(db, &US_MONEY, v_text(day_iso(arena, period_us_day(db, job->subject))),
	    v_text(day_iso(arena, rows_day(period, 2))),
	    v_text(day_iso(arena, rows_day(period, 1))),
	    v_text(text_printf(arena, "%s/%s", day_iso(arena, rows_day(period, 3)),
		day_iso(arena, rows_day(period, 4)))));
	db_write(db, &TELL, money_us, money, money_us, money, id, v_instant(now),
	    v_instant(now), v_instant(now + TOLD_FOR), id, from, to, id, from, to, id);
}

static enum status
late_work(struct db *db, void *arg)
{
	struct telling *telling = arg;
	struct job *job = telling->job;

	*job = telling->before; /* work may run again */
	int64_t total = job->total ? job->total : db_int(db, &LAST_PERSON, 0);
	struct rows *period = db_read(db, &PERIOD, v_int(job->subject));
	/* Issued meanwhile: the statement is what people are told of. */
	telling->finished = !rows_next(period) || job->done >= total;
	if (telling->finished)
		return db_status(db);
	people_tell(db, job, period);
	int64_t done = job->done + PEOPLE_AT_ONCE;
	job_progress(db, job, done < total ? done : total, total);
	return db_status(db);
}

enum status
period_late_step(struct db *db, struct job *job)
{
	struct telling telling = { .job = job, .before = *job };
	enum status status = db_transact(db, late_work, NULL, &telling);

	if (status != OK)
		return status;
	return telling.finished ? E_ABSENT : OK;
}
