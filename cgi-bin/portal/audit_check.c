/*
 * audit_check.c: `bin/portal check-audit`: the audit chains of all databases.
 *
 * Portal's own account reads them, by procedures of core that do nothing else (audit_read.sql);
 * the migration account, which may do everything, is not needed for looking.
 */
#include "portal/portal.h"
#include "web/audit_command.h"

#include <stdio.h>

static const struct stmt CHAINS = { "CALL audit_chains()" };
static const struct stmt LAST = { "CALL audit_last(?)" };
static const struct stmt LINKS = { "CALL audit_links(?, ?, ?)" };
static const struct stmt UNSEALED = { "CALL audit_without_seal(?, ?)" };
static const struct audit_reads BY_NAME = { true, &LAST, &LINKS, &UNSEALED };

int
check_audit_run(struct cli *cli)
{
	struct rows *chains = db_read(cli->db, &CHAINS);
	bool fine = rows_count(chains) > 0;

	if (!fine)
		(void)fprintf(stderr, "The database cannot be used (%s).\n",
		    status_name(db_status(cli->db)));
	while (rows_next(chains))
		fine = audit_check_told(cli, &BY_NAME, rows_text(chains, 0)) && fine;
	return fine ? 0 : 1;
}
