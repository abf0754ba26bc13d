/*
 * questionnaire_form.c: pages of questionnaires as field tables (questionnaire_form.h), and the
 * way from typed values back to answers. Used by the plugins that ask questions. Everything
 * lies in the arena that the caller gives; the limits are those of questionnaire.h.
 */
#include "web/questionnaire_form.h"

#include "base/arena.h"
#include "web/request_impl.h"
#include "web/words.h"

#include <limits.h>

#define NUMBER_CHARACTERS 40
#define RADIOS_WITH_SKIP \
	5 /* more choices than this, and "no answer" is a select's empty line */

struct maker {
	struct arena *arena;
	const struct questionnaire *q;
	struct questionnaire_view view;
	size_t language;
	bool whole, draft;
	struct field *fields;
	struct questionnaire_place *places;
	size_t n;
};

static const char *
in_language(const struct maker *maker, texts text)
{
	return questionnaire_text(text, maker->language);
}

/* Our own words, in the language in which the document is read: those of one sentence belong
 * together. */
static const char *
own_words(const struct questionnaire *q, size_t language, const char *key)
{
	return words_get(q->languages[language], key);
}

static const char *
words_of(const struct maker *maker, const char *key)
{
	return own_words(maker->q, maker->language, key);
}

/* The next field, with what all kinds have in common. */
static struct field *
add_field(struct maker *maker, size_t question, size_t row, enum field_kind kind)
{
	struct field *field = &maker->fields[maker->n];

	maker->places[maker->n++] = (struct questionnaire_place){ question, row };
	if (row == QUESTION_WHOLE)
		field->name = text_printf(maker->arena, "q%zu", question + 1);
	else if (row == QUESTION_OTHER)
		field->name = text_printf(maker->arena, "q%zu_other", question + 1);
	else
		field->name = text_printf(maker->arena, "q%zu_%zu", question + 1, row + 1);
	field->kind = kind;
	return field;
}

static bool
is_optional(const struct maker *maker, size_t i)
{
	const struct question *question = &maker->q->questions[i];

	if (maker->draft || !question->required)
		return true;
	return maker->whole &&
	       (question->condition || maker->q->groups[question->group].condition);
}

/* The words of a choice that the document has no text for. */
static const char *
fixed_label(const struct maker *maker, const struct question_choice *choice)
{
	if (text_is(choice->code, "Y"))
		return words_of(maker, "questionnaire.yes");
	if (text_is(choice->code, "N"))
		return words_of(maker, "questionnaire.no");
	return choice->code;
}

/* The choices of a field: the document's, "something else", and for an optional one a way back
 * to no answer, which radio buttons do not have by themselves. */
static void
set_choices(const struct maker *maker, const struct question *question, struct field *field)
{
	size_t n = 0;
	struct choice *choices;
	const char *label;

	choices = arena_array_of(maker->arena, struct choice, question->n_choices + 3);
	for (size_t c = 0; c < question->n_choices; c++) {
		label = in_language(maker, question->choices[c].text);
		if (!*label)
			label = fixed_label(maker, &question->choices[c]);
		choices[n++] = (struct choice){ question->choices[c].code, label };
	}
	if (question->other) {
		label = in_language(maker, question->other_text);
		if (!*label)
			label = words_of(maker, "questionnaire.other");
		choices[n++] = (struct choice){ QUESTION_OTHER_CODE, label };
	}
	if (field->optional && n > RADIOS_WITH_SKIP)
		field->kind = FIELD_SELECT;
	if (field->optional && field->kind == FIELD_CHOICE)
		choices[n++] = (struct choice){ QUESTIONNAIRE_SKIP,
			words_of(maker, "questionnaire.no_answer") };
	field->choices = choices;
}

/* The question's text as label and its help as hint, on whichever field stands for all of it.
 */
static void
set_words(const struct maker *maker, size_t i, struct field *field)
{
	const struct question *question = &maker->q->questions[i];
	const char *hint = in_language(maker, question->help), *when;

	field->label = in_language(maker, question->text);
	if (!*field->label)
		field->label = question->code;
	if (maker->whole &&
	    (question->condition || maker->q->groups[question->group].condition)) {
		when = words_of(maker, "questionnaire.if_it_applies");
		hint = text_printf(
		    maker->arena, "%s%s%s", when ? when : "", *hint ? "\n" : "", hint);
	}
	field->hint = *hint ? hint : 0;
}

static void
add_other(struct maker *maker, size_t i)
{
	struct field *field = add_field(maker, i, QUESTION_OTHER, FIELD_TEXT);
	const struct question *question = &maker->q->questions[i];

	field->max = QUESTIONNAIRE_SHORT_MAX;
	field->optional = true;
	field->label = words_of(maker, "questionnaire.other_text");
	if (question->kind == QUESTION_SEVERAL) {
		const char *label = in_language(maker, question->other_text);

		field->label = *label ? label : words_of(maker, "questionnaire.other");
	}
}

static void
add_grid(struct maker *maker, size_t i)
{
	const struct question *question = &maker->q->questions[i];
	bool optional = is_optional(maker, i);

	set_words(maker, i, add_field(maker, i, QUESTION_WHOLE, FIELD_NOTE));
	for (size_t r = 0; r < question->n_rows; r++) {
		struct field *field;

		if (!maker->whole && !questionnaire_row_shown(&maker->view, i, r))
			continue;
		field = add_field(maker, i, r, FIELD_CHOICE);
		field->label = in_language(maker, question->rows[r].text);
		if (!*field->label)
			field->label = question->rows[r].code;
		field->optional = optional || (maker->whole && question->rows[r].condition);
		set_choices(maker, question, field);
	}
}

static void
add_several(struct maker *maker, size_t i)
{
	const struct question *question = &maker->q->questions[i];
	struct choice *choices =
	    arena_array_of(maker->arena, struct choice, question->n_rows + 1);
	struct field *field = add_field(maker, i, QUESTION_WHOLE, FIELD_MANY);
	size_t n = 0;

	for (size_t r = 0; r < question->n_rows; r++) {
		const char *label = in_language(maker, question->rows[r].text);

		if (maker->whole || questionnaire_row_shown(&maker->view, i, r))
			choices[n++] = (struct choice){ question->rows[r].code,
				*label ? label : question->rows[r].code };
	}
	set_words(maker, i, field);
	field->choices = choices;
	/* The engine counts, as "something else" counts too. */
	field->max = (int64_t)n;
	field->optional = is_optional(maker, i) || question->other;
	if (question->other)
		add_other(maker, i);
}

static void
add_single(struct maker *maker, size_t i)
{
	static const enum field_kind kinds[QUESTION_KIND_MAX] = {
		[QUESTION_LIST] = FIELD_CHOICE,
		[QUESTION_DROPDOWN] = FIELD_SELECT,
		[QUESTION_FIVE_POINTS] = FIELD_CHOICE,
		[QUESTION_YES_NO] = FIELD_CHOICE,
		[QUESTION_SHORT_TEXT] = FIELD_TEXT,
		[QUESTION_LONG_TEXT] = FIELD_LINES,
		[QUESTION_NUMBER] = FIELD_TEXT,
		[QUESTION_NOTE] = FIELD_NOTE,
	};
	const struct question *question = &maker->q->questions[i];
	struct field *field = add_field(maker, i, QUESTION_WHOLE, kinds[question->kind]);

	set_words(maker, i, field);
	field->optional = is_optional(maker, i) || question->kind == QUESTION_NOTE;
	if (question->n_choices > 0)
		set_choices(maker, question, field);
	else if (question->kind == QUESTION_NUMBER)
		field->max = NUMBER_CHARACTERS;
	else
		field->max = (int64_t)question_longest(question);
	if (question->other)
		add_other(maker, i);
}

const struct form *
questionnaire_form(struct arena *arena, const struct questionnaire *q,
    const struct answers *answers, size_t page, size_t language, unsigned flags, handler show)
{
	struct maker maker = { .arena = arena, .q = q, .language = language };
	struct questionnaire_form *form = arena_new_of(arena, struct questionnaire_form);
	size_t first = 0, end = q->n_questions, room = 1;

	maker.whole = page == QUESTIONNAIRE_WHOLE;
	maker.draft = flags & QUESTIONNAIRE_DRAFT;
	if (!maker.whole) {
		first = q->pages[page].first;
		end = first + q->pages[page].n;
	}
	for (size_t i = first; i < end; i++)
		room += 2 + q->questions[i].n_rows;
	maker.fields = arena_array_of(arena, struct field, room);
	maker.places = arena_array_of(arena, struct questionnaire_place, room);
	maker.view = questionnaire_shown(arena, q, answers);
	for (size_t i = first; i < end; i++) {
		enum question_kind kind = q->questions[i].kind;

		if (!maker.whole && !maker.view.questions[i])
			continue;
		if (kind == QUESTION_SEVERAL)
			add_several(&maker, i);
		else if (kind == QUESTION_GRID_FIVE || kind == QUESTION_GRID_OWN)
			add_grid(&maker, i);
		else
			add_single(&maker, i);
	}
	form->form =
	    (struct form){ .name = "questionnaire", .fields = maker.fields, .show = show };
	form->q = q;
	form->answers = answers;
	form->page = page;
	form->language = language;
	form->flags = flags;
	form->n_fields = maker.n;
	form->places = maker.places;
	return &form->form;
}

const struct questionnaire_form *
questionnaire_form_of(const struct request *req)
{
	return (const struct questionnaire_form *)(const void *)req->form;
}

/* ---- Between fields and answers ---- */

/* The key of what a field answers; NULL for a note and for several, which has many. */
static const char *
key_of(const struct questionnaire_form *form, size_t field)
{
	const struct questionnaire_place *place = &form->places[field];
	const struct question *question = &form->q->questions[place->question];
	enum field_kind kind = form->form.fields[field].kind;

	if (kind == FIELD_NOTE || kind == FIELD_MANY)
		return 0;
	if (place->row == QUESTION_WHOLE)
		return question->code;
	return place->row == QUESTION_OTHER ? question->other_key
					    : question->rows[place->row].key;
}

void
questionnaire_form_fill(struct request *req)
{
	const struct questionnaire_form *form = questionnaire_form_of(req);

	for (size_t f = 0; f < form->n_fields; f++) {
		const struct question *question = &form->q->questions[form->places[f].question];
		const char *key = key_of(form, f);

		if (key) {
			form_set(req, (unsigned)f, answers_get(form->answers, key));
			continue;
		}
		if (question->kind != QUESTION_SEVERAL)
			continue;
		for (size_t r = 0; r < question->n_rows; r++)
			if (*answers_get(form->answers, question->rows[r].key))
				form_set(req, (unsigned)f, question->rows[r].code);
	}
}

/* Several: "Y" for each row that was chosen, nothing for the others. */
static void
read_several(
    struct request *req, unsigned f, const struct question *question, struct answers *answers)
{
	for (size_t r = 0; r < question->n_rows; r++)
		answers_set(answers, question->rows[r].key, 0);
	for (size_t c = 0; c < form_many(req, f); c++)
		for (size_t r = 0; r < question->n_rows; r++)
			if (text_is(form_many_at(req, f, c), question->rows[r].code))
				answers_set(answers, question->rows[r].key, "Y");
}

/* Is this the field where the fault is told? The one field of several stands for its rows. */
static bool
is_place_of(const struct questionnaire_form *form, size_t f, const struct answer_fault *fault)
{
	const struct questionnaire_place *place = &form->places[f];

	return place->question == fault->question &&
	       (place->row == fault->row ||
		   (form->form.fields[f].kind == FIELD_MANY && fault->row != QUESTION_OTHER));
}

/* The sentence for a code of the engine, whose limits are in detail: the form's own sentences
 * speak of the field's limits. */
static const char *
sentence_of(const char *code)
{
	static const struct {
		const char *code, *sentence;
	} sentences[] = {
		{ "not_number", "answer_not_number" },
		{ "not_whole", "answer_not_whole" },
		{ "too_small", "answer_too_small" },
		{ "too_large", "answer_too_large" },
		{ "too_short", "answer_too_short" },
		{ "too_long", "answer_too_long" },
		{ "too_few", "answer_too_few" },
		{ "too_many", "answer_too_many" },
	};

	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (text_is(code, sentences[i].code))
			return sentences[i].sentence;
	return code;
}

static void
put_faults(
    struct request *req, const struct questionnaire_form *form, const struct answers *answers)
{
	const struct answer_fault *faults;
	bool whole = form->page == QUESTIONNAIRE_WHOLE;
	size_t first = whole ? 0 : form->q->pages[form->page].first;
	size_t n = whole ? form->q->n_questions : form->q->pages[form->page].n;
	size_t found = questionnaire_check(req->arena, form->q, first, n, answers, &faults);

	for (size_t i = 0; i < found; i++) {
		size_t f = 0;

		if ((form->flags & QUESTIONNAIRE_DRAFT) && text_is(faults[i].code, "missing"))
			continue;
		while (f < form->n_fields && !is_place_of(form, f, &faults[i]))
			f++;
		form_error(req, f < form->n_fields ? (unsigned)f : FORM_WHOLE,
		    sentence_of(faults[i].code), faults[i].detail);
	}
}

bool
questionnaire_form_read(struct request *req, struct answers *ret)
{
	const struct questionnaire_form *form = questionnaire_form_of(req);
	struct answers answers = answers_new(req->arena);

	for (size_t i = 0; i < form->answers->n; i++)
		answers_set(&answers, form->answers->list[i].key, form->answers->list[i].text);
	for (size_t f = 0; f < form->n_fields; f++) {
		const char *key = key_of(form, f), *text;

		if (!key) {
			if (form->form.fields[f].kind == FIELD_MANY)
				read_several(req, (unsigned)f,
				    &form->q->questions[form->places[f].question], &answers);
			continue;
		}
		text = form_text(req, (unsigned)f);
		answers_set(&answers, key, text_is(text, QUESTIONNAIRE_SKIP) ? 0 : text);
	}
	put_faults(req, form, &answers);
	if (form_failed(req))
		return false;
	*ret = answers;
	return true;
}

const char *
questionnaire_answer(const struct questionnaire *q, const struct question *question,
    const char *answer, size_t language)
{
	const char *text = question_answer_text(question, answer, language);

	if (question->kind == QUESTION_YES_NO && text_is(text, "Y"))
		return own_words(q, language, "questionnaire.yes");
	if (question->kind == QUESTION_YES_NO && text_is(text, "N"))
		return own_words(q, language, "questionnaire.no");
	if (text_is(text, QUESTION_OTHER_CODE))
		return own_words(q, language, "questionnaire.other");
	return text;
}
