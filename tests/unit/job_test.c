/*
 * job_test.c: jobs are claimed, resumed, given up; no step has its effect twice.
 */
#include "db_proxy.h"

#include "data/crypto.h"
#include "data/job.h"

static const struct stmt ADD = { "INSERT INTO effect (name) VALUES (?)" };
static int
open_all(void **state)
{
	(void)state;
	if (!server_open("keptword_test_job", "10") || crypto_start() != OK)
		return 1;
	server_do(
	    "CREATE TABLE effect (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(200))");
	proxy_start();
	return 0;
}

static int
close_all(void **state)
{
	(void)state;
	proxy_down();
	server_close();
	return 0;
}

static struct {
	int64_t stop_after; /* steps fail behind this; -1: never */
	enum status failure;
	bool steal; /* somebody else claims it in the middle of a step */
	int runs;
} count_up;

static enum status
count_one(struct db *db, void *arg)
{
	struct job *job = arg;

	(void)db_write(db, &ADD,
	    v_text(
		text_printf(db_arena(db), "job %ld step %ld", (long)job->id, (long)job->done)));
	if (count_up.steal) {
		count_up.steal = false;
		server_do(
		    "UPDATE job SET owner = 'another', lease_until = lease_until + INTERVAL "
		    "1 MINUTE WHERE state = 'running'");
	}
	job_progress(db, job, job->done + 1, 5);
	return OK;
}

static enum status
count_step(struct db *db, struct job *job)
{
	struct job fresh = *job;

	count_up.runs++;
	if (job->done == 5)
		return E_ABSENT;
	if (count_up.stop_after >= 0 && job->done >= count_up.stop_after)
		return count_up.failure;
	enum status status = db_transact(db, count_one, NULL, &fresh);
	if (status == OK)
		*job = fresh;
	return status;
}

static int timer_runs;

static enum status
timer_step(struct db *db, struct job *job)
{
	assert_int_equal(job->id, 0);
	job_progress(db, job, 1, 1);
	timer_runs++;
	return timer_runs % 3 == 0 ? E_ABSENT : OK;
}

static const struct job_kind KINDS[] = {
	{ "count", count_step, 0 },
	{ 0 },
};
static const struct job_kind TIMERS[] = {
	{ "timer", timer_step, 3600 },
	{ 0 },
};

struct adding {
	const char *key;
	int64_t id;
};

static enum status
add_job(struct db *db, void *arg)
{
	struct adding *adding = arg;

	adding->id = job_add(db, "count", 11, 12, "{\"x\":true}", adding->key);
	return db_status(db);
}

static int64_t
add(struct db *db, const char *key)
{
	struct adding adding = { .key = key };

	count_up.stop_after = -1;
	count_up.runs = 0;
	assert_int_equal(db_transact(db, add_job, NULL, &adding), OK);
	assert_true(adding.id > 0);
	return adding.id;
}

static int64_t
job_number(const char *what, int64_t id)
{
	char text[200];

	(void)snprintf(text, sizeof text, "SELECT %s FROM job WHERE id = %ld", what, (long)id);
	return server_number(text);
}

static int64_t
steps_of(int64_t id)
{
	char text[120];

	(void)snprintf(text, sizeof text,
	    "SELECT COUNT(*) * 100 + COUNT(DISTINCT name) FROM effect WHERE name LIKE 'job %ld "
	    "%%'",
	    (long)id);
	return server_number(text);
}

static void
job_runs_to_its_end(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, "k1");

	assert_int_equal(add(db, "k1"), id);
	assert_int_not_equal(add(db, "k2"), id);
	server_do("DELETE FROM job WHERE job_key = 'k2'");
	assert_int_equal(job_work(db, KINDS, "w"), 6);
	assert_int_equal(steps_of(id), 505);
	assert_int_equal(
	    job_number("state = 'done' AND done = 5 AND total = 5 AND owner IS NULL AND "
		       "finished_at IS NOT NULL AND reason IS NULL",
		id),
	    1);
	assert_int_equal(job_work(db, KINDS, "w"), 0);
	/* A job that is done keeps its key. */
	assert_int_equal(add(db, "k1"), id);
	assert_int_equal(job_work(db, KINDS, "w"), 0);
}

static void
job_without_a_key(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	int64_t one = add(db, NULL);
	int64_t two = add(db, NULL);

	assert_int_not_equal(one, two);
	assert_int_equal(job_work(db, KINDS, "w"), 6);
	assert_int_equal(job_work(db, KINDS, "w"), 6);
	assert_int_equal(steps_of(one), 505);
	assert_int_equal(steps_of(two), 505);
}

static void
job_that_lost_its_lease(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, NULL);

	count_up.steal = true;
	assert_int_equal(job_work(db, KINDS, "w"), 1);
	/* The step changed nothing, nor did its failure touch the other's claim. */
	assert_int_equal(steps_of(id), 0);
	assert_int_equal(
	    job_number("state = 'running' AND owner = 'another' AND done = 0", id), 1);
	assert_int_equal(job_work(db, KINDS, "w"), 0);
	/* The other one died; its lease ends. */
	server_do("UPDATE job SET lease_until = '2020-01-01' WHERE owner = 'another'");
	assert_int_equal(job_work(db, KINDS, "w"), 6);
	assert_int_equal(steps_of(id), 505);
}

static void
job_that_is_resumed(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, NULL);

	count_up.stop_after = 3;
	count_up.failure = E_BUSY;
	assert_int_equal(job_work(db, KINDS, "w"), 4);
	assert_int_equal(
	    job_number("state = 'queued' AND done = 3 AND reason = 'busy'", id), 1);
	count_up.stop_after = -1;
	assert_int_equal(job_work(db, KINDS, "w"), 0); /* not before its time */
	server_do("UPDATE job SET not_before = '2020-01-01'");
	/* A worker that dies: claimed, nothing more. */
	server_do(text_printf(*state,
	    "UPDATE job SET state = 'running', owner = 'dead', attempts = 1, "
	    "lease_until = '2020-01-01' WHERE id = %ld",
	    (long)id));
	assert_int_equal(job_work(db, KINDS, "w"), 3);
	assert_int_equal(steps_of(id), 505);
	assert_int_equal(job_number("state = 'done'", id), 1);
}

static void
job_that_never_succeeds(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, NULL);

	count_up.stop_after = 0;
	count_up.failure = E_LIMIT;
	for (int i = 1; i <= 5; i++) {
		assert_int_equal(job_number("state = 'failed'", id), 0);
		assert_int_equal(job_work(db, KINDS, "w"), 1);
		assert_int_equal(job_number("attempts", id), i);
		server_do("UPDATE job SET not_before = '2020-01-01'");
	}
	assert_int_equal(job_number("state = 'failed' AND reason = 'limit'", id), 1);
	assert_int_equal(job_work(db, KINDS, "w"), 0);
	/* One that kills its worker each time is given up as well. */
	id = add(db, NULL);
	server_do(text_printf(*state, "UPDATE job SET attempts = 5 WHERE id = %ld", (long)id));
	assert_int_equal(job_work(db, KINDS, "w"), 0);
	assert_int_equal(count_up.runs, 0);
	assert_int_equal(job_number("state = 'failed' AND reason = 'worker_ended'", id), 1);
}

static enum status
progress_outside(struct db *db, struct job *job)
{
	job_progress(db, job, 1, 1);
	return OK;
}

static void
progress_needs_a_transaction(void **state)
{
	static const struct job_kind kinds[] = { { "count", progress_outside, 0 }, { 0 } };
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, NULL);

	assert_int_equal(job_work(db, kinds, "w"), 1);
	assert_int_equal(
	    job_number("state = 'queued' AND reason = 'fault' AND done = 0", id), 1);
	server_do("DELETE FROM job WHERE state = 'queued'");
}

static void
database_away_in_a_job(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, NULL);

	assert_true(job_work(db, KINDS, "w") > 0);
	id = add(db, NULL);
	proxy_down();
	assert_int_equal(job_work(db, KINDS, "w"), -1);
	proxy_up();
	proxy_sleep(600);
	db_release(db);
	db = db_lease(*state, DB_JOB);
	assert_int_equal(job_work(db, KINDS, "w"), 6);
	assert_int_equal(steps_of(id), 505);
}

static const struct stmt ANY = { "SELECT 1" };

static enum status
away_step(struct db *db, struct job *job)
{
	(void)job;
	proxy_down();
	(void)db_read(db, &ANY);
	return db_status(db);
}

static void
claim_survives_an_outage(void **state)
{
	static const struct job_kind kinds[] = { { "count", away_step, 0 }, { 0 } };
	struct db *db = db_lease(*state, DB_JOB);
	int64_t id = add(db, NULL);

	assert_int_equal(job_work(db, kinds, "w"), -1);
	proxy_up();
	proxy_sleep(600);
	assert_int_equal(job_number("state = 'running'", id), 1);
	db_release(db);
	db = db_lease(*state, DB_JOB);
	/* Given up at once, not after the lease. */
	assert_int_equal(job_work(db, KINDS, "w"), 6);
	assert_int_equal(steps_of(id), 505);
}

static void
kinds_at_an_interval(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);

	assert_int_equal(job_work(db, TIMERS, "w"), 3);
	assert_int_equal(job_work(db, TIMERS, "w"), 0);
	assert_int_equal(timer_runs, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(job_runs_to_its_end),
		UNIT_TEST(job_without_a_key),
		UNIT_TEST(job_that_lost_its_lease),
		UNIT_TEST(job_that_is_resumed),
		UNIT_TEST(job_that_never_succeeds),
		UNIT_TEST(progress_needs_a_transaction),
		UNIT_TEST(database_away_in_a_job),
		UNIT_TEST(claim_survives_an_outage),
		UNIT_TEST(kinds_at_an_interval),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
