/*
 * pay_outside.h: pay runs outside the schedule: an off-cycle run for chosen people, which pays
 * what was approved of the days of one period and before and belongs to that period; and a
 * correction, which adds to one statement that was issued. Both go through the same states as a
 * regular run. Rules: payments README 24 and 25.
 */
#ifndef KEPTWORD_PAY_OUTSIDE_H
#define KEPTWORD_PAY_OUTSIDE_H

#include "payments/pay_run.h"

struct pay_outside {
	int64_t period;     /* off-cycle: it belongs to this one */
	const char *people; /* off-cycle: e-mails, parted by line ends, blanks, commas */
	struct id statement; /* correction: of this one */
	const char *amount;  /* correction: as typed, in the statement's currency */
	const char *reason;
	day pay_on;
};

/* In a transaction. E_INPUT with a code and what it is about: unknown, nothing, yourself (an
 * e-mail each), nobody, bad_day; E_CONFLICT when the period is in a run. */
MUST_USE enum status run_make_off_cycle(struct db *db, const struct pay_outside *ordered,
    const struct pay_actor *by, struct id *ret_id, const char **ret_why,
    const char **ret_detail);

/* In a transaction. E_INPUT: yourself, not_money, not_above_0, bad_day; E_ABSENT: there is no such
 * statement. */
MUST_USE enum status run_make_correction(struct db *db, const struct pay_outside *ordered,
    const struct pay_actor *by, struct id *ret_id, const char **ret_why,
    const char **ret_detail);

/* The day on which money is promised when nothing else is said: CONFIG_OFF_CYCLE_DAYS bank days
 * from today in the zone of the period's schedule. */
day run_outside_day(struct db *db, int64_t period);

/* Handlers. */
extern const struct form OFF_CYCLE_FORM, CORRECTION_FORM;
enum status off_cycle_show(struct request *req);
enum status off_cycle_submit(struct request *req);
enum status correction_show(struct request *req);
enum status correction_submit(struct request *req);

/* Commands: off-cycle, correct. */
int off_cycle_run(struct cli *cli);
int correct_run(struct cli *cli);

#endif
