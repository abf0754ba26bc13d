/*
 * seal.c: packing, padding and sealing of answers, and the keys of runs (seal.h). Used by the
 * answer pages and by the job that closes runs.
 *
 * A block: length of draft and of sent (4 bytes each, least significant first), both texts,
 * zeros to the size. A key's name is "run-" and the run's public id, so a database that is made
 * anew never meets the key of another.
 *
 * Limit, told in the README: who holds the key of an open run and can read the database can
 * link answers to persons until the run closes.
 */
#include "feedback/seal.h"

#include <string.h>

#define HEAD 8

static const size_t SIZES[] = { (size_t)1 * 1024, (size_t)4 * 1024, (size_t)16 * 1024,
	SEAL_MAX };

static const struct stmt SEALED_ANY = {
	"SELECT 1 FROM sealed_response WHERE run_id = ? LIMIT 1"
};

static void
put_length(unsigned char *to, size_t n)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(n >> (8 * i));
}

static size_t
get_length(const unsigned char *from)
{
	size_t n = 0;

	for (int i = 0; i < 4; i++)
		n |= (size_t)from[i] << (8 * i);
	return n;
}

enum status
seal_pack(struct arena *arena, const struct seal_content *content, struct bytes *ret)
{
	struct bytes draft = bytes_of(content->draft), sent = bytes_of(content->sent);
	size_t need = HEAD + draft.n + sent.n, i = 0;
	unsigned char *block;

	while (i < sizeof SIZES / sizeof *SIZES && SIZES[i] < need)
		i++;
	if (i == sizeof SIZES / sizeof *SIZES)
		return E_LIMIT;
	block = arena_alloc(arena, SIZES[i]);
	put_length(block, draft.n);
	put_length(block + 4, sent.n);
	if (draft.n)
		memcpy(block + HEAD, draft.p, draft.n);
	if (sent.n)
		memcpy(block + HEAD + draft.n, sent.p, sent.n);
	*ret = (struct bytes){ block, SIZES[i] };
	return OK;
}

enum status
seal_unpack(struct arena *arena, struct bytes block, struct seal_content *ret)
{
	size_t draft, sent;

	if (block.n < HEAD)
		return E_INPUT;
	draft = get_length(block.p);
	sent = get_length(block.p + 4);
	if (draft > block.n - HEAD || sent > block.n - HEAD - draft)
		return E_INPUT;
	ret->draft = arena_copy(arena, block.p + HEAD, draft);
	ret->sent = arena_copy(arena, block.p + HEAD + draft, sent);
	return OK;
}

static const char *
where(struct arena *arena, const struct seal_place *place)
{
	return text_printf(arena, "sealed_response/%s/%lld", id_text(arena, place->run_id),
	    (long long)place->person);
}

enum status
seal_close(struct arena *arena, const struct key *key, const struct seal_place *place,
    const struct seal_content *content, struct bytes *ret)
{
	struct bytes block;
	enum status status = seal_pack(arena, content, &block);

	if (status != OK)
		return status;
	return crypto_seal(arena, key, where(arena, place), block, ret);
}

enum status
seal_open(struct arena *arena, const struct key *key, const struct seal_place *place,
    struct bytes sealed, struct seal_content *ret)
{
	struct bytes block;
	enum status status = crypto_open(arena, key, where(arena, place), sealed, &block);

	return status == OK ? seal_unpack(arena, block, ret) : status;
}

static const char *
key_name(struct arena *arena, struct id run)
{
	return text_printf(arena, "run-%s", id_text(arena, run));
}

enum status
seal_key(struct arena *arena, struct id run, struct key *ret)
{
	return crypto_key(key_name(arena, run), false, ret);
}

enum status
seal_key_make(struct db *db, int64_t run, struct id run_id, struct key *ret)
{
	struct arena *arena = db_arena(db);
	enum status status = seal_key(arena, run_id, ret);

	if (status != E_ABSENT || db_int(db, &SEALED_ANY, 0, v_int(run)) != 0)
		return status;
	if (db_status(db) != OK)
		return db_status(db);
	return crypto_key(key_name(arena, run_id), true, ret);
}

enum status
seal_key_destroy(struct arena *arena, struct id run)
{
	enum status status = crypto_key_destroy(key_name(arena, run));

	return status == E_ABSENT ? OK : status;
}
