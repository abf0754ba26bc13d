/*
 * db_tx_test.c: transactions under conflicts, killed connections, lost answers and a server
 * that is away.
 */
#include "db_proxy.h"

static const struct stmt ADD = { "INSERT INTO effect (name) VALUES (?)" };
static const struct stmt COUNT = { "SELECT COUNT(*) FROM effect WHERE name = ?" };
static const struct stmt OWN_ID = { "SELECT CONNECTION_ID()" };
static const struct stmt RAISE = { "UPDATE account SET n = n + 1 WHERE id = ?" };
static const struct stmt READ_N = { "SELECT n FROM account WHERE id = ?" };
static const struct stmt SET_N = { "UPDATE account SET n = ? WHERE id = ?" };

static int
open_all(void **state)
{
	(void)state;
	if (!server_open("keptword_test_tx", "6"))
		return 1;
	server_do(
	    "CREATE TABLE effect (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(60))");
	server_do("CREATE TABLE account (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)");
	server_do("INSERT INTO account SELECT seq, 0 FROM seq_1_to_20");
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

/* A run that can be told what to do at its first times. */
struct plan {
	const char *name;
	int runs;
	int settles;
	int kill_at_start; /* so many runs lose their connection before the write */
	int kill_at_end;   /* ... between the last statement and COMMIT */
	bool fail;
	enum status answer;
};

static void
kill_connection(int64_t id)
{
	char text[120];

	(void)snprintf(text, sizeof text, "KILL %ld", (long)id);
	server_do(text);
	(void)snprintf(text, sizeof text,
	    "SELECT COUNT(*) FROM information_schema.processlist WHERE id = %ld", (long)id);
	while (server_number(text) > 0)
		proxy_sleep(5);
	proxy_sleep(50); /* the proxy passes the end on */
}

static enum status
work(struct db *db, void *arg)
{
	struct plan *plan = arg;
	int64_t id = db_int(db, &OWN_ID, 0);

	plan->runs++;
	if (plan->runs <= plan->kill_at_start)
		kill_connection(id);
	(void)db_write(db, &ADD, v_text(plan->name));
	if (plan->fail)
		db_fail(db, E_LIMIT);
	if (plan->runs <= plan->kill_at_end)
		kill_connection(id);
	return plan->answer;
}

static enum status
settle(struct db *db, void *arg)
{
	struct plan *plan = arg;

	plan->settles++;
	int64_t n = db_int(db, &COUNT, -1, v_text(plan->name));
	return db_status(db) != OK ? db_status(db) : n > 0 ? OK : E_ABSENT;
}

static int64_t
effects(const char *name)
{
	char text[120];

	(void)snprintf(
	    text, sizeof text, "SELECT COUNT(*) FROM effect WHERE name = '%s'", name);
	return server_number(text);
}

static void
commit_and_roll_back(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct plan good = { .name = "good" };
	struct plan refused = { .name = "refused", .answer = E_INPUT };
	struct plan failed = { .name = "failed", .fail = true };

	assert_int_equal(db_transact(db, work, NULL, &good), OK);
	assert_int_equal(effects("good"), 1);
	assert_int_equal(db_transact(db, work, NULL, &refused), E_INPUT);
	assert_int_equal(effects("refused"), 0);
	assert_int_equal(db_transact(db, work, NULL, &failed), E_LIMIT);
	assert_int_equal(effects("failed"), 0);
	assert_int_equal(good.runs + refused.runs + failed.runs, 3);
	assert_int_equal(db_status(db), OK);
	assert_false(db_in_transaction(db));
}

static enum status
nested(struct db *db, void *arg)
{
	return db_transact(db, work, NULL, arg);
}

static void
transactions_do_not_nest(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct plan plan = { .name = "nested" };

	assert_int_equal(db_transact(db, nested, NULL, &plan), E_FAULT);
	assert_int_equal(plan.runs, 0);
}

static enum status
write_and_run_out(struct db *db, void *arg)
{
	static const struct stmt BIG = { "SELECT REPEAT('x', 4000000)" };

	(void)db_write(db, &ADD, v_text("left open"));
	(void)db_read(db, &BIG);
	*(bool *)arg = true;
	return OK;
}

/* As a jump out of memory leaves it. */
static void
open_transaction_ends_with_the_lease(void **state)
{
	(void)state;
	static bool reached;
	struct arena *arena = arena_new(1 << 20);
	jmp_buf point;

	if (setjmp(point) == 0) {
		arena_recover(arena, &point);
		assert_int_equal(
		    db_transact(db_lease(arena, DB_WEB), write_and_run_out, NULL, &reached),
		    OK);
	}
	arena_free(arena);
	assert_false(reached);
	assert_int_equal(effects("left open"), 0);
	/* Its row lock is gone, too. */
	server_do("DELETE FROM effect WHERE name = 'left open'");
}

/* ---- Conflicts ---- */

struct crossing {
	int64_t first, second;
	pthread_barrier_t *both_have_one;
	int runs;
	enum status status;
};

static enum status
cross(struct db *db, void *arg)
{
	struct crossing *crossing = arg;

	crossing->runs++;
	(void)db_write(db, &RAISE, v_int(crossing->first));
	if (crossing->runs == 1)
		(void)pthread_barrier_wait(crossing->both_have_one);
	(void)db_write(db, &RAISE, v_int(crossing->second));
	return OK;
}

static void *
cross_thread(void *arg)
{
	struct crossing *crossing = arg;
	struct arena *arena = arena_new(1 << 20);

	crossing->status = db_transact(db_lease(arena, DB_WEB), cross, NULL, crossing);
	arena_free(arena);
	return NULL;
}

static void
deadlock_is_run_again(void **state)
{
	(void)state;
	pthread_barrier_t barrier;
	pthread_t other;

	pthread_barrier_init(&barrier, NULL, 2);
	struct crossing a = { .first = 1, .second = 2, .both_have_one = &barrier };
	struct crossing b = { .first = 2, .second = 1, .both_have_one = &barrier };
	assert_int_equal(pthread_create(&other, NULL, cross_thread, &b), 0);
	(void)cross_thread(&a);
	pthread_join(other, NULL);
	pthread_barrier_destroy(&barrier);
	assert_int_equal(a.status, OK);
	assert_int_equal(b.status, OK);
	assert_int_equal(a.runs + b.runs, 3);
	assert_int_equal(server_number("SELECT n FROM account WHERE id = 1"), 2);
	assert_int_equal(server_number("SELECT n FROM account WHERE id = 2"), 2);
}

static enum status
raise_3(struct db *db, void *arg)
{
	(*(int *)arg)++;
	(void)db_write(db, &ADD, v_text("waited"));
	(void)db_write(db, &RAISE, v_int(3));
	return OK;
}

static void
row_lock_that_is_held(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	int runs = 0;
	int64_t began = time_ticks();

	server_do("BEGIN");
	server_do("SELECT n FROM account WHERE id = 3 FOR UPDATE");
	assert_int_equal(db_transact(db, raise_3, NULL, &runs), E_CONFLICT);
	assert_int_equal(db_error(db), 1205);
	assert_in_range(time_ticks() - began, 1 * SECOND, 4 * SECOND);
	assert_true(runs > 1);
	server_do("COMMIT");
	/* 1205 undoes one statement only; the rest must be gone as well. */
	assert_int_equal(effects("waited"), 0);
	assert_int_equal(db_transact(db, raise_3, NULL, &runs), OK);
	assert_int_equal(effects("waited"), 1);
	assert_int_equal(server_number("SELECT n FROM account WHERE id = 3"), 1);
}

static enum status
read_and_set(struct db *db, void *arg)
{
	int *runs = arg;
	int64_t n = db_int(db, &READ_N, -1, v_int(4));

	if (++*runs == 1)
		server_do("UPDATE account SET n = n + 10 WHERE id = 4");
	(void)db_write(db, &SET_N, v_int(n + 1), v_int(4));
	return OK;
}

static void
row_changed_since_it_was_read(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	int runs = 0;

	assert_int_equal(db_transact(db, read_and_set, NULL, &runs), OK);
	assert_int_equal(runs, 2);
	assert_int_equal(server_number("SELECT n FROM account WHERE id = 4"), 11);
}

/* ---- Lost connections ---- */

static void
killed_before(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct plan plan = { .name = "killed before" };

	kill_connection(db_int(db, &OWN_ID, 0));
	assert_int_equal(db_transact(db, work, NULL, &plan), OK);
	assert_int_equal(plan.runs, 1);
	assert_int_equal(effects("killed before"), 1);
}

static void
killed_inside(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct plan plan = { .name = "killed inside", .kill_at_start = 1 };
	struct plan twice = { .name = "killed twice", .kill_at_start = 2 };

	assert_int_equal(db_transact(db, work, NULL, &plan), OK);
	assert_int_equal(plan.runs, 2);
	assert_int_equal(effects("killed inside"), 1);
	assert_int_equal(db_transact(db, work, NULL, &twice), E_AWAY);
	assert_int_equal(twice.runs, 2);
	assert_int_equal(effects("killed twice"), 0);
	assert_int_equal(db_status(db), OK);
}

static void
killed_at_commit(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct plan plan = { .name = "at commit", .kill_at_end = 1 };
	struct plan unknown = { .name = "unknown", .kill_at_end = 1 };

	assert_int_equal(db_transact(db, work, settle, &plan), OK);
	assert_int_equal(plan.settles, 1);
	assert_int_equal(plan.runs, 2);
	assert_int_equal(effects("at commit"), 1);
	assert_int_equal(db_transact(db, work, NULL, &unknown), E_AWAY);
	assert_int_equal(unknown.runs, 1);
	assert_int_equal(effects("unknown"), 0);
}

static void
answer_to_commit_lost(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct plan after = { .name = "cut after" };
	struct plan before = { .name = "cut before" };
	struct plan blind = { .name = "cut blind" };
	int cuts = atomic_load(&proxy.cuts);

	atomic_store(&proxy.mode, PROXY_CUT_AFTER);
	assert_int_equal(db_transact(db, work, settle, &after), OK);
	assert_int_equal(after.runs, 1);
	assert_int_equal(after.settles, 1);
	assert_int_equal(effects("cut after"), 1);
	atomic_store(&proxy.mode, PROXY_CUT_BEFORE);
	assert_int_equal(db_transact(db, work, settle, &before), OK);
	assert_int_equal(before.runs, 2);
	assert_int_equal(before.settles, 1);
	assert_int_equal(effects("cut before"), 1);
	atomic_store(&proxy.mode, PROXY_CUT_AFTER);
	assert_int_equal(db_transact(db, work, NULL, &blind), E_AWAY);
	assert_int_equal(effects("cut blind"), 1);
	assert_int_equal(atomic_load(&proxy.cuts), cuts + 3);
}

/* ---- A server that is away ---- */

static void
server_away_and_back(void **state)
{
	struct plan plan = { .name = "away" };
	struct db *db = db_lease(*state, DB_WEB);

	assert_int_equal(db_ping(), OK);
	proxy_down();
	int64_t began = time_ticks();
	(void)db_read(db, &OWN_ID);
	assert_int_equal(db_status(db), E_AWAY);
	assert_int_not_equal(db_ping(), OK);
	for (int i = 0; i < 50; i++) {
		struct db *next = db_lease(*state, DB_WEB);
		assert_int_equal(db_status(next), E_AWAY);
		assert_int_equal(db_transact(next, work, NULL, &plan), E_AWAY);
		db_release(next);
	}
	assert_true(time_ticks() - began < SECOND / 2);
	proxy_sleep(1200);
	struct db *still = db_lease(*state, DB_WEB);
	assert_int_equal(db_status(still), E_AWAY);
	proxy_up();
	began = time_ticks();
	for (;;) {
		struct db *back = db_lease(*state, DB_WEB);
		enum status status = db_status(back);
		db_release(back);
		if (status == OK)
			break;
		assert_true(time_ticks() - began < SECOND);
		proxy_sleep(10);
	}
	/* The lease that failed goes on when asked to. */
	db_recover(db);
	assert_true(db_int(db, &OWN_ID, 0) > 0);
	assert_int_equal(plan.runs, 0);
}

static void
server_that_stays_silent(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);

	assert_true(db_int(db, &OWN_ID, 0) > 0);
	atomic_store(&proxy.mode, PROXY_SILENT);
	int64_t began = time_ticks();
	assert_int_equal(db_ping(), E_AWAY);
	assert_in_range(time_ticks() - began, SECOND / 2, SECOND * 3 / 2);
	began = time_ticks();
	(void)db_read(db, &OWN_ID);
	assert_int_equal(db_status(db), E_AWAY);
	assert_in_range(time_ticks() - began, 4 * SECOND, 6 * SECOND);
	/* Known now: nobody else waits for it. */
	began = time_ticks();
	assert_int_equal(db_status(db_lease(*state, DB_WEB)), E_AWAY);
	assert_true(time_ticks() - began < SECOND / 5);
	proxy_sleep(100);
	began = time_ticks();
	assert_int_equal(db_status(db_lease(*state, DB_WEB)), E_AWAY);
	assert_true(time_ticks() - began < SECOND * 3 / 2);
	atomic_store(&proxy.mode, PROXY_PASS);
	proxy_sleep(600);
	struct db *back = db_lease(*state, DB_WEB);
	assert_int_equal(db_status(back), OK);
	assert_true(db_int(back, &OWN_ID, 0) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(commit_and_roll_back),
		UNIT_TEST(transactions_do_not_nest),
		UNIT_TEST(open_transaction_ends_with_the_lease),
		UNIT_TEST(deadlock_is_run_again),
		UNIT_TEST(row_lock_that_is_held),
		UNIT_TEST(row_changed_since_it_was_read),
		UNIT_TEST(killed_before),
		UNIT_TEST(killed_inside),
		UNIT_TEST(killed_at_commit),
		UNIT_TEST(answer_to_commit_lost),
		UNIT_TEST(server_away_and_back),
		UNIT_TEST(server_that_stays_silent),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
