/*
 * talk.c: talks that become due by what happens elsewhere.
 *
 * Rule (README 9): whoever becomes active for the first time has a first one-on-one within
 * seven days. The event may come late or after the talk: then nothing is due any more.
 */
#include "base/time.h"
#include "hdm/hdm.h"

#define FIRST_WITHIN (7 * DAY_LENGTH)

static const struct stmt ACTIVE = {
	"SELECT e.id, e.kind, e.person_id, e.subject_id, e.detail, e.at"
	" FROM keptword_onboarding.event_public e"
	" LEFT JOIN event_done d ON d.source = 'onboarding' AND d.event_id = e.id"
	" WHERE e.kind = 'engagement.active' AND d.event_id IS NULL ORDER BY e.id LIMIT 100"
};
static const struct stmt FIRST_TALK = {
	"INSERT INTO one_on_one (person_id, engagement_id, due_at, created_at)"
	" SELECT ?, ?, ?, ? FROM DUAL"
	" WHERE NOT EXISTS (SELECT 1 FROM one_on_one o WHERE o.person_id = ?)"
	" AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.person_id = ? AND c.kind = "
	"'one_on_one')"
};

static enum status
take_active(struct db *db, const struct event *event)
{
	struct value person = v_int(event->person);

	if (event->person <= 0)
		return E_INPUT;
	db_write(db, &FIRST_TALK, person, v_int(event->subject),
	    v_instant(event->at + FIRST_WITHIN), v_instant(time_now()), person, person);
	return db_status(db);
}

const struct consumer TALK_CONSUMERS[] = {
	{ "onboarding", &ACTIVE, take_active },
	{ 0 },
};
