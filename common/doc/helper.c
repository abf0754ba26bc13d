/*
 * helper.c: the processes beside a plugin, and who keeps them. See helper.h for the contract.
 *
 *   plugin ── warden ─┬─ nurse ── a child per file
 *                     └─ PDF helpers
 *
 * The warden is forked before any thread exists and does nothing but fork the others again
 * when they die, because the plugin, once it has threads, cannot fork safely. It holds their
 * ends of the sockets, so a job that is sent while a helper is being replaced just waits. It
 * dies with the plugin, they die with it (PDEATHSIG), and all of them leave when the plugin
 * closes its sockets. Should the warden itself be killed, the next job finds the socket
 * closed: then the plugin asks itself to end (SIGTERM: what is under way is finished) and its
 * supervisor starts it whole again; until then callers get E_AWAY.
 *
 * Owns: the plugin's two sockets, the warden's process id, the slots that bound both kinds of
 * work. Set once in helper_start(), before threads; the slots are semaphores.
 */
#include "doc/helper.h"

#include "base/config.h"
#include "base/log.h"
#include "base/time.h"
#include "doc/helper_inner.h"
#include "doc/parse_child.h"
#include "doc/pipework.h"
#include "doc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POSTS_MAX 33 /* the nurse and at most 32 PDF helpers */
#define SLOT_WAIT_SECONDS 2

static struct {
	bool running;
	pid_t warden;
	int sockets[HELPER_KIND_MAX]; /* the plugin's ends, -1 where there is no such helper */
	sem_t slots[HELPER_KIND_MAX];
	const struct parser *parsers;
	atomic_bool lost;
} state = { .sockets = { -1, -1 } };

/* What the warden keeps of each helper. */
struct post {
	enum helper_kind kind;
	pid_t pid;       /* 0: has left */
	int64_t started; /* in time_ticks() */
};

/* In the new process: what it does for ever. */
_Noreturn static void
serve(enum helper_kind kind, int socket, pid_t warden)
{
	sandbox_child(warden, kind == HELPER_PARSE ? "kw-nurse" : "kw-pdf");
	sandbox_close_all_but(&socket, 1);
	/* A Ctrl-C or a stop of the whole group is for the plugin: while it finishes its
	 * requests it may need us. A reader that went away is no reason to die. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	if (kind == HELPER_PARSE)
		nurse_serve(socket, state.parsers);
	pdf_serve(socket);
}

static void
man(struct post *post, const int *sockets)
{
	pid_t warden = getpid();

	post->started = time_ticks();
	post->pid = fork();
	if (post->pid == 0)
		serve(post->kind, sockets[post->kind], warden);
	if (post->pid < 0)
		post->pid = 0;
}

/* Replaces what dies; leaves when all have left in peace. */
_Noreturn static void
warden_serve(struct post *posts, size_t n, const int *sockets)
{
	static const char *const names[] = { "nurse", "pdf" };
	int wait_status;
	pid_t pid;

	for (size_t i = 0; i < n; i++)
		man(&posts[i], sockets);
	while ((pid = waitpid(-1, &wait_status, 0)) > 0 || errno == EINTR) {
		for (size_t i = 0; i < n; i++) {
			if (pid <= 0 || posts[i].pid != pid)
				continue;
			posts[i].pid = 0;
			if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)
				continue;
			log_event(LOG_LEVEL_WARN, "helper_died",
			    LOG_TEXT("helper", names[posts[i].kind]),
			    LOG_INT("status", wait_status));
			if (time_ticks() - posts[i].started < SECOND)
				(void)nanosleep(
				    &(struct timespec){ .tv_nsec = 300000000 }, NULL);
			man(&posts[i], sockets);
		}
	}
	_exit(0);
}

/* The warden's first steps; never returns. */
_Noreturn static void
become_warden(pid_t plugin, const int *sockets, size_t pdf_helpers)
{
	struct post posts[POSTS_MAX] = { { .pid = 0 } };
	int keep[HELPER_KIND_MAX];
	size_t n = 0, kept = 0;

	sandbox_child(plugin, "kw-warden");
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	for (size_t kind = 0; kind < HELPER_KIND_MAX; kind++) {
		if (sockets[kind] >= 0)
			keep[kept++] = sockets[kind];
	}
	sandbox_close_all_but(keep, kept);
	if (sockets[HELPER_PARSE] >= 0)
		posts[n++].kind = HELPER_PARSE;
	for (size_t i = 0; sockets[HELPER_PDF] >= 0 && i < pdf_helpers; i++)
		posts[n++].kind = HELPER_PDF;
	warden_serve(posts, n, sockets);
}

/* A pair of which neither end is one of 0-2, should those be closed. */
static bool
open_sockets(int *near, int *far)
{
	int both[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, both) < 0)
		return false;
	*near = fcntl(both[0], F_DUPFD_CLOEXEC, 3);
	*far = fcntl(both[1], F_DUPFD_CLOEXEC, 3);
	close_fd(&both[0]);
	close_fd(&both[1]);
	return *near >= 0 && *far >= 0;
}

enum status
helper_start(const struct parser *parsers, bool pdf)
{
	const bool wanted[HELPER_KIND_MAX] = { parsers != NULL && parsers->name != NULL, pdf };
	size_t pdf_helpers = (size_t)config_int(CONFIG_PDF_HELPERS);
	int far[HELPER_KIND_MAX] = { -1, -1 };
	pid_t plugin = getpid();

	if (!wanted[0] && !wanted[1])
		return OK;
	state.parsers = parsers;
	for (int kind = 0; kind < HELPER_KIND_MAX; kind++) {
		if (wanted[kind] && !open_sockets(&state.sockets[kind], &far[kind]))
			return E_FAULT;
	}
	(void)sem_init(&state.slots[HELPER_PARSE], 0, (unsigned)config_int(CONFIG_PARSERS));
	(void)sem_init(&state.slots[HELPER_PDF], 0, (unsigned)pdf_helpers);
	state.warden = fork();
	if (state.warden == 0)
		become_warden(
		    plugin, far, pdf_helpers < POSTS_MAX ? pdf_helpers : POSTS_MAX - 1);
	for (int kind = 0; kind < HELPER_KIND_MAX; kind++)
		close_fd(&far[kind]);
	state.running = state.warden > 0;
	atomic_store(&state.lost, false);
	if (!state.running)
		helper_stop();
	return state.running ? OK : E_FAULT;
}

void
helper_stop(void)
{
	for (int kind = 0; kind < HELPER_KIND_MAX; kind++)
		close_fd(&state.sockets[kind]);
	if (!state.running)
		return;
	state.running = false;
	/* They leave at once unless one is drawing; a second is enough for that. */
	for (int i = 0; i < 100; i++) {
		if (waitpid(state.warden, NULL, WNOHANG) != 0)
			return;
		(void)nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	}
	(void)kill(state.warden, SIGKILL);
	(void)waitpid(state.warden, NULL, 0);
}

const struct parser *
helper_parsers(void)
{
	return state.parsers;
}

bool
helper_runs(enum helper_kind kind)
{
	return state.running && state.sockets[kind] >= 0;
}

enum status
helper_send(enum helper_kind kind, uint32_t job, const char *text, const int *fds, size_t n)
{
	if (!helper_runs(kind))
		return E_AWAY;
	enum status status = job_send(state.sockets[kind], job, text, fds, n);
	if (status == E_AWAY && !atomic_exchange(&state.lost, true)) {
		log_event(LOG_LEVEL_FATAL, "helpers_gone");
		(void)kill(getpid(), SIGTERM);
	}
	return status;
}

enum status
helper_take_slot(enum helper_kind kind)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += SLOT_WAIT_SECONDS;
	while (sem_clockwait(&state.slots[kind], CLOCK_MONOTONIC, &until) != 0) {
		if (errno != EINTR)
			return E_BUSY;
	}
	return OK;
}

void
helper_give_slot(enum helper_kind kind)
{
	(void)sem_post(&state.slots[kind]);
}
