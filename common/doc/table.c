/* table.c: a table that somebody sends as CSV, see table.h. Memory is the child's arena. */
#include "doc/table.h"

#include <string.h>

#define TEXT_MAX ((size_t)200)     /* of a cell that a fault shows */
#define HEADERS_MAX ((size_t)1000) /* of what one about the file shows */
#define FAULT_CELLS 6

/* ---- In the child ---- */

char *
table_cut(struct arena *arena, const char *text, size_t max)
{
	const char *at = text, *end = text;

	if (strlen(text) <= max)
		return text_copy(arena, text);
	while (text_next(&at) && (size_t)(at - text) <= max)
		end = at;
	return arena_copy(arena, text, (size_t)(end - text));
}

bool
table_open(struct table *table, struct bytes file, size_t most_rows)
{
	struct csv_fault broken;

	if (csv_read(table->arena, file, most_rows + 1, &table->csv, &broken) == OK)
		return true;
	return table_fault(table, broken.code, broken.line, broken.column, "");
}

/* A name without what does not count in it. */
static const char *
plain(struct arena *arena, const char *name)
{
	struct buf buf = buf_new(arena);

	buf_text(&buf, "");
	for (const char *p = text_trim(arena, name); *p; p++)
		if (!strchr(" _-\t", *p))
			buf_char(&buf, *p);
	return buf.p;
}

/* The first header of that name, and, in *more, the second. */
static size_t
find(const struct table *table, const char **headers, const char *name, size_t *more)
{
	const char *wanted = plain(table->arena, name);
	size_t at = 0;

	for (size_t i = 0; i < table->csv.rows[0].n; i++) {
		if (!*headers[i] || !text_is_nocase(headers[i], wanted))
			continue;
		if (at)
			*more = i + 1;
		else
			at = i + 1;
	}
	return at;
}

/* Where a column is, by the first of its names that the header has. */
static size_t
column_find(const struct table *table, const char **headers, const struct table_column *column,
    size_t *twice)
{
	size_t n = 0, at = find(table, headers, column->name, twice);
	char **also = column->also ? text_split(table->arena, column->also, '|', &n) : NULL;

	for (size_t i = 0; i < n; i++) {
		size_t other = find(table, headers, also[i], twice);
		if (at && other && other != at)
			*twice = other;
		if (!at)
			at = other;
	}
	return at;
}

bool
table_columns(
    struct table *table, const struct table_column *columns, size_t n, size_t *ret_twice)
{
	const struct csv_row *header = &table->csv.rows[0];
	const char **headers = arena_array_of(table->arena, const char *, header->n);
	size_t twice = 0;
	bool whole = true;

	for (size_t i = 0; i < header->n; i++)
		headers[i] = plain(table->arena, header->cells[i]);
	for (size_t place = 0; place < n; place++) {
		table->at[place] = columns[place].name
				       ? column_find(table, headers, &columns[place], &twice)
				       : 0;
		whole = whole && (table->at[place] || !columns[place].needed);
	}
	if (ret_twice)
		*ret_twice = twice;
	return whole;
}

const char *
table_headers(const struct table *table)
{
	const struct csv_row *header = &table->csv.rows[0];
	struct buf all = buf_new(table->arena);

	buf_text(&all, "");
	for (size_t i = 0; i < header->n; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", header->cells[i]);
	return all.p;
}

bool
table_fault(struct table *table, const char *code, size_t line, size_t column, const char *text)
{
	struct arena *arena = table->arena;
	const char *header = "";

	table->faults++;
	if (table->faults_of_row++ >= table->most_of_row && table->most_of_row)
		return false;
	if (table->most && table->faults > table->most + 1)
		return false;
	if (table->most && table->faults == table->most + 1)
		code = "too_many";
	if (column > 0 && table->csv.n > 0 && column <= table->csv.rows[0].n)
		header = table_cut(arena, table->csv.rows[0].cells[column - 1], TEXT_MAX);
	const char *cells[FAULT_CELLS] = { "fault", code, text_printf(arena, "%zu", line),
		text_printf(arena, "%zu", column), header,
		table_cut(arena, text, line > 1 ? TEXT_MAX : HEADERS_MAX) };
	out_record(table->out, FAULT_CELLS, cells);
	return false;
}

const char *
table_cell(const struct table *table, const struct csv_row *row, size_t place)
{
	size_t at = table->at[place];

	return at == 0 || at > row->n ? "" : row->cells[at - 1];
}

bool
table_row_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (!text_blank(row->cells[i]))
			return false;
	return true;
}

bool
table_row_begin(struct table *table, const struct csv_row *row)
{
	table->faults_of_row = 0;
	for (size_t i = table->csv.rows[0].n; i < row->n; i++)
		if (!text_blank(row->cells[i]))
			return table_fault(
			    table, "extra_cells", row->line, i + 1, row->cells[i]);
	return true;
}

/* ---- In the plugin ---- */

bool
table_whole(const struct record *record, size_t n, bool exactly)
{
	if (record->n < n || (exactly && record->n != n))
		return false;
	for (size_t i = 0; i < record->n; i++)
		if (!record->cells[i])
			return false;
	return true;
}

bool
table_number(const char *text, int64_t most, int64_t *ret)
{
	return text && text_to_int(text, ret) && *ret >= 0 && *ret <= most;
}

bool
table_fault_read(const struct record *record, struct table_fault *ret)
{
	int64_t line, column;

	if (!table_whole(record, FAULT_CELLS, true) ||
	    !table_number(record->cells[2], INT32_MAX, &line) ||
	    !table_number(record->cells[3], INT32_MAX, &column))
		return false;
	*ret = (struct table_fault){ .code = record->cells[1],
		.line = (size_t)line,
		.column = (size_t)column,
		.header = record->cells[4],
		.text = record->cells[5] };
	return true;
}
