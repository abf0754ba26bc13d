/*
 * keyring.h: encrypted columns whose key can be changed while everything runs.
 *
 * A key "accommodation" is the file accommodation.key (number 1), the next ones accommodation-2.key
 * and so on to 255. What is written is sealed with the newest; its number stands in each sealed cell
 * (crypto.h), so what is older is read with its own. A timer seals old cells anew; a key that no cell
 * uses can be removed. Nothing is kept in memory: a new key counts from the next cell on, in every
 * process.
 */
#ifndef KEPTWORD_KEYRING_H
#define KEPTWORD_KEYRING_H

#include "data/crypto.h"
#include "data/db.h"

/* The newest number of a key on this machine, 0 when there is none. */
int keyring_newest(const char *key);
/* Makes the next one and answers its number; the first, when there is none. 0: it cannot be made. */
int keyring_rotate(const char *key);
/* The file's name without ".key": "accommodation", "accommodation-2". */
const char *keyring_name(struct arena *arena, const char *key, int number);

/* crypto_seal() with the newest key, which is made when there is none. */
MUST_USE enum status keyring_seal(struct arena *arena, const char *key, const char *where,
    struct bytes plain, struct bytes *ret);
/* crypto_open() with the key that the cell names. E_ABSENT: it is not on this machine. */
MUST_USE enum status keyring_open(struct arena *arena, const char *key, const char *where,
    struct bytes sealed, struct bytes *ret);

/* An encrypted column of a plugin; listed in struct app, ended by key NULL. */
struct sealed_column {
	const char *key;
	const char *what;  /* "application/accommodation": where is what/<id> */
	struct stmt other; /* `?`: key number as one byte; rows (id for change, public id, cell) sealed
	                    * with another one, at most 100; public id NULL: where is what/<id>,
	                    * in decimal */
	struct stmt change; /* `?`: new cell, id, old cell: 0 rows when somebody was quicker */
	struct stmt count;  /* `?`: key number as one byte: how many cells use it */
};

/* One step: seals at most 100 cells of each column anew with the newest key. E_ABSENT: none was
 * left. A cell that cannot be opened stays and is told by a log line. */
MUST_USE enum status keyring_reseal(struct db *db, const struct sealed_column *columns);

/* Cells that use this key, in all columns of it; -1 when that cannot be told. */
int64_t keyring_used(
    struct db *db, const struct sealed_column *columns, const char *key, int number);

#endif
