/*
 * crypto.h: random, hashes, sealing, passwords. Algorithms are fetched from OpenSSL
 * once at start and shared; contexts are per call.
 */
#ifndef KEPTWORD_CRYPTO_H
#define KEPTWORD_CRYPTO_H

#include "base/status.h"
#include "base/text.h"

/* Fetches SHA-256, HMAC (with SHA-1 besides), AES-256-GCM, scrypt; makes CONFIG_SCRYPT_SLOTS slots. Once,
 * before threads. */
MUST_USE enum status crypto_start(void);

/* n random bytes of the operating system's quality. Aborts the process when there are none. */
void crypto_random(void *out, size_t n);

/* A new random id of 128 bits, and its text: 26 characters of Crockford base32 in lower
 * case (no i, l, o, u), for URLs and codes. Reading accepts upper case, blanks and
 * hyphens, and takes o for 0, i and l for 1. */
#define ID_BYTES 16
#define ID_TEXT 26
struct id {
	unsigned char b[ID_BYTES];
};
struct id id_new(void);
char *id_text(struct arena *arena, struct id id);
MUST_USE bool id_parse(const char *text, struct id *ret);
/* The id in column of the current row (BINARY(16)), as it is and as id_text() writes it; SQL NULL
 * and anything of another length is sixteen zero bytes. */
struct rows;
struct id rows_id(const struct rows *rows, unsigned column);
char *rows_id_text(struct arena *arena, const struct rows *rows, unsigned column);

/* A session or link token: 256 random bits as 52 characters of the same alphabet. */
char *token_new(struct arena *arena);

#define SHA256_BYTES 32
/* SHA-256 and HMAC-SHA-256. They never fail: without memory the process ends. */
void crypto_sha256(struct bytes data, unsigned char out[SHA256_BYTES]);
void crypto_hmac(struct bytes key, struct bytes data, unsigned char out[SHA256_BYTES]);

#define SHA1_BYTES 20
/* HMAC-SHA-1, for RFC 6238 alone: authenticator apps know nothing else everywhere. */
void crypto_hmac_sha1(struct bytes key, struct bytes data, unsigned char out[SHA1_BYTES]);

/* Equal in constant time; different lengths are unequal. */
bool crypto_equal(struct bytes a, struct bytes b);

/* Overwrites. */
void crypto_wipe(void *p, size_t n);

/* AES-256-GCM with a random 12-byte IV. Sealed form: version byte 1, key number (1 byte),
 * IV, ciphertext, 16-byte tag. where ("table/column/row") is bound as associated data, so
 * a sealed cell cannot stand in another's place. */
struct key {
	unsigned char number;
	unsigned char secret[32];
};
MUST_USE enum status crypto_seal(struct arena *arena, const struct key *key, const char *where,
    struct bytes plain, struct bytes *ret);
/* E_INPUT when anything was changed, or the key number is another. */
MUST_USE enum status crypto_open(struct arena *arena, const struct key *key, const char *where,
    struct bytes sealed, struct bytes *ret);
/* Reads CONFIG_KEYS/<name>.key (32 bytes, of which group and others have no rights); makes it
 * (0600, fsynced) when absent and make is set. E_ABSENT when absent and not made. A name is
 * lower-case letters, digits, '_' and '-'; one that ends in "-2" to "-255" gives that key
 * number, any other 1. */
MUST_USE enum status crypto_key(const char *name, bool make, struct key *ret);
/* Overwrites and unlinks CONFIG_KEYS/<name>.key. */
MUST_USE enum status crypto_key_destroy(const char *name);

/* Ed25519 (RFC 8032): the secret of a key signs, its public half (32 bytes) verifies and may be
 * given to anybody; its text is PEM ("-----BEGIN PUBLIC KEY-----"). */
#define SIGNATURE_BYTES 64
#define PUBLIC_KEY_BYTES 32
MUST_USE enum status crypto_public(const struct key *key, unsigned char ret[PUBLIC_KEY_BYTES]);
MUST_USE enum status crypto_sign(
    const struct key *key, struct bytes message, unsigned char ret[SIGNATURE_BYTES]);
bool crypto_verify(const unsigned char public_key[PUBLIC_KEY_BYTES], struct bytes message,
    const unsigned char signature[SIGNATURE_BYTES]);
char *crypto_public_pem(
    struct arena *arena, const unsigned char public_key[PUBLIC_KEY_BYTES]);
/* E_INPUT when it is no such key. */
MUST_USE enum status crypto_public_read(
    const char *pem, unsigned char ret[PUBLIC_KEY_BYTES]);

/* scrypt with N = 2^CONFIG_SCRYPT_LOG_N, r = 8, p = 1, 16-byte salt. Stored form:
 * "scrypt$<log2 N>$8$1$<salt hex>$<hash hex>". Waits up to 2 s for a slot (each takes
 * 128 * N * r bytes), then E_BUSY. */
MUST_USE enum status password_hash(struct arena *arena, const char *password, const char **ret);
/* OK when it matches, E_DENIED when not, E_BUSY without a slot. stored NULL: does the same
 * work against a dummy and answers E_DENIED, so an unknown account takes as long. */
MUST_USE enum status password_check(const char *password, const char *stored);

#endif
