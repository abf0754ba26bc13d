/*
 * words_test.c: sentences found by code, from files made here; and role names.
 */
#include "web/words.h"

#include "base/text.h"
#include "web/role.h"

#include <fcntl.h>
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
static const char *message;

static void
put(const char *folder, const char *content, size_t n)
{
	const char *path = text_printf(arena, "%s/%s", root, folder);
	FILE *file;

	mkdir(path, 0700);
	file = fopen(text_printf(arena, "%s/words", path), "w");
	assert_non_null(file);
	assert_int_equal(fwrite(content, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static void
take(const char *folder)
{
	unlink(text_printf(arena, "%s/%s/words", root, folder));
	rmdir(text_printf(arena, "%s/%s", root, folder));
}

static int
make_root(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	(void)snprintf(root, sizeof root, "/tmp/words-test-XXXXXX");
	message = "";
	return mkdtemp(root) ? 0 : -1;
}

static int
drop_root(void **state)
{
	(void)state;
	take("a");
	take("b");
	rmdir(root);
	arena_free(arena);
	return 0;
}

#define PUT(folder, text) put((folder), (text), sizeof(text) - 1)

static void
sentences(void **state)
{
	(void)state;
	PUT("a", "# comment\n\n  greeting = Good morning, {name}. \r\n"
		 "equals=a = b\ntwo = one\\ntwo \\\\n\n#last = no\nmax.long = {label}: at most "
		 "{max} "
		 "{unit}, {max}{");
	PUT("b", "other-key.label = Grüß Gott");
	mkdir(text_printf(arena, "%s/empty", root), 0700);
	assert_int_equal(words_start(root, &message), OK);
	rmdir(text_printf(arena, "%s/empty", root));
	assert_string_equal(words_get("en", "equals"), "a = b");
	assert_string_equal(words_get("en", "two"), "one\ntwo \\n");
	assert_string_equal(words_get("en", "other-key.label"), "Grüß Gott");
	assert_null(words_get("en", "#last"));
	assert_null(words_get("en", "last"));
	assert_null(words_get("en", ""));
	assert_null(words_get("en", NULL));
	assert_string_equal(words_say(arena, "en", "greeting", { "name", "Zoë {name}" }),
	    "Good morning, Zoë {name}.");
	assert_string_equal(words_say(arena, "en", "max.long", { "label", "Name" },
				{ "max", "80" }, { "ma", "?" }),
	    "Name: at most 80 {unit}, 80{");
	assert_string_equal(
	    words_say(arena, "en", "greeting", { "name", NULL }), "Good morning, .");
	assert_string_equal(words_say(arena, "en", "equals"), "a = b");
	assert_string_equal(words_say(arena, "en", "no.such"), "no.such");
}

static void
many_entries(void **state)
{
	struct buf buf = buf_new(arena);

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_printf(&buf, "key_%d = sentence %d\n", i, i * 7);
	put("a", buf.p, buf.n);
	assert_int_equal(words_start(root, &message), OK);
	for (int i = 0; i < 5000; i++)
		assert_string_equal(words_get("en", text_printf(arena, "key_%d", i)),
		    text_printf(arena, "sentence %d", i * 7));
	assert_null(words_get("en", "key_5000"));
}

static void
refused(const char *content, size_t n, const char *part)
{
	put("a", content, n);
	assert_int_not_equal(words_start(root, &message), OK);
	if (!strstr(message, part))
		fail_msg("\"%s\" does not tell: %s", message, part);
}
#define REFUSED(content, part) refused((content), sizeof(content) - 1, (part))

static void
bad_files(void **state)
{
	(void)state;
	REFUSED("a = 1\nb = 2\na = 3\n", "line 3: the key a stands in a already");
	REFUSED("a = 1\nnothing\n", "line 2: there is no");
	REFUSED("two words = 1\n", "line 1: the key may hold");
	REFUSED(" = 1\n", "line 1: the key may hold");
	REFUSED("a =  \n", "line 1: the sentence is empty");
	REFUSED("a = \xFF\n", "not UTF-8");
	REFUSED("a = b\0c\n", "not UTF-8");
	PUT("a", "one = 1");
	PUT("b", "one = 1");
	assert_int_equal(words_start(root, &message), E_INPUT);
	assert_non_null(strstr(message, "already"));
	assert_int_equal(words_start("/nowhere/at/all", &message), E_ABSENT);
	assert_non_null(strstr(message, "/nowhere/at/all"));
}

static void
role_words(void **state)
{
	(void)state;
	for (int bit = 0; bit < ROLE_BIT_MAX; bit++)
		assert_true(role_of(role_name((enum role_bit)bit)) == (roles)1 << bit);
	assert_string_equal(role_name(ROLE_BIT_HDM), "hdm");
	assert_string_equal(role_name(ROLE_BIT_PEOPLE_OFFICER), "people_officer");
	assert_true(role_of("finance") == ROLE(FINANCE));
	assert_int_equal(role_of("Finance"), 0);
	assert_int_equal(role_of(""), 0);
	assert_int_equal(role_of(NULL), 0);
	assert_int_equal(ROLE_BIT_MAX, 13);
	assert_int_equal(ROLES_STAFF & ROLE(CONTRIBUTOR), 0);
	assert_string_equal(role_name(ROLE_BIT_MAX), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sentences, make_root, drop_root),
		cmocka_unit_test_setup_teardown(many_entries, make_root, drop_root),
		cmocka_unit_test_setup_teardown(bad_files, make_root, drop_root),
		cmocka_unit_test(role_words),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
