/*
 * entry.c: a person's own time entries: those not yet on a statement, one added by hand, a
 * question answered. Rules: payments README 1, 5 and 6.
 */
#include "payments/entry.h"

#include "base/text.h"
#include "payments/cap.h"
#include "payments/pay_period.h"
#include "web/page.h"

#define DAY_MINUTES 1440
#define REFUSED_SHOWN (90 * DAY_LENGTH)

enum {
	ON_DAY,
	PROJECT,
	KIND,
	HOURS,
	MINUTES,
	TASKS,
	NOTE
};
enum {
	ANSWER
};

static const struct stmt OWN = {
	"SELECT " ENTRY_COLUMNS_SQL ENTRY_FROM_SQL "WHERE e.person_id = ?"
	" AND (p.state IN ('open', 'locked', 'in_review')"
	"  OR (e.state IN ('rejected', 'disputed') AND e.decided_at > ?))"
	" ORDER BY e.day DESC, e.id DESC LIMIT 200"
};
static const struct stmt OWN_ONE = { "SELECT " ENTRY_COLUMNS_SQL ENTRY_FROM_SQL
				     "WHERE e.public_id = ? AND e.person_id = ?" };
static const struct stmt NEXT_PAY = {
	"SELECT p.start_day, p.end_day, p.pay_on, p.lock_at FROM payee y"
	" JOIN pay_period p ON p.schedule_id = y.schedule_id AND p.state = 'open'"
	" WHERE y.person_id = ? ORDER BY p.start_day LIMIT 1"
};
static const struct stmt PROJECTS = {
	"SELECT DISTINCT j.id, j.name FROM rate r JOIN keptword_core.project j"
	" ON j.id = r.project_id WHERE r.person_id = ? ORDER BY j.name"
};
static const struct stmt ZONE = {
	"SELECT s.time_zone FROM payee y JOIN pay_schedule s ON s.id = y.schedule_id"
	" WHERE y.person_id = ? AND y.state = 'active'"
};
static const struct stmt HAS_RATE = {
	"SELECT COUNT(*) FROM rate WHERE person_id = ? AND project_id = ? AND unit = ?"
	" AND valid_from <= ? AND valid_to > ?"
};
static const struct stmt DAY_SUM = {
	"SELECT CAST(COALESCE(SUM(minutes), 0) AS SIGNED) FROM work_entry"
	" WHERE person_id = ? AND day = ? AND state NOT IN ('rejected', 'rejected_final')"
};
static const struct stmt PERIODS_HOLD = {
	"SELECT p.id FROM pay_period p JOIN payee y ON y.schedule_id = p.schedule_id"
	" WHERE y.person_id = ? AND p.state = 'open' LOCK IN SHARE MODE"
};
static const struct stmt ENTRY_ADD = {
	"INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, "
	"minutes,"
	" units, source, note, created_by, created_at)"
	" SELECT y.person_id, ?, ?, ?,"
	"  COALESCE((SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' AND p.start_day <= ? AND p.end_day >= ? LIMIT 1),"
	"   (SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' ORDER BY p.start_day LIMIT 1)),"
	"  ?, ?, ?, 'manual', ?, y.person_id, ? FROM payee y WHERE y.person_id = ?"
};
static const struct stmt ENTRY_ANSWER = {
	"UPDATE work_entry SET state = 'submitted', answer = ?, version = version + 1"
	" WHERE public_id = ? AND person_id = ? AND state = 'queried'"
};

/* ---- Showing an entry ---- */

enum {
	AT_ID,
	AT_DAY,
	AT_PROJECT,
	AT_KIND,
	AT_MINUTES,
	AT_UNITS,
	AT_STATE,
	AT_NOTE,
	AT_QUESTION,
	AT_ANSWER,
	AT_EVIDENCE,
	AT_REASON,
	AT_VERSION,
	AT_START,
	AT_END,
	AT_PERIOD_STATE
};

const char *
entry_state(const struct rows *rows)
{
	return rows_text(rows, AT_STATE);
}

const char *
entry_question(const struct rows *rows)
{
	return rows_text(rows, AT_QUESTION);
}

int64_t
entry_version(const struct rows *rows)
{
	return rows_int(rows, AT_VERSION);
}

static void
fill_part(struct page *page, enum mark part, enum mark text, const char *value)
{
	if (!text_empty(value))
		page_text(page_repeat(page, part), text, value);
}

void
entry_fill(struct request *req, struct page *page, const struct rows *rows)
{
	static const struct code_mark tags[] = {
		{ "submitted", MARK_TAG_WAIT },
		{ "approved", MARK_TAG_GOOD },
		{ "queried", MARK_TAG_WARN },
		{ "disputed", MARK_TAG_WARN },
		{ "rejected", MARK_TAG_BAD },
		{ "rejected_final", MARK_TAG_BAD },
		{ 0 },
	};
	struct arena *arena = request_arena(req);

	page_text(page, MARK_ENTRY_ID, rows_id_text(arena, rows, AT_ID));
	page_day(page, MARK_DAY, rows_day(rows, AT_DAY), DAY_LONG);
	page_text(page, MARK_PROJECT, rows_text(rows, AT_PROJECT));
	page_words(page, MARK_KIND, text_printf(arena, "work.%s", rows_text(rows, AT_KIND)));
	page_minutes(page, MARK_MINUTES, rows_int(rows, AT_MINUTES));
	if (rows_int(rows, AT_UNITS) > 0)
		page_int(page_repeat(page, MARK_BY_TASK), MARK_UNITS, rows_int(rows, AT_UNITS));
	page_words(page, MARK_STATE_WORD,
	    text_printf(arena, "entry_state.%s", rows_text(rows, AT_STATE)));
	page_code(page, tags, rows_text(rows, AT_STATE));
	page_period(page, MARK_PERIOD, rows_day(rows, AT_START), rows_day(rows, AT_END));
	if (rows_day(rows, AT_DAY) < rows_day(rows, AT_START))
		page_show(page, MARK_IS_LATE);
	fill_part(page, MARK_NOTED, MARK_NOTE_TEXT, rows_text(rows, AT_NOTE));
	fill_part(page, MARK_ASKED, MARK_QUESTION, rows_text(rows, AT_QUESTION));
	fill_part(page, MARK_ANSWERED, MARK_ANSWER, rows_text(rows, AT_ANSWER));
	fill_part(page, MARK_PROVEN, MARK_EVIDENCE, rows_text(rows, AT_EVIDENCE));
	if (!text_empty(rows_text(rows, AT_REASON)))
		page_words(page_repeat(page, MARK_REASONED), MARK_REASON,
		    text_printf(arena, "entry_reason.%s", rows_text(rows, AT_REASON)));
}

/* ---- One's own ---- */

static const struct choice *
project_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct rows *rows =
	    db_read(request_db(req), &PROJECTS, v_int(request_caller(req)->person));
	struct choice *choices = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		choices[n] =
		    (struct choice){ text_printf(arena, "%lld", (long long)rows_int(rows, 0)),
			    rows_text(rows, 1) };
	return choices;
}

/* The minutes of a survey are credited, not entered. */
static const struct choice KINDS[] = { { "production", NULL }, { "review", NULL },
	{ "training", NULL }, { "assessment", NULL }, { "meeting", NULL },
	{ "one_on_one", NULL }, { "rework", NULL }, { 0 } };

static const struct field ENTRY_ADD_FIELDS[] = {
	[ON_DAY] = { "day", FIELD_DAY },
	[PROJECT] = { "project", FIELD_SELECT, .choices_of = project_choices },
	[KIND] = { "kind", FIELD_SELECT, .choices = KINDS },
	[HOURS] = { "hours", FIELD_INT, .max = 24, .optional = true },
	[MINUTES] = { "minutes", FIELD_INT, .max = 59, .optional = true },
	[TASKS] = { "tasks", FIELD_INT, .max = 1000, .optional = true },
	[NOTE] = { "note", FIELD_LINES, .max = 1000, .optional = true },
	{ 0 },
};
const struct form ENTRY_ADD_FORM = { "entry_add", ENTRY_ADD_FIELDS, entry_list, false };
static const struct field ENTRY_ANSWER_FIELDS[] = {
	[ANSWER] = { "answer", FIELD_LINES, .max = 1000 },
	{ 0 },
};
const struct form ENTRY_ANSWER_FORM = { "entry_answer", ENTRY_ANSWER_FIELDS, entry_show,
	false };

/* The receipt of an entry that was just added; its id stands in the address. */
static void
show_receipt(struct request *req, struct page *page)
{
	struct rows *rows;
	struct id id;

	if (!id_parse(request_query(req, "added"), &id))
		return;
	rows = db_read(request_db(req), &OWN_ONE, v_bytes(id.b, ID_BYTES),
	    v_int(request_caller(req)->person));
	if (rows_next(rows))
		entry_fill(req, page_repeat(page, MARK_ADDED), rows);
}

/* GET /payments/entries */
enum status
entry_list(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_ENTRIES);
	struct value person = v_int(request_caller(req)->person);
	struct rows *rows = db_read(request_db(req), &NEXT_PAY, person);

	if (rows_next(rows)) {
		struct page *next = page_repeat(page, MARK_NEXT_PAY);
		page_period(next, MARK_PERIOD, rows_day(rows, 0), rows_day(rows, 1));
		page_day(next, MARK_PAY_ON, rows_day(rows, 2), DAY_LONG);
		page_instant(next, MARK_LOCK_AT, rows_instant(rows, 3));
	}
	show_receipt(req, page);
	cap_show_own(req, page);
	form_set(req, KIND, "production");
	rows = db_read(request_db(req), &OWN, person, v_instant(time_now() - REFUSED_SHOWN));
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_ENTRY);
		entry_fill(req, line, rows);
		if (text_is(entry_state(rows), "queried"))
			page_show(line, MARK_OPEN_QUESTION);
	}
	return reply_page(req, 200, page);
}

/* What cannot be checked field by field. True when the entry may be added. */
static bool
entry_checks(struct request *req, struct db *db, int64_t minutes, int64_t project)
{
	struct value person = v_int(request_caller(req)->person);
	struct value on = v_day(form_day(req, ON_DAY));
	struct rows *zone = db_read(db, &ZONE, person);

	if (!rows_next(zone)) {
		form_error(req, FORM_WHOLE, "no_payee", NULL);
		return false;
	}
	if (form_day(req, ON_DAY) > day_in_zone(time_now(), rows_text(zone, 0)) &&
	    form_day(req, ON_DAY) > day_in_zone(time_now(), request_caller(req)->zone))
		form_error(req, ON_DAY, "future", NULL);
	else if (!db_int(db, &HAS_RATE, 0, person, v_int(project),
		     v_text(form_int(req, TASKS) > 0 ? "task" : "hour"), on, on))
		form_error(
		    req, ON_DAY, form_int(req, TASKS) > 0 ? "no_task_rate" : "no_rate", NULL);
	if (minutes == 0 && form_int(req, TASKS) == 0)
		form_error(req, HOURS, "nothing", NULL);
	else if (minutes + db_int(db, &DAY_SUM, 0, person, on) > DAY_MINUTES)
		form_error(req, HOURS, "day_full", NULL);
	return !form_failed(req);
}

static enum status
entry_add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct value person = v_int(request_caller(req)->person);
	struct value on = v_day(form_day(req, ON_DAY));
	int64_t minutes = form_int(req, HOURS) * 60 + form_int(req, MINUTES), project = 0;
	struct id id = id_new();

	(void)unused_arg;
	if (!text_to_int(form_text(req, PROJECT), &project))
		return E_INPUT;
	if (period_ahead(db, PERIODS_AHEAD) < 0)
		return db_status(db);
	(void)db_read(db, &PERIODS_HOLD, person);
	if (!entry_checks(req, db, minutes, project))
		return db_status(db) == OK ? E_INPUT : db_status(db);
	db_write(db, &ENTRY_ADD, on, v_bytes(id.b, ID_BYTES), v_int(project), on, on,
	    v_text(form_text(req, KIND)), v_int(minutes), v_int(form_int(req, TASKS)),
	    v_text(form_text(req, NOTE)), v_instant(time_now()), person);
	int64_t added = db_last_id(db);
	cap_ask_entry(db, request_caller(req)->person, project, form_day(req, ON_DAY));
	request_audit(req, db, "entry.added",
	    text_printf(db_arena(db), "work_entry:%lld", (long long)added), NULL);
	receipt->location =
	    text_printf(db_arena(db), "/payments/entries?added=%s", id_text(db_arena(db), id));
	return OK;
}

/* POST /payments/entries */
enum status
entry_add_submit(struct request *req)
{
	return reply_submit(req, entry_add, NULL);
}

/* GET /payments/entries/:id */
enum status
entry_show(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &OWN_ONE, v_bytes(id.b, ID_BYTES),
	    v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_PAYMENTS_ENTRY);
	entry_fill(req, page, rows);
	if (text_is(entry_state(rows), "queried")) {
		struct page *open = page_repeat(page, MARK_OPEN_QUESTION);
		page_text(open, MARK_ENTRY_ID, request_param(req, 0));
		page_form(open, MARK_ANSWER_FORM, &ENTRY_ANSWER_FORM);
	}
	if (text_is(entry_state(rows), "rejected"))
		page_show(page, MARK_IS_REJECTED);
	return reply_page(req, 200, page);
}

static enum status
entry_answer(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct value person = v_int(request_caller(req)->person);
	struct id id;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &OWN_ONE, v_bytes(id.b, ID_BYTES), person);
	if (!rows_next(rows))
		return E_ABSENT;
	if (db_write_one(db, &ENTRY_ANSWER, v_text(form_text(req, ANSWER)),
		v_bytes(id.b, ID_BYTES), person) != OK)
		return db_status(db);
	request_audit(req, db, "entry.answered",
	    text_printf(db_arena(db), "work_entry:%s", request_param(req, 0)), NULL);
	receipt->location = "/payments/entries";
	return OK;
}

/* POST /payments/entries/:id/answer */
enum status
entry_answer_submit(struct request *req)
{
	return reply_submit(req, entry_answer, NULL);
}
