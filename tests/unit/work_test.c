/*
 * work_test.c: what must happen once: submissions, audit rows, events, jobs.
 */
#include "db_proxy.h"

#include "data/audit.h"
#include "data/event.h"
#include "data/job.h"
#include "data/submission.h"

static const struct stmt ADD = { "INSERT INTO effect (name) VALUES (?)" };
static const struct stmt PENDING = {
	"SELECT e.id, e.kind, e.person_id, e.subject_id, e.detail, e.at FROM event_public e "
	"LEFT JOIN event_done d ON d.source = 'self' AND d.event_id = e.id "
	"WHERE d.event_id IS NULL ORDER BY e.id LIMIT 100",
};

static int
open_all(void **state)
{
	(void)state;
	if (!server_open("keptword_test_work", "10") || crypto_start() != OK)
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

static int64_t
effects(const char *name)
{
	char text[160];

	(void)snprintf(
	    text, sizeof text, "SELECT COUNT(*) FROM effect WHERE name = '%s'", name);
	return server_number(text);
}

/* ---- Submissions ---- */

struct form {
	const char *name;
	enum status answer;
	atomic_int runs;
};

static enum status
submit(struct db *db, struct receipt *receipt, void *arg)
{
	struct form *form = arg;

	atomic_fetch_add(&form->runs, 1);
	(void)db_write(db, &ADD, v_text(form->name));
	receipt->location = text_printf(db_arena(db), "/receipt/%ld", (long)db_last_id(db));
	return form->answer;
}

static struct submission
submission_of(const char *body)
{
	struct submission submission = { .id = id_new(), .person = 7, .route = "/things/new" };

	crypto_sha256(bytes_of(body), submission.body_hash);
	return submission;
}

static void
the_same_form_twice(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct form form = { .name = "twice" };
	struct submission submission = submission_of("a=1");
	struct receipt first = { 0 };
	struct receipt second = { 0 };

	assert_int_equal(submission_run(db, &submission, submit, &form, &first), OK);
	assert_false(first.repeated);
	assert_int_equal(submission_run(db, &submission, submit, &form, &second), OK);
	assert_true(second.repeated);
	assert_string_equal(second.location, first.location);
	assert_int_equal(effects("twice"), 1);
	/* Another body, another person, another form. */
	crypto_sha256(bytes_of("a=2"), submission.body_hash);
	assert_int_equal(submission_run(db, &submission, submit, &form, &second), E_CONFLICT);
	assert_int_equal(effects("twice"), 1);
	submission.person = 8;
	assert_int_equal(submission_run(db, &submission, submit, &form, &second), OK);
	submission.route = "/things/other";
	assert_int_equal(submission_run(db, &submission, submit, &form, &second), OK);
	assert_false(second.repeated);
	assert_int_equal(effects("twice"), 3);
}

static void
refused_form_can_be_sent_again(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct form form = { .name = "refused", .answer = E_INPUT };
	struct submission submission = submission_of("b=1");
	struct receipt receipt = { .location = "untouched" };

	assert_int_equal(submission_run(db, &submission, submit, &form, &receipt), E_INPUT);
	assert_string_equal(receipt.location, "untouched");
	assert_int_equal(effects("refused"), 0);
	form.answer = OK;
	crypto_sha256(bytes_of("b=2"), submission.body_hash);
	assert_int_equal(submission_run(db, &submission, submit, &form, &receipt), OK);
	assert_int_equal(effects("refused"), 1);
}

struct racer {
	const struct submission *submission;
	struct form *form;
	pthread_barrier_t *start;
	enum status status;
	bool repeated;
	char location[60];
};

static void *
race(void *arg)
{
	struct racer *racer = arg;
	struct arena *arena = arena_new(1 << 20);
	struct db *db = db_lease(arena, DB_WEB);
	struct receipt receipt = { 0 };

	(void)pthread_barrier_wait(racer->start);
	racer->status = submission_run(db, racer->submission, submit, racer->form, &receipt);
	racer->repeated = receipt.repeated;
	(void)snprintf(racer->location, sizeof racer->location, "%s",
	    receipt.location != NULL ? receipt.location : "");
	arena_free(arena);
	return NULL;
}

static void
eight_at_once(void **state)
{
	enum {
		N = 8
	};

	(void)state;
	for (int round = 0; round < 10; round++) {
		struct form form = { .name = text_printf(*state, "race %d", round) };
		struct submission submission = submission_of("c=1");
		struct racer racers[N];
		pthread_t threads[N];
		pthread_barrier_t start;
		int first = 0;

		pthread_barrier_init(&start, NULL, N);
		for (int i = 0; i < N; i++) {
			racers[i] = (struct racer){
				.submission = &submission, .form = &form, .start = &start
			};
			assert_int_equal(
			    pthread_create(&threads[i], NULL, race, &racers[i]), 0);
		}
		for (int i = 0; i < N; i++)
			pthread_join(threads[i], NULL);
		pthread_barrier_destroy(&start);
		for (int i = 0; i < N; i++) {
			assert_int_equal(racers[i].status, OK);
			assert_string_equal(racers[i].location, racers[0].location);
			first += racers[i].repeated ? 0 : 1;
		}
		assert_int_equal(first, 1);
		assert_int_equal(effects(form.name), 1);
	}
}

static void
answer_to_its_commit_lost(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct form after = { .name = "cut after" };
	struct form before = { .name = "cut before" };
	struct submission one = submission_of("d=1");
	struct submission two = submission_of("d=2");
	struct receipt receipt = { 0 };

	atomic_store(&proxy.mode, PROXY_CUT_AFTER);
	assert_int_equal(submission_run(db, &one, submit, &after, &receipt), OK);
	assert_int_equal(strncmp(receipt.location, "/receipt/", 9), 0);
	assert_int_equal(atomic_load(&after.runs), 1);
	assert_int_equal(effects("cut after"), 1);
	atomic_store(&proxy.mode, PROXY_CUT_BEFORE);
	assert_int_equal(submission_run(db, &two, submit, &before, &receipt), OK);
	assert_int_equal(atomic_load(&before.runs), 2);
	assert_int_equal(effects("cut before"), 1);
}

static void
undecided_elsewhere(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct form form = { .name = "undecided" };
	struct submission submission = submission_of("e=1");
	struct receipt receipt = { 0 };
	int64_t began = time_ticks();

	server_do("BEGIN");
	server_do(text_printf(*state,
	    "INSERT INTO submission VALUES (7, '/things/new', X'%s', X'%s', '', "
	    "'2026-01-01')",
	    hex_text(*state, (struct bytes){ submission.id.b, ID_BYTES }),
	    hex_text(*state, (struct bytes){ submission.body_hash, SHA256_BYTES })));
	assert_int_equal(submission_run(db, &submission, submit, &form, &receipt), E_BUSY);
	assert_true(time_ticks() - began < 5 * SECOND);
	server_do("ROLLBACK");
	assert_int_equal(submission_run(db, &submission, submit, &form, &receipt), OK);
	assert_int_equal(effects("undecided"), 1);
}

static void
submissions_expire(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);

	server_do("UPDATE submission SET at = '2020-01-01' WHERE person_id = 8");
	int64_t kept = server_number("SELECT COUNT(*) FROM submission WHERE person_id <> 8");
	assert_true(server_number("SELECT COUNT(*) FROM submission WHERE person_id = 8") > 0);
	assert_int_equal(submission_expire(db, NULL), E_ABSENT);
	assert_int_equal(server_number("SELECT COUNT(*) FROM submission"), kept);
}

/* ---- Audit ---- */

static enum status
audited(struct db *db, void *arg)
{
	audit_add(
	    db, &(struct audit){
		    .actor = 7, .action = "thing.made", .object = "thing:1", .request = "r1" });
	return *(enum status *)arg;
}

static void
audit_rows(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	enum status answer = OK;

	assert_int_equal(db_transact(db, audited, NULL, &answer), OK);
	answer = E_INPUT;
	assert_int_equal(db_transact(db, audited, NULL, &answer), E_INPUT);
	assert_int_equal(server_number("SELECT COUNT(*) FROM audit WHERE actor_id = 7 AND "
				       "action = 'thing.made' AND object = 'thing:1' AND "
				       "request_id = 'r1' AND reason IS NULL AND "
				       "at BETWEEN UTC_TIMESTAMP() - INTERVAL 60 SECOND "
				       "AND UTC_TIMESTAMP() + INTERVAL 60 SECOND"),
	    1);
}

/* ---- Events ---- */

struct raised {
	const char *kind;
	enum status answer;
};

static enum status
raise_one(struct db *db, void *arg)
{
	const struct raised *raised = arg;

	event_raise(db, raised->kind, 3, 4, "{\"a\":1}");
	return raised->answer;
}

static void
raise_kind(struct db *db, const char *kind, enum status answer)
{
	struct raised raised = { kind, answer };

	assert_int_equal(db_transact(db, raise_one, NULL, &raised), answer);
}

static bool failing;

static enum status
take(struct db *db, const struct event *event)
{
	assert_true(db_in_transaction(db));
	assert_int_equal(event->person, 3);
	assert_int_equal(event->subject, 4);
	assert_string_equal(event->detail, "{\"a\":1}");
	(void)db_write(db, &ADD, v_text(event->kind));
	if (text_is(event->kind, "unusable"))
		return E_INPUT;
	return text_is(event->kind, "failing") && failing ? E_BUSY : OK;
}

static const struct consumer CONSUMER = { "self", &PENDING, take };

static void
events_are_taken_once(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);

	raise_kind(db, "rolled.back", E_INPUT);
	raise_kind(db, "first", OK);
	assert_int_equal(event_consume(db, &CONSUMER), 1);
	assert_int_equal(event_consume(db, &CONSUMER), 0);
	assert_int_equal(effects("first"), 1);
	assert_int_equal(effects("rolled.back"), 0);
}

static void
event_that_commits_late(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);

	server_do("BEGIN");
	server_do("INSERT INTO event (kind, person_id, subject_id, detail, at) "
		  "VALUES ('late', 3, 4, '{\"a\":1}', '2026-01-01')");
	int64_t late = server_number("SELECT LAST_INSERT_ID()");
	raise_kind(db, "early", OK);
	assert_true(server_number("SELECT MAX(id) FROM event") > late);
	assert_int_equal(event_consume(db, &CONSUMER), 1);
	assert_int_equal(effects("early"), 1);
	server_do("COMMIT");
	assert_int_equal(event_consume(db, &CONSUMER), 1);
	assert_int_equal(effects("late"), 1);
	assert_int_equal(event_consume(db, &CONSUMER), 0);
}

static void
events_that_cannot_be_used(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);

	failing = true;
	raise_kind(db, "unusable", OK);
	raise_kind(db, "failing", OK);
	raise_kind(db, "behind", OK);
	assert_int_equal(event_consume(db, &CONSUMER), 2);
	assert_int_equal(effects("unusable"), 0);
	assert_int_equal(effects("failing"), 0);
	assert_int_equal(effects("behind"), 1);
	assert_int_equal(event_consume(db, &CONSUMER), 0);
	failing = false;
	assert_int_equal(event_consume(db, &CONSUMER), 1);
	assert_int_equal(effects("failing"), 1);
}

static void *
consume_thread(void *arg)
{
	struct arena *arena = arena_new(1 << 22);
	struct db *db = db_lease(arena, DB_JOB);

	(void)pthread_barrier_wait(arg);
	for (int i = 0; i < 3; i++)
		(void)event_consume(db, &CONSUMER);
	arena_free(arena);
	return NULL;
}

static void
consumers_at_once(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);
	pthread_t threads[3];
	pthread_barrier_t start;

	for (int i = 0; i < 60; i++)
		raise_kind(db, text_printf(*state, "many.%d", i), OK);
	pthread_barrier_init(&start, NULL, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, consume_thread, &start), 0);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&start);
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM effect WHERE name LIKE 'many.%'"), 60);
	assert_int_equal(
	    server_number("SELECT COUNT(DISTINCT name) FROM effect WHERE name LIKE 'many.%'"),
	    60);
}

static void
event_with_its_answer_lost(void **state)
{
	struct db *db = db_lease(*state, DB_JOB);

	raise_kind(db, "lost.after", OK);
	atomic_store(&proxy.mode, PROXY_CUT_AFTER);
	assert_int_equal(event_consume(db, &CONSUMER), 1);
	assert_int_equal(effects("lost.after"), 1);
	raise_kind(db, "lost.before", OK);
	atomic_store(&proxy.mode, PROXY_CUT_BEFORE);
	assert_int_equal(event_consume(db, &CONSUMER), 1);
	assert_int_equal(effects("lost.before"), 1);
	assert_int_equal(event_consume(db, &CONSUMER), 0);
}

/* ---- Jobs ---- */

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

static enum status
away_step(struct db *db, struct job *job)
{
	(void)job;
	proxy_down();
	(void)db_read(db, &PENDING);
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
		UNIT_TEST(the_same_form_twice),
		UNIT_TEST(refused_form_can_be_sent_again),
		UNIT_TEST(eight_at_once),
		UNIT_TEST(answer_to_its_commit_lost),
		UNIT_TEST(undecided_elsewhere),
		UNIT_TEST(submissions_expire),
		UNIT_TEST(audit_rows),
		UNIT_TEST(events_are_taken_once),
		UNIT_TEST(event_that_commits_late),
		UNIT_TEST(events_that_cannot_be_used),
		UNIT_TEST(consumers_at_once),
		UNIT_TEST(event_with_its_answer_lost),
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
