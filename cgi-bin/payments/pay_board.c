/*
 * pay_board.c: what finance wants to know first of the periods that are under way: how much
 * stands in each state, what is in the way of paying it, how long until the lock. Part of the
 * page of periods (pay_period_page.c).
 */
#include "base/text.h"
#include "payments/pay_period.h"
#include "web/page.h"
#include "web/words.h"

static const struct stmt UNDER_WAY = {
	"SELECT p.id, p.public_id, p.start_day, p.end_day, p.lock_at, p.issue_on, p.pay_on, "
	"p.state"
	" FROM pay_period p JOIN pay_schedule s ON s.id = p.schedule_id"
	" WHERE p.state IN ('locked', 'in_review') OR (p.state = 'open' AND p.start_day <= ?)"
	" ORDER BY p.start_day, p.id LIMIT 6"
};
static const struct stmt STATES = {
	"SELECT CAST(COALESCE(SUM(state = 'approved'), 0) AS SIGNED),"
	" CAST(COALESCE(SUM(IF(state = 'approved', minutes, 0)), 0) AS SIGNED),"
	" CAST(COALESCE(SUM(state = 'submitted'), 0) AS SIGNED),"
	" CAST(COALESCE(SUM(IF(state = 'submitted', minutes, 0)), 0) AS SIGNED),"
	" CAST(COALESCE(SUM(state = 'queried'), 0) AS SIGNED),"
	" CAST(COALESCE(SUM(IF(state = 'queried', minutes, 0)), 0) AS SIGNED)"
	" FROM work_entry WHERE period_id = ?"
};
static const struct stmt NO_RATE = {
	"SELECT COUNT(*) FROM unpayable_entry WHERE period_id = ?"
};
static const struct stmt NO_PAYOUT = {
	"SELECT COUNT(DISTINCT e.person_id) FROM work_entry e JOIN payee y"
	" ON y.person_id = e.person_id WHERE e.period_id = ? AND y.partner_ref = ''"
	" AND e.state IN ('approved', 'submitted')"
};
static const struct stmt UNDECIDED = {
	"SELECT COUNT(*) FROM adjustment WHERE period_id = ? AND state = 'proposed'"
};
static const struct stmt OVER_CAP = {
	"SELECT COUNT(*) FROM cap_question WHERE state IN ('asked', 'denied')"
	" AND week BETWEEN ? - INTERVAL 6 DAY AND ?"
};
static const struct stmt RUN_BLOCKED = {
	"SELECT COUNT(*) FROM pay_run WHERE period_id = ? AND state = 'blocked'"
};

/* How long until the lock, in days, on the last day in hours. */
static void
show_clock(struct page *page, instant lock)
{
	instant left = lock - time_now();

	if (left <= 0) {
		page_show(page, MARK_IS_OVERDUE);
		return;
	}
	struct page *running = page_repeat(page, MARK_IS_RUNNING);
	if (left >= 2 * DAY_LENGTH)
		page_count(running, MARK_CLOCK, "payments.clock_days", left / DAY_LENGTH);
	else
		page_count(running, MARK_CLOCK, "payments.clock_hours", left / HOUR);
}

static struct page *
in_the_way(struct page *board, struct page **list, enum mark part, const char *key, int64_t n)
{
	if (n == 0)
		return NULL;
	if (!*list)
		*list = page_repeat(board, MARK_BLOCKED);
	struct page *line = page_repeat(*list, part);
	if (key)
		page_count(line, MARK_SENTENCE, key, n);
	return line;
}

static void
show_in_the_way(struct request *req, struct page *board, const struct rows *period)
{
	struct db *db = request_db(req);
	struct value id = v_int(rows_int(period, 0));
	struct page *list = NULL;

	in_the_way(board, &list, MARK_NO_RATE, "payments.no_rate", db_int(db, &NO_RATE, 0, id));
	in_the_way(
	    board, &list, MARK_NO_PAYOUT, "payments.no_payout", db_int(db, &NO_PAYOUT, 0, id));
	in_the_way(
	    board, &list, MARK_UNDECIDED, "payments.undecided", db_int(db, &UNDECIDED, 0, id));
	in_the_way(board, &list, MARK_OVER_CAP, "payments.over_cap",
	    db_int(db, &OVER_CAP, 0, v_day(rows_day(period, 2)), v_day(rows_day(period, 3))));
	in_the_way(board, &list, MARK_RUN_BLOCKED, NULL, db_int(db, &RUN_BLOCKED, 0, id));
	if (!list)
		page_show(board, MARK_CLEAR);
}

void
period_board_fill(struct request *req, struct page *page)
{
	struct db *db = request_db(req);
	struct rows *periods = db_read(db, &UNDER_WAY, v_day(day_in_zone(time_now(), "UTC")));

	while (rows_next(periods)) {
		struct page *board = page_repeat(page, MARK_BOARD);
		struct rows *states = db_read(db, &STATES, v_int(rows_int(periods, 0)));
		const char *state = rows_text(periods, 7);

		page_text(board, MARK_PERIOD_ID, rows_id_text(request_arena(req), periods, 1));
		page_period(board, MARK_PERIOD, rows_day(periods, 2), rows_day(periods, 3));
		page_instant(board, MARK_LOCK_AT, rows_instant(periods, 4));
		page_day(board, MARK_ISSUE_ON, rows_day(periods, 5), DAY_LONG);
		page_day(board, MARK_PAY_ON, rows_day(periods, 6), DAY_LONG);
		if (text_is(state, "open"))
			show_clock(board, rows_instant(periods, 4));
		else
			page_show(board,
			    text_is(state, "locked") ? MARK_IS_LOCKED : MARK_IS_IN_REVIEW);
		if (rows_next(states)) {
			page_int(board, MARK_APPROVED, rows_int(states, 0));
			page_minutes(board, MARK_APPROVED_TIME, rows_int(states, 1));
			page_int(board, MARK_SUBMITTED, rows_int(states, 2));
			page_minutes(board, MARK_SUBMITTED_TIME, rows_int(states, 3));
			page_int(board, MARK_QUERIED, rows_int(states, 4));
			page_minutes(board, MARK_QUERIED_TIME, rows_int(states, 5));
		}
		show_in_the_way(req, board, periods);
	}
}
