/*
 * db_impl.h: what the files db_*.c share. Included by nothing else.
 *
 * db_conn.c  one connection: options, settings, error numbers, the statement table
 * db_pool.c  which lease has which connection; what is known about the server
 * db_stmt.c  values in, prepared statements, execution, writing
 * db_rows.c  rows out
 * db_tx.c    transactions and their repetition
 * db_script.c  the schema command's own connection
 */
#ifndef KEPTWORD_DB_IMPL_H
#define KEPTWORD_DB_IMPL_H

#include "data/db.h"

#include <mysql.h>

/* Numbers that decide what happens next; mysqld_error.h has them among two thousand. */
enum db_number {
	NUMBER_TOO_MANY_CONNECTIONS = 1040,
	NUMBER_DATABASE_DENIED = 1044,
	NUMBER_NODE_NOT_READY = 1047,
	NUMBER_SHUTDOWN = 1053,
	NUMBER_DUPLICATE = 1062,
	NUMBER_TABLE_DENIED = 1142,
	NUMBER_COLUMN_DENIED = 1143,
	NUMBER_USER_CONNECTIONS = 1203,
	NUMBER_LOCK_WAIT = 1205,
	NUMBER_DEADLOCK = 1213,
	NUMBER_RESOURCE_LIMIT = 1226,
	NUMBER_INTERRUPTED = 1317,
	NUMBER_ROUTINE_DENIED = 1370,
	NUMBER_NO_NUMBER = 1467, /* a deadlock over AUTO_INCREMENT, of an INSERT ... SELECT */
	NUMBER_NEED_REPREPARE = 1615,
	NUMBER_CONNECTION_KILLED = 1927,
	NUMBER_STATEMENT_TIME = 1969,
	NUMBER_ROW_CHANGED = 1020,
	NUMBER_NO_SOCKET = 2002,
	NUMBER_NO_HOST = 2003,
	NUMBER_OUT_OF_MEMORY = 2008,
	NUMBER_GONE = 2006,
	NUMBER_LOST = 2013,
	NUMBER_LOST_EXTENDED = 2055,
	NUMBER_STATEMENT_CLOSED = 2056,
	NUMBER_NEW_METADATA = 2057,
	NUMBER_EXECUTION_TIME = 3024,
};

/* How a column arrives: decides its buffer and which rows_x() may read it. */
enum column_kind {
	COLUMN_NULL, /* a literal NULL: reads as anything */
	COLUMN_INT,
	COLUMN_DECIMAL, /* without decimals, as SUM() makes of integers: read as int */
	COLUMN_TEXT,
	COLUMN_BYTES,
	COLUMN_DAY,
	COLUMN_INSTANT,
};

/* Where one value of a '?' stands until the statement has run. */
struct argument {
	int64_t number;
	MYSQL_TIME time;
	unsigned long length;
};

/* Where one column of the row being fetched stands. */
struct column {
	enum column_kind kind;
	enum enum_field_types type; /* and charset: what the kind was made of */
	unsigned charset;
	int64_t number;
	MYSQL_TIME time;
	char *text;         /* COLUMN_TEXT, _BYTES, _DECIMAL: room bytes */
	unsigned long room; /* longer values are fetched by themselves */
	unsigned long length;
	my_bool null, bad;
};

/* A prepared statement of one connection, kept with its buffers. */
struct prepared {
	const char *sql; /* the key: its address */
	MYSQL_STMT *stmt;
	unsigned params;
	unsigned columns; /* 0: result not bound yet */
	MYSQL_BIND *in;
	struct argument *arguments;
	MYSQL_BIND *out;
	struct column *cells;
	char *texts; /* the columns' text buffers in one piece */
};

struct conn {
	MYSQL *mysql; /* NULL: not open */
	enum db_use use;
	unsigned generation;     /* of the pool when it was opened */
	bool fetching;           /* rows are still on the wire */
	struct prepared **table; /* open addressing, room a power of two */
	size_t room, used;
};

struct db {
	struct arena *arena;
	enum db_use use;
	struct conn *conn; /* NULL: none could be had, or released */
	enum status status;
	unsigned error;
	bool lost;        /* the connection broke since the last begin */
	bool transaction; /* BEGIN was answered, COMMIT or ROLLBACK not yet */
	bool sent;        /* the running statement may have reached the server */
	int64_t last_id;
};

/* ---- db_conn.c ---- */

/* Opens a connection of account (database may be NULL) with all session settings.
 * OK, or E_AWAY, E_BUSY, E_FAULT with *ret_error. */
enum status conn_connect(const struct db_account *account, enum db_use use, unsigned long flags,
    MYSQL **ret, unsigned *ret_error);
void conn_close(struct conn *conn);

/* The prepared statement of sql, prepared now if need be. NULL: *ret_error says why. */
struct prepared *conn_prepared(struct conn *conn, const char *sql, unsigned *ret_error);
/* Forgets what the server knows of it; the next conn_prepared() prepares anew. */
void conn_unprepare(struct prepared *prepared);
/* Sees that buffers are bound for the result that was just executed; they are kept until
 * the columns change. False: out of memory. */
bool conn_bind_result(struct prepared *prepared);

/* The status that stands for a number of MariaDB; 0 is OK. */
enum status number_status(unsigned number);
/* Does this number mean that the connection is of no more use? */
bool number_lost(unsigned number);
/* Does it mean that the same transaction may succeed when run again? */
bool number_again(unsigned number);

/* Seconds until a silent server counts as lost, for a connection of this use. */
unsigned conn_read_timeout(enum db_use use);

/* ---- db_pool.c ---- */

/* Opens (or opens again) the lease's connection. False: stuck. */
bool lease_connect(struct db *db);
/* Records a failure: maps it, logs what is ours to mend, drops a lost connection.
 * began: time_ticks() when the call started; sql may be NULL. */
void lease_failed(struct db *db, unsigned number, const char *sql, int64_t began);
/* ROLLBACK if something is open; what cannot be cleaned is closed. conn is not NULL. */
void lease_roll_back(struct db *db);
/* A broken contract of our own code: panic line, E_FAULT sticks. */
void lease_panic(struct db *db, const char *what, const char *sql);

/* ---- db_stmt.c ---- */

/* Runs a statement and leaves its answer to be read; NULL when it (or an earlier one)
 * failed. */
struct prepared *stmt_run(struct db *db, const struct stmt *stmt, const struct value *values);
/* The number of a failure of the statement; never 0. */
unsigned stmt_number(const struct db *db, const struct prepared *prepared);
/* Reads what a CALL sends behind its rows. */
void stmt_drain(struct db *db, struct prepared *prepared, const char *sql);
/* Runs a statement that is not prepared (BEGIN, COMMIT, ROLLBACK). */
bool stmt_plain(struct db *db, const char *sql);
MYSQL_TIME time_of_day(day d);
MYSQL_TIME time_of_instant(instant t);

#endif
