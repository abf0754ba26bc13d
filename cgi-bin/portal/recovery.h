/*
 * recovery.h: ten codes for who has lost the phone. Each has 60 random bits, works once and is
 * kept as a keyed hash. They are shown once: they are made out of a seed that goes to the page that
 * shows them in a cookie, so that they stand in no address, log or database.
 */
#ifndef KEPTWORD_PORTAL_RECOVERY_H
#define KEPTWORD_PORTAL_RECOVERY_H

#include "data/db.h"

#define RECOVERY_KEY "recovery" /* hashes the codes: another one, and none fits any more */
#define RECOVERY_CODES 10
#define RECOVERY_LETTERS 12 /* of five bits */

/* The i-th code (from 0) that a seed makes, as it is shown: "k3vn-0w8m-7xq2". */
const char *recovery_code(struct arena *arena, const char *seed, unsigned i);

/* What was typed, as it was made: lower case, o as 0, i and l as 1, without blanks and hyphens.
 * NULL when it cannot be one. */
const char *recovery_read(struct arena *arena, const char *typed);

/* In the running transaction: these ten instead of those that the person had. */
void recovery_replace(struct db *db, int64_t person, const char *seed);

/* In the running transaction: takes a code, once. */
enum recovery_answer { RECOVERY_WRONG, RECOVERY_USED, RECOVERY_RIGHT };
enum recovery_answer recovery_use(struct db *db, int64_t person, const char *typed);

/* How many are left. */
int64_t recovery_left(struct db *db, int64_t person);

/* Are the person's codes those that this seed makes, all of them unused? */
bool recovery_is_of(struct db *db, int64_t person, const char *seed);

#endif
