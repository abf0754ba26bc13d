/*
 * lss_impl.h: what the files of the .lss importer share. Nobody else includes it.
 *
 *   lss.c           what the file is, its languages, groups and questions in order
 *   lss_question.c  one question: kind, rows, choices, settings
 *   lss_logic.c     conditions and expressions
 *   lss_table.c     tables of the file as rows of cells
 *   lss_text.c      HTML to plain text
 */
#ifndef KEPTWORD_FEEDBACK_LSS_IMPL_H
#define KEPTWORD_FEEDBACK_LSS_IMPL_H

#include "data/questionnaire.h"
#include "doc/xml.h"
#include "lss.h"

/* ---- Tables ---- */

/* Columns that are read of any table; a cell is NULL when the column is absent (SQL's NULL). */
#define LSS_COLUMNS(X)                                                                       \
	X(additional_languages)                                                              \
	X(answer)                                                                            \
	X(aid)                                                                               \
	X(attribute)                                                                         \
	X(cfieldname) X(code) X(cqid) X(defaultvalue) X(description) X(gid) X(grelevance)    \
	    X(group_name) X(group_order) X(help) X(language) X(mandatory) X(method) X(other) \
		X(parent_qid) X(preg) X(qid) X(question) X(question_order)                   \
		    X(randomization_group) X(relevance) X(scale_id) X(scenario) X(sortorder) \
			X(surveyls_description) X(surveyls_endtext) X(surveyls_language)     \
			    X(surveyls_title) X(surveyls_welcometext) X(title) X(type)       \
				X(value)

enum lss_column {
#define X(name) LSS_##name,
	LSS_COLUMNS(X)
#undef X
	LSS_COLUMN_MAX
};

struct lss_row {
	const char *cells[LSS_COLUMN_MAX];
};
struct lss_table {
	size_t n;
	struct lss_row *rows;
	bool found; /* the element stands in the file */
};

#define LSS_ROWS_MAX 20000

/* Reads a table of the document. E_LIMIT when it has more than LSS_ROWS_MAX rows. */
MUST_USE enum status lss_table_read(
    struct arena *arena, const struct xml_node *root, const char *name, struct lss_table *ret);

/* A cell, never NULL. */
const char *lss_cell(const struct lss_row *row, enum lss_column column);

/* A cell as a whole number, 0 when it is none. */
int64_t lss_number(const struct lss_row *row, enum lss_column column);

/* Rows in ascending order of a number; rows of one number stay in the file's order. */
void lss_table_sort(struct arena *arena, struct lss_table *table, enum lss_column by);

/* ---- The import ---- */

struct lss {
	struct arena *arena;
	const struct lss_sink *sink;
	bool split; /* texts stand in *_l10ns tables */
	struct lss_table settings, groups, group_texts, questions, subquestions, question_texts,
	    answers, answer_texts, attributes, conditions, defaults;

	struct questionnaire *q;        /* being built */
	struct question *list;          /* q->questions, writable; room for all */
	const struct lss_row **origin;  /* the row each came from */
	const struct lss_row **dropped; /* questions that were not kept */
	size_t n_dropped;
	const char *told_code; /* what was left out of whose texts, as reported last */
	unsigned told;
};

/* Sends a record; cells end with NULL. A NULL cell cannot be sent. */
#define LSS_PUT(lss, ...) lss_put((lss), (const char *const[]){ __VA_ARGS__, 0 })
void lss_put(struct lss *lss, const char *const *cells);

/* The plain text of a cell in every language: from the rows of table whose key column equals
 * key, one row per language. Reports what was left out under code. NULL when there is none. */
texts lss_texts(struct lss *lss, const struct lss_table *table, enum lss_column key,
    const char *value, enum lss_column text, const char *code);

/* The question's code here: LimeSurvey's, with Q in front when that begins with a digit. */
const char *lss_code(struct lss *lss, const struct lss_row *row);

/* Makes a question of a row. False, after a "not_kept" record, when it cannot be kept. */
MUST_USE bool lss_question(struct lss *lss, const struct lss_row *row, struct question *ret);

/* Sets the condition of every question, row and group, once all stand in q. */
void lss_conditions(
    struct lss *lss, struct question_group *groups, const struct lss_row *const *group_rows);

/* ---- Texts ---- */

#define LSS_LEFT_TOKEN 1u
#define LSS_LEFT_EXPRESSION 2u
#define LSS_LEFT_SCRIPT 4u
#define LSS_LEFT_MEDIA 8u
#define LSS_LEFT_LINK 16u

/* HTML as plain text: paragraphs and line breaks kept as line ends, list items marked with a
 * bullet, references decoded once, scripts, styles and tags dropped, {TOKEN:…}, {INSERTANS:…}
 * and {expressions} left out. Bits of what was left out are added to *left. */
const char *lss_plain(struct arena *arena, const char *html, unsigned *left);

#endif
