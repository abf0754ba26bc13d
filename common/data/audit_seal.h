/*
 * audit_seal.h: seals for the rows of `audit`, so that a change from outside is found.
 *
 * A row is added in the transaction of what it records and is not chained there: a head that
 * every transaction changes would make them wait for each other. The worker of each plugin runs
 * audit_seal_step() every second; it gives each committed row the next sequence number and
 *
 *     hash = SHA-256(hash of the sequence before ‖ fields)
 *     fields = sequence, sealed_at, id, at, actor_id, action, object, reason, request_id
 *
 * each field as "<bytes>:<text>," with numbers in decimal, instants as microseconds since 1970,
 * NULL as "-,". Before the first comes SHA-256("keptword audit chain <name>"), where the name is
 * the database's without "keptword_". A script of a few lines can work it out again.
 *
 * The head of the chain is signed and copied out (audit_head.h): who can write to the database
 * could seal anew what they changed, and what stands elsewhere tells.
 *
 * Order of sealing is not order of ids: a transaction that ends late brings an id below sealed
 * ones. Which ids may still come is decided by time: what was there when a row was sealed an hour
 * ago has long been committed or undone, because nothing of ours stays open that long.
 */
#ifndef KEPTWORD_AUDIT_SEAL_H
#define KEPTWORD_AUDIT_SEAL_H

#include "data/crypto.h"
#include "data/db.h"
#include "data/job.h"

/* A row as it stands; reason and request are NULL where the column is. */
struct audit_row {
	int64_t id;
	instant at;
	int64_t actor;
	const char *action, *object, *reason, *request;
};
struct audit_link {
	int64_t sequence; /* from 1, without a gap */
	int64_t audit_id;
	instant sealed_at;
	unsigned char hash[SHA256_BYTES];
};

/* "payments" for the database keptword_payments: the chain of this process. */
const char *audit_chain_name(void);

/* What stands before the first hash of a chain. */
void audit_chain_begin(struct arena *arena, const char *chain, unsigned char out[SHA256_BYTES]);

/* The hash of one link, of whose fields sequence and sealed_at count. work is emptied first and
 * grows once: one buffer for many links. */
void audit_link_hash(struct buf *work, const unsigned char before[SHA256_BYTES],
    const struct audit_link *link, const struct audit_row *row, unsigned char out[SHA256_BYTES]);

/* Timer "audit.seal", every second: seals what is there, copies the head out. One thread of a
 * process calls it; of two workers one seals and the other comes again. What was there unsealed
 * for more than 10 s is said by a log line "audit_unsealed" of level error. */
enum status audit_seal_step(struct db *db, struct job *job);

/* How far sealing is behind, for health and metrics; one look at two keys. */
struct audit_lag {
	int64_t sequence; /* of the last seal, 0 for none */
	instant sealed_at; /* ... and when it was made; 0 */
	instant since;    /* when the oldest row above the sealed ones was written, 0: none waits */
};
#define AUDIT_LAG_MAX (10 * SECOND) /* what waits longer raises an alarm */
MUST_USE enum status audit_lag(struct db *db, struct audit_lag *ret);

#endif
