/*
 * lss_text.c: texts of LimeSurvey, which are HTML with {expressions} in them, as plain text.
 * Used by the importer, in its child.
 *
 * One pass, no memory but the output. What comes out is text: a "<" in it is a character that a
 * template escapes, never markup. Control characters and bidirectional overrides are dropped,
 * as the questionnaire refuses them.
 */
#include "lss_impl.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct plain {
	struct buf out;
	unsigned left;   /* LSS_LEFT_ bits */
	unsigned breaks; /* line ends to write before the next character, at most 2 */
	bool space;      /* a blank to write before the next character */
	bool removed;    /* something was left out since the last character */
	bool markup;     /* there are tags: line ends of the source are blanks */
};

enum tag_effect {
	TAG_LINE = 1,      /* begins a line */
	TAG_PARAGRAPH = 2, /* stands between blank lines */
	TAG_BREAK = 4,     /* each one ends a line */
	TAG_ITEM = 8,      /* begins a line with a bullet */
	TAG_CELL = 16,     /* parted from the next by a blank */
	TAG_DROP = 32,     /* its content is not text */
	TAG_SCRIPT = 64,
	TAG_MEDIA = 128,
	TAG_LINK = 256
};

static const struct {
	const char *name;
	unsigned effect;
} tags[] = {
	{ "p", TAG_PARAGRAPH },
	{ "h1", TAG_PARAGRAPH },
	{ "h2", TAG_PARAGRAPH },
	{ "h3", TAG_PARAGRAPH },
	{ "h4", TAG_PARAGRAPH },
	{ "h5", TAG_PARAGRAPH },
	{ "h6", TAG_PARAGRAPH },
	{ "ul", TAG_PARAGRAPH },
	{ "ol", TAG_PARAGRAPH },
	{ "dl", TAG_PARAGRAPH },
	{ "table", TAG_PARAGRAPH },
	{ "blockquote", TAG_PARAGRAPH },
	{ "pre", TAG_PARAGRAPH },
	{ "hr", TAG_PARAGRAPH },
	{ "div", TAG_LINE },
	{ "tr", TAG_LINE },
	{ "dt", TAG_LINE },
	{ "dd", TAG_LINE },
	{ "section", TAG_LINE },
	{ "article", TAG_LINE },
	{ "caption", TAG_LINE },
	{ "br", TAG_BREAK },
	{ "li", TAG_ITEM },
	{ "td", TAG_CELL },
	{ "th", TAG_CELL },
	{ "a", TAG_LINK },
	{ "img", TAG_MEDIA },
	{ "audio", TAG_MEDIA },
	{ "video", TAG_MEDIA },
	{ "embed", TAG_MEDIA },
	{ "iframe", TAG_MEDIA | TAG_DROP },
	{ "object", TAG_MEDIA | TAG_DROP },
	{ "svg", TAG_MEDIA | TAG_DROP },
	{ "math", TAG_MEDIA | TAG_DROP },
	{ "script", TAG_SCRIPT | TAG_DROP },
	{ "style", TAG_DROP },
	{ "head", TAG_DROP },
	{ "title", TAG_DROP },
	{ "template", TAG_DROP },
	{ "noscript", TAG_DROP },
	{ "textarea", TAG_DROP },
	{ "select", TAG_DROP },
};

/* ---- Output ---- */

static void
add_break(struct plain *plain, unsigned at_least)
{
	if (plain->breaks < at_least)
		plain->breaks = at_least;
}

/* Is the code point one that a text of a questionnaire may hold? */
static bool
is_allowed(uint32_t c)
{
	if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return false;
	return c != 0x2028 && c != 0x2029 && !(c >= 0x202a && c <= 0x202e) &&
	       !(c >= 0x2066 && c <= 0x2069) && c != 0xfeff && c != 0xfffe && c != 0xffff;
}

static void
add_utf8(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_char(out, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_char(out, (char)(0xc0 | (c >> 6)));
	} else {
		if (c < 0x10000) {
			buf_char(out, (char)(0xe0 | (c >> 12)));
		} else {
			buf_char(out, (char)(0xf0 | (c >> 18)));
			buf_char(out, (char)(0x80 | ((c >> 12) & 0x3f)));
		}
		buf_char(out, (char)(0x80 | ((c >> 6) & 0x3f)));
	}
	buf_char(out, (char)(0x80 | (c & 0x3f)));
}

/* One character of the text; blanks and line ends wait until something follows them. */
static void
add_character(struct plain *plain, uint32_t c)
{
	bool closes;

	if (c == '\n' && !plain->markup) {
		if (plain->breaks < 2)
			plain->breaks++;
		return;
	}
	if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0) {
		plain->space = true;
		return;
	}
	if (!is_allowed(c))
		return;
	closes = plain->removed && c < 0x80 && strchr(",.;:!?)", (int)c);
	if (closes && plain->out.n == 0)
		return;
	/* "Thank you, {name}." would be "Thank you, ." */
	if (closes && plain->out.p[plain->out.n - 1] == ',')
		plain->out.n--;
	if (plain->out.n > 0) {
		for (unsigned i = 0; i < plain->breaks; i++)
			buf_char(&plain->out, '\n');
		if (plain->breaks == 0 && plain->space && !closes)
			buf_char(&plain->out, ' ');
	}
	plain->breaks = 0;
	plain->space = plain->removed = false;
	add_utf8(&plain->out, c);
}

/* ---- Input ---- */

/* The code point at *at, which is moved behind it. The text is valid UTF-8. */
static uint32_t
next_character(const char **at)
{
	const unsigned char *p = (const unsigned char *)*at;
	size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
	uint32_t c = n == 1 ? *p : *p & (0xffu >> (n + 1));

	for (size_t i = 1; i < n; i++)
		c = (c << 6) | (p[i] & 0x3f);
	*at += n;
	return c;
}

/* "&eacute;", "&#233;", "&#xe9;" at *at: the code point, and *at behind it. 0: none. */
static uint32_t
read_reference(const char **at)
{
	const char *name = *at + 1, *end = name + strcspn(name, "; &<\n{");
	size_t n = (size_t)(end - name);
	uint32_t c = 0;

	if (*end != ';' || n == 0 || n > 10)
		return 0;
	if (*name == '#') {
		bool hex = name[1] == 'x' || name[1] == 'X';
		const char *digits = name + (hex ? 2 : 1);
		const char *set = hex ? "0123456789abcdefABCDEF" : "0123456789";

		if (digits == end || strspn(digits, set) != (size_t)(end - digits) ||
		    end - digits > 7)
			return 0;
		c = (uint32_t)strtoul(digits, 0, hex ? 16 : 10);
		*at = end + 1;
		/* What may not stand in a text becomes nothing. */
		return c == '\n' || c == '\t' || is_allowed(c) ? c : 0xfeff;
	}
	if (n == 4 && strncmp(name, "apos", 4) == 0) {
		c = '\'';
	} else {
		char word[12] = { 0 };
		const htmlEntityDesc *entity;

		memcpy(word, name, n);
		entity = htmlEntityLookup((const xmlChar *)word);
		c = entity ? entity->value : 0;
	}
	if (c)
		*at = end + 1;
	return c;
}

/* Where the braces that open at `at` close, NULL when they are no expression: those begin
 * without a blank and close in the same text. Quotes hide braces. */
static const char *
expression_end(const char *at)
{
	unsigned depth = 0;
	char quote = 0;

	if (at[1] == '\0' || strchr(" \t\r\n}", at[1]))
		return 0;
	for (; *at; at++) {
		if (quote) {
			if (*at == quote)
				quote = 0;
		} else if ((*at == '"' || *at == '\'') && depth > 0) {
			quote = *at;
		} else if (*at == '{') {
			depth++;
		} else if (*at == '}' && --depth == 0) {
			return at;
		}
	}
	return 0;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does a tag, comment or declaration begin here? */
static bool
is_tag(const char *at)
{
	return *at == '<' && (is_letter(at[1]) || at[1] == '!' || at[1] == '?' ||
				 (at[1] == '/' && is_letter(at[2])));
}

/* Behind the tag; quotes hide a '>'. */
static const char *
tag_end(const char *at)
{
	char quote = 0;

	for (; *at; at++) {
		if (quote) {
			if (*at == quote)
				quote = 0;
		} else if ((*at == '"' || *at == '\'') && at[-1] == '=') {
			quote = *at;
		} else if (*at == '>') {
			return at + 1;
		}
	}
	return at;
}

/* Behind "</name …>", or the end of the text. */
static const char *
behind_element(const char *at, const char *name, size_t n)
{
	for (; *at; at++)
		if (at[0] == '<' && at[1] == '/' && strncasecmp(at + 2, name, n) == 0 &&
		    !is_letter(at[2 + n]))
			return tag_end(at);
	return at;
}

static void
apply(struct plain *plain, unsigned effect, bool closing)
{
	if (effect & TAG_PARAGRAPH)
		add_break(plain, 2);
	if (effect & TAG_LINE)
		add_break(plain, 1);
	if ((effect & TAG_BREAK) && plain->breaks < 2)
		plain->breaks++;
	if (effect & TAG_CELL)
		plain->space = true;
	if (effect & TAG_ITEM) {
		add_break(plain, 1);
		if (!closing) {
			add_character(plain, 0x2022);
			plain->space = true;
		}
	}
	if (closing)
		return;
	if (effect & TAG_SCRIPT)
		plain->left |= LSS_LEFT_SCRIPT;
	if (effect & TAG_MEDIA)
		plain->left |= LSS_LEFT_MEDIA;
	if (effect & TAG_LINK)
		plain->left |= LSS_LEFT_LINK;
}

/* One tag or comment at `at`; where to go on. */
static const char *
read_tag(struct plain *plain, const char *at)
{
	bool closing = at[1] == '/';
	const char *name = at + 1 + closing, *end;
	size_t n = 0;

	if (strncmp(at, "<!--", 4) == 0) {
		end = strstr(at + 4, "-->");
		return end ? end + 3 : at + strlen(at);
	}
	while (is_letter(name[n]) || (name[n] >= '0' && name[n] <= '9'))
		n++;
	end = tag_end(name);
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		if (strlen(tags[i].name) != n || strncasecmp(tags[i].name, name, n) != 0)
			continue;
		apply(plain, tags[i].effect, closing);
		if ((tags[i].effect & TAG_DROP) && !closing && end[-1] == '>' &&
		    (end[-2] != '/' || (tags[i].effect & TAG_SCRIPT)))
			return behind_element(end, name, n);
	}
	return end;
}

static bool
has_markup(const char *html)
{
	for (; *html; html++)
		if (is_tag(html))
			return true;
	return false;
}

const char *
lss_plain(struct arena *arena, const char *html, unsigned *left)
{
	struct plain plain = { .out = buf_new(arena), .markup = has_markup(html) };
	const char *end;
	uint32_t c;

	while (*html) {
		if (is_tag(html)) {
			html = read_tag(&plain, html);
		} else if (*html == '&' && (c = read_reference(&html)) != 0) {
			add_character(&plain, c);
		} else if (*html == '\\' && (html[1] == '{' || html[1] == '}')) {
			add_character(&plain, (uint32_t)(unsigned char)html[1]);
			html += 2;
		} else if (*html == '{' && (end = expression_end(html)) != 0) {
			plain.left |=
			    text_starts(html, "{TOKEN:") ? LSS_LEFT_TOKEN : LSS_LEFT_EXPRESSION;
			plain.removed = true;
			html = end + 1;
		} else {
			add_character(&plain, next_character(&html));
		}
	}
	*left |= plain.left;
	return plain.out.p ? plain.out.p : "";
}
