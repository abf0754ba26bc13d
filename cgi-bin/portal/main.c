/*
 * portal: signs people in, shows the front page, keeps accounts and roles. It owns the database
 * keptword_core. See README.md beside this file.
 */
#include "data/submission.h"
#include "portal/design.h"
#include "portal/portal.h"
#include "web/app.h"

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
	ROUTE(GET, "/language/:tag", MAY_ANYONE, language_choose),
	ROUTE(GET, "/staff/people", ADMIN, people_list),
	ROUTE(GET, "/staff/people/add", ADMIN, person_add_show, .form = &PERSON_ADD_FORM),
	ROUTE(POST, "/staff/people/add", ADMIN, person_add_submit, .form = &PERSON_ADD_FORM),
	ROUTE(GET, "/staff/people/:id", ADMIN, person_show),
	ROUTE(
	    POST, "/staff/people/:id/roles", ADMIN, role_give_submit, .form = &ROLE_GIVE_FORM),
	ROUTE(POST, "/staff/people/:id/roles/end", ADMIN, role_end_submit,
	    .form = &ROLE_END_FORM),
	ROUTE(POST, "/staff/people/:id/state", ADMIN, person_state_submit,
	    .form = &PERSON_STATE_FORM),
	ROUTE(POST, "/staff/people/:id/link", ADMIN, person_link_submit),
	ROUTE(POST, "/staff/people/:id/untie", ADMIN, oidc_untie_submit),
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
	{ "schema", "schema", "applies the schema of every database", schema_run, true },
	{ "demo", "demo", "loads demo data and gives the demo accounts passwords", demo_run,
	    true },
	{ 0 },
};

static const struct job_kind JOBS[] = {
	{ "submission.expire", submission_expire, 3600 },
	{ "api_token.remind", api_token_remind, 3600 },
	{ 0 },
};

static const struct app APP = {
	.name = "portal",
	.routes = ROUTES,
	.commands = COMMANDS,
	.jobs = JOBS,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
