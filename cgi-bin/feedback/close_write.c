/*
 * close_write.c: from opened seals to rows (close_write.h). Used by the job that closes rounds,
 * in its transaction.
 */
#include "feedback/close_write.h"

#include <string.h>

#include "base/text.h"
#include "data/crypto.h"

#define WIDTH 6
#define ROWS_AT_ONCE 500

static const struct stmt RESPONSE_ADD = { "INSERT INTO response (id, run_id) VALUES (?, ?)" };
static const struct stmt ANSWER_ADD = {
	"INSERT INTO answer (response_id, answer_key, kind, choice, number, words)"
	" VALUES (?, ?, ?, ?, ?, ?)"
};

/* A number below n from the system's randomness, each as likely as the others. */
static uint64_t
below(uint64_t n)
{
	uint64_t limit = UINT64_MAX - UINT64_MAX % n, value;

	do
		crypto_random(&value, sizeof value);
	while (value >= limit);
	return value % n;
}

void
close_shuffle(const char **answers, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t other = (size_t)below(i);
		const char *one = answers[i - 1];
		answers[i - 1] = answers[other];
		answers[other] = one;
	}
}

/* Rows of the table answer that wait to be written. */
struct batch {
	struct db *db;
	struct value values[WIDTH * ROWS_AT_ONCE];
	size_t n;
};

static void
flush(struct batch *batch)
{
	if (batch->n)
		db_write_many(batch->db, &ANSWER_ADD, batch->values, WIDTH, batch->n);
	batch->n = 0;
}

/* One answer; nothing when it is empty. id lives as long as the arena. */
static void
put(struct batch *batch, const struct id *id, const char *key, const char *kind,
    const char *answer)
{
	struct value *row = &batch->values[WIDTH * batch->n];

	if (text_empty(answer))
		return;
	row[0] = v_bytes(id->b, ID_BYTES);
	row[1] = v_text(key);
	row[2] = v_text(kind);
	row[3] = text_is(kind, "choice") ? v_text(answer) : v_null();
	row[4] = text_is(kind, "number") ? v_text(answer) : v_null();
	row[5] = text_is(kind, "text") ? v_text(answer) : v_null();
	if (++batch->n == ROWS_AT_ONCE)
		flush(batch);
}

/* Options of several: who chose any, or wrote something else, has said no to the others that
 * were shown. */
static void
put_several(struct batch *batch, const struct id *id, const struct question *question,
    const struct questionnaire_view *view, size_t i, const struct answers *answers)
{
	bool any = question->other && *answers_get(answers, question->other_key);

	for (size_t r = 0; r < question->n_rows; r++)
		any |= *answers_get(answers, question->rows[r].key) != '\0';
	for (size_t r = 0; any && r < question->n_rows; r++)
		if (questionnaire_row_shown(view, i, r))
			put(batch, id, question->rows[r].key, "choice",
			    *answers_get(answers, question->rows[r].key) ? "Y" : "N");
}

static void
put_question(struct batch *batch, const struct id *id, const struct question *question,
    const struct questionnaire_view *view, size_t i, const struct answers *answers)
{
	const char *kind = "choice";

	switch (question->kind) {
	case QUESTION_NOTE:
	case QUESTION_KIND_MAX:
		return;
	case QUESTION_SEVERAL:
		put_several(batch, id, question, view, i, answers);
		break;
	case QUESTION_GRID_FIVE:
	case QUESTION_GRID_OWN:
		for (size_t r = 0; r < question->n_rows; r++)
			put(batch, id, question->rows[r].key, kind,
			    answers_get(answers, question->rows[r].key));
		break;
	case QUESTION_SHORT_TEXT:
	case QUESTION_LONG_TEXT:
		kind = "text";
		break;
	case QUESTION_NUMBER:
		kind = question_is_0_to_10(question) && question->whole ? kind : "number";
		break;
	case QUESTION_LIST:
	case QUESTION_DROPDOWN:
	case QUESTION_FIVE_POINTS:
	case QUESTION_YES_NO:
		break;
	}
	put(batch, id, question->code, kind, answers_get(answers, question->code));
	if (question->other)
		put(batch, id, question->other_key, "text",
		    answers_get(answers, question->other_key));
}

void
close_write(struct db *db, int64_t run, const struct questionnaire *q,
    const char *const *answers, size_t n)
{
	struct arena *arena = db_arena(db);
	struct batch *batch = arena_new_of(arena, struct batch);
	struct id *ids = arena_array_of(arena, struct id, n);
	struct value *responses = arena_array_of(arena, struct value, 2 * n);

	batch->db = db;
	for (size_t i = 0; i < n; i++) {
		ids[i] = id_new();
		responses[2 * i] = v_bytes(ids[i].b, ID_BYTES);
		responses[2 * i + 1] = v_int(run);
	}
	if (n)
		db_write_many(db, &RESPONSE_ADD, responses, 2, n);
	for (size_t i = 0; i < n; i++) {
		struct answers read;
		if (answers_read(arena, answers[i], strlen(answers[i]), &read) != OK) {
			db_fail(db, E_FAULT);
			return;
		}
		struct questionnaire_view view = questionnaire_shown(arena, q, &read);
		for (size_t k = 0; k < q->n_questions; k++)
			put_question(batch, &ids[i], &q->questions[k], &view, k, &read);
	}
	flush(batch);
}
