/*
 * statement_csv.c: a statement as a table for spreadsheets, made from the same record as its
 * page.
 */
#include "base/text.h"
#include "doc/csv.h"
#include "payments/statement.h"

/* The columns. Names and codes are for machines and stay the same in every language. */
enum {
	STATEMENT,
	PERIOD_START,
	PERIOD_END,
	ITEM,
	PROJECT,
	KIND,
	MINUTES,
	UNITS,
	RATE,
	AMOUNT,
	CURRENCY,
	NOTE,
	RATE_FROM,
	BENCHMARK,
	COLUMNS
};
static const char *const HEADS[COLUMNS] = { "statement", "period_start", "period_end", "item",
	"project", "kind", "minutes", "units", "rate", "amount", "currency", "note",
	"rate_from", "benchmark" };

static const char *
number(struct arena *arena, int64_t n)
{
	return text_printf(arena, "%lld", (long long)n);
}

static void
write_row(struct csv_writer *writer, const char *const cells[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++)
		csv_cell(writer, cells[i] != NULL ? cells[i] : "");
	csv_end(writer);
}

/* A row with what every row has. */
static void
begin(struct arena *arena, const char *cells[COLUMNS], const struct statement *s,
    const char *item)
{
	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = "";
	cells[STATEMENT] = s->public_id;
	cells[PERIOD_START] = day_iso(arena, s->start);
	cells[PERIOD_END] = day_iso(arena, s->end);
	cells[ITEM] = item;
}

static void
money_row(struct arena *arena, struct csv_writer *writer, const struct statement *s,
    const char *item, struct money amount)
{
	const char *cells[COLUMNS];

	begin(arena, cells, s, item);
	if (text_is(item, "total"))
		cells[MINUTES] = number(arena, s->minutes);
	cells[AMOUNT] = money_plain(arena, amount);
	cells[CURRENCY] = amount.currency;
	write_row(writer, cells);
}

static void
lines(struct arena *arena, struct csv_writer *writer, const struct statement *s)
{
	const char *cells[COLUMNS];

	for (size_t i = 0; i < s->n_lines; i++) {
		const struct statement_line *line = &s->lines[i];
		begin(arena, cells, s, "work");
		cells[PROJECT] = line->project;
		cells[KIND] = line->kind;
		cells[MINUTES] = number(arena, line->minutes);
		cells[UNITS] = number(arena, line->units);
		cells[RATE] = money_plain(arena, line->rate);
		cells[AMOUNT] = money_plain(arena, line->amount);
		cells[CURRENCY] = line->amount.currency;
		cells[RATE_FROM] = day_iso(arena, line->rate_from);
		if (line->benchmark.minor > 0)
			cells[BENCHMARK] = money_plain(arena, line->benchmark);
		write_row(writer, cells);
	}
}

struct bytes
statement_csv_of(struct arena *arena, const struct statement *s)
{
	struct buf out = buf_new(arena);
	struct csv_writer writer = { &out, 0 };
	const char *cells[COLUMNS];

	write_row(&writer, HEADS);
	lines(arena, &writer, s);
	money_row(arena, &writer, s, "gross", s->gross);
	for (size_t i = 0; i < s->n_adjustments; i++) {
		const struct statement_adjustment *a = &s->adjusted[i];
		begin(arena, cells, s, "adjustment");
		cells[KIND] = a->kind;
		cells[AMOUNT] = money_plain(arena, a->amount);
		cells[CURRENCY] = a->amount.currency;
		cells[NOTE] = a->reason;
		write_row(&writer, cells);
	}
	money_row(arena, &writer, s, "total", s->net);
	money_row(arena, &writer, s, "year_to_date", s->year_to_date);
	for (size_t i = 0; i < s->n_pending; i++) {
		const struct statement_pending *p = &s->pending[i];
		begin(arena, cells, s, "pending");
		cells[PROJECT] = p->project;
		cells[KIND] = p->kind;
		cells[MINUTES] = number(arena, p->minutes);
		cells[UNITS] = number(arena, p->units);
		cells[NOTE] = p->why;
		write_row(&writer, cells);
	}
	for (size_t i = 0; i < s->n_referrals; i++) {
		const struct statement_referral *r = &s->referrals[i];
		begin(arena, cells, s, "referral");
		cells[KIND] = r->state;
		cells[AMOUNT] = money_plain(arena, r->amount);
		cells[CURRENCY] = r->amount.currency;
		cells[NOTE] = r->brought;
		write_row(&writer, cells);
	}
	return (struct bytes){ (const unsigned char *)out.p, out.n };
}

/* GET /payments/statements/:id/csv: one row a line, the gross, adjustments, the total, the year
 * so far, and work that still waits. */
enum status
statement_csv(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct statement s = { 0 };
	enum status status = statement_read_own(req, &s);

	if (status != OK)
		return status;
	statement_read_pending(request_db(req), &s);
	return reply_file(req, "text/csv",
	    text_printf(arena, "%s.csv", statement_file_name(arena, &s)),
	    statement_csv_of(arena, &s));
}
