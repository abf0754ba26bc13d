/*
 * people_file.c: the parse function of files of people; see people_file.h. Runs in a parser
 * child: no files, no network, all memory from the child's arena.
 *
 * Records out: {"file", unused}, {"header", cells...}, then for each row either
 *   {"row", line, email, legal name, preferred name, zone, country, locale, roles}, or its
 *   faults (table.h) and then {"cells", line, cells...}.
 * A fault of the whole file stands alone. people_file_read.c is the other side.
 */
#include "portal/people_file.h"

#include "base/locale.h"
#include "base/time.h"

#include <string.h>
#include <unicode/uchar.h>

#define HEADER_MAX ((size_t)200)
#define CELL_MAX ((size_t)2000) /* of a cell that is given back */
#define UNUSED_MAX ((size_t)900)
#define LEGAL_NAME_MAX 200
#define PREFERRED_NAME_MAX 120
#define EMAIL_MAX 254

enum column {
	EMAIL,
	LEGAL_NAME,
	PREFERRED_NAME,
	TIME_ZONE,
	COUNTRY,
	LOCALE,
	ROLES,
	COLUMNS
};
const struct table_column people_columns[] = {
	[EMAIL] = { "email", "mail|email address", true },
	[LEGAL_NAME] = { "legal_name", "full name|name", true },
	[PREFERRED_NAME] = { "preferred_name", "call name|nickname", false },
	[TIME_ZONE] = { "time_zone", "zone", false },
	[COUNTRY] = { "country", NULL, false },
	[LOCALE] = { "locale", "language", false },
	[ROLES] = { "roles", "role", false },
	{ NULL, NULL, false },
};

/* Where an e-mail stands first. */
struct mail {
	const char *key;
	size_t line;
};

struct run {
	struct table table;
	struct arena *arena; /* the table's */
	size_t at[COLUMNS];
	size_t *first_line; /* for each row: the line where its e-mail stands first */
};

static char *
number(struct run *run, size_t n)
{
	return text_printf(run->arena, "%zu", n);
}

/* Tells that a cell cannot be used. */
static void
fault(struct run *run, const struct csv_row *row, enum column column, const char *code,
    const char *text)
{
	(void)table_fault(&run->table, code, row->line, run->at[column], text);
}

/* ---- Columns ---- */

/* Names of columns that nothing is taken from; the column that we add ourselves is not missed.
 */
static const char *
unused_columns(struct run *run)
{
	const struct csv_row *header = &run->table.csv.rows[0];
	struct buf unused = buf_new(run->arena);

	buf_text(&unused, "");
	for (size_t i = 0; i < header->n; i++) {
		bool used =
		    text_blank(header->cells[i]) || text_is_nocase(header->cells[i], "error");
		for (size_t column = 0; column < COLUMNS; column++)
			used = used || run->at[column] == i + 1;
		if (!used)
			buf_printf(&unused, "%s%s", unused.n ? ", " : "", header->cells[i]);
	}
	return table_cut(run->arena, unused.p, UNUSED_MAX);
}

static bool
take_header(struct run *run)
{
	struct table *table = &run->table;
	const struct csv_row *header = &table->csv.rows[0];
	size_t twice;

	if (header->n > PEOPLE_COLUMNS_MAX)
		return table_fault(table, "too_many_columns", 1, 0, number(run, header->n));
	bool whole = table_columns(table, people_columns, COLUMNS, &twice);
	if (twice)
		return table_fault(table, "column_twice", 1, twice, header->cells[twice - 1]);
	if (!whole)
		return table_fault(table, "missing_columns", 1, 0, table_headers(table));
	if (table->csv.n == 1)
		return table_fault(table, "no_rows", 1, 0, "");
	const char *cells[] = { "file", unused_columns(run) };
	out_record(table->out, sizeof cells / sizeof *cells, cells);
	const char **names = arena_array_of(run->arena, const char *, header->n + 1);
	names[0] = "header";
	for (size_t i = 0; i < header->n; i++)
		names[i + 1] = table_cut(run->arena, header->cells[i], HEADER_MAX);
	out_record(table->out, header->n + 1, names);
	return true;
}

/* ---- Cells ---- */

/* The cell of a column, trimmed; "" where the file or the row has none. A sign that a
 * spreadsheet wants before what looks like a formula is not part of the text. */
static const char *
cell(const struct run *run, const struct csv_row *row, enum column column)
{
	const char *text = text_trim(run->arena, table_cell(&run->table, row, column));

	return text[0] == '\'' && text[1] && strchr("=+-@", text[1]) ? text + 1 : text;
}

/* A one-line text of at most most characters. */
static const char *
take_text(struct run *run, const struct csv_row *row, enum column column, size_t most)
{
	const char *text = cell(run, row, column);

	if (text_has_control(text, true))
		fault(run, row, column, "control", "");
	else if (text_length(text) > most)
		fault(run, row, column, "too_long", number(run, most));
	return text;
}

static bool
is_email(const char *text)
{
	const char *sign = strchr(text, '@');

	return sign && sign != text && sign[1] && !strchr(sign + 1, '@') &&
	       !text[strcspn(text, " \t\n")];
}

static const char *
take_email(struct run *run, const struct csv_row *row)
{
	const char *email = take_text(run, row, EMAIL, EMAIL_MAX);
	size_t index = (size_t)(row - run->table.csv.rows);

	if (!*email)
		fault(run, row, EMAIL, "missing_cell", "");
	else if (!is_email(email))
		fault(run, row, EMAIL, "not_email", email);
	else if (run->first_line[index] != row->line)
		fault(run, row, EMAIL, "twice", number(run, run->first_line[index]));
	return email;
}

static const char *
take_zone(struct run *run, const struct csv_row *row)
{
	const char *zone = cell(run, row, TIME_ZONE);

	if (*zone && !zone_known(zone))
		fault(run, row, TIME_ZONE, "unknown_zone", zone);
	return zone;
}

static const char *
take_country(struct run *run, const struct csv_row *row)
{
	char *code = text_copy(run->arena, cell(run, row, COUNTRY));

	for (char *p = code; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	if (*code && !country_known(code))
		fault(run, row, COUNTRY, "unknown_country", cell(run, row, COUNTRY));
	return code;
}

/* "EN_us" is "en-US"; what ICU does not list is none. */
static const char *
take_locale(struct run *run, const struct csv_row *row)
{
	const char *text = cell(run, row, LOCALE);
	char *tag = text_copy(run->arena, text);
	bool first = true;

	for (char *p = tag; *p; first = false) {
		size_t n = strcspn(p, "-_");
		for (size_t i = 0; i < n; i++)
			if ((p[i] >= 'A' && p[i] <= 'Z') || (p[i] >= 'a' && p[i] <= 'z'))
				p[i] = (char)(!first && (n == 2 || (n == 4 && i == 0))
						  ? p[i] & ~0x20
						  : p[i] | 0x20);
		p += n;
		if (*p)
			*p++ = '-';
	}
	if (*tag && !locale_known(tag))
		fault(run, row, LOCALE, "unknown_locale", text);
	return tag;
}

/* Parted by ; , or |. An administrator is not made by a file: whoever can send one would make
 * themselves another. */
static roles
take_roles(struct run *run, const struct csv_row *row)
{
	char *text = text_copy(run->arena, cell(run, row, ROLES));
	roles all = 0;
	size_t n;

	for (char *p = text; *p; p++)
		if (strchr(",|", *p))
			*p = ';';
	char **words = text_split(run->arena, text, ';', &n);
	for (size_t i = 0; i < n; i++) {
		char *word = text_trim(run->arena, words[i]);
		for (char *p = word; *p; p++)
			if (*p == ' ' || *p == '-')
				*p = '_';
			else if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p - 'A' + 'a');
		roles role = role_of(word);
		if (role == ROLE(ADMIN))
			fault(run, row, ROLES, "role_admin", "");
		else if (*word && !role)
			fault(run, row, ROLES, "unknown_role", words[i]);
		all |= role;
	}
	return all;
}

/* ---- Rows ---- */

static void
give_back(struct run *run, const struct csv_row *row)
{
	size_t n = row->n < PEOPLE_COLUMNS_MAX ? row->n : PEOPLE_COLUMNS_MAX;
	const char **cells = arena_array_of(run->arena, const char *, n + 2);

	cells[0] = "cells";
	cells[1] = number(run, row->line);
	for (size_t i = 0; i < n; i++)
		cells[i + 2] = table_cut(run->arena, row->cells[i], CELL_MAX);
	out_record(run->table.out, n + 2, cells);
}

static void
take_row(struct run *run, const struct csv_row *row)
{
	(void)table_row_begin(&run->table, row); /* what else is wrong is told, too */
	const char *email = take_email(run, row);
	const char *legal = take_text(run, row, LEGAL_NAME, LEGAL_NAME_MAX);
	const char *preferred = take_text(run, row, PREFERRED_NAME, PREFERRED_NAME_MAX);
	const char *zone = take_zone(run, row), *country = take_country(run, row);
	const char *locale = take_locale(run, row);
	roles all = take_roles(run, row);

	if (!*legal)
		fault(run, row, LEGAL_NAME, "missing_cell", "");
	else if (!*preferred && text_length(legal) > PREFERRED_NAME_MAX &&
		 text_length(legal) <= LEGAL_NAME_MAX)
		fault(run, row, LEGAL_NAME, "no_preferred", legal);
	if (run->table.faults_of_row) {
		give_back(run, row);
		return;
	}
	const char *cells[] = { "row", number(run, row->line), email, legal, preferred, zone,
		country, locale, number(run, all) };
	out_record(run->table.out, sizeof cells / sizeof *cells, cells);
}

/* ---- E-mails that stand twice ---- */

/* In small letters, as the database compares them. */
static const char *
mail_key(struct run *run, const char *email)
{
	struct buf key = buf_new(run->arena);

	buf_text(&key, "");
	while (*email)
		buf_printf(&key, "%x.", (unsigned)u_tolower((UChar32)text_next(&email)));
	return key.p;
}

static uint64_t
hash_of(const char *key)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */

	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * 1099511628211u;
	return hash;
}

/* A table of places, at most half full. (qsort() asks how much memory the machine has, which a
 * parser child may not.) */
static void
find_first_lines(struct run *run)
{
	size_t room = 4;

	while (room < 2 * run->table.csv.n)
		room *= 2;
	struct mail *mails = arena_array_of(run->arena, struct mail, room);
	run->first_line = arena_array_of(run->arena, size_t, run->table.csv.n);
	for (size_t i = 1; i < run->table.csv.n; i++) {
		const char *key = mail_key(run, cell(run, &run->table.csv.rows[i], EMAIL));
		size_t at = (size_t)hash_of(key) & (room - 1);
		while (mails[at].key && !text_is(mails[at].key, key))
			at = (at + 1) & (room - 1);
		if (!mails[at].key)
			mails[at] = (struct mail){ key, run->table.csv.rows[i].line };
		run->first_line[i] = mails[at].line;
	}
}

static enum status
people_parse(
    struct arena *arena, struct bytes file, const char *unused_options, struct parse_out *out)
{
	struct run run = { .table = { .arena = arena, .out = out }, .arena = arena };

	(void)unused_options;
	run.table.at = run.at;
	run.table.most_of_row = PEOPLE_FAULTS_OF_A_ROW;
	if (!table_open(&run.table, file, PEOPLE_ROWS_MAX) || !take_header(&run))
		return E_INPUT;
	find_first_lines(&run);
	for (size_t i = 1; i < run.table.csv.n; i++)
		if (!table_row_blank(&run.table.csv.rows[i]))
			take_row(&run, &run.table.csv.rows[i]);
	return OK;
}

/* 10 MB of cells with their copies and records. */
const struct parser people_parsers[] = {
	{ "people-csv", people_parse, 6, 256 },
	{ .name = NULL },
};
