/*
 * lss.c: what an .lss file is, its languages, groups and questions in order, and the document
 * that comes out (lss.h). Runs in a parser child; nothing here trusts the file, and the reader
 * of the records does not trust the child: it checks the document again.
 */
#include "lss_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- Records ---- */

void
lss_put(struct lss *lss, const char *const *cells)
{
	size_t n = 0;

	while (cells[n])
		n++;
	lss->sink->put(lss->sink->arg, n, cells);
}

static enum status
refuse(struct lss *lss, const char *code, size_t line, const char *detail)
{
	LSS_PUT(lss, "fault", code, text_printf(lss->arena, "%zu", line), "0", detail);
	return E_INPUT;
}

/* ---- Texts ---- */

static void
report_left(struct lss *lss, const char *code, unsigned left)
{
	static const struct {
		unsigned bit;
		const char *what;
	} parts[] = {
		{ LSS_LEFT_TOKEN, "token" },
		{ LSS_LEFT_EXPRESSION, "expression" },
		{ LSS_LEFT_SCRIPT, "script" },
		{ LSS_LEFT_MEDIA, "media" },
		{ LSS_LEFT_LINK, "link" },
	};

	/* The texts of one question come one behind the other: each thing is told once. */
	if (!text_is(lss->told_code, code)) {
		lss->told_code = code;
		lss->told = 0;
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (left & ~lss->told & parts[i].bit)
			LSS_PUT(lss, "text", code, parts[i].what);
	lss->told |= left;
}

/* The place of the row's language; 0, the base, for rows without one. */
static size_t
language_of(const struct lss *lss, const struct lss_row *row)
{
	const char *name = lss_cell(row, LSS_language);
	size_t i = 0;

	if (!*name)
		name = lss_cell(row, LSS_surveyls_language);
	while (*name && i < lss->q->n_languages && !text_is_nocase(lss->q->languages[i], name))
		i++;
	return i;
}

texts
lss_texts(struct lss *lss, const struct lss_table *table, enum lss_column key,
    const char *value, enum lss_column text, const char *code)
{
	const char **out = arena_array_of(lss->arena, const char *, lss->q->n_languages);
	unsigned left = 0;
	bool any = false;

	for (size_t i = 0; i < table->n; i++) {
		const struct lss_row *row = &table->rows[i];
		size_t language;

		if (!text_is(row->cells[key], value) || !*lss_cell(row, text))
			continue;
		language = language_of(lss, row);
		if (language == lss->q->n_languages || out[language])
			continue;
		out[language] = lss_plain(lss->arena, row->cells[text], &left);
		any |= *out[language] != '\0';
	}
	report_left(lss, code, left);
	return any ? out : 0;
}

const char *
lss_code(struct lss *lss, const struct lss_row *row)
{
	const char *title = lss_cell(row, LSS_title);

	if (*title >= '0' && *title <= '9')
		return text_printf(lss->arena, "Q%s", title);
	return title;
}

/* ---- Languages ---- */

/* surveys.language first, then additional_languages (parted by blanks). */
static enum status
read_languages(struct lss *lss, const struct lss_row *survey)
{
	const char **languages =
	    arena_array_of(lss->arena, const char *, QUESTIONNAIRE_LANGUAGES_MAX);
	const char *more = lss_cell(survey, LSS_additional_languages);
	char **words;
	size_t n;

	if (!*lss_cell(survey, LSS_language))
		return refuse(lss, "missing_element", 0, "surveys/language");
	languages[lss->q->n_languages++] = lss_cell(survey, LSS_language);
	words = text_split(lss->arena, more, ' ', &n);
	for (size_t i = 0; i < n; i++) {
		bool known = !*words[i];

		for (size_t k = 0; k < lss->q->n_languages; k++)
			known |= text_is_nocase(words[i], languages[k]);
		if (known)
			continue;
		if (lss->q->n_languages == QUESTIONNAIRE_LANGUAGES_MAX)
			return refuse(lss, "too_many", 0, "additional_languages");
		languages[lss->q->n_languages++] = words[i];
	}
	lss->q->languages = languages;
	return OK;
}

/* ---- Groups and questions ---- */

/* Rows of the table, the first of each id; those of the base language where it repeats them. */
static const struct lss_row **
distinct(struct lss *lss, const struct lss_table *table, enum lss_column id, size_t *ret_n)
{
	const struct lss_row **rows;
	size_t n = 0;

	rows = arena_array_of(lss->arena, const struct lss_row *, table->n);
	for (size_t i = 0; i < table->n; i++) {
		const struct lss_row *row = &table->rows[i];
		size_t k = 0;

		while (k < n && !text_is(rows[k]->cells[id], row->cells[id]))
			k++;
		if (k == n)
			rows[n++] = row;
		else if (language_of(lss, row) == 0)
			rows[k] = row;
	}
	*ret_n = n;
	return rows;
}

static void
read_group(struct lss *lss, const struct lss_row *row, size_t g, struct question_group *group)
{
	const struct lss_table *source = lss->split ? &lss->group_texts : &lss->groups;
	const char *gid = lss_cell(row, LSS_gid), *code;

	code = text_printf(lss->arena, "group/%zu", g + 1);
	group->title = lss_texts(lss, source, LSS_gid, gid, LSS_group_name, code);
	group->text = lss_texts(lss, source, LSS_gid, gid, LSS_description, code);
	if (*lss_cell(row, LSS_randomization_group))
		LSS_PUT(lss, "setting", code, "randomization_group");
}

/* Reads every group that keeps a question, and its questions. */
static enum status
read_groups(struct lss *lss)
{
	size_t n_groups, n_questions;
	const struct lss_row **group_rows = distinct(lss, &lss->groups, LSS_gid, &n_groups);
	const struct lss_row **rows = distinct(lss, &lss->questions, LSS_qid, &n_questions);
	struct question_group *groups =
	    arena_array_of(lss->arena, struct question_group, n_groups);
	struct questionnaire *q = lss->q;

	lss->list = arena_array_of(lss->arena, struct question, n_questions);
	lss->origin = arena_array_of(lss->arena, const struct lss_row *, n_questions);
	lss->dropped = arena_array_of(lss->arena, const struct lss_row *, n_questions);
	q->questions = lss->list;
	q->groups = groups;
	for (size_t g = 0; g < n_groups; g++) {
		struct question_group *group = &groups[q->n_groups];

		group->first = q->n_questions;
		group->n = 0;
		for (size_t i = 0; i < n_questions; i++) {
			struct question *to = &lss->list[q->n_questions];

			if (!text_is(rows[i]->cells[LSS_gid], group_rows[g]->cells[LSS_gid]) ||
			    lss_number(rows[i], LSS_parent_qid) != 0 ||
			    !lss_question(lss, rows[i], to))
				continue;
			to->group = q->n_groups;
			lss->origin[q->n_questions++] = rows[i];
			group->n++;
		}
		if (group->n == 0)
			continue;
		read_group(lss, group_rows[g], q->n_groups, group);
		group_rows[q->n_groups++] = group_rows[g];
	}
	lss_conditions(lss, groups, group_rows);
	for (size_t i = 0; i < q->n_questions; i++)
		if (q->questions[i].kind != QUESTION_NOTE)
			return OK;
	return refuse(lss, "nothing_to_ask", 0, "questions");
}

/* ---- The survey ---- */

static void
read_words(struct lss *lss)
{
	struct lss_table *table = &lss->settings;
	const char **welcome, *sid = "";
	texts description, text;

	/* One survey, so one key for all: the rows differ in language only. */
	for (size_t i = 0; i < table->n; i++)
		table->rows[i].cells[LSS_qid] = sid;
	lss->q->title = lss_texts(lss, table, LSS_qid, sid, LSS_surveyls_title, "");
	description = lss_texts(lss, table, LSS_qid, sid, LSS_surveyls_description, "");
	text = lss_texts(lss, table, LSS_qid, sid, LSS_surveyls_welcometext, "");
	lss->q->end = lss_texts(lss, table, LSS_qid, sid, LSS_surveyls_endtext, "");
	if (!lss->q->title)
		lss->q->title = arena_array_of(lss->arena, const char *, lss->q->n_languages);
	if (!description || !text) {
		lss->q->welcome = description ? description : text;
		return;
	}
	welcome = arena_array_of(lss->arena, const char *, lss->q->n_languages);
	for (size_t i = 0; i < lss->q->n_languages; i++) {
		const char *a = description[i] ? description[i] : "",
			   *b = text[i] ? text[i] : "";

		welcome[i] = text_printf(lss->arena, "%s%s%s", a, *a && *b ? "\n\n" : "", b);
	}
	lss->q->welcome = welcome;
}

/* Subquestions of the oldest files stand among the questions. */
static void
gather_subquestions(struct lss *lss)
{
	struct lss_table all = { .found = true };

	all.rows =
	    arena_array_of(lss->arena, struct lss_row, lss->subquestions.n + lss->questions.n);
	for (size_t i = 0; i < lss->subquestions.n; i++)
		all.rows[all.n++] = lss->subquestions.rows[i];
	for (size_t i = 0; i < lss->questions.n; i++)
		if (lss_number(&lss->questions.rows[i], LSS_parent_qid) != 0)
			all.rows[all.n++] = lss->questions.rows[i];
	lss->subquestions = all;
}

/* Reads all tables and brings their rows in order. */
static enum status
read_tables(struct lss *lss, const struct xml_node *root)
{
	const struct {
		const char *name;
		struct lss_table *table;
		enum lss_column order; /* LSS_COLUMN_MAX: as they stand */
	} tables[] = {
		{ "surveys_languagesettings", &lss->settings, LSS_COLUMN_MAX },
		{ "groups", &lss->groups, LSS_group_order },
		{ "group_l10ns", &lss->group_texts, LSS_COLUMN_MAX },
		{ "questions", &lss->questions, LSS_question_order },
		{ "subquestions", &lss->subquestions, LSS_question_order },
		{ "question_l10ns", &lss->question_texts, LSS_COLUMN_MAX },
		{ "answers", &lss->answers, LSS_sortorder },
		{ "answer_l10ns", &lss->answer_texts, LSS_COLUMN_MAX },
		{ "question_attributes", &lss->attributes, LSS_COLUMN_MAX },
		{ "conditions", &lss->conditions, LSS_scenario },
		{ "defaultvalues", &lss->defaults, LSS_COLUMN_MAX },
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		if (lss_table_read(lss->arena, root, tables[i].name, tables[i].table) != OK)
			return refuse(lss, "too_many",
			    xml_line(xml_child(root, tables[i].name)), tables[i].name);
		if (tables[i].order != LSS_COLUMN_MAX)
			lss_table_sort(lss->arena, tables[i].table, tables[i].order);
	}
	lss->split = lss->question_texts.found;
	gather_subquestions(lss);
	return OK;
}

/* Parts of the survey that have no counterpart here. */
static void
report_parts(struct lss *lss, const struct xml_node *root)
{
	static const char *const parts[] = { "quota", "assessments" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (xml_child(xml_child(xml_child(root, parts[i]), "rows"), "row"))
			LSS_PUT(lss, "setting", "", parts[i]);
}

/* The document, read back as its reader will: what it complains of is what the file has. */
static enum status
send_document(struct lss *lss)
{
	const char *json = questionnaire_write(lss->arena, lss->q);
	const struct questionnaire *again;
	struct questionnaire_fault fault;

	if (questionnaire_read(lss->arena, json, strlen(json), &again, &fault) != OK)
		return refuse(lss, "document", 0,
		    text_printf(lss->arena, "%s %s%s%s", fault.where, fault.code,
			fault.detail ? " " : "", fault.detail ? fault.detail : ""));
	LSS_PUT(lss, "document", json);
	return OK;
}

/* Is this a survey of LimeSurvey at all? */
static enum status
check_root(struct lss *lss, const struct xml_node *root)
{
	const struct xml_node *type = xml_child(root, "LimeSurveyDocType");
	const char *name;

	if (!xml_is(root, "document"))
		return refuse(lss, "not_limesurvey", xml_line(root), xml_name(root));
	if (!type)
		return refuse(lss, "missing_element", xml_line(root), "LimeSurveyDocType");
	name = text_trim(lss->arena, xml_text(lss->arena, type));
	if (!text_is(name, "Survey"))
		return refuse(lss, "not_survey", xml_line(type), name);
	return OK;
}

/* From the root element to the document. */
static enum status
import_survey(struct lss *lss, const struct xml_node *root)
{
	static const char *const needed[] = { "surveys", "surveys_languagesettings", "groups",
		"questions" };
	struct lss_table surveys = { 0 };
	enum status status = check_root(lss, root);

	if (status != OK)
		return status;
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!xml_child(xml_child(xml_child(root, needed[i]), "rows"), "row"))
			return refuse(lss, "missing_element", xml_line(root), needed[i]);
	if (lss_table_read(lss->arena, root, "surveys", &surveys) != OK)
		return refuse(lss, "too_many", xml_line(root), "surveys");
	status = read_languages(lss, &surveys.rows[0]);
	if (status == OK)
		status = read_tables(lss, root);
	if (status != OK)
		return status;
	read_words(lss);
	report_parts(lss, root);
	status = read_groups(lss);
	return status == OK ? send_document(lss) : status;
}

enum status
lss_import(struct arena *arena, struct bytes file, const struct lss_sink *sink)
{
	struct lss lss = { .arena = arena, .sink = sink };
	const struct xml_node *root;
	struct xml_fault fault = { 0 };

	lss.q = arena_new_of(arena, struct questionnaire);
	if (file.n >= 4 && memcmp(file.p, "PK\003\004", 4) == 0)
		return refuse(&lss, "archive", 0, "");
	if (xml_read(arena, file, LSS_BYTES_MAX, &root, &fault) != OK)
		return refuse(&lss, fault.code ? fault.code : "syntax", fault.line, "");
	return import_survey(&lss, root);
}

static void
put_out(void *arg, size_t n, const char *const *cells)
{
	out_record((struct parse_out *)arg, n, cells);
}

enum status
lss_parse(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	const struct lss_sink sink = { put_out, out };

	(void)options;
	return lss_import(arena, file, &sink);
}
