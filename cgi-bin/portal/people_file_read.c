/*
 * people_file_read.c: the plugin's side of people_file.h: records in. A parser child may have
 * been taken over, so each record is looked at again for what the rest relies on.
 */
#include "portal/people_file.h"

#include <string.h>

#define ROW_CELLS 9

static bool
line_of(const char *text, size_t *ret)
{
	int64_t line;

	if (!table_number(text, INT32_MAX, &line))
		return false;
	*ret = (size_t)line;
	return true;
}

static bool
fits(const char *text, size_t most)
{
	return text_length(text) <= most && !text_has_control(text, true);
}

static bool
read_row(const struct record *record, struct people_row *ret)
{
	const char **cells = record->cells;
	int64_t mask;

	*ret = (struct people_row){ .email = "",
		.legal_name = "",
		.preferred_name = "",
		.time_zone = "",
		.country = "",
		.locale = "" };
	if (record->n != ROW_CELLS || !line_of(cells[1], &ret->line) || !fits(cells[2], 254) ||
	    !fits(cells[3], 200) || !*cells[3] || !fits(cells[4], 120) || !fits(cells[5], 60) ||
	    !fits(cells[6], 2) || !fits(cells[7], 35) || !text_to_int(cells[8], &mask) ||
	    mask < 0 || mask >= (int64_t)1 << ROLE_BIT_MAX || (mask & ROLE(ADMIN)))
		return false;
	ret->email = cells[2];
	ret->legal_name = cells[3];
	ret->preferred_name = cells[4];
	ret->time_zone = cells[5];
	ret->country = cells[6];
	ret->locale = cells[7];
	ret->roles = (roles)mask;
	return true;
}

static bool
read_cells(const struct record *record, struct people_row *ret)
{
	*ret = (struct people_row){ .bad = true,
		.email = "",
		.legal_name = "",
		.preferred_name = "",
		.time_zone = "",
		.country = "",
		.locale = "",
		.n_cells = record->n - 2,
		.cells = record->cells + 2 };
	return line_of(record->cells[1], &ret->line) && ret->n_cells <= PEOPLE_COLUMNS_MAX;
}

static bool
read_record(const struct record *record, struct people_file *ret)
{
	const char *kind = record->n ? record->cells[0] : NULL;

	if (!table_whole(record, 2, false))
		return false;
	if (text_is(kind, "row"))
		return read_row(record, &ret->rows[ret->n_rows++]);
	if (text_is(kind, "cells"))
		return read_cells(record, &ret->rows[ret->n_rows++]);
	if (text_is(kind, "fault"))
		return table_fault_read(record, &ret->faults[ret->n_faults++]);
	if (text_is(kind, "file")) {
		ret->unused = record->cells[1];
		return true;
	}
	ret->n_header = record->n - 1;
	ret->header = record->cells + 1;
	return text_is(kind, "header") && ret->n_header <= PEOPLE_COLUMNS_MAX;
}

enum status
people_file_read(struct arena *arena, const struct records *records, struct people_file *ret)
{
	*ret = (struct people_file){ .unused = "" };
	ret->rows = arena_array_of(arena, struct people_row, records->count);
	ret->faults = arena_array_of(arena, struct table_fault, records->count);
	for (const struct record *record = records->first; record; record = record->next)
		if (!read_record(record, ret))
			return E_FAULT;
	/* Without a header there is a fault of the file and nothing else. */
	if (ret->n_header == 0) {
		if (ret->n_faults == 0)
			return E_FAULT;
		ret->refused = &ret->faults[0];
	}
	return ret->n_rows <= PEOPLE_ROWS_MAX ? OK : E_FAULT;
}
