/*
 * page_test.c: the bridge to the templates: hostile values in every context, sections and
 * includes, values as readers see them, threads, and templates that stop the start.
 */
#include <pthread.h>

#include "page_unit.h"

#include "web/page.h"

static struct arena *whole; /* lives through all tests */
static const char *root;

static const char SHOWN[] =
    PRAGMA "<p>{{VALUE}}</p><a href=\"{{NAME}}\" title=\"{{VALUE}}\">x</a>"
	   "<a href=\"/x?q={{VALUE:u}}\">y</a>"
	   "<textarea>\n{{VALUE:p}}</textarea>\n"
	   "{{#CHOICE}}[{{CODE}}{{#CHOSEN}}!{{/CHOSEN}}/{{NAME}}]{{/CHOICE}}\n"
	   "{{#HINT}}first{{/HINT}}{{#ERROR}}second{{/ERROR}}";

static int
start(void **state)
{
	(void)state;
	whole = arena_new((size_t)64 << 20);
	root = unit_templates(whole);
	unit_template(whole, root, "layout/error_404.tpl", SHOWN);
	unit_template(whole, root, "layout/error_500.tpl", PRAGMA "{{>FIELD}}{{>TOKENS}}");
	unit_template(whole, root, "layout/error_503.tpl", PRAGMA "({{VALUE}}{{CODE}})");
	return unit_page_start(root);
}

static int
stop(void **state)
{
	(void)state;
	unit_templates_drop(whole, root);
	arena_free(whole);
	return 0;
}

static struct page *
shown(struct arena *arena)
{
	return page_bare(arena, TPL_LAYOUT_ERROR_404, "en", "UTC");
}

static const char *
expanded(struct page *page, struct arena *arena)
{
	const char *text = NULL;
	size_t size = 0;

	assert_int_equal(page_expand(page, arena, &text, &size), OK);
	assert_int_equal(strlen(text), size);
	return text;
}

static const char *
with_value(struct arena *arena, const char *value)
{
	struct page *page = shown(arena);

	page_text(page, MARK_VALUE, value);
	page_text(page, MARK_NAME, value);
	return expanded(page, arena);
}

static void
hostile_markup(void **state)
{
	const char *text = with_value(*state, "\"><svg onload='alert(1)'>&");

	assert_lacks(text, "<svg");
	assert_has(text, "<p>&quot;&gt;&lt;svg onload=&#39;alert(1)&#39;&gt;&amp;</p>");
	assert_has(text, "title=\"&quot;&gt;&lt;svg");
	assert_has(text, "/x?q=%22%3E%3Csvg+onload%3D%27alert(1)%27%3E%26\"");
	text = with_value(*state, "</textarea><script>alert(1)</script>");
	assert_int_equal(unit_count(text, "</textarea>"), 1);
	assert_lacks(text, "<script");
}

static void
hostile_address(void **state)
{
	assert_has(with_value(*state, "javascript:alert(1)"), "<a href=\"#\"");
	assert_has(with_value(*state, "JaVaScRiPt:alert(1)"), "<a href=\"#\"");
	assert_has(with_value(*state, "data:text/html,x"), "<a href=\"#\"");
	assert_has(
	    with_value(*state, "/payments/1?a=b&c"), "<a href=\"/payments/1?a=b&amp;c\"");
	assert_lacks(with_value(*state, "/x\" onclick=\"y"), "\" onclick");
}

static void
lines_and_scripts_survive(void **state)
{
	const char *text = with_value(*state, "\none\ntwo\tthree");

	/* The first line end after <textarea> is the parser's, the second ours. */
	assert_has(text, "<textarea>\n\none\ntwo\tthree</textarea>");
	assert_has(text, "<p> one two three</p>");
	assert_has(with_value(*state, "a\xE2\x80\xA8z"), "<p>a\xE2\x80\xA8z</p>");
	assert_has(
	    with_value(*state, "\xD8\xB9\xD9\x85\xD8\xB1"), "<p>\xD8\xB9\xD9\x85\xD8\xB1</p>");
	assert_has(with_value(*state, "{{VALUE}}{{>FORM}}"), "<p>{{VALUE}}{{&gt;FORM}}</p>");
}

static void
absent_values(void **state)
{
	struct page *page = shown(*state);
	const char *text;

	page_text(page, MARK_VALUE, NULL);
	text = expanded(page, *state);
	assert_has(text, "<p></p>");
	assert_lacks(text, "[");
	assert_lacks(text, "first");
}

static void
sections(void **state)
{
	struct page *page = shown(*state);
	const char *text;

	page_text(page, MARK_NAME, "/n");
	for (int i = 1; i <= 12; i++) {
		struct page *line = page_repeat(page, MARK_CHOICE);

		page_id(line, MARK_CODE, i);
		if (i == 11)
			page_show(line, MARK_CHOSEN);
		if (i == 12)
			page_text(line, MARK_NAME, ""); /* set to nothing is not inherited */
	}
	text = expanded(page, *state);
	assert_has(text, "[1//n][2//n]");
	assert_has(text, "[10//n][11!//n][12/]");
	assert_int_equal(unit_count(text, "["), 12);
}

static void
includes(void **state)
{
	struct page *page = page_bare(*state, TPL_LAYOUT_ERROR_500, "en", "UTC");
	const char *text;

	page_text(page, MARK_VALUE, "outside");
	for (int i = 0; i < 3; i++) {
		struct page *part = page_include(page, MARK_FIELD, TPL_LAYOUT_ERROR_503);

		page_id(part, MARK_CODE, i);
	}
	page_text(page_include(page, MARK_TOKENS, TPL_LAYOUT_ERROR_503), MARK_VALUE, "<b>");
	text = expanded(page, *state);
	/* A part sees nothing of its page, and is escaped by its own context. */
	assert_has(text, "(0)(1)(2)(&lt;b&gt;)");
}

static void
codes(void **state)
{
	static const struct code_mark table[] = {
		{ "one", MARK_HINT },
		{ "two", MARK_ERROR },
		{ NULL, MARK_MAX },
	};
	struct page *page = shown(*state);
	const char *text;

	page_code(page, table, "two");
	text = expanded(page, *state);
	assert_lacks(text, "first");
	assert_has(text, "second");
	page = shown(*state);
	page_code(page, table, "three");
	page_code(page, table, NULL);
	text = expanded(page, *state);
	assert_lacks(text, "first");
	assert_lacks(text, "second");
}

/* The text of one value on a page for a reader of locale and zone. */
#define VALUE_OF(arena, locale, zone, ...)                                      \
	({                                                                      \
		struct page *page =                                             \
		    page_bare((arena), TPL_LAYOUT_ERROR_503, (locale), (zone)); \
		__VA_ARGS__;                                                    \
		expanded(page, (arena));                                        \
	})

static void
values(void **state)
{
	struct arena *arena = *state;
	day first, last;

	assert_true(day_of_ymd((struct ymd){ 2026, 11, 2 }, &first));
	assert_true(day_of_ymd((struct ymd){ 2026, 11, 15 }, &last));
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_int(page, MARK_VALUE, 1234567)), "(1,234,567)");
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_id(page, MARK_VALUE, 1234567)), "(1234567)");
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_money(page, MARK_VALUE, money_of(176250, "USD"))),
	    "(1,762.50 USD)");
	assert_string_equal(VALUE_OF(arena, "en", "UTC",
				page_amount(page, MARK_VALUE, money_of(176250, "USD"))),
	    "(1,762.50)");
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_day(page, MARK_VALUE, first, DAY_SHORT)),
	    "(2 Nov 2026)");
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_day(page, MARK_VALUE, DAY_NONE, DAY_SHORT)),
	    "()");
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_period(page, MARK_VALUE, first, last)),
	    "(2 to 15 November 2026)");
	assert_string_equal(VALUE_OF(arena, "en", "UTC", page_minutes(page, MARK_VALUE, 1890)),
	    "(31 h 30 min)");
	/* 13:03 UTC is 14:03 in Vienna in November. */
	assert_has(
	    VALUE_OF(arena, "en", "Europe/Vienna",
		page_instant(page, MARK_VALUE, first * DAY_LENGTH + 13 * HOUR + 3 * MINUTE)),
	    "2 Nov 2026, 14:03");
}

static void
long_page(void **state)
{
	struct arena *arena = *state;
	struct page *wide = page_bare(arena, TPL_LAYOUT_ERROR_503, "en", "UTC");
	size_t n = 300000;
	char *text = arena_alloc(arena, n + 1);
	const char *out;
	size_t size;

	memset(text, '<', n);
	page_text(wide, MARK_VALUE, text);
	assert_int_equal(page_expand(wide, arena, &out, &size), OK);
	assert_int_equal(size, n * strlen("&lt;") + 2);
	assert_string_equal(
	    VALUE_OF(arena, "en", "UTC", page_text(page, MARK_VALUE, "a")), "(a)");
}

/* ---- Threads ---- */

#define THREADS 4
#define ROUNDS 300

static void *
expand_often(void *arg)
{
	intptr_t number = (intptr_t)arg;
	struct arena *arena = arena_new((size_t)8 << 20);
	const char *wanted = text_copy(arena, text_printf(arena, "([%ld])", (long)number));
	intptr_t wrong = arena == NULL;

	for (int i = 0; i < ROUNDS; i++) {
		struct arena *one = arena_new((size_t)8 << 20);
		struct page *page = page_bare(one, TPL_LAYOUT_ERROR_503, "en", "UTC");
		const char *text;
		size_t size;

		page_text(page, MARK_VALUE, "[");
		page_text(page, MARK_CODE, text_printf(one, "%ld]", (long)number));
		if (page_expand(page, one, &text, &size) != OK || strcmp(text, wanted) != 0)
			wrong++;
		arena_free(one);
	}
	arena_free(arena);
	return (void *)wrong;
}

static void
threads(void **state)
{
	pthread_t ids[THREADS];

	(void)state;
	for (intptr_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&ids[i], NULL, expand_often, (void *)i), 0);
	for (int i = 0; i < THREADS; i++) {
		void *wrong;

		assert_int_equal(pthread_join(ids[i], &wrong), 0);
		assert_null(wrong);
	}
}

/* ---- Templates that stop the start; what was loaded before stays. ---- */

static void
assert_refused(const char *content, const char *why)
{
	const char *message = "";

	unit_template(whole, root, "layout/error_413.tpl", content);
	assert_int_equal(page_start(root, &message), E_FAULT);
	assert_has(message, why);
}

static void
broken_templates(void **state)
{
	struct bytes good;
	const char *message;

	assert_true(unit_file(*state, "templates/layout/error_413.tpl", &good));
	assert_refused("<p>{{VALUE}}</p>", "error_413.tpl: does not begin with");
	assert_refused(" " PRAGMA "<p></p>", "error_413.tpl: does not begin with");
	assert_refused(PRAGMA "{{#HINT}}", "error_413.tpl");
	assert_refused(PRAGMA "<a href={{VALUE}}>", "error_413.tpl");
	assert_refused(PRAGMA "{{>FORM}}", "without {{>ERROR_PREFIX}} and {{>ERROR_SUMMARY}}");
	assert_int_equal(unlink(text_printf(*state, "%s/layout/error_413.tpl", root)), 0);
	assert_int_equal(page_start(root, &message), E_FAULT);
	assert_has(message, "error_413.tpl: cannot be read");
	assert_string_equal(
	    VALUE_OF(*state, "en", "UTC", page_text(page, MARK_VALUE, "a")), "(a)");

	unit_write(text_printf(*state, "%s/layout/error_413.tpl", root), good);
	assert_int_equal(page_start(root, &message), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(hostile_markup),
		UNIT_TEST(hostile_address),
		UNIT_TEST(lines_and_scripts_survive),
		UNIT_TEST(absent_values),
		UNIT_TEST(sections),
		UNIT_TEST(includes),
		UNIT_TEST(codes),
		UNIT_TEST(values),
		UNIT_TEST(long_page),
		UNIT_TEST(threads),
		UNIT_TEST(broken_templates),
	};

	return cmocka_run_group_tests_name("page", tests, start, stop);
}
