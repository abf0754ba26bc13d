/*
 * intake.h: a file of rows on its way in, in the same way wherever one is taken:
 *
 *     sent -> read in a parser child -> kept as a preview -> taken, or given up
 *
 * The tables are the plugin's (a batch, its rows, its faults), because what a row holds and what
 * taking it means are. Here is what does not depend on that: the file through the child, the
 * preview's lists, its buttons, and the same on a terminal. Files of people
 * (cgi-bin/portal/people_import_page.c) and of time entries (cgi-bin/payments/import_page.c) are
 * read so.
 *
 *     static const struct intake RATES = { "rates-csv", FILE_SENT, "rate_fault" };
 *
 *     enum status
 *     rates_submit(struct request *req)
 *     {
 *     	struct records records;
 *     	enum status status = intake_read(req, &RATES, "", &records);
 *
 *     	if (status == OK && !form_failed(req))
 *     		status = rates_file_read(request_arena(req), &records, &file); // looks at each again
 *     	...
 *     	return form_failed(req) ? rates_page(req) : reply_submit(req, keep, &file);
 *     }
 *
 * Words: "<faults>.<code>" with {value} for each code of a fault, and "<form>.<field>.stopped"
 * with {detail}. Faults are rows of the columns INTAKE_FAULTS_SQL.
 */
#ifndef KEPTWORD_WEB_INTAKE_H
#define KEPTWORD_WEB_INTAKE_H

#include "doc/helper.h"
#include "web/app.h"
#include "web/page.h"
#include "web/request.h"

struct intake {
	const char *parser; /* name in the plugin's table of parsers (helper.h) */
	unsigned field;     /* of the form: the FIELD_FILE */
	const char *faults; /* prefix of the words for faults */
};

/* Rows that a list of a preview shows; its statement ends in LIMIT 201, so that it is known
 * whether there are more. */
#define INTAKE_SHOWN 200
#define INTAKE_FAULTS_SQL "row_no, column_name, code, value"

/* The sentence for a fault, without row and column. */
const char *intake_fault_text(struct arena *arena, const char *locale,
    const struct intake *intake, const char *code, const char *value);

/* ---- Pages ---- */

/* The form's file through a parser child. OK: the records, of a file that can be used or with the
 * faults that say why not; or, with form_failed(), the child was stopped and the field says so. */
MUST_USE enum status intake_read(struct request *req, const struct intake *intake,
    const char *options, struct records *ret);

/* Section FAULTS of the page, when there are any: {{>FAULT_LIST}} (layout/fault_list.tpl) and
 * MORE. The section, for what else stands in it; NULL: there are none. */
struct page *intake_faults(struct request *req, struct page *page, const struct intake *intake,
    struct rows *faults);

/* A section of the page with a line for each row, when there are any, and MORE. */
typedef void (*intake_line)(struct request *req, struct page *line, const struct rows *row);
void intake_lines(struct request *req, struct page *page, enum mark section, enum mark line,
    struct rows *rows, intake_line show);

/* A form of the page that is only a button: IMPORT_ID (the route's first ":name"), VERSION (of the
 * batch) and its tokens. */
struct page *intake_button(
    struct request *req, struct page *page, enum mark section, int64_t version);

/* ---- Commands ---- */

struct intake_file {
	const char *name; /* for messages */
	struct bytes content;
};

/* The same on a terminal, in a child of this process; false after a sentence. */
MUST_USE bool intake_command_read(struct cli *cli, const struct intake *intake,
    const struct parser *parsers, const struct intake_file *file, const char *options,
    struct records *ret);

/* "row 12, column "roles": There is no role called "king"." line 0: of the file. */
void intake_command_fault(struct cli *cli, const struct intake *intake, size_t line,
    const char *column, const char *code, const char *value);

#endif
