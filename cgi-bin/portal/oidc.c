/*
 * oidc.c: signing in by OpenID Connect: authorization code with PKCE. Two addresses: one sends
 * the browser to the provider, the other takes it back.
 *
 * Rules (README 13-18). What belongs to one try (state, nonce, verifier, where to go on) stands
 * in a cookie of ten minutes, sealed, so nothing is stored here and an answer counts in the
 * browser that began alone. Both routes read no session: no connection to the database is held
 * while the provider is waited for. A refusal leaves an audit row with its code, never with
 * what came.
 */
#include "portal/oidc.h"

#include "base/config.h"
#include "base/log.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "portal/portal.h"
#include "web/face.h"
#include "web/page.h"

#include <cjose/base64.h>
#include <stdlib.h>
#include <string.h>

#define TRY_COOKIE "__Host-openid"
#define TRY_SECONDS 600
#define TRY_PARTS 5
#define TRY_WHERE "cookie/openid"
#define TO_MAX 1000
#define CODE_MAX 4096
#define WAIT ((int64_t)5 * 1000000) /* ticks, for all that is asked during one request */

/* One try to sign in. */
struct
try {
	instant begun;
	const char *state, *nonce, *verifier; /* 256 random bits each */
	const char *to;                       /* an address of this site */
};

static bool
configured(void)
{
	return !text_empty(config_text(CONFIG_OIDC_ISSUER));
}

/* ---- The cookie of a try ---- */

static enum status
try_begin(struct request *req, struct try *ret)
{
	struct arena *arena = request_arena(req);
	const char *to = request_query(req, "to");
	struct bytes sealed;
	struct key key;
	enum status status = crypto_key("openid", true, &key);

	if (status != OK)
		return status;
	*ret = (struct try){ time_now(), token_new(arena), token_new(arena), token_new(arena),
		reply_is_local(to) && strlen(to) <= TO_MAX ? to : "/" };
	status = crypto_seal(arena, &key, TRY_WHERE,
	    bytes_of(text_printf(arena, "%lld\n%s\n%s\n%s\n%s", (long long)ret->begun,
		ret->state, ret->nonce, ret->verifier, ret->to)),
	    &sealed);
	crypto_wipe(&key, sizeof key);
	if (status == OK)
		reply_cookie(req, TRY_COOKIE, hex_text(arena, sealed), TRY_SECONDS);
	return status;
}

/* The try that this browser began; false without one, or when it was too long ago. */
static bool
try_read(struct request *req, struct try *ret)
{
	struct arena *arena = request_arena(req);
	const char *cookie = request_cookie(req, TRY_COOKIE);
	struct bytes sealed, plain;
	struct key key;
	bool opened;
	int64_t begun;
	size_t n;

	if (!cookie || !hex_bytes(arena, cookie, &sealed) ||
	    crypto_key("openid", true, &key) != OK)
		return false;
	opened = crypto_open(arena, &key, TRY_WHERE, sealed, &plain) == OK;
	crypto_wipe(&key, sizeof key);
	if (!opened)
		return false;
	char **parts = text_split(arena, arena_copy(arena, plain.p, plain.n), '\n', &n);
	if (n != TRY_PARTS || !text_to_int(parts[0], &begun) ||
	    time_now() - begun > TRY_SECONDS * SECOND)
		return false;
	*ret = (struct try){ begun, parts[1], parts[2], parts[3], parts[4] };
	return true;
}

/* ---- What people see when it does not work ---- */

/* Every refusal, with the status and the words that go with it. Codes that are not here: what
 * came could not be trusted. */
static const struct {
	refusal why;
	int code;
	enum mark words;
} REFUSALS[] = {
	{ "state", 403, MARK_OPENID_OLD },
	{ "denied", 403, MARK_OPENID_DENIED },
	{ "away", 503, MARK_OPENID_AWAY },
	{ "busy", 503, MARK_OPENID_AWAY },
	{ "unusable", 503, MARK_OPENID_UNUSABLE },
	{ "roles_file", 503, MARK_OPENID_UNUSABLE },
	{ "mail_not_verified", 403, MARK_OPENID_MAIL },
	{ "person_unknown", 403, MARK_OPENID_UNKNOWN },
	{ "other_subject", 403, MARK_OPENID_TIED },
};

/* The sign-in page with what happened, and the row for who looks after the system. */
static enum status
refuse(struct request *req, refusal why)
{
	enum mark words = MARK_OPENID_UNTRUSTED;
	int code = 403;
	struct page *page;

	for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++)
		if (text_is(REFUSALS[i].why, why)) {
			words = REFUSALS[i].words;
			code = REFUSALS[i].code;
		}
	audit_add(request_db(req), &(struct audit){ .action = "sign_in.refused",
				       .object = "openid",
				       .reason = why,
				       .request = request_id(req) });
	if (code == 503)
		reply_header(req, "Retry-After", "30");
	page = sign_in_page(req);
	page_text(page_repeat(page, words), MARK_REQUEST_ID, request_id(req));
	return reply_page(req, code, page);
}

static refusal
refusal_of(enum status status)
{
	return status == E_BUSY ? "busy" : status == E_AWAY ? "away" : "unusable";
}

/* ---- There ---- */

/* RFC 7636 4.2: BASE64URL(SHA-256(verifier)). "" without memory. */
static const char *
challenge_of(struct arena *arena, const char *verifier)
{
	unsigned char hash[SHA256_BYTES];
	char *text = NULL;
	size_t n = 0;
	const char *copy;

	crypto_sha256(bytes_of(verifier), hash);
	if (!cjose_base64url_encode(hash, sizeof hash, &text, &n, NULL))
		return "";
	copy = arena_copy(arena, text, n);
	free(text);
	return copy;
}

enum status
oidc_begin(struct request *req)
{
	struct arena *arena = request_arena(req);
	const struct oidc_provider *provider;
	const char *endpoint;
	struct try try;
	enum status status;

	if (!configured())
		return E_ABSENT;
	status = oidc_provider_hold(arena, time_ticks() + WAIT, &provider);
	if (status != OK)
		return refuse(req, refusal_of(status));
	status = try_begin(req, &try);
	if (status != OK)
		return status;
	endpoint = oidc_authorization_endpoint(provider);
	return reply_leave(req,
	    text_printf(arena,
		"%s%cresponse_type=code&client_id=%s&redirect_uri=%s&scope=%s&state=%s&nonce=%s"
		"&code_challenge=%s&code_challenge_method=S256",
		endpoint, strchr(endpoint, '?') ? '&' : '?',
		url_encode(arena, config_text(CONFIG_OIDC_CLIENT_ID)),
		url_encode(arena, oidc_redirect_uri(arena, face_here(req))),
		url_encode(arena, config_text(CONFIG_OIDC_SCOPES)), try.state, try.nonce,
		challenge_of(arena, try.verifier)));
}

/* ---- And back ---- */

/* What the answer's address says, before anybody is asked: is it the answer to our question? */
static refusal
answer_check(struct request *req, struct try *try)
{
	const char *issuer = request_query(req, "iss"), *error = request_query(req, "error");

	if (!try_read(req, try) ||
	    !crypto_equal(bytes_of(request_query(req, "state")), bytes_of(try->state)))
		return "state";
	if (!text_empty(issuer) && !text_is(issuer, config_text(CONFIG_OIDC_ISSUER)))
		return "issuer_parameter";
	if (text_is(error, "access_denied") || text_is(error, "login_required") ||
	    text_is(error, "interaction_required") || text_is(error, "consent_required"))
		return "denied";
	if (text_is(error, "temporarily_unavailable") || text_is(error, "server_error"))
		return "away";
	if (!text_empty(error))
		return "provider_error";
	if (text_empty(request_query(req, "code")) ||
	    strlen(request_query(req, "code")) > CODE_MAX)
		return "code";
	return NULL;
}

/* The code for the ID token, and what that and the provider say. */
static refusal
claims_read(struct request *req, const struct try *try, struct oidc_claims *ret)
{
	struct arena *arena = request_arena(req);
	const int64_t until = time_ticks() + WAIT;
	const struct oidc_provider *provider;
	struct oidc_tokens tokens;
	const json_t *more = NULL;
	refusal why;
	enum status status = oidc_provider_hold(arena, until, &provider);

	if (status != OK)
		return refusal_of(status);
	if (oidc_sends_issuer(provider) && text_empty(request_query(req, "iss")))
		return "issuer_parameter";
	status = oidc_exchange(arena, provider, request_query(req, "code"),
	    oidc_redirect_uri(arena, face_here(req)), try->verifier, until, &tokens);
	if (status != OK)
		return status == E_DENIED ? "code" : refusal_of(status);
	const struct oidc_expected expected = { config_text(CONFIG_OIDC_ISSUER),
		config_text(CONFIG_OIDC_CLIENT_ID), try->nonce, try->begun, time_now() };
	why = oidc_token_check(arena, tokens.id, oidc_keys(provider), &expected, ret);
	/* Keys change; but nobody makes us ask again and again. */
	if (text_is(why, "key_unknown") && oidc_provider_anew(arena, until, &provider) == OK)
		why = oidc_token_check(arena, tokens.id, oidc_keys(provider), &expected, ret);
	if (why || (*ret->email && text_empty(config_text(CONFIG_OIDC_ROLES))))
		return why;
	status = oidc_user_info(arena, provider, &tokens, until, &more);
	if (status != OK)
		return refusal_of(status);
	return more ? oidc_claims_add(arena, ret, more) : NULL;
}

enum status
oidc_return(struct request *req)
{
	struct oidc_claims claims = { 0 };
	struct entry entry = { 0 };
	struct try try;
	enum status status;
	refusal why;

	if (!configured())
		return E_ABSENT;
	reply_cookie(req, TRY_COOKIE, "", 0);
	why = answer_check(req, &try);
	if (!why)
		why = claims_read(req, &try, &claims);
	if (why)
		return refuse(req, why);
	status = oidc_sign_in(req, &claims, &entry, &why);
	if (why)
		return refuse(req, why);
	if (status != OK)
		return status;
	return reply_redirect(req, entry_hand_over(req, &entry, try.to));
}
