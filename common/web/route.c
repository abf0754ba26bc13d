/*
 * route.c: finds the route of a request in a plugin's table. A walk over the whole table: with
 * a hundred routes it takes about a microsecond, and the table stays in the order that reads
 * best. Owns nothing; works on a path that url_path_ok() has passed.
 */
#include "web/route.h"

#include <string.h>

#include "base/text.h"
#include "web/url.h"

#define SEGMENTS_MAX 24

struct segments {
	unsigned count;
	struct bytes at[SEGMENTS_MAX];
};

/* Cuts "/a/b" into "a", "b", decoded; false when it is not a path or has too many. */
static bool
split(struct arena *arena, const char *path, struct segments *ret)
{
	ret->count = 0;
	while (*path == '/') {
		size_t n = strcspn(++path, "/");
		const char *segment = path;

		if (ret->count == SEGMENTS_MAX)
			return false;
		if (memchr(path, '%', n)) {
			if (!url_decode(arena, path, n, false, &segment))
				return false;
			ret->at[ret->count++] = bytes_of(segment);
		} else {
			ret->at[ret->count++] =
			    (struct bytes){ (const unsigned char *)path, n };
		}
		path += n;
	}
	return !*path && ret->count;
}

/* Does the pattern fit? *ret_literal gets one bit for each literal segment, the first segment's
 * highest, so that a larger number is the more exact pattern. */
static bool
fits(const char *pattern, const struct segments *path, unsigned *ret_literal)
{
	unsigned literal = 0;

	for (unsigned i = 0; i < path->count; i++) {
		const struct bytes *segment = &path->at[i];
		size_t n;

		if (*pattern != '/')
			return false;
		n = strcspn(++pattern, "/");
		if (*pattern == ':') {
			if (!segment->n)
				return false;
		} else {
			if (n != segment->n || memcmp(pattern, segment->p, n) != 0)
				return false;
			literal |= 1u << (SEGMENTS_MAX - i);
		}
		pattern += n;
	}
	*ret_literal = literal;
	return !*pattern;
}

static void
fill_params(
    struct arena *arena, const char *pattern, const struct segments *path, const char **params)
{
	unsigned used = 0;

	for (unsigned i = 0; i < path->count; i++) {
		pattern++;
		if (*pattern == ':' && used < ROUTE_PARAMS_MAX)
			params[used++] = arena_copy(arena, path->at[i].p, path->at[i].n);
		pattern += strcspn(pattern, "/");
	}
}

enum status
route_find(const struct route *routes, enum method method, const char *path,
    struct arena *arena, const struct route **ret_route, const char **params,
    unsigned *ret_allowed)
{
	const struct route *found = NULL;
	unsigned best = 0, allowed = 0;
	struct segments segments;

	if (!split(arena, path, &segments))
		return E_ABSENT;
	for (const struct route *route = routes; route->path; route++) {
		unsigned literal;

		if (!fits(route->path, &segments, &literal) || (allowed && literal < best))
			continue;
		if (!allowed || literal > best) {
			best = literal;
			allowed = 0;
			found = NULL;
		}
		allowed |= 1u << route->method;
		if (route->method == method)
			found = route;
	}
	if (!allowed)
		return E_ABSENT;
	if (!found) {
		*ret_allowed = allowed;
		return E_INPUT;
	}
	fill_params(arena, found->path, &segments, params);
	*ret_route = found;
	return OK;
}

const char *
route_unsound(const struct route *routes)
{
	for (const struct route *route = routes; route->path; route++) {
		bool api = strstr(route->path, "/api/"), flag = route->flags & ROUTE_API;

		bool scope = !text_empty(route->scope);

		if (api ? !flag || !scope : scope)
			return route->path;
	}
	return NULL;
}
