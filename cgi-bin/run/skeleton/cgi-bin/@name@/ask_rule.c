/*
 * ask_rule.c: the rules that need no page: by when an answer is promised, and how long what was
 * asked is kept.
 */
#include "@name@/@name@.h"

#define WORKING_DAYS 3
#define SATURDAY 6
#define KEPT (730 * DAY_LENGTH) /* two years */
#define AT_ONCE 500 /* rows of one step, as in the statement */

static const struct stmt EXPIRE = {
	"DELETE FROM ask WHERE state = 'answered' AND answered_at < ? ORDER BY answered_at LIMIT 500"
};

instant
ask_due(instant asked, const char *zone)
{
	day last = day_in_zone(asked, zone);

	for (int left = WORKING_DAYS; left > 0; left -= day_weekday(last) < SATURDAY)
		last++;
	return instant_of_local(last + 1, 0, 0, 0, zone, NULL);
}

static enum status
expire(struct db *db, void *arg)
{
	int64_t *deleted = arg;

	*deleted = db_write(db, &EXPIRE, v_instant(time_now() - KEPT));
	return db_status(db);
}

/* Runs each hour; steps follow each other until nothing is left. */
enum status
ask_expire_step(struct db *db, struct job *job)
{
	int64_t deleted = 0;
	enum status status = db_transact(db, expire, NULL, &deleted);

	(void)job;
	if (status != OK)
		return status;
	return deleted < AT_ONCE ? E_ABSENT : OK;
}
