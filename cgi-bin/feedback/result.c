/*
 * result.c: reads the results of a round out of the views that suppress
 * (sql/feedback/views.sql) and brings them into the order of the questionnaire (result.h). Used
 * by the results pages.
 *
 * Rules (README 10 to 12): nothing of fewer than the round's least group, at least five; texts
 * from ten writers on; nothing that a small group answered all alike.
 */
#include "feedback/result.h"

#include "base/text.h"
#include "feedback/feedback.h"
#include "web/words.h"

static const struct stmt RUN = {
	"SELECT s.title, u.invited, u.answered, u.min_group, q.document FROM survey_run u"
	" JOIN survey s ON s.id = u.survey_id JOIN questionnaire q ON q.id = u.questionnaire_id"
	" WHERE u.id = ? AND u.state IN ('closed', 'published', 'actions_assigned', "
	"'reported_back')"
};
static const struct stmt CHOICES = {
	"SELECT answer_key, choice, n, of_n FROM result_choice WHERE run_id = ?"
};
static const struct stmt NUMBERS = {
	"SELECT answer_key, n, mean FROM result_number WHERE run_id = ?"
};
static const struct stmt COMMENTS = { "SELECT answer_key, words FROM result_comment WHERE "
				      "run_id = ? ORDER BY answer_key, words" };

struct reading {
	struct arena *arena;
	const struct questionnaire *q;
	size_t language;
	const char *locale; /* of the reader: our own words among those of the document */
	struct rows *choices, *numbers, *comments;
	struct result *result;
};

/* How often a choice was taken, and out of how many; false when it cannot be told. */
static bool
count_of(const struct reading *reading, const char *key, const char *choice, int64_t *ret_n,
    int64_t *ret_of)
{
	struct rows *rows = reading->choices;
	bool known = false;

	*ret_n = 0;
	rows_rewind(rows);
	while (rows_next(rows)) {
		if (!text_is(rows_text(rows, 0), key))
			continue;
		known = true;
		*ret_of = rows_int(rows, 3);
		if (text_is(rows_text(rows, 1), choice))
			*ret_n = rows_int(rows, 2);
	}
	return known;
}

static const char *
label_of(const struct reading *reading, const struct question_choice *choice)
{
	const char *label = questionnaire_text(choice->text, reading->language);

	if (*label)
		return label;
	if (text_is(choice->code, "Y"))
		return words_get(reading->locale, "questionnaire.yes");
	if (text_is(choice->code, "N"))
		return words_get(reading->locale, "questionnaire.no");
	return choice->code;
}

static struct result_item *
add_item(struct reading *reading, const struct question *question, const char *key)
{
	struct result_item *item = &reading->result->items[reading->result->n++];

	item->question = question;
	item->text = questionnaire_text(question->text, reading->language);
	if (!*item->text)
		item->text = question->code;
	item->key = key;
	item->hidden = true;
	return item;
}

static void
add_line(struct result_item *item, const char *label, const char *code, int64_t n)
{
	item->lines[item->n_lines++] =
	    (struct result_line){ label, code, false, n, percent_of(n, item->n) };
}

/* The mean of a scale, and for 0 to 10 also promoters less detractors. */
static void
set_figures(struct reading *reading, struct result_item *item)
{
	const struct question *question = item->question;
	bool scores = question_is_0_to_10(question);
	bool points =
	    question->kind == QUESTION_FIVE_POINTS || question->kind == QUESTION_GRID_FIVE;
	int64_t counts[SCORES] = { 0 }, mean;

	if (!scores && !points)
		return;
	for (size_t i = 0; i < SCORES && i < item->n_lines; i++)
		counts[i] = item->lines[i].n;
	mean = mean_hundredths(counts, scores ? SCORES : 5, scores ? 0 : 1);
	item->mean = text_printf(
	    reading->arena, "%lld.%02lld", (long long)(mean / 100), (long long)(mean % 100));
	item->has_enps = scores;
	item->enps = scores ? enps_of(counts) : 0;
}

/* A question, or a row of a grid, of which one choice was taken. */
static void
read_choices(struct reading *reading, struct result_item *item)
{
	const struct question *question = item->question;
	int64_t n;

	item->kind = RESULT_CHOICES;
	item->hidden = !count_of(reading, item->key, "", &n, &item->n);
	if (item->hidden)
		return;
	item->lines =
	    arena_array_of(reading->arena, struct result_line, question->n_choices + 1);
	for (size_t i = 0; i < question->n_choices; i++) {
		const struct question_choice *choice = &question->choices[i];
		(void)count_of(reading, item->key, choice->code, &n, &item->n);
		add_line(item, label_of(reading, choice), choice->code, n);
	}
	if (question->other) {
		const char *label = questionnaire_text(question->other_text, reading->language);
		(void)count_of(reading, item->key, QUESTION_OTHER_CODE, &n, &item->n);
		add_line(item,
		    *label ? label : words_get(reading->locale, "questionnaire.other"),
		    QUESTION_OTHER_CODE, n);
	}
	set_figures(reading, item);
}

/* A whole number from 0 to 10 is counted like a choice. */
static void
read_scores(struct reading *reading, struct result_item *item)
{
	int64_t n;

	item->kind = RESULT_CHOICES;
	item->hidden = !count_of(reading, item->key, "", &n, &item->n);
	if (item->hidden)
		return;
	item->lines = arena_array_of(reading->arena, struct result_line, SCORES);
	for (int score = 0; score < SCORES; score++) {
		const char *code = text_printf(reading->arena, "%d", score);
		(void)count_of(reading, item->key, code, &n, &item->n);
		add_line(item, code, code, n);
	}
	set_figures(reading, item);
}

static void
read_options(struct reading *reading, struct result_item *item)
{
	const struct question *question = item->question;

	item->kind = RESULT_OPTIONS;
	item->lines = arena_array_of(reading->arena, struct result_line, question->n_rows);
	for (size_t r = 0; r < question->n_rows; r++) {
		const struct question_row *row = &question->rows[r];
		const char *label = questionnaire_text(row->text, reading->language);
		int64_t n = 0, of = 0;
		bool known = count_of(reading, row->key, "Y", &n, &of);
		item->lines[item->n_lines++] = (struct result_line){ *label ? label : row->code,
			row->code, !known, n, percent_of(n, of) };
		if (of > item->n)
			item->n = of;
		item->hidden &= !known;
	}
}

static void
read_number(struct reading *reading, struct result_item *item)
{
	struct rows *rows = reading->numbers;

	item->kind = RESULT_NUMBER;
	rows_rewind(rows);
	while (rows_next(rows)) {
		if (!text_is(rows_text(rows, 0), item->key))
			continue;
		item->hidden = false;
		item->n = rows_int(rows, 1);
		item->mean = rows_text(rows, 2);
	}
}

static void
read_texts(struct reading *reading, struct result_item *item)
{
	struct rows *rows = reading->comments;

	item->kind = RESULT_TEXTS;
	item->texts = arena_array_of(reading->arena, const char *, rows_count(rows));
	rows_rewind(rows);
	while (rows_next(rows))
		if (text_is(rows_text(rows, 0), item->key))
			item->texts[item->n_texts++] = rows_text(rows, 1);
	item->n = (int64_t)item->n_texts;
	item->hidden = item->n_texts == 0;
}

static void
read_question(struct reading *reading, const struct question *question)
{
	struct result_item *item;

	switch (question->kind) {
	case QUESTION_NOTE:
	case QUESTION_KIND_MAX:
		return;
	case QUESTION_GRID_FIVE:
	case QUESTION_GRID_OWN:
		for (size_t r = 0; r < question->n_rows; r++) {
			const struct question_row *row = &question->rows[r];
			item = add_item(reading, question, row->key);
			item->row = questionnaire_text(row->text, reading->language);
			if (!*item->row)
				item->row = row->code;
			read_choices(reading, item);
		}
		break;
	case QUESTION_SEVERAL:
		read_options(reading, add_item(reading, question, question->code));
		break;
	case QUESTION_SHORT_TEXT:
	case QUESTION_LONG_TEXT:
		read_texts(reading, add_item(reading, question, question->code));
		break;
	case QUESTION_NUMBER:
		item = add_item(reading, question, question->code);
		if (question_is_0_to_10(question) && question->whole)
			read_scores(reading, item);
		else
			read_number(reading, item);
		break;
	case QUESTION_LIST:
	case QUESTION_DROPDOWN:
	case QUESTION_FIVE_POINTS:
	case QUESTION_YES_NO:
		read_choices(reading, add_item(reading, question, question->code));
		break;
	}
	if (question->other) {
		item = add_item(reading, question, question->other_key);
		item->row = questionnaire_text(question->other_text, reading->language);
		if (!*item->row)
			item->row = words_get(reading->locale, "questionnaire.other");
		read_texts(reading, item);
	}
}

enum status
result_read(struct db *db, int64_t run, const char *locale, struct result *ret)
{
	struct rows *rows = db_read(db, &RUN, v_int(run));
	struct reading reading = { .arena = db_arena(db), .locale = locale };
	struct result result = { 0 };
	size_t room = 0;

	if (!rows_next(rows))
		return db_absent(db);
	if (column_questionnaire(reading.arena, rows, 4, &reading.q) != OK)
		return E_FAULT;
	result.title = rows_text(rows, 0);
	result.invited = rows_int(rows, 1);
	result.answered = rows_int(rows, 2);
	result.least = rows_int(rows, 3) < GROUP_LEAST ? GROUP_LEAST : rows_int(rows, 3);
	result.hidden = result.answered < result.least;
	if (result.hidden)
		result.answered = 0;
	reading.result = &result;
	reading.language = questionnaire_language(reading.q, locale);
	result.language = reading.q->languages[reading.language];
	for (size_t i = 0; i < reading.q->n_questions; i++)
		room += 2 + reading.q->questions[i].n_rows;
	result.items = arena_array_of(reading.arena, struct result_item, room);
	if (!result.hidden) {
		reading.choices = db_read(db, &CHOICES, v_int(run));
		reading.numbers = db_read(db, &NUMBERS, v_int(run));
		reading.comments = db_read(db, &COMMENTS, v_int(run));
		for (size_t i = 0; i < reading.q->n_questions; i++)
			read_question(&reading, &reading.q->questions[i]);
	}
	if (db_status(db) != OK)
		return db_status(db);
	*ret = result;
	return OK;
}
