/*
 * decode.c: UTF-8 or UTF-16 in, valid UTF-8 out. Used by csv.c and xml.c. Everything lies in
 * the caller's arena; a UTF-16 file of n bytes takes at most 3/2 n.
 */
#include "doc/decode.h"

#include <string.h>

#define NOT_A_UNIT 0x110000U

static uint32_t
unit16(struct bytes file, size_t at, bool big)
{
	if (at + 2 > file.n)
		return NOT_A_UNIT;
	unsigned a = file.p[at], b = file.p[at + 1];
	return big ? (a << 8 | b) : (b << 8 | a);
}

/* The code point at offset at and how many bytes it takes; NOT_A_UNIT for a lone surrogate
 * or half a unit. */
static uint32_t
point16(struct bytes file, size_t at, bool big, size_t *ret_size)
{
	uint32_t high = unit16(file, at, big);

	*ret_size = 2;
	if (high < 0xD800 || (high > 0xDFFF && high < 0x10000))
		return high;
	uint32_t low = unit16(file, at + 2, big);
	if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
		return NOT_A_UNIT;
	*ret_size = 4;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static size_t
put8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static void
decode16(struct arena *arena, struct bytes file, bool big, struct decoded *ret)
{
	/* Two bytes become at most three, four become four. */
	char *text = arena_alloc(arena, file.n / 2 * 3 + 4);
	size_t n = 0, size;

	ret->text = text;
	for (size_t at = 2; at < file.n; at += size) {
		uint32_t c = point16(file, at, big, &size);

		if (c == NOT_A_UNIT || c == 0) {
			ret->fault = c == 0 ? "nul" : "encoding";
			break;
		}
		n += put8(text + n, c);
	}
	text[n] = '\0';
	ret->n = n;
}

void
decode_text(struct arena *arena, struct bytes file, struct decoded *ret)
{
	size_t skip = 0, bad;

	*ret = (struct decoded){ .fault = NULL };
	if (file.n >= 2 && file.p[0] == 0xFE && file.p[1] == 0xFF) {
		decode16(arena, file, true, ret);
		return;
	}
	if (file.n >= 2 && file.p[0] == 0xFF && file.p[1] == 0xFE) {
		decode16(arena, file, false, ret);
		return;
	}
	if (file.n >= 3 && memcmp(file.p, "\xEF\xBB\xBF", 3) == 0)
		skip = 3;
	ret->n = file.n - skip;
	if (ret->n > 0 && !text_valid(file.p + skip, ret->n, &bad)) {
		ret->fault = file.p[skip + bad] == '\0' ? "nul" : "encoding";
		ret->n = bad;
	}
	ret->text = arena_copy(arena, ret->n > 0 ? (const char *)file.p + skip : "", ret->n);
}

size_t
decode_line(const char *text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++) {
		if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'))
			line++;
	}
	return line;
}
