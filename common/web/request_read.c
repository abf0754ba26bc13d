/*
 * request_read.c: what came. Reads the FastCGI parameters in one walk and gives handlers their
 * views of them (request.h). Text stays where libfcgi put it; only what must be cut or decoded
 * is copied into the arena.
 */
#include <string.h>

#include "base/config.h"
#include "base/log.h"
#include "web/language.h"
#include "web/request_impl.h"
#include "web/session.h"
#include "web/url.h"

#include <pthread.h>

/* A parameter that is asked for, and where it goes. */
struct wanted {
	const char *name;
	size_t n;
	const char **to;
};

static void
take_params(char *const *params, const struct wanted *wanted)
{
	for (; *params; params++) {
		const char *equals = strchr(*params, '=');
		size_t n = equals ? (size_t)(equals - *params) : 0;

		for (const struct wanted *one = wanted; equals && one->name; one++)
			if (one->n == n && !memcmp(one->name, *params, n)) {
				*one->to = equals + 1;
				break;
			}
	}
}

/* nginx's id when it is one, else our own. */
static void
set_id(struct request *req, const char *given)
{
	if (given && strlen(given) == REQUEST_ID_TEXT &&
	    strspn(given, "0123456789abcdef") == REQUEST_ID_TEXT) {
		memcpy(req->id, given, sizeof req->id);
	} else {
		struct id id = id_new();

		memcpy(req->id, hex_text(req->arena, (struct bytes){ id.b, sizeof id.b }),
		    sizeof req->id);
	}
}

static void
set_method(struct request *req)
{
	req->head = text_is(req->method_text, "HEAD");
	if (req->head || text_is(req->method_text, "GET"))
		req->method = METHOD_GET;
	else if (text_is(req->method_text, "POST"))
		req->method = METHOD_POST;
	else
		req->method = METHOD_MAX;
}

/* Of somebody who is not signed in: what they chose here, else what their browser asks for. A
 * profile's locale takes its place in session.c. */
static void
set_locale(struct request *req)
{
	const char *chosen = request_cookie(req, LANGUAGE_COOKIE);

	if (!text_empty(chosen) && text_is(language_attribute(chosen), chosen))
		req->caller.locale = chosen;
	else
		req->caller.locale = language_accept(req->accept_language);
}

enum status
request_take(struct request *req, char *const *params)
{
	const char *id = NULL, *length = NULL;
#define WANT(text, member)                        \
	{                                         \
		text, sizeof(text) - 1, &(member) \
	}
	const struct wanted wanted[] = { WANT("REQUEST_METHOD", req->method_text),
		WANT("REQUEST_URI", req->target), WANT("REQUEST_ID", id),
		WANT("REMOTE_ADDR", req->remote), WANT("CONTENT_TYPE", req->content_type),
		WANT("CONTENT_LENGTH", length), WANT("HTTP_COOKIE", req->cookies),
		WANT("FACE", req->face_said), WANT("HTTP_ORIGIN", req->origin),
		WANT("HTTP_SEC_FETCH_SITE", req->fetch_site),
		WANT("HTTP_IF_NONE_MATCH", req->if_none_match),
		WANT("HTTP_ACCEPT_LANGUAGE", req->accept_language),
		WANT("HTTP_AUTHORIZATION", req->authorization),
		WANT("HTTP_IDEMPOTENCY_KEY", req->idempotency_key),
		WANT("HTTP_USER_AGENT", req->agent), { 0 } };
#undef WANT
	size_t n;

	take_params(params, wanted);
	set_id(req, id);
	set_method(req);
	req->face = face_read(req->face_said);
	set_locale(req);
	if (text_empty(req->method_text) || text_empty(req->target))
		return E_INPUT;
	n = strcspn(req->target, "?");
	req->path = arena_copy(req->arena, req->target, n);
	req->query_text = req->target[n] ? req->target + n + 1 : "";
	if (!text_empty(length) &&
	    (!text_to_int(length, &req->content_length) || req->content_length < 0))
		return E_INPUT;
	return url_path_ok(req->arena, req->path) ? OK : E_INPUT;
}

struct arena *
request_arena(struct request *req)
{
	return req->arena;
}

const struct caller *
request_caller(const struct request *req)
{
	return &req->caller;
}

bool
request_holds(const struct request *req, roles any_of)
{
	return req->caller.roles & any_of;
}

const char *
request_id(const struct request *req)
{
	return req->id;
}

enum method
request_method(const struct request *req)
{
	return req->method;
}

const char *
request_path(const struct request *req)
{
	return req->path;
}

const struct route *
request_route(const struct request *req)
{
	return req->route;
}

const char *
request_param(const struct request *req, unsigned n)
{
	return n < ROUTE_PARAMS_MAX && req->params[n] ? req->params[n] : "";
}

bool
request_param_id(const struct request *req, unsigned n, struct id *ret)
{
	return id_parse(request_param(req, n), ret);
}

const char *
request_query(const struct request *req, const char *name)
{
	const char *at = req->query_text;

	while (at && *at) {
		size_t pair = strcspn(at, "&");
		size_t key = strcspn(at, "=&");
		const char *decoded, *value = "";

		if (url_decode(req->arena, at, key, true, &decoded) && text_is(decoded, name)) {
			if (key == pair)
				return "";
			if (!url_decode(
				req->arena, at + key + 1, pair - key - 1, true, &value) ||
			    text_has_control(value, true))
				return "";
			return value;
		}
		at += pair + (at[pair] == '&');
	}
	return "";
}

const char *
request_cookie(const struct request *req, const char *name)
{
	const char *at = req->cookies;
	size_t n = strlen(name);

	while (at && *at) {
		size_t pair;

		at += strspn(at, " \t;");
		pair = strcspn(at, ";");
		if (pair > n && !strncmp(at, name, n) && at[n] == '=') {
			size_t end = pair;

			while (end > n + 1 && (at[end - 1] == ' ' || at[end - 1] == '\t'))
				end--;
			return text_valid(at + n + 1, end - n - 1, NULL)
				   ? arena_copy(req->arena, at + n + 1, end - n - 1)
				   : NULL;
		}
		at += pair;
	}
	return NULL;
}

void
request_zone(struct request *req, const char *zone)
{
	if (!req->caller.person && zone_known(zone))
		req->caller.zone = zone;
}

struct bytes
request_body(const struct request *req)
{
	return req->body;
}

const char *
request_media_type(const struct request *req)
{
	size_t n = strcspn(req->content_type, "; \t");
	char *type = arena_copy(req->arena, req->content_type, n);

	for (char *at = type; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at + 'a' - 'A');
	return text_valid(type, n, NULL) ? type : "";
}

const char *
request_agent(const struct request *req)
{
	return text_valid(req->agent, strlen(req->agent), NULL) ? req->agent : "";
}

struct db *
request_db(struct request *req)
{
	if (!req->db)
		req->db = db_lease(req->arena, DB_WEB);
	return req->db;
}

struct rows *
request_opening(struct request *req)
{
	return req->opening;
}

static struct key client_key;

static void
client_key_load(void)
{
	if (crypto_key("client", true, &client_key) == OK)
		return;
	/* Without a folder for keys the digests hold within this process. */
	log_event(LOG_LEVEL_WARN, "client_key_missing");
	crypto_random(client_key.secret, sizeof client_key.secret);
}

const char *
request_client(const struct request *req)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	unsigned char digest[SHA256_BYTES];
	const char *text;

	pthread_once(&once, client_key_load);
	text =
	    text_printf(req->arena, "%lld\n%s", (long long)(req->at / DAY_LENGTH), req->remote);
	crypto_hmac((struct bytes){ client_key.secret, sizeof client_key.secret },
	    bytes_of(text), digest);
	return hex_text(req->arena, (struct bytes){ digest, sizeof digest });
}

void
request_audit(struct request *req, struct db *db, const char *action, const char *object,
    const char *reason)
{
	audit_add(db, &(struct audit){ .actor = req->caller.person,
			  .action = action,
			  .object = object,
			  .reason = reason,
			  .request = req->id });
}
