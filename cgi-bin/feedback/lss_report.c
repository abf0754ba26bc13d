/*
 * lss_report.c: records of the importer as lines of a report (lss_report.h). Used by the import
 * page and the command "import".
 */
#include "feedback/lss_report.h"

#include "base/text.h"
#include "feedback/feedback.h"
#include "web/words.h"

#include <string.h>

#define DETAIL_MOST 500
#define ITEM_MOST 160
#define NOT_KEPT_TOLD 10

/* LimeSurvey's letters for kinds of questions; the names are ends of keys in words. */
static const struct {
	const char *letter, *name;
} TYPES[] = {
	{ "L", "list" },
	{ "!", "dropdown" },
	{ "5", "five_points" },
	{ "A", "grid_five" },
	{ "F", "grid_own" },
	{ "Y", "yes_no" },
	{ "M", "several" },
	{ "S", "short_text" },
	{ "T", "long_text" },
	{ "N", "number" },
	{ "X", "note" },
	{ "B", "grid_ten" },
	{ "C", "grid_yes_no" },
	{ "D", "date" },
	{ "E", "grid_trend" },
	{ "G", "gender" },
	{ "H", "grid_by_column" },
	{ "I", "language" },
	{ "K", "several_numbers" },
	{ "O", "list_comment" },
	{ "P", "several_comments" },
	{ "Q", "several_short" },
	{ "R", "ranking" },
	{ "U", "huge_text" },
	{ ";", "grid_texts" },
	{ ":", "grid_numbers" },
	{ "1", "dual_scale" },
	{ "*", "equation" },
	{ "|", "file" },
};

static const char *
type_name(const char *letter)
{
	for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
		if (text_is(TYPES[i].letter, letter))
			return TYPES[i].name;
	return "unknown";
}

/* The n-th cell, "" when it is not there. */
static const char *
cell(const struct record *record, size_t n)
{
	return n < record->n && record->cells[n] ? record->cells[n] : "";
}

static void
add(struct arena *arena, struct lss_report *report, const char *verdict, const char *item,
    const char *code, const char *detail)
{
	report->items[report->n++] = (struct lss_item){ verdict,
		text_cut(arena, item, ITEM_MOST), code, text_cut(arena, detail, DETAIL_MOST) };
}

static void
take(struct arena *arena, struct lss_report *report, const struct record *record)
{
	const char *what = cell(record, 0), *item = cell(record, 1);

	if (text_is(what, "document")) {
		report->document = item;
	} else if (text_is(what, "kept")) {
		add(arena, report, "kept", item, "question", type_name(cell(record, 2)));
		report->kept++;
	} else if (text_is(what, "not_kept")) {
		add(arena, report, "not_kept", item, cell(record, 3),
		    type_name(cell(record, 2)));
		report->not_kept++;
	} else if (text_is(what, "condition")) {
		add(arena, report, "changed", item,
		    text_printf(arena, "condition.%s", cell(record, 3)), cell(record, 2));
	} else if (text_is(what, "text")) {
		add(arena, report, "changed", item,
		    text_printf(arena, "text.%s", cell(record, 2)), "");
	} else if (text_is(what, "setting")) {
		add(arena, report, "changed", item, "setting", cell(record, 2));
	} else if (text_is(what, "zero_to_ten")) {
		add(arena, report, "kept", item, "zero_to_ten", "");
	} else if (text_is(what, "fault")) {
		report->fault = item;
		report->line = cell(record, 2);
		report->detail = cell(record, 4);
	}
}

enum status
lss_report_read(struct arena *arena, enum status parsed, const struct records *records,
    const char *why, struct lss_report *ret)
{
	struct lss_report report = { .line = "", .detail = "" };
	struct questionnaire_fault fault;

	if (parsed == E_LIMIT) {
		report.fault = why;
		*ret = report;
		return E_INPUT;
	}
	if (parsed != OK && parsed != E_INPUT)
		return parsed;
	report.items = arena_array_of(arena, struct lss_item, records->count);
	for (const struct record *record = records->first; record; record = record->next)
		take(arena, &report, record);
	if (parsed == OK &&
	    (!report.document || questionnaire_read(arena, report.document,
				     strlen(report.document), &report.q, &fault) != OK)) {
		report.document = NULL;
		report.fault = "crash";
	}
	if (parsed == E_INPUT && !report.fault)
		report.fault = "crash";
	*ret = report;
	return report.fault ? E_INPUT : OK;
}

const char *
lss_sentence(struct arena *arena, const char *locale, const struct lss_item *item)
{
	const char *type = words_get(locale, text_printf(arena, "lss.type.%s", item->detail));
	const char *key = text_printf(arena, "lss.%s.%s", item->verdict, item->code);

	if (text_is(item->code, "setting")) {
		const char *known = text_printf(arena, "lss.setting.%s", item->detail);
		if (words_get(locale, known))
			key = known;
	}
	return words_say(arena, locale, key, { "type", type ? type : item->detail },
	    { "detail", item->detail });
}

/* The questions that did not come along, each with its kind: "Q1 (a file), Q2 (ranking)". */
static const char *
not_kept_list(struct arena *arena, const char *locale, const struct lss_report *report)
{
	struct buf list = buf_new(arena);
	size_t told = 0;

	for (size_t i = 0; i < report->n && told < NOT_KEPT_TOLD; i++) {
		const struct lss_item *item = &report->items[i];
		const char *type;
		if (!text_is(item->verdict, "not_kept"))
			continue;
		type = words_get(locale, text_printf(arena, "lss.type.%s", item->detail));
		buf_printf(&list, "%s%s (%s)", told++ ? ", " : "", item->item,
		    type ? type : item->detail);
	}
	if (told < report->not_kept)
		buf_text(&list, ", …");
	return told ? list.p : report->detail;
}

const char *
lss_refusal(struct arena *arena, const char *locale, const struct lss_report *report)
{
	const char *key = text_printf(arena, "lss.fault.%s", report->fault);
	const char *detail = report->detail;

	if (text_is(report->fault, "nothing_to_ask"))
		detail = not_kept_list(arena, locale, report);

	if (text_is(report->fault, "not_survey")) {
		const char *known =
		    text_printf(arena, "lss.fault.not_survey.%s", report->detail);
		if (words_get(locale, known))
			key = known;
	}
	return words_say(arena, locale, words_get(locale, key) ? key : "lss.fault.crash",
	    { "line", report->line }, { "detail", detail });
}

const char *
lss_title(struct arena *arena, const struct questionnaire *q, const char *file_name)
{
	const char *title = text_trim(arena, questionnaire_text(q->title, 0));
	const char *slash = strrchr(file_name, '/');
	size_t n;

	if (!text_empty(title))
		return text_cut(arena, title, 200);
	if (slash)
		file_name = slash + 1;
	n = strlen(file_name);
	if (n > 4 && text_is_nocase(file_name + n - 4, ".lss"))
		n -= 4;
	title = text_trim(arena, arena_copy(arena, file_name, n));
	return text_empty(title) ? "LimeSurvey" : text_cut(arena, title, 200);
}
