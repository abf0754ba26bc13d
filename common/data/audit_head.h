/*
 * audit_head.h: the head of a chain of audit seals, signed and copied out of the database.
 *
 * A chain alone does not show that its end was cut off or that all of it was made anew. So each
 * minute in which something was sealed the worker appends one line to
 *
 *     KEPTWORD_AUDIT_HEADS/<chain>-<year>-<month>.heads
 *
 *     v1 <chain> <sequence> <audit id> <microseconds since 1970> <hash> <key number> <signature>
 *
 * hash and signature in hex; the signature is Ed25519 (RFC 8032) over the line up to the blank
 * before it. An operator ships this folder to where who runs the database cannot write. The
 * public key lies beside, <chain>-<key number>.pem, to be kept there too: `check-audit --heads`
 * and `openssl pkeyutl -verify -rawin` read both. The secret one is KEPTWORD_KEYS/audit-<chain>
 * (32 bytes; audit-<chain>-2 and so on take its place, the highest number signs).
 */
#ifndef KEPTWORD_AUDIT_HEAD_H
#define KEPTWORD_AUDIT_HEAD_H

#include "data/audit_seal.h"

/* Appends the head, at most a line a minute and never the same twice; written through to the
 * disk. What fails is a log line "audit_head_failed" and is tried again at the next call. A file
 * that knows a later head than the database has is said, "audit_head_behind": rows were cut off,
 * or an older backup stands here. One thread of a process calls it. */
void audit_head_copy_out(
    struct arena *arena, const char *chain, const struct audit_link *head);

/* Puts the files of heads of all chains aside, under names that nothing reads: after the database
 * was thrown away or replaced by an older one on purpose. False when one could not be. */
MUST_USE bool audit_heads_set_aside(const char *folder);

struct audit_head {
	int64_t sequence, audit_id;
	instant at;
	unsigned char hash[SHA256_BYTES];
};
struct audit_heads {
	size_t n, n_bad; /* good ones by sequence; lines that cannot be read or whose signature
	                  * does not hold */
	struct audit_head *heads;
	const char *bad_file; /* of the first bad line, and which line of it */
	size_t bad_line;
	bool no_key; /* a line's public key is not there; such lines count as bad */
};
/* Reads and verifies all files of a chain. E_ABSENT: there is none; E_FAULT: the folder cannot be
 * read. A key in CONFIG_KEYS that does not fit the public one counts as a bad line. */
MUST_USE enum status audit_heads_read(
    struct arena *arena, const char *folder, const char *chain, struct audit_heads *ret);

#endif
