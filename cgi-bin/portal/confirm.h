/*
 * confirm.h: is it still you? What changes who can sign in (second factor, password, address,
 * tokens) asks for the password again, and for a code where one is set up, unless that was done in
 * the last five minutes of this session (README rule 25). In a handler, first of all:
 *
 *     if (!proof_is_fresh(req))
 *     	return proof_ask(req, "/profile/second-factor/new");
 */
#ifndef KEPTWORD_PORTAL_CONFIRM_H
#define KEPTWORD_PORTAL_CONFIRM_H

#include "web/request.h"

/* Signing in counts. False also when the database cannot be asked. */
bool proof_is_fresh(struct request *req);

/* Leads to the page that asks and from there to `to`, a GET of this site where one goes on. */
enum status proof_ask(struct request *req, const char *to);

#endif
