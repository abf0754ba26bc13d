/*
 * route.h: routes are data: method, path, who may, handler.
 *
 * A path has literal segments and ":name" segments (any one segment, read with
 * request_param()). ROUTE's third argument is a rule; leaving it out does not compile.
 * The same table answers 404, 405 with Allow, 401/403, and is printed by "routes" for the
 * authorization matrix.
 */
#ifndef KEPTWORD_ROUTE_H
#define KEPTWORD_ROUTE_H

#include "base/status.h"
#include "web/role.h"

struct arena;
struct request;
struct form;
struct stmt;

enum method { METHOD_GET, METHOD_POST, METHOD_MAX }; /* HEAD is GET without a body */

/* Who may. anyone: no session needed (one is read when a cookie is there). signed_in: any
 * role or none. Otherwise one of roles. */
struct may {
	enum { MAY_NOBODY, MAY_BE_ANYONE, MAY_BE_SIGNED_IN, MAY_HOLD } kind;
	roles roles;
};
#define MAY(role_bits) ((struct may){ MAY_HOLD, (role_bits) })
#define MAY_ANYONE ((struct may){ MAY_BE_ANYONE, 0 })
#define MAY_SIGNED_IN ((struct may){ MAY_BE_SIGNED_IN, 0 })

typedef enum status (*handler)(struct request *req);

struct route {
	enum method method;
	unsigned flags;
	const char *path;
	struct may may;
	handler handle;
	/* POST: the form that the body is read through (a POST without one has no body). GET of a
	 * page that shows a form: the same form, so that show and submit agree. */
	const struct form *form;
	/* A form that depends on data (a questionnaire): called after the caller is known; NULL
	 * answers 404. */
	const struct form *(*form_of)(struct request *req);
	/* GET only: the first read of the page, run as one statement with the session check: the
	 * SQL begins with CALLER_SELECT (session.h); the handler finds the rows in
	 * request_opening(). */
	const struct stmt *opening;
	/* Of a route under ".../api/", always: what an API token has to hold for it ("payments:read",
	 * a row of a plugin's view api_scope), or SCOPE_PAGE. */
	const char *scope;
};
#define ROUTE_NO_TOUCH 1u   /* a poll: the session is not prolonged */
#define ROUTE_NO_LOG 2u     /* anonymous survey paths: no log line names person or time */
#define ROUTE_API 4u        /* errors as JSON, no redirect to sign-in; API tokens (bearer.c) */
#define ROUTE_CHEAP 8u      /* no session is read, so no database is needed or held (health) */
#define ROUTE_NO_SUBMISSION 16u /* POST without a submission id (sign-out) */
#define ROUTE_RAW 64u /* POST of an API whose body is no form: request_body(), at most CONFIG_UPLOAD_MAX bytes */
#define ROUTE_FROM_MAIL 32u /* POST without a page's token: the secret in its address is the proof (RFC 8058) */

/* For the scripts of our own pages alone: asked with the session, no token opens it. */
#define SCOPE_PAGE "page"

#define ROUTE(verb, pattern, rule, function, ...) \
	{ .method = METHOD_##verb, .path = (pattern), .may = (rule), .handle = (function), \
	    __VA_ARGS__ }
#define ROUTE_END { .path = 0 }

/* Has each route under ".../api/" ROUTE_API and a scope, and no other a scope? NULL, or the path of the first
 * for which that is not so: a plugin with such a table does not start. */
const char *route_unsound(const struct route *routes);

/* Finds the route. E_ABSENT: no such path. E_INPUT: the path exists with other methods, whose
 * bits stand in *ret_allowed (1 << method). Segments that matched ":name" are put, percent-
 * decoded, in params (room for max), in order. A literal segment wins over ":name". */
#define ROUTE_PARAMS_MAX 6
MUST_USE enum status route_find(const struct route *routes, enum method method, const char *path,
    struct arena *arena, const struct route **ret_route, const char **params,
    unsigned *ret_allowed);

#endif
