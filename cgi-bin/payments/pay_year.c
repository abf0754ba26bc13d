/*
 * pay_year.c: the calendar of pay for everybody who is paid: a year of periods with their lock,
 * statement and money, why a day was moved; and the same as a calendar subscription behind a
 * secret address. Rules: payments README 7, 8, 33, 34.
 */
#include "payments/pay_schedule.h"

#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "doc/calendar.h"
#include "web/page.h"
#include "web/words.h"

#include <string.h>

#define YEAR 366
#define LATELY 31     /* days back that the subscription holds */
#define SHOWN_FOR 120 /* seconds that a new address waits for the page that shows it */
#define HERE "/payments/calendar"
#define FEED "/payments/calendar/feed/"
#define ADDRESS_COOKIE "__Host-calendar"
#define TOKEN_LENGTH_MAX 64

static const struct stmt PAYEE = {
	"SELECT y.schedule_id, c.country = 'US', c.locale FROM payee y"
	" JOIN keptword_core.person_contact c ON c.id = y.person_id WHERE y.person_id = ?"
};
static const struct stmt HAS_ADDRESS = {
	"SELECT made_at FROM calendar_address WHERE person_id = ?"
};
static const struct stmt ADDRESS_SET = {
	"INSERT INTO calendar_address (person_id, token_hash, made_at) VALUES (?, ?, ?)"
	" ON DUPLICATE KEY UPDATE token_hash = VALUES(token_hash), made_at = VALUES(made_at)"
};
static const struct stmt ADDRESS_END = { "DELETE FROM calendar_address WHERE person_id = ?" };
static const struct stmt WHOSE = {
	"SELECT a.person_id FROM calendar_address a JOIN keptword_core.person_public p"
	" ON p.id = a.person_id WHERE a.token_hash = ? AND p.state = 'active'"
};

const struct form CALENDAR_ADDRESS_FORM = { "calendar_address", (const struct field[]){ { 0 } },
	calendar_show, false };

/* Whose pay is asked for, and the schedule of it. */
struct whose {
	int64_t person;
	struct pay_schedule schedule;
	bool in_us;
	const char *locale;
};

/* False: nobody pays them yet. */
static bool
whose_pay(struct db *db, int64_t person, struct whose *ret)
{
	struct rows *rows = db_read(db, &PAYEE, v_int(person));

	if (!rows_next(rows))
		return false;
	ret->person = person;
	ret->in_us = rows_int(rows, 1);
	ret->locale = rows_text(rows, 2);
	return pay_schedule_read(db, rows_int(rows, 0), &ret->schedule);
}

/* When the money reaches this person. */
static day
their_day(const struct whose *whose, day pay)
{
	return whose->in_us ? pay_bank_days_after(
				  &whose->schedule.holidays, pay, whose->schedule.us_later)
			    : pay;
}

/* ---- The page ---- */

static void
show_rolled(struct request *req, struct page *line, const struct whose *whose,
    const struct pay_coming *coming)
{
	day from = coming->days.rolled_from;

	if (from == DAY_NONE)
		return;
	const char *holiday =
	    pay_rolled_why(request_db(req), &whose->schedule, from, coming->days.pay);
	struct page *part = page_repeat(line, MARK_ROLLED);
	page_day(part, MARK_ROLLED_FROM, from, DAY_LONG);
	if (text_empty(holiday))
		page_show(part, MARK_BY_WEEKEND);
	else
		page_text(page_repeat(part, MARK_BY_HOLIDAY), MARK_HOLIDAY, holiday);
}

static void
show_line(struct request *req, struct page *page, const struct whose *whose,
    const struct pay_coming *coming)
{
	static const struct code_mark states[] = { { "open", MARK_IS_OPEN },
		{ "locked", MARK_IS_LOCKED }, { "in_review", MARK_IS_LOCKED },
		{ "issued", MARK_IS_ISSUED }, { "paid", MARK_IS_ISSUED },
		{ "closed", MARK_IS_ISSUED }, { 0 } };
	struct page *line = page_repeat(page, MARK_LINE);

	page_period(line, MARK_PERIOD, coming->days.start, coming->days.end);
	page_instant(line, MARK_LOCK_AT, coming->lock);
	page_day(line, MARK_ISSUE_ON, coming->days.issue, DAY_SHORT);
	page_day(line, MARK_PAY_ON, their_day(whose, coming->days.pay), DAY_LONG);
	if (coming->state &&
	    coming->days.start <= day_in_zone(time_now(), whose->schedule.zone))
		page_code(line, states, coming->state);
	show_rolled(req, line, whose, coming);
	if (coming->moved > 0 && coming->moved_from != DAY_NONE)
		page_day(page_repeat(line, MARK_WAS_MOVED), MARK_MOVED_FROM,
		    their_day(whose, coming->moved_from), DAY_LONG);
}

static void
show_address(struct request *req, struct page *page)
{
	const char *token = request_cookie(req, ADDRESS_COOKIE);
	struct rows *rows =
	    db_read(request_db(req), &HAS_ADDRESS, v_int(request_caller(req)->person));
	bool has = rows_next(rows);

	if (!text_empty(token) && has)
		page_text(page_repeat(page, MARK_NEW_ADDRESS), MARK_ADDRESS,
		    text_printf(request_arena(req), "%s" FEED "%s",
			config_text(CONFIG_PUBLIC_URL), url_encode(request_arena(req), token)));
	if (!text_empty(token))
		reply_cookie(req, ADDRESS_COOKIE, "", 0);
	if (has) {
		struct page *part = page_repeat(page, MARK_HAS_ADDRESS);
		page_instant(part, MARK_STARTED, rows_instant(rows, 0));
		page_tokens(page_repeat(part, MARK_AGAIN));
		page_tokens(page_repeat(part, MARK_END_IT));
	} else {
		page_tokens(page_repeat(page, MARK_NO_ADDRESS));
	}
}

/* GET /payments/calendar */
enum status
calendar_show(struct request *req)
{
	struct db *db = request_db(req);
	struct page *page = page_open(req, TPL_PAYMENTS_CALENDAR);
	struct whose whose;
	size_t n;

	if (!whose_pay(db, request_caller(req)->person, &whose)) {
		page_show(page, MARK_NONE);
		return reply_page(req, 200, page);
	}
	day today = day_in_zone(time_now(), whose.schedule.zone);
	/* From the period whose money comes next. */
	struct pay_coming *list =
	    pay_coming_of(db, &whose.schedule, today - LATELY, today + YEAR, &n);
	size_t first = 0;
	while (first < n && their_day(&whose, list[first].days.pay) < today)
		first++;
	struct page *year = page_repeat(page, MARK_YEAR);
	page_text(year, MARK_ZONE, whose.schedule.zone);
	if (first < n) {
		page_day(
		    year, MARK_NEXT_DAY, their_day(&whose, list[first].days.pay), DAY_LONG);
		page_period(
		    year, MARK_NEXT_PERIOD, list[first].days.start, list[first].days.end);
		page_count(year, MARK_IN_DAYS, "payments.in_days",
		    their_day(&whose, list[first].days.pay) - today);
	}
	if (whose.in_us && whose.schedule.us_later > 0)
		page_show(year, MARK_IN_US);
	for (size_t i = first; i < n; i++)
		show_line(req, year, &whose, &list[i]);
	show_address(req, year);
	return reply_page(req, 200, page);
}

/* ---- The secret address ---- */

static enum status
address_make(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const char **ret_token = arg;
	unsigned char hash[SHA256_BYTES];
	int64_t person = request_caller(req)->person;

	*ret_token = token_new(request_arena(req));
	crypto_sha256(bytes_of(*ret_token), hash);
	db_write(
	    db, &ADDRESS_SET, v_int(person), v_bytes(hash, sizeof hash), v_instant(time_now()));
	request_audit(req, db, "calendar.address_made",
	    text_printf(db_arena(db), "calendar_address:%lld", (long long)person), NULL);
	receipt->location = HERE;
	return OK;
}

/* POST /payments/calendar/address: a new one, the old one ends. It goes to the page that
 * follows in a cookie of two minutes, so it stands in no history before somebody uses it. */
enum status
calendar_address_submit(struct request *req)
{
	const char *token = NULL;
	enum status status = reply_submit(req, address_make, &token);

	if (status == OK && token)
		reply_cookie(req, ADDRESS_COOKIE, token, SHOWN_FOR);
	return status;
}

static enum status
address_end(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = request_caller(req)->person;

	(void)unused_arg;
	if (db_write(db, &ADDRESS_END, v_int(person)) > 0)
		request_audit(req, db, "calendar.address_ended",
		    text_printf(db_arena(db), "calendar_address:%lld", (long long)person),
		    NULL);
	receipt->location = HERE;
	return db_status(db);
}

/* POST /payments/calendar/address/end */
enum status
calendar_address_end_submit(struct request *req)
{
	return reply_submit(req, address_end, NULL);
}

/* ---- The subscription ---- */

static const char *
say(struct request *req, const struct whose *whose, const char *what)
{
	return words_say(request_arena(req), whose->locale,
	    text_printf(request_arena(req), "calendar.%s", what));
}

/* The three events of a period. Their ids stay, whatever moves; the sequence counts how often
 * it did. */
static void
add_period(struct request *req, struct calendar *calendar, const struct whose *whose,
    const struct pay_coming *coming)
{
	struct arena *arena = request_arena(req);
	const char *key = text_printf(arena, "%lld-%s", (long long)whose->schedule.id,
	    day_iso(arena, coming->days.start));
	const char *period = words_say(arena, whose->locale, "calendar.of_period",
	    { "period",
		period_text(arena, coming->days.start, coming->days.end, whose->locale) });
	struct calendar_event event = { .sequence = coming->moved,
		.changed =
		    coming->moved_at ? coming->moved_at : coming->lock - YEAR * DAY_LENGTH,
		.description = period,
		.url = text_printf(arena, "%s" HERE, config_text(CONFIG_PUBLIC_URL)) };

	event.uid = text_printf(arena, "lock-%s", key);
	event.summary = say(req, whose, "lock");
	event.at = coming->lock;
	calendar_add(calendar, &event);
	event.at = 0;
	event.uid = text_printf(arena, "statement-%s", key);
	event.summary = say(req, whose, "statement");
	event.day = coming->days.issue;
	calendar_add(calendar, &event);
	event.uid = text_printf(arena, "money-%s", key);
	event.summary = say(req, whose, "money");
	event.day = their_day(whose, coming->days.pay);
	if (coming->days.rolled_from != DAY_NONE)
		event.description = words_say(arena, whose->locale, "calendar.rolled",
		    { "period", period },
		    { "day",
			day_text(arena, coming->days.rolled_from, whose->locale, DAY_LONG) });
	calendar_add(calendar, &event);
}

/* GET /payments/calendar/feed/:token: anybody who knows the address. */
enum status
calendar_feed(struct request *req)
{
	const char *token = request_param(req, 0);
	struct db *db = request_db(req);
	unsigned char hash[SHA256_BYTES];
	struct whose whose;
	size_t n;

	if (text_empty(token) || strlen(token) > TOKEN_LENGTH_MAX)
		return E_ABSENT;
	crypto_sha256(bytes_of(token), hash);
	struct rows *rows = db_read(db, &WHOSE, v_bytes(hash, sizeof hash));
	if (!rows_next(rows) || !whose_pay(db, rows_int(rows, 0), &whose))
		return db_status(db) == OK ? E_ABSENT : db_status(db);
	day today = day_in_zone(time_now(), whose.schedule.zone);
	struct pay_coming *list =
	    pay_coming_of(db, &whose.schedule, today - LATELY, today + YEAR, &n);
	struct calendar calendar;
	calendar_open(&calendar, request_arena(req), config_text(CONFIG_PUBLIC_URL),
	    say(req, &whose, "name"), whose.locale);
	for (size_t i = 0; i < n; i++)
		add_period(req, &calendar, &whose, &list[i]);
	if (db_status(db) != OK)
		return db_status(db);
	struct bytes text = calendar_close(&calendar);
	crypto_sha256(text, hash);
	enum status unchanged = reply_unless_changed(
	    req, text_printf(request_arena(req), "\"%s\"",
		     hex_text(request_arena(req), (struct bytes){ hash, 16 })));
	return unchanged == E_ABSENT
		   ? reply_file(req, "text/calendar; charset=utf-8", "calendar.ics", text)
		   : unchanged;
}
