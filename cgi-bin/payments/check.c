/*
 * check.c: `bin/payments check`: what must always hold, asked of everything that was issued.
 * Names each fault by statement or entry, never a person; exit code 1 when there is one.
 */
#include <stdio.h>

#include "data/crypto.h"
#include "payments/pay_command.h"

/* Each gives public id, a code, and a number that says more. */
static const struct check {
	const char *thing, *words,
	    *number; /* what the id is of, the fault, what the number is */
	struct stmt stmt;
} CHECKS[] = {
	{ "statement", "does not add up", "line",
	    { "SELECT s.public_id, f.fault, CAST(f.line_no AS SIGNED) FROM statement_fault f"
	      " JOIN statement s ON s.id = f.statement_id" } },
	{ "entry", "is approved in an issued period and stands on no statement", "period",
	    { "SELECT e.public_id, p.state, p.id FROM work_entry e"
	      " JOIN pay_period p ON p.id = e.period_id"
	      " WHERE p.state IN ('issued', 'paid', 'closed') AND e.state = 'approved'"
	      " AND NOT EXISTS (SELECT 1 FROM statement_entry x WHERE x.work_entry_id = "
	      "e.id) AND NOT EXISTS (SELECT 1 FROM pay_run r WHERE r.id = e.off_cycle_id"
	      " AND r.state <> 'issued')" } },
	{ "entry", "is held by a pay run that was issued or abandoned without it", "pay run",
	    { "SELECT e.public_id, e.state, e.off_cycle_id FROM work_entry e"
	      " JOIN pay_run r ON r.id = e.off_cycle_id"
	      " LEFT JOIN statement_entry x ON x.work_entry_id = e.id"
	      " LEFT JOIN statement s ON s.id = x.statement_id"
	      " WHERE e.off_cycle_id <> 0 AND r.state IN ('issued', 'abandoned')"
	      " AND NOT (s.pay_run_id <=> r.id)" } },
	{ "entry", "stands on the statement of another person or period", "statement",
	    { "SELECT e.public_id, e.state, x.statement_id FROM statement_entry x"
	      " JOIN work_entry e ON e.id = x.work_entry_id"
	      " JOIN statement s ON s.id = x.statement_id"
	      " WHERE s.person_id <> e.person_id OR s.period_id <> e.period_id" } },
	{ "adjustment", "is approved in an issued period and stands on no statement", "period",
	    { "SELECT a.public_id, p.state, p.id FROM adjustment a"
	      " JOIN pay_period p ON p.id = a.period_id"
	      " WHERE p.state IN ('issued', 'paid', 'closed') AND a.state = 'approved'"
	      " AND NOT EXISTS (SELECT 1 FROM statement_adjustment x"
	      "  WHERE x.adjustment_id = a.id) AND NOT EXISTS (SELECT 1 FROM pay_run r"
	      "  WHERE r.id = a.off_cycle_id AND r.state <> 'issued')" } },
	{ "statement", "corrects one of another person or currency", "corrected",
	    { "SELECT s.public_id, s.currency, s.corrects_id FROM statement s"
	      " JOIN statement o ON o.id = s.corrects_id"
	      " WHERE s.person_id <> o.person_id OR s.currency <> o.currency"
	      " OR s.period_id <> o.period_id" } },
	{ "pay run", "was signed with another hash than it had", "issued by",
	    { "SELECT r.public_id, r.state, r.issued_by FROM pay_run r"
	      " WHERE r.draft_hash IS NOT NULL AND r.state IN ('issuing', 'issued')"
	      " AND NOT (r.signed_hash <=> r.draft_hash)" } },
	{ "pay run", "has a journal that does not sum to 0", "off by",
	    { "SELECT r.public_id, i.currency, CAST(SUM(i.amount_minor) AS SIGNED)"
	      " FROM journal_item i JOIN pay_run r ON r.id = i.pay_run_id"
	      " GROUP BY r.id, r.public_id, i.legal_entity_id, i.currency"
	      " HAVING SUM(i.amount_minor) <> 0" } },
	{ "pay run", "has a journal that owes something else than the ledger", "off by",
	    { "SELECT r.public_id, j.currency, CAST(j.owed - l.owed AS SIGNED) FROM pay_run r"
	      " JOIN (SELECT pay_run_id, currency, SUM(amount_minor) AS owed"
	      "  FROM journal_item WHERE item = 'payable' GROUP BY pay_run_id, currency) j"
	      "  ON j.pay_run_id = r.id"
	      " JOIN (SELECT s.pay_run_id, g.currency, SUM(g.amount_minor) AS owed"
	      "  FROM ledger g JOIN statement s ON s.id = g.statement_id"
	      "  WHERE g.step = 'issued' AND g.account = 'payable'"
	      "  GROUP BY s.pay_run_id, g.currency) l"
	      "  ON l.pay_run_id = r.id AND l.currency = j.currency"
	      " WHERE j.owed <> l.owed" } },
	{ "pay run", "was announced with another sum than it issued", "off by",
	    { "SELECT r.public_id, t.currency, CAST(t.net - s.net AS SIGNED) FROM pay_run r"
	      " JOIN (SELECT pay_run_id, currency, SUM(gross_minor + adjustment_minor) AS net"
	      "  FROM pay_total WHERE part = 'entity' GROUP BY pay_run_id, currency) t"
	      "  ON t.pay_run_id = r.id"
	      " JOIN (SELECT pay_run_id, currency, SUM(net_minor) AS net FROM statement"
	      "  GROUP BY pay_run_id, currency) s"
	      "  ON s.pay_run_id = r.id AND s.currency = t.currency"
	      " WHERE r.state = 'issued' AND t.net <> s.net" } },
	{ "statement", "has a posting that is not 0", "off by",
	    { "SELECT s.public_id, l.step, CAST(SUM(l.amount_minor) AS SIGNED) FROM ledger l"
	      " JOIN statement s ON s.id = l.statement_id"
	      " GROUP BY s.public_id, l.statement_id, l.step, l.currency"
	      " HAVING SUM(l.amount_minor) <> 0" } },
	{ "statement", "is not what the ledger owes", "net",
	    { "SELECT s.public_id, s.currency, s.net_minor FROM statement s"
	      " JOIN pay_run r ON r.id = s.pay_run_id"
	      " LEFT JOIN ledger l ON l.statement_id = s.id AND l.step = 'issued'"
	      "  AND l.account = 'payable' AND l.currency = s.currency"
	      " WHERE NOT (l.amount_minor <=> -s.net_minor)" } },
	{ "pay run", "has another number of statements than it says", "said",
	    { "SELECT r.public_id, r.state, CAST(r.statements AS SIGNED) FROM pay_run r"
	      " WHERE r.state = 'issued' AND r.statements <>"
	      "  (SELECT COUNT(*) FROM statement s WHERE s.pay_run_id = r.id)" } },
};
static const struct stmt LEDGER = {
	"SELECT currency, CAST(SUM(amount_minor) AS SIGNED) FROM ledger GROUP BY currency"
	" HAVING SUM(amount_minor) <> 0"
};
static const struct stmt COUNTED = {
	"SELECT (SELECT COUNT(*) FROM statement), (SELECT COUNT(*) FROM statement_entry),"
	" (SELECT COUNT(*) FROM ledger)"
};

static int64_t
check_one(struct cli *cli, const struct check *check)
{
	struct rows *rows = db_read(cli->db, &check->stmt);
	int64_t n = 0;

	for (; rows_next(rows); n++) {
		(void)fprintf(stderr, "%s %s %s (%s, %s %lld)\n", check->thing,
		    rows_id_text(cli->arena, rows, 0), check->words, rows_text(rows, 1),
		    check->number, (long long)rows_int(rows, 2));
	}
	return n;
}

int
check_run(struct cli *cli)
{
	int64_t faults = 0;

	for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++)
		faults += check_one(cli, &CHECKS[i]);
	struct rows *rows = db_read(cli->db, &LEDGER);
	for (; rows_next(rows); faults++)
		(void)fprintf(stderr, "the ledger is off by %lld in %s\n",
		    (long long)rows_int(rows, 1), rows_text(rows, 0));
	rows = db_read(cli->db, &COUNTED);
	if (!rows_next(rows) || db_status(cli->db) != OK) {
		(void)fprintf(stderr, "The database cannot be asked.\n");
		return 1;
	}
	(void)printf("%lld statements, %lld entries on them, %lld ledger rows: %lld faults\n",
	    (long long)rows_int(rows, 0), (long long)rows_int(rows, 1),
	    (long long)rows_int(rows, 2), (long long)faults);
	return faults ? 1 : 0;
}
