/*
 * lss_table.c: the tables of an .lss file as arrays of rows. Used by the importer, in its
 * child.
 *
 * A file repeats `<table><rows><row><column>text</column>…`; columns that nothing here reads
 * are passed over. Everything is copied into the arena once, so that looking things up is
 * walking over memory.
 */
#include "lss_impl.h"

#include <stdlib.h>

static const char *const column_names[] = {
#define X(name) #name,
	LSS_COLUMNS(X)
#undef X
};

static void
read_row(struct arena *arena, const struct xml_node *node, struct lss_row *row)
{
	for (const struct xml_node *cell = xml_child(node, 0); cell; cell = xml_next(cell, 0))
		for (size_t c = 0; c < LSS_COLUMN_MAX; c++)
			if (!row->cells[c] && xml_is(cell, column_names[c]))
				row->cells[c] = xml_text(arena, cell);
}

enum status
lss_table_read(
    struct arena *arena, const struct xml_node *root, const char *name, struct lss_table *ret)
{
	const struct xml_node *table = xml_child(root, name);
	const struct xml_node *first = xml_child(xml_child(table, "rows"), "row");
	size_t n = 0;

	for (const struct xml_node *row = first; row; row = xml_next(row, "row"))
		n++;
	if (n > LSS_ROWS_MAX)
		return E_LIMIT;
	ret->found = table != 0;
	ret->rows = arena_array_of(arena, struct lss_row, n);
	ret->n = 0;
	for (const struct xml_node *row = first; row; row = xml_next(row, "row"))
		read_row(arena, row, &ret->rows[ret->n++]);
	return OK;
}

const char *
lss_cell(const struct lss_row *row, enum lss_column column)
{
	return row->cells[column] ? row->cells[column] : "";
}

int64_t
lss_number(const struct lss_row *row, enum lss_column column)
{
	int64_t number = 0;

	return text_to_int(lss_cell(row, column), &number) ? number : 0;
}

struct place {
	int64_t order;
	size_t at;
};

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = (const struct place *)a, *y = (const struct place *)b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

void
lss_table_sort(struct arena *arena, struct lss_table *table, enum lss_column by)
{
	struct place *places = arena_array_of(arena, struct place, table->n);
	struct lss_row *sorted = arena_array_of(arena, struct lss_row, table->n);

	for (size_t i = 0; i < table->n; i++)
		places[i] = (struct place){ lss_number(&table->rows[i], by), i };
	qsort(places, table->n, sizeof(*places), compare_places);
	for (size_t i = 0; i < table->n; i++)
		sorted[i] = table->rows[places[i].at];
	table->rows = sorted;
}
