/*
 * home.c: the first page after signing in: what waits for this person, what changed.
 *
 * Both lists are read from views of core that the schema command builds out of what each plugin
 * publishes, so no plugin is named here; the sentences stand in the plugins' words files under
 * the row's code.
 */
#include "base/text.h"
#include "base/time.h"
#include "portal/portal.h"
#include "web/page.h"
#include "web/words.h"

#define ITEMS 20
#define CHANGES 5
#define CHANGED_WITHIN (14 * DAY_LENGTH)

static const struct stmt WAITING = {
	"SELECT code, n, who, url, due_at FROM waiting"
	" WHERE (person_id = ? OR (role_bit IS NOT NULL AND (? >> role_bit) & 1 = 1)) AND n > 0"
	" ORDER BY due_at IS NULL, due_at, code LIMIT 20"
};
/* Rows without a person are for every contributor. */
static const struct stmt CHANGED = { "SELECT code, n, who, url, at FROM changed"
				     " WHERE (person_id = ? OR (person_id IS NULL AND ?)) AND "
				     "at > ? ORDER BY at DESC LIMIT 5" };

/* Which greeting suits the reader's hour, and the sky over it. */
static void
greet(struct page *page, int minute)
{
	static const struct {
		int until; /* hour */
		enum mark words;
		enum tpl sky;
	} hours[] = {
		{ 5, MARK_NIGHT, TPL_PART_SKY_NIGHT },
		{ 12, MARK_MORNING, TPL_PART_SKY_MORNING },
		{ 18, MARK_AFTERNOON, TPL_PART_SKY_AFTERNOON },
		{ 24, MARK_EVENING, TPL_PART_SKY_EVENING },
	};
	size_t i = 0;

	while (minute / 60 >= hours[i].until && i < sizeof hours / sizeof *hours - 1)
		i++;
	page_show(page, hours[i].words);
	(void)page_include(page, MARK_ART, hours[i].sky);
}

static const char *
sentence(struct request *req, const struct rows *rows, const char *part)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	const char *key = text_printf(arena, "%s.%s", rows_text(rows, 0), part);

	return words_say(arena, locale, key,
	    { "n", number_text(arena, rows_int(rows, 1), locale) },
	    { "who", rows_text(rows, 2) });
}

enum status
home_show(struct request *req)
{
	const struct caller *caller = request_caller(req);
	instant now = time_now();
	struct page *page = page_open(req, TPL_PORTAL_HOME);

	greet(page, minute_in_zone(now, caller->zone));
	page_text(page, MARK_NAME, caller->name);
	page_instant(page, MARK_NOW, now);

	struct rows *rows =
	    db_read(request_db(req), &WAITING, v_int(caller->person), v_int(caller->roles));
	page_show(page, rows_count(rows) ? MARK_WAITING : MARK_NOTHING_WAITS);
	while (rows_next(rows)) {
		struct page *item = page_repeat(page, MARK_WAITING_ITEM);
		page_text(item, MARK_SENTENCE, sentence(req, rows, "waiting"));
		page_text(item, MARK_ACTION, sentence(req, rows, "action"));
		page_text(item, MARK_URL, rows_text(rows, 3));
		if (!rows_null(rows, 4))
			page_instant(
			    page_repeat(item, MARK_DUE), MARK_DUE_AT, rows_instant(rows, 4));
	}

	rows = db_read(request_db(req), &CHANGED, v_int(caller->person),
	    v_int(request_holds(req, ROLE(CONTRIBUTOR))), v_instant(now - CHANGED_WITHIN));
	if (rows_count(rows))
		page_show(page, MARK_CHANGED);
	while (rows_next(rows)) {
		struct page *item = page_repeat(page, MARK_CHANGED_ITEM);
		page_text(item, MARK_SENTENCE, sentence(req, rows, "changed"));
		page_text(item, MARK_URL, rows_text(rows, 3));
		page_instant(item, MARK_CHANGED_AT, rows_instant(rows, 4));
	}
	return reply_page(req, 200, page);
}
