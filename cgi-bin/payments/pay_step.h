/*
 * pay_step.h: one bounded piece of a pay run's work as one transaction. Private to pay_run.c
 * and pay_issue.c.
 */
#ifndef KEPTWORD_PAY_STEP_H
#define KEPTWORD_PAY_STEP_H

#include "data/job.h"

struct pay_step {
	struct job *job, before;
	bool finished; /* nothing is left: set by the work */
};

/* At the start of the work: a transaction that is run again begins with the job as it was. */
struct job *pay_step_begin(struct pay_step *step);

/* The run, held so that a second worker or command waits for the first. */
struct pay_run_held {
	int64_t period, reached;
	bool in_state; /* it is in the state that the work is for */
};
struct pay_run_held pay_step_hold(struct db *db, const struct job *job, const char *state);

/* Sets @pay_period, @pay_from (not within) and @pay_to (within) for the statements of this
 * piece that read payable_line: MariaDB hands conditions down into a view that groups when they
 * compare with a variable, but not when they compare with a '?'; then the whole table would be
 * grouped for each piece. */
void pay_step_range(struct db *db, struct value period, struct value from, struct value to);

/* The run is done up to this person: people more than before, of total. */
void pay_step_reached(
    struct db *db, struct job *job, struct value person, int64_t people, int64_t total);

/* Runs work with a struct pay_step in a transaction; the answer for the job. */
enum status pay_step_run(struct db *db, struct job *job, db_work work);

#endif
