/*
 * retention_command.h: how long rows are kept, a command of every plugin. See data/retention.h.
 */
#ifndef KEPTWORD_RETENTION_COMMAND_H
#define KEPTWORD_RETENTION_COMMAND_H

#include "web/app.h"

/* Lists table, how long, who deletes, and for what is deleted by hand how many rows are due. With
 * --delete, run as the migration account, it deletes those, a batch a transaction. */
int retention_command_run(struct cli *cli);

#endif
