/*
 * portal: signs people in, shows the front page, keeps accounts and roles. It owns the database
 * keptword_core. See README.md beside this file.
 */
#include "portal/design.h"
#include "portal/notice.h"
#include "portal/notice_pages.h"
#include "portal/people_import.h"
#include "portal/portal.h"
#include "portal/second_factor.h"
#include "web/app.h"
#include "web/metrics.h"

#define ADMIN MAY(ROLE(ADMIN))
#define WORKS_HERE MAY(ROLES_STAFF | ROLE(CONTRIBUTOR) | ROLE(POD_LEAD) | ROLE(REVIEWER))

static const struct route ROUTES[] = {
	ROUTE(GET, "/", MAY_SIGNED_IN, home_show),
	ROUTE(GET, "/search", MAY_SIGNED_IN, search_show),
	ROUTE(GET, "/accessibility", MAY_ANYONE, accessibility_show),
	ROUTE(GET, "/sign-in", MAY_ANYONE, sign_in_show, .form = &SIGN_IN_FORM),
	ROUTE(POST, "/sign-in", MAY_ANYONE, sign_in_submit, .form = &SIGN_IN_FORM,
	    .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/sign-in/openid", MAY_ANYONE, oidc_begin, .form = &SIGN_IN_FORM,
	    .flags = ROUTE_CHEAP),
	ROUTE(GET, "/sign-in/openid/callback", MAY_ANYONE, oidc_return, .form = &SIGN_IN_FORM,
	    .flags = ROUTE_CHEAP),
	ROUTE(GET, "/sign-in/code", MAY_ANYONE, sign_in_code_show, .form = &SIGN_IN_CODE_FORM),
	ROUTE(POST, "/sign-in/code", MAY_ANYONE, sign_in_code_submit,
	    .form = &SIGN_IN_CODE_FORM, .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/sign-in/recovery", MAY_ANYONE, sign_in_recovery_show,
	    .form = &SIGN_IN_RECOVERY_FORM),
	ROUTE(POST, "/sign-in/recovery", MAY_ANYONE, sign_in_recovery_submit,
	    .form = &SIGN_IN_RECOVERY_FORM, .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/sign-in/set-up", MAY_ANYONE, sign_in_set_up_show,
	    .form = &SIGN_IN_SET_UP_FORM),
	ROUTE(POST, "/sign-in/set-up", MAY_ANYONE, sign_in_set_up_submit,
	    .form = &SIGN_IN_SET_UP_FORM, .flags = ROUTE_NO_SUBMISSION),
	ROUTE(POST, "/sign-out", MAY_SIGNED_IN, sign_out, .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/set-up/:token", MAY_ANYONE, set_up_show, .form_of = set_up_form),
	ROUTE(POST, "/set-up/:token", MAY_ANYONE, set_up_submit, .form_of = set_up_form),
	ROUTE(GET, "/profile", MAY_SIGNED_IN, profile_show, .form = &PROFILE_FORM),
	ROUTE(POST, "/profile", MAY_SIGNED_IN, profile_submit, .form = &PROFILE_FORM),
	ROUTE(POST, "/profile/sign-out-everywhere", MAY_SIGNED_IN, profile_sign_out_everywhere,
	    .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/profile/tokens", WORKS_HERE, api_tokens_show, .form = &API_TOKEN_FORM),
	ROUTE(POST, "/profile/tokens", WORKS_HERE, api_token_submit, .form = &API_TOKEN_FORM),
	ROUTE(POST, "/profile/tokens/:id/revoke", WORKS_HERE, api_token_revoke_submit),
	ROUTE(GET, "/api/me", WORKS_HERE, api_me, .flags = ROUTE_API, .scope = "profile:read"),
	ROUTE(GET, "/profile/notices", MAY_SIGNED_IN, notice_choice_show,
	    .form = &NOTICE_CHOICE_FORM),
	ROUTE(POST, "/profile/notices", MAY_SIGNED_IN, notice_choice_submit,
	    .form = &NOTICE_CHOICE_FORM),
	ROUTE(GET, "/unsubscribe/:token", MAY_ANYONE, notice_stop_show),
	/* A mail program's one click carries no token of a page; the address is the proof. */
	ROUTE(POST, "/unsubscribe/:token", MAY_ANYONE, notice_stop_submit,
	    .flags = ROUTE_FROM_MAIL | ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/demo/outbox", MAY_SIGNED_IN, demo_outbox_show),
	ROUTE(GET, "/demo/outbox/:id", MAY_SIGNED_IN, demo_mail_show),
	ROUTE(GET, "/staff/notices", ADMIN, notice_page_show, .form = &NOTICE_TEST_FORM),
	ROUTE(
	    POST, "/staff/notices/test", ADMIN, notice_test_submit, .form = &NOTICE_TEST_FORM),
	ROUTE(POST, "/staff/notices/:id/again", ADMIN, notice_again_submit),
	ROUTE(GET, "/profile/confirm", MAY_SIGNED_IN, confirm_show, .form_of = confirm_form),
	ROUTE(POST, "/profile/confirm", MAY_SIGNED_IN, confirm_submit, .form_of = confirm_form,
	    .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/profile/second-factor", MAY_SIGNED_IN, second_factor_show),
	ROUTE(GET, "/profile/second-factor/new", MAY_SIGNED_IN, second_factor_new_show,
	    .form = &SET_UP_CODE_FORM),
	ROUTE(POST, "/profile/second-factor/new", MAY_SIGNED_IN, second_factor_new_submit,
	    .form = &SET_UP_CODE_FORM),
	ROUTE(
	    POST, "/profile/second-factor/remove", MAY_SIGNED_IN, second_factor_remove_submit),
	ROUTE(GET, "/profile/second-factor/codes", MAY_SIGNED_IN, recovery_codes_show),
	ROUTE(POST, "/profile/second-factor/codes", MAY_SIGNED_IN, recovery_codes_submit),
	ROUTE(GET, "/profile/sessions", MAY_SIGNED_IN, sessions_show),
	ROUTE(POST, "/profile/sessions/:id/end", MAY_SIGNED_IN, session_end_submit),
	ROUTE(POST, "/profile/sessions/end-others", MAY_SIGNED_IN, sessions_end_others_submit),
	ROUTE(GET, "/profile/password", MAY_SIGNED_IN, password_change_show,
	    .form = &PASSWORD_CHANGE_FORM),
	ROUTE(POST, "/profile/password", MAY_SIGNED_IN, password_change_submit,
	    .form = &PASSWORD_CHANGE_FORM),
	ROUTE(GET, "/profile/email", MAY_SIGNED_IN, email_change_show,
	    .form = &EMAIL_CHANGE_FORM),
	ROUTE(POST, "/profile/email", MAY_SIGNED_IN, email_change_submit,
	    .form = &EMAIL_CHANGE_FORM),
	ROUTE(GET, "/new-address/:token", MAY_ANYONE, email_confirm_show),
	ROUTE(POST, "/new-address/:token", MAY_ANYONE, email_confirm_submit),
	ROUTE(GET, "/forgot", MAY_ANYONE, forgot_show, .form = &FORGOT_FORM),
	ROUTE(POST, "/forgot", MAY_ANYONE, forgot_submit, .form = &FORGOT_FORM),
	ROUTE(GET, "/staff/notices/told/:token", MAY(ROLES_STAFF), notice_take_up_show),
	ROUTE(POST, "/staff/notices/told/:token", MAY(ROLES_STAFF), notice_take_up_submit),
	ROUTE(GET, "/language/:tag", MAY_ANYONE, language_choose),
	ROUTE(GET, "/staff/people", ADMIN, people_list),
	ROUTE(GET, "/staff/people/add", ADMIN, person_add_show, .form = &PERSON_ADD_FORM),
	ROUTE(POST, "/staff/people/add", ADMIN, person_add_submit, .form = &PERSON_ADD_FORM),
	ROUTE(GET, "/staff/people/import", ADMIN, people_import_page,
	    .form = &PEOPLE_IMPORT_FORM),
	ROUTE(POST, "/staff/people/import", ADMIN, people_import_submit,
	    .form = &PEOPLE_IMPORT_FORM),
	ROUTE(GET, "/staff/people/import/sample", ADMIN, people_import_sample),
	ROUTE(GET, "/staff/people/imports/:id", ADMIN, people_import_show),
	ROUTE(GET, "/staff/people/imports/:id/errors", ADMIN, people_import_errors),
	ROUTE(POST, "/staff/people/imports/:id/take", ADMIN, people_take_submit,
	    .form = &PEOPLE_TAKE_FORM),
	ROUTE(POST, "/staff/people/imports/:id/abandon", ADMIN, people_abandon_submit,
	    .form = &PEOPLE_ABANDON_FORM),
	ROUTE(GET, "/api/people/imports/:id", ADMIN, people_import_progress,
	    .flags = ROUTE_API | ROUTE_NO_TOUCH, .scope = SCOPE_PAGE),
	ROUTE(GET, "/staff/people/:id", ADMIN, person_show),
	ROUTE(
	    POST, "/staff/people/:id/roles", ADMIN, role_give_submit, .form = &ROLE_GIVE_FORM),
	ROUTE(POST, "/staff/people/:id/roles/end", ADMIN, role_end_submit,
	    .form = &ROLE_END_FORM),
	ROUTE(POST, "/staff/people/:id/state", ADMIN, person_state_submit,
	    .form = &PERSON_STATE_FORM),
	ROUTE(POST, "/staff/people/:id/link", ADMIN, person_link_submit),
	ROUTE(POST, "/staff/people/:id/mail", ADMIN, person_mail_submit),
	ROUTE(POST, "/staff/people/:id/sessions", ADMIN, person_sessions_submit),
	ROUTE(GET, "/staff/people/:id/second-factor", ADMIN, factor_remove_show,
	    .form = &FACTOR_REMOVE_FORM),
	ROUTE(POST, "/staff/people/:id/second-factor", ADMIN, factor_remove_submit,
	    .form = &FACTOR_REMOVE_FORM),
	ROUTE(POST, "/staff/people/:id/untie", ADMIN, oidc_untie_submit),
	ROUTE(GET, "/staff/audit", MAY(ROLE(ADMIN) | ROLE(AUDITOR)), audit_show),
	ROUTE(POST, "/staff/audit/export", MAY(ROLE(ADMIN) | ROLE(AUDITOR)), audit_export,
	    .form = &AUDIT_EXPORT_FORM, .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/design", MAY_DESIGN, design_show),
	ROUTE(GET, "/design/forms", MAY_DESIGN, design_forms_show, .form = &DESIGN_FORM),
	ROUTE(POST, "/design/forms", MAY_DESIGN, design_forms_submit, .form = &DESIGN_FORM,
	    .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/design/lists", MAY_DESIGN, design_lists_show),
	ROUTE(GET, "/design/words", MAY_DESIGN, design_words_show),
	ROUTE(GET, "/design/charts", MAY_DESIGN, design_charts_show),
	ROUTE(GET, "/healthz", MAY_ANYONE, health_show, .flags = ROUTE_CHEAP),
	ROUTE_END,
};

static const struct command COMMANDS[] = {
	{ "schema", "schema [--check]",
	    "applies the schema of every database; --check: only says what it would do",
	    schema_run, true },
	{ "schema-fits", "schema-fits FILE",
	    "may a backup with this list of schema files be restored?", schema_fits_run, true },
	{ "demo", "demo", "loads demo data and gives the demo accounts passwords", demo_run,
	    true },
	{ "second-factor-remove", "second-factor-remove EMAIL",
	    "removes somebody's second factor (a lost phone), signs them out, tells them",
	    second_factor_remove_run, false },
	{ "import-people", "import-people FILE [--dry-run] [--invite]",
	    "adds and changes people by a CSV file", import_people_run, false },
	{ "check-audit", "check-audit [--heads FOLDER]",
	    "finds what was changed in the audit of every program", check_audit_run, false },
	{ "doctor", "doctor [--json 1]", "checks the installation and says what to do",
	    doctor_run, true },
	{ 0 },
};

static const struct job_kind JOBS[] = {
	{ "people.import", people_import_step, 0 },
	{ "people.imports", people_import_expire, 3600 },
	{ "api_token.remind", api_token_remind, 3600 },
	{ "notice.deliver", notice_deliver, 1 },
	{ "notice.tidy", notice_tidy, 3600 },
	{ 0 },
};

static const struct gauge GAUGES[] = {
	{ "sessions", "Sessions that have neither ended nor been revoked.", sessions_open },
	{ "backup_age_seconds", "Time since the point of the last good backup.", backup_age },
	{ 0 },
};

static const struct app APP = {
	.name = "portal",
	.routes = ROUTES,
	.commands = COMMANDS,
	.jobs = JOBS,
	.sealed = SECOND_FACTOR_SEALED,
	.retention = PORTAL_RETENTION,
	.parsers = people_parsers,
	.gauges = GAUGES,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
