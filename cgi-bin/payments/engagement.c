/*
 * engagement.c: what was signed becomes what is paid. Takes the events of signed engagements,
 * reads the terms that were signed, and writes rate and payee; so imported entries are payable
 * from the first day on. Run by the worker.
 *
 * Rules (README 19): a rate is written once per signed offer; an
 * earlier rate of the same person, project and unit ends on the day on which the new one
 * begins; work by the task has a second rate, for hours of training and meetings; who is not a
 * payee yet becomes one of the first legal entity and schedule, in the currency of the offer.
 */
#include "payments/engagement.h"

#include "base/text.h"

const struct stmt ENGAGEMENTS_SIGNED = {
	"SELECT e.id, e.kind, e.person_id, e.subject_id, e.detail, e.at"
	" FROM keptword_onboarding.event_public e"
	" LEFT JOIN event_done d ON d.source = 'onboarding' AND d.event_id = e.id"
	" WHERE e.kind = 'engagement.signed' AND d.event_id IS NULL ORDER BY e.id LIMIT 100"
};
static const struct stmt TERMS = {
	"SELECT person_id, project_id, offer_id, unit, rate_minor, currency, benchmark_id,"
	" benchmark_minor, below_by, below_reason, created_by, starts_on, hour_minor,"
	" hour_benchmark_id FROM keptword_onboarding.published_terms WHERE engagement_id = ?"
};
static const struct stmt TAKEN = { "SELECT 1 FROM rate WHERE offer_id = ? AND unit = ?" };
/* A rate that would begin on the same day or later is not ended but in the way. */
static const struct stmt END_BEFORE = { "UPDATE rate SET valid_to = ?, version = version + 1 "
					"WHERE person_id = ? AND project_id = ?"
					" AND unit = ? AND valid_from < ? AND valid_to > ?" };
static const struct stmt LATER = { "SELECT 1 FROM rate WHERE person_id = ? AND project_id = ? "
				   "AND unit = ? AND valid_to > ?" };
static const struct stmt RATE_ADD = {
	"INSERT INTO rate (person_id, project_id, unit, amount_minor, currency, valid_from,"
	" benchmark_id, benchmark_minor, offer_id, set_by, below_by, below_reason, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt IS_PAYEE = { "SELECT 1 FROM payee WHERE person_id = ?" };
static const struct stmt PAYEE_ADD = {
	"INSERT INTO payee (person_id, legal_entity_id, schedule_id, currency, created_at)"
	" SELECT ?, e.id, s.id, ?, ? FROM pay_schedule s JOIN legal_entity e ORDER BY s.id, "
	"e.id"
	" LIMIT 1"
};

/* A rate as it was signed, in one unit. */
struct signed_rate {
	const char *unit;
	int64_t amount;
	struct value benchmark_id, benchmark_minor;
};

static struct value
or_null(const struct rows *rows, unsigned column)
{
	return rows_null(rows, column) ? v_null() : v_int(rows_int(rows, column));
}

static enum status
rate_take(struct db *db, const struct rows *terms, const struct signed_rate *rate)
{
	struct value person = v_int(rows_int(terms, 0)), project = v_int(rows_int(terms, 1));
	struct value unit = v_text(rate->unit), from = v_day(rows_day(terms, 11));
	struct value offer = v_int(rows_int(terms, 2));

	if (db_int(db, &TAKEN, 0, offer, unit))
		return OK;
	db_write(db, &END_BEFORE, from, person, project, unit, from, from);
	if (db_int(db, &LATER, 0, person, project, unit, from))
		return E_INPUT;
	db_write(db, &RATE_ADD, person, project, unit, v_int(rate->amount),
	    v_text(rows_text(terms, 5)), from, rate->benchmark_id, rate->benchmark_minor, offer,
	    or_null(terms, 10), or_null(terms, 8),
	    rows_null(terms, 9) ? v_null() : v_text(rows_text(terms, 9)),
	    v_instant(time_now()));
	return db_status(db);
}

static enum status
payee_take(struct db *db, const struct rows *terms)
{
	struct value person = v_int(rows_int(terms, 0));

	if (db_int(db, &IS_PAYEE, 0, person))
		return OK;
	/* Without a schedule nobody can be paid: stays open until finance has made one. */
	if (db_write(db, &PAYEE_ADD, person, v_text(rows_text(terms, 5)),
		v_instant(time_now())) == 0)
		return E_FAULT;
	return db_status(db);
}

enum status
engagement_take(struct db *db, const struct event *event)
{
	struct rows *terms = db_read(db, &TERMS, v_int(event->subject));
	enum status status;

	if (!rows_next(terms))
		return db_status(db) == OK ? E_INPUT : db_status(db);
	struct signed_rate rate = { rows_text(terms, 3), rows_int(terms, 4), or_null(terms, 6),
		or_null(terms, 7) };
	status = rate_take(db, terms, &rate);
	if (status == OK && !rows_null(terms, 12)) {
		struct signed_rate hour = { "hour", rows_int(terms, 12), or_null(terms, 13),
			or_null(terms, 12) };
		status = rate_take(db, terms, &hour);
	}
	return status == OK ? payee_take(db, terms) : status;
}
