/*
 * person.c: one person, as those see them who look after them: contacts and notes, and whether
 * each statement came on the promised day. No amounts: this account cannot read any.
 *
 * Rules (README 1, 3, 6): somebody else's person is a 404; words are read by the person's own
 * HDM (shared ones, and their own private ones), an HDL and a pod lead see that and when.
 */
#include "base/text.h"
#include "base/time.h"
#include "data/crypto.h"
#include "hdm/hdm.h"

static const struct stmt PERSON = {
	"SELECT p.id, p.preferred_name, p.time_zone, q.pods, q.last_at, q.due_at, q.due_days,"
	" (SELECT o.due_at FROM one_on_one o WHERE o.person_id = p.id AND o.state = 'due'"
	"  ORDER BY o.due_at LIMIT 1), q.own"
	" FROM (SELECT v.person_id, MAX(v.last_at) AS last_at, MIN(v.due_at) AS due_at,"
	"  MIN(v.due_days) AS due_days,"
	"  MAX(CASE WHEN d.hdm_person_id = ? THEN 1 ELSE 0 END) AS own,"
	"  GROUP_CONCAT(DISTINCT CONCAT(d.name, ', ', j.name) ORDER BY d.name SEPARATOR '; ')"
	"  AS pods"
	"  FROM " PODS_SQL " x JOIN contact_due v ON v.pod_id = x.id"
	"  JOIN keptword_core.pod d ON d.id = x.id"
	"  JOIN keptword_core.project j ON j.id = d.project_id"
	"  JOIN keptword_core.person_public n ON n.id = v.person_id"
	"  WHERE n.public_id = ? AND v.person_id <> ? GROUP BY v.person_id) q"
	" JOIN keptword_core.person_public p ON p.id = q.person_id"
};
static const struct stmt PERSON_OF_HDM = {
	"SELECT v.person_id FROM contact_due v"
	" JOIN keptword_core.person_public p ON p.id = v.person_id"
	" WHERE p.public_id = ? AND v.hdm_person_id = ? LIMIT 1"
};
/* Words: the author's own, and shared ones for who is the person's HDM (second value 1). */
static const struct stmt CONTACTS = {
	"SELECT c.at, c.kind, h.preferred_name, n.public_id, n.body, n.visibility, n.author_id,"
	" n.changed_at"
	" FROM contact c JOIN keptword_core.person_public h ON h.id = c.hdm_person_id"
	" LEFT JOIN note n ON n.contact_id = c.id"
	"  AND (n.author_id = ? OR (n.visibility = 'shared' AND ? = 1))"
	" WHERE c.person_id = ? ORDER BY c.at DESC, c.id DESC LIMIT 60"
};
static const struct stmt NOTES = {
	"SELECT n.created_at, '', h.preferred_name, n.public_id, n.body, n.visibility,"
	" n.author_id, n.changed_at"
	" FROM note n JOIN keptword_core.person_public h ON h.id = n.author_id"
	" WHERE (n.author_id = ? OR (n.visibility = 'shared' AND ? = 1))"
	" AND n.person_id = ? AND n.contact_id IS NULL ORDER BY n.created_at DESC LIMIT 60"
};
static const struct stmt STATEMENTS = {
	"SELECT period_start, period_end, promised_on, funds_on, late_cause"
	" FROM keptword_payments.published_on_time WHERE person_id = ?"
	" ORDER BY period_end DESC, statement_id DESC LIMIT 26"
};

int64_t
person_as_hdm(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return 0;
	return db_int(db, &PERSON_OF_HDM, 0, v_bytes(id.b, sizeof id.b),
	    v_int(request_caller(req)->person));
}

static void
show_words(struct request *req, struct page *line, const struct rows *rows)
{
	struct arena *arena = request_arena(req);

	if (rows_null(rows, 3))
		return;
	struct page *words = page_repeat(line, MARK_WORDS);
	page_text(words, MARK_BODY, rows_text(rows, 4));
	if (text_is(rows_text(rows, 5), "private"))
		page_show(words, MARK_PRIVATE);
	if (!rows_null(rows, 7))
		page_instant(
		    page_repeat(words, MARK_CHANGED), MARK_CHANGED_AT, rows_instant(rows, 7));
	if (rows_int(rows, 6) != request_caller(req)->person)
		return;
	page_text(page_repeat(words, MARK_MINE), MARK_NOTE_ID, rows_id_text(arena, rows, 3));
}

/* Contacts or notes, as lines of a section. */
static void
show_history(struct request *req, struct page *page, struct rows *rows, enum mark section,
    enum mark none)
{
	struct arena *arena = request_arena(req);

	if (!rows_count(rows))
		page_show(page, none);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, section);

		page_instant(line, MARK_AT, rows_instant(rows, 0));
		if (!text_empty(rows_text(rows, 1)))
			page_words(line, MARK_KIND,
			    text_printf(arena, "contact.kind.%s", rows_text(rows, 1)));
		page_text(line, MARK_AUTHOR, rows_text(rows, 2));
		show_words(req, line, rows);
	}
}

static void
show_statements(struct request *req, struct page *page, int64_t person)
{
	struct rows *rows = db_read(request_db(req), &STATEMENTS, v_int(person));
	day today = punctual_today(request_db(req));

	if (!rows_count(rows))
		page_show(page, MARK_NO_STATEMENTS);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_STATEMENT);
		struct statement_days days = punctual_read(rows, 0);

		page_period(line, MARK_PERIOD, days.start, days.end);
		punctual_show(line, &days, today);
	}
}

static void
show_state(struct page *page, const struct rows *rows)
{
	if (rows_null(rows, 4))
		page_show(page, MARK_NEVER);
	else
		page_instant(page_repeat(page, MARK_LAST), MARK_AT, rows_instant(rows, 4));
	page_instant(page, MARK_DUE_AT, rows_instant(rows, 5));
	page_int(page, MARK_DUE_DAYS, rows_int(rows, 6));
	if (rows_instant(rows, 5) < time_now())
		page_show(page, MARK_OVERDUE);
	if (!rows_null(rows, 7))
		page_instant(
		    page_repeat(page, MARK_TALK), MARK_TALK_DUE, rows_instant(rows, 7));
}

/* GET /hdm/staff/people/:id, and the same again when a contact could not be noted. */
enum status
person_show(struct request *req)
{
	struct db *db = request_db(req);
	const struct caller *caller = request_caller(req);
	struct scope scope = scope_of(req);
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &PERSON, scope.hdm, scope.hdm, scope.lead, scope.all,
	    v_bytes(id.b, sizeof id.b), v_int(caller->person));
	if (!rows_next(rows))
		return db_absent(db);
	int64_t person = rows_int(rows, 0), own = rows_int(rows, 8);

	contact_form_now(req);
	struct page *page = page_open(req, TPL_HDM_PERSON);
	page_text(page, MARK_PERSON_ID, request_param(req, 0));
	page_text(page, MARK_PREFERRED_NAME, rows_text(rows, 1));
	page_text(page, MARK_THEIR_NOW,
	    instant_text(
		request_arena(req), time_now(), rows_text(rows, 2), caller->locale, true));
	page_text(page, MARK_POD_NAME, rows_text(rows, 3));
	show_state(page, rows);
	if (own) {
		page_show(page, MARK_MAY_NOTE);
		if (text_is(request_query(req, "noted"), "1"))
			page_show(page, MARK_NOTED);
	} else {
		page_show(page, MARK_MAY_NOT_NOTE);
	}
	struct value me = v_int(caller->person), reads = v_int(own);
	show_history(req, page, db_read(db, &CONTACTS, me, reads, v_int(person)), MARK_CONTACT,
	    MARK_NO_CONTACTS);
	if (own)
		show_history(req, page, db_read(db, &NOTES, me, reads, v_int(person)),
		    MARK_NOTE, MARK_NO_NOTES);
	show_statements(req, page, person);
	return reply_page(req, 200, page);
}
