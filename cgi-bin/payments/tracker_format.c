/*
 * tracker_format.c: which columns of which tracker mean what. Two tables; a column may have
 * several names in one format (trackers rename them by version and by setting), of which the
 * first that a file has counts.
 */
#include "payments/tracker_inner.h"

#include <string.h>

#define NEEDED_MAX 3

enum {
	CLOCKIFY,
	TOGGL,
	HUBSTAFF,
	DEEL,
	HARVEST,
	GENERIC,
	OWN,
	FORMATS
};

/* In the order in which a header row is tried. The format is not this one without a column for
 * each of needed. */
static const struct {
	const char *name;
	bool decimal_hours, own;
	size_t n_needed;
	enum tracker_column needed[NEEDED_MAX];
} formats[FORMATS] = {
	[CLOCKIFY] = { "clockify", false, false, 2, { COLUMN_START_DATE, COLUMN_DURATION } },
	[TOGGL] = { "toggl", false, false, 2, { COLUMN_START_DATE, COLUMN_DURATION } },
	[HUBSTAFF] = { "hubstaff", false, false, 3,
	    { COLUMN_START_DATE, COLUMN_DURATION, COLUMN_PERSON } },
	[DEEL] = { "deel", true, false, 2, { COLUMN_START_DATE, COLUMN_DURATION } },
	[HARVEST] = { "harvest", true, false, 2, { COLUMN_START_DATE, COLUMN_DURATION } },
	[GENERIC] = { "generic", false, false, 2, { COLUMN_START, COLUMN_END } },
	[OWN] = { "own", false, true, 2, { COLUMN_START_DATE, COLUMN_PROJECT } },
};

static const struct {
	int format;
	enum tracker_column column;
	const char *header; /* in lower case, blanks for '_' and '-' */
} headers[] = {
	{ CLOCKIFY, COLUMN_START_DATE, "start date" },
	{ CLOCKIFY, COLUMN_DURATION, "duration (h)" },
	{ CLOCKIFY, COLUMN_DURATION, "time (h)" },
	{ CLOCKIFY, COLUMN_DURATION, "duration (decimal)" },
	{ CLOCKIFY, COLUMN_DURATION, "time (decimal)" },
	{ CLOCKIFY, COLUMN_START_TIME, "start time" },
	{ CLOCKIFY, COLUMN_END_DATE, "end date" },
	{ CLOCKIFY, COLUMN_END_TIME, "end time" },
	{ CLOCKIFY, COLUMN_EMAIL, "email" },
	{ CLOCKIFY, COLUMN_PERSON, "user" },
	{ CLOCKIFY, COLUMN_PROJECT, "project" },
	{ CLOCKIFY, COLUMN_TASK, "task" },
	{ CLOCKIFY, COLUMN_TASK, "activity" },
	{ CLOCKIFY, COLUMN_TEXT, "description" },

	{ TOGGL, COLUMN_START_DATE, "start date" },
	{ TOGGL, COLUMN_DURATION, "duration" },
	{ TOGGL, COLUMN_START_TIME, "start time" },
	{ TOGGL, COLUMN_END_DATE, "end date" },
	{ TOGGL, COLUMN_END_DATE, "stop date" },
	{ TOGGL, COLUMN_END_TIME, "end time" },
	{ TOGGL, COLUMN_END_TIME, "stop time" },
	{ TOGGL, COLUMN_EMAIL, "email" },
	{ TOGGL, COLUMN_PERSON, "user" },
	{ TOGGL, COLUMN_PERSON, "member" },
	{ TOGGL, COLUMN_PROJECT, "project" },
	{ TOGGL, COLUMN_TASK, "task" },
	{ TOGGL, COLUMN_TEXT, "description" },

	{ HUBSTAFF, COLUMN_START_DATE, "date" },
	{ HUBSTAFF, COLUMN_DURATION, "time" },
	{ HUBSTAFF, COLUMN_DURATION, "duration" },
	{ HUBSTAFF, COLUMN_DURATION, "tracked" },
	{ HUBSTAFF, COLUMN_DURATION, "time tracked" },
	{ HUBSTAFF, COLUMN_START_TIME, "start" },
	{ HUBSTAFF, COLUMN_START_TIME, "start time" },
	{ HUBSTAFF, COLUMN_END_TIME, "stop" },
	{ HUBSTAFF, COLUMN_END_TIME, "stop time" },
	{ HUBSTAFF, COLUMN_END_TIME, "end time" },
	{ HUBSTAFF, COLUMN_EMAIL, "member email" },
	{ HUBSTAFF, COLUMN_EMAIL, "email" },
	{ HUBSTAFF, COLUMN_PERSON, "member" },
	{ HUBSTAFF, COLUMN_PROJECT, "project" },
	{ HUBSTAFF, COLUMN_TASK, "task summary" },
	{ HUBSTAFF, COLUMN_TASK, "task" },
	{ HUBSTAFF, COLUMN_TASK, "to do" },
	{ HUBSTAFF, COLUMN_TEXT, "notes" },
	{ HUBSTAFF, COLUMN_TEXT, "note" },

	{ DEEL, COLUMN_START_DATE, "date submitted" },
	{ DEEL, COLUMN_START_DATE, "date" },
	{ DEEL, COLUMN_DURATION, "quantity" },
	{ DEEL, COLUMN_SCALE, "scale" },
	{ DEEL, COLUMN_SCALE, "unit" },
	{ DEEL, COLUMN_STATUS, "status" },
	{ DEEL, COLUMN_EMAIL, "contractor email" },
	{ DEEL, COLUMN_EMAIL, "worker email" },
	{ DEEL, COLUMN_EMAIL, "email" },
	{ DEEL, COLUMN_PERSON, "contractor employee name" },
	{ DEEL, COLUMN_PERSON, "contractor name" },
	{ DEEL, COLUMN_PERSON, "worker name" },
	{ DEEL, COLUMN_PERSON, "worker" },
	{ DEEL, COLUMN_PROJECT, "project" },
	{ DEEL, COLUMN_PROJECT, "contract name" },
	{ DEEL, COLUMN_PROJECT, "contract title" },
	{ DEEL, COLUMN_PROJECT, "contract id" },
	{ DEEL, COLUMN_TEXT, "description" },

	{ HARVEST, COLUMN_START_DATE, "date" },
	{ HARVEST, COLUMN_DURATION, "hours" },
	{ HARVEST, COLUMN_EMAIL, "email" },
	{ HARVEST, COLUMN_FIRST_NAME, "first name" },
	{ HARVEST, COLUMN_LAST_NAME, "last name" },
	{ HARVEST, COLUMN_PERSON, "member" },
	{ HARVEST, COLUMN_PERSON, "user" },
	{ HARVEST, COLUMN_PERSON, "name" },
	{ HARVEST, COLUMN_PROJECT, "project" },
	{ HARVEST, COLUMN_TASK, "task" },
	{ HARVEST, COLUMN_TEXT, "notes" },

	{ GENERIC, COLUMN_START, "start" },
	{ GENERIC, COLUMN_START, "started at" },
	{ GENERIC, COLUMN_END, "end" },
	{ GENERIC, COLUMN_END, "stop" },
	{ GENERIC, COLUMN_END, "ended at" },
	{ GENERIC, COLUMN_EMAIL, "user email" },
	{ GENERIC, COLUMN_EMAIL, "email" },
	{ GENERIC, COLUMN_PERSON, "user name" },
	{ GENERIC, COLUMN_PERSON, "user" },
	{ GENERIC, COLUMN_PROJECT, "project" },
	{ GENERIC, COLUMN_TASK, "task" },
	{ GENERIC, COLUMN_TEXT, "description" },

	{ OWN, COLUMN_START_DATE, "day" },
	{ OWN, COLUMN_PROJECT, "project" },
	{ OWN, COLUMN_EMAIL, "person" },
	{ OWN, COLUMN_EMAIL, "email" },
	{ OWN, COLUMN_KIND, "kind" },
	{ OWN, COLUMN_MINUTES, "minutes" },
	{ OWN, COLUMN_TASKS, "tasks" },
	{ OWN, COLUMN_START, "start" },
	{ OWN, COLUMN_TEXT, "note" },
	{ OWN, COLUMN_KEY, "key" },
};

/* In lower case (ASCII), one blank for each run of blanks, '_' and '-', none at the ends. */
static char *
plain(struct arena *arena, const char *header)
{
	char *text = text_trim(arena, header), *write = text;

	for (const char *at = text; *at; at++) {
		bool gap = *at == '_' || *at == '-' || *at == ' ' || *at == '\t';
		if (gap && write > text && write[-1] == ' ')
			continue;
		if (gap)
			*write++ = ' ';
		else if (*at >= 'A' && *at <= 'Z')
			*write++ = (char)(*at + 'a' - 'A');
		else
			*write++ = *at;
	}
	*write = '\0';
	return text;
}

static char **
plain_all(struct arena *arena, const struct csv_row *header)
{
	char **names = arena_array_of(arena, char *, header->n + 1);

	for (size_t i = 0; i < header->n; i++)
		names[i] = plain(arena, header->cells[i]);
	return names;
}

/* Column + 1 of the first header with that name, 0 for none. */
static size_t
find(char *const *names, const char *name)
{
	for (size_t i = 0; names[i]; i++)
		if (text_is(names[i], name))
			return i + 1;
	return 0;
}

/* Column + 1 behind at that is called the same, 0 for none. */
static size_t
again(char *const *names, size_t at)
{
	for (size_t i = at; at > 0 && names[i]; i++)
		if (text_is(names[i], names[at - 1]))
			return i + 1;
	return 0;
}

static bool
whole(const struct tracker_format *format, int which)
{
	for (size_t i = 0; i < formats[which].n_needed; i++)
		if (!format->at[formats[which].needed[i]])
			return false;
	return true;
}

void
tracker_recognise(struct arena *arena, const struct csv_row *header, struct tracker_format *ret)
{
	char **names = plain_all(arena, header);

	for (int format = 0; format < FORMATS; format++) {
		*ret = (struct tracker_format){ .name = formats[format].name,
			.own = formats[format].own,
			.decimal_hours = formats[format].decimal_hours };
		for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
			if (headers[i].format == format && !ret->at[headers[i].column])
				ret->at[headers[i].column] = find(names, headers[i].header);
		if (!whole(ret, format))
			continue;
		for (int i = 0; i < COLUMN_MAX && ret->twice == 0; i++)
			ret->twice = again(names, ret->at[i]);
		return;
	}
	ret->name = NULL;
}

bool
tracker_has_no_day(struct arena *arena, const struct csv_row *header)
{
	static const char *const lengths[] = { "duration", "duration (h)", "time (h)", "hours",
		"time (decimal)", "duration (decimal)", "tracked", "total" };
	char **names = plain_all(arena, header);
	bool length = false;

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		length = length || find(names, lengths[i]) > 0;
	for (size_t i = 0; names[i]; i++)
		if (strstr(names[i], "date") || strstr(names[i], "start") ||
		    text_is(names[i], "day"))
			return false;
	return length;
}
