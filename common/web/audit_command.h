/*
 * audit_command.h: the command check-audit, which every plugin has for its own audit; portal's
 * own goes through the chains of all.
 */
#ifndef KEPTWORD_AUDIT_COMMAND_H
#define KEPTWORD_AUDIT_COMMAND_H

#include "data/audit_check.h"
#include "web/app.h"

/* Checks one chain and prints a sentence for each finding, then one line of counts. False when
 * something was found or could not be read. --heads FOLDER: signed heads that were kept
 * elsewhere. */
bool audit_check_told(struct cli *cli, const struct audit_reads *reads, const char *chain);

/* check-audit [--heads FOLDER]: exit code 0 when nobody changed anything, else 1. */
int audit_check_run(struct cli *cli);

#endif
