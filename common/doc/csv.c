/*
 * csv.c: see csv.h. Used by importers inside parser children and by every CSV answer.
 *
 * The reader makes one copy of the text and cuts it where it stands: cells point into the copy
 * and are unquoted in place, so a file of n bytes costs n bytes and its pointers.
 */
#include "doc/csv.h"

#include "doc/decode.h"

#include <string.h>

#define CELL_MAX ((size_t)64 * 1024)

struct reader {
	struct arena *arena;
	char *at, *end; /* *end is NUL */
	size_t line;    /* of at */
	char separator;
	const char *text_fault; /* what stands at end, when the text is not whole */
	const char **cells;     /* all cells of all rows */
	size_t n_cells, room_cells;
	struct csv_row *rows; /* n counts; cells is set when all are read */
	size_t n_rows, room_rows;
	struct csv_fault *fault;
};

/* The separator that stands most often outside quotes in the first row; a comma when none
 * does. */
static char
find_separator(const char *text, const char *end)
{
	static const char separators[] = { ',', ';', '\t', '|' };
	size_t counts[sizeof separators] = { 0 }, best = 0;
	bool quoted = false;

	while (text < end && (*text == '\r' || *text == '\n'))
		text++;
	for (; text < end && (quoted || (*text != '\r' && *text != '\n')); text++) {
		if (*text == '"')
			quoted = !quoted;
		for (size_t i = 0; i < sizeof separators && !quoted; i++)
			counts[i] += *text == separators[i];
	}
	for (size_t i = 1; i < sizeof separators; i++) {
		if (counts[i] > counts[best])
			best = i;
	}
	return separators[best];
}

static bool
line_end(const char *at)
{
	return *at == '\n' || (*at == '\r' && at[1] != '\n');
}

static bool
stop(struct reader *r, const char *code, size_t line, size_t column)
{
	*r->fault = (struct csv_fault){ .line = line, .column = column, .code = code };
	return false;
}

/* Takes one quoted cell; r->at stands behind the opening quote. */
static bool
quoted_cell(struct reader *r, size_t column, const char **ret)
{
	char *start = r->at, *write = r->at;
	size_t opened = r->line;

	for (; r->at < r->end; r->at++) {
		if (*r->at == '"') {
			if (r->at[1] != '"')
				break;
			r->at++;
		}
		if (line_end(r->at))
			r->line++;
		*write++ = *r->at;
	}
	if (r->at == r->end)
		return r->text_fault != NULL ? stop(r, r->text_fault, r->line, column)
					     : stop(r, "quote", opened, column);
	r->at++;
	if (r->at < r->end && *r->at != r->separator && *r->at != '\r' && *r->at != '\n')
		return stop(r, "quote", r->line, column);
	if ((size_t)(write - start) > CELL_MAX)
		return stop(r, "cell_too_long", opened, column);
	/* The closing quote's place is free now: write stands on it or before it. */
	*write = '\0';
	*ret = start;
	return true;
}

/* Takes the cell at r->at; *ret_more: a separator follows. Leaves r->at on the next cell or
 * on the line's end, which the cell's NUL may overwrite, so the line is counted here. */
static bool
take_cell(struct reader *r, size_t column, const char **ret, bool *ret_more)
{
	if (r->at < r->end && *r->at == '"') {
		r->at++;
		if (!quoted_cell(r, column, ret))
			return false;
	} else {
		*ret = r->at;
		while (r->at < r->end && *r->at != r->separator && *r->at != '\r' &&
		       *r->at != '\n')
			r->at++;
		if ((size_t)(r->at - *ret) > CELL_MAX)
			return stop(r, "cell_too_long", r->line, column);
	}
	if (r->at == r->end && r->text_fault != NULL)
		return stop(r, r->text_fault, r->line, column);
	*ret_more = false;
	if (r->at == r->end)
		return true;
	char closing = *r->at;
	*r->at++ = '\0';
	if (closing == r->separator) {
		*ret_more = true;
		return true;
	}
	if (closing == '\r' && *r->at == '\n')
		r->at++;
	r->line++;
	return true;
}

static void
keep_cell(struct reader *r, const char *cell)
{
	if (r->n_cells == r->room_cells) {
		r->room_cells = r->room_cells == 0 ? 256 : r->room_cells * 2;
		const char **more = arena_array_of(r->arena, const char *, r->room_cells);
		if (r->n_cells > 0)
			memcpy(more, r->cells, r->n_cells * sizeof *more);
		r->cells = more;
	}
	r->cells[r->n_cells++] = cell;
}

static void
keep_row(struct reader *r, size_t line, size_t n)
{
	if (r->n_rows == r->room_rows) {
		r->room_rows = r->room_rows == 0 ? 64 : r->room_rows * 2;
		struct csv_row *more = arena_array_of(r->arena, struct csv_row, r->room_rows);
		if (r->n_rows > 0)
			memcpy(more, r->rows, r->n_rows * sizeof *more);
		r->rows = more;
	}
	r->rows[r->n_rows++] = (struct csv_row){ .line = line, .n = n };
}

/* One row, or nothing for a blank line. */
static bool
take_row(struct reader *r, size_t max_rows)
{
	size_t line = r->line, first = r->n_cells;
	bool more = true, quoted = *r->at == '"';
	const char *cell = "";

	while (more) {
		if (!take_cell(r, r->n_cells - first + 1, &cell, &more))
			return false;
		keep_cell(r, cell);
	}
	if (r->n_cells - first == 1 && *cell == '\0' && !quoted) {
		r->n_cells = first;
		return true;
	}
	if (r->n_rows == max_rows)
		return stop(r, "too_many_rows", line, 1);
	keep_row(r, line, r->n_cells - first);
	return true;
}

enum status
csv_read(struct arena *arena, struct bytes file, size_t max_rows, struct csv *ret,
    struct csv_fault *ret_fault)
{
	struct decoded text;

	decode_text(arena, file, &text);
	struct reader r = {
		.arena = arena,
		.at = text.text,
		.end = text.text + text.n,
		.line = 1,
		.separator = find_separator(text.text, text.text + text.n),
		.text_fault = text.fault,
		.fault = ret_fault,
	};
	while (r.at < r.end) {
		if (!take_row(&r, max_rows))
			return E_INPUT;
	}
	if (text.fault != NULL)
		(void)stop(&r, text.fault, r.line, 1);
	else if (r.n_rows == 0)
		(void)stop(&r, "empty", 1, 1);
	if (text.fault != NULL || r.n_rows == 0)
		return E_INPUT;
	const char **cells = r.cells;
	for (size_t i = 0; i < r.n_rows; i++) {
		r.rows[i].cells = cells;
		cells += r.rows[i].n;
	}
	*ret = (struct csv){ .n = r.n_rows, .rows = r.rows, .separator = r.separator };
	return OK;
}

/* -12, +3.50, 1,25: signs and digits with at most one dot or comma inside. */
static bool
plain_number(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t whole = strspn(text, "0123456789");
	if (whole == 0)
		return false;
	text += whole;
	if (*text != '.' && *text != ',')
		return *text == '\0';
	text++;
	size_t part = strspn(text, "0123456789");
	return part > 0 && text[part] == '\0';
}

void
csv_cell(struct csv_writer *writer, const char *text)
{
	struct buf *out = writer->out;

	if (text == NULL)
		text = "";
	bool disarm = *text != '\0' && strchr("=+-@\t\r", *text) != NULL && !plain_number(text);
	size_t n = strlen(text);
	bool quote = text[strcspn(text, ",;|\t\"\r\n")] != '\0' ||
		     (n > 0 && (text[0] == ' ' || text[n - 1] == ' ')) ||
		     (n == 0 && writer->cells == 0);

	if (writer->cells++ > 0)
		buf_char(out, ',');
	if (quote)
		buf_char(out, '"');
	if (disarm)
		buf_char(out, '\'');
	for (; quote && *text != '\0'; text++) {
		if (*text == '"')
			buf_char(out, '"');
		buf_char(out, *text);
	}
	if (quote)
		buf_char(out, '"');
	else
		buf_text(out, text);
}

void
csv_end(struct csv_writer *writer)
{
	buf_text(writer->out, "\r\n");
	writer->cells = 0;
}

void
csv_line(struct csv_writer *writer, size_t n, const char *const *cells)
{
	for (size_t i = 0; i < n; i++)
		csv_cell(writer, cells[i]);
	csv_end(writer);
}
