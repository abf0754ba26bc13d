/*
 * certificate.c: certificates of earnings: asking for one, their list, one as a page. A
 * certificate is only a row of days: what it says follows from the statements of pay periods
 * that ended on these days and were issued before it. Those never change, so it says the same
 * for ever (README 28).
 *
 * Rule (README 1): a person's own alone; each query carries the caller's id.
 */
#include "payments/certificate.h"

#include "base/text.h"
#include "web/page.h"
#include "web/words.h"

#include <string.h>

enum {
	SPAN
};
static const struct choice *span_choices(struct request *req);
static const struct field FIELDS[] = {
	[SPAN] = { .name = "span", .kind = FIELD_CHOICE, .choices_of = span_choices },
	{ 0 },
};
const struct form CERTIFICATE_FORM = { "certificate", FIELDS, .show = certificate_list };

static const struct stmt YEARS = {
	"SELECT YEAR(period_end) FROM statement WHERE person_id = ? GROUP BY YEAR(period_end)"
	" ORDER BY YEAR(period_end) DESC LIMIT 8"
};
static const struct stmt LIST = {
	"SELECT public_id, kind, first_day, last_day, issued_at FROM certificate"
	" WHERE person_id = ? ORDER BY id DESC LIMIT 50"
};
/* The payer and the name are those of the newest statement in it: without one there is nothing
 * to certify. */
static const struct stmt ADD = {
	"INSERT INTO certificate (public_id, person_id, kind, first_day, last_day, "
	"legal_entity_id,"
	" payee_name, issued_at)"
	" SELECT ?, person_id, ?, ?, ?, legal_entity_id, payee_name, ? FROM statement"
	" WHERE person_id = ? AND period_end BETWEEN ? AND ? ORDER BY period_end DESC, id DESC"
	" LIMIT 1"
};
static const struct stmt ONE = {
	"SELECT c.id, c.kind, c.payee_name, e.name, e.address, c.first_day, c.last_day, "
	"c.issued_at,"
	" EXISTS (SELECT 1 FROM statement f WHERE f.person_id = c.person_id"
	"  AND f.period_end BETWEEN c.first_day AND c.last_day AND f.issued_at > c.issued_at)"
	" FROM certificate c JOIN legal_entity e ON e.id = c.legal_entity_id"
	" WHERE c.public_id = ? AND c.person_id = ?"
};
static const struct stmt ROWS = {
	"SELECT period_start, period_end, promised_on, funds_on, gross_minor, currency,"
	" adjustment_minor, currency, net_minor, currency FROM statement"
	" WHERE person_id = ? AND period_end BETWEEN ? AND ? AND issued_at <= ?"
	" ORDER BY period_end, id"
};
static const struct stmt SUMS = {
	"SELECT CAST(SUM(gross_minor) AS SIGNED), currency,"
	" CAST(SUM(adjustment_minor) AS SIGNED), currency,"
	" CAST(SUM(net_minor) AS SIGNED), currency FROM statement"
	" WHERE person_id = ? AND period_end BETWEEN ? AND ? AND issued_at <= ?"
	" GROUP BY currency ORDER BY currency"
};

static day
today(struct request *req)
{
	return day_in_zone(time_now(), request_caller(req)->zone);
}

/* The last 3, 6, 12 whole months, and each year with statements. */
static const struct choice *
span_choices(struct request *req)
{
	static const char *const months[] = { "m3", "m6", "m12" };
	struct arena *arena = request_arena(req);
	struct rows *rows =
	    db_read(request_db(req), &YEARS, v_int(request_caller(req)->person));
	struct choice *choices = arena_array_of(arena, struct choice, rows_count(rows) + 4);
	size_t n = 0;

	for (; n < 3; n++)
		choices[n].code = months[n];
	for (; rows_next(rows); n++) {
		const char *year = text_printf(arena, "%lld", (long long)rows_int(rows, 0));
		choices[n].code = text_printf(arena, "y%s", year);
		choices[n].label = words_say(
		    arena, request_caller(req)->locale, "certificate.year", { "year", year });
	}
	return choices;
}

/* The first and last day of a choice. */
static bool
span_days(struct request *req, const char *code, day *ret_first, day *ret_last)
{
	struct ymd now = day_ymd(today(req));
	int64_t n;

	if (text_empty(code) || !text_to_int(code + 1, &n))
		return false;
	if (code[0] == 'y')
		return n >= 1 && n <= 9999 &&
		       day_of_ymd((struct ymd){ (int)n, 1, 1 }, ret_first) &&
		       day_of_ymd((struct ymd){ (int)n, 12, 31 }, ret_last);
	int month = now.year * 12 + now.month - 1;
	int from = month - (int)n;
	if (!day_of_ymd((struct ymd){ from / 12, from % 12 + 1, 1 }, ret_first) ||
	    !day_of_ymd((struct ymd){ month / 12, month % 12 + 1, 1 }, ret_last))
		return false;
	--*ret_last;
	return true;
}

static const struct code_mark KINDS[] = {
	{ "months", MARK_KIND_MONTHS },
	{ "year", MARK_KIND_YEAR },
	{ 0 },
};

/* GET /payments/certificates */
enum status
certificate_list(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_CERTIFICATES);
	const struct value person = v_int(request_caller(req)->person);
	struct rows *rows = db_read(request_db(req), &LIST, person);

	if (rows_count(rows) > 0)
		page_show(page, MARK_SOME);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_CERTIFICATE_ID, rows_id_text(request_arena(req), rows, 0));
		page_code(line, KINDS, rows_text(rows, 1));
		page_period(line, MARK_PERIOD, rows_day(rows, 2), rows_day(rows, 3));
		page_instant(line, MARK_ISSUED, rows_instant(rows, 4));
	}
	rows = db_read(request_db(req), &YEARS, person);
	while (rows_next(rows))
		page_id(page_repeat(page, MARK_YEARS), MARK_YEAR, rows_int(rows, 0));
	return reply_page(req, 200, page);
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const char *span = form_text(req, SPAN);
	const struct id id = id_new();
	day first, last;

	(void)unused_arg;
	if (!span_days(req, span, &first, &last))
		return E_INPUT;
	if (db_write(db, &ADD, v_bytes(id.b, ID_BYTES),
		v_text(span[0] == 'y' ? "year" : "months"), v_day(first), v_day(last),
		v_instant(time_now()), v_int(request_caller(req)->person), v_day(first),
		v_day(last)) == 0 &&
	    db_status(db) == OK) {
		form_error(req, SPAN, "nothing", NULL);
		return E_INPUT;
	}
	const char *text = id_text(db_arena(db), id);
	request_audit(req, db, "certificate.issued",
	    text_printf(db_arena(db), "certificate:%lld", (long long)db_last_id(db)), NULL);
	receipt->location = text_printf(db_arena(db), "/payments/certificates/%s", text);
	return db_status(db);
}

/* POST /payments/certificates */
enum status
certificate_submit(struct request *req)
{
	return reply_submit(req, add, NULL);
}

/* gross, adjustments and net from column first on, each with its currency. */
static void
read_money(struct rows *rows, unsigned first, struct certificate_row *ret)
{
	ret->gross = rows_money(rows, first);
	ret->adjustments = rows_money(rows, first + 2);
	ret->net = rows_money(rows, first + 4);
}

enum status
certificate_read_own(struct request *req, struct certificate *ret)
{
	struct db *db = request_db(req);
	struct arena *arena = db_arena(db);
	const struct value person = v_int(request_caller(req)->person);
	struct certificate c = { 0 };
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &ONE, v_bytes(id.b, ID_BYTES), person);
	if (!rows_next(rows))
		return db_absent(db);
	c.public_id = id_text(arena, id);
	c.kind = rows_text(rows, 1);
	c.payee = rows_text(rows, 2);
	c.payer = rows_text(rows, 3);
	c.payer_address = rows_text(rows, 4);
	c.first = rows_day(rows, 5);
	c.last = rows_day(rows, 6);
	c.issued = rows_instant(rows, 7);
	c.superseded = rows_int(rows, 8) != 0;
	rows = db_read(db, &ROWS, person, v_day(c.first), v_day(c.last), v_instant(c.issued));
	c.rows = arena_array_of(arena, struct certificate_row, rows_count(rows));
	for (; rows_next(rows); c.n_rows++) {
		struct certificate_row *row = &c.rows[c.n_rows];
		day funds = rows_day(rows, 3);
		row->start = rows_day(rows, 0);
		row->end = rows_day(rows, 1);
		row->there = funds != DAY_NONE;
		row->arrived = row->there ? funds : rows_day(rows, 2);
		read_money(rows, 4, row);
	}
	rows = db_read(db, &SUMS, person, v_day(c.first), v_day(c.last), v_instant(c.issued));
	c.sums = arena_array_of(arena, struct certificate_row, rows_count(rows));
	while (rows_next(rows))
		read_money(rows, 0, &c.sums[c.n_sums++]);
	if (db_status(db) != OK)
		return db_status(db);
	*ret = c;
	return OK;
}

/* GET /payments/certificates/:id */
enum status
certificate_show(struct request *req)
{
	struct certificate c = { 0 };
	enum status status = certificate_read_own(req, &c);

	if (status != OK)
		return status;
	struct page *page = page_open(req, TPL_PAYMENTS_CERTIFICATE);
	page_text(page, MARK_CERTIFICATE_ID, c.public_id);
	page_code(page, KINDS, c.kind);
	page_period(page, MARK_PERIOD, c.first, c.last);
	page_text(page, MARK_PAYEE, c.payee);
	page_text(page, MARK_PAYER, c.payer);
	page_text(page, MARK_PAYER_ADDRESS, c.payer_address);
	page_instant(page, MARK_ISSUED, c.issued);
	if (c.superseded)
		page_show(page, MARK_SUPERSEDED);
	for (size_t i = 0; i < c.n_rows; i++) {
		struct page *row = page_repeat(page, MARK_LINE);
		page_period(row, MARK_PAY_PERIOD, c.rows[i].start, c.rows[i].end);
		page_day(page_repeat(row, c.rows[i].there ? MARK_THERE : MARK_ON_ITS_WAY),
		    MARK_ARRIVES, c.rows[i].arrived, DAY_SHORT);
		page_amount(row, MARK_GROSS, c.rows[i].gross);
		page_amount(row, MARK_ADJUSTMENTS, c.rows[i].adjustments);
		page_money(row, MARK_NET, c.rows[i].net);
	}
	for (size_t i = 0; i < c.n_sums; i++) {
		struct page *sum = page_repeat(page, MARK_SUM);
		page_amount(sum, MARK_GROSS, c.sums[i].gross);
		page_amount(sum, MARK_ADJUSTMENTS, c.sums[i].adjustments);
		page_money(sum, MARK_NET, c.sums[i].net);
		page_money(page_repeat(page, MARK_HEADLINE), MARK_NET, c.sums[i].net);
	}
	return reply_page(req, 200, page);
}
