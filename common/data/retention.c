/*
 * retention.c: see retention.h. Idempotent: what is gone is not found again.
 */
#include "data/retention.h"

#include "data/audit.h"

static const struct retention EVERYWHERE[] = {
	{ "job", 90,
	    { "DELETE FROM job WHERE state IN ('done', 'failed') AND finished_at < ?"
	      " ORDER BY id LIMIT 1000" } },
	{ 0 },
};

struct turn {
	const struct retention *table;
	int64_t n;
};

static enum status
take(struct db *db, void *arg)
{
	struct turn *turn = arg;
	const struct retention *table = turn->table;
	instant before = time_now() - table->days * DAY_LENGTH;

	turn->n = db_write(db, &table->stmt, v_instant(before));
	if (turn->n > 0)
		audit_add(
		    db, &(struct audit){ .action = "retention.deleted",
			    .object = text_printf(db_arena(db), "table:%s", table->table),
			    .reason = text_printf(db_arena(db), "%lld", (long long)turn->n) });
	return db_status(db);
}

enum status
retention_run(struct db *db, const struct retention *tables)
{
	for (struct turn turn = { tables, 0 }; turn.table->table; turn.table++) {
		enum status status = db_transact(db, take, NULL, &turn);
		if (status != OK)
			return status;
		if (turn.n == RETENTION_ROWS)
			return OK; /* more at the next step */
	}
	return E_ABSENT;
}

enum status
retention_step(struct db *db, struct job *unused_job)
{
	(void)unused_job;
	return retention_run(db, EVERYWHERE);
}
