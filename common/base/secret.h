/*
 * secret.h: a password or key that stands in a file of its own, so that no command line, log or
 * list of the environment shows it.
 */
#ifndef KEPTWORD_SECRET_H
#define KEPTWORD_SECRET_H

#include "base/arena.h"
#include "base/status.h"

/* The first line of the file, at most 1000 bytes, in the arena. E_ABSENT: it cannot be read;
 * E_INPUT: the line is empty, longer, or holds a NUL. */
MUST_USE enum status secret_read(struct arena *arena, const char *path, const char **ret);

/* The same of the second line: the secret that counted before, which stays there while others still
 * use it. E_ABSENT: there is none. */
MUST_USE enum status secret_read_before(
    struct arena *arena, const char *path, const char **ret);

#endif
