/*
 * pay_schedule.h: a rhythm of pay as it stands in the database, its year ahead, and how its promised
 * days move when a holiday is entered or taken out.
 */
#ifndef KEPTWORD_PAY_SCHEDULE_H
#define KEPTWORD_PAY_SCHEDULE_H

#include "data/job.h"
#include "payments/pay_calendar.h"
#include "web/request.h"

struct pay_schedule {
	int64_t id;
	const char *name, *zone, *calendar, *kind;
	struct pay_rule rule;
	int us_later; /* bank days more for payees in the U.S. */
	struct pay_holidays holidays;
};

/* False when there is none, or after a failure (which sticks). */
MUST_USE bool pay_schedule_read(struct db *db, int64_t id, struct pay_schedule *ret);
struct pay_holidays pay_holidays_of(struct db *db, const char *calendar);

/* A period of the calendar, made already or still to be made. */
struct pay_coming {
	struct pay_days days; /* as promised now */
	instant lock;
	const char *state;   /* of a period that is made; NULL */
	int64_t moved;       /* how often its promised days were moved */
	instant moved_at;    /* the last time; 0 */
	day moved_from;      /* the money's day before that; DAY_NONE when only the statement moved */
};
/* The periods that end on from or later and start before until, in order; *ret_n of them. Periods that
 * are made are as they stand, the others as the rule and the holidays say. */
struct pay_coming *pay_coming_of(
    struct db *db, const struct pay_schedule *schedule, day from, day until, size_t *ret_n);

/* Why a day was rolled: the holiday's name between the two, "" for a weekend alone. */
const char *pay_rolled_why(struct db *db, const struct pay_schedule *schedule, day from, day to);

/* ---- pay_holiday.c: the holiday table ---- */

/* What a change would move: of each schedule with that calendar the periods whose statements are not
 * issued, a year ahead. */
struct pay_moved {
	const struct pay_schedule *schedule;
	int64_t people; /* whom the schedule pays */
	day start, end, issue_before, issue, pay_before, pay, rolled_from;
	bool made;
};
struct pay_moved *pay_moves(
    struct db *db, const char *calendar, day holiday, bool adding, size_t *ret_n);

/* Job "payments.moved", its subject a row of pay_move: people are told, some hundred at a time. */
enum status pay_moved_step(struct db *db, struct job *job);

extern const struct form HOLIDAY_ADD_FORM, HOLIDAY_REMOVE_FORM;
enum status holidays_show(struct request *req);
enum status holiday_add_submit(struct request *req);
enum status holiday_show(struct request *req);
enum status holiday_remove_submit(struct request *req);

/* ---- pay_schedule_page.c ---- */

extern const struct form SCHEDULE_ADD_FORM;
enum status schedules_show(struct request *req);
enum status schedule_add_show(struct request *req);
enum status schedule_add_submit(struct request *req);

/* ---- pay_year.c: the calendar of who is paid ---- */

extern const struct form CALENDAR_ADDRESS_FORM;
enum status calendar_show(struct request *req);
enum status calendar_address_submit(struct request *req);
enum status calendar_address_end_submit(struct request *req);
enum status calendar_feed(struct request *req);

#endif
