/*
 * expire.c: what ends by itself, done by the worker: offers whose day has passed; and one
 * reminder of an interview that is open for three days. No application is decided by a timer.
 */
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

#include "data/job.h"

#define REMIND_AFTER (3 * DAY_LENGTH)
#define REMIND_WITHIN (10 * DAY_LENGTH)

static const struct stmt OFFERS = {
	"UPDATE offer SET state = 'expired', version = version + 1"
	" WHERE state IN ('sent', 'viewed') AND expires_at < ? LIMIT 500"
};

/* Once an application (its key), and not of what lies longer: a reminder that comes late is a
 * nuisance. */
static const struct stmt REMIND = {
	"INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at,"
	" not_before, expires_at)"
	" SELECT 'onboarding.interview_open', 'reminder', a.person_id, '/apply/interview', "
	"'{}',"
	"  a.id, ?, ?, ? FROM interview i JOIN application a ON a.id = i.application_id"
	" WHERE i.state IN ('open', 'started', 'interrupted') AND i.opened_at BETWEEN ? AND ?"
	" AND a.person_id IS NOT NULL AND a.state = 'interview_open'"
	" ON DUPLICATE KEY UPDATE id = outbox.id"
};

enum status
offer_expire(struct db *db, struct job *job)
{
	int64_t n = db_write(db, &OFFERS, v_instant(time_now()));

	(void)job;
	if (n < 0)
		return db_status(db);
	return n < 500 ? E_ABSENT : OK;
}

enum status
interview_remind(struct db *db, struct job *job)
{
	instant now = time_now();

	(void)job;
	if (db_write(db, &REMIND, v_instant(now), v_instant(now),
		v_instant(now + REMIND_WITHIN - REMIND_AFTER), v_instant(now - REMIND_WITHIN),
		v_instant(now - REMIND_AFTER)) < 0)
		return db_status(db);
	return E_ABSENT;
}
