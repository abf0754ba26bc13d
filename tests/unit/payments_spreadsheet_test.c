/*
 * payments_spreadsheet: what spreadsheets do to the files of trackers, times without a zone,
 * the payout partner's hours, and our own columns as CSV and JSON. Expected values by hand.
 */
#include "tracker_unit.h"

#define HEAD "Date,Hours,Email\n"
#define GOOD "2026-11-02,1,a@b.c\n"
#define TOGGL "Email,Start date,Start time,End date,End time,Duration\n"

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
	struct table_fault fault =
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

/* A month by its name leaves no doubt about the order. */
static void
named_months(void **state)
{
	struct arena *arena = *state;
	static const char *const second[] = { "2 Nov 2026", "02-Nov-2026",
		"\"Mon, Nov 2, 2026\"", "November 2 2026", "2 november 26", "2/NOV/2026" };
	static const char *const none[] = { "2 Nof 2026", "Nov 2026", "2 Nov Nov 2026",
		"2 Nov 2026 x", "2 Nov 12026", "No 2 2026", "3 2 Nov 2026" };

	for (size_t i = 0; i < sizeof second / sizeof *second; i++) {
		struct tracker_date date;
		tracker_date(i == 2 ? "Mon, Nov 2, 2026" : second[i], &date);
		assert_true(date.shaped && date.iso && date.iso_exists);
		assert_string_equal(day_iso(arena, date.iso_day), "2026-11-02");
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct tracker_date date;
		tracker_date(none[i], &date);
		assert_false(date.shaped);
	}
	struct tracker_file file =
	    good(arena, HEAD "\"Mon, Nov 2, 2026\",1h 30m,a@b.c\n", NULL, NULL);
	assert_int_equal(file.entries[0].minutes, 90);
	(void)bad(arena, HEAD "31 Feb 2026,1,a@b.c\n", "impossible_date", 2, 1, 0);
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
	struct table_fault fault =
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(spreadsheet_days),
		UNIT_TEST(spreadsheet_ways),
		UNIT_TEST(named_months),
		UNIT_TEST(local_moments),
		UNIT_TEST(partners_hours),
		UNIT_TEST(own_columns),
	};
	return cmocka_run_group_tests_name(
	    "payments_spreadsheet", tests, tracker_unit_start, NULL);
}
