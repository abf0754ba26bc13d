/*
 * tracker_json.c: a list of time entries as JSON, for the API: {"entries": [{...}]} or the list
 * alone. Becomes the table of our own columns, so that JSON and CSV are checked by the same
 * code. Runs in a parser child.
 *
 * Members of an entry are the columns' names; texts and whole numbers alone, null is an empty
 * cell.
 */
#include "data/json.h"
#include "payments/tracker_inner.h"

static const char *const names[] = { "person", "project", "kind", "day", "minutes", "tasks",
	"start", "note", "key" };
#define NAMES (sizeof names / sizeof *names)

static bool
fail(struct csv_fault *fault, const char *code, size_t line)
{
	*fault = (struct csv_fault){ .line = line, .column = 0, .code = code };
	return false;
}

/* The place of a member's name; NAMES for one that is not known. */
static size_t
place(const char *name)
{
	size_t i = 0;

	while (i < NAMES && !text_is(names[i], name))
		i++;
	return i;
}

/* The cells of one entry; the name of a member that cannot be stands behind them (so the row
 * has one too many, which tracker.c tells). */
static void
read_entry(struct arena *arena, json_t *entry, struct csv_row *row)
{
	const char *name;
	json_t *value;

	for (size_t i = 0; i < NAMES; i++)
		row->cells[i] = "";
	if (!json_is_object(entry)) {
		row->cells[NAMES] = "{";
		row->n = NAMES + 1;
		return;
	}
	json_object_foreach(entry, name, value)
	{
		size_t at = place(name);
		if (at < NAMES && json_is_string(value)) {
			row->cells[at] = json_string_value(value);
		} else if (at < NAMES && json_is_integer(value)) {
			row->cells[at] =
			    text_printf(arena, "%lld", (long long)json_integer_value(value));
		} else if (at == NAMES || !json_is_null(value)) {
			row->cells[NAMES] = name;
			row->n = NAMES + 1;
		}
	}
}

bool
tracker_json(struct arena *arena, struct bytes file, size_t max_rows, struct csv *ret,
    struct csv_fault *ret_fault)
{
	json_t *json = json_read(arena, file);
	json_t *list = json_is_object(json) ? json_object_get(json, "entries") : json;

	if (!json)
		return fail(ret_fault, "not_json", 0);
	if (!json_is_array(list) || (json_is_object(json) && json_object_size(json) != 1))
		return fail(ret_fault, "not_entries", 0);
	size_t n = json_array_size(list);
	if (n + 1 > max_rows)
		return fail(ret_fault, "too_many_rows", 0);
	ret->n = n + 1;
	ret->separator = ',';
	ret->rows = arena_array_of(arena, struct csv_row, n + 1);
	for (size_t i = 0; i <= n; i++)
		ret->rows[i] = (struct csv_row){ .line = i,
			.n = NAMES,
			.cells = arena_array_of(arena, const char *, NAMES + 1) };
	for (size_t i = 0; i < NAMES; i++)
		ret->rows[0].cells[i] = names[i];
	for (size_t i = 0; i < n; i++)
		read_entry(arena, json_array_get(list, i), &ret->rows[i + 1]);
	return true;
}
