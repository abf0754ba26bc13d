/*
 * pay_schedule.c: reading schedules and holidays, and the periods of the time ahead. See
 * pay_schedule.h. Rules: payments README 7, 8.
 */
#include "payments/pay_schedule.h"

#include "base/text.h"

static const struct stmt SCHEDULE = { "SELECT id, name, time_zone, holidays, kind, anchor, "
				      "lock_after, issue_after, pay_after,"
				      " us_later, roll FROM pay_schedule WHERE id = ?" };
static const struct stmt HOLIDAYS = {
	"SELECT day FROM holiday WHERE calendar = ? ORDER BY day"
};
static const struct stmt HOLIDAY_NAME = {
	"SELECT name FROM holiday WHERE calendar = ? AND day BETWEEN ? AND ?"
	" ORDER BY day LIMIT 1"
};
static const struct stmt PERIODS = {
	"SELECT start_day, end_day, lock_at, issue_on, pay_on, rolled_from, state FROM "
	"pay_period"
	" WHERE schedule_id = ? AND end_day >= ? AND start_day < ? ORDER BY start_day"
};
static const struct stmt MOVES = {
	"SELECT start_day, COUNT(*), MAX(moved_at), (SELECT IF(l.pay_before <> l.pay_on,"
	"  l.pay_before, NULL) FROM pay_move l WHERE l.id = MAX(m.id)) FROM pay_move m"
	" WHERE schedule_id = ? AND start_day BETWEEN ? AND ? GROUP BY start_day"
	" ORDER BY start_day"
};

struct pay_holidays
pay_holidays_of(struct db *db, const char *calendar)
{
	struct rows *rows = db_read(db, &HOLIDAYS, v_text(calendar));
	day *days = arena_array_of(db_arena(db), day, rows_count(rows));
	struct pay_holidays holidays = { .days = days };

	while (rows_next(rows))
		days[holidays.n++] = rows_day(rows, 0);
	return holidays;
}

bool
pay_schedule_read(struct db *db, int64_t id, struct pay_schedule *ret)
{
	struct rows *rows = db_read(db, &SCHEDULE, v_int(id));

	if (!rows_next(rows))
		return false;
	*ret = (struct pay_schedule){ .id = id,
		.name = rows_text(rows, 1),
		.zone = rows_text(rows, 2),
		.calendar = rows_text(rows, 3),
		.kind = rows_text(rows, 4),
		.rule = { .rhythm = text_is(rows_text(rows, 4), "semi_monthly")
					? PAY_SEMI_MONTHLY
					: PAY_BIWEEKLY,
		    .anchor = rows_day(rows, 5),
		    .lock_after = (int)rows_int(rows, 6),
		    .issue_after = (int)rows_int(rows, 7),
		    .pay_after = (int)rows_int(rows, 8),
		    .rolls_back = text_is(rows_text(rows, 10), "back") },
		.us_later = (int)rows_int(rows, 9) };
	ret->holidays = pay_holidays_of(db, ret->calendar);
	return db_status(db) == OK;
}

const char *
pay_rolled_why(struct db *db, const struct pay_schedule *schedule, day from, day to)
{
	day first = from < to ? from : to + 1, last = from < to ? to - 1 : from;
	struct rows *rows =
	    db_read(db, &HOLIDAY_NAME, v_text(schedule->calendar), v_day(first), v_day(last));

	return rows_next(rows) ? rows_text(rows, 0) : "";
}

/* Room for a list that ends before until: a period has 14 days or more, but for one that was
 * cut. */
static size_t
room_for(day from, day until, size_t made)
{
	return made + (until > from ? (size_t)(until - from) / 13 : 0) + 2;
}

static void
add_moves(struct db *db, const struct pay_schedule *schedule, struct pay_coming *list, size_t n)
{
	if (n == 0)
		return;
	struct rows *moves = db_read(db, &MOVES, v_int(schedule->id), v_day(list[0].days.start),
	    v_day(list[n - 1].days.start));
	size_t i = 0;

	while (rows_next(moves)) {
		while (i < n && list[i].days.start < rows_day(moves, 0))
			i++;
		if (i == n || list[i].days.start != rows_day(moves, 0))
			continue;
		list[i].moved = rows_int(moves, 1);
		list[i].moved_at = rows_instant(moves, 2);
		list[i].moved_from = rows_day(moves, 3);
	}
}

struct pay_coming *
pay_coming_of(
    struct db *db, const struct pay_schedule *schedule, day from, day until, size_t *ret_n)
{
	struct rows *rows =
	    db_read(db, &PERIODS, v_int(schedule->id), v_day(from), v_day(until));
	size_t n = 0, room = room_for(from, until, rows_count(rows));
	struct pay_coming *list = arena_array_of(db_arena(db), struct pay_coming, room);
	day next = from;

	for (; n < room && rows_next(rows); n++) {
		list[n] = (struct pay_coming){ .days = { .start = rows_day(rows, 0),
						   .end = rows_day(rows, 1),
						   .lock = day_in_zone(
						       rows_instant(rows, 2), schedule->zone),
						   .issue = rows_day(rows, 3),
						   .pay = rows_day(rows, 4),
						   .rolled_from = rows_day(rows, 5) },
			.lock = rows_instant(rows, 2),
			.state = rows_text(rows, 6),
			.moved_from = DAY_NONE };
		next = list[n].days.end + 1;
	}
	while (n < room && next < until) {
		struct pay_days days = pay_days_of(&schedule->rule, &schedule->holidays, next);
		if (n > 0 && days.start <= list[n - 1].days.end)
			days.start = next;
		list[n++] = (struct pay_coming){ .days = days,
			.lock = instant_of_local(days.lock, 0, 0, 0, schedule->zone, NULL),
			.moved_from = DAY_NONE };
		next = days.end + 1;
	}
	add_moves(db, schedule, list, n);
	*ret_n = n;
	return list;
}
