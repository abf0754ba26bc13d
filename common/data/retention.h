/*
 * retention.h: rows go when the time that their table's COMMENT names is over. A plugin lists its
 * tables in struct app; the timer "retention" of each worker (common/web/work.c) takes them one after
 * the other, a batch a transaction, and writes one audit row with the number when any went. What
 * every database has stands in retention.c. Children go with their parents by ON DELETE CASCADE.
 *
 * tests/checks/retention.py compares the lists with the COMMENTs: same table, same number.
 *
 * Rows that the law wants kept (pay, contracts) are by_hand: no timer touches them, the serving
 * account may not delete them, and `bin/<plugin> retention --delete` takes them, run as the migration
 * account. Order in the list is order of deletion: children before what they refer to.
 */
#ifndef KEPTWORD_RETENTION_H
#define KEPTWORD_RETENTION_H

#include "base/config.h"
#include "base/time.h"
#include "data/db.h"

#define KEPT_DAYS(n) .days = (n)
#define KEPT_YEARS(n) .months = (12 * (n))
#define KEPT_SETTING(key) .setting = (key) /* a variable that counts months */

/* The same instant within a statement that needs it more than once. */
#define KEPT_FROM_SQL "CAST(@kept_from AS DATETIME(6))"

/* Each statement has one `?`, the instant before which a row's time is over, or none. It takes some
 * 1,000 rows, those that are next when it runs again, and is run until it finds none. Ended by table
 * NULL. */
struct retention {
	const char *table;       /* "job": object of the audit row */
	int days, months;        /* how long */
	enum config_key setting; /* ... or where that stands; 0: above */
	struct stmt stmt;        /* DELETE, or an UPDATE that empties */
	struct stmt first;       /* runs before, in the same transaction; its rows do not count */
	struct stmt count;       /* by_hand: SELECT COUNT(*) of what is due */
	bool by_hand;
	bool quiet; /* no audit row: tells nothing of anybody, and goes all day long */
};

/* The instant before which the time of a row is over. Months are months of the calendar (a day that
 * a month lacks is its 28th); by_hand counts from the end of the year, as laws on books do. */
instant retention_before(const struct retention *row, instant now);

/* One batch of the first table that has one; E_ABSENT when nothing is left for now. by_hand is passed
 * over. tables may be NULL. */
MUST_USE enum status retention_run(struct db *db, const struct retention *tables);

/* One batch of everything that is by_hand, in one transaction; *ret_n rows in all. 0: none is left. */
MUST_USE enum status retention_by_hand(
    struct db *db, const struct retention *tables, int64_t *ret_n);

/* What every database has; ended by table NULL. */
const struct retention *retention_everywhere(void);

#endif
