/*
 * job.c: claiming jobs, running their steps, and what becomes of them.
 *
 * Every claim has an owner of its own (the worker's name and a random id), so a worker that
 * stalled cannot mistake a later claim by the same name for its own. Attempts are counted
 * at the claim and set back by progress: a job that kills its worker is given up as well.
 * Limit: one thread of a process calls job_work().
 */
#include "data/job.h"

#include "base/log.h"
#include "data/crypto.h"
#include "data/work_count.h"

#include <string.h>

#define LEASE (60 * SECOND)
#define TURN (1 * SECOND) /* after this a job is handed back, so that others have theirs */
#define BACK_OFF (5 * SECOND)
#define ATTEMPTS_MAX 5
#define TIMERS_MAX 64
#define OWNER_MAX 121 /* of the column, and a NUL */

static const struct stmt JOB_ADD = {
	"INSERT INTO job (kind, job_key, subject_id, person_id, detail, not_before, "
	"created_at) "
	"VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
};
static const struct stmt JOB_OPEN = {
	"SELECT id, attempts FROM job WHERE kind = ? AND state IN ('queued', 'running') "
	"AND not_before <= ? AND (lease_until IS NULL OR lease_until <= ?) ORDER BY id LIMIT 1",
};
static const struct stmt JOB_CLAIM = {
	"UPDATE job SET state = 'running', owner = ?, lease_until = ?, attempts = attempts + "
	"1, "
	"begun_at = COALESCE(begun_at, ?) WHERE id = ? AND state IN ('queued', 'running') AND "
	"not_before <= ? "
	"AND (lease_until IS NULL OR lease_until <= ?)",
};
static const struct stmt JOB_READ = {
	"SELECT subject_id, person_id, detail, done, total, attempts FROM job "
	"WHERE id = ? AND owner = ?",
};
static const struct stmt JOB_PROGRESS = {
	"UPDATE job SET done = ?, total = ?, lease_until = ?, attempts = 0 "
	"WHERE id = ? AND owner = ? AND state = 'running' AND lease_until > ?",
};
static const struct stmt JOB_HAND_BACK = {
	"UPDATE job SET lease_until = ?, attempts = 0 WHERE id = ? AND owner = ?",
};
static const struct stmt JOB_LATER = {
	"UPDATE job SET state = 'queued', owner = NULL, lease_until = NULL, not_before = ?, "
	"reason = ? WHERE id = ? AND owner = ?",
};
static const struct stmt JOB_END = {
	"UPDATE job SET state = ?, owner = NULL, lease_until = NULL, finished_at = ?, reason = "
	"? "
	"WHERE id = ? AND owner = ?",
};

int64_t
job_add(struct db *db, const char *kind, int64_t subject, int64_t person, const char *detail,
    const char *key)
{
	instant now = time_now();

	if (db_write(db, &JOB_ADD, v_text(kind), v_text(key), v_int(subject), v_int(person),
		v_text(detail), v_instant(now), v_instant(now)) < 0)
		return 0;
	return db_last_id(db);
}

void
job_progress(struct db *db, struct job *job, int64_t done, int64_t total)
{
	instant now = time_now();

	if (job->id == 0)
		return;
	if (!db_in_transaction(db)) {
		log_event(LOG_LEVEL_PANIC, "job_progress_outside", LOG_TEXT("kind", job->kind));
		db_fail(db, E_FAULT);
		return;
	}
	(void)db_write_one(db, &JOB_PROGRESS, v_int(done), v_int(total), v_instant(now + LEASE),
	    v_int(job->id), v_text(job->owner), v_instant(now));
	job->done = done;
	job->total = total;
}

/* ---- One job ---- */

/* Claims the next job of a kind and reads it; false when there is none. */
static bool
job_claim(struct db *db, const struct job_kind *kind, const char *worker, struct job *ret,
    int64_t *ret_attempts)
{
	instant now = time_now();
	struct arena *arena = db_arena(db);
	struct rows *open =
	    db_read(db, &JOB_OPEN, v_text(kind->name), v_instant(now), v_instant(now));

	if (!rows_next(open))
		return false;
	int64_t id = rows_int(open, 0);
	const char *owner = text_printf(arena, "%s/%s", worker, id_text(arena, id_new()));
	if (db_write(db, &JOB_CLAIM, v_text(owner), v_instant(now + LEASE), v_instant(now),
		v_int(id), v_instant(now), v_instant(now)) != 1)
		return false;
	struct rows *row = db_read(db, &JOB_READ, v_int(id), v_text(owner));
	if (!rows_next(row))
		return false;
	*ret = (struct job){
		.id = id,
		.kind = kind->name,
		.subject = rows_int(row, 0),
		.person = rows_int(row, 1),
		.detail = rows_text(row, 2),
		.done = rows_int(row, 3),
		.total = rows_int(row, 4),
		.owner = owner,
	};
	*ret_attempts = rows_int(row, 5);
	return true;
}

static void
job_end(struct db *db, const struct job *job, const char *state, const char *reason)
{
	(void)db_write(db, &JOB_END, v_text(state), v_instant(time_now()), v_text(reason),
	    v_int(job->id), v_text(job->owner));
}

/* After a failed step: later, or never. A lost lease makes these change nothing. */
static void
job_failed(struct db *db, const struct job *job, int64_t attempts, enum status status)
{
	const char *reason = status_name(status);

	log_event(LOG_LEVEL_WARN, "job_step_failed", LOG_TEXT("kind", job->kind),
	    LOG_INT("job", job->id), LOG_INT("attempt", attempts), LOG_TEXT("status", reason));
	if (attempts >= ATTEMPTS_MAX) {
		job_end(db, job, "failed", reason);
		return;
	}
	(void)db_write(db, &JOB_LATER, v_instant(time_now() + (BACK_OFF << (attempts - 1))),
	    v_text(reason), v_int(job->id), v_text(job->owner));
}

/* One step, with the lease usable behind it. */
/* Looks at an interval that find nothing (more) to do are not counted. */
static enum status
step_run(struct db *db, const struct job_kind *kind, struct job *job)
{
	int64_t began = time_ticks();
	enum status status = kind->step(db, job);

	if (db_status(db) != OK)
		status = db_status(db);
	db_recover(db);
	if (kind->every > 0 && status == E_ABSENT)
		return status;
	work_count(WORK_COUNT_STEPS, kind->name, 1);
	work_count(WORK_COUNT_SECONDS, kind->name, time_ticks() - began);
	if (status != OK && status != E_ABSENT)
		work_count(WORK_COUNT_FAILURES, kind->name, 1);
	return status;
}

/* A claim that could not be given up because the database went away meanwhile. It is given
 * up at the next call, so the job need not wait for its lease to end. */
static struct {
	int64_t id;
	char owner[OWNER_MAX];
} held;

static void
job_hold(struct db *db, const struct job *job)
{
	size_t n = strlen(job->owner);

	if (db_status(db) == OK || n >= sizeof held.owner)
		return;
	held.id = job->id;
	memcpy(held.owner, job->owner, n + 1);
}

static void
job_give_up_held(struct db *db)
{
	if (held.id == 0)
		return;
	if (db_write(db, &JOB_HAND_BACK, v_instant(time_now()), v_int(held.id),
		v_text(held.owner)) >= 0)
		held.id = 0;
}

/* Runs steps of a claimed job for a turn; the number of steps. */
static int
job_run(struct db *db, const struct job_kind *kind, struct job *job, int64_t attempts)
{
	int64_t began = time_ticks();
	int steps = 0;

	if (attempts > ATTEMPTS_MAX) { /* each time its worker ended before any progress */
		job_end(db, job, "failed", "worker_ended");
		return 0;
	}
	for (;;) {
		enum status status = step_run(db, kind, job);
		steps++;
		if (status == E_ABSENT)
			job_end(db, job, "done", NULL);
		else if (status != OK)
			job_failed(db, job, attempts, status);
		if (status != OK) {
			job_hold(db, job);
			return steps;
		}
		attempts = 1;
		if (time_ticks() - began >= TURN) {
			(void)db_write(db, &JOB_HAND_BACK, v_instant(time_now()),
			    v_int(job->id), v_text(job->owner));
			return steps;
		}
	}
}

/* ---- Kinds that run at an interval ---- */

/* When each is due in this worker; by the address of its kind. */
static struct timer {
	const struct job_kind *kind;
	int64_t due; /* ticks */
} timers[TIMERS_MAX];

static struct timer *
timer_of(const struct job_kind *kind)
{
	for (int i = 0; i < TIMERS_MAX; i++) {
		if (timers[i].kind == NULL)
			timers[i].kind = kind;
		if (timers[i].kind == kind)
			return &timers[i];
	}
	return NULL;
}

/* Due: runs steps until one has nothing more to do, fails, or the turn is over. */
static int
timer_run(struct db *db, const struct job_kind *kind, const char *worker)
{
	struct timer *timer = timer_of(kind);
	int64_t began = time_ticks();
	int steps = 0;

	if (timer == NULL || began < timer->due)
		return 0;
	while (time_ticks() - began < TURN) {
		struct job job = { .kind = kind->name, .detail = "{}", .owner = worker };
		enum status status = step_run(db, kind, &job);
		steps++;
		if (status == OK)
			continue;
		if (status != E_ABSENT)
			log_event(LOG_LEVEL_WARN, "job_step_failed",
			    LOG_TEXT("kind", kind->name),
			    LOG_TEXT("status", status_name(status)));
		timer->due = time_ticks() + kind->every * SECOND;
		return steps;
	}
	return steps;
}

int
job_work(struct db *db, const struct job_kind *kinds, const char *owner)
{
	int steps = 0;

	job_give_up_held(db);
	for (const struct job_kind *kind = kinds; kind->name != NULL; kind++) {
		struct job job = { 0 };
		int64_t attempts = 0;
		if (kind->every > 0)
			steps += timer_run(db, kind, owner);
		else if (job_claim(db, kind, owner, &job, &attempts))
			steps += job_run(db, kind, &job, attempts);
		if (db_status(db) == E_AWAY)
			return -1;
		db_recover(db);
	}
	return steps;
}
