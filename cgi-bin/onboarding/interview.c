/*
 * interview.c: the interview as it is stored: opened with the newest version of its questions,
 * which it then keeps; answers saved page by page; shown to whoever may read it. Used by the
 * applicant's and the reviewer's pages.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "web/questionnaire_form.h"
#include "web/words.h"

static const struct stmt NEWEST = {
	"SELECT id FROM questionnaire WHERE code = 'interview' ORDER BY version DESC LIMIT 1"
};
static const struct stmt OPEN = {
	"INSERT INTO interview (public_id, application_id, questionnaire_id, opened_at)"
	" VALUES (?, ?, ?, ?)"
};
static const struct stmt INTERVIEW = {
	"SELECT i.id, i.version, i.state, i.started_at, i.submitted_at, q.document"
	" FROM interview i JOIN questionnaire q ON q.id = i.questionnaire_id"
	" WHERE i.application_id = ? ORDER BY i.id DESC LIMIT 1"
};
static const struct stmt ANSWERS = {
	"SELECT answer_key, value FROM interview_answer WHERE interview_id = ?"
};
static const struct stmt ANSWER_SET = {
	"INSERT INTO interview_answer (interview_id, answer_key, value, saved_at)"
	" VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value),"
	" saved_at = VALUES(saved_at), version = version + 1"
};
static const struct stmt ANSWER_DROP = {
	"DELETE FROM interview_answer WHERE interview_id = ? AND answer_key = ?"
};
static const struct stmt START = {
	"UPDATE interview SET started_at = COALESCE(started_at, ?), state = 'started',"
	" version = version + 1 WHERE id = ? AND state IN ('open', 'started')"
};
static const struct stmt SUBMIT = {
	"UPDATE interview SET submitted_at = ?, started_at = COALESCE(started_at, ?),"
	" state = 'submitted', version = version + 1"
	" WHERE id = ? AND state IN ('open', 'started')"
};

enum status
interview_open(struct db *db, int64_t application, instant now)
{
	struct id id = id_new();
	int64_t questionnaire = db_int(db, &NEWEST, 0);

	if (!questionnaire)
		return db_status(db) == OK ? E_FAULT : db_status(db);
	db_write(db, &OPEN, v_bytes(id.b, sizeof id.b), v_int(application),
	    v_int(questionnaire), v_instant(now));
	return OK;
}

enum status
interview_load(struct request *req, int64_t application, struct interview *ret)
{
	struct db *db = request_db(req);
	struct questionnaire_fault fault;
	struct rows *rows = db_read(db, &INTERVIEW, v_int(application));

	if (!rows_next(rows))
		return db_absent(db);
	*ret = (struct interview){
		.id = rows_int(rows, 0),
		.version = rows_int(rows, 1),
		.state = rows_text(rows, 2),
		.started_at = rows_instant(rows, 3),
		.submitted_at = rows_instant(rows, 4),
		.answers = answers_new(request_arena(req)),
	};
	struct bytes document = bytes_of(rows_text(rows, 5));
	if (questionnaire_read(request_arena(req), (const char *)document.p, document.n,
		&ret->q, &fault) != OK)
		return E_FAULT;
	rows = db_read(db, &ANSWERS, v_int(ret->id));
	while (rows_next(rows))
		answers_set(&ret->answers, rows_text(rows, 0), rows_text(rows, 1));
	return db_status(db);
}

void
interview_save(struct db *db, const struct interview *interview, const struct answers *answers)
{
	struct value id = v_int(interview->id), now = v_instant(time_now());

	for (size_t i = 0; i < interview->answers.n; i++)
		if (text_empty(answers_get(answers, interview->answers.list[i].key)))
			db_write(db, &ANSWER_DROP, id, v_text(interview->answers.list[i].key));
	for (size_t i = 0; i < answers->n; i++) {
		const struct answer *answer = &answers->list[i];

		if (!text_empty(answer->text) &&
		    !text_is(answer->text, answers_get(&interview->answers, answer->key)))
			db_write(db, &ANSWER_SET, id, v_text(answer->key), v_text(answer->text),
			    now);
	}
}

enum status
interview_start(struct db *db, const struct interview *interview, instant now)
{
	return db_write_one(db, &START, v_instant(now), v_int(interview->id));
}

enum status
interview_submit(struct db *db, const struct interview *interview, instant now)
{
	return db_write_one(db, &SUBMIT, v_instant(now), v_instant(now), v_int(interview->id));
}

/* ---- As people read it ---- */

/* The whole answer to a question as lines; "" when there is none. */
static const char *
answer_lines(struct request *req, const struct interview *interview,
    const struct question *question, size_t language)
{
	const char *answer = answers_get(&interview->answers, question->code);
	const char *other =
	    question->other_key ? answers_get(&interview->answers, question->other_key) : "";
	struct buf lines = buf_new(request_arena(req));

	if (!text_empty(answer) && !text_is(answer, QUESTION_OTHER_CODE))
		buf_printf(&lines, "%s\n",
		    questionnaire_answer(interview->q, question, answer, language));
	for (size_t r = 0; r < question->n_rows; r++) {
		const char *row = answers_get(&interview->answers, question->rows[r].key);

		if (text_empty(row))
			continue;
		buf_text(&lines, questionnaire_text(question->rows[r].text, language));
		if (question->kind != QUESTION_SEVERAL)
			buf_printf(&lines, ": %s",
			    questionnaire_answer(interview->q, question, row, language));
		buf_char(&lines, '\n');
	}
	if (!text_empty(other))
		buf_printf(&lines, "%s\n", other);
	return lines.n ? lines.p : "";
}

static void
show_group(struct request *req, struct page *section, const struct interview *interview,
    size_t group, const struct questionnaire_view *view)
{
	const struct questionnaire *q = interview->q;
	size_t language = questionnaire_language(q, request_caller(req)->locale);

	for (size_t i = q->groups[group].first; i < q->groups[group].first + q->groups[group].n;
	     i++) {
		if (q->questions[i].kind == QUESTION_NOTE || !view->questions[i])
			continue;
		struct page *line = page_repeat(section, MARK_QUESTION);
		const char *answer = answer_lines(req, interview, &q->questions[i], language);

		page_text(line, MARK_QUESTION_TEXT,
		    questionnaire_text(q->questions[i].text, language));
		if (text_empty(answer))
			page_show(line, MARK_NO_ANSWER);
		show_lines(req, line, MARK_ANSWER, MARK_ANSWER_LINE, answer);
	}
}

void
interview_show(
    struct request *req, struct page *page, const struct interview *interview, bool may_change)
{
	const struct questionnaire *q = interview->q;
	struct questionnaire_view view =
	    questionnaire_shown(request_arena(req), q, &interview->answers);
	size_t language = questionnaire_language(q, request_caller(req)->locale);

	for (size_t g = 0; g < q->n_groups; g++) {
		struct page *section = page_repeat(page, MARK_GROUP);
		size_t first = 0;

		page_text(section, MARK_GROUP_TITLE,
		    questionnaire_text(q->groups[g].title, language));
		show_group(req, section, interview, g, &view);
		while (first < q->n_pages && q->pages[first].group != g)
			first++;
		if (may_change && first < q->n_pages)
			page_id(
			    page_repeat(section, MARK_CHANGE), MARK_PAGE, (int64_t)first + 1);
	}
}
