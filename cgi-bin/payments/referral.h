/*
 * referral.h: the list of referrals: who brought whom, what that is worth, whether it is earned and paid.
 */
#ifndef KEPTWORD_PAYMENTS_REFERRAL_H
#define KEPTWORD_PAYMENTS_REFERRAL_H

#include "web/request.h"

extern const struct form REFERRAL_ADD_FORM, REFERRAL_STEP_FORM;
enum status referral_list(struct request *req);
enum status referral_add_submit(struct request *req);
enum status referral_step_submit(struct request *req);

#endif
