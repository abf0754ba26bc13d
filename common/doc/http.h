/*
 * http.h: one HTTP request to another server, by libcurl. Addresses come from configuration (or
 * from a document that an address of the configuration named), never from a request of a person.
 *
 * Speaks https, and http to loopback addresses only; follows no redirect; asks no proxy of the
 * environment; checks certificates against CONFIG_CA_FILE (empty: the system's). Waits at most
 * `wait` for the whole exchange, so a server that hangs costs a thread that long.
 */
#ifndef KEPTWORD_HTTP_H
#define KEPTWORD_HTTP_H

#include "base/text.h"

struct http_header {
	const char *name, *value; /* refused when either holds CR, LF or a NUL */
};
struct http_call {
	const char *url;
	const struct http_header *headers; /* ended by name NULL; may be NULL */
	const char *content_type;          /* of body; NULL: a GET without body */
	struct bytes body;
	const char *user, *password;       /* HTTP basic; NULL: none */
	int wait;                          /* milliseconds, connecting included */
	size_t most;                       /* bytes of the answer that are read; more is E_LIMIT */
};
struct http_answer {
	int status;                /* 200 ... */
	const char *content_type;  /* "" when there is none */
	struct bytes body;         /* in the arena, a NUL behind it */
};

/* Once per process, before threads. E_FAULT when libcurl cannot be used. */
MUST_USE enum status http_start(void);

/* Would http_ask() speak to this address? For those that a document named, before they are kept
 * or a browser is sent there. */
bool http_may_ask(const char *url);

/* OK: an answer came, whatever its status. E_AWAY: nobody answered in time or the certificate is
 * not to be trusted; E_LIMIT: the answer is too long; E_INPUT: the address may not be asked.
 * *ret_why (may be NULL) is a short reason for logs and for who runs the system. */
MUST_USE enum status http_ask(struct arena *arena, const struct http_call *call,
    struct http_answer *ret, const char **ret_why);

#endif
