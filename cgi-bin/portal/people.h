/* people.h: what people.c and people_access.c, the pages of a person for administrators, share. */
#ifndef KEPTWORD_PORTAL_PEOPLE_H
#define KEPTWORD_PORTAL_PEOPLE_H

#include "web/page.h"
#include "web/request.h"

/* The person whom a form of the page is about (the route's first ":name"). 0: there is none. */
int64_t person_of(struct request *req, struct db *db);

/* The audit row of a change, and the way back to the person's page. */
enum status person_done(struct request *req, struct db *db, struct receipt *receipt, int64_t person,
    const char *action, const char *reason);

/* The part "Access" of that page. */
void person_access_show(struct request *req, struct page *page, int64_t person);

/* Takes a link's token to the page that follows in a cookie of two minutes, so that it stands in no
 * address, history or log. */
void link_hand_over(struct request *req, const char *token);

#endif
