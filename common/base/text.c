/*
 * text.c: text and bytes, see text.h. Used by everything.
 *
 * Functions that take a text expect valid UTF-8, but none reads past its NUL whatever
 * stands in it: a broken sequence counts as one code point of its first byte.
 */
#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#define BUF_ROOM 256 /* first room of a buffer */

struct bytes
bytes_of(const char *text)
{
	return (struct bytes){ (const unsigned char *)text, text ? strlen(text) : 0 };
}

struct buf
buf_new(struct arena *arena)
{
	return (struct buf){ arena, arena_alloc(arena, BUF_ROOM), 0, BUF_ROOM };
}

/* Room for n more bytes and a NUL. */
static void
buf_reserve(struct buf *buf, size_t n)
{
	size_t room = buf->room * 2;
	char *p;

	if (n < buf->room - buf->n)
		return;
	if (room < buf->n + n + 1)
		room = buf->n + n + 1;
	if (!arena_grow(buf->arena, buf->p, buf->room, room)) {
		p = arena_alloc(buf->arena, room);
		memcpy(p, buf->p, buf->n);
		buf->p = p;
	}
	buf->room = room;
}

void
buf_add(struct buf *buf, const void *bytes, size_t n)
{
	buf_reserve(buf, n);
	if (n > 0)
		memcpy(buf->p + buf->n, bytes, n);
	buf->n += n;
	buf->p[buf->n] = '\0';
}

void
buf_text(struct buf *buf, const char *text)
{
	if (text)
		buf_add(buf, text, strlen(text));
}

void
buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

static void PRINTF_LIKE(2, 0) buf_vprintf(struct buf *buf, const char *format, va_list values)
{
	va_list again;
	int n;

	va_copy(again, values);
	n = vsnprintf(buf->p + buf->n, buf->room - buf->n, format, values);
	if (n >= 0 && (size_t)n >= buf->room - buf->n) {
		buf_reserve(buf, (size_t)n);
		n = vsnprintf(buf->p + buf->n, buf->room - buf->n, format, again);
	}
	va_end(again);
	if (n > 0)
		buf->n += (size_t)n;
	buf->p[buf->n] = '\0';
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	buf_vprintf(buf, format, values);
	va_end(values);
}

char *
text_printf(struct arena *arena, const char *format, ...)
{
	va_list values;
	char *text;
	int n;

	va_start(values, format);
	n = vsnprintf(NULL, 0, format, values);
	va_end(values);
	text = arena_alloc(arena, n < 0 ? 1 : (size_t)n + 1);
	if (n <= 0)
		return text;
	va_start(values, format);
	(void)vsnprintf(text, (size_t)n + 1, format, values);
	va_end(values);
	return text;
}

char *
text_copy(struct arena *arena, const char *text)
{
	return arena_copy(arena, text, text ? strlen(text) : 0);
}

uint32_t
text_next(const char **at)
{
	const unsigned char *p = (const unsigned char *)*at;
	unsigned more = p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : p[0] >= 0xC0 ? 1 : 0;
	static const unsigned char first_bits[] = { 0x7F, 0x1F, 0x0F, 0x07 };
	uint32_t point = more ? p[0] & first_bits[more] : p[0];

	if (p[0] == '\0')
		return 0;
	for (unsigned i = 1; i <= more; i++) {
		if ((p[i] & 0xC0) != 0x80) {
			++*at;
			return p[0];
		}
		point = point << 6 | (p[i] & 0x3F);
	}
	*at += more + 1;
	return point;
}

/* Unicode White_Space, and U+FEFF, which editors leave behind. */
static bool
is_space(uint32_t c)
{
	return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

char *
text_trim(struct arena *arena, const char *text)
{
	const char *at = text ? text : "";
	const char *first = NULL, *behind_last = NULL;

	while (*at) {
		const char *here = at;

		if (is_space(text_next(&at)))
			continue;
		if (!first)
			first = here;
		behind_last = at;
	}
	return arena_copy(arena, first, first ? (size_t)(behind_last - first) : 0);
}

bool
text_blank(const char *text)
{
	while (*text)
		if (!is_space(text_next(&text)))
			return false;
	return true;
}

bool
text_is(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

static char
lower(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c | 0x20);
	return c;
}

bool
text_is_nocase(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	for (; lower(*a) == lower(*b); a++, b++)
		if (!*a)
			return true;
	return false;
}

bool
text_starts(const char *text, const char *prefix)
{
	return text && prefix && strncmp(text, prefix, strlen(prefix)) == 0;
}

bool
text_empty(const char *text)
{
	return !text || !*text;
}

/* Length of the well-formed sequence at p (n > 0 bytes left), 0 when there is none
 * (Unicode 15, table 3-7). */
static size_t
sequence(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xBF; /* limits of the second byte */
	size_t length;

	if (p[0] < 0x80)
		return p[0] ? 1 : 0;
	if (p[0] < 0xC2 || p[0] > 0xF4)
		return 0;
	length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (length > n)
		return 0;
	if (p[0] == 0xE0)
		low = 0xA0;
	else if (p[0] == 0xED)
		high = 0x9F;
	else if (p[0] == 0xF0)
		low = 0x90;
	else if (p[0] == 0xF4)
		high = 0x8F;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

/* True when eight bytes are all ASCII and none is NUL. */
static bool
eight_plain(const unsigned char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t word;

	memcpy(&word, p, sizeof word);
	return ((word | (word - ones)) & tops) == 0;
}

bool
text_valid(const void *bytes, size_t n, size_t *ret_bad)
{
	const unsigned char *p = bytes;
	size_t at = 0;

	while (at < n) {
		size_t length;

		if (n - at >= 8 && eight_plain(p + at)) {
			at += 8;
			continue;
		}
		length = sequence(p + at, n - at);
		if (length == 0) {
			if (ret_bad)
				*ret_bad = at;
			return false;
		}
		at += length;
	}
	return true;
}

size_t
text_length(const char *text)
{
	const char *at = text ? text : "";
	size_t n = 0;

	while (*at) {
		text_next(&at);
		n++;
	}
	return n;
}

bool
text_has_control(const char *text, bool one_line)
{
	const char *at = text ? text : "";

	while (*at) {
		uint32_t c = text_next(&at);

		if (c == '\t' || c == '\n') {
			if (one_line)
				return true;
			continue;
		}
		if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) ||
		    (c >= 0x2066 && c <= 0x2069))
			return true;
	}
	return false;
}

char *
text_lines(struct arena *arena, const char *text)
{
	char *copy = text_copy(arena, text);
	char *to = copy;

	for (const char *from = copy; *from; from++) {
		if (*from != '\r')
			*to++ = *from;
		else if (from[1] != '\n')
			*to++ = '\n';
	}
	*to = '\0';
	return copy;
}

char **
text_split(struct arena *arena, const char *text, char sep, size_t *ret_n)
{
	char *copy = text_copy(arena, text);
	char **fields;
	size_t n = 1;

	for (const char *p = copy; *p; p++)
		n += *p == sep;
	fields = arena_array_of(arena, char *, n);
	fields[0] = copy;
	n = 1;
	for (char *p = copy; *p; p++) {
		if (*p == sep) {
			*p = '\0';
			fields[n++] = p + 1;
		}
	}
	*ret_n = n;
	return fields;
}

const char *
text_digits(struct arena *arena, const char *text)
{
	struct buf buf;
	const char *at = text;
	bool plain = true;

	while (*at && plain)
		plain = (unsigned char)*at++ < 0x80;
	if (plain)
		return text;
	buf = buf_new(arena);
	for (at = text; *at;) {
		const char *begin = at;
		int32_t digit = u_charDigitValue((UChar32)text_next(&at));

		if (digit >= 0)
			buf_char(&buf, (char)('0' + digit));
		else
			buf_add(&buf, begin, (size_t)(at - begin));
	}
	return buf.p;
}

bool
text_to_int(const char *text, int64_t *ret)
{
	bool minus = text && *text == '-';
	int64_t value = 0;

	if (minus)
		text++;
	if (text_empty(text))
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9' || __builtin_mul_overflow(value, 10, &value))
			return false;
		/* Downwards for a negative number, so that INT64_MIN can be read. */
		if (minus ? __builtin_sub_overflow(value, *text - '0', &value)
			  : __builtin_add_overflow(value, *text - '0', &value))
			return false;
	}
	*ret = value;
	return true;
}

char *
hex_text(struct arena *arena, struct bytes bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_array(arena, 2, bytes.n + 1);

	for (size_t i = 0; i < bytes.n; i++) {
		text[2 * i] = digits[bytes.p[i] >> 4];
		text[2 * i + 1] = digits[bytes.p[i] & 15];
	}
	return text;
}

/* The value of a hex digit, -1 for anything else. */
static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_bytes(struct arena *arena, const char *text, struct bytes *ret)
{
	size_t n = text ? strlen(text) : 1;
	unsigned char *p;

	if (n % 2)
		return false;
	p = arena_alloc(arena, n / 2);
	for (size_t i = 0; i < n / 2; i++) {
		int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		p[i] = (unsigned char)(high << 4 | low);
	}
	*ret = (struct bytes){ p, n / 2 };
	return true;
}

char *
url_encode(struct arena *arena, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	const unsigned char *from = (const unsigned char *)(text ? text : "");
	char *encoded = arena_array(arena, 3, strlen((const char *)from) + 1);
	char *to = encoded;

	for (; *from; from++) {
		char c = lower((char)*from);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		    c == '_' || c == '~') {
			*to++ = (char)*from;
			continue;
		}
		*to++ = '%';
		*to++ = digits[*from >> 4];
		*to++ = digits[*from & 15];
	}
	return encoded;
}
