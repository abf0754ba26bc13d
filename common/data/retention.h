/*
 * retention.h: rows go when the time that their table's COMMENT names is over. A plugin lists its
 * tables; the timer "retention" of its worker takes them one after the other, RETENTION_ROWS a
 * transaction, and writes one audit row with the number when any went.
 */
#ifndef KEPTWORD_RETENTION_H
#define KEPTWORD_RETENTION_H

#include "data/db.h"
#include "data/job.h"

#define RETENTION_ROWS 1000

/* The statement deletes at most RETENTION_ROWS rows that are older than its one `?`; again: those
 * that are next. Ended by table NULL. */
struct retention {
	const char *table; /* "job": object of the audit row */
	int days;
	struct stmt stmt;
};

/* One step over a list; E_ABSENT when nothing is left for now. */
MUST_USE enum status retention_run(struct db *db, const struct retention *tables);

/* A job_kind's step for what every plugin has: jobs 90 days after their end. */
MUST_USE enum status retention_step(struct db *db, struct job *job);

#endif
