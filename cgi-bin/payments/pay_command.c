/*
 * pay_command.c: periods, lock, run, issue and abandon on the command line. A command does the
 * long work itself, step by step like the worker, and ends when it is done; killed in between,
 * the worker goes on where it stopped.
 */
#include <stdio.h>

#include "base/text.h"
#include "payments/pay_command.h"
#include "payments/pay_period.h"
#include "payments/pay_run.h"
#include "web/role.h"

#define LOCALE "en"

static const struct stmt PERSON = { "SELECT c.id, p.roles FROM keptword_core.person_contact c"
				    " JOIN keptword_core.person_public p ON p.id = c.id"
				    " WHERE c.email_key = LOWER(?) AND p.state = 'active'" };
static const struct stmt PERIOD_OF_DAY = {
	"SELECT p.id, p.state, p.start_day, p.end_day FROM pay_period p"
	" JOIN pay_schedule s ON s.id = p.schedule_id"
	" WHERE p.start_day <= ? AND p.end_day >= ? AND (? = '' OR s.name = ?) LIMIT 2"
};
static const struct stmt RUN_OF_PERIOD = {
	"SELECT id, state FROM pay_run WHERE period_id = ? AND state <> 'abandoned'"
	" ORDER BY id DESC LIMIT 1"
};
static const struct stmt PERIODS = {
	"SELECT start_day, end_day, state, pay_on, lock_at FROM pay_period"
	" WHERE state IN ('open', 'locked', 'in_review') ORDER BY start_day"
};
static const struct stmt BLOCKS = {
	"SELECT c.legal_name, b.why, COALESCE(j.name, ''), b.entries FROM pay_block b"
	" JOIN keptword_core.person_contact c ON c.id = b.person_id"
	" LEFT JOIN keptword_core.project j ON j.id = b.project_id"
	" WHERE b.pay_run_id = ? ORDER BY b.person_id, b.id"
};
static const struct stmt DRAFT_SUMS = {
	"SELECT COUNT(*), CAST(SUM(gross_minor + adjustment_minor) AS SIGNED), currency"
	" FROM pay_draft WHERE pay_run_id = ? GROUP BY currency ORDER BY currency"
};
static const struct stmt SUMS = {
	"SELECT COUNT(*), CAST(SUM(net_minor) AS SIGNED), currency FROM statement"
	" WHERE pay_run_id = ? GROUP BY currency ORDER BY currency"
};

/* One command's work in a transaction. */
struct order {
	int64_t subject; /* period or run */
	struct pay_actor by;
	struct id id;
	int64_t ahead, made;
};

int64_t
command_actor(struct cli *cli)
{
	const char *email = cli_option(cli, "by");
	struct rows *rows;

	if (text_empty(email)) {
		(void)fprintf(stderr, "Who does this? Say --by E-MAIL.\n");
		return 0;
	}
	rows = db_read(cli->db, &PERSON, v_text(email));
	if (!rows_next(rows)) {
		(void)fprintf(stderr, "There is nobody with the e-mail %s.\n", email);
		return 0;
	}
	if (!((roles)rows_int(rows, 1) & ROLE(FINANCE))) {
		(void)fprintf(stderr, "%s does not hold the role finance.\n", email);
		return 0;
	}
	return rows_int(rows, 0);
}

/* The period that holds the day of the command's first word; 0 after a message. */
static int64_t
period_named(struct cli *cli)
{
	const char *word = cli_word(cli, 0), *schedule = cli_option(cli, "schedule");
	day d;

	if (!day_parse(word, &d)) {
		(void)fprintf(stderr, "%s is not a day like 2026-11-23.\n", word);
		return 0;
	}
	schedule = schedule ? schedule : "";
	struct rows *rows = db_read(
	    cli->db, &PERIOD_OF_DAY, v_day(d), v_day(d), v_text(schedule), v_text(schedule));
	if (rows_count(rows) != 1) {
		(void)fprintf(stderr,
		    rows_count(rows) ? "%s lies in periods of more than one schedule. Say "
				       "--schedule NAME.\n"
				     : "%s lies in no pay period.\n",
		    word);
		return 0;
	}
	(void)rows_next(rows);
	return rows_int(rows, 0);
}

static int
refused(const struct cli *cli, enum status status, const char *conflict)
{
	if (status == E_CONFLICT)
		(void)fprintf(stderr, "%s\n", conflict);
	else
		(void)fprintf(stderr, "It was not done: %s (database error %u).\n",
		    status_name(status), db_error(cli->db));
	return 1;
}

/* Runs steps of long work until nothing is left. */
static enum status
do_steps(struct cli *cli, enum status (*step)(struct db *db, struct job *job), int64_t subject)
{
	struct job job = { .subject = subject, .detail = "{}" };
	struct cli_progress line = { 0 };
	enum status status;

	while ((status = step(cli->db, &job)) == OK) {
		cli_progress(&line, job.done, job.total, false);
		if (db_status(cli->db) != OK)
			return db_status(cli->db);
	}
	cli_progress(&line, job.done, job.total, true);
	return status == E_ABSENT ? OK : status;
}

/* ---- periods ---- */

static enum status
make_periods(struct db *db, void *arg)
{
	struct order *order = arg;

	order->made = period_ahead(db, order->ahead);
	return db_status(db);
}

int
periods_run(struct cli *cli)
{
	struct order order = { .ahead = PERIODS_AHEAD };
	const char *ahead = cli_option(cli, "ahead");

	if (ahead && (!text_to_int(ahead, &order.ahead) || order.ahead < 0 || order.ahead > 60))
		return 2;
	enum status status = db_transact(cli->db, make_periods, NULL, &order);
	if (status != OK)
		return refused(cli, status, "Somebody else is making periods. Try again.");
	(void)printf("%lld made. Not issued yet:\n", (long long)order.made);
	struct rows *rows = db_read(cli->db, &PERIODS);
	while (rows_next(rows))
		(void)printf("  %s to %s  %-9s  lock %s  money %s\n",
		    day_iso(cli->arena, rows_day(rows, 0)),
		    day_iso(cli->arena, rows_day(rows, 1)), rows_text(rows, 2),
		    instant_iso(cli->arena, rows_instant(rows, 4)),
		    day_iso(cli->arena, rows_day(rows, 3)));
	return db_status(cli->db) == OK ? 0 : 1;
}

/* ---- lock ---- */

static enum status
lock_period(struct db *db, void *arg)
{
	const struct order *order = arg;

	return period_lock(db, order->subject, 0, order->by.person, NULL);
}

int
lock_run(struct cli *cli)
{
	struct order order = { 0 };

	if (!cli_word(cli, 0))
		return 2;
	if (!(order.by.person = command_actor(cli)) || !(order.subject = period_named(cli)))
		return 1;
	enum status status = db_transact(cli->db, lock_period, NULL, &order);
	if (status != OK)
		return refused(cli, status, "The period is not open.");
	status = do_steps(cli, period_silence_step, order.subject);
	if (status != OK)
		return refused(cli, status, "Somebody else is at it.");
	(void)printf("Locked.\n");
	return 0;
}

/* ---- run ---- */

static enum status
make_run(struct db *db, void *arg)
{
	struct order *order = arg;

	return run_make(db, order->subject, 0, &order->by, &order->id);
}

static void
print_sums(struct cli *cli, const struct stmt *sums, int64_t run)
{
	struct rows *rows = db_read(cli->db, sums, v_int(run));

	while (rows_next(rows))
		(void)printf("  %lld statements, %s\n", (long long)rows_int(rows, 0),
		    money_text(cli->arena, rows_money(rows, 1), LOCALE));
}

/* The run that is not abandoned of a period; its state too. 0: none. */
static int64_t
run_of(struct cli *cli, int64_t period, const char **ret_state)
{
	struct rows *rows = db_read(cli->db, &RUN_OF_PERIOD, v_int(period));

	if (!rows_next(rows))
		return 0;
	*ret_state = rows_text(rows, 1);
	return rows_int(rows, 0);
}

static int
tell_run(struct cli *cli, int64_t run, const char *state)
{
	if (text_is(state, "ready")) {
		(void)printf("Ready. Somebody else of finance issues it:\n");
		print_sums(cli, &DRAFT_SUMS, run);
		return 0;
	}
	(void)fprintf(stderr, "The run is %s.\n", state);
	struct rows *rows = db_read(cli->db, &BLOCKS, v_int(run));
	while (rows_next(rows))
		(void)fprintf(stderr, "  %s: %s %s (%lld entries)\n", rows_text(rows, 0),
		    rows_text(rows, 1), rows_text(rows, 2), (long long)rows_int(rows, 3));
	return 1;
}

int
run_run(struct cli *cli)
{
	struct order order = { 0 };
	const char *state = "";

	if (!cli_word(cli, 0))
		return 2;
	if (!(order.by.person = command_actor(cli)) || !(order.subject = period_named(cli)))
		return 1;
	enum status status = do_steps(cli, period_silence_step, order.subject);
	if (status == OK)
		status = db_transact(cli->db, make_run, NULL, &order);
	if (status != OK)
		return refused(cli, status, "The period is not locked, or has a run already.");
	int64_t run = run_of(cli, order.subject, &state);
	status = do_steps(cli, run_prepare_step, run);
	if (status != OK)
		return refused(cli, status, "Somebody else is at it.");
	run = run_of(cli, order.subject, &state);
	return tell_run(cli, run, state);
}

/* ---- issue, abandon ---- */

static enum status
issue_order(struct db *db, void *arg)
{
	const struct order *order = arg;

	return run_issue(db, order->subject, 0, &order->by);
}

static enum status
abandon_order(struct db *db, void *arg)
{
	const struct order *order = arg;

	return run_abandon(db, order->subject, 0, &order->by);
}

/* The run of the period that the command names, and who asks. */
static bool
run_ordered(struct cli *cli, struct order *order)
{
	const char *state = "";
	int64_t period;

	if (!(order->by.person = command_actor(cli)) || !(period = period_named(cli)))
		return false;
	order->subject = run_of(cli, period, &state);
	if (!order->subject)
		(void)fprintf(stderr, "The period has no pay run.\n");
	return order->subject != 0;
}

int
issue_run(struct cli *cli)
{
	struct order order = { 0 };

	if (!cli_word(cli, 0))
		return 2;
	if (!run_ordered(cli, &order))
		return 1;
	enum status status = db_transact(cli->db, issue_order, NULL, &order);
	if (status == E_DENIED && db_error(cli->db) == 0) {
		(void)fprintf(stderr,
		    "Who made a run does not issue it. Somebody else of finance has to.\n");
		return 1;
	}
	if (status != OK)
		return refused(cli, status, "The run is not ready.");
	status = do_steps(cli, run_issue_step, order.subject);
	if (status != OK)
		return refused(cli, status, "Somebody else is at it.");
	(void)printf("Issued:\n");
	print_sums(cli, &SUMS, order.subject);
	return 0;
}

int
abandon_run(struct cli *cli)
{
	struct order order = { 0 };

	if (!cli_word(cli, 0))
		return 2;
	if (!run_ordered(cli, &order))
		return 1;
	enum status status = db_transact(cli->db, abandon_order, NULL, &order);
	if (status != OK)
		return refused(cli, status, "It is being issued or has been.");
	(void)printf("Abandoned. The period is locked as before.\n");
	return 0;
}
