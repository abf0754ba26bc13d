/*
 * pay_calendar.c: the calendar of pay; see pay_calendar.h. Rules: payments README 7 and 8.
 */
#include "payments/pay_calendar.h"

#define FORTNIGHT 14
#define MIDDLE 15 /* the last day of a month's first period */
#define SATURDAY 6

static bool
holiday(const struct pay_holidays *holidays, day d)
{
	for (size_t i = 0; i < holidays->n; i++)
		if (holidays->days[i] == d)
			return true;
	return false;
}

bool
pay_bank_day(const struct pay_holidays *holidays, day d)
{
	return day_weekday(d) < SATURDAY && !holiday(holidays, d);
}

day
pay_roll(const struct pay_holidays *holidays, day d)
{
	while (!pay_bank_day(holidays, d))
		d++;
	return d;
}

day
pay_roll_back(const struct pay_holidays *holidays, day d)
{
	while (!pay_bank_day(holidays, d))
		d--;
	return d;
}

day
pay_bank_days_after(const struct pay_holidays *holidays, day d, int n)
{
	while (n-- > 0)
		d = pay_roll(holidays, d + 1);
	return d;
}

static void
half_month(day d, day *ret_start, day *ret_end)
{
	day of_month = day_ymd(d).day;
	day first = d - of_month + 1;

	if (of_month <= MIDDLE) {
		*ret_start = first;
		*ret_end = first + MIDDLE - 1;
		return;
	}
	*ret_start = first + MIDDLE;
	for (*ret_end = first + 27; day_ymd(*ret_end + 1).day != 1;) /* the 28th exists */
		(*ret_end)++;
}

static void
fortnight(day anchor, day d, day *ret_start, day *ret_end)
{
	day within = (d - anchor) % FORTNIGHT;

	if (within < 0)
		within += FORTNIGHT;
	*ret_start = d - within;
	*ret_end = *ret_start + FORTNIGHT - 1;
}

/* So many days after the last one, rolled. Rolling back stops at the lock: then it goes
 * forward. */
static day
promised(
    const struct pay_rule *rule, const struct pay_holidays *holidays, day end, int days_after)
{
	day d = end + days_after;
	day back = rule->rolls_back ? pay_roll_back(holidays, d) : d;

	if (rule->rolls_back && back > end && back >= end + rule->lock_after)
		return back;
	return pay_roll(holidays, d);
}

struct pay_days
pay_days_of(const struct pay_rule *rule, const struct pay_holidays *holidays, day d)
{
	struct pay_days days = { .rolled_from = DAY_NONE };

	if (rule->rhythm == PAY_SEMI_MONTHLY)
		half_month(d, &days.start, &days.end);
	else
		fortnight(rule->anchor, d, &days.start, &days.end);
	days.lock = days.end + rule->lock_after;
	days.issue = promised(rule, holidays, days.end, rule->issue_after);
	days.pay = promised(rule, holidays, days.end, rule->pay_after);
	if (days.pay != days.end + rule->pay_after)
		days.rolled_from = days.end + rule->pay_after;
	return days;
}
