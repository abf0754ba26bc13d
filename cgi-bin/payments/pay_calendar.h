/*
 * pay_calendar.h: which days are paid together, and when: pure functions of a schedule's rule
 * and a list of holidays. Nothing here knows a database or a zone.
 */
#ifndef KEPTWORD_PAY_CALENDAR_H
#define KEPTWORD_PAY_CALENDAR_H

#include "base/time.h"

enum pay_rhythm {
	PAY_BIWEEKLY,    /* 14 days each, counted from an anchor, before it too */
	PAY_SEMI_MONTHLY /* the 1st to the 15th, the 16th to the month's last day */
};

struct pay_rule {
	enum pay_rhythm rhythm;
	day anchor; /* the first day of some period; not used by PAY_SEMI_MONTHLY */
	/* Days from a period's last day to the lock, to the statement, to the money. */
	int lock_after, issue_after, pay_after;
	bool rolls_back; /* a promised day that is no bank day goes to the bank day before it */
};

/* Days on which banks move nothing, ascending. Weekends need not be listed. */
struct pay_holidays {
	size_t n;
	const day *days;
};

struct pay_days {
	day start, end;  /* first and last day, both within */
	day lock;        /* the period is locked when this day begins */
	day issue, pay;  /* rolled to a day on which banks work, never before the lock */
	day rolled_from; /* what pay would have been; DAY_NONE when it was not rolled */
};

/* The period that holds d. */
struct pay_days pay_days_of(
    const struct pay_rule *rule, const struct pay_holidays *holidays, day d);

/* Monday to Friday and no holiday. */
bool pay_bank_day(const struct pay_holidays *holidays, day d);

/* d itself or the next day on which banks work. */
day pay_roll(const struct pay_holidays *holidays, day d);

/* d itself or the last day before it on which banks work. */
day pay_roll_back(const struct pay_holidays *holidays, day d);

/* The n-th day after d on which banks work; 0: d itself. */
day pay_bank_days_after(const struct pay_holidays *holidays, day d, int n);

#endif
