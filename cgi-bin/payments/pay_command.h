/*
 * pay_command.h: what finance can do on a terminal: periods, lock, run, issue, check, rate. The
 * same functions as behind the pages, with the person named by --by.
 */
#ifndef KEPTWORD_PAY_COMMAND_H
#define KEPTWORD_PAY_COMMAND_H

#include "web/app.h"

int periods_run(struct cli *cli);
int lock_run(struct cli *cli);
int run_run(struct cli *cli);
int issue_run(struct cli *cli);
int abandon_run(struct cli *cli);
int rate_run(struct cli *cli);
int payee_run(struct cli *cli);
int check_run(struct cli *cli);

/* Works a run out that was just made, and says what it comes to; the exit code. */
int command_prepare(struct cli *cli, int64_t run);

/* The period that holds a day, of the schedule --schedule; 0 after a message. */
int64_t command_period(struct cli *cli, const char *word);

/* Says what a refused command is refused for; 1. conflict: the sentence of E_CONFLICT. */
int command_refused(const struct cli *cli, enum status status, const char *conflict);

/* The person of --by, who must hold the role finance; 0 after a message. */
int64_t command_actor(struct cli *cli);

#endif
