/*
 * error.c: the reply when a request did not succeed: a page that says what happened and what to
 * do next, with the request's id and nothing of SQL, paths or versions; JSON for an API; a line
 * of plain text when even the template fails.
 */
#include <string.h>

#include "base/log.h"
#include "data/json.h"
#include "web/page.h"
#include "web/request_impl.h"
#include "web/words.h"

static const struct {
	int code;
	enum tpl tpl;
	const char *json;
} errors[] = {
	{ 400, TPL_LAYOUT_ERROR_400, "not_readable" },
	{ 401, TPL_LAYOUT_ERROR_403, "sign_in" },
	{ 403, TPL_LAYOUT_ERROR_403, "not_allowed" },
	{ 404, TPL_LAYOUT_ERROR_404, "absent" },
	{ 405, TPL_LAYOUT_ERROR_405, "method" },
	{ 409, TPL_LAYOUT_ERROR_409, "changed_meanwhile" },
	{ 413, TPL_LAYOUT_ERROR_413, "too_large" },
	{ 500, TPL_LAYOUT_ERROR_500, "fault" },
	{ 503, TPL_LAYOUT_ERROR_503, "try_again" },
};

int
error_code(enum status status)
{
	switch (status) {
	case E_INPUT:
		return 400;
	case E_ABSENT:
		return 404;
	case E_CONFLICT:
		return 409;
	case E_DENIED:
		return 403;
	case E_LIMIT:
		return 413;
	case E_BUSY:
	case E_AWAY:
		return 503;
	case OK:
	case E_FAULT:
	case STATUS_MAX:
		break;
	}
	return 500;
}

/* What goes with a status beside the page. */
static void
error_headers(struct request *req, int code)
{
	bool get = req->allowed & 1u << METHOD_GET, post = req->allowed & 1u << METHOD_POST;

	if (code == 503)
		reply_header(req, "Retry-After", "2");
	/* RFC 6750 3: nothing but the scheme for who brought no token. */
	if (code == 401 && req->refusal)
		reply_header(req, "WWW-Authenticate",
		    req->authorization ? "Bearer realm=\"Keptword\", error=\"invalid_token\""
				       : "Bearer realm=\"Keptword\"");
	if (code == 403 && text_is(req->refusal, "scope_missing"))
		reply_header(req, "WWW-Authenticate",
		    text_printf(req->arena,
			"Bearer realm=\"Keptword\", error=\"insufficient_scope\", scope=\"%s\"",
			req->route->scope));
	if (code == 405)
		reply_header(req, "Allow",
		    get && post ? "GET, HEAD, POST"
		    : get       ? "GET, HEAD"
				: "POST");
}

void
error_reply_last(struct request *req, int code)
{
	reply_forget(req);
	error_headers(req, code);
	req->response.status = code;
	req->response.type = "text/plain; charset=utf-8";
	req->response.body = bytes_of(
	    code == 503
		? "Keptword cannot answer right now. Please try again in a moment.\n"
		: "Keptword could not answer this request. Please try again, or tell your "
		  "administrator when it happened.\n");
}

static void
error_page(struct request *req, int code, enum tpl tpl)
{
	struct page *page;
	const char *text;
	size_t size;

	reply_forget(req);
	req->form = NULL;
	page = page_open(req, tpl);
	page_text(page, MARK_REQUEST_ID, req->id);
	if (page_expand(page, req->arena, &text, &size) != OK) {
		log_event(LOG_LEVEL_ERROR, "error_page_failed", LOG_INT("status", code));
		error_reply_last(req, code);
		return;
	}
	error_headers(req, code);
	req->response.status = code;
	req->response.type = "text/html; charset=utf-8";
	req->response.body = (struct bytes){ (const unsigned char *)text, size };
}

/* The code for programs, a sentence for who reads their logs. */
static void
error_json(struct request *req, int code, const char *word)
{
	const char *key = text_printf(req->arena, "api_error.%s", word);
	json_t *json = json_held(req->arena,
	    json_pack("{s:s, s:s, s:s}", "error", word, "message",
		words_say(req->arena, req->caller.locale, key), "request", req->id));
	const char *text = json_written(req->arena, json);

	reply_forget(req);
	error_headers(req, code);
	req->response.status = code;
	req->response.type = "application/json; charset=utf-8";
	req->response.body = bytes_of(text ? text : "{\"error\":\"fault\"}");
}

/* An address of an API, or, without a route, one that looks like one. */
static bool
is_api(const struct request *req)
{
	return req->route ? req->route->flags & ROUTE_API : strstr(req->path, "/api/") != NULL;
}

void
error_reply(struct request *req, int code)
{
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		if (errors[i].code != code)
			continue;
		if (is_api(req))
			error_json(req, code, req->refusal ? req->refusal : errors[i].json);
		else
			error_page(req, code, errors[i].tpl);
		return;
	}
	error_reply_last(req, code);
}

void
error_reply_old_form(struct request *req)
{
	if (req->route && req->route->flags & ROUTE_API)
		error_json(req, 403, "not_allowed");
	else
		error_page(req, 403, TPL_LAYOUT_ERROR_403_FORM);
}
