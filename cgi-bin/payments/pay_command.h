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
int check_run(struct cli *cli);

/* The person of --by, who must hold the role finance; 0 after a message. */
int64_t command_actor(struct cli *cli);

#endif
