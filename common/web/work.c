/*
 * work.c: `bin/<plugin> work`: consumes events, runs jobs, and between them sleeps half a
 * second. Before the plugin's jobs it runs what every plugin has: the audit is sealed
 * (audit_seal.h), old rows go (retention.h), old cells are sealed anew (keyring.h). One thread,
 * one arena that is emptied after each round; what a round did is committed by event.c and
 * job.c, so being killed at any point loses nothing.
 */
#include <inttypes.h>
#include <poll.h>
#include <setjmp.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "data/audit_seal.h"
#include "data/crypto.h"
#include "data/db.h"
#include "data/keyring.h"
#include "data/retention.h"
#include "data/work_count.h"
#include "doc/helper.h"
#include "web/app_impl.h"

#define ARENA_LIMIT ((size_t)256 * 1024 * 1024)
#define IDLE_MS 500
#define AWAY_MS 2000

struct worker {
	const struct app *app;
	struct arena *arena;
	struct db *db;
	const char *owner;
	int signals;
	jmp_buf no_memory;
};

/* ---- What every plugin's worker does ---- */

static const struct app *working; /* of this process: a step is given nothing to find it by */

static enum status
retention_step(struct db *db, struct job *unused_job)
{
	(void)unused_job;
	return retention_run(db, working->retention);
}

static enum status
reseal_step(struct db *db, struct job *unused_job)
{
	(void)unused_job;
	return keyring_reseal(db, working->sealed);
}

static const struct job_kind HOUSE[] = {
	{ "audit.seal", audit_seal_step, 1 },
	{ "retention", retention_step, 3600 },
	{ "keys.reseal", reseal_step, 10 },
	{ 0 },
};

/* ---- Rounds ---- */

/* Has a signal to end come? Waits for it at most so long. */
static bool
stopped(const struct worker *worker, int milliseconds)
{
	struct pollfd one = { .fd = worker->signals, .events = POLLIN };

	return poll(&one, 1, milliseconds) > 0;
}

/* A consumer that cannot read or write (a view or a right is missing) is said so and does not
 * hold up the others; -1 only when the database is away. */
static int
consume(struct worker *worker, const struct consumer *consumer)
{
	int n = event_consume(worker->db, consumer);

	if (n >= 0)
		return n;
	if (db_status(worker->db) == E_AWAY)
		return -1;
	log_event(LOG_LEVEL_ERROR, "consumer_failed", LOG_TEXT("source", consumer->source),
	    LOG_TEXT("why", status_name(db_status(worker->db))),
	    LOG_INT("db", db_error(worker->db)));
	db_recover(worker->db);
	return 0;
}

/* One look at everything: how much was done, -1 when the database is away. */
static int
round_of_work(struct worker *worker)
{
	const struct consumer *consumer = worker->app->consumers;
	int done = 0, n = 0;

	worker->db = db_lease(worker->arena, DB_JOB);
	for (; consumer && consumer->pending && n >= 0 && !stopped(worker, 0); consumer++) {
		n = consume(worker, consumer);
		done += n > 0 ? n : 0;
	}
	if (n >= 0 && !stopped(worker, 0)) {
		n = job_work(worker->db, HOUSE, worker->owner);
		done += n > 0 ? n : 0;
	}
	if (n >= 0 && worker->app->jobs && !stopped(worker, 0)) {
		n = job_work(worker->db, worker->app->jobs, worker->owner);
		done += n > 0 ? n : 0;
	}
	if (n >= 0)
		work_count_write(worker->db, stopped(worker, 0));
	return n < 0 ? -1 : done;
}

/* The round with its lease and memory given back, also when memory runs out in it. */
static int
round_guarded(struct worker *worker)
{
	volatile int done = 0;

	worker->db = NULL;
	arena_recover(worker->arena, &worker->no_memory);
	if (setjmp(worker->no_memory) == 0)
		done = round_of_work(worker);
	else
		log_event(
		    LOG_LEVEL_ERROR, "no_memory", LOG_INT("bytes", arena_used(worker->arena)));
	arena_recover(worker->arena, NULL);
	if (worker->db)
		db_release(worker->db);
	arena_reset(worker->arena);
	return done;
}

int
work_run(const struct app *app)
{
	struct arena *names = arena_new((size_t)64 * 1024);
	struct worker worker = {
		.app = app, .arena = arena_new(ARENA_LIMIT), .signals = stop_signals_fd()
	};
	struct id id = id_new();
	int done = 0;

	working = app;
	if (!names || !worker.arena || worker.signals < 0) {
		log_event(LOG_LEVEL_FATAL, "work_failed");
		arena_free(names);
		arena_free(worker.arena);
		return 1;
	}
	worker.owner =
	    text_printf(names, "%s-%ld-%.8s", app->name, (long)getpid(), id_text(names, id));
	log_event(LOG_LEVEL_INFO, "working", LOG_TEXT("owner", worker.owner));
	while (!stopped(&worker, done > 0 ? 0 : done < 0 ? AWAY_MS : IDLE_MS))
		done = round_guarded(&worker);
	(void)round_guarded(&worker); /* writes what was counted, begins nothing */
	log_event(LOG_LEVEL_INFO, "stopped");
	helper_stop();
	db_stop();
	(void)close(worker.signals);
	arena_free(worker.arena);
	arena_free(names);
	return 0;
}
