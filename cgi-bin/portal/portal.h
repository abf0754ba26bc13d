/*
 * portal.h: what the files of this plugin know of each other: forms, and the handlers that
 * main.c puts into its route table.
 */
#ifndef KEPTWORD_PORTAL_H
#define KEPTWORD_PORTAL_H

#include "data/retention.h"
#include "web/request.h"

/* sign_in.c */
extern const struct form SIGN_IN_FORM;
enum status sign_in_show(struct request *req);
enum status sign_in_submit(struct request *req);
/* 429, with the words for who has tried too often. */
enum status sign_in_throttled(struct request *req);
enum status sign_out(struct request *req);
/* The sign-in page with its ways in; the route has SIGN_IN_FORM. */
struct page *sign_in_page(struct request *req);

/* oidc.c: to the OpenID Connect provider, and back from it. */
enum status oidc_begin(struct request *req);
enum status oidc_return(struct request *req);
enum status oidc_untie_submit(struct request *req);
struct page;
/* Shows, on the page of a person, that they sign in at the provider. */
void oidc_tie_show(struct request *req, struct page *page, int64_t person);

/* sign_in_code.c: the second step. */
extern const struct form SIGN_IN_CODE_FORM;
extern const struct form SIGN_IN_RECOVERY_FORM;
enum status sign_in_code_show(struct request *req);
enum status sign_in_code_submit(struct request *req);
enum status sign_in_recovery_show(struct request *req);
enum status sign_in_recovery_submit(struct request *req);

/* second_factor_page.c: setting it up, and what one has. */
extern const struct form SET_UP_CODE_FORM;
extern const struct form SIGN_IN_SET_UP_FORM;
enum status second_factor_show(struct request *req);
enum status second_factor_new_show(struct request *req);
enum status second_factor_new_submit(struct request *req);
enum status second_factor_remove_submit(struct request *req);
enum status recovery_codes_show(struct request *req);
enum status recovery_codes_submit(struct request *req);
enum status sign_in_set_up_show(struct request *req);
enum status sign_in_set_up_submit(struct request *req);

/* sessions.c: where one is signed in. */
enum status sessions_show(struct request *req);
enum status session_end_submit(struct request *req);
enum status sessions_end_others_submit(struct request *req);

/* credentials.c: another password, another address. */
extern const struct form PASSWORD_CHANGE_FORM;
extern const struct form EMAIL_CHANGE_FORM;
enum status password_change_show(struct request *req);
enum status password_change_submit(struct request *req);
enum status email_change_show(struct request *req);
enum status email_change_submit(struct request *req);
enum status email_confirm_show(struct request *req);
enum status email_confirm_submit(struct request *req);

/* forgot.c: a link for a new password by mail. */
extern const struct form FORGOT_FORM;
enum status forgot_show(struct request *req);
enum status forgot_submit(struct request *req);

/* confirm.c: is it you? */
extern const struct form CONFIRM_FORM;
extern const struct form CONFIRM_CODE_FORM;
const struct form *confirm_form(struct request *req);
enum status confirm_show(struct request *req);
enum status confirm_submit(struct request *req);

/* set_up.c: links that work once (first administrator, invitation, new password). */
extern const struct form FIRST_ADMIN_FORM;
extern const struct form NEW_PASSWORD_FORM;
const struct form *set_up_form(struct request *req);
enum status set_up_show(struct request *req);
enum status set_up_submit(struct request *req);

/* home.c */
enum status home_show(struct request *req);

/* search.c */
enum status search_show(struct request *req);

/* accessibility.c */
enum status accessibility_show(struct request *req);

/* profile.c */
extern const struct form PROFILE_FORM;
enum status profile_show(struct request *req);
enum status profile_submit(struct request *req);
enum status profile_sign_out_everywhere(struct request *req);

/* api_token.c: API tokens. */
extern const struct form API_TOKEN_FORM;
enum status api_tokens_show(struct request *req);
enum status api_token_submit(struct request *req);
enum status api_token_revoke_submit(struct request *req);
enum status api_me(struct request *req);
struct job;
enum status api_token_remind(struct db *db, struct job *job);

/* tongue.c: the language of somebody who is not signed in. */
enum status language_choose(struct request *req);

/* people.c: accounts and roles, for an administrator. */
extern const struct form PERSON_ADD_FORM;
extern const struct form ROLE_GIVE_FORM;
extern const struct form ROLE_END_FORM;
extern const struct form PERSON_STATE_FORM;
enum status people_list(struct request *req);
enum status person_add_show(struct request *req);
enum status person_add_submit(struct request *req);
enum status person_show(struct request *req);
enum status role_give_submit(struct request *req);
enum status role_end_submit(struct request *req);
enum status person_state_submit(struct request *req);

/* people_access.c: how somebody gets in, for an administrator. */
extern const struct form FACTOR_REMOVE_FORM;
enum status person_link_submit(struct request *req);
enum status person_mail_submit(struct request *req);
enum status person_sessions_submit(struct request *req);
enum status factor_remove_show(struct request *req);
enum status factor_remove_submit(struct request *req);

/* audit_page.c: the audit of all programs. */
extern const struct form AUDIT_EXPORT_FORM;
enum status audit_show(struct request *req);
enum status audit_export(struct request *req);

/* schema.c, demo.c and audit_check.c: commands. */
struct cli;
/* gauge.c: numbers for /metrics; -1 where there is none. */
int64_t sessions_open(struct db *db);
int64_t backup_age(struct db *db);
/* The point of the last good backup, 0 for none, from the file that backup.sh writes: its time and its
 * folder, which ret_place gets (may be NULL; "" without one). */
instant backup_point(const char **ret_place, struct arena *arena);

int schema_run(struct cli *cli);
int schema_fits_run(struct cli *cli);
int demo_run(struct cli *cli);
/* people_access.c: for the last administrator. */
int second_factor_remove_run(struct cli *cli);
int check_audit_run(struct cli *cli);

/* doctor.c: a command. */
int doctor_run(struct cli *cli);

/* health.c */
enum status health_show(struct request *req);

/* retention.c: how long rows are kept. */
extern const struct retention PORTAL_RETENTION[];

#endif
