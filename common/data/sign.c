/*
 * sign.c: Ed25519 signatures, see crypto.h. Nothing is kept: a key is made of its 32 bytes for
 * each call, which costs less than the signature.
 */
#include "data/crypto.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

/* A public key as DER is this head and its 32 bytes (RFC 8410). */
static const unsigned char DER_HEAD[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70,
	0x03, 0x21, 0x00 };
#define DER_BYTES (sizeof DER_HEAD + PUBLIC_KEY_BYTES)
#define BASE64_BYTES ((DER_BYTES + 2) / 3 * 4)

#define PEM_HEAD "-----BEGIN PUBLIC KEY-----\n"
#define PEM_FOOT "-----END PUBLIC KEY-----\n"

static EVP_PKEY *
secret_of(const struct key *key)
{
	return EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, key->secret, sizeof key->secret);
}

static enum status
answer(bool fine)
{
	if (!fine)
		ERR_clear_error();
	return fine ? OK : E_FAULT;
}

enum status
crypto_public(const struct key *key, unsigned char ret[PUBLIC_KEY_BYTES])
{
	EVP_PKEY *secret = secret_of(key);
	size_t n = PUBLIC_KEY_BYTES;
	bool fine = secret && EVP_PKEY_get_raw_public_key(secret, ret, &n) == 1 &&
		    n == PUBLIC_KEY_BYTES;

	EVP_PKEY_free(secret);
	return answer(fine);
}

enum status
crypto_sign(const struct key *key, struct bytes message, unsigned char ret[SIGNATURE_BYTES])
{
	EVP_PKEY *secret = secret_of(key);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t n = SIGNATURE_BYTES;
	bool fine =
	    secret && context && EVP_DigestSignInit(context, NULL, NULL, NULL, secret) == 1 &&
	    EVP_DigestSign(context, ret, &n, message.p, message.n) == 1 && n == SIGNATURE_BYTES;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(secret);
	return answer(fine);
}

bool
crypto_verify(const unsigned char public_key[PUBLIC_KEY_BYTES], struct bytes message,
    const unsigned char signature[SIGNATURE_BYTES])
{
	EVP_PKEY *key =
	    EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, PUBLIC_KEY_BYTES);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool fine =
	    key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestVerify(context, signature, SIGNATURE_BYTES, message.p, message.n) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return answer(fine) == OK;
}

char *
crypto_public_pem(struct arena *arena, const unsigned char public_key[PUBLIC_KEY_BYTES])
{
	unsigned char der[DER_BYTES], base64[BASE64_BYTES + 1];

	memcpy(der, DER_HEAD, sizeof DER_HEAD);
	memcpy(der + sizeof DER_HEAD, public_key, PUBLIC_KEY_BYTES);
	(void)EVP_EncodeBlock(base64, der, (int)sizeof der);
	return text_printf(arena, PEM_HEAD "%s\n" PEM_FOOT, (const char *)base64);
}

enum status
crypto_public_read(const char *pem, unsigned char ret[PUBLIC_KEY_BYTES])
{
	unsigned char der[BASE64_BYTES / 4 * 3];
	size_t head = strlen(PEM_HEAD);

	/* The base64 of 44 bytes is one line. */
	if (strncmp(pem, PEM_HEAD, head) != 0 || strlen(pem) < head + BASE64_BYTES ||
	    EVP_DecodeBlock(der, (const unsigned char *)pem + head, (int)BASE64_BYTES) !=
		(int)sizeof der ||
	    memcmp(der, DER_HEAD, sizeof DER_HEAD) != 0) {
		ERR_clear_error();
		return E_INPUT;
	}
	memcpy(ret, der + sizeof DER_HEAD, PUBLIC_KEY_BYTES);
	return OK;
}
