/*
 * arena_test.c: what arena.h promises: zeroed and aligned memory, limits that jump,
 * hooks in reverse order, a reset that keeps the first block.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
memory_is_zero_aligned_and_its_own(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	unsigned char *all[200];

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		all[i] = arena_alloc(arena, i * 7);
		assert_int_equal((uintptr_t)all[i] % alignof(max_align_t), 0);
		for (size_t j = 0; j < i * 7; j++)
			assert_int_equal(all[i][j], 0);
		memset(all[i], (int)i, i * 7);
	}
	for (size_t i = 0; i < 200; i++)
		for (size_t j = 0; j < i * 7; j++)
			assert_int_equal(all[i][j], i);
	arena_free(arena);
	arena_free(NULL);
}

static void
memory_is_zero_again_after_a_reset(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	unsigned char *p = arena_alloc(arena, 1000);

	(void)state;
	memset(p, 0xAA, 1000);
	memset(arena_alloc(arena, 300000), 0xAA, 300000);
	assert_true(arena_used(arena) >= 301000);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	/* The first block was kept: the same address comes again, zeroed. */
	assert_ptr_equal(arena_alloc(arena, 1000), p);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	arena_free(arena);
}

static void
the_limit_jumps(void **state)
{
	struct arena *arena = arena_new(1000);
	jmp_buf point;
	static volatile int jumps;
	static size_t had;

	(void)state;
	jumps = 0;
	had = 0;
	if (setjmp(point) != 0)
		jumps++;
	arena_recover(arena, &point);
	while (jumps == 0) {
		arena_alloc(arena, 16);
		had += 16;
	}
	assert_int_equal(jumps, 1);
	assert_int_equal(had, 992); /* 62 x 16; the 63rd would be 1,008 */
	assert_int_equal(arena_used(arena), 992);
	arena_free(arena);
}

static void
too_large_a_size_jumps(void **state)
{
	static volatile size_t half = SIZE_MAX / 2, nearly_all = SIZE_MAX - 3, all = SIZE_MAX;
	struct arena *arena = arena_new(SIZE_MAX);
	jmp_buf point;
	static volatile int step;

	(void)state;
	step = 0;
	arena_recover(arena, &point);
	if (setjmp(point) == 0) {
		arena_array(arena, half, 3);
		fail();
	}
	step++;
	if (setjmp(point) == 0) {
		arena_alloc(arena, nearly_all); /* rounding up would overflow */
		fail();
	}
	step++;
	if (setjmp(point) == 0) {
		arena_copy(arena, "", all);
		fail();
	}
	step++;
	assert_int_equal(step, 3);
	arena_free(arena);
}

static char order[8];

static void
note(void *arg)
{
	strncat(order, arg, 1);
}

static void
hooks_run_last_first_and_once(void **state)
{
	struct arena *arena = arena_new(4096);

	(void)state;
	order[0] = '\0';
	arena_hook(arena, note, arena_copy(arena, "a", 1));
	arena_hook(arena, note, arena_copy(arena, "b", 1));
	arena_reset(arena);
	assert_string_equal(order, "ba");
	arena_hook(arena, note, "c");
	arena_free(arena);
	assert_string_equal(order, "bac");
}

static void
a_hook_that_cannot_be_kept_runs_at_once(void **state)
{
	struct arena *arena = arena_new(16);
	jmp_buf point;

	(void)state;
	order[0] = '\0';
	arena_recover(arena, &point);
	if (setjmp(point) == 0) {
		arena_hook(arena, note, "x");
		fail();
	}
	assert_string_equal(order, "x");
	arena_free(arena);
	assert_string_equal(order, "x");
}

static void
only_the_newest_grows(void **state)
{
	struct arena *arena = arena_new(4096);
	char *a = arena_copy(arena, "abcdefghijklmno", 15);
	char *b;

	(void)state;
	assert_true(arena_grow(arena, a, 16, 40));
	assert_memory_equal(a, "abcdefghijklmno\0\0\0", 18);
	assert_int_equal(arena_used(arena), 48);
	b = arena_alloc(arena, 8);
	assert_false(arena_grow(arena, a, 40, 80));
	assert_false(arena_grow(arena, b, 8, 100000)); /* over the limit */
	assert_int_equal(arena_used(arena), 64);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zero_aligned_and_its_own),
		cmocka_unit_test(memory_is_zero_again_after_a_reset),
		cmocka_unit_test(the_limit_jumps),
		cmocka_unit_test(too_large_a_size_jumps),
		cmocka_unit_test(hooks_run_last_first_and_once),
		cmocka_unit_test(a_hook_that_cannot_be_kept_runs_at_once),
		cmocka_unit_test(only_the_newest_grows),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
