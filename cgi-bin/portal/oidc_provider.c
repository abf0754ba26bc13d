/*
 * oidc_provider.c: talks to the OpenID Connect provider: discovery document, key set, token
 * endpoint. Called by oidc.c.
 *
 * Only CONFIG_OIDC_ISSUER says which server that is. Its document may name further addresses;
 * each has to be https (or this machine), and the document has to call itself as the
 * configuration does. What it says is kept for an hour in an arena of its own behind a mutex,
 * which is never held while something is waited for. Every call takes one of a few places and
 * ends at the caller's deadline.
 */
#include "portal/oidc.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"
#include "data/json.h"
#include "doc/http.h"

#define TICKS ((int64_t)1000000) /* of time_ticks(), a second */
#define FRESH (3600 * TICKS)
#define ANEW_AFTER (60 * TICKS)
#define CALLS_AT_ONCE 4
#define ANSWER_MAX ((size_t)128 * 1024)
#define FILE_MAX 65536
#define PROVIDER_ROOM ((size_t)512 * 1024)

struct oidc_provider {
	struct arena *arena; /* holds all of it */
	atomic_int held;
	int64_t made; /* time_ticks() */
	const char *authorization, *token, *keys;
	const char *user_info; /* "" when there is none */
	bool secret_in_body;   /* the token endpoint takes no basic authentication */
	bool sends_issuer;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct oidc_provider *known; /* holds itself once */
static int64_t anew_at;             /* when a key was unknown last; 0: never */
static atomic_int calls;

const char *
oidc_authorization_endpoint(const struct oidc_provider *provider)
{
	return provider->authorization;
}

const char *
oidc_keys(const struct oidc_provider *provider)
{
	return provider->keys;
}

bool
oidc_sends_issuer(const struct oidc_provider *provider)
{
	return provider->sends_issuer;
}

const char *
oidc_redirect_uri(struct arena *arena, const char *origin)
{
	return text_printf(arena, "%s/sign-in/openid/callback", origin);
}

bool
oidc_file(struct arena *arena, const char *path, const char **ret)
{
	char *text = arena_alloc(arena, FILE_MAX + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t n = fd < 0 ? -1 : 1;

	while (n > 0 && used <= FILE_MAX) {
		n = read(fd, text + used, FILE_MAX + 1 - used);
		used += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		(void)close(fd);
	if (n < 0 || used > FILE_MAX || !text_valid(text, used, NULL))
		return false;
	text[used] = 0;
	*ret = text;
	return true;
}

/* ---- One call ---- */

static void
give_back_place(void *arg)
{
	bool *taken = arg;

	if (*taken)
		atomic_fetch_sub(&calls, 1);
	*taken = false;
}

/* http_ask() that ends at the deadline, in one of the few places. */
static enum status
ask(struct arena *arena, struct http_call *call, int64_t until, struct http_answer *ret)
{
	bool *taken = arena_new_of(arena, bool);
	const char *why = "";
	enum status status;

	call->wait = (int)((until - time_ticks()) / (TICKS / 1000));
	call->most = ANSWER_MAX;
	if (call->wait <= 0)
		return E_AWAY;
	arena_hook(arena, give_back_place, taken);
	*taken = true;
	if (atomic_fetch_add(&calls, 1) >= CALLS_AT_ONCE) {
		give_back_place(taken);
		return E_BUSY;
	}
	status = http_ask(arena, call, ret, &why);
	give_back_place(taken);
	if (status != OK)
		log_event(LOG_LEVEL_WARN, "openid_provider_away", LOG_TEXT("why", why));
	return status == OK ? OK : status == E_AWAY ? E_AWAY : E_FAULT;
}

static enum status
unusable(const char *what)
{
	log_event(LOG_LEVEL_ERROR, "openid_provider_unusable", LOG_TEXT("what", what));
	return E_FAULT;
}

static enum status
get(struct arena *arena, const char *url, const struct http_header *headers, int64_t until,
    struct http_answer *ret)
{
	struct http_call call = { .url = url, .headers = headers };
	enum status status = ask(arena, &call, until, ret);

	if (status != OK || ret->status == 200)
		return status;
	log_event(LOG_LEVEL_WARN, "openid_provider_status", LOG_INT("status", ret->status));
	return ret->status >= 500 || ret->status == 429 ? E_AWAY : unusable("status");
}

/* ---- What it says of itself ---- */

static void
let_go(void *arg)
{
	struct oidc_provider *provider = arg;

	if (atomic_fetch_sub(&provider->held, 1) == 1)
		arena_free(provider->arena);
}

/* A member that is an address we would speak to, or send a browser to; NULL otherwise. */
static const char *
endpoint(const json_t *document, const char *name)
{
	const char *url = json_string_value(json_object_get(document, name));

	return url && http_may_ask(url) && !strchr(url, '#') && strlen(url) <= 1000 ? url
										    : NULL;
}

/* Does the document say that basic authentication is not taken? What it does not say, it takes.
 */
static bool
only_in_body(const json_t *document)
{
	const json_t *methods =
	    json_object_get(document, "token_endpoint_auth_methods_supported");
	bool body = false;

	for (size_t i = 0; i < json_array_size(methods); i++) {
		const char *method = json_string_value(json_array_get(methods, i));

		if (text_is(method, "client_secret_basic"))
			return false;
		body = body || text_is(method, "client_secret_post");
	}
	return body;
}

/* A copy that outlives the request, held once; NULL without memory. */
static struct oidc_provider *
keep(const json_t *document, const char *authorization, const char *token, struct bytes keys)
{
	struct arena *arena = arena_new(PROVIDER_ROOM);
	struct oidc_provider *provider;
	jmp_buf no_memory;

	if (!arena)
		return NULL;
	if (setjmp(no_memory)) {
		arena_free(arena);
		return NULL;
	}
	arena_recover(arena, &no_memory);
	provider = arena_new_of(arena, struct oidc_provider);
	provider->arena = arena;
	provider->made = time_ticks();
	provider->authorization = text_copy(arena, authorization);
	provider->token = text_copy(arena, token);
	provider->keys = arena_copy(arena, keys.p, keys.n);
	provider->user_info = text_copy(arena, endpoint(document, "userinfo_endpoint"));
	provider->secret_in_body = only_in_body(document);
	provider->sends_issuer = json_is_true(
	    json_object_get(document, "authorization_response_iss_parameter_supported"));
	atomic_init(&provider->held, 1);
	arena_recover(arena, NULL);
	return provider;
}

/* Asks for both documents and puts what they say in the place of what was known. */
static enum status
fetch(struct arena *arena, int64_t until)
{
	const char *issuer = config_text(CONFIG_OIDC_ISSUER);
	int n = (int)strlen(issuer) - (issuer[strlen(issuer) - 1] == '/');
	struct http_answer document, keys;
	struct oidc_provider *provider, *before;
	const char *authorization, *token, *keys_url;
	const json_t *json;
	enum status status =
	    get(arena, text_printf(arena, "%.*s/.well-known/openid-configuration", n, issuer),
		NULL, until, &document);

	if (status != OK)
		return status;
	json = json_read_object(arena, document.body);
	if (!json)
		return unusable("discovery is no JSON object");
	if (!text_is(json_string_value(json_object_get(json, "issuer")), issuer))
		return unusable("issuer is not KEPTWORD_OIDC_ISSUER");
	authorization = endpoint(json, "authorization_endpoint");
	token = endpoint(json, "token_endpoint");
	keys_url = endpoint(json, "jwks_uri");
	if (!authorization || !token || !keys_url)
		return unusable("an endpoint is missing or not https");
	status = get(arena, keys_url, NULL, until, &keys);
	if (status != OK)
		return status;
	const json_t *list = json_object_get(json_read_object(arena, keys.body), "keys");
	if (!json_is_array(list))
		return unusable("the key set is none");
	provider = keep(json, authorization, token, keys.body);
	if (!provider)
		return E_BUSY;
	(void)pthread_mutex_lock(&lock);
	before = known;
	known = provider;
	(void)pthread_mutex_unlock(&lock);
	if (before)
		let_go(before);
	return OK;
}

/* Holds what is known if it is fresh; NULL otherwise. */
static const struct oidc_provider *
hold(struct arena *arena)
{
	struct oidc_provider *provider;

	(void)pthread_mutex_lock(&lock);
	provider = known;
	if (provider && time_ticks() - provider->made <= FRESH)
		atomic_fetch_add(&provider->held, 1);
	else
		provider = NULL;
	(void)pthread_mutex_unlock(&lock);
	if (provider)
		arena_hook(arena, let_go, provider);
	return provider;
}

enum status
oidc_provider_hold(struct arena *arena, int64_t until, const struct oidc_provider **ret)
{
	const struct oidc_provider *provider = hold(arena);
	enum status status = provider ? OK : fetch(arena, until);

	if (!provider && status == OK)
		provider = hold(arena);
	if (!provider)
		return status == OK ? E_BUSY : status;
	*ret = provider;
	return OK;
}

enum status
oidc_provider_anew(struct arena *arena, int64_t until, const struct oidc_provider **ret)
{
	int64_t now = time_ticks();
	bool early;
	enum status status;

	(void)pthread_mutex_lock(&lock);
	early = anew_at && now - anew_at < ANEW_AFTER;
	if (!early)
		anew_at = now;
	(void)pthread_mutex_unlock(&lock);
	if (early)
		return E_LIMIT;
	status = fetch(arena, until);
	return status == OK ? oidc_provider_hold(arena, until, ret) : status;
}

/* ---- The code for the ID token ---- */

/* The client's secret, "" for a public client. A line end behind it does not count. */
static bool
client_secret(struct arena *arena, const char **ret)
{
	const char *path = config_text(CONFIG_OIDC_CLIENT_SECRET);

	*ret = "";
	if (!*path)
		return true;
	if (!oidc_file(arena, path, ret))
		return false;
	*ret = text_trim(arena, *ret);
	return **ret;
}

static enum status
tokens_of(struct arena *arena, const struct http_answer *answer, struct oidc_tokens *ret)
{
	const json_t *json = json_read_object(arena, answer->body);
	const char *id = json_string_value(json_object_get(json, "id_token"));

	if (answer->status == 200 && id) {
		*ret = (struct oidc_tokens){ id,
			text_copy(
			    arena, json_string_value(json_object_get(json, "access_token"))) };
		return OK;
	}
	if (answer->status >= 500 || answer->status == 429)
		return E_AWAY;
	if (text_is(json_string_value(json_object_get(json, "error")), "invalid_grant"))
		return E_DENIED;
	/* The rest is how the two were set up: a wrong secret, a redirect that it does not
	 * know. */
	return unusable(
	    answer->status == 200 ? "no id_token" : "the token endpoint refuses this client");
}

enum status
oidc_exchange(struct arena *arena, const struct oidc_provider *provider, const char *code,
    const char *redirect_uri, const char *verifier, int64_t until, struct oidc_tokens *ret)
{
	const char *client = config_text(CONFIG_OIDC_CLIENT_ID), *secret;
	struct http_header headers[] = { { "Accept", "application/json" }, { 0 } };
	struct http_call call = { .url = provider->token,
		.headers = headers,
		.content_type = "application/x-www-form-urlencoded" };
	struct buf body = buf_new(arena);
	struct http_answer answer;
	enum status status;

	if (!client_secret(arena, &secret))
		return unusable("the client's secret cannot be read");
	buf_printf(&body,
	    "grant_type=authorization_code&code=%s&redirect_uri=%s&code_verifier=%s",
	    url_encode(arena, code), url_encode(arena, redirect_uri), verifier);
	if (!*secret || provider->secret_in_body)
		buf_printf(&body, "&client_id=%s", url_encode(arena, client));
	if (*secret && provider->secret_in_body) {
		buf_printf(&body, "&client_secret=%s", url_encode(arena, secret));
	} else if (*secret) {
		/* RFC 6749 2.3.1: both are encoded as in a form before they are put together.
		 */
		call.user = url_encode(arena, client);
		call.password = url_encode(arena, secret);
	}
	call.body = (struct bytes){ (const unsigned char *)body.p, body.n };
	status = ask(arena, &call, until, &answer);
	return status == OK ? tokens_of(arena, &answer, ret) : status;
}

enum status
oidc_user_info(struct arena *arena, const struct oidc_provider *provider,
    const struct oidc_tokens *tokens, int64_t until, const json_t **ret)
{
	const struct http_header headers[] = { { "Accept", "application/json" },
		{ "Authorization", text_printf(arena, "Bearer %s", tokens->access) }, { 0 } };
	struct http_answer answer;
	enum status status;

	*ret = NULL;
	if (!*provider->user_info || !*tokens->access)
		return OK;
	status = get(arena, provider->user_info, headers, until, &answer);
	if (status != OK)
		return status;
	*ret = json_read_object(arena, answer.body);
	return *ret ? OK : unusable("user info is no JSON object");
}
