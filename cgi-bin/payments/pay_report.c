/*
 * pay_report.c: the warnings of a run with names and a door to the rows, and the report of its
 * differences: who is new, gone or paid otherwise, and control totals beside those of the run
 * before. As pages and as CSV.
 */
#include "payments/pay_report.h"

#include "base/config.h"
#include "base/text.h"
#include "doc/csv.h"
#include "payments/pay_run_show.h"

#define ROWS_SHOWN 100

static const struct stmt WARNINGS = {
	"SELECT w.id, w.why, c.legal_name, m.public_id, COALESCE(j.name, ''), w.day, w.n,"
	" w.first, COALESCE(w.currency, 'XXX'), w.second, COALESCE(w.currency, 'XXX'),"
	" w.first FROM pay_warning w"
	" JOIN keptword_core.person_contact c ON c.id = w.person_id"
	" JOIN keptword_core.person_public m ON m.id = w.person_id"
	" LEFT JOIN keptword_core.project j ON j.id = w.project_id"
	" WHERE w.pay_run_id = ? AND (? = '' OR w.why = ?)"
	" AND (w.why, w.person_id, w.id) > (?, ?, ?)"
	" ORDER BY w.why, w.person_id, w.id LIMIT 101"
};
static const struct stmt WARNING_PLACE = {
	"SELECT why, person_id FROM pay_warning WHERE pay_run_id = ? AND id = ?"
};
static const struct stmt DIFFERENT = {
	"SELECT v.why, c.legal_name, m.public_id, COALESCE(v.was_minor, 0), v.currency,"
	" COALESCE(v.is_minor, 0), v.currency, c.email FROM pay_variance v"
	" JOIN keptword_core.person_contact c ON c.id = v.person_id"
	" JOIN keptword_core.person_public m ON m.id = v.person_id"
	" WHERE v.pay_run_id = ? AND v.why = ? ORDER BY v.person_id, v.currency LIMIT ?"
};
/* Totals of a run and of the one before; what only one of them has is there, too. */
static const struct stmt TOTALS = {
	"SELECT x.part, COALESCE(IF(x.part = 'project', j.name, e.name), ''), x.currency,"
	" CAST(COALESCE(n.people, 0) AS SIGNED), COALESCE(n.minutes, 0), COALESCE(n.units, 0),"
	" COALESCE(n.gross_minor, 0), x.currency, COALESCE(n.adjustment_minor, 0), x.currency,"
	" COALESCE(n.gross_minor + n.adjustment_minor, 0), x.currency,"
	" COALESCE(b.gross_minor + b.adjustment_minor, 0), x.currency,"
	" CAST(COALESCE(b.people, 0) AS SIGNED), COALESCE(b.minutes, 0), COALESCE(b.units, 0)"
	" FROM (SELECT DISTINCT part, part_id, currency FROM pay_total"
	"  WHERE pay_run_id IN (?, ?)) x"
	" LEFT JOIN pay_total n ON n.pay_run_id = ? AND n.part = x.part"
	"  AND n.part_id = x.part_id AND n.currency = x.currency"
	" LEFT JOIN pay_total b ON b.pay_run_id = ? AND b.part = x.part"
	"  AND b.part_id = x.part_id AND b.currency = x.currency"
	" LEFT JOIN keptword_core.project j ON x.part = 'project' AND j.id = x.part_id"
	" LEFT JOIN legal_entity e ON x.part = 'entity' AND e.id = x.part_id"
	" ORDER BY x.part, x.currency, x.part_id"
};

/* ---- What needs a look ---- */

static void
show_warning(struct request *req, struct page *line, const struct rows *rows)
{
	struct arena *arena = request_arena(req);

	page_text(line, MARK_RUN_ID, request_param(req, 0));
	page_text(line, MARK_PERSON_ID, rows_id_text(arena, rows, 3));
	page_text(line, MARK_WHO, rows_text(rows, 2));
	page_text(line, MARK_PROJECT, rows_text(rows, 4));
	if (!rows_null(rows, 5))
		page_day(
		    page_repeat(line, MARK_OF_DAY), MARK_DAY, rows_day(rows, 5), DAY_SHORT);
	page_int(line, MARK_COUNT, rows_int(rows, 6));
	page_money(line, MARK_NOW, rows_money(rows, 7));
	page_money(line, MARK_USUAL, rows_money(rows, 9));
	page_minutes(line, MARK_MINUTES, rows_int(rows, 11));
	page_minutes(line, MARK_CAP, rows_int(rows, 9));
	page_code(line, RUN_WARNINGS, rows_text(rows, 1));
}

/* GET /payments/staff/runs/:id/warnings[?why=over_cap][&after=812] */
enum status
run_warnings(struct request *req)
{
	struct db *db = request_db(req);
	const char *why = request_query(req, "why");
	struct run_seen run = { 0 };
	enum status status = run_seen(req, db, &run);
	int64_t after = 0, person = 0, last = 0;
	const char *place = "";

	if (status != OK)
		return status;
	if (text_to_int(request_query(req, "after"), &after) && after > 0) {
		struct rows *at = db_read(db, &WARNING_PLACE, v_int(run.id), v_int(after));
		if (!rows_next(at))
			return db_absent(db);
		place = rows_text(at, 0);
		person = rows_int(at, 1);
	}
	struct rows *rows = db_read(db, &WARNINGS, v_int(run.id), v_text(why), v_text(why),
	    v_text(place), v_int(person), v_int(after));
	struct page *page = page_open(req, TPL_PAYMENTS_RUN_WARNINGS);
	run_show_facts(req, page, &run);
	if (!text_empty(why))
		page_code(page_repeat(page, MARK_CHOSEN), RUN_WARNINGS, why);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	for (int shown = 0; shown < ROWS_SHOWN && rows_next(rows); shown++) {
		last = rows_int(rows, 0);
		show_warning(req, page_repeat(page, MARK_LINE), rows);
	}
	if (rows_count(rows) > ROWS_SHOWN) {
		struct page *more = page_repeat(page, MARK_MORE);
		page_text(more, MARK_RUN_ID, request_param(req, 0));
		page_text(more, MARK_WHY, why);
		page_id(more, MARK_AFTER, last);
	}
	return reply_page(req, 200, page);
}

/* ---- Differences ---- */

static void
show_different(struct request *req, struct page *page, const struct run_seen *run,
    const char *why, enum mark part)
{
	struct rows *rows = db_read(
	    request_db(req), &DIFFERENT, v_int(run->id), v_text(why), v_int(ROWS_SHOWN + 1));
	struct page *list = rows_count(rows) ? page_repeat(page, part) : NULL;

	for (int shown = 0; shown < ROWS_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(list, MARK_LINE);
		page_text(line, MARK_RUN_ID, request_param(req, 0));
		page_text(line, MARK_PERSON_ID, rows_id_text(request_arena(req), rows, 2));
		page_text(line, MARK_WHO, rows_text(rows, 1));
		page_money(line, MARK_WAS, rows_money(rows, 3));
		page_money(line, MARK_NOW, rows_money(rows, 5));
	}
	if (rows_count(rows) > ROWS_SHOWN)
		page_show(list, MARK_MORE);
}

static struct rows *
totals_of(struct db *db, const struct run_seen *run)
{
	struct value id = v_int(run->id), before = v_int(run->compared);

	return db_read(db, &TOTALS, id, before, id, before);
}

static void
show_totals(struct request *req, struct page *page, const struct run_seen *run)
{
	struct rows *rows = totals_of(request_db(req), run);

	while (rows_next(rows)) {
		bool project = text_is(rows_text(rows, 0), "project");
		struct page *line =
		    page_repeat(page, project ? MARK_PROJECT_TOTAL : MARK_ENTITY_TOTAL);
		page_text(line, MARK_WHAT, rows_text(rows, 1));
		page_int(line, MARK_COUNT, rows_int(rows, 3));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 4));
		page_int(line, MARK_UNITS, rows_int(rows, 5));
		page_money(line, MARK_GROSS, rows_money(rows, 6));
		page_money(line, MARK_ADJUSTMENTS, rows_money(rows, 8));
		page_money(line, MARK_NET, rows_money(rows, 10));
		page_money(line, MARK_WAS, rows_money(rows, 12));
	}
}

/* GET /payments/staff/runs/:id/variance */
enum status
run_variance(struct request *req)
{
	struct run_seen run = { 0 };
	enum status status = run_seen(req, request_db(req), &run);

	if (status != OK)
		return status;
	struct page *page = page_open(req, TPL_PAYMENTS_RUN_VARIANCE);
	run_show_facts(req, page, &run);
	page_int(page, MARK_PERCENT, config_int(CONFIG_PAY_CHANGED));
	if (!run.compared)
		page_show(page, MARK_NOTHING_BEFORE);
	show_totals(req, page, &run);
	show_different(req, page, &run, "new", MARK_NEW);
	show_different(req, page, &run, "gone", MARK_GONE);
	show_different(req, page, &run, "changed", MARK_CHANGED);
	return reply_page(req, 200, page);
}

/* ---- CSV: names of columns and codes are for machines, the same in every language ---- */

static const char *
number(struct arena *arena, int64_t n)
{
	return text_printf(arena, "%lld", (long long)n);
}

static void
csv_people(struct arena *arena, struct csv_writer *writer, struct rows *rows)
{
	while (rows_next(rows)) {
		bool was = !text_is(rows_text(rows, 0), "new"),
		     is = !text_is(rows_text(rows, 0), "gone");
		CSV_LINE(writer, rows_text(rows, 0), rows_text(rows, 1), rows_text(rows, 7),
		    rows_text(rows, 4), "", "", "", "", "", "",
		    is ? money_plain(arena, rows_money(rows, 5)) : "",
		    was ? money_plain(arena, rows_money(rows, 3)) : "");
	}
}

/* GET /payments/staff/runs/:id/variance/csv: totals, then everybody who is named. */
enum status
run_variance_csv(struct request *req)
{
	static const char *const whys[] = { "new", "gone", "changed" };
	struct arena *arena = request_arena(req);
	struct db *db = request_db(req);
	struct buf out = buf_new(arena);
	struct csv_writer writer = { &out, 0 };
	struct run_seen run = { 0 };
	enum status status = run_seen(req, db, &run);

	if (status != OK)
		return status;
	CSV_LINE(&writer, "row", "name", "email", "currency", "people", "minutes", "units",
	    "gross", "adjustments", "net_difference", "net", "net_before");
	struct rows *rows = totals_of(db, &run);
	while (rows_next(rows)) {
		struct money net = rows_money(rows, 10), was = rows_money(rows, 12);
		CSV_LINE(&writer, rows_text(rows, 0), rows_text(rows, 1), "",
		    rows_text(rows, 2), number(arena, rows_int(rows, 3)),
		    number(arena, rows_int(rows, 4)), number(arena, rows_int(rows, 5)),
		    money_plain(arena, rows_money(rows, 6)),
		    money_plain(arena, rows_money(rows, 8)),
		    money_plain(arena, money_of(net.minor - was.minor, net.currency)),
		    money_plain(arena, net), money_plain(arena, was));
	}
	for (size_t i = 0; i < sizeof whys / sizeof *whys; i++)
		csv_people(arena, &writer,
		    db_read(db, &DIFFERENT, v_int(run.id), v_text(whys[i]), v_int(1000000)));
	if (db_status(db) != OK)
		return db_status(db);
	return reply_file(req, "text/csv",
	    text_printf(arena, "pay-run-%s.csv", day_iso(arena, rows_day(run.rows, 16))),
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}
