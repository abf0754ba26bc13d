/*
 * pay_issue.h: the two halves of the job "payments.issue": nothing has changed since the
 * sign-off (pay_verify.c), then the statements (pay_issue.c). Private to them.
 */
#ifndef KEPTWORD_PAY_ISSUE_H
#define KEPTWORD_PAY_ISSUE_H

#include "payments/pay_run.h"
#include "payments/pay_step.h"

/* One piece of looking once more; after the last one the run is `issuing`, or `changed` and the
 * step finished. */
enum status pay_verify(struct db *db, struct pay_step *step, const struct pay_run_held *run);

#endif
