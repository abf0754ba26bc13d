/*
 * payments: what people are paid and why. Time entries come in, are approved, a period is
 * locked, its statements are issued. See README.md beside this file.
 */
#include "payments/adjustment.h"
#include "payments/cap.h"
#include "payments/certificate.h"
#include "payments/engagement.h"
#include "payments/entry.h"
#include "payments/import.h"
#include "payments/pay_command.h"
#include "payments/pay_journal.h"
#include "payments/pay_outside.h"
#include "payments/pay_period.h"
#include "payments/pay_report.h"
#include "payments/pay_run.h"
#include "payments/pay_schedule.h"
#include "payments/referral.h"
#include "payments/retention.h"
#include "payments/seal.h"
#include "payments/statement.h"
#include "payments/tracker.h"
#include "payments/verify.h"
#include "web/app.h"

#define CONTRIBUTOR MAY(ROLE(CONTRIBUTOR))
#define FINANCE MAY(ROLE(FINANCE))

static const struct route ROUTES[] = {
	ROUTE(GET, "/payments/statements", CONTRIBUTOR, statement_list,
	    .opening = &STATEMENTS_OF_CALLER),
	ROUTE(GET, "/payments/statements/:id", CONTRIBUTOR, statement_show),
	ROUTE(GET, "/payments/statements/:id/pdf", CONTRIBUTOR, statement_pdf),
	ROUTE(GET, "/payments/statements/:id/csv", CONTRIBUTOR, statement_csv),
	ROUTE(GET, "/payments/statements/:id/xml", CONTRIBUTOR, statement_xml),
	ROUTE(GET, "/payments/staff/statements/:id", FINANCE, statement_staff_show),

	ROUTE(GET, "/payments/certificates", CONTRIBUTOR, certificate_list,
	    .form = &CERTIFICATE_FORM),
	ROUTE(POST, "/payments/certificates", CONTRIBUTOR, certificate_submit,
	    .form = &CERTIFICATE_FORM),
	ROUTE(GET, "/payments/certificates/:id", CONTRIBUTOR, certificate_show),
	ROUTE(GET, "/payments/certificates/:id/pdf", CONTRIBUTOR, certificate_pdf),
	ROUTE(GET, "/payments/years/:year/zip", CONTRIBUTOR, statement_year),

	ROUTE(GET, "/payments/verify", MAY_ANYONE, verify_show, .form = &VERIFY_FORM),
	ROUTE(POST, "/payments/verify", MAY_ANYONE, verify_submit, .form = &VERIFY_FORM,
	    .flags = ROUTE_NO_SUBMISSION),
	ROUTE(POST, "/payments/verify/file", MAY_ANYONE, verify_file_submit,
	    .form = &VERIFY_FILE_FORM, .flags = ROUTE_NO_SUBMISSION),

	ROUTE(GET, "/payments/entries", CONTRIBUTOR, entry_list, .form = &ENTRY_ADD_FORM),
	ROUTE(
	    POST, "/payments/entries", CONTRIBUTOR, entry_add_submit, .form = &ENTRY_ADD_FORM),
	ROUTE(GET, "/payments/entries/:id", CONTRIBUTOR, entry_show),
	ROUTE(POST, "/payments/entries/:id/answer", CONTRIBUTOR, entry_answer_submit,
	    .form = &ENTRY_ANSWER_FORM),

	ROUTE(GET, "/payments/hours/:id", CONTRIBUTOR, cap_show, .form = &CAP_ANSWER_FORM),
	ROUTE(POST, "/payments/hours/:id", CONTRIBUTOR, cap_answer_submit,
	    .form = &CAP_ANSWER_FORM),

	ROUTE(GET, "/payments/staff/entries", FINANCE, entries_staff),
	ROUTE(POST, "/payments/staff/entries/approve", FINANCE, entries_approve_submit,
	    .form = &ENTRIES_APPROVE_FORM),
	ROUTE(POST, "/payments/staff/entries/approve-all", FINANCE, entries_approve_all_submit,
	    .form = &ENTRIES_APPROVE_ALL_FORM),
	ROUTE(GET, "/payments/staff/entries/:id", FINANCE, entry_staff_show),
	ROUTE(POST, "/payments/staff/entries/:id/approve", FINANCE, entry_approve_submit,
	    .form = &ENTRY_APPROVE_FORM),
	ROUTE(GET, "/payments/staff/entries/:id/query", FINANCE, entry_query_show,
	    .form = &ENTRY_QUERY_FORM),
	ROUTE(POST, "/payments/staff/entries/:id/query", FINANCE, entry_query_submit,
	    .form = &ENTRY_QUERY_FORM),
	ROUTE(GET, "/payments/staff/entries/:id/reject", FINANCE, entry_reject_show,
	    .form = &ENTRY_REJECT_FORM),
	ROUTE(POST, "/payments/staff/entries/:id/reject", FINANCE, entry_reject_submit,
	    .form = &ENTRY_REJECT_FORM),

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

	ROUTE(GET, "/payments/staff/adjustments", FINANCE, adjustment_list,
	    .form = &ADJUSTMENT_ADD_FORM),
	ROUTE(POST, "/payments/staff/adjustments", FINANCE, adjustment_add_submit,
	    .form = &ADJUSTMENT_ADD_FORM),
	ROUTE(GET, "/payments/staff/adjustments/:id", FINANCE, adjustment_show,
	    .form = &ADJUSTMENT_DECLINE_FORM),
	ROUTE(POST, "/payments/staff/adjustments/:id/approve", FINANCE,
	    adjustment_approve_submit, .form = &ADJUSTMENT_APPROVE_FORM),
	ROUTE(POST, "/payments/staff/adjustments/:id/decline", FINANCE,
	    adjustment_decline_submit, .form = &ADJUSTMENT_DECLINE_FORM),

	ROUTE(GET, "/payments/calendar", CONTRIBUTOR, calendar_show,
	    .form = &CALENDAR_ADDRESS_FORM),
	ROUTE(POST, "/payments/calendar/address", CONTRIBUTOR, calendar_address_submit,
	    .form = &CALENDAR_ADDRESS_FORM),
	ROUTE(POST, "/payments/calendar/address/end", CONTRIBUTOR, calendar_address_end_submit,
	    .form = &CALENDAR_ADDRESS_FORM),
	ROUTE(GET, "/payments/calendar/feed/:token", MAY_ANYONE, calendar_feed),
	ROUTE(GET, "/payments/staff/schedules", FINANCE, schedules_show),
	ROUTE(GET, "/payments/staff/schedules/new", FINANCE, schedule_add_show,
	    .form = &SCHEDULE_ADD_FORM),
	ROUTE(POST, "/payments/staff/schedules", FINANCE, schedule_add_submit,
	    .form = &SCHEDULE_ADD_FORM),
	ROUTE(
	    GET, "/payments/staff/holidays", FINANCE, holidays_show, .form = &HOLIDAY_ADD_FORM),
	ROUTE(POST, "/payments/staff/holidays", FINANCE, holiday_add_submit,
	    .form = &HOLIDAY_ADD_FORM),
	ROUTE(GET, "/payments/staff/holidays/:calendar/:day", FINANCE, holiday_show),
	ROUTE(POST, "/payments/staff/holidays/remove", FINANCE, holiday_remove_submit,
	    .form = &HOLIDAY_REMOVE_FORM),
	ROUTE(GET, "/payments/staff/referrals", FINANCE, referral_list,
	    .form = &REFERRAL_ADD_FORM),
	ROUTE(POST, "/payments/staff/referrals", FINANCE, referral_add_submit,
	    .form = &REFERRAL_ADD_FORM),
	ROUTE(POST, "/payments/staff/referrals/:id/step", FINANCE, referral_step_submit,
	    .form = &REFERRAL_STEP_FORM),

	ROUTE(GET, "/payments/staff/periods", FINANCE, period_board),
	ROUTE(GET, "/payments/staff/periods/:id", FINANCE, period_show),
	ROUTE(POST, "/payments/staff/periods/:id/lock", FINANCE, period_lock_submit,
	    .form = &PERIOD_LOCK_FORM),
	ROUTE(POST, "/payments/staff/periods/:id/run", FINANCE, run_make_submit,
	    .form = &PERIOD_LOCK_FORM),
	ROUTE(GET, "/payments/staff/runs", FINANCE, off_cycle_show, .form = &OFF_CYCLE_FORM),
	ROUTE(POST, "/payments/staff/runs", FINANCE, off_cycle_submit, .form = &OFF_CYCLE_FORM),
	ROUTE(GET, "/payments/staff/statements/:id/correct", FINANCE, correction_show,
	    .form = &CORRECTION_FORM),
	ROUTE(POST, "/payments/staff/statements/:id/correct", FINANCE, correction_submit,
	    .form = &CORRECTION_FORM),
	ROUTE(
	    GET, "/payments/staff/accounts", FINANCE, accounts_show, .form = &GL_ACCOUNT_FORM),
	ROUTE(POST, "/payments/staff/accounts", FINANCE, gl_account_submit,
	    .form = &GL_ACCOUNT_FORM),
	ROUTE(POST, "/payments/staff/accounts/cost-centre", FINANCE, cost_centre_submit,
	    .form = &COST_CENTRE_FORM),
	ROUTE(GET, "/payments/staff/runs/:id/journal", FINANCE, run_journal),
	ROUTE(GET, "/payments/staff/runs/:id", FINANCE, run_show, .form = &RUN_SIGN_FORM),
	ROUTE(GET, "/payments/staff/runs/:id/warnings", FINANCE, run_warnings),
	ROUTE(GET, "/payments/staff/runs/:id/variance", FINANCE, run_variance),
	ROUTE(GET, "/payments/staff/runs/:id/variance/csv", FINANCE, run_variance_csv),
	ROUTE(GET, "/payments/staff/runs/:id/people", FINANCE, run_people),
	ROUTE(POST, "/payments/staff/runs/:id/issue", FINANCE, run_issue_submit,
	    .form = &RUN_SIGN_FORM),
	ROUTE(POST, "/payments/staff/runs/:id/abandon", FINANCE, run_abandon_submit,
	    .form = &RUN_VERSION_FORM),
	ROUTE(POST, "/payments/staff/runs/:id/again", FINANCE, run_again_submit,
	    .form = &RUN_VERSION_FORM),
	ROUTE(GET, "/payments/api/statements", CONTRIBUTOR, statement_api_list,
	    .flags = ROUTE_API, .scope = "payments:read"),
	ROUTE(GET, "/payments/api/statements/:id", CONTRIBUTOR, statement_api_show,
	    .flags = ROUTE_API, .scope = "payments:read"),
	ROUTE(GET, "/payments/api/work-entries", CONTRIBUTOR, work_entry_api_list,
	    .flags = ROUTE_API, .scope = "payments:read"),
	ROUTE(POST, "/payments/api/work-entries", MAY(ROLE(CONTRIBUTOR) | ROLE(FINANCE)),
	    work_entry_api_add, .flags = ROUTE_API | ROUTE_RAW, .scope = "payments:write"),
	ROUTE(GET, "/payments/api/runs/:id", FINANCE, run_status,
	    .flags = ROUTE_API | ROUTE_NO_TOUCH, .scope = SCOPE_PAGE),
	ROUTE(GET, "/payments/api/periods/:id", FINANCE, period_status,
	    .flags = ROUTE_API | ROUTE_NO_TOUCH, .scope = SCOPE_PAGE),
	ROUTE_END,
};

static const struct command COMMANDS[] = {
	{ "import-time",
	    "import-time FILE [--dates mdy|dmy|excel1900|excel1904] [--zone Z] [--person "
	    "E-MAIL]"
	    " [--take|--good]",
	    "reads a time tracker's export, shows what it would bring, and takes it",
	    import_run, false },
	{ "import-name", "import-name person|project NAME E-MAIL|PROJECT",
	    "says what a name in such files means", import_name_run, false },
	{ "periods", "periods [--ahead N]",
	    "makes pay periods ahead of time and lists those not issued", periods_run, false },
	{ "lock", "lock DAY --by E-MAIL [--schedule NAME]",
	    "locks the pay period that holds the day", lock_run, false },
	{ "run", "run DAY --by E-MAIL [--schedule NAME]",
	    "works out what everybody gets for that period", run_run, false },
	{ "issue", "issue DAY|--run ID --hash HASH [--seen] --by E-MAIL [--schedule NAME]",
	    "signs what the hash stands for and issues it; another person than who made the "
	    "run",
	    issue_run, false },
	{ "off-cycle",
	    "off-cycle DAY --people E-MAIL,E-MAIL --reason TEXT --by E-MAIL [--pay-on DAY]",
	    "pays chosen people what is approved up to the end of that period, now",
	    off_cycle_run, false },
	{ "correct", "correct STATEMENT AMOUNT --reason TEXT --by E-MAIL [--pay-on DAY]",
	    "adds to a statement that was issued, on one of its own", correct_run, false },
	{ "journal", "journal RUN", "a run's journal for the general ledger, as CSV",
	    journal_run, false },
	{ "abandon", "abandon DAY|--run ID --by E-MAIL [--schedule NAME]",
	    "gives its run up; the period stays locked", abandon_run, false },
	{ "rate", "rate E-MAIL PROJECT AMOUNT --from DAY --by E-MAIL [--unit hour|task]",
	    "sets what a person is paid from a day on", rate_run, false },
	{ "check-document", "check-document FILE",
	    "tells whether a signed PDF is real and stands; 1 when it is not", verify_run,
	    false },
	{ "payee",
	    "payee E-MAIL [--reference TEXT] [--tax-form valid|asked|missing [--until DAY]] "
	    "--by E-MAIL",
	    "a payee's reference at the payout partner, and how their tax form stands",
	    payee_run, false },
	{ "check", "check", "asks everything issued whether it adds up; 1 when it does not",
	    check_run, false },
	{ 0 },
};

static const struct job_kind JOBS[] = {
	{ "payments.run", run_prepare_step, 0 },
	{ "payments.issue", run_issue_step, 0 },
	{ "payments.silence", period_silence_step, 0 },
	{ "payments.moved", pay_moved_step, 0 },
	{ "payments.late", period_late_step, 0 },
	{ "payments.lateness", period_lateness_step, 60 },
	{ "payments.periods", period_ahead_step, 3600 },
	{ "payments.imports", import_expire_step, 3600 },
	{ 0 },
};

static const struct consumer CONSUMERS[] = {
	{ "onboarding", &ENGAGEMENTS_SIGNED, engagement_take },
	{ "feedback", &SURVEY_MINUTES, survey_credit_take },
	{ 0 },
};

/* What reads files of time trackers, and signed documents: one list, put together in main()
 * before anything else runs. */
#define PARSERS_MOST 8
static struct parser parsers[PARSERS_MOST + 1];

static void
gather_parsers(void)
{
	static const struct parser verify = VERIFY_PARSER;
	size_t n = 0;

	for (; tracker_parsers[n].name != NULL && n < PARSERS_MOST - 1; n++)
		parsers[n] = tracker_parsers[n];
	parsers[n] = verify;
}

static const struct app APP = {
	.name = "payments",
	.routes = ROUTES,
	.commands = COMMANDS,
	.jobs = JOBS,
	.retention = PAYMENTS_RETENTION,
	.consumers = CONSUMERS,
	.parsers = parsers,
	.pdf = true,
	.start = seal_start,
};

int
main(int argc, char **argv)
{
	gather_parsers();
	return app_main(&APP, argc, argv);
}
