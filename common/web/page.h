/*
 * page.h: the bridge to the templates. C passes codes and values; templates hold every word.
 *
 * The build makes two enums from the files under templates/: one constant for each template
 * (TPL_PAYMENTS_STATEMENT_LIST for payments/statement_list.tpl) and one for each marker in any
 * of them (MARK_NET for {{NET}}, {{#NET}} or {{>NET}}). So a name that no template has does not
 * compile. Names are interned once; every template is loaded, checked and frozen at start.
 *
 * A page is a dictionary; a section shows once for each page_repeat() or once for page_show().
 * Values are escaped by the template's context, never here.
 */
#ifndef KEPTWORD_PAGE_H
#define KEPTWORD_PAGE_H

#include "base/money.h"
#include "base/status.h"
#include "base/time.h"
#include "templates_gen.h" /* enum tpl, enum mark; made by the build */

#ifdef __cplusplus
extern "C" {
#endif

struct request;
struct page;
struct arena;

/* Loads and freezes all templates under root. E_FAULT with a sentence when one does not parse. */
MUST_USE enum status page_start(const char *root, const char **ret_message);

/* A page on the site's layout: head, navigation, caller's name, organisation, language, form
 * token and the form's fields and errors, if the route has one, are filled in. */
struct page *page_open(struct request *req, enum tpl tpl);
/* A bare dictionary for a template without a request (mail, tests). */
struct page *page_bare(struct arena *arena, enum tpl tpl, const char *locale, const char *zone);

/* Of the reader (BCP 47), for words and figures that are made before they are put in. */
const char *page_locale(const struct page *page);

/* The section once more, with values of its own (those of page show in it too); or once as it
 * is. */
struct page *page_repeat(struct page *page, enum mark section);
void page_show(struct page *page, enum mark section);
/* A dictionary for {{>PART}} filled from template tpl; may be repeated. */
struct page *page_include(struct page *page, enum mark part, enum tpl tpl);

/* ---- Forms (form.h). {{>FORM}} of a page_open()ed page is the route's form without further
 * calls. All are filled when the page is expanded, so form_set() and form_error() may come
 * before or after. ---- */

struct form;
/* A further form on the page as {{>PART}}: filled with values and errors when it is the one
 * that the request was read through, else empty. */
void page_form(struct page *page, enum mark part, const struct form *form);
/* One field of the route's form as {{>PART}}, for a page that places its fields itself; such a
 * page has {{>TOKENS}} of page_tokens() instead of {{>FORM}}. */
void page_field(struct page *page, enum mark part, unsigned field);
/* {{>TOKENS}} of this dictionary: the hidden inputs of a form. On the page itself they are those
 * of the route's form (with page_field()); in a section or include they belong to a form that is
 * only a button, like one in each row of a list, and carry a submission id of its own. */
void page_tokens(struct page *page);

/* The text must live until the reply (arena or static); it is not copied. NULL is "". */
void page_text(struct page *page, enum mark name, const char *text);
void page_int(struct page *page, enum mark name, int64_t n);          /* grouped, in the locale */
void page_id(struct page *page, enum mark name, int64_t n);           /* plain digits */
void page_day(struct page *page, enum mark name, day d, enum day_style style);
void page_instant(struct page *page, enum mark name, instant t);      /* reader's zone, named */
void page_period(struct page *page, enum mark name, day first, day last);
void page_money(struct page *page, enum mark name, struct money m);   /* with its code */
void page_amount(struct page *page, enum mark name, struct money m);  /* digits only */
void page_minutes(struct page *page, enum mark name, int64_t minutes);

/* Shows the one section that a code stands for: the template says the words. A code that is
 * not in the table is our bug (panic line); nothing is shown. */
struct code_mark {
	const char *code; /* NULL ends the table */
	enum mark mark;
};
void page_code(struct page *page, const struct code_mark *table, const char *code);

/* A sentence from the words files (words.h) by key, with {name} filled. For what comes as a
 * code from data; sentences of one page stand in its template. */
void page_words(struct page *page, enum mark name, const char *key);

/* A phrase with a number in it, from the words files by key with {n} filled: the form that the
 * number takes is the language's (words.h). A template never puts a number beside a word that
 * depends on it. */
void page_count(struct page *page, enum mark name, const char *key, int64_t n);

/* Expands into the arena. E_FAULT when the template fails. */
MUST_USE enum status page_expand(struct page *page, struct arena *arena, const char **ret_text,
    size_t *ret_size);

#ifdef __cplusplus
}
#endif
#endif
