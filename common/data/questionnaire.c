/*
 * questionnaire.c: the model: kinds, languages, pages, and what is shown for given answers.
 *
 * Used by the questionnaire's other files and by every page that shows one. Owns nothing; what
 * it makes lies in the caller's arena. A questionnaire that questionnaire_read() accepted is
 * within the limits of the header, so nothing here checks them again.
 */
#include "data/questionnaire.h"
#include "data/questionnaire_impl.h"

#include <string.h>
#include <strings.h>

static const char *const kind_names[] = {
	[QUESTION_LIST] = "list",
	[QUESTION_DROPDOWN] = "dropdown",
	[QUESTION_FIVE_POINTS] = "five_points",
	[QUESTION_GRID_FIVE] = "grid_five",
	[QUESTION_GRID_OWN] = "grid_own",
	[QUESTION_YES_NO] = "yes_no",
	[QUESTION_SEVERAL] = "several",
	[QUESTION_SHORT_TEXT] = "short_text",
	[QUESTION_LONG_TEXT] = "long_text",
	[QUESTION_NUMBER] = "number",
	[QUESTION_NOTE] = "note",
};
_Static_assert(
    sizeof(kind_names) / sizeof(*kind_names) == QUESTION_KIND_MAX, "a name per kind");

const char *
question_kind_name(enum question_kind kind)
{
	return kind_names[kind];
}

bool
question_kind_of(const char *name, enum question_kind *ret)
{
	for (size_t i = 0; i < QUESTION_KIND_MAX; i++) {
		if (text_is(name, kind_names[i])) {
			*ret = (enum question_kind)i;
			return true;
		}
	}
	return false;
}

bool
question_has_rows(enum question_kind kind)
{
	return kind == QUESTION_GRID_FIVE || kind == QUESTION_GRID_OWN ||
	       kind == QUESTION_SEVERAL;
}

const struct question_choice *
question_fixed_choices(enum question_kind kind, size_t *ret_n)
{
	static const struct question_choice points[] = {
		{ "1", 0 },
		{ "2", 0 },
		{ "3", 0 },
		{ "4", 0 },
		{ "5", 0 },
	};
	static const struct question_choice yes_no[] = { { "Y", 0 }, { "N", 0 } };

	switch (kind) {
	case QUESTION_FIVE_POINTS:
	case QUESTION_GRID_FIVE:
		*ret_n = sizeof(points) / sizeof(*points);
		return points;
	case QUESTION_YES_NO:
		*ret_n = sizeof(yes_no) / sizeof(*yes_no);
		return yes_no;
	default:
		*ret_n = 0;
		return 0;
	}
}

/* ---- Texts and places ---- */

size_t
questionnaire_language(const struct questionnaire *q, const char *language)
{
	size_t first;

	language = language ? language : "";
	first = strcspn(language, "-_");
	for (size_t i = 0; i < q->n_languages; i++)
		if (text_is_nocase(q->languages[i], language))
			return i;
	for (size_t i = 0; first > 0 && i < q->n_languages; i++)
		if (strcspn(q->languages[i], "-_") == first &&
		    strncasecmp(q->languages[i], language, first) == 0)
			return i;
	return 0;
}

const char *
questionnaire_text(texts text, size_t language)
{
	if (!text)
		return "";
	if (text[language] && *text[language])
		return text[language];
	return text[0] ? text[0] : "";
}

size_t
questionnaire_find(const struct questionnaire *q, const char *code)
{
	size_t i = 0;

	while (i < q->n_questions && !text_is(q->questions[i].code, code))
		i++;
	return i;
}

bool
question_is_0_to_10(const struct question *question)
{
	bool codes = true, labels = true;

	if (question->kind == QUESTION_NUMBER)
		return question->has_least && question->has_most && question->least == 0 &&
		       question->most == 10;
	if (question->n_choices != 11)
		return false;
	for (size_t i = 0; i < 11; i++) {
		double code, label;

		codes &= decimal_value(question->choices[i].code, &code) && code == (double)i;
		labels &=
		    decimal_value(questionnaire_text(question->choices[i].text, 0), &label) &&
		    label == (double)i;
	}
	return codes || labels;
}

const char *
question_answer_text(const struct question *question, const char *answer, size_t language)
{
	for (size_t i = 0; i < question->n_choices; i++)
		if (question->choices[i].text && text_is(question->choices[i].code, answer))
			return questionnaire_text(question->choices[i].text, language);
	if (question->other && question->other_text && text_is(answer, QUESTION_OTHER_CODE))
		return questionnaire_text(question->other_text, language);
	return answer ? answer : "";
}

/* ---- Pages ---- */

static bool
question_reads(const struct question *question, size_t first, size_t end)
{
	if (condition_reads(question->condition, first, end))
		return true;
	for (size_t r = 0; r < question->n_rows; r++)
		if (condition_reads(question->rows[r].condition, first, end))
			return true;
	return false;
}

size_t
questionnaire_cut(const struct questionnaire *q, struct question_page *pages)
{
	size_t n = 0;

	for (size_t g = 0; g < q->n_groups; g++) {
		const struct question_group *group = &q->groups[g];
		size_t first = group->first;

		for (size_t i = first + 1; i < group->first + group->n; i++) {
			if (question_reads(&q->questions[i], first, i)) {
				pages[n++] = (struct question_page){ g, first, i - first };
				first = i;
			}
		}
		pages[n++] =
		    (struct question_page){ g, first, group->first + group->n - first };
	}
	return n;
}

/* ---- What is shown ---- */

struct questionnaire_view
questionnaire_shown(
    struct arena *arena, const struct questionnaire *q, const struct answers *answers)
{
	bool *questions = arena_array_of(arena, bool, q->n_questions);
	const bool **rows = arena_array_of(arena, const bool *, q->n_questions);
	struct questionnaire_view view = { questions, rows };

	for (size_t g = 0; g < q->n_groups; g++) {
		const struct question_group *group = &q->groups[g];
		bool shown = condition_holds(group->condition, q, answers, &view);

		for (size_t i = group->first; i < group->first + group->n; i++) {
			const struct question *question = &q->questions[i];
			bool *of_rows = 0, any = question->n_rows == 0;

			for (size_t r = 0; r < question->n_rows; r++) {
				bool row;

				row = condition_holds(
				    question->rows[r].condition, q, answers, &view);
				if (!row && !of_rows) {
					of_rows = arena_array_of(arena, bool, question->n_rows);
					memset(of_rows, true, r);
				}
				if (of_rows)
					of_rows[r] = row;
				any |= row;
			}
			/* Nothing before this question names it, so its rows may stand already.
			 */
			rows[i] = of_rows;
			questions[i] = shown && any &&
				       condition_holds(question->condition, q, answers, &view);
		}
	}
	return view;
}

bool
questionnaire_row_shown(const struct questionnaire_view *view, size_t question, size_t row)
{
	if (!view->questions[question])
		return false;
	return !view->rows[question] || view->rows[question][row];
}

bool
questionnaire_page_shown(
    const struct questionnaire *q, const struct questionnaire_view *view, size_t page)
{
	const struct question_page *p = &q->pages[page];

	for (size_t i = p->first; i < p->first + p->n; i++)
		if (view->questions[i])
			return true;
	return false;
}

size_t
questionnaire_next(const struct questionnaire *q, const struct answers *answers, size_t after)
{
	struct questionnaire_view view = questionnaire_shown(answers->arena, q, answers);
	size_t page = after + 1; /* SIZE_MAX wraps to the first */

	while (page < q->n_pages && !questionnaire_page_shown(q, &view, page))
		page++;
	return page < q->n_pages ? page : q->n_pages;
}

size_t
questionnaire_previous(
    const struct questionnaire *q, const struct answers *answers, size_t before)
{
	struct questionnaire_view view = questionnaire_shown(answers->arena, q, answers);
	size_t page = before < q->n_pages ? before : q->n_pages;

	while (page > 0)
		if (questionnaire_page_shown(q, &view, --page))
			return page;
	return SIZE_MAX;
}
