/*
 * retention.c: see retention.h. Idempotent: what is gone is not found again.
 */
#include "data/retention.h"

#include "data/audit.h"
#include "data/notice.h"

#include <string.h>

#define MONTH_DAYS_SURE 28
#define YEAR_MONTHS 12

/* An event is looked for by others in their event_done, so that stays a year longer: no event
 * that is still there can be taken again, even if the worker that deletes events stood still
 * for long. */
static const struct retention EVERYWHERE[] = {
	{ "submission", KEPT_DAYS(7), .quiet = true,
	    .stmt = { "DELETE FROM submission WHERE at < ? LIMIT 1000" } },
	{ "outbox", KEPT_DAYS(NOTICE_KEPT_DAYS), .quiet = true,
	    .stmt = { "DELETE FROM outbox WHERE created_at < ? ORDER BY created_at LIMIT "
		      "1000" } },
	{ "job", KEPT_DAYS(90),
	    .stmt = { "DELETE FROM job WHERE finished_at < ? AND state IN ('done', 'failed')"
		      " ORDER BY finished_at LIMIT 1000" } },
	{ "event", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM event WHERE at < ? ORDER BY at LIMIT 1000" } },
	{ "event_done", KEPT_YEARS(3), .quiet = true,
	    .stmt = { "DELETE FROM event_done WHERE at < ? ORDER BY at LIMIT 1000" } },
	{ 0 },
};

static const struct stmt KEPT_FROM = { "SET @kept_from = ?" };

const struct retention *
retention_everywhere(void)
{
	return EVERYWHERE;
}

instant
retention_before(const struct retention *row, instant now)
{
	int64_t months = row->setting ? config_int(row->setting) : row->months;
	day today = day_in_zone(now, "UTC"), then;
	struct ymd ymd = day_ymd(today);
	int64_t index = (int64_t)ymd.year * YEAR_MONTHS + ymd.month - 1 - months;

	if (!months)
		return now - row->days * DAY_LENGTH;
	ymd.year = (int)(index / YEAR_MONTHS);
	ymd.month = row->by_hand ? 1 : (int)(index % YEAR_MONTHS) + 1;
	ymd.day = row->by_hand ? 1 : ymd.day < MONTH_DAYS_SURE ? ymd.day : MONTH_DAYS_SURE;
	if (!day_of_ymd(ymd, &then))
		return 0;
	return now - (instant)(today - then) * DAY_LENGTH -
	       (row->by_hand ? now % DAY_LENGTH : 0);
}

/* ---- A batch ---- */

struct turn {
	const struct retention *row;
	instant now;
	int64_t n;
};

static void
audit_gone(struct db *db, const struct retention *row, int64_t n)
{
	struct arena *arena = db_arena(db);

	if (n > 0 && !row->quiet)
		audit_add(db, &(struct audit){ .action = "retention.deleted",
				  .object = text_printf(arena, "table:%s", row->table),
				  .reason = text_printf(arena, "%lld", (long long)n) });
}

static int64_t
run(struct db *db, const struct stmt *stmt, struct value before)
{
	return strchr(stmt->sql, '?') ? db_write(db, stmt, before) : db_write(db, stmt);
}

static void
take_one(struct db *db, struct turn *turn)
{
	struct value before = v_instant(retention_before(turn->row, turn->now));

	(void)db_write(db, &KEPT_FROM, before);
	if (turn->row->first.sql)
		(void)run(db, &turn->row->first, before);
	turn->n = run(db, &turn->row->stmt, before);
	audit_gone(db, turn->row, turn->n);
}

static enum status
take(struct db *db, void *arg)
{
	take_one(db, arg);
	return db_status(db);
}

static enum status
run_list(struct db *db, const struct retention *list)
{
	struct turn turn = { .row = list, .now = time_now() };

	for (; turn.row && turn.row->table; turn.row++) {
		if (turn.row->by_hand)
			continue;
		enum status status = db_transact(db, take, NULL, &turn);
		if (status != OK || turn.n > 0)
			return status;
	}
	return E_ABSENT;
}

enum status
retention_run(struct db *db, const struct retention *tables)
{
	enum status status = run_list(db, EVERYWHERE);

	return status == E_ABSENT ? run_list(db, tables) : status;
}

struct hand {
	const struct retention *tables;
	int64_t n;
};

static enum status
take_by_hand(struct db *db, void *arg)
{
	struct hand *hand = arg;
	struct turn turn = { .row = hand->tables, .now = time_now() };

	hand->n = 0;
	for (; turn.row && turn.row->table && db_status(db) == OK; turn.row++)
		if (turn.row->by_hand) {
			take_one(db, &turn);
			hand->n += turn.n;
		}
	return db_status(db);
}

enum status
retention_by_hand(struct db *db, const struct retention *tables, int64_t *ret_n)
{
	struct hand hand = { .tables = tables };
	enum status status = db_transact(db, take_by_hand, NULL, &hand);

	*ret_n = hand.n;
	return status;
}
