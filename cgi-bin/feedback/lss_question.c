/*
 * lss_question.c: one question of an .lss file: its kind, rows, choices, limits, and a report
 * of what has no counterpart here. Used by lss.c, in the importer's child.
 */
#include "lss_impl.h"

#include <stdlib.h>
#include <string.h>

/* LimeSurvey's letter for each kind that we keep. */
static const struct {
	const char *type;
	enum question_kind kind;
} types[] = {
	{ "L", QUESTION_LIST },
	{ "!", QUESTION_DROPDOWN },
	{ "5", QUESTION_FIVE_POINTS },
	{ "A", QUESTION_GRID_FIVE },
	{ "F", QUESTION_GRID_OWN },
	{ "Y", QUESTION_YES_NO },
	{ "M", QUESTION_SEVERAL },
	{ "S", QUESTION_SHORT_TEXT },
	{ "T", QUESTION_LONG_TEXT },
	{ "N", QUESTION_NUMBER },
	{ "X", QUESTION_NOTE },
};

/* Settings that change what people see or may answer there and have no counterpart here. */
static const char *const settings[] = {
	"array_filter",
	"array_filter_exclude",
	"exclude_all_others",
	"em_validation_q",
	"em_validation_sq",
	"random_order",
	"random_group",
	"time_limit",
	"other_numbers_only",
	"prefix",
	"suffix",
};

static bool
find_type(const char *type, enum question_kind *ret)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (text_is(types[i].type, type)) {
			*ret = types[i].kind;
			return true;
		}
	}
	return false;
}

/* The attribute's value in no particular language, "" when absent. */
static const char *
attribute(const struct lss *lss, const char *qid, const char *name)
{
	for (size_t i = 0; i < lss->attributes.n; i++) {
		const struct lss_row *row = &lss->attributes.rows[i];

		if (text_is(row->cells[LSS_qid], qid) &&
		    text_is(row->cells[LSS_attribute], name) && *lss_cell(row, LSS_value))
			return row->cells[LSS_value];
	}
	return "";
}

/* The first scale; the second (columns, dual scale) belongs to kinds that we do not keep. */
static bool
is_first_scale(const struct lss_row *row)
{
	return lss_number(row, LSS_scale_id) == 0;
}

/* Rows of one question whose cell in a column has a value, of the first scale. */
static struct lss_table
rows_with(struct lss *lss, const struct lss_table *table, const char *qid,
    enum lss_column column, const char *value)
{
	struct lss_table some = { 0 };

	for (int counted = 0; counted < 2; counted++) {
		size_t n = 0;

		for (size_t i = 0; i < table->n; i++) {
			const struct lss_row *row = &table->rows[i];

			if (!text_is(row->cells[column], value) ||
			    !text_is(row->cells[LSS_qid], qid) || !is_first_scale(row))
				continue;
			if (counted)
				some.rows[n] = *row;
			n++;
		}
		if (!counted)
			some.rows = arena_array_of(lss->arena, struct lss_row, n);
		some.n = n;
	}
	return some;
}

/* An attribute that differs per language (other_replace_text); NULL when it is empty in all. */
static texts
attribute_texts(struct lss *lss, const char *qid, const char *name, const char *code)
{
	struct lss_table some = rows_with(lss, &lss->attributes, qid, LSS_attribute, name);

	return lss_texts(lss, &some, LSS_qid, qid, LSS_value, code);
}

/* A limit given as a plain number; an expression is reported. */
static bool
limit(struct lss *lss, const char *qid, const char *name, const char *code, double *ret)
{
	const char *text = attribute(lss, qid, name), *canonical;

	if (!*text)
		return false;
	if (questionnaire_number(lss->arena, text, &canonical, ret))
		return true;
	LSS_PUT(lss, "setting", code, name);
	return false;
}

static void
read_limits(struct lss *lss, const char *qid, struct question *question)
{
	const char *code = question->code;

	switch (question->kind) {
	case QUESTION_NUMBER:
		question->has_least =
		    limit(lss, qid, "min_num_value_n", code, &question->least);
		question->has_most = limit(lss, qid, "max_num_value_n", code, &question->most);
		question->whole = text_is(attribute(lss, qid, "num_value_int_only"), "1");
		break;
	case QUESTION_SHORT_TEXT:
	case QUESTION_LONG_TEXT:
		question->has_most = limit(lss, qid, "maximum_chars", code, &question->most) &&
				     question->most >= 1;
		break;
	case QUESTION_SEVERAL:
		question->has_least = limit(lss, qid, "min_answers", code, &question->least) &&
				      question->least >= 1;
		question->has_most = limit(lss, qid, "max_answers", code, &question->most) &&
				     question->most >= 1;
		break;
	default:
		break;
	}
}

static void
report_settings(struct lss *lss, const struct lss_row *row, const char *code)
{
	const char *qid = lss_cell(row, LSS_qid);

	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		const char *value = attribute(lss, qid, settings[i]);

		if (*value && !text_is(value, "0"))
			LSS_PUT(lss, "setting", code, settings[i]);
	}
	if (*lss_cell(row, LSS_preg))
		LSS_PUT(lss, "setting", code, "preg");
	if (text_is(row->cells[LSS_mandatory], "S"))
		LSS_PUT(lss, "setting", code, "soft_mandatory");
	for (size_t i = 0; i < lss->defaults.n; i++) {
		if (text_is(lss->defaults.rows[i].cells[LSS_qid], qid)) {
			LSS_PUT(lss, "setting", code, "default");
			break;
		}
	}
}

/* Is this row the first of its id? The old layout repeats it for each language. */
static bool
is_first(const struct lss_table *table, size_t at, enum lss_column id, enum lss_column within)
{
	for (size_t i = 0; i < at; i++)
		if (text_is(table->rows[i].cells[id], table->rows[at].cells[id]) &&
		    text_is(table->rows[i].cells[within], table->rows[at].cells[within]))
			return false;
	return true;
}

static void
read_rows(struct lss *lss, const char *qid, struct question *question)
{
	const struct lss_table *table = &lss->subquestions;
	struct question_row *rows = arena_array_of(lss->arena, struct question_row, table->n);

	for (size_t i = 0; i < table->n; i++) {
		const struct lss_row *row = &table->rows[i];
		struct question_row *to = &rows[question->n_rows];

		if (!text_is(row->cells[LSS_parent_qid], qid) || !is_first_scale(row) ||
		    !is_first(table, i, LSS_qid, LSS_parent_qid))
			continue;
		to->code = lss_cell(row, LSS_title);
		to->key = text_printf(lss->arena, "%s_%s", question->code, to->code);
		to->text = lss_texts(lss, lss->split ? &lss->question_texts : table, LSS_qid,
		    lss_cell(row, LSS_qid), LSS_question, to->key);
		question->n_rows++;
	}
	question->rows = rows;
}

/* The texts of a choice in the old layout, where rows are known by question, scale and code. */
static texts
old_choice_texts(struct lss *lss, const struct lss_row *choice, const char *code)
{
	const char *qid = lss_cell(choice, LSS_qid);
	struct lss_table same =
	    rows_with(lss, &lss->answers, qid, LSS_code, lss_cell(choice, LSS_code));

	return lss_texts(lss, &same, LSS_qid, qid, LSS_answer, code);
}

static void
read_choices(struct lss *lss, const char *qid, struct question *question)
{
	const struct lss_table *table = &lss->answers;
	struct question_choice *choices;

	choices = arena_array_of(lss->arena, struct question_choice, table->n);
	for (size_t i = 0; i < table->n; i++) {
		const struct lss_row *row = &table->rows[i];
		bool again = false;

		if (!text_is(row->cells[LSS_qid], qid) || !is_first_scale(row))
			continue;
		for (size_t k = 0; k < question->n_choices; k++)
			again |= text_is(choices[k].code, lss_cell(row, LSS_code));
		if (again)
			continue;
		choices[question->n_choices].code = lss_cell(row, LSS_code);
		choices[question->n_choices].text =
		    lss->split ? lss_texts(lss, &lss->answer_texts, LSS_aid,
				     lss_cell(row, LSS_aid), LSS_answer, question->code)
			       : old_choice_texts(lss, row, question->code);
		question->n_choices++;
	}
	question->choices = choices;
}

static bool
not_kept(struct lss *lss, const struct lss_row *row, const char *reason)
{
	LSS_PUT(lss, "not_kept", lss_code(lss, row), lss_cell(row, LSS_type), reason);
	lss->dropped[lss->n_dropped++] = row;
	return false;
}

/* What the kind needs to be answered: rows, choices. */
static const char *
read_parts(struct lss *lss, const char *qid, struct question *question)
{
	enum question_kind kind = question->kind;

	if (kind == QUESTION_GRID_FIVE || kind == QUESTION_GRID_OWN ||
	    kind == QUESTION_SEVERAL) {
		read_rows(lss, qid, question);
		if (question->n_rows == 0)
			return "no_rows";
	}
	if (kind == QUESTION_LIST || kind == QUESTION_DROPDOWN || kind == QUESTION_GRID_OWN) {
		read_choices(lss, qid, question);
		if (question->n_choices == 0)
			return "no_choices";
	}
	return 0;
}

bool
lss_question(struct lss *lss, const struct lss_row *row, struct question *ret)
{
	const char *qid = lss_cell(row, LSS_qid), *missing;
	const struct lss_table *source = lss->split ? &lss->question_texts : &lss->questions;
	struct question question = { .code = lss_code(lss, row) };

	if (!find_type(lss_cell(row, LSS_type), &question.kind))
		return not_kept(lss, row, "kind");
	if (text_is(attribute(lss, qid, "hidden"), "1"))
		return not_kept(lss, row, "hidden");
	/* Text that must be a number is a number here. */
	if (question.kind == QUESTION_SHORT_TEXT &&
	    text_is(attribute(lss, qid, "numbers_only"), "1"))
		question.kind = QUESTION_NUMBER;
	missing = read_parts(lss, qid, &question);
	if (missing)
		return not_kept(lss, row, missing);
	question.required =
	    text_is(row->cells[LSS_mandatory], "Y") && question.kind != QUESTION_NOTE;
	question.text = lss_texts(lss, source, LSS_qid, qid, LSS_question, question.code);
	question.help = lss_texts(lss, source, LSS_qid, qid, LSS_help, question.code);
	if (!question.text)
		question.text = arena_array_of(lss->arena, const char *, lss->q->n_languages);
	if (text_is(row->cells[LSS_other], "Y") &&
	    (question.kind == QUESTION_LIST || question.kind == QUESTION_DROPDOWN ||
		question.kind == QUESTION_SEVERAL)) {
		question.other = true;
		question.other_key = text_printf(lss->arena, "%s_other", question.code);
		question.other_text =
		    attribute_texts(lss, qid, "other_replace_text", question.code);
	}
	read_limits(lss, qid, &question);
	LSS_PUT(lss, "kept", question.code, lss_cell(row, LSS_type));
	report_settings(lss, row, question.code);
	if (question_is_0_to_10(&question))
		LSS_PUT(lss, "zero_to_ten", question.code);
	*ret = question;
	return true;
}
