/* csv: what is read, what is refused and where, what is written. */
#include "unit.h"

#include "doc/csv.h"
#include "doc/decode.h"

static struct csv
read_ok(struct arena *arena, const char *text)
{
	struct csv csv = { 0 };
	struct csv_fault fault = { 0 };

	assert_int_equal(csv_read(arena, bytes_of(text), 1000, &csv, &fault), OK);
	return csv;
}

static void
refused(struct arena *arena, const void *bytes, size_t n, size_t max_rows, const char *code,
    size_t line, size_t column)
{
	struct csv csv = { 0 };
	struct csv_fault fault = { 0 };

	assert_int_equal(
	    csv_read(arena, (struct bytes){ bytes, n }, max_rows, &csv, &fault), E_INPUT);
	assert_string_equal(fault.code, code);
	assert_int_equal(fault.line, line);
	assert_int_equal(fault.column, column);
	assert_null(csv.rows);
}
#define REFUSED(text, code, line, column) \
	refused(arena, (text), sizeof(text) - 1, 1000, (code), (line), (column))

static void
rows_and_lines(void **state)
{
	struct arena *arena = *state;
	struct csv csv = read_ok(arena, "a,b\r\n\r\n\"1\n2\",\"say \"\"hi\"\"\"\n,\rx;y,z");

	assert_int_equal(csv.separator, ',');
	assert_int_equal(csv.n, 4);
	assert_int_equal(csv.rows[0].line, 1);
	assert_int_equal(csv.rows[1].line, 3);
	assert_string_equal(csv.rows[1].cells[0], "1\n2");
	assert_string_equal(csv.rows[1].cells[1], "say \"hi\"");
	assert_int_equal(csv.rows[2].line, 5);
	assert_int_equal(csv.rows[2].n, 2);
	assert_string_equal(csv.rows[2].cells[0], "");
	assert_string_equal(csv.rows[2].cells[1], "");
	assert_int_equal(csv.rows[3].line, 6);
	assert_string_equal(csv.rows[3].cells[0], "x;y");
	assert_string_equal(csv.rows[3].cells[1], "z");
}

static void
separators(void **state)
{
	struct arena *arena = *state;
	assert_int_equal(read_ok(arena, "a;b;c,d\n").separator, ';');
	assert_int_equal(read_ok(arena, "a\tb\n").separator, '\t');
	assert_int_equal(read_ok(arena, "a|b\n").separator, '|');
	assert_int_equal(read_ok(arena, "alone\n").separator, ',');
	/* Those inside quotes do not count. */
	struct csv csv = read_ok(arena, "\"a,b,c\";\"d\"\n1;2\n");
	assert_int_equal(csv.separator, ';');
	assert_int_equal(csv.rows[0].n, 2);
	assert_string_equal(csv.rows[0].cells[0], "a,b,c");
}

static void
encodings(void **state)
{
	struct arena *arena = *state;
	struct csv csv = read_ok(arena, "\xEF\xBB\xBFname\nZo\xC3\xAB\n");
	assert_string_equal(csv.rows[0].cells[0], "name");
	assert_string_equal(csv.rows[1].cells[0], "Zo\xC3\xAB");

	/* "a,<euro>" and a face (U+1F600) in UTF-16, both orders. */
	static const unsigned char little[] = { 0xFF, 0xFE, 'a', 0, ',', 0, 0xAC, 0x20, '\n', 0,
		0x3D, 0xD8, 0x00, 0xDE };
	static const unsigned char big[] = { 0xFE, 0xFF, 0, 'a', 0, ',', 0x20, 0xAC, 0, '\n',
		0xD8, 0x3D, 0xDE, 0x00 };
	const struct bytes both[] = { { little, sizeof little }, { big, sizeof big } };
	for (int i = 0; i < 2; i++) {
		struct csv_fault fault;
		assert_int_equal(csv_read(arena, both[i], 10, &csv, &fault), OK);
		assert_string_equal(csv.rows[0].cells[1], "\xE2\x82\xAC");
		assert_string_equal(csv.rows[1].cells[0], "\xF0\x9F\x98\x80");
	}
}

static void
faults(void **state)
{
	struct arena *arena = *state;
	REFUSED("", "empty", 1, 1);
	REFUSED("\n\r\n", "empty", 1, 1);
	REFUSED("a,b\n1,caf\xE9\n", "encoding", 2, 2);
	REFUSED("a,b\n\"1\n2\",\"x\xFF\"\n", "encoding", 3, 2);
	REFUSED("\xC0\x80", "encoding", 1, 1);
	REFUSED("\xFF\xFE"
		"a\0\0\xDC",
	    "encoding", 1, 1);
	REFUSED("\xFF\xFE"
		"a\0b",
	    "encoding", 1, 1);
	REFUSED("a,b\n1,\0\n", "nul", 2, 2);
	REFUSED("a,b\n1,\"open\n2,3\n", "quote", 2, 2);
	REFUSED("a,b\n\"x\"y,3\n", "quote", 2, 1);
	refused(arena, "a\nb\nc\n", 6, 2, "too_many_rows", 3, 1);

	char *long_cell = arena_alloc(arena, 70000);
	memset(long_cell, 'x', 70000);
	refused(arena, long_cell, 65537, 10, "cell_too_long", 1, 1);
	struct csv csv;
	struct csv_fault fault;
	assert_int_equal(csv_read(arena, (struct bytes){ (unsigned char *)long_cell, 65536 },
			     10, &csv, &fault),
	    OK);
	long_cell[0] = '"';
	long_cell[65538] = '"';
	refused(arena, long_cell, 65539, 10, "cell_too_long", 1, 1);
}

/* A quote inside an unquoted cell is an inch, not a fault. */
static void
stray_quote(void **state)
{
	struct arena *arena = *state;
	struct csv csv = read_ok(arena, "a,b\n5\" pipe,x\n");
	assert_string_equal(csv.rows[1].cells[0], "5\" pipe");
	assert_string_equal(csv.rows[1].cells[1], "x");
}

static void
written(void **state)
{
	struct arena *arena = *state;
	static const struct {
		const char *cell, *written;
	} cases[] = {
		{ "plain", "plain\r\n" },
		{ "a,b", "\"a,b\"\r\n" },
		{ "say \"hi\"", "\"say \"\"hi\"\"\"\r\n" },
		{ "two\nlines", "\"two\nlines\"\r\n" },
		{ " blank", "\" blank\"\r\n" },
		{ "", "\"\"\r\n" },
		{ NULL, "\"\"\r\n" },
		{ "-12.50", "-12.50\r\n" },
		{ "+3", "+3\r\n" },
		{ "-1,25", "\"-1,25\"\r\n" },
		{ "-", "'-\r\n" },
		{ "-1-2", "'-1-2\r\n" },
		{ "+1.", "'+1.\r\n" },
		{ "=1+1", "'=1+1\r\n" },
		{ "@SUM(1)", "'@SUM(1)\r\n" },
		{ "\t=1", "\"'\t=1\"\r\n" },
		{ "\r=1", "\"'\r=1\"\r\n" },
		{ "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"\r\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = buf_new(arena);
		struct csv_writer writer = { .out = &out };
		csv_cell(&writer, cases[i].cell);
		csv_end(&writer);
		assert_string_equal(out.p, cases[i].written);
	}
	struct buf out = buf_new(arena);
	struct csv_writer writer = { .out = &out };
	csv_cell(&writer, "a");
	csv_cell(&writer, "");
	csv_cell(&writer, "b;c");
	csv_end(&writer);
	csv_cell(&writer, "d");
	csv_end(&writer);
	assert_string_equal(out.p, "a,,\"b;c\"\r\nd\r\n");
}

/* No line of the payload lists opens a cell that a spreadsheet would run, and each comes back
 * whole but for the apostrophe. */
static void
payloads_are_inert(void **state)
{
	struct arena *arena = *state;
	static const char *const lists[] = { "csv_formula.txt", "sqli_generic_errorbased.txt",
		"xss_RSNAKE.txt", "crlf.txt" };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct bytes file;
		if (!unit_data(
			arena, text_printf(arena, "hostile/payloads/%s", lists[i]), &file))
			skip();
		struct decoded text;
		decode_text(arena, file, &text);
		size_t n;
		char **lines = text_split(arena, text.text, '\n', &n);
		for (size_t k = 0; k < n; k++) {
			struct buf out = buf_new(arena);
			struct csv_writer writer = { .out = &out };
			csv_cell(&writer, lines[k]);
			csv_end(&writer);
			assert_null(strchr("=+@\t", out.p[out.p[0] == '"']));
			struct csv csv = read_ok(arena, out.p);
			const char *back = csv.rows[0].cells[0];
			assert_string_equal(
			    back + (*back == '\'' && lines[k][0] != '\''), lines[k]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(rows_and_lines),
		UNIT_TEST(separators),
		UNIT_TEST(encodings),
		UNIT_TEST(faults),
		UNIT_TEST(stray_quote),
		UNIT_TEST(written),
		UNIT_TEST(payloads_are_inert),
	};
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
