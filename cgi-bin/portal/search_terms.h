/*
 * search_terms.h: what somebody typed into the search box, as terms. Each is looked for at the
 * beginning of a word, whatever its case and accents; a month's name, a date and an amount are
 * understood in the reader's language and way of writing.
 */
#ifndef KEPTWORD_PORTAL_SEARCH_TERMS_H
#define KEPTWORD_PORTAL_SEARCH_TERMS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define TERMS_MAX 5
#define TERM_LENGTH_MAX 60   /* characters, as a word of a name is kept */
#define QUERY_LENGTH_MAX 200 /* characters; what comes behind is not read */

struct search_term {
	const char
	    *text; /* letters, marks and digits only, so nothing that LIKE knows; or a date */
	const char *other; /* the same as a token (search.c): "month-11", "minor-176250"; "" */
};
struct search_terms {
	struct search_term term[TERMS_MAX];
	size_t n;
	bool cut; /* more was typed than is looked for */
};

struct search_terms search_terms(struct arena *arena, const char *query, const char *locale);

/* Does a word of the sentence begin with the term's text? Cases and accents do not count. */
bool search_term_in(struct arena *arena, const struct search_term *term, const char *sentence);

#endif
