/*
 * cap.h: more hours in a week than were agreed for a project: the person is asked whether it is right.
 * Nothing is cut, and nothing waits for the answer.
 */
#ifndef KEPTWORD_PAYMENTS_CAP_H
#define KEPTWORD_PAYMENTS_CAP_H

#include "web/request.h"

/* In the transaction that added entries: asks about the weeks that they filled above what was agreed,
 * again when there is more than what was answered. Failure sticks. */
void cap_ask_import(struct db *db, int64_t batch);
void cap_ask_entry(struct db *db, int64_t person, int64_t project, day on);

/* The caller's open questions onto the page of their time, as sections OVER_CAP. */
struct page;
void cap_show_own(struct request *req, struct page *page);
/* Those of everybody else that are open or answered with no, for finance. */
void cap_show_staff(struct request *req, struct page *page);

extern const struct form CAP_ANSWER_FORM;
enum status cap_show(struct request *req);
enum status cap_answer_submit(struct request *req);

#endif
