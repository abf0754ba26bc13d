/*
 * adjustment.h: what is added to a statement beside time: bonuses, expenses and the like,
 * proposed by one person of finance and approved by another.
 */
#ifndef KEPTWORD_ADJUSTMENT_H
#define KEPTWORD_ADJUSTMENT_H

#include "web/request.h"

extern const struct form ADJUSTMENT_ADD_FORM, ADJUSTMENT_APPROVE_FORM, ADJUSTMENT_DECLINE_FORM;
enum status adjustment_list(struct request *req);
enum status adjustment_add_submit(struct request *req);
enum status adjustment_show(struct request *req);
enum status adjustment_approve_submit(struct request *req);
enum status adjustment_decline_submit(struct request *req);

#endif
