/*
 * answer_list.c: a contributor's own invitations: what is open, and what came of the rest.
 */
#include "base/text.h"
#include "feedback/feedback.h"
#include "web/session.h"

/* One round trip: the session, and the newest invitations. */
const struct stmt INVITATIONS_OF_CALLER = { CALLER_SELECT
	", u.public_id, s.title, u.state, u.closes_at, i.state, u.paid_minutes" CALLER_FROM
	"LEFT JOIN (invitation i JOIN survey_run u ON u.id = i.run_id"
	" JOIN survey s ON s.id = u.survey_id) ON i.person_id = c.person_id" CALLER_WHERE
	"ORDER BY u.closes_at DESC, u.id DESC LIMIT 50" };
enum {
	C_ID = CALLER_COLUMNS,
	C_TITLE,
	C_STATE,
	C_CLOSES,
	C_OWN,
	C_MINUTES
};

static bool
is_open(const struct rows *rows)
{
	return text_is(rows_text(rows, C_STATE), "open") &&
	       rows_instant(rows, C_CLOSES) > time_now();
}

static void
show_open(struct request *req, struct page *page, const struct rows *rows)
{
	struct page *line = page_repeat(page, MARK_OPEN_RUN);
	const char *own = rows_text(rows, C_OWN);

	page_text(line, MARK_RUN_ID, rows_id_text(request_arena(req), rows, C_ID));
	page_text(line, MARK_TITLE, rows_text(rows, C_TITLE));
	page_instant(line, MARK_CLOSES, rows_instant(rows, C_CLOSES));
	if (rows_int(rows, C_MINUTES))
		page_minutes(
		    page_repeat(line, MARK_PAID), MARK_MINUTES, rows_int(rows, C_MINUTES));
	page_show(line, text_is(own, "answered") ? MARK_SENT
			: text_is(own, "opened") ? MARK_BEGUN
						 : MARK_FRESH);
}

static void
show_over(struct request *req, struct page *page, const struct rows *rows)
{
	struct page *line = page_repeat(page, MARK_OVER_RUN);
	const char *state = rows_text(rows, C_STATE);
	bool told = text_is(state, "published") || text_is(state, "actions_assigned") ||
		    text_is(state, "reported_back");

	page_text(line, MARK_TITLE, rows_text(rows, C_TITLE));
	page_day(line, MARK_CLOSED,
	    day_in_zone(rows_instant(rows, C_CLOSES), request_caller(req)->zone), DAY_LONG);
	if (told)
		page_text(page_repeat(line, MARK_TOLD), MARK_RUN_ID,
		    rows_id_text(request_arena(req), rows, C_ID));
	else
		page_show(line, MARK_NOT_TOLD);
}

/* GET /feedback/surveys */
enum status
invitation_list(struct request *req)
{
	struct page *page = page_open(req, TPL_FEEDBACK_INVITATION_LIST);
	struct rows *rows = request_opening(req);
	struct page *open = NULL, *over = NULL;

	while (rows_next(rows)) {
		if (rows_null(rows, C_ID))
			continue; /* the caller's own row: never asked yet */
		if (is_open(rows)) {
			if (!open)
				open = page_repeat(page, MARK_SOME_OPEN);
			show_open(req, open, rows);
		} else {
			if (!over)
				over = page_repeat(page, MARK_SOME_OVER);
			show_over(req, over, rows);
		}
	}
	if (!open)
		page_show(page, MARK_NONE);
	return reply_page(req, 200, page);
}
