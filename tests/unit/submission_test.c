/*
 * submission_test.c: a form takes effect once; audit rows stand with what they record.
 */
#include "db_proxy.h"

#include "data/audit.h"
#include "data/submission.h"

static const struct stmt ADD = { "INSERT INTO effect (name) VALUES (?)" };

static int
open_all(void **state)
{
	(void)state;
	if (!server_open("keptword_test_submission", "10") || crypto_start() != OK)
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(the_same_form_twice),
		UNIT_TEST(refused_form_can_be_sent_again),
		UNIT_TEST(eight_at_once),
		UNIT_TEST(answer_to_its_commit_lost),
		UNIT_TEST(undecided_elsewhere),
		UNIT_TEST(audit_rows),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
