/*
 * table: a table by the names of its columns, as a parser of three columns would read it. Every
 * file goes through a real parser child.
 */
#include "unit.h"

#include "data/crypto.h"
#include "doc/table.h"

enum {
	EMAIL,
	RATE,
	SINCE,
	NOWHERE, /* a place without a column */
	COLUMNS
};
static const struct table_column RATES[COLUMNS] = {
	[EMAIL] = { "email", "mail|email address", true },
	[RATE] = { "rate_an_hour", NULL, true },
	[SINCE] = { "since", NULL, false },
};

static void
take_row(struct table *table, const struct csv_row *row)
{
	const char *email = table_cell(table, row, EMAIL), *rate = table_cell(table, row, RATE);

	(void)table_row_begin(table, row);
	if (text_blank(email))
		(void)table_fault(table, "missing_cell", row->line, table->at[EMAIL], "");
	if (text_blank(rate))
		(void)table_fault(table, "missing_cell", row->line, table->at[RATE], "");
	if (table->faults_of_row)
		return;
	const char *cells[] = { "rate", email, rate, table_cell(table, row, SINCE),
		table_cell(table, row, NOWHERE) };
	out_record(table->out, sizeof cells / sizeof *cells, cells);
}

/* options: "" or how many faults of a row, and of all, are told: "1 3". */
static enum status
parse(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	size_t at[COLUMNS], twice;
	struct table table = { .arena = arena, .out = out, .at = at };

	if (*options) {
		table.most_of_row = (size_t)(options[0] - '0');
		table.most = (size_t)(options[2] - '0');
	}
	if (!table_open(&table, file, 5))
		return E_INPUT;
	bool whole = table_columns(&table, RATES, COLUMNS, &twice);
	if (twice)
		(void)table_fault(&table, "column_twice", 1, twice, "");
	else if (!whole)
		(void)table_fault(&table, "missing_columns", 1, 0, table_headers(&table));
	if (twice || !whole)
		return E_INPUT;
	for (size_t i = 1; i < table.csv.n; i++)
		if (!table_row_blank(&table.csv.rows[i]))
			take_row(&table, &table.csv.rows[i]);
	return table.faults ? E_INPUT : OK;
}

static const struct parser PARSERS[] = { { "rates-csv", parse, 5, 64 }, { .name = NULL } };

/* All records: cells parted by '|', records by a line each. */
static const char *
read_all(struct arena *arena, const char *file, const char *options)
{
	struct records records = { 0 };
	const char *why = "";
	struct buf all = buf_new(arena);
	enum status status = helper_parse_once(
	    arena, PARSERS, "rates-csv", bytes_of(file), options, &records, &why);

	assert_true(status == OK || status == E_INPUT);
	buf_text(&all, "");
	for (const struct record *record = records.first; record; record = record->next)
		for (size_t i = 0; i < record->n; i++)
			buf_printf(
			    &all, "%s%s", record->cells[i], i + 1 < record->n ? "|" : "\n");
	return all.p;
}

static void
columns_by_their_names(void **state)
{
	static const char *const FILES[] = {
		"email,rate_an_hour,since\na@b.example,45,2026-11-01\n",
		"Since;Rate-an Hour;EMAIL\n2026-11-01;45;a@b.example\n",
		"other\tE-Mail Address\trateanhour\tsince\nx\ta@b.example\t45\t2026-11-01\n",
		" mail ,since, rate an hour\na@b.example,2026-11-01,45\n,,\n\xc2\xa0,,\n",
	};

	for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
		assert_string_equal(
		    read_all(*state, FILES[i], ""), "rate|a@b.example|45|2026-11-01|\n");
	assert_string_equal(read_all(*state, "email,rate an hour\na@b.example,45\n", ""),
	    "rate|a@b.example|45||\n");
}

static void
files_that_are_none(void **state)
{
	assert_string_equal(read_all(*state, "email,since\na,b\n", ""),
	    "fault|missing_columns|1|0||email, since\n");
	assert_string_equal(read_all(*state, "email,rate an hour,Mail\na,b,c\n", ""),
	    "fault|column_twice|1|3|Mail|\n");
	assert_string_equal(read_all(*state, "email,rate an hour,RateAnHour\na,b,c\n", ""),
	    "fault|column_twice|1|3|RateAnHour|\n");
	assert_string_equal(read_all(*state, "", ""), "fault|empty|1|1||\n");
	assert_string_equal(
	    read_all(*state, "email,rate an hour\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n", ""),
	    "fault|too_many_rows|7|1||\n");
}

static void
faults_and_how_many(void **state)
{
	const char *file = "email,rate an hour,since\n , ,x\na,1,,more\nb,2\n,3\n";

	assert_string_equal(read_all(*state, file, ""),
	    "fault|missing_cell|2|1|email|\nfault|missing_cell|2|2|rate an hour|\n"
	    "fault|extra_cells|3|4||more\nrate|b|2||\nfault|missing_cell|5|1|email|\n");
	assert_string_equal(read_all(*state, file, "1 9"),
	    "fault|missing_cell|2|1|email|\nfault|extra_cells|3|4||more\nrate|b|2||\n"
	    "fault|missing_cell|5|1|email|\n");
	assert_string_equal(read_all(*state, file, "9 1"),
	    "fault|missing_cell|2|1|email|\nfault|too_many|2|2|rate an hour|\nrate|b|2||\n");
}

static void
long_texts_are_cut_between_characters(void **state)
{
	assert_string_equal(table_cut(*state,
				"a\xc3\xab"
				"b",
				4),
	    "a\xc3\xab"
	    "b");
	assert_string_equal(table_cut(*state,
				"a\xc3\xab"
				"b",
				3),
	    "a\xc3\xab");
	assert_string_equal(table_cut(*state,
				"a\xc3\xab"
				"b",
				2),
	    "a");
	assert_string_equal(table_cut(*state, "a", 0), "");
}

/* A child that was taken over sends what it likes. */
static void
records_that_nobody_sends(void **state)
{
	static const char *const CELLS[][6] = {
		{ "fault", "x", "-1", "0", "", "" },
		{ "fault", "x", "1", "4294967296", "", "" },
		{ "fault", "x", "one", "0", "", "" },
		{ "fault", "x", "1", "0", "", NULL },
	};
	struct table_fault fault;
	const char *good[] = { "fault", "x", "12", "3", "email", "text" };
	struct record record = { 6, good, NULL };

	(void)state;
	assert_true(table_fault_read(&record, &fault));
	assert_int_equal(fault.line, 12);
	assert_int_equal(fault.column, 3);
	assert_string_equal(fault.header, "email");
	record.n = 5;
	assert_false(table_fault_read(&record, &fault));
	for (size_t i = 0; i < sizeof CELLS / sizeof *CELLS; i++) {
		const char *cells[6];
		memcpy(cells, CELLS[i], sizeof cells);
		record = (struct record){ 6, cells, NULL };
		assert_false(table_fault_read(&record, &fault));
	}
}

static int
start(void **unused_state)
{
	(void)unused_state;
	return crypto_start() != OK;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(columns_by_their_names),
		UNIT_TEST(files_that_are_none),
		UNIT_TEST(faults_and_how_many),
		UNIT_TEST(long_texts_are_cut_between_characters),
		UNIT_TEST(records_that_nobody_sends),
	};

	return cmocka_run_group_tests_name("table", tests, start, NULL);
}
