/*
 * url.c: percent-encoding, read strictly: what is not written as RFC 3986 says is refused, not
 * guessed, so nginx and we can never understand one address in two ways.
 */
#include "web/url.h"

#include "base/text.h"

#include <string.h>

#define PATH_MAX_BYTES 2000

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
url_decode(struct arena *arena, const char *bytes, size_t n, bool plus, const char **ret)
{
	unsigned char *out = arena_alloc(arena, n + 1);
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '%') {
			int high = n - i > 2 ? hex_value(bytes[i + 1]) : -1;
			int low = n - i > 2 ? hex_value(bytes[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			out[used++] = (unsigned char)(high << 4 | low);
			i += 2;
		} else {
			out[used++] = (unsigned char)(plus && bytes[i] == '+' ? ' ' : bytes[i]);
		}
	}
	if (!text_valid(out, used, NULL))
		return false;
	*ret = (const char *)out;
	return true;
}

bool
url_path_ok(struct arena *arena, const char *path)
{
	if (path[0] != '/' || strlen(path) > PATH_MAX_BYTES)
		return false;
	while (*path == '/') {
		size_t n = strcspn(++path, "/");
		const char *segment;

		if (!url_decode(arena, path, n, false, &segment) || strchr(segment, '/') ||
		    text_has_control(segment, true) || text_is(segment, ".") ||
		    text_is(segment, ".."))
			return false;
		path += n;
	}
	return true;
}

bool
url_is_local(const char *location)
{
	size_t n = 0;

	if (!location || location[0] != '/' || location[1] == '/')
		return false;
	for (; location[n]; n++)
		if (location[n] <= ' ' || location[n] >= 0x7f || location[n] == '\\')
			return false;
	return n <= PATH_MAX_BYTES;
}
