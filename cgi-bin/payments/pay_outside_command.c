/*
 * pay_outside_command.c: off-cycle and correct on the command line: the same functions as
 * behind the pages; the command works the run out itself.
 */
#include <stdio.h>

#include "base/text.h"
#include "payments/pay_command.h"
#include "payments/pay_outside.h"

static const struct stmt RUN_NAMED = { "SELECT id FROM pay_run WHERE public_id = ?" };

struct order {
	struct pay_outside ordered;
	struct pay_actor by;
	bool correction;
	struct id id;
	const char *why, *detail;
};

static enum status
make(struct db *db, void *arg)
{
	struct order *order = arg;

	order->why = order->detail = NULL;
	return order->correction ? run_make_correction(db, &order->ordered, &order->by,
				       &order->id, &order->why, &order->detail)
				 : run_make_off_cycle(db, &order->ordered, &order->by,
				       &order->id, &order->why, &order->detail);
}

static int
work(struct cli *cli, struct order *order)
{
	static const char *const sentences[][2] = {
		{ "unknown", "Not set up to be paid in the rhythm of this period" },
		{ "nothing",
		    "Nothing is approved and unpaid up to the end of this period for" },
		{ "yourself", "Somebody else has to make a run that pays you" },
		{ "nobody", "Name at least one person" },
		{ "bad_day", "The day on which the money arrives is over" },
		{ "not_money", "Write the amount with its decimals, in" },
		{ "not_above_0", "The amount must be above 0" },
	};
	enum status status = db_transact(cli->db, make, NULL, order);

	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
		if (order->why && text_is(order->why, sentences[i][0])) {
			(void)fprintf(stderr, "%s%s%s.\n", sentences[i][1],
			    order->detail ? " " : "", order->detail ? order->detail : "");
			return 1;
		}
	if (status != OK)
		return command_refused(cli, status,
		    "A pay run is being made of this period. Wait until it is issued.");
	return command_prepare(
	    cli, db_int(cli->db, &RUN_NAMED, 0, v_bytes(order->id.b, ID_BYTES)));
}

/* Reason and promised day, as the options say; false: wrong usage. */
static bool
options(struct cli *cli, struct order *order)
{
	const char *pay_on = cli_option(cli, "pay-on");

	order->ordered.reason = cli_option(cli, "reason");
	order->ordered.pay_on = run_outside_day(cli->db, order->ordered.period);
	if (pay_on && !day_parse(pay_on, &order->ordered.pay_on))
		return false;
	return !text_empty(order->ordered.reason);
}

int
off_cycle_run(struct cli *cli)
{
	struct order order = { .ordered = { .people = cli_option(cli, "people") } };

	if (!cli_word(cli, 0) || text_empty(order.ordered.people))
		return 2;
	if (!(order.by.person = command_actor(cli)) ||
	    !(order.ordered.period = command_period(cli, cli_word(cli, 0))))
		return 1;
	return options(cli, &order) ? work(cli, &order) : 2;
}

int
correct_run(struct cli *cli)
{
	static const struct stmt period_of = {
		"SELECT period_id FROM statement WHERE public_id = ?"
	};
	struct order order = { .correction = true, .ordered = { .amount = cli_word(cli, 1) } };

	if (!order.ordered.amount)
		return 2;
	if (!(order.by.person = command_actor(cli)))
		return 1;
	if (id_parse(cli_word(cli, 0), &order.ordered.statement))
		order.ordered.period = db_int(
		    cli->db, &period_of, 0, v_bytes(order.ordered.statement.b, ID_BYTES));
	if (!order.ordered.period) {
		(void)fprintf(stderr, "There is no such statement.\n");
		return 1;
	}
	return options(cli, &order) ? work(cli, &order) : 2;
}
