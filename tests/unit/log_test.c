/*
 * log_test.c: the form of log lines, read back with a JSON parser from a pipe that
 * stands in for standard error.
 */
#include "base/log.h"

#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int real_stderr = -1;
static int pipe_out = -1;
static char got[1 << 16];

static void
catch_lines(void)
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	real_stderr = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	pipe_out = ends[0];
}

/* What was written since catch_lines(), and how many lines. */
static size_t
caught(void)
{
	size_t n = 0, lines = 0;
	ssize_t more;

	dup2(real_stderr, STDERR_FILENO);
	close(real_stderr);
	while ((more = read(pipe_out, got + n, sizeof got - 1 - n)) > 0)
		n += (size_t)more;
	close(pipe_out);
	got[n] = '\0';
	for (size_t i = 0; i < n; i++)
		lines += got[i] == '\n';
	return lines;
}

static json_t *
only_line(void)
{
	json_t *line;

	assert_int_equal(caught(), 1);
	line = json_loads(got, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(line);
	return line;
}

static const char *
string_of(json_t *line, const char *name)
{
	return json_string_value(json_object_get(line, name));
}

static void
a_plain_line(void **state)
{
	json_t *line;
	instant t;

	(void)state;
	log_plugin("payments");
	catch_lines();
	log_request_id("abc123");
	errno = 42;
	log_event(LOG_LEVEL_WARN, "db_away", LOG_INT("code", -2002), LOG_TEXT("what", NULL));
	assert_int_equal(errno, 42);
	line = only_line();
	assert_string_equal(string_of(line, "level"), "warn");
	assert_string_equal(string_of(line, "plugin"), "payments");
	assert_string_equal(string_of(line, "event"), "db_away");
	assert_string_equal(string_of(line, "req"), "abc123");
	assert_string_equal(string_of(line, "what"), "");
	assert_int_equal(json_integer_value(json_object_get(line, "code")), -2002);
	assert_int_equal(strlen(string_of(line, "t")), strlen("2026-11-23T03:04:05.123456Z"));
	assert_true(instant_parse(string_of(line, "t"), &t));
	assert_true(time_now() - t >= 0 && time_now() - t < 10 * SECOND);
	json_decref(line);

	catch_lines();
	log_request_id("");
	log_event(LOG_LEVEL_FATAL, "start");
	line = only_line();
	assert_string_equal(string_of(line, "level"), "fatal");
	assert_null(json_object_get(line, "req"));
	json_decref(line);
}

static void
hostile_text(void **state)
{
	json_t *line;

	(void)state;
	catch_lines();
	log_event(LOG_LEVEL_INFO, "hostile", LOG_TEXT("a", "\"\\\n\r\t\x01\x7F\x1B[0m"),
	    LOG_TEXT("b", "x\xFFy\xC3"), LOG_TEXT("c", "\xE2\x82\xAC"));
	line = only_line();
	assert_string_equal(string_of(line, "a"), "\"\\\n\r\t\x01\x7F\x1B[0m");
	assert_string_equal(string_of(line, "b"), "x\xEF\xBF\xBDy\xEF\xBF\xBD");
	assert_string_equal(string_of(line, "c"), "\xE2\x82\xAC");
	assert_null(strchr(got, '\x1B')); /* nothing that a terminal would obey */
	json_decref(line);
}

static void
long_values_are_cut(void **state)
{
	char *text = malloc(100001);
	json_t *line;

	(void)state;
	memset(text, 'a', 100000);
	text[100000] = '\0';
	memcpy(text + 511, "\xE2\x82\xAC", 3); /* stands across the cut */
	catch_lines();
	log_event(LOG_LEVEL_INFO, "long", LOG_TEXT("one", text));
	line = only_line();
	assert_int_equal(strlen(string_of(line, "one")), 511);
	assert_true(json_is_true(json_object_get(line, "cut")));
	json_decref(line);

	/* Control characters become six bytes each: ten such values do not fit. */
	memset(text, 1, 600);
	catch_lines();
	log_event(LOG_LEVEL_INFO, "longer", LOG_TEXT("a", text), LOG_TEXT("b", text),
	    LOG_TEXT("c", text), LOG_TEXT("last", "short"));
	line = only_line();
	assert_true(strlen(got) <= 4096);
	assert_non_null(json_object_get(line, "a"));
	assert_null(json_object_get(line, "b"));
	assert_string_equal(string_of(line, "last"), "short");
	assert_true(json_is_true(json_object_get(line, "cut")));
	json_decref(line);
	free(text);
}

static void
many_lines_are_held_back(void **state)
{
	size_t requests = 0, floods = 0;
	char *rest;
	long long told = 0;

	(void)state;
	/* Begin with a fresh second, so that all lines fall into one. */
	usleep((useconds_t)(SECOND - time_ticks() % SECOND));
	catch_lines();
	for (int i = 0; i < 40; i++) {
		log_event(LOG_LEVEL_WARN, "flood");
		log_event(LOG_LEVEL_INFO, "request");
	}
	usleep((useconds_t)(SECOND - time_ticks() % SECOND));
	log_event(LOG_LEVEL_INFO, "request");
	caught();
	for (char *p = strtok_r(got, "\n", &rest); p; p = strtok_r(NULL, "\n", &rest)) {
		json_t *line = json_loads(p, 0, NULL);

		assert_non_null(line);
		requests += strcmp(string_of(line, "event"), "request") == 0;
		floods += strcmp(string_of(line, "event"), "flood") == 0;
		if (strcmp(string_of(line, "event"), "lines_held_back") == 0) {
			assert_string_equal(string_of(line, "of"), "flood");
			told += json_integer_value(json_object_get(line, "count"));
		}
		json_decref(line);
	}
	assert_int_equal(requests, 41);
	assert_int_equal(floods, 10);
	assert_int_equal(told, 30);
}

static void *
write_many(void *arg)
{
	log_request_id(arg);
	for (int i = 0; i < 50; i++)
		log_event(LOG_LEVEL_INFO, "request", LOG_INT("n", i));
	return NULL;
}

static void
lines_of_threads_do_not_mix(void **state)
{
	static const char *const ids[] = { "t0", "t1", "t2", "t3" };
	pthread_t threads[4];
	int seen[4] = { 0 };
	char *rest;

	(void)state;
	catch_lines();
	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, write_many, (void *)ids[i]), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(caught(), 200);
	for (char *p = strtok_r(got, "\n", &rest); p; p = strtok_r(NULL, "\n", &rest)) {
		json_t *line = json_loads(p, 0, NULL);
		int thread;

		assert_non_null(line);
		thread = string_of(line, "req")[1] - '0';
		/* Of each thread in order. */
		assert_int_equal(
		    json_integer_value(json_object_get(line, "n")), seen[thread]++);
		json_decref(line);
	}
	for (int i = 0; i < 4; i++)
		assert_int_equal(seen[i], 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_line),
		cmocka_unit_test(hostile_text),
		cmocka_unit_test(long_values_are_cut),
		cmocka_unit_test(many_lines_are_held_back),
		cmocka_unit_test(lines_of_threads_do_not_mix),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
