/*
 * text_test.c: text and bytes.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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
buffers_grow(void **state)
{
	struct buf buf = buf_new(arena);
	struct buf other = buf_new(arena);
	size_t n = 0;

	(void)state;
	assert_string_equal(buf.p, "");
	for (int i = 0; i < 20000; i++) {
		buf_printf(&buf, "%d,", i % 10);
		buf_char(&other, 'x');
		n += 2;
		assert_int_equal(buf.n, n);
	}
	assert_int_equal(strlen(buf.p), 40000);
	assert_int_equal(strlen(other.p), 20000);
	for (size_t i = 0; i < 20000; i++)
		assert_int_equal(buf.p[2 * i], '0' + (char)(i % 10));
	buf = buf_new(arena);
	buf_text(&buf, "a");
	buf_text(&buf, NULL);
	buf_add(&buf, "b\0c", 3);
	assert_int_equal(buf.n, 4);
	assert_memory_equal(buf.p, "ab\0c", 5);
	/* Text that just fits its first room, and just does not. */
	for (int length = 254; length < 259; length++) {
		buf = buf_new(arena);
		buf_printf(&buf, "%*d", length, 7);
		assert_int_equal(buf.n, length);
		assert_int_equal(strlen(buf.p), length);
		assert_int_equal(buf.p[length - 1], '7');
	}
}

static void
printf_of_any_length(void **state)
{
	(void)state;
	assert_string_equal(text_printf(arena, "%s-%d", "a", 5), "a-5");
	for (int length = 510; length < 515; length++)
		assert_int_equal(strlen(text_printf(arena, "%*s", length, "z")), length);
	assert_string_equal(text_copy(arena, NULL), "");
	assert_string_equal(text_copy(arena, "é"), "é");
}

static void
trimming(void **state)
{
	(void)state;
	assert_string_equal(text_trim(arena, "  a b \t\r\n"), "a b");
	assert_string_equal(
	    text_trim(arena, "\xC2\xA0\xE3\x80\x80\xEF\xBB\xBFx\xE2\x80\xAF"), "x");
	assert_string_equal(text_trim(arena, " \n "), "");
	assert_string_equal(text_trim(arena, ""), "");
	assert_string_equal(text_trim(arena, NULL), "");
	/* U+200B (zero width space) is not White_Space. */
	assert_string_equal(text_trim(arena, "\xE2\x80\x8B"), "\xE2\x80\x8B");
	/* A broken sequence at the end is not read past. */
	assert_string_equal(text_trim(arena, " a\xE2\x80"), "a\xE2\x80");
}

static void
comparing(void **state)
{
	(void)state;
	assert_true(text_is("a", "a"));
	assert_false(text_is("a", "A"));
	assert_false(text_is("a", NULL));
	assert_true(text_is(NULL, NULL));
	assert_true(text_is_nocase("Content-TYPE", "content-type"));
	assert_false(text_is_nocase("ab", "abc"));
	assert_false(text_is_nocase("[", "{"));
	assert_false(text_is_nocase("\xC3\x89", "\xC3\xA9"));
	assert_true(text_starts("/payments/x", "/payments/"));
	assert_false(text_starts("/pay", "/payments/"));
	assert_false(text_starts(NULL, ""));
	assert_true(text_empty(NULL));
	assert_true(text_empty(""));
	assert_false(text_empty(" "));
}

static void
valid_utf8(void **state)
{
	static const char *const good[] = { "", "plain ascii of more than eight bytes", "\x7F",
		"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
		"\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "12345678€12345678" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(text_valid(good[i], strlen(good[i]), NULL));
}

static void
broken_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t n, bad;
	} all[] = {
		{ "a\0b", 3, 1 },
		{ "1234567\0", 8, 7 },
		{ "\x80", 1, 0 },
		{ "ab\xC0\x80", 4, 2 }, /* not the shortest form of NUL */
		{ "\xC1\xBF", 2, 0 },
		{ "\xE0\x9F\xBF", 3, 0 }, /* not the shortest form */
		{ "\xED\xA0\x80", 3, 0 }, /* a surrogate */
		{ "\xF0\x8F\xBF\xBF", 4, 0 },
		{ "\xF4\x90\x80\x80", 4, 0 }, /* above U+10FFFF */
		{ "\xF5\x80\x80\x80", 4, 0 },
		{ "\xFF", 1, 0 },
		{ "12345678\xE2\x82", 10, 8 }, /* cut off */
		{ "\xE2\x28\xA1", 3, 0 },
		{ "\xF0\x9F\x98\x28", 4, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t bad = 99;

		assert_false(text_valid(all[i].bytes, all[i].n, &bad));
		assert_int_equal(bad, all[i].bad);
	}
	assert_false(text_valid("\x80", 1, NULL));
}

static void
lengths_and_controls(void **state)
{
	(void)state;
	assert_int_equal(text_length("aé€😀"), 4);
	assert_int_equal(text_length(NULL), 0);
	{
		const char *at = "é\xE2\x82";

		assert_int_equal(text_next(&at), 0xE9);
		assert_int_equal(text_next(&at), 0xE2); /* cut off: byte by byte */
		assert_int_equal(text_next(&at), 0x82);
		assert_int_equal(text_next(&at), 0);
		assert_int_equal(text_next(&at), 0);
		assert_int_equal(*at, '\0');
	}
	assert_false(text_has_control("two\nlines\tand a tab", false));
	assert_true(text_has_control("two\nlines", true));
	assert_true(text_has_control("\t", true));
	assert_true(text_has_control("a\rb", false));
	assert_true(text_has_control("\x1B[1m", false));
	assert_true(text_has_control("\x7F", false));
	assert_true(text_has_control("\xC2\x85", false));     /* U+0085 */
	assert_true(text_has_control("\xE2\x80\xA8", false)); /* U+2028 */
	assert_true(text_has_control("\xE2\x80\xAE", false)); /* U+202E */
	assert_true(text_has_control("\xE2\x81\xA6", false)); /* U+2066 */
	assert_false(text_has_control("\xE2\x80\xAF\xC2\xA0", true));
	assert_false(text_has_control("\xE2\x80\x8F", true)); /* U+200F, a mark, is needed */
	assert_false(text_has_control(NULL, true));
}

static void
lines_and_fields(void **state)
{
	size_t n;
	char **fields;

	(void)state;
	assert_string_equal(text_lines(arena, "a\r\nb\rc\n\r\r\n"), "a\nb\nc\n\n\n");
	fields = text_split(arena, "a,,b,", ',', &n);
	assert_int_equal(n, 4);
	assert_string_equal(fields[0], "a");
	assert_string_equal(fields[1], "");
	assert_string_equal(fields[2], "b");
	assert_string_equal(fields[3], "");
	fields = text_split(arena, NULL, ',', &n);
	assert_int_equal(n, 1);
	assert_string_equal(fields[0], "");
}

static void
integers(void **state)
{
	static const char *const bad[] = { "", "-", "+5", " 5", "5 ", "5x", "0x5", "1.0",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999" };
	int64_t n = 7;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(text_to_int(bad[i], &n));
	assert_false(text_to_int(NULL, &n));
	assert_int_equal(n, 7);
	assert_true(text_to_int("-42", &n));
	assert_int_equal(n, -42);
	assert_true(text_to_int("0042", &n));
	assert_int_equal(n, 42);
	assert_true(text_to_int("9223372036854775807", &n));
	assert_true(n == INT64_MAX);
	assert_true(text_to_int("-9223372036854775808", &n));
	assert_true(n == INT64_MIN);
}

static void
digits_of_scripts(void **state)
{
	const char *plain = "a 12-";

	(void)state;
	assert_ptr_equal(text_digits(arena, plain), plain);
	assert_string_equal(text_digits(arena, "٢٠٢٦-١١-٢٣"), "2026-11-23"); /* Arabic */
	assert_string_equal(text_digits(arena, "۴۵"), "45");                 /* Persian */
	assert_string_equal(text_digits(arena, "१२ घंटे"), "12 घंटे");         /* Devanagari */
	assert_string_equal(text_digits(arena, "½ Ⅳ ²"), "½ Ⅳ ²"); /* numbers, no digits */
	assert_string_equal(text_digits(arena, ""), "");
}

static void
hex_and_urls(void **state)
{
	struct bytes bytes = { 0 };

	(void)state;
	assert_string_equal(
	    hex_text(arena, (struct bytes){ (const unsigned char *)"\0\xAB\x7f", 3 }),
	    "00ab7f");
	assert_string_equal(hex_text(arena, bytes_of(NULL)), "");
	assert_true(hex_bytes(arena, "00aB7F", &bytes));
	assert_int_equal(bytes.n, 3);
	assert_memory_equal(bytes.p, "\0\xAB\x7F", 3);
	assert_false(hex_bytes(arena, "0", &bytes));
	assert_false(hex_bytes(arena, "0g", &bytes));
	assert_false(hex_bytes(arena, NULL, &bytes));
	assert_string_equal(url_encode(arena, "aZ09-._~"), "aZ09-._~");
	assert_string_equal(url_encode(arena, "a b/é?&=+%"), "a%20b%2F%C3%A9%3F%26%3D%2B%25");
}

static void
status_names(void **state)
{
	(void)state;
	assert_string_equal(status_name(OK), "ok");
	assert_string_equal(status_name(E_FAULT), "fault");
	assert_string_equal(status_name(STATUS_MAX), "unknown");
	assert_string_equal(status_name((enum status) - 1), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buffers_grow),
		cmocka_unit_test(printf_of_any_length),
		cmocka_unit_test(trimming),
		cmocka_unit_test(comparing),
		cmocka_unit_test(valid_utf8),
		cmocka_unit_test(broken_utf8),
		cmocka_unit_test(lengths_and_controls),
		cmocka_unit_test(lines_and_fields),
		cmocka_unit_test(integers),
		cmocka_unit_test(digits_of_scripts),
		cmocka_unit_test(hex_and_urls),
		cmocka_unit_test(status_names),
	};

	return cmocka_run_group_tests_name("text", tests, open_arena, close_arena);
}
