/*
 * stop.c: how a mode is told to end. The signals are blocked everywhere, so no system call of
 * any thread is interrupted, and are read from a descriptor by the thread that waits for them.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>

#include "web/app_impl.h"

static void
stop_set(sigset_t *set)
{
	(void)sigemptyset(set);
	(void)sigaddset(set, SIGTERM);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGHUP);
	(void)sigaddset(set, SIGUSR1); /* multiwatch */
}

void
stop_signals_block(void)
{
	static const int never[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP,
		SIGSYS };
	sigset_t set;

	/* All but those that a thread's own fault raises: any other would cut a system call of
	 * a worker short, and libfcgi drops the connection then. */
	(void)sigfillset(&set);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		(void)sigdelset(&set, never[i]);
	(void)pthread_sigmask(SIG_SETMASK, &set, NULL);
}

int
stop_signals_fd(void)
{
	sigset_t set;

	stop_set(&set);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
