/*
 * helper: parser children contain whatever they do; the nurse and the warden come back or go
 * with their parent. The formats here are the test's own: "lines" gives one record per line,
 * the others misbehave as their names say.
 */
#include "unit.h"

#include "base/config.h"
#include "base/time.h"
#include "data/crypto.h"
#include "doc/helper.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static enum status
parse_lines(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	const char *text = arena_copy(arena, file.p, file.n);
	size_t n;
	char **lines = text_split(arena, text, '\n', &n);

	for (size_t i = 0; i < n; i++) {
		const char *cells[] = { options, NULL, lines[i], "" };
		if (text_starts(lines[i], "bad"))
			cells[1] = "fault";
		out_record(out, 4, cells);
		if (cells[1] != NULL)
			return E_INPUT;
	}
	return OK;
}

static enum status
parse_hungry(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	(void)file;
	(void)options;
	(void)out;
	for (int i = 0; i < 1000; i++)
		memset(arena_alloc(arena, 1 << 20), 1, 1 << 20);
	return OK;
}

static enum status
parse_endless(
    struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	char *much = arena_alloc(arena, 100001);
	const char *cells[] = { much };

	(void)file;
	(void)options;
	memset(much, 'x', 100000);
	for (int i = 0; i < 100000; i++)
		out_record(out, 1, cells);
	return OK;
}

/* Writes what no honest child would: the file's own bytes as frames. */
static enum status
parse_forger(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	(void)arena;
	(void)options;
	(void)out;
	if (write(3, file.p, file.n) == (ssize_t)file.n)
		_exit(0);
	return OK;
}

static enum status
parse_deed(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	(void)arena;
	(void)file;
	(void)out;
	if (text_is(options, "fork"))
		(void)!fork();
	else if (text_is(options, "exec"))
		(void)execl("/bin/true", "true", (char *)NULL);
	else if (text_is(options, "kill"))
		(void)kill(getppid(), SIGKILL);
	else if (text_is(options, "ptrace"))
		(void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	else if (text_is(options, "read"))
		(void)!read(0, &(char){ 0 }, 1);
	else if (text_is(options, "segv"))
		(void)raise(SIGSEGV);
	else if (text_is(options, "stderr"))
		(void)!write(2, "x", 1);
	return OK;
}

static const struct parser parsers[] = {
	{ "lines", parse_lines, 2, 64 },
	{ "hungry", parse_hungry, 5, 32 },
	{ "endless", parse_endless, 5, 32 },
	{ "forger", parse_forger, 2, 32 },
	{ "deed", parse_deed, 2, 32 },
	{ "quick", parse_lines, 1, 32 },
	{ NULL, NULL, 0, 0 },
};

static void
gives_lines(struct arena *arena)
{
	struct records records = { 0 };
	const char *why = "untouched";

	assert_int_equal(
	    helper_parse(arena, "lines", bytes_of("one\ntw\xC3\xB6\n"), "opt", &records, &why),
	    OK);
	assert_string_equal(why, "untouched");
	assert_int_equal(records.count, 3);
	assert_int_equal(records.first->n, 4);
	assert_string_equal(records.first->cells[0], "opt");
	assert_null(records.first->cells[1]);
	assert_string_equal(records.first->next->cells[2], "tw\xC3\xB6");
	assert_string_equal(records.first->next->next->cells[3], "");
	assert_null(records.first->next->next->next);
}

static void
limited(struct arena *arena, const char *parser, struct bytes file, const char *options,
    const char *why)
{
	struct records records = { 0 };
	const char *got = NULL;

	assert_int_equal(helper_parse(arena, parser, file, options, &records, &got), E_LIMIT);
	assert_string_equal(got, why);
	assert_null(records.first);
	got = NULL;
	assert_int_equal(
	    helper_parse_once(arena, parsers, parser, file, options, &records, &got), E_LIMIT);
	assert_string_equal(got, why);
	gives_lines(arena);
}

static void
records_come_back(void **state)
{
	struct arena *arena = *state;
	struct records records = { 0 };
	const char *why;

	gives_lines(arena);
	/* Faults come with what was read before. */
	assert_int_equal(
	    helper_parse(arena, "lines", bytes_of("one\nbad\nthree"), NULL, &records, &why),
	    E_INPUT);
	assert_int_equal(records.count, 2);
	assert_string_equal(records.first->next->cells[1], "fault");
	assert_string_equal(records.first->cells[0], "");
	/* An empty file is a file. */
	assert_int_equal(helper_parse(arena, "lines", bytes_of(""), "", &records, &why), OK);
	assert_int_equal(records.count, 1);
	assert_int_equal(
	    helper_parse(arena, "nothing", bytes_of(""), "", &records, &why), E_FAULT);
	/* 20 MB in, 200,000 records out, in order. */
	struct buf big = buf_new(arena);
	for (int i = 0; i < 200000; i++)
		buf_printf(&big, "%s%d", i > 0 ? "\n" : "", i);
	assert_int_equal(helper_parse(arena, "lines", bytes_of(big.p), "", &records, &why), OK);
	assert_int_equal(records.count, 200000);
	int i = 0;
	for (struct record *r = records.first; r != NULL; r = r->next, i++)
		assert_int_equal(strtol(r->cells[2], NULL, 10), i);
	assert_int_equal(
	    helper_parse_once(arena, parsers, "lines", bytes_of("a\nb"), "o", &records, &why),
	    OK);
	assert_int_equal(records.count, 2);
	assert_string_equal(records.first->cells[0], "o");
}

#define HOOK(deed) bytes_of("keptword-test-hook: " deed "\n")

static void
deeds_are_contained(void **state)
{
	struct arena *arena = *state;
	pid_t self = getpid();

	limited(arena, "lines", HOOK("abort"), "", "crash");
	limited(arena, "quick", HOOK("loop"), "", "time");
#ifndef __SANITIZE_ADDRESS__
	limited(arena, "lines", HOOK("memory"), "", "memory");
#endif
	limited(arena, "lines", HOOK("connect"), "", "forbidden");
	limited(arena, "lines", HOOK("open"), "", "forbidden");
	limited(arena, "hungry", bytes_of(""), "", "memory");
	limited(arena, "endless", bytes_of(""), "", "memory");
	limited(arena, "deed", bytes_of(""), "fork", "forbidden");
	limited(arena, "deed", bytes_of(""), "exec", "forbidden");
	limited(arena, "deed", bytes_of(""), "kill", "forbidden");
	limited(arena, "deed", bytes_of(""), "ptrace", "forbidden");
	limited(arena, "deed", bytes_of(""), "read", "forbidden");
	limited(arena, "deed", bytes_of(""), "segv", "crash");
	assert_int_equal(getpid(), self);
	struct records records;
	const char *why;
	assert_int_equal(
	    helper_parse(arena, "deed", bytes_of(""), "stderr", &records, &why), OK);
}

/* Without the switch the hook's words are a file like any other. */
static void
hooks_can_be_off(void **state)
{
	struct arena *arena = *state;
	struct records records;
	const char *why;

	config_set(CONFIG_TEST_HOOKS, "0");
	assert_int_equal(
	    helper_parse_once(arena, parsers, "lines", HOOK("abort"), "", &records, &why), OK);
	config_set(CONFIG_TEST_HOOKS, "1");
}

static void
forged_frames(void **state)
{
	struct arena *arena = *state;
	static const struct {
		uint32_t words[4];
		size_t n;
	} frames[] = {
		{ { 1000, 0, 0, 0 }, 8 },        /* more cells than may be */
		{ { 1, 0x7FFFFFFF, 0, 0 }, 8 },  /* more bytes than may be */
		{ { 1, 8, 100, 0 }, 16 },        /* a cell beyond its frame */
		{ { 1, 8, 4, 0x41414141 }, 16 }, /* no NUL */
		{ { 1, 8, 2, 0x00FFFFFF }, 16 }, /* not UTF-8, too long by one */
		{ { 2, 4, UINT32_MAX, 0 }, 12 }, /* a cell is missing */
		{ { 1, 100, 1, 0 }, 16 },        /* cut short */
		{ { 1, 4, UINT32_MAX, 0 }, 12 }, /* good, but no end frame */
	};

	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
		limited(arena, "forger",
		    (struct bytes){ (const unsigned char *)frames[i].words, frames[i].n }, "",
		    "crash");
	static const uint32_t odd_status[] = { UINT32_MAX, 99 };
	struct records records;
	const char *why;
	assert_int_equal(
	    helper_parse(arena, "forger",
		(struct bytes){ (const unsigned char *)odd_status, 8 }, "", &records, &why),
	    E_FAULT);
}

struct side {
	pthread_t thread;
	const char *parser;
	struct bytes file;
	enum status status;
	const char *why;
	size_t count;
	int64_t took; /* microseconds */
};

static void *
run_side(void *arg)
{
	struct side *side = arg;
	struct arena *arena = arena_new((size_t)64 << 20);
	struct records records = { 0 };
	int64_t before = time_ticks();

	side->status = helper_parse(arena, side->parser, side->file, "", &records, &side->why);
	side->count = records.count;
	side->took = time_ticks() - before;
	arena_free(arena);
	return NULL;
}

/* While one child loops and one crashes, others answer at once. */
static void
side_by_side(void **unused_state)
{
	(void)unused_state;
	struct side sides[] = {
		{ .parser = "quick", .file = HOOK("loop") },
		{ .parser = "lines", .file = HOOK("abort") },
		{ .parser = "lines", .file = bytes_of("a\nb\nc") },
	};

	for (size_t i = 0; i < 3; i++)
		assert_int_equal(
		    pthread_create(&sides[i].thread, NULL, run_side, &sides[i]), 0);
	for (size_t i = 0; i < 3; i++)
		(void)pthread_join(sides[i].thread, NULL);
	assert_int_equal(sides[0].status, E_LIMIT);
	assert_string_equal(sides[0].why, "time");
	assert_in_range(sides[0].took, 900000, 2500000);
	assert_int_equal(sides[1].status, E_LIMIT);
	assert_string_equal(sides[1].why, "crash");
	assert_int_equal(sides[2].status, OK);
	assert_int_equal(sides[2].count, 3);
	assert_true(sides[2].took < 500000);
}

/* CONFIG_PARSERS is 3 here: with three children looping (2 s each) a fourth waits 2 s at most
 * and then either got a place or is told that we are busy. */
static void
bounded(void **unused_state)
{
	(void)unused_state;
	struct side sides[8];

	for (size_t i = 0; i < 8; i++) {
		sides[i] = (struct side){ .parser = "lines", .file = HOOK("loop") };
		assert_int_equal(
		    pthread_create(&sides[i].thread, NULL, run_side, &sides[i]), 0);
	}
	size_t busy = 0, time = 0;
	for (size_t i = 0; i < 8; i++) {
		(void)pthread_join(sides[i].thread, NULL);
		busy += sides[i].status == E_BUSY;
		time += sides[i].status == E_LIMIT;
	}
	assert_int_equal(busy + time, 8);
	assert_true(busy >= 2 && time >= 3);
}

/* The process with that name whose parent is given (0: any of ours), -1 when there is none. */
static pid_t
find_process(const char *name, pid_t parent)
{
	DIR *proc = opendir("/proc");
	pid_t found = -1;

	for (struct dirent *entry; found < 0 && (entry = readdir(proc)) != NULL;) {
		char path[300], line[300] = "", *end;
		long pid = strtol(entry->d_name, &end, 10);
		if (*end != '\0' || pid <= 0)
			continue;
		(void)snprintf(path, sizeof path, "/proc/%ld/stat", pid);
		FILE *file = fopen(path, "r");
		if (file == NULL)
			continue;
		if (fgets(line, sizeof line, file) != NULL) {
			char *comm = strchr(line, '('), *close = strrchr(line, ')');
			size_t n = strlen(name);
			if (comm != NULL && close == comm + 1 + n &&
			    memcmp(comm + 1, name, n) == 0 && close[2] != 'Z' &&
			    strtol(close + 4, NULL, 10) == parent)
				found = (pid_t)pid;
		}
		(void)fclose(file);
	}
	(void)closedir(proc);
	return found;
}

static void
nap(void)
{
	(void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

/* A nurse that dies is replaced; who waited is told that it was away. */
static void
nurse_comes_back(void **state)
{
	struct arena *arena = *state;
	pid_t warden = find_process("kw-warden", getpid());
	pid_t nurse = find_process("kw-nurse", warden);
	struct side side = { .parser = "lines", .file = HOOK("loop") };

	assert_true(warden > 0 && nurse > 0);
	assert_int_equal(pthread_create(&side.thread, NULL, run_side, &side), 0);
	pid_t child = -1;
	for (int i = 0; i < 100 && child < 0; i++) {
		nap();
		child = find_process("kw-parse", nurse);
	}
	assert_true(child > 0);
	assert_int_equal(kill(nurse, SIGKILL), 0);
	(void)pthread_join(side.thread, NULL);
	assert_int_equal(side.status, E_AWAY);
	assert_true(side.took < 1900000);
	gives_lines(arena);
	assert_true(find_process("kw-nurse", warden) > 0);
	assert_int_not_equal(find_process("kw-nurse", warden), nurse);
	/* Its child died with it. */
	for (int i = 0; i < 100 && kill(child, 0) == 0; i++)
		nap();
	assert_int_equal(kill(child, 0), -1);
}

/* All that helpers hold open: their own socket, /dev/null and standard error. */
static void
helpers_hold_nothing(void **unused_state)
{
	(void)unused_state;
	pid_t warden = find_process("kw-warden", getpid());
	const pid_t both[] = { warden, find_process("kw-nurse", warden) };

	for (int i = 0; i < 2; i++) {
		char path[64];
		(void)snprintf(path, sizeof path, "/proc/%d/fd", (int)both[i]);
		DIR *folder = opendir(path);
		assert_non_null(folder);
		size_t sockets = 0;
		for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
			char link[512], target[256] = "";
			(void)snprintf(link, sizeof link, "%s/%s", path, entry->d_name);
			if (readlink(link, target, sizeof target - 1) < 0 ||
			    text_is(entry->d_name, "2"))
				continue;
			sockets += text_starts(target, "socket:");
			assert_true(text_starts(target, "socket:") ||
				    text_is(target, "/dev/null") ||
				    text_is(target, "anon_inode:[signalfd]") ||
				    strchr(entry->d_name, '.'));
		}
		(void)closedir(folder);
		assert_int_equal(sockets, 1);
	}
}

/* When the plugin is killed, warden, nurse and a looping child are gone at once. */
static void
die_with_the_plugin(void **unused_state)
{
	(void)unused_state;
	int both[2];
	assert_int_equal(pipe(both), 0);
	pid_t plugin = fork();
	if (plugin == 0) {
		helper_stop(); /* the test's own are not this process's */
		(void)!helper_start(parsers, false);
		(void)!write(both[1], "x", 1);
		struct side side = { .parser = "lines", .file = HOOK("loop") };
		(void)run_side(&side);
		pause();
		_exit(0);
	}
	char byte;
	assert_int_equal(read(both[0], &byte, 1), 1);
	pid_t family[3] = { -1, -1, -1 };
	for (int i = 0; i < 100 && family[2] < 0; i++) {
		nap();
		family[0] = find_process("kw-warden", plugin);
		family[1] = find_process("kw-nurse", family[0]);
		family[2] = family[1] < 0 ? -1 : find_process("kw-parse", family[1]);
	}
	assert_true(family[2] > 0);
	(void)kill(plugin, SIGKILL);
	(void)waitpid(plugin, NULL, 0);
	bool alive = true;
	for (int i = 0; i < 50 && alive; i++) {
		nap();
		alive = false;
		for (int k = 0; k < 3; k++)
			alive = alive || find_process(((const char *[]){ "kw-warden",
							  "kw-nurse", "kw-parse" })[k],
					     1) == family[k];
	}
	assert_false(alive);
}

static volatile sig_atomic_t asked_to_end;

static void
on_term(int unused_signal)
{
	(void)unused_signal;
	asked_to_end++;
}

/* Last: without a warden the plugin asks itself to end, once. */
static void
lost_warden(void **state)
{
	struct arena *arena = *state;
	struct records records;
	const char *why;
	pid_t warden = find_process("kw-warden", getpid());
	pid_t nurse = find_process("kw-nurse", warden);

	(void)signal(SIGTERM, on_term);
	assert_int_equal(kill(warden, SIGKILL), 0);
	for (int i = 0; i < 100 && find_process("kw-nurse", 1) == nurse; i++)
		nap();
	nap();
	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    helper_parse(arena, "lines", bytes_of("a"), "", &records, &why), E_AWAY);
	assert_int_equal(asked_to_end, 1);
	helper_stop();
	assert_int_equal(
	    helper_parse(arena, "lines", bytes_of("a"), "", &records, &why), E_AWAY);
	assert_int_equal(helper_start(parsers, false), OK);
	gives_lines(arena);
	helper_stop();
}

static int
start(void **unused_state)
{
	char message[200];

	(void)unused_state;
	(void)setenv("KEPTWORD_DEMO", "1", 1);
	(void)setenv("KEPTWORD_TEST_HOOKS", "1", 1);
	(void)setenv("KEPTWORD_PARSERS", "3", 1);
	if (config_read(message, sizeof message) != OK) {
		print_error("%s\n", message);
		return 1;
	}
	return crypto_start() != OK || helper_start(parsers, false) != OK;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(records_come_back),
		UNIT_TEST(deeds_are_contained),
		UNIT_TEST(hooks_can_be_off),
		UNIT_TEST(forged_frames),
		UNIT_TEST(side_by_side),
		UNIT_TEST(bounded),
		UNIT_TEST(nurse_comes_back),
		UNIT_TEST(helpers_hold_nothing),
		UNIT_TEST(die_with_the_plugin),
		UNIT_TEST(lost_warden),
	};
	return cmocka_run_group_tests_name("helper", tests, start, NULL);
}
