/*
 * serve.c: serves FastCGI on the listening socket at descriptor 0, with CONFIG_THREADS threads.
 *
 * Each thread owns one connection at a time, one arena and one struct request. It never asks
 * libfcgi to accept: libfcgi would sit in a read on a silent kept connection, with no way out.
 * A thread without a connection waits for one (epoll, exclusive: one connection wakes one
 * thread); a thread with a kept one waits for its next request, for a stop, and for others who
 * wait: then a connection that stays silent is given up, and one that has been served for a
 * while is closed behind a reply, so that nobody waits for long when there are more connections
 * than threads.
 *
 * Signals are blocked in all threads; main() takes them from a descriptor. A stop first drains:
 * everything goes on, but each connection is closed behind its next reply, and silent ones are
 * left for nginx to close, so that none is closed while a POST is on its way to it (nginx would
 * not repeat that). When no kept connection is left, or after DRAIN_MS, an eventfd that stays
 * readable wakes every thread: requests under way are finished, connections whose next request
 * has already come are served once more, the accept queue is left to the next process. Threads
 * that are not done DRAIN_MS + STOP_MS after the signal are left behind by _exit().
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "base/config.h"
#include "base/log.h"
#include "base/metric.h"
#include "data/db.h"
#include "doc/helper.h"
#include "web/app_impl.h"
#include "web/metrics.h"
#include "web/request_impl.h"

#define LISTEN 0
#define MS ((int64_t)1000) /* of time_ticks() */
/* Of a request, beside an upload, which may be there twice. */
#define ARENA_LIMIT ((size_t)64 * 1024 * 1024)
#define STACK_BYTES ((size_t)1024 * 1024)
#define IO_SECONDS 10  /* a read or write on a connection waits no longer */
#define GRACE_MS 60    /* silence after which a kept connection may be given up */
#define HOLD (25 * MS) /* a busy connection is kept no longer while others wait */
#define FRESH_MS 250   /* at a stop: for the first request of a new connection */
#define BACK_OFF_MS 50 /* without descriptors or memory for a connection */
#define DRAIN_MS 2500  /* more than nginx keeps a silent connection (keepalive_timeout) */
#define SETTLE_MS 100  /* for replies that were being sent when the drain began */
#define STOP_MS 2000

struct worker {
	pthread_t thread;
	const struct app *app;
	struct arena *arena;
	int epoll;         /* LISTEN (exclusive) and wake */
	FCGX_Request fcgi; /* ipcFd: the connection, -1 without */
	int64_t accepted;  /* time_ticks() when the connection came */
	int64_t replied;   /* ... and of its last reply */
	bool fresh;        /* no request has come on it yet */
	bool others_wait;  /* when its present request came, the accept queue was not empty */
	jmp_buf no_memory;
	struct request req;
};

static int wake = -1; /* readable from the stop on */
static atomic_bool stopping;
static atomic_bool draining;
static atomic_int kept; /* connections that wait for a further request */
static atomic_int idle; /* threads that wait for a connection */
static atomic_flag giving_up = ATOMIC_FLAG_INIT; /* one thread at a time does */

bool
serve_possible(void)
{
	int listening = 0;
	socklen_t size = sizeof listening;

	return getsockopt(LISTEN, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 &&
	       listening;
}

/* ---- Connections ---- */

static void
hang_up(struct worker *worker)
{
	FCGX_Free(&worker->fcgi, 1);
	worker->fcgi.ipcFd = -1;
}

static bool
readable(int fd, int milliseconds)
{
	struct pollfd one = { .fd = fd, .events = POLLIN };

	return poll(&one, 1, milliseconds) > 0;
}

/* Waits until there may be a connection to accept; false at a stop. */
static bool
wait_for_connection(struct worker *worker)
{
	struct epoll_event events[2];

	atomic_fetch_add(&idle, 1);
	(void)epoll_wait(worker->epoll, events, 2, -1);
	atomic_fetch_sub(&idle, 1);
	return !atomic_load(&stopping);
}

static void
accept_connection(struct worker *worker)
{
	struct timeval limit = { .tv_sec = IO_SECONDS };
	int fd = accept4(LISTEN, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0) {
		/* Another thread was faster, or the client has gone; but these last a while. */
		if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
			log_event(LOG_LEVEL_WARN, "accept_failed", LOG_INT("errno", errno));
			(void)readable(wake, BACK_OFF_MS);
		}
		return;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
	worker->fcgi.ipcFd = fd;
	/* libfcgi takes an open connection for a kept one and reads on it. */
	worker->fcgi.keepConnection = 1;
	worker->fresh = true;
	worker->accepted = worker->replied = time_ticks();
}

/* Others wait and no thread is free for them. Gives the connection up if it stays silent for
 * the grace period; true when it does not. */
static bool
speaks_before_giving_up(struct worker *worker)
{
	int64_t silent = (time_ticks() - worker->replied) / 1000;
	int patience = silent >= GRACE_MS ? 0 : (int)(GRACE_MS - silent);

	if (atomic_load(&idle) || atomic_flag_test_and_set(&giving_up))
		return readable(worker->fcgi.ipcFd, GRACE_MS);
	if (readable(worker->fcgi.ipcFd, patience)) {
		atomic_flag_clear(&giving_up);
		worker->others_wait = true;
		return true;
	}
	if (readable(LISTEN, 0)) {
		hang_up(worker);
		accept_connection(worker);
	}
	atomic_flag_clear(&giving_up);
	return false;
}

/* Waits for the next request on the connection; false when it was given up. */
static bool
wait_for_next(struct worker *worker)
{
	while (worker->fcgi.ipcFd >= 0) {
		struct pollfd fds[] = { { .fd = worker->fcgi.ipcFd, .events = POLLIN },
			{ .fd = wake, .events = POLLIN }, { .fd = LISTEN, .events = POLLIN } };

		(void)poll(fds, 3, -1);
		worker->others_wait = fds[2].revents != 0;
		if (fds[0].revents)
			return true;
		if (fds[1].revents) {
			if (worker->fresh && readable(worker->fcgi.ipcFd, FRESH_MS))
				return true;
			hang_up(worker);
		} else if (fds[2].revents && speaks_before_giving_up(worker)) {
			return true;
		}
	}
	return false;
}

static bool
wait_for_request(struct worker *worker)
{
	bool again = !worker->fresh;

	if (again)
		atomic_fetch_add(&kept, 1);
	bool came = wait_for_next(worker);
	if (again)
		atomic_fetch_sub(&kept, 1);
	return came;
}

/* ---- One request ---- */

static void
log_reply(const struct request *req)
{
	if (req->route && req->route->flags & ROUTE_NO_LOG)
		return;
	log_event(LOG_LEVEL_INFO, "request",
	    LOG_TEXT("route", req->route ? req->route->path : "-"),
	    LOG_INT("status", req->response.status),
	    LOG_INT("ms", (time_ticks() - req->started) / 1000),
	    LOG_INT("bytes", req->head ? 0 : req->response.body.n));
}

static void
release_database(struct request *req)
{
	if (req->db)
		db_release(req->db);
	req->db = NULL;
}

/* The reply when memory ran out: the arena begins anew, so there is room for a page. If not
 * even that goes well, a line of text. */
static void
reply_without_memory(struct worker *worker)
{
	struct request *req = &worker->req;

	release_database(req);
	log_event(LOG_LEVEL_ERROR, "no_memory",
	    LOG_TEXT("route", req->route ? req->route->path : "-"),
	    LOG_INT("bytes", arena_used(worker->arena)));
	arena_reset(worker->arena);
	if (setjmp(worker->no_memory) == 0) {
		request_no_memory(req);
		reply_head(req);
		return;
	}
	arena_recover(worker->arena, NULL);
	arena_reset(worker->arena);
	error_reply_last(req, 503);
	reply_head(req);
}

/* From the parameters to a reply in the arena. Memory that runs out comes back here. */
static void
make_reply(struct worker *worker)
{
	struct request *req = &worker->req;

	request_begin(req, worker->app, worker->arena);
	req->fcgi = &worker->fcgi;
	arena_recover(worker->arena, &worker->no_memory);
	if (setjmp(worker->no_memory) == 0) {
		request_run(req, worker->fcgi.envp);
		reply_head(req);
		session_touch(req);
		release_database(req);
	} else {
		reply_without_memory(worker);
	}
	arena_recover(worker->arena, NULL);
}

/* Shall the connection stay open behind this reply? */
static bool
keep(const struct worker *worker)
{
	if (!worker->fcgi.keepConnection || atomic_load(&draining))
		return false;
	return !worker->others_wait || atomic_load(&idle) ||
	       time_ticks() - worker->accepted < HOLD;
}

static void
serve_request(struct worker *worker)
{
	bool stays;

	if (FCGX_Accept_r(&worker->fcgi) < 0) {
		/* Closed by the other side, or not FastCGI; libfcgi has closed it. */
		if (worker->fcgi.ipcFd >= 0)
			hang_up(worker);
		worker->fcgi.ipcFd = -1;
		return;
	}
	worker->fresh = false;
	metric_add(METRIC_IN_FLIGHT, 1);
	make_reply(worker);
	metrics_count(&worker->req); /* before the reply: who has it finds it counted */
	stays = wire_drain(&worker->req) && keep(worker);
	stays = wire_send(&worker->req, !stays) && stays;
	FCGX_Free(&worker->fcgi, !stays);
	if (!stays)
		worker->fcgi.ipcFd = -1;
	log_reply(&worker->req);
	metric_peak(METRIC_ARENA_PEAK, (int64_t)arena_used(worker->arena));
	metric_add(METRIC_IN_FLIGHT, -1);
	arena_reset(worker->arena);
	log_request_id("");
	worker->replied = time_ticks();
}

static void *
work(void *arg)
{
	struct worker *worker = arg;

	for (;;) {
		if (worker->fcgi.ipcFd < 0) {
			if (!wait_for_connection(worker))
				return NULL;
			accept_connection(worker);
		}
		if (wait_for_request(worker))
			serve_request(worker);
	}
}

/* ---- The process ---- */

static bool
worker_start(struct worker *worker, const struct app *app)
{
	struct epoll_event listen = { .events = EPOLLIN | EPOLLEXCLUSIVE, .data.fd = LISTEN };
	struct epoll_event stop = { .events = EPOLLIN, .data.fd = wake };
	pthread_attr_t attr;
	bool ok;

	worker->app = app;
	worker->arena = arena_new(ARENA_LIMIT + 2 * (size_t)config_int(CONFIG_UPLOAD_MAX));
	worker->epoll = epoll_create1(EPOLL_CLOEXEC);
	/* Descriptor -1: libfcgi must never accept by itself. */
	if (!worker->arena || worker->epoll < 0 ||
	    FCGX_InitRequest(&worker->fcgi, -1, FCGI_FAIL_ACCEPT_ON_INTR) != 0 ||
	    epoll_ctl(worker->epoll, EPOLL_CTL_ADD, LISTEN, &listen) != 0 ||
	    epoll_ctl(worker->epoll, EPOLL_CTL_ADD, wake, &stop) != 0 ||
	    pthread_attr_init(&attr) != 0)
		return false;
	ok = pthread_attr_setstacksize(&attr, STACK_BYTES) == 0 &&
	     pthread_create(&worker->thread, &attr, work, worker) == 0;
	(void)pthread_attr_destroy(&attr);
	return ok;
}

/* Waits for all threads until so long after the stop began (time_ticks()); false when some are
 * still at work. A short drain leaves its time to what is under way: a password check on a busy
 * machine takes seconds. */
static bool
join_all(struct worker *workers, size_t n, int64_t began)
{
	int64_t left = (began - time_ticks()) / MS + DRAIN_MS + STOP_MS;
	struct timespec deadline;

	(void)clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += left / 1000;
	deadline.tv_nsec += (long)(left % 1000) * 1000000L;
	deadline.tv_sec += deadline.tv_nsec / 1000000000L;
	deadline.tv_nsec %= 1000000000L;
	for (size_t i = 0; i < n; i++) {
		if (pthread_timedjoin_np(workers[i].thread, NULL, &deadline) != 0)
			return false;
		arena_free(workers[i].arena);
		(void)close(workers[i].epoll);
	}
	return true;
}

/* Drains, then tells every thread; when it began, in time_ticks(). */
static int64_t
stop_all(void)
{
	uint64_t one = 1;
	int64_t began = time_ticks();

	atomic_store(&draining, true);
	do
		(void)readable(wake, SETTLE_MS);
	while (atomic_load(&kept) && time_ticks() - began < DRAIN_MS * MS);

	atomic_store(&stopping, true);
	if (write(wake, &one, sizeof one) != sizeof one)
		log_event(LOG_LEVEL_ERROR, "stop_failed");
	return began;
}

static bool
prepare(void)
{
	int flags = fcntl(LISTEN, F_GETFL);

	/* A connection that another thread took must not block this one. */
	if (flags < 0 || fcntl(LISTEN, F_SETFL, flags | O_NONBLOCK) != 0)
		return false;
	/* How long libfcgi waits for the other side when it closes. */
	if (setenv(/* NOLINT(concurrency-mt-unsafe): no thread runs yet */
		"LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "100", 1) != 0)
		return false;
	wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return wake >= 0 && FCGX_Init() == 0;
}

int
serve_run(const struct app *app)
{
	size_t n = (size_t)config_int(CONFIG_THREADS), started = 0;
	struct worker *workers = calloc(n, sizeof *workers);
	int signals = stop_signals_fd();

	if (!workers || signals < 0 || !prepare()) {
		log_event(LOG_LEVEL_FATAL, "serve_failed", LOG_INT("errno", errno));
		free(workers);
		return 1;
	}
	while (started < n && worker_start(&workers[started], app))
		started++;
	if (started < n)
		log_event(LOG_LEVEL_FATAL, "threads_failed", LOG_INT("errno", errno));
	else
		log_event(LOG_LEVEL_INFO, "serving", LOG_INT("threads", n));
	while (started == n && !readable(signals, -1))
		continue;
	if (!join_all(workers, started, stop_all())) {
		log_event(LOG_LEVEL_WARN, "stopped_early");
		helper_stop();
		_exit(0);
	}
	helper_stop();
	db_stop();
	free(workers);
	log_event(LOG_LEVEL_INFO, "stopped");
	return started == n ? 0 : 1;
}
