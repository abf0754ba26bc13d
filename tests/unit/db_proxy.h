/*
 * db_proxy.h: a socket between the pool and the server that fails on demand: it cuts the
 * connection at COMMIT, before or behind the server's answer, goes silent, or goes away.
 */
#ifndef KEPTWORD_DB_PROXY_H
#define KEPTWORD_DB_PROXY_H

#include "db_server.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

enum proxy_mode {
	PROXY_PASS,
	PROXY_CUT_BEFORE, /* the next COMMIT does not reach the server */
	PROXY_CUT_AFTER,  /* the next COMMIT does, its answer is lost */
	PROXY_SILENT      /* nothing is passed on any more */
};

static struct {
	char path[108];
	char target[108];
	int listener;
	atomic_int mode;
	atomic_int cuts;
	atomic_bool stop; /* closes all connections */
	pthread_t thread;
	atomic_int open;
} proxy;

static inline int
proxy_socket(const char *path, bool listens)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (listens) {
		(void)unlink(path);
		if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
		    listen(fd, 64) != 0)
			abort();
	} else if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static inline void
proxy_sleep(int milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

	(void)nanosleep(&time, NULL);
}

/* Moves what is there; false when the connection has ended or is to be cut. */
static inline bool
proxy_move(int from, int to, bool from_client)
{
	static _Thread_local char part[65536];
	ssize_t n = recv(from, part, sizeof part, 0);
	int cut = PROXY_PASS;

	if (n <= 0)
		return false;
	if (from_client && memmem(part, (size_t)n, "\3COMMIT", 7) != NULL) {
		cut = atomic_load(&proxy.mode);
		if (cut == PROXY_CUT_BEFORE || cut == PROXY_CUT_AFTER) {
			atomic_store(&proxy.mode, PROXY_PASS);
			atomic_fetch_add(&proxy.cuts, 1);
		}
	}
	if (cut == PROXY_CUT_BEFORE)
		return false;
	if (send(to, part, (size_t)n, MSG_NOSIGNAL) != n)
		return false;
	if (cut == PROXY_CUT_AFTER) {
		(void)recv(to, part, sizeof part, 0); /* the answer to COMMIT */
		return false;
	}
	return true;
}

static inline void *
proxy_pump(void *arg)
{
	int client = (int)(intptr_t)arg;
	int backend = proxy_socket(proxy.target, false);
	bool alive = backend >= 0;

	while (alive && !atomic_load(&proxy.stop)) {
		struct pollfd fds[2] = { { client, POLLIN, 0 }, { backend, POLLIN, 0 } };
		if (atomic_load(&proxy.mode) == PROXY_SILENT) {
			proxy_sleep(10);
			continue;
		}
		if (poll(fds, 2, 20) < 0)
			break;
		if (fds[0].revents != 0)
			alive = proxy_move(client, backend, true);
		if (alive && fds[1].revents != 0)
			alive = proxy_move(backend, client, false);
	}
	close(client);
	if (backend >= 0)
		close(backend);
	atomic_fetch_sub(&proxy.open, 1);
	return NULL;
}

static inline void *
proxy_accept(void *arg)
{
	(void)arg;
	while (!atomic_load(&proxy.stop)) {
		struct pollfd fd = { proxy.listener, POLLIN, 0 };
		if (poll(&fd, 1, 20) <= 0)
			continue;
		int client = accept4(proxy.listener, NULL, NULL, SOCK_CLOEXEC);
		pthread_t thread;
		if (client < 0)
			continue;
		atomic_fetch_add(&proxy.open, 1);
		if (pthread_create(&thread, NULL, proxy_pump, (void *)(intptr_t)client) != 0)
			abort();
		pthread_detach(thread);
	}
	return NULL;
}

/* Starts to listen (again). */
static inline void
proxy_up(void)
{
	atomic_store(&proxy.stop, false);
	atomic_store(&proxy.mode, PROXY_PASS);
	proxy.listener = proxy_socket(proxy.path, true);
	if (pthread_create(&proxy.thread, NULL, proxy_accept, NULL) != 0)
		abort();
}

/* Closes the listener and every connection. */
static inline void
proxy_down(void)
{
	atomic_store(&proxy.stop, true);
	pthread_join(proxy.thread, NULL);
	close(proxy.listener);
	(void)unlink(proxy.path);
	while (atomic_load(&proxy.open) > 0)
		proxy_sleep(5);
}

/* Puts the proxy between the pool and the server. Behind server_open(). */
static inline void
proxy_start(void)
{
	(void)snprintf(proxy.target, sizeof proxy.target, "%s", server.socket);
	(void)snprintf(proxy.path, sizeof proxy.path, "/tmp/kwproxy-%ld", (long)getpid());
	proxy_up();
	db_stop();
	config_set(CONFIG_DB_SOCKET, proxy.path);
	if (db_start() != OK)
		abort();
}

#endif
