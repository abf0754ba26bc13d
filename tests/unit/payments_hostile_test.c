/*
 * payments_hostile: every file of DATA/hostile goes through real parser children, once as a
 * tracker export and once as XML, and gets a verdict: read, or refused with a code. No child
 * crashes, hangs or tries what it may not.
 */
#include "unit.h"

#include "base/config.h"
#include "base/time.h"
#include "data/crypto.h"
#include "doc/xml.h"
#include "payments/tracker.h"

#include <ftw.h>

static enum status
parse_xml(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	const struct xml_node *root;
	struct xml_fault fault;

	(void)options;
	enum status status = xml_read(arena, file, (size_t)16 << 20, &root, &fault);
	const char *cells[] = { status == OK ? "root" : "fault",
		status == OK ? xml_name(root) : fault.code };
	out_record(out, 2, cells);
	return status;
}

static char *paths[300];
static size_t n_paths;

static int
note(const char *path, const struct stat *unused_about, int kind, struct FTW *unused_walk)
{
	(void)unused_about;
	(void)unused_walk;
	if (kind == FTW_F && n_paths < sizeof paths / sizeof *paths)
		paths[n_paths++] = strdup(path);
	return 0;
}

static void
every_file_gets_a_verdict(void **state)
{
	struct arena *arena = *state;
	const char *data = getenv("DATA");
	const struct parser parsers[] = {
		tracker_parsers[0],
		{ "xml", parse_xml, 5, 64 },
		{ .name = NULL },
	};
	size_t counts[2][2] = { { 0 } };
	int64_t slowest = 0;

	if (nftw(text_printf(arena, "%s/hostile", data != NULL ? data : "../shared/data"), note,
		8, FTW_PHYS) != 0)
		skip();
	assert_int_equal(helper_start(parsers, false), OK);
	for (size_t i = 0; i < n_paths; i++) {
		struct bytes file;
		assert_true(unit_file(arena, paths[i], &file));
		for (size_t k = 0; k < 2; k++) {
			struct records records = { 0 };
			const char *why = "";
			int64_t before = time_ticks();
			enum status status =
			    helper_parse(arena, parsers[k].name, file, "", &records, &why);
			int64_t took = time_ticks() - before;
			slowest = took > slowest ? took : slowest;
			if (status != OK && status != E_INPUT)
				print_error("%s as %s: %s %s\n", paths[i], parsers[k].name,
				    status_name(status), why);
			assert_true(status == OK || status == E_INPUT);
			counts[k][status == E_INPUT]++;
			bool fault = false;
			for (struct record *r = records.first; r != NULL; r = r->next)
				fault = fault || (text_is(r->cells[0], "fault") &&
						     !text_empty(r->cells[1]));
			assert_int_equal(fault, status == E_INPUT);
		}
		free(paths[i]);
	}
	helper_stop();
	assert_true(n_paths > 80);
	assert_true(slowest < 2 * SECOND);
	/* None of them is a time sheet; a few are harmless XML. */
	assert_int_equal(counts[0][0], 0);
	assert_in_range(counts[1][0], 1, 9);
	print_message(
	    "          hostile files: %zu; as XML %zu read, %zu refused; slowest %.1f ms\n",
	    n_paths, counts[1][0], counts[1][1], (double)slowest / 1000);
}

static int
start(void **unused_state)
{
	char message[200];

	(void)unused_state;
	return config_read(message, sizeof message) != OK || crypto_start() != OK;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(every_file_gets_a_verdict),
	};
	return cmocka_run_group_tests_name("payments_hostile", tests, start, NULL);
}
