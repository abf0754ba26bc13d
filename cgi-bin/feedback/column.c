/*
 * column.c: values of rows that several files of this plugin read in the same way.
 */
#include "feedback/feedback.h"

#include <string.h>

enum status
column_questionnaire(struct arena *arena, const struct rows *rows, unsigned column,
    const struct questionnaire **ret)
{
	const char *json = rows_text(rows, column);
	struct questionnaire_fault fault;

	return questionnaire_read(arena, json, strlen(json), ret, &fault) == OK ? OK : E_FAULT;
}

const char *
text_cut(struct arena *arena, const char *text, size_t characters)
{
	const char *end = text;

	for (size_t n = 0; *end && n < characters; n++)
		(void)text_next(&end);
	return arena_copy(arena, text, (size_t)(end - text));
}
