/*
 * parse_call.c: helper_parse() and helper_parse_once(): a file out, records back.
 *
 * The calling thread makes two pipes and a memfd, sends their far ends away and reads records
 * until the child's end frame or the pipe's end, then the verdict. An arena may give up at
 * any allocation (longjmp), so descriptors, the slot and a child of our own are given back by
 * a hook of the arena; on the straight way it runs early.
 */
#include "base/config.h"
#include "base/time.h"
#include "doc/helper_inner.h"
#include "doc/parse_child.h"
#include "doc/pipework.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RECORDS_MAX ((size_t)400000)
#define TOTAL_MAX ((size_t)64 << 20) /* bytes of records that one file may become */
#define SLACK (3 * SECOND)           /* beyond the child's time, for its nurse to act */

struct call {
	struct pipe_reader records, verdict;
	int far_records, far_verdict; /* the write ends, until they are sent */
	int file;
	pid_t child; /* forked here (helper_parse_once), else 0 */
	bool slot;
	enum status ended; /* what the child's end frame said */
	bool end_seen;
	const char *why;      /* E_LIMIT for a reason that we found ourselves */
	struct record **tail; /* where the next record goes */
};

/* Gives back what the call holds; safe to run twice. */
static void
release(void *arg)
{
	struct call *call = arg;

	close_fd(&call->records.fd);
	close_fd(&call->verdict.fd);
	close_fd(&call->far_records);
	close_fd(&call->far_verdict);
	close_fd(&call->file);
	if (call->child > 0) {
		(void)kill(call->child, SIGKILL);
		(void)waitpid(call->child, NULL, 0);
		call->child = 0;
	}
	if (call->slot)
		helper_give_slot(HELPER_PARSE);
	call->slot = false;
}

static struct call *
call_new(struct arena *arena)
{
	struct call *call = arena_new_of(arena, struct call);

	call->records.fd = call->verdict.fd = call->far_records = call->far_verdict = -1;
	call->file = -1;
	arena_hook(arena, release, call);
	return call;
}

static bool
open_pipe(struct pipe_reader *reader, int *far, int64_t deadline)
{
	int both[2];

	if (pipe2(both, O_CLOEXEC) < 0)
		return false;
	reader->fd = both[0];
	reader->deadline = deadline;
	*far = both[1];
	return true;
}

/* One frame; PIPE_EOF after the end frame too. A frame that breaks a rule counts as a crash
 * of the child. */
static enum pipe_end
take_record(struct arena *arena, struct call *call, size_t *total, struct records *ret)
{
	struct record_head head;
	enum pipe_end end = pipe_read(&call->records, &head, sizeof head);

	if (end != PIPE_OK)
		return end;
	if (head.cells == RECORD_END) {
		call->end_seen = true;
		call->ended = head.bytes < STATUS_MAX ? (enum status)head.bytes : E_FAULT;
		return PIPE_EOF;
	}
	if (head.cells > RECORD_CELLS_MAX || head.bytes > RECORD_BYTES_MAX) {
		call->why = "crash";
		return PIPE_EOF;
	}
	*total += head.bytes + sizeof(struct record);
	if (*total > TOTAL_MAX || ret->count == RECORDS_MAX) {
		call->why = "memory";
		return PIPE_EOF;
	}
	struct record *record = arena_new_of(arena, struct record);
	char *payload = arena_alloc(arena, head.bytes);
	record->n = head.cells;
	record->cells = arena_array_of(arena, const char *, head.cells);
	end = pipe_read(&call->records, payload, head.bytes);
	if (end == PIPE_OK && !record_take(head, payload, record->cells)) {
		call->why = "crash";
		return PIPE_EOF;
	}
	if (end != PIPE_OK)
		return end;
	*call->tail = record;
	call->tail = &record->next;
	ret->count++;
	return PIPE_OK;
}

/* What the verdict and the records together mean. */
static enum status
judge(const struct call *call, enum verdict verdict, const char **ret_why)
{
	const char *why = call->why;

	if (why == NULL && verdict == VERDICT_TIME)
		why = "time";
	if (why == NULL && verdict == VERDICT_MEMORY)
		why = "memory";
	if (why == NULL && verdict == VERDICT_FORBIDDEN)
		why = "forbidden";
	if (why == NULL && verdict == VERDICT_NO_CHILD)
		return E_BUSY;
	if (why == NULL && (verdict != VERDICT_ENDED || !call->end_seen))
		why = "crash";
	if (why == NULL && call->ended == E_LIMIT)
		why = "memory";
	if (why != NULL) {
		*ret_why = why;
		return E_LIMIT;
	}
	return call->ended;
}

/* Reads all records; *ret_why is set here when we stopped reading for a reason of ours. */
static void
collect(struct arena *arena, struct call *call, struct records *ret)
{
	size_t total = 0;
	enum pipe_end end;

	call->tail = &ret->first;
	do
		end = take_record(arena, call, &total, ret);
	while (end == PIPE_OK);
	/* Who still writes, stops now. */
	close_fd(&call->records.fd);
}

static uint32_t
parser_index(const struct parser *parsers, const char *name)
{
	uint32_t i = 0;

	while (parsers[i].name != NULL && !text_is(parsers[i].name, name))
		i++;
	return i;
}

static enum status
through_nurse(struct arena *arena, struct call *call, const struct parser *parser,
    uint32_t index, struct bytes file, const char *options, struct records *ret,
    const char **ret_why)
{
	enum status status = helper_take_slot(HELPER_PARSE);

	if (status != OK)
		return status;
	call->slot = true;
	int64_t deadline = time_ticks() + parser->seconds * SECOND + SLACK;
	call->file = bytes_to_fd(file);
	if (call->file < 0 || !open_pipe(&call->records, &call->far_records, deadline) ||
	    !open_pipe(&call->verdict, &call->far_verdict, deadline))
		return E_BUSY;
	const int fds[] = { call->file, call->far_records, call->far_verdict };
	status = helper_send(HELPER_PARSE, index, options, fds, 3);
	if (status != OK)
		return status;
	close_fd(&call->file);
	close_fd(&call->far_records);
	close_fd(&call->far_verdict);
	collect(arena, call, ret);
	char verdict;
	/* No verdict: the nurse died, or is stuck past every time limit. */
	if (pipe_read(&call->verdict, &verdict, 1) != PIPE_OK)
		return E_AWAY;
	return judge(call, (enum verdict)verdict, ret_why);
}

enum status
helper_parse(struct arena *arena, const char *parser, struct bytes file, const char *options,
    struct records *ret, const char **ret_why)
{
	const struct parser *parsers = helper_parsers();

	if (!helper_runs(HELPER_PARSE))
		return E_AWAY;
	uint32_t index = parser_index(parsers, parser);
	if (parsers[index].name == NULL)
		return E_FAULT;
	struct records records = { .first = NULL };
	struct call *call = call_new(arena);
	enum status status = through_nurse(arena, call, &parsers[index], index, file,
	    options != NULL ? options : "", &records, ret_why);
	release(call);
	if (status == OK || status == E_INPUT)
		*ret = records;
	return status;
}

/* Waits for a child of our own, which has sent all it will, until its time is over. */
static enum verdict
wait_for(struct call *call, int64_t deadline)
{
	bool late = false;
	int wait_status = 0;
	pid_t pid;

	if (call->why != NULL)
		(void)kill(call->child, SIGKILL);
	while ((pid = waitpid(call->child, &wait_status, late ? 0 : WNOHANG)) == 0 ||
	       (pid < 0 && errno == EINTR)) {
		late = time_ticks() >= deadline;
		if (late)
			(void)kill(call->child, SIGKILL);
		else
			(void)nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	call->child = 0;
	return verdict_of(wait_status, late);
}

enum status
helper_parse_once(struct arena *arena, const struct parser *parsers, const char *parser,
    struct bytes file, const char *options, struct records *ret, const char **ret_why)
{
	uint32_t index = parser_index(parsers, parser);

	if (parsers[index].name == NULL)
		return E_FAULT;
	struct records records = { .first = NULL };
	struct call *call = call_new(arena);
	int64_t deadline = time_ticks() + parsers[index].seconds * SECOND;
	parse_warm();
	if (!open_pipe(&call->records, &call->far_records, deadline))
		return E_BUSY;
	call->child = parse_fork(
	    &parsers[index], &file, -1, options != NULL ? options : "", call->far_records);
	close_fd(&call->far_records);
	if (call->child < 0)
		return E_BUSY;
	collect(arena, call, &records);
	enum status status = judge(call, wait_for(call, deadline), ret_why);
	release(call);
	if (status == OK || status == E_INPUT)
		*ret = records;
	return status;
}
