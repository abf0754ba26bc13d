/*
 * tracker_unit.h: what the tests of time trackers' files share: a file through a real parser child, and
 * what came of it.
 */
#ifndef KEPTWORD_TRACKER_UNIT_H
#define KEPTWORD_TRACKER_UNIT_H

#include "unit.h"

#include "base/config.h"
#include "data/crypto.h"
#include "data/json.h"
#include "payments/tracker.h"
#include "payments/tracker_inner.h"

static inline struct tracker_file
run(struct arena *arena, struct bytes bytes, const char *dates, const char *zone,
    const char *person, enum status expected)
{
	struct records records = { 0 };
	struct tracker_file file;
	const char *why = "";

	assert_int_equal(helper_parse_once(arena, tracker_parsers, "tracker-csv", bytes,
			     tracker_options(arena, dates, zone, person), &records, &why),
	    expected);
	assert_int_equal(tracker_read(arena, &records, &file), OK);
	return file;
}

static inline struct tracker_file
good(struct arena *arena, const char *text, const char *dates, const char *zone)
{
	struct tracker_file file = run(arena, bytes_of(text), dates, zone, NULL, OK);

	assert_int_equal(file.n_faults, 0);
	return file;
}

/* One fault and how many entries beside it. */
static inline struct table_fault
bad(struct arena *arena, const char *text, const char *code, size_t line, size_t column,
    size_t n_entries)
{
	struct tracker_file file =
	    run(arena, bytes_of(text), "auto", "Europe/Vienna", NULL, E_INPUT);

	assert_int_equal(file.n_faults, 1);
	assert_string_equal(file.faults[0].code, code);
	assert_int_equal(file.faults[0].line, line);
	assert_int_equal(file.faults[0].column, column);
	assert_int_equal(file.n_entries, n_entries);
	return file.faults[0];
}

static inline void
starts(struct arena *arena, const struct tracker_entry *entry, const char *iso)
{
	if (iso == NULL) {
		assert_false(entry->has_start);
		return;
	}
	assert_true(entry->has_start);
	assert_string_equal(instant_iso(arena, entry->start), iso);
}

static inline void
is(struct arena *arena, const struct tracker_entry *entry, size_t line, const char *on,
    const char *start, int64_t seconds, int64_t minutes, unsigned notes)
{
	assert_int_equal(entry->line, line);
	assert_string_equal(day_iso(arena, entry->day), on);
	starts(arena, entry, start);
	assert_int_equal(entry->seconds, seconds);
	assert_int_equal(entry->minutes, minutes);
	assert_int_equal(entry->notes, notes);
	assert_int_equal(strlen(entry->key), 64);
}

static inline int
tracker_unit_start(void **unused_state)
{
	char message[200];

	(void)unused_state;
	/* What is still to come depends on the day: these files are of before 25 November 2026. */
	instant today = 0;
	if (!instant_parse("2026-11-25T12:00:00Z", &today))
		return 1;
	time_shift((today - time_now()) / SECOND);
	json_object_seed(0); /* as app.c does: a parser child may open no file */
	return config_read(message, sizeof message) != OK || crypto_start() != OK;
}

#endif
