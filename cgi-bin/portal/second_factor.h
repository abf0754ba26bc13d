/*
 * second_factor.h: a person's second factor in the database: the secret that their authenticator
 * app shares with us, sealed, and the last step of time whose code was taken.
 *
 * All but the reads run in the caller's transaction. Pages are in second_factor_page.c.
 */
#ifndef KEPTWORD_PORTAL_SECOND_FACTOR_H
#define KEPTWORD_PORTAL_SECOND_FACTOR_H

#include "data/db.h"
#include "data/keyring.h"
#include "portal/totp.h"
#include "web/role.h"

#define SECOND_FACTOR_KEY "second-factor" /* a key ring (keyring.h): seals secrets */

/* The column, for struct app: its key can be changed while everything runs. */
extern const struct sealed_column SECOND_FACTOR_SEALED[];

/* Is one set up? */
bool second_factor_has(struct db *db, int64_t person);

/* Must somebody with these roles have one (KEPTWORD_SECOND_FACTOR)? */
bool second_factor_required(roles held);

/* Takes a code: each step of time once, whichever process asks. */
enum totp_answer second_factor_use(struct db *db, int64_t person, const char *typed);

/* A new secret for somebody who is setting one up, and back: random bytes, sealed for this person
 * and carried by the form, so that looking at the page writes nothing. Within an hour. */
MUST_USE enum status second_factor_offer(
    struct arena *arena, int64_t person, const char **ret_sealed, struct bytes *ret_secret);
MUST_USE enum status second_factor_offered(
    struct arena *arena, int64_t person, const char *sealed, struct bytes *ret_secret);

/* Keeps the secret (instead of one that was there); step is the one of the code that confirmed it. */
void second_factor_keep(struct db *db, int64_t person, struct bytes secret, int64_t step);

/* Removes secret and recovery codes. False when there was none. */
bool second_factor_remove(struct db *db, int64_t person);

#endif
