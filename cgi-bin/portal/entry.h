/*
 * entry.h: the way in, for whoever has proved a first factor (a password, a link that works once):
 * a session at once; or, where a second factor is set up or has to be, a half-open sign-in, which is
 * no session and opens nothing but the page that asks for the code or sets the factor up.
 */
#ifndef KEPTWORD_PORTAL_ENTRY_H
#define KEPTWORD_PORTAL_ENTRY_H

#include "web/request.h"

enum entry_kind {
	ENTRY_SESSION, /* signed in */
	ENTRY_CODE,    /* half open: asked for a code */
	ENTRY_SET_UP   /* half open: has to set a second factor up first */
};
struct entry {
	enum entry_kind kind;
	int64_t person;
	const char *token; /* for the cookie; NULL: nothing has begun */
};

/* In the running transaction: begins the session or the half-open sign-in. tell: a session in a
 * browser in which we have not seen the person is told to them by mail (not right after a link that
 * came by mail). */
void entry_begin(
    struct request *req, struct db *db, int64_t person, bool tell, struct entry *ret);

/* In the running transaction, after both steps: the session in any case. */
void entry_begin_session(
    struct request *req, struct db *db, int64_t person, bool tell, struct entry *ret);

/* Where somebody goes on who wanted nowhere in particular. Static. */
const char *entry_page(const struct entry *entry);

/* After the commit: sets the cookies. Where to go on: `to` when it is an address of this site, else
 * home; or the page of the second step, which carries `to` on. */
const char *entry_hand_over(struct request *req, const struct entry *entry, const char *to);

/* The half-open sign-in of this browser. */
struct half {
	int64_t person; /* 0: there is none, or not any more */
	enum entry_kind kind;
	const char *email;
	unsigned char hash[32];
};
struct half half_read(struct request *req);

/* In the running transaction: it became a session. E_CONFLICT sticks when it was closed already. */
void half_close(struct db *db, const struct half *half);
/* One more wrong code; true when that was the last one. */
bool half_wrong(struct db *db, const struct half *half);
/* The browser forgets it. */
void half_forget(struct request *req);

/* In the running transaction: ends every session and half-open sign-in of a person, but the session
 * with this hash (hex, NULL: none is left out). */
void entry_end_all(struct db *db, int64_t person, const char *but);

#endif
