/*
 * pipework.c: see pipework.h. Owns nothing: descriptors belong to the callers.
 */
#include "doc/pipework.h"

#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

bool
write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t written = write(fd, at, n);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		at += written;
		n -= (size_t)written;
	}
	return true;
}

int
bytes_to_fd(struct bytes bytes)
{
	int fd = memfd_create("job", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (!write_all(fd, bytes.p, bytes.n) ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) <
		0)
		close_fd(&fd);
	return fd;
}

bool
fd_to_bytes(int fd, struct bytes *ret)
{
	struct stat about;

	if (fstat(fd, &about) < 0 || about.st_size < 0)
		return false;
	*ret = (struct bytes){ (const unsigned char *)"", (size_t)about.st_size };
	if (ret->n == 0)
		return true;
	void *map = mmap(NULL, ret->n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return false;
	ret->p = map;
	return true;
}

/* Room for the descriptors of a message, aligned as the kernel wants it. */
union control {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int) * JOB_FDS_MAX)];
};

enum status
job_send(int socket, uint32_t kind, const char *text, const int *fds, size_t n_fds)
{
	union control control = { .room = { 0 } };
	struct iovec parts[] = {
		{ &kind, sizeof kind },
		{ (char *)(uintptr_t)text, strlen(text) + 1 },
	};
	struct msghdr message = {
		.msg_iov = parts,
		.msg_iovlen = 2,
		.msg_control = &control,
		.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds),
	};

	if (parts[1].iov_len > JOB_TEXT_MAX)
		return E_LIMIT;
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
	memcpy(CMSG_DATA(head), fds, sizeof(int) * n_fds);
	ssize_t sent;
	do
		sent = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? E_AWAY : OK;
}

static void
take_fds(struct msghdr *message, struct job_note *ret)
{
	for (size_t i = 0; i < JOB_FDS_MAX; i++)
		ret->fds[i] = -1;
	struct cmsghdr *head = CMSG_FIRSTHDR(message);
	if (head == NULL || head->cmsg_type != SCM_RIGHTS)
		return;
	size_t n = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(ret->fds, CMSG_DATA(head),
	    (n < JOB_FDS_MAX ? n : (size_t)JOB_FDS_MAX) * sizeof(int));
}

bool
job_receive(int socket, struct job_note *ret)
{
	for (;;) {
		union control control;
		struct iovec parts[] = {
			{ &ret->kind, sizeof ret->kind },
			{ ret->text, sizeof ret->text },
		};
		struct msghdr message = {
			.msg_iov = parts,
			.msg_iovlen = 2,
			.msg_control = &control,
			.msg_controllen = sizeof control,
		};
		ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		take_fds(&message, ret);
		size_t text = (size_t)n - sizeof ret->kind;
		if ((size_t)n > sizeof ret->kind && ret->text[text - 1] == '\0')
			return true;
		for (size_t i = 0; i < JOB_FDS_MAX; i++)
			close_fd(&ret->fds[i]);
	}
}

/* Bytes that the cells take in a frame, without its head; above the limit when they are too
 * many. */
static size_t
record_size(size_t n, const char *const *cells)
{
	size_t size = n * sizeof(uint32_t);

	for (size_t i = 0; i < n && size <= RECORD_BYTES_MAX; i++)
		size += cells[i] != NULL ? strlen(cells[i]) + 1 : 0;
	return size;
}

bool
record_emit(size_t n, const char *const *cells,
    void (*sink)(void *to, const void *bytes, size_t n), void *to)
{
	size_t size = n <= RECORD_CELLS_MAX ? record_size(n, cells) : SIZE_MAX;

	if (size > RECORD_BYTES_MAX)
		return false;
	const struct record_head head = { .cells = (uint32_t)n, .bytes = (uint32_t)size };
	sink(to, &head, sizeof head);
	for (size_t i = 0; i < n; i++) {
		uint32_t length = cells[i] != NULL ? (uint32_t)strlen(cells[i]) : CELL_NONE;
		sink(to, &length, sizeof length);
		if (cells[i] != NULL)
			sink(to, cells[i], (size_t)length + 1);
	}
	return true;
}

bool
record_take(struct record_head head, const char *payload, const char **cells)
{
	size_t left = head.bytes;

	if (head.cells > RECORD_CELLS_MAX || head.bytes > RECORD_BYTES_MAX)
		return false;
	for (uint32_t i = 0; i < head.cells; i++) {
		uint32_t length;
		if (left < sizeof length)
			return false;
		memcpy(&length, payload, sizeof length);
		payload += sizeof length;
		left -= sizeof length;
		cells[i] = NULL;
		if (length == CELL_NONE)
			continue;
		if (length >= left || payload[length] != '\0' ||
		    !text_valid(payload, length, NULL))
			return false;
		cells[i] = payload;
		payload += length + 1;
		left -= length + 1;
	}
	return left == 0;
}

/* Waits for bytes; PIPE_TIME past the deadline. */
static enum pipe_end
refill(struct pipe_reader *reader)
{
	for (;;) {
		int64_t left = (reader->deadline - time_ticks()) / 1000;
		if (left <= 0)
			return PIPE_TIME;
		struct pollfd wait = { .fd = reader->fd, .events = POLLIN };
		int ready = poll(&wait, 1, left > 60000 ? 60000 : (int)left + 1);
		if (ready <= 0)
			continue;
		ssize_t n = read(reader->fd, reader->part, sizeof reader->part);
		if (n < 0 && errno == EINTR)
			continue;
		reader->at = 0;
		reader->n = n > 0 ? (size_t)n : 0;
		return n > 0 ? PIPE_OK : PIPE_EOF;
	}
}

enum pipe_end
pipe_read(struct pipe_reader *reader, void *bytes, size_t n)
{
	char *out = bytes;

	while (n > 0) {
		if (reader->at == reader->n) {
			enum pipe_end end = refill(reader);
			if (end != PIPE_OK)
				return end;
		}
		size_t take = reader->n - reader->at < n ? reader->n - reader->at : n;
		memcpy(out, reader->part + reader->at, take);
		reader->at += take;
		out += take;
		n -= take;
	}
	return PIPE_OK;
}
