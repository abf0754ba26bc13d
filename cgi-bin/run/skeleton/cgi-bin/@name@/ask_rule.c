/*
 * ask_rule.c: the rules that need no page: by when an answer is promised, and how long what was
 * asked is kept.
 */
#include "@name@/@name@.h"

#define WORKING_DAYS 3
#define SATURDAY 6

/* What the worker deletes; sql/@name@/ask.sql names the same time. */
const struct retention @NAME@_RETENTION[] = {
	{ "ask", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM ask WHERE state = 'answered' AND answered_at < ?"
		      " ORDER BY answered_at LIMIT 1000" } },
	{ 0 },
};

instant
ask_due(instant asked, const char *zone)
{
	day last = day_in_zone(asked, zone);

	for (int left = WORKING_DAYS; left > 0; left -= day_weekday(last) < SATURDAY)
		last++;
	return instant_of_local(last + 1, 0, 0, 0, zone, NULL);
}
