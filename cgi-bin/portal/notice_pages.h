/*
 * notice_pages.h: the pages of notices, for the route table of main.c.
 */
#ifndef KEPTWORD_PORTAL_NOTICE_PAGES_H
#define KEPTWORD_PORTAL_NOTICE_PAGES_H

#include "web/request.h"

/* demo_outbox.c */
enum status demo_outbox_show(struct request *req);
enum status demo_mail_show(struct request *req);

/* notice_choice.c: what one wants by mail. */
extern const struct form NOTICE_CHOICE_FORM;
enum status notice_choice_show(struct request *req);
enum status notice_choice_submit(struct request *req);
enum status notice_stop_show(struct request *req);
enum status notice_stop_submit(struct request *req);

/* notice_page.c: how deliveries are, for an administrator; a notice of a webhook, for staff. */
extern const struct form NOTICE_TEST_FORM;
enum status notice_page_show(struct request *req);
enum status notice_test_submit(struct request *req);
enum status notice_again_submit(struct request *req);
enum status notice_take_up_show(struct request *req);
enum status notice_take_up_submit(struct request *req);

#endif
