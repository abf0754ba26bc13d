/*
 * home.c: the first page after signing in: what waits for this person, what they have started
 * and is still being worked on, what changed since they were last here (visit.h).
 *
 * All lists are read from views of core that the schema command builds out of what each plugin
 * publishes, so no plugin is named here; the sentences stand in the plugins' words files under
 * the row's code. Who asks is told to these views in variables: MariaDB hands conditions down
 * into a UNION when they compare with a variable, but not when they compare with a '?', and
 * then each home page would read the statements of everybody.
 */
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "portal/portal.h"
#include "portal/visit.h"
#include "web/face.h"
#include "web/page.h"
#include "web/words.h"

#define LAST_WITHIN (90 * DAY_LENGTH)

static const struct stmt ASK = { "SET @home_person = ?, @home_roles = ?, @home_newer = ?,"
				 " @home_now = ?" };
static const struct stmt WAITING = {
	"SELECT DISTINCT code, n, who, url, due_at FROM waiting"
	" WHERE (person_id = @home_person"
	"  OR (role_bit IS NOT NULL AND (@home_roles >> role_bit) & 1 = 1)) AND n > 0"
	" ORDER BY due_at IS NULL, due_at, code LIMIT 20"
};
static const struct stmt WORKING = {
	"SELECT code, first_day, last_day, state, done, total, url, finished_at FROM working"
	" WHERE person_id = @home_person"
	" AND (state IN ('queued', 'running') OR finished_at > @home_newer)"
	" ORDER BY created_at DESC LIMIT 10"
};
/* Rows without a person are for every contributor (bit 1). */
#define CHANGED_SQL                                                                 \
	"SELECT code, n, who, url, at FROM changed WHERE (person_id = @home_person" \
	" OR (person_id IS NULL AND (@home_roles >> 1) & 1 = 1)) AND at <= @home_now"
static const struct stmt CHANGED = { CHANGED_SQL
	" AND at > @home_newer ORDER BY at DESC, code LIMIT 20" };
static const struct stmt LAST = { CHANGED_SQL " AND at > ? ORDER BY at DESC, code LIMIT 3" };
static const struct stmt VISIT = {
	"SELECT since_at, seen_at FROM home_visit WHERE person_id = ?"
};
/* Two tabs at once: the second finds seen_at new and leaves since_at alone. Assignments are
 * made from left to right. */
static const struct stmt VISIT_WRITE = {
	"INSERT INTO home_visit (person_id, since_at, seen_at) VALUES (?, ?, ?)"
	" ON DUPLICATE KEY UPDATE since_at = IF(seen_at <= ?, seen_at, since_at),"
	" seen_at = GREATEST(seen_at, VALUES(seen_at))"
};

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

static void
show_waiting(struct request *req, struct page *page, instant now)
{
	struct rows *rows = db_read(request_db(req), &WAITING);

	page_show(page, rows_count(rows) ? MARK_WAITING : MARK_NOTHING_WAITS);
	while (rows_next(rows)) {
		struct page *item = page_repeat(page, MARK_WAITING_ITEM);
		page_text(item, MARK_SENTENCE, sentence(req, rows, "waiting"));
		page_text(item, MARK_WHY, sentence(req, rows, "why"));
		page_text(item, MARK_ACTION, sentence(req, rows, "action"));
		page_text(item, MARK_URL, face_link(req, rows_text(rows, 3)));
		if (rows_null(rows, 4))
			continue;
		page_instant(
		    page_repeat(item, rows_instant(rows, 4) < now ? MARK_OVERDUE : MARK_DUE),
		    MARK_DUE_AT, rows_instant(rows, 4));
	}
}

/* ---- What this person has started ---- */

/* "40 %", or that it has not begun. */
static const char *
how_far(struct request *req, const struct rows *rows)
{
	struct arena *arena = request_arena(req);
	int64_t done = rows_int(rows, 4), total = rows_int(rows, 5);

	if (total <= 0)
		return words_say(arena, request_caller(req)->locale, "progress.begins");
	return words_say(arena, request_caller(req)->locale, "progress.percent",
	    { "n", number_text(arena, 100 * (done < total ? done : total) / total,
		       request_caller(req)->locale) });
}

static const char *
work_sentence(struct request *req, const struct rows *rows, const char *part)
{
	struct arena *arena = request_arena(req);

	return words_say(arena, request_caller(req)->locale,
	    text_printf(arena, "%s.%s", rows_text(rows, 0), part),
	    { "period", period_text(arena, rows_day(rows, 1), rows_day(rows, 2),
			    request_caller(req)->locale) },
	    { "percent", how_far(req, rows) });
}

/* What is under way, above; what was finished since, below with what changed: true when there
 * was some. */
static bool
show_work(struct request *req, struct page *page)
{
	struct rows *rows = db_read(request_db(req), &WORKING);
	struct page *list = NULL;
	bool finished = false;

	while (rows_next(rows)) {
		bool done = !rows_null(rows, 7), failed = text_is(rows_text(rows, 3), "failed");
		if (!done && !list)
			list = page_repeat(page, MARK_WORKING);
		struct page *item = done ? page_repeat(page, MARK_CHANGED_ITEM)
					 : page_repeat(list, MARK_WORKING_ITEM);
		page_text(item, MARK_SENTENCE,
		    work_sentence(req, rows,
			failed ? "stopped"
			: done ? "done"
			       : "working"));
		page_text(item, MARK_URL, face_link(req, rows_text(rows, 6)));
		if (done)
			page_instant(item, MARK_CHANGED_AT, rows_instant(rows, 7));
		finished = finished || done;
	}
	return finished;
}

/* ---- Since you were last here ---- */

static void
show_changed_item(struct request *req, struct page *item, const struct rows *rows)
{
	page_text(item, MARK_SENTENCE, sentence(req, rows, "changed"));
	page_text(item, MARK_URL, face_link(req, rows_text(rows, 3)));
	page_instant(item, MARK_CHANGED_AT, rows_instant(rows, 4));
}

static void
show_changed(struct request *req, struct page *page, const struct visit *visit, instant now)
{
	bool finished = show_work(req, page);
	struct rows *rows = db_read(request_db(req), &CHANGED);
	bool some = finished || rows_count(rows) > 0;

	while (rows_next(rows))
		show_changed_item(req, page_repeat(page, MARK_CHANGED_ITEM), rows);
	if (some) {
		page_show(page, MARK_CHANGED);
		return;
	}
	struct page *quiet =
	    page_repeat(page, visit->first ? MARK_NOTHING_YET : MARK_NOTHING_NEW);
	page_instant(quiet, MARK_SINCE, visit->since);
	rows = db_read(request_db(req), &LAST, v_instant(now - LAST_WITHIN));
	struct page *last = rows_count(rows) ? page_repeat(page, MARK_LAST) : NULL;
	while (rows_next(rows))
		show_changed_item(req, page_repeat(last, MARK_LAST_ITEM), rows);
}

static struct visit
visit_read(struct request *req, instant now)
{
	struct rows *rows =
	    db_read(request_db(req), &VISIT, v_int(request_caller(req)->person));

	if (!rows_next(rows))
		return visit_of(0, 0, now);
	return visit_of(rows_instant(rows, 0), rows_instant(rows, 1), now);
}

/* GET /. That somebody looked is written down after the page is made, at most every five
 * minutes, as a session's time is: it changes nothing that was shown, and when it fails the
 * page stands (the failure is in the log). */
enum status
home_show(struct request *req)
{
	const struct caller *caller = request_caller(req);
	struct db *db = request_db(req);
	instant now = time_now();
	struct page *page = page_open(req, TPL_PORTAL_HOME);
	struct visit visit = visit_read(req, now);

	greet(page, minute_in_zone(now, caller->zone));
	page_text(page, MARK_NAME, caller->name);
	page_instant(page, MARK_NOW, now);
	db_write(db, &ASK, v_int(caller->person), v_int(caller->roles), v_instant(visit.newer),
	    v_instant(now));
	show_waiting(req, page, now);
	show_changed(req, page, &visit, now);
	enum status status = reply_page(req, 200, page);
	if (status == OK && visit.to_write &&
	    db_write(db, &VISIT_WRITE, v_int(caller->person),
		visit.first ? v_null() : v_instant(visit.since), v_instant(now),
		v_instant(now - VISIT_GAP)) < 0)
		log_event(LOG_LEVEL_WARN, "visit_failed", LOG_INT("db", db_error(db)));
	return status;
}
