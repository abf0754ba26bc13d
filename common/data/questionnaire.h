/*
 * questionnaire.h: questionnaires are data. One engine for the interview in onboarding and the
 * surveys in feedback.
 *
 * A questionnaire is an immutable set of groups and questions in one or more languages. A
 * plugin stores it as one JSON document (a row of its own table `questionnaire`; a change is a
 * new version, a new row) and reads it with questionnaire_read(). Texts in it are plain text,
 * never markup: line ends count, the template escapes.
 *
 * Answers are a map from a key to a text:
 *   "Q1"        the answer of a question without rows (a choice's code, a text, a number)
 *   "Q1_SQ2"    of one row of a grid (a choice's code) or one option of QUESTION_SEVERAL ("Y")
 *   "Q1_other"  what was written beside "something else"; a list's answer is then "-oth-"
 * No key, or an empty text: not answered.
 *
 * Conditions decide what is shown (questionnaire_logic.c):
 *   age >= 18 and not is_empty(city)        Q1_SQ2.NAOK == "Y" || count(a, b) > 1
 *   names of earlier questions, suffixes .NAOK .value .code (the answer) .shown (its label);
 *   == != < <= > >= (eq ne lt le gt ge), and && or || not !, brackets, numbers, 'text', "text",
 *   is_empty(x), count(x, ...), sum(x, ...).
 * Two numbers are compared as numbers, otherwise as text; < <= > >= with an empty side are
 * false. The answer of a question that is not shown is empty, and a name without .NAOK of such
 * a question makes the whole condition false (LimeSurvey's rules).
 *
 * The document:
 *   { "format": 1, "languages": ["en", "ar"], "title": {"en": "…", "ar": "…"},
 *     "welcome": {…}, "end": {…},
 *     "groups": [ { "title": {…}, "text": {…}, "condition": "…", "questions": [
 *       { "code": "Q1", "kind": "list", "required": true, "text": {…}, "help": {…},
 *         "condition": "…", "other": true, "other_text": {…},
 *         "rows": [ {"code": "SQ1", "text": {…}, "condition": "…"} ],
 *         "choices": [ {"code": "A1", "text": {…}} ],
 *         "least": 1, "most": 5, "whole": true } ] } ] }
 * Texts: every language may be absent but the first, the base; what is absent is read in the
 * base language. "least" and "most": value of a number, characters of a text, chosen options of
 * several. Only code, kind and text must stand in a question.
 *
 * Limits: the constants below. Nothing here logs, locks or holds more than the arena.
 */
#ifndef KEPTWORD_QUESTIONNAIRE_H
#define KEPTWORD_QUESTIONNAIRE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUESTIONNAIRE_BYTES_MAX ((size_t)4 * 1024 * 1024) /* of the document */
#define QUESTIONNAIRE_LANGUAGES_MAX 20
#define QUESTIONNAIRE_GROUPS_MAX 100
#define QUESTIONNAIRE_QUESTIONS_MAX 500  /* in all groups */
#define QUESTIONNAIRE_ROWS_MAX 200       /* rows, and choices, of one question */
#define QUESTIONNAIRE_TEXT_MAX 20000     /* bytes of one text */
#define QUESTIONNAIRE_CONDITION_MAX 4000 /* bytes of one condition */
#define QUESTIONNAIRE_CODE_MAX 64        /* bytes of a question's code */
#define QUESTIONNAIRE_SHORT_MAX 500      /* characters of a short text answer */
#define QUESTIONNAIRE_LONG_MAX 10000     /* of a long one */

/* In LimeSurvey's letters: L ! 5 A F Y M S T N X. */
enum question_kind {
	QUESTION_LIST,        /* one of choices, shown as radio buttons */
	QUESTION_DROPDOWN,    /* one of choices, shown as a select */
	QUESTION_FIVE_POINTS, /* 1 to 5 */
	QUESTION_GRID_FIVE,   /* 1 to 5 in each row */
	QUESTION_GRID_OWN,    /* one of choices in each row */
	QUESTION_YES_NO,      /* Y or N */
	QUESTION_SEVERAL,     /* any of the rows, "Y" for each */
	QUESTION_SHORT_TEXT,
	QUESTION_LONG_TEXT,
	QUESTION_NUMBER, /* a decimal number */
	QUESTION_NOTE,   /* only shown, takes no answer */
	QUESTION_KIND_MAX
};

#define QUESTION_OTHER_CODE "-oth-"

struct condition; /* a compiled condition */

/* A text: one entry per language of the questionnaire, NULL where it has none. */
typedef const char *const *texts;

struct question_choice {
	const char *code;
	texts text;
};
struct question_row {
	const char *code;
	const char *key; /* "Q1_SQ2" */
	texts text;
	const struct condition *condition; /* NULL: always */
};
struct question {
	const char *code;
	enum question_kind kind;
	size_t group; /* its group's place */
	bool required;
	bool other; /* lists and several: "something else", with a text */
	bool whole; /* number: no decimals */
	bool has_least, has_most;
	double least, most;
	texts text, help;
	texts other_text;      /* label of "something else"; NULL: the form's own word */
	const char *other_key; /* "Q1_other" when other */
	const struct condition *condition; /* NULL: always */
	size_t n_rows, n_choices;
	const struct question_row *rows;
	const struct question_choice *choices; /* also of the kinds whose choices are fixed */
};
struct question_group {
	texts title, text;
	const struct condition *condition;
	size_t first, n; /* its questions */
};
/* What is asked at one go: a group; but a question whose condition reads an answer of the same
 * group begins a new page, so that a page never holds a question it may have to hide. */
struct question_page {
	size_t group;
	size_t first, n; /* its questions */
};
struct questionnaire {
	size_t n_languages, n_groups, n_questions, n_pages;
	const char *const *languages; /* BCP 47, the base first */
	texts title, welcome, end;
	const struct question_group *groups;
	const struct question *questions; /* of all groups, in order */
	const struct question_page *pages;
};

/* ---- Documents ---- */

/* What is wrong with a document: a code ("not_json" "format" "missing" "kind" "code" "repeated"
 * "language" "text" "limit" "choices" "rows" "condition"), where ("questions[3]/Q1") and, for a
 * condition, why (the codes of questionnaire_condition()). */
struct questionnaire_fault {
	const char *code, *where, *detail;
};

/* Reads and checks a document. E_INPUT with *ret_fault. */
MUST_USE enum status questionnaire_read(struct arena *arena, const char *json, size_t n,
    const struct questionnaire **ret, struct questionnaire_fault *ret_fault);

/* The document of a questionnaire: compact, keys in a fixed order, so that equal
 * questionnaires give equal texts. */
const char *questionnaire_write(struct arena *arena, const struct questionnaire *q);

/* "list" for QUESTION_LIST, and back (false for an unknown word). Static text. */
const char *question_kind_name(enum question_kind kind);
MUST_USE bool question_kind_of(const char *name, enum question_kind *ret);

/* A language's place: itself, else one with the same first subtag, else the base (0). */
size_t questionnaire_language(const struct questionnaire *q, const char *language);

/* The text in a language, else in the base language, else "". NULL texts give "". */
const char *questionnaire_text(texts text, size_t language);

/* The question's place, or the place behind the last. */
size_t questionnaire_find(const struct questionnaire *q, const char *code);

/* Does it ask for 0 to 10 (eNPS): eleven choices whose codes or base texts are 0 .. 10, or a
 * whole number from 0 to 10? */
bool question_is_0_to_10(const struct question *question);

/* ---- Conditions ---- */

/* Compiles a condition that stands before question `before` (names must be of earlier
 * questions). E_INPUT with *ret_why: "syntax" "unknown_name" "later" "function" "limit". Only
 * code, kind and rows of questions 0 .. before-1 are read; for "later" those behind as well.
 * An empty text or "1" compiles to NULL, "always". */
MUST_USE enum status questionnaire_condition(struct arena *arena, const struct questionnaire *q,
    size_t before, const char *text, const struct condition **ret, const char **ret_why);

/* The text that the condition was compiled from; NULL for NULL. */
const char *condition_text(const struct condition *condition);

/* ---- Answers ---- */

struct answer {
	const char *key, *text;
};
struct answers {
	struct arena *arena;
	size_t n, room;
	struct answer *list;
};
/* No answers yet; what is added lies in arena. */
struct answers answers_new(struct arena *arena);
/* The text, "" when there is none. */
const char *answers_get(const struct answers *answers, const char *key);
/* Puts or, with NULL or "", removes. Key and text are copied. */
void answers_set(struct answers *answers, const char *key, const char *text);

/* As a JSON object in the order they stand, and back. E_INPUT: not an object of texts, or more
 * than an answer to every key of a questionnaire could be (limits above). */
const char *answers_write(struct arena *arena, const struct answers *answers);
MUST_USE enum status answers_read(
    struct arena *arena, const char *json, size_t n, struct answers *ret);

/* ---- What is shown, what is right ---- */

/* What the answers make of a questionnaire: who is shown. Row r of question i is shown when
 * questions[i] and rows[i][r] are (rows[i] is NULL when no row has a condition). */
struct questionnaire_view {
	const bool *questions;
	const bool *const *rows;
};
struct questionnaire_view questionnaire_shown(
    struct arena *arena, const struct questionnaire *q, const struct answers *answers);
bool questionnaire_row_shown(
    const struct questionnaire_view *view, size_t question, size_t row);
/* Is anything on this page shown (a note counts)? */
bool questionnaire_page_shown(
    const struct questionnaire *q, const struct questionnaire_view *view, size_t page);
/* The first page behind `after` (SIZE_MAX: from the beginning) that is shown; q->n_pages when
 * none is left. And the last before, SIZE_MAX when there is none. */
size_t questionnaire_next(
    const struct questionnaire *q, const struct answers *answers, size_t after);
size_t questionnaire_previous(
    const struct questionnaire *q, const struct answers *answers, size_t before);

/* What is wrong with an answer, by the error codes of form.h: missing, too_short, too_long,
 * not_number, not_whole, too_small, too_large, not_choice, too_few, too_many. row: which row,
 * or QUESTION_WHOLE, or QUESTION_OTHER for the text beside "something else". detail: the limit.
 */
#define QUESTION_WHOLE SIZE_MAX
#define QUESTION_OTHER (SIZE_MAX - 1)
struct answer_fault {
	size_t question, row;
	const char *code, *detail;
};
/* Checks questions first .. first+n-1 that are shown. 0 faults: fine. */
size_t questionnaire_check(struct arena *arena, const struct questionnaire *q, size_t first,
    size_t n, const struct answers *answers, const struct answer_fault **ret);

/* The answers as they are kept: only of what is shown, only known keys, in the document's
 * order, texts trimmed, line ends LF, numbers with a dot. */
struct answers questionnaire_settle(
    struct arena *arena, const struct questionnaire *q, const struct answers *answers);

/* How an answer reads in a language: the choice's text, else the answer. "" when empty. For the
 * kinds with fixed choices that is the code (Y, N, 1 to 5): their words are the templates'. */
const char *question_answer_text(
    const struct question *question, const char *answer, size_t language);

/* The longest text that a question takes, in characters. */
size_t question_longest(const struct question *question);

/* A decimal number as people type it ("3", "-2.5", "2,5"; at most 15 digits; a comma before
 * exactly three digits is refused as it could mean either) in its canonical form ("2.5"). */
MUST_USE bool questionnaire_number(
    struct arena *arena, const char *text, const char **ret_text, double *ret);

#endif
