/*
 * decode.h: the bytes of a text file that somebody sent, as UTF-8.
 *
 * One rule for every format (CSV, XML): UTF-8 with or without a byte order mark, or UTF-16
 * with one. Nothing is guessed: a file in another encoding is refused with the place.
 */
#ifndef KEPTWORD_DECODE_H
#define KEPTWORD_DECODE_H

#include "base/text.h"

struct decoded {
	char *text;        /* valid UTF-8, NUL-terminated, without the byte order mark; the
			    * caller may write into its n bytes */
	size_t n;          /* of text: all of it, or what stands before the first bad place */
	const char *fault; /* NULL, "encoding" or "nul": what stands at text + n */
};

/* Never fails: a fault is where the text ends. */
void decode_text(struct arena *arena, struct bytes file, struct decoded *ret);

/* The line (from 1) in which the byte at offset at stands; CRLF, LF and CR end a line. */
size_t decode_line(const char *text, size_t at);

#endif
