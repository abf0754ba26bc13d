/*
 * crypto.c: random, ids, hashes and sealing, see crypto.h. Keys are in key.c, passwords in
 * password.c.
 *
 * Owns the algorithms that crypto_start() fetches: shared by all threads, never freed.
 * Fetching on each use would go through OpenSSL's locks. Whatever OpenSSL puts into its
 * queue of errors is taken out again, so that nobody else reports it.
 */
#include "data/crypto.h"

#include "data/crypto_own.h"

#include <errno.h>
#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SEAL_VERSION 1
#define SEAL_HEAD 2 /* version, key number */
#define SEAL_IV 12
#define SEAL_TAG 16

static EVP_MD *sha256;
static EVP_CIPHER *aes_gcm;
static EVP_MAC *hmac;
/* Each knows its digest, so that a copy of it needs a key only. */
static EVP_MAC_CTX *hmac_ready, *hmac_sha1_ready;

/* A context for HMAC with this digest; NULL when there is none. */
static EVP_MAC_CTX *
hmac_with(char *digest)
{
	static const unsigned char no_key[1];
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_end(),
	};
	EVP_MAC_CTX *context = hmac ? EVP_MAC_CTX_new(hmac) : NULL;

	if (context && EVP_MAC_init(context, no_key, sizeof no_key, params) == 1)
		return context;
	EVP_MAC_CTX_free(context);
	return NULL;
}

enum status
crypto_start(void)
{
	static char digest[] = "SHA256", old_digest[] = "SHA1";

	if (hmac_ready)
		return OK;
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	aes_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	hmac_ready = hmac_with(digest);
	hmac_sha1_ready = hmac_with(old_digest);
	if (!sha256 || !aes_gcm || !hmac_ready || !hmac_sha1_ready || password_start() != OK) {
		ERR_clear_error();
		return E_FAULT;
	}
	return OK;
}

void
crypto_random(void *out, size_t n)
{
	unsigned char *p = out;

	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			abort(); /* no ids, no tokens, no keys: there is nothing to go on with
				  */
		p += got;
		n -= (size_t)got;
	}
}

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* Five bits a character, the last one filled up with zeros; text gets no NUL. */
static void
base32(const unsigned char *bytes, size_t n, char *text)
{
	unsigned held = 0, bits = 0;

	for (size_t i = 0; i < n; i++) {
		held = held << 8 | bytes[i];
		for (bits += 8; bits >= 5; bits -= 5)
			*text++ = alphabet[held >> (bits - 5) & 31];
		held &= 31;
	}
	if (bits > 0)
		*text = alphabet[held << (5 - bits) & 31];
}

/* 0..31, -1 for a character that is none. */
static int
base32_value(char c)
{
	const char *at;

	if (c >= 'A' && c <= 'Z')
		c = (char)(c | 0x20);
	if (c == 'o')
		return 0;
	if (c == 'i' || c == 'l')
		return 1;
	at = c ? strchr(alphabet, c) : NULL;
	return at ? (int)(at - alphabet) : -1;
}

struct id
id_new(void)
{
	struct id id;

	crypto_random(id.b, sizeof id.b);
	return id;
}

char *
id_text(struct arena *arena, struct id id)
{
	char *text = arena_alloc(arena, ID_TEXT + 1);

	base32(id.b, sizeof id.b, text);
	return text;
}

bool
id_parse(const char *text, struct id *ret)
{
	struct id id = { { 0 } };
	unsigned held = 0, bits = 0;
	size_t n = 0, chars = 0;

	for (; text && *text; text++) {
		int value = base32_value(*text);

		if (*text == ' ' || *text == '-')
			continue;
		if (value < 0 || ++chars > ID_TEXT)
			return false;
		held = (held << 5 | (unsigned)value) & 0xFFF;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			if (n < ID_BYTES)
				id.b[n++] = (unsigned char)(held >> bits);
		}
	}
	/* The two bits behind the last byte are zero, so that an id has one text only. */
	if (chars != ID_TEXT || (held & 3) != 0)
		return false;
	*ret = id;
	return true;
}

#define TOKEN_BYTES 32
#define TOKEN_TEXT 52

char *
token_new(struct arena *arena)
{
	unsigned char bytes[TOKEN_BYTES];
	char *text = arena_alloc(arena, TOKEN_TEXT + 1);

	crypto_random(bytes, sizeof bytes);
	base32(bytes, sizeof bytes, text);
	crypto_wipe(bytes, sizeof bytes);
	return text;
}

/* A hash that cannot be made must not look like one: without crypto_start() or memory
 * the process ends. */
const struct evp_md_st *
crypto_digest(void)
{
	return sha256;
}

void
crypto_sha256(struct bytes data, unsigned char out[SHA256_BYTES])
{
	if (!sha256 || EVP_Digest(data.p, data.n, out, NULL, sha256, NULL) != 1)
		abort();
}

static void
mac(const EVP_MAC_CTX *ready, struct bytes key, struct bytes data, unsigned char *out,
    size_t length)
{
	static const unsigned char nothing[1];
	EVP_MAC_CTX *context = ready ? EVP_MAC_CTX_dup(ready) : NULL;
	size_t n = 0;

	/* OpenSSL takes a NULL key for "the same as before". */
	if (!context || EVP_MAC_init(context, key.n ? key.p : nothing, key.n, NULL) != 1 ||
	    EVP_MAC_update(context, data.n ? data.p : nothing, data.n) != 1 ||
	    EVP_MAC_final(context, out, &n, length) != 1 || n != length)
		abort();
	EVP_MAC_CTX_free(context);
}

void
crypto_hmac(struct bytes key, struct bytes data, unsigned char out[SHA256_BYTES])
{
	mac(hmac_ready, key, data, out, SHA256_BYTES);
}

void
crypto_hmac_sha1(struct bytes key, struct bytes data, unsigned char out[SHA1_BYTES])
{
	mac(hmac_sha1_ready, key, data, out, SHA1_BYTES);
}

bool
crypto_equal(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0);
}

void
crypto_wipe(void *p, size_t n)
{
	OPENSSL_cleanse(p, n);
}

/* The associated data of a sealed cell: its head and its place. */
static bool
bind(EVP_CIPHER_CTX *context, const unsigned char *head, const char *where)
{
	size_t n = strlen(where);
	int done;

	return n <= INT_MAX && EVP_CipherUpdate(context, NULL, &done, head, SEAL_HEAD) == 1 &&
	       (n == 0 || EVP_CipherUpdate(
			      context, NULL, &done, (const unsigned char *)where, (int)n) == 1);
}

/* n bytes from one place to another, through the cipher. */
static bool
run(EVP_CIPHER_CTX *context, unsigned char *to, const unsigned char *from, size_t n)
{
	int done = 0;

	if (n == 0)
		return true;
	return EVP_CipherUpdate(context, to, &done, from, (int)n) == 1 && (size_t)done == n;
}

enum status
crypto_seal(struct arena *arena, const struct key *key, const char *where, struct bytes plain,
    struct bytes *ret)
{
	EVP_CIPHER_CTX *context;
	unsigned char *sealed, *iv, *text;
	int done;
	bool fine;

	if (plain.n > INT_MAX / 2)
		return E_LIMIT;
	sealed = arena_alloc(arena, SEAL_HEAD + SEAL_IV + plain.n + SEAL_TAG);
	iv = sealed + SEAL_HEAD;
	text = iv + SEAL_IV;
	sealed[0] = SEAL_VERSION;
	sealed[1] = key->number;
	crypto_random(iv, SEAL_IV);
	context = EVP_CIPHER_CTX_new();
	fine =
	    context && EVP_EncryptInit_ex2(context, aes_gcm, key->secret, iv, NULL) == 1 &&
	    bind(context, sealed, where) && run(context, text, plain.p, plain.n) &&
	    EVP_EncryptFinal_ex(context, text + plain.n, &done) == 1 &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG, text + plain.n) == 1;
	EVP_CIPHER_CTX_free(context);
	if (!fine) {
		ERR_clear_error();
		return E_FAULT;
	}
	*ret = (struct bytes){ sealed, SEAL_HEAD + SEAL_IV + plain.n + SEAL_TAG };
	return OK;
}

enum status
crypto_open(struct arena *arena, const struct key *key, const char *where, struct bytes sealed,
    struct bytes *ret)
{
	EVP_CIPHER_CTX *context;
	unsigned char *plain, tag[SEAL_TAG];
	const unsigned char *text = sealed.p + SEAL_HEAD + SEAL_IV;
	size_t n;
	int done;
	bool ready, fine;

	if (sealed.n < SEAL_HEAD + SEAL_IV + SEAL_TAG || sealed.p[0] != SEAL_VERSION ||
	    sealed.p[1] != key->number || sealed.n > INT_MAX / 2)
		return E_INPUT;
	n = sealed.n - SEAL_HEAD - SEAL_IV - SEAL_TAG;
	memcpy(tag, text + n, SEAL_TAG);
	plain = arena_alloc(arena, n + 1); /* a NUL behind, for texts */
	context = EVP_CIPHER_CTX_new();
	ready = context && EVP_DecryptInit_ex2(
			       context, aes_gcm, key->secret, sealed.p + SEAL_HEAD, NULL) == 1;
	/* Until Final has compared the tag, what stands in plain may be anybody's. */
	fine = ready && bind(context, sealed.p, where) && run(context, plain, text, n) &&
	       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, SEAL_TAG, tag) == 1 &&
	       EVP_DecryptFinal_ex(context, plain + n, &done) == 1;
	EVP_CIPHER_CTX_free(context);
	if (!fine) {
		crypto_wipe(plain, n);
		ERR_clear_error();
		return ready ? E_INPUT : E_FAULT;
	}
	*ret = (struct bytes){ plain, n };
	return OK;
}
