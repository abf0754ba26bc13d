/*
 * body.c: which kind of body it is, and the urlencoded kind. multipart.c reads the other.
 * Used by form.c through body.h; owns nothing, allocates from the request's arena.
 */
#include <string.h>

#include "web/body.h"
#include "web/body_impl.h"

static int
hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
body_hex(unsigned char high, unsigned char low)
{
	int h = hex_value(high), l = hex_value(low);

	return h < 0 || l < 0 ? -1 : h << 4 | l;
}

/* Decodes '+' and %XX of raw[from..to) into out. False with *ret_bad at a broken escape. */
static bool
decode(struct bytes raw, size_t from, size_t to, unsigned char *out, struct bytes *ret,
    size_t *ret_bad)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		int c = raw.p[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			c = to - i < 3 ? -1 : body_hex(raw.p[i + 1], raw.p[i + 2]);
			if (c < 0) {
				*ret_bad = i;
				return false;
			}
			i += 2;
		}
		out[n++] = (unsigned char)c;
	}
	*ret = (struct bytes){ out, n };
	return true;
}

static size_t
find(struct bytes raw, size_t from, size_t to, char c)
{
	const unsigned char *hit = memchr(raw.p + from, c, to - from);

	return hit ? (size_t)(hit - raw.p) : to;
}

static enum status
read_urlencoded(struct arena *arena, struct bytes raw, struct body *body)
{
	unsigned char *out = arena_alloc(arena, raw.n + 1);
	size_t room = 16;

	body->parts = arena_array_of(arena, struct body_part, room);
	for (size_t from = 0; from < raw.n;) {
		size_t to = find(raw, from, raw.n, '&');
		size_t equals = find(raw, from, to, '=');
		struct body_part part = { 0 };

		if (from == to) {
			from = to + 1;
			continue;
		}
		if (!decode(raw, from, equals, out, &part.name, &body->bad))
			return E_INPUT;
		out += part.name.n;
		body->bad = from;
		if (part.name.n > BODY_NAME_MAX || body->n == BODY_FIELDS_MAX)
			return E_LIMIT;
		if (equals < to && !decode(raw, equals + 1, to, out, &part.value, &body->bad))
			return E_INPUT;
		if (equals == to)
			part.value = (struct bytes){ out, 0 };
		out += part.value.n;
		body_add(arena, body, &room, part);
		from = to + 1;
	}
	return OK;
}

void
body_add(struct arena *arena, struct body *body, size_t *room, struct body_part part)
{
	if (body->n == *room) {
		struct body_part *more = arena_array_of(arena, struct body_part, *room * 2);

		memcpy(more, body->parts, body->n * sizeof *more);
		body->parts = more;
		*room *= 2;
	}
	body->parts[body->n++] = part;
}

/* Is the media type in front of a ';' or blank this one? */
static bool
is_type(const char *content_type, const char *type)
{
	size_t n = strlen(type);

	return !strncasecmp(content_type, type, n) && strchr("; \t", content_type[n]);
}

enum status
body_read(struct arena *arena, const char *content_type, struct bytes raw, struct body *ret)
{
	struct body body = { 0 };
	enum status status = OK;

	if (raw.n) {
		if (!content_type)
			content_type = "";
		if (is_type(content_type, "application/x-www-form-urlencoded"))
			status = read_urlencoded(arena, raw, &body);
		else if (is_type(content_type, "multipart/form-data"))
			status = multipart_read(arena, content_type, raw, &body);
		else
			status = E_INPUT;
	}
	if (status == OK)
		*ret = body;
	else
		ret->bad = body.bad;
	return status;
}
