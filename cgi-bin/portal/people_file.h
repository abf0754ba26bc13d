/*
 * people_file.h: a CSV file of people, from bytes to rows.
 *
 * Two halves. people_parse() runs in a parser child (doc/helper.h, parser "people-csv"), knows
 * the columns and checks what can be checked without a database. people_file_read() runs in the
 * plugin and turns the child's records into the structs below; it believes nothing of them but
 * that they are valid text.
 *
 * Columns are told by their names, in any case and order; "_", "-" and blanks are the same:
 * email (needed), legal_name (needed), preferred_name, time_zone, country, locale, roles. Others
 * are not used, and named. An empty cell says nothing: of somebody new the preset counts, of
 * somebody here what is.
 */
#ifndef PORTAL_PEOPLE_FILE_H
#define PORTAL_PEOPLE_FILE_H

#include "doc/table.h"
#include "web/role.h"

#define PEOPLE_ROWS_MAX ((size_t)20000)
#define PEOPLE_COLUMNS_MAX ((size_t)100)
#define PEOPLE_FAULTS_OF_A_ROW 3

/* "people-csv" alone, ended as struct app wants it. */
extern const struct parser people_parsers[];

/* The columns that are used, in the order of the sample; ended by name NULL. */
extern const struct table_column people_columns[];

struct people_row {
	size_t line; /* of the file, from 1 */
	bool bad;    /* has a fault; then only cells count */
	const char *email, *legal_name, *preferred_name, *time_zone, *country, *locale;
	roles roles;
	size_t n_cells;
	const char **cells; /* of a bad row, as they stand in the file */
};

/* Codes of faults. Of a row: "missing_cell" "not_email" "too_long" "control" "unknown_zone"
 * "unknown_country" "unknown_locale" "unknown_role" "role_admin" "twice" (text: the line of the
 * first) "extra_cells" "no_preferred" (the legal name is too long to be called by). Of the file
 * (line 0 or its header): "missing_columns" (text: the headers seen) "column_twice"
 * "too_many_columns" "no_rows", and those of doc/csv.h. */
struct people_file {
	size_t n_header;
	const char **header;
	const char *unused; /* names of columns that are not used, parted by ", " */
	size_t n_rows, n_faults;
	struct people_row *rows; /* in the order of the file */
	struct table_fault *faults;
	const struct table_fault *refused; /* the fault of the file, NULL for none */
};

/* E_FAULT when the records are not those of people_parse(). */
MUST_USE enum status people_file_read(
    struct arena *arena, const struct records *records, struct people_file *ret);

#endif
