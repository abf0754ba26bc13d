/*
 * tracker_inner.h: between the files of the tracker parser. Private to them.
 */
#ifndef KEPTWORD_TRACKER_INNER_H
#define KEPTWORD_TRACKER_INNER_H

#include "base/time.h"
#include "doc/table.h"

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
	COLUMN_START, /* an instant */
	COLUMN_END,
	COLUMN_MAX
};

/* Finds the columns of the format that a table's header is of (table->at, by enum tracker_column);
 * its name, NULL when it is none that we know. */
const char *tracker_recognise(struct table *table);

/* A date as it stands in a cell, in all readings it allows. */
struct tracker_date {
	bool shaped; /* three numbers that look like a date */
	bool iso;    /* year first: iso_day, no doubt about the order */
	bool dotted; /* 31.12.2026: day first, unless it is said otherwise */
	bool iso_exists, mdy_exists, dmy_exists;
	day iso_day, mdy_day, dmy_day;
};
void tracker_date(const char *text, struct tracker_date *ret);

enum tracker_order {
	ORDER_AUTO,
	ORDER_MDY,
	ORDER_DMY
};
/* False when the date does not exist in that order. AUTO: where the readings agree, or only
 * one exists. */
MUST_USE bool tracker_day(const struct tracker_date *date, enum tracker_order order, day *ret);

/* "10:23", "10:23:52", "1:05 pm", "12:00:00 AM": seconds of the day. */
MUST_USE bool tracker_time(const char *text, int *ret);

/* "1:30", "01:00:01", "26:10:00", "1.5", "0,01" (decimals are hours): seconds, rounded half up,
 * never negative; *ret_negative tells of a minus before it. */
MUST_USE bool tracker_duration(const char *text, int64_t *ret, bool *ret_negative);

/* The text without white space at its ends and without control characters (one_line: line
 * breaks and tabs become blanks); *cleaned is set when one was taken out. */
char *tracker_clean(struct arena *arena, const char *text, bool one_line, bool *cleaned);

/* Counters by a digest: how often a row was seen, how long a person worked on a day. */
struct tracker_counts;
struct tracker_counts *tracker_counts_new(struct arena *arena, size_t keys);
/* The counter of SHA-256(key), 0 at first. At most the announced number of keys. */
int64_t *tracker_count(struct tracker_counts *counts, struct bytes key);

#endif
