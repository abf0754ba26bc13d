/*
 * pay_journal.h: the journal of an issued run for the general ledger, and the accounts and cost
 * centres that it is written with. Rule: payments README 26.
 */
#ifndef KEPTWORD_PAY_JOURNAL_H
#define KEPTWORD_PAY_JOURNAL_H

#include "web/app.h"
#include "web/request.h"

/* Handlers. */
extern const struct form GL_ACCOUNT_FORM, COST_CENTRE_FORM;
enum status run_journal(struct request *req);
enum status accounts_show(struct request *req);
enum status gl_account_submit(struct request *req);
enum status cost_centre_submit(struct request *req);

/* Command: journal. */
int journal_run(struct cli *cli);

#endif
