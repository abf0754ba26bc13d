/*
 * payments_tracker: exports of time trackers become entries or faults. Every file goes through
 * a real parser child. Expected values were worked out by hand from the files and the calendar.
 */
#include "unit.h"

#include "base/config.h"
#include "data/crypto.h"
#include "data/json.h"
#include "payments/tracker.h"
#include "payments/tracker_inner.h"

static struct tracker_file
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

static struct tracker_file
good(struct arena *arena, const char *text, const char *dates, const char *zone)
{
	struct tracker_file file = run(arena, bytes_of(text), dates, zone, NULL, OK);

	assert_int_equal(file.n_faults, 0);
	return file;
}

/* One fault and how many entries beside it. */
static struct tracker_fault
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

static void
starts(struct arena *arena, const struct tracker_entry *entry, const char *iso)
{
	if (iso == NULL) {
		assert_false(entry->has_start);
		return;
	}
	assert_true(entry->has_start);
	assert_string_equal(instant_iso(arena, entry->start), iso);
}

static void
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

/* Both entries of the real files that hold the same two: a stopped clock and an hour and a
 * second. */
static void
two_entries(struct arena *arena, const struct tracker_file *file, const char *format,
    const char *on, const char *first, const char *second)
{
	assert_string_equal(file->format, format);
	assert_int_equal(file->rows, 2);
	assert_int_equal(file->n_entries, 2);
	is(arena, &file->entries[0], 2, on, first, 0, 0, TRACKER_ZERO);
	is(arena, &file->entries[1], 3, on, second, 3601, 60, 0);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(file->entries[i].person, "peter.test@email.test");
		assert_true(file->entries[i].by_email);
		assert_string_equal(file->entries[i].project,
		    i == 0 ? "Project without Client" : "Project for Big Company");
		assert_string_equal(file->entries[i].task, i == 0 ? "" : "Task 1");
		assert_string_equal(file->entries[i].description, i == 0 ? "" : "Working hard");
	}
}

static void
real_clockify(void **state)
{
	struct arena *arena = *state;
	static const char *const names[] = { "clockify_time_entries_import_test_1",
		"clockify_time_entries_import_test_5" };

	for (size_t i = 0; i < 2; i++) {
		struct bytes bytes;
		if (!unit_data(
			arena, text_printf(arena, "timesheets/%s.csv", names[i]), &bytes))
			skip();
		/* The third of April in summer time, the fourth of March in winter time. */
		struct tracker_file file = run(arena, bytes, "dmy", "Europe/Vienna", NULL, OK);
		two_entries(arena, &file, "clockify", "2024-04-03", "2024-04-03T08:23:52Z",
		    "2024-04-03T08:23:00Z");
		file = run(arena, bytes, "mdy", "Europe/Vienna", NULL, OK);
		two_entries(arena, &file, "clockify", "2024-03-04", "2024-03-04T09:23:52Z",
		    "2024-03-04T09:23:00Z");
		file = run(arena, bytes, "mdy", "", NULL, OK);
		two_entries(arena, &file, "clockify", "2024-03-04", NULL, NULL);
		file = run(arena, bytes, NULL, "Europe/Vienna", NULL, E_INPUT);
		assert_int_equal(file.n_entries, 0);
		assert_int_equal(file.n_faults, 1);
		assert_string_equal(file.faults[0].code, "ambiguous_dates");
		assert_int_equal(file.faults[0].line, 2);
		assert_string_equal(file.faults[0].header, "Start Date");
		assert_string_equal(file.faults[0].text, "03/04/2024");
	}
	struct bytes bytes;
	assert_true(
	    unit_data(arena, "timesheets/clockify_time_entries_import_test_3.csv", &bytes));
	struct tracker_file file = run(arena, bytes, "auto", "Europe/Berlin", NULL, E_INPUT);
	assert_int_equal(file.n_entries, 0);
	assert_int_equal(file.n_faults, 1);
	assert_string_equal(file.faults[0].code, "impossible_date");
	assert_int_equal(file.faults[0].line, 2);
	assert_int_equal(file.faults[0].column, 13);
	assert_string_equal(file.faults[0].header, "Start Date");
	assert_string_equal(file.faults[0].text, "13/15/2024");
}

static void
real_others(void **state)
{
	struct arena *arena = *state;
	struct bytes bytes;

	if (!unit_data(arena, "timesheets/toggl_time_entries_import_test_1.csv", &bytes))
		skip();
	struct tracker_file file = run(arena, bytes, NULL, "Europe/Vienna", NULL, OK);
	two_entries(arena, &file, "toggl", "2024-03-04", "2024-03-04T09:23:52Z",
	    "2024-03-04T09:23:00Z");

	assert_true(
	    unit_data(arena, "timesheets/generic_time_entries_import_test_1.csv", &bytes));
	file = run(arena, bytes, NULL, NULL, NULL, OK);
	two_entries(arena, &file, "generic", "2024-03-04", "2024-03-04T09:23:52Z",
	    "2024-03-04T09:23:00Z");
	/* 09:23 UTC is already the next day in Kiritimati (UTC+14: 23:23 of the same day). */
	file = run(arena, bytes, NULL, "Pacific/Kiritimati", NULL, OK);
	assert_string_equal(day_iso(arena, file.entries[1].day), "2024-03-04");
	file = run(arena, bytes, NULL, "Pacific/Pago_Pago", NULL, OK); /* UTC-11 */
	assert_string_equal(day_iso(arena, file.entries[1].day), "2024-03-03");

	assert_true(
	    unit_data(arena, "timesheets/harvest_time_entries_import_test_1.csv", &bytes));
	file = run(arena, bytes, NULL, "Europe/Vienna", NULL, OK);
	assert_string_equal(file.format, "harvest");
	assert_int_equal(file.n_entries, 2);
	is(arena, &file.entries[0], 2, "2024-03-04", NULL, 72000, 1200, 0);
	is(arena, &file.entries[1], 3, "2024-03-04", NULL, 36, 1, 0);
	assert_string_equal(file.entries[0].person, "Peter Tester");
	assert_false(file.entries[0].by_email);
	assert_string_equal(file.entries[1].project, "Project for Big Company");
	assert_string_equal(file.entries[1].task, "Task 1");
	assert_string_equal(file.entries[1].description, "Working hard");
	file = run(arena, bytes, NULL, NULL, " peter@example.org ", OK);
	assert_string_equal(file.entries[1].person, "peter@example.org");
	assert_true(file.entries[1].by_email);

	assert_true(unit_data(arena, "timesheets/clockify_projects_import_test_1.csv", &bytes));
	file = run(arena, bytes, NULL, NULL, NULL, E_INPUT);
	assert_string_equal(file.format, "");
	assert_int_equal(file.n_faults, 1);
	assert_string_equal(file.faults[0].code, "unknown_format");
	assert_true(text_starts(file.faults[0].text, "Project, Client, Status, Visibility,"));
}

/* Keys: stable over runs, different for each of several equal rows and for any other cell. */
static void
keys(void **state)
{
	struct arena *arena = *state;
	static const char text[] = "Date,Project,Hours,First Name,Last Name\n"
				   "2026-11-02,A,1,Ana,Lima\n"
				   "2026-11-02,A,1,Ana,Lima\n"
				   "2026-11-02,A,2,Ana,Lima\n"
				   "2026-11-02,A,1,Ana,Lima\n";
	struct tracker_file first = good(arena, text, NULL, NULL);
	struct tracker_file again = good(arena, text, NULL, "Asia/Tokyo");

	assert_int_equal(first.n_entries, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(first.entries[i].key, again.entries[i].key);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(first.entries[i].key, first.entries[k].key);
	}
	/* A faulty neighbour changes nothing; a cell border does. */
	struct tracker_file other = run(arena,
	    bytes_of("Date,Project,Hours,First Name,Last Name\n2026-02-30,A,1,Ana,Lima\n"
		     "2026-11-02,A,1,Ana,Lima\n2026-11-02,A1,,Ana,Lima\n"),
	    NULL, NULL, NULL, E_INPUT);
	assert_int_equal(other.n_entries, 1);
	assert_string_equal(other.entries[0].key, first.entries[0].key);
	/* sha256 of "10:2026-11-021:A1:13:Ana4:Lima#0", by sha256sum. */
	assert_string_equal(first.entries[0].key,
	    "1f0346bbcede48d85100065c45865016ae0eeabbdd3d3342cc111c5066bbcd97");
}

static void
date_orders(void **state)
{
	struct arena *arena = *state;
#define HEAD "Date,Hours,Email\n"
	/* One row that only one order allows decides for the file. */
	struct tracker_file file =
	    good(arena, HEAD "03/04/2026,1,a@b.c\n25/04/2026,1,a@b.c\n", NULL, NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2026-04-03");
	file = good(arena, HEAD "03/04/2026,1,a@b.c\n04/25/2026,1,a@b.c\n", "", NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2026-03-04");
	/* Both readings the same: nothing to ask. */
	file = good(arena, HEAD "04/04/2026,1,a@b.c\n5-5-26,1,a@b.c\n", NULL, NULL);
	assert_string_equal(day_iso(arena, file.entries[1].day), "2026-05-05");
	/* Dots mean day first; a year in front means itself. */
	file = good(arena, HEAD "03.04.2026,1,a@b.c\n2026/04/05,1,a@b.c\n", NULL, NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2026-04-03");
	assert_string_equal(day_iso(arena, file.entries[1].day), "2026-04-05");
	struct tracker_fault fault =
	    bad(arena, HEAD "25/04/2026,1,a@b.c\n04/25/2026,1,a@b.c\n", "mixed_dates", 3, 1, 0);
	assert_string_equal(fault.text, "04/25/2026");
	fault = bad(
	    arena, HEAD "04/04/2026,1,a@b.c\n03/04/2026,1,a@b.c\n", "ambiguous_dates", 3, 1, 0);
	assert_string_equal(fault.text, "03/04/2026");
	/* With an order given, what does not fit it is the row's own fault. */
	file = run(arena, bytes_of(HEAD "25/04/2026,1,a@b.c\n04/25/2026,1,a@b.c\n"), "mdy",
	    NULL, NULL, E_INPUT);
	assert_int_equal(file.n_entries, 1);
	assert_int_equal(file.entries[0].line, 3);
	assert_string_equal(file.faults[0].code, "impossible_date");
}

static void
row_faults(void **state)
{
	struct arena *arena = *state;
#define GOOD "2026-11-02,1,a@b.c\n"
	struct tracker_fault fault =
	    bad(arena, HEAD GOOD "2026-02-30,1,a@b.c\n" GOOD, "impossible_date", 3, 1, 2);
	assert_string_equal(fault.text, "2026-02-30");
	assert_string_equal(fault.header, "Date");
	(void)bad(arena, HEAD "yesterday,1,a@b.c\n" GOOD, "bad_date", 2, 1, 1);
	(void)bad(arena, HEAD ",1,a@b.c\n" GOOD, "missing_cell", 2, 1, 1);
	(void)bad(arena, HEAD "2026-11-02,,a@b.c\n" GOOD, "missing_cell", 2, 2, 1);
	(void)bad(arena, HEAD "2026-11-02,one,a@b.c\n" GOOD, "bad_duration", 2, 2, 1);
	(void)bad(arena, HEAD "2026-11-02,\"1.234,5\",a@b.c\n" GOOD, "bad_duration", 2, 2, 1);
	(void)bad(arena, HEAD "2026-11-02,-1,a@b.c\n" GOOD, "negative", 2, 2, 1);
	(void)bad(arena, HEAD "2026-11-02,24.01,a@b.c\n" GOOD, "over_24_h", 2, 2, 1);
	(void)bad(arena, HEAD "2026-11-02,1,\n" GOOD, "no_person", 2, 3, 1);
	(void)bad(arena, HEAD "2026-11-02,1,a@b.c,torn\n" GOOD, "extra_cells", 2, 4, 1);
	(void)bad(arena, HEAD, "no_rows", 1, 0, 0);
	(void)bad(arena, HEAD "2026-11-02,1,\"a@b.c\n", "quote", 2, 3, 0);
	(void)bad(arena, HEAD "2026-11-02,1,\xE9@b.c\n", "encoding", 2, 3, 0);
	(void)bad(arena, "", "empty", 1, 1, 0);
	(void)bad(arena, "start,end,email\n2026-11-02T10:00:00Z,2026-11-02T09:59:59Z,a@b.c\n",
	    "end_before_start", 2, 2, 0);
	(void)bad(arena, "start,end,email\n2026-11-02 10h,2026-11-02T11:00:00Z,a@b.c\n",
	    "bad_instant", 2, 1, 0);
	(void)bad(arena, "start,end,email\n2026-11-01T10:00:00Z,2026-11-02T10:00:01Z,a@b.c\n",
	    "over_24_h", 2, 2, 0);
	/* A day holds 24 hours; what fits before stays, another person's is another's. */
	fault = bad(arena,
	    HEAD "2026-11-02,20,a@b.c\n2026-11-02,4.01,a@b.c\n2026-11-02,4,a@b.c\n"
		 "2026-11-02,10,d@b.c\n2026-11-03,10,a@b.c\n",
	    "day_over_24_h", 3, 0, 4);
	assert_string_equal(fault.text, "2026-11-02");
	struct tracker_file file =
	    run(arena, bytes_of(HEAD GOOD), NULL, "Mars/Olympus", NULL, E_INPUT);
	assert_string_equal(file.faults[0].code, "unknown_zone");
	assert_int_equal(file.n_entries, 0);
}

/* All rows are told, up to a bound, and the good ones among them are there. */
static void
many_faults(void **state)
{
	struct arena *arena = *state;
	struct buf text = buf_new(arena);

	buf_text(&text, HEAD);
	for (int i = 0; i < 1500; i++)
		buf_text(&text, "2026-13-01,1,a@b.c\n");
	buf_text(&text, GOOD);
	struct tracker_file file = run(arena, bytes_of(text.p), NULL, NULL, NULL, E_INPUT);
	assert_int_equal(file.n_faults, 1001);
	assert_string_equal(file.faults[999].code, "impossible_date");
	assert_int_equal(file.faults[999].line, 1001);
	assert_string_equal(file.faults[1000].code, "too_many");
	assert_int_equal(file.n_entries, 1);
}

/* Europe/Vienna: clocks go 01:59 -> 03:00 on 2026-03-29, 02:59 -> 02:00 on 2026-10-25. */
static void
changing_clocks(void **state)
{
	struct arena *arena = *state;
#define TOGGL "Email,Start date,Start time,End date,End time,Duration\n"
	struct tracker_file file = good(arena,
	    TOGGL "a@b.c,2026-03-29,01:30:00,2026-03-29,03:30:00,01:00:00\n"
		  "a@b.c,2026-03-29,02:30:00,2026-03-29,04:00:00,00:30:00\n"
		  "a@b.c,2026-10-25,01:30:00,2026-10-25,03:30:00,03:00:00\n"
		  "a@b.c,2026-10-25,02:30:00,2026-10-25,02:15:00,00:45:00\n"
		  "a@b.c,2026-10-25,02:40:00,2026-10-25,03:00:00,00:20:00\n"
		  "a@b.c,2026-11-02,23:00:00,2026-11-03,01:00:00,02:00:00\n"
		  "a@b.c,2026-11-04,10:00:00,2026-11-04,12:00:00,01:58:59\n"
		  "a@b.c,2026-11-04,10:00:00,2026-11-04,12:00:00,01:59:00\n",
	    NULL, "Europe/Vienna");
	const struct tracker_entry *e = file.entries;

	assert_int_equal(file.n_entries, 8);
	is(arena, &e[0], 2, "2026-03-29", "2026-03-29T00:30:00Z", 3600, 60, 0);
	is(arena, &e[1], 3, "2026-03-29", "2026-03-29T01:30:00Z", 1800, 30, TRACKER_SKIPPED);
	is(arena, &e[2], 4, "2026-10-25", "2026-10-24T23:30:00Z", 10800, 180, 0);
	/* From 02:30 summer time to 02:15 winter time. */
	is(arena, &e[3], 5, "2026-10-25", "2026-10-25T00:30:00Z", 2700, 45, TRACKER_TWICE);
	/* Twenty minutes fit only the second 02:40. */
	is(arena, &e[4], 6, "2026-10-25", "2026-10-25T01:40:00Z", 1200, 20, TRACKER_TWICE);
	is(arena, &e[5], 7, "2026-11-02", "2026-11-02T22:00:00Z", 7200, 120, 0);
	is(arena, &e[6], 8, "2026-11-04", "2026-11-04T09:00:00Z", 7139, 119, TRACKER_DIFFERS);
	is(arena, &e[7], 9, "2026-11-04", "2026-11-04T09:00:00Z", 7140, 119, 0);
	struct tracker_fault fault =
	    bad(arena, TOGGL "a@b.c,2026-11-02,10:00,2026-11-02,09:00,01:00\n",
		"end_before_start", 2, 5, 0);
	assert_string_equal(fault.text, "09:00");
	fault = bad(arena, TOGGL "a@b.c,2026-11-02,25:00,2026-11-02,09:00,01:00\n", "bad_time",
	    2, 3, 0);
	assert_string_equal(fault.header, "Start time");
}

/* Half a minute and more is a minute; headers in any order, case and company. */
static void
rounding_and_headers(void **state)
{
	struct arena *arena = *state;
	struct tracker_file file = good(arena,
	    "\xEF\xBB\xBFtags;HOURS; eMail ;x;DATE;notes;Project\n"
	    ";0:00:29;a@b.c;;2026-11-02;;P\n;0:00:30;a@b.c;;2026-11-02;;P\n"
	    ";0:01:29;a@b.c;;2026-11-02;;P\n;0:01:30;a@b.c;;2026-11-02;;P\n"
	    ";;;;;;\n;1,5;a@b.c;;2026-11-02;\"two\nlines \xE2\x80\xAE!\";P\tQ\n",
	    NULL, NULL);
	static const int64_t minutes[] = { 0, 1, 1, 2, 90 };

	assert_string_equal(file.format, "harvest");
	assert_int_equal(file.n_entries, 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(file.entries[i].minutes, minutes[i]);
	assert_int_equal(file.entries[0].notes, TRACKER_ZERO);
	assert_int_equal(file.entries[1].notes, 0);
	assert_int_equal(file.entries[4].notes, TRACKER_CLEANED);
	assert_string_equal(file.entries[4].description, "two\nlines !");
	assert_string_equal(file.entries[4].project, "P Q");
}

static void
cells(void **unused_state)
{
	(void)unused_state;
	static const struct {
		const char *text;
		int seconds; /* -1: refused */
	} times[] = {
		{ "10:23:52 AM", 37432 },
		{ "10:23 AM", 37380 },
		{ "12:00 am", 0 },
		{ "12:00:01PM", 43201 },
		{ "1:05 p.m.", 47100 },
		{ "11:59\xE2\x80\xAFPM", 86340 },
		{ "0:00", 0 },
		{ "23:59:59", 86399 },
		{ "24:00", -1 },
		{ "10:60", -1 },
		{ "10:5", -1 },
		{ "13:00 PM", -1 },
		{ "0:30 AM", -1 },
		{ "10", -1 },
		{ "", -1 },
		{ "10:23:52 XM", -1 },
		{ "10:23:52 AMAM", -1 },
		{ "10:23:52:1", -1 },
	};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		int seconds = -1;
		assert_int_equal(tracker_time(times[i].text, &seconds), times[i].seconds >= 0);
		if (times[i].seconds >= 0)
			assert_int_equal(seconds, times[i].seconds);
	}
	static const struct {
		const char *text;
		int64_t seconds;
	} durations[] = {
		{ "01:00:01", 3601 },
		{ "1:30", 5400 },
		{ "26:10:00", 94200 },
		{ "0,01", 36 },
		{ "20,0", 72000 },
		{ "1.5", 5400 },
		{ "8", 28800 },
		{ "0.333333", 1200 },
		{ "0.0001", 0 },
		{ "0.00014", 1 },
		{ "1.9999999999", 7200 },
		{ " 2.25 ", 8100 },
		{ "1:5", -1 },
		{ "1:60", -1 },
		{ "1:00:60", -1 },
		{ "1.", -1 },
		{ ".5", -1 },
		{ "1,2,3", -1 },
		{ "1h", -1 },
		{ "", -1 },
		{ "9999999", -1 },
	};
	for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
		int64_t seconds = -1;
		bool negative;
		assert_int_equal(tracker_duration(durations[i].text, &seconds, &negative),
		    durations[i].seconds >= 0);
		if (durations[i].seconds >= 0)
			assert_int_equal(seconds, durations[i].seconds);
	}
	int64_t seconds;
	bool negative;
	assert_true(tracker_duration("-00:30:00", &seconds, &negative) && negative);
	assert_true(tracker_duration("\xE2\x88\x92"
				     "1,5",
			&seconds, &negative) &&
		    negative);
}

/* Days as a spreadsheet counts them, by its own arithmetic: 45355 is 2024-03-04 where 1 is
 * 1900-01-01, and 2028-03-05 where 0 is 1904-01-01. */
static void
spreadsheet_days(void **state)
{
	struct arena *arena = *state;
	struct tracker_file file = good(arena, HEAD "45355,1,a@b.c\n", NULL, NULL);

	assert_string_equal(day_iso(arena, file.entries[0].day), "2024-03-04");
	/* 43893 is 2020-03-03 or 2024-03-04: both are over, so it is asked. */
	(void)bad(arena, HEAD "43893,1,a@b.c\n", "serial_dates", 2, 1, 0);
	file = good(arena, HEAD "43893,1,a@b.c\n", "excel1904", NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2024-03-04");
	file = good(arena, HEAD "43893,1,a@b.c\n", "excel1900", NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2020-03-03");
	/* One row that only one calendar allows decides for the file. */
	file = good(arena, HEAD "43893,1,a@b.c\n45355,1,a@b.c\n", NULL, NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2020-03-03");
	/* What it could not read it left as text: then nobody knows how it read the others. */
	(void)bad(
	    arena, HEAD "45355,1,a@b.c\n25/04/2024,1,a@b.c\n", "serial_and_text", 3, 1, 0);
	(void)bad(arena, HEAD "19999,1,a@b.c\n", "bad_date", 2, 1, 0);
	/* Times and a duration as parts of a day: 10:23:52, 11:23:53, an hour and a second. */
	file = good(arena, TOGGL "a@b.c,45355,0.43324074,45355,0.474918981,0.041678241\n", NULL,
	    "Europe/Vienna");
	is(arena, &file.entries[0], 2, "2024-03-04", "2024-03-04T09:23:52Z", 3601, 60, 0);
	/* Hours stay hours. */
	file = good(arena, HEAD "45355,0.25,a@b.c\n", NULL, NULL);
	assert_int_equal(file.entries[0].minutes, 15);
	/* One number for day and time: 45355.5 is noon. */
	file = good(arena, "start,end,email\n45355.5,45355.75,a@b.c\n", NULL, "Europe/Vienna");
	is(arena, &file.entries[0], 2, "2024-03-04", "2024-03-04T11:00:00Z", 21600, 360, 0);
}

/* What spreadsheets put around and into a table. */
static void
spreadsheet_ways(void **state)
{
	struct arena *arena = *state;
	struct tracker_file file =
	    good(arena, "sep=;\r\nDate;Hours;Email\r\n2026-11-02;1,5;a@b.c\r\n", NULL, NULL);

	assert_int_equal(file.entries[0].minutes, 90);
	assert_int_equal(file.entries[0].line, 3);
	assert_int_equal(file.rows, 1);
	file = good(
	    arena, "Time of November\r\rDate,Hours,Email\r2026-11-02,1,a@b.c\r", NULL, NULL);
	assert_int_equal(file.entries[0].line, 4);
	/* A day with the time that a spreadsheet gives it. */
	file = good(arena, HEAD "2026-11-02 00:00:00,1,a@b.c\n", NULL, NULL);
	assert_string_equal(day_iso(arena, file.entries[0].day), "2026-11-02");
	/* Digits of other scripts: the second of November, an hour and a half. */
	file = good(arena,
	    HEAD
	    "\u0662\u0660\u0662\u0666-\u0661\u0661-\u0660\u0662,\u0661:\u0663\u0660,a@b.c\n",
	    NULL, NULL);
	assert_int_equal(file.entries[0].minutes, 90);
	struct tracker_fault fault =
	    bad(arena, HEAD "2026-11-02,=B1-A1,a@b.c\n", "formula", 2, 2, 0);
	assert_string_equal(fault.text, "=B1-A1");
	(void)bad(arena, HEAD "#VALUE!,1,a@b.c\n", "formula", 2, 1, 0);
	/* As text it is text. */
	file = good(arena,
	    "Date,Hours,Email,Notes\n2026-11-02,1,a@b.c,\"=HYPERLINK(\"\"x\"\")\"\n", NULL,
	    NULL);
	assert_string_equal(file.entries[0].description, "=HYPERLINK(\"x\")");
	fault = bad(arena, "Project,Client,Duration\nA,B,1:00:00\n", "no_days", 1, 0, 0);
	assert_string_equal(fault.text, "Project, Client, Duration");
	/* Two rows that are the same are two entries, and it is said. */
	file = good(arena, HEAD GOOD GOOD, NULL, NULL);
	assert_int_equal(file.entries[0].notes, 0);
	assert_int_equal(file.entries[1].notes, TRACKER_EQUAL);
}

/* Start and end as the clock on the wall shows them. */
static void
local_moments(void **state)
{
	struct arena *arena = *state;
#define MOMENTS "Start,End,User Email,Project\n"
	struct tracker_file file = good(arena,
	    MOMENTS "2026-11-02 10:00,2026-11-02T11:30:00,a@b.c,P\n"
		    "25/10/2026 01:30,25/10/2026 03:30,a@b.c,P\n",
	    NULL, "Europe/Vienna");

	is(arena, &file.entries[0], 2, "2026-11-02", "2026-11-02T09:00:00Z", 5400, 90, 0);
	/* Three hours, because the clock was put back in between. */
	is(arena, &file.entries[1], 3, "2026-10-25", "2026-10-24T23:30:00Z", 10800, 180, 0);
	file = run(arena, bytes_of(MOMENTS "2026-11-02 10:00,2026-11-02 11:00,a@b.c,P\n"), NULL,
	    NULL, NULL, E_INPUT);
	assert_string_equal(file.faults[0].code, "no_zone");
	(void)bad(arena, MOMENTS "2026-11-02 10:00,2026-11-02 09:00,a@b.c,P\n",
	    "end_before_start", 2, 2, 0);
	(void)bad(
	    arena, MOMENTS "2026-11-02,2026-11-02 09:00,a@b.c,P\n", "bad_instant", 2, 1, 0);
	/* Past midnight without a date of the end. */
	file = good(arena,
	    "Date,Start,Stop,Time,Member,Project\n"
	    "2026-11-02,11:30 p.m.,1:00 a.m.,1:30:00,Ana Lima,P\n",
	    NULL, "Europe/Vienna");
	assert_string_equal(file.format, "hubstaff");
	is(arena, &file.entries[0], 2, "2026-11-02", "2026-11-02T22:30:00Z", 5400, 90, 0);
	assert_string_equal(file.entries[0].person, "Ana Lima");
}

/* Hours as the payout partner lists them. */
static void
partners_hours(void **state)
{
	struct arena *arena = *state;
#define DEEL "contract_id,contractor_email,description,date_submitted,quantity,scale,status\n"
	struct tracker_file file = good(arena,
	    DEEL "m1,a@b.c,x,2026-11-02,7.5,hourly,approved\nm1,a@b.c,x,2026-11-03,45,minutes,"
		 "pending\n",
	    NULL, NULL);

	assert_string_equal(file.format, "deel");
	assert_int_equal(file.entries[0].minutes, 450);
	assert_int_equal(file.entries[1].minutes, 45);
	assert_string_equal(file.entries[0].project, "m1");
	struct tracker_fault fault =
	    bad(arena, DEEL "m1,a@b.c,x,2026-11-02,2,days,approved\n", "bad_unit", 2, 6, 0);
	assert_string_equal(fault.text, "days");
	(void)bad(
	    arena, DEEL "m1,a@b.c,x,2026-11-02,2,hours,Declined\n", "refused_there", 2, 7, 0);
}

static struct tracker_file
json(struct arena *arena, const char *text, enum status expected)
{
	struct records records = { 0 };
	struct tracker_file file;
	const char *why = "";

	assert_int_equal(
	    helper_parse_once(arena, tracker_parsers, "tracker-json", bytes_of(text),
		tracker_options(arena, NULL, NULL, "me@b.c"), &records, &why),
	    expected);
	assert_int_equal(tracker_read(arena, &records, &file), OK);
	return file;
}

/* Our own columns, as JSON and as CSV: the same entry has the same key. */
static void
own_columns(void **state)
{
	struct arena *arena = *state;
	struct tracker_file file = json(arena,
	    "{\"entries\":[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":90,\"kind\":"
	    "\"review\","
	    "\"start\":\"2026-11-02T09:00:00Z\",\"note\":\"two\\nlines\"},"
	    "{\"person\":\"Ana@b.c\",\"project\":\"P\",\"day\":\"2026-11-02\",\"tasks\":3,"
	    "\"minutes\":null,"
	    "\"key\":\"a-1\"}]}",
	    OK);
	const struct tracker_entry *e = file.entries;

	assert_string_equal(file.format, "own");
	assert_int_equal(file.n_entries, 2);
	is(arena, &e[0], 1, "2026-11-02", "2026-11-02T09:00:00Z", 5400, 90, 0);
	assert_string_equal(e[0].person, "me@b.c");
	assert_string_equal(e[0].kind, "review");
	assert_string_equal(e[0].description, "two\nlines");
	assert_int_equal(e[1].tasks, 3);
	assert_int_equal(e[1].notes, 0);
	assert_string_equal(e[1].kind, "production");
	struct tracker_file csv = run(arena,
	    bytes_of("key;note;start;kind;minutes;project;day;email;tasks\n"
		     ";\"two\nlines\";2026-11-02T09:00:00Z;review;90;P;2026-11-02;;\n"
		     "a-1;;;;;other;2026-11-09;ana@b.c;4\n"),
	    NULL, NULL, "me@b.c", OK);
	assert_string_equal(csv.entries[0].key, e[0].key);
	assert_string_equal(csv.entries[1].key, e[1].key); /* the sender's own key alone */

	static const struct {
		const char *json, *code;
		size_t line;
	} wrong[] = {
		{ "{", "not_json", 0 },
		{ "{\"entries\":{}}", "not_entries", 0 },
		{ "{\"entries\":[],\"x\":1}", "not_entries", 0 },
		{ "[]", "no_rows", 0 },
		{ "[7]", "bad_member", 1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"hours\":1}]", "bad_member", 1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":1.5}]", "bad_member",
		    1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":\"x\"}]",
		    "bad_number", 1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":1441}]", "over_24_h",
		    1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":-1}]", "negative",
		    1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-02-30\",\"minutes\":1}]",
		    "impossible_date", 1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":1,\"kind\":"
		  "\"survey\"}]",
		    "bad_kind", 1 },
		{ "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":1,\"start\":\"10:"
		  "00\"}]",
		    "bad_instant", 1 },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		file = json(arena, wrong[i].json, E_INPUT);
		assert_int_equal(file.n_faults, 1);
		assert_string_equal(file.faults[0].code, wrong[i].code);
		assert_int_equal(file.faults[0].line, wrong[i].line);
	}
	file = json(arena,
	    "[{\"project\":\"P\",\"day\":\"2026-11-02\",\"minutes\":1,\"key\":\"k\"},"
	    "{\"project\":\"P\",\"day\":\"2026-11-03\",\"minutes\":1,\"key\":\"k\"}]",
	    E_INPUT);
	assert_string_equal(file.faults[0].code, "key_twice");
	assert_int_equal(file.n_entries, 1);
}

/* Records that no child of ours would send. */
static void
strange_records(void **state)
{
	struct arena *arena = *state;
	const char *key = text_printf(arena, "%064d", 1);
	const char *base[] = { "entry", "2", "1", "a@b.c", "", "", "", "", "2026-11-02", "60",
		key, "0", "production", "0" };
	static const struct {
		size_t at;
		const char *value;
	} changes[] = {
		{ 1, "-1" },
		{ 1, "x" },
		{ 3, "" },
		{ 3, NULL },
		{ 7, "now" },
		{ 8, "2026-02-30" },
		{ 9, "86401" },
		{ 9, "-1" },
		{ 10, "short" },
		{ 11, "999" },
		{ 12, "" },
		{ 13, "-1" },
		{ 13, "100001" },
		{ 0, "other" },
		{ 0, NULL },
	};
	struct tracker_file file;

	for (size_t i = 0; i <= sizeof changes / sizeof *changes; i++) {
		const char *cells[14];
		memcpy(cells, base, sizeof cells);
		if (i > 0)
			cells[changes[i - 1].at] = changes[i - 1].value;
		struct record record = { .n = 14, .cells = cells };
		struct records records = { .first = &record, .count = 1 };
		assert_int_equal(tracker_read(arena, &records, &file), i == 0 ? OK : E_FAULT);
		record.n = 13;
		assert_int_equal(tracker_read(arena, &records, &file), E_FAULT);
	}
}

/* Names and lists that break parsers come back to the byte. */
static void
any_text(void **state)
{
	struct arena *arena = *state;
	struct bytes list;

	if (!unit_data(arena, "unicode/blns.txt", &list))
		skip();
	size_t n;
	char **lines =
	    text_split(arena, text_lines(arena, arena_copy(arena, list.p, list.n)), '\n', &n);
	struct buf text = buf_new(arena);
	struct csv_writer writer = { .out = &text };
	static const char *const header[] = { "Date", "Hours", "Email", "Notes" };
	for (size_t i = 0; i < 4; i++)
		csv_cell(&writer, header[i]);
	csv_end(&writer);
	for (size_t i = 0; i < n; i++) {
		csv_cell(&writer, day_iso(arena, (day)(20000 + i)));
		csv_cell(&writer, "0.5");
		csv_cell(&writer, "a@b.c");
		csv_cell(&writer, lines[i]);
		csv_end(&writer);
	}
	struct tracker_file file = good(arena, text.p, NULL, NULL);
	assert_int_equal(file.n_entries, n);
	for (size_t i = 0; i < n; i++) {
		assert_false(text_has_control(file.entries[i].description, false));
		if (!(file.entries[i].notes & TRACKER_CLEANED) && lines[i][0] != '\0' &&
		    strchr("=+-@", lines[i][0]) == NULL)
			assert_string_equal(
			    file.entries[i].description, text_trim(arena, lines[i]));
	}
}

static int
start(void **unused_state)
{
	char message[200];

	(void)unused_state;
	json_object_seed(0); /* as app.c does: a parser child may open no file */
	return config_read(message, sizeof message) != OK || crypto_start() != OK;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(real_clockify),
		UNIT_TEST(real_others),
		UNIT_TEST(keys),
		UNIT_TEST(date_orders),
		UNIT_TEST(row_faults),
		UNIT_TEST(many_faults),
		UNIT_TEST(changing_clocks),
		UNIT_TEST(rounding_and_headers),
		UNIT_TEST(spreadsheet_days),
		UNIT_TEST(spreadsheet_ways),
		UNIT_TEST(local_moments),
		UNIT_TEST(partners_hours),
		UNIT_TEST(own_columns),
		UNIT_TEST(cells),
		UNIT_TEST(strange_records),
		UNIT_TEST(any_text),
	};
	return cmocka_run_group_tests_name("payments_tracker", tests, start, NULL);
}
