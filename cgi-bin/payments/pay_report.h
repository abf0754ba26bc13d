/*
 * pay_report.h: what finance reads before it signs a run off: what needs a look, how it differs
 * from the run before with control totals, and each person in it. Handlers.
 */
#ifndef KEPTWORD_PAY_REPORT_H
#define KEPTWORD_PAY_REPORT_H

#include "web/request.h"

enum status run_warnings(struct request *req);
enum status run_variance(struct request *req);
enum status run_variance_csv(struct request *req);
enum status run_people(struct request *req);

#endif
