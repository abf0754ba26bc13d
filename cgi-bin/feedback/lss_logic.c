/*
 * lss_logic.c: LimeSurvey's conditions in the questionnaire's language. Used by lss.c, in the
 * importer's child, once all questions stand.
 *
 * Two sources. `relevance` (of questions, subquestions, groups) is an expression: its names are
 * mapped to our codes and the rest is left to questionnaire_condition(), which refuses what it
 * does not know. Old-style rows of the table `conditions` win where a question has any, as they
 * do there: in one scenario AND over different questions and subquestions, OR over the rows of
 * one; scenarios are ORed. What is not understood in either makes the question always shown and
 * is reported; nothing is dropped in silence.
 */
#include "lss_impl.h"

#include <stdlib.h>
#include <string.h>

struct logic {
	struct lss *lss;
	const char *why; /* the first thing that was not understood */
};

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static void
give_up(struct logic *logic, const char *why)
{
	if (!logic->why)
		logic->why = why;
}

/* ---- Names ---- */

/* The key of a question's answer: of all of it (part ""), of one row, or what was written
 * beside "something else". */
static const char *
key_of(const struct question *question, const char *part)
{
	if (!*part)
		return question->code;
	for (size_t r = 0; r < question->n_rows; r++)
		if (text_is(question->rows[r].code, part))
			return question->rows[r].key;
	return question->other && text_is(part, "other") ? question->other_key : 0;
}

/* "12X3X45SQ1": the digits of the question's id end where a question of that id has such a
 * part. NULL with a reason when there is none. */
static const char *
map_field(struct logic *logic, const char *word)
{
	const struct lss *lss = logic->lss;
	size_t sid = strspn(word, "0123456789"), gid = 0, digits = 0;
	const char *id, *key;

	if (sid > 0 && word[sid] == 'X')
		gid = strspn(word + sid + 1, "0123456789");
	if (gid > 0 && word[sid + 1 + gid] == 'X')
		digits = strspn(word + sid + gid + 2, "0123456789");
	id = word + sid + gid + 2;
	for (; digits > 0; digits--) {
		const char *qid = arena_copy(lss->arena, id, digits);

		for (size_t i = 0; i < lss->q->n_questions; i++) {
			if (!text_is(lss_cell(lss->origin[i], LSS_qid), qid))
				continue;
			key = key_of(&lss->q->questions[i], id + digits);
			if (key)
				return key;
		}
		for (size_t i = 0; i < lss->n_dropped; i++)
			if (text_is(lss_cell(lss->dropped[i], LSS_qid), qid))
				give_up(logic, "not_kept");
	}
	give_up(logic, "unknown_name");
	return 0;
}

/* Does the name belong to a question that was not kept? */
static bool
is_dropped(const struct lss *lss, const char *name)
{
	for (size_t i = 0; i < lss->n_dropped; i++) {
		const char *title = lss_cell(lss->dropped[i], LSS_title);
		size_t n = strlen(title);

		if (n > 0 && strncmp(name, title, n) == 0 && (!name[n] || name[n] == '_'))
			return true;
	}
	return false;
}

/* ---- Expressions ---- */

/* One word of an expression: a name of ours, a keyword or a function's name. */
static void
add_word(struct logic *logic, struct buf *out, const char *word, char next)
{
	const struct lss *lss = logic->lss;
	size_t digits = strspn(word, "0123456789");

	if (digits > 0 && word[digits] == 'X') {
		const char *key = map_field(logic, word);

		buf_text(out, key ? key : word);
		return;
	}
	if ((text_is(word, "that") || text_is(word, "self")) && next == '.')
		give_up(logic, "that_self");
	else if ((text_is(word, "TOKEN") || text_is(word, "INSERTANS")) && next == ':')
		give_up(logic, "participant");
	else if (is_dropped(lss, word))
		give_up(logic, "not_kept");
	buf_text(out, word);
}

/* A quoted text, copied as it stands; where to go on. */
static const char *
copy_quoted(struct buf *out, const char *at)
{
	char quote = *at;

	buf_char(out, *at++);
	while (*at && *at != quote) {
		if (*at == '\\' && at[1])
			buf_char(out, *at++);
		buf_char(out, *at++);
	}
	if (*at)
		buf_char(out, *at++);
	return at;
}

/* The expression with our names in it. */
static const char *
translate(struct logic *logic, const char *expression)
{
	struct buf out = buf_new(logic->lss->arena);
	const char *at = expression;

	while (*at) {
		size_t n = 0;

		if (*at == '"' || *at == '\'') {
			at = copy_quoted(&out, at);
			continue;
		}
		while (is_word_char(at[n]))
			n++;
		if (n == 0) {
			buf_char(&out, *at++);
			continue;
		}
		add_word(logic, &out, arena_copy(logic->lss->arena, at, n), at[n]);
		at += n;
		/* What stands behind a dot is a suffix, not a name. */
		while (*at == '.' && is_word_char(at[1])) {
			do
				buf_char(&out, *at++);
			while (is_word_char(*at));
		}
	}
	return out.p ? out.p : "";
}

/* ---- Old-style rows ---- */

static bool
is_number(struct lss *lss, const char *text)
{
	const char *canonical;
	double number;

	return questionnaire_number(lss->arena, text, &canonical, &number) &&
	       text_is(text, canonical);
}

/* The right side of a comparison. */
static void
add_value(struct logic *logic, struct buf *out, const char *value, const char *method)
{
	size_t n = strlen(value);

	if (*value == '@' && n > 2 && value[n - 1] == '@') {
		const char *key =
		    map_field(logic, arena_copy(logic->lss->arena, value + 1, n - 2));

		buf_printf(out, "%s.NAOK", key ? key : "");
		return;
	}
	if (*value == '{')
		give_up(logic, "participant");
	if ((*method == '<' || *method == '>') && is_number(logic->lss, value)) {
		buf_text(out, value);
		return;
	}
	buf_char(out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			buf_char(out, '\\');
		buf_char(out, *value);
	}
	buf_char(out, '"');
}

/* The type of the question with this id, "" when there is none. */
static const char *
type_of(const struct lss *lss, const char *qid)
{
	for (size_t i = 0; i < lss->questions.n; i++)
		if (text_is(lss->questions.rows[i].cells[LSS_qid], qid))
			return lss_cell(&lss->questions.rows[i], LSS_type);
	return "";
}

/* One row as a comparison. */
static void
add_row(struct logic *logic, struct buf *out, const struct lss_row *row)
{
	static const char *const methods[] = { "==", "!=", "<=", ">=", "<", ">" };
	const char *field = lss_cell(row, LSS_cfieldname), *value = lss_cell(row, LSS_value);
	const char *method = text_trim(logic->lss->arena, lss_cell(row, LSS_method)), *key;
	const char *type = type_of(logic->lss, lss_cell(row, LSS_cqid));
	bool known = false;

	if (!*method)
		method = "==";
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		known |= text_is(method, methods[i]);
	if (!known)
		give_up(logic, text_is(method, "RX") ? "pattern" : "syntax");
	if (*field == '{') {
		give_up(logic, "participant");
		buf_printf(out, "%s %s %s", field, method, value);
		return;
	}
	if (*field == '+') {
		field++;
	} else if ((text_is(type, "M") || text_is(type, "P")) && *value && *value != ' ') {
		field = text_printf(logic->lss->arena, "%s%s", field, value);
		value = "Y";
	}
	key = map_field(logic, field);
	if (!key)
		key = field; /* only reported */
	if (!*value || text_is(value, " ")) {
		buf_printf(out, "%sis_empty(%s.NAOK)", text_is(method, "!=") ? "!" : "", key);
		return;
	}
	buf_printf(out, "%s.NAOK %s ", key, method);
	add_value(logic, out, value, method);
}

/* Do two rows of one scenario stand for the same answer? */
static bool
is_same_source(const struct lss_row *a, const struct lss_row *b)
{
	return text_is(lss_cell(a, LSS_cqid), lss_cell(b, LSS_cqid)) &&
	       text_is(lss_cell(a, LSS_cfieldname), lss_cell(b, LSS_cfieldname));
}

/* rows[0 .. n-1], all of one scenario: (a or b) and (c). done has one flag per row. */
static void
add_scenario(struct logic *logic, struct buf *out, const struct lss_row *const *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool seen = false;

		for (size_t k = 0; k < i; k++)
			seen |= is_same_source(rows[k], rows[i]);
		if (seen)
			continue;
		buf_text(out, i > 0 ? " and (" : "(");
		add_row(logic, out, rows[i]);
		for (size_t k = i + 1; k < n; k++) {
			if (is_same_source(rows[i], rows[k])) {
				buf_text(out, " or ");
				add_row(logic, out, rows[k]);
			}
		}
		buf_char(out, ')');
	}
}

/* The condition of the rows of question qid; NULL when it has none. The table is sorted by
 * scenario. */
static const char *
translate_rows(struct logic *logic, const char *qid)
{
	struct lss *lss = logic->lss;
	const struct lss_row **rows;
	struct buf out = buf_new(lss->arena);
	size_t n = 0, first = 0;

	rows = arena_array_of(lss->arena, const struct lss_row *, lss->conditions.n);
	for (size_t i = 0; i < lss->conditions.n; i++)
		if (text_is(lss->conditions.rows[i].cells[LSS_qid], qid))
			rows[n++] = &lss->conditions.rows[i];
	if (n == 0)
		return 0;
	for (size_t i = 1; i <= n; i++) {
		if (i < n &&
		    lss_number(rows[i], LSS_scenario) == lss_number(rows[first], LSS_scenario))
			continue;
		buf_text(&out, first > 0 ? " or (" : "(");
		add_scenario(logic, &out, rows + first, i - first);
		buf_char(&out, ')');
		first = i;
	}
	return out.p;
}

/* ---- Putting them in ---- */

/* Compiles what was translated; on any doubt "always", with a report. */
static const struct condition *
settle(struct logic *logic, const char *code, const char *source, const char *translated,
    size_t before)
{
	struct lss *lss = logic->lss;
	const struct condition *condition = 0;
	const char *why = 0;

	if (!logic->why && questionnaire_condition(
			       lss->arena, lss->q, before, translated, &condition, &why) != OK)
		logic->why = why;
	if (!logic->why)
		return condition;
	LSS_PUT(lss, "condition", code, source, logic->why);
	return 0;
}

static const struct condition *
of_expression(struct lss *lss, const char *code, const char *expression, size_t before)
{
	struct logic logic = { .lss = lss };

	expression = text_trim(lss->arena, expression);
	if (!*expression || text_is(expression, "1"))
		return 0;
	return settle(&logic, code, expression, translate(&logic, expression), before);
}

static void
set_rows(struct lss *lss, size_t i)
{
	const struct question *question = &lss->list[i];
	const char *qid = lss_cell(lss->origin[i], LSS_qid);
	struct question_row *rows =
	    arena_array_of(lss->arena, struct question_row, question->n_rows);

	for (size_t r = 0; r < question->n_rows; r++) {
		rows[r] = question->rows[r];
		for (size_t k = 0; k < lss->subquestions.n; k++) {
			const struct lss_row *row = &lss->subquestions.rows[k];

			if (!text_is(row->cells[LSS_parent_qid], qid) ||
			    !text_is(lss_cell(row, LSS_title), rows[r].code))
				continue;
			rows[r].condition =
			    of_expression(lss, rows[r].key, lss_cell(row, LSS_relevance), i);
			break;
		}
	}
	lss->list[i].rows = rows;
}

void
lss_conditions(
    struct lss *lss, struct question_group *groups, const struct lss_row *const *group_rows)
{
	for (size_t g = 0; g < lss->q->n_groups; g++)
		groups[g].condition =
		    of_expression(lss, text_printf(lss->arena, "group/%zu", g + 1),
			lss_cell(group_rows[g], LSS_grelevance), groups[g].first);
	for (size_t i = 0; i < lss->q->n_questions; i++) {
		const struct lss_row *row = lss->origin[i];
		struct logic logic = { .lss = lss };
		const char *rows = translate_rows(&logic, lss_cell(row, LSS_qid));

		if (rows)
			lss->list[i].condition =
			    settle(&logic, lss->list[i].code, rows, rows, i);
		else
			lss->list[i].condition = of_expression(
			    lss, lss->list[i].code, lss_cell(row, LSS_relevance), i);
		set_rows(lss, i);
	}
}
