/*
 * pay_schedule_page.c: schedules of pay, and making one from a preset. For finance. Rules:
 * payments README 7, 8.
 */
#include "payments/pay_schedule.h"

#include "base/text.h"
#include "payments/pay_period.h"
#include "web/page.h"

#define HERE "/payments/staff/schedules"
#define SHOWN 4 /* periods of each schedule */
#define DUPLICATE 1062

enum {
	PRESET,
	NAME,
	ANCHOR,
	ZONE,
	LOCK_AFTER,
	ISSUE_AFTER,
	PAY_AFTER,
	ROLL,
	US_LATER,
	HOLIDAYS
};

static const struct stmt SCHEDULES = {
	"SELECT s.id, s.lock_after, s.issue_after, s.pay_after, (SELECT COUNT(*) FROM payee y"
	"  WHERE y.schedule_id = s.id AND y.state = 'active') FROM pay_schedule s ORDER BY s.id"
};
static const struct stmt ADD = {
	"INSERT INTO pay_schedule (name, kind, anchor, time_zone, lock_after, issue_after,"
	" pay_after, us_later, holidays, roll) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt NAME_TAKEN = { "SELECT COUNT(*) FROM pay_schedule WHERE name = ?" };

/* What a rhythm usually has, to begin with. */
static const struct {
	const char *kind, *zone;
	int lock_after, issue_after, pay_after, us_later;
} presets[] = {
	{ "biweekly", NULL, 2, 3, 5, 0 },
	{ "semi_monthly", "America/Los_Angeles", 2, 3, 5, 1 },
};

static const struct choice KINDS[] = { { "biweekly", NULL }, { "semi_monthly", NULL }, { 0 } };
static const struct choice ROLLS[] = { { "forward", NULL }, { "back", NULL }, { 0 } };
static const struct field ADD_FIELDS[] = {
	[PRESET] = { "kind", FIELD_CHOICE, .choices = KINDS },
	[NAME] = { "name", FIELD_TEXT, .max = 100 },
	[ANCHOR] = { "anchor", FIELD_DAY },
	[ZONE] = { "zone", FIELD_SELECT, .choices_of = form_zones },
	[LOCK_AFTER] = { "lock_after", FIELD_INT, .min = 1, .max = 10 },
	[ISSUE_AFTER] = { "issue_after", FIELD_INT, .min = 1, .max = 20 },
	[PAY_AFTER] = { "pay_after", FIELD_INT, .min = 1, .max = 30 },
	[ROLL] = { "roll", FIELD_CHOICE, .choices = ROLLS },
	[US_LATER] = { "us_later", FIELD_INT, .min = 0, .max = 5 },
	[HOLIDAYS] = { "holidays", FIELD_TEXT, .max = 20, .optional = true },
	{ 0 },
};
const struct form SCHEDULE_ADD_FORM = { "schedule_add", ADD_FIELDS, schedule_add_show, false };

static void
show_schedule(struct request *req, struct page *page, const struct rows *rows)
{
	static const struct code_mark kinds[] = { { "biweekly", MARK_IS_BIWEEKLY },
		{ "semi_monthly", MARK_IS_SEMI_MONTHLY }, { 0 } };
	struct db *db = request_db(req);
	struct pay_schedule schedule;
	size_t n;

	if (!pay_schedule_read(db, rows_int(rows, 0), &schedule))
		return;
	day today = day_in_zone(time_now(), schedule.zone);
	struct page *part = page_repeat(page, MARK_SCHEDULE_PART);
	page_text(part, MARK_SCHEDULE, schedule.name);
	page_code(part, kinds, schedule.kind);
	page_text(part, MARK_ZONE, schedule.zone);
	page_count(part, MARK_LOCK_AFTER, "payments.days_after", rows_int(rows, 1));
	page_count(part, MARK_ISSUE_AFTER, "payments.days_after", rows_int(rows, 2));
	page_count(part, MARK_PAY_AFTER, "payments.days_after", rows_int(rows, 3));
	page_show(part, schedule.rule.rolls_back ? MARK_ROLLS_BACK : MARK_ROLLS_FORWARD);
	if (schedule.us_later > 0)
		page_count(page_repeat(part, MARK_US_LATER), MARK_DAYS, "payments.bank_days",
		    schedule.us_later);
	if (!text_empty(schedule.calendar))
		page_text(
		    page_repeat(part, MARK_HAS_HOLIDAYS), MARK_CALENDAR, schedule.calendar);
	page_count(part, MARK_PEOPLE, "payments.people", rows_int(rows, 4));
	struct pay_coming *list = pay_coming_of(db, &schedule, today, today + 90, &n);
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		struct page *line = page_repeat(part, MARK_LINE);
		page_period(line, MARK_PERIOD, list[i].days.start, list[i].days.end);
		page_day(line, MARK_LOCK_ON, list[i].days.lock, DAY_SHORT);
		page_day(line, MARK_ISSUE_ON, list[i].days.issue, DAY_SHORT);
		page_day(line, MARK_PAY_ON, list[i].days.pay, DAY_SHORT);
	}
}

/* GET /payments/staff/schedules */
enum status
schedules_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_SCHEDULES);
	struct rows *rows = db_read(request_db(req), &SCHEDULES);

	if (*request_query(req, "added"))
		page_show(page, MARK_IS_ADDED);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows))
		show_schedule(req, page, rows);
	return reply_page(req, 200, page);
}

/* GET /payments/staff/schedules/new[?kind=semi_monthly] */
enum status
schedule_add_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_SCHEDULE_NEW);
	size_t at = text_is(request_query(req, "kind"), presets[1].kind) ? 1 : 0;
	const char *zone = presets[at].zone ? presets[at].zone : request_caller(req)->zone;
	day today = day_in_zone(time_now(), zone);

	form_set(req, PRESET, presets[at].kind);
	form_set_day(req, ANCHOR, today - (day_weekday(today) - 1));
	form_set(req, ZONE, zone);
	form_set_int(req, LOCK_AFTER, presets[at].lock_after);
	form_set_int(req, ISSUE_AFTER, presets[at].issue_after);
	form_set_int(req, PAY_AFTER, presets[at].pay_after);
	form_set(req, ROLL, "forward");
	form_set_int(req, US_LATER, presets[at].us_later);
	return reply_page(req, 200, page);
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const char *name = form_text(req, NAME);
	int64_t lock = form_int(req, LOCK_AFTER), issue = form_int(req, ISSUE_AFTER);
	int64_t pay = form_int(req, PAY_AFTER);

	(void)unused_arg;
	if (issue < lock)
		form_error(req, ISSUE_AFTER, "before_lock", NULL);
	if (pay < issue)
		form_error(req, PAY_AFTER, "before_issue", NULL);
	if (db_int(db, &NAME_TAKEN, 0, v_text(name)))
		form_error(req, NAME, "taken", NULL);
	if (form_failed(req))
		return E_INPUT;
	db_write(db, &ADD, v_text(name), v_text(form_text(req, PRESET)),
	    v_day(form_day(req, ANCHOR)), v_text(form_text(req, ZONE)), v_int(lock),
	    v_int(issue), v_int(pay), v_int(form_int(req, US_LATER)),
	    v_text(form_text(req, HOLIDAYS)), v_text(form_text(req, ROLL)));
	request_audit(req, db, "schedule.added",
	    text_printf(db_arena(db), "pay_schedule:%lld", (long long)db_last_id(db)), NULL);
	(void)period_ahead(db, PERIODS_AHEAD);
	receipt->location = HERE "?added=1";
	return db_status(db);
}

/* POST /payments/staff/schedules */
enum status
schedule_add_submit(struct request *req)
{
	return reply_submit(req, add, NULL);
}
