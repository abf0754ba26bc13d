/*
 * tracker_times.c: when a row began, on which day, and how long it took. Part of the tracker
 * parser (tracker.c); runs in a parser child.
 *
 * Rules (payments README 3, 5): durations decide the time; an entry belongs to the local day on
 * which it began; what can be read in two ways is asked about, never guessed.
 */
#include "payments/tracker.h"
#include "payments/tracker_inner.h"

#include <stdlib.h>
#include <string.h>

#define TASKS_MAX 100000

/* The date of a cell that may have a time behind it; *ret_time is that, "" for none. */
static const char *
date_part(struct tracker_run *run, const char *cell, const char **ret_time)
{
	const char *text = text_trim(run->arena, cell), *colon = strchr(text, ':');
	size_t n = colon ? (size_t)(colon - text) : 0;

	*ret_time = "";
	while (n > 0 && strchr("0123456789", text[n - 1]) != NULL)
		n--;
	if (n == 0 || (text[n - 1] != ' ' && text[n - 1] != 'T'))
		return text;
	*ret_time = text + n;
	return text_trim(run->arena, arena_copy(run->arena, text, n - 1));
}

/* ---- The reading of the file ---- */

/* What the dates of a file have shown so far. */
struct seen {
	const struct csv_row *only_mdy, *only_dmy, *open, *serial, *text;
	enum tracker_column contradicting, open_column, serial_column, text_column;
	bool not_1904;
};

static void
see_serial(struct seen *seen, const struct tracker_date *date, const struct csv_row *row,
    enum tracker_column column)
{
	/* Nobody has worked on a day that is still to come. */
	if (date->day_1904 > day_in_zone(time_now(), "UTC") + 1)
		seen->not_1904 = true;
	if (seen->serial == NULL) {
		seen->serial = row;
		seen->serial_column = column;
	}
}

static void
see_date(struct seen *seen, const struct tracker_date *date, const struct csv_row *row,
    enum tracker_column column)
{
	if (seen->text == NULL) {
		seen->text = row;
		seen->text_column = column;
	}
	if (date->iso || date->dotted)
		return;
	if (date->mdy_exists && date->dmy_exists) {
		if (seen->open == NULL && date->mdy_day != date->dmy_day) {
			seen->open = row;
			seen->open_column = column;
		}
		return;
	}
	bool first = seen->only_mdy == NULL && seen->only_dmy == NULL;
	if (date->mdy_exists && seen->only_mdy == NULL)
		seen->only_mdy = row;
	else if (date->dmy_exists && seen->only_dmy == NULL)
		seen->only_dmy = row;
	else
		return;
	if (!first)
		seen->contradicting = column;
}

static bool
settle_order(struct tracker_run *run, const struct seen *seen)
{
	const struct csv_row *mdy = seen->only_mdy, *dmy = seen->only_dmy;

	if (run->reading.order != ORDER_AUTO)
		return true;
	if (mdy != NULL && dmy != NULL)
		return tracker_cell_fault(
		    run, mdy->line > dmy->line ? mdy : dmy, seen->contradicting, "mixed_dates");
	if (mdy != NULL)
		run->reading.order = ORDER_MDY;
	if (dmy != NULL)
		run->reading.order = ORDER_DMY;
	if (run->reading.order == ORDER_AUTO && seen->open != NULL)
		return tracker_cell_fault(
		    run, seen->open, seen->open_column, "ambiguous_dates");
	return true;
}

/* A spreadsheet that turned some dates into numbers and left others as they were has read those
 * as it liked. */
static bool
settle_epoch(struct tracker_run *run, const struct seen *seen)
{
	if (seen->serial == NULL)
		return true;
	if (seen->text != NULL)
		return tracker_cell_fault(
		    run, seen->text, seen->text_column, "serial_and_text");
	if (run->reading.epoch == 0 && !seen->not_1904)
		return tracker_cell_fault(
		    run, seen->serial, seen->serial_column, "serial_dates");
	if (run->reading.epoch == 0)
		run->reading.epoch = 1900;
	return true;
}

bool
tracker_find_reading(struct tracker_run *run)
{
	static const enum tracker_column columns[] = { COLUMN_START_DATE, COLUMN_END_DATE,
		COLUMN_START, COLUMN_END };
	struct seen seen = { .contradicting = COLUMN_START_DATE };

	for (size_t i = run->header + 1; i < run->csv.n; i++) {
		const struct csv_row *row = &run->csv.rows[i];
		for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
			const char *time;
			struct tracker_date date;
			tracker_date(
			    date_part(run, tracker_cell(run, row, columns[k]), &time), &date);
			if (date.serial)
				see_serial(&seen, &date, row, columns[k]);
			else if (date.shaped)
				see_date(&seen, &date, row, columns[k]);
		}
	}
	return settle_epoch(run, &seen) && settle_order(run, &seen);
}

/* ---- Local times ---- */

/* A local date and time of day; has_time is false where the cell is empty. */
struct local {
	day day;
	int second;
	bool has_time, serial;
};

static bool
take_date(struct tracker_run *run, const struct csv_row *row, enum tracker_column column,
    const char *text, struct local *ret)
{
	struct tracker_date date;

	tracker_date(text, &date);
	if (!date.shaped)
		return tracker_cell_fault(
		    run, row, column, tracker_blank(text) ? "missing_cell" : "bad_date");
	if (!tracker_day(&date, run->reading, &ret->day))
		return tracker_cell_fault(run, row, column, "impossible_date");
	ret->serial = date.serial;
	ret->has_time = date.serial && date.second >= 0;
	ret->second = ret->has_time ? date.second : 0;
	return true;
}

/* A time of day; where the date is a spreadsheet's number, it may be one as well. */
static bool
take_time(const char *text, bool serial, int *ret)
{
	return tracker_time(text, ret) || (serial && tracker_day_part(text, ret));
}

static bool
take_local(struct tracker_run *run, const struct csv_row *row, enum tracker_column date_column,
    enum tracker_column time_column, struct local *ret)
{
	const char *time = tracker_cell(run, row, time_column), *behind;
	const char *date = date_part(run, tracker_cell(run, row, date_column), &behind);

	if (!take_date(run, row, date_column, date, ret))
		return false;
	/* "2026-11-02 00:00:00": a date that a spreadsheet has given a time. */
	if (!tracker_blank(behind) && !take_time(behind, false, &ret->second))
		return tracker_cell_fault(run, row, date_column, "bad_date");
	if (!tracker_blank(time)) {
		ret->has_time = true;
		if (!take_time(time, ret->serial, &ret->second))
			return tracker_cell_fault(run, row, time_column, "bad_time");
	}
	return true;
}

/* The instants that a local time can be: two where the clock is set back over it. */
static size_t
instants(
    const struct tracker_run *run, const struct local *local, instant ret[2], unsigned *notes)
{
	static const instant back[] = { 30 * MINUTE, HOUR, 2 * HOUR };
	int hour = local->second / 3600, minute = local->second / 60;
	enum local_note note;

	ret[0] = instant_of_local(
	    local->day, hour, minute % 60, local->second % 60, run->zone, &note);
	if (note == LOCAL_SKIPPED)
		*notes |= TRACKER_SKIPPED;
	if (note != LOCAL_TWICE)
		return 1;
	*notes |= TRACKER_TWICE;
	for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
		ret[1] = ret[0] + back[i];
		if (day_in_zone(ret[1], run->zone) == local->day &&
		    minute_in_zone(ret[1], run->zone) == minute)
			return 2;
	}
	return 1;
}

/* Start and end in the zone: of the readings that go forward, the one closest to the duration.
 * False when none goes forward. */
static bool
fit(const struct tracker_run *run, struct tracker_row *entry, const struct local *start,
    const struct local *end, int64_t *ret_length)
{
	instant starts[2] = { 0 }, ends[2] = { 0 };
	size_t n_starts = instants(run, start, starts, &entry->notes);
	size_t n_ends = instants(run, end, ends, &entry->notes);
	int64_t best = -1;

	for (size_t i = 0; i < n_starts; i++) {
		for (size_t k = 0; k < n_ends; k++) {
			int64_t length = (ends[k] - starts[i]) / SECOND;
			if (length < 0 || (best >= 0 && llabs(length - entry->seconds) >= best))
				continue;
			best = llabs(length - entry->seconds);
			*ret_length = length;
			entry->start = starts[i];
		}
	}
	return best >= 0;
}

/* By the clock on the wall, whatever happened to it. */
static int64_t
wall_length(const struct local *start, const struct local *end)
{
	return ((int64_t)end->day - start->day) * TRACKER_DAY_SECONDS + end->second -
	       start->second;
}

/* The end of a row; without a date of its own it is the next one after the start. */
static bool
take_end(struct tracker_run *run, const struct csv_row *row, const struct local *start,
    struct local *ret)
{
	const char *time = tracker_cell(run, row, COLUMN_END_TIME);

	*ret = *start;
	ret->has_time = false;
	if (!tracker_blank(tracker_cell(run, row, COLUMN_END_DATE)))
		return take_local(run, row, COLUMN_END_DATE, COLUMN_END_TIME, ret);
	if (tracker_blank(time))
		return true;
	ret->has_time = true;
	if (!take_time(time, start->serial, &ret->second))
		return tracker_cell_fault(run, row, COLUMN_END_TIME, "bad_time");
	if (start->has_time && ret->second < start->second)
		ret->day++;
	return true;
}

/* Compares what start and end say with the duration, where the file has them. */
static bool
check_span(struct tracker_run *run, struct tracker_row *entry, const struct local *start)
{
	const struct csv_row *row = entry->row;
	struct local end;
	int64_t length = 0;
	bool forward = true;

	entry->has_start = start->has_time && *run->zone != '\0';
	if (!take_end(run, row, start, &end))
		return false;
	if (!start->has_time || !end.has_time) {
		instant all[2];
		if (entry->has_start && instants(run, start, all, &entry->notes) > 0)
			entry->start = all[0];
		return true;
	}
	if (entry->has_start) {
		forward = fit(run, entry, start, &end, &length);
	} else {
		length = wall_length(start, &end);
		forward = length >= 0;
	}
	if (!forward)
		return tracker_cell_fault(run, row, COLUMN_END_TIME, "end_before_start");
	if (llabs(length - entry->seconds) > 60)
		entry->notes |= TRACKER_DIFFERS;
	return true;
}

/* Of what a number is a quantity: hours, where nothing else is said. */
static bool
take_scale(struct tracker_run *run, const struct csv_row *row, int64_t *seconds)
{
	static const struct {
		const char *name;
		int64_t part; /* of an hour */
	} scales[] = { { "hour", 1 }, { "hours", 1 }, { "hourly", 1 }, { "h", 1 },
		{ "minute", 60 }, { "minutes", 60 }, { "min", 60 }, { "", 1 } };
	const char *scale = text_trim(run->arena, tracker_cell(run, row, COLUMN_SCALE));

	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (text_is_nocase(scale, scales[i].name)) {
			*seconds = (*seconds + scales[i].part / 2) / scales[i].part;
			return true;
		}
	return tracker_cell_fault(run, row, COLUMN_SCALE, "bad_unit");
}

static bool
take_duration(struct tracker_run *run, struct tracker_row *entry, bool serial)
{
	const struct csv_row *row = entry->row;
	const char *duration = tracker_cell(run, row, COLUMN_DURATION);
	bool negative;
	int part;

	/* A clock that a spreadsheet has written as a part of a day, beside a day that it has
	 * written as a number. */
	if (serial && !run->format.decimal_hours && tracker_day_part(duration, &part)) {
		entry->seconds = part;
		return true;
	}
	if (!tracker_duration(duration, &entry->seconds, &negative))
		return tracker_cell_fault(run, row, COLUMN_DURATION,
		    tracker_blank(duration) ? "missing_cell" : "bad_duration");
	if (negative && entry->seconds > 0)
		return tracker_cell_fault(run, row, COLUMN_DURATION, "negative");
	if (!take_scale(run, row, &entry->seconds))
		return false;
	return entry->seconds <= TRACKER_DAY_SECONDS ||
	       tracker_cell_fault(run, row, COLUMN_DURATION, "over_24_h");
}

bool
tracker_local_times(struct tracker_run *run, struct tracker_row *entry)
{
	struct local start = { .has_time = false };

	if (!take_local(run, entry->row, COLUMN_START_DATE, COLUMN_START_TIME, &start))
		return false;
	entry->day = start.day;
	return take_duration(run, entry, start.serial) && check_span(run, entry, &start);
}

/* ---- Start and end ---- */

/* A moment: an instant, or (ret_local) a local date with a time where the sender has named a
 * zone. */
struct moment {
	bool is_local;
	instant at;
	struct local local;
};

static bool
take_moment(struct tracker_run *run, const struct csv_row *row, enum tracker_column column,
    struct moment *ret)
{
	const char *text = text_trim(run->arena, tracker_cell(run, row, column)), *time;
	const char *date = date_part(run, text, &time);
	struct tracker_date read;

	ret->is_local = false;
	if (instant_parse(text, &ret->at))
		return true;
	tracker_date(date, &read);
	if (!read.shaped || (tracker_blank(time) && read.second < 0) ||
	    (!read.serial && tracker_blank(time)))
		return tracker_cell_fault(
		    run, row, column, tracker_blank(text) ? "missing_cell" : "bad_instant");
	if (!take_date(run, row, column, date, &ret->local))
		return false;
	if (!tracker_blank(time) && !take_time(time, read.serial, &ret->local.second))
		return tracker_cell_fault(run, row, column, "bad_instant");
	if (*run->zone == '\0')
		return tracker_cell_fault(run, row, column, "no_zone");
	ret->is_local = true;
	return true;
}

bool
tracker_moments(struct tracker_run *run, struct tracker_row *entry)
{
	const char *zone = *run->zone != '\0' ? run->zone : "UTC";
	struct moment start = { 0 }, end = { 0 };
	int64_t length = 0;
	instant all[2] = { 0 };

	if (!take_moment(run, entry->row, COLUMN_START, &start) ||
	    !take_moment(run, entry->row, COLUMN_END, &end))
		return false;
	if (start.is_local && end.is_local) {
		entry->seconds = wall_length(&start.local, &end.local);
		if (!fit(run, entry, &start.local, &end.local, &length))
			return tracker_cell_fault(
			    run, entry->row, COLUMN_END, "end_before_start");
	} else {
		if (start.is_local && instants(run, &start.local, all, &entry->notes) > 0)
			start.at = all[0];
		if (end.is_local && instants(run, &end.local, all, &entry->notes) > 0)
			end.at = all[0];
		if (end.at < start.at)
			return tracker_cell_fault(
			    run, entry->row, COLUMN_END, "end_before_start");
		entry->start = start.at;
		length = (end.at - start.at + SECOND / 2) / SECOND;
	}
	entry->has_start = true;
	entry->day = day_in_zone(entry->start, zone);
	entry->seconds = length;
	return entry->seconds <= TRACKER_DAY_SECONDS ||
	       tracker_cell_fault(run, entry->row, COLUMN_END, "over_24_h");
}

/* ---- Our own columns ---- */

/* A whole number from 0 to most; an empty cell is 0. */
static bool
take_number(struct tracker_run *run, const struct csv_row *row, enum tracker_column column,
    int64_t most, const char *too_large, int64_t *ret)
{
	const char *text = text_trim(run->arena, tracker_cell(run, row, column));

	*ret = 0;
	if (*text == '\0')
		return true;
	if (!text_to_int(text, ret))
		return tracker_cell_fault(run, row, column, "bad_number");
	if (*ret < 0)
		return tracker_cell_fault(run, row, column, "negative");
	return *ret <= most || tracker_cell_fault(run, row, column, too_large);
}

bool
tracker_own_times(struct tracker_run *run, struct tracker_row *entry)
{
	const struct csv_row *row = entry->row;
	const char *start = text_trim(run->arena, tracker_cell(run, row, COLUMN_START));
	struct local on = { .has_time = false };
	int64_t minutes;

	if (!take_local(run, row, COLUMN_START_DATE, COLUMN_START_TIME, &on) ||
	    !take_number(
		run, row, COLUMN_MINUTES, TRACKER_DAY_SECONDS / 60, "over_24_h", &minutes) ||
	    !take_number(run, row, COLUMN_TASKS, TASKS_MAX, "bad_number", &entry->tasks))
		return false;
	entry->day = on.day;
	entry->seconds = minutes * 60;
	entry->has_start = *start != '\0';
	return !entry->has_start || instant_parse(start, &entry->start) ||
	       tracker_cell_fault(run, row, COLUMN_START, "bad_instant");
}
