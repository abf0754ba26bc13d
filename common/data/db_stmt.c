/*
 * db_stmt.c: values go in, statements run.
 *
 * A statement is prepared once per connection and found again by the address of its
 * literal. Outside a transaction a statement that met a dead connection is run once more on
 * a new one: when it cannot have reached the server, or when it only reads. Inside a
 * transaction that is db_tx.c's business.
 */
#include "data/db_impl.h"

#include <string.h>

#define QUICK (1 * SECOND) /* a connection that breaks faster was dead before */
#define BULK_ROWS 500      /* per packet of db_write_many() */

/* ---- Values ---- */

struct value
v_int(int64_t n)
{
	return (struct value){ .kind = VALUE_INT, .number = n };
}

struct value
v_null(void)
{
	return (struct value){ .kind = VALUE_NULL };
}

struct value
v_text(const char *text)
{
	if (text == NULL)
		return v_null();
	return (struct value){ .kind = VALUE_TEXT, .bytes = bytes_of(text) };
}

struct value
v_bytes(const void *p, size_t n)
{
	return (struct value){ .kind = VALUE_BYTES, .bytes = { p, n } };
}

struct value
v_day(day d)
{
	if (d == DAY_NONE)
		return v_null();
	return (struct value){ .kind = VALUE_DAY, .number = d };
}

struct value
v_instant(instant t)
{
	return (struct value){ .kind = VALUE_INSTANT, .number = t };
}

MYSQL_TIME
time_of_day(day d)
{
	struct ymd ymd = day_ymd(d);

	return (MYSQL_TIME){
		.year = (unsigned)ymd.year,
		.month = (unsigned)ymd.month,
		.day = (unsigned)ymd.day,
		.time_type = MYSQL_TIMESTAMP_DATE,
	};
}

MYSQL_TIME
time_of_instant(instant t)
{
	instant days = t / DAY_LENGTH - (t % DAY_LENGTH < 0);
	instant rest = t - days * DAY_LENGTH;
	MYSQL_TIME time = time_of_day((day)days);

	time.hour = (unsigned)(rest / HOUR);
	time.minute = (unsigned)(rest / MINUTE % 60);
	time.second = (unsigned)(rest / SECOND % 60);
	time.second_part = (unsigned long)(rest % SECOND);
	time.time_type = MYSQL_TIMESTAMP_DATETIME;
	return time;
}

static enum enum_field_types
value_type(enum value_kind kind)
{
	switch (kind) {
	case VALUE_INT:
		return MYSQL_TYPE_LONGLONG;
	case VALUE_TEXT:
		return MYSQL_TYPE_STRING;
	case VALUE_BYTES:
		return MYSQL_TYPE_BLOB;
	case VALUE_DAY:
		return MYSQL_TYPE_DATE;
	case VALUE_INSTANT:
		return MYSQL_TYPE_DATETIME;
	case VALUE_END:
	case VALUE_NULL:
		break;
	}
	return MYSQL_TYPE_NULL;
}

static void
value_bind(MYSQL_BIND *bind, struct argument *argument, const struct value *value)
{
	bind->buffer_type = value_type(value->kind);
	bind->buffer = NULL;
	bind->buffer_length = 0;
	bind->length = NULL;
	switch (value->kind) {
	case VALUE_INT:
		argument->number = value->number;
		bind->buffer = &argument->number;
		break;
	case VALUE_TEXT:
	case VALUE_BYTES:
		argument->length = (unsigned long)value->bytes.n;
		/* The library takes a pointer to change, but only reads here. */
		bind->buffer = (void *)(uintptr_t)value->bytes.p;
		bind->buffer_length = argument->length;
		bind->length = &argument->length;
		break;
	case VALUE_DAY:
		argument->time = time_of_day((day)value->number);
		bind->buffer = &argument->time;
		break;
	case VALUE_INSTANT:
		argument->time = time_of_instant(value->number);
		bind->buffer = &argument->time;
		break;
	case VALUE_END:
	case VALUE_NULL:
		break;
	}
}

/* False when the count of values is not that of the '?'. */
static bool
values_bind(struct prepared *prepared, const struct value *values)
{
	unsigned n = 0;

	for (; values[n].kind != VALUE_END; n++) {
		if (n == prepared->params)
			return false;
		value_bind(&prepared->in[n], &prepared->arguments[n], &values[n]);
	}
	if (n != prepared->params)
		return false;
	return n == 0 || mysql_stmt_bind_param(prepared->stmt, prepared->in) == 0;
}

/* ---- Running ---- */

unsigned
stmt_number(const struct db *db, const struct prepared *prepared)
{
	unsigned number = mysql_stmt_errno(prepared->stmt);

	/* An error behind some rows is only found in the connection. */
	if (number == 0)
		number = mysql_errno(db->conn->mysql);
	return number != 0 ? number : NUMBER_LOST;
}

/* Nothing is changed by running it twice. */
static bool
only_reads(const char *sql)
{
	sql += strspn(sql, " \t\n(");
	return strncmp(sql, "SELECT", 6) == 0 || strncmp(sql, "WITH", 4) == 0;
}

/* 0, or the number of the failure; with a wrong count of values the lease is stuck. */
static unsigned
run_once(
    struct db *db, const struct stmt *stmt, const struct value *values, struct prepared **ret)
{
	unsigned error = 0;

	db->sent = false;
	for (int tries = 0; tries < 2; tries++) {
		struct prepared *prepared = conn_prepared(db->conn, stmt->sql, &error);
		if (prepared == NULL)
			return error;
		if (!values_bind(prepared, values)) {
			lease_panic(db, "values do not fit the statement", stmt->sql);
			return 0;
		}
		db->sent = true;
		if (mysql_stmt_execute(prepared->stmt) == 0) {
			*ret = prepared;
			return 0;
		}
		error = stmt_number(db, prepared);
		if (error != NUMBER_NEED_REPREPARE && error != NUMBER_STATEMENT_CLOSED &&
		    error != NUMBER_NEW_METADATA)
			return error;
		conn_unprepare(prepared); /* the tables changed under it */
	}
	return error;
}

/* Is a new connection and a second run in order after this failure? */
static bool
may_repeat(const struct db *db, unsigned error, const char *sql, int64_t began)
{
	if (db->transaction || !number_lost(error))
		return false;
	if (error == NUMBER_GONE || !db->sent)
		return true;
	return only_reads(sql) && time_ticks() - began < QUICK;
}

struct prepared *
stmt_run(struct db *db, const struct stmt *stmt, const struct value *values)
{
	struct prepared *prepared = NULL;

	if (db->status != OK)
		return NULL;
	if (db->conn == NULL) {
		lease_panic(db, "statement after the lease's end", stmt->sql);
		return NULL;
	}
	for (bool again = true;; again = false) {
		if (db->conn->mysql == NULL && !lease_connect(db))
			return NULL;
		int64_t began = time_ticks();
		unsigned error = run_once(db, stmt, values, &prepared);
		if (error == 0)
			return prepared;
		if (again && may_repeat(db, error, stmt->sql, began)) {
			conn_close(db->conn);
			continue;
		}
		lease_failed(db, error, stmt->sql, began);
		return NULL;
	}
}

bool
stmt_plain(struct db *db, const char *sql)
{
	int64_t began = time_ticks();

	db->sent = true;
	if (mysql_real_query(db->conn->mysql, sql, strlen(sql)) == 0)
		return true;
	lease_failed(db, mysql_errno(db->conn->mysql), sql, began);
	return false;
}

void
stmt_drain(struct db *db, struct prepared *prepared, const char *sql)
{
	while (db->conn->mysql != NULL && mysql_stmt_more_results(prepared->stmt)) {
		int64_t began = time_ticks();
		int more = mysql_stmt_next_result(prepared->stmt);
		if (more > 0) {
			lease_failed(db, stmt_number(db, prepared), sql, began);
			return;
		}
		if (more == 0 && mysql_stmt_field_count(prepared->stmt) > 0) {
			(void)mysql_stmt_free_result(prepared->stmt);
			lease_panic(db, "a second result", sql);
		}
		/* What was bound belonged to the result before. */
		prepared->columns = 0;
	}
}

/* ---- Writing ---- */

int64_t
db_write_values(struct db *db, const struct stmt *stmt, const struct value *values)
{
	struct prepared *prepared = stmt_run(db, stmt, values);

	if (prepared == NULL)
		return -1;
	if (mysql_stmt_field_count(prepared->stmt) > 0) {
		(void)mysql_stmt_free_result(prepared->stmt);
		stmt_drain(db, prepared, stmt->sql);
		lease_panic(db, "db_write() of a statement with rows", stmt->sql);
		return -1;
	}
	int64_t changed = (int64_t)mysql_stmt_affected_rows(prepared->stmt);
	int64_t id = (int64_t)mysql_stmt_insert_id(prepared->stmt);
	if (id != 0)
		db->last_id = id;
	stmt_drain(db, prepared, stmt->sql);
	return db->status == OK ? changed : -1;
}

int64_t
db_last_id(struct db *db)
{
	return db->last_id;
}

enum status
db_write_one_values(struct db *db, const struct stmt *stmt, const struct value *values)
{
	if (db_write_values(db, stmt, values) != 1)
		db_fail(db, E_CONFLICT);
	return db->status;
}

/* ---- Many rows ---- */

/* One column of the rows of a packet. Numbers stand side by side; of all else the library
 * wants pointers. */
static void
bulk_bind(
    struct arena *arena, MYSQL_BIND *bind, const struct value *first, unsigned width, size_t n)
{
	enum value_kind kind = VALUE_NULL;
	char *indicators = arena_alloc(arena, n);
	unsigned long *lengths = arena_array_of(arena, unsigned long, n);
	int64_t *numbers = arena_array_of(arena, int64_t, n);
	MYSQL_TIME *times = NULL;
	const void **pointers = arena_array_of(arena, const void *, n);

	for (size_t i = 0; i < n && kind == VALUE_NULL; i++)
		kind = first[i * width].kind;
	if (kind == VALUE_DAY || kind == VALUE_INSTANT)
		times = arena_array_of(arena, MYSQL_TIME, n);
	for (size_t i = 0; i < n; i++) {
		const struct value *value = &first[i * width];
		numbers[i] = value->number;
		lengths[i] = (unsigned long)value->bytes.n;
		pointers[i] = value->bytes.p;
		if (value->kind == VALUE_NULL) {
			indicators[i] = STMT_INDICATOR_NULL;
		} else if (times != NULL) {
			times[i] = kind == VALUE_DAY ? time_of_day((day)value->number)
						     : time_of_instant(value->number);
			pointers[i] = &times[i];
		}
	}
	bool fixed = kind == VALUE_INT || kind == VALUE_NULL;
	bind->buffer_type = fixed ? MYSQL_TYPE_LONGLONG : value_type(kind);
	bind->buffer = fixed ? (void *)numbers : (void *)pointers;
	bind->length = lengths;
	bind->u.indicator = indicators;
}

/* One kind per column, NULL apart. */
static bool
bulk_uniform(const struct value *values, unsigned width, size_t n)
{
	for (unsigned column = 0; column < width; column++) {
		enum value_kind kind = VALUE_NULL;
		for (size_t i = 0; i < n; i++) {
			enum value_kind one = values[i * width + column].kind;
			if (one == VALUE_END ||
			    (one != VALUE_NULL && kind != VALUE_NULL && one != kind))
				return false;
			if (one != VALUE_NULL)
				kind = one;
		}
	}
	return true;
}

static int64_t
bulk_packet(struct db *db, struct prepared *prepared, const char *sql,
    const struct value *values, unsigned width, size_t n)
{
	MYSQL_BIND *binds = arena_array_of(db->arena, MYSQL_BIND, width);
	unsigned rows = (unsigned)n;
	int64_t began = time_ticks();

	for (unsigned column = 0; column < width; column++)
		bulk_bind(db->arena, &binds[column], values + column, width, n);
	(void)mysql_stmt_attr_set(prepared->stmt, STMT_ATTR_ARRAY_SIZE, &rows);
	int64_t changed = -1;
	if (mysql_stmt_bind_param(prepared->stmt, binds) == 0 &&
	    mysql_stmt_execute(prepared->stmt) == 0)
		changed = (int64_t)mysql_stmt_affected_rows(prepared->stmt);
	unsigned error = changed < 0 ? stmt_number(db, prepared) : 0;
	rows = 0;
	(void)mysql_stmt_attr_set(prepared->stmt, STMT_ATTR_ARRAY_SIZE, &rows);
	if (changed < 0)
		lease_failed(db, error, sql, began);
	return changed;
}

int64_t
db_write_many(struct db *db, const struct stmt *stmt, const struct value *values,
    unsigned width, size_t n)
{
	int64_t changed = 0;
	unsigned error = 0;
	int64_t began = time_ticks();

	if (db->status != OK)
		return -1;
	if (!db->transaction || db->conn == NULL) {
		lease_panic(db, "db_write_many() outside a transaction", stmt->sql);
		return -1;
	}
	if (n == 0)
		return 0;
	struct prepared *prepared = conn_prepared(db->conn, stmt->sql, &error);
	if (prepared == NULL) {
		lease_failed(db, error, stmt->sql, began);
		return -1;
	}
	if (width == 0 || prepared->params != width || !bulk_uniform(values, width, n)) {
		lease_panic(db, "values do not fit the statement", stmt->sql);
		return -1;
	}
	for (size_t at = 0; at < n; at += BULK_ROWS) {
		size_t part = n - at < BULK_ROWS ? n - at : BULK_ROWS;
		int64_t one =
		    bulk_packet(db, prepared, stmt->sql, values + at * width, width, part);
		if (one < 0)
			return -1;
		changed += one;
	}
	return changed;
}
