/*
 * people.c: the people whom a caller looks after, read once into struct people; the page and
 * the CSV (people_csv.c) are made from that one record, so they say the same.
 *
 * Rules (README 1-5): own people only, the caller's id is in every query; the most overdue
 * first; a survey's rate is shown for pods of five or more only, which the view sees to.
 *
 * One statement reads the whole list whatever its length; only the people of one page come
 * back.
 */
#include "base/text.h"
#include "base/time.h"
#include "data/crypto.h"
#include "hdm/hdm.h"

#define PAGE_ROWS 100
#define PODS_SHOWN 50

/* Days on which nobody has worked: 1970-01-01 and 2199-12-31. */
#define NEVER_EARLY 0
#define NEVER_LATE 84005

/* The newest periods of the company's first schedule, so that "this" and "the one before" are
 * the same days for everybody on the page; the page names them. */
static const struct stmt PERIODS = {
	"SELECT p.start_day, p.end_day, p.time_zone FROM keptword_payments.published_period p"
	" WHERE p.schedule_id = (SELECT s.schedule_id"
	"  FROM keptword_payments.published_period s ORDER BY s.schedule_id LIMIT 1)"
	" AND p.start_day <= ? ORDER BY p.start_day DESC LIMIT 3"
};

static const struct stmt PODS = {
	"SELECT d.id, d.public_id, d.name, r.title, r.closed_at, r.answered_rate_percent"
	" FROM " PODS_SQL " x JOIN keptword_core.pod d ON d.id = x.id"
	" LEFT JOIN keptword_feedback.published_pod_rate r ON r.pod_id = d.id AND NOT EXISTS"
	"  (SELECT 1 FROM keptword_feedback.published_pod_rate n"
	"   WHERE n.pod_id = r.pod_id AND (n.closed_at > r.closed_at"
	"    OR (n.closed_at = r.closed_at AND n.run_id > r.run_id)))"
	" ORDER BY d.name, d.id LIMIT 51"
};
static const struct stmt POD = { "SELECT d.id FROM " PODS_SQL " x JOIN keptword_core.pod d"
				 " ON d.id = x.id WHERE d.public_id = ?" };

/* Innermost the people, each once; around them their hours; around those what else is known of
 * each; outside the last statement and the order, a number for each column. Of several
 * statements of a period the one that says the worst is meant: not there yet, then the latest.
 * Sums are joined, not asked for in the list of columns: MariaDB 10.11 runs such a statement
 * once and refuses it the second time (errors 1054, 1140). */
static const struct stmt PEOPLE = {
	"SELECT p.public_id, p.preferred_name, z.projects, z.last_at, z.due_at, z.talk_due_at,"
	" z.minutes, z.minutes_before, s.period_start, s.period_end, s.promised_on, s.funds_on,"
	" s.late_cause, z.due_days"
	" FROM (SELECT w.person_id, w.projects, w.last_at, w.due_at, w.due_days, w.minutes,"
	"  w.minutes_before,"
	"  (SELECT o.due_at FROM one_on_one o WHERE o.person_id = w.person_id"
	"   AND o.state = 'due' ORDER BY o.due_at LIMIT 1) AS talk_due_at,"
	"  (SELECT t.statement_id FROM keptword_payments.published_on_time t"
	"   WHERE t.person_id = w.person_id ORDER BY t.period_end DESC, t.funds_on IS NULL"
	"   DESC, DATEDIFF(t.funds_on, t.promised_on) DESC LIMIT 1) AS statement_id"
	"  FROM (SELECT q.person_id, q.projects, q.last_at, q.due_at, q.due_days,"
	"   SUM(CASE WHEN h.day >= ? THEN h.minutes ELSE 0 END) AS minutes,"
	"   SUM(CASE WHEN h.day <= ? THEN h.minutes ELSE 0 END) AS minutes_before"
	"   FROM (SELECT v.person_id, MAX(v.last_at) AS last_at, MIN(v.due_at) AS due_at,"
	"    MIN(v.due_days) AS due_days,"
	"    GROUP_CONCAT(DISTINCT j.name ORDER BY j.name SEPARATOR ', ') AS projects"
	"    FROM " PODS_SQL " x JOIN contact_due v ON v.pod_id = x.id"
	"    JOIN keptword_core.pod d ON d.id = x.id"
	"    JOIN keptword_core.project j ON j.id = d.project_id"
	"    WHERE v.person_id <> ? AND (? = 0 OR x.id = ?) GROUP BY v.person_id) q"
	"   LEFT JOIN keptword_payments.published_hours h ON h.person_id = q.person_id"
	"    AND h.day >= ? AND h.day <= ?"
	"   GROUP BY q.person_id, q.projects, q.last_at, q.due_at, q.due_days) w LIMIT "
	"1000000) z"
	" JOIN keptword_core.person_public p ON p.id = z.person_id"
	" LEFT JOIN keptword_payments.published_on_time s ON s.statement_id = z.statement_id"
	" ORDER BY CASE ? WHEN 1 THEN p.preferred_name WHEN 2 THEN z.projects END,"
	" CASE ? WHEN 3 THEN z.minutes WHEN 4 THEN z.minutes_before"
	"  WHEN 5 THEN CASE WHEN s.statement_id IS NULL THEN -100000"
	"   ELSE DATEDIFF(COALESCE(s.funds_on, ?), s.promised_on) END END DESC,"
	" z.due_at, p.preferred_name, z.person_id LIMIT ? OFFSET ?"
};

/* The columns by which the list can be sorted; due is the order without any. */
static const struct order {
	const char *code;
	enum mark chosen;
} ORDERS[] = {
	{ "due", MARK_BY_DUE },
	{ "name", MARK_BY_NAME },
	{ "project", MARK_BY_PROJECT },
	{ "hours", MARK_BY_HOURS },
	{ "before", MARK_BY_BEFORE },
	{ "pay", MARK_BY_PAY },
};
#define N_ORDERS (sizeof ORDERS / sizeof *ORDERS)

struct scope
scope_of(const struct request *req)
{
	int64_t person = request_caller(req)->person;

	return (struct scope){
		.hdm = v_int(request_holds(req, ROLE(HDM)) ? person : 0),
		.lead = v_int(request_holds(req, ROLE(POD_LEAD)) ? person : 0),
		.all = v_int(request_holds(req, ROLE(HDL)) ? 1 : 0),
	};
}

int64_t
days_between(instant from, instant to, const char *zone)
{
	return (int64_t)day_in_zone(to, zone) - day_in_zone(from, zone);
}

static size_t
order_of(const char *code)
{
	for (size_t i = 0; i < N_ORDERS; i++)
		if (text_is(ORDERS[i].code, code))
			return i;
	return 0;
}

/* The period of today and the one before it. A day that no period covers has no "this". */
static void
read_periods(struct request *req, struct people *people)
{
	day utc = day_in_zone(time_now(), "UTC");
	struct rows *rows = db_read(request_db(req), &PERIODS, v_day(utc + 1));

	people->today = utc;
	people->start = people->end = DAY_NONE;
	people->start_before = people->end_before = DAY_NONE;
	while (rows_next(rows) && people->start_before == DAY_NONE) {
		day start = rows_day(rows, 0), end = rows_day(rows, 1);

		people->today = day_in_zone(time_now(), rows_text(rows, 2));
		if (start > people->today)
			continue;
		if (people->start == DAY_NONE && end >= people->today) {
			people->start = start;
			people->end = end;
		} else {
			people->start_before = start;
			people->end_before = end;
		}
	}
}

enum status
people_pod(struct request *req, int64_t *ret)
{
	const char *wanted = request_query(req, "pod");
	struct scope scope = scope_of(req);
	struct id id;

	*ret = 0;
	if (text_empty(wanted))
		return OK;
	if (!id_parse(wanted, &id))
		return E_ABSENT;
	*ret = db_int(request_db(req), &POD, 0, scope.hdm, scope.lead, scope.all,
	    v_bytes(id.b, sizeof id.b));
	if (*ret)
		return OK;
	return db_absent(request_db(req));
}

/* One of two days, whichever is there; a day that no entry has when neither is. */
static struct value
day_or(day d, day other, day never)
{
	return v_day(d != DAY_NONE ? d : other != DAY_NONE ? other : never);
}

enum status
people_read(struct request *req, const char *order, int64_t pod, int64_t first, int64_t most,
    struct people *ret)
{
	struct arena *arena = request_arena(req);
	struct scope scope = scope_of(req);
	struct people people = { 0 };
	struct value by = v_int((int64_t)order_of(order));

	read_periods(req, &people);
	struct rows *rows =
	    db_read(request_db(req), &PEOPLE, day_or(people.start, DAY_NONE, NEVER_LATE),
		day_or(people.end_before, DAY_NONE, NEVER_EARLY), scope.hdm, scope.lead,
		scope.all, v_int(request_caller(req)->person), v_int(pod), v_int(pod),
		day_or(people.start_before, people.start, NEVER_EARLY),
		day_or(people.end, people.end_before, NEVER_EARLY), by, by, v_day(people.today),
		v_int(most + 1), v_int(first));
	people.lines = arena_array_of(arena, struct person_line, rows_count(rows));
	while (rows_next(rows) && people.n < (size_t)most) {
		struct person_line *line = &people.lines[people.n++];

		line->id = rows_id(rows, 0);
		line->name = rows_text(rows, 1);
		line->projects = rows_text(rows, 2);
		line->last = rows_instant(rows, 3);
		line->due = rows_instant(rows, 4);
		line->talk = rows_instant(rows, 5);
		line->minutes = rows_int(rows, 6);
		line->minutes_before = rows_int(rows, 7);
		line->pay = punctual_read(rows, 8);
		people.due_days = rows_int(rows, 13);
	}
	people.more = rows_count(rows) > people.n;
	*ret = people;
	return db_status(request_db(req));
}

/* ---- The page ---- */

static void
show_last(struct page *line, const struct person_line *person, instant now, const char *zone)
{
	int64_t days = days_between(person->last, now, zone);

	if (!person->last)
		page_show(line, MARK_NEVER);
	else if (days <= 0)
		page_show(line, MARK_TODAY);
	else if (days == 1)
		page_show(line, MARK_YESTERDAY);
	else
		page_int(page_repeat(line, MARK_DAYS_AGO), MARK_DAYS, days);
	if (person->due < now)
		page_show(line, MARK_OVERDUE);
	if (person->talk)
		page_instant(page_repeat(line, MARK_TALK), MARK_TALK_DUE, person->talk);
}

/* Each pod with the rate of the last survey that may be shown. */
static int
show_pods(struct request *req, struct page *page, int64_t chosen)
{
	struct arena *arena = request_arena(req);
	struct scope scope = scope_of(req);
	struct rows *rows = db_read(request_db(req), &PODS, scope.hdm, scope.lead, scope.all);
	int shown = 0;

	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_POD);

		if (shown++ == PODS_SHOWN) {
			page_show(page, MARK_MORE_PODS);
			break;
		}
		page_text(line, MARK_POD_NAME, rows_text(rows, 2));
		page_text(line, MARK_POD_ID, rows_id_text(arena, rows, 1));
		if (rows_int(rows, 0) == chosen)
			page_show(line, MARK_POD_CHOSEN);
		if (rows_null(rows, 5)) {
			page_show(line, MARK_RATE_HIDDEN);
			continue;
		}
		struct page *rate = page_repeat(line, MARK_RATE_SHOWN);
		page_int(rate, MARK_PERCENT, rows_int(rows, 5));
		page_text(rate, MARK_TITLE, rows_text(rows, 3));
		page_day(rate, MARK_CLOSED_ON,
		    day_in_zone(rows_instant(rows, 4), request_caller(req)->zone), DAY_SHORT);
	}
	return shown;
}

static void
show_columns(struct page *page, const struct people *people, size_t order)
{
	page_show(page, ORDERS[order].chosen);
	if (people->start != DAY_NONE)
		page_period(page_repeat(page, MARK_THIS_PERIOD), MARK_PERIOD, people->start,
		    people->end);
	else
		page_show(page, MARK_NO_PERIOD);
	if (people->start_before != DAY_NONE)
		page_period(page_repeat(page, MARK_PERIOD_BEFORE), MARK_PERIOD,
		    people->start_before, people->end_before);
}

static void
show_lines(struct request *req, struct page *page, const struct people *people)
{
	struct arena *arena = request_arena(req);
	instant now = time_now();

	for (size_t i = 0; i < people->n; i++) {
		const struct person_line *person = &people->lines[i];
		struct page *line = page_repeat(page, MARK_LINE);

		page_text(line, MARK_PERSON_ID, id_text(arena, person->id));
		page_text(line, MARK_PREFERRED_NAME, person->name);
		page_text(line, MARK_PROJECT, person->projects);
		show_last(line, person, now, request_caller(req)->zone);
		page_minutes(line, MARK_MINUTES, person->minutes);
		page_minutes(line, MARK_MINUTES_BEFORE, person->minutes_before);
		punctual_show(line, &person->pay, people->today);
	}
}

/* GET /hdm/staff/people?sort=&pod=&page= */
enum status
people_list(struct request *req)
{
	const char *order = request_query(req, "sort");
	int64_t number = 1, pod = 0;
	struct people people;

	if (!text_to_int(request_query(req, "page"), &number) || number < 1 || number > 100000)
		number = 1;
	enum status status = people_pod(req, &pod);
	if (status == OK)
		status =
		    people_read(req, order, pod, (number - 1) * PAGE_ROWS, PAGE_ROWS, &people);
	if (status != OK)
		return status;

	struct page *page = page_open(req, TPL_HDM_PEOPLE);
	size_t by = order_of(order);
	page_text(page, MARK_SORT, ORDERS[by].code);
	page_text(page, MARK_CHOSEN_POD, pod ? request_query(req, "pod") : "");
	page_int(page, MARK_DUE_DAYS, people.due_days);
	if (!show_pods(req, page, pod))
		page_show(page, MARK_NO_POD);
	else if (!people.n)
		page_show(page, MARK_NOBODY);
	if (people.n) {
		struct page *table = page_repeat(page, MARK_PEOPLE);
		show_columns(table, &people, by);
		show_lines(req, table, &people);
	}
	if (pod)
		page_show(page, MARK_ONE_POD);
	if (people.more)
		page_id(page_repeat(page, MARK_MORE), MARK_NEXT, number + 1);
	if (number > 1)
		page_show(page, MARK_NOT_FIRST);
	return reply_page(req, 200, page);
}
