/*
 * retention.c: how long rows of payments are kept. Pay is kept as long as the law wants and
 * then by hand, a period with all that hangs on it at a time: nothing of a statement goes
 * without the rest, so what stands always adds up. Previews of imports have a job of their own
 * (import.c).
 */
#include "payments/retention.h"

/* The oldest period that is due; NULL: none. Of one that later statements correct nothing goes
 * yet. */
#define PERIOD_SQL                                                                            \
	"SET @kept_period = (SELECT p.id FROM pay_period p WHERE p.issued_at < ?"             \
	" AND NOT EXISTS (SELECT 1 FROM statement s JOIN statement c ON c.corrects_id = s.id" \
	"  WHERE s.period_id = p.id AND c.corrects_id IS NOT NULL AND c.period_id <> p.id) "  \
	"ORDER BY p.issued_at LIMIT 1)"
#define PAY(name, remove, number)                                      \
	{                                                              \
		name, KEPT_SETTING(CONFIG_KEEP_PAY),                   \
		    .by_hand = true, .stmt = { remove }, .count = {    \
			    "SELECT COUNT(*) FROM pay_period p" number \
			    " WHERE p.issued_at < ?"                   \
		    }                                                  \
	}

const struct retention PAYMENTS_RETENTION[] = {
	{ "import_batch", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM import_batch WHERE started_at < ? AND state <> 'preview'"
		      " ORDER BY started_at LIMIT 20" } },
	{ "cap_question", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM cap_question WHERE asked_at < ? LIMIT 1000" } },
	{ "import_name", KEPT_YEARS(3),
	    .stmt = { "DELETE n FROM import_name n JOIN (SELECT person_id FROM"
		      " keptword_onboarding.published_engagement GROUP BY person_id"
		      " HAVING MAX(COALESCE(ended_on, '9999-12-31')) < ?) e ON e.person_id = "
		      "n.target_id"
		      " WHERE n.what = 'person'" } },
	{ "ledger", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true, .first = { PERIOD_SQL },
	    .stmt = { "DELETE l FROM statement s JOIN ledger l ON l.statement_id = s.id"
		      " WHERE s.period_id = @kept_period" },
	    .count = { "SELECT COUNT(*) FROM pay_period p JOIN statement s ON s.period_id = "
		       "p.id"
		       " JOIN ledger l ON l.statement_id = s.id WHERE p.issued_at < ?" } },
	PAY("statement_adjustment",
	    "DELETE x FROM statement s JOIN statement_adjustment x ON x.statement_id = s.id"
	    " WHERE s.period_id = @kept_period",
	    " JOIN statement s ON s.period_id = p.id JOIN statement_adjustment x ON "
	    "x.statement_id = s.id"),
	PAY("statement_entry",
	    "DELETE x FROM statement s JOIN statement_entry x ON x.statement_id = s.id"
	    " WHERE s.period_id = @kept_period",
	    " JOIN statement s ON s.period_id = p.id JOIN statement_entry x ON x.statement_id "
	    "= s.id"),
	PAY("statement_line",
	    "DELETE x FROM statement s JOIN statement_line x ON x.statement_id = s.id"
	    " WHERE s.period_id = @kept_period",
	    " JOIN statement s ON s.period_id = p.id JOIN statement_line x ON x.statement_id = "
	    "s.id"),
	/* A correction goes before what it corrects. */
	PAY("statement",
	    "DELETE FROM statement WHERE period_id = @kept_period ORDER BY id DESC",
	    " JOIN statement s ON s.period_id = p.id"),
	PAY("adjustment", "DELETE FROM adjustment WHERE period_id = @kept_period",
	    " JOIN adjustment a ON a.period_id = p.id"),
	PAY("work_entry", "DELETE FROM work_entry WHERE period_id = @kept_period",
	    " JOIN work_entry w ON w.period_id = p.id"),
	PAY("pay_run", "DELETE FROM pay_run WHERE period_id = @kept_period",
	    " JOIN pay_run r ON r.period_id = p.id"),
	PAY("pay_period", "DELETE FROM pay_period WHERE id = @kept_period", ""),
	/* As long as all statements of its days, of which it is made. */
	{ "certificate", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true,
	    .stmt = { "DELETE FROM certificate WHERE first_day < ? LIMIT 1000" },
	    .count = { "SELECT COUNT(*) FROM certificate WHERE first_day < ?" } },
	{ "referral", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true,
	    .stmt = { "DELETE FROM referral WHERE paid_on < ? LIMIT 1000" },
	    .count = { "SELECT COUNT(*) FROM referral WHERE paid_on < ?" } },
	{ "rate", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true,
	    .stmt = { "DELETE FROM rate WHERE valid_to < ? LIMIT 1000" },
	    .count = { "SELECT COUNT(*) FROM rate WHERE valid_to < ?" } },
	{ "payee", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true,
	    .stmt = { "DELETE FROM payee WHERE created_at < ?"
		      " AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.person_id = "
		      "payee.person_id)"
		      " AND NOT EXISTS (SELECT 1 FROM work_entry w WHERE w.person_id = "
		      "payee.person_id)"
		      " LIMIT 1000" },
	    .count = { "SELECT COUNT(*) FROM payee p WHERE p.created_at < ?"
		       " AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.person_id = "
		       "p.person_id)"
		       " AND NOT EXISTS (SELECT 1 FROM work_entry w WHERE w.person_id = "
		       "p.person_id)" } },
	{ 0 },
};
