/*
 * result_page.c: results as pages and as a table for spreadsheets: the list of published
 * rounds, one of them for everybody, and the part that the staff page of a closed round shows
 * too.
 */
#include "base/text.h"
#include "doc/csv.h"
#include "feedback/feedback.h"
#include "feedback/result.h"
#include "web/chart_page.h"
#include "web/words.h"

#include <string.h>

static const struct stmt PUBLISHED = {
	"SELECT public_id, title, closed_at, published_at, hidden FROM published_run"
	" ORDER BY published_at DESC, run_id DESC LIMIT 100"
};
static const struct stmt PUBLISHED_RUN = {
	"SELECT run_id, title, closed_at, published_at FROM published_run WHERE public_id = ?"
};
static const struct stmt CLOSED_RUN = {
	"SELECT id, closed_at FROM survey_run WHERE public_id = ?"
	" AND state IN ('closed', 'published', 'actions_assigned', 'reported_back')"
};

/* Their time is over when not (retention.c). */
static const struct stmt HAS_ANSWERS = { "SELECT 1 FROM response WHERE run_id = ? LIMIT 1" };

/* ---- The part of a page ---- */

/* How many people gave each answer, as bars and their table. */
static void
show_lines(struct request *req, struct page *page, const struct result_item *item)
{
	struct arena *arena = request_arena(req);
	const char **labels = arena_array_of(arena, const char *, item->n_lines);
	struct chart_value *values = arena_array_of(arena, struct chart_value, item->n_lines);
	int64_t *shares = arena_array_of(arena, int64_t, item->n_lines);

	for (size_t i = 0; i < item->n_lines; i++) {
		const struct result_line *line = &item->lines[i];
		labels[i] = line->label;
		values[i].state = line->hidden ? CHART_HIDDEN : CHART_GIVEN;
		if (line->hidden)
			continue;
		values[i].n = line->n;
		shares[i] = line->percent;
	}
	page_chart(page, MARK_CHART,
	    &(const struct chart){
		.kind = CHART_BAR,
		.title = item->row ? item->row : item->text,
		.of_labels = words_say(arena, page_locale(page), "survey_result.answer"),
		.titled_above = true,
		.n_labels = item->n_lines,
		.labels = labels,
		.n_series = 1,
		.series =
		    &(const struct chart_series){
			words_say(arena, page_locale(page), "survey_result.people"), values },
		.shares = shares,
	    });
}

/* "3.86" as a reader of the locale writes it. */
static const char *
shown_mean(struct arena *arena, const char *mean, const char *locale)
{
	const char *dot = strchr(mean, '.');
	int64_t units;

	if (!dot)
		return mean;
	if (!text_to_int(
		text_printf(arena, "%.*s%s", (int)(dot - mean), mean, dot + 1), &units))
		return mean;
	return decimal_text(arena, units, (int)strlen(dot + 1), locale);
}

static void
show_item(struct request *req, struct page *page, const struct result_item *item, bool first)
{
	struct page *part = page_repeat(page, MARK_ITEM_RESULT);
	const char *locale = page_locale(page);

	if (first)
		page_text(page_repeat(part, MARK_HEADED), MARK_QUESTION, item->text);
	if (item->row)
		page_text(page_repeat(part, MARK_ROWED), MARK_ROW, item->row);
	if (item->hidden) {
		page_show(part, item->kind == RESULT_TEXTS ? MARK_TEXTS_HIDDEN : MARK_HIDDEN);
		return;
	}
	page_int(page_repeat(part, MARK_COUNTED), MARK_N, item->n);
	if (item->has_enps) {
		const char *score = number_text(request_arena(req), item->enps, locale);
		page_text(page_repeat(part, MARK_ENPS), MARK_SCORE,
		    item->enps > 0 ? text_printf(request_arena(req), "+%s", score) : score);
	}
	if (item->mean)
		page_text(page_repeat(part, MARK_MEANT), MARK_MEAN,
		    shown_mean(request_arena(req), item->mean, locale));
	if (item->n_lines)
		show_lines(req, part, item);
	if (item->n_texts) {
		struct page *list = page_repeat(part, MARK_WRITTEN);
		for (size_t i = 0; i < item->n_texts; i++)
			page_text(page_repeat(list, MARK_TEXT), MARK_WORDS, item->texts[i]);
	}
}

enum status
result_fill(struct request *req, struct page *page, int64_t run)
{
	struct page *part = page_include(page, MARK_RESULTS, TPL_FEEDBACK_RESULT_PARTS);
	const struct question *question = NULL;
	struct result result;
	enum status status =
	    result_read(request_db(req), run, request_caller(req)->locale, &result);

	if (status != OK)
		return status;
	page_int(part, MARK_LEAST, result.least);
	page_count(part, MARK_TOO_FEW, "survey_result.too_few", result.least);
	page_text(part, MARK_LANG_SHOWN, result.language);
	if (result.hidden) {
		page_show(part, MARK_ALL_HIDDEN);
		return OK;
	}
	bool gone = !db_int(request_db(req), &HAS_ANSWERS, 0, v_int(run));
	struct page *shown = page_repeat(part, gone ? MARK_ANSWERS_GONE : MARK_SHOWN);
	page_int(shown, MARK_ANSWERED, result.answered);
	page_int(shown, MARK_INVITED, result.invited);
	for (size_t i = 0; i < result.n && !gone; i++) {
		show_item(req, shown, &result.items[i], result.items[i].question != question);
		question = result.items[i].question;
	}
	return OK;
}

/* ---- Pages ---- */

/* GET /feedback/results */
enum status
result_list(struct request *req)
{
	struct page *page = page_open(req, TPL_FEEDBACK_RESULT_LIST);

	/* Staff reads the results too, but has no surveys to answer. */
	if (request_holds(req, ROLE(CONTRIBUTOR)))
		page_show(page, MARK_OWN);
	struct rows *rows = db_read(request_db(req), &PUBLISHED);

	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_RUN);
		page_text(line, MARK_RUN_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_TITLE, rows_text(rows, 1));
		page_day(line, MARK_CLOSED,
		    day_in_zone(rows_instant(rows, 2), request_caller(req)->zone), DAY_LONG);
		if (rows_int(rows, 4))
			page_show(line, MARK_HIDDEN);
	}
	return reply_page(req, 200, page);
}

static struct rows *
read_published(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return NULL;
	struct rows *rows = db_read(request_db(req), &PUBLISHED_RUN, v_bytes(id.b, ID_BYTES));
	return rows_next(rows) ? rows : NULL;
}

/* GET /feedback/results/:id: for everybody who works here, once it is published. */
enum status
result_show(struct request *req)
{
	struct rows *rows = read_published(req);
	struct page *page;
	enum status status;

	if (!rows)
		return db_absent(request_db(req));
	page = page_open(req, TPL_FEEDBACK_RESULT);
	page_text(page, MARK_RUN_ID, request_param(req, 0));
	page_text(page, MARK_TITLE, rows_text(rows, 1));
	page_day(page, MARK_CLOSED,
	    day_in_zone(rows_instant(rows, 2), request_caller(req)->zone), DAY_LONG);
	page_day(page, MARK_PUBLISHED,
	    day_in_zone(rows_instant(rows, 3), request_caller(req)->zone), DAY_LONG);
	status = result_fill(req, page, rows_int(rows, 0));
	return status == OK ? reply_page(req, 200, page) : status;
}

/* ---- The table ---- */

static void
csv_row(struct csv_writer *writer, const char *const *cells)
{
	for (; *cells; cells++)
		csv_cell(writer, *cells);
	csv_end(writer);
}
#define CSV_ROW(writer, ...) csv_row((writer), (const char *const[]){ __VA_ARGS__, 0 })

static const char *
number(struct arena *arena, int64_t n)
{
	return text_printf(arena, "%lld", (long long)n);
}

static void
csv_item(struct csv_writer *writer, struct arena *arena, const struct result_item *item)
{
	const char *row = item->row ? item->row : "", *key = item->key, *text = item->text;
	const char *n = number(arena, item->n);

	if (item->hidden) {
		CSV_ROW(writer, key, text, row, "hidden", "", "", "", "");
		return;
	}
	for (size_t i = 0; i < item->n_lines; i++) {
		const struct result_line *line = &item->lines[i];
		if (line->hidden)
			CSV_ROW(writer, key, text, row, "hidden", line->label, "", "", "");
		else
			CSV_ROW(writer, key, text, row, "count", line->label,
			    number(arena, line->n), n, number(arena, line->percent));
	}
	if (item->mean)
		CSV_ROW(writer, key, text, row, "mean", "", item->mean, n, "");
	if (item->has_enps)
		CSV_ROW(writer, key, text, row, "enps", "", number(arena, item->enps), n, "");
	for (size_t i = 0; i < item->n_texts; i++)
		CSV_ROW(writer, key, text, row, "text", item->texts[i], "", n, "");
}

/* Codes and names of columns are for machines and the same in every language. */
static enum status
reply_table(struct request *req, int64_t run, instant closed)
{
	struct arena *arena = request_arena(req);
	struct buf out = buf_new(arena);
	struct csv_writer writer = { &out, 0 };
	struct result result;
	enum status status =
	    result_read(request_db(req), run, request_caller(req)->locale, &result);

	if (status != OK)
		return status;
	CSV_ROW(&writer, "key", "question", "row", "what", "answer", "value", "of", "percent");
	if (result.hidden)
		CSV_ROW(&writer, "", result.title, "", "hidden", "", "", "", "");
	for (size_t i = 0; i < result.n; i++)
		csv_item(&writer, arena, &result.items[i]);
	return reply_file(req, "text/csv",
	    text_printf(arena, "survey-%s.csv", day_iso(arena, day_in_zone(closed, "UTC"))),
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}

/* GET /feedback/results/:id/csv */
enum status
result_csv(struct request *req)
{
	struct rows *rows = read_published(req);

	if (!rows)
		return db_absent(request_db(req));
	return reply_table(req, rows_int(rows, 0), rows_instant(rows, 2));
}

/* GET /feedback/staff/runs/:id/csv: from the close on. */
enum status
result_staff_csv(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &CLOSED_RUN, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	return reply_table(req, rows_int(rows, 0), rows_instant(rows, 1));
}
