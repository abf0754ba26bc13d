/*
 * hdm: how an HDM (Human Data Manager) looks after people: who has not heard from them, what
 * they worked, whether their pay came on the promised day. See README.md beside this file.
 */
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
	{ "hdm.overdue", overdue_step, 60 },
	{ 0 },
};

static const struct app APP = {
	.name = "hdm",
	.routes = ROUTES,
	.jobs = JOBS,
	.retention = HDM_RETENTION,
	.consumers = TALK_CONSUMERS,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
