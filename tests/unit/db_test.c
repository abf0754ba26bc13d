/*
 * db_test.c: the pool, statements, values and rows against a real server.
 */
#include "db_server.h"

#include "data/crypto.h"

#include <time.h>

static const struct stmt THING_ADD = {
	"INSERT INTO thing (number, name, note, raw, born, seen) VALUES (?, ?, ?, ?, ?, ?)",
};
static const struct stmt THING_READ = {
	"SELECT number, name, note, raw, born, seen FROM thing WHERE id = ?",
};
static const struct stmt THING_IDS = { "SELECT id FROM thing ORDER BY id" };
static const struct stmt THING_COUNT = { "SELECT COUNT(*) FROM thing WHERE name = ?" };
static const struct stmt THING_RENAME = {
	"UPDATE thing SET name = ?, version = version + 1 WHERE id = ? AND version = ?",
};
static const struct stmt THINGS_DELETE = { "DELETE FROM thing" };
static const struct stmt SERIES = { "SELECT seq, CONCAT('row ', seq) FROM seq_1_to_3000" };
static const struct stmt SETTINGS = {
	"SELECT @@sql_mode, @@time_zone, @@tx_isolation, @@innodb_snapshot_isolation, "
	"@@max_statement_time = 2, @@innodb_lock_wait_timeout, @@character_set_client, "
	"@@character_set_results, @@autocommit, @@max_statement_time = 0",
};
static const struct stmt SLOW = {
	"SELECT SUM(a.seq * b.seq) FROM seq_1_to_1000000 a JOIN seq_1_to_1000000 b",
};
static const struct stmt OWN_ID = { "SELECT CONNECTION_ID()" };

static int
open_all(void **state)
{
	(void)state;
	if (!server_open("keptword_test_db", "4"))
		return 1;
	server_do(
	    "CREATE TABLE thing (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, number BIGINT, "
	    "name VARCHAR(200), note MEDIUMTEXT, raw BLOB, born DATE, seen DATETIME(6), "
	    "version INT NOT NULL DEFAULT 1, UNIQUE KEY (name)) CHARSET=utf8mb4");
	server_do("CREATE PROCEDURE twice(IN p BIGINT) SELECT p * 2, 'twice'");
	server_do("CREATE PROCEDURE add_thing(IN p VARCHAR(200)) "
		  "INSERT INTO thing (name) VALUES (p)");
	return 0;
}

static int
close_all(void **state)
{
	(void)state;
	server_close();
	return 0;
}

static void
typed_values_come_back(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	char *longest = arena_alloc(*state, 100001);
	unsigned char raw[4] = { 0, 0xff, 0, 'x' };
	instant seen = INT64_C(1763867045) * SECOND + 123456; /* 2025-11-23T03:04:05.123456Z */

	memset(longest, 'q', 100000);
	memcpy(longest + 99996, "\xf0\x9f\x94\xa5", 4);
	assert_int_equal(
	    db_write(db, &THING_ADD, v_int(INT64_MIN), v_text("Zo\xc3\xab \xf0\x9f\x94\xa5"),
		v_text(longest), v_bytes(raw, 4), v_day(19782), v_instant(seen)),
	    1);
	struct rows *rows = db_read(db, &THING_READ, v_int(db_last_id(db)));
	assert_int_equal(rows_count(rows), 1);
	assert_true(rows_next(rows));
	assert_true(rows_int(rows, 0) == INT64_MIN);
	assert_string_equal(rows_text(rows, 1), "Zo\xc3\xab \xf0\x9f\x94\xa5");
	assert_string_equal(rows_text(rows, 2), longest);
	assert_int_equal(rows_bytes(rows, 3).n, 4);
	assert_memory_equal(rows_bytes(rows, 3).p, raw, 4);
	assert_int_equal(rows_day(rows, 4), 19782); /* 2024-02-29 */
	assert_true(rows_instant(rows, 5) == seen);
	assert_false(rows_next(rows));
	assert_false(rows_next(rows));
	assert_int_equal(db_status(db), OK);
	/* As another client reads it. */
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE born = '2024-02-29' AND "
			  "seen = '2025-11-23 03:04:05.123456' AND "
			  "HEX(raw) = '00FF0078' AND number = -9223372036854775808 AND "
			  "HEX(name) = '5A6FC3AB20F09F94A5' AND CHAR_LENGTH(note) = 99997"),
	    1);
}

/* Ids are sixteen bytes; what is none is all zero, and as text so, too. */
static void
ids_come_back(void **state)
{
	static const struct stmt IDS = { "SELECT CAST(? AS BINARY(16)), CAST(NULL AS "
					 "BINARY(16)), CAST('abc' AS BINARY(3))" };
	static const struct id NONE;
	struct db *db = db_lease(*state, DB_WEB);
	struct id id = id_new();
	struct rows *rows = db_read(db, &IDS, v_bytes(id.b, ID_BYTES));

	assert_true(rows_next(rows));
	assert_int_equal(db_absent(db), E_ABSENT);
	assert_memory_equal(rows_id(rows, 0).b, id.b, ID_BYTES);
	assert_string_equal(rows_id_text(*state, rows, 0), id_text(*state, id));
	for (unsigned column = 1; column < 3; column++) {
		assert_memory_equal(rows_id(rows, column).b, NONE.b, ID_BYTES);
		assert_string_equal(
		    rows_id_text(*state, rows, column), "00000000000000000000000000");
	}
}

static void
nulls_and_empty_values(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);

	(void)db_write(db, &THING_ADD, v_null(), v_text(NULL), v_text(""), v_bytes("", 0),
	    v_day(DAY_NONE), v_null());
	struct rows *rows = db_read(db, &THING_READ, v_int(db_last_id(db)));
	assert_true(rows_next(rows));
	assert_true(rows_null(rows, 0) && rows_null(rows, 1) && rows_null(rows, 4) &&
		    rows_null(rows, 5));
	assert_false(rows_null(rows, 2) || rows_null(rows, 3));
	assert_true(rows_int(rows, 0) == 0);
	assert_string_equal(rows_text(rows, 1), "");
	assert_string_equal(rows_text(rows, 2), "");
	assert_int_equal(rows_bytes(rows, 3).n, 0);
	assert_int_equal(rows_day(rows, 4), DAY_NONE);
	assert_true(rows_instant(rows, 5) == 0);
	(void)db_write(db, &THING_ADD, v_int(INT64_MAX), v_null(), v_null(), v_null(),
	    v_day(-25567), v_instant(-1));
	rows = db_read(db, &THING_READ, v_int(db_last_id(db)));
	assert_true(rows_next(rows));
	assert_true(rows_int(rows, 0) == INT64_MAX);
	assert_int_equal(rows_day(rows, 4), -25567); /* 1900-01-01 */
	assert_true(rows_instant(rows, 5) == -1);    /* 1969-12-31T23:59:59.999999Z */
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE born = '1900-01-01' AND "
			  "seen = '1969-12-31 23:59:59.999999'"),
	    1);
}

static void
kinds_of_expressions(void **state)
{
	static const struct stmt MIXED = {
		"SELECT SUM(seq), COUNT(*), 1 = 1, NULL, SUM(seq) / 7, 'USD', MAX(seq) FROM "
		"seq_1_to_10",
	};
	struct db *db = db_lease(*state, DB_WEB);
	struct rows *rows = db_read(db, &MIXED);

	assert_true(rows_next(rows));
	assert_int_equal(rows_int(rows, 0), 55);
	assert_int_equal(rows_int(rows, 1), 10);
	assert_int_equal(rows_int(rows, 2), 1);
	assert_true(rows_null(rows, 3));
	assert_string_equal(rows_text(rows, 3), "");
	assert_string_equal(rows_text(rows, 4), "7.8571");
	assert_string_equal(rows_text(rows, 5), "USD");
	assert_int_equal(db_status(db), OK);
	assert_int_equal(db_int(db, &THING_COUNT, -1, v_text("nobody")), 0);
	assert_int_equal(db_int(db, &THING_READ, -7, v_int(-1)), -7);
}

static void
misuse_sticks_as_a_fault(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);

	assert_int_equal(db_write(db, &THING_ADD, v_int(1)), -1);
	assert_int_equal(db_status(db), E_FAULT);
	assert_int_equal(rows_count(db_read(db, &THING_IDS)), 0);
	db_recover(db);
	assert_int_equal(db_status(db), OK);
	(void)db_read(db, &THING_IDS, v_int(1)); /* one too many */
	assert_int_equal(db_status(db), E_FAULT);
	db_recover(db);
	struct rows *rows = db_read(db, &SETTINGS);
	assert_true(rows_next(rows));
	assert_int_equal(rows_int(rows, 0), 0); /* a text */
	assert_int_equal(db_status(db), E_FAULT);
	db_recover(db);
	assert_string_equal(rows_text(rows, 99), "");
	assert_int_equal(db_status(db), E_FAULT);
	db_recover(db);
	assert_int_equal(db_write(db, &THING_IDS), -1); /* has rows */
	assert_int_equal(db_status(db), E_FAULT);
	db_recover(db);
	assert_int_equal(rows_count(db_read(db, &THINGS_DELETE)), 0); /* has none */
	assert_int_equal(db_status(db), E_FAULT);
	db_recover(db);
	static const struct stmt NONSENSE = { "SELECT nothing FROM nowhere" };
	(void)db_read(db, &NONSENSE);
	assert_int_equal(db_status(db), E_FAULT);
	assert_int_equal(db_error(db), 1146);
	db_release(db);
	(void)db_read(db, &THING_IDS);
	assert_int_equal(db_status(db), E_FAULT);
}

static void
session_settings(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct rows *rows = db_read(db, &SETTINGS);

	assert_true(rows_next(rows));
	assert_non_null(strstr(rows_text(rows, 0), "STRICT_ALL_TABLES"));
	assert_non_null(strstr(rows_text(rows, 0), "ONLY_FULL_GROUP_BY"));
	assert_string_equal(rows_text(rows, 1), "+00:00");
	assert_string_equal(rows_text(rows, 2), "REPEATABLE-READ");
	assert_int_equal(rows_int(rows, 3), 1);
	assert_int_equal(rows_int(rows, 4), 1);
	assert_int_equal(rows_int(rows, 5), 1);
	assert_string_equal(rows_text(rows, 6), "utf8mb4");
	assert_string_equal(rows_text(rows, 7), "utf8mb4");
	assert_int_equal(rows_int(rows, 8), 1);
	db_release(db);
	db = db_lease(*state, DB_JOB);
	rows = db_read(db, &SETTINGS);
	assert_true(rows_next(rows));
	assert_int_equal(rows_int(rows, 9), 1);
}

static void
slow_page_statement_is_ended(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	int64_t began = time_ticks();

	(void)db_int(db, &SLOW, 0);
	assert_int_equal(db_status(db), E_LIMIT);
	assert_int_equal(db_error(db), 1969);
	assert_in_range(time_ticks() - began, 1 * SECOND, 4 * SECOND);
}

static void
keys_and_versions(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);

	(void)db_write(
	    db, &THING_ADD, v_int(1), v_text("key"), v_null(), v_null(), v_null(), v_null());
	int64_t id = db_last_id(db);
	(void)db_write(
	    db, &THING_ADD, v_int(2), v_text("key"), v_null(), v_null(), v_null(), v_null());
	assert_int_equal(db_status(db), E_CONFLICT);
	assert_int_equal(db_error(db), 1062);
	db_recover(db);
	/* A row that is matched counts, changed or not: CLIENT_FOUND_ROWS. */
	static const struct stmt SAME = { "UPDATE thing SET number = 1 WHERE id = ?" };
	assert_int_equal(db_write(db, &SAME, v_int(id)), 1);
	assert_int_equal(db_write_one(db, &THING_RENAME, v_text("a"), v_int(id), v_int(1)), OK);
	/* The second writer read version 1 too. */
	assert_int_equal(
	    db_write_one(db, &THING_RENAME, v_text("b"), v_int(id), v_int(1)), E_CONFLICT);
	assert_int_equal(db_status(db), E_CONFLICT);
	db_recover(db);
	assert_int_equal(db_int(db, &THING_COUNT, -1, v_text("a")), 1);
	assert_int_equal(db_int(db, &THING_COUNT, -1, v_text("b")), 0);
}

static void
results_open_at_once(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct rows *first = db_read(db, &SERIES);
	struct rows *second = db_read(db, &SERIES);
	int64_t n = 0;

	assert_int_equal(rows_count(first), 3000);
	while (rows_next(first)) {
		n++;
		assert_true(rows_next(second));
		assert_int_equal(rows_int(first, 0), n);
		assert_int_equal(rows_int(second, 0), n);
		assert_string_equal(
		    rows_text(second, 1), text_printf(*state, "row %ld", (long)n));
		if (n % 1000 == 0)
			assert_int_equal(db_int(db, &THING_COUNT, -1, v_text("x")), 0);
	}
	assert_int_equal(n, 3000);
	rows_rewind(first);
	assert_true(rows_next(first));
	assert_int_equal(rows_int(first, 0), 1);
}

static void
procedures(void **state)
{
	static const struct stmt TWICE = { "CALL twice(?)" };
	static const struct stmt ADD = { "CALL add_thing(?)" };
	struct db *db = db_lease(*state, DB_WEB);

	for (int i = 1; i < 4; i++) {
		struct rows *rows = db_read(db, &TWICE, v_int(i));
		assert_true(rows_next(rows));
		assert_int_equal(rows_int(rows, 0), 2 * i);
		assert_string_equal(rows_text(rows, 1), "twice");
		assert_false(rows_next(rows));
		assert_int_equal(
		    db_write(db, &ADD, v_text(text_printf(*state, "called %d", i))), 1);
	}
	assert_int_equal(db_status(db), OK);
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE name LIKE 'called %'"), 3);
}

static enum status
write_many(struct db *db, void *arg)
{
	struct value *values = arg;
	int64_t n = db_write_many(db, &THING_ADD, values, 6, 1200);

	return n == 1200 ? OK : E_FAULT;
}

static void
many_rows_at_once(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	struct value *values = arena_array_of(*state, struct value, 1200 * 6);

	for (int i = 0; i < 1200; i++) {
		struct value *row = &values[i * 6];
		row[0] = i % 3 == 0 ? v_null() : v_int(i);
		row[1] = v_text(text_printf(*state, "bulk %d", i));
		row[2] = i % 2 == 0 ? v_text("") : v_null();
		row[3] = v_null();
		row[4] = i == 0 ? v_null() : v_day(i);
		row[5] = v_instant(i * HOUR + 5);
	}
	assert_int_equal(
	    db_write_many(db, &THING_ADD, values, 6, 1200), -1); /* no transaction */
	db_recover(db);
	assert_int_equal(db_transact(db, write_many, NULL, values), OK);
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE name LIKE 'bulk %'"), 1200);
	/* 0 + ... + 1199 less every third (3 * (0 + ... + 399)) */
	assert_int_equal(
	    server_number("SELECT SUM(number) FROM thing WHERE name LIKE 'bulk %'"),
	    719400 - 239400);
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE name LIKE 'bulk %' AND "
			  "note = ''"),
	    600);
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE name = 'bulk 59' AND "
			  "born = '1970-03-01' AND seen = '1970-01-03 11:00:00.000005' "
			  "AND number = 59 AND raw IS NULL"),
	    1);
	/* The statement is an ordinary one again. */
	assert_int_equal(db_write(db, &THING_ADD, v_int(1), v_text("one more"), v_null(),
			     v_null(), v_null(), v_null()),
	    1);
	/* A duplicate in the middle takes all back. */
	for (int i = 0; i < 1200; i++)
		values[i * 6 + 1] = v_text(text_printf(*state, "again %d", i == 700 ? 5 : i));
	assert_int_equal(db_transact(db, write_many, NULL, values), E_CONFLICT);
	assert_int_equal(
	    server_number("SELECT COUNT(*) FROM thing WHERE name LIKE 'again %'"), 0);
}

static void
tables_that_change_under_a_statement(void **state)
{
	static const struct stmt ALL = { "SELECT * FROM changing" };
	struct db *db = db_lease(*state, DB_WEB);

	server_do("CREATE TABLE changing (a INT PRIMARY KEY)");
	server_do("INSERT INTO changing VALUES (7)");
	struct rows *rows = db_read(db, &ALL);
	assert_true(rows_next(rows));
	assert_int_equal(rows_int(rows, 0), 7);
	server_do("ALTER TABLE changing ADD b VARCHAR(20) NOT NULL DEFAULT 'new' FIRST");
	rows = db_read(db, &ALL);
	assert_int_equal(db_status(db), OK);
	assert_true(rows_next(rows));
	assert_string_equal(rows_text(rows, 0), "new");
	assert_int_equal(rows_int(rows, 1), 7);
	/* The same count of columns, other kinds. */
	server_do("ALTER TABLE changing DROP b, ADD c INT NOT NULL, MODIFY a BIGINT");
	server_do("UPDATE changing SET c = 9");
	rows = db_read(db, &ALL);
	assert_int_equal(db_status(db), OK);
	assert_true(rows_next(rows));
	assert_int_equal(rows_int(rows, 0), 7);
	assert_int_equal(rows_int(rows, 1), 9);
	assert_int_equal(db_status(db), OK);
	server_do("DROP TABLE changing");
}

static void
statements_are_kept(void **state)
{
	enum {
		N = 200
	};
	static struct stmt many[N];
	struct db *db = db_lease(*state, DB_WEB);

	for (int i = 0; i < N; i++)
		many[i].sql = text_printf(*state, "SELECT %d + 0 * ?", i);
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < N; i++)
			assert_int_equal(db_int(db, &many[i], -1, v_int(1)), i);
	static const struct stmt PREPARED = {
		"SELECT VARIABLE_VALUE + 0 FROM information_schema.SESSION_STATUS "
		"WHERE VARIABLE_NAME = 'Com_stmt_prepare'",
	};
	struct rows *rows = db_read(db, &PREPARED);
	assert_true(rows_next(rows));
	int64_t prepared = strtoll(rows_text(rows, 0), NULL, 10);
	assert_in_range(prepared, N, N + 40);
	for (int i = 0; i < N; i++)
		(void)db_int(db, &many[i], -1, v_int(1));
	rows = db_read(db, &PREPARED);
	assert_true(rows_next(rows));
	assert_int_equal(strtoll(rows_text(rows, 0), NULL, 10), prepared);
	/* Their texts die with the test's arena: a new connection for those behind. */
	server_do(text_printf(*state, "KILL %ld", (long)db_int(db, &OWN_ID, 0)));
}

/* ---- Leases ---- */

static void
pool_in_use(void **state)
{
	struct db *leases[4];

	for (int i = 0; i < 4; i++) {
		leases[i] = db_lease(*state, DB_WEB);
		assert_int_equal(db_status(leases[i]), OK);
	}
	int64_t began = time_ticks();
	struct db *fifth = db_lease(*state, DB_WEB);
	assert_int_equal(db_status(fifth), E_BUSY);
	assert_in_range(time_ticks() - began, SECOND * 9 / 10, SECOND * 3 / 2);
	db_release(leases[2]);
	fifth = db_lease(*state, DB_WEB);
	assert_int_equal(db_status(fifth), OK);
	for (int i = 0; i < 4; i++)
		db_release(leases[i]);
}

static enum status
leave_by_jump(struct db *db, void *arg)
{
	(void)db_write(
	    db, &THING_ADD, v_int(1), v_text("jumped"), v_null(), v_null(), v_null(), v_null());
	(void)db_read(db, &SERIES); /* more than the arena holds */
	*(bool *)arg = true;
	return OK;
}

/* True when work came to its end. */
static bool
jump_once(void)
{
	static bool reached;
	struct arena *arena = arena_new(60000);
	jmp_buf point;

	reached = false;
	if (setjmp(point) == 0) {
		arena_recover(arena, &point);
		struct db *db = db_lease(arena, DB_WEB);
		assert_int_equal(db_transact(db, leave_by_jump, NULL, &reached), OK);
	}
	arena_free(arena);
	return reached;
}

static void
memory_that_runs_out_between_rows(void **state)
{
	(void)state;
	for (int i = 0; i < 8; i++) /* more often than there are connections */
		assert_false(jump_once());
	assert_int_equal(server_number("SELECT COUNT(*) FROM thing WHERE name = 'jumped'"), 0);
}

static void
lease_ends_with_its_arena(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++) {
		struct arena *arena = arena_new(1 << 20);
		struct db *db = db_lease(arena, DB_WEB);
		assert_int_equal(db_status(db), OK);
		arena_free(arena);
	}
}

static void
idle_connection_that_died(void **state)
{
	struct db *db = db_lease(*state, DB_WEB);
	int64_t old = db_int(db, &OWN_ID, 0);

	assert_int_equal(db_int(db, &THING_COUNT, -1, v_text("x")), 0);
	server_do(text_printf(*state, "KILL %ld", (long)old));
	(void)nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
	assert_int_equal(db_int(db, &THING_COUNT, -1, v_text("x")), 0);
	assert_int_equal(db_status(db), OK);
	assert_int_not_equal(db_int(db, &OWN_ID, 0), old);
	/* A write, too: it never left. */
	server_do(text_printf(*state, "KILL %ld", (long)db_int(db, &OWN_ID, 0)));
	(void)nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
	assert_int_equal(db_write(db, &THING_ADD, v_int(1), v_text("after kill"), v_null(),
			     v_null(), v_null(), v_null()),
	    1);
}

static void
accounts_without_rights(void **state)
{
	server_do("CREATE OR REPLACE USER db_test_reader@localhost");
	server_do("GRANT SELECT ON keptword_test_db.event TO db_test_reader@localhost");
	db_stop();
	config_set(CONFIG_DB_USER, "db_test_reader");
	assert_int_equal(db_start(), OK);
	struct db *db = db_lease(*state, DB_WEB);
	(void)db_read(db, &THING_IDS);
	assert_int_equal(db_status(db), E_DENIED);
	assert_int_equal(db_absent(db), E_DENIED);
	db_release(db);
	db_stop();
	config_set(CONFIG_DB_USER, "root");
	assert_int_equal(db_start(), OK);
	server_do("DROP USER db_test_reader@localhost");
}

static void
scripts(void **state)
{
	struct db_account account = { server.socket, "root", NULL, server.database };
	const char *message = "";

	assert_int_equal(db_script(&account,
			     "-- first\n\nCREATE TABLE s1 (a INT PRIMARY KEY);\n-- then; and\n"
			     "INSERT INTO s1 VALUES (1);\nINSERT INTO s1 VALUES (2)",
			     *state, &message),
	    OK);
	assert_int_equal(server_number("SELECT SUM(a) FROM s1"), 3);
	assert_int_equal(
	    db_script(&account,
		"CREATE PROCEDURE s2()\nBEGIN\nINSERT INTO s1 VALUES (3);\n"
		"INSERT INTO s1 VALUES (4);\nEND\n--end\nCALL s2()\n--end\n-- done\n",
		*state, &message),
	    OK);
	assert_int_equal(server_number("SELECT SUM(a) FROM s1"), 10);
	assert_int_equal(
	    db_script(&account, "SELECT 1;\nINSERT INTO s1\nVALUES (4);\nDROP TABLE s1;\n",
		*state, &message),
	    E_CONFLICT);
	assert_non_null(strstr(message, "INSERT INTO s1: "));
	assert_int_equal(server_number("SELECT SUM(a) FROM s1"), 10);
	assert_int_equal(db_script(&account, "", *state, &message), OK);
	account.user = "nobody_known";
	assert_int_not_equal(db_script(&account, "SELECT 1", *state, &message), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(typed_values_come_back),
		UNIT_TEST(ids_come_back),
		UNIT_TEST(nulls_and_empty_values),
		UNIT_TEST(kinds_of_expressions),
		UNIT_TEST(misuse_sticks_as_a_fault),
		UNIT_TEST(session_settings),
		UNIT_TEST(slow_page_statement_is_ended),
		UNIT_TEST(keys_and_versions),
		UNIT_TEST(results_open_at_once),
		UNIT_TEST(procedures),
		UNIT_TEST(many_rows_at_once),
		UNIT_TEST(tables_that_change_under_a_statement),
		UNIT_TEST(statements_are_kept),
		UNIT_TEST(pool_in_use),
		UNIT_TEST(memory_that_runs_out_between_rows),
		UNIT_TEST(lease_ends_with_its_arena),
		UNIT_TEST(idle_connection_that_died),
		UNIT_TEST(accounts_without_rights),
		UNIT_TEST(scripts),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
