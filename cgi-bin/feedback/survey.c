/*
 * survey.c: the surveys that there are, their rounds, and one survey as respondents will see
 * it. For those who ask.
 */
#include "base/text.h"
#include "feedback/feedback.h"
#include "web/questionnaire_form.h"

static const struct stmt SURVEYS = {
	"SELECT s.public_id, s.title, q.version, COALESCE(p.preferred_name, '')"
	" FROM survey s JOIN questionnaire q ON q.id = s.questionnaire_id"
	" LEFT JOIN keptword_core.person_public p ON p.id = s.owner_person_id"
	" ORDER BY s.id DESC LIMIT 200"
};
static const struct stmt RUNS = {
	"SELECT u.public_id, s.title, u.state, u.opens_at, u.closes_at"
	" FROM survey_run u JOIN survey s ON s.id = u.survey_id ORDER BY u.id DESC LIMIT 100"
};
static const struct stmt SURVEY = {
	"SELECT s.title, s.purpose, q.document, q.version"
	" FROM survey s JOIN questionnaire q ON q.id = s.questionnaire_id WHERE s.public_id = ?"
};

/* GET /feedback/staff/surveys */
enum status
survey_list(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct page *page = page_open(req, TPL_FEEDBACK_SURVEY_LIST);
	struct rows *rows = db_read(request_db(req), &RUNS);

	page_show(page, rows_count(rows) ? MARK_SOME_RUNS : MARK_NO_RUNS);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_RUN);
		page_text(line, MARK_RUN_ID, rows_id_text(arena, rows, 0));
		page_text(line, MARK_TITLE, rows_text(rows, 1));
		page_words(line, MARK_STATE,
		    text_printf(arena, "survey_run.state.%s", rows_text(rows, 2)));
		page_instant(line, MARK_OPENS, rows_instant(rows, 3));
		page_instant(line, MARK_CLOSES, rows_instant(rows, 4));
	}
	rows = db_read(request_db(req), &SURVEYS);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_SURVEY);
		page_text(line, MARK_SURVEY_ID, rows_id_text(arena, rows, 0));
		page_text(line, MARK_TITLE, rows_text(rows, 1));
		page_id(line, MARK_VERSION, rows_int(rows, 2));
		if (!text_empty(rows_text(rows, 3)))
			page_text(
			    page_repeat(line, MARK_OWNED), MARK_OWNER, rows_text(rows, 3));
	}
	return reply_page(req, 200, page);
}

static struct rows *
read_survey(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows = db_read(request_db(req), &SURVEY, v_bytes(id.b, ID_BYTES));
	return rows_next(rows) ? rows : NULL;
}

/* Every question in one form, in the reader's language. */
const struct form *
survey_form(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct answers *none = arena_new_of(arena, struct answers);
	const struct questionnaire *q;
	struct rows *rows = read_survey(req);

	*none = answers_new(arena);
	if (!rows || column_questionnaire(arena, rows, 2, &q) != OK)
		return NULL;
	return questionnaire_form(arena, q, none, QUESTIONNAIRE_WHOLE,
	    questionnaire_language(q, request_caller(req)->locale), 0, survey_show);
}

/* The questions under the headings of their groups. */
static void
show_questions(struct page *page, const struct questionnaire_form *form)
{
	struct page *part = NULL;
	size_t shown = SIZE_MAX;

	for (size_t f = 0; f < form->n_fields; f++) {
		size_t g = form->q->questions[form->places[f].question].group;
		const struct question_group *group = &form->q->groups[g];
		if (g != shown) {
			const char *title = questionnaire_text(group->title, form->language);
			const char *text = questionnaire_text(group->text, form->language);
			part = page_repeat(page, MARK_GROUP);
			page_text(page_repeat(part, *title ? MARK_TITLED : MARK_UNTITLED),
			    MARK_GROUP_TITLE, title);
			if (*text)
				page_text(
				    page_repeat(part, MARK_TEXTED), MARK_GROUP_TEXT, text);
			shown = g;
		}
		page_field(part, MARK_ASKED, (unsigned)f);
	}
}

/* GET /feedback/staff/surveys/:id */
enum status
survey_show(struct request *req)
{
	const struct questionnaire_form *form = questionnaire_form_of(req);
	struct rows *rows = read_survey(req);
	struct page *page;
	const char *welcome;

	if (!rows)
		return E_ABSENT;
	page = page_open(req, TPL_FEEDBACK_SURVEY);
	page_text(page, MARK_SURVEY_ID, request_param(req, 0));
	page_text(page, MARK_TITLE, rows_text(rows, 0));
	page_id(page, MARK_VERSION, rows_int(rows, 3));
	page_int(page, MARK_QUESTIONS, (int64_t)form->q->n_questions);
	page_int(page, MARK_PAGES, (int64_t)form->q->n_pages);
	page_text(page, MARK_LANG_SHOWN, form->q->languages[form->language]);
	for (size_t i = 0; i < form->q->n_languages; i++)
		page_text(page_repeat(page, MARK_LANGUAGE), MARK_LANGUAGE_CODE,
		    form->q->languages[i]);
	if (!text_empty(rows_text(rows, 1)))
		page_text(page_repeat(page, MARK_PURPOSED), MARK_PURPOSE, rows_text(rows, 1));
	welcome = questionnaire_text(form->q->welcome, form->language);
	if (*welcome)
		page_text(page_repeat(page, MARK_WELCOMED), MARK_WELCOME, welcome);
	show_questions(page, form);
	return reply_page(req, 200, page);
}
