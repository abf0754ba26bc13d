/*
 * reply.c: what will be sent. Nothing here writes to the connection: a reply is put together in
 * the arena and serve.c sends it whole, so until then any failure can still become an error
 * page. Every header goes through reply_header(), which refuses what would break out of its
 * line.
 */
#include <string.h>

#include "base/log.h"
#include "data/json.h"
#include "doc/http.h"
#include "web/page.h"
#include "web/request_impl.h"
#include "web/url.h"

#define HTML "text/html; charset=utf-8"
#define JSON "application/json; charset=utf-8"
#define PLAIN "text/plain; charset=utf-8"

static bool
header_ok(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

void
reply_header(struct request *req, const char *name, const char *value)
{
	struct buf *headers = &req->response.headers;

	if (!header_ok(name) || !header_ok(value)) {
		log_event(LOG_LEVEL_PANIC, "header_refused",
		    LOG_TEXT("name", header_ok(name) ? name : "?"));
		req->response.broken = true;
		return;
	}
	if (!headers->arena)
		*headers = buf_new(req->arena);
	buf_text(headers, name);
	buf_text(headers, ": ");
	buf_text(headers, value);
	buf_text(headers, "\r\n");
	if (text_is(name, "Cache-Control"))
		req->response.cache_set = true;
}

void
reply_forget(struct request *req)
{
	req->response = (struct response){ 0 };
}

static enum status
reply_bytes(struct request *req, int code, const char *type, struct bytes body)
{
	req->response.status = code;
	req->response.type = type;
	req->response.body = body;
	return OK;
}

struct page *
page_of(struct request *req)
{
	return req->page;
}

/* A failed read makes a page with holes: answer for it. A statement that took too long, or a
 * row that somebody holds, is a matter of trying again. */
static enum status
read_failure(const struct request *req)
{
	enum status status = req->db ? db_status(req->db) : OK;

	return status == E_LIMIT || status == E_CONFLICT ? E_BUSY : status;
}

enum status
reply_page(struct request *req, int code, struct page *page)
{
	enum status status = read_failure(req);
	const char *text;
	size_t size;

	if (status == OK)
		status = page_expand(page, req->arena, &text, &size);
	if (status != OK)
		return status;
	if (code == 200 && form_failed(req))
		code = 422;
	return reply_bytes(
	    req, code, HTML, (struct bytes){ (const unsigned char *)text, size });
}

bool
reply_is_local(const char *location)
{
	return url_is_local(location);
}

enum status
reply_redirect(struct request *req, const char *location)
{
	if (!url_is_local(location)) {
		log_event(LOG_LEVEL_PANIC, "redirect_refused");
		return E_FAULT;
	}
	reply_header(req, "Location", location);
	return reply_bytes(req, 303, NULL, (struct bytes){ 0 });
}

enum status
reply_leave(struct request *req, const char *url)
{
	if (!http_may_ask(url)) {
		log_event(LOG_LEVEL_PANIC, "leave_refused");
		return E_FAULT;
	}
	reply_header(req, "Location", url);
	return reply_bytes(req, 303, NULL, (struct bytes){ 0 });
}

/* The name for old readers: ASCII letters, digits and a few marks; each other character becomes
 * one '_'. */
static char *
ascii_name(struct arena *arena, const char *name)
{
	static const char plain[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "-_.";
	char *out = text_copy(arena, name);
	size_t used = 0;

	for (const char *p = name; *p; p++) {
		bool first_dot = *p == '.' && !used;

		if (((unsigned char)*p & 0xc0) == 0x80)
			continue; /* the rest of a character that has its '_' */
		out[used++] = '_';
		if (strchr(plain, *p) && !first_dot)
			out[used - 1] = *p;
	}
	out[used] = 0;
	return out;
}

enum status
reply_file(struct request *req, const char *type, const char *name, struct bytes content)
{
	/* Without folders, whoever made the name. */
	const char *slash = strrchr(name, '/');
	const char *bare = slash ? slash + 1 : name;

	if (!*bare)
		bare = "file";
	if (text_has_control(bare, true)) {
		log_event(LOG_LEVEL_PANIC, "file_name_refused");
		return E_FAULT;
	}
	reply_header(req, "Content-Disposition",
	    text_printf(req->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s",
		ascii_name(req->arena, bare), url_encode(req->arena, bare)));
	reply_header(req, "Cache-Control", "private, no-store");
	return reply_bytes(req, 200, type, content);
}

enum status
reply_json(struct request *req, int code, const char *json)
{
	enum status status = read_failure(req);

	return status == OK ? reply_bytes(req, code, JSON, bytes_of(json)) : status;
}

enum status
reply_json_value(struct request *req, int code, const struct json_t *json)
{
	const char *text = json_written(req->arena, json);

	return text ? reply_json(req, code, text) : E_BUSY;
}

enum status
reply_plain(struct request *req, int code, const char *text)
{
	return reply_bytes(req, code, PLAIN, bytes_of(text));
}

/* Is etag in the list of If-None-Match? Weak comparison, RFC 9110 13.1.2: nginx weakens the tag
 * of what it compresses. */
static bool
etag_listed(const char *list, const char *etag)
{
	size_t n = strlen(etag);

	while (*list) {
		size_t end;

		list += strspn(list, " \t,");
		if (list[0] == '*')
			return true;
		if (list[0] == 'W' && list[1] == '/')
			list += 2;
		end = *list == '"' ? 1 + strcspn(list + 1, "\"") : strcspn(list, ",");
		end += list[end] == '"';
		if (end == n && !memcmp(list, etag, n))
			return true;
		list += end;
	}
	return false;
}

enum status
reply_unless_changed(struct request *req, const char *etag)
{
	reply_header(req, "ETag", etag);
	if (!req->if_none_match || !etag_listed(req->if_none_match, etag))
		return E_ABSENT;
	return reply_bytes(req, 304, NULL, (struct bytes){ 0 });
}

/* RFC 6265 cookie-octets: nothing that ends a value or a line. */
static bool
cookie_ok(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text >= 0x7f || strchr("\",;\\", *text))
			return false;
	return true;
}

void
reply_cookie(struct request *req, const char *name, const char *value, int64_t max_age)
{
	const char *age = "";

	if (!cookie_ok(name) || strchr(name, '=') || !cookie_ok(value)) {
		log_event(LOG_LEVEL_PANIC, "cookie_refused");
		req->response.broken = true;
		return;
	}
	if (max_age >= 0)
		age = text_printf(req->arena, "; Max-Age=%lld", (long long)max_age);
	reply_header(req, "Set-Cookie",
	    text_printf(req->arena, "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s", name,
		value, age));
}

static const char *
reason(int code)
{
	static const struct {
		int code;
		const char *reason;
	} reasons[] = { { 200, "OK" }, { 201, "Created" }, { 202, "Accepted" },
		{ 303, "See Other" }, { 304, "Not Modified" }, { 400, "Bad Request" },
		{ 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 409, "Conflict" },
		{ 413, "Content Too Large" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 500, "Internal Server Error" },
		{ 503, "Service Unavailable" } };

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].code == code)
			return reasons[i].reason;
	return "Answer";
}

void
reply_head(struct request *req)
{
	struct response *response = &req->response;
	struct buf head = buf_new(req->arena);

	if (!response->cache_set)
		reply_header(req, "Cache-Control",
		    req->caller.person || req->visit ? "no-store" : "no-cache");
	buf_printf(&head, "Status: %d %s\r\n", response->status, reason(response->status));
	if (response->type)
		buf_printf(&head, "Content-Type: %s\r\n", response->type);
	if (response->status != 304)
		buf_printf(&head, "Content-Length: %zu\r\n", response->body.n);
	buf_add(&head, response->headers.p, response->headers.n);
	buf_text(&head, "\r\n");
	response->head = (struct bytes){ (const unsigned char *)head.p, head.n };
}
