/*
 * statement_csv.c: a statement as a table for spreadsheets, made from the same record as its
 * page.
 */
#include "base/text.h"
#include "doc/csv.h"
#include "payments/statement.h"

static void
csv_row(struct csv_writer *writer, size_t n, const char *const *cells)
{
	for (size_t i = 0; i < n; i++)
		csv_cell(writer, cells[i]);
	csv_end(writer);
}
#define CSV_ROW(writer, ...)                                                        \
	csv_row((writer), sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), \
	    (const char *[]){ __VA_ARGS__ })

static const char *
number(struct arena *arena, int64_t n)
{
	return text_printf(arena, "%lld", (long long)n);
}

/* GET /payments/statements/:id/csv: one row a line, then adjustments and the total. Column
 * names and codes are for machines and stay the same in every language. */
enum status
statement_csv(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct buf out = buf_new(arena);
	struct csv_writer writer = { &out, 0 };
	struct statement s = { 0 };
	enum status status = statement_read_own(req, &s);

	if (status != OK)
		return status;
	CSV_ROW(&writer, "statement", "period_start", "period_end", "item", "project", "kind",
	    "minutes", "units", "rate", "amount", "currency", "note");
	const char *start = day_iso(arena, s.start), *end = day_iso(arena, s.end);
	for (size_t i = 0; i < s.n_lines; i++) {
		const struct statement_line *line = &s.lines[i];
		CSV_ROW(&writer, s.public_id, start, end, "work", line->project, line->kind,
		    number(arena, line->minutes), number(arena, line->units),
		    money_plain(arena, line->rate), money_plain(arena, line->amount),
		    line->amount.currency, "");
	}
	for (size_t i = 0; i < s.n_adjustments; i++) {
		const struct statement_adjustment *a = &s.adjusted[i];
		CSV_ROW(&writer, s.public_id, start, end, "adjustment", "", a->kind, "", "", "",
		    money_plain(arena, a->amount), a->amount.currency, a->reason);
	}
	CSV_ROW(&writer, s.public_id, start, end, "total", "", "", number(arena, s.minutes), "",
	    "", money_plain(arena, s.net), s.net.currency, "");
	return reply_file(req, "text/csv",
	    text_printf(arena, "%s.csv", statement_file_name(arena, &s)),
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}
