/*
 * pay_outside.c: makes pay runs outside the schedule, see pay_outside.h.
 *
 * What such a run pays carries its id (off_cycle_id), so the regular run of the period leaves
 * it out, and stands on exactly one statement either way. It is taken from periods that are
 * open or locked, never from one that a run is being made of.
 */
#include "payments/pay_outside.h"

#include "base/config.h"
#include "base/text.h"
#include "data/audit.h"
#include "payments/pay_calendar.h"

#include <string.h>

static const struct stmt PERIOD = {
	"SELECT p.state, p.schedule_id, p.end_day, s.time_zone, s.holidays FROM pay_period p"
	" JOIN pay_schedule s ON s.id = p.schedule_id WHERE p.id = ?"
};
static const struct stmt HOLIDAYS = {
	"SELECT day FROM holiday WHERE calendar = ? AND day >= ? ORDER BY day"
};
static const struct stmt PERIODS_HOLD = {
	"SELECT id FROM pay_period WHERE schedule_id = ? AND state IN ('open', 'locked')"
	" LOCK IN SHARE MODE"
};
static const struct stmt PAYEE = { "SELECT y.person_id FROM payee y"
				   " JOIN keptword_core.person_contact c ON c.id = y.person_id"
				   " WHERE c.email_key = LOWER(?) AND y.schedule_id = ?" };
static const struct stmt RUN_ADD = {
	"INSERT INTO pay_run (public_id, kind, period_id, corrects_id, reason, pay_on, made_by,"
	" made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt ENTRIES_TAKE = {
	"UPDATE work_entry e JOIN pay_period p ON p.id = e.period_id AND p.schedule_id = ?"
	"  AND p.state IN ('open', 'locked')"
	" SET e.period_id = ?, e.off_cycle_id = ?, e.version = e.version + 1"
	" WHERE e.person_id = ? AND e.day <= ? AND e.state = 'approved' AND e.off_cycle_id = 0"
};
/* Adjustments of the period itself, while it is not paid; those of a later one stay there. */
static const struct stmt ADJUSTMENTS_TAKE = {
	"UPDATE adjustment a JOIN pay_period p ON p.id = a.period_id"
	"  AND p.state IN ('open', 'locked')"
	" SET a.off_cycle_id = ?, a.version = a.version + 1"
	" WHERE a.person_id = ? AND a.period_id = ? AND a.state = 'approved'"
	" AND a.off_cycle_id = 0"
};
static const struct stmt STATEMENT = {
	"SELECT id, person_id, period_id, currency FROM statement WHERE public_id = ?"
};
static const struct stmt CORRECTION_ADD = {
	"INSERT INTO adjustment (public_id, person_id, period_id, off_cycle_id, kind,"
	" amount_minor, currency, reason, proposed_by, proposed_at)"
	" VALUES (?, ?, ?, ?, 'correction', ?, ?, ?, ?, ?)"
};

day
run_outside_day(struct db *db, int64_t period)
{
	struct rows *rows = db_read(db, &PERIOD, v_int(period));

	if (!rows_next(rows))
		return DAY_NONE;
	day today = day_in_zone(time_now(), rows_text(rows, 3));
	struct rows *found = db_read(db, &HOLIDAYS, v_text(rows_text(rows, 4)), v_day(today));
	day *days = arena_array_of(db_arena(db), day, rows_count(found));
	struct pay_holidays holidays = { .days = days };

	while (rows_next(found))
		days[holidays.n++] = rows_day(found, 0);
	return pay_bank_days_after(&holidays, today, (int)config_int(CONFIG_OFF_CYCLE_DAYS));
}

static enum status
refuse(const char *why, const char *detail, const char **ret_why, const char **ret_detail)
{
	*ret_why = why;
	*ret_detail = detail;
	return E_INPUT;
}

/* The run, its job and its audit row; the run's id. */
static int64_t
run_add(struct db *db, const char *kind, int64_t period, struct value corrects,
    const struct pay_outside *ordered, const struct pay_actor *by, struct id id)
{
	db_write(db, &RUN_ADD, v_bytes(id.b, ID_BYTES), v_text(kind), v_int(period), corrects,
	    v_text(ordered->reason), v_day(ordered->pay_on), v_int(by->person),
	    v_instant(time_now()));
	int64_t run = db_last_id(db);
	(void)job_add(db, "payments.run", run, by->person, "{}", NULL);
	audit_add(db, &(struct audit){ .actor = by->person,
			  .action = text_is(kind, "correction") ? "pay_run.correction_made"
								: "pay_run.off_cycle_made",
			  .object = text_printf(db_arena(db), "pay_run:%lld", (long long)run),
			  .reason = ordered->reason,
			  .request = by->request });
	return run;
}

/* The next e-mail of the list, which moves on; NULL at its end. */
static const char *
next_email(struct arena *arena, const char **list)
{
	static const char between[] = " \t\r\n,;";

	*list += strspn(*list, between);
	size_t n = strcspn(*list, between);
	if (n == 0)
		return NULL;
	const char *email = text_printf(arena, "%.*s", (int)n, *list);
	*list += n;
	return email;
}

enum status
run_make_off_cycle(struct db *db, const struct pay_outside *ordered, const struct pay_actor *by,
    struct id *ret_id, const char **ret_why, const char **ret_detail)
{
	struct rows *rows = db_read(db, &PERIOD, v_int(ordered->period));
	const char *list = ordered->people, *email;
	struct id id = id_new();
	int64_t n = 0;

	if (!rows_next(rows))
		return db_absent(db);
	if (text_is(rows_text(rows, 0), "in_review"))
		return E_CONFLICT;
	if (ordered->pay_on < day_in_zone(time_now(), rows_text(rows, 3)))
		return refuse("bad_day", NULL, ret_why, ret_detail);
	struct value schedule = v_int(rows_int(rows, 1)), period = v_int(ordered->period);
	(void)db_read(db, &PERIODS_HOLD, schedule);
	int64_t run = run_add(db, "off_cycle", ordered->period, v_null(), ordered, by, id);
	for (; db_status(db) == OK && (email = next_email(db_arena(db), &list)); n++) {
		int64_t person = db_int(db, &PAYEE, 0, v_text(email), schedule);
		if (!person)
			return refuse("unknown", email, ret_why, ret_detail);
		if (person == by->person)
			return refuse("yourself", email, ret_why, ret_detail);
		int64_t taken = db_write(db, &ENTRIES_TAKE, schedule, period, v_int(run),
		    v_int(person), v_day(rows_day(rows, 2)));
		taken += db_write(db, &ADJUSTMENTS_TAKE, v_int(run), v_int(person), period);
		if (taken == 0)
			return refuse("nothing", email, ret_why, ret_detail);
	}
	if (n == 0)
		return refuse("nobody", NULL, ret_why, ret_detail);
	*ret_id = id;
	return db_status(db);
}

enum status
run_make_correction(struct db *db, const struct pay_outside *ordered,
    const struct pay_actor *by, struct id *ret_id, const char **ret_why,
    const char **ret_detail)
{
	struct rows *rows = db_read(db, &STATEMENT, v_bytes(ordered->statement.b, ID_BYTES));
	struct id id = id_new(), adjustment = id_new();
	struct money amount = { 0 };

	if (!rows_next(rows))
		return db_absent(db);
	int64_t period = rows_int(rows, 2);
	struct rows *of = db_read(db, &PERIOD, v_int(period));
	if (!rows_next(of))
		return db_absent(db);
	if (rows_int(rows, 1) == by->person)
		return refuse("yourself", NULL, ret_why, ret_detail);
	if (!money_parse(ordered->amount, rows_text(rows, 3), &amount))
		return refuse("not_money", rows_text(rows, 3), ret_why, ret_detail);
	if (amount.minor <= 0)
		return refuse("not_above_0", NULL, ret_why, ret_detail);
	if (ordered->pay_on < day_in_zone(time_now(), rows_text(of, 3)))
		return refuse("bad_day", NULL, ret_why, ret_detail);
	int64_t run =
	    run_add(db, "correction", period, v_int(rows_int(rows, 0)), ordered, by, id);
	db_write(db, &CORRECTION_ADD, v_bytes(adjustment.b, ID_BYTES), v_int(rows_int(rows, 1)),
	    v_int(period), v_int(run), v_int(amount.minor), v_text(amount.currency),
	    v_text(ordered->reason), v_int(by->person), v_instant(time_now()));
	*ret_id = id;
	return db_status(db);
}
