/*
 * request_impl.h: what a request is made of. Only the files of common/web/ include it; plugins
 * see request.h.
 *
 * The struct lies in the request's arena (but for what serve.c keeps per thread) and is gone
 * with it. One thread works on a request, so nothing here is locked. All text is valid UTF-8
 * without NUL: request_read.c has checked it.
 *
 * The way of a request (request_run.c): parameters -> route -> caller -> who may -> body ->
 * form_read() -> form_token_ok() -> handler -> response written by serve.c in one piece.
 */
#ifndef KEPTWORD_REQUEST_IMPL_H
#define KEPTWORD_REQUEST_IMPL_H

#include "base/arena.h"
#include "base/text.h"
#include "base/time.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "data/db.h"
#include "web/face.h"
#include "web/form.h"
#include "web/request.h"
#include "web/route.h"

#ifdef __cplusplus
extern "C" {
#endif

struct FCGX_Request;
struct form_state; /* form.c's: values and errors of the form */
struct app;

#define REQUEST_ID_TEXT 32

/* What will be sent. Nothing is on the wire before the handler has returned, so a failure at
 * any point can still become an error page. */
struct response {
	int status;         /* 0: nobody has replied yet */
	const char *type;   /* with charset; NULL: no Content-Type (303, 304) */
	struct buf headers; /* "Name: value\r\n" lines but Status and Content-Type */
	struct bytes body;  /* in the arena, or static */
	bool cache_set;     /* a Cache-Control line is among the headers */
	bool broken;        /* a header was refused: 500 */
	struct bytes head;  /* all of the above but the body, for the wire; by reply_head() */
};

struct request {
	struct arena *arena;
	const struct app *app;
	struct FCGX_Request *fcgi; /* NULL in unit tests */

	/* What came. */
	char id[REQUEST_ID_TEXT + 1];
	const char *method_text; /* as sent */
	enum method method;      /* HEAD counts as GET */
	bool head;               /* no body in the answer */
	const char *target;     /* path and query as sent, for "come back here after sign-in" */
	const char *path;       /* still percent-encoded, begins with '/' */
	const char *query_text; /* behind the '?', "" when absent */
	const char *cookies;    /* the Cookie header, "" when absent */
	const char *content_type; /* "" when absent; form_read() finds kind and boundary here */
	const char *face_said;    /* by nginx; NULL when absent */
	enum face face;
	const char *origin;       /* NULL when absent */
	const char *fetch_site;   /* Sec-Fetch-Site, NULL when absent */
	const char *if_none_match; /* NULL when absent */
	const char *accept_language; /* NULL when absent */
	const char *authorization;   /* NULL when absent; looked at for an API alone */
	const char *idempotency_key; /* NULL when absent */
	const char *agent;         /* User-Agent, "" when absent or not text */
	const char *remote;        /* the client's address as nginx saw it, "" when unknown */
	int64_t content_length;    /* -1 when absent */
	instant at;                /* when it began, for the session check */
	int64_t started;           /* time_ticks() */

	/* What was found. */
	const struct route *route;
	const char *params[ROUTE_PARAMS_MAX];
	unsigned allowed;                       /* with 405: 1 << method */
	struct caller caller;                   /* person 0 until it is known */
	instant seen_at;                        /* of the session */
	unsigned char token_hash[SHA256_BYTES]; /* of the session cookie */
	const char *session; /* value of the session cookie when caller.person is not 0 */
	const char *bearer;  /* the API token when it is that by which caller.person is known */
	const char *refusal; /* why a token does not count: a code of error.c; NULL */
	const char *visit;   /* value of the visit cookie, or of the one that this reply sets */
	struct bytes body;   /* a POST's, whole */
	const struct form *form;       /* the route's, or form_of()'s answer; NULL for none */
	struct form_state *form_state; /* owned by form.c; NULL until it is first needed */

	/* What it holds. */
	struct db *db;        /* NULL until request_db() */
	struct rows *opening; /* rows of the route's opening read, before the first row */
	struct page *page;    /* the last page_open() of this request, set by page.cc */

	struct response response;
};

/* ---- request_read.c ---- */

/* Fills what came from the FastCGI parameters ("NAME=value", ended by NULL), which must live as
 * long as the request. E_INPUT: not a request that may be routed (400). The id is set in any
 * case. */
MUST_USE enum status request_take(struct request *req, char *const *params);

/* ---- request_run.c ---- */

/* Makes an emptied request ready: nobody has asked, no reply. */
void request_begin(struct request *req, const struct app *app, struct arena *arena);
/* From the parameters to a complete response, whatever happens. */
void request_run(struct request *req, char *const *params);
/* After a jump out of memory: an emptied arena, a 503 that says so. */
void request_no_memory(struct request *req);

/* ---- wire.c ---- */

/* Reads a POST's body into req->body. E_LIMIT: longer than limit (the rest is left for
 * wire_drain()); E_INPUT: cut off, or not as long as it said. */
MUST_USE enum status wire_body(struct request *req, size_t limit);
/* Reads what is left of the request, to its end record, so that the connection can be kept.
 * False when it cannot: cut off, broken, or more than we are willing to read. */
MUST_USE bool wire_drain(struct request *req);
/* Sends the reply and the end of the request in as few writes as the system takes; false when
 * the other side is gone or does not read. last: nothing more will be said on the connection. */
MUST_USE bool wire_send(struct request *req, bool last);

/* ---- error.c ---- */

/* The error page (or, for ROUTE_API, JSON) of an HTTP status, with the request's id; when the
 * templates fail, a line of plain text. */
void error_reply(struct request *req, int code);
/* The same for a token that does not fit: the page was too old. */
void error_reply_old_form(struct request *req);
/* Without templates and memory: static text. */
void error_reply_last(struct request *req, int code);
/* The HTTP status of a handler's answer. */
int error_code(enum status status);

/* ---- reply.c ---- */

/* Puts status line and headers with the empty line behind them together: response.head. */
void reply_head(struct request *req);
/* Forgets what was replied so far. */
void reply_forget(struct request *req);

/* ---- session.c ---- */

/* Finds who asks, with the route's opening read if it has one. Nobody: OK, caller.person 0.
 * Otherwise the database's failure. */
MUST_USE enum status session_read(struct request *req);
/* Prolongs a session that was last seen more than five minutes ago. */
void session_touch(struct request *req);

/* ---- bearer.c ---- */

/* Is this a request whose caller an API token tells? */
bool bearer_asks(const struct request *req);
/* Finds who asks by the token. Nobody: OK, caller.person 0 and req->refusal. Otherwise the
 * database's failure. */
MUST_USE enum status bearer_read(struct request *req);
/* Does the token hold what the route asks for? True without one. */
bool bearer_may(const struct request *req);
/* Writes down that the token was used, at most every five minutes. */
void bearer_touch(struct request *req);

/* The token that a form of this request carries: 32 hex digits, bound to the session cookie
 * when somebody is signed in, else to the visit cookie, which is made (and set by the reply)
 * when the client has none. page_open() puts it into every form. */
const char *session_form_token(struct request *req);

/* ---- form.c (and body.c): called by request_run.c and reply.c ---- */

/* Reads a POST's body through req->form; req->content_type says how it is written (urlencoded
 * or multipart). Without a form only the token and the submission id are read. E_INPUT: not a
 * body that can be read at all (400); E_LIMIT: too many parts (413). OK also when fields are
 * wrong: form_failed() tells. */
MUST_USE enum status form_read(struct request *req, struct bytes body);

/* Of an API alone: the submission id of the header Idempotency-Key, if there is one. E_INPUT: it is none.
 */
MUST_USE enum status form_key_read(struct request *req);

/* After form_read(): did the body carry session_form_token()? Compared in constant time. */
bool form_token_ok(struct request *req);

/* After form_read(): HMAC-SHA256, keyed with session_form_token(), over names and values of the
 * form's fields in the table's order (files by content), without token and submission id; of a
 * ROUTE_RAW over query, media type and body. The same for a resubmission of the same values. Keyed, because the hash is stored: nobody who reads
 * it can try short answers or passwords against it. */
void form_body_hash(struct request *req, unsigned char out[SHA256_BYTES]);

/* Answers an API about the form's errors: 422, JSON. (form_json.c) */
enum status form_reply_errors(struct request *req);

/* After form_read(): did the body (or, of an API, the header Idempotency-Key) carry a well-formed
 * submission id? */
bool form_has_submission(struct request *req);

#ifdef __cplusplus
}
#endif
#endif
