/*
 * http.c: one HTTP request by libcurl, see http.h. A handle per call: these are rare, and a
 * kept connection to a provider is not worth its state.
 */
#include "doc/http.h"

#include "base/config.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SHARE 2 /* connecting may take this part of the whole wait */

/* Room for the whole answer is taken before, because nothing may jump out of curl. */
struct reading {
	char *p;
	size_t n, most;
	bool too_long;
};

/* What curl holds for one call; given back by a hook of the arena. */
struct held {
	CURL *curl;
	struct curl_slist *headers;
	char why[CURL_ERROR_SIZE];
};

static size_t
take(char *piece, size_t size, size_t n, void *arg)
{
	struct reading *reading = arg;

	n *= size;
	if (n > reading->most - reading->n) {
		reading->too_long = true;
		return 0;
	}
	memcpy(reading->p + reading->n, piece, n);
	reading->n += n;
	return n;
}

enum status
http_start(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? OK : E_FAULT;
}

/* Plain http is for a server on this machine; what stands before and behind the host would make
 * "http://127.0.0.1@elsewhere" of it. */
bool
http_may_ask(const char *url)
{
	static const char *const LOCAL[] = { "http://127.0.0.1", "http://localhost",
		"http://[::1]" };

	if (text_empty(url) || text_has_control(url, true) || strpbrk(url, "@\\ "))
		return false;
	if (text_starts(url, "https://"))
		return true;
	for (size_t i = 0; i < sizeof LOCAL / sizeof *LOCAL; i++)
		if (text_starts(url, LOCAL[i]) && strchr(":/", url[strlen(LOCAL[i])]))
			return true;
	return false;
}

static bool
header_add(struct held *held, const char *line)
{
	struct curl_slist *longer;

	if (text_has_control(line, true))
		return false;
	longer = curl_slist_append(held->headers, line);
	if (longer)
		held->headers = longer;
	return longer;
}

/* The header lines for curl; false when one may not be sent. */
static bool
headers_make(struct held *held, struct arena *arena, const struct http_call *call)
{
	const struct http_header *header = call->headers;
	bool fine = header_add(held, "Expect:");

	if (call->content_type)
		fine = fine && header_add(held,
				   text_printf(arena, "Content-Type: %s", call->content_type));
	for (; fine && header && header->name; header++)
		fine =
		    header_add(held, text_printf(arena, "%s: %s", header->name, header->value));
	return fine;
}

static void
prepare(struct held *held, const struct http_call *call, struct reading *reading)
{
	CURL *curl = held->curl;
	const char *authorities = config_text(CONFIG_CA_FILE);

	(void)curl_easy_setopt(curl, CURLOPT_URL, call->url);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)call->wait);
	(void)curl_easy_setopt(
	    curl, CURLOPT_CONNECTTIMEOUT_MS, (long)call->wait / CONNECT_SHARE);
	(void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (*authorities)
		(void)curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
	(void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, held->why);
	(void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, held->headers);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, reading);
	if (call->content_type) {
		(void)curl_easy_setopt(curl, CURLOPT_POST, 1L);
		(void)curl_easy_setopt(
		    curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.n);
		(void)curl_easy_setopt(
		    curl, CURLOPT_POSTFIELDS, call->body.p ? (const char *)call->body.p : "");
	}
	if (call->user) {
		(void)curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		(void)curl_easy_setopt(curl, CURLOPT_USERNAME, call->user);
		(void)curl_easy_setopt(
		    curl, CURLOPT_PASSWORD, call->password ? call->password : "");
	}
}

static void
answer_read(
    CURL *curl, struct arena *arena, const struct reading *reading, struct http_answer *ret)
{
	long status = 0;
	char *type = NULL;

	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	*ret = (struct http_answer){
		.status = (int)status,
		.content_type = text_copy(arena, type),
		.body = { (const unsigned char *)reading->p, reading->n },
	};
}

static void
give_back(void *arg)
{
	struct held *held = arg;

	curl_slist_free_all(held->headers);
	curl_easy_cleanup(held->curl);
	*held = (struct held){ 0 };
}

enum status
http_ask(struct arena *arena, const struct http_call *call, struct http_answer *ret,
    const char **ret_why)
{
	struct held *held = arena_new_of(arena, struct held);
	struct reading reading = { arena_alloc(arena, call->most + 1), 0, call->most, false };
	CURLcode code = CURLE_URL_MALFORMAT;

	arena_hook(arena, give_back, held);
	held->curl = http_may_ask(call->url) ? curl_easy_init() : NULL;
	if (held->curl && headers_make(held, arena, call)) {
		prepare(held, call, &reading);
		code = curl_easy_perform(held->curl);
		if (code == CURLE_OK)
			answer_read(held->curl, arena, &reading, ret);
	}
	if (ret_why)
		*ret_why = text_copy(arena, *held->why ? held->why : curl_easy_strerror(code));
	give_back(held);
	if (code == CURLE_OK)
		return OK;
	if (reading.too_long)
		return E_LIMIT;
	return code == CURLE_URL_MALFORMAT ? E_INPUT : E_AWAY;
}
