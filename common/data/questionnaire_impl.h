/*
 * questionnaire_impl.h: what the files of the questionnaire engine share. Nobody else includes
 * it.
 */
#ifndef KEPTWORD_QUESTIONNAIRE_IMPL_H
#define KEPTWORD_QUESTIONNAIRE_IMPL_H

#include "data/questionnaire.h"

#include <jansson.h>

/* A compiled condition: a tree in the arena it was compiled in. */
enum condition_op {
	OP_OR,
	OP_AND,
	OP_NOT,
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_TEXT, /* a literal: text */
	OP_NAME, /* an answer: key, question, row */
	OP_EMPTY,
	OP_COUNT,
	OP_SUM, /* a is the first of the arguments, linked by next */
};

struct condition_node {
	enum condition_op op;
	struct condition_node *a, *b, *next;
	const char *text;     /* literal, or an answer's key */
	size_t question, row; /* of a name; row QUESTION_WHOLE or QUESTION_OTHER */
	bool hidden_ok;       /* .NAOK */
	bool label;           /* .shown */
};

struct condition {
	const char *text;
	const struct condition_node *root;
};

/* Does the condition name an answer of the questions first .. end-1? NULL names none. */
bool condition_reads(const struct condition *condition, size_t first, size_t end);

/* Is the condition true for these answers? NULL is. shown: what is decided so far, at least all
 * questions that the condition names. */
bool condition_holds(const struct condition *condition, const struct questionnaire *q,
    const struct answers *answers, const struct questionnaire_view *shown);

/* A decimal number in canonical form and nothing else: an optional '-', digits, at most one
 * dot with digits behind it. */
bool decimal_value(const char *text, double *ret);

/* Cuts the groups into pages (questionnaire.h): into pages, which has room for one page per
 * question and one per group; how many. Reads groups and questions of q. */
size_t questionnaire_cut(const struct questionnaire *q, struct question_page *pages);

/* The fixed choices of a kind, NULL when it has none of its own. */
const struct question_choice *question_fixed_choices(enum question_kind kind, size_t *ret_n);

/* Adds a JSON string, quoted and escaped. */
void json_quoted(struct buf *out, const char *text);

/* Does the kind answer row by row? */
bool question_has_rows(enum question_kind kind);

#endif
