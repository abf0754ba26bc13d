/*
 * tracker_read.c: the plugin's side of tracker.h: options out, records in. Believes nothing of
 * a record but that its cells are valid text: a parser child may have been taken over.
 */
#include "payments/tracker.h"

#include <string.h>

#define ENTRY_CELLS 14
#define TASKS_MAX 100000

/* A value up to its first line break; NULL gives "". */
static char *
one_line(struct arena *arena, const char *text)
{
	return text == NULL ? text_copy(arena, "")
			    : arena_copy(arena, text, strcspn(text, "\r\n"));
}

char *
tracker_options(struct arena *arena, const char *dates, const char *zone, const char *person)
{
	return text_printf(arena, "dates=%s\nzone=%s\nperson=%s", one_line(arena, dates),
	    one_line(arena, zone), one_line(arena, person));
}

static bool
read_entry(const struct record *record, struct tracker_entry *ret)
{
	const char *const *cells = record->cells;
	int64_t line, notes;

	if (!table_whole(record, ENTRY_CELLS, true) ||
	    !table_number(cells[1], INT32_MAX, &line) ||
	    !table_number(cells[9], 86400, &ret->seconds) ||
	    !table_number(cells[11], 255, &notes) || !day_parse(cells[8], &ret->day) ||
	    *cells[3] == '\0' || strlen(cells[10]) != 64 || *cells[12] == '\0' ||
	    !table_number(cells[13], TASKS_MAX, &ret->tasks))
		return false;
	ret->has_start = *cells[7] != '\0';
	if (ret->has_start && !instant_parse(cells[7], &ret->start))
		return false;
	ret->line = (size_t)line;
	ret->by_email = text_is(cells[2], "1");
	ret->person = cells[3];
	ret->project = cells[4];
	ret->task = cells[5];
	ret->description = cells[6];
	ret->minutes = (ret->seconds + 30) / 60;
	ret->key = cells[10];
	ret->kind = cells[12];
	ret->notes = (unsigned)notes;
	return true;
}

static bool
read_file(const struct record *record, struct tracker_file *ret)
{
	int64_t rows;

	if (!table_whole(record, 3, true) || !table_number(record->cells[2], INT32_MAX, &rows))
		return false;
	ret->format = record->cells[1];
	ret->rows = (size_t)rows;
	return true;
}

enum status
tracker_read(struct arena *arena, const struct records *records, struct tracker_file *ret)
{
	struct tracker_file file = { .format = "" };

	file.entries = arena_array_of(arena, struct tracker_entry, records->count);
	file.faults = arena_array_of(arena, struct table_fault, records->count);
	for (const struct record *at = records->first; at != NULL; at = at->next) {
		const char *kind = at->n > 0 ? at->cells[0] : NULL;
		bool good = false;
		if (text_is(kind, "entry"))
			good = read_entry(at, &file.entries[file.n_entries++]);
		else if (text_is(kind, "fault"))
			good = table_fault_read(at, &file.faults[file.n_faults++]);
		else if (text_is(kind, "file"))
			good = read_file(at, &file);
		if (!good)
			return E_FAULT;
	}
	*ret = file;
	return OK;
}
