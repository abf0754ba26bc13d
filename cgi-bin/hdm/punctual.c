/*
 * punctual.c: was the money of a statement there on the day that was promised? (README 4) Days
 * and a cause only; amounts are none of an HDM's business and cannot be read from here.
 */
#include "base/text.h"
#include "hdm/hdm.h"

static const struct code_mark CAUSES[] = {
	{ "holiday_roll", MARK_CAUSE_HOLIDAY },
	{ "payee_details_missing", MARK_CAUSE_DETAILS },
	{ "tax_form_missing", MARK_CAUSE_TAX },
	{ "partner_fault", MARK_CAUSE_PARTNER },
	{ "bank_return", MARK_CAUSE_BANK },
	{ "our_lateness", MARK_CAUSE_OURS },
	{ "dispute_part", MARK_CAUSE_DISPUTE },
	{ 0 },
};

static const struct stmt ZONE = { "SELECT p.time_zone FROM keptword_payments.published_period p"
				  " ORDER BY p.schedule_id LIMIT 1" };

day
punctual_today(struct db *db)
{
	struct rows *rows = db_read(db, &ZONE);

	return day_in_zone(time_now(), rows_next(rows) ? rows_text(rows, 0) : "UTC");
}

enum punctual
punctual_of(const struct statement_days *days, day today)
{
	if (days->end == DAY_NONE)
		return PUNCTUAL_NONE;
	if (days->funds != DAY_NONE)
		return days->funds <= days->promised ? PUNCTUAL_ON_TIME : PUNCTUAL_LATE;
	return today <= days->promised ? PUNCTUAL_COMING : PUNCTUAL_MISSING;
}

const char *
punctual_code(enum punctual punctual)
{
	static const char *const codes[] = {
		[PUNCTUAL_NONE] = "",
		[PUNCTUAL_ON_TIME] = "on_time",
		[PUNCTUAL_LATE] = "late",
		[PUNCTUAL_COMING] = "coming",
		[PUNCTUAL_MISSING] = "missing",
	};

	return codes[punctual];
}

struct statement_days
punctual_read(const struct rows *rows, unsigned first)
{
	return (struct statement_days){
		.start = rows_day(rows, first),
		.end = rows_day(rows, first + 1),
		.promised = rows_day(rows, first + 2),
		.funds = rows_day(rows, first + 3),
		.cause = rows_text(rows, first + 4),
	};
}

void
punctual_show(struct page *page, const struct statement_days *days, day today)
{
	static const enum mark marks[] = {
		[PUNCTUAL_NONE] = MARK_NO_STATEMENT,
		[PUNCTUAL_ON_TIME] = MARK_ON_TIME,
		[PUNCTUAL_LATE] = MARK_LATE,
		[PUNCTUAL_COMING] = MARK_COMING,
		[PUNCTUAL_MISSING] = MARK_MISSING,
	};
	struct page *part = page_include(page, MARK_PUNCTUAL, TPL_HDM_PUNCTUAL);
	struct page *said = page_repeat(part, marks[punctual_of(days, today)]);

	if (days->end == DAY_NONE)
		return;
	page_day(said, MARK_PROMISED_ON, days->promised, DAY_SHORT);
	if (days->funds != DAY_NONE)
		page_day(said, MARK_FUNDS_ON, days->funds, DAY_SHORT);
	if (!text_empty(days->cause))
		page_code(page_repeat(said, MARK_CAUSE), CAUSES, days->cause);
}
