/*
 * hdm: how an HDM (Human Data Manager) looks after people: who has not heard from them, what
 * they worked, whether their pay came on the promised day. See README.md beside this file.
 */
#include "data/audit_seal.h"
#include "data/notice.h"
#include "data/retention.h"
#include "hdm/hdm.h"
#include "web/app.h"

#define HDM MAY(ROLE(HDM))
#define WHO_LOOKS MAY(ROLE(HDM) | ROLE(HDL) | ROLE(POD_LEAD))
#define CONTRIBUTOR MAY(ROLE(CONTRIBUTOR))

static const struct route ROUTES[] = {
	ROUTE(GET, "/hdm/staff/people", WHO_LOOKS, people_list),
	ROUTE(GET, "/hdm/staff/people.csv", WHO_LOOKS, people_csv),
	ROUTE(GET, "/hdm/staff/people/:id", WHO_LOOKS, person_show, .form = &CONTACT_FORM),
	ROUTE(
	    POST, "/hdm/staff/people/:id/contacts", HDM, contact_submit, .form = &CONTACT_FORM),
	ROUTE(GET, "/hdm/staff/notes/:id", HDM, note_show, .form = &NOTE_FORM),
	ROUTE(POST, "/hdm/staff/notes/:id", HDM, note_submit, .form = &NOTE_FORM),
	ROUTE(GET, "/hdm/api/people", WHO_LOOKS, people_api, .flags = ROUTE_API,
	    .scope = "hdm:read"),
	ROUTE(GET, "/hdm/my-contacts", CONTRIBUTOR, my_contacts),
	ROUTE_END,
};

static const struct job_kind JOBS[] = {
	{ "audit.seal", audit_seal_step, 1 },
	{ "hdm.overdue", overdue_step, 60 },
	{ "submission.expire", submission_expire, 3600 },
	{ "notice.expire", notice_expire, 3600 },
	{ "retention", retention_step, 3600 },
	{ 0 },
};

static const struct app APP = {
	.name = "hdm",
	.routes = ROUTES,
	.jobs = JOBS,
	.consumers = TALK_CONSUMERS,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
