/*
 * health.c: "/-/health", answered by every plugin, and the question to another's socket. The
 * client speaks one fixed request over a connection of its own and reads no more than it needs
 * to see the status; it allocates nothing.
 */
#include "web/health.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/time.h"
#include "data/audit_seal.h"
#include "web/builtin.h"
#include "web/metrics.h"
#include "web/request.h"

#define ANSWER_MAX 2000

/* Audit rows that nobody seals are no reason to send people away, but one to look: the worker,
 * which would say it, may be what is missing. */
static void
tell_unsealed(struct request *req)
{
	struct audit_lag lag;
	instant now = time_now();

	if (audit_lag(request_db(req), &lag) == OK && lag.since &&
	    now - lag.since > AUDIT_LAG_MAX)
		log_event(LOG_LEVEL_ERROR, "audit_unsealed",
		    LOG_INT("seconds", (now - lag.since) / SECOND),
		    LOG_INT("sequence", lag.sequence));
}

static enum status
health_show(struct request *req)
{
	if (db_ping() != OK)
		return reply_plain(req, 503, "the database does not answer\n");
	tell_unsealed(req);
	return reply_plain(req, 200, "ok\n");
}

const struct route BUILTIN_ROUTES[] = {
	ROUTE(GET, HEALTH_PATH, MAY_ANYONE, health_show, .flags = ROUTE_CHEAP | ROUTE_NO_LOG),
	ROUTE(GET, METRICS_PATH, MAY_ANYONE, metrics_show, .flags = ROUTE_CHEAP | ROUTE_NO_LOG),
	ROUTE_END,
};

/* BEGIN_REQUEST (responder, connection not kept), PARAMS, empty PARAMS, empty STDIN. */
#define PARAM(name_size, name, value_size, value) name_size value_size name value
#define PARAMS                                         \
	PARAM("\016", "REQUEST_METHOD", "\003", "GET") \
	PARAM("\013", "REQUEST_URI", "\011", HEALTH_PATH)
static const char QUESTION[] =
    "\001\001\000\001\000\010\000\000"
    "\000\001\000\000\000\000\000\000"
    "\001\004\000\001\000\051\000\000" PARAMS "\001\004\000\001\000\000\000\000"
    "\001\005\000\001\000\000\000\000";
_Static_assert(sizeof PARAMS - 1 == 051, "the record says how long its parameters are");

/* Waits for events until the deadline (time_ticks()). */
static bool
wait_for(int fd, short events, int64_t deadline)
{
	int64_t left = (deadline - time_ticks()) / 1000;
	struct pollfd wanted = { .fd = fd, .events = events };

	return left > 0 && poll(&wanted, 1, (int)left) == 1;
}

static bool
put_question(int fd, int64_t deadline)
{
	size_t sent = 0;

	while (sent < sizeof QUESTION - 1) {
		ssize_t n = send(fd, QUESTION + sent, sizeof QUESTION - 1 - sent, MSG_NOSIGNAL);

		if (n > 0)
			sent += (size_t)n;
		else if ((n < 0 && errno != EAGAIN && errno != EINTR) ||
			 !wait_for(fd, POLLOUT, deadline))
			return false;
	}
	return true;
}

/* The beginning of the answer: a STDOUT record (type 6) that starts with the status. */
static enum status
read_answer(int fd, int64_t deadline)
{
	static const char good[] = "Status: 200";
	char answer[ANSWER_MAX];
	size_t got = 0;

	while (got < 8 + sizeof good - 1) {
		ssize_t n;

		if (!wait_for(fd, POLLIN, deadline))
			return E_AWAY;
		n = recv(fd, answer + got, sizeof answer - got, 0);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return E_AWAY;
		if (n > 0)
			got += (size_t)n;
	}
	if (answer[0] != 1 || answer[1] != 6)
		return E_AWAY;
	return memcmp(answer + 8, good, sizeof good - 1) ? E_BUSY : OK;
}

enum status
health_ask(const char *socket_path, int timeout)
{
	int64_t deadline = time_ticks() + (int64_t)timeout * 1000;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	enum status status = E_AWAY;
	int fd;

	if (strlen(socket_path) >= sizeof address.sun_path)
		return E_INPUT;
	memcpy(address.sun_path, socket_path, strlen(socket_path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return E_AWAY;
	if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
	    put_question(fd, deadline))
		status = read_answer(fd, deadline);
	(void)close(fd);
	return status;
}
