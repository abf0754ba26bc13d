/* The pure rules of onboarding: names, days, codes. */
#include "onboarding/rule.h"
#include "unit.h"

#include <string.h>

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new((size_t)1 << 20);
	return arena && crypto_start() == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
names(void **state)
{
	static const struct {
		const char *typed, *legal;
		bool same;
	} cases[] = {
		{ "Ada Lovelace", "Ada Lovelace", true },
		{ "  ada\t LOVELACE ", "Ada Lovelace", true },
		{ "Ada\xc2\xa0Lovelace", "Ada Lovelace", true },     /* no-break space */
		{ "Ada\xe3\x80\x80Lovelace", "Ada Lovelace", true }, /* ideographic space */
		{ "I\xc3\xb1igo", "In\xcc\x83igo", true },           /* composed, decomposed */
		{ "I\xc3\x91IGO", "i\xc3\xb1igo", true },            /* capital with tilde */
		{ "STRASSER",
		    "Stra\xc3\x9f"
		    "er",
		    true }, /* sharp s folds */
		{ "\xce\x9f\xce\x94\xce\x9f\xce\xa3", "\xce\xbf\xce\xb4\xce\xbf\xcf\x82",
		    true },
		{ "\xef\xbc\xa1\xef\xbd\x84\xef\xbd\x81", "Ada", true }, /* full width */
		{ "Inigo", "I\xc3\xb1igo", false },
		{ "AdaLovelace", "Ada Lovelace", false },
		{ "Ada", "Ada Lovelace", false },
		{ "Ada Lovelace King", "Ada Lovelace", false },
		{ "", "Ada", false },
		{ "", "", false },
		{ "  ", " ", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (rule_same_name(arena, cases[i].typed, cases[i].legal) != cases[i].same)
			fail_msg("'%s' and '%s'", cases[i].typed, cases[i].legal);
}

static void
long_names(void **state)
{
	char name[801];

	(void)state;
	/* U+FDFA is the character that folds to the most. */
	for (size_t i = 0; i < 798; i += 3)
		memcpy(name + i, "\xef\xb7\xba", 3);
	name[798] = 0;
	assert_true(rule_same_name(arena, name, name));
	assert_false(rule_same_name(arena, name, name + 3));
}

static void
days(void **state)
{
	(void)state;
	assert_int_equal(rule_days_waiting(0, 0), 0);
	assert_int_equal(rule_days_waiting(0, DAY_LENGTH - 1), 0);
	assert_int_equal(rule_days_waiting(0, DAY_LENGTH), 1);
	assert_int_equal(rule_days_waiting(HOUR, 6 * DAY_LENGTH), 5);
	assert_int_equal(rule_days_waiting(DAY_LENGTH, 0), 0);
}

static void
offers(void **state)
{
	(void)state;
	assert_true(rule_offer_open("sent", 10, 9));
	assert_true(rule_offer_open("viewed", 10, 9));
	assert_false(rule_offer_open("sent", 10, 10));
	assert_false(rule_offer_open("draft", 10, 9));
	assert_false(rule_offer_open("signed", 10, 9));
	assert_true(rule_may_undo("declined", 0, 7 * DAY_LENGTH - 1));
	assert_false(rule_may_undo("declined", 0, 7 * DAY_LENGTH));
	assert_false(rule_may_undo("sent", 0, 1));
}

static void
codes(void **state)
{
	struct id code, again;
	unsigned char hash[SHA256_BYTES];

	(void)state;
	memset(code.b, 0, sizeof code.b);
	assert_string_equal(rule_code_spaced(arena, code), "00000 00000 00000 00000 000000");
	code = id_new();
	assert_true(id_parse(rule_code_spaced(arena, code), &again));
	assert_memory_equal(code.b, again.b, sizeof code.b);
	/* SHA-256 of sixteen zero bytes. */
	memset(code.b, 0, sizeof code.b);
	rule_code_hash(code, hash);
	assert_string_equal(hex_text(arena, (struct bytes){ hash, sizeof hash }),
	    "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb");
}

static void
secrets(void **state)
{
	struct key key = { .number = 1 }, other = { .number = 1, .secret = { 1 } };
	struct id a = { { 1 } }, b = { { 2 } };
	unsigned char first[SHA256_BYTES], second[SHA256_BYTES];

	(void)state;
	rule_secret(&key, "receipt code\n", a, first);
	rule_secret(&key, "receipt code\n", a, second);
	assert_memory_equal(first, second, sizeof first);
	rule_secret(&key, "receipt code\n", b, second);
	assert_memory_not_equal(first, second, sizeof first);
	rule_secret(&key, "invitation\n", a, second);
	assert_memory_not_equal(first, second, sizeof first);
	rule_secret(&other, "receipt code\n", a, second);
	assert_memory_not_equal(first, second, sizeof first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(long_names),
		cmocka_unit_test(days),
		cmocka_unit_test(offers),
		cmocka_unit_test(codes),
		cmocka_unit_test(secrets),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
