/*
 * people_csv.c: the list of people as a table for spreadsheets, from the same record as its
 * page. Column names and codes are for machines and stay the same in every language.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "doc/csv.h"
#include "hdm/hdm.h"

#define CSV_ROWS 100000

static void
row(struct csv_writer *writer, size_t n, const char *const *cells)
{
	for (size_t i = 0; i < n; i++)
		csv_cell(writer, cells[i]);
	csv_end(writer);
}
#define CSV_ROW(writer, ...)                                                    \
	row((writer), sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), \
	    (const char *[]){ __VA_ARGS__ })

static const char *
number(struct arena *arena, int64_t n)
{
	return text_printf(arena, "%lld", (long long)n);
}

static const char *
day_cell(struct arena *arena, day d)
{
	return d == DAY_NONE ? "" : day_iso(arena, d);
}

static const char *
instant_cell(struct arena *arena, instant t)
{
	return t ? instant_iso(arena, t) : "";
}

/* GET /hdm/staff/people.csv, sorted and chosen like the page. */
enum status
people_csv(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct buf out = buf_new(arena);
	struct csv_writer writer = { &out, 0 };
	struct people people;
	int64_t pod = 0;
	instant now = time_now();
	enum status status = people_pod(req, &pod);

	if (status == OK)
		status =
		    people_read(req, request_query(req, "sort"), pod, 0, CSV_ROWS, &people);
	if (status != OK)
		return status;
	CSV_ROW(&writer, "person", "preferred_name", "project", "last_contact",
	    "days_since_contact", "contact_due", "overdue", "first_talk_due", "period_start",
	    "minutes", "period_before_start", "minutes_before", "statement_end", "promised_on",
	    "funds_on", "punctual", "late_cause");
	for (size_t i = 0; i < people.n; i++) {
		const struct person_line *line = &people.lines[i];
		CSV_ROW(&writer, id_text(arena, line->id), line->name, line->projects,
		    instant_cell(arena, line->last),
		    line->last ? number(arena,
				     days_between(line->last, now, request_caller(req)->zone))
			       : "",
		    instant_iso(arena, line->due), line->due < now ? "yes" : "no",
		    instant_cell(arena, line->talk), day_cell(arena, people.start),
		    number(arena, line->minutes), day_cell(arena, people.start_before),
		    number(arena, line->minutes_before), day_cell(arena, line->pay.end),
		    line->pay.end == DAY_NONE ? "" : day_iso(arena, line->pay.promised),
		    day_cell(arena, line->pay.funds),
		    punctual_code(punctual_of(&line->pay, people.today)), line->pay.cause);
	}
	return reply_file(req, "text/csv",
	    text_printf(arena, "people-%s.csv", day_iso(arena, people.today)),
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}
