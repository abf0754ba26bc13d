/*
 * run_overdue.c: a round is closed for 14 days and its results are not published. Told once a
 * round to who may publish them, and to the webhooks. How few have answered a round that is
 * open is never told: nobody counts that before the close (README 7). Rule: README 15.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "feedback/feedback.h"
#include "web/role.h"

/* Not of what lies longer: outboxes, and with them the keys, are kept for 90 days. */
#define TOLD_WITHIN (30 * DAY_LENGTH)

static const struct stmt OVERDUE = {
	"SELECT u.id, u.public_id FROM survey_run u WHERE u.state = 'closed'"
	" AND u.closed_at BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM outbox o"
	"  WHERE o.kind = 'feedback.results_overdue' AND o.notice_key = CAST(u.id AS CHAR "
	"CHARACTER SET ascii)"
	"  COLLATE ascii_bin)"
	" ORDER BY u.id LIMIT 100"
};

static enum status
work(struct db *db, void *unused_arg)
{
	struct arena *arena = db_arena(db);
	instant due = time_now() - PUBLISH_WITHIN;
	struct rows *rows = db_read(db, &OVERDUE, v_instant(due - TOLD_WITHIN), v_instant(due));

	(void)unused_arg;
	while (rows_next(rows))
		notice_add_roles(db,
		    &(struct notice){ .kind = "feedback.results_overdue",
			.topic = NOTICE_STAFF,
			.path = text_printf(
			    arena, "/feedback/staff/runs/%s", rows_id_text(arena, rows, 1)),
			.key = text_printf(arena, "%lld", (long long)rows_int(rows, 0)) },
		    ROLE(PEOPLE_OFFICER) | ROLE(HDL), true);
	return db_status(db);
}

enum status
run_overdue_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
