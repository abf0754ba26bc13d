/*
 * audit_command.c: `bin/<plugin> check-audit`: the findings of audit_check.c in sentences,
 * which name the chain and the row. What was found goes to standard error, the counts to
 * standard output.
 */
#include "web/audit_command.h"

#include <stdio.h>

#include "base/config.h"
#include "base/text.h"

struct telling {
	struct cli *cli;
	const char *chain;
};

static void
tell(void *arg, const struct audit_finding *f)
{
	const struct telling *telling = arg;
	long long sequence = f->sequence, until = f->until, row = f->row, other = f->other;
	const char *at = instant_iso(telling->cli->arena, f->at);

	(void)fprintf(stderr, "%s: ", telling->chain);
	switch (f->fault) {
	case AUDIT_ROW_CHANGED:
		(void)fprintf(stderr,
		    "row %lld does not fit its seal (%lld): the row was changed after it was "
		    "sealed, or the seal is made up.\n",
		    row, sequence);
		break;
	case AUDIT_SEAL_CHANGED:
		(void)fprintf(stderr,
		    "the seal of row %lld (%lld) was changed; the row is as it was sealed.\n",
		    row, sequence);
		break;
	case AUDIT_ROW_DELETED:
		(void)fprintf(stderr, "row %lld is gone; its seal (%lld) is still there.\n",
		    row, sequence);
		break;
	case AUDIT_SEALS_MISSING:
		(void)fprintf(stderr,
		    "the seals %lld to %lld are gone, and whatever rows they were about: they "
		    "stood between row %lld and row %lld.\n",
		    sequence, until, row, other);
		break;
	case AUDIT_REWRITTEN:
		if (row == 0) {
			(void)fprintf(stderr,
			    "the seals %lld to %lld are not those that were signed on %s: the "
			    "chain was made anew from its first row on.\n",
			    sequence, until, at);
			break;
		}
		(void)fprintf(stderr,
		    "the seals %lld to %lld are not those that were signed on %s: what follows "
		    "row %lld was changed and sealed anew, up to row %lld and all behind it.\n",
		    sequence, until, at, row, other);
		break;
	case AUDIT_TAIL_CUT:
		(void)fprintf(stderr,
		    "the end is cut off: seals %lld to %lld and their rows, the last of them "
		    "row "
		    "%lld, are gone. They were there on %s.\n",
		    sequence, until, row, at);
		break;
	case AUDIT_ROW_ADDED:
		(void)fprintf(stderr,
		    "row %lld was put in from outside: it has no seal, and says that it is "
		    "from "
		    "%s.\n",
		    row, at);
		break;
	case AUDIT_ROW_UNSEALED:
		(void)fprintf(stderr,
		    "row %lld, written on %s, has no seal yet. Either the program's worker "
		    "does "
		    "not run, or somebody put the row in.\n",
		    row, at);
		break;
	case AUDIT_BAD_HEAD:
		(void)fprintf(stderr,
		    "the signature in line %lld of %s does not hold, or its public key (.pem) "
		    "is "
		    "missing or another.\n",
		    sequence, f->file);
		break;
	case AUDIT_NO_HEADS:
		(void)fprintf(stderr,
		    "there are no signed heads to compare with, so a cut end or a chain made "
		    "anew cannot be told from the true one.\n");
		break;
	case AUDIT_FAULT_MAX:
		break;
	}
}

bool
audit_check_told(struct cli *cli, const struct audit_reads *reads, const char *chain)
{
	const char *folder = cli_option(cli, "heads");
	struct telling telling = { cli, chain };
	struct audit_result result;
	enum status status;

	if (text_empty(folder))
		folder = config_text(CONFIG_AUDIT_HEADS);
	status = audit_check(reads, chain, folder, tell, &telling, &result);
	if (status != OK) {
		(void)fprintf(stderr,
		    status == E_FAULT ? "%s: the database or the folder %s cannot be read.\n"
				      : "%s: the database cannot be used (folder %s).\n",
		    chain, folder);
		return false;
	}
	(void)printf(
	    "%s: %lld rows are as they were sealed, %lld signed heads fit, %lld rows wait "
	    "for their seal, %lld findings\n",
	    chain, (long long)result.rows, (long long)result.heads, (long long)result.waiting,
	    (long long)result.found);
	(void)fflush(stdout);
	return result.found == 0;
}

int
audit_check_run(struct cli *cli)
{
	return audit_check_told(cli, &AUDIT_OWN, audit_chain_name()) ? 0 : 1;
}
