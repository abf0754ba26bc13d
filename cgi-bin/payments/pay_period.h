/*
 * pay_period.h: the periods of pay: made ahead, shown on a board, locked.
 */
#ifndef KEPTWORD_PAY_PERIOD_H
#define KEPTWORD_PAY_PERIOD_H

#include "data/job.h"
#include "web/app.h"
#include "web/request.h"

#define PERIODS_AHEAD 2

/* In a transaction: makes what is missing of each schedule's periods up to the one that holds
 * today and ahead more, so that one is always open. How many were made, -1 after a failure. */
int64_t period_ahead(struct db *db, int64_t ahead);

/* When the money of a period reaches a payee in the U.S.: so many bank days after the others.
 * DAY_NONE when there is no such period or it cannot be read. */
day period_us_day(struct db *db, int64_t period);

/* In a transaction: locks an open period (version 0: whichever it has). Entries with an open
 * question go to the next open period; those that nobody has looked at are left to
 * period_silence_step(), for which a job is added. E_CONFLICT when it is not open any more. */
MUST_USE enum status period_lock(
    struct db *db, int64_t period, int64_t version, int64_t by, const char *request);

/* Job "payments.silence", its subject a locked period: what was submitted and not looked at
 * until the lock is approved, some thousand at a time. */
enum status period_silence_step(struct db *db, struct job *job);

/* Job "payments.periods", every hour. */
enum status period_ahead_step(struct db *db, struct job *job);

/* ---- pay_late.c: what is late is told, README 20 ---- */

/* Job "payments.lateness", every minute: periods whose day has passed without their statements,
 * told to who works on pay; "payments.late", its subject a period: told to the people concerned. */
enum status period_lateness_step(struct db *db, struct job *job);
enum status period_late_step(struct db *db, struct job *job);

/* Onto the board: of each period that is under way what stands where, what is in its way, and the clock
 * to its lock. (pay_board.c) */
struct page;
void period_board_fill(struct request *req, struct page *page);

/* Handlers. */
extern const struct form PERIOD_LOCK_FORM;
enum status period_board(struct request *req);
enum status period_show(struct request *req);
enum status period_status(struct request *req);
enum status period_lock_submit(struct request *req);

#endif
