/*
 * keyring.c: see keyring.h. Numbers go up without a gap at the end: the newest is the highest
 * file.
 */
#include "data/keyring.h"

#include "base/config.h"
#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

#define NUMBER_MAX 255
#define SEALED_MIN 2 /* version and number */
#define PATH_MAX_HERE 4200

const char *
keyring_name(struct arena *arena, const char *key, int number)
{
	return number == 1 ? text_copy(arena, key) : text_printf(arena, "%s-%d", key, number);
}

static bool
is_there(const char *key, int number)
{
	char path[PATH_MAX_HERE], tail[16] = "";

	if (number > 1)
		(void)snprintf(tail, sizeof tail, "-%d", number);
	int n = snprintf(path, sizeof path, "%s/%s%s.key", config_text(CONFIG_KEYS), key, tail);
	return n > 0 && (size_t)n < sizeof path && access(path, F_OK) == 0;
}

int
keyring_newest(const char *key)
{
	int number = NUMBER_MAX;

	while (number > 0 && !is_there(key, number))
		number--;
	return number;
}

static enum status
key_of(const char *key, int number, bool make, struct key *ret)
{
	char name[80];

	if (number == 1)
		return crypto_key(key, make, ret);
	(void)snprintf(name, sizeof name, "%s-%d", key, number);
	return crypto_key(name, make, ret);
}

int
keyring_rotate(const char *key)
{
	int number = keyring_newest(key) + 1;
	struct key made;

	if (number > NUMBER_MAX || key_of(key, number, true, &made) != OK)
		return 0;
	crypto_wipe(&made, sizeof made);
	return number;
}

enum status
keyring_seal(struct arena *arena, const char *key, const char *where, struct bytes plain,
    struct bytes *ret)
{
	int newest = keyring_newest(key);
	struct key with;
	enum status status = key_of(key, newest ? newest : 1, newest == 0, &with);

	if (status != OK)
		return status;
	status = crypto_seal(arena, &with, where, plain, ret);
	crypto_wipe(&with, sizeof with);
	return status;
}

enum status
keyring_open(struct arena *arena, const char *key, const char *where, struct bytes sealed,
    struct bytes *ret)
{
	struct key with;

	if (sealed.n < SEALED_MIN || sealed.p[1] == 0)
		return E_INPUT;
	enum status status = key_of(key, sealed.p[1], false, &with);
	if (status != OK)
		return status;
	status = crypto_open(arena, &with, where, sealed, ret);
	crypto_wipe(&with, sizeof with);
	return status;
}

/* ---- Sealing anew ---- */

struct turn {
	const struct sealed_column *column;
	unsigned char newest;
	int64_t changed;
};

static bool
reseal_one(struct db *db, struct turn *turn, struct rows *rows)
{
	struct arena *arena = db_arena(db);
	const struct sealed_column *column = turn->column;
	struct bytes old = rows_bytes(rows, 2), id = rows_bytes(rows, 1), plain, sealed;
	struct id public_id = { 0 };

	for (size_t i = 0; i < ID_BYTES && i < id.n; i++)
		public_id.b[i] = id.p[i];
	const char *where = text_printf(arena, "%s/%s", column->what,
	    rows_null(rows, 1) ? text_printf(arena, "%lld", (long long)rows_int(rows, 0))
			       : id_text(arena, public_id));
	if (keyring_open(arena, column->key, where, old, &plain) != OK) {
		log_event(LOG_LEVEL_ERROR, "reseal_failed", LOG_TEXT("column", column->what),
		    LOG_INT("id", rows_int(rows, 0)));
		return false;
	}
	enum status status = keyring_seal(arena, column->key, where, plain, &sealed);
	crypto_wipe((void *)(uintptr_t)plain.p, plain.n);
	return status == OK && db_write(db, &column->change, v_bytes(sealed.p, sealed.n),
				   v_int(rows_int(rows, 0)), v_bytes(old.p, old.n)) == 1;
}

static enum status
reseal(struct db *db, void *arg)
{
	struct turn *turn = arg;
	struct rows *rows = db_read(db, &turn->column->other, v_bytes(&turn->newest, 1));

	turn->changed = 0;
	while (rows_next(rows))
		turn->changed += reseal_one(db, turn, rows);
	return db_status(db);
}

enum status
keyring_reseal(struct db *db, const struct sealed_column *columns)
{
	int64_t changed = 0;

	for (; columns && columns->key; columns++) {
		struct turn turn = { columns, (unsigned char)keyring_newest(columns->key), 0 };
		enum status status = turn.newest ? db_transact(db, reseal, NULL, &turn) : OK;
		if (status != OK)
			return status;
		changed += turn.changed;
	}
	return changed ? OK : E_ABSENT;
}

int64_t
keyring_used(struct db *db, const struct sealed_column *columns, const char *key, int number)
{
	unsigned char byte = (unsigned char)number;
	int64_t used = 0;

	for (; columns && columns->key; columns++)
		if (text_is(columns->key, key))
			used += db_int(db, &columns->count, 0, v_bytes(&byte, 1));
	return db_status(db) == OK ? used : -1;
}
