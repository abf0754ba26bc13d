/*
 * event_test.c: events reach each consumer once, however late they commit.
 */
#include "db_proxy.h"

#include "data/event.h"

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
	if (!server_open("keptword_test_event", "10"))
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(events_are_taken_once),
		UNIT_TEST(event_that_commits_late),
		UNIT_TEST(events_that_cannot_be_used),
		UNIT_TEST(consumers_at_once),
		UNIT_TEST(event_with_its_answer_lost),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
