/*
 * feedback_seal_test.c: sealed answers (sizes, binding, damage, keys), which groups may be
 * told, and the figures of results.
 */
#include "unit.h"

#include "base/config.h"
#include "feedback/close_write.h"
#include "feedback/seal.h"
#include "feedback/suppress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
letters(struct arena *arena, size_t n)
{
	char *text = arena_alloc(arena, n + 1);

	memset(text, 'x', n);
	return text;
}

static size_t
packed(struct arena *arena, size_t draft, size_t sent)
{
	struct seal_content content = { letters(arena, draft), letters(arena, sent) }, again;
	struct bytes block;

	if (seal_pack(arena, &content, &block) != OK)
		return 0;
	assert_int_equal(seal_unpack(arena, block, &again), OK);
	assert_string_equal(again.draft, content.draft);
	assert_string_equal(again.sent, content.sent);
	return block.n;
}

static void
four_sizes(void **state)
{
	struct arena *arena = *state;

	assert_int_equal(packed(arena, 0, 0), 1024);
	assert_int_equal(packed(arena, 0, 1016), 1024);
	assert_int_equal(packed(arena, 1, 1016), 4096);
	assert_int_equal(packed(arena, 4088, 0), 4096);
	assert_int_equal(packed(arena, 4000, 89), 16384);
	assert_int_equal(packed(arena, 16000, 376), 16384);
	assert_int_equal(packed(arena, 16000, 377), 65536);
	assert_int_equal(packed(arena, 60000, 5528), 65536);
	assert_int_equal(packed(arena, 60000, 5529), 0);
}

static void
lengths_that_lie(void **state)
{
	struct arena *arena = *state;
	struct seal_content content;
	unsigned char block[16] = { 9, 0, 0, 0, 0, 0, 0, 0 };

	assert_int_equal(
	    seal_unpack(arena, (struct bytes){ block, sizeof block }, &content), E_INPUT);
	block[0] = 8;
	assert_int_equal(
	    seal_unpack(arena, (struct bytes){ block, sizeof block }, &content), OK);
	block[4] = 1;
	assert_int_equal(
	    seal_unpack(arena, (struct bytes){ block, sizeof block }, &content), E_INPUT);
	memset(block, 255, 8);
	assert_int_equal(
	    seal_unpack(arena, (struct bytes){ block, sizeof block }, &content), E_INPUT);
	assert_int_equal(seal_unpack(arena, (struct bytes){ block, 7 }, &content), E_INPUT);
}

static void
bound_to_run_and_person(void **state)
{
	struct arena *arena = *state;
	const struct seal_content content = { "", "{\"Q\":\"a secret word\"}" };
	struct seal_place place = { .run = 3, .person = 31, .run_id = id_new() }, other;
	struct key key = { .number = 1 }, wrong = { .number = 1 };
	struct seal_content read;
	struct bytes sealed, twice;

	crypto_random(key.secret, sizeof key.secret);
	assert_int_equal(seal_close(arena, &key, &place, &content, &sealed), OK);
	assert_int_equal(sealed.n, 1024 + 30);
	assert_null(memmem(sealed.p, sealed.n, "secret", 6));
	assert_int_equal(seal_close(arena, &key, &place, &content, &twice), OK);
	assert_memory_not_equal(sealed.p, twice.p, sealed.n);
	assert_int_equal(seal_open(arena, &key, &place, sealed, &read), OK);
	assert_string_equal(read.sent, content.sent);
	assert_string_equal(read.draft, "");

	other = place;
	other.person = 32;
	assert_int_equal(seal_open(arena, &key, &other, sealed, &read), E_INPUT);
	other = place;
	other.run_id = id_new();
	assert_int_equal(seal_open(arena, &key, &other, sealed, &read), E_INPUT);
	assert_int_equal(seal_open(arena, &wrong, &place, sealed, &read), E_INPUT);
	((unsigned char *)(uintptr_t)sealed.p)[500] ^= 1;
	assert_int_equal(seal_open(arena, &key, &place, sealed, &read), E_INPUT);
}

static void
key_comes_and_goes(void **state)
{
	struct arena *arena = *state;
	char folder[] = "/tmp/seal-XXXXXX";
	struct id run = id_new();
	struct key key, again;
	const char *name = text_printf(arena, "run-%s", id_text(arena, run)), *file;
	struct stat info;

	assert_non_null(mkdtemp(folder));
	config_set(CONFIG_KEYS, folder);
	assert_int_equal(seal_key(arena, run, &key), E_ABSENT);
	assert_int_equal(crypto_key(name, true, &key), OK);
	assert_int_equal(seal_key(arena, run, &again), OK);
	assert_memory_equal(key.secret, again.secret, sizeof key.secret);
	file = text_printf(arena, "%s/%s.key", folder, name);
	assert_int_equal(stat(file, &info), 0);
	assert_int_equal(seal_key_destroy(arena, run), OK);
	assert_int_equal(stat(file, &info), -1);
	assert_int_equal(seal_key_destroy(arena, run), OK);
	assert_int_equal(rmdir(folder), 0);
}

/* "1" told, "0" not. */
static const char *
told(struct arena *arena, int64_t total, size_t n, const int64_t *size)
{
	bool *may = arena_array_of(arena, bool, n);
	char *out = arena_alloc(arena, n + 1);

	suppress_groups(size, n, total, 5, may);
	for (size_t i = 0; i < n; i++)
		out[i] = may[i] ? '1' : '0';
	return out;
}
#define TOLD(total, ...)                                                           \
	told(arena, (total), sizeof((int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t), \
	    (const int64_t[]){ __VA_ARGS__ })

static void
small_groups_stay_untold(void **state)
{
	struct arena *arena = *state;

	assert_string_equal(TOLD(18, 8, 6, 4), "100"); /* 18 - 8 - 6 would tell the 4 */
	assert_string_equal(TOLD(14, 8, 6), "11");     /* nothing is left over */
	assert_string_equal(TOLD(15, 8, 6), "10");     /* one without a pod */
	assert_string_equal(TOLD(19, 8, 6), "11");     /* five without a pod */
	assert_string_equal(TOLD(40, 8, 6, 5, 4, 5, 4, 2, 3, 2, 1), "1110100000");
	assert_string_equal(TOLD(16, 5, 5, 5, 1), "1100"); /* the last of equals */
	assert_string_equal(TOLD(9, 5, 4), "00");
	assert_string_equal(TOLD(4, 4), "0");
	assert_string_equal(TOLD(5, 5), "1");
	assert_string_equal(TOLD(8, 4, 4), "00");
}

static void
figures(void **state)
{
	/* 9,10,10,8,7,6,5,9,10,0: five promoters, three detractors of ten */
	const int64_t vector[SCORES] = { 1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3 };
	const int64_t none[SCORES] = { 0 };
	const int64_t sad[SCORES] = { 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 };
	const int64_t third[SCORES] = { 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2 };
	const int64_t points[] = { 1, 0, 0, 2, 3 };

	(void)state;
	assert_int_equal(enps_of(vector), 20);
	assert_int_equal(enps_of(none), 0);
	assert_int_equal(enps_of(sad), -33);
	assert_int_equal(enps_of(third), 33);
	assert_int_equal(percent_of(1, 3), 33);
	assert_int_equal(percent_of(2, 3), 67);
	assert_int_equal(percent_of(1, 8), 13);
	assert_int_equal(percent_of(0, 0), 0);
	assert_int_equal(mean_hundredths(points, 5, 1), 400); /* (1 + 8 + 15) / 6 */
	assert_int_equal(mean_hundredths(vector, SCORES, 0), 740);
	assert_int_equal(mean_hundredths(none, SCORES, 0), 0);
}

/* Each of the six orders of three comes about as often: 1000 of 6000, give or take 5
 * deviations. */
static void
shuffles_evenly(void **state)
{
	static const char *const orders[] = { "abc", "acb", "bac", "bca", "cab", "cba" };
	int seen[6] = { 0 };

	for (int round = 0; round < 6000; round++) {
		const char *three[] = { "a", "b", "c" };
		const char *order;

		close_shuffle(three, 3);
		order = text_printf(*state, "%s%s%s", three[0], three[1], three[2]);
		for (int i = 0; i < 6; i++)
			seen[i] += text_is(order, orders[i]);
	}
	for (int i = 0; i < 6; i++)
		assert_in_range(seen[i], 1000 - 145, 1000 + 145);
	close_shuffle(NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(four_sizes),
		UNIT_TEST(lengths_that_lie),
		UNIT_TEST(bound_to_run_and_person),
		UNIT_TEST(key_comes_and_goes),
		UNIT_TEST(small_groups_stay_untold),
		UNIT_TEST(figures),
		UNIT_TEST(shuffles_evenly),
	};

	if (crypto_start() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
