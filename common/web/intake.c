/* intake.c: a file of rows on its way in, see intake.h. Owns nothing. */
#include "web/intake.h"

#include "base/text.h"
#include "web/words.h"

#include <stdio.h>

const char *
intake_fault_text(struct arena *arena, const char *locale, const struct intake *intake,
    const char *code, const char *value)
{
	return words_say(arena, locale, text_printf(arena, "%s.%s", intake->faults, code),
	    { "value", value });
}

/* ---- Pages ---- */

enum status
intake_read(
    struct request *req, const struct intake *intake, const char *options, struct records *ret)
{
	const struct form_file *file = form_file(req, intake->field);
	const char *why = "";
	enum status status =
	    helper_parse(request_arena(req), intake->parser, file->content, options, ret, &why);

	if (status == E_LIMIT)
		form_error(req, intake->field, "stopped", why);
	return status == E_LIMIT || status == E_INPUT ? OK : status;
}

static void
fault_show(struct request *req, struct page *list, const struct intake *intake,
    const struct rows *fault)
{
	struct page *line = page_repeat(list, MARK_FAULT);

	page_int(line, MARK_ROW_NO, rows_int(fault, 0));
	if (!text_empty(rows_text(fault, 1)))
		page_text(page_repeat(line, MARK_IN_COLUMN), MARK_COLUMN, rows_text(fault, 1));
	page_text(line, MARK_SENTENCE,
	    intake_fault_text(request_arena(req), request_caller(req)->locale, intake,
		rows_text(fault, 2), rows_text(fault, 3)));
}

struct page *
intake_faults(
    struct request *req, struct page *page, const struct intake *intake, struct rows *faults)
{
	if (!rows_count(faults))
		return NULL;
	struct page *section = page_repeat(page, MARK_FAULTS);
	struct page *list = page_include(section, MARK_FAULT_LIST, TPL_LAYOUT_FAULT_LIST);
	for (int shown = 0; shown < INTAKE_SHOWN && rows_next(faults); shown++)
		fault_show(req, list, intake, faults);
	if (rows_count(faults) > INTAKE_SHOWN)
		page_show(section, MARK_MORE);
	return section;
}

void
intake_lines(struct request *req, struct page *page, enum mark section, enum mark line,
    struct rows *rows, intake_line show)
{
	if (!rows_count(rows))
		return;
	struct page *list = page_repeat(page, section);
	for (int shown = 0; shown < INTAKE_SHOWN && rows_next(rows); shown++)
		show(req, page_repeat(list, line), rows);
	if (rows_count(rows) > INTAKE_SHOWN)
		page_show(list, MARK_MORE);
}

struct page *
intake_button(struct request *req, struct page *page, enum mark section, int64_t version)
{
	struct page *button = page_repeat(page, section);

	page_text(button, MARK_IMPORT_ID, request_param(req, 0));
	page_id(button, MARK_VERSION, version);
	page_tokens(button);
	return button;
}

/* ---- Commands ---- */

bool
intake_command_read(struct cli *cli, const struct intake *intake, const struct parser *parsers,
    const struct intake_file *file, const char *options, struct records *ret)
{
	const char *why = "";
	enum status status = helper_parse_once(
	    cli->arena, parsers, intake->parser, file->content, options, ret, &why);

	if (status == OK || status == E_INPUT)
		return true;
	if (status == E_LIMIT)
		(void)fprintf(stderr, "%s: reading was stopped (%s).\n", file->name, why);
	else
		(void)fprintf(stderr, "%s: it could not be read (%s).\n", file->name,
		    status_name(status));
	return false;
}

void
intake_command_fault(struct cli *cli, const struct intake *intake, size_t line,
    const char *column, const char *code, const char *value)
{
	if (line > 0)
		(void)fprintf(stderr, "row %zu", line);
	if (!text_empty(column))
		(void)fprintf(stderr, ", column \"%s\"", column);
	(void)fprintf(stderr, "%s%s\n", line > 0 ? ": " : "",
	    intake_fault_text(cli->arena, "en", intake, code, value));
}
