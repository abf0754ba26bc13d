/*
 * payments_tracker: exports of time trackers become entries or faults. Every file goes through
 * a real parser child. Expected values were worked out by hand from the files and the calendar.
 */
#include "tracker_unit.h"

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
	struct table_fault fault =
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
	struct table_fault fault =
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
	(void)bad(
	    arena, "Date,Hours,Email,hours\n2026-11-02,1,a@b.c,2\n", "column_twice", 1, 4, 0);
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
	struct table_fault fault =
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
		{ "1h", 3600 },
		{ "1h 30m", 5400 },
		{ "1 hr 5 min 10 s", 3910 },
		{ "45 minutes", 2700 },
		{ "2H05M", 7500 },
		{ "30m 1h", -1 },
		{ "1h 1h", -1 },
		{ "1.5h", -1 },
		{ "5 days", -1 },
		{ "h", -1 },
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
		UNIT_TEST(cells),
		UNIT_TEST(strange_records),
		UNIT_TEST(any_text),
	};
	return cmocka_run_group_tests_name("payments_tracker", tests, tracker_unit_start, NULL);
}
