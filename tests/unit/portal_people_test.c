/*
 * portal_people: files of people become rows or faults. Every file goes through a real parser
 * child.
 */
#include "unit.h"

#include "data/crypto.h"
#include "portal/people_file.h"

static struct people_file
run(struct arena *arena, struct bytes bytes, enum status expected)
{
	struct records records = { 0 };
	struct people_file file;
	const char *why = "";

	assert_int_equal(
	    helper_parse_once(arena, people_parsers, "people-csv", bytes, "", &records, &why),
	    expected);
	assert_int_equal(people_file_read(arena, &records, &file), OK);
	return file;
}

/* One row under the columns that are needed. */
static struct people_row
row(struct arena *arena, const char *columns, const char *cells)
{
	struct people_file file = run(arena,
	    bytes_of(text_printf(
		arena, "email,legal_name%s\na@b.example,Ana Sol%s\n", columns, cells)),
	    OK);

	assert_int_equal(file.n_rows, 1);
	assert_int_equal(file.n_faults, 0);
	assert_false(file.rows[0].bad);
	return file.rows[0];
}

static void
bad_row(struct arena *arena, const char *columns, const char *cells, const char *code,
    const char *text)
{
	struct people_file file =
	    run(arena, bytes_of(text_printf(arena, "%s\n%s\n", columns, cells)), OK);

	assert_null(file.refused);
	assert_int_equal(file.n_rows, 1);
	assert_true(file.rows[0].bad);
	assert_int_equal(file.n_faults, 1);
	assert_string_equal(file.faults[0].code, code);
	assert_int_equal(file.faults[0].line, 2);
	assert_string_equal(file.faults[0].text, text);
}

static void
refused(struct arena *arena, struct bytes bytes, const char *code)
{
	struct people_file file = run(arena, bytes, E_INPUT);

	assert_non_null(file.refused);
	assert_string_equal(file.refused->code, code);
	assert_int_equal(file.n_rows, 0);
}

static void
columns(void **state)
{
	struct arena *arena = *state;
	/* With a byte order mark, semicolons, CRLF, other cases and order, a blank row. */
	struct people_file file = run(arena,
	    bytes_of("\xef\xbb\xbfTeam;ROLES;Time Zone;E-Mail;Full-Name;Preferred Name;Country;"
		     "Language\r\n"
		     "Willow;\"hdm; Pod Lead\";Europe/Warsaw;Marta@Example.org; Märta Åström ;"
		     "Märta;pl;EN_us\r\n"
		     ";;;;;;;\r\n"
		     "Oak;;;x@example.org;思远 陈;;;\r\n"),
	    OK);

	assert_int_equal(file.n_faults, 0);
	assert_int_equal(file.n_rows, 2);
	assert_string_equal(file.unused, "Team");
	assert_int_equal(file.n_header, 8);
	const struct people_row *one = &file.rows[0];
	assert_int_equal(one->line, 2);
	assert_string_equal(one->email, "Marta@Example.org");
	assert_string_equal(one->legal_name, "Märta Åström");
	assert_string_equal(one->preferred_name, "Märta");
	assert_string_equal(one->time_zone, "Europe/Warsaw");
	assert_string_equal(one->country, "PL");
	assert_string_equal(one->locale, "en-US");
	assert_int_equal(one->roles, ROLE(HDM) | ROLE(POD_LEAD));
	assert_int_equal(file.rows[1].line, 4);
	assert_string_equal(file.rows[1].legal_name, "思远 陈");
	assert_int_equal(file.rows[1].roles, 0);
}

static void
values(void **state)
{
	struct arena *arena = *state;

	assert_int_equal(row(arena, ",roles", ",\"contributor,reviewer|hdl\"").roles,
	    ROLE(CONTRIBUTOR) | ROLE(REVIEWER) | ROLE(HDL));
	assert_string_equal(row(arena, ",locale", ",zh_hant_tw").locale, "zh-Hant-TW");
	assert_string_equal(row(arena, ",locale", ",ar").locale, "ar");
	/* What a spreadsheet was kept from running is the text itself. */
	assert_string_equal(
	    row(arena, ",preferred_name", ",'=SUM(A1)").preferred_name, "=SUM(A1)");
	assert_string_equal(
	    row(arena, ",preferred_name", ",'t Hoen").preferred_name, "'t Hoen");
}

static void
bad_rows(void **state)
{
	struct arena *arena = *state;
	char *long_name = arena_alloc(arena, 202), *legal = arena_alloc(arena, 122);

	memset(long_name, 'n', 201);
	memset(legal, 'n', 121);
	bad_row(arena, "email,name", ",Ana", "missing_cell", "");
	bad_row(arena, "email,name", "a@b.example, ", "missing_cell", "");
	bad_row(arena, "email,name", "a.b.example,Ana", "not_email", "a.b.example");
	bad_row(arena, "email,name", "a@b@c,Ana", "not_email", "a@b@c");
	bad_row(arena, "email,name", "a b@c,Ana", "not_email", "a b@c");
	bad_row(arena, "email,name", text_printf(arena, "a@b.example,%s", long_name),
	    "too_long", "200");
	bad_row(arena, "email,name", text_printf(arena, "a@b.example,%s", legal),
	    "no_preferred", legal);
	bad_row(arena, "email,name", "a@b.example,\"Ana\nSol\"", "control", "");
	bad_row(arena, "email,name", "a@b.example,Ana\xe2\x80\xaeSol", "control", "");
	bad_row(arena, "email,name,zone", "a@b.example,Ana,CEST", "unknown_zone", "CEST");
	bad_row(arena, "email,name,country", "a@b.example,Ana,XQ", "unknown_country", "XQ");
	bad_row(
	    arena, "email,name,country", "a@b.example,Ana,Poland", "unknown_country", "Poland");
	bad_row(
	    arena, "email,name,locale", "a@b.example,Ana,xx-QQ-1", "unknown_locale", "xx-QQ-1");
	bad_row(
	    arena, "email,name,locale", "a@b.example,Ana,english", "unknown_locale", "english");
	bad_row(arena, "email,name,roles", "a@b.example,Ana,hdm;boss", "unknown_role", "boss");
	bad_row(arena, "email,name,roles", "a@b.example,Ana,Admin", "role_admin", "");
	bad_row(arena, "email,name", "a@b.example,Ana,more", "extra_cells", "more");
}

static void
rows_beside_bad_ones(void **state)
{
	struct arena *arena = *state;
	struct people_file file = run(arena,
	    bytes_of("email,name\nANA@b.example,Ana\nb.example,\nbo@b.example,Bo\n"
		     "ana@B.EXAMPLE,Ana again\nana@b.example,\"Ana, third\"\n"),
	    OK);

	assert_int_equal(file.n_rows, 5);
	assert_false(file.rows[0].bad);
	assert_true(file.rows[1].bad);
	assert_int_equal(file.rows[1].n_cells, 2);
	assert_string_equal(file.rows[1].cells[0], "b.example");
	assert_false(file.rows[2].bad);
	assert_true(file.rows[3].bad);
	assert_string_equal(file.rows[4].cells[1], "Ana, third");
	assert_int_equal(file.n_faults, 4);
	assert_string_equal(file.faults[0].code, "not_email");
	assert_string_equal(file.faults[0].header, "email");
	assert_string_equal(file.faults[1].code, "missing_cell");
	assert_string_equal(file.faults[2].code, "twice");
	assert_string_equal(file.faults[2].text, "2");
	assert_string_equal(file.faults[3].text, "2");
}

static void
files_that_are_none(void **state)
{
	struct arena *arena = *state;
	struct buf wide = buf_new(arena), deep = buf_new(arena);

	refused(arena, bytes_of(""), "empty");
	refused(arena, bytes_of("email,name\n"), "no_rows");
	refused(arena, bytes_of("a,b\n1,2\n"), "missing_columns");
	refused(arena, bytes_of("email,mail,name\na@b,a@b,Ana\n"), "column_twice");
	refused(arena, bytes_of("email,name\n\xff\xfe@b,Ana\n"), "encoding");
	refused(arena, bytes_of("email,name\n\"a@b,Ana\n"), "quote");
	refused(arena, (struct bytes){ (const unsigned char *)"email,name\na@b,A\0na\n", 20 },
	    "nul");
	buf_text(&wide, "email,name");
	for (int i = 0; i < 1000000; i++)
		buf_char(&wide, ',');
	buf_text(&wide, "\na@b,Ana\n");
	refused(
	    arena, (struct bytes){ (const unsigned char *)wide.p, wide.n }, "too_many_columns");
	buf_text(&deep, "email,name\n");
	for (int i = 0; i <= 20000; i++)
		buf_text(&deep, "a@b,Ana\n");
	refused(
	    arena, (struct bytes){ (const unsigned char *)deep.p, deep.n }, "too_many_rows");
}

static void
records_that_nobody_sends(void **state)
{
	static const char *const LINES[][9] = {
		{ "row", "2", "a@b", "", "", "", "", "", "0" },       /* no name */
		{ "row", "2", "a@b", "Ana", "", "", "", "", "2048" }, /* an administrator */
		{ "row", "2", "a@b", "Ana", "", "", "", "", "-1" },
		{ "row", "-2", "a@b", "Ana", "", "", "", "", "0" },
		{ "row", "2", "a@b", "A\nna", "", "", "", "", "0" },
		{ "row", "2", "a@b", "Ana", "", "", "POL", "", "0" },
		{ "what", "2", "a@b", "Ana", "", "", "", "", "0" },
		{ "row", "2", NULL, "Ana", "", "", "", "", "0" },
	};

	for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
		const char *header[] = { "header", "email", "name" }, *cells[9];
		memcpy(cells, LINES[i], sizeof cells);
		struct record second = { 9, cells, NULL }, first = { 3, header, &second };
		struct records records = { &first, 2 };
		struct people_file file;
		assert_int_equal(people_file_read(*state, &records, &file), E_FAULT);
	}
}

static int
start(void **state)
{
	if (crypto_start() != OK)
		return -1;
	*state = arena_new((size_t)512 * 1024 * 1024);
	return *state ? 0 : -1;
}

static int
stop(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns),
		cmocka_unit_test(values),
		cmocka_unit_test(bad_rows),
		cmocka_unit_test(rows_beside_bad_ones),
		cmocka_unit_test(files_that_are_none),
		cmocka_unit_test(records_that_nobody_sends),
	};

	return cmocka_run_group_tests_name("portal_people", tests, start, stop);
}
