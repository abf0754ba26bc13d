/*
 * demo_outbox.c: /demo/outbox, the mails of a demo, which sends none: one's own, for an
 * administrator everybody's. Outside a demo there is no such page.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "portal/notice_pages.h"
#include "web/language.h"
#include "web/page.h"

#define SHOWN 100

static const struct stmt MAILS = {
	"SELECT m.public_id, m.subject, p.preferred_name, m.at FROM demo_mail m"
	" JOIN person p ON p.id = m.person_id WHERE m.person_id = ? OR ? ORDER BY m.id DESC"
	" LIMIT 101"
};
static const struct stmt MAIL = {
	"SELECT m.subject, p.preferred_name, m.at, m.locale, m.body, m.action, m.url"
	" FROM demo_mail m JOIN person p ON p.id = m.person_id"
	" WHERE m.public_id = ? AND (m.person_id = ? OR ?)"
};

enum status
demo_outbox_show(struct request *req)
{
	if (!config_on(CONFIG_DEMO))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &MAILS, v_int(request_caller(req)->person),
	    v_int(request_holds(req, ROLE(ADMIN))));
	struct page *page = page_open(req, TPL_PORTAL_DEMO_OUTBOX);

	if (rows_count(rows) == 0)
		page_show(page, MARK_NO_MAIL);
	if (rows_count(rows) > SHOWN)
		page_show(page, MARK_MORE);
	for (int i = 0; i < SHOWN && rows_next(rows); i++) {
		struct page *line = page_repeat(page, MARK_MAIL);
		page_text(line, MARK_MAIL_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_SUBJECT, rows_text(rows, 1));
		page_text(line, MARK_TO_NAME, rows_text(rows, 2));
		page_instant(line, MARK_AT, rows_instant(rows, 3));
	}
	return reply_page(req, 200, page);
}

enum status
demo_mail_show(struct request *req)
{
	struct id id;
	size_t n;

	if (!config_on(CONFIG_DEMO) || !request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &MAIL, v_bytes(id.b, ID_BYTES),
	    v_int(request_caller(req)->person), v_int(request_holds(req, ROLE(ADMIN))));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	struct page *page = page_open(req, TPL_PORTAL_DEMO_MAIL);
	const char *locale = rows_text(rows, 3);
	char **lines = text_split(request_arena(req), rows_text(rows, 4), '\n', &n);
	page_text(page, MARK_SUBJECT, rows_text(rows, 0));
	page_text(page, MARK_TO_NAME, rows_text(rows, 1));
	page_instant(page, MARK_AT, rows_instant(rows, 2));
	page_text(page, MARK_MAIL_LANG, language_attribute(locale));
	page_text(page, MARK_MAIL_DIR, language_right_to_left(locale) ? "rtl" : "ltr");
	for (size_t i = 0; i < n; i++)
		if (*lines[i] && !text_is(lines[i], "-- "))
			page_text(page_repeat(page, MARK_PARAGRAPH), MARK_TEXT, lines[i]);
	page_text(page, MARK_ACTION, rows_text(rows, 5));
	page_text(page, MARK_URL, rows_text(rows, 6));
	return reply_page(req, 200, page);
}
