/*
 * retention_command.c: see retention_command.h.
 */
#include "web/retention_command.h"

#include <stdio.h>

#include "data/retention.h"

#define YEAR_MONTHS 12

static const char *
kept(struct arena *arena, const struct retention *row)
{
	int64_t months = row->setting ? config_int(row->setting) : row->months;

	if (!months)
		return text_printf(arena, "%d days", row->days);
	if (months % YEAR_MONTHS)
		return text_printf(arena, "%lld months", (long long)months);
	return text_printf(arena, "%lld year%s", (long long)months / YEAR_MONTHS,
	    months == YEAR_MONTHS ? "" : "s");
}

static void
list(struct cli *cli, const struct retention *row, instant now)
{
	for (; row && row->table; row++) {
		(void)printf("%s\t%s\t", row->table, kept(cli->arena, row));
		if (row->by_hand)
			(void)printf(
			    "command\t%lld\n", (long long)db_int(cli->db, &row->count, 0,
						   v_instant(retention_before(row, now))));
		else
			(void)printf("worker\t-\n");
	}
}

/* Each batch is a transaction, so what was deleted before a failure stays deleted. */
static int
delete_all(struct cli *cli)
{
	int64_t n = 0, total = 0;
	enum status status;

	do {
		status = retention_by_hand(cli->db, cli->app->retention, &n);
		if (status == OK)
			total += n;
	} while (status == OK && n > 0);
	(void)printf("%lld row(s) deleted.\n", (long long)total);
	if (status == E_DENIED)
		(void)fprintf(stderr,
		    "This account may not delete what the law wants kept. Run it "
		    "as the migration account (cgi-bin/run/keys.md).\n");
	else if (status != OK)
		(void)fprintf(stderr, "It stopped there (%s, %u); the same command goes on.\n",
		    status_name(status), db_error(cli->db));
	return status == OK ? 0 : 1;
}

int
retention_command_run(struct cli *cli)
{
	if (cli_option(cli, "delete"))
		return delete_all(cli);
	(void)printf("table\tkept\tby\tdue\n");
	list(cli, retention_everywhere(), time_now());
	list(cli, cli->app->retention, time_now());
	return db_status(cli->db) == OK ? 0 : 1;
}
