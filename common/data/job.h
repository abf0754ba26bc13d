/*
 * job.h: long work as rows of the table `job`, done by `bin/<plugin> work`.
 *
 * A worker claims a job by UPDATE of owner and lease and COMMIT; the work itself commits
 * in steps of its own, each of which checks the lease in its transaction, so a worker that
 * stalled past its lease changes nothing. A job that dies is claimed again when its lease
 * ends and goes on where the last committed step left it.
 */
#ifndef KEPTWORD_JOB_H
#define KEPTWORD_JOB_H

#include "data/db.h"

struct job {
	int64_t id;
	const char *kind;
	int64_t subject;     /* what it is about, as the kind defines */
	int64_t person;      /* who asked, 0 for the system */
	const char *detail;  /* JSON object */
	int64_t done, total; /* progress in the kind's own unit */
	const char *owner;
};

/* One step of a kind: does a bounded piece (about a second), all in one transaction that it
 * opens itself by db_transact() and whose work calls job_progress(); work that needs no
 * database (a file, a helper) stands outside it. OK: call again; E_ABSENT: nothing is left,
 * finished (from outside a transaction: one whose work answers E_ABSENT is rolled back);
 * anything else: tried again after a back-off, at most 5 times without progress, then the
 * job is `failed` with the status as reason. Kinds with `every` have no row: job->id is 0 and
 * job_progress() does nothing. */
struct job_kind {
	const char *name;
	enum status (*step)(struct db *db, struct job *job);
	int every; /* seconds; > 0: not from the table but run at this interval */
};

/* Adds a job in the running transaction; its id. key (may be NULL) is unique per kind: adding
 * it again gives the id of the first. */
int64_t job_add(struct db *db, const char *kind, int64_t subject, int64_t person,
    const char *detail, const char *key);

/* Inside a step's transaction: checks the lease (E_CONFLICT sticks when it is lost), renews it
 * and records progress. */
void job_progress(struct db *db, struct job *job, int64_t done, int64_t total);

/* Claims one job of each kind (ended by name NULL) and runs its steps for a second or until it
 * is finished; what is not is handed back and goes on at the next call. The number of steps
 * run, 0 when there was nothing to do, -1 when the database is away. The worker mode calls it
 * in a loop, from one thread, each time with a fresh lease and arena. */
int job_work(struct db *db, const struct job_kind *kinds, const char *owner);

#endif
