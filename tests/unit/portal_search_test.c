/*
 * portal_search: what was typed, as terms: words, months, dates, amounts, and signs that must
 * not reach LIKE.
 */
#include "unit.h"

#include "portal/search_terms.h"

static void
expect(struct arena *arena, const char *query, const char *locale, const char *expected)
{
	struct search_terms terms = search_terms(arena, query, locale);
	struct buf told = buf_new(arena);

	for (size_t i = 0; i < terms.n; i++)
		buf_printf(&told, "%s[%s]", terms.term[i].text, terms.term[i].other);
	buf_text(&told, terms.cut ? "cut" : "");
	assert_string_equal(told.p, expected);
}

static void
test_words(void **state)
{
	struct arena *arena = *state;

	expect(arena, "", "en", "");
	expect(arena, " \t\n ", "en", "");
	expect(arena, "Kowal", "en", "Kowal[]");
	expect(arena, "Kowalczyk-Núñez", "en", "Kowalczyk[]Núñez[]");
	expect(arena, "O'Brien", "en", "O[]Brien[]");
	expect(arena, "a b", "en", "a[]b[]");
	expect(arena, "陈", "zh", "陈[]");
	expect(arena, "ליאת כהן", "he", "ליאת[]כהן[]");
	expect(arena,
	    "Nu\xcc\x81n\xcc\x83"
	    "ez",
	    "en", "Núñez[]"); /* composed */
	expect(arena, "a1 bb cc dd ee ff", "en", "a1[]bb[]cc[]dd[]ee[]cut");
}

/* What LIKE, SQL or HTML would take in their own way is gone. */
static void
test_signs(void **state)
{
	struct arena *arena = *state;

	expect(arena, "%_%", "en", "");
	expect(arena, "🌱 ❤️", "en", "");
	expect(arena, "a%b_c\\d", "en", "a[]b[]c[]d[]");
	expect(arena, "' OR 1=1 --", "en", "OR[]1[]1[]");
	expect(arena, "<svg onload=x>", "en", "svg[]onload[]x[]");
}

static void
test_months(void **state)
{
	struct arena *arena = *state;

	expect(arena, "november", "en", "november[month-11 ]");
	expect(arena, "Nov", "en", "Nov[month-11 ]");
	expect(arena, "no", "en", "no[]");
	expect(arena, "enero", "es", "enero[month-1 ]");
	expect(arena, "january", "es", "january[month-1 ]"); /* English is known to all */
	expect(arena, "نوفمبر", "ar", "نوفمبر[month-11 ]");
	expect(arena, "fevrier", "fr", "fevrier[month-2 ]");
}

static void
test_numbers(void **state)
{
	struct arena *arena = *state;

	expect(arena, "1762", "en", "1762[minor-1762]");
	expect(arena, "1,762.50", "en", "176250[minor-176250]");
	expect(arena, "1.762,50€", "de", "176250[minor-176250]");
	expect(arena, "١٧٦٢٫٥٠", "ar", "176250[minor-176250]");
	expect(arena, "2026-11-15", "en", "2026-11-15[2026-11-15]");
	expect(arena, "2026 marta", "en", "2026[minor-2026]marta[]");
	expect(arena, "...", "en", "");
}

static void
test_too_long(void **state)
{
	struct arena *arena = *state;
	char long_word[3001];

	memset(long_word, 'x', 3000);
	long_word[3000] = '\0';
	struct search_terms terms = search_terms(arena, long_word, "en");
	assert_int_equal(terms.n, 1);
	assert_int_equal(strlen(terms.term[0].text), TERM_LENGTH_MAX);
	assert_true(terms.cut);
}

static void
test_names_of_pages(void **state)
{
	struct arena *arena = *state;
	static const struct {
		const char *term, *sentence;
		bool in;
	} cases[] = {
		{ "pay", "My pay", true },
		{ "MY", "My pay", true },
		{ "ay", "My pay", false },
		{ "peri", "Períodos de pago", true },
		{ "Perí", "Periodos de pago", true },
		{ "رو", "أجري، رَوَاتِب", true },
		{ "x", "", false },
		{ "pays", "My pay", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct search_term term = { cases[i].term, "" };
		assert_int_equal(search_term_in(arena, &term, cases[i].sentence), cases[i].in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(test_words),
		UNIT_TEST(test_signs),
		UNIT_TEST(test_months),
		UNIT_TEST(test_numbers),
		UNIT_TEST(test_too_long),
		UNIT_TEST(test_names_of_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
