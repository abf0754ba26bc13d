/*
 * oidc.h: what the files of signing in by OpenID Connect know of each other: oidc.c (the pages),
 * oidc_provider.c (the provider's documents and its token endpoint), oidc_token.c (is an ID token
 * to be believed?), oidc_person.c (whose account it is) and oidc_roles.c (which roles claims give).
 */
#ifndef KEPTWORD_OIDC_H
#define KEPTWORD_OIDC_H

#include "base/text.h"
#include "base/time.h"
#include "portal/entry.h"
#include "web/request.h"

#include <jansson.h>

/* Why somebody was not signed in: a code of the table in README.md ("signature", "nonce" ...) that
 * stands in the audit row and chooses the page; NULL: nothing is wrong. */
typedef const char *refusal;

/* ---- oidc_provider.c ---- */

/* What the provider says of itself, read from its discovery document and key set and kept for an
 * hour. Never changes; held until the arena that it was held for is reset. */
struct oidc_provider;
const char *oidc_authorization_endpoint(const struct oidc_provider *provider);
const char *oidc_keys(const struct oidc_provider *provider); /* the JWK set, JSON */
/* Does it send its name with each answer (RFC 9207)? Then an answer without is not its own. */
bool oidc_sends_issuer(const struct oidc_provider *provider);

/* The provider as it is known, or asked now. Waits at most until `until` (time_ticks()), holding no
 * lock; at most a few threads of a process wait for it at a time, so a provider that hangs blocks
 * nobody else. E_AWAY, E_BUSY (others wait already), E_FAULT (its documents are not usable; the log
 * says why). */
MUST_USE enum status oidc_provider_hold(
    struct arena *arena, int64_t until, const struct oidc_provider **ret);
/* Asks anew, because a key is unknown; E_LIMIT when that was done less than a minute ago. */
MUST_USE enum status oidc_provider_anew(
    struct arena *arena, int64_t until, const struct oidc_provider **ret);
/* What a code was exchanged for. */
struct oidc_tokens {
	const char *id;
	const char *access; /* for oidc_user_info() alone; "" when there is none */
};
/* Exchanges a code. E_DENIED: the provider does not take the code; E_AWAY,
 * E_BUSY; E_FAULT: its answer is not usable, or our secret cannot be read. */
MUST_USE enum status oidc_exchange(struct arena *arena, const struct oidc_provider *provider,
    const char *code,
    const char *redirect_uri, const char *verifier, int64_t until, struct oidc_tokens *ret);
/* What the provider says of the person beside the ID token: a JSON object that lives as long as the
 * arena; NULL when the provider has no such endpoint or gave no access token. */
MUST_USE enum status oidc_user_info(struct arena *arena, const struct oidc_provider *provider,
    const struct oidc_tokens *tokens, int64_t until, const json_t **ret);
/* The address to which the provider sends people back, on the face that they came from (its origin):
 * the cookie of the try is there. */
const char *oidc_redirect_uri(struct arena *arena, const char *origin);
/* The content of a small file of the configuration; false when it cannot be read, is longer than
 * 64 KiB or no text. */
bool oidc_file(struct arena *arena, const char *path, const char **ret);

/* ---- oidc_token.c ---- */

/* What an ID token has to say. */
struct oidc_expected {
	const char *issuer, *client, *nonce;
	instant begun; /* when the person was sent to the provider */
	instant now;
};
struct oidc_claims {
	const char *subject;
	const char *email;   /* "" when there is none */
	bool email_verified; /* the provider says so itself: JSON true */
	bool two_factors;    /* "mfa" is among its `amr` (RFC 8176) */
	json_t *all;         /* lives as long as the arena */
};
/* Checks signature (by one of keys, RS256, PS256 or ES256 alone), issuer, audience, times and
 * nonce, in this order. NULL, and *ret is filled; otherwise "malformed", "algorithm",
 * "key_unknown", "signature", "issuer", "audience", "expired", "early", "nonce" or "subject". */
MUST_USE refusal oidc_token_check(struct arena *arena, const char *token, const char *keys,
    const struct oidc_expected *expected, struct oidc_claims *ret);
/* Adds what the provider says of the person beside the token (RFC-conforming providers leave the
 * address out of it); what the token says counts. "subject" when it speaks of somebody else. */
MUST_USE refusal oidc_claims_add(
    struct arena *arena, struct oidc_claims *claims, const json_t *more);

/* ---- oidc_roles.c ---- */

/* Reads CONFIG_OIDC_ROLES: *ret_named are the roles that the file speaks of, *ret_wanted those of
 * them that these claims give. E_FAULT when the file cannot be read or a line is wrong (*ret_line,
 * 0: the file itself). Without a file: OK, none. */
MUST_USE enum status oidc_roles_of(struct arena *arena, const json_t *claims, roles *ret_named,
    roles *ret_wanted, int *ret_line);

/* ---- oidc_person.c ---- */

/* Finds the account of these claims, ties it to the provider's subject at the first time, gives and
 * ends roles, and begins a session or a half-open sign-in (entry.h). E_DENIED with *ret_why when
 * there is no account to sign in to, or "roles_file"; then nothing has changed. */
MUST_USE enum status oidc_sign_in(struct request *req, const struct oidc_claims *claims,
    struct entry *ret_entry, refusal *ret_why);

#endif
