/*
 * sandbox.c: seccomp, limits and loneliness for helper processes. Used by helper.c and
 * parse_child.c. Fails closed: the callers refuse to work where this answers false.
 *
 * Under AddressSanitizer the address space cannot be limited (its shadow is terabytes wide);
 * the filter and all other limits stand there too.
 */
#include "doc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

void
sandbox_child(pid_t parent, const char *name)
{
	sigset_t none;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	(void)prctl(PR_SET_NAME, name);
	for (int i = 1; i < NSIG; i++) {
		if (i != SIGKILL && i != SIGSTOP)
			(void)signal(i, SIG_DFL);
	}
	(void)sigemptyset(&none);
	(void)pthread_sigmask(SIG_SETMASK, &none, NULL);
}

static void
close_between(int first, int last)
{
	if (first <= last)
		(void)close_range((unsigned)first, (unsigned)last, 0);
}

void
sandbox_close_all_but(const int *keep, size_t n)
{
	int from = 3, null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null >= 0) {
		(void)dup2(null, 0);
		(void)dup2(null, 1);
		if (fcntl(2, F_GETFD) < 0)
			(void)dup2(null, 2);
	}
	/* Between the kept ones, lowest first. */
	for (;;) {
		int next = -1;
		for (size_t i = 0; i < n; i++) {
			if (keep[i] >= from && (next < 0 || keep[i] < next))
				next = keep[i];
		}
		if (next < 0)
			break;
		close_between(from, next - 1);
		from = next + 1;
	}
	(void)close_range((unsigned)from, ~0U, 0);
}

#ifndef __SANITIZE_ADDRESS__
/* Bytes of address space that this process has now; 0 when unknown. */
static rlim_t
address_space(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	char line[64];
	long page = sysconf(_SC_PAGESIZE);
	unsigned long long pages = 0;

	if (file == NULL)
		return 0;
	if (fgets(line, sizeof line, file) != NULL)
		pages = strtoull(line, NULL, 10);
	(void)fclose(file);
	return (rlim_t)pages * (rlim_t)page;
}
#endif

static bool
limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
	const struct rlimit both = { .rlim_cur = soft, .rlim_max = hard };

	return setrlimit(what, &both) == 0;
}

static bool
limits(int fd, unsigned seconds, unsigned megabytes)
{
#ifdef __SANITIZE_ADDRESS__
	(void)megabytes;
	bool memory = true;
#else
	rlim_t now = address_space();
	rlim_t most = now + (rlim_t)megabytes * 1024 * 1024;
	bool memory = now > 0 && limit(RLIMIT_AS, most, most);
#endif
	return memory && limit(RLIMIT_CPU, seconds, (rlim_t)seconds + 1) &&
	       limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) &&
	       limit(RLIMIT_NOFILE, (rlim_t)fd + 1, (rlim_t)fd + 1) &&
	       limit(RLIMIT_NPROC, 0, 0);
}

/* Calls that computing, memory, ending and telling need. Those that could do more are
 * narrowed below. */
static const int harmless[] = {
	SCMP_SYS(exit_group), SCMP_SYS(exit), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
	SCMP_SYS(munmap), SCMP_SYS(brk), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(getrandom), SCMP_SYS(rt_sigprocmask), SCMP_SYS(sched_yield),
#ifdef __SANITIZE_ADDRESS__
	SCMP_SYS(sigaltstack), /* its runtime asks before every function that does not return */
#endif
};

static bool
allow(scmp_filter_ctx filter, int call)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
}

static bool
fill(scmp_filter_ctx filter, int fd)
{
	const scmp_datum_t exec = PROT_EXEC;
	bool good = true;

	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		good = good && allow(filter, harmless[i]);
	/* Writing: to its pipe; to standard error, which is closed, it may try (a library's
	 * last words before abort). */
	const int outs[] = { fd, STDERR_FILENO };
	for (size_t i = 0; i < 2; i++) {
		const struct scmp_arg_cmp out = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)outs[i]);
		good = good &&
		       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, out) == 0 &&
		       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1, out) == 0;
	}
	/* Memory, but never memory to run code from. */
	good = good &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		   SCMP_A2(SCMP_CMP_MASKED_EQ, exec, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		   SCMP_A2(SCMP_CMP_MASKED_EQ, exec, 0)) == 0;
	/* abort(): a signal to itself only. */
	return good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
			   SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
}

static bool
parser_filter(int fd)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);

	if (filter == NULL)
		return false;
	bool good = fill(filter, fd) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return good;
}

bool
sandbox_parser(int fd, unsigned seconds, unsigned megabytes)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || !limits(fd, seconds, megabytes))
		return false;
	close_between(0, fd - 1);
	(void)close_range((unsigned)fd + 1, ~0U, 0);
	return parser_filter(fd);
}

/* What rendering never needs and a captured renderer would want. */
static const int unneeded[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(connect),
	SCMP_SYS(bind),
	SCMP_SYS(listen),
	SCMP_SYS(accept),
	SCMP_SYS(accept4),
	SCMP_SYS(sendto),
	SCMP_SYS(mount),
	SCMP_SYS(bpf),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(keyctl),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(setns),
	SCMP_SYS(unshare),
};

bool
sandbox_renderer(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool good = filter != NULL && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		    limit(RLIMIT_CORE, 0, 0);

	for (size_t i = 0; good && i < sizeof unneeded / sizeof *unneeded; i++)
		good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), unneeded[i], 0) == 0;
	good = good && seccomp_load(filter) == 0;
	if (filter != NULL)
		seccomp_release(filter);
	return good;
}
