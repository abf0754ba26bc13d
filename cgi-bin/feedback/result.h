/*
 * result.h: the results of a closed round, after suppression: read once, shown as page and as
 * table. What must not be told is not in here.
 */
#ifndef KEPTWORD_FEEDBACK_RESULT_H
#define KEPTWORD_FEEDBACK_RESULT_H

#include "data/db.h"
#include "data/questionnaire.h"
#include "feedback/suppress.h"
#include "web/page.h"

struct result_line {
	const char *label, *code;
	bool hidden; /* an option of several that cannot be told */
	int64_t n, percent;
};
struct result_item {
	const struct question *question;
	const char *text, *row; /* the question, and one row of a grid (else NULL) */
	const char *key;
	enum {
		RESULT_CHOICES, /* one line per choice; they add up to n */
		RESULT_OPTIONS, /* one line per option, each out of n */
		RESULT_NUMBER,
		RESULT_TEXTS
	} kind;
	bool hidden;
	int64_t n; /* who answered; 0 when hidden */
	size_t n_lines, n_texts;
	struct result_line *lines;
	const char **texts; /* sorted by themselves: no order that tells anything */
	const char *mean;   /* "3.86"; NULL: none */
	bool has_enps;
	int64_t enps;
};
struct result {
	const char *title;
	const char *language; /* of the texts of questions, BCP 47 */
	int64_t invited, answered, least;
	bool hidden; /* fewer than least answered: nothing but that is told */
	size_t n;
	struct result_item *items;
};

/* Of the run with this id, in a language of the reader. E_ABSENT when it is not closed. */
MUST_USE enum status result_read(
    struct db *db, int64_t run, const char *locale, struct result *ret);

/* Puts the results into the page's part RESULTS. */
struct request;
MUST_USE enum status result_fill(struct request *req, struct page *page, int64_t run);

#endif
