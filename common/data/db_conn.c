/*
 * db_conn.c: one connection to MariaDB and its prepared statements.
 *
 * Used by the pool and by the schema command. A connection owns its MYSQL handle and a
 * table of prepared statements keyed by the address of the SQL literal. Statements live
 * as long as the connection: a program has as many as its source has literals.
 * Limits: local sockets only; MariaDB 10.11.6 or later (innodb_snapshot_isolation).
 */
#include "data/db_impl.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONNECT_SECONDS 1
#define WEB_SILENT_SECONDS 5 /* more than any page's statement may take */
#define JOB_SILENT_SECONDS 600
#define SECRET_MAX 256
#define TABLE_FIRST 64
#define TEXT_ROOM 256 /* bytes of a text column that arrive without a second call */

#define SESSION                                                                  \
	"SET sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"          \
	"ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'," \
	"time_zone='+00:00',tx_isolation='REPEATABLE-READ',innodb_snapshot_isolation=ON,"

/* A page waits a second for a row lock and is then repeated or refused; its transaction may
 * not idle, or a stopped process would hold locks for ever. */
static const char WEB_SETTINGS[] =
    SESSION "max_statement_time=2,innodb_lock_wait_timeout=1,lock_wait_timeout=2,"
	    "idle_transaction_timeout=10";
static const char JOB_SETTINGS[] =
    SESSION "max_statement_time=0,innodb_lock_wait_timeout=5,lock_wait_timeout=30,"
	    "idle_transaction_timeout=600";

unsigned
conn_read_timeout(enum db_use use)
{
	return use == DB_WEB ? WEB_SILENT_SECONDS : JOB_SILENT_SECONDS;
}

bool
number_lost(unsigned number)
{
	switch (number) {
	case NUMBER_SHUTDOWN:
	case NUMBER_INTERRUPTED:
	case NUMBER_CONNECTION_KILLED:
	case NUMBER_NO_SOCKET:
	case NUMBER_NO_HOST:
	case NUMBER_GONE:
	case NUMBER_LOST:
	case NUMBER_LOST_EXTENDED:
		return true;
	default:
		return false;
	}
}

bool
number_again(unsigned number)
{
	return number == NUMBER_DEADLOCK || number == NUMBER_LOCK_WAIT ||
	       number == NUMBER_ROW_CHANGED || number == NUMBER_NODE_NOT_READY ||
	       number == NUMBER_NO_NUMBER;
}

enum status
number_status(unsigned number)
{
	if (number_lost(number))
		return E_AWAY;
	switch (number) {
	case 0:
		return OK;
	case NUMBER_DUPLICATE:
	case NUMBER_ROW_CHANGED:
	case NUMBER_LOCK_WAIT:
	case NUMBER_DEADLOCK:
	case NUMBER_NO_NUMBER:
		return E_CONFLICT;
	case NUMBER_STATEMENT_TIME:
	case NUMBER_EXECUTION_TIME:
		return E_LIMIT;
	case NUMBER_TABLE_DENIED:
	case NUMBER_COLUMN_DENIED:
	case NUMBER_DATABASE_DENIED:
	case NUMBER_ROUTINE_DENIED:
		return E_DENIED;
	case NUMBER_NODE_NOT_READY:
		return E_AWAY;
	case NUMBER_TOO_MANY_CONNECTIONS:
	case NUMBER_USER_CONNECTIONS:
	case NUMBER_RESOURCE_LIMIT:
	case NUMBER_OUT_OF_MEMORY:
		return E_BUSY;
	default:
		return E_FAULT;
	}
}

/* The first line of a password file; read at every connect, so a changed password needs no
 * restart. No file name: no password. */
static bool
secret_read(const char *path, char *secret, size_t room)
{
	secret[0] = '\0';
	if (path == NULL || path[0] == '\0')
		return true;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (file < 0)
		return false;
	ssize_t n = read(file, secret, room - 1);
	(void)close(file);
	if (n < 0)
		return false;
	secret[n] = '\0';
	secret[strcspn(secret, "\r\n")] = '\0';
	return true;
}

static void
conn_options(MYSQL *mysql, enum db_use use)
{
	unsigned connect_seconds = CONNECT_SECONDS;
	unsigned silent_seconds = conn_read_timeout(use);
	unsigned off = 0;
	unsigned protocol = MYSQL_PROTOCOL_SOCKET;

	(void)mysql_optionsv(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
	(void)mysql_optionsv(mysql, MYSQL_OPT_READ_TIMEOUT, &silent_seconds);
	(void)mysql_optionsv(mysql, MYSQL_OPT_WRITE_TIMEOUT, &silent_seconds);
	(void)mysql_optionsv(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
	(void)mysql_optionsv(mysql, MYSQL_OPT_PROTOCOL, &protocol);
	(void)mysql_optionsv(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	(void)mysql_optionsv(
	    mysql, MYSQL_INIT_COMMAND, use == DB_WEB ? WEB_SETTINGS : JOB_SETTINGS);
}

enum status
conn_connect(const struct db_account *account, enum db_use use, unsigned long flags,
    MYSQL **ret, unsigned *ret_error)
{
	char secret[SECRET_MAX];

	if (!secret_read(account->password_file, secret, sizeof secret)) {
		*ret_error = 0;
		return E_FAULT;
	}
	MYSQL *mysql = mysql_init(NULL);
	if (mysql == NULL) {
		*ret_error = NUMBER_OUT_OF_MEMORY;
		return E_BUSY;
	}
	conn_options(mysql, use);
	bool open = mysql_real_connect(mysql, NULL, account->user, secret, account->database, 0,
			account->socket, flags) != NULL;
	explicit_bzero(secret, sizeof secret);
	if (open) {
		*ret = mysql;
		return OK;
	}
	unsigned error = mysql_errno(mysql);
	mysql_close(mysql);
	*ret_error = error;
	return number_status(error);
}

/* ---- Statements ---- */

static void
prepared_forget_result(struct prepared *prepared)
{
	free(prepared->out);
	free(prepared->cells);
	free(prepared->texts);
	prepared->out = NULL;
	prepared->cells = NULL;
	prepared->texts = NULL;
	prepared->columns = 0;
}

void
conn_unprepare(struct prepared *prepared)
{
	if (prepared->stmt != NULL)
		(void)mysql_stmt_close(prepared->stmt);
	prepared->stmt = NULL;
	free(prepared->in);
	free(prepared->arguments);
	prepared->in = NULL;
	prepared->arguments = NULL;
	prepared_forget_result(prepared);
}

void
conn_close(struct conn *conn)
{
	/* The handle first: then closing the statements sends nothing. */
	if (conn->mysql != NULL)
		mysql_close(conn->mysql);
	conn->mysql = NULL;
	conn->fetching = false;
	for (size_t i = 0; i < conn->room; i++) {
		if (conn->table[i] == NULL)
			continue;
		conn_unprepare(conn->table[i]);
		free(conn->table[i]);
	}
	free(conn->table);
	conn->table = NULL;
	conn->room = 0;
	conn->used = 0;
}

/* The place of sql in a table that has a free place. */
static struct prepared **
table_place(struct prepared **table, size_t room, const char *sql)
{
	uintptr_t key = (uintptr_t)sql;
	size_t at = (size_t)((key >> 3) ^ (key >> 11)) & (room - 1);

	while (table[at] != NULL && table[at]->sql != sql)
		at = (at + 1) & (room - 1);
	return &table[at];
}

/* Keeps a quarter of the table free. */
static bool
table_grow(struct conn *conn)
{
	if (conn->room > 0 && conn->used < conn->room / 4 * 3)
		return true;
	size_t room = conn->room == 0 ? TABLE_FIRST : conn->room * 2;
	struct prepared **table = calloc(room, sizeof(struct prepared *));
	if (table == NULL)
		return false;
	for (size_t i = 0; i < conn->room; i++)
		if (conn->table[i] != NULL)
			*table_place(table, room, conn->table[i]->sql) = conn->table[i];
	free(conn->table);
	conn->table = table;
	conn->room = room;
	return true;
}

static unsigned
prepare(MYSQL *mysql, struct prepared *prepared)
{
	MYSQL_STMT *stmt = mysql_stmt_init(mysql);

	if (stmt == NULL)
		return NUMBER_OUT_OF_MEMORY;
	if (mysql_stmt_prepare(stmt, prepared->sql, strlen(prepared->sql)) != 0) {
		unsigned error = mysql_stmt_errno(stmt);
		(void)mysql_stmt_close(stmt);
		return error != 0 ? error : NUMBER_LOST;
	}
	prepared->stmt = stmt;
	prepared->params = (unsigned)mysql_stmt_param_count(stmt);
	if (prepared->params > 0) {
		prepared->in = calloc(prepared->params, sizeof(MYSQL_BIND));
		prepared->arguments = calloc(prepared->params, sizeof(struct argument));
		if (prepared->in == NULL || prepared->arguments == NULL) {
			conn_unprepare(prepared);
			return NUMBER_OUT_OF_MEMORY;
		}
	}
	return 0;
}

struct prepared *
conn_prepared(struct conn *conn, const char *sql, unsigned *ret_error)
{
	if (!table_grow(conn)) {
		*ret_error = NUMBER_OUT_OF_MEMORY;
		return NULL;
	}
	struct prepared **place = table_place(conn->table, conn->room, sql);
	if (*place == NULL) {
		struct prepared *fresh = calloc(1, sizeof *fresh);
		if (fresh == NULL) {
			*ret_error = NUMBER_OUT_OF_MEMORY;
			return NULL;
		}
		fresh->sql = sql;
		*place = fresh;
		conn->used++;
	}
	if ((*place)->stmt == NULL) {
		unsigned error = prepare(conn->mysql, *place);
		if (error != 0) {
			*ret_error = error;
			return NULL;
		}
	}
	return *place;
}

/* ---- Results ---- */

#define CHARSET_BINARY 63

static enum column_kind
field_kind(const MYSQL_FIELD *field)
{
	switch (field->type) {
	case MYSQL_TYPE_NULL:
		return COLUMN_NULL;
	case MYSQL_TYPE_TINY:
	case MYSQL_TYPE_SHORT:
	case MYSQL_TYPE_INT24:
	case MYSQL_TYPE_LONG:
	case MYSQL_TYPE_LONGLONG:
	case MYSQL_TYPE_YEAR:
		return COLUMN_INT;
	case MYSQL_TYPE_DECIMAL:
	case MYSQL_TYPE_NEWDECIMAL:
		return field->decimals == 0 ? COLUMN_DECIMAL : COLUMN_TEXT;
	case MYSQL_TYPE_FLOAT:
	case MYSQL_TYPE_DOUBLE:
	case MYSQL_TYPE_TIME:
		return COLUMN_TEXT;
	case MYSQL_TYPE_DATE:
	case MYSQL_TYPE_NEWDATE:
		return COLUMN_DAY;
	case MYSQL_TYPE_DATETIME:
	case MYSQL_TYPE_TIMESTAMP:
		return COLUMN_INSTANT;
	default:
		return field->charsetnr == CHARSET_BINARY ? COLUMN_BYTES : COLUMN_TEXT;
	}
}

static void
column_bind(MYSQL_BIND *bind, struct column *column, const MYSQL_FIELD *field)
{
	bind->is_null = &column->null;
	bind->error = &column->bad;
	bind->length = &column->length;
	switch (column->kind) {
	case COLUMN_INT:
		bind->buffer_type = MYSQL_TYPE_LONGLONG;
		bind->buffer = &column->number;
		bind->is_unsigned = (field->flags & UNSIGNED_FLAG) != 0 ? 1 : 0;
		break;
	case COLUMN_DAY:
	case COLUMN_INSTANT:
		bind->buffer_type = MYSQL_TYPE_DATETIME;
		bind->buffer = &column->time;
		bind->buffer_length = sizeof column->time;
		break;
	case COLUMN_BYTES:
		bind->buffer_type = MYSQL_TYPE_BLOB;
		bind->buffer = column->text;
		bind->buffer_length = column->room;
		break;
	case COLUMN_NULL:
	case COLUMN_DECIMAL:
	case COLUMN_TEXT:
		bind->buffer_type = MYSQL_TYPE_STRING;
		bind->buffer = column->text;
		bind->buffer_length = column->room;
		break;
	}
}

/* Sets kinds and room of all columns; answers the room in all. */
static size_t
columns_measure(struct column *cells, const MYSQL_FIELD *fields, unsigned columns)
{
	size_t total = 1;

	for (unsigned i = 0; i < columns; i++) {
		enum column_kind kind = field_kind(&fields[i]);
		cells[i].kind = kind;
		cells[i].type = fields[i].type;
		cells[i].charset = fields[i].charsetnr;
		if (kind == COLUMN_TEXT || kind == COLUMN_BYTES || kind == COLUMN_DECIMAL)
			cells[i].room =
			    fields[i].length < TEXT_ROOM ? fields[i].length : TEXT_ROOM;
		total += cells[i].room;
	}
	return total;
}

/* Are the columns those that are bound? A table may have been altered since. */
static bool
bound_already(const struct prepared *prepared, unsigned columns)
{
	if (prepared->columns != columns)
		return false;
	const MYSQL_FIELD *fields = prepared->stmt->fields;
	for (unsigned i = 0; i < columns; i++)
		if (fields[i].type != prepared->cells[i].type ||
		    fields[i].charsetnr != prepared->cells[i].charset)
			return false;
	return true;
}

bool
conn_bind_result(struct prepared *prepared)
{
	unsigned columns = mysql_stmt_field_count(prepared->stmt);

	if (bound_already(prepared, columns))
		return true;
	prepared_forget_result(prepared);
	MYSQL_RES *about = mysql_stmt_result_metadata(prepared->stmt);
	prepared->out = calloc(columns, sizeof(MYSQL_BIND));
	prepared->cells = calloc(columns, sizeof(struct column));
	bool bound = about != NULL && prepared->out != NULL && prepared->cells != NULL;
	if (bound) {
		const MYSQL_FIELD *fields = mysql_fetch_fields(about);
		prepared->texts = malloc(columns_measure(prepared->cells, fields, columns));
		char *text = prepared->texts;
		for (unsigned i = 0; i < columns && text != NULL; i++) {
			struct column *column = &prepared->cells[i];
			column->text = text;
			text += column->room;
			column_bind(&prepared->out[i], column, &fields[i]);
		}
		bound =
		    text != NULL && mysql_stmt_bind_result(prepared->stmt, prepared->out) == 0;
	}
	if (about != NULL)
		mysql_free_result(about);
	if (bound)
		prepared->columns = columns;
	else
		prepared_forget_result(prepared);
	return bound;
}
