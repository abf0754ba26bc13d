/*
 * chart_text.c: how wide texts are about, cutting and breaking them, see chart.h. No font is
 * asked: what a reader's machine has is not known here, so widths are those of a broad sans
 * serif, and a text that is narrower leaves some air.
 */
#include "base/text.h"
#include "doc/chart_inner.h"

#include <string.h>
#include <unicode/uchar.h>

#define ZERO_WIDTH_JOINER 0x200DU
#define ELLIPSIS "\xE2\x80\xA6"
#define ELLIPSIS_WIDTH 130

#define WIDTH_NARROW 45
#define WIDTH_LETTER 75
#define WIDTH_BROAD 100
#define WIDTH_FULL 130

/* Does it stand on, or hold together, the letter before it? */
static bool
joins(uint32_t c)
{
	return (U_MASK(u_charType((UChar32)c)) & (U_GC_M_MASK | U_GC_CF_MASK)) != 0;
}

static int
width_of(uint32_t c)
{
	int east_asian;

	if (c < 0x80)
		return strchr(" .,:;'|!()[]ijlft-", (int)c)                ? WIDTH_NARROW
		       : (c >= 'A' && c <= 'Z') || strchr("mw@%&", (int)c) ? WIDTH_BROAD
									   : WIDTH_LETTER;
	if (joins(c))
		return 0;
	east_asian = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
	if (east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH || c == 0x2026U)
		return WIDTH_FULL;
	return u_isupper((UChar32)c) ? WIDTH_BROAD : WIDTH_LETTER + 5;
}

int
chart_text_width(const char *text)
{
	int width = 0;

	for (uint32_t c; (c = text_next(&text)) != 0;)
		if (width < CHART_RIGHT * 100) /* a long one is long enough */
			width += width_of(c);
	return width;
}

int
chart_number_width(int64_t n, int decimals)
{
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	int digits = 1, width = n < 0 ? WIDTH_LETTER : 0;

	for (; rest > 9; rest /= 10)
		digits++;
	if (digits <= decimals)
		digits = decimals + 1;
	if (decimals)
		width += WIDTH_NARROW;
	return width + digits * WIDTH_LETTER + (digits - decimals - 1) / 3 * WIDTH_NARROW;
}

/* How many bytes of the text are at most width wide, never parting a letter from its marks; at
 * least one letter. *ret_blank is the last blank in or just behind them, 0 when there is none.
 */
static size_t
bytes_within(const char *text, int width, size_t *ret_blank)
{
	const char *at = text, *end = text;
	uint32_t before = 0;
	int used = 0;

	*ret_blank = 0;
	while (*at) {
		const char *here = at;
		uint32_t c = text_next(&at);
		bool parts = !joins(c) && before != ZERO_WIDTH_JOINER;

		if (parts)
			end = here;
		if (parts && c == ' ')
			*ret_blank = (size_t)(here - text);
		used += width_of(c);
		if (used > width && end > text)
			return (size_t)(end - text);
		before = c;
	}
	return (size_t)(at - text);
}

const char *
chart_text_cut(struct arena *arena, const char *text, int width)
{
	size_t blank, n;

	if (chart_text_width(text) <= width)
		return text;
	n = bytes_within(text, width - ELLIPSIS_WIDTH, &blank);
	while (n > 1 && text[n - 1] == ' ')
		n--;
	return text_printf(arena, "%.*s" ELLIPSIS, (int)n, text);
}

/* White space as single blanks, none at the ends. */
static const char *
one_line(struct arena *arena, const char *text)
{
	struct buf buf = buf_new(arena);

	for (; *text; text++)
		if (!strchr(" \t\r\n", *text))
			buf_char(&buf, *text);
		else if (buf.n && buf.p[buf.n - 1] != ' ')
			buf_char(&buf, ' ');
	while (buf.n && buf.p[buf.n - 1] == ' ')
		buf.p[--buf.n] = '\0';
	return buf.n ? buf.p : "";
}

size_t
chart_text_lines(struct arena *arena, const char *text, int width, size_t most,
    const char **ret_lines, bool *ret_whole)
{
	const char *rest = one_line(arena, text);
	size_t n = 0;

	while (n + 1 < most && chart_text_width(rest) > width) {
		size_t blank, size = bytes_within(rest, width, &blank);

		if (blank)
			size = blank;
		if (!rest[size])
			break; /* one letter that is wider than the line */
		ret_lines[n++] = arena_copy(arena, rest, size);
		rest += size;
		while (*rest == ' ')
			rest++;
	}
	ret_lines[n] = chart_text_cut(arena, rest, width);
	*ret_whole = ret_lines[n] == rest;
	return n + 1;
}
