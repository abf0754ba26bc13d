/*
 * tracker_inner.h: between the files of the tracker parser. Private to them.
 */
#ifndef KEPTWORD_TRACKER_INNER_H
#define KEPTWORD_TRACKER_INNER_H

#include "base/time.h"
#include "doc/csv.h"
#include "doc/helper.h"

/* What a column holds, whatever its file calls it. */
enum tracker_column {
	COLUMN_EMAIL,
	COLUMN_PERSON,
	COLUMN_FIRST_NAME,
	COLUMN_LAST_NAME,
	COLUMN_PROJECT,
	COLUMN_TASK,
	COLUMN_TEXT,
	COLUMN_START_DATE,
	COLUMN_START_TIME,
	COLUMN_END_DATE,
	COLUMN_END_TIME,
	COLUMN_DURATION,
	COLUMN_START, /* an instant, or a local date with a time */
	COLUMN_END,
	COLUMN_SCALE,  /* of what the duration is a quantity */
	COLUMN_STATUS, /* whether it counts where it comes from */
	COLUMN_KIND,   /* of work, by our codes */
	COLUMN_MINUTES,
	COLUMN_TASKS,
	COLUMN_KEY, /* by which the sender knows the entry */
	COLUMN_MAX
};

struct tracker_format {
	const char *name;      /* NULL: the headers are of no format that we know */
	size_t at[COLUMN_MAX]; /* column + 1 of the file, 0 where it has none */
	size_t twice;          /* column + 1 that has the name of one in `at`; 0: none */
	bool own;              /* our own columns: minutes, tasks and kinds, no clock */
	bool decimal_hours;    /* a decimal duration is hours whatever a spreadsheet did to it */
};
/* Which format a header row is of. Names are compared without case, '_' and '-' as blanks. */
void tracker_recognise(
    struct arena *arena, const struct csv_row *header, struct tracker_format *ret);
/* Do the headers tell how long, but not on which day (a summary)? */
bool tracker_has_no_day(struct arena *arena, const struct csv_row *header);

/* A list of entries as JSON, as the table of our own columns that it says: row 0 is the header,
 * lines count entries from 1; a row with a cell too many has there the member that cannot be. False
 * when it is no such list. */
MUST_USE bool tracker_json(struct arena *arena, struct bytes file, size_t max_rows,
    struct csv *ret, struct csv_fault *ret_fault);

/* A date as it stands in a cell, in all readings it allows. */
struct tracker_date {
	bool shaped; /* three numbers that look like a date, or a spreadsheet's number */
	bool iso;    /* year first, or the month by its name: iso_day, no doubt about the order */
	bool dotted; /* 31.12.2026: day first, unless it is said otherwise */
	bool serial; /* days since 1899-12-30 or since 1904-01-01: day_1900, day_1904 */
	bool iso_exists, mdy_exists, dmy_exists;
	day iso_day, mdy_day, dmy_day, day_1900, day_1904;
	int second; /* of the day, where the number had decimals; -1: none */
};
void tracker_date(const char *text, struct tracker_date *ret);

enum tracker_order {
	ORDER_AUTO,
	ORDER_MDY,
	ORDER_DMY
};
/* How the dates of a file are read. */
struct tracker_reading {
	enum tracker_order order;
	int epoch; /* 1900, 1904; 0: not known */
};
/* False when the date does not exist in that reading. AUTO: where the readings agree, or only
 * one exists. */
MUST_USE bool tracker_day(
    const struct tracker_date *date, struct tracker_reading reading, day *ret);

/* "10:23", "10:23:52", "1:05 pm", "12:00:00 AM": seconds of the day. */
MUST_USE bool tracker_time(const char *text, int *ret);
/* A spreadsheet's time, a part of a day: "0.4329861". */
MUST_USE bool tracker_day_part(const char *text, int *ret);

/* "1:30", "01:00:01", "26:10:00", "1h 30m", "1.5", "0,01" (decimals are hours): seconds, rounded half up,
 * never negative; *ret_negative tells of a minus before it. */
MUST_USE bool tracker_duration(const char *text, int64_t *ret, bool *ret_negative);

/* Does a cell hold a formula, or what a spreadsheet writes where one went wrong? */
bool tracker_formula(const char *text);

/* The text without white space at its ends and without control characters (one_line: line
 * breaks and tabs become blanks); *cleaned is set when one was taken out. */
char *tracker_clean(struct arena *arena, const char *text, bool one_line, bool *cleaned);

/* Counters by a digest: how often a row was seen, how long a person worked on a day. */
struct tracker_counts;
struct tracker_counts *tracker_counts_new(struct arena *arena, size_t keys);
/* The counter of SHA-256(key), 0 at first. At most the announced number of keys. */
int64_t *tracker_count(struct tracker_counts *counts, struct bytes key);

/* ---- One run over one file (tracker.c, tracker_times.c) ---- */

#define TRACKER_DAY_SECONDS ((int64_t)86400)

struct tracker_run {
	struct arena *arena;
	struct parse_out *out;
	struct csv csv;
	bool json;
	size_t header; /* its row; entries begin behind it */
	struct tracker_format format;
	struct tracker_reading reading;
	const char *zone;   /* "" for none */
	const char *person; /* "" for none */
	struct tracker_counts *rows, *days;
	size_t faults;
};

/* What a row turns into. */
struct tracker_row {
	const struct csv_row *row;
	const char *person, *project, *task, *text, *kind;
	bool has_start;
	instant start;
	day day;
	int64_t seconds, tasks;
	unsigned notes;
};

/* The cell of a column, digits of any script as ASCII ones where they are figures; "" where the file
 * or the row has none. */
const char *tracker_cell(
    const struct tracker_run *run, const struct csv_row *row, enum tracker_column column);
bool tracker_blank(const char *text);
/* Tells a fault of a cell ("formula" instead of code where one stands there); answers false. */
bool tracker_cell_fault(struct tracker_run *run, const struct csv_row *row,
    enum tracker_column column, const char *code);

/* How the dates of the whole file are read, where the sender has not said. What some row excludes
 * is excluded for all; false, with a fault, when that leaves no reading or several. */
MUST_USE bool tracker_find_reading(struct tracker_run *run);

/* Day, start and seconds of a row: from a date with a duration, or from start and end. False with a
 * fault. */
MUST_USE bool tracker_local_times(struct tracker_run *run, struct tracker_row *row);
MUST_USE bool tracker_moments(struct tracker_run *run, struct tracker_row *row);
/* Of our own columns: day, minutes, tasks, kind, start. */
MUST_USE bool tracker_own_times(struct tracker_run *run, struct tracker_row *row);

#endif
