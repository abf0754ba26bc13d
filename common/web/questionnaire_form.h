/*
 * questionnaire_form.h: a page of a questionnaire as a form: the field table is made at run
 * time from the document, in the reader's language. Used by the plugins that ask questions.
 *
 * Every question becomes a field (q3), a grid a note and a field per row (q3_1, q3_2 …), a list
 * with "something else" a second field (q3_other). What people read in it is data of the
 * document; only Yes, No, "no answer" and the like come from the words files, under
 * "questionnaire.".
 *
 * How a plugin shows a page and reads its answers, with a route
 *     ROUTE(GET,  "/feedback/answer/:page", MAY_SIGNED_IN, answer_show, .form_of = answer_form)
 *     ROUTE(POST, "/feedback/answer/:page", MAY_SIGNED_IN, answer_save, .form_of = answer_form)
 *
 *     static const struct form *
 *     answer_form(struct request *req)
 *     {
 *         const struct questionnaire *q;      // questionnaire_read() of the stored document
 *         struct answers answers;             // answers_read() of what is saved so far
 *         size_t page = …;                    // from the route, or questionnaire_next()
 *
 *         if (load(req, &q, &answers, …) != OK || page >= q->n_pages)
 *             return 0;                       // 404
 *         return questionnaire_form(request_arena(req), q, &answers, page,
 *             questionnaire_language(q, request_caller(req)->locale), 0, answer_show);
 *     }
 *
 *     static enum status
 *     answer_show(struct request *req)        // on GET, and again after a 422
 *     {
 *         const struct questionnaire_form *form = questionnaire_form_of(req);
 *         struct page *page = page_open(req, TPL_…);
 *
 *         questionnaire_form_fill(req);       // what was saved; ignored when a body was read
 *         page_text(page, MARK_TITLE, questionnaire_text(
 *             form->q->groups[form->q->pages[form->page].group].title, form->language));
 *         return reply_page(req, 200, page);
 *     }
 *
 *     static enum status
 *     answer_save(struct request *req)
 *     {
 *         struct answers answers;
 *
 *         if (!questionnaire_form_read(req, &answers))
 *             return answer_show(req);        // 422, every answer kept, errors linked
 *         …store answers_write(arena, &answers) in reply_submit()'s work, go to
 *         questionnaire_next(form->q, &answers, form->page); after the last page
 *         questionnaire_check() all and store questionnaire_settle().
 *     }
 */
#ifndef KEPTWORD_QUESTIONNAIRE_FORM_H
#define KEPTWORD_QUESTIONNAIRE_FORM_H

#include "data/questionnaire.h"
#include "web/form.h"

/* Instead of a page: all questions in one form. What has a condition is then optional and says
 * so; the answers of what turns out not to be shown are dropped by questionnaire_settle(). */
#define QUESTIONNAIRE_WHOLE SIZE_MAX

/* Nothing is required: for "save and come back later". */
#define QUESTIONNAIRE_DRAFT 1u

/* The choice that stands for "no answer" of an optional question shown as radio buttons. */
#define QUESTIONNAIRE_SKIP "-none-"

struct questionnaire_place {
	size_t question, row; /* row: QUESTION_WHOLE, QUESTION_OTHER */
};
struct questionnaire_form {
	struct form form; /* first: a pointer to it is one to this */
	const struct questionnaire *q;
	const struct answers *answers; /* as given */
	size_t page, language;
	unsigned flags;
	size_t n_fields;
	const struct questionnaire_place *places; /* one per field */
};

/* The form of a page (or QUESTIONNAIRE_WHOLE) for what was answered so far, with everything
 * that is shown. q and answers must live as long as arena. */
const struct form *questionnaire_form(struct arena *arena, const struct questionnaire *q,
    const struct answers *answers, size_t page, size_t language, unsigned flags, handler show);

/* The form of this request; its route's form_of must have come from questionnaire_form(). */
const struct questionnaire_form *questionnaire_form_of(const struct request *req);

/* Prefills the fields with the answers that the form was made with. */
void questionnaire_form_fill(struct request *req);

/* The answers with those of this form's fields in place of the old ones, in the request's
 * arena. False, with errors on the fields, when something is missing or wrong. */
MUST_USE bool questionnaire_form_read(struct request *req, struct answers *ret);

/* How an answer reads in a language of the document (questionnaire_language()): the words that the
 * document has for it, else ours for "yes", "no" and "something else", else the answer itself. */
const char *questionnaire_answer(const struct questionnaire *q, const struct question *question,
    const char *answer, size_t language);

#endif
