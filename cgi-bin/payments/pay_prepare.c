/*
 * pay_prepare.c: the work of preparing a run: drafts with their lines, what stands in the way
 * and what needs a look, some hundred persons at a time; at the end the control totals, who is
 * gone since the run before, and the hash that is signed. Rules: payments README 11 to
 * 14, 21 and 22.
 *
 * The place where work stopped is pay_run.reached, moved in the same transaction as what was
 * done, so a worker that dies leaves nothing half and nothing twice. All amounts come from the
 * view payable_line.
 */
#include "base/config.h"
#include "base/text.h"
#include "payments/pay_run.h"
#include "payments/pay_step.h"

#define RANGE_SQL "person_id > @pay_from AND person_id <= @pay_to"
#define DRAFTS_SQL "pay_draft d WHERE d.pay_run_id = @pay_run AND d." RANGE_SQL
#define LINES_SQL "pay_draft_line l WHERE l.pay_run_id = @pay_run AND l." RANGE_SQL
#define ENTRIES_SQL                                                             \
	"work_entry e WHERE e.period_id = @pay_period AND e.state = 'approved'" \
	" AND e.off_cycle_id = @pay_off AND e." RANGE_SQL
#define WARN_SQL                                                                          \
	"INSERT INTO pay_warning (pay_run_id, person_id, why, project_id, day, n, first," \
	" second, currency) SELECT @pay_run, "

static const struct stmt PEOPLE = {
	"SELECT COUNT(*) FROM (SELECT person_id FROM work_entry WHERE period_id = ?"
	" AND state = 'approved' AND off_cycle_id = ? UNION SELECT person_id FROM adjustment"
	" WHERE period_id = ? AND off_cycle_id = ? AND (state = 'approved'"
	"  OR (state = 'proposed' AND off_cycle_id <> 0))) x"
};
/* Up to whom the next piece goes: to the person of the entry or adjustment so many further on;
 * with the last of them, to the end of all people. */
static const struct stmt NEXT_PEOPLE = {
	"SELECT LEAST("
	" COALESCE((SELECT person_id FROM work_entry FORCE INDEX (of_period)"
	"   WHERE period_id = ? AND state = 'approved' AND off_cycle_id = ? AND person_id > ?"
	"   ORDER BY person_id LIMIT 1 OFFSET 9999), 9223372036854775807),"
	" COALESCE((SELECT person_id FROM adjustment WHERE period_id = ? AND off_cycle_id = ?"
	"   AND (state = 'approved' OR (state = 'proposed' AND off_cycle_id <> 0))"
	"   AND person_id > ? ORDER BY person_id LIMIT 1 OFFSET 999), 9223372036854775807))"
};
static const struct stmt DONE_PEOPLE = {
	"SELECT COUNT(*) FROM (SELECT d.person_id FROM " DRAFTS_SQL
	" UNION SELECT b.person_id FROM pay_block b WHERE b.pay_run_id = @pay_run"
	" AND b." RANGE_SQL ") x"
};
static const struct stmt LINES_ADD = {
	"INSERT INTO pay_draft_line (pay_run_id, person_id, currency, line_no, project_id,"
	" kind, unit, minutes, units, rate_id, rate_minor, rate_from, benchmark_minor,"
	" amount_minor, entries)"
	" SELECT @pay_run, person_id, currency, ROW_NUMBER() OVER (PARTITION BY person_id,"
	"   currency ORDER BY project_id, kind, rate_from, rate_id),"
	"  project_id, kind, unit, minutes, units, rate_id, rate_minor, rate_from,"
	"  benchmark_minor, amount_minor, entries FROM " PAY_LINES_OF_WORK_SQL
	" AND " RANGE_SQL
};
static const struct stmt DRAFTS_ADD = {
	"INSERT INTO pay_draft (pay_run_id, person_id, currency, legal_entity_id, minutes,"
	" gross_minor, adjustment_minor, hash) SELECT @pay_run, w.person_id, w.currency,"
	" w.legal_entity_id, w.minutes, w.gross, w.adjusted, w.hash"
	" FROM " PAY_DRAFT_FROM_SQL PAY_LINES_OF_DRAFT_SQL PAY_DRAFT_END_SQL " w"
};

/* ---- What stands in the way ---- */

static const struct stmt BELOW_ZERO_ADD = {
	"INSERT INTO pay_block (pay_run_id, person_id, why)"
	" SELECT @pay_run, d.person_id, 'below_zero' FROM " DRAFTS_SQL
	" AND d.gross_minor + d.adjustment_minor < 0"
};
static const struct stmt NO_RATE_ADD = {
	"INSERT INTO pay_block (pay_run_id, person_id, why, project_id, unit, first_day,"
	" entries)"
	" SELECT @pay_run, person_id, 'no_rate', project_id, pay_unit, MIN(day), COUNT(*)"
	" FROM unpayable_entry WHERE period_id = @pay_period AND off_cycle_id = @pay_off"
	" AND " RANGE_SQL " GROUP BY person_id, project_id, pay_unit"
};
/* Entries of which no line is made; the rates need no second look where there is none. */
static const struct stmt NOT_ON_LINES = { "SELECT (SELECT COUNT(*) FROM " ENTRIES_SQL ")"
					  " - COALESCE((SELECT SUM(l.entries) FROM " LINES_SQL
					  "), 0)" };
static const struct stmt NO_PAYEE_ADD = {
	"INSERT INTO pay_block (pay_run_id, person_id, why)"
	" SELECT DISTINCT @pay_run, d.person_id, 'no_payee' FROM " DRAFTS_SQL
	" AND d.legal_entity_id IS NULL"
};

/* ---- What needs a look ---- */

static const struct stmt NO_TAX_FORM = { WARN_SQL
	"y.person_id, 'no_tax_form', NULL, y.tax_form_until, 0, 0, 0, NULL"
	" FROM (SELECT DISTINCT d.person_id FROM " DRAFTS_SQL ") d"
	" JOIN payee y ON y.person_id = d.person_id"
	" JOIN pay_run r ON r.id = @pay_run JOIN pay_period p ON p.id = r.period_id"
	" WHERE y.tax_form <> 'valid' OR y.tax_form_until < COALESCE(r.pay_on, p.pay_on)" };
static const struct stmt NO_REFERENCE = { WARN_SQL
	"y.person_id, 'no_reference', NULL, NULL, 0, 0, 0, NULL"
	" FROM (SELECT DISTINCT d.person_id FROM " DRAFTS_SQL ") d"
	" JOIN payee y ON y.person_id = d.person_id WHERE y.partner_ref = ''" };
static const struct stmt BELOW_BENCHMARK = { WARN_SQL
	"l.person_id, 'below_benchmark', l.project_id, l.rate_from, 0, l.rate_minor,"
	" l.benchmark_minor, l.currency FROM " LINES_SQL " AND l.rate_minor < l.benchmark_minor"
	" GROUP BY l.person_id, l.project_id, l.rate_from, l.rate_minor, l.benchmark_minor,"
	" l.currency" };
/* By the task: what an hour came to, where the time was told. */
static const struct stmt BELOW_FLOOR = { WARN_SQL
	"h.person_id, 'below_floor', h.project_id, NULL, 0, h.hour_minor, f.hour_minor,"
	" h.currency FROM (SELECT l.person_id, l.project_id, l.currency, IF(l.unit = 'hour',"
	"   MIN(l.rate_minor), SUM(l.amount_minor) * 60 DIV NULLIF(SUM(l.minutes), 0))"
	"   AS hour_minor FROM " LINES_SQL
	"  GROUP BY l.person_id, l.project_id, l.currency, l.unit) h"
	" JOIN keptword_core.person_contact c ON c.id = h.person_id"
	" JOIN living_wage_floor f ON f.country = c.country AND f.currency = h.currency"
	" JOIN pay_period p ON p.id = @pay_period"
	" WHERE h.hour_minor < f.hour_minor AND f.as_of = (SELECT MAX(n.as_of)"
	"  FROM living_wage_floor n WHERE n.country = f.country AND n.currency = f.currency"
	"  AND n.as_of <= p.end_day)" };
/* Only of people who have as much in all. */
static const struct stmt OVER_CAP = { WARN_SQL
	"e.person_id, 'over_cap', NULL, MIN(e.day), COUNT(*), SUM(e.minutes), ?, NULL"
	" FROM (SELECT d.person_id FROM " DRAFTS_SQL " GROUP BY d.person_id"
	"  HAVING SUM(d.minutes) > ?) d JOIN work_entry e ON e.person_id = d.person_id"
	" AND e.period_id = @pay_period AND e.state = 'approved' AND e.off_cycle_id = @pay_off"
	" GROUP BY e.person_id, YEARWEEK(e.day, 3) HAVING SUM(e.minutes) > ?" };
/* The same time twice: on one day and project from two sources, or of the same length. */
static const struct stmt OVERLAP = { WARN_SQL
	"e.person_id, 'overlap', e.project_id, e.day, COUNT(*), SUM(e.minutes), 0, NULL"
	" FROM " ENTRIES_SQL " AND e.source <> 'system'"
	" GROUP BY e.person_id, e.project_id, e.day HAVING COUNT(*) > 1"
	" AND (COUNT(DISTINCT e.source) > 1 OR COUNT(DISTINCT e.minutes, e.kind) < COUNT(*))" };
static const struct stmt FAR_OFF = { WARN_SQL
	"u.person_id, 'far_off', NULL, NULL, 0, u.net, u.usual, u.currency FROM"
	" (SELECT d.person_id, d.currency, d.gross_minor + d.adjustment_minor AS net,"
	"   (SELECT CAST(AVG(s.net_minor) AS SIGNED) FROM statement s"
	"    WHERE s.person_id = d.person_id AND s.currency = d.currency"
	"    AND s.period_end < @pay_start AND s.period_end >= @pay_start - INTERVAL 92 DAY"
	"    AND s.corrects_id IS NULL HAVING COUNT(*) >= 2) AS usual"
	"   FROM " DRAFTS_SQL ") u"
	" WHERE ABS(u.net - u.usual) * 100 > ? * u.usual" };
static const struct stmt BY_SILENCE = { WARN_SQL
	"e.person_id, 'by_silence', NULL, MIN(e.day), COUNT(*), SUM(e.minutes), 0, NULL"
	" FROM " ENTRIES_SQL " AND e.decided_by IS NULL AND e.source <> 'system'"
	" GROUP BY e.person_id" };
static const struct stmt START = {
	"SET @pay_start = (SELECT start_day FROM pay_period WHERE id = @pay_period)"
};

/* ---- Against the run before ---- */

static const struct stmt DIFFERENT_ADD = {
	"INSERT INTO pay_variance (pay_run_id, person_id, currency, why, was_minor, is_minor)"
	" SELECT @pay_run, d.person_id, d.currency, IF(s.id IS NULL, 'new', 'changed'),"
	"  s.net_minor, d.gross_minor + d.adjustment_minor"
	" FROM (SELECT * FROM " DRAFTS_SQL ") d"
	" LEFT JOIN statement s ON s.pay_run_id = ? AND s.person_id = d.person_id"
	"  AND s.currency = d.currency"
	" WHERE s.id IS NULL OR ABS(d.gross_minor + d.adjustment_minor - s.net_minor) * 100"
	"  > ? * s.net_minor"
};
static const struct stmt GONE_ADD = {
	"INSERT INTO pay_variance (pay_run_id, person_id, currency, why, was_minor)"
	" SELECT ?, s.person_id, s.currency, 'gone', s.net_minor FROM statement s"
	" WHERE s.pay_run_id = ? AND NOT EXISTS (SELECT 1 FROM pay_draft d"
	"  WHERE d.pay_run_id = ? AND d.person_id = s.person_id AND d.currency = s.currency)"
};

/* ---- At the end ---- */

static const struct stmt TOTALS_ADD = {
	"INSERT INTO pay_total (pay_run_id, part, part_id, currency, people, minutes, units,"
	" gross_minor, adjustment_minor)"
	" SELECT @pay_run, 'project', project_id, currency, COUNT(DISTINCT person_id),"
	"  SUM(minutes), SUM(units), SUM(amount_minor), 0 FROM pay_draft_line"
	" WHERE pay_run_id = @pay_run GROUP BY project_id, currency"
	" UNION ALL SELECT @pay_run, 'entity', COALESCE(legal_entity_id, 0), currency,"
	"  COUNT(DISTINCT person_id), SUM(minutes), 0, SUM(gross_minor), SUM(adjustment_minor)"
	" FROM pay_draft WHERE pay_run_id = @pay_run"
	" GROUP BY COALESCE(legal_entity_id, 0), currency"
};
static const struct stmt PREPARED = {
	"UPDATE pay_run SET reached = 0, version = version + 1, draft_hash = " PAY_HASH_SQL
	", warnings = (SELECT COUNT(*) FROM pay_warning w WHERE w.pay_run_id = pay_run.id),"
	" state = IF(EXISTS (SELECT 1 FROM pay_block b WHERE b.pay_run_id = pay_run.id),"
	"  'blocked', 'ready') WHERE id = ? AND state = 'preparing'"
};

static void
warn(struct db *db, const struct pay_run_held *run)
{
	struct value cap = v_int(60 * config_int(CONFIG_PAY_WEEK_HOURS));

	db_write(db, &NO_TAX_FORM);
	db_write(db, &NO_REFERENCE);
	db_write(db, &BELOW_BENCHMARK);
	db_write(db, &BELOW_FLOOR);
	db_write(db, &OVER_CAP, cap, cap, cap);
	db_write(db, &OVERLAP);
	db_write(db, &BY_SILENCE);
	if (run->off_cycle) /* a part of somebody's pay is not their usual pay */
		return;
	db_write(db, &START);
	db_write(db, &FAR_OFF, v_int(config_int(CONFIG_PAY_FAR_OFF)));
}

static enum status
finish(struct db *db, struct pay_step *step, const struct pay_run_held *run)
{
	struct value id = v_int(step->job->subject);

	step->finished = true;
	if (run->compared)
		db_write(db, &GONE_ADD, id, v_int(run->compared), id);
	db_write(db, &TOTALS_ADD);
	(void)db_write_one(db, &PREPARED, id);
	return db_status(db);
}

static void
prepare_piece(struct db *db, const struct pay_run_held *run)
{
	db_write(db, &LINES_ADD);
	db_write(db, &DRAFTS_ADD);
	db_write(db, &BELOW_ZERO_ADD);
	if (db_int(db, &NOT_ON_LINES, 1) != 0)
		db_write(db, &NO_RATE_ADD);
	db_write(db, &NO_PAYEE_ADD);
	warn(db, run);
	if (run->compared)
		db_write(db, &DIFFERENT_ADD, v_int(run->compared),
		    v_int(config_int(CONFIG_PAY_CHANGED)));
}

/* One piece of preparing: drafts, blocks and warnings of the next persons. */
static enum status
prepare(struct db *db, void *arg)
{
	struct pay_step *step = arg;
	struct job *job = pay_step_begin(step);
	struct pay_run_held run = pay_step_hold(db, job);

	if (!text_is(run.state, "preparing")) {
		step->finished = true;
		return db_status(db);
	}
	struct value period = v_int(run.period), off = v_int(run.off_cycle),
		     from = v_int(run.reached);
	if (run.reached == INT64_MAX) {
		pay_step_range(db, job, &run, from, from);
		return finish(db, step, &run);
	}
	int64_t total =
	    job->total ? job->total : db_int(db, &PEOPLE, 0, period, off, period, off);
	struct value to =
	    v_int(db_int(db, &NEXT_PEOPLE, INT64_MAX, period, off, from, period, off, from));
	pay_step_range(db, job, &run, from, to);
	prepare_piece(db, &run);
	pay_step_reached(db, job, to, db_int(db, &DONE_PEOPLE, 0), total);
	return db_status(db);
}

enum status
run_prepare_step(struct db *db, struct job *job)
{
	return pay_step_run(db, job, prepare);
}
