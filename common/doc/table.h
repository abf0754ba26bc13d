/*
 * table.h: a table that somebody sends as CSV, read by the names of its columns. For the parse
 * function of a plugin (helper.h), which runs in a child and knows the columns, and for the
 * plugin's side, which reads the child's records and believes nothing of them but that they are
 * valid text. Files of people (cgi-bin/portal/people_file.c) and of time trackers
 * (cgi-bin/payments/tracker.c) are read so. In the child:
 *
 *     enum { EMAIL, RATE, COLUMNS };
 *     static const struct table_column RATES[COLUMNS] = {
 *     	[EMAIL] = { "email", "mail|email address", true },
 *     	[RATE] = { "rate", NULL, true },
 *     };
 *
 *     size_t at[COLUMNS], twice;
 *     struct table table = { .arena = arena, .out = out, .at = at, .most_of_row = 3 };
 *     if (!table_open(&table, file, ROWS_MAX))
 *     	return E_INPUT;
 *     if (!table_columns(&table, RATES, COLUMNS, &twice))
 *     	return table_fault(&table, "missing_columns", 1, 0, table_headers(&table)), E_INPUT;
 *     for (size_t i = 1; i < table.csv.n; i++)
 *     	if (!table_row_blank(&table.csv.rows[i]))
 *     		take_row(&table, &table.csv.rows[i]); // table_cell(), table_fault(), out_record()
 */
#ifndef KEPTWORD_TABLE_H
#define KEPTWORD_TABLE_H

#include "doc/csv.h"
#include "doc/helper.h"

/* Names are the same whatever their case, and with or without blanks, "_" and "-". */
struct table_column {
	const char *name; /* NULL: there is none at this place */
	const char *also; /* further names, parted by '|'; earlier ones count more; NULL: none */
	bool needed;
};

/* ---- In the child ---- */

struct table {
	struct arena *arena;
	struct parse_out *out;
	size_t *at;         /* of each place in the list: column + 1 of the file, 0: it has none */
	size_t most_of_row; /* faults of a row that are told; 0: all */
	size_t most;        /* of the file: one more, "too_many", tells that there are others; 0: all */
	/* Set by table_open() and table_columns(); csv.rows[0] is the header. */
	struct csv csv;
	/* Told so far, of the row since table_row_begin(). */
	size_t faults, faults_of_row;
};

/* False after a fault with a code of csv.h: the file is none, or has more than so many rows
 * behind its header. */
MUST_USE bool table_open(struct table *table, struct bytes file, size_t most_rows);

/* Finds n columns; false when one that is needed is not there. *ret_twice (may be NULL): column
 * + 1 of a header that means what another one means already, 0 for none. */
MUST_USE bool table_columns(
    struct table *table, const struct table_column *columns, size_t n, size_t *ret_twice);

/* All names of the header, parted by ", ". */
const char *table_headers(const struct table *table);

/* Sends {"fault", code, line, column, header, text}: text at most 200 bytes, of the header 1,000.
 * column from 1; 0: the row. Always false, for "return table_fault(...)". */
bool table_fault(
    struct table *table, const char *code, size_t line, size_t column, const char *text);

/* The cell of a place in the list, as it stands there; "" where the file or the row has none. */
const char *table_cell(const struct table *table, const struct csv_row *row, size_t place);
bool table_row_blank(const struct csv_row *row);

/* A row begins. False after "extra_cells": it has more than there are headers, so it has been torn
 * apart somewhere. (One with fewer may just end in empty ones.) */
bool table_row_begin(struct table *table, const struct csv_row *row);

/* At most max bytes of a valid text, cut between characters. */
char *table_cut(struct arena *arena, const char *text, size_t max);

/* ---- In the plugin ---- */

struct table_fault {
	const char *code;
	size_t line;        /* of the file, from 1; 0: the file */
	size_t column;      /* from 1; 0: the row */
	const char *header; /* of that column, "" for none */
	const char *text;   /* what stands there, shortened */
};

/* Does a record have n cells or more (exactly: n), none of them NULL? */
bool table_whole(const struct record *record, size_t n, bool exactly);
/* A whole number from 0 to most. */
MUST_USE bool table_number(const char *text, int64_t most, int64_t *ret);
/* What table_fault() sent. */
MUST_USE bool table_fault_read(const struct record *record, struct table_fault *ret);

#endif
