/*
 * seal.h: answers of an open run, as they lie in the database: unreadable without the run's key
 * and of one of four sizes, so that their length tells next to nothing.
 */
#ifndef KEPTWORD_FEEDBACK_SEAL_H
#define KEPTWORD_FEEDBACK_SEAL_H

#include "data/crypto.h"
#include "data/db.h"

/* What one person has written, as JSON of answers_write(). sent is what counts; draft is what
 * was saved after it, or before anything was sent. "" where there is nothing. */
struct seal_content {
	const char *draft, *sent;
};

/* Both in one block of 1, 4, 16 or 64 KiB. E_LIMIT when they are longer. */
#define SEAL_MAX ((size_t)64 * 1024)
MUST_USE enum status seal_pack(
    struct arena *arena, const struct seal_content *content, struct bytes *ret);
/* E_INPUT when the block is not one of seal_pack(). */
MUST_USE enum status seal_unpack(
    struct arena *arena, struct bytes block, struct seal_content *ret);

/* A run and a person, to whom a sealed row is bound. */
struct seal_place {
	int64_t run, person;
	struct id run_id; /* the run's public id: the name of its key */
};
MUST_USE enum status seal_close(struct arena *arena, const struct key *key,
    const struct seal_place *place, const struct seal_content *content, struct bytes *ret);
MUST_USE enum status seal_open(struct arena *arena, const struct key *key,
    const struct seal_place *place, struct bytes sealed, struct seal_content *ret);

/* The key of a run, from the key folder of this machine. E_ABSENT: it is not here, and what was
 * sealed with it cannot be read here. The caller wipes it. */
MUST_USE enum status seal_key(struct arena *arena, struct id run, struct key *ret);
/* The same, but made when it is absent and nothing was sealed yet. Only in a transaction that
 * holds the run's row, or it could come back after its end. */
MUST_USE enum status seal_key_make(
    struct db *db, int64_t run, struct id run_id, struct key *ret);
/* Overwrites and removes it. Absent already: OK. */
MUST_USE enum status seal_key_destroy(struct arena *arena, struct id run);

#endif
