/*
 * survey_import.c: a LimeSurvey file by page: sent, read in a child, its report shown; only
 * then somebody decides to use it. A file that is refused leaves nothing behind.
 *
 * Rule (README 1): what did not come along is told, each thing with its reason, before the
 * survey can be used.
 */
#include "base/text.h"
#include "doc/helper.h"
#include "feedback/feedback.h"
#include "feedback/lss.h"
#include "feedback/survey_store.h"

enum {
	LSS_FILE
};
enum {
	USE_AS,
	TITLE,
	PURPOSE
};

#define AS_NEW "new"
#define SURVEYS_MOST 200

static const struct stmt SURVEYS_TO_CHOOSE = {
	"SELECT public_id, title FROM survey ORDER BY title, id LIMIT 200"
};
static const struct stmt SURVEY_BY_PUBLIC_ID = { "SELECT id FROM survey WHERE public_id = ?" };
static const struct stmt FILE_SHOWN = {
	"SELECT f.id, f.file_name, f.title, f.created_at, s.public_id, s.title,"
	" COALESCE(p.preferred_name, '')"
	" FROM survey_file f LEFT JOIN survey s ON s.id = f.survey_id"
	" LEFT JOIN keptword_core.person_public p ON p.id = f.created_by WHERE f.public_id = ?"
};
static const struct stmt LINES_SHOWN = { "SELECT verdict, item, code, detail FROM "
					 "survey_import WHERE file_id = ? ORDER BY item_no" };

/* A new survey, or the next version of one that stands. */
static const struct choice *
use_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct rows *rows = db_read(request_db(req), &SURVEYS_TO_CHOOSE);
	struct choice *list = arena_array_of(arena, struct choice, rows_count(rows) + 2);
	size_t n = 0;

	list[n++] = (struct choice){ AS_NEW, NULL };
	while (rows_next(rows))
		list[n++] = (struct choice){ rows_id_text(arena, rows, 0), rows_text(rows, 1) };
	return list;
}

static const struct field IMPORT_FIELDS[] = {
	[LSS_FILE] = { "file", FIELD_FILE, .max = LSS_BYTES_MAX },
	{ 0 },
};
const struct form SURVEY_IMPORT_FORM = { "survey_import", IMPORT_FIELDS, import_show, true };

static const struct field USE_FIELDS[] = {
	[USE_AS] = { "as", FIELD_SELECT, .choices_of = use_choices },
	[TITLE] = { "title", FIELD_TEXT, .max = 200 },
	[PURPOSE] = { "purpose", FIELD_LINES, .max = 1000, .optional = true },
	{ 0 },
};
const struct form SURVEY_USE_FORM = { "survey_use", USE_FIELDS, import_report_show, false };

/* GET /feedback/staff/import */
enum status
import_show(struct request *req)
{
	return reply_page(req, 200, page_open(req, TPL_FEEDBACK_IMPORT));
}

struct sending {
	const struct lss_report *report;
	const char *file_name;
};

static enum status
store_file(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct sending *sending = arg;
	struct arena *arena = request_arena(req);
	struct id id = id_new();
	int64_t file = survey_file_add(db, sending->report, sending->file_name,
	    lss_title(arena, sending->report->q, sending->file_name),
	    request_caller(req)->person, id);

	request_audit(req, db, "survey_file.read",
	    text_printf(arena, "survey_file:%lld", (long long)file), NULL);
	receipt->location = text_printf(arena, "/feedback/staff/import/%s", id_text(arena, id));
	return OK;
}

/* POST /feedback/staff/import: reads the file, keeps what was read, shows the report. */
enum status
import_submit(struct request *req)
{
	struct arena *arena = request_arena(req);
	const struct form_file *file = form_file(req, LSS_FILE);
	struct records records = { 0 };
	struct lss_report report;
	const char *why = "";
	enum status status = helper_parse(arena, "lss", file->content, "", &records, &why);

	status = lss_report_read(arena, status, &records, why, &report);
	if (status == E_INPUT) {
		form_error(req, LSS_FILE, "refused",
		    text_printf(arena, "%s: %s", file->name,
			lss_refusal(arena, request_caller(req)->locale, &report)));
		return import_show(req);
	}
	if (status != OK)
		return status;
	struct sending sending = { &report, file->name };
	return reply_submit(req, store_file, &sending);
}

static void
show_lines(struct page *page, struct request *req, struct rows *rows)
{
	static const struct {
		const char *verdict;
		enum mark part, line;
		bool counted;
		enum mark count;
	} parts[] = {
		{ "kept", MARK_KEPT, MARK_KEPT_LINE, true, MARK_KEPT_N },
		{ "changed", MARK_CHANGED, MARK_CHANGED_LINE, false, MARK_CHANGED },
		{ "not_kept", MARK_NOT_KEPT, MARK_NOT_KEPT_LINE, true, MARK_NOT_KEPT_N },
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct page *part = NULL;
		int64_t n = 0;
		rows_rewind(rows);
		while (rows_next(rows)) {
			const struct lss_item item = { rows_text(rows, 0), rows_text(rows, 1),
				rows_text(rows, 2), rows_text(rows, 3) };
			if (!text_is(item.verdict, parts[i].verdict))
				continue;
			if (!part)
				part = page_repeat(page, parts[i].part);
			n += !text_is(item.code, "zero_to_ten");
			struct page *line = page_repeat(part, parts[i].line);
			if (*item.item)
				page_text(page_repeat(line, MARK_CODED), MARK_ITEM, item.item);
			else
				page_show(line, MARK_WHOLE);
			page_text(line, MARK_SENTENCE,
			    lss_sentence(
				request_arena(req), request_caller(req)->locale, &item));
		}
		if (parts[i].counted)
			page_int(page, parts[i].count, n);
	}
}

/* GET /feedback/staff/import/:id: what came along and what did not, and the way to use it. */
enum status
import_report_show(struct request *req)
{
	struct db *db = request_db(req);
	struct id id;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &FILE_SHOWN, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(db);

	struct page *page = page_open(req, TPL_FEEDBACK_IMPORT_REPORT);
	page_text(page, MARK_FILE_NAME, rows_text(rows, 1));
	page_text(page, MARK_TITLE, rows_text(rows, 2));
	page_instant(page, MARK_READ_AT, rows_instant(rows, 3));
	if (!rows_null(rows, 4)) {
		struct page *used = page_repeat(page, MARK_USED);
		page_text(used, MARK_SURVEY_ID, rows_id_text(request_arena(req), rows, 4));
		page_text(used, MARK_SURVEY_TITLE, rows_text(rows, 5));
	} else {
		struct page *use = page_repeat(page, MARK_USE);
		form_set(req, USE_AS, AS_NEW);
		form_set(req, TITLE, rows_text(rows, 2));
		page_text(use, MARK_FILE_ID, request_param(req, 0));
		page_form(use, MARK_USE_FORM, &SURVEY_USE_FORM);
	}
	show_lines(page, req, db_read(db, &LINES_SHOWN, v_int(rows_int(rows, 0))));
	return reply_page(req, 200, page);
}

static enum status
use_file(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct arena *arena = request_arena(req);
	struct survey_made made;
	struct id id, survey_id;
	int64_t survey = 0;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &FILE_SHOWN, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return E_ABSENT;
	if (id_parse(form_text(req, USE_AS), &survey_id)) {
		survey = db_int(db, &SURVEY_BY_PUBLIC_ID, 0, v_bytes(survey_id.b, ID_BYTES));
		if (!survey)
			return E_ABSENT;
	}
	enum status status = survey_make(db, rows_int(rows, 0), survey, form_text(req, TITLE),
	    form_text(req, PURPOSE), request_caller(req)->person, &made);
	if (status != OK)
		return status;
	request_audit(req, db, "survey.imported",
	    text_printf(arena, "survey:%lld", (long long)made.survey), NULL);
	receipt->location =
	    text_printf(arena, "/feedback/staff/surveys/%s", id_text(arena, made.public_id));
	return OK;
}

/* POST /feedback/staff/import/:id: "Use this survey". */
enum status
import_use_submit(struct request *req)
{
	return reply_submit(req, use_file, NULL);
}
