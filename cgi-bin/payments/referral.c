/*
 * referral.c: the list of referrals, for finance. Rule: payments README 30: it is a list of its
 * own; statements show a person's part of it apart, and no sum holds it. Nobody writes down
 * their own.
 */
#include "payments/referral.h"

#include "base/text.h"
#include "web/page.h"

enum {
	PERSON,
	BROUGHT,
	AMOUNT,
	SINCE
};
enum {
	VERSION
};

static const struct stmt LIST = {
	"SELECT r.public_id, c.legal_name, r.brought, r.amount_minor, r.currency, r.since, "
	"r.state,"
	" r.earned_on, r.paid_on, r.version FROM referral r"
	" JOIN keptword_core.person_contact c ON c.id = r.person_id WHERE r.person_id <> ?"
	" ORDER BY FIELD(r.state, 'earned', 'waiting', 'paid'), r.since DESC, r.id DESC LIMIT "
	"200"
};
static const struct stmt PAYEE = { "SELECT y.person_id, y.currency FROM payee y"
				   " JOIN keptword_core.person_contact c ON c.id = y.person_id "
				   "WHERE c.email_key = LOWER(?)" };
static const struct stmt ADD = { "INSERT INTO referral (public_id, person_id, brought, "
				 "amount_minor, currency, since, added_by,"
				 " added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)" };
static const struct stmt ONE = {
	"SELECT id, state FROM referral WHERE public_id = ? AND person_id <> ?"
};
/* One step on: waiting -> earned -> paid. */
static const struct stmt STEP = {
	"UPDATE referral SET paid_on = IF(state = 'earned', ?, NULL),"
	" earned_on = COALESCE(earned_on, ?), state = IF(state = 'waiting', 'earned', 'paid'),"
	" version = version + 1 WHERE id = ? AND version = ? AND state <> 'paid'"
};

static const struct field ADD_FIELDS[] = {
	[PERSON] = { "person", FIELD_EMAIL },
	[BROUGHT] = { "brought", FIELD_TEXT, .max = 200 },
	[AMOUNT] = { "amount", FIELD_TEXT, .max = 30 },
	[SINCE] = { "since", FIELD_DAY },
	{ 0 },
};
const struct form REFERRAL_ADD_FORM = { "referral_add", ADD_FIELDS, referral_list, false };
static const struct field STEP_FIELDS[] = {
	[VERSION] = { "version", FIELD_INT, .min = 1 },
	{ 0 },
};
const struct form REFERRAL_STEP_FORM = { "referral_step", STEP_FIELDS, referral_list, false };

static void
button(struct page *line, enum mark part, struct request *req, const struct rows *rows)
{
	struct page *form = page_repeat(line, part);

	page_text(form, MARK_REFERRAL_ID, rows_id_text(request_arena(req), rows, 0));
	page_id(form, MARK_VERSION, rows_int(rows, 9));
	page_text(form, MARK_WHO, rows_text(rows, 1));
	page_tokens(form);
}

/* GET /payments/staff/referrals */
enum status
referral_list(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_REFERRALS);
	struct rows *rows = db_read(request_db(req), &LIST, v_int(request_caller(req)->person));

	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		const char *state = rows_text(rows, 6);
		page_text(line, MARK_WHO, rows_text(rows, 1));
		page_text(line, MARK_BROUGHT, rows_text(rows, 2));
		page_money(line, MARK_AMOUNT, rows_money(rows, 3));
		page_day(line, MARK_SINCE, rows_day(rows, 5), DAY_SHORT);
		if (text_is(state, "waiting")) {
			page_show(line, MARK_IS_WAITING);
			button(line, MARK_MAY_EARN, req, rows);
		} else if (text_is(state, "earned")) {
			page_day(page_repeat(line, MARK_IS_EARNED), MARK_EARNED_ON,
			    rows_day(rows, 7), DAY_SHORT);
			button(line, MARK_MAY_PAY, req, rows);
		} else {
			page_day(page_repeat(line, MARK_IS_PAID), MARK_PAID_ON,
			    rows_day(rows, 8), DAY_SHORT);
		}
	}
	return reply_page(req, 200, page);
}

static enum status
add(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const struct value by = v_int(request_caller(req)->person);
	struct rows *payee = db_read(db, &PAYEE, v_text(form_text(req, PERSON)));
	struct money amount = { 0 };
	struct id id = id_new();

	(void)unused_arg;
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
	db_write(db, &ADD, v_bytes(id.b, ID_BYTES), v_int(rows_int(payee, 0)),
	    v_text(form_text(req, BROUGHT)), v_int(amount.minor), v_text(amount.currency),
	    v_day(form_day(req, SINCE)), by, v_instant(time_now()));
	request_audit(req, db, "referral.added",
	    text_printf(db_arena(db), "referral:%lld", (long long)db_last_id(db)), NULL);
	receipt->location = "/payments/staff/referrals";
	return db_status(db);
}

/* POST /payments/staff/referrals */
enum status
referral_add_submit(struct request *req)
{
	return reply_submit(req, add, NULL);
}

static enum status
step(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const day today = day_in_zone(time_now(), request_caller(req)->zone);
	struct id id;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows =
	    db_read(db, &ONE, v_bytes(id.b, ID_BYTES), v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(db);
	db_write_one(db, &STEP, v_day(today), v_day(today), v_int(rows_int(rows, 0)),
	    v_int(form_int(req, VERSION)));
	request_audit(req, db,
	    text_is(rows_text(rows, 1), "waiting") ? "referral.earned" : "referral.paid",
	    text_printf(db_arena(db), "referral:%lld", (long long)rows_int(rows, 0)), NULL);
	receipt->location = "/payments/staff/referrals";
	return db_status(db);
}

/* POST /payments/staff/referrals/:id/step */
enum status
referral_step_submit(struct request *req)
{
	return reply_submit(req, step, NULL);
}
