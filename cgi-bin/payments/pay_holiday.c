/*
 * pay_holiday.c: the days on which banks move nothing: entered and taken out by finance, who
 * sees first which promised days that moves, and everybody concerned is told. Rule: payments
 * README 33.
 *
 * What is issued stays as it was promised, and a day that is over stays as it was: nobody can
 * make a late payment punctual afterwards.
 */
#include "payments/pay_schedule.h"

#include "base/text.h"
#include "data/audit.h"
#include "web/page.h"

#include <string.h>

#define YEAR 366
#define PEOPLE_AT_ONCE 1000
#define TOLD_FOR (14 * DAY_LENGTH)
#define HERE "/payments/staff/holidays"

enum {
	CALENDAR,
	ON_DAY,
	NAME,
	SURE
};
enum {
	OUT_CALENDAR,
	OUT_DAY
};

static const struct stmt SCHEDULES_WITH = {
	"SELECT s.id, (SELECT COUNT(*) FROM payee y WHERE y.schedule_id = s.id"
	" AND y.state = 'active') FROM pay_schedule s WHERE s.holidays = ? ORDER BY s.id"
};
static const struct stmt CALENDARS = {
	"SELECT DISTINCT holidays FROM pay_schedule WHERE holidays <> '' UNION"
	" SELECT DISTINCT calendar FROM holiday ORDER BY 1"
};
static const struct stmt COMING = {
	"SELECT calendar, day, name FROM holiday WHERE day > ? ORDER BY calendar, day LIMIT 200"
};
static const struct stmt ONE = {
	"SELECT calendar, day, name FROM holiday WHERE calendar = ? AND day = ?"
};
static const struct stmt ADD = { "INSERT INTO holiday (calendar, day, name) VALUES (?, ?, ?)" };
static const struct stmt REMOVE = { "DELETE FROM holiday WHERE calendar = ? AND day = ?" };
/* Whoever makes periods at this moment (pay_period.c) makes them again, with the new holidays. */
static const struct stmt SCHEDULES_HOLD = {
	"UPDATE pay_schedule SET version = version + 1 WHERE holidays = ?"
};
static const struct stmt PERIOD_MOVE = {
	"UPDATE pay_period SET issue_on = ?, pay_on = ?, rolled_from = ?, version = version + 1"
	" WHERE schedule_id = ? AND start_day = ? AND state IN ('open', 'locked', 'in_review')"
};
static const struct stmt MOVE_ADD = {
	"INSERT INTO pay_move (schedule_id, start_day, end_day, issue_before, issue_on, "
	"pay_before,"
	" pay_on, why, holiday, moved_by, moved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
};

/* ---- What would move ---- */

/* The list with one day more or less. */
static struct pay_holidays
changed(struct db *db, const struct pay_holidays *before, day holiday, bool adding)
{
	day *days = arena_array_of(db_arena(db), day, before->n + 1);
	struct pay_holidays after = { .days = days };
	bool put = !adding;

	for (size_t i = 0; i < before->n; i++) {
		if (!put && before->days[i] >= holiday) {
			if (before->days[i] != holiday)
				days[after.n++] = holiday;
			put = true;
		}
		if (adding || before->days[i] != holiday)
			days[after.n++] = before->days[i];
	}
	if (!put)
		days[after.n++] = holiday;
	return after;
}

static bool
issued(const char *state)
{
	return state && !text_is(state, "open") && !text_is(state, "locked") &&
	       !text_is(state, "in_review");
}

/* Those of one schedule, added behind *n. */
static void
moves_of(struct db *db, const struct pay_schedule *schedule, int64_t people,
    const struct pay_holidays *after, struct pay_moved *list, size_t *n)
{
	day today = day_in_zone(time_now(), schedule->zone);
	size_t count;
	struct pay_coming *coming =
	    pay_coming_of(db, schedule, today - YEAR / 4, today + YEAR, &count);

	for (size_t i = 0; i < count; i++) {
		const struct pay_days *now = &coming[i].days;
		struct pay_days was =
		    pay_days_of(&schedule->rule, &schedule->holidays, now->end);
		struct pay_days then = pay_days_of(&schedule->rule, after, now->end);
		if (issued(coming[i].state) || now->pay < today || then.end != now->end ||
		    (was.pay == then.pay && was.issue == then.issue))
			continue;
		day issue = now->issue > today ? then.issue : now->issue;
		if (issue > then.pay)
			issue = then.pay;
		if (issue == now->issue && then.pay == now->pay)
			continue;
		list[(*n)++] = (struct pay_moved){ .schedule = schedule,
			.people = people,
			.start = now->start,
			.end = now->end,
			.issue_before = now->issue,
			.issue = issue,
			.pay_before = now->pay,
			.pay = then.pay,
			.rolled_from = then.rolled_from,
			.made = coming[i].state != NULL };
	}
}

struct pay_moved *
pay_moves(struct db *db, const char *calendar, day holiday, bool adding, size_t *ret_n)
{
	enum {
		MOST = YEAR / 13 + 20
	};
	struct rows *rows = db_read(db, &SCHEDULES_WITH, v_text(calendar));
	struct arena *arena = db_arena(db);
	struct pay_moved *list =
	    arena_array_of(arena, struct pay_moved, rows_count(rows) * MOST + 1);

	*ret_n = 0;
	while (rows_next(rows)) {
		struct pay_schedule *schedule = arena_new_of(arena, struct pay_schedule);
		if (!pay_schedule_read(db, rows_int(rows, 0), schedule))
			return list;
		struct pay_holidays after = changed(db, &schedule->holidays, holiday, adding);
		moves_of(db, schedule, rows_int(rows, 1), &after, list, ret_n);
	}
	return list;
}

static void
show_moves(struct page *page, const struct pay_moved *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct page *line = page_repeat(page, MARK_MOVE);
		page_text(line, MARK_SCHEDULE, list[i].schedule->name);
		page_period(line, MARK_PERIOD, list[i].start, list[i].end);
		page_count(line, MARK_PEOPLE, "payments.people", list[i].people);
		page_day(line, MARK_BEFORE, list[i].pay_before, DAY_LONG);
		page_day(line, MARK_AFTER, list[i].pay, DAY_LONG);
		page_show(
		    line, list[i].pay == list[i].pay_before ? MARK_ISSUE_ONLY : MARK_PAY_MOVES);
		page_day(line, MARK_ISSUE_ON, list[i].issue, DAY_LONG);
	}
}

/* ---- The pages ---- */

static const struct choice *
calendar_choices(struct request *req)
{
	struct rows *rows = db_read(request_db(req), &CALENDARS);
	struct choice *choices =
	    arena_array_of(request_arena(req), struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		choices[n] = (struct choice){ rows_text(rows, 0), rows_text(rows, 0) };
	return choices;
}

static const struct field ADD_FIELDS[] = {
	[CALENDAR] = { "calendar", FIELD_SELECT, .choices_of = calendar_choices },
	[ON_DAY] = { "day", FIELD_DAY },
	[NAME] = { "name", FIELD_TEXT, .max = 100 },
	[SURE] = { "sure", FIELD_TICK, .optional = true },
	{ 0 },
};
const struct form HOLIDAY_ADD_FORM = { "holiday_add", ADD_FIELDS, holidays_show, false };
static const struct field REMOVE_FIELDS[] = {
	[OUT_CALENDAR] = { "calendar", FIELD_HIDDEN, .max = 20 },
	[OUT_DAY] = { "day", FIELD_DAY },
	{ 0 },
};
const struct form HOLIDAY_REMOVE_FORM = { "holiday_remove", REMOVE_FIELDS, holidays_show,
	false };

/* GET /payments/staff/holidays */
enum status
holidays_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_HOLIDAYS);
	struct db *db = request_db(req);
	const char *done = request_query(req, "done");
	struct rows *rows = db_read(db, &COMING, v_day(day_in_zone(time_now(), "UTC")));
	const char *before = "";
	struct page *group = NULL;

	if (text_is(done, "added"))
		page_show(page, MARK_IS_ADDED);
	if (text_is(done, "removed"))
		page_show(page, MARK_IS_REMOVED);
	/* Asked for a tick: what the change would move. */
	if (request_route(req)->form == &HOLIDAY_ADD_FORM && form_failed(req) &&
	    form_day(req, ON_DAY) != DAY_NONE) {
		size_t n;
		struct pay_moved *list =
		    pay_moves(db, form_text(req, CALENDAR), form_day(req, ON_DAY), true, &n);
		if (n > 0)
			show_moves(page_repeat(page, MARK_MOVES), list, n);
	}
	page_form(page, MARK_ADD_FORM, &HOLIDAY_ADD_FORM);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		if (!group || !text_is(rows_text(rows, 0), before)) {
			group = page_repeat(page, MARK_CALENDAR_PART);
			page_text(group, MARK_CALENDAR, rows_text(rows, 0));
		}
		before = rows_text(rows, 0);
		struct page *line = page_repeat(group, MARK_LINE);
		page_day(line, MARK_DAY, rows_day(rows, 1), DAY_LONG);
		page_text(line, MARK_HOLIDAY, rows_text(rows, 2));
		page_text(
		    line, MARK_HOLIDAY_DAY, day_iso(request_arena(req), rows_day(rows, 1)));
		page_text(line, MARK_HOLIDAY_CALENDAR, before);
	}
	return reply_page(req, 200, page);
}

/* The holiday of the address: a calendar and a day. */
static struct rows *
holiday_of(struct request *req, struct db *db, day *ret_day)
{
	if (!day_parse(request_param(req, 1), ret_day))
		*ret_day = DAY_NONE;
	return db_read(db, &ONE, v_text(request_param(req, 0)), v_day(*ret_day));
}

/* GET /payments/staff/holidays/:calendar/:day: what taking it out would move. */
enum status
holiday_show(struct request *req)
{
	struct db *db = request_db(req);
	day on;
	size_t n;
	struct rows *rows = holiday_of(req, db, &on);

	if (!rows_next(rows))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	struct page *page = page_open(req, TPL_PAYMENTS_HOLIDAY);
	page_day(page, MARK_DAY, on, DAY_LONG);
	page_text(page, MARK_HOLIDAY, rows_text(rows, 2));
	page_text(page, MARK_CALENDAR, rows_text(rows, 0));
	struct pay_moved *list = pay_moves(db, rows_text(rows, 0), on, false, &n);
	if (n > 0)
		show_moves(page_repeat(page, MARK_MOVES), list, n);
	else
		page_show(page, MARK_NONE);
	if (on > day_in_zone(time_now(), "UTC")) {
		struct page *form = page_repeat(page, MARK_MAY_REMOVE);
		page_text(form, MARK_HOLIDAY_CALENDAR, rows_text(rows, 0));
		page_text(form, MARK_HOLIDAY_DAY, day_iso(request_arena(req), on));
		page_tokens(form);
	}
	return reply_page(req, 200, page);
}

/* ---- The change ---- */

static void
move(
    struct request *req, struct db *db, const struct pay_moved *moved, day holiday, bool adding)
{
	int64_t schedule = moved->schedule->id;

	if (moved->made)
		db_write_one(db, &PERIOD_MOVE, v_day(moved->issue), v_day(moved->pay),
		    v_day(moved->rolled_from), v_int(schedule), v_day(moved->start));
	db_write(db, &MOVE_ADD, v_int(schedule), v_day(moved->start), v_day(moved->end),
	    v_day(moved->issue_before), v_day(moved->issue), v_day(moved->pay_before),
	    v_day(moved->pay), v_text(adding ? "holiday_added" : "holiday_removed"),
	    v_day(holiday), v_int(request_caller(req)->person), v_instant(time_now()));
	int64_t id = db_last_id(db);
	if (moved->pay != moved->pay_before)
		(void)job_add(db, "payments.moved", id, request_caller(req)->person, "{}",
		    text_printf(db_arena(db), "move:%lld", (long long)id));
}

static void
move_all(struct request *req, struct db *db, const struct pay_moved *list, size_t n,
    day holiday, bool adding)
{
	for (size_t i = 0; i < n && db_status(db) == OK; i++)
		move(req, db, &list[i], holiday, adding);
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const char *calendar = form_text(req, CALENDAR);
	day on = form_day(req, ON_DAY);
	size_t n;

	(void)unused_arg;
	db_write(db, &SCHEDULES_HOLD, v_text(calendar));
	if (on <= day_in_zone(time_now(), "UTC"))
		form_error(req, ON_DAY, "over", NULL);
	else if (rows_count(db_read(db, &ONE, v_text(calendar), v_day(on))))
		form_error(req, ON_DAY, "there", NULL);
	if (form_failed(req))
		return E_INPUT;
	struct pay_moved *list = pay_moves(db, calendar, on, true, &n);
	if (n > 0 && !form_ticked(req, SURE)) {
		form_error(req, SURE, "look", NULL);
		return E_INPUT;
	}
	db_write(db, &ADD, v_text(calendar), v_day(on), v_text(form_text(req, NAME)));
	move_all(req, db, list, n, on, true);
	request_audit(req, db, "holiday.added",
	    text_printf(db_arena(db), "holiday:%s/%s", calendar, day_iso(db_arena(db), on)),
	    NULL);
	receipt->location = HERE "?done=added";
	return db_status(db);
}

/* POST /payments/staff/holidays */
enum status
holiday_add_submit(struct request *req)
{
	return reply_submit(req, add, NULL);
}

static enum status
take_out(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const char *calendar = form_text(req, OUT_CALENDAR);
	day on = form_day(req, OUT_DAY);
	size_t n;

	(void)unused_arg;
	db_write(db, &SCHEDULES_HOLD, v_text(calendar));
	if (on <= day_in_zone(time_now(), "UTC"))
		return E_CONFLICT;
	struct pay_moved *list = pay_moves(db, calendar, on, false, &n);
	if (db_write_one(db, &REMOVE, v_text(calendar), v_day(on)) != OK)
		return db_status(db);
	move_all(req, db, list, n, on, false);
	request_audit(req, db, "holiday.removed",
	    text_printf(db_arena(db), "holiday:%s/%s", calendar, day_iso(db_arena(db), on)),
	    NULL);
	receipt->location = HERE "?done=removed";
	return db_status(db);
}

/* POST /payments/staff/holidays/remove */
enum status
holiday_remove_submit(struct request *req)
{
	return reply_submit(req, take_out, NULL);
}

/* ---- Telling ---- */

static const struct stmt LAST_PERSON = {
	"SELECT CAST(COALESCE(MAX(person_id), 0) AS SIGNED) FROM payee"
};
static const struct stmt TELL = {
	"INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at,"
	" not_before, expires_at)"
	" SELECT 'payments.pay_day_moved', 'pay', y.person_id, '/payments/calendar',"
	"  JSON_OBJECT('period', CONCAT(m.start_day, '/', m.end_day), 'day',"
	"   IF(c.country = 'US', @moved_us_day, m.pay_on)),"
	"  CONCAT('move:', m.id, ':', y.person_id), ?, ?, ? FROM pay_move m"
	" JOIN payee y ON y.schedule_id = m.schedule_id AND y.state = 'active'"
	" JOIN keptword_core.person_contact c ON c.id = y.person_id"
	" WHERE m.id = ? AND y.person_id > ? AND y.person_id <= ?"
	" ON DUPLICATE KEY UPDATE id = outbox.id"
};
static const struct stmt MOVED = { "SELECT schedule_id, pay_on FROM pay_move WHERE id = ?" };
static const struct stmt US_DAY = { "SET @moved_us_day = ?" };

/* When the money reaches payees in the U.S., for TELL. */
static void
us_day(struct db *db, int64_t move)
{
	struct rows *rows = db_read(db, &MOVED, v_int(move));
	struct pay_schedule schedule;

	if (rows_next(rows) && pay_schedule_read(db, rows_int(rows, 0), &schedule))
		db_write(db, &US_DAY,
		    v_text(day_iso(db_arena(db), pay_bank_days_after(&schedule.holidays,
						     rows_day(rows, 1), schedule.us_later))));
}

struct telling {
	struct job *job, before;
	bool finished;
};

/* job->done: the person up to whom all are told. */
static enum status
tell(struct db *db, void *arg)
{
	struct telling *telling = arg;
	struct job *job = telling->job;
	instant now = time_now();

	*job = telling->before; /* work may run again */
	int64_t total = job->total ? job->total : db_int(db, &LAST_PERSON, 0);
	telling->finished = job->done >= total;
	if (telling->finished)
		return db_status(db);
	us_day(db, job->subject);
	db_write(db, &TELL, v_instant(now), v_instant(now), v_instant(now + TOLD_FOR),
	    v_int(job->subject), v_int(job->done), v_int(job->done + PEOPLE_AT_ONCE));
	int64_t done = job->done + PEOPLE_AT_ONCE;
	job_progress(db, job, done < total ? done : total, total);
	return db_status(db);
}

enum status
pay_moved_step(struct db *db, struct job *job)
{
	struct telling telling = { .job = job, .before = *job };
	enum status status = db_transact(db, tell, NULL, &telling);

	if (status != OK)
		return status;
	return telling.finished ? E_ABSENT : OK;
}
