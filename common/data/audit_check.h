/*
 * audit_check.h: is the audit what was written? Reads a whole chain (audit_seal.h) in order,
 * works out each hash again and compares with the signed heads (audit_head.h).
 */
#ifndef KEPTWORD_AUDIT_CHECK_H
#define KEPTWORD_AUDIT_CHECK_H

#include "data/audit_head.h"

/* How a chain is read: a plugin reads its own tables; portal all of them, by procedures that take
 * the chain's name first (named). */
struct audit_reads {
	bool named;
	const struct stmt *last;     /* sequence, audit_id, sealed_at of the last seal; how many
	                              * rows audit has */
	const struct stmt *links;    /* (after, most): the columns of the view audit_chain */
	const struct stmt *unsealed; /* (most): id, at of rows without a seal, by id */
};
extern const struct audit_reads AUDIT_OWN;

enum audit_fault {
	AUDIT_ROW_CHANGED,   /* row: it is not what was sealed, or its seal is made up */
	AUDIT_SEAL_CHANGED,  /* row: it is as it was, the hash of its seal is not */
	AUDIT_ROW_DELETED,   /* row: the seal is there, the row is not */
	AUDIT_SEALS_MISSING, /* sequence..until: between the rows row and other */
	AUDIT_REWRITTEN,     /* sequence..until, rows row..other: sealed anew, differs from a
	                      * signed head */
	AUDIT_TAIL_CUT,      /* sequence..until are gone; row: the last one that was sealed */
	AUDIT_ROW_ADDED,     /* row: no seal, and older than what may still be waiting for one */
	AUDIT_ROW_UNSEALED,  /* row: no seal for more than 10 s; the worker is not running? */
	AUDIT_BAD_HEAD,      /* file, sequence: a line whose signature does not hold */
	AUDIT_NO_HEADS,      /* there is no file with signed heads */
	AUDIT_FAULT_MAX
};
struct audit_finding {
	enum audit_fault fault;
	int64_t sequence, until, row, other;
	instant at;       /* of the head that tells */
	const char *file;
};
typedef void (*audit_tell)(void *arg, const struct audit_finding *finding);

struct audit_result {
	int64_t rows;     /* sealed and as they were */
	int64_t waiting;  /* younger than 10 s, without a seal yet */
	int64_t heads;    /* signed heads that fit */
	int64_t found;    /* findings, also those that were not told any more */
};
#define AUDIT_TOLD_MAX 100 /* of one kind */

/* Checks one chain against the heads in folder and tells each finding. Takes leases of its own
 * and at most some MB at a time. OK whatever was found; else the database or the folder could
 * not be read. */
MUST_USE enum status audit_check(const struct audit_reads *reads, const char *chain,
    const char *folder, audit_tell tell, void *arg, struct audit_result *ret);

#endif
