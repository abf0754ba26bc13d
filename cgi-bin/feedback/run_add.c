/*
 * run_add.c: a new round of a survey, made as a draft.
 *
 * Rules (README 3, 4): nobody is asked for nothing, so a round needs as many people as its
 * results need; one round of a survey at a time, until the last is published.
 */
#include "base/config.h"
#include "base/text.h"
#include "feedback/audience.h"
#include "feedback/feedback.h"
#include "feedback/suppress.h"

enum {
	PURPOSE,
	AUDIENCE,
	OPENS,
	CLOSES,
	MINUTES,
	GROUP
};

#define DAYS_OPEN 7
#define DAYS_MOST 90
#define MINUTES_USUAL 10
#define MINUTES_MOST 60
#define GROUP_MOST 50

static const struct field RUN_FIELDS[] = {
	[PURPOSE] = { "purpose", FIELD_LINES, .max = 1000 },
	[AUDIENCE] = { "audience", FIELD_SELECT, .choices_of = audience_choices },
	[OPENS] = { "opens", FIELD_DAY },
	[CLOSES] = { "closes", FIELD_DAY },
	[MINUTES] = { "minutes", FIELD_INT, 0, MINUTES_MOST },
	[GROUP] = { "least", FIELD_INT, GROUP_LEAST, GROUP_MOST },
	{ 0 },
};
const struct form SURVEY_RUN_FORM = { "survey_run", RUN_FIELDS, run_add_show, false };

static const struct stmt SURVEY = {
	"SELECT id, title, purpose, questionnaire_id FROM survey WHERE public_id = ?"
};
static const struct stmt UNFINISHED = {
	"SELECT COUNT(*) FROM survey_run WHERE survey_id = ?"
	" AND state IN ('draft', 'reviewed', 'open', 'closing', 'closed')"
};
static const struct stmt RUN_ADD = {
	"INSERT INTO survey_run (public_id, survey_id, questionnaire_id, purpose, audience,"
	" audience_id, opens_at, closes_at, min_group, paid_minutes, created_by, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
};

static struct rows *
read_survey(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows = db_read(db, &SURVEY, v_bytes(id.b, ID_BYTES));
	return rows_next(rows) ? rows : NULL;
}

static int64_t
group_least(void)
{
	int64_t configured = config_int(CONFIG_SUPPRESS_BELOW);

	return configured > GROUP_LEAST ? configured : GROUP_LEAST;
}

static day
today(struct request *req)
{
	return day_in_zone(time_now(), request_caller(req)->zone);
}

/* GET /feedback/staff/surveys/:id/run */
enum status
run_add_show(struct request *req)
{
	struct rows *rows = read_survey(req, request_db(req));
	struct page *page;

	if (!rows)
		return E_ABSENT;
	form_set(req, PURPOSE, rows_text(rows, 2));
	form_set(req, AUDIENCE, "all");
	form_set_day(req, OPENS, today(req));
	form_set_day(req, CLOSES, today(req) + DAYS_OPEN);
	form_set_int(req, MINUTES, MINUTES_USUAL);
	form_set_int(req, GROUP, group_least());
	page = page_open(req, TPL_FEEDBACK_RUN_ADD);
	page_text(page, MARK_SURVEY_ID, request_param(req, 0));
	page_text(page, MARK_TITLE, rows_text(rows, 1));
	return reply_page(req, 200, page);
}

/* Days in an order that makes sense; a form error where they are not. */
static void
check_days(struct request *req)
{
	day opens = form_day(req, OPENS), closes = form_day(req, CLOSES);

	if (opens < today(req))
		form_error(req, OPENS, "past", NULL);
	if (closes < opens)
		form_error(req, CLOSES, "before_opens", NULL);
	else if (closes > opens + DAYS_MOST)
		form_error(req, CLOSES, "too_far", NULL);
}

static void
check_group(struct request *req, struct db *db, const struct audience *audience)
{
	struct arena *arena = request_arena(req);
	int64_t people = audience_count(db, audience);

	if (form_int(req, GROUP) < group_least())
		form_error(req, GROUP, "below_house",
		    text_printf(arena, "%lld", (long long)group_least()));
	if (people < form_int(req, GROUP))
		form_error(req, AUDIENCE, "too_few_people",
		    text_printf(arena, "%lld", (long long)people));
}

static enum status
add_run(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const char *zone = request_caller(req)->zone;
	struct arena *arena = request_arena(req);
	struct rows *rows = read_survey(req, db);
	struct id id = id_new();
	struct audience audience;

	(void)unused_arg;
	if (!rows)
		return E_ABSENT;
	if (!audience_of(db, form_text(req, AUDIENCE), &audience)) {
		form_error(req, AUDIENCE, "not_choice", NULL);
		return E_INPUT;
	}
	check_days(req);
	check_group(req, db, &audience);
	if (db_int(db, &UNFINISHED, 0, v_int(rows_int(rows, 0))))
		form_error(req, FORM_WHOLE, "one_at_a_time", NULL);
	if (form_failed(req))
		return E_INPUT;
	db_write(db, &RUN_ADD, v_bytes(id.b, ID_BYTES), v_int(rows_int(rows, 0)),
	    v_int(rows_int(rows, 3)), v_text(form_text(req, PURPOSE)), v_text(audience.kind),
	    audience.id ? v_int(audience.id) : v_null(),
	    v_instant(instant_of_local(form_day(req, OPENS), 0, 0, 0, zone, NULL)),
	    v_instant(instant_of_local(form_day(req, CLOSES) + 1, 0, 0, 0, zone, NULL)),
	    v_int(form_int(req, GROUP)), v_int(form_int(req, MINUTES)),
	    v_int(request_caller(req)->person), v_instant(time_now()));
	request_audit(req, db, "survey_run.made",
	    text_printf(arena, "survey_run:%lld", (long long)db_last_id(db)), NULL);
	receipt->location = text_printf(arena, "/feedback/staff/runs/%s", id_text(arena, id));
	return OK;
}

/* POST /feedback/staff/surveys/:id/run */
enum status
run_add_submit(struct request *req)
{
	return reply_submit(req, add_run, NULL);
}
