/*
 * money_test.c: amounts are shown and read as people of a locale write them.
 */
#include "base/money.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return arena ? 0 : -1;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
digits_of_currencies(void **state)
{
	int digits = -1;

	(void)state;
	assert_true(money_digits("USD", &digits));
	assert_int_equal(digits, 2);
	assert_true(money_digits("JPY", &digits));
	assert_int_equal(digits, 0);
	assert_true(money_digits("KWD", &digits));
	assert_int_equal(digits, 3);
	assert_true(money_digits("CLF", &digits));
	assert_int_equal(digits, 4);
	digits = 77;
	assert_false(money_digits("XXX", &digits));
	assert_false(money_digits("QQQ", &digits));
	assert_false(money_digits("usd", &digits));
	assert_false(money_digits("USDX", &digits));
	assert_false(money_digits("US", &digits));
	assert_false(money_digits("", &digits));
	assert_false(money_digits(NULL, &digits));
	assert_int_equal(digits, 77);
	assert_string_equal(money_of(1, "EUR").currency, "EUR");
	assert_string_equal(money_of(1, "eur").currency, "XXX");
	assert_string_equal(money_of(1, "EURO").currency, "XXX");
	assert_string_equal(money_of(1, NULL).currency, "XXX");
}

static void
english(void **state)
{
	(void)state;
	assert_string_equal(money_text(arena, money_of(176250, "USD"), "en"), "1,762.50 USD");
	assert_string_equal(money_amount(arena, money_of(176250, "USD"), "en"), "1,762.50");
	assert_string_equal(money_text(arena, money_of(5, "EUR"), "en-GB"), "0.05 EUR");
	assert_string_equal(money_text(arena, money_of(0, "EUR"), "en"), "0.00 EUR");
	assert_string_equal(money_text(arena, money_of(-99, "EUR"), "en"), "-0.99 EUR");
	assert_string_equal(
	    money_text(arena, money_of(-100000000, "EUR"), "en"), "-1,000,000.00 EUR");
	assert_string_equal(money_text(arena, money_of(1234567, "JPY"), "en"), "1,234,567 JPY");
	assert_string_equal(money_text(arena, money_of(1234567, "KWD"), "en"), "1,234.567 KWD");
	assert_string_equal(money_text(arena, money_of(100, "nil"), "en"), "1.00 XXX");
	assert_string_equal(money_text(arena, money_of(INT64_MIN, "USD"), "en"),
	    "-92,233,720,368,547,758.08 USD");
	assert_string_equal(money_text(arena, money_of(INT64_MAX, "JPY"), "en"),
	    "9,223,372,036,854,775,807 JPY");
	/* No such language, no tag, no sense: English. */
	assert_string_equal(money_text(arena, money_of(176250, "USD"), "xq"), "1,762.50 USD");
	assert_string_equal(money_text(arena, money_of(176250, "USD"), ""), "1,762.50 USD");
	assert_string_equal(money_text(arena, money_of(176250, "USD"), NULL), "1,762.50 USD");
	assert_string_equal(
	    money_text(arena, money_of(176250, "USD"), "../../etc"), "1,762.50 USD");
}

static void
other_locales(void **state)
{
	struct money m = money_of(123456789, "EUR");

	(void)state;
	assert_string_equal(money_text(arena, m, "de"), "1.234.567,89 EUR");
	assert_string_equal(money_text(arena, m, "fr"), "1\u202f234\u202f567,89 EUR");
	assert_string_equal(money_text(arena, m, "de-CH"), "1’234’567.89 EUR");
	assert_string_equal(money_text(arena, m, "hi"), "12,34,567.89 EUR");
	/* In Spain four digits stay together. */
	assert_string_equal(money_amount(arena, money_of(176250, "EUR"), "es"), "1762,50");
	assert_string_equal(money_amount(arena, money_of(1762500, "EUR"), "es"), "17.625,00");
	/* Arabic digits, kept in order by isolates. */
	assert_string_equal(
	    money_text(arena, money_of(176250, "USD"), "ar-EG"), "\u2066١٬٧٦٢٫٥٠ USD\u2069");
	assert_string_equal(
	    money_text(arena, money_of(176250, "ILS"), "he"), "\u20661,762.50 ILS\u2069");
	assert_string_equal(number_text(arena, 1234567, "en"), "1,234,567");
	assert_string_equal(number_text(arena, -999, "en"), "-999");
	assert_string_equal(decimal_text(arena, 386, 2, "en"), "3.86");
	assert_string_equal(decimal_text(arena, 123456705, 2, "de"), "1.234.567,05");
	assert_string_equal(decimal_text(arena, -5, 1, "en"), "-0.5");
	assert_string_equal(decimal_text(arena, 7, 0, "en"), "7");
	assert_string_equal(decimal_text(arena, 1000001, 6, "en"), "1.000001");
	assert_string_equal(number_text(arena, 1000, "pl"), "1000");
	assert_string_equal(number_text(arena, 10000, "pl"), "10\u00a0000");
	assert_string_equal(number_text(arena, 1234567, "bn"), "১২,৩৪,৫৬৭");
	assert_string_equal(number_text(arena, INT64_MIN, "en"), "-9,223,372,036,854,775,808");
}

static void
plain_for_files(void **state)
{
	(void)state;
	assert_string_equal(money_plain(arena, money_of(176250, "USD")), "1762.50");
	assert_string_equal(money_plain(arena, money_of(-5, "USD")), "-0.05");
	assert_string_equal(money_plain(arena, money_of(1762, "JPY")), "1762");
	assert_string_equal(money_plain(arena, money_of(-7, "JPY")), "-7");
	assert_string_equal(money_plain(arena, money_of(1762, "KWD")), "1.762");
	assert_string_equal(
	    money_plain(arena, money_of(INT64_MIN, "USD")), "-92233720368547758.08");
}

static void
typed_amounts(void **state)
{
	static const struct {
		const char *text, *currency;
		int64_t minor;
	} good[] = {
		{ "1762.5", "USD", 176250 },
		{ "1.762,50", "USD", 176250 },
		{ "1 762,50", "USD", 176250 },
		{ "1,762.50", "USD", 176250 },
		{ "1762,50", "USD", 176250 },
		{ "  1762 ", "USD", 176200 },
		{ "1 762", "USD", 176200 },
		{ "1'762.50", "CHF", 176250 },
		{ "1’234’567", "CHF", 123456700 },
		{ "1\u202f234\u202f567,89", "EUR", 123456789 },
		{ "1\u00a0762", "EUR", 176200 },
		{ "12,34,567.89", "INR", 123456789 },
		{ "1,234,567", "USD", 123456700 },
		{ "0", "USD", 0 },
		{ "0.05", "USD", 5 },
		{ "007.5", "USD", 750 },
		{ "1,762", "JPY", 1762 },
		{ "1.762", "JPY", 1762 },
		{ "1,762.5", "KWD", 1762500 },
		{ "0.762", "KWD", 762 },
		{ "1762.001", "KWD", 1762001 },
		{ "1 762,001", "KWD", 1762001 },
		{ "١٬٧٦٢٫٥٠", "EGP", 176250 },
		{ "92233720368547758.07", "USD", INT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct money m = { 0 };

		if (!money_parse(good[i].text, good[i].currency, &m))
			fail_msg("refused: %s", good[i].text);
		if (m.minor != good[i].minor)
			fail_msg("%s: %" PRId64, good[i].text, m.minor);
		assert_string_equal(m.currency, good[i].currency);
	}
}

static void
refused_amounts(void **state)
{
	static const struct {
		const char *text, *currency;
	} bad[] = {
		{ "1,762", "USD" },
		{ "1.762", "USD" },
		{ "1.762", "KWD" }, /* ambiguous */
		{ "1.5", "JPY" },
		{ "17.625", "USD" },
		{ "1762.505", "USD" },
		{ "-5", "USD" },
		{ "+5", "USD" },
		{ "", "USD" },
		{ " ", "USD" },
		{ ".", "USD" },
		{ ".5", "USD" },
		{ "5.", "USD" },
		{ "1..5", "USD" },
		{ "1,,762", "USD" },
		{ "1,76,50", "USD" },
		{ "1,762,50", "USD" },
		{ "1.762.5", "USD" },
		{ "1 76", "USD" },
		{ "17 62,50", "USD" },
		{ "0,762", "USD" },
		{ "0 762", "USD" },
		{ "1,762 500", "USD" },
		{ "1,762.50.1", "USD" },
		{ "5 USD", "USD" },
		{ "$5", "USD" },
		{ "1e3", "USD" },
		{ "0x10", "USD" },
		{ "five", "USD" },
		{ "5", "QQQ" },
		{ "5\xFF", "USD" },
		{ "92233720368547758.08", "USD" },
		{ "99999999999999999999", "USD" },
		{ "9223372036854775807", "USD" },
		{ "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "USD" },
		{ "1234.567.890", "USD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct money m = { 7, "ABC" };

		if (money_parse(bad[i].text, bad[i].currency, &m))
			fail_msg("taken: %s as %" PRId64, bad[i].text, m.minor);
		assert_int_equal(m.minor, 7);
		assert_string_equal(m.currency, "ABC");
	}
}

/* What is shown can be typed again, in every locale that is no thousand's ambiguity. */
static void
shown_is_typed_again(void **state)
{
	static const char *const locales[] = { "en", "de", "fr", "es", "hi", "de-CH", "pl",
		"bn" };
	static const int64_t amounts[] = { 0, 1, 99, 100, 99999, 100000, 123456789,
		99999999999 };

	(void)state;
	for (size_t l = 0; l < sizeof locales / sizeof *locales; l++) {
		for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
			const char *text =
			    money_amount(arena, money_of(amounts[i], "EUR"), locales[l]);
			struct money m = { -1, "" };

			if (!money_parse(text, "EUR", &m) || m.minor != amounts[i])
				fail_msg("%s %s", locales[l], text);
		}
	}
}

static void
sums(void **state)
{
	struct money m = { 7, "ABC" };

	(void)state;
	assert_false(money_add(money_of(1, "USD"), money_of(1, "EUR"), &m));
	assert_false(money_add(money_of(INT64_MAX, "USD"), money_of(1, "USD"), &m));
	assert_false(money_subtract(money_of(INT64_MIN, "USD"), money_of(1, "USD"), &m));
	assert_false(money_subtract(money_of(1, "USD"), money_of(1, "JPY"), &m));
	assert_int_equal(m.minor, 7);
	assert_true(money_add(money_of(176250, "USD"), money_of(-250, "USD"), &m));
	assert_int_equal(m.minor, 176000);
	assert_string_equal(m.currency, "USD");
	assert_true(money_subtract(money_of(5, "USD"), money_of(8, "USD"), &m));
	assert_int_equal(m.minor, -3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_of_currencies),
		cmocka_unit_test(english),
		cmocka_unit_test(other_locales),
		cmocka_unit_test(plain_for_files),
		cmocka_unit_test(typed_amounts),
		cmocka_unit_test(refused_amounts),
		cmocka_unit_test(shown_is_typed_again),
		cmocka_unit_test(sums),
	};

	return cmocka_run_group_tests_name("money", tests, open_arena, close_arena);
}
