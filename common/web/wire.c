/*
 * wire.c: the body in, the reply out. libfcgi reads; the reply is written by us as records of
 * our own, because its writer sends 8 KiB at a time: a page goes out with its end record in one
 * system call. Called by request_run.c and serve.c on the thread's own connection.
 *
 * The body is always read to the end record before the reply is sent: left-over bytes would be
 * taken for the next request's on a kept connection.
 */
#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <fastcgi.h>
#include <fcgiapp.h>

#include "web/request_impl.h"

#define DRAIN_MAX ((size_t)64 * 1024 * 1024)
#define PIECE 8192
#define RECORD_MAX 65528 /* a multiple of 8, so that no record needs padding */
#define RECORDS_MAX 32   /* in one call */

static enum status
body_of_length(struct request *req, size_t n)
{
	unsigned char *p = arena_alloc(req->arena, n + 1);
	int got = FCGX_GetStr((char *)p, (int)n, req->fcgi->in);

	if (got < 0 || (size_t)got != n)
		return E_INPUT;
	/* One byte more than it said would be another body than nginx checked. */
	if (FCGX_GetChar(req->fcgi->in) >= 0)
		return E_INPUT;
	req->body = (struct bytes){ p, n };
	return OK;
}

static enum status
body_to_end(struct request *req, size_t limit)
{
	struct buf body = buf_new(req->arena);
	char piece[PIECE];
	int got;

	do {
		got = FCGX_GetStr(piece, sizeof piece, req->fcgi->in);
		if (got > 0)
			buf_add(&body, piece, (size_t)got);
		if (body.n > limit)
			return E_LIMIT;
	} while (got == (int)sizeof piece);
	req->body = (struct bytes){ (const unsigned char *)body.p, body.n };
	return OK;
}

enum status
wire_body(struct request *req, size_t limit)
{
	if (!req->fcgi)
		return OK;
	if (req->content_length > (int64_t)limit)
		return E_LIMIT;
	if (req->content_length >= 0)
		return body_of_length(req, (size_t)req->content_length);
	return body_to_end(req, limit);
}

bool
wire_drain(struct request *req)
{
	FCGX_Stream *in = req->fcgi->in;
	char piece[PIECE];
	size_t drained = 0;

	while (!FCGX_HasSeenEOF(in)) {
		int got = FCGX_GetStr(piece, sizeof piece, in);

		if (got > 0)
			drained += (size_t)got;
		if (drained > DRAIN_MAX)
			return false;
	}
	return FCGX_GetError(in) == 0;
}

/* Writes all of it, going on after a partial write. */
static bool
send_all(int fd, struct iovec *iov, size_t count)
{
	while (count) {
		struct msghdr message = { .msg_iov = iov, .msg_iovlen = count };
		ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		while (count && (size_t)sent >= iov->iov_len) {
			sent -= (ssize_t)iov->iov_len;
			iov++;
			count--;
		}
		if (count) {
			iov->iov_base = (char *)iov->iov_base + sent;
			iov->iov_len -= (size_t)sent;
		}
	}
	return true;
}

static FCGI_Header
record(const struct request *req, unsigned char type, size_t n)
{
	unsigned id = (unsigned)req->fcgi->requestId;

	return (FCGI_Header){ .version = FCGI_VERSION_1,
		.type = type,
		.requestIdB1 = (unsigned char)(id >> 8),
		.requestIdB0 = (unsigned char)id,
		.contentLengthB1 = (unsigned char)(n >> 8),
		.contentLengthB0 = (unsigned char)n };
}

static struct iovec
span(const void *p, size_t n)
{
	return (struct iovec){ .iov_base = (void *)(uintptr_t)p, .iov_len = n };
}

/* The end of a request. The farewell goes behind it when we shall close a connection that nginx
 * would keep: a record without meaning, because nginx keeps no connection on which more than
 * the end has come. Without it nginx may send the next request in the moment before it sees the
 * close, and a POST would be lost (tried: about one in a hundred closes). */
struct ending {
	FCGI_Header header;
	FCGI_EndRequestBody body;
	FCGI_Header farewell;
	FCGI_EndRequestBody nothing;
};

bool
wire_send(struct request *req, bool last)
{
	struct bytes head = req->response.head;
	struct bytes body = req->head ? (struct bytes){ 0 } : req->response.body;
	FCGI_Header headers[RECORDS_MAX + 1];
	struct iovec iov[2 * RECORDS_MAX + 2];
	const struct ending end = { .header = record(req, FCGI_END_REQUEST, sizeof end.body),
		.farewell = { .version = FCGI_VERSION_1,
		    .type = FCGI_UNKNOWN_TYPE,
		    .contentLengthB0 = sizeof end.nothing } };
	struct bytes parts[] = { head, body };
	size_t used = 0, records = 0;

	for (size_t part = 0; part < 2; part++)
		while (parts[part].n) {
			size_t n = parts[part].n < RECORD_MAX ? parts[part].n : RECORD_MAX;

			headers[records] = record(req, FCGI_STDOUT, n);
			iov[used++] = span(&headers[records++], sizeof(FCGI_Header));
			iov[used++] = span(parts[part].p, n);
			parts[part].p += n;
			parts[part].n -= n;
			if (records == RECORDS_MAX) {
				if (!send_all(req->fcgi->ipcFd, iov, used))
					return false;
				used = records = 0;
			}
		}
	headers[records] = record(req, FCGI_STDOUT, 0);
	iov[used++] = span(&headers[records], sizeof(FCGI_Header));
	iov[used++] = span(&end,
	    last && req->fcgi->keepConnection ? sizeof end : offsetof(struct ending, farewell));
	return send_all(req->fcgi->ipcFd, iov, used);
}
