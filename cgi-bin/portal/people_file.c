/*
 * people_file.c: the parse function of files of people; see people_file.h. Runs in a parser
 * child: no files, no network, all memory from the child's arena.
 *
 * Records out: {"file", unused}, {"header", cells...}, then for each row either
 *   {"row", line, email, legal name, preferred name, zone, country, locale, roles}, or its
 *   faults {"fault", code, line, header, text} and then {"cells", line, cells...}.
 * A fault of the whole file stands alone. people_file_read.c is the other side.
 */
#include "portal/people_file.h"

#include "base/locale.h"
#include "base/time.h"
#include "doc/csv.h"

#include <string.h>
#include <unicode/uchar.h>

#define TEXT_MAX ((size_t)200)  /* of a cell that a fault shows */
#define CELL_MAX ((size_t)2000) /* of a cell that is given back */
#define HEADERS_MAX ((size_t)900)
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
const char *const people_columns[] = { "email", "legal_name", "preferred_name", "time_zone",
	"country", "locale", "roles", NULL };

/* What else a column may be called, beside its own name; without blanks, "_" and "-". */
static const struct {
	const char *name;
	enum column column;
} ALSO[] = { { "email", EMAIL }, { "mail", EMAIL }, { "emailaddress", EMAIL },
	{ "legalname", LEGAL_NAME }, { "fullname", LEGAL_NAME }, { "name", LEGAL_NAME },
	{ "preferredname", PREFERRED_NAME }, { "callname", PREFERRED_NAME },
	{ "nickname", PREFERRED_NAME }, { "timezone", TIME_ZONE }, { "zone", TIME_ZONE },
	{ "country", COUNTRY }, { "locale", LOCALE }, { "language", LOCALE },
	{ "roles", ROLES }, { "role", ROLES }, { NULL, COLUMNS } };

/* Where an e-mail stands first. */
struct mail {
	const char *key;
	size_t line;
};

struct run {
	struct arena *arena;
	struct parse_out *out;
	struct csv csv;
	size_t at[COLUMNS]; /* column + 1 of the file, 0: it has none */
	size_t *first_line; /* for each row: the line where its e-mail stands first */
	size_t faults;      /* of the row that is read */
};

static char *
number(struct run *run, size_t n)
{
	return text_printf(run->arena, "%zu", n);
}

/* At most max bytes of a valid text, cut between characters. */
static const char *
cut(struct run *run, const char *text, size_t max)
{
	const char *at = text, *end = text;

	if (strlen(text) <= max)
		return text;
	while (text_next(&at) && (size_t)(at - text) <= max)
		end = at;
	return arena_copy(run->arena, text, (size_t)(end - text));
}

/* Tells a fault; answers false, for "return fault(...)". column from 1; 0: none. */
static bool
fault(struct run *run, const char *code, size_t line, size_t column, const char *text)
{
	const char *header = "";

	if (run->faults++ >= PEOPLE_FAULTS_OF_A_ROW)
		return false;
	if (column > 0 && run->csv.n > 0 && column <= run->csv.rows[0].n)
		header = cut(run, run->csv.rows[0].cells[column - 1], 100);
	const char *cells[] = { "fault", code, number(run, line), header,
		cut(run, text, line > 1 ? TEXT_MAX : HEADERS_MAX) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
	return false;
}

/* ---- Columns ---- */

static enum column
column_of(struct run *run, const char *header)
{
	struct buf plain = buf_new(run->arena);

	for (const char *p = header; *p; p++)
		if (!strchr(" _-\t", *p))
			buf_char(&plain, *p);
	for (size_t i = 0; ALSO[i].name; i++)
		if (plain.n && text_is_nocase(plain.p, ALSO[i].name))
			return ALSO[i].column;
	return COLUMNS;
}

static bool
take_header(struct run *run)
{
	const struct csv_row *header = &run->csv.rows[0];
	struct buf all = buf_new(run->arena), unused = buf_new(run->arena);

	if (header->n > PEOPLE_COLUMNS_MAX)
		return fault(run, "too_many_columns", 1, 0, number(run, header->n));
	buf_text(&all, "");
	buf_text(&unused, "");
	for (size_t i = 0; i < header->n; i++) {
		enum column column = column_of(run, header->cells[i]);
		if (column < COLUMNS && run->at[column])
			return fault(run, "column_twice", 1, i + 1, header->cells[i]);
		if (column < COLUMNS)
			run->at[column] = i + 1;
		else if (!text_empty(text_trim(run->arena, header->cells[i])) &&
			 !text_is_nocase(header->cells[i], "error"))
			buf_printf(&unused, "%s%s", unused.n ? ", " : "", header->cells[i]);
		buf_printf(&all, "%s%s", i ? ", " : "", header->cells[i]);
	}
	if (!run->at[EMAIL] || !run->at[LEGAL_NAME])
		return fault(run, "missing_columns", 1, 0, all.p);
	if (run->csv.n == 1)
		return fault(run, "no_rows", 1, 0, "");
	const char *cells[] = { "file", cut(run, unused.p, HEADERS_MAX) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
	const char **names = arena_array_of(run->arena, const char *, header->n + 1);
	names[0] = "header";
	for (size_t i = 0; i < header->n; i++)
		names[i + 1] = cut(run, header->cells[i], TEXT_MAX);
	out_record(run->out, header->n + 1, names);
	return true;
}

/* ---- Cells ---- */

/* The cell of a column, trimmed; "" where the file or the row has none. A sign that a
 * spreadsheet wants before what looks like a formula is not part of the text. */
static const char *
cell(const struct run *run, const struct csv_row *row, enum column column)
{
	size_t at = run->at[column];
	const char *text =
	    at == 0 || at > row->n ? "" : text_trim(run->arena, row->cells[at - 1]);

	return text[0] == '\'' && text[1] && strchr("=+-@", text[1]) ? text + 1 : text;
}

/* A one-line text of at most most characters. */
static const char *
take_text(struct run *run, const struct csv_row *row, enum column column, size_t most)
{
	const char *text = cell(run, row, column);

	if (text_has_control(text, true))
		(void)fault(run, "control", row->line, run->at[column], "");
	else if (text_length(text) > most)
		(void)fault(run, "too_long", row->line, run->at[column], number(run, most));
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
	size_t index = (size_t)(row - run->csv.rows);

	if (!*email)
		(void)fault(run, "missing_cell", row->line, run->at[EMAIL], "");
	else if (!is_email(email))
		(void)fault(run, "not_email", row->line, run->at[EMAIL], email);
	else if (run->first_line[index] != row->line)
		(void)fault(run, "twice", row->line, run->at[EMAIL],
		    number(run, run->first_line[index]));
	return email;
}

static const char *
take_zone(struct run *run, const struct csv_row *row)
{
	const char *zone = cell(run, row, TIME_ZONE);

	if (*zone && !zone_known(zone))
		(void)fault(run, "unknown_zone", row->line, run->at[TIME_ZONE], zone);
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
		(void)fault(run, "unknown_country", row->line, run->at[COUNTRY],
		    cell(run, row, COUNTRY));
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
		(void)fault(run, "unknown_locale", row->line, run->at[LOCALE], text);
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
			(void)fault(run, "role_admin", row->line, run->at[ROLES], "");
		else if (*word && !role)
			(void)fault(run, "unknown_role", row->line, run->at[ROLES], words[i]);
		all |= role;
	}
	return all;
}

/* ---- Rows ---- */

static bool
row_blank(struct run *run, const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (*text_trim(run->arena, row->cells[i]))
			return false;
	return true;
}

static void
give_back(struct run *run, const struct csv_row *row)
{
	size_t n = row->n < PEOPLE_COLUMNS_MAX ? row->n : PEOPLE_COLUMNS_MAX;
	const char **cells = arena_array_of(run->arena, const char *, n + 2);

	cells[0] = "cells";
	cells[1] = number(run, row->line);
	for (size_t i = 0; i < n; i++)
		cells[i + 2] = cut(run, row->cells[i], CELL_MAX);
	out_record(run->out, n + 2, cells);
}

static void
take_row(struct run *run, const struct csv_row *row)
{
	run->faults = 0;
	for (size_t i = run->csv.rows[0].n; i < row->n; i++)
		if (*text_trim(run->arena, row->cells[i])) {
			(void)fault(run, "extra_cells", row->line, 0, row->cells[i]);
			break;
		}
	const char *email = take_email(run, row);
	const char *legal = take_text(run, row, LEGAL_NAME, LEGAL_NAME_MAX);
	const char *preferred = take_text(run, row, PREFERRED_NAME, PREFERRED_NAME_MAX);
	const char *zone = take_zone(run, row), *country = take_country(run, row);
	const char *locale = take_locale(run, row);
	roles all = take_roles(run, row);

	if (!*legal)
		(void)fault(run, "missing_cell", row->line, run->at[LEGAL_NAME], "");
	else if (!*preferred && text_length(legal) > PREFERRED_NAME_MAX &&
		 text_length(legal) <= LEGAL_NAME_MAX)
		(void)fault(run, "no_preferred", row->line, run->at[LEGAL_NAME], legal);
	if (run->faults) {
		give_back(run, row);
		return;
	}
	const char *cells[] = { "row", number(run, row->line), email, legal, preferred, zone,
		country, locale, number(run, all) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
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

	while (room < 2 * run->csv.n)
		room *= 2;
	struct mail *mails = arena_array_of(run->arena, struct mail, room);
	run->first_line = arena_array_of(run->arena, size_t, run->csv.n);
	for (size_t i = 1; i < run->csv.n; i++) {
		const char *key = mail_key(run, cell(run, &run->csv.rows[i], EMAIL));
		size_t at = (size_t)hash_of(key) & (room - 1);
		while (mails[at].key && !text_is(mails[at].key, key))
			at = (at + 1) & (room - 1);
		if (!mails[at].key)
			mails[at] = (struct mail){ key, run->csv.rows[i].line };
		run->first_line[i] = mails[at].line;
	}
}

static enum status
people_parse(
    struct arena *arena, struct bytes file, const char *unused_options, struct parse_out *out)
{
	struct run run = { .arena = arena, .out = out };
	struct csv_fault broken;

	(void)unused_options;
	if (csv_read(arena, file, PEOPLE_ROWS_MAX + 1, &run.csv, &broken) != OK) {
		(void)fault(&run, broken.code, broken.line, broken.column, "");
		return E_INPUT;
	}
	if (!take_header(&run))
		return E_INPUT;
	find_first_lines(&run);
	for (size_t i = 1; i < run.csv.n; i++)
		if (!row_blank(&run, &run.csv.rows[i]))
			take_row(&run, &run.csv.rows[i]);
	return OK;
}

/* 10 MB of cells with their copies and records. */
const struct parser people_parsers[] = {
	{ "people-csv", people_parse, 6, 256 },
	{ .name = NULL },
};
