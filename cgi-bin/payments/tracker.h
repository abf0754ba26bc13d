/*
 * tracker.h: time-tracker exports, from a file to entries.
 *
 * Two halves. tracker_parse() runs in a parser child (doc/helper.h, parser "tracker-csv") and
 * knows the formats; tracker_read() runs in the plugin and turns the child's records into the
 * structs below. Whether a person or project is known is not their business.
 *
 * Formats, told by header names in any case and order, other columns ignored: the detailed
 * reports of Clockify, Toggl Track, Harvest and Hubstaff, Deel's list of submitted hours, a generic
 * one with start and end, and our own columns (day, project, minutes, tasks, kind, note, person, start,
 * key), which the parser "tracker-json" takes as a JSON list as well.
 */
#ifndef KEPTWORD_TRACKER_H
#define KEPTWORD_TRACKER_H

#include "base/time.h"
#include "doc/table.h"

/* "tracker-csv" and "tracker-json", ended as struct app wants it. */
extern const struct parser tracker_parsers[];

/* What the person who sends the file says about it. dates: "mdy", "dmy", "excel1900",
 * "excel1904" or "auto" (also NULL, ""). zone: IANA name of local times in the file, which also decides the day of instants;
 * "" or NULL: local times stay without an instant, instants count in UTC. person: e-mail of
 * the person whose time it is, used for rows without an e-mail; "" or NULL: rows say it.
 * Line breaks in a value end it. */
char *tracker_options(
    struct arena *arena, const char *dates, const char *zone, const char *person);

enum tracker_note {
	TRACKER_ZERO = 1,     /* rounds to 0 minutes: listed, not to be imported */
	TRACKER_DIFFERS = 2,  /* end - start and the duration differ by more than a minute; the
			       * duration counts */
	TRACKER_SKIPPED = 4,  /* the start or end is a time that the clock skipped that night */
	TRACKER_TWICE = 8,    /* ... that came twice: the one that fits the duration is taken */
	TRACKER_CLEANED = 16, /* control characters were taken out of a text */
	TRACKER_EQUAL = 32,   /* an equal row stands above it; both count */
};

struct tracker_entry {
	size_t line;         /* of the file, from 1 */
	const char *person;  /* e-mail, or a name where the file has no e-mail; never "" */
	bool by_email;       /* person is an e-mail address */
	const char *project; /* "" where the file has none */
	const char *task;
	const char *description;
	bool has_start;
	instant start;
	day day;         /* local day on which it started */
	int64_t seconds; /* 0 .. 86,400, as in the file */
	int64_t minutes; /* seconds rounded half up */
	const char *kind; /* of work, by our codes; "production" where the file says nothing */
	int64_t tasks;    /* done, 0 for none */
	const char *key; /* 64 hex digits: the same row of the same file again has the same
			  * key; the second of two equal rows has another */
	unsigned notes;  /* of enum tracker_note */
};

/* Codes of faults. Of a row: "formula" (a cell of a spreadsheet that has no value) "no_zone" (a time without one,
 * and none was given) "bad_number" "bad_kind" "bad_unit" "refused_there" "key_twice" "bad_member" (of
 * JSON: no such, or of another type) "impossible_date" "bad_date" "bad_time" "bad_duration" "bad_instant"
 * "negative" "end_before_start" "over_24_h" (one entry) "day_over_24_h" (all entries of a
 * person on a day; text is the day) "no_person" "missing_cell" "extra_cells". Of the file:
 * "ambiguous_dates" (ask for mdy or dmy; line and text of the first such date), "mixed_dates"
 * (some only mdy, others only dmy; text of the first that contradicts), "serial_dates" (a spreadsheet's
 * numbers that both of its calendars allow), "serial_and_text" (some dates are such numbers, others
 * texts), "no_days" (a summary), "column_twice" (text: the
 * name), "not_json", "not_entries", "unknown_zone",
 * "unknown_format" (text: the headers seen), "no_rows", and those of doc/csv.h. "too_many":
 * more than 1,000 faults, the rest is not told. */
struct tracker_file {
	const char *format; /* "clockify" "toggl" "harvest" "generic", "" when unknown */
	size_t rows;        /* data rows seen */
	size_t n_entries, n_faults;
	struct tracker_entry
	    *entries; /* in the order of the file; a row with a fault is not here */
	struct table_fault *faults;
};

/* E_FAULT when the records are not those of tracker_parse(). */
MUST_USE enum status tracker_read(
    struct arena *arena, const struct records *records, struct tracker_file *ret);

#endif
