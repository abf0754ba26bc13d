/*
 * questionnaire_json.c: the document of a questionnaire, read with every check and written in
 * one fixed form. The format stands in questionnaire.h.
 *
 * A document may come from a parser child that has worked on somebody's file, so nothing in it
 * is believed: kinds, codes, limits, uniqueness of keys and every condition are checked here,
 * and the rest of the engine may then rely on them. Reading copies all texts into the arena.
 */
#include "data/json.h"
#include "data/questionnaire.h"
#include "data/questionnaire_impl.h"

#include <math.h>
#include <string.h>

#define FORMAT 1

void
json_quoted(struct buf *out, const char *text)
{
	buf_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(out, '\\');
		if (*text == '\n')
			buf_text(out, "\\n");
		else if ((unsigned char)*text < 0x20)
			buf_printf(out, "\\u%04x", (unsigned)(unsigned char)*text);
		else
			buf_char(out, *text);
	}
	buf_char(out, '"');
}

/* ---- Reading ---- */

struct load {
	struct arena *arena;
	struct questionnaire *q;
	struct questionnaire_fault fault; /* the first; code NULL: none */
	const char *where;                /* what is being read */
};

static bool
refuse(struct load *load, const char *code, const char *detail)
{
	if (!load->fault.code)
		load->fault = (struct questionnaire_fault){ code, load->where, detail };
	return false;
}

/* A text without controls but TAB and LF, within the limit. */
static const char *
read_text(struct load *load, const json_t *value)
{
	const char *text = json_string_value(value);

	if (!text || strlen(text) > QUESTIONNAIRE_TEXT_MAX || text_has_control(text, false)) {
		(void)refuse(load, "text", 0);
		return "";
	}
	return text_copy(load->arena, text);
}

/* {"en": "…"} into one entry per language; NULL when the member is absent. */
static texts
read_texts(struct load *load, json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name), *text;
	const struct questionnaire *q = load->q;
	const char **out, *language;

	if (!value)
		return 0;
	if (!json_is_object(value)) {
		(void)refuse(load, "text", name);
		return 0;
	}
	out = arena_array_of(load->arena, const char *, q->n_languages);
	json_object_foreach(value, language, text)
	{
		size_t i = 0;

		while (i < q->n_languages && !text_is(q->languages[i], language))
			i++;
		if (i == q->n_languages)
			(void)refuse(load, "language", name);
		else
			out[i] = read_text(load, text);
	}
	return out;
}

/* A code: letters, digits and '_', beginning with a letter when it is a question's. */
static const char *
read_code(struct load *load, json_t *object, bool of_question)
{
	const char *code = json_string_value(json_object_get(object, "code"));
	size_t n = code ? strlen(code) : 0;
	bool good = n > 0 && n <= QUESTIONNAIRE_CODE_MAX &&
		    strspn(code,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == n;

	if (good && of_question)
		good = strspn(code, "0123456789_") == 0;
	if (!good) {
		(void)refuse(load, "code", 0);
		return "";
	}
	return text_copy(load->arena, code);
}

static const char *
read_choice_code(struct load *load, json_t *object)
{
	const char *code = json_string_value(json_object_get(object, "code"));

	if (text_empty(code) || strlen(code) > QUESTIONNAIRE_CODE_MAX ||
	    text_has_control(code, true) || text_is(code, QUESTION_OTHER_CODE)) {
		(void)refuse(load, "code", 0);
		return "";
	}
	return text_copy(load->arena, code);
}

static bool
read_flag(struct load *load, json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);

	if (value && !json_is_boolean(value))
		(void)refuse(load, "format", name);
	return json_is_true(value);
}

static bool
read_limit(struct load *load, json_t *object, const char *name, double *ret)
{
	json_t *value = json_object_get(object, name);

	if (!value)
		return false;
	if (!json_is_number(value) || fabs(json_number_value(value)) > 1e15) {
		(void)refuse(load, "limit", name);
		return false;
	}
	*ret = json_number_value(value);
	return true;
}

/* A condition that stands before question `before`. */
static const struct condition *
read_condition(struct load *load, json_t *object, size_t before)
{
	json_t *value = json_object_get(object, "condition");
	const struct condition *condition = 0;
	const char *why = "syntax";

	if (!value)
		return 0;
	if (!json_is_string(value) || questionnaire_condition(load->arena, load->q, before,
					  json_string_value(value), &condition, &why) != OK)
		(void)refuse(load, "condition", why);
	return condition;
}

/* An array member's length within [least, most]; absent counts as empty. */
static size_t
read_length(struct load *load, json_t *object, const char *name, size_t least, size_t most)
{
	json_t *array = json_object_get(object, name);
	size_t n = json_array_size(array);

	if ((array && !json_is_array(array)) || n < least || n > most) {
		(void)refuse(load, "limit", name);
		return 0;
	}
	return n;
}

static void
read_rows(struct load *load, json_t *object, struct question *question, size_t before)
{
	json_t *array = json_object_get(object, "rows");
	struct question_row *rows;

	question->n_rows = read_length(load, object, "rows", 0, QUESTIONNAIRE_ROWS_MAX);
	rows = arena_array_of(load->arena, struct question_row, question->n_rows);
	question->rows = rows;
	for (size_t r = 0; r < question->n_rows; r++) {
		json_t *row = json_array_get(array, r);

		rows[r].code = read_code(load, row, false);
		rows[r].key = text_printf(load->arena, "%s_%s", question->code, rows[r].code);
		rows[r].text = read_texts(load, row, "text");
		rows[r].condition = read_condition(load, row, before);
	}
	if ((question->n_rows > 0) != question_has_rows(question->kind))
		(void)refuse(load, "rows", 0);
}

static void
read_choices(struct load *load, json_t *object, struct question *question)
{
	json_t *array = json_object_get(object, "choices");
	size_t n = read_length(load, object, "choices", 0, QUESTIONNAIRE_ROWS_MAX);
	bool own = question->kind == QUESTION_LIST || question->kind == QUESTION_DROPDOWN ||
		   question->kind == QUESTION_GRID_OWN;
	struct question_choice *choices =
	    arena_array_of(load->arena, struct question_choice, n);

	if ((n > 0) != own)
		(void)refuse(load, "choices", 0);
	for (size_t i = 0; i < n; i++) {
		json_t *choice = json_array_get(array, i);

		choices[i].code = read_choice_code(load, choice);
		choices[i].text = read_texts(load, choice, "text");
		for (size_t k = 0; k < i; k++)
			if (text_is(choices[k].code, choices[i].code))
				(void)refuse(load, "repeated", choices[i].code);
	}
	question->choices = choices;
	question->n_choices = n;
	if (!own)
		question->choices =
		    question_fixed_choices(question->kind, &question->n_choices);
}

static void
read_other(struct load *load, json_t *object, struct question *question)
{
	question->other = read_flag(load, object, "other");
	question->other_text = read_texts(load, object, "other_text");
	if (question->other && question->kind != QUESTION_LIST &&
	    question->kind != QUESTION_DROPDOWN && question->kind != QUESTION_SEVERAL)
		(void)refuse(load, "choices", "other");
	if (question->other)
		question->other_key = text_printf(load->arena, "%s_other", question->code);
}

/* Reads what stands in the question but its conditions. */
static void
read_question(struct load *load, json_t *object, struct question *question, size_t before)
{
	question->code = read_code(load, object, true);
	load->where = text_printf(load->arena, "questions[%zu]/%s", before, question->code);
	if (!question_kind_of(
		json_string_value(json_object_get(object, "kind")), &question->kind)) {
		(void)refuse(load, "kind", 0);
		return;
	}
	question->required = read_flag(load, object, "required");
	question->whole = read_flag(load, object, "whole");
	question->text = read_texts(load, object, "text");
	question->help = read_texts(load, object, "help");
	if (!question->text)
		(void)refuse(load, "missing", "text");
	read_other(load, object, question);
	read_choices(load, object, question);
	question->has_least = read_limit(load, object, "least", &question->least);
	question->has_most = read_limit(load, object, "most", &question->most);
	read_rows(load, object, question, before);
	question->condition = read_condition(load, object, before);
}

static void
read_groups(
    struct load *load, json_t *array, struct question_group *groups, struct question *questions)
{
	size_t at = 0;

	for (size_t g = 0; g < load->q->n_groups && !load->fault.code; g++) {
		json_t *object = json_array_get(array, g);
		json_t *list = json_object_get(object, "questions");

		load->where = text_printf(load->arena, "groups[%zu]", g);
		groups[g].first = at;
		groups[g].n = json_array_size(list);
		groups[g].title = read_texts(load, object, "title");
		groups[g].text = read_texts(load, object, "text");
		groups[g].condition = read_condition(load, object, at);
		for (size_t i = 0; i < groups[g].n && !load->fault.code; i++, at++) {
			questions[at].group = g;
			read_question(load, json_array_get(list, i), &questions[at], at);
			/* Conditions behind may name it from here on. */
			load->q->n_questions = at + 1;
		}
	}
}

static int
compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every key of an answer stands for one thing. */
static void
check_keys(struct load *load)
{
	const struct questionnaire *q = load->q;
	const char **keys;
	size_t n = 0;

	for (size_t i = 0; i < q->n_questions; i++)
		n += 2 + q->questions[i].n_rows;
	keys = arena_array_of(load->arena, const char *, n);
	n = 0;
	for (size_t i = 0; i < q->n_questions; i++) {
		const struct question *question = &q->questions[i];

		keys[n++] = question->code;
		if (question->other)
			keys[n++] = question->other_key;
		for (size_t r = 0; r < question->n_rows; r++)
			keys[n++] = question->rows[r].key;
	}
	qsort(keys, n, sizeof(*keys), compare_keys);
	load->where = "questions";
	for (size_t i = 1; i < n; i++)
		if (text_is(keys[i - 1], keys[i]))
			(void)refuse(load, "repeated", keys[i]);
}

/* Letters, digits and '-': enough to be a lang attribute. */
static bool
read_languages(struct load *load, json_t *root)
{
	json_t *array = json_object_get(root, "languages");
	size_t n = read_length(load, root, "languages", 1, QUESTIONNAIRE_LANGUAGES_MAX);
	const char **languages = arena_array_of(load->arena, const char *, n);

	for (size_t i = 0; i < n; i++) {
		const char *name = json_string_value(json_array_get(array, i));

		languages[i] = text_copy(load->arena, name);
		if (text_empty(name) || strlen(name) > 35 ||
		    name[strspn(name,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")])
			return refuse(load, "language", 0);
		for (size_t k = 0; k < i; k++)
			if (text_is_nocase(languages[k], name))
				return refuse(load, "repeated", languages[i]);
	}
	load->q->languages = languages;
	load->q->n_languages = n;
	return n > 0;
}

/* Sizes everything, then reads it. */
static void
read_root(struct load *load, json_t *root)
{
	struct questionnaire *q = load->q;
	json_t *groups = json_object_get(root, "groups"), *group;
	struct question_page *pages;
	struct question_group *all;
	struct question *questions;
	size_t i, n = 0;

	if (json_integer_value(json_object_get(root, "format")) != FORMAT) {
		(void)refuse(load, "format", 0);
		return;
	}
	if (!read_languages(load, root))
		return;
	q->title = read_texts(load, root, "title");
	q->welcome = read_texts(load, root, "welcome");
	q->end = read_texts(load, root, "end");
	if (!q->title)
		(void)refuse(load, "missing", "title");
	q->n_groups = read_length(load, root, "groups", 1, QUESTIONNAIRE_GROUPS_MAX);
	json_array_foreach(groups, i, group) n +=
	    json_array_size(json_object_get(group, "questions"));
	if (n < 1 || n > QUESTIONNAIRE_QUESTIONS_MAX)
		(void)refuse(load, "limit", "questions");
	if (load->fault.code)
		return;
	all = arena_array_of(load->arena, struct question_group, q->n_groups);
	questions = arena_array_of(load->arena, struct question, n);
	q->groups = all;
	q->questions = questions;
	read_groups(load, groups, all, questions);
	if (load->fault.code)
		return;
	check_keys(load);
	pages = arena_array_of(load->arena, struct question_page, n + q->n_groups);
	q->n_pages = questionnaire_cut(q, pages);
	q->pages = pages;
}

enum status
questionnaire_read(struct arena *arena, const char *json, size_t n,
    const struct questionnaire **ret, struct questionnaire_fault *ret_fault)
{
	struct load load = { .arena = arena, .where = "" };
	json_t *root = 0;

	load.q = arena_new_of(arena, struct questionnaire);
	if (n <= QUESTIONNAIRE_BYTES_MAX)
		root = json_read(arena, (struct bytes){ (const unsigned char *)json, n });
	if (!json_is_object(root))
		(void)refuse(&load, n > QUESTIONNAIRE_BYTES_MAX ? "limit" : "not_json", 0);
	else
		read_root(&load, root);
	if (load.fault.code) {
		*ret_fault = load.fault;
		return E_INPUT;
	}
	*ret = load.q;
	return OK;
}

/* ---- Writing ---- */

struct dump {
	const struct questionnaire *q;
	struct buf out;
};

/* ,"name": unless it is the first member of its object. */
static void
add_name(struct dump *dump, const char *name)
{
	if (dump->out.p[dump->out.n - 1] != '{')
		buf_char(&dump->out, ',');
	json_quoted(&dump->out, name);
	buf_char(&dump->out, ':');
}

static void
add_text(struct dump *dump, const char *name, const char *text)
{
	if (!text)
		return;
	add_name(dump, name);
	json_quoted(&dump->out, text);
}

static void
add_texts(struct dump *dump, const char *name, texts text)
{
	if (!text)
		return;
	add_name(dump, name);
	buf_char(&dump->out, '{');
	for (size_t i = 0; i < dump->q->n_languages; i++)
		add_text(dump, dump->q->languages[i], text[i]);
	buf_char(&dump->out, '}');
}

static void
add_flag(struct dump *dump, const char *name, bool flag)
{
	if (!flag)
		return;
	add_name(dump, name);
	buf_text(&dump->out, "true");
}

static void
add_limit(struct dump *dump, const char *name, bool given, double limit)
{
	if (!given)
		return;
	add_name(dump, name);
	buf_printf(&dump->out, "%.15g", limit);
}

/* Begins the array's next object. */
static void
add_object(struct dump *dump)
{
	if (dump->out.p[dump->out.n - 1] != '[')
		buf_char(&dump->out, ',');
	buf_char(&dump->out, '{');
}

static void
add_question(struct dump *dump, const struct question *question)
{
	size_t fixed;

	add_object(dump);
	add_text(dump, "code", question->code);
	add_text(dump, "kind", question_kind_name(question->kind));
	add_flag(dump, "required", question->required);
	add_texts(dump, "text", question->text);
	add_texts(dump, "help", question->help);
	add_text(dump, "condition", condition_text(question->condition));
	add_flag(dump, "other", question->other);
	add_texts(dump, "other_text", question->other_text);
	add_limit(dump, "least", question->has_least, question->least);
	add_limit(dump, "most", question->has_most, question->most);
	add_flag(dump, "whole", question->whole);
	if (question->n_rows > 0) {
		add_name(dump, "rows");
		buf_char(&dump->out, '[');
		for (size_t i = 0; i < question->n_rows; i++) {
			add_object(dump);
			add_text(dump, "code", question->rows[i].code);
			add_texts(dump, "text", question->rows[i].text);
			add_text(
			    dump, "condition", condition_text(question->rows[i].condition));
			buf_char(&dump->out, '}');
		}
		buf_char(&dump->out, ']');
	}
	if (question->n_choices > 0 && !question_fixed_choices(question->kind, &fixed)) {
		add_name(dump, "choices");
		buf_char(&dump->out, '[');
		for (size_t i = 0; i < question->n_choices; i++) {
			add_object(dump);
			add_text(dump, "code", question->choices[i].code);
			add_texts(dump, "text", question->choices[i].text);
			buf_char(&dump->out, '}');
		}
		buf_char(&dump->out, ']');
	}
	buf_char(&dump->out, '}');
}

const char *
questionnaire_write(struct arena *arena, const struct questionnaire *q)
{
	struct dump dump = { .q = q, .out = buf_new(arena) };

	buf_printf(&dump.out, "{\"format\":%d,\"languages\":[", FORMAT);
	for (size_t i = 0; i < q->n_languages; i++) {
		if (i > 0)
			buf_char(&dump.out, ',');
		json_quoted(&dump.out, q->languages[i]);
	}
	buf_char(&dump.out, ']');
	add_texts(&dump, "title", q->title);
	add_texts(&dump, "welcome", q->welcome);
	add_texts(&dump, "end", q->end);
	add_name(&dump, "groups");
	buf_char(&dump.out, '[');
	for (size_t g = 0; g < q->n_groups; g++) {
		const struct question_group *group = &q->groups[g];

		add_object(&dump);
		add_texts(&dump, "title", group->title);
		add_texts(&dump, "text", group->text);
		add_text(&dump, "condition", condition_text(group->condition));
		add_name(&dump, "questions");
		buf_char(&dump.out, '[');
		for (size_t i = group->first; i < group->first + group->n; i++)
			add_question(&dump, &q->questions[i]);
		buf_text(&dump.out, "]}");
	}
	buf_text(&dump.out, "]}");
	return dump.out.p;
}
