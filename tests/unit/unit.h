/*
 * unit.h: what several unit tests need: cmocka with its headers in order, an arena per test,
 * and the real files under DATA (default ../shared/data), which may be absent.
 */
#ifndef KEPTWORD_UNIT_H
#define KEPTWORD_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

/* cmocka's setup and teardown of a test: *state is its arena. */
static inline int
unit_open(void **state)
{
	*state = arena_new((size_t)256 << 20);
	return *state == NULL;
}

static inline int
unit_close(void **state)
{
	arena_free(*state);
	return 0;
}

#define UNIT_TEST(function) cmocka_unit_test_setup_teardown((function), unit_open, unit_close)

/* A file of any place; false when it cannot be read. */
static inline bool
unit_file(struct arena *arena, const char *path, struct bytes *ret)
{
	FILE *file = fopen(path, "rb");
	struct buf all = buf_new(arena);
	char part[4096];
	size_t n;

	if (file == NULL)
		return false;
	while ((n = fread(part, 1, sizeof part, file)) > 0)
		buf_add(&all, part, n);
	(void)fclose(file);
	*ret = (struct bytes){ (const unsigned char *)all.p, all.n };
	return true;
}

/* A file under DATA, by its path there. */
static inline bool
unit_data(struct arena *arena, const char *path, struct bytes *ret)
{
	const char *data = getenv("DATA");

	return unit_file(arena,
	    text_printf(arena, "%s/%s", data != NULL ? data : "../shared/data", path), ret);
}

#endif
