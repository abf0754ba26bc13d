/*
 * adjustment.c: bonuses, expenses and other adjustments. Rules: payments README 17: one person
 * proposes, another decides, nobody decides on their own money; amounts are added only, and a
 * decision takes a period that is still open.
 */
#include "payments/adjustment.h"

#include "base/text.h"
#include "payments/pay_period.h"
#include "web/page.h"

enum {
	PERSON,
	KIND,
	AMOUNT,
	REASON
};
enum {
	VERSION,
	WHY_NOT
};

#define ADJUSTMENT_SQL                                                                    \
	"SELECT a.public_id, c.legal_name, a.kind, a.amount_minor, a.currency, a.reason," \
	" a.state, a.version, m.preferred_name, a.proposed_at, p.start_day, p.end_day,"   \
	" a.proposed_by, COALESCE(d.preferred_name, ''), a.decided_at,"                   \
	" COALESCE(a.decline_reason, ''), a.id FROM adjustment a"                         \
	" JOIN pay_period p ON p.id = a.period_id"                                        \
	" JOIN keptword_core.person_contact c ON c.id = a.person_id"                      \
	" JOIN keptword_core.person_public m ON m.id = a.proposed_by"                     \
	" LEFT JOIN keptword_core.person_public d ON d.id = a.decided_by "
static const struct stmt LIST = { ADJUSTMENT_SQL
	"WHERE p.state IN ('open', 'locked', 'in_review') AND a.person_id <> ?"
	" ORDER BY a.state <> 'proposed', a.proposed_at DESC, a.id DESC LIMIT 200" };
static const struct stmt ONE = { ADJUSTMENT_SQL "WHERE a.public_id = ? AND a.person_id <> ?" };
static const struct stmt PAYEE = {
	"SELECT y.person_id, y.currency, (SELECT p.id FROM pay_period p"
	"  WHERE p.schedule_id = y.schedule_id AND p.state = 'open'"
	"  ORDER BY p.start_day LIMIT 1)"
	" FROM payee y JOIN keptword_core.person_contact c ON c.id = y.person_id"
	" WHERE c.email_key = LOWER(?)"
};
static const struct stmt PERIOD_HOLD = {
	"SELECT id FROM pay_period WHERE id = ? AND state = 'open' LOCK IN SHARE MODE"
};
static const struct stmt ADD = {
	"INSERT INTO adjustment (public_id, person_id, period_id, kind, amount_minor, currency,"
	" reason, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt PERIODS_HOLD = {
	"SELECT id FROM pay_period WHERE state = 'open' LOCK IN SHARE MODE"
};
static const struct stmt DECIDE = {
	"UPDATE adjustment SET state = ?, decided_by = ?, decided_at = ?, decline_reason = ?,"
	" version = version + 1 WHERE public_id = ? AND state = 'proposed' AND person_id <> ?"
	" AND proposed_by <> ? AND version = ? AND EXISTS (SELECT 1 FROM pay_period p"
	"  WHERE p.id = adjustment.period_id AND p.state = 'open')"
};

static const struct choice KINDS[] = { { "bonus", NULL }, { "expense", NULL },
	{ "commission", NULL }, { "overtime", NULL }, { "time_off", NULL }, { "vat", NULL },
	{ "correction", NULL }, { "other", NULL }, { 0 } };
static const struct field ADD_FIELDS[] = {
	[PERSON] = { "person", FIELD_EMAIL },
	[KIND] = { "kind", FIELD_SELECT, .choices = KINDS },
	[AMOUNT] = { "amount", FIELD_TEXT, .max = 30 },
	[REASON] = { "reason", FIELD_LINES, .min = 5, .max = 500 },
	{ 0 },
};
const struct form ADJUSTMENT_ADD_FORM = { "adjustment_add", ADD_FIELDS, adjustment_list,
	false };
static const struct field APPROVE_FIELDS[] = {
	[VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form ADJUSTMENT_APPROVE_FORM = { "adjustment_approve", APPROVE_FIELDS,
	adjustment_show, false };
static const struct field DECLINE_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 12 },
	[WHY_NOT] = { "reason", FIELD_LINES, .min = 5, .max = 500 },
	{ 0 },
};
const struct form ADJUSTMENT_DECLINE_FORM = { "adjustment_decline", DECLINE_FIELDS,
	adjustment_show, false };

static const struct code_mark STATES[] = {
	{ "proposed", MARK_IS_PROPOSED },
	{ "approved", MARK_IS_APPROVED },
	{ "declined", MARK_IS_DECLINED },
	{ 0 },
};

static void
fill(struct request *req, struct page *page, const struct rows *rows)
{
	struct arena *arena = request_arena(req);

	page_text(page, MARK_ADJUSTMENT_ID, rows_id_text(arena, rows, 0));
	page_text(page, MARK_WHO, rows_text(rows, 1));
	page_words(page, MARK_KIND, text_printf(arena, "adjustment.%s", rows_text(rows, 2)));
	page_money(page, MARK_AMOUNT, rows_money(rows, 3));
	page_text(page, MARK_REASON, rows_text(rows, 5));
	page_code(page, STATES, rows_text(rows, 6));
	page_text(page, MARK_PROPOSER, rows_text(rows, 8));
	page_instant(page, MARK_PROPOSED_AT, rows_instant(rows, 9));
	page_period(page, MARK_PERIOD, rows_day(rows, 10), rows_day(rows, 11));
	if (!rows_null(rows, 14)) {
		struct page *decided = page_repeat(page, MARK_DECIDED);
		page_text(decided, MARK_DECIDER, rows_text(rows, 13));
		page_instant(decided, MARK_DECIDED_AT, rows_instant(rows, 14));
	}
	if (!text_empty(rows_text(rows, 15)))
		page_text(page_repeat(page, MARK_REASONED), MARK_WHY_NOT, rows_text(rows, 15));
}

/* GET /payments/staff/adjustments */
enum status
adjustment_list(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_ADJUSTMENTS);
	struct rows *rows = db_read(request_db(req), &LIST, v_int(request_caller(req)->person));

	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows))
		fill(req, page_repeat(page, MARK_LINE), rows);
	return reply_page(req, 200, page);
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id = id_new();
	struct money amount = { 0 };

	(void)unused_arg;
	if (period_ahead(db, PERIODS_AHEAD) < 0)
		return db_status(db);
	struct rows *payee = db_read(db, &PAYEE, v_text(form_text(req, PERSON)));
	if (!rows_next(payee) && db_status(db) == OK)
		form_error(req, PERSON, "no_payee", NULL);
	else if (rows_int(payee, 0) == request_caller(req)->person)
		form_error(req, PERSON, "yourself", NULL);
	else if (!money_parse(form_text(req, AMOUNT), rows_text(payee, 1), &amount))
		form_error(req, AMOUNT, "not_money", rows_text(payee, 1));
	else if (amount.minor <= 0)
		form_error(req, AMOUNT, "not_above_0", NULL);
	if (form_failed(req))
		return E_INPUT;
	(void)db_read(db, &PERIOD_HOLD, v_int(rows_int(payee, 2)));
	db_write(db, &ADD, v_bytes(id.b, ID_BYTES), v_int(rows_int(payee, 0)),
	    v_int(rows_int(payee, 2)), v_text(form_text(req, KIND)), v_int(amount.minor),
	    v_text(amount.currency), v_text(form_text(req, REASON)),
	    v_int(request_caller(req)->person), v_instant(time_now()));
	request_audit(req, db, "adjustment.proposed",
	    text_printf(db_arena(db), "adjustment:%lld", (long long)db_last_id(db)), NULL);
	receipt->location = "/payments/staff/adjustments";
	return OK;
}

/* POST /payments/staff/adjustments */
enum status
adjustment_add_submit(struct request *req)
{
	return reply_submit(req, add, NULL);
}

/* The adjustment of the address at its row; not of the caller's own money. NULL: none. */
static struct rows *
adjustment_of(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows =
	    db_read(db, &ONE, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	return rows_next(rows) ? rows : NULL;
}

/* GET /payments/staff/adjustments/:id */
enum status
adjustment_show(struct request *req)
{
	struct rows *rows = adjustment_of(req, request_db(req));

	if (!rows)
		return db_absent(request_db(req));
	struct page *page = page_open(req, TPL_PAYMENTS_ADJUSTMENT);
	fill(req, page, rows);
	bool proposed = text_is(rows_text(rows, 6), "proposed");
	if (proposed && rows_int(rows, 12) != request_caller(req)->person) {
		struct page *part = page_repeat(page, MARK_MAY_DECIDE);
		page_text(part, MARK_ADJUSTMENT_ID, request_param(req, 0));
		page_id(part, MARK_VERSION, rows_int(rows, 7));
		page_tokens(part);
		page_form(part, MARK_DECLINE_FORM, &ADJUSTMENT_DECLINE_FORM);
		form_set_int(req, VERSION, rows_int(rows, 7));
	} else if (proposed) {
		page_show(page, MARK_NOT_BY_YOU);
	}
	return reply_page(req, 200, page);
}

static enum status
decide(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const char *state = arg;
	bool declining = text_is(state, "declined");
	struct rows *rows = adjustment_of(req, db);
	struct value by = v_int(request_caller(req)->person);
	int64_t version = 0;
	struct id id;

	if (!rows || !request_param_id(req, 0, &id))
		return db_absent(db);
	if (rows_int(rows, 12) == request_caller(req)->person) {
		form_error(req, FORM_WHOLE, "same_person", NULL);
		return E_INPUT;
	}
	if (!declining)
		version = form_int(req, VERSION);
	else if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	(void)db_read(db, &PERIODS_HOLD);
	db_write_one(db, &DECIDE, v_text(state), by, v_instant(time_now()),
	    declining ? v_text(form_text(req, WHY_NOT)) : v_null(), v_bytes(id.b, ID_BYTES), by,
	    by, v_int(version));
	request_audit(req, db, declining ? "adjustment.declined" : "adjustment.approved",
	    text_printf(db_arena(db), "adjustment:%lld", (long long)rows_int(rows, 16)), NULL);
	receipt->location = "/payments/staff/adjustments";
	return db_status(db);
}

/* POST /payments/staff/adjustments/:id/approve */
enum status
adjustment_approve_submit(struct request *req)
{
	return reply_submit(req, decide, "approved");
}

/* POST /payments/staff/adjustments/:id/decline */
enum status
adjustment_decline_submit(struct request *req)
{
	return reply_submit(req, decide, "declined");
}
