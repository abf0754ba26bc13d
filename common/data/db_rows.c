/*
 * db_rows.c: rows come out.
 *
 * db_read() copies every row into the lease's arena before it returns: the statement and
 * the connection are free at once, so several results can be open, and what a column gives
 * lives as long as the request. Limit: a result must fit the arena.
 */
#include "base/log.h"
#include "data/crypto.h"
#include "data/db_impl.h"

#include <string.h>

#define CHUNK_FIRST 32
#define CHUNK_LAST 1024

struct cell {
	union {
		int64_t number;   /* COLUMN_INT, _DAY, _INSTANT */
		const char *text; /* COLUMN_TEXT, _BYTES; NUL behind it */
	} as;
	size_t n; /* bytes of text */
	bool null;
};

/* Rows stand in pieces that grow, so nothing is copied when there are more. */
struct chunk {
	struct chunk *next;
	struct cell *cells;
	size_t n, room;
};

struct rows {
	struct db *db;
	const struct stmt *stmt;
	unsigned columns;
	unsigned char *kinds;
	size_t count;
	struct chunk *first;
	struct chunk *chunk; /* of the current row */
	size_t at;           /* its number in the chunk, from 1; 0: before the first row */
	const struct cell *row;
};

/* ---- Fetching ---- */

static struct chunk *
chunk_new(struct arena *arena, unsigned columns, size_t room)
{
	struct chunk *chunk = arena_new_of(arena, struct chunk);

	chunk->cells = arena_array_of(arena, struct cell, room * columns);
	chunk->room = room;
	return chunk;
}

static bool
take_text(struct db *db, struct prepared *prepared, unsigned i, struct cell *cell)
{
	const struct column *column = &prepared->cells[i];

	cell->n = column->length;
	if (column->length <= column->room) {
		cell->as.text = arena_copy(db->arena, column->text, column->length);
		return true;
	}
	char *text = arena_alloc(db->arena, column->length + 1);
	MYSQL_BIND bind = { 0 };
	bind.buffer_type = prepared->out[i].buffer_type;
	bind.buffer = text;
	bind.buffer_length = column->length;
	cell->as.text = text;
	return mysql_stmt_fetch_column(prepared->stmt, &bind, i, 0) == 0;
}

static bool
take_instant(const struct column *column, struct cell *cell)
{
	struct ymd ymd = { (int)column->time.year, (int)column->time.month,
		(int)column->time.day };
	day d = 0;

	if (!day_of_ymd(ymd, &d))
		return false;
	if (column->kind == COLUMN_DAY)
		cell->as.number = d;
	else
		cell->as.number = d * DAY_LENGTH + column->time.hour * HOUR +
				  column->time.minute * MINUTE + column->time.second * SECOND +
				  (instant)column->time.second_part;
	return true;
}

/* The text of a decimal without decimals, which need not end with a NUL. */
static bool
take_decimal(struct db *db, const struct column *column, struct cell *cell)
{
	if (column->length > column->room)
		return false;
	return text_to_int(
	    arena_copy(db->arena, column->text, column->length), &cell->as.number);
}

/* False: the value does not fit what it is read as. */
static bool
take_cell(struct db *db, struct prepared *prepared, unsigned i, struct cell *cell)
{
	const struct column *column = &prepared->cells[i];

	if (column->null) {
		cell->null = true;
		return true;
	}
	switch (column->kind) {
	case COLUMN_NULL:
		cell->null = true;
		return true;
	case COLUMN_INT:
		cell->as.number = column->number;
		return !prepared->out[i].is_unsigned || column->number >= 0;
	case COLUMN_DECIMAL:
		return take_decimal(db, column, cell);
	case COLUMN_TEXT:
	case COLUMN_BYTES:
		return take_text(db, prepared, i, cell);
	case COLUMN_DAY:
	case COLUMN_INSTANT:
		return take_instant(column, cell);
	}
	return false;
}

static bool
take_row(struct db *db, struct prepared *prepared, struct rows *rows)
{
	struct chunk *chunk = rows->chunk;

	if (chunk == NULL || chunk->n == chunk->room) {
		size_t room = chunk == NULL                  ? CHUNK_FIRST
			      : chunk->room * 2 < CHUNK_LAST ? chunk->room * 2
							     : CHUNK_LAST;
		struct chunk *more = chunk_new(db->arena, rows->columns, room);
		if (chunk == NULL)
			rows->first = more;
		else
			chunk->next = more;
		rows->chunk = more;
		chunk = more;
	}
	struct cell *row = chunk->cells + chunk->n * rows->columns;
	for (unsigned i = 0; i < rows->columns; i++)
		if (!take_cell(db, prepared, i, &row[i]))
			return false;
	chunk->n++;
	rows->count++;
	return true;
}

static void
take_rows(struct db *db, struct prepared *prepared, struct rows *rows)
{
	int64_t began = time_ticks();
	int fetched = 0;

	rows->columns = prepared->columns;
	rows->kinds = arena_alloc(db->arena, prepared->columns);
	for (unsigned i = 0; i < prepared->columns; i++)
		rows->kinds[i] = (unsigned char)prepared->cells[i].kind;
	/* Should the arena jump away meanwhile, the lease's end closes the connection. */
	while ((fetched = mysql_stmt_fetch(prepared->stmt)) == 0 ||
	       fetched == MYSQL_DATA_TRUNCATED) {
		if (!take_row(db, prepared, rows)) {
			lease_panic(db, "a value does not fit", rows->stmt->sql);
			(void)mysql_stmt_free_result(prepared->stmt);
			return;
		}
	}
	if (fetched != MYSQL_NO_DATA)
		lease_failed(db, stmt_number(db, prepared), rows->stmt->sql, began);
	else
		stmt_drain(db, prepared, rows->stmt->sql);
}

struct rows *
db_read_values(struct db *db, const struct stmt *stmt, const struct value *values)
{
	struct rows *rows = arena_new_of(db->arena, struct rows);
	struct prepared *prepared = stmt_run(db, stmt, values);

	rows->db = db;
	rows->stmt = stmt;
	if (prepared == NULL)
		return rows;
	unsigned columns = mysql_stmt_field_count(prepared->stmt);
	if (columns == 0) {
		stmt_drain(db, prepared, stmt->sql);
		lease_panic(db, "db_read() of a statement without rows", stmt->sql);
		return rows;
	}
	db->conn->fetching = true;
	if (!conn_bind_result(prepared))
		lease_failed(db, NUMBER_OUT_OF_MEMORY, stmt->sql, time_ticks());
	else
		take_rows(db, prepared, rows);
	db->conn->fetching = false;
	if (db->status != OK) {
		rows->first = NULL;
		rows->count = 0;
	}
	rows->chunk = rows->first;
	return rows;
}

/* ---- Walking ---- */

bool
rows_next(struct rows *rows)
{
	struct chunk *chunk = rows->chunk;

	rows->row = NULL;
	if (chunk != NULL && rows->at == chunk->n) {
		chunk = rows->chunk = chunk->next;
		rows->at = 0;
	}
	if (chunk == NULL || chunk->n == 0)
		return false;
	rows->row = chunk->cells + rows->at * rows->columns;
	rows->at++;
	return true;
}

void
rows_rewind(struct rows *rows)
{
	rows->chunk = rows->first;
	rows->at = 0;
	rows->row = NULL;
}

size_t
rows_count(const struct rows *rows)
{
	return rows->count;
}

static const struct cell NOTHING = { .as.number = 0, .null = true };

/* The cell, or one without a value when the column is not of this kind (kind2: or of that). */
static const struct cell *
cell_of(const struct rows *rows, unsigned column, enum column_kind kind, enum column_kind kind2)
{
	if (rows->row == NULL || column >= rows->columns) {
		lease_panic(rows->db, "no such row or column", rows->stmt->sql);
		return &NOTHING;
	}
	enum column_kind is = rows->kinds[column];
	if (is == kind || is == kind2 || is == COLUMN_NULL)
		return &rows->row[column];
	lease_panic(rows->db, "column read as what it is not", rows->stmt->sql);
	return &NOTHING;
}

bool
rows_null(const struct rows *rows, unsigned column)
{
	if (rows->row == NULL || column >= rows->columns) {
		lease_panic(rows->db, "no such row or column", rows->stmt->sql);
		return true;
	}
	return rows->row[column].null;
}

int64_t
rows_int(const struct rows *rows, unsigned column)
{
	const struct cell *cell = cell_of(rows, column, COLUMN_INT, COLUMN_DECIMAL);

	return cell->null ? 0 : cell->as.number;
}

const char *
rows_text(const struct rows *rows, unsigned column)
{
	const struct cell *cell = cell_of(rows, column, COLUMN_TEXT, COLUMN_TEXT);

	return cell->null ? "" : cell->as.text;
}

struct bytes
rows_bytes(const struct rows *rows, unsigned column)
{
	const struct cell *cell = cell_of(rows, column, COLUMN_BYTES, COLUMN_TEXT);

	if (cell->null)
		return (struct bytes){ 0 };
	return (struct bytes){ (const unsigned char *)cell->as.text, cell->n };
}

day
rows_day(const struct rows *rows, unsigned column)
{
	const struct cell *cell = cell_of(rows, column, COLUMN_DAY, COLUMN_DAY);

	return cell->null ? DAY_NONE : (day)cell->as.number;
}

instant
rows_instant(const struct rows *rows, unsigned column)
{
	const struct cell *cell = cell_of(rows, column, COLUMN_INSTANT, COLUMN_INSTANT);

	return cell->null ? 0 : cell->as.number;
}

struct money
rows_money(const struct rows *rows, unsigned column)
{
	return money_of(rows_int(rows, column), rows_text(rows, column + 1));
}

int64_t
db_int_values(
    struct db *db, const struct stmt *stmt, int64_t absent, const struct value *values)
{
	struct rows *rows = db_read_values(db, stmt, values);

	return rows_next(rows) ? rows_int(rows, 0) : absent;
}

struct id
rows_id(const struct rows *rows, unsigned column)
{
	struct bytes bytes = rows_bytes(rows, column);
	struct id id = { 0 };

	if (bytes.n == ID_BYTES)
		memcpy(id.b, bytes.p, ID_BYTES);
	return id;
}

char *
rows_id_text(struct arena *arena, const struct rows *rows, unsigned column)
{
	return id_text(arena, rows_id(rows, column));
}
