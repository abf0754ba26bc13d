/*
 * pay_run_show.c: see pay_run_show.h.
 */
#include "payments/pay_run_show.h"

#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"

#define HASH_SHOWN 12
#define CHANGES_SHOWN 50

static const struct stmt RUN = {
	"SELECT r.id, r.state, r.version, r.made_by, r.warnings, r.period_id,"
	" COALESCE(r.compared_id, 0), r.kind, r.reason, COALESCE(r.draft_hash, ''),"
	" COALESCE(m.preferred_name, ''), r.made_at, COALESCE(i.preferred_name, ''),"
	" r.issued_at, p.public_id, p.start_day, p.end_day, COALESCE(r.pay_on, p.pay_on),"
	" b.start_day, b.end_day, c.public_id, c.payee_name, c.net_minor, c.currency"
	" FROM pay_run r JOIN pay_period p ON p.id = r.period_id"
	" LEFT JOIN keptword_core.person_public m ON m.id = r.made_by"
	" LEFT JOIN keptword_core.person_public i ON i.id = r.issued_by"
	" LEFT JOIN pay_run n ON n.id = r.compared_id"
	" LEFT JOIN pay_period b ON b.id = n.period_id"
	" LEFT JOIN statement c ON c.id = r.corrects_id"
	" WHERE r.public_id = ?"
};
static const struct stmt ENTITIES = {
	"SELECT t.people, t.minutes, t.gross_minor + t.adjustment_minor, t.currency,"
	" COALESCE(e.name, '') FROM pay_total t LEFT JOIN legal_entity e ON e.id = t.part_id"
	" WHERE t.pay_run_id = ? AND t.part = 'entity' ORDER BY t.currency, t.part_id"
};
/* Of runs that were issued before totals were kept. */
static const struct stmt SUMS = {
	"SELECT COUNT(*), CAST(SUM(s.minutes) AS SIGNED), CAST(SUM(s.net_minor) AS SIGNED),"
	" s.currency, e.name FROM statement s JOIN legal_entity e ON e.id = s.legal_entity_id"
	" WHERE s.pay_run_id = ? GROUP BY s.currency, e.id, e.name ORDER BY s.currency, e.id"
};
static const struct stmt WARNINGS = {
	"SELECT why, COUNT(DISTINCT person_id) FROM pay_warning WHERE pay_run_id = ?"
	" GROUP BY why ORDER BY why IN ('by_silence', 'far_off'), why"
};
static const struct stmt DIFFERENCE = { "SELECT CAST(COALESCE(SUM(why = 'new'), 0) AS SIGNED),"
					" CAST(COALESCE(SUM(why = 'gone'), 0) AS SIGNED),"
					" CAST(COALESCE(SUM(why = 'changed'), 0) AS SIGNED)"
					" FROM pay_variance WHERE pay_run_id = ?" };
static const struct stmt CHANGES = {
	"SELECT c.legal_name, COALESCE(x.was_minor, 0), x.currency, COALESCE(x.is_minor, 0),"
	" x.currency, IF(x.was_minor IS NULL, 'new', IF(x.is_minor IS NULL, 'gone',"
	"  IF(x.was_minor = x.is_minor, 'same_sum', 'changed'))) FROM pay_change x"
	" JOIN keptword_core.person_contact c ON c.id = x.person_id"
	" WHERE x.pay_run_id = ? ORDER BY x.person_id, x.currency LIMIT 51"
};

static const struct code_mark KINDS[] = {
	{ "off_cycle", MARK_IS_OFF_CYCLE },
	{ "correction", MARK_IS_CORRECTION },
	{ 0 },
};
const struct code_mark RUN_WARNINGS[] = {
	{ "no_tax_form", MARK_WHY_NO_TAX_FORM },
	{ "no_reference", MARK_WHY_NO_REFERENCE },
	{ "below_benchmark", MARK_WHY_BELOW_BENCHMARK },
	{ "below_floor", MARK_WHY_BELOW_FLOOR },
	{ "over_cap", MARK_WHY_OVER_CAP },
	{ "overlap", MARK_WHY_OVERLAP },
	{ "far_off", MARK_WHY_FAR_OFF },
	{ "by_silence", MARK_WHY_BY_SILENCE },
	{ 0 },
};
static const struct code_mark CHANGED[] = {
	{ "new", MARK_WAS_NOT_THERE },
	{ "gone", MARK_IS_NOT_THERE },
	{ "changed", MARK_OTHER_SUM },
	{ "same_sum", MARK_SAME_SUM },
	{ 0 },
};

enum status
run_seen(struct request *req, struct db *db, struct run_seen *ret)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &RUN, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(db);
	struct bytes hash = rows_bytes(rows, 9);
	*ret = (struct run_seen){
		.id = rows_int(rows, 0),
		.state = rows_text(rows, 1),
		.version = rows_int(rows, 2),
		.made_by = rows_int(rows, 3),
		.warnings = rows_int(rows, 4),
		.period = rows_int(rows, 5),
		.compared = rows_int(rows, 6),
		.kind = rows_text(rows, 7),
		.reason = rows_text(rows, 8),
		.hash = hash,
		.hash_text = hash.n ? hex_text(db_arena(db), hash) : "",
		.rows = rows,
		.issued = text_is(rows_text(rows, 1), "issued"),
	};
	return OK;
}

void
run_show_facts(struct request *req, struct page *page, const struct run_seen *run)
{
	struct arena *arena = request_arena(req);
	const struct rows *rows = run->rows;

	page_text(page, MARK_RUN_ID, request_param(req, 0));
	page_text(page, MARK_PERIOD_ID, rows_id_text(arena, rows, 14));
	page_period(page, MARK_PERIOD, rows_day(rows, 15), rows_day(rows, 16));
	page_day(page, MARK_PAY_ON, rows_day(rows, 17), DAY_LONG);
	page_text(page, MARK_WHO, rows_text(rows, 10));
	page_instant(page, MARK_STARTED, rows_instant(rows, 11));
	if (!text_is(run->kind, "regular"))
		page_code(page, KINDS, run->kind);
	page_text(page, MARK_REASON, run->reason);
	if (!rows_null(rows, 13)) {
		struct page *issued = page_repeat(page, MARK_ISSUED_BY);
		page_text(issued, MARK_WHO, rows_text(rows, 12));
		page_instant(issued, MARK_ISSUED, rows_instant(rows, 13));
	}
	if (run->compared)
		page_period(page_repeat(page, MARK_COMPARED), MARK_PERIOD, rows_day(rows, 18),
		    rows_day(rows, 19));
	if (!rows_null(rows, 20)) {
		struct page *corrected = page_repeat(page, MARK_CORRECTS);
		page_text(corrected, MARK_STATEMENT_ID, rows_id_text(arena, rows, 20));
		page_text(corrected, MARK_WHO, rows_text(rows, 21));
		page_money(corrected, MARK_NET, rows_money(rows, 22));
	}
	if (!text_empty(run->hash_text))
		page_text(page_repeat(page, MARK_HASHED), MARK_HASH,
		    text_printf(arena, "%.*s", HASH_SHOWN, run->hash_text));
}

void
run_show_totals(struct request *req, struct page *page, const struct run_seen *run)
{
	struct db *db = request_db(req);
	struct rows *rows = db_read(db, &ENTITIES, v_int(run->id));

	if (!rows_count(rows) && run->issued)
		rows = db_read(db, &SUMS, v_int(run->id));
	struct page *all = rows_count(rows) ? page_repeat(page, MARK_TOTALS) : NULL;
	while (rows_next(rows)) {
		struct page *line = page_repeat(all, MARK_SUM);
		page_int(line, MARK_COUNT, rows_int(rows, 0));
		page_minutes(line, MARK_MINUTES, rows_int(rows, 1));
		page_money(line, MARK_NET, rows_money(rows, 2));
		if (!text_empty(rows_text(rows, 4)))
			page_text(page_repeat(line, MARK_PAYS), MARK_PAYER, rows_text(rows, 4));
	}
}

void
run_show_warnings(struct request *req, struct page *page, const struct run_seen *run)
{
	struct rows *rows = db_read(request_db(req), &WARNINGS, v_int(run->id));
	struct page *all = rows_count(rows) ? page_repeat(page, MARK_WARNINGS) : NULL;

	if (!all && !text_empty(run->hash_text))
		page_show(page, MARK_NO_WARNINGS);
	while (rows_next(rows)) {
		struct page *line = page_repeat(all, MARK_WARNING);
		page_code(line, RUN_WARNINGS, rows_text(rows, 0));
		page_text(line, MARK_WHY, rows_text(rows, 0));
		page_count(line, MARK_COUNT, "run_people", rows_int(rows, 1));
	}
}

void
run_show_difference(struct request *req, struct page *page, const struct run_seen *run)
{
	if (text_empty(run->hash_text) && !run->issued)
		return;
	page_show(page, MARK_REPORTS);
	if (!run->compared)
		return;
	struct rows *rows = db_read(request_db(req), &DIFFERENCE, v_int(run->id));
	if (!rows_next(rows))
		return;
	struct page *part = page_repeat(page, MARK_DIFFERENCE);
	page_int(part, MARK_NEW_N, rows_int(rows, 0));
	page_int(part, MARK_GONE_N, rows_int(rows, 1));
	page_int(part, MARK_CHANGED_N, rows_int(rows, 2));
	page_int(part, MARK_PERCENT, config_int(CONFIG_PAY_CHANGED));
}

void
run_show_changes(struct request *req, struct page *page, const struct run_seen *run)
{
	if (!text_is(run->state, "changed"))
		return;
	struct rows *rows = db_read(request_db(req), &CHANGES, v_int(run->id));
	if (!rows_count(rows)) /* the hash of the run is otherwise, that of nobody in it */
		page_show(page, MARK_OTHER_DAY);
	for (int shown = 0; shown < CHANGES_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(page, MARK_CHANGE);
		page_text(line, MARK_WHO, rows_text(rows, 0));
		page_code(line, CHANGED, rows_text(rows, 5));
		page_money(line, MARK_WAS, rows_money(rows, 1));
		page_money(line, MARK_NOW, rows_money(rows, 3));
	}
	if (rows_count(rows) > CHANGES_SHOWN)
		page_show(page, MARK_MORE_CHANGES);
}
