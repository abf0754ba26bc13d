/*
 * questionnaire_answers.c: answers to a questionnaire: the map, its JSON, checking and
 * settling.
 *
 * Used by the pages that read answers (questionnaire_form.c), by what stores them and by
 * conditions. Answers lie in the arena they were made in; a look-up is a walk over the list,
 * which is at most a few hundred entries long.
 */
#include "data/json.h"
#include "data/questionnaire.h"
#include "data/questionnaire_impl.h"

#include <math.h>
#include <string.h>

#define ANSWERS_MAX 20000 /* keys in a stored map */

/* ---- The map ---- */

struct answers
answers_new(struct arena *arena)
{
	return (struct answers){ .arena = arena };
}

static struct answer *
find(const struct answers *answers, const char *key)
{
	for (size_t i = 0; i < answers->n; i++)
		if (text_is(answers->list[i].key, key))
			return &answers->list[i];
	return 0;
}

const char *
answers_get(const struct answers *answers, const char *key)
{
	const struct answer *answer = find(answers, key);

	return answer ? answer->text : "";
}

/* Adds a key that is not there yet. */
static void
append(struct answers *answers, const char *key, const char *text)
{
	if (answers->n == answers->room) {
		size_t room = answers->room ? 2 * answers->room : 16;
		struct answer *list = arena_array_of(answers->arena, struct answer, room);

		if (answers->n)
			memcpy(list, answers->list, answers->n * sizeof(*list));
		answers->list = list;
		answers->room = room;
	}
	answers->list[answers->n].key = text_copy(answers->arena, key);
	answers->list[answers->n].text = text_copy(answers->arena, text);
	answers->n++;
}

void
answers_set(struct answers *answers, const char *key, const char *text)
{
	struct answer *answer = find(answers, key);

	if (!text_empty(text)) {
		if (answer)
			answer->text = text_copy(answers->arena, text);
		else
			append(answers, key, text);
		return;
	}
	if (answer) {
		size_t behind = (size_t)(answers->list + answers->n - (answer + 1));

		memmove(answer, answer + 1, behind * sizeof(*answer));
		answers->n--;
	}
}

const char *
answers_write(struct arena *arena, const struct answers *answers)
{
	struct buf out = buf_new(arena);

	buf_char(&out, '{');
	for (size_t i = 0; i < answers->n; i++) {
		if (i > 0)
			buf_char(&out, ',');
		json_quoted(&out, answers->list[i].key);
		buf_char(&out, ':');
		json_quoted(&out, answers->list[i].text);
	}
	buf_char(&out, '}');
	return out.p;
}

enum status
answers_read(struct arena *arena, const char *json, size_t n, struct answers *ret)
{
	json_t *root = json_read(arena, (struct bytes){ (const unsigned char *)json, n }),
	       *value;
	struct answers answers = answers_new(arena);
	const char *key;

	if (!json_is_object(root) || json_object_size(root) > ANSWERS_MAX)
		return E_INPUT;
	json_object_foreach(root, key, value)
	{
		if (!json_is_string(value))
			return E_INPUT;
		if (json_string_length(value) > 0)
			append(&answers, key, json_string_value(value));
	}
	*ret = answers;
	return OK;
}

/* ---- Numbers ---- */

bool
decimal_value(const char *text, double *ret)
{
	double whole = 0, scale = 1;
	size_t digits = 0;
	bool dot = false, negative = *text == '-';
	const char *at = text + negative;

	for (; *at; at++) {
		if (*at == '.' && !dot && digits > 0 && at[1]) {
			dot = true;
			continue;
		}
		if (*at < '0' || *at > '9' || ++digits > 15)
			return false;
		whole = whole * 10 + (*at - '0');
		if (dot)
			scale *= 10;
	}
	if (digits == 0)
		return false;
	*ret = (negative ? -whole : whole) / scale;
	return true;
}

bool
questionnaire_number(struct arena *arena, const char *text, const char **ret_text, double *ret)
{
	char *number = text_trim(arena, text), *comma = strchr(number, ',');

	if (comma) {
		if (strlen(comma + 1) == 3 || strchr(number, '.'))
			return false;
		*comma = '.';
	}
	if (!decimal_value(number, ret))
		return false;
	*ret_text = number;
	return true;
}

/* ---- Checking ---- */

struct check {
	struct arena *arena;
	const struct questionnaire *q;
	const struct answers *answers;
	struct questionnaire_view view;
	struct answer_fault *faults;
	size_t n, room;
};

static void
report(struct check *check, size_t question, size_t row, const char *code, const char *detail)
{
	if (check->n == check->room) {
		size_t room = check->room ? 2 * check->room : 8;
		struct answer_fault *faults;

		faults = arena_array_of(check->arena, struct answer_fault, room);
		if (check->n)
			memcpy(faults, check->faults, check->n * sizeof(*faults));
		check->faults = faults;
		check->room = room;
	}
	check->faults[check->n++] = (struct answer_fault){ question, row, code, detail };
}

static const char *
limit_text(struct check *check, double limit)
{
	return text_printf(check->arena, "%.15g", limit);
}

size_t
question_longest(const struct question *question)
{
	size_t most = question->kind == QUESTION_LONG_TEXT ? QUESTIONNAIRE_LONG_MAX
							   : QUESTIONNAIRE_SHORT_MAX;
	bool text =
	    question->kind == QUESTION_LONG_TEXT || question->kind == QUESTION_SHORT_TEXT;

	if (text && question->has_most && question->most >= 1 && question->most < (double)most)
		most = (size_t)question->most;
	return most;
}

static void
check_text(struct check *check, size_t i, const char *text)
{
	const struct question *question = &check->q->questions[i];
	size_t length = text_length(text), most = question_longest(question);

	if (length > most)
		report(check, i, QUESTION_WHOLE, "too_long", limit_text(check, (double)most));
	else if (question->has_least && (double)length < question->least)
		report(
		    check, i, QUESTION_WHOLE, "too_short", limit_text(check, question->least));
}

static void
check_number(struct check *check, size_t i, const char *text)
{
	const struct question *question = &check->q->questions[i];
	const char *canonical;
	double number;

	if (!questionnaire_number(check->arena, text, &canonical, &number))
		report(check, i, QUESTION_WHOLE, "not_number", 0);
	else if (question->whole && floor(number) != number)
		report(check, i, QUESTION_WHOLE, "not_whole", 0);
	else if (question->has_least && number < question->least)
		report(
		    check, i, QUESTION_WHOLE, "too_small", limit_text(check, question->least));
	else if (question->has_most && number > question->most)
		report(
		    check, i, QUESTION_WHOLE, "too_large", limit_text(check, question->most));
}

static bool
is_choice(const struct question *question, const char *answer)
{
	for (size_t c = 0; c < question->n_choices; c++)
		if (text_is(question->choices[c].code, answer))
			return true;
	return false;
}

/* The text beside "something else". needed: the answer says that there is one. */
static void
check_other(struct check *check, size_t i, bool needed)
{
	const char *other = answers_get(check->answers, check->q->questions[i].other_key);

	if (needed && !*text_trim(check->arena, other))
		report(check, i, QUESTION_OTHER, "missing", 0);
	else if (text_length(other) > QUESTIONNAIRE_SHORT_MAX)
		report(check, i, QUESTION_OTHER, "too_long",
		    limit_text(check, QUESTIONNAIRE_SHORT_MAX));
}

static void
check_choice(struct check *check, size_t i, const char *answer)
{
	const struct question *question = &check->q->questions[i];
	bool other = question->other && text_is(answer, QUESTION_OTHER_CODE);

	if (!other && !is_choice(question, answer))
		report(check, i, QUESTION_WHOLE, "not_choice", 0);
	if (other)
		check_other(check, i, question->required);
}

static void
check_grid(struct check *check, size_t i)
{
	const struct question *question = &check->q->questions[i];

	for (size_t r = 0; r < question->n_rows; r++) {
		const char *answer = answers_get(check->answers, question->rows[r].key);

		if (!questionnaire_row_shown(&check->view, i, r))
			continue;
		if (!*answer && question->required)
			report(check, i, r, "missing", 0);
		else if (*answer && !is_choice(question, answer))
			report(check, i, r, "not_choice", 0);
	}
}

static void
check_several(struct check *check, size_t i)
{
	const struct question *question = &check->q->questions[i];
	double chosen = 0;

	for (size_t r = 0; r < question->n_rows; r++) {
		const char *answer = answers_get(check->answers, question->rows[r].key);

		if (!*answer || !questionnaire_row_shown(&check->view, i, r))
			continue;
		if (text_is(answer, "Y"))
			chosen++;
		else
			report(check, i, r, "not_choice", 0);
	}
	if (question->other) {
		chosen += *answers_get(check->answers, question->other_key) ? 1 : 0;
		check_other(check, i, false);
	}
	if (chosen == 0 && question->required)
		report(check, i, QUESTION_WHOLE, "missing", 0);
	else if (chosen > 0 && question->has_least && chosen < question->least)
		report(check, i, QUESTION_WHOLE, "too_few", limit_text(check, question->least));
	else if (question->has_most && chosen > question->most)
		report(check, i, QUESTION_WHOLE, "too_many", limit_text(check, question->most));
}

static void
check_question(struct check *check, size_t i)
{
	const struct question *question = &check->q->questions[i];
	const char *answer;

	if (question->kind == QUESTION_SEVERAL) {
		check_several(check, i);
		return;
	}
	if (question_has_rows(question->kind)) {
		check_grid(check, i);
		return;
	}
	answer = text_trim(check->arena, answers_get(check->answers, question->code));
	if (!*answer) {
		if (question->required && question->kind != QUESTION_NOTE)
			report(check, i, QUESTION_WHOLE, "missing", 0);
	} else if (question->kind == QUESTION_NUMBER) {
		check_number(check, i, answer);
	} else if (question->n_choices > 0) {
		check_choice(check, i, answer);
	} else {
		check_text(check, i, answer);
	}
}

size_t
questionnaire_check(struct arena *arena, const struct questionnaire *q, size_t first, size_t n,
    const struct answers *answers, const struct answer_fault **ret)
{
	struct check check = { .arena = arena, .q = q, .answers = answers };

	check.view = questionnaire_shown(arena, q, answers);
	for (size_t i = first; i < first + n && i < q->n_questions; i++)
		if (check.view.questions[i])
			check_question(&check, i);
	*ret = check.faults;
	return check.n;
}

/* ---- Settling ---- */

static void
settle_whole(struct arena *arena, const struct question *question, const struct answers *from,
    struct answers *to)
{
	const char *text = text_lines(arena, answers_get(from, question->code)), *canonical;
	double ignored;

	text = text_trim(arena, text);
	if (question->kind != QUESTION_NUMBER ||
	    !questionnaire_number(arena, text, &canonical, &ignored))
		canonical = text;
	if (*canonical)
		append(to, question->code, canonical);
}

struct answers
questionnaire_settle(
    struct arena *arena, const struct questionnaire *q, const struct answers *answers)
{
	struct questionnaire_view view = questionnaire_shown(arena, q, answers);
	struct answers settled = answers_new(arena);

	for (size_t i = 0; i < q->n_questions; i++) {
		const struct question *question = &q->questions[i];
		const char *other;

		if (!view.questions[i] || question->kind == QUESTION_NOTE)
			continue;
		if (!question_has_rows(question->kind))
			settle_whole(arena, question, answers, &settled);
		for (size_t r = 0; r < question->n_rows; r++) {
			const char *text = answers_get(answers, question->rows[r].key);

			if (*text && questionnaire_row_shown(&view, i, r))
				append(&settled, question->rows[r].key, text);
		}
		if (!question->other)
			continue;
		other = text_trim(arena, answers_get(answers, question->other_key));
		if (*other &&
		    (question->kind == QUESTION_SEVERAL ||
			text_is(answers_get(answers, question->code), QUESTION_OTHER_CODE)))
			append(&settled, question->other_key, other);
	}
	return settled;
}
