/*
 * feedback: people are asked, answer without being known, and read what came of it. See
 * README.md beside this file.
 */
#include "feedback/feedback.h"
#include "feedback/lss.h"
#include "web/app.h"

#define CONTRIBUTOR MAY(ROLE(CONTRIBUTOR))
#define ASKS MAY(ROLE(PEOPLE_OFFICER) | ROLE(HDL))
#define ASKS_OR_HDM MAY(ROLE(PEOPLE_OFFICER) | ROLE(HDL) | ROLE(HDM))
#define READS MAY(ROLE(CONTRIBUTOR) | ROLE(REVIEWER) | ROLE(POD_LEAD) | ROLES_STAFF)

/* Of a person who answers nothing is written down but the sealed answer itself: no log line,
 * and no submission row, as saving the same again changes nothing. */
#define UNTOLD (ROUTE_NO_LOG | ROUTE_NO_SUBMISSION)

static const struct route ROUTES[] = {
	ROUTE(GET, "/feedback/surveys", CONTRIBUTOR, invitation_list,
	    .opening = &INVITATIONS_OF_CALLER),
	ROUTE(GET, "/feedback/answer/:id", CONTRIBUTOR, answer_show, .form_of = answer_form,
	    .flags = UNTOLD),
	ROUTE(POST, "/feedback/answer/:id", CONTRIBUTOR, answer_save, .form_of = answer_form,
	    .flags = UNTOLD),
	ROUTE(
	    GET, "/feedback/answer/:id/check", CONTRIBUTOR, answer_check_show, .flags = UNTOLD),
	ROUTE(POST, "/feedback/answer/:id/check", CONTRIBUTOR, answer_send, .flags = UNTOLD),
	ROUTE(GET, "/feedback/answer/:id/thanks", CONTRIBUTOR, answer_thanks_show,
	    .flags = UNTOLD),
	ROUTE(GET, "/feedback/results", READS, result_list),
	ROUTE(GET, "/feedback/results/:id", READS, result_show),
	ROUTE(GET, "/feedback/results/:id/csv", READS, result_csv),
	ROUTE(GET, "/feedback/staff/surveys", ASKS, survey_list),
	ROUTE(GET, "/feedback/staff/surveys/:id", ASKS, survey_show, .form_of = survey_form),
	ROUTE(GET, "/feedback/staff/surveys/:id/run", ASKS, run_add_show,
	    .form = &SURVEY_RUN_FORM),
	ROUTE(POST, "/feedback/staff/surveys/:id/run", ASKS, run_add_submit,
	    .form = &SURVEY_RUN_FORM),
	ROUTE(GET, "/feedback/staff/import", ASKS, import_show, .form = &SURVEY_IMPORT_FORM),
	ROUTE(POST, "/feedback/staff/import", ASKS, import_submit, .form = &SURVEY_IMPORT_FORM),
	ROUTE(GET, "/feedback/staff/import/:id", ASKS, import_report_show,
	    .form = &SURVEY_USE_FORM),
	ROUTE(POST, "/feedback/staff/import/:id", ASKS, import_use_submit,
	    .form = &SURVEY_USE_FORM),
	ROUTE(GET, "/feedback/staff/runs/:id", ASKS_OR_HDM, run_show, .form = &RUN_STEP_FORM),
	ROUTE(GET, "/feedback/api/runs/:id", ASKS, run_status,
	    .flags = ROUTE_API | ROUTE_NO_TOUCH, .scope = SCOPE_PAGE),
	ROUTE(GET, "/feedback/staff/runs/:id/csv", ASKS, result_staff_csv),
	ROUTE(POST, "/feedback/staff/runs/:id/review", ASKS, run_review_submit,
	    .form = &RUN_STEP_FORM),
	ROUTE(POST, "/feedback/staff/runs/:id/close", ASKS, run_close_submit,
	    .form = &RUN_STEP_FORM),
	ROUTE(POST, "/feedback/staff/runs/:id/give-up", ASKS, run_give_up_submit,
	    .form = &RUN_STEP_FORM),
	ROUTE(POST, "/feedback/staff/runs/:id/publish", ASKS, run_publish_submit,
	    .form = &RUN_STEP_FORM),
	ROUTE_END,
};

static const struct command COMMANDS[] = {
	{ "import", "import FILE.lss [--title T] [--purpose P]",
	    "makes a survey of a LimeSurvey file and says what of it was kept", import_run,
	    false },
	{ 0 },
};

static const struct parser PARSERS[] = {
	LSS_PARSER,
	{ 0 },
};

static const struct job_kind JOBS[] = {
	{ "run.open", run_open_step, 1 },
	{ "run.close", run_close_step, 1 },
	{ "run.overdue", run_overdue_step, 60 },
	{ 0 },
};

static const struct app APP = {
	.name = "feedback",
	.routes = ROUTES,
	.commands = COMMANDS,
	.jobs = JOBS,
	.retention = FEEDBACK_RETENTION,
	.parsers = PARSERS,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
