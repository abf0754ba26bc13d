/*
 * answer.c: the pages on which somebody answers a survey: what it is for and who reads it, one
 * page per group of questions, a look at all answers, sending, thanks. Can be left at any page
 * and gone on with later, and changed until the round closes.
 *
 * The routes write no log line and no submission row (main.c). The page of questions is in the
 * query ("?page=2"), and what it shows follows from what was answered before.
 */
#include "base/text.h"
#include "feedback/answer_data.h"
#include "feedback/feedback.h"
#include "web/words.h"

/* Stand for "nothing to fill in": the page before the first, and a round that takes no answers.
 */
static const struct field NO_FIELDS[] = { { 0 } };
static const struct form NO_FORM = { "survey_answer", NO_FIELDS, answer_show, false };

/* The round does not take answers: says why, kindly. */
static enum status
show_refused(struct request *req, const struct answer_data *data, enum answering how)
{
	struct page *page = page_open(req, TPL_FEEDBACK_ANSWER_REFUSED);

	page_text(page, MARK_TITLE, data->title);
	page_instant(page, MARK_CLOSES, data->closes);
	page_show(page, how == ANSWERING_LOST ? MARK_LOST : MARK_OVER);
	return reply_page(req, request_method(req) == METHOD_POST ? 409 : 200, page);
}

/* The page of questions that the address names, from 0; SIZE_MAX for none. */
static size_t
asked_page(struct request *req)
{
	int64_t number;

	if (!text_to_int(request_query(req, "page"), &number) || number < 1)
		return SIZE_MAX;
	return (size_t)number - 1;
}

const struct form *
answer_form(struct request *req)
{
	struct answer_data *data = arena_new_of(request_arena(req), struct answer_data);
	size_t page = asked_page(req);

	if (answer_read(req, data) != OK)
		return NULL;
	if (data->how != ANSWERING || page == SIZE_MAX)
		return &NO_FORM;
	if (page >= data->q->n_pages)
		return NULL;
	return questionnaire_form(
	    request_arena(req), data->q, &data->answers, page, data->language, 0, answer_show);
}

/* The form of a page of questions, NULL for the first page and for a round that refuses. */
static const struct questionnaire_form *
form_of(struct request *req)
{
	const struct questionnaire_form *form = questionnaire_form_of(req);

	return &form->form == &NO_FORM ? NULL : form;
}

static const struct answer_data *
data_of(const struct questionnaire_form *form)
{
	return (const struct answer_data *)(const void *)form->answers;
}

static const char *
page_address(struct arena *arena, const struct answer_data *data, size_t page)
{
	if (page >= data->q->n_pages)
		return text_printf(arena, "/feedback/answer/%s/check", data->id);
	return text_printf(arena, "/feedback/answer/%s?page=%zu", data->id, page + 1);
}

/* Which of the pages that are shown, counted from 1, and how many there are. */
static void
show_place(struct page *page, struct arena *arena, const struct answer_data *data, size_t at)
{
	struct questionnaire_view view = questionnaire_shown(arena, data->q, &data->answers);
	int64_t place = 0, all = 0;

	for (size_t i = 0; i < data->q->n_pages; i++)
		if (questionnaire_page_shown(data->q, &view, i)) {
			all++;
			place += i <= at;
		}
	page_int(page, MARK_PLACE, place);
	page_int(page, MARK_PLACES, all);
}

/* ---- The page before the first question ---- */

static enum status
show_begin(struct request *req)
{
	struct answer_data data;
	enum status status = answer_read(req, &data);
	struct page *page;
	const char *welcome;

	if (status != OK)
		return status;
	if (data.how != ANSWERING)
		return show_refused(req, &data, data.how);
	page = page_open(req, TPL_FEEDBACK_ANSWER_BEGIN);
	page_text(page, MARK_TITLE, data.title);
	page_text(page, MARK_PURPOSE, data.purpose);
	page_instant(page, MARK_CLOSES, data.closes);
	page_int(page, MARK_LEAST, data.least);
	if (data.minutes)
		page_minutes(page_repeat(page, MARK_PAID), MARK_MINUTES, data.minutes);
	page_text(page, MARK_LANG_SHOWN, data.q->languages[data.language]);
	welcome = questionnaire_text(data.q->welcome, data.language);
	if (*welcome)
		page_text(page_repeat(page, MARK_WELCOMED), MARK_WELCOME, welcome);
	page_show(page, data.changed ? MARK_RESENT
			: data.sent  ? MARK_SENT
			: data.begun ? MARK_BEGUN
				     : MARK_FRESH);
	page_text(page, MARK_RUN_ID, data.id);
	page_id(
	    page, MARK_FIRST, (int64_t)questionnaire_next(data.q, &data.answers, SIZE_MAX) + 1);
	return reply_page(req, 200, page);
}

/* ---- A page of questions ---- */

/* GET /feedback/answer/:id, with ?page=N a page of questions; also after a wrong answer. */
enum status
answer_show(struct request *req)
{
	const struct questionnaire_form *form = form_of(req);
	struct arena *arena = request_arena(req);
	const struct answer_data *data;
	const struct question_group *group;
	struct page *page;
	const char *text;
	size_t before;

	if (!form)
		return show_begin(req);
	data = data_of(form);
	if (form->n_fields == 0)
		return reply_redirect(
		    req, page_address(arena, data,
			     questionnaire_next(form->q, form->answers, form->page)));
	questionnaire_form_fill(req);
	page = page_open(req, TPL_FEEDBACK_ANSWER_PAGE);
	group = &form->q->groups[form->q->pages[form->page].group];
	page_text(page, MARK_TITLE, data->title);
	page_text(page, MARK_RUN_ID, data->id);
	page_id(page, MARK_PAGE, (int64_t)form->page + 1);
	page_text(page, MARK_LANG_SHOWN, form->q->languages[form->language]);
	text = questionnaire_text(group->title, form->language);
	page_text(page, MARK_HEADING, *text ? text : data->title);
	text = questionnaire_text(group->text, form->language);
	if (*text)
		page_text(page_repeat(page, MARK_TEXTED), MARK_GROUP_TEXT, text);
	show_place(page, arena, data, form->page);
	before = questionnaire_previous(form->q, form->answers, form->page);
	if (before == SIZE_MAX)
		page_text(page_repeat(page, MARK_TO_BEGIN), MARK_RUN_ID, data->id);
	else
		page_id(page_repeat(page, MARK_TO_PAGE), MARK_BEFORE, (int64_t)before + 1);
	return reply_page(req, 200, page);
}

struct saving {
	const struct answer_data *data;
	const struct answers *answers;
	bool send;
	size_t page;
	enum answering how;
};

static enum status
save(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	struct saving *saving = arg;
	struct arena *arena = request_arena(req);
	enum status status =
	    answer_write(db, saving->data, saving->answers, saving->send, &saving->how);

	if (status != OK)
		return status;
	receipt->location =
	    saving->send
		? text_printf(arena, "/feedback/answer/%s/thanks", saving->data->id)
		: page_address(arena, saving->data,
		      questionnaire_next(saving->data->q, saving->answers, saving->page));
	return OK;
}

/* The effect, or a page that says why there is none. */
static enum status
reply_saved(struct request *req, struct saving *saving)
{
	enum status status = reply_submit(req, save, saving);

	if (status == E_INPUT && saving->how != ANSWERING)
		return show_refused(req, saving->data, saving->how);
	return status;
}

/* POST /feedback/answer/:id?page=N: saves the page and goes on. */
enum status
answer_save(struct request *req)
{
	const struct questionnaire_form *form = form_of(req);
	struct answers answers;
	struct saving saving = { .how = ANSWERING };
	enum status status;

	if (!form)
		return asked_page(req) == SIZE_MAX ? E_INPUT : show_begin(req);
	if (!questionnaire_form_read(req, &answers))
		return answer_show(req);
	saving.data = data_of(form);
	saving.answers = &answers;
	saving.page = form->page;
	status = reply_saved(req, &saving);
	if (status != E_LIMIT)
		return status;
	form_error(req, FORM_WHOLE, "answers_too_long", NULL);
	return answer_show(req);
}

/* ---- All answers at a glance, and sending them ---- */

static void
show_answer(struct page *page, const char *row, const char *answer)
{
	struct page *line;

	if (text_empty(answer))
		return;
	line = page_repeat(page, MARK_GIVEN);
	if (row)
		page_text(page_repeat(line, MARK_ROWED), MARK_ROW, row);
	page_text(line, MARK_ANSWER, answer);
}

static void
show_question(struct page *page, const struct answer_data *data, size_t i, bool missing)
{
	const struct question *question = &data->q->questions[i];
	const char *text = questionnaire_text(question->text, data->language);
	const char *answer = answers_get(&data->answers, question->code);
	struct page *part = page_repeat(page, MARK_ASKED_QUESTION);
	size_t at = 0;

	while (i >= data->q->pages[at].first + data->q->pages[at].n)
		at++;
	page_text(part, MARK_QUESTION, *text ? text : question->code);
	page_id(part, MARK_PAGE, (int64_t)at + 1);
	page_text(part, MARK_RUN_ID, data->id);
	if (missing)
		page_show(part, MARK_MISSING);
	show_answer(
	    part, NULL, questionnaire_answer(data->q, question, answer, data->language));
	for (size_t r = 0; r < question->n_rows; r++) {
		const struct question_row *row = &question->rows[r];
		const char *label = questionnaire_text(row->text, data->language);
		answer = answers_get(&data->answers, row->key);
		if (question->kind == QUESTION_SEVERAL)
			show_answer(part, NULL, *answer ? (*label ? label : row->code) : "");
		else
			show_answer(part, *label ? label : row->code,
			    questionnaire_answer(data->q, question, answer, data->language));
	}
	if (question->other)
		show_answer(part, NULL, answers_get(&data->answers, question->other_key));
}

/* The page that shows all answers; 422 when it was asked to send them and some are missing. */
static enum status
show_check(struct request *req, const struct answer_data *data, int code)
{
	struct arena *arena = request_arena(req);
	struct questionnaire_view view = questionnaire_shown(arena, data->q, &data->answers);
	const struct answer_fault *faults;
	size_t n = questionnaire_check(
	    arena, data->q, 0, data->q->n_questions, &data->answers, &faults);
	struct page *page = page_open(req, TPL_FEEDBACK_ANSWER_CHECK);

	page_text(page, MARK_TITLE, data->title);
	page_text(page, MARK_RUN_ID, data->id);
	page_instant(page, MARK_CLOSES, data->closes);
	page_text(page, MARK_LANG_SHOWN, data->q->languages[data->language]);
	for (size_t i = 0; i < data->q->n_questions; i++) {
		bool missing = false;
		if (!view.questions[i] || data->q->questions[i].kind == QUESTION_NOTE)
			continue;
		for (size_t f = 0; f < n; f++)
			missing |= faults[f].question == i;
		show_question(page, data, i, missing);
	}
	if (n) {
		page_int(page_repeat(page, MARK_NOT_READY), MARK_N, (int64_t)n);
		return reply_page(req, code, page);
	}
	struct page *ready = page_repeat(page, MARK_READY);
	page_text(ready, MARK_RUN_ID, data->id);
	page_tokens(ready);
	return reply_page(req, 200, page);
}

/* GET /feedback/answer/:id/check */
enum status
answer_check_show(struct request *req)
{
	struct answer_data data;
	enum status status = answer_read(req, &data);

	if (status != OK)
		return status;
	if (data.how != ANSWERING)
		return show_refused(req, &data, data.how);
	return show_check(req, &data, 200);
}

/* POST /feedback/answer/:id/check: what is saved is sent: from now on it counts. */
enum status
answer_send(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct answer_data data;
	const struct answer_fault *faults;
	enum status status = answer_read(req, &data);

	if (status != OK)
		return status;
	if (data.how != ANSWERING)
		return show_refused(req, &data, data.how);
	if (questionnaire_check(arena, data.q, 0, data.q->n_questions, &data.answers, &faults))
		return show_check(req, &data, 422);
	struct answers settled = questionnaire_settle(arena, data.q, &data.answers);
	struct saving saving = { &data, &settled, true, 0, ANSWERING };
	return reply_saved(req, &saving);
}

/* GET /feedback/answer/:id/thanks */
enum status
answer_thanks_show(struct request *req)
{
	struct answer_data data;
	enum status status = answer_read(req, &data);
	struct page *page;
	const char *end;

	if (status != OK)
		return status;
	if (data.how != ANSWERING)
		return show_refused(req, &data, data.how);
	if (!data.sent)
		return reply_redirect(
		    req, text_printf(request_arena(req), "/feedback/answer/%s", data.id));
	page = page_open(req, TPL_FEEDBACK_ANSWER_THANKS);
	(void)page_include(page, MARK_ART, TPL_PART_THANKS);
	page_text(page, MARK_TITLE, data.title);
	page_text(page, MARK_RUN_ID, data.id);
	page_instant(page, MARK_CLOSES, data.closes);
	page_text(page, MARK_LANG_SHOWN, data.q->languages[data.language]);
	end = questionnaire_text(data.q->end, data.language);
	if (*end)
		page_text(page_repeat(page, MARK_ENDED), MARK_END_TEXT, end);
	return reply_page(req, 200, page);
}
