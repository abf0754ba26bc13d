/*
 * language_test.c: the languages of a tree, who reads which, and sentences with numbers in
 * them. Which form a number takes is checked against the rules of CLDR's plurals.xml, worked
 * out by hand.
 */
#include "web/language.h"

#include "base/text.h"
#include "web/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static char root[64];
static const char *message = "";

static void
put(const char *folder, const char *content)
{
	const char *path = text_printf(arena, "%s/%s", root, folder);
	FILE *file;

	(void)mkdir(path, 0700);
	(void)mkdir(text_printf(arena, "%s/a", path), 0700);
	file = fopen(text_printf(arena, "%s/a/words", path), "w");
	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
take(const char *folder)
{
	(void)unlink(text_printf(arena, "%s/%s/a/words", root, folder));
	(void)rmdir(text_printf(arena, "%s/%s/a", root, folder));
	(void)rmdir(text_printf(arena, "%s/%s", root, folder));
}

#define ENGLISH                                                                     \
	"days = {n, plural, =0 {no days} one {# day} other {# days}}\n"             \
	"both = {who} has {n, plural, one {# entry} other {# entries}} of {who}.\n" \
	"only = Only here\n"                                                        \
	"plain = {n} of {m}\n"
#define ARABIC                                                                            \
	"days = {n, plural, zero {z#} one {o#} two {t#} few {f#} many {m#} other {x#}}\n" \
	"both = {who}: {n}\n"
#define SPANISH                                                                              \
	"days = {n, plural, one {# día} other {# días}}\nboth = {who}: {n}\nplain = {m}, " \
	"{n}\n"

static int
make_root(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	(void)snprintf(root, sizeof root, "/tmp/language-test-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	put(".", ENGLISH);
	(void)mkdir(text_printf(arena, "%s/languages", root), 0700);
	put("languages/es", SPANISH);
	put("languages/ar", ARABIC);
	put("languages/not a tag", "days = no\n");
	if (language_start(root, &message) != OK || words_start(root, &message) != OK) {
		print_error("%s\n", message);
		return -1;
	}
	return 0;
}

static int
drop_root(void **state)
{
	(void)state;
	take("languages/es");
	take("languages/ar");
	take("languages/not a tag");
	(void)rmdir(text_printf(arena, "%s/languages", root));
	take(".");
	(void)rmdir(root);
	arena_free(arena);
	return 0;
}

static void
list(void **state)
{
	(void)state;
	assert_int_equal(language_count(), 3);
	assert_string_equal(language_tag(0), "en");
	assert_string_equal(language_tag(1), "ar");
	assert_string_equal(language_tag(2), "es");
	assert_string_equal(language_folder(0), ".");
	assert_string_equal(language_folder(2), "languages/es");
	assert_string_equal(language_name(0), "English");
	assert_string_equal(language_name(1), "العربية");
	assert_string_equal(language_name(2), "Español");
	assert_string_equal(language_locale_name(arena, "es-MX"), "Español (México)");
}

static void
of_locale(void **state)
{
	(void)state;
	assert_int_equal(language_of("ar"), 1);
	assert_int_equal(language_of("ar-EG"), 1);
	assert_int_equal(language_of("ES"), 2);
	assert_int_equal(language_of("es-419"), 2);
	assert_int_equal(language_of("e"), 0);
	assert_int_equal(language_of("est"), 0);
	assert_int_equal(language_of("de"), 0);
	assert_int_equal(language_of(""), 0);
	assert_int_equal(language_of(NULL), 0);
	assert_string_equal(language_attribute("es-MX"), "es-MX");
	assert_string_equal(language_attribute("en-US"), "en-US");
	assert_string_equal(language_attribute("de"), "en");
	assert_string_equal(language_attribute(NULL), "en");
	assert_true(language_right_to_left("ar-EG"));
	assert_false(language_right_to_left("es"));
	/* Hebrew words are not here, so the page is in English. */
	assert_false(language_right_to_left("he"));
}

static void
accepted(void **state)
{
	static const struct {
		const char *header, *tag;
	} rows[] = {
		{ "es-MX,es;q=0.9,en;q=0.8", "es" },
		{ "ar", "ar" },
		{ "de,fr;q=0.9", "en" },
		{ "de-AT,ar-TN;q=0.4,en;q=0.3", "ar" },
		{ "en;q=0.2,es;q=0.8", "es" },
		{ "en-GB,es;q=0.8", "en" },
		{ "", "en" },
		{ "*", "en" },
		{ ";;;,,q=", "en" },
		{ "\xff\xfe\x01", "en" },
	};
	char *longest = arena_alloc(arena, 5001);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(language_accept(rows[i].header), rows[i].tag);
	assert_string_equal(language_accept(NULL), "en");
	memset(longest, 'e', 5000);
	assert_string_equal(language_accept(longest), "en");
}

static const char *
days(const char *locale, int64_t n)
{
	return words_say(arena, locale, "days", { "n", words_count(arena, n) });
}

static void
english_forms(void **state)
{
	(void)state;
	assert_string_equal(days("en", 0), "no days");
	assert_string_equal(days("en", 1), "1 day");
	assert_string_equal(days("en", 2), "2 days");
	assert_string_equal(days("en", 1234), "1,234 days");
	assert_string_equal(
	    days("de", 1234), "1.234 days"); /* numbers as there, words English */
	assert_string_equal(words_say(arena, "en", "both", { "who", "Zoë {n} #" },
				{ "n", words_count(arena, 1) }),
	    "Zoë {n} # has 1 entry of Zoë {n} #.");
	assert_string_equal(
	    words_say(arena, "en", "plain", { "n", words_count(arena, 5) }, { "m", "6" }),
	    "5 of 6");
}

/* zero 0; one 1; two 2; few ends in 03 to 10; many in 11 to 99; other in 00, 01, 02. */
static void
arabic_forms(void **state)
{
	static const struct {
		int64_t n;
		char form;
	} rows[] = { { 0, 'z' }, { 1, 'o' }, { 2, 't' }, { 3, 'f' }, { 10, 'f' }, { 11, 'm' },
		{ 99, 'm' }, { 100, 'x' }, { 101, 'x' }, { 102, 'x' }, { 103, 'f' },
		{ 110, 'f' }, { 111, 'm' }, { 1000, 'x' } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(days("ar", rows[i].n)[0], rows[i].form);
	/* Filled in between isolates, so that a Latin name does not turn the line. */
	assert_string_equal(words_say(arena, "ar", "both", { "who", "Ana" }, { "n", "7" }),
	    "\xe2\x81\xa8"
	    "Ana"
	    "\xe2\x81\xa9: \xe2\x81\xa8"
	    "7"
	    "\xe2\x81\xa9");
}

static void
spanish_forms(void **state)
{
	(void)state;
	assert_string_equal(days("es", 1), "1 día");
	assert_string_equal(days("es-MX", 0), "0 días");
	assert_string_equal(days("es", 2), "2 días");
	/* CLDR's "many" (1000000) is not given: "other" stands in for it. */
	assert_string_equal(days("es-MX", 1000000), "1,000,000 días");
	/* Values in the order of the language, not of the call. */
	assert_string_equal(
	    words_say(arena, "es", "plain", { "n", "1" }, { "m", "2" }), "2, 1");
	/* What a language does not have is read in English. */
	assert_string_equal(words_get("es", "only"), "Only here");
	assert_null(words_get("es", "nothing"));
}

static void
broken_forms(void **state)
{
	static const char *const broken[] = {
		"{n, plural, one {# day}",  /* never closed */
		"{n, plural, one {# day}}", /* no other, and 2 needs it */
		"{n, plural, }",
		"{n, plural, other}",
		"{m, plural, one {a} other {b}}",    /* no such number */
		"{text, plural, one {a} other {b}}", /* not a number */
		"{n, plural, other {{n, plural, one {x}}}}",
	};
	const struct words_pair pairs[] = { { "n", words_count(arena, 2) }, { "text", "2" },
		{ 0, 0 } };
	const char *ret;

	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		if (words_form(arena, "en", broken[i], pairs, &ret) != E_INPUT)
			fail_msg("taken: %s", broken[i]);
	/* Braces that name nothing stay as they are. */
	assert_int_equal(words_form(arena, "en", "{a {n} {", pairs, &ret), OK);
	assert_string_equal(ret, "{a 2 {");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list),
		cmocka_unit_test(of_locale),
		cmocka_unit_test(accepted),
		cmocka_unit_test(english_forms),
		cmocka_unit_test(arabic_forms),
		cmocka_unit_test(spanish_forms),
		cmocka_unit_test(broken_forms),
	};

	return cmocka_run_group_tests_name("language", tests, make_root, drop_root);
}
