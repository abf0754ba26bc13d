/*
 * multipart.c: multipart/form-data (RFC 7578, RFC 2046 5.1) for body.c. One pass over the body
 * with a cursor; every refusal names the byte. Owns nothing; parts point into the body unless
 * they had to be decoded. Limits: body.h.
 */
#include <string.h>

#include "web/body_impl.h"

struct cursor {
	struct arena *arena;
	const unsigned char *p;
	size_t n, at;
	const char
	    *end_of_line; /* "\r\n", or "\n" when the first line ended so; NULL at first */
	char *delimiter;  /* "--boundary" */
	struct body *body;
	enum status status; /* OK until something is refused */
};

/* Headers of a part. */
struct part_head {
	bool has_name;
	struct bytes name, filename;
	bool is_file;
	enum {
		PLAIN,
		BASE64,
		QUOTED_PRINTABLE
	} encoding;
};

static bool
refuse(struct cursor *c, enum status status, size_t at)
{
	c->status = status;
	c->body->bad = at;
	return false;
}

static bool
is_blank(unsigned char ch)
{
	return ch == ' ' || ch == '\t';
}

static bool
is_token(unsigned char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
	       (ch >= 'a' && ch <= 'z') || (ch && strchr("!#$%&'*+-.^_`|~", ch));
}

/* "--" and the boundary of the content type; NULL when it has none that may be. */
static char *
delimiter_of(struct arena *arena, const char *content_type)
{
	const char *p = content_type;
	size_t n = 0;

	for (;;) {
		p = strchr(p, ';');
		if (!p)
			return NULL;
		p += 1 + strspn(p + 1, " \t");
		if (!strncasecmp(p, "boundary=", 9))
			break;
	}
	p += 9;
	if (*p == '"') {
		n = strcspn(++p, "\"");
		if (!p[n])
			return NULL;
	} else {
		n = strcspn(p, "; \t");
	}
	if (n < 1 || n > BODY_BOUNDARY_MAX || p[n - 1] == ' ')
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (p[i] < ' ' || p[i] > '~')
			return NULL;
	return text_printf(arena, "--%.*s", (int)n, p);
}

/* At a line's end: 1 and passes it, 0 when there is none, -1 when a CR stands alone (refused
 * at the byte behind it). */
static int
line_end(struct cursor *c)
{
	bool lf_only = c->end_of_line && !c->end_of_line[1];

	if (c->at == c->n)
		return 0;
	if (c->p[c->at] == '\n' && (lf_only || !c->end_of_line)) {
		c->end_of_line = "\n";
		c->at++;
		return 1;
	}
	if (c->p[c->at] == '\r' && !lf_only) {
		if (c->at + 1 == c->n || c->p[c->at + 1] != '\n') {
			(void)refuse(c, E_INPUT, c->at + 1);
			return -1;
		}
		c->end_of_line = "\r\n";
		c->at += 2;
		return 1;
	}
	return 0;
}

/* Behind a delimiter at `at`: is it one (and not the beginning of longer data)? Passes it.
 * *ret_last: no part follows. */
static bool
delimiter_ends(struct cursor *c, bool *ret_last)
{
	size_t at = c->at;

	if (c->n - at >= 2 && c->p[at] == '-' && c->p[at + 1] == '-') {
		*ret_last = true;
		c->at += 2;
		return true;
	}
	while (at < c->n && is_blank(c->p[at]))
		at++;
	*ret_last = at == c->n;
	c->at = at;
	if (*ret_last || line_end(c) == 1) {
		/* An old browser's last delimiter has no hyphens. */
		*ret_last = c->at == c->n;
		return true;
	}
	return false;
}

/* The first delimiter, behind nothing but blank lines. */
static bool
first_delimiter(struct cursor *c, bool *ret_last)
{
	size_t length = strlen(c->delimiter);

	for (;;) {
		int end = line_end(c);

		if (end < 0)
			return false;
		if (!end)
			break;
	}
	c->end_of_line = NULL; /* a blank line in front decides nothing */
	for (size_t i = 0; i < length; i++, c->at++)
		if (c->at == c->n || c->p[c->at] != (unsigned char)c->delimiter[i])
			return refuse(c, E_INPUT, c->at);
	return delimiter_ends(c, ret_last) || c->status != OK || refuse(c, E_INPUT, c->at);
}

/* The value of a header's parameter, quoted or not; `at` stands behind the '='. A quote ends
 * the value only before ';' or the line's end: old browsers put quotes into file names. */
static bool
parameter_value(struct cursor *c, size_t *at, size_t to, struct bytes *ret)
{
	unsigned char *out = arena_alloc(c->arena, to - *at + 1);
	size_t n = 0, i = *at;

	if (i == to || c->p[i] != '"') {
		while (i < to && is_token(c->p[i]))
			out[n++] = c->p[i++];
		*at = i;
		*ret = (struct bytes){ out, n };
		return n > 0 || refuse(c, E_INPUT, i);
	}
	for (i++; i < to; i++) {
		if (c->p[i] == '\\' && i + 1 < to && c->p[i + 1] == '"') {
			out[n++] = '"';
			i++;
			continue;
		}
		if (c->p[i] == '"') {
			size_t behind = i + 1;

			while (behind < to && is_blank(c->p[behind]))
				behind++;
			if (behind == to || c->p[behind] == ';') {
				*at = behind;
				*ret = (struct bytes){ out, n };
				return true;
			}
		}
		out[n++] = c->p[i];
	}
	return refuse(c, E_INPUT, to);
}

static bool
is_word(const struct cursor *c, size_t from, size_t to, const char *word)
{
	return to - from == strlen(word) &&
	       !strncasecmp((const char *)c->p + from, word, to - from);
}

/* form-data; name="..."; filename="..." */
static bool
disposition(struct cursor *c, size_t at, size_t to, struct part_head *head)
{
	size_t end = at;

	while (end < to && is_token(c->p[end]))
		end++;
	if (!is_word(c, at, end, "form-data"))
		return refuse(c, E_INPUT, at);
	for (at = end; at < to;) {
		struct bytes value;
		size_t name;

		while (at < to && is_blank(c->p[at]))
			at++;
		if (at == to)
			break;
		if (c->p[at] != ';')
			return refuse(c, E_INPUT, at);
		for (at++; at < to && is_blank(c->p[at]);)
			at++;
		for (name = at; at < to && is_token(c->p[at]);)
			at++;
		if (at == name && at == to)
			break; /* a ';' at the end */
		if (at == name || at == to || c->p[at] != '=')
			return refuse(c, E_INPUT, at);
		end = at++;
		if (!parameter_value(c, &at, to, &value))
			return false;
		if (is_word(c, name, end, "name")) {
			if (head->has_name)
				return refuse(c, E_INPUT, name);
			if (value.n > BODY_NAME_MAX)
				return refuse(c, E_LIMIT, name);
			head->has_name = true;
			head->name = value;
		} else if (is_word(c, name, end, "filename")) {
			if (head->is_file)
				return refuse(c, E_INPUT, name);
			if (value.n > BODY_FILENAME_MAX)
				return refuse(c, E_LIMIT, name);
			head->is_file = true;
			head->filename = value;
		}
	}
	return true;
}

static bool
transfer_encoding(struct cursor *c, size_t at, size_t to, struct part_head *head)
{
	if (is_word(c, at, to, "base64"))
		head->encoding = BASE64;
	else if (is_word(c, at, to, "quoted-printable"))
		head->encoding = QUOTED_PRINTABLE;
	else if (!is_word(c, at, to, "7bit") && !is_word(c, at, to, "8bit") &&
		 !is_word(c, at, to, "binary"))
		return refuse(c, E_INPUT, at);
	return true;
}

/* One header line; stands at its first byte, leaves behind its end. */
static bool
header(struct cursor *c, struct part_head *head)
{
	size_t name = c->at, name_end, value, to;
	int end;

	while (c->at < c->n && is_token(c->p[c->at]))
		c->at++;
	name_end = c->at;
	if (name_end == name || c->at == c->n || c->p[c->at] != ':') {
		/* A CR inside a name is told at the byte behind it, like any CR alone. */
		end = c->at > name ? line_end(c) : 0;
		return end < 0 ? false : refuse(c, E_INPUT, c->at);
	}
	for (c->at++; c->at < c->n && is_blank(c->p[c->at]);)
		c->at++;
	value = c->at;
	while (
	    c->at < c->n && (c->p[c->at] >= ' ' || c->p[c->at] == '\t') && c->p[c->at] != 127)
		c->at++;
	to = c->at;
	if (to - name > BODY_HEADER_LENGTH)
		return refuse(c, E_LIMIT, name);
	end = line_end(c);
	if (end != 1)
		return end < 0 ? false : refuse(c, E_INPUT, c->at);
	while (to > value && is_blank(c->p[to - 1]))
		to--;
	if (is_word(c, name, name_end, "content-disposition"))
		return disposition(c, value, to, head);
	if (is_word(c, name, name_end, "content-transfer-encoding"))
		return transfer_encoding(c, value, to, head);
	return true;
}

static int
base64_value(unsigned char ch)
{
	if (ch >= 'A' && ch <= 'Z')
		return ch - 'A';
	if (ch >= 'a' && ch <= 'z')
		return ch - 'a' + 26;
	if (ch >= '0' && ch <= '9')
		return ch - '0' + 52;
	return ch == '+' ? 62 : ch == '/' ? 63 : -1;
}

/* Strict base64: line ends inside are passed over, padding stands at the end only. */
static bool
decode_base64(struct cursor *c, size_t from, size_t to, struct bytes *ret)
{
	unsigned char *out = arena_alloc(c->arena, (to - from) / 4 * 3 + 3);
	unsigned group = 0, have = 0, padding = 0;
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		int value = base64_value(c->p[i]);

		if (c->p[i] == '\r' || c->p[i] == '\n')
			continue;
		if (c->p[i] == '=' && have >= 2 && padding < 2) {
			padding++;
			value = 0;
		} else if (value < 0 || padding) {
			return refuse(c, E_INPUT, i);
		}
		group = group << 6 | (unsigned)value;
		if (++have == 4) {
			out[n++] = (unsigned char)(group >> 16);
			out[n++] = (unsigned char)(group >> 8 & 255);
			out[n++] = (unsigned char)(group & 255);
			have = group = 0;
		}
	}
	if (have)
		return refuse(c, E_INPUT, to);
	*ret = (struct bytes){ out, n - padding };
	return true;
}

static bool
decode_quoted_printable(struct cursor *c, size_t from, size_t to, struct bytes *ret)
{
	unsigned char *out = arena_alloc(c->arena, to - from + 1);
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		int value;

		if (c->p[i] != '=') {
			out[n++] = c->p[i];
			continue;
		}
		if (i + 1 < to && c->p[i + 1] == '\n') {
			i++; /* a soft line end */
			continue;
		}
		if (i + 2 < to && c->p[i + 1] == '\r' && c->p[i + 2] == '\n') {
			i += 2;
			continue;
		}
		value = i + 2 < to ? body_hex(c->p[i + 1], c->p[i + 2]) : -1;
		if (value < 0)
			return refuse(c, E_INPUT, i);
		out[n++] = (unsigned char)value;
		i += 2;
	}
	*ret = (struct bytes){ out, n };
	return true;
}

/* The data up to the next delimiter on a line of its own; passes that. */
static bool
data(struct cursor *c, size_t *ret_from, size_t *ret_to, bool *ret_last)
{
	char *mark = text_printf(c->arena, "%s%s", c->end_of_line, c->delimiter);
	size_t length = strlen(mark), from = c->at;

	*ret_from = from;
	while (from < c->n) {
		const unsigned char *hit = memmem(c->p + from, c->n - from, mark, length);

		if (!hit)
			break;
		*ret_to = (size_t)(hit - c->p);
		c->at = *ret_to + length;
		if (delimiter_ends(c, ret_last))
			return true;
		c->status = OK; /* data that begins like a delimiter */
		from = *ret_to + 1;
	}
	return refuse(c, E_INPUT, c->n);
}

static bool
part(struct cursor *c, size_t *room, bool *ret_last)
{
	struct part_head head = { 0 };
	struct body_part made = { 0 };
	size_t from, to, headers = 0;
	int end;

	while (!(end = line_end(c))) {
		if (headers++ == BODY_HEADERS_MAX)
			return refuse(c, E_LIMIT, c->at);
		if (!header(c, &head))
			return false;
	}
	if (end < 0)
		return false;
	if (!head.has_name)
		return refuse(c, E_INPUT, c->at);
	if (!data(c, &from, &to, ret_last))
		return false;
	made.name = head.name;
	made.is_file = head.is_file;
	made.filename = head.filename;
	made.value = (struct bytes){ c->p + from, to - from };
	if (head.encoding == BASE64 && !decode_base64(c, from, to, &made.value))
		return false;
	if (head.encoding == QUOTED_PRINTABLE &&
	    !decode_quoted_printable(c, from, to, &made.value))
		return false;
	if (c->body->n == BODY_PARTS_MAX)
		return refuse(c, E_LIMIT, from);
	body_add(c->arena, c->body, room, made);
	return true;
}

enum status
multipart_read(
    struct arena *arena, const char *content_type, struct bytes raw, struct body *body)
{
	struct cursor c = { .arena = arena, .p = raw.p, .n = raw.n, .body = body };
	size_t room = 8;
	bool last = false;

	c.delimiter = delimiter_of(arena, content_type);
	if (!c.delimiter)
		return E_INPUT;
	body->parts = arena_array_of(arena, struct body_part, room);
	if (!first_delimiter(&c, &last))
		return c.status;
	while (!last)
		if (!part(&c, &room, &last))
			return c.status;
	/* Nothing but line ends and blanks may follow. */
	for (; c.at < c.n; c.at++)
		if (!is_blank(c.p[c.at]) && c.p[c.at] != '\r' && c.p[c.at] != '\n') {
			body->bad = c.at;
			return E_INPUT;
		}
	return OK;
}
