/*
 * tracker_format.c: which columns of which tracker mean what. A list for each format; a column
 * may have several names in one format (trackers rename them by version and by setting). The
 * format is the first whose needed columns are all there.
 */
#include "payments/tracker_inner.h"

static const struct format {
	const char *name;
	struct table_column columns[COLUMN_MAX];
} FORMATS[] = {
	{ "clockify",
	    {
		[COLUMN_START_DATE] = { .name = "start date", .needed = true },
		[COLUMN_DURATION] = { .name = "duration (h)", .needed = true },
		[COLUMN_START_TIME] = { .name = "start time" },
		[COLUMN_END_DATE] = { .name = "end date" },
		[COLUMN_END_TIME] = { .name = "end time" },
		[COLUMN_EMAIL] = { .name = "email" },
		[COLUMN_PERSON] = { .name = "user" },
		[COLUMN_PROJECT] = { .name = "project" },
		[COLUMN_TASK] = { .name = "task", .also = "activity" },
		[COLUMN_TEXT] = { .name = "description" },
	    } },
	{ "toggl",
	    {
		[COLUMN_START_DATE] = { .name = "start date", .needed = true },
		[COLUMN_DURATION] = { .name = "duration", .needed = true },
		[COLUMN_START_TIME] = { .name = "start time" },
		[COLUMN_END_DATE] = { .name = "end date", .also = "stop date" },
		[COLUMN_END_TIME] = { .name = "end time", .also = "stop time" },
		[COLUMN_EMAIL] = { .name = "email" },
		[COLUMN_PERSON] = { .name = "user", .also = "member" },
		[COLUMN_PROJECT] = { .name = "project" },
		[COLUMN_TASK] = { .name = "task" },
		[COLUMN_TEXT] = { .name = "description" },
	    } },
	{ "harvest",
	    {
		[COLUMN_START_DATE] = { .name = "date", .needed = true },
		[COLUMN_DURATION] = { .name = "hours", .needed = true },
		[COLUMN_EMAIL] = { .name = "email" },
		[COLUMN_FIRST_NAME] = { .name = "first name" },
		[COLUMN_LAST_NAME] = { .name = "last name" },
		[COLUMN_PROJECT] = { .name = "project" },
		[COLUMN_TASK] = { .name = "task" },
		[COLUMN_TEXT] = { .name = "notes" },
	    } },
	{ "generic",
	    {
		[COLUMN_START] = { .name = "start", .needed = true },
		[COLUMN_END] = { .name = "end", .needed = true },
		[COLUMN_EMAIL] = { .name = "user_email", .also = "email" },
		[COLUMN_PERSON] = { .name = "user_name", .also = "user" },
		[COLUMN_PROJECT] = { .name = "project" },
		[COLUMN_TASK] = { .name = "task" },
		[COLUMN_TEXT] = { .name = "description" },
	    } },
};

const char *
tracker_recognise(struct table *table)
{
	for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
		if (table_columns(table, FORMATS[i].columns, COLUMN_MAX, NULL))
			return FORMATS[i].name;
	return NULL;
}
