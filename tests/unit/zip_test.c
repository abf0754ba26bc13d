/*
 * zip: what zip_add() puts in, another program takes out; sums, names, dates and an empty archive.
 */
#include <math.h>

#include "unit.h"

#include "doc/zip.h"

#include <stdio.h>
#include <string.h>

static const char *
python(struct arena *arena, struct bytes zip, const char *program)
{
	FILE *file = fopen("/tmp/keptword-zip-test.zip", "wb");
	struct buf all = buf_new(arena);
	char part[2048];
	size_t n;

	assert_non_null(file);
	assert_int_equal(fwrite(zip.p, 1, zip.n, file), zip.n);
	assert_int_equal(fclose(file), 0);
	FILE *pipe = popen(text_printf(arena,
			       "python3 -c 'import zipfile\n"
			       "z = zipfile.ZipFile(\"/tmp/keptword-zip-test.zip\")\n%s' 2>&1",
			       program),
	    "r"); /* NOLINT(cert-env33-c) */
	assert_non_null(pipe);
	while ((n = fread(part, 1, sizeof part, pipe)) > 0)
		buf_add(&all, part, n);
	(void)pclose(pipe);
	(void)remove("/tmp/keptword-zip-test.zip");
	buf_text(&all, "");
	return all.p;
}

static void
comes_out_again(void **state)
{
	struct arena *arena = *state;
	struct zip zip = zip_new(arena);
	instant at;
	unsigned char all[256];

	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (unsigned char)i;
	assert_true(instant_parse("2026-11-18T09:12:33Z", &at));
	zip_add(&zip, "a.txt", at, bytes_of("one"));
	zip_add(&zip, "b.bin", at, (struct bytes){ all, sizeof all });
	zip_add(&zip, "empty", at, (struct bytes){ NULL, 0 });
	assert_string_equal(
	    python(arena, zip_end(&zip),
		"print(z.testzip(), z.namelist(), z.read(\"a.txt\"), z.read(\"b.bin\") =="
		" bytes(range(256)), len(z.read(\"empty\")), z.infolist()[0].date_time,"
		" oct(z.infolist()[1].external_attr >> 16))"),
	    "None ['a.txt', 'b.bin', 'empty'] b'one' True 0 (2026, 11, 18, 9, 12, 32) "
	    "0o100644\n");
}

static void
nothing_in_it(void **state)
{
	struct arena *arena = *state;
	struct zip zip = zip_new(arena);

	assert_string_equal(python(arena, zip_end(&zip), "print(z.namelist())"), "[]\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(comes_out_again),
		UNIT_TEST(nothing_in_it),
	};
	return cmocka_run_group_tests_name("zip", tests, NULL, NULL);
}
