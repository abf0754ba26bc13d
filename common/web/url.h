/*
 * url.h: percent-encoding, read strictly. For request_read.c, route.c and form bodies.
 */
#ifndef KEPTWORD_URL_H
#define KEPTWORD_URL_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>

/* n bytes with each %XX replaced (and '+' by a blank, when plus), as text in the arena. False
 * when a '%' is not followed by two hex digits or the result is not valid text (text.h). */
MUST_USE bool url_decode(
    struct arena *arena, const char *bytes, size_t n, bool plus, const char **ret);

/* May a path be routed? It begins with '/', is at most 2000 bytes, and each of its segments
 * decodes to text without controls and without '/', and is neither "." nor "..". */
bool url_path_ok(struct arena *arena, const char *path);

/* reply_is_local() without a request. */
bool url_is_local(const char *location);

#endif
