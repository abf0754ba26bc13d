/*
 * submission.h: each form takes effect once.
 *
 * A form carries a 128-bit id made by the server. The effect and a row (person, route,
 * id, hash of the body, where the receipt is) are written in one transaction, so a
 * double click, a retry after a lost reply, or a resubmission after a crash finds the
 * row and gets the same receipt. Rows are kept 7 days (retention.c).
 */
#ifndef KEPTWORD_SUBMISSION_H
#define KEPTWORD_SUBMISSION_H

#include "data/crypto.h"
#include "data/db.h"

struct submission {
	struct id id;
	int64_t person;    /* 0: nobody is signed in */
	const char *route; /* the route's pattern */
	unsigned char body_hash[SHA256_BYTES];
};

/* What the effect answers: the address of the receipt, set by work. */
struct receipt {
	const char *location;
	bool repeated; /* set by submission_run(): an earlier run had the effect */
};

typedef enum status (*submission_work)(struct db *db, struct receipt *receipt, void *arg);

/* Runs work once for this submission, in a transaction (db_transact's rules). When the
 * id was used before with the same body: OK, receipt of then, repeated set, work not
 * called. With another body: E_CONFLICT. While an earlier run is undecided for longer than
 * a page waits: E_BUSY. An unknown COMMIT is settled by looking the id up. */
MUST_USE enum status submission_run(struct db *db, const struct submission *submission,
    submission_work work, void *arg, struct receipt *ret_receipt);

#endif
