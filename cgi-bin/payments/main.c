/*
 * payments: what people are paid and why. Time entries come in, are approved, a period is
 * locked, its statements are issued. See README.md beside this file.
 */
#include "payments/import.h"
#include "payments/pay_period.h"
#include "payments/statement.h"
#include "web/app.h"

#define CONTRIBUTOR MAY(ROLE(CONTRIBUTOR))
#define FINANCE MAY(ROLE(FINANCE))

static const struct route ROUTES[] = {
	ROUTE(GET, "/payments/statements", CONTRIBUTOR, statement_list,
	    .opening = &STATEMENTS_OF_CALLER),
	ROUTE(GET, "/payments/statements/:id", CONTRIBUTOR, statement_show),
	ROUTE(GET, "/payments/statements/:id/csv", CONTRIBUTOR, statement_csv),
	ROUTE(GET, "/payments/staff/statements/:id", FINANCE, statement_staff_show),

	ROUTE(GET, "/payments/staff/import", FINANCE, import_page, .form = &IMPORT_FORM),
	ROUTE(POST, "/payments/staff/import", FINANCE, import_submit, .form = &IMPORT_FORM),
	ROUTE(GET, "/payments/staff/import/names", FINANCE, import_names),
	ROUTE(POST, "/payments/staff/import/names/person", FINANCE, import_person_submit,
	    .form = &IMPORT_PERSON_FORM),
	ROUTE(POST, "/payments/staff/import/names/project", FINANCE, import_project_submit,
	    .form = &IMPORT_PROJECT_FORM),
	ROUTE(GET, "/payments/staff/imports/:id", FINANCE, import_show),
	ROUTE(POST, "/payments/staff/imports/:id/take", FINANCE, import_take_submit,
	    .form = &IMPORT_DECIDE_FORM),
	ROUTE(POST, "/payments/staff/imports/:id/abandon", FINANCE, import_abandon_submit,
	    .form = &IMPORT_DECIDE_FORM),
	ROUTE_END,
};

static const struct command COMMANDS[] = {
	{ "import-time",
	    "import-time FILE [--dates mdy|dmy] [--zone Z] [--person E-MAIL] [--take]",
	    "reads a time tracker's export, shows what it would bring, and takes it",
	    import_run, false },
	{ "import-name", "import-name person|project NAME E-MAIL|PROJECT",
	    "says what a name in such files means", import_name_run, false },
	{ 0 },
};

static const struct job_kind JOBS[] = {
	{ "payments.silence", period_silence_step, 0 },
	{ "payments.periods", period_ahead_step, 3600 },
	{ "payments.imports", import_expire_step, 3600 },
	{ "submission.expire", submission_expire, 3600 },
	{ 0 },
};

static const struct app APP = {
	.name = "payments",
	.routes = ROUTES,
	.commands = COMMANDS,
	.jobs = JOBS,
	.parsers = tracker_parsers,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
