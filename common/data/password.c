/*
 * password.c: passwords as scrypt hashes, see crypto.h.
 *
 * One check needs 128 * N * r bytes (128 MiB at the default), so at most
 * CONFIG_SCRYPT_SLOTS run at a time; who waits longer than SLOT_SECONDS is told E_BUSY.
 * Owns the fetched algorithm and the semaphore of slots, for the life of the process.
 */
#include "base/config.h"
#include "data/crypto.h"
#include "data/crypto_own.h"

#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <semaphore.h>
#include <string.h>
#include <time.h>

#define SLOT_SECONDS 2
#define HASH_BYTES 32
#define SALT_BYTES 16
#define SALT_LEAST 8
#define SALT_MOST 64
#define BLOCK_SIZE 8 /* r */
#define PARALLEL 1   /* p */
#define LOG_N_MOST 20
#define BLOCK_SIZE_MOST 32
#define PARALLEL_MOST 16
#define MEMORY_MOST (UINT64_C(1) << 30)
#define STORED_MOST 512 /* characters of a stored hash */

struct cost {
	uint64_t log_n;
	uint32_t block_size, parallel;
};

static EVP_KDF *scrypt;
static sem_t slots;

enum status
password_start(void)
{
	scrypt = EVP_KDF_fetch(NULL, "SCRYPT", NULL);
	if (!scrypt || sem_init(&slots, 0, (unsigned)config_int(CONFIG_SCRYPT_SLOTS)) != 0)
		return E_FAULT;
	return OK;
}

static enum status
derive(const char *password, struct bytes salt, const struct cost *cost,
    unsigned char out[HASH_BYTES])
{
	uint64_t n = UINT64_C(1) << cost->log_n;
	uint32_t r = cost->block_size, p = cost->parallel;
	/* What the algorithm needs, and a little for its own blocks. */
	uint64_t memory = 128 * n * r + 128 * (uint64_t)r * p + (UINT64_C(1) << 20);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_PASSWORD, (void *)password, strlen(password)),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt.p, salt.n),
		OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
		OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
		OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
		OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
		OSSL_PARAM_construct_end(),
	};
	EVP_KDF_CTX *context = EVP_KDF_CTX_new(scrypt);
	bool fine = context && EVP_KDF_derive(context, out, HASH_BYTES, params) == 1;

	EVP_KDF_CTX_free(context);
	ERR_clear_error();
	return fine ? OK : E_FAULT;
}

/* As derive(), in a slot. */
static enum status
derive_in_slot(const char *password, struct bytes salt, const struct cost *cost,
    unsigned char out[HASH_BYTES])
{
	struct timespec until;
	enum status status;

	if (!scrypt)
		return E_FAULT;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += SLOT_SECONDS;
	while (sem_clockwait(&slots, CLOCK_MONOTONIC, &until) != 0)
		if (errno != EINTR)
			return E_BUSY;
	status = derive(password, salt, cost, out);
	sem_post(&slots);
	return status;
}

static struct cost
cost_now(void)
{
	return (struct cost){ (uint64_t)config_int(CONFIG_SCRYPT_LOG_N), BLOCK_SIZE, PARALLEL };
}

enum status
password_hash(struct arena *arena, const char *password, const char **ret)
{
	unsigned char salt[SALT_BYTES], hash[HASH_BYTES];
	struct cost cost = cost_now();
	enum status status;

	crypto_random(salt, sizeof salt);
	status = derive_in_slot(password, (struct bytes){ salt, sizeof salt }, &cost, hash);
	if (status != OK)
		return status;
	*ret = text_printf(arena, "scrypt$%d$%u$%u$%s$%s", (int)cost.log_n, cost.block_size,
	    cost.parallel, hex_text(arena, (struct bytes){ salt, sizeof salt }),
	    hex_text(arena, (struct bytes){ hash, sizeof hash }));
	crypto_wipe(hash, sizeof hash);
	return OK;
}

static bool
number_upto(const char *text, int64_t most, int64_t *ret)
{
	return text_to_int(text, ret) && *ret >= 1 && *ret <= most;
}

/* Takes a stored hash apart. False when it is none, or would cost too much. */
static bool
read_stored(struct arena *arena, const char *stored, struct cost *cost, struct bytes *salt,
    struct bytes *hash)
{
	int64_t log_n, r, p;
	size_t n;
	char **part = text_split(arena, stored, '$', &n);

	if (n != 6 || !text_is(part[0], "scrypt") ||
	    !number_upto(part[1], LOG_N_MOST, &log_n) ||
	    !number_upto(part[2], BLOCK_SIZE_MOST, &r) ||
	    !number_upto(part[3], PARALLEL_MOST, &p))
		return false;
	if (!hex_bytes(arena, part[4], salt) || !hex_bytes(arena, part[5], hash))
		return false;
	*cost = (struct cost){ (uint64_t)log_n, (uint32_t)r, (uint32_t)p };
	if (128 * (uint64_t)r << log_n > MEMORY_MOST)
		return false;
	return salt->n >= SALT_LEAST && salt->n <= SALT_MOST && hash->n == HASH_BYTES;
}

/* stored NULL: the same work against nothing. */
static enum status
check(struct arena *arena, const char *password, const char *stored)
{
	static const unsigned char dummy_salt[SALT_BYTES];
	unsigned char got[HASH_BYTES];
	struct bytes salt = { dummy_salt, sizeof dummy_salt }, hash = { NULL, 0 };
	struct cost cost = cost_now();
	enum status status;

	if (stored && !read_stored(arena, stored, &cost, &salt, &hash))
		return E_FAULT;
	status = derive_in_slot(password, salt, &cost, got);
	if (status == OK && !crypto_equal((struct bytes){ got, sizeof got }, hash))
		status = E_DENIED;
	crypto_wipe(got, sizeof got);
	return status;
}

enum status
password_check(const char *password, const char *stored)
{
	struct arena *arena;
	enum status status;

	if (stored && strnlen(stored, STORED_MOST) == STORED_MOST)
		return E_FAULT;
	/* The parts of a stored hash take far less than this. */
	arena = arena_new((size_t)16 * STORED_MOST);
	if (!arena)
		return E_BUSY;
	status = check(arena, password, stored);
	arena_free(arena);
	return status;
}
