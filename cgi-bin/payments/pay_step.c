/*
 * pay_step.c: see pay_step.h.
 */
#include "payments/pay_step.h"

static const struct stmt HOLD = {
	"SELECT period_id, reached, state, IF(kind = 'regular', 0, id),"
	" COALESCE(compared_id, 0) FROM pay_run WHERE id = ? FOR UPDATE"
};
static const struct stmt RANGE = {
	"SET @pay_run = ?, @pay_period = ?, @pay_off = ?, @pay_from = ?, @pay_to = ?"
};
static const struct stmt REACHED = { "UPDATE pay_run SET reached = ? WHERE id = ?" };

struct job *
pay_step_begin(struct pay_step *step)
{
	*step->job = step->before;
	step->finished = false;
	return step->job;
}

struct pay_run_held
pay_step_hold(struct db *db, const struct job *job)
{
	struct rows *rows = db_read(db, &HOLD, v_int(job->subject));

	if (!rows_next(rows))
		return (struct pay_run_held){ .state = "" };
	return (struct pay_run_held){
		.period = rows_int(rows, 0),
		.reached = rows_int(rows, 1),
		.state = rows_text(rows, 2),
		.off_cycle = rows_int(rows, 3),
		.compared = rows_int(rows, 4),
	};
}

void
pay_step_range(struct db *db, const struct job *job, const struct pay_run_held *run,
    struct value from, struct value to)
{
	db_write(db, &RANGE, v_int(job->subject), v_int(run->period), v_int(run->off_cycle),
	    from, to);
}

void
pay_step_reached(
    struct db *db, struct job *job, struct value person, int64_t people, int64_t total)
{
	int64_t done = job->done + people;

	(void)db_write_one(db, &REACHED, person, v_int(job->subject));
	job_progress(db, job, done, total);
	job->done = done; /* also for a command, which has no row to keep it in */
	job->total = total;
}

enum status
pay_step_run(struct db *db, struct job *job, db_work work)
{
	struct pay_step step = { .job = job, .before = *job };
	enum status status = db_transact(db, work, NULL, &step);

	if (status != OK)
		return status;
	return step.finished ? E_ABSENT : OK;
}
