/*
 * request.h: one request on its way: what came, who asks, what it has so far. Everything
 * lies in the request's arena.
 */
#ifndef KEPTWORD_REQUEST_H
#define KEPTWORD_REQUEST_H

#include "data/db.h"
#include "data/submission.h"
#include "web/form.h"
#include "web/route.h"

/* Who asks. person 0: nobody is signed in. */
struct caller {
	int64_t person;
	roles roles;
	const char *zone;   /* IANA name, never NULL; "UTC" when nobody */
	const char *locale; /* BCP 47, never NULL; of the profile, else chosen, else asked for */
	const char *name;   /* preferred name */
	const char *token_hash; /* 32 bytes in hex, for queries on the session; NULL without */
	int64_t api_token;      /* id in core.api_token when a program asks with one; 0 */
	const char *scopes;     /* of that token, parted by blanks; "" without */
};

/* ---- What came, and who asks ---- */
struct arena *request_arena(struct request *req);
const struct caller *request_caller(const struct request *req);
bool request_holds(const struct request *req, roles any_of);
/* For somebody who is not signed in but told us where their clock stands: instants of this reply are
 * shown in that zone. Does nothing when somebody is signed in or the name is no zone. */
void request_zone(struct request *req, const char *zone);
const char *request_id(const struct request *req); /* in the log, on error pages */
enum method request_method(const struct request *req);
const char *request_path(const struct request *req);
const struct route *request_route(const struct request *req);

/* The n-th ":name" of the route, decoded; never NULL. As an id: false when it is none (the
 * handler answers E_ABSENT). */
const char *request_param(const struct request *req, unsigned n);
MUST_USE bool request_param_id(const struct request *req, unsigned n, struct id *ret);

/* A value of the query string (first of its name), "" when absent or not valid text. */
const char *request_query(const struct request *req, const char *name);

/* A cookie's value, NULL when absent. */
const char *request_cookie(const struct request *req, const char *name);

/* The request's lease on the database (DB_WEB), taken at the first call. */
struct db *request_db(struct request *req);

/* Rows of the route's opening read, before the first row; columns from CALLER_COLUMNS on are the
 * handler's. No rows: there is nothing to show. NULL when nobody is signed in or the route has no
 * opening. */
struct rows *request_opening(struct request *req);

/* The body of a POST whose route is ROUTE_RAW, and its media type in lower case without parameters ("" when
 * absent). */
struct bytes request_body(const struct request *req);
const char *request_media_type(const struct request *req);

/* What the browser says it is (User-Agent), "" when absent; anything may stand in it. */
const char *request_agent(const struct request *req);

/* A digest of the client's address with a key of the day, for throttling; never the address. */
const char *request_client(const struct request *req);

/* ---- Replies. A handler ends with `return reply_...`; E_* instead of a reply gives the error
 * page of that status: E_INPUT 400, E_ABSENT 404, E_DENIED 403, E_CONFLICT 409, E_LIMIT 413,
 * E_BUSY and E_AWAY 503, E_FAULT 500. ---- */
struct page;
struct page *page_of(struct request *req);

/* Expands the page and answers. 422 instead when the form has errors; 503/500 when a read
 * failed on the way. Signed-in pages are `Cache-Control: no-store`. */
enum status reply_page(struct request *req, int code, struct page *page);

/* 303 to a path of this site (reply_is_local(); else a panic line and 500). */
enum status reply_redirect(struct request *req, const char *location);

/* 303 to a page of another server, whose address configuration (or a document that configuration
 * named) has given and http_may_ask() allows; anything else is a panic line and 500. */
enum status reply_leave(struct request *req, const char *url);

/* Is location an address within this site that a browser cannot read otherwise: one '/' first,
 * no '//' or '/\\' there, no backslash, control or blank, printable ASCII, at most 2000 bytes? For
 * addresses that came from outside ("to" of the sign-in page). */
bool reply_is_local(const char *location);

/* A file to save: name is ASCII-cleaned for filename= and given in full as filename*= (RFC
 * 6266). */
enum status reply_file(struct request *req, const char *type, const char *name,
    struct bytes content);

/* JSON (of an API) and plain text, in the arena or static. */
enum status reply_json(struct request *req, int code, const char *json);
/* The same of a value that the arena holds (data/json.h); NULL, for want of memory, is 503. */
struct json_t;
enum status reply_json_value(struct request *req, int code, const struct json_t *json);
enum status reply_plain(struct request *req, int code, const char *text);

/* 304 when the client's If-None-Match holds etag (a quoted string), else sets the header and
 * answers E_ABSENT: go on and reply. */
enum status reply_unless_changed(struct request *req, const char *etag);

/* Sets a cookie of the whole site: Path=/; Secure; HttpOnly; SameSite=Lax. max_age in seconds; 0
 * takes it away, -1 ends with the browser. */
void reply_cookie(struct request *req, const char *name, const char *value, int64_t max_age);

/* A further header. What would break out of its line (a control) is refused: panic line, and
 * the reply becomes 500. */
void reply_header(struct request *req, const char *name, const char *value);

/* A form's effect, once (submission.h): runs work in a transaction, then 303 to the address
 * that work put in receipt->location. When work answers E_INPUT after form_error(): the form
 * again, 422. E_CONFLICT without form errors: 409 page. */
typedef enum status (*request_work)(struct request *req, struct db *db, struct receipt *receipt,
    void *arg);
enum status reply_submit(struct request *req, request_work work, void *arg);

/* The same without the reply, for an API that answers more than where the receipt is: OK with the
 * receipt, else the status to answer with. */
MUST_USE enum status request_submit(
    struct request *req, request_work work, void *arg, struct receipt *ret);

/* audit_add() with caller and request id filled in. */
void request_audit(struct request *req, struct db *db, const char *action, const char *object,
    const char *reason);

#endif
