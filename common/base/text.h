/*
 * text.h: text and bytes.
 *
 * Text is UTF-8, NUL-terminated, without a NUL inside: the edge (form, file,
 * database) has checked that. Bytes are anything and carry their length. Both are
 * immutable; what a function makes lies in the arena that it is given.
 */
#ifndef KEPTWORD_TEXT_H
#define KEPTWORD_TEXT_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const unsigned char *p;
	size_t n;
};

/* The bytes of a text without its NUL; NULL gives no bytes. */
struct bytes bytes_of(const char *text);

/* A growing buffer in an arena. The text is always NUL-terminated. */
struct buf {
	struct arena *arena;
	char *p;
	size_t n;
	size_t room;
};
struct buf buf_new(struct arena *arena);
void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* printf into the arena. */
char *text_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3)
    __attribute__((returns_nonnull));

/* A copy; NULL gives "". */
char *text_copy(struct arena *arena, const char *text) __attribute__((returns_nonnull));

/* A copy without white space (Unicode White_Space and U+FEFF) at both ends. */
char *text_trim(struct arena *arena, const char *text) __attribute__((returns_nonnull));

/* Is there nothing but such white space? */
bool text_blank(const char *text);

/* Equal to the byte; two NULLs are equal. Not for secrets: crypto_equal(). */
bool text_is(const char *a, const char *b);

/* Equal but for ASCII case. */
bool text_is_nocase(const char *a, const char *b);

/* Does text begin with prefix? False when either is NULL. */
bool text_starts(const char *text, const char *prefix);
bool text_empty(const char *text); /* NULL or "" */

/* Valid UTF-8 (RFC 3629: shortest form, no surrogates, at most U+10FFFF) without
 * NUL. On false, *ret_bad (may be NULL) is the offset of the first bad byte. */
bool text_valid(const void *bytes, size_t n, size_t *ret_bad);

/* The code point at *at, which moves behind it; never past the NUL, which is 0. A broken
 * sequence counts as its first byte. */
uint32_t text_next(const char **at);

/* How many code points a valid text has. */
size_t text_length(const char *text);

/* Controls other than TAB and LF (C0, DEL, C1, U+2028/9, and the bidi overrides
 * U+202A-E, U+2066-9) in a valid text? One-line fields also refuse TAB and LF. */
bool text_has_control(const char *text, bool one_line);

/* The text with CRLF and CR turned into LF. */
char *text_lines(struct arena *arena, const char *text) __attribute__((returns_nonnull));

/* Splits at sep into fields (copies); *ret_n fields, at least one. */
char **text_split(struct arena *arena, const char *text, char sep, size_t *ret_n);

/* The text with the decimal digits of any script (Unicode Nd: "٣", "३") as ASCII ones. What has
 * none is answered as it is. */
const char *text_digits(struct arena *arena, const char *text) __attribute__((returns_nonnull));

/* A decimal integer that fills the whole text (an optional '-', digits, no blanks). */
MUST_USE bool text_to_int(const char *text, int64_t *ret);

/* Lower-case hex of bytes, and back (even length, either case). */
char *hex_text(struct arena *arena, struct bytes bytes);
MUST_USE bool hex_bytes(struct arena *arena, const char *text, struct bytes *ret);

/* Percent-encodes all but RFC 3986 unreserved characters. */
char *url_encode(struct arena *arena, const char *text);

#endif
