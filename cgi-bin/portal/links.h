/*
 * links.h: links that work once. The token has 256 random bits; the database keeps its SHA-256.
 *
 * A link that goes by mail is made when the mail is delivered, in the delivery's transaction, so it
 * stands in no outbox and is young when it arrives. Whoever delivers has a notice's kind and
 * person and asks here: where does it lead, and is it to be sent at all?
 */
#ifndef KEPTWORD_PORTAL_LINKS_H
#define KEPTWORD_PORTAL_LINKS_H

#include "data/db.h"

#define LINK_RESET_LASTS HOUR
#define LINK_INVITE_LASTS (7 * DAY_LENGTH)
#define LINK_EMAIL_LASTS DAY_LENGTH

/* In the running transaction: a link of this kind ("set_up", "reset", "invite", "email") for a
 * person (0: nobody yet); its token. */
const char *link_new(struct db *db, struct arena *arena, const char *kind, int64_t person);

/* Where somebody signs in whose password would open nothing (README rule 36): no link to choose one
 * is made for them, and one that is about leads there. */
#define PROVIDER_PATH "/sign-in/openid"
bool link_leads_to_provider(struct db *db, int64_t person);

/* In the running transaction: a mail by which a person gets in. It leads to where they choose their
 * first or another password, or to the provider. key (may be NULL): as of any notice. */
void link_mail(struct db *db, int64_t person, const char *key);

/* In the running transaction: every open link of a person ends. */
void links_end(struct db *db, int64_t person);

/* Does a notice of this kind carry a link that is made at its delivery ("account.reset",
 * "account.invited", "account.email_new")? */
bool link_is_made(const char *kind);

/* In the running transaction of the delivery: makes it. The path ("/set-up/7k2m..."), in the arena;
 * NULL: nothing is to be sent any more (the person is disabled, has a password by now, has
 * withdrawn the new address). */
const char *link_make(
    struct db *db, struct arena *arena, int64_t person, const char *kind);

/* The same, one function a kind, as a table of a delivery wants them; detail is not looked at. */
const char *link_reset_path(struct db *db, int64_t person, const char *detail);
const char *link_invite_path(struct db *db, int64_t person, const char *detail);
const char *link_email_path(struct db *db, int64_t person, const char *detail);

/* To whom a notice of this kind goes when not to the person's address: "account.email_new" to the
 * address that waits to be confirmed. NULL: to the person's. */
const char *link_address(
    struct db *db, struct arena *arena, int64_t person, const char *kind);

#endif
