/*
 * config_test.c: defaults, limits and the sentences of config.c.
 */
#include "base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* There is one thread here. NOLINTBEGIN(concurrency-mt-unsafe) */
static char message[512];

static int
clear_environment(void **state)
{
	(void)state;
	clearenv();
	message[0] = '\0';
	return config_read(message, sizeof message) == OK ? 0 : -1;
}

static void
refused(const char *name, const char *value)
{
	setenv(name, value, 1);
	message[0] = '\0';
	assert_int_equal(config_read(message, sizeof message), E_INPUT);
	assert_non_null(strstr(message, name)); /* the sentence names the variable */
	unsetenv(name);
	assert_int_equal(config_read(message, sizeof message), OK);
}

static void
defaults(void **state)
{
	(void)state;
	assert_int_equal(config_int(CONFIG_THREADS), 16);
	assert_int_equal(config_int(CONFIG_DB_POOL), 8);
	assert_int_equal(config_int(CONFIG_SESSION_IDLE), 480);
	assert_int_equal(config_int(CONFIG_SESSION_MAX), 168);
	assert_int_equal(config_int(CONFIG_SCRYPT_LOG_N), 17);
	assert_int_equal(config_int(CONFIG_SCRYPT_SLOTS), 2);
	assert_int_equal(config_int(CONFIG_PARSERS), 4);
	assert_int_equal(config_int(CONFIG_PDF_HELPERS), 2);
	assert_int_equal(config_int(CONFIG_UPLOAD_MAX), 10485760);
	assert_int_equal(config_int(CONFIG_SUPPRESS_BELOW), 5);
	assert_int_equal(config_int(CONFIG_CLOCK_SHIFT), 0);
	assert_false(config_on(CONFIG_DEMO));
	assert_false(config_on(CONFIG_TEST_HOOKS));
	assert_string_equal(config_text(CONFIG_TEMPLATES), "templates");
	assert_string_equal(config_text(CONFIG_DB_NAME), "");
	assert_string_equal(config_text(CONFIG_SCHEMAS), "");
}

static void
values_are_read(void **state)
{
	(void)state;
	setenv("KEPTWORD_RUN", "/tmp/somewhere", 1);
	setenv("KEPTWORD_THREADS", "32", 1);
	setenv("KEPTWORD_ORGANISATION", "Müller & Söhne", 1);
	setenv("KEPTWORD_PUBLIC_URL", "https://people.example:8443", 1);
	setenv("KEPTWORD_DEMO", "1", 1);
	setenv("KEPTWORD_CLOCK_SHIFT", "-3600", 1);
	setenv("KEPTWORD_TEST_HOOKS", "1", 1);
	setenv("KEPTWORD_SCRYPT_LOG_N", "10", 1);
	setenv("KEPTWORD_DB_POOL", "", 1); /* as good as unset */
	assert_int_equal(config_read(message, sizeof message), OK);
	assert_string_equal(config_text(CONFIG_RUN), "/tmp/somewhere");
	assert_int_equal(config_int(CONFIG_THREADS), 32);
	assert_string_equal(config_text(CONFIG_ORGANISATION), "Müller & Söhne");
	assert_string_equal(config_text(CONFIG_PUBLIC_URL), "https://people.example:8443");
	assert_true(config_on(CONFIG_DEMO));
	assert_int_equal(config_int(CONFIG_CLOCK_SHIFT), -3600);
	assert_true(config_on(CONFIG_TEST_HOOKS));
	assert_int_equal(config_int(CONFIG_DB_POOL), 8);
	clearenv();
	assert_int_equal(config_read(message, sizeof message), OK);
	assert_int_equal(config_int(CONFIG_THREADS), 16);
	assert_string_equal(config_text(CONFIG_RUN), "run");
}

static void
limits(void **state)
{
	(void)state;
	refused("KEPTWORD_THREADS", "0");
	refused("KEPTWORD_THREADS", "513");
	refused("KEPTWORD_THREADS", "many");
	refused("KEPTWORD_THREADS", "8 ");
	refused("KEPTWORD_SUPPRESS_BELOW", "4");
	refused("KEPTWORD_UPLOAD_MAX", "10M");
	refused("KEPTWORD_DEMO", "yes");
	refused("KEPTWORD_ORGANISATION", "two\nlines");
	refused("KEPTWORD_ORGANISATION", "\xFF");
	refused("KEPTWORD_PUBLIC_URL", "people.example");
	refused("KEPTWORD_PUBLIC_URL", "https://");
	refused("KEPTWORD_PUBLIC_URL", "https://people.example/");
	refused("KEPTWORD_PUBLIC_URL", "ftp://people.example");
	refused("KEPTWORD_PUBLIC_URL", "https://a@people.example");
}

static void
some_need_the_demo(void **state)
{
	(void)state;
	refused("KEPTWORD_CLOCK_SHIFT", "60");
	assert_int_equal(config_int(CONFIG_CLOCK_SHIFT), 0);
	refused("KEPTWORD_TEST_HOOKS", "1");
	refused("KEPTWORD_SCRYPT_LOG_N", "14");
	setenv("KEPTWORD_SCRYPT_LOG_N", "15", 1);
	assert_int_equal(config_read(message, sizeof message), OK);
}

static void
the_table_is_printed(void **state)
{
	char *text = NULL;
	size_t n = 0, rows = 0;
	FILE *out = open_memstream(&text, &n);

	(void)state;
	assert_non_null(out);
	config_print(out);
	assert_int_equal(fclose(out), 0);
	for (const char *p = text; *p; p++)
		rows += *p == '\n';
	assert_int_equal(rows, CONFIG_MAX + 2);
	assert_non_null(strstr(
	    text, "| `KEPTWORD_THREADS` | `16` | 1 to 512 | Worker threads per process. |\n"));
	assert_non_null(strstr(text, "| `KEPTWORD_TEST_HOOKS` | `0` | 0 or 1; demo only |"));
	free(text);
}

static void
tests_can_set_one(void **state)
{
	(void)state;
	config_set(CONFIG_RUN, "/elsewhere");
	assert_string_equal(config_text(CONFIG_RUN), "/elsewhere");
	config_set(CONFIG_RUN, NULL);
	assert_string_equal(config_text(CONFIG_RUN), "run");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(defaults, clear_environment),
		cmocka_unit_test_setup(values_are_read, clear_environment),
		cmocka_unit_test_setup(limits, clear_environment),
		cmocka_unit_test_setup(some_need_the_demo, clear_environment),
		cmocka_unit_test_setup(the_table_is_printed, clear_environment),
		cmocka_unit_test_setup(tests_can_set_one, clear_environment),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
/* NOLINTEND(concurrency-mt-unsafe) */
