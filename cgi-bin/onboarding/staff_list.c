/*
 * staff_list.c: the applications as a queue: what waits longest first, with the day by which an
 * answer was promised. For reviewers and people officers.
 *
 * Rule (README 20): nobody reads or decides their own application: each query leaves it out.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

#define SHOWN 100

#define LIST_SQL                                                                               \
	"SELECT a.public_id, a.legal_name, a.preferred_name, a.domain, a.level, a.state,"      \
	" COALESCE(a.waiting_since, a.submitted_at), a.due_at, a.claimed_by, p.preferred_name" \
	" FROM application a LEFT JOIN keptword_core.person_public p ON p.id = a.claimed_by"   \
	" WHERE NOT (a.person_id <=> ?) AND a.state <> 'draft'"
static const struct stmt WAITING = { LIST_SQL
	" AND a.state IN ('interview_done', 'in_review', 'reevaluation')"
	" ORDER BY a.waiting_since, a.id LIMIT 101" };
static const struct stmt OF_STATE = { LIST_SQL
	" AND a.state = ? ORDER BY a.submitted_at DESC, a.id DESC LIMIT 101" };
static const struct stmt ALL = { LIST_SQL
	" ORDER BY a.submitted_at DESC, a.id DESC LIMIT 101" };

/* What can be asked for, in the order of the list. */
static const char *const FILTERS[] = { "waiting", "interview_open", "interview_done",
	"in_review", "reevaluation", "certified", "not_selected", "upheld", "withdrawn",
	"all" };

static const char *
filter_of(struct request *req)
{
	const char *asked = request_query(req, "state");

	for (size_t i = 0; i < sizeof FILTERS / sizeof *FILTERS; i++)
		if (text_is(asked, FILTERS[i]))
			return FILTERS[i];
	return FILTERS[0];
}

static struct rows *
list_read(struct request *req, const char *filter)
{
	struct value caller = v_int(request_caller(req)->person);

	if (text_is(filter, "waiting"))
		return db_read(request_db(req), &WAITING, caller);
	if (text_is(filter, "all"))
		return db_read(request_db(req), &ALL, caller);
	return db_read(request_db(req), &OF_STATE, caller, v_text(filter));
}

static void
show_line(struct request *req, struct page *line, const struct rows *rows, instant now)
{
	const char *state = rows_text(rows, 5);
	bool waits = text_is(state, "interview_done") || text_is(state, "in_review") ||
		     text_is(state, "reevaluation");

	page_text(line, MARK_APPLICATION_ID, rows_id_text(request_arena(req), rows, 0));
	/* The legal name is for people officers. */
	page_text(
	    line, MARK_NAME, rows_text(rows, request_holds(req, ROLE(PEOPLE_OFFICER)) ? 1 : 2));
	page_text(line, MARK_DOMAIN, choice_word(req, "apply_work.domain", rows_text(rows, 3)));
	page_text(line, MARK_LEVEL, choice_word(req, "apply_work.level", rows_text(rows, 4)));
	application_show_state(line, state);
	page_instant(line, MARK_SINCE, rows_instant(rows, 6));
	if (waits) {
		struct page *age = page_repeat(line, MARK_WAITS);

		page_int(age, MARK_DAYS, rule_days_waiting(rows_instant(rows, 6), now));
		if (!rows_null(rows, 7)) {
			page_show(
			    age, now > rows_instant(rows, 7) ? MARK_OVERDUE : MARK_IN_TIME);
			page_instant(age, MARK_DUE_AT, rows_instant(rows, 7));
		}
	}
	if (waits && !rows_null(rows, 8))
		page_text(page_repeat(line, MARK_CLAIMED), MARK_WHO, rows_text(rows, 9));
}

enum status
staff_list(struct request *req)
{
	const char *filter = filter_of(req);
	struct rows *rows = list_read(req, filter);
	struct page *page = page_open(req, TPL_ONBOARDING_STAFF_APPLICATIONS);
	instant now = time_now();

	for (size_t i = 0; i < sizeof FILTERS / sizeof *FILTERS; i++) {
		struct page *choice = page_repeat(page, MARK_FILTER);

		page_text(choice, MARK_CODE, FILTERS[i]);
		page_text(
		    choice, MARK_LABEL, choice_word(req, "applications.filter", FILTERS[i]));
		if (FILTERS[i] == filter)
			page_show(choice, MARK_CHOSEN);
	}
	if (!rows_count(rows))
		page_show(page, MARK_NOTHING);
	if (rows_count(rows) > SHOWN)
		page_show(page, MARK_MORE);
	for (int shown = 0; shown < SHOWN && rows_next(rows); shown++)
		show_line(req, page_repeat(page, MARK_LINE), rows, now);
	return reply_page(req, 200, page);
}
