/*
 * questionnaire_condition.c: compiles the text of a condition to a tree (questionnaire.h says
 * what may stand in it; questionnaire_logic.c evaluates it).
 *
 * Used by questionnaire_json.c for what a document holds and by importers, which compile what
 * they have translated before they write it down. A text has at most
 * QUESTIONNAIRE_CONDITION_MAX bytes and brackets DEPTH_MAX deep, so neither compiling nor
 * evaluating can exhaust the stack. After the first fault every token is TOKEN_BAD, on which
 * each rule of the grammar ends.
 */
#include "data/questionnaire.h"
#include "data/questionnaire_impl.h"

#include <string.h>

#define DEPTH_MAX 40

enum suffix {
	SUFFIX_NONE,
	SUFFIX_NAOK,
	SUFFIX_SHOWN
};

enum token {
	TOKEN_END,
	TOKEN_BAD,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_COMMA,
	TOKEN_OR,
	TOKEN_AND,
	TOKEN_NOT,
	TOKEN_EQ,
	TOKEN_NE,
	TOKEN_LT,
	TOKEN_LE,
	TOKEN_GT,
	TOKEN_GE,
	TOKEN_NUMBER,
	TOKEN_TEXT,
	TOKEN_NAME
};

struct reader {
	struct arena *arena;
	const struct questionnaire *q;
	size_t before;
	const char *at; /* behind the token */
	enum token token;
	const char *word; /* of a number, text or name */
	unsigned depth;
	const char *why; /* first fault; NULL: none */
};

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_char(char c)
{
	return is_name_start(c) || is_digit(c) || c == '_';
}

static void
fault(struct reader *reader, const char *why)
{
	if (!reader->why)
		reader->why = why;
	reader->token = TOKEN_BAD;
}

/* ---- Tokens ---- */

static const struct {
	const char *text;
	enum token token;
} signs[] = {
	/* longer before shorter */
	{ "==", TOKEN_EQ },
	{ "!=", TOKEN_NE },
	{ "<=", TOKEN_LE },
	{ ">=", TOKEN_GE },
	{ "&&", TOKEN_AND },
	{ "||", TOKEN_OR },
	{ "<", TOKEN_LT },
	{ ">", TOKEN_GT },
	{ "!", TOKEN_NOT },
	{ "(", TOKEN_OPEN },
	{ ")", TOKEN_CLOSE },
	{ ",", TOKEN_COMMA },
};

static const struct {
	const char *word;
	enum token token;
} words[] = {
	{ "and", TOKEN_AND },
	{ "or", TOKEN_OR },
	{ "not", TOKEN_NOT },
	{ "eq", TOKEN_EQ },
	{ "ne", TOKEN_NE },
	{ "lt", TOKEN_LT },
	{ "le", TOKEN_LE },
	{ "gt", TOKEN_GT },
	{ "ge", TOKEN_GE },
};

/* A quoted text; a backslash keeps the quote (or itself) as a character. */
static void
read_quoted(struct reader *reader)
{
	char quote = *reader->at++;
	struct buf out = buf_new(reader->arena);

	while (*reader->at && *reader->at != quote) {
		if (*reader->at == '\\' && (reader->at[1] == quote || reader->at[1] == '\\'))
			reader->at++;
		buf_char(&out, *reader->at++);
	}
	if (!*reader->at) {
		fault(reader, "syntax");
		return;
	}
	reader->at++;
	buf_char(&out, '\0');
	reader->word = out.p;
	reader->token = TOKEN_TEXT;
}

static void
read_number(struct reader *reader)
{
	const char *from = reader->at;
	double ignored;

	if (*reader->at == '-')
		reader->at++;
	while (is_digit(*reader->at) || *reader->at == '.')
		reader->at++;
	/* ".5" is a number in LimeSurvey's language too. */
	reader->word = arena_copy(reader->arena, from, (size_t)(reader->at - from));
	if (*reader->word == '.')
		reader->word = text_printf(reader->arena, "0%s", reader->word);
	reader->token = TOKEN_NUMBER;
	if (is_name_char(*reader->at) || !decimal_value(reader->word, &ignored))
		fault(reader, "syntax");
}

static void
read_name(struct reader *reader)
{
	const char *from = reader->at;

	while (is_name_char(*reader->at))
		reader->at++;
	reader->word = arena_copy(reader->arena, from, (size_t)(reader->at - from));
	reader->token = TOKEN_NAME;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (text_is_nocase(reader->word, words[i].word))
			reader->token = words[i].token;
}

static void
next_token(struct reader *reader)
{
	const char *at = reader->at;

	if (reader->why)
		return;
	at += strspn(at, " \t\r\n");
	reader->at = at;
	if (!*at) {
		reader->token = TOKEN_END;
		return;
	}
	if (*at == '"' || *at == '\'') {
		read_quoted(reader);
		return;
	}
	if (is_digit(*at) || ((*at == '-' || *at == '.') && is_digit(at[1]))) {
		read_number(reader);
		return;
	}
	if (is_name_start(*at)) {
		read_name(reader);
		return;
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (text_starts(at, signs[i].text)) {
			reader->at += strlen(signs[i].text);
			reader->token = signs[i].token;
			return;
		}
	}
	fault(reader, "syntax");
}

/* ---- Names ---- */

/* The answer that a key names, among questions 0 .. n-1. */
static bool
find_answer(
    const struct questionnaire *q, size_t n, const char *key, struct condition_node *ret)
{
	for (size_t i = 0; i < n; i++) {
		const struct question *question = &q->questions[i];
		bool rows = question_has_rows(question->kind);

		ret->question = i;
		if (!rows && question->kind != QUESTION_NOTE && text_is(key, question->code)) {
			ret->row = QUESTION_WHOLE;
			return true;
		}
		if (question->other && text_is(key, question->other_key)) {
			ret->row = QUESTION_OTHER;
			return true;
		}
		for (size_t r = 0; rows && r < question->n_rows; r++) {
			if (text_is(key, question->rows[r].key)) {
				ret->row = r;
				return true;
			}
		}
	}
	return false;
}

static struct condition_node *
new_node(struct reader *reader, enum condition_op op)
{
	struct condition_node *node = arena_new_of(reader->arena, struct condition_node);

	node->op = op;
	return node;
}

/* ".NAOK" and the like behind a name. Several may follow each other. */
static void
read_suffixes(struct reader *reader, struct condition_node *node)
{
	static const struct {
		const char *text;
		enum suffix suffix;
	} suffixes[] = {
		{ ".NAOK", SUFFIX_NAOK },
		{ ".shown", SUFFIX_SHOWN },
		{ ".value", SUFFIX_NONE },
		{ ".code", SUFFIX_NONE },
	};

	while (*reader->at == '.') {
		size_t i = 0, n = sizeof(suffixes) / sizeof(*suffixes);

		while (i < n && !text_starts(reader->at, suffixes[i].text))
			i++;
		if (i == n || is_name_char(reader->at[strlen(suffixes[i].text)])) {
			fault(reader, "syntax");
			return;
		}
		node->hidden_ok |= suffixes[i].suffix == SUFFIX_NAOK;
		node->label |= suffixes[i].suffix == SUFFIX_SHOWN;
		reader->at += strlen(suffixes[i].text);
	}
}

static struct condition_node *
parse_name(struct reader *reader)
{
	struct condition_node *node = new_node(reader, OP_NAME);

	node->text = reader->word;
	if (!find_answer(reader->q, reader->before, node->text, node)) {
		struct condition_node later = { 0 };

		fault(reader, find_answer(reader->q, reader->q->n_questions, node->text, &later)
				  ? "later"
				  : "unknown_name");
		return node;
	}
	read_suffixes(reader, node);
	next_token(reader);
	return node;
}

/* ---- Grammar ---- */

static struct condition_node *parse_or(struct reader *reader);

static struct condition_node *
parse_call(struct reader *reader)
{
	static const struct {
		const char *name;
		enum condition_op op;
	} functions[] = {
		{ "is_empty", OP_EMPTY },
		{ "count", OP_COUNT },
		{ "sum", OP_SUM },
	};
	struct condition_node *node = 0, **end;

	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (text_is(reader->word, functions[i].name))
			node = new_node(reader, functions[i].op);
	if (!node) {
		fault(reader, "function");
		return new_node(reader, OP_TEXT);
	}
	next_token(reader); /* the bracket */
	end = &node->a;
	do {
		next_token(reader);
		*end = parse_or(reader);
		end = &(*end)->next;
	} while (reader->token == TOKEN_COMMA);
	if (reader->token != TOKEN_CLOSE || (node->op == OP_EMPTY && node->a->next))
		fault(reader, "syntax");
	next_token(reader);
	return node;
}

static struct condition_node *
parse_primary(struct reader *reader)
{
	struct condition_node *node;

	switch (reader->token) {
	case TOKEN_NUMBER:
	case TOKEN_TEXT:
		node = new_node(reader, OP_TEXT);
		node->text = reader->word;
		next_token(reader);
		return node;
	case TOKEN_NAME:
		if (reader->at[strspn(reader->at, " \t")] == '(')
			return parse_call(reader);
		return parse_name(reader);
	case TOKEN_OPEN:
		next_token(reader);
		node = parse_or(reader);
		if (reader->token != TOKEN_CLOSE)
			fault(reader, "syntax");
		next_token(reader);
		return node;
	default:
		fault(reader, "syntax");
		return new_node(reader, OP_TEXT);
	}
}

static struct condition_node *
parse_compare(struct reader *reader)
{
	struct condition_node *left = parse_primary(reader), *node;

	if (reader->token < TOKEN_EQ || reader->token > TOKEN_GE)
		return left;
	node = new_node(reader, (enum condition_op)(OP_EQ + (reader->token - TOKEN_EQ)));
	next_token(reader);
	node->a = left;
	node->b = parse_primary(reader);
	return node;
}

static struct condition_node *
parse_not(struct reader *reader)
{
	struct condition_node *node;

	if (reader->token != TOKEN_NOT)
		return parse_compare(reader);
	if (++reader->depth > DEPTH_MAX) {
		fault(reader, "limit");
		return new_node(reader, OP_TEXT);
	}
	next_token(reader);
	node = new_node(reader, OP_NOT);
	node->a = parse_not(reader);
	reader->depth--;
	return node;
}

static struct condition_node *
parse_and(struct reader *reader)
{
	struct condition_node *left = parse_not(reader);

	while (reader->token == TOKEN_AND) {
		struct condition_node *node = new_node(reader, OP_AND);

		next_token(reader);
		node->a = left;
		node->b = parse_not(reader);
		left = node;
	}
	return left;
}

static struct condition_node *
parse_or(struct reader *reader)
{
	struct condition_node *left;

	if (++reader->depth > DEPTH_MAX) {
		fault(reader, "limit");
		return new_node(reader, OP_TEXT);
	}
	left = parse_and(reader);
	while (reader->token == TOKEN_OR) {
		struct condition_node *node = new_node(reader, OP_OR);

		next_token(reader);
		node->a = left;
		node->b = parse_and(reader);
		left = node;
	}
	reader->depth--;
	return left;
}

enum status
questionnaire_condition(struct arena *arena, const struct questionnaire *q, size_t before,
    const char *text, const struct condition **ret, const char **ret_why)
{
	struct reader reader = { .arena = arena, .q = q, .before = before };
	struct condition *condition;
	const char *trimmed = text_trim(arena, text ? text : "");

	if (!*trimmed || text_is(trimmed, "1")) {
		*ret = 0;
		return OK;
	}
	if (strlen(trimmed) > QUESTIONNAIRE_CONDITION_MAX) {
		*ret_why = "limit";
		return E_INPUT;
	}
	reader.at = trimmed;
	condition = arena_new_of(arena, struct condition);
	condition->text = trimmed;
	next_token(&reader);
	condition->root = parse_or(&reader);
	if (!reader.why && reader.token != TOKEN_END)
		reader.why = "syntax";
	if (reader.why) {
		*ret_why = reader.why;
		return E_INPUT;
	}
	*ret = condition;
	return OK;
}

const char *
condition_text(const struct condition *condition)
{
	return condition ? condition->text : 0;
}
