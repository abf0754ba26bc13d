/*
 * oidc_token.c: is an ID token to be believed? Signatures are checked by cjose (OpenSSL below
 * it); which algorithm and which key may be used is decided here before, so a token cannot
 * choose "none", a shared secret, or a key that is meant for something else. Called by oidc.c;
 * waits for nothing.
 */
#include "portal/oidc.h"

#include <cjose/cjose.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/crypto.h"
#include "data/json.h"

#define TOKEN_MAX ((size_t)64 * 1024)
#define LEEWAY 60 /* seconds by which clocks may differ */
#define SUBJECT_MAX 255
#define KEYS_TRIED 8
#define RSA_BITS_MIN 2048

/* Never "none", never HS*: those a client could make from what everybody knows. */
static const struct algorithm {
	const char *name, *kind;
} ALGORITHMS[] = { { "RS256", "RSA" }, { "PS256", "RSA" }, { "ES256", "EC" } };

static const char *
member(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* The token's header, read by ourselves, because cjose takes any algorithm that it knows. */
static const json_t *
header_of(struct arena *arena, const char *token)
{
	uint8_t *text = NULL;
	size_t n = 0;
	json_t *json = NULL;

	if (cjose_base64url_decode(token, strcspn(token, "."), &text, &n, NULL)) {
		json = json_loadb((const char *)text, n, JSON_REJECT_DUPLICATES, NULL);
		free(text);
	}
	/* Not inside json_is_object(): that is a macro and looks at its argument twice. */
	(void)json_held(arena, json);
	return json_is_object(json) ? json : NULL;
}

static const struct algorithm *
algorithm_of(const json_t *header)
{
	for (size_t i = 0; i < sizeof ALGORITHMS / sizeof *ALGORITHMS; i++)
		if (text_is(member(header, "alg"), ALGORITHMS[i].name))
			return &ALGORITHMS[i];
	return NULL;
}

/* May this key have made a token with this header? */
static bool
key_fits(const json_t *key, const json_t *header, const struct algorithm *algorithm)
{
	const char *kid = member(header, "kid"), *use = member(key, "use"),
		   *alg = member(key, "alg");

	return text_is(member(key, "kty"), algorithm->kind) &&
	       (!kid || text_is(member(key, "kid"), kid)) && (!use || text_is(use, "sig")) &&
	       (!alg || text_is(alg, algorithm->name)) &&
	       (!text_is(algorithm->kind, "EC") || text_is(member(key, "crv"), "P-256"));
}

/* What cjose holds for one token; given back by a hook. */
struct held {
	cjose_jws_t *jws;
	cjose_jwk_t *jwk;
};

static void
give_back(void *arg)
{
	struct held *held = arg;

	cjose_jwk_release(held->jwk);
	cjose_jws_release(held->jws);
	*held = (struct held){ 0 };
}

static bool
signed_by(struct held *held, const json_t *key)
{
	char *text = json_dumps(key, JSON_COMPACT);
	bool fine;

	if (!text)
		return false;
	cjose_jwk_release(held->jwk);
	held->jwk = cjose_jwk_import(text, strlen(text), NULL);
	free(text);
	if (!held->jwk)
		return false;
	fine = cjose_jwk_get_kty(held->jwk, NULL) != CJOSE_JWK_KTY_RSA ||
	       cjose_jwk_get_keysize(held->jwk, NULL) >= RSA_BITS_MIN;
	return fine && cjose_jws_verify(held->jws, held->jwk, NULL);
}

/* Checks the signature; *ret is what was signed. */
static refusal
signature_check(struct arena *arena, const char *token, const json_t *header,
    const struct algorithm *algorithm, const char *keys, json_t **ret)
{
	struct held *held = arena_new_of(arena, struct held);
	const json_t *list = json_object_get(json_read_object(arena, bytes_of(keys)), "keys"),
		     *key;
	bool good = false;
	size_t i, n = 0;
	uint8_t *text;

	arena_hook(arena, give_back, held);
	held->jws = cjose_jws_import(token, strlen(token), NULL);
	if (!held->jws)
		return "malformed";
	json_array_foreach(
	    list, i, key) if (!good && n < KEYS_TRIED && key_fits(key, header, algorithm))
	{
		n++;
		good = signed_by(held, key);
	}
	if (!n)
		return "key_unknown";
	if (!good)
		return "signature";
	if (!cjose_jws_get_plaintext(held->jws, &text, &n, NULL))
		return "malformed";
	*ret = json_read_object(arena, (struct bytes){ text, n });
	return *ret ? NULL : "malformed";
}

/* For us: we are its only audience, or among several the one that it was made for. */
static bool
audience_is(const json_t *claims, const char *client)
{
	const json_t *audience = json_object_get(claims, "aud"), *one;
	const json_t *party = json_object_get(claims, "azp");
	bool ours = text_is(json_string_value(audience), client);
	size_t i;

	json_array_foreach(audience, i, one) ours =
	    ours || text_is(json_string_value(one), client);
	if (party || json_array_size(audience) > 1)
		ours = ours && text_is(json_string_value(party), client);
	return ours;
}

/* A NumericDate as an instant; false when it is none. */
static bool
date_of(const json_t *claims, const char *name, instant *ret)
{
	const json_t *number = json_object_get(claims, name);
	double seconds = json_number_value(number);

	if (!json_is_number(number) || !isfinite(seconds) || seconds < 0 || seconds > 1e11)
		return false;
	*ret = (instant)seconds * SECOND;
	return true;
}

/* Made for this sign-in (not before it began, not in the future) and still good. */
static refusal
times_check(const json_t *claims, const struct oidc_expected *expected)
{
	const instant leeway = LEEWAY * SECOND;
	instant at;

	if (!date_of(claims, "exp", &at) || at + leeway <= expected->now)
		return "expired";
	if (!date_of(claims, "iat", &at) || at + leeway < expected->begun)
		return "expired";
	if (at > expected->now + leeway)
		return "early";
	if (json_object_get(claims, "nbf") &&
	    (!date_of(claims, "nbf", &at) || at > expected->now + leeway))
		return "early";
	return NULL;
}

static bool
says_mfa(const json_t *methods)
{
	const json_t *one;
	size_t i;

	json_array_foreach(
	    methods, i, one) if (text_is(json_string_value(one), "mfa")) return true;
	return false;
}

static void
take_address(struct arena *arena, struct oidc_claims *claims)
{
	claims->email = text_copy(arena, member(claims->all, "email"));
	claims->email_verified = json_is_true(json_object_get(claims->all, "email_verified"));
}

refusal
oidc_token_check(struct arena *arena, const char *token, const char *keys,
    const struct oidc_expected *expected, struct oidc_claims *ret)
{
	const json_t *header = strlen(token) <= TOKEN_MAX ? header_of(arena, token) : NULL;
	const struct algorithm *algorithm = algorithm_of(header);
	json_t *claims = NULL;
	refusal why;

	if (!header)
		return "malformed";
	/* Nothing that has to be understood beyond RFC 7515 is. */
	if (!algorithm || json_object_get(header, "crit"))
		return "algorithm";
	why = signature_check(arena, token, header, algorithm, keys, &claims);
	if (why)
		return why;
	if (!text_is(member(claims, "iss"), expected->issuer))
		return "issuer";
	if (!audience_is(claims, expected->client))
		return "audience";
	why = times_check(claims, expected);
	if (why)
		return why;
	if (text_empty(expected->nonce) ||
	    !crypto_equal(bytes_of(member(claims, "nonce")), bytes_of(expected->nonce)))
		return "nonce";
	const char *subject = member(claims, "sub");
	if (text_empty(subject) || strlen(subject) > SUBJECT_MAX)
		return "subject";
	*ret = (struct oidc_claims){ .subject = subject,
		.two_factors = says_mfa(json_object_get(claims, "amr")),
		.all = claims };
	take_address(arena, ret);
	return NULL;
}

refusal
oidc_claims_add(struct arena *arena, struct oidc_claims *claims, const json_t *more)
{
	if (!text_is(member(more, "sub"), claims->subject))
		return "subject";
	/* An address and whether it was verified come from one place. */
	if (!json_object_get(claims->all, "email"))
		(void)json_object_del(claims->all, "email_verified");
	if (json_object_update_missing(claims->all, (json_t *)more))
		return "malformed";
	take_address(arena, claims);
	return NULL;
}
