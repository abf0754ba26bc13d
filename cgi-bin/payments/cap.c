/*
 * cap.c: hours above what was agreed. See cap.h. What was agreed is the most hours a week of
 * the signed offer, in onboarding. Rule: payments README 32.
 */
#include "payments/cap.h"

#include "base/text.h"
#include "data/crypto.h"
#include "web/page.h"

enum {
	RIGHT,
	WORDS
};

/* Before and behind the weeks in question, t: person_id, project_id, week. Asked again when
 * there is more than what was asked about before. */
#define ASK_SQL                                                                          \
	"INSERT INTO cap_question (person_id, project_id, week, public_id, cap_minutes," \
	" minutes, asked_at)"                                                            \
	" SELECT t.person_id, t.project_id, t.week, RANDOM_BYTES(16), g.cap,"            \
	"  SUM(e.minutes), ? FROM "
#define ABOUT_SQL                                                                          \
	" t JOIN (SELECT person_id, project_id, MAX(hours_max) * 60 AS cap FROM"           \
	"  keptword_onboarding.published_engagement GROUP BY person_id, project_id) g"     \
	"  ON g.person_id = t.person_id AND g.project_id = t.project_id AND g.cap > 0"     \
	" JOIN work_entry e ON e.person_id = t.person_id AND e.project_id = t.project_id"  \
	"  AND e.day BETWEEN t.week AND t.week + INTERVAL 6 DAY"                           \
	"  AND e.state NOT IN ('rejected', 'rejected_final')"                              \
	" GROUP BY t.person_id, t.project_id, t.week, g.cap HAVING SUM(e.minutes) > g.cap" \
	" ON DUPLICATE KEY UPDATE"                                                         \
	"  answered_at = IF(VALUES(minutes) > minutes, NULL, answered_at),"                \
	"  state = IF(VALUES(minutes) > minutes, 'asked', state),"                         \
	"  version = version + (VALUES(minutes) > minutes), cap_minutes = "                \
	"VALUES(cap_minutes),"                                                             \
	"  minutes = GREATEST(minutes, VALUES(minutes))"
static const struct stmt ASK_IMPORT = { ASK_SQL
	"(SELECT DISTINCT person_id, project_id, day - INTERVAL WEEKDAY(day) DAY AS week"
	" FROM work_entry WHERE import_id = ?)" ABOUT_SQL };
static const struct stmt ASK_ENTRY = { ASK_SQL
	"(SELECT ? AS person_id, ? AS project_id, CAST(? AS DATE) AS week)" ABOUT_SQL };

#define COLUMNS_SQL                                                               \
	"SELECT q.public_id, j.name, q.week, q.week + INTERVAL 6 DAY, q.minutes," \
	" q.cap_minutes, q.state, q.answer"
#define FROM_SQL " FROM cap_question q JOIN keptword_core.project j ON j.id = q.project_id "
static const struct stmt OWN_OPEN = { COLUMNS_SQL FROM_SQL
	"WHERE q.person_id = ? AND q.state = 'asked' ORDER BY q.week LIMIT 20" };
static const struct stmt OWN_ONE = { COLUMNS_SQL FROM_SQL
	"WHERE q.public_id = ? AND q.person_id = ?" };
static const struct stmt STAFF = { COLUMNS_SQL
	", c.legal_name, d.public_id" FROM_SQL
	"JOIN keptword_core.person_contact c ON c.id = q.person_id"
	" JOIN keptword_core.person_public d ON d.id = q.person_id"
	" WHERE q.state IN ('asked', 'denied') AND q.person_id <> ?"
	" ORDER BY q.state DESC, q.asked_at LIMIT 50" };
static const struct stmt ANSWER = {
	"UPDATE cap_question SET state = ?, answer = ?, answered_at = ?, version = version + 1"
	" WHERE public_id = ? AND person_id = ? AND state = 'asked'"
};

void
cap_ask_import(struct db *db, int64_t batch)
{
	db_write(db, &ASK_IMPORT, v_instant(time_now()), v_int(batch));
}

void
cap_ask_entry(struct db *db, int64_t person, int64_t project, day on)
{
	db_write(db, &ASK_ENTRY, v_instant(time_now()), v_int(person), v_int(project),
	    v_day(on - (day_weekday(on) - 1)));
}

static const struct choice YES_NO[] = { { "yes", NULL }, { "no", NULL }, { 0 } };
static const struct field ANSWER_FIELDS[] = {
	[RIGHT] = { "right", FIELD_CHOICE, .choices = YES_NO },
	[WORDS] = { "words", FIELD_LINES, .max = 1000, .optional = true },
	{ 0 },
};
const struct form CAP_ANSWER_FORM = { "cap_answer", ANSWER_FIELDS, cap_show, false };

static void
fill(struct request *req, struct page *page, const struct rows *rows)
{
	page_text(page, MARK_QUESTION_ID, rows_id_text(request_arena(req), rows, 0));
	page_text(page, MARK_PROJECT, rows_text(rows, 1));
	page_period(page, MARK_WEEK, rows_day(rows, 2), rows_day(rows, 3));
	page_minutes(page, MARK_MINUTES, rows_int(rows, 4));
	page_minutes(page, MARK_AGREED, rows_int(rows, 5));
	if (!text_empty(rows_text(rows, 7)))
		page_text(page_repeat(page, MARK_ANSWERED), MARK_ANSWER, rows_text(rows, 7));
}

void
cap_show_own(struct request *req, struct page *page)
{
	struct rows *rows =
	    db_read(request_db(req), &OWN_OPEN, v_int(request_caller(req)->person));

	while (rows_next(rows))
		fill(req, page_repeat(page, MARK_OVER_CAP), rows);
}

void
cap_show_staff(struct request *req, struct page *page)
{
	struct rows *rows =
	    db_read(request_db(req), &STAFF, v_int(request_caller(req)->person));
	struct page *list = rows_count(rows) ? page_repeat(page, MARK_OVER_CAPS) : NULL;

	while (rows_next(rows)) {
		struct page *line = page_repeat(list, MARK_OVER_CAP);
		fill(req, line, rows);
		page_text(line, MARK_WHO, rows_text(rows, 8));
		page_text(line, MARK_PERSON_ID, rows_id_text(request_arena(req), rows, 9));
		page_show(line,
		    text_is(rows_text(rows, 6), "denied") ? MARK_IS_DENIED : MARK_IS_ASKED);
	}
}

/* GET /payments/hours/:id */
enum status
cap_show(struct request *req)
{
	struct db *db = request_db(req);
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows =
	    db_read(db, &OWN_ONE, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	struct page *page = page_open(req, TPL_PAYMENTS_OVER_CAP);
	fill(req, page, rows);
	page_show(page, text_is(rows_text(rows, 6), "asked") ? MARK_IS_ASKED : MARK_IS_DONE);
	return reply_page(req, 200, page);
}

static enum status
answer(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	bool right = text_is(form_text(req, RIGHT), "yes");
	struct value person = v_int(request_caller(req)->person);
	struct id id;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id) ||
	    !rows_count(db_read(db, &OWN_ONE, v_bytes(id.b, ID_BYTES), person)))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	if (!right && text_empty(form_text(req, WORDS))) {
		form_error(req, WORDS, "what", NULL);
		return E_INPUT;
	}
	if (db_write_one(db, &ANSWER, v_text(right ? "confirmed" : "denied"),
		v_text(form_text(req, WORDS)), v_instant(time_now()), v_bytes(id.b, ID_BYTES),
		person) != OK)
		return db_status(db);
	request_audit(req, db, right ? "hours.confirmed" : "hours.denied",
	    text_printf(db_arena(db), "cap_question:%s", request_param(req, 0)), NULL);
	receipt->location =
	    text_printf(db_arena(db), "/payments/hours/%s", request_param(req, 0));
	return OK;
}

/* POST /payments/hours/:id */
enum status
cap_answer_submit(struct request *req)
{
	return reply_submit(req, answer, NULL);
}
