/*
 * my_contacts.c: what is recorded about the caller, by whom, and how to reach them. It reads
 * the same rows as the HDM's page, so it shows them the same minute (README 6); only private
 * words are left out, by the query.
 */
#include "base/text.h"
#include "base/time.h"
#include "hdm/hdm.h"

static const struct stmt MY_HDM = {
	"SELECT h.pod_name, h.preferred_name, h.email, h.time_zone, v.due_at, v.due_days"
	" FROM contact_due v JOIN keptword_core.pod_hdm h ON h.pod_id = v.pod_id"
	" WHERE v.person_id = ? ORDER BY h.pod_name"
};
static const struct stmt TALK_DUE = {
	"SELECT due_at FROM one_on_one WHERE person_id = ? AND state = 'due'"
	" ORDER BY due_at LIMIT 1"
};
static const struct stmt MY_CONTACTS = {
	"SELECT c.at, c.kind, h.preferred_name, n.body, n.changed_at"
	" FROM contact c JOIN keptword_core.person_public h ON h.id = c.hdm_person_id"
	" LEFT JOIN note n ON n.contact_id = c.id AND n.visibility = 'shared'"
	" WHERE c.person_id = ? ORDER BY c.at DESC, c.id DESC LIMIT 100"
};
static const struct stmt MY_NOTES = {
	"SELECT n.created_at, '', h.preferred_name, n.body, n.changed_at"
	" FROM note n JOIN keptword_core.person_public h ON h.id = n.author_id"
	" WHERE n.person_id = ? AND n.visibility = 'shared' AND n.contact_id IS NULL"
	" ORDER BY n.created_at DESC LIMIT 100"
};

static void
show_hdm(struct request *req, struct page *page)
{
	struct value me = v_int(request_caller(req)->person);
	struct rows *rows = db_read(request_db(req), &MY_HDM, me);

	if (!rows_count(rows))
		page_show(page, MARK_NOBODY);
	while (rows_next(rows)) {
		struct page *hdm = page_repeat(page, MARK_HDM);

		page_text(hdm, MARK_POD_NAME, rows_text(rows, 0));
		page_text(hdm, MARK_PREFERRED_NAME, rows_text(rows, 1));
		page_text(hdm, MARK_EMAIL, rows_text(rows, 2));
		page_text(hdm, MARK_THEIR_NOW,
		    instant_text(request_arena(req), time_now(), rows_text(rows, 3),
			request_caller(req)->locale, true));
		page_instant(hdm, MARK_DUE_AT, rows_instant(rows, 4));
		if (rows_instant(rows, 4) < time_now())
			page_count(page_repeat(hdm, MARK_OVERDUE), MARK_OVERDUE_WORDS,
			    "hdm.contact_overdue", rows_int(rows, 5));
	}
	rows = db_read(request_db(req), &TALK_DUE, me);
	if (rows_next(rows))
		page_instant(
		    page_repeat(page, MARK_TALK), MARK_TALK_DUE, rows_instant(rows, 0));
}

static void
show_lines(struct request *req, struct page *page, struct rows *rows, enum mark section,
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
		if (rows_null(rows, 3))
			continue;
		struct page *words = page_repeat(line, MARK_WORDS);
		page_text(words, MARK_BODY, rows_text(rows, 3));
		if (!rows_null(rows, 4))
			page_instant(page_repeat(words, MARK_CHANGED), MARK_CHANGED_AT,
			    rows_instant(rows, 4));
	}
}

/* GET /hdm/my-contacts */
enum status
my_contacts(struct request *req)
{
	struct db *db = request_db(req);
	struct value me = v_int(request_caller(req)->person);
	struct page *page = page_open(req, TPL_HDM_MY_CONTACTS);

	show_hdm(req, page);
	show_lines(req, page, db_read(db, &MY_CONTACTS, me), MARK_CONTACT, MARK_NO_CONTACTS);
	show_lines(req, page, db_read(db, &MY_NOTES, me), MARK_NOTE, MARK_NO_NOTES);
	return reply_page(req, 200, page);
}
