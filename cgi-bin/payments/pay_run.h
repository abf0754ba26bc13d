/*
 * pay_run.h: from a locked period to its statements. One person makes a run, which works out
 * what everybody gets (drafts); another looks at the sums and signs them off,
 * and they are issued. Both are long work:
 * jobs that go on where they were stopped.
 */
#ifndef KEPTWORD_PAY_RUN_H
#define KEPTWORD_PAY_RUN_H

#include "data/crypto.h"
#include "data/job.h"
#include "web/app.h"
#include "web/request.h"

struct pay_actor {
	int64_t person;
	const char *request; /* NULL from the command line */
};

/* In a transaction: a new run for a locked period in which no entry is left unlooked at
 * (version 0: whichever it has). E_CONFLICT when the period is not locked or in another run,
 * E_BUSY while silence is still being turned into approval. */
MUST_USE enum status run_make(struct db *db, int64_t period, int64_t version,
    const struct pay_actor *by, struct id *ret_id);

/* What who signs a run off says with it. */
struct pay_sign_off {
	const char *hash; /* of what they looked at, in hex; its first 12 digits or more */
	bool seen;        /* they have seen the warnings */
	int64_t version;  /* 0: whichever it has */
};

/* In a transaction: signs a run that is ready; its statements are issued when nothing has
 * changed since (pay_verify.c). E_INPUT with a code: same_person (by made it), own_money (a
 * correction of their own), other_hash, not_seen. E_CONFLICT when it is not ready or has
 * changed. */
MUST_USE enum status run_sign(struct db *db, int64_t run, const struct pay_sign_off *sign,
    const struct pay_actor *by, const char **ret_why);

/* In a transaction: gives a run up that is not being issued; its period is locked as
 * before, what a run outside the schedule held goes to an open period. */
MUST_USE enum status run_abandon(
    struct db *db, int64_t run, int64_t version, const struct pay_actor *by);

/* Jobs "payments.run" and "payments.issue", their subject a run. */
enum status run_prepare_step(struct db *db, struct job *job);
enum status run_issue_step(struct db *db, struct job *job);

/* Handlers. */
extern const struct form RUN_VERSION_FORM, RUN_SIGN_FORM;
enum status run_show(struct request *req);
enum status run_status(struct request *req);
enum status run_make_submit(struct request *req);
enum status run_issue_submit(struct request *req);
enum status run_abandon_submit(struct request *req);
enum status run_again_submit(struct request *req);

#endif
