/*
 * onboarding: people apply, are interviewed in writing, are decided on by a person, are made an
 * offer and sign it. See README.md beside this file.
 */
#include "data/keyring.h"
#include "onboarding/onboarding.h"
#include "web/app.h"

#define READERS MAY(ROLE(REVIEWER) | ROLE(PEOPLE_OFFICER))
#define OFFICER MAY(ROLE(PEOPLE_OFFICER))

static const struct route ROUTES[] = {
	ROUTE(GET, "/apply", MAY_ANYONE, apply_start_show),
	ROUTE(POST, "/apply", MAY_ANYONE, apply_start),
	ROUTE(GET, "/apply/code", MAY_ANYONE, apply_code_show),
	ROUTE(POST, "/apply/code", MAY_ANYONE, apply_code_renew),
	ROUTE(GET, "/apply/return", MAY_ANYONE, apply_return_show, .form = &RETURN_FORM),
	ROUTE(POST, "/apply/return", MAY_ANYONE, apply_return, .form = &RETURN_FORM,
	    .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/apply/later", MAY_ANYONE, apply_later_show),
	ROUTE(POST, "/apply/leave", MAY_ANYONE, apply_leave, .flags = ROUTE_NO_SUBMISSION),
	ROUTE(GET, "/apply/tasks", MAY_ANYONE, apply_tasks_show),
	ROUTE(GET, "/apply/check", MAY_ANYONE, apply_check_show, .form = &CHECK_FORM),
	ROUTE(POST, "/apply/check", MAY_ANYONE, apply_check_send, .form = &CHECK_FORM),
	ROUTE(GET, "/apply/interview", MAY_ANYONE, interview_begin_show),
	ROUTE(GET, "/apply/interview/check", MAY_ANYONE, interview_check_show,
	    .form = &INTERVIEW_SEND_FORM),
	ROUTE(POST, "/apply/interview/check", MAY_ANYONE, interview_check_send,
	    .form = &INTERVIEW_SEND_FORM),
	ROUTE(GET, "/apply/interview/:page", MAY_ANYONE, interview_page_show,
	    .form_of = interview_form),
	ROUTE(POST, "/apply/interview/:page", MAY_ANYONE, interview_page_save,
	    .form_of = interview_form),
	ROUTE(GET, "/apply/status", MAY_ANYONE, status_show),
	ROUTE(GET, "/apply/look-again", MAY_ANYONE, look_again_show, .form = &LOOK_AGAIN_FORM),
	ROUTE(POST, "/apply/look-again", MAY_ANYONE, look_again_send, .form = &LOOK_AGAIN_FORM),
	ROUTE(GET, "/apply/withdraw", MAY_ANYONE, withdraw_show, .form = &WITHDRAW_FORM),
	ROUTE(POST, "/apply/withdraw", MAY_ANYONE, withdraw_send, .form = &WITHDRAW_FORM),
	ROUTE(GET, "/apply/offer", MAY_ANYONE, offer_read_show),
	ROUTE(POST, "/apply/offer/read", MAY_ANYONE, offer_read),
	ROUTE(POST, "/apply/offer/decline", MAY_ANYONE, offer_decline),
	ROUTE(POST, "/apply/offer/undo", MAY_ANYONE, offer_undo),
	ROUTE(GET, "/apply/offer/sign", MAY_ANYONE, offer_sign_show, .form = &SIGN_FORM),
	ROUTE(POST, "/apply/offer/sign", MAY_ANYONE, offer_sign, .form = &SIGN_FORM),
	ROUTE(GET, "/apply/welcome", MAY_ANYONE, welcome_show),
	ROUTE(POST, "/apply/welcome", MAY_ANYONE, welcome_link),
	ROUTE(GET, "/apply/:page", MAY_ANYONE, apply_page_show, .form_of = apply_form),
	ROUTE(POST, "/apply/:page", MAY_ANYONE, apply_page_save, .form_of = apply_form),

	ROUTE(GET, "/onboarding/application", MAY_SIGNED_IN, application_go),
	ROUTE(GET, "/onboarding/offers", MAY_SIGNED_IN, agreement_list),
	ROUTE(GET, "/onboarding/offers/:id", MAY_SIGNED_IN, agreement_show),

	ROUTE(GET, "/onboarding/staff/applications", READERS, staff_list),
	ROUTE(GET, "/onboarding/staff/applications/:id", READERS, staff_application_show),
	ROUTE(POST, "/onboarding/staff/applications/:id/claim", READERS, staff_claim,
	    .form = &CLAIM_FORM),
	ROUTE(POST, "/onboarding/staff/applications/:id/release", READERS, staff_release,
	    .form = &CLAIM_FORM),
	ROUTE(POST, "/onboarding/staff/applications/:id/same-person", OFFICER,
	    staff_same_person, .form = &CLAIM_FORM),
	ROUTE(GET, "/onboarding/staff/applications/:id/score", READERS, score_show,
	    .form_of = score_form),
	ROUTE(POST, "/onboarding/staff/applications/:id/score", READERS, score_save,
	    .form_of = score_form),
	ROUTE(GET, "/onboarding/staff/applications/:id/decide", READERS, decide_show,
	    .form = &DECIDE_FORM),
	ROUTE(POST, "/onboarding/staff/applications/:id/decide", READERS, decide,
	    .form = &DECIDE_FORM),
	ROUTE(GET, "/onboarding/staff/applications/:id/offer", OFFICER, offer_make_show,
	    .form = &OFFER_FORM),
	ROUTE(POST, "/onboarding/staff/applications/:id/offer", OFFICER, offer_make,
	    .form = &OFFER_FORM),
	ROUTE(GET, "/onboarding/staff/offers", OFFICER, offer_list),
	ROUTE(GET, "/onboarding/staff/offers/:id", OFFICER, staff_offer_show),
	ROUTE(POST, "/onboarding/staff/offers/:id/send", OFFICER, offer_send,
	    .form = &OFFER_STEP_FORM),
	ROUTE(POST, "/onboarding/staff/offers/:id/withdraw", OFFICER, offer_withdraw,
	    .form = &OFFER_STEP_FORM),
	ROUTE_END,
};

/* The one encrypted column: what somebody needs to be interviewed well. */
static const struct sealed_column SEALED[] = {
	{ "accommodation", "application/accommodation",
	    { "SELECT id, public_id, accommodation_sealed FROM application WHERE "
	      "accommodation_sealed IS NOT "
	      "NULL"
	      " AND SUBSTRING(accommodation_sealed, 2, 1) <> ? LIMIT 100" },
	    { "UPDATE application SET accommodation_sealed = ? WHERE id = ? AND "
	      "accommodation_sealed = ?" },
	    { "SELECT COUNT(*) FROM application WHERE accommodation_sealed IS NOT NULL"
	      " AND SUBSTRING(accommodation_sealed, 2, 1) = ?" } },
	{ 0 },
};

static const struct job_kind JOBS[] = {
	{ "offer.expire", offer_expire, 600 },
	{ "interview.remind", interview_remind, 600 },
	{ "answer.overdue", answer_overdue_step, 60 },
	{ 0 },
};

static const struct app APP = {
	.name = "onboarding",
	.routes = ROUTES,
	.jobs = JOBS,
	.sealed = SEALED,
	.retention = ONBOARDING_RETENTION,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
