/*
 * expire.c: what ends by itself, done by the worker: drafts that nobody has touched for 30
 * days, offers whose day has passed. No application is decided by a timer.
 */
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

#include "data/job.h"

static const struct stmt DRAFTS = {
	"DELETE FROM application WHERE state = 'draft' AND changed_at < ? LIMIT 500"
};
static const struct stmt OFFERS = {
	"UPDATE offer SET state = 'expired', version = version + 1"
	" WHERE state IN ('sent', 'viewed') AND expires_at < ? LIMIT 500"
};

static enum status
run(struct db *db, const struct stmt *stmt, instant before)
{
	int64_t n = db_write(db, stmt, v_instant(before));

	if (n < 0)
		return db_status(db);
	return n < 500 ? E_ABSENT : OK;
}

enum status
draft_expire(struct db *db, struct job *job)
{
	(void)job;
	return run(db, &DRAFTS, time_now() - DRAFT_KEPT);
}

enum status
offer_expire(struct db *db, struct job *job)
{
	(void)job;
	return run(db, &OFFERS, time_now());
}
