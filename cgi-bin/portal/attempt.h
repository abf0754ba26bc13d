/*
 * attempt.h: how often somebody has tried. Failures of passwords, codes and of asking for a reset
 * are counted for 15 minutes under keyed hashes of the address typed and of the client, so the table
 * names nobody and unknown addresses are counted like known ones (README rules 1-3).
 */
#ifndef KEPTWORD_PORTAL_ATTEMPT_H
#define KEPTWORD_PORTAL_ATTEMPT_H

#include "data/crypto.h"
#include "web/request.h"

/* What one try is counted under. */
struct attempt {
	unsigned char account[SHA256_BYTES];
	unsigned char client[SHA256_BYTES];
	instant at;
};

/* about: "" for signing in; any other word is counted apart. E_FAULT without a key. */
MUST_USE enum status attempt_of(
    struct request *req, const char *about, const char *email, struct attempt *ret);

/* Failures within the window. */
struct attempts {
	int64_t account_and_client, client, account;
};
struct attempts attempt_count(struct db *db, const struct attempt *attempt);

/* Signing in: are there so many that a try is not even checked? person 0: unknown. In a browser in
 * which the person signed in before, guesses from elsewhere do not count. */
bool attempt_too_many(struct request *req, const struct attempt *attempt, int64_t person);

/* Keeps it, in the running transaction or by itself. */
void attempt_add(struct db *db, const struct attempt *attempt, bool ok);

/* The device cookie: marks a browser in which this person signed in before; not a credential. */
bool device_known(struct request *req, int64_t person);
void device_remember(struct request *req, int64_t person);

#endif
