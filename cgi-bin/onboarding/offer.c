/*
 * offer.c: an offer as every page shows it: what the work is for, what it pays, measured
 * against what, when the money comes. Used by the applicant's and the staff's pages; the text
 * of the agreement is made once, when the offer is made, and shown as it was kept.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"

static const struct stmt PAY_DAYS = {
	"SELECT start_day, end_day, pay_on FROM keptword_payments.published_period"
	" WHERE end_day >= ? ORDER BY start_day LIMIT 1"
};
static const struct stmt LAST_PAY_DAYS = {
	"SELECT start_day, end_day, pay_on FROM keptword_payments.published_period"
	" ORDER BY start_day DESC LIMIT 1"
};

static const struct code_mark STATES[] = {
	{ "draft", MARK_OFFER_DRAFT },
	{ "sent", MARK_OFFER_SENT },
	{ "viewed", MARK_OFFER_VIEWED },
	{ "signed", MARK_OFFER_SIGNED },
	{ "declined", MARK_OFFER_DECLINED },
	{ "expired", MARK_OFFER_EXPIRED },
	{ "withdrawn", MARK_OFFER_WITHDRAWN },
	{ 0 },
};

void
offer_take(const struct rows *rows, struct offer *ret)
{
	*ret = (struct offer){
		.id = rows_int(rows, 0),
		.public_id = rows_id(rows, 1),
		.application = rows_int(rows, 2),
		.person = rows_int(rows, 3),
		.project = rows_int(rows, 4),
		.pod = rows_int(rows, 5),
		.version = rows_int(rows, 6),
		.task_minutes = rows_int(rows, 7),
		.hours_min = rows_int(rows, 8),
		.hours_max = rows_int(rows, 9),
		.state = rows_text(rows, 10),
		.unit = rows_text(rows, 11),
		.project_name = rows_text(rows, 12),
		.pod_name = rows_text(rows, 13),
		.purpose = rows_text(rows, 14),
		.sensitive = rows_text(rows, 15),
		.document = rows_text(rows, 16),
		.benchmark_source = rows_text(rows, 17),
		.signed_name = rows_text(rows, 18),
		.legal_name = rows_text(rows, 19),
		.rate = rows_money(rows, 20),
		.benchmark = rows_money(rows, 22),
		.has_hour = !rows_null(rows, 24),
		.starts_on = rows_day(rows, 26),
		.expires_at = rows_instant(rows, 27),
		.sent_at = rows_instant(rows, 28),
		.viewed_at = rows_instant(rows, 29),
		.signed_at = rows_instant(rows, 30),
		.declined_at = rows_instant(rows, 31),
		.document_hash = rows_bytes(rows, 32),
	};
	if (ret->has_hour)
		ret->hour = rows_money(rows, 24);
}

const char *
offer_object(struct request *req, int64_t id)
{
	return text_printf(request_arena(req), "offer:%lld", (long long)id);
}

void
offer_show_state(struct page *page, const char *state)
{
	page_code(page, STATES, state);
}

bool
offer_pay_days(struct request *req, day starts_on, struct pay_days *ret)
{
	struct rows *rows = db_read(request_db(req), &PAY_DAYS, v_day(starts_on));

	if (!rows_next(rows)) {
		rows = db_read(request_db(req), &LAST_PAY_DAYS);
		if (!rows_next(rows))
			return false;
	}
	*ret = (struct pay_days){ rows_day(rows, 0), rows_day(rows, 1), rows_day(rows, 2) };
	return true;
}

/* What both the page and its part of terms say. */
static void
show_main(struct page *page, const struct offer *offer)
{
	page_text(page, MARK_PROJECT, offer->project_name);
	page_money(page, MARK_RATE, offer->rate);
	page_show(page, text_is(offer->unit, "task") ? MARK_BY_TASK : MARK_BY_HOUR);
	page_day(page, MARK_STARTS, offer->starts_on, DAY_LONG);
}

static void
show_calendar(struct request *req, struct page *terms, const struct offer *offer)
{
	struct pay_days days;

	if (!offer_pay_days(req, offer->starts_on, &days)) {
		page_show(terms, MARK_NO_CALENDAR);
		return;
	}
	struct page *calendar = page_repeat(terms, MARK_CALENDAR);
	page_period(calendar, MARK_PERIOD, days.first, days.last);
	page_day(calendar, MARK_PAY_ON, days.pay_on, DAY_LONG);
}

void
offer_show(struct request *req, struct page *page, const struct offer *offer)
{
	struct page *terms = page_include(page, MARK_TERMS, TPL_ONBOARDING_OFFER_TERMS);

	show_main(page, offer);
	show_main(terms, offer);
	page_text(terms, MARK_POD, offer->pod_name);
	show_lines(req, terms, MARK_PURPOSE, MARK_PURPOSE_LINE, offer->purpose);
	if (offer->benchmark.minor > 0) {
		struct page *benchmark = page_repeat(terms, MARK_HAS_BENCHMARK);

		page_money(benchmark, MARK_BENCHMARK, offer->benchmark);
		page_text(benchmark, MARK_SOURCE, offer->benchmark_source);
	}
	if (offer->task_minutes)
		page_minutes(page_repeat(terms, MARK_HAS_TASK_TIME), MARK_TASK_TIME,
		    offer->task_minutes);
	if (offer->has_hour)
		page_money(page_repeat(terms, MARK_HAS_HOUR), MARK_HOUR_RATE, offer->hour);
	page_int(terms, MARK_HOURS_MIN, offer->hours_min);
	page_int(terms, MARK_HOURS_MAX, offer->hours_max);
	if (!text_empty(offer->sensitive))
		page_text(
		    page_repeat(terms, MARK_SENSITIVE), MARK_SENSITIVE_NOTE, offer->sensitive);
	else
		page_show(terms, MARK_NOT_SENSITIVE);
	show_calendar(req, terms, offer);
}

void
offer_show_document(struct request *req, struct page *page, const struct offer *offer)
{
	show_lines(req, page, MARK_PARAGRAPH, MARK_TEXT, offer->document);
	page_text(page, MARK_HASH, hex_text(request_arena(req), offer->document_hash));
}
