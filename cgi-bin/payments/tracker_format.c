/*
 * tracker_format.c: which columns of which tracker mean what. One table; a column may have
 * several names in one format (trackers rename them by version and by setting).
 */
#include "payments/tracker_inner.h"

static const char *const formats[] = { "clockify", "toggl", "harvest", "generic" };
enum {
	CLOCKIFY,
	TOGGL,
	HARVEST,
	GENERIC,
	FORMATS
};

static const struct {
	int format;
	enum tracker_column column;
	const char *header; /* in lower case */
	bool needed;        /* the format is not this one without it (or another needed name) */
} headers[] = {
	{ CLOCKIFY, COLUMN_START_DATE, "start date", true },
	{ CLOCKIFY, COLUMN_DURATION, "duration (h)", true },
	{ CLOCKIFY, COLUMN_START_TIME, "start time", false },
	{ CLOCKIFY, COLUMN_END_DATE, "end date", false },
	{ CLOCKIFY, COLUMN_END_TIME, "end time", false },
	{ CLOCKIFY, COLUMN_EMAIL, "email", false },
	{ CLOCKIFY, COLUMN_PERSON, "user", false },
	{ CLOCKIFY, COLUMN_PROJECT, "project", false },
	{ CLOCKIFY, COLUMN_TASK, "task", false },
	{ CLOCKIFY, COLUMN_TASK, "activity", false },
	{ CLOCKIFY, COLUMN_TEXT, "description", false },

	{ TOGGL, COLUMN_START_DATE, "start date", true },
	{ TOGGL, COLUMN_DURATION, "duration", true },
	{ TOGGL, COLUMN_START_TIME, "start time", false },
	{ TOGGL, COLUMN_END_DATE, "end date", false },
	{ TOGGL, COLUMN_END_DATE, "stop date", false },
	{ TOGGL, COLUMN_END_TIME, "end time", false },
	{ TOGGL, COLUMN_END_TIME, "stop time", false },
	{ TOGGL, COLUMN_EMAIL, "email", false },
	{ TOGGL, COLUMN_PERSON, "user", false },
	{ TOGGL, COLUMN_PERSON, "member", false },
	{ TOGGL, COLUMN_PROJECT, "project", false },
	{ TOGGL, COLUMN_TASK, "task", false },
	{ TOGGL, COLUMN_TEXT, "description", false },

	{ HARVEST, COLUMN_START_DATE, "date", true },
	{ HARVEST, COLUMN_DURATION, "hours", true },
	{ HARVEST, COLUMN_EMAIL, "email", false },
	{ HARVEST, COLUMN_FIRST_NAME, "first name", false },
	{ HARVEST, COLUMN_LAST_NAME, "last name", false },
	{ HARVEST, COLUMN_PROJECT, "project", false },
	{ HARVEST, COLUMN_TASK, "task", false },
	{ HARVEST, COLUMN_TEXT, "notes", false },

	{ GENERIC, COLUMN_START, "start", true },
	{ GENERIC, COLUMN_END, "end", true },
	{ GENERIC, COLUMN_EMAIL, "user_email", false },
	{ GENERIC, COLUMN_EMAIL, "email", false },
	{ GENERIC, COLUMN_PERSON, "user_name", false },
	{ GENERIC, COLUMN_PERSON, "user", false },
	{ GENERIC, COLUMN_PROJECT, "project", false },
	{ GENERIC, COLUMN_TASK, "task", false },
	{ GENERIC, COLUMN_TEXT, "description", false },
};

/* Column + 1 of the first header with that name, 0 for none. */
static size_t
find(struct arena *arena, const struct csv_row *header, const char *name)
{
	for (size_t i = 0; i < header->n; i++) {
		if (text_is_nocase(text_trim(arena, header->cells[i]), name))
			return i + 1;
	}
	return 0;
}

void
tracker_recognise(struct arena *arena, const struct csv_row *header, struct tracker_format *ret)
{
	for (int format = 0; format < FORMATS; format++) {
		bool whole = true;

		*ret = (struct tracker_format){ .name = formats[format] };
		for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
			if (headers[i].format != format)
				continue;
			size_t at = find(arena, header, headers[i].header);
			whole = whole && (at > 0 || !headers[i].needed);
			if (ret->at[headers[i].column] == 0)
				ret->at[headers[i].column] = at;
		}
		if (whole)
			return;
	}
	ret->name = NULL;
}
