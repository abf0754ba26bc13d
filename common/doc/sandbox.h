/*
 * sandbox.h: how a process of ours gives up what it does not need. Private to common/doc.
 */
#ifndef KEPTWORD_SANDBOX_H
#define KEPTWORD_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* For every helper, first thing after fork: it dies with its parent (whose id is given),
 * takes its name, forgets inherited signal handlers and blocks nothing. Ends the process when
 * the parent is gone already. */
void sandbox_child(pid_t parent, const char *name);

/* Closes every descriptor but 2 and the n given (at least 3); 0 and 1, and a closed 2, become
 * /dev/null. */
void sandbox_close_all_but(const int *keep, size_t n);

/* For a parser child, which holds only descriptor fd (at least 3): closes all others (0-2
 * too), sets limits (CPU seconds, megabytes of address space above today's, no files, no
 * core) and leaves only the system calls that computing and writing to fd need; any other
 * ends the process with SIGSYS. False when that cannot be had: then nothing may be parsed. */
bool sandbox_parser(int fd, unsigned seconds, unsigned megabytes);

/* For a PDF helper, which reads fonts: no new programs, no network, no ptrace (EPERM), no
 * core files. False when that cannot be had. */
bool sandbox_renderer(void);

#endif
