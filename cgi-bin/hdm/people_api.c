/*
 * people_api.c: the people whom a caller looks after, for the caller's own programs, from the
 * same record as page and CSV. Names and codes are for machines; README.md describes them.
 *
 * Rule (README 1): own people only; the caller's id is in every query.
 */
#include "base/text.h"
#include "data/crypto.h"
#include "data/json.h"
#include "hdm/hdm.h"

#define PAGE_ROWS 100

static json_t *
statement_of(struct arena *arena, const struct statement_days *pay, day today)
{
	if (pay->end == DAY_NONE)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:s, s:s?}", "period_end", json_day(arena, pay->end),
	    "promised_on", json_day(arena, pay->promised), "funds_on",
	    json_day(arena, pay->funds), "punctual", punctual_code(punctual_of(pay, today)),
	    "late_cause", text_empty(pay->cause) ? NULL : pay->cause);
}

static json_t *
person_of(struct arena *arena, const struct person_line *line, const struct people *people)
{
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:b, s:o, s:I, s:I, s:o}", "id",
	    id_text(arena, line->id), "name", line->name, "projects", line->projects,
	    "last_contact_at", json_instant(arena, line->last), "contact_due_at",
	    json_instant(arena, line->due), "overdue", line->due < time_now(),
	    "first_talk_due_at", json_instant(arena, line->talk), "minutes",
	    (json_int_t)line->minutes, "minutes_before", (json_int_t)line->minutes_before,
	    "statement", statement_of(arena, &line->pay, people->today));
}

/* GET /hdm/api/people[?first=100]: the most overdue first, 100 at most; "next" is the address
 * of those behind them, or null. */
enum status
people_api(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *asked = request_query(req, "first"), *next = NULL;
	struct people people;
	int64_t first = 0;
	json_t *list = json_held(arena, json_array());

	if (*asked && (!text_to_int(asked, &first) || first < 0 || first > 1000000))
		return E_INPUT;
	enum status status = people_read(req, "due", 0, first, PAGE_ROWS, &people);
	if (status != OK)
		return status;
	for (size_t i = 0; i < people.n; i++)
		if (json_array_append_new(list, person_of(arena, &people.lines[i], &people)))
			return E_BUSY;
	if (people.more)
		next = text_printf(
		    arena, "/hdm/api/people?first=%lld", (long long)first + PAGE_ROWS);
	return reply_json_value(req, 200,
	    json_held(arena,
		json_pack("{s:O, s:o, s:o, s:o, s:o, s:s?}", "people", list, "period_start",
		    json_day(arena, people.start), "period_end", json_day(arena, people.end),
		    "period_before_start", json_day(arena, people.start_before),
		    "period_before_end", json_day(arena, people.end_before), "next", next)));
}
