/*
 * pay_journal.c: the journal as CSV: one row for each legal entity, currency, account and cost
 * centre, debit and credit in columns of their own, balanced for each legal entity and
 * currency. Of one run it is the same file each time, as long as accounts and cost centres are.
 */
#include "payments/pay_journal.h"

#include <stdio.h>

#include "base/text.h"
#include "data/crypto.h"
#include "doc/csv.h"
#include "web/page.h"
#include "web/words.h"

enum {
	ITEM,
	ACCOUNT_CODE,
	NAME
};
enum {
	PROJECT,
	CENTRE_CODE
};

static const struct stmt RUN = {
	"SELECT r.id, r.state, p.start_day, p.end_day, CAST(r.issued_at AS DATE), p.public_id"
	" FROM pay_run r JOIN pay_period p ON p.id = r.period_id WHERE r.public_id = ?"
};
/* The items of one run. As in the view journal_item, which check reads for all runs at once;
 * here each part is a range of one run. */
#define OF_RUN_SQL " FROM statement s "
#define KEYS_SQL "SELECT s.legal_entity_id, s.currency, "
#define ITEMS_SQL                                                               \
	"(" KEYS_SQL "CAST('work' AS CHAR(24)) AS item, l.project_id,"          \
	" SUM(l.amount_minor) AS minor" OF_RUN_SQL                              \
	"JOIN statement_line l ON l.statement_id = s.id WHERE s.pay_run_id = ?" \
	" GROUP BY s.legal_entity_id, s.currency, l.project_id"                 \
	" UNION ALL " KEYS_SQL "CONCAT('adjustment.', a.kind), NULL,"           \
	" SUM(a.amount_minor)" OF_RUN_SQL                                       \
	"JOIN statement_adjustment x ON x.statement_id = s.id"                  \
	" JOIN adjustment a ON a.id = x.adjustment_id WHERE s.pay_run_id = ?"   \
	" GROUP BY s.legal_entity_id, s.currency, a.kind"                       \
	" UNION ALL " KEYS_SQL "'payable', NULL, -SUM(s.net_minor)" OF_RUN_SQL  \
	"WHERE s.pay_run_id = ? GROUP BY s.legal_entity_id, s.currency) i"
static const struct stmt ROWS = {
	"SELECT e.name, i.currency, COALESCE(g.code, d.code), COALESCE(g.name, d.name),"
	" COALESCE(c.code, ''), i.item, COALESCE(j.name, ''), CAST(i.minor AS SIGNED),"
	" i.currency FROM " ITEMS_SQL " JOIN legal_entity e ON e.id = i.legal_entity_id"
	" LEFT JOIN gl_account g ON g.item = i.item"
	" LEFT JOIN gl_account d ON d.item = SUBSTRING_INDEX(i.item, '.', 1)"
	" LEFT JOIN cost_centre c ON c.project_id = i.project_id"
	" LEFT JOIN keptword_core.project j ON j.id = i.project_id"
	" WHERE i.minor <> 0 ORDER BY i.legal_entity_id, i.currency,"
	" i.item = 'payable', i.item, i.project_id"
};
static const struct stmt ACCOUNTS = { "SELECT item, code, name FROM gl_account"
				      " ORDER BY item = 'payable', item <> 'work', item" };
static const struct stmt CENTRES = {
	"SELECT j.name, COALESCE(c.code, '') FROM keptword_core.project j"
	" LEFT JOIN cost_centre c ON c.project_id = j.id ORDER BY j.name, j.id"
};
static const struct stmt PROJECTS = {
	"SELECT CAST(id AS CHAR), name FROM keptword_core.project ORDER BY name, id"
};
static const struct stmt ACCOUNT_SET = {
	"INSERT INTO gl_account (item, code, name) VALUES (?, ?, ?)"
	" ON DUPLICATE KEY UPDATE code = VALUES(code), name = VALUES(name),"
	" version = version + 1"
};
static const struct stmt CENTRE_SET = {
	"INSERT INTO cost_centre (project_id, code) VALUES (?, ?)"
	" ON DUPLICATE KEY UPDATE code = VALUES(code), version = version + 1"
};

/* ---- The journal ---- */

struct journal {
	struct buf out;
	const char *lacks; /* an item without an account, a project without a cost centre */
	day end;
};

/* E_ABSENT: there is no such run; E_CONFLICT: it is not issued; E_INPUT: lacks is set. */
static enum status
journal_of(struct db *db, struct arena *arena, struct id id, struct journal *ret)
{
	struct rows *run = db_read(db, &RUN, v_bytes(id.b, ID_BYTES));

	if (!rows_next(run))
		return db_absent(db);
	if (!text_is(rows_text(run, 1), "issued"))
		return E_CONFLICT;
	*ret = (struct journal){ .out = buf_new(arena), .end = rows_day(run, 3) };
	struct csv_writer writer = { &ret->out, 0 };
	struct value number = v_int(rows_int(run, 0));
	struct rows *rows = db_read(db, &ROWS, number, number, number);
	const char *name = id_text(arena, id), *date = day_iso(arena, rows_day(run, 4)),
		   *period = text_printf(arena, "%s/%s", day_iso(arena, rows_day(run, 2)),
		       day_iso(arena, ret->end));

	CSV_LINE(&writer, "journal", "date", "period", "legal_entity", "currency", "account",
	    "account_name", "cost_centre", "debit", "credit", "item", "project");
	while (rows_next(rows)) {
		struct money m = rows_money(rows, 7);
		const char *amount =
		    money_plain(arena, money_of(m.minor < 0 ? -m.minor : m.minor, m.currency));
		if (rows_null(rows, 2))
			ret->lacks = rows_text(rows, 5);
		else if (!text_empty(rows_text(rows, 6)) && text_empty(rows_text(rows, 4)))
			ret->lacks = rows_text(rows, 6);
		CSV_LINE(&writer, name, date, period, rows_text(rows, 0), rows_text(rows, 1),
		    rows_text(rows, 2), rows_text(rows, 3), rows_text(rows, 4),
		    m.minor > 0 ? amount : "", m.minor < 0 ? amount : "", rows_text(rows, 5),
		    rows_text(rows, 6));
	}
	if (db_status(db) != OK)
		return db_status(db);
	return ret->lacks ? E_INPUT : OK;
}

/* GET /payments/staff/runs/:id/journal; without an account or cost centre, the page on which
 * they are set. */
enum status
run_journal(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct journal journal = { 0 };
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	enum status status = journal_of(request_db(req), arena, id, &journal);
	if (status == E_INPUT)
		return reply_redirect(
		    req, text_printf(arena, "/payments/staff/accounts?lacks=%s",
			     request_param(req, 0)));
	if (status != OK)
		return status;
	return reply_file(req, "text/csv",
	    text_printf(arena, "journal-%s.csv", day_iso(arena, journal.end)),
	    (struct bytes){ (const unsigned char *)journal.out.p, journal.out.n });
}

int
journal_run(struct cli *cli)
{
	struct journal journal = { 0 };
	struct id id;

	if (!cli_word(cli, 0) || !id_parse(cli_word(cli, 0), &id))
		return 2;
	enum status status = journal_of(cli->db, cli->arena, id, &journal);
	if (status == OK) {
		(void)fwrite(journal.out.p, 1, journal.out.n, stdout);
		return 0;
	}
	if (status == E_INPUT)
		(void)fprintf(stderr, "%s has no account or cost centre yet.\n", journal.lacks);
	else
		(void)fprintf(stderr, "There is no such run, or it is not issued yet.\n");
	return 1;
}

/* ---- Accounts and cost centres ---- */

static const struct choice *
project_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct rows *rows = db_read(request_db(req), &PROJECTS);
	struct choice *choices = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		choices[n] = (struct choice){ rows_text(rows, 0), rows_text(rows, 1) };
	return choices;
}

static const struct choice ITEMS[] = { { "work", NULL }, { "payable", NULL },
	{ "adjustment", NULL }, { "adjustment.bonus", NULL }, { "adjustment.commission", NULL },
	{ "adjustment.deduction", NULL }, { "adjustment.expense", NULL },
	{ "adjustment.other", NULL }, { "adjustment.overtime", NULL },
	{ "adjustment.time_off", NULL }, { "adjustment.vat", NULL },
	{ "adjustment.correction", NULL }, { 0 } };
static const struct field ACCOUNT_FIELDS[] = {
	[ITEM] = { "item", FIELD_SELECT, .choices = ITEMS },
	[ACCOUNT_CODE] = { "code", FIELD_TEXT, .max = 20 },
	[NAME] = { "name", FIELD_TEXT, .max = 100 },
	{ 0 },
};
const struct form GL_ACCOUNT_FORM = { "gl_account", ACCOUNT_FIELDS, accounts_show, false };
static const struct field CENTRE_FIELDS[] = {
	[PROJECT] = { "project", FIELD_SELECT, .choices_of = project_choices },
	[CENTRE_CODE] = { "code", FIELD_TEXT, .max = 20 },
	{ 0 },
};
const struct form COST_CENTRE_FORM = { "cost_centre", CENTRE_FIELDS, accounts_show, false };

/* GET /payments/staff/accounts[?lacks=RUN] */
enum status
accounts_show(struct request *req)
{
	struct db *db = request_db(req);
	struct page *page = page_open(req, TPL_PAYMENTS_ACCOUNTS);
	struct rows *rows = db_read(db, &ACCOUNTS);
	struct id id;

	if (id_parse(request_query(req, "lacks"), &id))
		page_text(
		    page_repeat(page, MARK_LACKS), MARK_RUN_ID, request_query(req, "lacks"));
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_ACCOUNT);
		page_words(line, MARK_WHAT,
		    text_printf(request_arena(req), "gl_account.item.%s", rows_text(rows, 0)));
		page_text(line, MARK_CODE, rows_text(rows, 1));
		page_text(line, MARK_NAME, rows_text(rows, 2));
	}
	rows = db_read(db, &CENTRES);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_CENTRE);
		page_text(line, MARK_PROJECT, rows_text(rows, 0));
		if (text_empty(rows_text(rows, 1)))
			page_show(line, MARK_NO_CODE);
		page_text(line, MARK_CODE, rows_text(rows, 1));
	}
	page_form(page, MARK_ACCOUNT_FORM, &GL_ACCOUNT_FORM);
	page_form(page, MARK_CENTRE_FORM, &COST_CENTRE_FORM);
	return reply_page(req, 200, page);
}

static enum status
account_set(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	(void)unused_arg;
	db_write(db, &ACCOUNT_SET, v_text(form_text(req, ITEM)),
	    v_text(form_text(req, ACCOUNT_CODE)), v_text(form_text(req, NAME)));
	request_audit(req, db, "gl_account.set",
	    text_printf(db_arena(db), "gl_account:%s", form_text(req, ITEM)),
	    form_text(req, ACCOUNT_CODE));
	receipt->location = "/payments/staff/accounts";
	return db_status(db);
}

/* POST /payments/staff/accounts */
enum status
gl_account_submit(struct request *req)
{
	return reply_submit(req, account_set, NULL);
}

static enum status
centre_set(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t project = 0;

	(void)unused_arg;
	if (!text_to_int(form_text(req, PROJECT), &project))
		return E_ABSENT;
	db_write(db, &CENTRE_SET, v_int(project), v_text(form_text(req, CENTRE_CODE)));
	request_audit(req, db, "cost_centre.set",
	    text_printf(db_arena(db), "project:%lld", (long long)project),
	    form_text(req, CENTRE_CODE));
	receipt->location = "/payments/staff/accounts";
	return db_status(db);
}

/* POST /payments/staff/accounts/cost-centre */
enum status
cost_centre_submit(struct request *req)
{
	return reply_submit(req, centre_set, NULL);
}
