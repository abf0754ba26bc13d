/*
 * pipework.h: how a plugin and its helper processes talk. Private to common/doc.
 *
 * A job is one SOCK_SEQPACKET message: a kind, a text and descriptors (a sealed memfd with
 * the input, the write ends of pipes for the answer). So any thread may send, any helper that
 * shares the socket may take it, and a helper that dies leaves nothing half-said: its pipes
 * just end. Answers are records: frames of cells, read with every length checked, because a
 * parser child may have been taken over by the file it read.
 */
#ifndef KEPTWORD_PIPEWORK_H
#define KEPTWORD_PIPEWORK_H

#include "base/status.h"
#include "base/text.h"

#include <stdint.h>

#define JOB_TEXT_MAX 4096
#define JOB_FDS_MAX 3
#define RECORD_CELLS_MAX 256
#define RECORD_BYTES_MAX ((uint32_t)1 << 20)

struct job_note {
	uint32_t kind;
	char text[JOB_TEXT_MAX]; /* NUL-terminated */
	int fds[JOB_FDS_MAX];    /* -1 where none */
};

/* A sealed memfd with these bytes, at offset 0; -1 when the system has none to give. */
int bytes_to_fd(struct bytes bytes);

/* All of fd's bytes, mapped read-only for as long as the process lives (the caller unmaps
 * with munmap when it goes on). False when it cannot be mapped. An empty file gives n = 0. */
bool fd_to_bytes(int fd, struct bytes *ret);

/* Sends a job; the caller keeps and closes its descriptors. E_LIMIT: the text is too long.
 * E_AWAY: nobody is at the other end. */
MUST_USE enum status job_send(
    int socket, uint32_t kind, const char *text, const int *fds, size_t n_fds);

/* Waits for a job. False when the other end is closed. Malformed messages are dropped. */
bool job_receive(int socket, struct job_note *ret);

void close_fd(int *fd); /* closes and sets -1; nothing for -1 */

/* Writes everything, going on after signals; false when the reader is gone. */
bool write_all(int fd, const void *bytes, size_t n);

/* A record in wire form: count of cells, bytes that follow, then per cell its length (or
 * CELL_NONE) and its bytes with a NUL. */
#define CELL_NONE UINT32_MAX
#define RECORD_END UINT32_MAX /* count of cells of the frame that ends all; bytes = status */
struct record_head {
	uint32_t cells, bytes;
};
/* Gives a whole frame, piece by piece, to sink; false (and nothing) when the cells break a
 * limit. */
bool record_emit(size_t n, const char *const *cells,
    void (*sink)(void *to, const void *bytes, size_t n), void *to);
/* Checks a frame's payload and gives its cells, which point into it: lengths fit, every cell
 * is valid UTF-8 and ends with its NUL. cells has head.cells places. */
MUST_USE bool record_take(struct record_head head, const char *payload, const char **cells);

/* Reading a pipe against a clock. */
enum pipe_end {
	PIPE_OK,
	PIPE_EOF,
	PIPE_TIME
};
struct pipe_reader {
	int fd;
	int64_t deadline; /* in time_ticks() */
	size_t at, n;
	char part[16 * 1024];
};
enum pipe_end pipe_read(struct pipe_reader *reader, void *bytes, size_t n);

#endif
