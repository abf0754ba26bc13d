/*
 * request_run.c: a request's way, in the order in which it is decided: address, who asks, who
 * may, body, form, handler. Called by serve.c with an emptied request; whatever happens, a
 * complete response stands in it at the end. Nothing is sent here.
 */
#include <string.h>
#include <strings.h>

#include "base/config.h"
#include "base/log.h"
#include "web/app.h"
#include "web/builtin.h"
#include "web/request_impl.h"
#include "web/url.h"

#define BODY_MAX ((size_t)256 * 1024)
#define MULTIPART_SLACK ((size_t)64 * 1024) /* fields and boundaries beside the file */

/* What a step answers when it has set the reply itself and the way ends there. */
#define ANSWERED STATUS_MAX

void
request_begin(struct request *req, const struct app *app, struct arena *arena)
{
	*req = (struct request){ .app = app,
		.arena = arena,
		.method = METHOD_MAX,
		.target = "/",
		.path = "/",
		.query_text = "",
		.cookies = "",
		.content_type = "",
		.remote = "",
		.agent = "",
		.content_length = -1,
		.at = time_now(),
		.started = time_ticks(),
		.caller = { .zone = "UTC", .locale = "en", .name = "", .scopes = "" } };
}

/* The plugin's table first, then what every plugin answers. */
static enum status
find_route(struct request *req)
{
	enum status status = route_find(req->app->routes, req->method, req->path, req->arena,
	    &req->route, req->params, &req->allowed);

	if (status == E_ABSENT)
		status = route_find(BUILTIN_ROUTES, req->method, req->path, req->arena,
		    &req->route, req->params, &req->allowed);
	if (status == OK && req->face == FACE_PUBLIC && face_is_staff(req->route->path))
		status = E_ABSENT;
	if (status == OK)
		return OK;
	/* So that the page shows the reader's own navigation; without a database, nobody's. */
	if (session_read(req) != OK)
		req->caller.person = 0;
	error_reply(req, status == E_INPUT ? 405 : 404);
	return ANSWERED;
}

/* Where to come back to after signing in: the page itself, or nowhere in particular when the
 * address only takes forms. */
static const char *
sign_in_address(struct request *req)
{
	const char *params[ROUTE_PARAMS_MAX];
	const struct route *page;
	unsigned allowed;

	if (!url_is_local(req->target) || route_find(req->app->routes, METHOD_GET, req->path,
					      req->arena, &page, params, &allowed) != OK)
		return "/sign-in";
	return text_printf(req->arena, "/sign-in?to=%s", url_encode(req->arena, req->target));
}

static enum status
check_caller(struct request *req)
{
	struct may may = req->route->may;

	if (may.kind == MAY_BE_ANYONE)
		return OK;
	if (!req->caller.person) {
		if (req->route->flags & ROUTE_API) {
			if (!req->refusal && !text_is(req->route->scope, SCOPE_PAGE))
				req->refusal = "token_missing";
			error_reply(req, 401);
			return ANSWERED;
		}
		return reply_redirect(req, sign_in_address(req)) == OK ? ANSWERED : E_FAULT;
	}
	if (may.kind != MAY_BE_SIGNED_IN &&
	    !(may.kind == MAY_HOLD && request_holds(req, may.roles)))
		return E_DENIED;
	if (!bearer_may(req)) {
		req->refusal = "scope_missing";
		error_reply(req, 403);
		return ANSWERED;
	}
	/* A cookie is sent by any page's form; a token is not. */
	if (req->route->flags & ROUTE_API && req->method == METHOD_POST && !req->bearer) {
		req->refusal = "token_needed";
		error_reply(req, 401);
		return ANSWERED;
	}
	return OK;
}

/* "https://host:port" of an address, without its path and the port that the scheme has anyway.
 */
static size_t
origin_length(const char *url)
{
	const char *host = strstr(url, "://");
	size_t n;

	if (!host)
		return strlen(url);
	host += 3;
	n = (size_t)(host - url) + strcspn(host, "/");
	if (n > 4 && !strncasecmp(url, "https", 5) && !memcmp(url + n - 4, ":443", 4))
		n -= 4;
	else if (n > 3 && !strncasecmp(url, "http:", 5) && !memcmp(url + n - 3, ":80", 3))
		n -= 3;
	return n;
}

/* Does a POST come from a page of this site, of the face that it came to? A browser that is
 * told to send no referrer says "null"; then its own word that the page is of the same origin
 * counts, which no page can forge. */
static bool
from_here(const struct request *req)
{
	const char *own = face_origin(req->face);
	size_t n = origin_length(own);

	if (req->fetch_site && text_is(req->fetch_site, "cross-site"))
		return false;
	if (!req->origin)
		return true;
	if (text_is(req->origin, "null"))
		return req->fetch_site && text_is(req->fetch_site, "same-origin");
	return origin_length(req->origin) == n && !strncasecmp(req->origin, own, n);
}

/* The form of the route for this request; E_ABSENT when the data has none. */
static enum status
choose_form(struct request *req)
{
	if (!req->route->form_of) {
		req->form = req->route->form;
		return OK;
	}
	req->form = req->route->form_of(req);
	if (req->form)
		return OK;
	return req->db && db_status(req->db) != OK ? db_status(req->db) : E_ABSENT;
}

static enum status
take_body(struct request *req)
{
	size_t limit = BODY_MAX;
	enum status status;

	if (!from_here(req)) {
		error_reply_old_form(req);
		return ANSWERED;
	}
	if (req->route->flags & ROUTE_RAW) {
		status = wire_body(req, (size_t)config_int(CONFIG_UPLOAD_MAX));
		return status == OK ? form_key_read(req) : status;
	}
	if (req->form && req->form->multipart)
		limit = (size_t)config_int(CONFIG_UPLOAD_MAX) + MULTIPART_SLACK;
	status = wire_body(req, limit);
	if (status == OK)
		status = form_read(req, req->body);
	if (status != OK)
		return status;
	if (!(req->route->flags & (ROUTE_API | ROUTE_FROM_MAIL)) && !form_token_ok(req)) {
		error_reply_old_form(req);
		return ANSWERED;
	}
	return OK;
}

static enum status
handle(struct request *req)
{
	if (req->method == METHOD_POST && req->form && form_failed(req)) {
		if (req->form->show && !(req->route->flags & ROUTE_API))
			return req->form->show(req);
		return req->route->flags & ROUTE_API ? form_reply_errors(req) : E_INPUT;
	}
	return req->route->handle(req);
}

static enum status
answer(struct request *req, char *const *params)
{
	enum status status = request_take(req, params);

	log_request_id(req->id);
	if (status == OK)
		status = find_route(req);
	if (status != OK)
		return status;
	if (req->route->flags & ROUTE_NO_LOG)
		log_request_id("");
	if (!(req->route->flags & ROUTE_CHEAP))
		status = bearer_asks(req) ? bearer_read(req) : session_read(req);
	if (status == OK)
		status = check_caller(req);
	if (status == OK)
		status = choose_form(req);
	if (status == OK && req->method == METHOD_POST)
		status = take_body(req);
	return status == OK ? handle(req) : status;
}

/* A handler that hands on what the database said about time means: try again. */
static enum status
settle(const struct request *req, enum status status)
{
	if (status == E_LIMIT && req->db && db_status(req->db) == E_LIMIT)
		return E_BUSY;
	return status;
}

static void
log_failure(const struct request *req, enum status status, int code)
{
	log_event(code == 500 ? LOG_LEVEL_ERROR : LOG_LEVEL_WARN, "request_failed",
	    LOG_TEXT("route", req->route ? req->route->path : "-"),
	    LOG_TEXT("why", status_name(status)),
	    LOG_INT("db", req->db ? db_error(req->db) : 0));
}

void
request_run(struct request *req, char *const *params)
{
	enum status status = settle(req, answer(req, params));

	if (status == ANSWERED || (status == OK && req->response.status)) {
		if (!req->response.broken)
			return;
		status = E_FAULT;
	} else if (status == OK) {
		log_event(LOG_LEVEL_PANIC, "no_reply", LOG_TEXT("route", req->route->path));
		status = E_FAULT;
	}
	/* A refusal by the database (a right that an account lacks) is ours to know as well. */
	if (error_code(status) >= 500 || (req->db && db_error(req->db)))
		log_failure(req, status, error_code(status));
	error_reply(req, error_code(status));
}

void
request_no_memory(struct request *req)
{
	struct request before = *req;

	request_begin(req, before.app, before.arena);
	req->fcgi = before.fcgi;
	req->route = before.route;
	req->head = before.head;
	req->started = before.started;
	memcpy(req->id, before.id, sizeof before.id);
	error_reply(req, 503);
}
