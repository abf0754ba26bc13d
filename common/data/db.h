/*
 * db.h: the one way to the database.
 *
 * A pool of connections per process; each connection belongs to one thread while it
 * is leased and keeps its prepared statements, found by the address of their SQL
 * literal. Every SQL text is a literal in a `static const struct stmt`; nothing builds
 * SQL at run time.
 *
 * Errors stick: after the first failed statement every further call on the lease does
 * nothing (reads have no rows, writes change nothing) until the transaction is rolled
 * back or the lease ends, and db_status() tells what happened. So handlers read
 * straight on and the reply asks once.
 *
 * Session settings of every connection (safety.md's measured rules): utf8mb4, UTC,
 * strict sql_mode, REPEATABLE READ with innodb_snapshot_isolation, no auto-reconnect,
 * no LOCAL INFILE, no multi-statements; max_statement_time as the lease asks.
 */
#ifndef KEPTWORD_DB_H
#define KEPTWORD_DB_H

#include "base/money.h"
#include "base/status.h"
#include "base/text.h"
#include "base/time.h"

struct db;   /* a leased connection */
struct rows; /* the result of a read */

struct stmt {
	const char *sql; /* a literal; `?` for each value */
};

/* ---- Pool ---- */

/* Sets up a pool of CONFIG_DB_POOL connections (opened when first needed) to database
 * CONFIG_DB_NAME. Call once per process, before threads but after every fork. E_FAULT
 * when out of memory. An unreachable server is no error here. */
MUST_USE enum status db_start(void);
void db_stop(void);

enum db_use {
	DB_WEB, /* max_statement_time 2 s, waits at most 1 s for a connection */
	DB_JOB  /* no statement limit, waits */
};

/* Leases a connection; what is read is put into arena. Never NULL: when none can be
 * had, the lease carries E_AWAY (server unreachable) or E_BUSY (pool in use). The
 * lease ends by db_release() or, at the latest, when the arena is reset or freed (a hook of
 * the arena, so a jump out of memory needs no care); an open transaction is rolled back. */
struct db *db_lease(struct arena *arena, enum db_use use) __attribute__((returns_nonnull));
void db_release(struct db *db);

/* OK, or why the first failed call since the lease or rollback failed:
 * E_AWAY, E_BUSY, E_CONFLICT (unique key 1062, changed row 1020, lock wait 1205,
 * deadlock 1213, and 1467, which is one over AUTO_INCREMENT), E_LIMIT (statement time 1969/3024), E_DENIED (1142, 1143, 1044,
 * 1370), E_FAULT (anything else). */
enum status db_status(const struct db *db);
/* What it means that a read found no row: E_ABSENT, or why it could not be read; never OK, which the
 * analyzer sees here. */
static inline enum status
db_absent(const struct db *db)
{
	enum status status = db_status(db);

	return status == OK ? E_ABSENT : status;
}
/* MariaDB's number of the last failure, 0 for none; for logs. It outlives the rollback. */
unsigned db_error(const struct db *db);
struct arena *db_arena(struct db *db);

/* Lets a transaction's function fail on purpose: sticks, so the commit will not happen. */
void db_fail(struct db *db, enum status status);

/* Rolls back what is open and lets the lease go on after a failure. For loops that serve many
 * with one lease (the worker, commands); a page's failure is its answer. */
void db_recover(struct db *db);

/* ---- Values ---- */

struct value {
	enum value_kind {
		VALUE_END,
		VALUE_NULL,
		VALUE_INT,
		VALUE_TEXT,
		VALUE_BYTES,
		VALUE_DAY,
		VALUE_INSTANT
	} kind;
	int64_t number;
	struct bytes bytes;
};
/* What stands for a '?'; texts and bytes must live until the call returns. */
struct value v_int(int64_t n);
struct value v_text(const char *text); /* NULL becomes SQL NULL */
struct value v_bytes(const void *p, size_t n);
struct value v_day(day d); /* DAY_NONE becomes SQL NULL */
struct value v_instant(instant t);
struct value v_null(void);

#define DB_VALUES(...)                     \
	(const struct value[])             \
	{                                  \
		__VA_ARGS__ __VA_OPT__(, ) \
		{                          \
			0                  \
		}                          \
	}

/* ---- Reading ---- */

/* Runs a SELECT (or CALL of a procedure with one result set) and buffers its rows.
 * Never NULL. The count of values must match the '?' (else E_FAULT).
 *   db_read(db, &STATEMENTS_OF_CALLER, v_int(person), v_int(26))  */
#define db_read(db, stmt, ...) db_read_values((db), (stmt), DB_VALUES(__VA_ARGS__))
struct rows *db_read_values(struct db *db, const struct stmt *stmt, const struct value *values)
    __attribute__((returns_nonnull));

/* Goes to the next row, the first at the first call. False at the end or after a failure.
 * Rows may be walked while other statements run on the same lease. */
bool rows_next(struct rows *rows);
/* Before the first row again. */
void rows_rewind(struct rows *rows);
size_t rows_count(const struct rows *rows);

/* Columns of the current row, from 0. SQL NULL gives 0, "", no bytes, DAY_NONE, 0.
 * Reading a column as something that it is not is our bug: panic line, E_FAULT. */
bool rows_null(const struct rows *rows, unsigned column);
int64_t rows_int(const struct rows *rows, unsigned column);
const char *rows_text(const struct rows *rows, unsigned column); /* in the arena */
struct bytes rows_bytes(const struct rows *rows, unsigned column);
day rows_day(const struct rows *rows, unsigned column);
instant rows_instant(const struct rows *rows, unsigned column);
/* Minor units in column, ISO code in the column behind it. */
struct money rows_money(const struct rows *rows, unsigned column);

/* The first column of the first row; absent when there is no row. */
#define db_int(db, stmt, absent, ...) \
	db_int_values((db), (stmt), (absent), DB_VALUES(__VA_ARGS__))
int64_t db_int_values(
    struct db *db, const struct stmt *stmt, int64_t absent, const struct value *values);

/* ---- Writing ---- */

/* Runs an INSERT, UPDATE, DELETE or CALL without rows; the number of rows changed (rows
 * matched for UPDATE: CLIENT_FOUND_ROWS), -1 after a failure. */
#define db_write(db, stmt, ...) db_write_values((db), (stmt), DB_VALUES(__VA_ARGS__))
int64_t db_write_values(struct db *db, const struct stmt *stmt, const struct value *values);

/* The AUTO_INCREMENT id of the last INSERT on this lease. */
int64_t db_last_id(struct db *db);

/* db_write() that must change exactly one row; otherwise sticks E_CONFLICT. For updates
 * that compare `version`. */
#define db_write_one(db, stmt, ...) db_write_one_values((db), (stmt), DB_VALUES(__VA_ARGS__))
enum status db_write_one_values(
    struct db *db, const struct stmt *stmt, const struct value *values);

/* The same statement for n rows of width values each (row after row, no VALUE_END), as
 * array binding where the server has it. Only inside a transaction. Rows changed or -1. */
int64_t db_write_many(struct db *db, const struct stmt *stmt, const struct value *values,
    unsigned width, size_t n);

/* ---- Transactions ---- */

/* Runs work(db, arg) between BEGIN and COMMIT. When it answers OK and nothing stuck, the
 * transaction is committed; else rolled back and work's (or the database's) status is
 * the answer (work's E_INPUT counts more than a stuck E_DENIED or E_CONFLICT: it has told the
 * person). 1213, 1205, 1020, 1467 and 1047 roll back and run work again (up to 5 times, 50 ms
 * doubling with jitter), so work must set everything it changes in C anew each time.
 *
 * A lost connection before COMMIT was sent: once more on a new connection. A lost
 * connection at COMMIT: settle(db, arg) is called on a new connection and answers OK
 * (it did happen), E_ABSENT (it did not: run again) or another status; without settle the
 * answer is E_AWAY. Transactions do not nest (panic). */
typedef enum status (*db_work)(struct db *db, void *arg);
MUST_USE enum status db_transact(struct db *db, db_work work, db_work settle, void *arg);
bool db_in_transaction(const struct db *db);

/* Is the server there? Used by health checks; 1 s at most. */
enum status db_ping(void);

/* ---- Schema command only: a whole script, statements parted by ";\n" (in a script that has
 * lines "--end", by those alone), as another account. Not for requests. On failure message
 * names the statement's first line. ---- */
struct db_account {
	const char *socket, *user, *password_file, *database; /* database may be NULL */
};
MUST_USE enum status db_script(const struct db_account *account, const char *script,
    struct arena *arena, const char **ret_message);

#endif
