/*
 * parse_child.h: the far side of helper_parse(). Private to common/doc.
 */
#ifndef KEPTWORD_PARSE_CHILD_H
#define KEPTWORD_PARSE_CHILD_H

#include "doc/helper.h"

#include <sys/types.h>

/* How a child ended, as one byte on the verdict pipe. */
enum verdict {
	VERDICT_ENDED = 'e', /* by itself; its records end with a status */
	VERDICT_TIME = 't',
	VERDICT_MEMORY = 'm',
	VERDICT_CRASH = 'c',
	VERDICT_FORBIDDEN = 'f', /* it tried a system call that it may not */
	VERDICT_NO_CHILD = 'n',  /* none could be forked */
};
enum verdict verdict_of(int wait_status, bool stopped_late);

/* Loads what parsers would otherwise open files for (ICU's zones, libxml2, digests). Before a
 * child locks itself in; once per process. */
void parse_warm(void);

/* Forks a child that parses file (or, with file NULL, what memfd holds) and writes records to
 * out. -1 when it cannot. The caller closes its own copies and reaps the child. */
pid_t parse_fork(const struct parser *parser, const struct bytes *file, int memfd,
    const char *options, int out);

/* The nurse's life: jobs from socket until it closes. Never returns. */
_Noreturn void nurse_serve(int socket, const struct parser *parsers);

#endif
