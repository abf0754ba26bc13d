/*
 * portal_second_factor_test.c: each step of time is taken once. One code after the other; and
 * while another process takes the step between our look at it and our taking it, on a server
 * that does not refuse that by itself (innodb_snapshot_isolation off): then the UPDATE alone
 * decides.
 */
#include "db_server.h"

#include "data/crypto.h"
#include "portal/second_factor.h"

enum {
	PERSON = 7
};
static const struct bytes SECRET = { (const unsigned char *)"12345678901234567890", 20 };
static char keys[] = "/tmp/kwunit-keys-XXXXXX";

static int
open_all(void **state)
{
	(void)state;
	if (!mkdtemp(keys))
		return 1;
	config_set(CONFIG_KEYS, keys);
	if (crypto_start() != OK || !server_open("keptword_test_factor", "2"))
		return 1;
	server_do(
	    "CREATE TABLE second_factor (person_id BIGINT PRIMARY KEY, secret VARBINARY(120)"
	    " NOT NULL, last_step BIGINT NOT NULL, created_at DATETIME(6) NOT NULL)");
	return 0;
}

static int
close_all(void **state)
{
	char path[80];

	(void)state;
	server_close();
	(void)snprintf(path, sizeof path, "%s/" SECOND_FACTOR_KEY ".key", keys);
	(void)unlink(path);
	(void)rmdir(keys);
	return 0;
}

static const char *
code_of(struct arena *arena, int64_t step)
{
	return text_printf(arena, "%06u", totp_code(SECRET, step));
}

static int64_t
last_step(void)
{
	return server_number("SELECT last_step FROM second_factor");
}

/* A fresh factor whose last step is long ago; the step that is now, and still is in five
 * seconds. */
static int64_t
fresh(struct db *db)
{
	while (time_now() % TOTP_STEP > TOTP_STEP - 5 * SECOND)
		(void)usleep(100000);
	second_factor_keep(db, PERSON, SECRET, 1);
	assert_int_equal(db_status(db), OK);
	return totp_step(time_now());
}

static void
one_after_the_other(void **state)
{
	struct arena *arena = *state;
	struct db *db = db_lease(arena, DB_WEB);
	int64_t now = fresh(db);

	assert_int_equal(second_factor_use(db, PERSON, code_of(arena, now)), TOTP_RIGHT);
	assert_int_equal(last_step(), now);
	assert_int_equal(second_factor_use(db, PERSON, code_of(arena, now)), TOTP_USED);
	assert_int_equal(second_factor_use(db, PERSON, code_of(arena, now - 1)), TOTP_USED);
	assert_int_equal(last_step(), now);
	assert_int_equal(second_factor_use(db, PERSON, code_of(arena, now + 1)), TOTP_RIGHT);
	assert_int_equal(last_step(), now + 1);
}

/* What another process does to the step behind our back, and what we are told then. */
struct race {
	int64_t taken, ours; /* steps */
	enum totp_answer answer;
};

static enum status
overtaken(struct db *db, void *arg)
{
	static const struct stmt LOOK = { "SELECT last_step FROM second_factor" };
	struct race *race = arg;
	char text[80];

	/* From here on this transaction sees what stands there now. */
	assert_int_equal(db_int(db, &LOOK, 0), 1);
	(void)snprintf(text, sizeof text, "UPDATE second_factor SET last_step = %lld",
	    (long long)race->taken);
	server_do(text);
	assert_int_equal(db_int(db, &LOOK, 0), 1);
	race->answer = second_factor_use(db, PERSON, code_of(db_arena(db), race->ours));
	return OK;
}

static void
by_another_process(void **state)
{
	static const struct stmt ALLOW = { "SET SESSION innodb_snapshot_isolation = OFF" };
	struct arena *arena = *state;
	struct db *db = db_lease(arena, DB_WEB);

	(void)db_write(db, &ALLOW);
	for (int64_t later = 0; later <= 1; later++) {
		int64_t now = fresh(db);
		struct race race = { now + later, now, TOTP_WRONG };
		assert_int_equal(db_transact(db, overtaken, NULL, &race), OK);
		assert_int_equal(race.answer, TOTP_USED);
		assert_int_equal(last_step(), now + later);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { UNIT_TEST(one_after_the_other),
		UNIT_TEST(by_another_process) };

	return cmocka_run_group_tests(tests, open_all, close_all);
}
