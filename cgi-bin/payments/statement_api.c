/*
 * statement_api.c: a person's statements for their own programs, from the same record as page,
 * PDF and CSV. Names and codes are for machines and stay the same in every language; README.md
 * describes them.
 *
 * Rule (README 1): a person's own alone; somebody else's is a 404, whatever the token may do.
 */
#include "payments/statement.h"

#include "base/text.h"
#include "data/crypto.h"
#include "data/json.h"

#define LIST_ROWS 26

static json_t *
list_entry(struct arena *arena, const struct rows *rows)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:o}", "id",
	    rows_id_text(arena, rows, 0), "period_start", json_day(arena, rows_day(rows, 1)),
	    "period_end", json_day(arena, rows_day(rows, 2)), "net",
	    json_money(rows_money(rows, 3)), "state", rows_text(rows, 5), "promised_on",
	    json_day(arena, rows_day(rows, 6)), "funds_on", json_day(arena, rows_day(rows, 7)));
}

/* GET /payments/api/statements[?before=2026-11-15]: newest first, 26 at most; "older" is the
 * address of those behind them, or null. */
enum status
statement_api_list(struct request *req)
{
	struct arena *arena = request_arena(req);
	day before, last = DAY_NONE;
	const char *asked = request_query(req, "before"), *older = NULL;
	json_t *list = json_held(arena, json_array());

	if (!day_parse(*asked ? asked : "9999-12-31", &before))
		return E_INPUT;
	struct rows *rows = db_read(request_db(req), &STATEMENTS_BEFORE,
	    v_int(request_caller(req)->person), v_day(before));
	while (rows_next(rows)) {
		if (json_array_append_new(list, list_entry(arena, rows)))
			return E_BUSY;
		last = rows_day(rows, 2);
	}
	if (rows_count(rows) == LIST_ROWS)
		older = text_printf(
		    arena, "/payments/api/statements?before=%s", day_iso(arena, last));
	return reply_json_value(req, 200,
	    json_held(arena, json_pack("{s:O, s:s?}", "statements", list, "older", older)));
}

static json_t *
line_of(struct arena *arena, const struct statement_line *line)
{
	bool by_task = text_is(line->unit, "task");

	return json_pack("{s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o}", "project", line->project,
	    "kind", line->kind, "unit", line->unit, by_task ? "units" : "minutes",
	    (json_int_t)(by_task ? line->units : line->minutes), "rate", json_money(line->rate),
	    "rate_from", json_day(arena, line->rate_from), "amount", json_money(line->amount),
	    "benchmark", line->benchmark.minor > 0 ? json_money(line->benchmark) : json_null());
}

static json_t *
lines_of(struct arena *arena, const struct statement *s)
{
	json_t *list = json_held(arena, json_array());

	for (size_t i = 0; i < s->n_lines; i++)
		if (json_array_append_new(list, line_of(arena, &s->lines[i])))
			return NULL;
	return list;
}

static json_t *
adjustments_of(struct arena *arena, const struct statement *s)
{
	json_t *list = json_held(arena, json_array());

	for (size_t i = 0; i < s->n_adjustments; i++)
		if (json_array_append_new(
			list, json_pack("{s:s, s:s, s:o}", "kind", s->adjusted[i].kind,
				  "reason", s->adjusted[i].reason, "amount",
				  json_money(s->adjusted[i].amount))))
			return NULL;
	return list;
}

static json_t *
pending_of(struct arena *arena, const struct statement *s)
{
	json_t *list = json_held(arena, json_array());

	for (size_t i = 0; i < s->n_pending; i++)
		if (json_array_append_new(
			list, json_pack("{s:o, s:s, s:s, s:I, s:I, s:s}", "day",
				  json_day(arena, s->pending[i].day), "project",
				  s->pending[i].project, "kind", s->pending[i].kind, "minutes",
				  (json_int_t)s->pending[i].minutes, "units",
				  (json_int_t)s->pending[i].units, "why", s->pending[i].why)))
			return NULL;
	return list;
}

static json_t *
referrals_of(struct arena *arena, const struct statement *s)
{
	json_t *list = json_held(arena, json_array());

	for (size_t i = 0; i < s->n_referrals; i++)
		if (json_array_append_new(
			list, json_pack("{s:s, s:s, s:o, s:o}", "brought",
				  s->referrals[i].brought, "state", s->referrals[i].state, "on",
				  json_day(arena, s->referrals[i].on), "amount",
				  json_money(s->referrals[i].amount))))
			return NULL;
	return list;
}

/* GET /payments/api/statements/:id */
enum status
statement_api_show(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct statement s;
	enum status status = statement_read_own(req, &s);

	if (status != OK)
		return status;
	statement_read_pending(request_db(req), &s);
	json_t *json = json_pack("{s:s, s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:I, s:s}", "id",
	    s.public_id, "period_start", json_day(arena, s.start), "period_end",
	    json_day(arena, s.end), "period_time_zone", s.zone, "payee", s.payee, "payee_id",
	    s.payee_id, "payer", s.payer, "payer_address", s.payer_address, "minutes",
	    (json_int_t)s.minutes, "payout_fees", s.fees);
	json_t *money = json_pack("{s:o, s:o, s:o, s:o, s:O, s:O, s:O, s:O}", "gross",
	    json_money(s.gross), "adjustments_total", json_money(s.adjustments), "net",
	    json_money(s.net), "net_year_to_date", json_money(s.year_to_date), "lines",
	    lines_of(arena, &s), "adjustments", adjustments_of(arena, &s), "pending",
	    pending_of(arena, &s), "referrals", referrals_of(arena, &s));
	json_t *way = json_pack("{s:s, s:s?, s:o, s:o, s:o, s:o, s:o, s:o, s:s?, s:s?}",
	    "state", s.state, "late_cause", text_empty(s.late_cause) ? NULL : s.late_cause,
	    "issued_at", json_instant(arena, s.issued), "promised_on",
	    json_day(arena, s.promised), "rolled_from", json_day(arena, s.rolled_from),
	    "sent_on", json_day(arena, s.sent), "funds_on", json_day(arena, s.funds),
	    "question_until", json_day(arena, s.question_until), "corrects", s.corrects,
	    "corrected_by", s.corrected_by);
	bool whole = json_held(arena, json) && json_held(arena, money) &&
		     json_held(arena, way) && !json_object_update(json, money) &&
		     !json_object_update(json, way);

	return reply_json_value(req, 200, whole ? json : NULL);
}
