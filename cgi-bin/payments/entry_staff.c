/*
 * entry_staff.c: entries of others, for those who approve them: in bulk or one by one, with a
 * question before any no. Nobody decides on their own: the caller is excluded in each
 * statement. Rules: payments README 5 and 6.
 */
#include "base/text.h"
#include "payments/cap.h"
#include "payments/entry.h"
#include "web/page.h"

#include <string.h>

#define SHOWN 100

enum {
	TICKED
};
enum {
	PERIOD_ALL
};
enum {
	VERSION,
	REASON,
	WORDS
};

#define OF_PERSON_SQL ", c.legal_name, d.public_id"
#define WITH_PERSON_SQL                                                            \
	ENTRY_FROM_SQL "JOIN keptword_core.person_contact c ON c.id = e.person_id" \
		       " JOIN keptword_core.person_public d ON d.id = e.person_id "
/* Another entry of the person at the same time, as far as both say when they began; minutes are
 * rounded, so less than one is nothing. */
#define OVERLAP_SQL                                                                     \
	", (SELECT o.public_id FROM work_entry o WHERE o.person_id = e.person_id"       \
	"  AND o.day BETWEEN e.day - INTERVAL 1 DAY AND e.day + INTERVAL 1 DAY"         \
	"  AND o.id <> e.id AND o.state NOT IN ('rejected', 'rejected_final')"          \
	"  AND o.began_at + INTERVAL 1 MINUTE < e.began_at + INTERVAL e.minutes MINUTE" \
	"  AND e.began_at + INTERVAL 1 MINUTE < o.began_at + INTERVAL o.minutes MINUTE" \
	"  LIMIT 1)"
/* What waits in a period, the caller's own not among it. A person (or none) narrows it. */
static const struct stmt WAITING = {
	"SELECT " ENTRY_COLUMNS_SQL OF_PERSON_SQL OVERLAP_SQL WITH_PERSON_SQL
	"WHERE e.period_id = ? AND e.state = 'submitted' AND e.person_id <> ?"
	" AND (? IS NULL OR d.public_id = ?)"
	" ORDER BY e.person_id, e.day, e.id LIMIT 101"
};
static const struct stmt ASKED = { "SELECT " ENTRY_COLUMNS_SQL OF_PERSON_SQL WITH_PERSON_SQL
				   "WHERE e.state = 'queried' AND e.person_id <> ?"
				   " ORDER BY e.decided_at, e.id LIMIT 50" };
static const struct stmt ONE = { "SELECT " ENTRY_COLUMNS_SQL OF_PERSON_SQL WITH_PERSON_SQL
				 "WHERE e.public_id = ? AND e.person_id <> ?" };
/* The oldest period in which something waits. */
static const struct stmt FIRST_PERIOD = {
	"SELECT p.id, p.public_id, p.start_day, p.end_day, p.lock_at FROM pay_period p"
	" WHERE p.state IN ('open', 'locked') AND EXISTS (SELECT 1 FROM work_entry e"
	"  WHERE e.period_id = p.id AND e.state = 'submitted' AND e.person_id <> ?)"
	" ORDER BY p.start_day LIMIT 1"
};
static const struct stmt PERIOD = {
	"SELECT id, public_id, start_day, end_day, lock_at FROM pay_period WHERE public_id = ?"
};
/* Answers are read one by one, so "all" leaves them out. */
static const struct stmt COUNT_ALL = {
	"SELECT COUNT(*) FROM work_entry WHERE period_id = ? AND state = 'submitted'"
	" AND question IS NULL AND person_id <> ?"
};
static const struct stmt APPROVE_ALL = {
	"UPDATE work_entry SET state = 'approved', decided_by = ?, decided_at = ?,"
	" version = version + 1 WHERE period_id = ? AND state = 'submitted'"
	" AND question IS NULL AND person_id <> ? ORDER BY person_id, day LIMIT 5000"
};
static const struct stmt APPROVE = {
	"UPDATE work_entry SET state = 'approved', decided_by = ?, decided_at = ?,"
	" version = version + 1 WHERE public_id = ? AND state = 'submitted' AND person_id <> ?"
};
static const struct stmt APPROVE_ONE = {
	"UPDATE work_entry SET state = 'approved', decided_by = ?, decided_at = ?,"
	" version = version + 1 WHERE public_id = ? AND state IN ('submitted', 'queried')"
	" AND person_id <> ? AND version = ?"
};
static const struct stmt QUERY = {
	"UPDATE work_entry SET state = 'queried', decided_by = ?, decided_at = ?, reason = ?,"
	" question = ?, answer = NULL, version = version + 1"
	" WHERE public_id = ? AND state = 'submitted' AND person_id <> ? AND version = ?"
};
/* Only after a question: asked and not answered, or answered. */
static const struct stmt REJECT = {
	"UPDATE work_entry SET state = 'rejected', decided_by = ?, decided_at = ?, reason = ?,"
	" evidence = ?, version = version + 1 WHERE public_id = ? AND (state = 'queried'"
	"  OR (state = 'submitted' AND question IS NOT NULL AND answer IS NOT NULL))"
	" AND person_id <> ? AND version = ?"
};

/* ---- The list ---- */

/* The period that the page is about; no row when nothing waits in any. */
static struct rows *
period_shown(struct request *req)
{
	struct id id;

	if (id_parse(request_query(req, "period"), &id))
		return db_read(request_db(req), &PERIOD, v_bytes(id.b, ID_BYTES));
	return db_read(request_db(req), &FIRST_PERIOD, v_int(request_caller(req)->person));
}

static struct rows *
waiting(struct request *req, int64_t period)
{
	struct id id;
	bool one = id_parse(request_query(req, "person"), &id);
	struct value person = one ? v_bytes(id.b, ID_BYTES) : v_null();

	return db_read(request_db(req), &WAITING, v_int(period),
	    v_int(request_caller(req)->person), person, person);
}

/* What may be ticked is what waits; what somebody else decided meanwhile no longer does. */
static const struct choice *
tick_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct rows *period = period_shown(req);
	struct rows *rows = waiting(req, rows_next(period) ? rows_int(period, 0) : 0);
	struct choice *choices = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		choices[n] = (struct choice){ rows_id_text(arena, rows, 0), "" };
	return choices;
}

static const struct field APPROVE_FIELDS[] = {
	[TICKED] = { "entry", FIELD_MANY, .min = 1, .choices_of = tick_choices },
	{ 0 },
};
const struct form ENTRIES_APPROVE_FORM = { "entries_approve", APPROVE_FIELDS, entries_staff,
	false };
static const struct field APPROVE_ALL_FIELDS[] = {
	[PERIOD_ALL] = { "period", FIELD_CODE },
	{ 0 },
};
const struct form ENTRIES_APPROVE_ALL_FORM = { "entries_approve_all", APPROVE_ALL_FIELDS,
	entries_staff, false };

static bool
was_ticked(struct request *req, const char *id)
{
	if (request_method(req) != METHOD_POST ||
	    request_route(req)->form != &ENTRIES_APPROVE_FORM)
		return false;
	for (size_t i = 0; i < form_many(req, TICKED); i++)
		if (text_is(form_many_at(req, TICKED, i), id))
			return true;
	return false;
}

/* The box of one entry. The first has the field's own id: the error summary leads there. */
static void
box_fill(struct request *req, struct page *line, const char *entry_id, bool first, bool wrong)
{
	page_text(line, MARK_CHOICE_ID,
	    first ? "entries_approve-entry"
		  : text_printf(request_arena(req), "e-%s", entry_id));
	if (wrong)
		page_show(line, MARK_ERROR);
	if (was_ticked(req, entry_id))
		page_show(line, MARK_CHOSEN);
}

static void
list_waiting(struct request *req, struct page *page, int64_t period, const char *period_id)
{
	struct arena *arena = request_arena(req);
	struct rows *rows = waiting(req, period);
	struct page *list = NULL, *group = NULL;
	const char *before = "";
	const char *wrong = request_route(req)->form == &ENTRIES_APPROVE_FORM
				? form_error_text(req, TICKED)
				: NULL;

	for (int shown = 0; shown < SHOWN && rows_next(rows); shown++) {
		const char *person = rows_id_text(arena, rows, ENTRY_N + 1);
		if (!list) {
			list = page_repeat(page, MARK_LIST);
			page_tokens(list);
			page_text(list, MARK_PERIOD_ID, period_id);
			if (wrong)
				page_text(
				    page_repeat(list, MARK_ERROR), MARK_ERROR_TEXT, wrong);
		}
		if (!text_is(person, before)) {
			group = page_repeat(list, MARK_PERSON);
			page_text(group, MARK_WHO, rows_text(rows, ENTRY_N));
			page_text(group, MARK_PERSON_ID, person);
		}
		before = person;
		struct page *line = page_repeat(group, MARK_ENTRY);
		entry_fill(req, line, rows);
		page_text(line, MARK_WHO, rows_text(rows, ENTRY_N));
		if (!rows_null(rows, ENTRY_N + 2))
			page_text(page_repeat(line, MARK_OVERLAPS), MARK_OTHER_ID,
			    rows_id_text(arena, rows, ENTRY_N + 2));
		box_fill(req, line, rows_id_text(arena, rows, 0), shown == 0, wrong != NULL);
	}
	if (rows_count(rows) > SHOWN)
		page_show(page, MARK_MORE);
}

static void
list_asked(struct request *req, struct page *page)
{
	struct rows *rows =
	    db_read(request_db(req), &ASKED, v_int(request_caller(req)->person));
	struct page *list = rows_count(rows) ? page_repeat(page, MARK_WAIT_FOR_ANSWER) : NULL;

	while (rows_next(rows)) {
		struct page *line = page_repeat(list, MARK_ENTRY);
		entry_fill(req, line, rows);
		page_text(line, MARK_WHO, rows_text(rows, ENTRY_N));
	}
}

/* GET /payments/staff/entries */
enum status
entries_staff(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_ENTRIES_STAFF);
	struct rows *period = period_shown(req);
	int64_t approved;

	if (text_to_int(request_query(req, "approved"), &approved) && approved >= 0)
		page_int(page_repeat(page, MARK_APPROVED), MARK_COUNT, approved);
	if (rows_next(period)) {
		const char *period_id = rows_id_text(request_arena(req), period, 1);
		struct page *part = page_repeat(page, MARK_IN_PERIOD);
		page_period(part, MARK_PERIOD, rows_day(period, 2), rows_day(period, 3));
		page_instant(part, MARK_LOCK_AT, rows_instant(period, 4));
		int64_t all = db_int(request_db(req), &COUNT_ALL, 0, v_int(rows_int(period, 0)),
		    v_int(request_caller(req)->person));
		if (all > 0) {
			struct page *button = page_repeat(part, MARK_MAY_APPROVE_ALL);
			page_int(button, MARK_COUNT, all);
			page_text(button, MARK_PERIOD_ID, period_id);
			page_tokens(button);
		}
		list_waiting(req, part, rows_int(period, 0), period_id);
	} else {
		page_show(page, MARK_NONE);
	}
	cap_show_staff(req, page);
	list_asked(req, page);
	return reply_page(req, 200, page);
}

static void
approved(struct request *req, struct db *db, struct receipt *receipt, int64_t n)
{
	request_audit(req, db, "entries.approved",
	    text_printf(db_arena(db), "work_entries:%lld", (long long)n), NULL);
	receipt->location =
	    text_printf(db_arena(db), "/payments/staff/entries?approved=%lld", (long long)n);
}

static enum status
approve_ticked(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct value by = v_int(request_caller(req)->person);
	int64_t done = 0;
	struct id id;

	(void)unused_arg;
	for (size_t i = 0; i < form_many(req, TICKED); i++)
		if (id_parse(form_many_at(req, TICKED, i), &id))
			done += db_write(db, &APPROVE, by, v_instant(time_now()),
			    v_bytes(id.b, ID_BYTES), by);
	approved(req, db, receipt, done);
	return db_status(db);
}

/* POST /payments/staff/entries/approve */
enum status
entries_approve_submit(struct request *req)
{
	return reply_submit(req, approve_ticked, NULL);
}

static enum status
approve_all(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct value by = v_int(request_caller(req)->person);
	int64_t done = 0, n;
	struct id id;

	(void)unused_arg;
	if (!form_id(req, PERIOD_ALL, &id))
		return E_ABSENT;
	int64_t period = db_int(db, &PERIOD, 0, v_bytes(id.b, ID_BYTES));
	if (!period)
		return db_absent(db);
	do {
		n = db_write(db, &APPROVE_ALL, by, v_instant(time_now()), v_int(period), by);
		done += n;
	} while (n > 0);
	approved(req, db, receipt, done);
	return db_status(db);
}

/* POST /payments/staff/entries/approve-all */
enum status
entries_approve_all_submit(struct request *req)
{
	return reply_submit(req, approve_all, NULL);
}

/* ---- One entry ---- */

static const struct choice REASONS[] = { { "not_on_project", NULL }, { "duplicate", NULL },
	{ "no_matching_work", NULL }, { "over_own_cap_unconfirmed", NULL },
	{ "wrong_kind", NULL }, { "fraud_evidence", NULL }, { 0 } };

static const struct field ENTRY_APPROVE_FIELDS[] = {
	[VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form ENTRY_APPROVE_FORM = { "entry_approve", ENTRY_APPROVE_FIELDS,
	entry_staff_show, false };
static const struct field ENTRY_QUERY_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 12 },
	[REASON] = { "reason", FIELD_SELECT, .choices = REASONS },
	[WORDS] = { "question", FIELD_LINES, .max = 1000 },
	{ 0 },
};
const struct form ENTRY_QUERY_FORM = { "entry_query", ENTRY_QUERY_FIELDS, entry_query_show,
	false };
static const struct field ENTRY_REJECT_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 12 },
	[REASON] = { "reason", FIELD_SELECT, .choices = REASONS },
	[WORDS] = { "evidence", FIELD_LINES, .min = 10, .max = 1000 },
	{ 0 },
};
const struct form ENTRY_REJECT_FORM = { "entry_reject", ENTRY_REJECT_FIELDS, entry_reject_show,
	false };

static void
show_decisions(struct request *req, struct page *page, const struct rows *rows)
{
	const char *state = entry_state(rows);
	bool submitted = text_is(state, "submitted"), queried = text_is(state, "queried");

	if (submitted || queried) {
		struct page *part = page_repeat(page, MARK_MAY_APPROVE);
		page_text(part, MARK_ENTRY_ID, request_param(req, 0));
		page_id(part, MARK_VERSION, entry_version(rows));
		page_tokens(part);
	}
	if (submitted)
		page_text(
		    page_repeat(page, MARK_MAY_ASK), MARK_ENTRY_ID, request_param(req, 0));
	if (queried || (submitted && !text_empty(entry_question(rows))))
		page_text(
		    page_repeat(page, MARK_MAY_REJECT), MARK_ENTRY_ID, request_param(req, 0));
}

/* GET /payments/staff/entries/:id */
enum status
entry_staff_show(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(
	    request_db(req), &ONE, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_PAYMENTS_ENTRY_STAFF);
	entry_fill(req, page, rows);
	page_text(page, MARK_WHO, rows_text(rows, ENTRY_N));
	show_decisions(req, page, rows);
	return reply_page(req, 200, page);
}

/* The page that asks for reason and words; the version is that of the entry when it was read.
 */
static enum status
words_page(struct request *req, enum mark part)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(
	    request_db(req), &ONE, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_PAYMENTS_ENTRY_DECIDE);
	entry_fill(req, page, rows);
	page_text(page, MARK_WHO, rows_text(rows, ENTRY_N));
	page_show(page, part);
	form_set_int(req, VERSION, entry_version(rows));
	return reply_page(req, 200, page);
}

/* GET /payments/staff/entries/:id/query */
enum status
entry_query_show(struct request *req)
{
	return words_page(req, MARK_IS_QUERY);
}

/* GET /payments/staff/entries/:id/reject */
enum status
entry_reject_show(struct request *req)
{
	return words_page(req, MARK_IS_REJECT);
}

/* What a decision on one entry needs: the entry itself, not the caller's, and its version. */
static enum status
decided_entry(struct request *req, struct db *db, struct id *ret_id)
{
	if (!request_param_id(req, 0, ret_id))
		return E_ABSENT;
	struct rows *rows =
	    db_read(db, &ONE, v_bytes(ret_id->b, ID_BYTES), v_int(request_caller(req)->person));
	return rows_next(rows) ? OK : db_absent(db);
}

static enum status
decided(struct request *req, struct db *db, struct receipt *receipt, const char *action)
{
	request_audit(req, db, action,
	    text_printf(db_arena(db), "work_entry:%s", request_param(req, 0)),
	    request_route(req)->form == &ENTRY_APPROVE_FORM ? NULL : form_text(req, REASON));
	receipt->location = "/payments/staff/entries";
	return db_status(db);
}

static enum status
approve(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct value by = v_int(request_caller(req)->person);
	struct id id;
	enum status status = decided_entry(req, db, &id);

	(void)unused_arg;
	if (status != OK)
		return status;
	db_write_one(db, &APPROVE_ONE, by, v_instant(time_now()), v_bytes(id.b, ID_BYTES), by,
	    v_int(form_int(req, VERSION)));
	return decided(req, db, receipt, "entry.approved");
}

/* POST /payments/staff/entries/:id/approve */
enum status
entry_approve_submit(struct request *req)
{
	return reply_submit(req, approve, NULL);
}

/* A question or a rejection: both have a reason, words and a version. */
static enum status
decide_with_words(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	bool rejecting = arg != NULL;
	struct value by = v_int(request_caller(req)->person);
	int64_t version = 0;
	struct id id;
	enum status status = decided_entry(req, db, &id);

	if (status != OK)
		return status;
	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, rejecting ? &REJECT : &QUERY, by, v_instant(time_now()),
	    v_text(form_text(req, REASON)), v_text(form_text(req, WORDS)),
	    v_bytes(id.b, ID_BYTES), by, v_int(version));
	return decided(req, db, receipt, rejecting ? "entry.rejected" : "entry.queried");
}

/* POST /payments/staff/entries/:id/query */
enum status
entry_query_submit(struct request *req)
{
	return reply_submit(req, decide_with_words, NULL);
}

/* POST /payments/staff/entries/:id/reject */
enum status
entry_reject_submit(struct request *req)
{
	return reply_submit(req, decide_with_words, "reject");
}
