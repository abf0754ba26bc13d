/*
 * parse_child.c: the parser child, and the nurse that forks, times and reaps the children.
 *
 * Both are single-threaded. The nurse holds its socket and, for each child, the write end of
 * that child's verdict pipe; it never reads a file or a record, so nothing that a file says
 * reaches it. A child holds the write end of its record pipe and nothing else.
 */
#include "doc/parse_child.h"

#include "base/config.h"
#include "base/time.h"
#include "data/crypto.h"
#include "doc/pipework.h"
#include "doc/sandbox.h"
#include "doc/xml.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN_MAX 64 /* above any CONFIG_PARSERS; children of given-up requests count */
#define EXIT_MEMORY 3
#define OUT_FD 3 /* the one descriptor of a child */
#define HOOK "keptword-test-hook: "

struct parse_out {
	int fd;
	size_t n;
	char part[64 * 1024];
};

static void
flush(struct parse_out *out)
{
	if (!write_all(out->fd, out->part, out->n))
		_exit(0); /* nobody waits for it any more */
	out->n = 0;
}

static void
put(void *to, const void *bytes, size_t n)
{
	struct parse_out *out = to;
	const char *at = bytes;

	while (n > 0) {
		size_t take = sizeof out->part - out->n;
		take = take < n ? take : n;
		memcpy(out->part + out->n, at, take);
		out->n += take;
		at += take;
		n -= take;
		if (out->n == sizeof out->part)
			flush(out);
	}
}

void
out_record(struct parse_out *out, size_t n, const char *const *cells)
{
	if (!record_emit(n, cells, put, out))
		abort(); /* a parse function that keeps no limits: our bug, told as a crash */
}

_Noreturn static void
end(struct parse_out *out, enum status status)
{
	const struct record_head last = { .cells = RECORD_END, .bytes = (uint32_t)status };

	put(out, &last, sizeof last);
	flush(out);
	_exit(0);
}

/* The deeds of CONFIG_TEST_HOOKS, done from inside the sandbox. */
static void
test_deed(struct bytes file)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	static const char *const deeds[] = { "abort", "loop", "memory", "connect", "open" };
	size_t deed = 0, skip = strlen(HOOK);

	if (file.n < skip || memcmp(file.p, HOOK, skip) != 0)
		return;
	while (deed < 5 && (file.n - skip < strlen(deeds[deed]) ||
			       memcmp(file.p + skip, deeds[deed], strlen(deeds[deed])) != 0))
		deed++;
	volatile unsigned rounds = 0;
	switch (deed) {
	case 0:
		abort();
	case 1:
		for (;;)
			rounds++;
	case 2: /* 4 GiB, touched */
		for (int i = 0; i < 64; i++) {
			void *part = malloc((size_t)64 << 20);
			if (part == NULL)
				_exit(EXIT_MEMORY);
			memset(part, 1, (size_t)64 << 20);
			rounds += *(volatile unsigned char *)part;
		}
		break;
	case 3:
		(void)connect(socket(AF_INET, SOCK_STREAM, 0),
		    (const struct sockaddr *)&address, sizeof address);
		break;
	case 4:
		(void)open("/etc/passwd", O_RDONLY | O_CLOEXEC);
		break;
	default:
		break;
	}
}

/* What a child does, from its first to its last instruction. */
_Noreturn static void
child(const struct parser *parser, struct bytes file, const char *options, int out_fd)
{
	static struct parse_out out;
	jmp_buf no_memory;

	/* Not one of 0-2: what is written to those must not look like records. */
	out.fd = OUT_FD;
	if (out_fd != OUT_FD && dup2(out_fd, OUT_FD) < 0)
		_exit(1);
	if (!sandbox_parser(out.fd, parser->seconds, parser->megabytes))
		end(&out, E_FAULT);
	if (config_on(CONFIG_TEST_HOOKS))
		test_deed(file);
	struct arena *arena = arena_new((size_t)parser->megabytes << 20);
	if (arena == NULL || setjmp(no_memory) != 0)
		_exit(EXIT_MEMORY);
	arena_recover(arena, &no_memory);
	end(&out, parser->parse(arena, file, options, &out));
}

pid_t
parse_fork(const struct parser *parser, const struct bytes *file, int memfd,
    const char *options, int out)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	sandbox_child(parent, "kw-parse");
	struct bytes mapped;
	if (file == NULL && !fd_to_bytes(memfd, &mapped))
		_exit(EXIT_MEMORY);
	child(parser, file != NULL ? *file : mapped, options, out);
}

void
parse_warm(void)
{
	unsigned char digest[SHA256_BYTES];

	xml_start();
	(void)instant_of_local(0, 0, 0, 0, "Europe/Vienna", NULL);
	(void)day_in_zone(0, "America/New_York");
	crypto_sha256(bytes_of(""), digest);
}

enum verdict
verdict_of(int wait_status, bool stopped_late)
{
	if (WIFEXITED(wait_status)) {
		int code = WEXITSTATUS(wait_status);
		return code == 0             ? VERDICT_ENDED
		       : code == EXIT_MEMORY ? VERDICT_MEMORY
					     : VERDICT_CRASH;
	}
	switch (WTERMSIG(wait_status)) {
	case SIGXCPU:
		return VERDICT_TIME;
	case SIGSYS:
		return VERDICT_FORBIDDEN;
	case SIGKILL: /* by the nurse or the CPU limit, else by a machine out of memory */
		return stopped_late ? VERDICT_TIME : VERDICT_MEMORY;
	default:
		return VERDICT_CRASH;
	}
}

struct patient {
	pid_t pid;        /* 0: a free place */
	int verdict;      /* write end of its pipe */
	int64_t deadline; /* in time_ticks() */
	bool late;        /* killed for it */
};

static void
tell(int *verdict_fd, enum verdict verdict)
{
	const char byte = (char)verdict;

	(void)write_all(*verdict_fd, &byte, 1);
	close_fd(verdict_fd);
}

/* Forks a child for a job, or tells at once that there is none. */
static void
admit(struct patient *place, struct job_note *job, const struct parser *parsers, size_t n)
{
	int memfd = job->fds[0], out = job->fds[1];
	pid_t pid = -1;

	if (job->kind < n && memfd >= 0 && out >= 0 && job->fds[2] >= 0)
		pid = parse_fork(&parsers[job->kind], NULL, memfd, job->text, out);
	close_fd(&memfd);
	close_fd(&out);
	if (pid < 0) {
		tell(&job->fds[2], VERDICT_NO_CHILD);
		return;
	}
	*place = (struct patient){
		.pid = pid,
		.verdict = job->fds[2],
		.deadline = time_ticks() + (int64_t)parsers[job->kind].seconds * SECOND,
	};
}

static void
reap(struct patient *all)
{
	int wait_status;
	pid_t pid;

	while ((pid = waitpid(-1, &wait_status, WNOHANG)) > 0) {
		for (size_t i = 0; i < CHILDREN_MAX; i++) {
			if (all[i].pid != pid)
				continue;
			tell(&all[i].verdict, verdict_of(wait_status, all[i].late));
			all[i].pid = 0;
		}
	}
}

/* Kills who is past the time; milliseconds until the next one is, -1 when nobody waits. */
static int
check_clock(struct patient *all)
{
	int64_t now = time_ticks(), next = -1;

	for (size_t i = 0; i < CHILDREN_MAX; i++) {
		if (all[i].pid == 0 || all[i].late)
			continue;
		if (all[i].deadline <= now) {
			all[i].late = true;
			(void)kill(all[i].pid, SIGKILL);
		} else if (next < 0 || all[i].deadline - now < next) {
			next = all[i].deadline - now;
		}
	}
	return next < 0 ? -1 : (int)(next / 1000) + 1;
}

static struct patient *
free_place(struct patient *all)
{
	for (size_t i = 0; i < CHILDREN_MAX; i++) {
		if (all[i].pid == 0)
			return &all[i];
	}
	return NULL;
}

_Noreturn static void
go_home(struct patient *all)
{
	for (size_t i = 0; i < CHILDREN_MAX; i++) {
		if (all[i].pid != 0)
			(void)kill(all[i].pid, SIGKILL);
	}
	_exit(0);
}

_Noreturn void
nurse_serve(int socket, const struct parser *parsers)
{
	static struct patient all[CHILDREN_MAX];
	static struct job_note job;
	size_t n = 0;
	sigset_t children;

	while (parsers[n].name != NULL)
		n++;
	(void)sigemptyset(&children);
	(void)sigaddset(&children, SIGCHLD);
	(void)pthread_sigmask(SIG_BLOCK, &children, NULL);
	int reaped = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
	if (reaped < 0)
		_exit(1);
	parse_warm();
	for (;;) {
		int wait = check_clock(all);
		struct patient *place = free_place(all);
		struct pollfd ready[] = {
			{ .fd = place != NULL ? socket : -1, .events = POLLIN },
			{ .fd = reaped, .events = POLLIN },
		};
		if (poll(ready, 2, wait) <= 0)
			continue;
		if (ready[1].revents != 0) {
			struct signalfd_siginfo information;
			(void)!read(reaped, &information, sizeof information);
			reap(all);
		}
		if (ready[0].revents != 0 && place != NULL) {
			if (!job_receive(socket, &job))
				go_home(all);
			admit(place, &job, parsers, n);
		}
	}
}
