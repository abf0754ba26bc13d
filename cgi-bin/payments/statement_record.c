/*
 * statement_record.c: reading a statement into the one record that all its forms are made of.
 *
 * Rule (README 1): a person sees their own statements only; each query carries the caller's id,
 * so somebody else's is a 404.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "payments/statement.h"
#include "web/words.h"

#include <string.h>

#define STATEMENT_SQL                                                                         \
	"SELECT s.id, s.person_id, s.period_start, s.period_end, s.payee_name, e.name, "      \
	"e.address,"                                                                          \
	" s.minutes, s.gross_minor, s.currency, s.adjustment_minor, s.currency, s.net_minor," \
	" s.currency, s.issued_at, s.promised_on, p.rolled_from, s.state, s.sent_on, "        \
	"s.funds_on,"                                                                         \
	" s.late_cause, c.time_zone, u.public_id, e.country, o.public_id,"                    \
	" (SELECT f.public_id FROM statement f WHERE f.corrects_id = s.id"                    \
	"  ORDER BY f.id DESC LIMIT 1),"                                                      \
	" (SELECT SUM(y.net_minor) FROM statement y WHERE y.person_id = s.person_id"          \
	"  AND y.currency = s.currency AND y.period_end <= s.period_end"                      \
	"  AND y.period_end >= MAKEDATE(YEAR(s.period_end), 1)), s.currency"                  \
	" FROM statement s JOIN pay_period p ON p.id = s.period_id"                           \
	" JOIN pay_schedule c ON c.id = p.schedule_id"                                        \
	" JOIN legal_entity e ON e.id = s.legal_entity_id"                                    \
	" JOIN keptword_core.person_public u ON u.id = s.person_id"                           \
	" LEFT JOIN statement o ON o.id = s.corrects_id WHERE s.public_id = ?"
static const struct stmt STATEMENT_OF_PERSON = { STATEMENT_SQL " AND s.person_id = ?" };
static const struct stmt STATEMENT_OF_ANYONE = { STATEMENT_SQL };
static const struct stmt LINES = {
	"SELECT l.project_name, l.kind, l.unit, l.minutes, l.units, l.rate_minor, s.currency,"
	" l.amount_minor, s.currency, COALESCE(l.benchmark_minor, 0), s.currency, l.rate_from"
	" FROM statement_line l JOIN statement s ON s.id = l.statement_id"
	" WHERE l.statement_id = ? ORDER BY l.line_no"
};
static const struct stmt ADJUSTMENTS = {
	"SELECT a.kind, a.reason, a.amount_minor, a.currency, COALESCE(p.preferred_name, '')"
	" FROM statement_adjustment x JOIN adjustment a ON a.id = x.adjustment_id"
	" LEFT JOIN keptword_core.person_public p ON p.id = a.decided_by"
	" WHERE x.statement_id = ? ORDER BY a.id"
};

/* Work of the period's own days without a statement: a question is open, or it came after the
 * lock and is paid with a later period. What was rejected waits for nothing and has its own
 * page. */
static const struct stmt PENDING = {
	"SELECT e.day, j.name, e.kind, e.minutes, e.units,"
	" CASE WHEN e.state = 'queried' THEN 'your_answer' WHEN e.state = 'approved' THEN "
	"'next'"
	" WHEN e.question IS NOT NULL THEN 'our_answer' ELSE 'look' END"
	" FROM work_entry e JOIN keptword_core.project j ON j.id = e.project_id"
	" LEFT JOIN statement_entry x ON x.work_entry_id = e.id"
	" WHERE e.person_id = ? AND e.day BETWEEN ? AND ? AND x.work_entry_id IS NULL"
	" AND e.state IN ('submitted', 'queried', 'approved', 'disputed')"
	" ORDER BY e.day, e.id LIMIT 100"
};

static const struct stmt REFERRALS = {
	"SELECT brought, state, COALESCE(paid_on, earned_on), amount_minor, currency FROM "
	"referral"
	" WHERE person_id = ? AND since <= ? ORDER BY since, id LIMIT 100"
};

static const char *
id_or_none(struct arena *arena, const struct rows *rows, unsigned column)
{
	return rows_null(rows, column) ? NULL : rows_id_text(arena, rows, column);
}

static void
read_lines(struct db *db, struct statement *s)
{
	struct rows *rows = db_read(db, &LINES, v_int(s->id));

	s->lines = arena_array_of(db_arena(db), struct statement_line, rows_count(rows));
	while (rows_next(rows))
		s->lines[s->n_lines++] = (struct statement_line){
			.project = rows_text(rows, 0),
			.kind = rows_text(rows, 1),
			.unit = rows_text(rows, 2),
			.minutes = rows_int(rows, 3),
			.units = rows_int(rows, 4),
			.rate = rows_money(rows, 5),
			.amount = rows_money(rows, 7),
			.benchmark = rows_money(rows, 9),
			.rate_from = rows_day(rows, 11),
		};
	rows = db_read(db, &ADJUSTMENTS, v_int(s->id));
	s->adjusted =
	    arena_array_of(db_arena(db), struct statement_adjustment, rows_count(rows));
	while (rows_next(rows))
		s->adjusted[s->n_adjustments++] = (struct statement_adjustment){
			.kind = rows_text(rows, 0),
			.reason = rows_text(rows, 1),
			.amount = rows_money(rows, 2),
			.approver = rows_text(rows, 4),
		};
}

enum status
statement_read(struct db *db, struct id id, int64_t person, struct statement *ret)
{
	struct value public_id = v_bytes(id.b, ID_BYTES);
	struct rows *rows = person ? db_read(db, &STATEMENT_OF_PERSON, public_id, v_int(person))
				   : db_read(db, &STATEMENT_OF_ANYONE, public_id);

	if (!rows_next(rows))
		return db_absent(db);
	struct statement s = {
		.id = rows_int(rows, 0),
		.person = rows_int(rows, 1),
		.public_id = id_text(db_arena(db), id),
		.start = rows_day(rows, 2),
		.end = rows_day(rows, 3),
		.payee = rows_text(rows, 4),
		.payer = rows_text(rows, 5),
		.payer_address = rows_text(rows, 6),
		.minutes = rows_int(rows, 7),
		.gross = rows_money(rows, 8),
		.adjustments = rows_money(rows, 10),
		.net = rows_money(rows, 12),
		.issued = rows_instant(rows, 14),
		.promised = rows_day(rows, 15),
		.rolled_from = rows_day(rows, 16),
		.state = rows_text(rows, 17),
		.sent = rows_day(rows, 18),
		.funds = rows_day(rows, 19),
		.late_cause = rows_text(rows, 20),
		.zone = rows_text(rows, 21),
		.payee_id = rows_id_text(db_arena(db), rows, 22),
		.payer_country = rows_text(rows, 23),
		.corrects = id_or_none(db_arena(db), rows, 24),
		.corrected_by = id_or_none(db_arena(db), rows, 25),
		.year_to_date = rows_money(rows, 26),
		.fees = config_text(CONFIG_PAYOUT_FEES),
	};
	s.question_until = day_in_zone(s.issued, s.zone) + (day)config_int(CONFIG_DISPUTE_DAYS);
	read_lines(db, &s);
	if (db_status(db) != OK)
		return db_status(db);
	*ret = s;
	return OK;
}

void
statement_read_pending(struct db *db, struct statement *s)
{
	struct rows *rows =
	    db_read(db, &PENDING, v_int(s->person), v_day(s->start), v_day(s->end));

	s->n_pending = 0;
	s->pending = arena_array_of(db_arena(db), struct statement_pending, rows_count(rows));
	while (rows_next(rows))
		s->pending[s->n_pending++] = (struct statement_pending){
			.day = rows_day(rows, 0),
			.project = rows_text(rows, 1),
			.kind = rows_text(rows, 2),
			.minutes = rows_int(rows, 3),
			.units = rows_int(rows, 4),
			.why = rows_text(rows, 5),
		};
	rows =
	    db_read(db, &REFERRALS, v_int(s->person), v_day(day_in_zone(s->issued, s->zone)));
	s->n_referrals = 0;
	s->referrals =
	    arena_array_of(db_arena(db), struct statement_referral, rows_count(rows));
	while (rows_next(rows))
		s->referrals[s->n_referrals++] = (struct statement_referral){
			.brought = rows_text(rows, 0),
			.state = rows_text(rows, 1),
			.on = rows_day(rows, 2),
			.amount = rows_money(rows, 3),
		};
}

const char *
statement_compa(struct arena *arena, const char *locale, const struct statement_line *line)
{
	int64_t middle = line->benchmark.minor;

	if (middle <= 0)
		return NULL;
	int64_t hundredths = (200 * line->rate.minor + middle) / (2 * middle);
	return decimal_text(arena, hundredths, 2, locale);
}

const char *
statement_file_name(struct arena *arena, const struct statement *s)
{
	return text_printf(arena, "statement-%s", day_iso(arena, s->end));
}

const char *
statement_referral_words(
    struct arena *arena, const char *locale, const struct statement_referral *referral)
{
	return words_say(arena, locale, text_printf(arena, "referral.%s", referral->state),
	    { "day", referral->on != DAY_NONE ? day_text(arena, referral->on, locale, DAY_SHORT)
					      : "" });
}

enum status
statement_read_own(struct request *req, struct statement *ret)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	return statement_read(request_db(req), id, request_caller(req)->person, ret);
}
