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
	"SELECT id FROM pay_run WHERE period_id = ? AND kind = 'regular'"
	" AND state <> 'abandoned' ORDER BY id DESC LIMIT 1"
};
static const struct stmt RUN_NAMED = { "SELECT id FROM pay_run WHERE public_id = ?" };
static const struct stmt RUN = {
	"SELECT id, state, COALESCE(draft_hash, ''), warnings, public_id FROM pay_run"
	" WHERE id = ?"
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
static const struct stmt ISSUED = {
	"SELECT COUNT(*) FROM pay_run WHERE id = ? AND state = 'issued'"
};
static const struct stmt WARNINGS = {
	"SELECT why, COUNT(DISTINCT person_id) FROM pay_warning WHERE pay_run_id = ?"
	" GROUP BY why ORDER BY why"
};
static const struct stmt CHANGES = {
	"SELECT c.legal_name, COALESCE(x.was_minor, 0), x.currency, COALESCE(x.is_minor, 0),"
	" x.currency FROM pay_change x"
	" JOIN keptword_core.person_contact c ON c.id = x.person_id"
	" WHERE x.pay_run_id = ? ORDER BY x.person_id, x.currency"
};
static const struct stmt DRAFT_SUMS = {
	"SELECT CAST(SUM(people) AS SIGNED), CAST(SUM(gross_minor + adjustment_minor) AS "
	"SIGNED), currency"
	" FROM pay_total WHERE pay_run_id = ? AND part = 'entity'"
	" GROUP BY currency ORDER BY currency"
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
	struct pay_sign_off sign;
	const char *why; /* of E_INPUT */
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

int64_t
command_period(struct cli *cli, const char *word)
{
	const char *schedule = cli_option(cli, "schedule");
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

int
command_refused(const struct cli *cli, enum status status, const char *conflict)
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
		return command_refused(
		    cli, status, "Somebody else is making periods. Try again.");
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
	if (!(order.by.person = command_actor(cli)) ||
	    !(order.subject = command_period(cli, cli_word(cli, 0))))
		return 1;
	enum status status = db_transact(cli->db, lock_period, NULL, &order);
	if (status != OK)
		return command_refused(cli, status, "The period is not open.");
	status = do_steps(cli, period_silence_step, order.subject);
	if (status != OK)
		return command_refused(cli, status, "Somebody else is at it.");
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

/* A run; id 0: there is none. */
struct run_there {
	int64_t id, warnings;
	const char *state, *hash, *public_id;
};

static struct run_there
run_of(struct cli *cli, int64_t run)
{
	struct rows *rows = db_read(cli->db, &RUN, v_int(run));

	if (!rows_next(rows))
		return (struct run_there){ .state = "" };
	struct bytes hash = rows_bytes(rows, 2);
	return (struct run_there){ .id = rows_int(rows, 0),
		.state = rows_text(rows, 1),
		.hash = hash.n ? hex_text(cli->arena, hash) : "",
		.warnings = rows_int(rows, 3),
		.public_id = rows_id_text(cli->arena, rows, 4) };
}

static void
tell_changes(struct cli *cli, int64_t run)
{
	struct rows *rows = db_read(cli->db, &CHANGES, v_int(run));

	while (rows_next(rows))
		(void)fprintf(stderr, "  %s: had %s, would get %s now\n", rows_text(rows, 0),
		    money_text(cli->arena, rows_money(rows, 1), LOCALE),
		    money_text(cli->arena, rows_money(rows, 3), LOCALE));
}

static int
tell_run(struct cli *cli, const struct run_there *run)
{
	struct rows *rows;

	if (text_is(run->state, "ready")) {
		(void)printf("Ready. Somebody else of finance signs it off:\n");
		print_sums(cli, &DRAFT_SUMS, run->id);
		rows = db_read(cli->db, &WARNINGS, v_int(run->id));
		while (rows_next(rows))
			(void)printf("  look at %s: people %lld\n", rows_text(rows, 0),
			    (long long)rows_int(rows, 1));
		(void)printf("  --run %s --hash %s%s\n", run->public_id, run->hash,
		    run->warnings ? " --seen" : "");
		return 0;
	}
	(void)fprintf(stderr, "The run is %s.\n", run->state);
	rows = db_read(cli->db, &BLOCKS, v_int(run->id));
	while (rows_next(rows))
		(void)fprintf(stderr, "  %s: %s %s (%lld entries)\n", rows_text(rows, 0),
		    rows_text(rows, 1), rows_text(rows, 2), (long long)rows_int(rows, 3));
	return 1;
}

int
command_prepare(struct cli *cli, int64_t run)
{
	enum status status = do_steps(cli, run_prepare_step, run);

	if (status != OK)
		return command_refused(cli, status, "Somebody else is at it.");
	struct run_there there = run_of(cli, run);
	return tell_run(cli, &there);
}

int
run_run(struct cli *cli)
{
	struct order order = { 0 };

	if (!cli_word(cli, 0))
		return 2;
	if (!(order.by.person = command_actor(cli)) ||
	    !(order.subject = command_period(cli, cli_word(cli, 0))))
		return 1;
	enum status status = do_steps(cli, period_silence_step, order.subject);
	if (status == OK)
		status = db_transact(cli->db, make_run, NULL, &order);
	if (status != OK)
		return command_refused(
		    cli, status, "The period is not locked, or has a run already.");
	return command_prepare(cli, db_int(cli->db, &RUN_OF_PERIOD, 0, v_int(order.subject)));
}

/* ---- issue, abandon ---- */

static enum status
issue_order(struct db *db, void *arg)
{
	struct order *order = arg;

	order->why = NULL;
	return run_sign(db, order->subject, &order->sign, &order->by, &order->why);
}

static enum status
abandon_order(struct db *db, void *arg)
{
	const struct order *order = arg;

	return run_abandon(db, order->subject, 0, &order->by);
}

/* The run that the command names by --run, or the regular one of the period that holds its
 * day, and who asks. */
static bool
run_ordered(struct cli *cli, struct order *order)
{
	const char *name = cli_option(cli, "run");
	struct id id;
	int64_t period;

	if (!(order->by.person = command_actor(cli)))
		return false;
	if (name && id_parse(name, &id))
		order->subject = db_int(cli->db, &RUN_NAMED, 0, v_bytes(id.b, ID_BYTES));
	else if (!name && (period = command_period(cli, cli_word(cli, 0))))
		order->subject = db_int(cli->db, &RUN_OF_PERIOD, 0, v_int(period));
	else if (!name)
		return false;
	if (!order->subject)
		(void)fprintf(stderr, "There is no such pay run.\n");
	return order->subject != 0;
}

/* Why a run was not signed, as sentences. */
static int
not_signed(const struct cli *cli, const struct order *order, enum status status)
{
	static const char *const sentences[][2] = {
		{ "same_person",
		    "Who made a run does not sign it off. Somebody else of finance has to." },
		{ "own_money",
		    "This is about your own pay. Somebody else of finance has to sign it." },
		{ "other_hash", "This is not the run that the hash stands for. Look at it "
				"again and give its --hash." },
		{ "not_seen", "Some things need a look. Say --seen when you have looked." },
	};

	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
		if (status == E_INPUT && order->why && text_is(order->why, sentences[i][0])) {
			(void)fprintf(stderr, "%s\n", sentences[i][1]);
			return 1;
		}
	return command_refused(cli, status, "The run is not ready.");
}

int
issue_run(struct cli *cli)
{
	struct order order = { .sign = { .hash = cli_option(cli, "hash"),
				   .seen = cli_option(cli, "seen") != NULL } };

	if (!cli_word(cli, 0) && !cli_option(cli, "run"))
		return 2;
	if (!run_ordered(cli, &order))
		return 1;
	enum status status = db_transact(cli->db, issue_order, NULL, &order);
	if (status != OK)
		return not_signed(cli, &order, status);
	status = do_steps(cli, run_issue_step, order.subject);
	if (status != OK)
		return command_refused(cli, status, "Somebody else is at it.");
	if (db_int(cli->db, &ISSUED, 0, v_int(order.subject)) == 0) {
		(void)fprintf(stderr, "The sign-off was refused. Since the run was worked out, "
				      "this has changed; abandon it and make it again:\n");
		tell_changes(cli, order.subject);
		return 1;
	}
	(void)printf("Issued:\n");
	print_sums(cli, &SUMS, order.subject);
	return 0;
}

int
abandon_run(struct cli *cli)
{
	struct order order = { 0 };

	if (!cli_word(cli, 0) && !cli_option(cli, "run"))
		return 2;
	if (!run_ordered(cli, &order))
		return 1;
	enum status status = db_transact(cli->db, abandon_order, NULL, &order);
	if (status != OK)
		return command_refused(cli, status, "It is being issued or has been.");
	(void)printf("Abandoned. What it held waits for another run.\n");
	return 0;
}
