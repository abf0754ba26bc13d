/*
 * page_impl.h: what a page is made of. Only common/web/page*.{c,cc}, form_show.c and chart_page.c
 * include it.
 *
 * The bridge (page.cc) knows ctemplate and nothing else; page_values.c formats, page_open.c
 * fills the layout, form_show.c the forms. Both sides see struct page; the dictionary behind
 * it is ctemplate's and is freed by the arena's hook.
 */
#ifndef KEPTWORD_PAGE_IMPL_H
#define KEPTWORD_PAGE_IMPL_H

#include "base/arena.h"
#include "web/page.h"

#ifdef __cplusplus
extern "C" {
#endif

struct form;

/* A form, a field or the tokens that a page shows; filled when the page is expanded, so that
 * values and errors set until then count. */
struct page_form {
	struct page_form *next;
	struct page *page;
	enum mark part;
	enum {
		PAGE_FORM,
		PAGE_FIELD,
		PAGE_TOKENS
	} kind;
	const struct form *form; /* PAGE_FORM */
	unsigned field;          /* PAGE_FIELD */
};

/* What all dictionaries of one page share. */
struct page_context {
	struct arena *arena;
	struct request *req; /* NULL for page_bare() */
	const char *locale, *zone;
	unsigned language; /* of the templates: language_of(locale) */
	enum tpl tpl;
	struct page *root;
	bool failed; /* out of memory in ctemplate, or a code without a mark */
	bool filled; /* forms and layout stand in the dictionary */
	struct page_form *forms, *last_form;
	unsigned charts; /* shown so far; numbers their ids */
};

struct page {
	void *dictionary; /* ctemplate's; NULL after a failure, then all calls do nothing */
	struct page_context *context;
};

/* ---- page.cc ---- */

/* A root dictionary; context->failed when there is no memory. */
struct page *page_bridge_new(struct page_context *context);
/* n bytes of text as a value, not copied. */
void page_bridge_set(struct page *page, enum mark name, const char *text, size_t n);
/* Expands into this thread's buffer; *ret_text lives until the thread's next expansion. */
MUST_USE bool page_bridge_expand(struct page *page, const char **ret_text, size_t *ret_size);
/* The mark of a name that a template may have or not; MARK_MAX when none has it. */
enum mark page_bridge_mark(const char *name);
/* Does the template place {{>FORM}}? */
bool page_bridge_has_form(enum tpl tpl);
/* Is the template in English in this language too? (Pages of staff, until their words settle.) */
bool page_bridge_unsaid(unsigned language, enum tpl tpl);

/* ---- page_open.c ---- */

/* Finds the marks of the roles; called by page_start(). */
void page_open_start(void);
/* Fills what the layout shows of the request, just before expansion. */
void page_open_fill(struct page *page);

/* ---- form_show.c ---- */

/* Includes one of the forms, fields and tokens of a page. */
void form_show(const struct page_form *shown);
/* The tokens of a form that is only a button: a submission id of its own, or none. */
void form_show_tokens(struct page *page, enum mark part, bool submission);
/* Includes the error summary and the title's prefix when the request's form has errors. */
void form_show_errors(struct page *page);

#ifdef __cplusplus
}
#endif
#endif
