/*
 * work_count.h: what workers have done, for /metrics. A worker serves no requests, so nobody can
 * ask it; it counts in memory and adds what has come together to the table work_count every few
 * seconds, and the serving process of the same plugin shows the table's rows with
 * process="worker". So the counters go on over restarts, and several workers of a plugin, on one
 * host or many, make one sum. A worker that is killed takes with it what it has counted since it
 * last wrote; what the numbers tell of (jobs, notices, seals) is not lost.
 *
 * One thread counts and writes: the worker's. In a process that is none, counting costs an
 * addition and is never written.
 *
 * A new family is a row of WORK_COUNT_LIST and one of the table in cgi-bin/run/metrics.md.
 */
#ifndef KEPTWORD_WORK_COUNT_H
#define KEPTWORD_WORK_COUNT_H

#include "data/db.h"

/* X(constant, name, label, help): name without "keptword_"; label "": the family has none.
 * SECONDS is counted in microseconds. */
#define WORK_COUNT_LIST(X)                                                                        \
	X(STEPS, job_steps_total, "kind", "Steps of long work.")                                  \
	X(FAILURES, job_failures_total, "kind", "Steps that failed.")                             \
	X(SECONDS, job_seconds_total, "kind", "Time in those steps.")                             \
	X(SENT, notices_sent_total, "way", "Notices that were taken by the other side.")          \
	X(LOST, notices_lost_total, "way", "Notices that were given up: refused or too late.")    \
	X(SEALED, audit_sealed_total, "", "Audit rows that were sealed.")                         \
	X(RETRIES, db_retries_total, "", "")

enum work_count {
#define X(constant, name, label, help) WORK_COUNT_##constant,
	WORK_COUNT_LIST(X)
#undef X
	WORK_COUNT_MAX
};

struct work_family {
	const char *name, *label, *help; /* help "": a counter of metric.h has the same name */
};
extern const struct work_family WORK_FAMILIES[WORK_COUNT_MAX];

/* Adds n. label (a text of the program's own, at most 60 bytes; "" where the family has none) is
 * copied; from the 49th label of a family on all are counted as "-". */
void work_count(enum work_count family, const char *label, int64_t n);

/* In no transaction: adds to the table what was counted, at most every five seconds unless it is
 * the worker's last time. A row that cannot be written is tried again with the next call; the
 * lease may be failed then. Transactions that this process ran again (metric.h) are among it. */
void work_count_write(struct db *db, bool last);

/* All rows of the table, by name and label: name, label, value. */
struct rows *work_count_read(struct db *db);

#endif
