/*
 * tracker.c: the parse function of time-tracker exports; see tracker.h. Runs in a parser
 * child: no files, no network, all memory from the child's arena.
 *
 * Records out: {"file", format, rows}, then for each row either
 *   {"entry", line, by_email, person, project, task, description, start, day, seconds, key,
 *   notes} or a fault (table.h);
 * a fault of the whole file stands alone. tracker_read.c is the other side.
 *
 * Rules (payments README): durations decide the time, never the decimal column; an entry
 * belongs to the local day on which it began; a date that can be read in two ways is asked
 * about, never guessed.
 */
#include "payments/tracker.h"

#include "data/crypto.h"
#include "payments/tracker_inner.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX ((size_t)100000)
#define FAULTS_MAX ((size_t)1000)
#define DAY_SECONDS ((int64_t)86400)

/* One run over one file. */
struct run {
	struct table table;
	struct arena *arena; /* the table's */
	size_t at[COLUMN_MAX];
	enum tracker_order order;
	const char *zone;   /* "" for none */
	const char *person; /* "" for none */
	struct tracker_counts *rows, *days;
};

/* What a row turns into. */
struct entry {
	const struct csv_row *row;
	const char *person, *project, *task, *text;
	bool has_start;
	instant start;
	day day;
	int64_t seconds;
	unsigned notes;
};

static char *
number(struct run *run, int64_t n)
{
	return text_printf(run->arena, "%lld", (long long)n);
}

static const char *
cell(const struct run *run, const struct csv_row *row, enum tracker_column column)
{
	return table_cell(&run->table, row, column);
}

/* Tells that a cell cannot be used; false, for "return cell_fault(...)". */
static bool
cell_fault(
    struct run *run, const struct csv_row *row, enum tracker_column column, const char *code)
{
	return table_fault(
	    &run->table, code, row->line, run->at[column], cell(run, row, column));
}

/* Which order the dates of the whole file are in, where the caller has not said. What some
 * row excludes is excluded for all; false when that leaves none or both. */
static bool
find_order(struct run *run)
{
	static const enum tracker_column columns[] = { COLUMN_START_DATE, COLUMN_END_DATE };
	const struct csv_row *only_mdy = NULL, *only_dmy = NULL, *open = NULL;
	enum tracker_column contradicting = COLUMN_START_DATE, open_column = COLUMN_START_DATE;

	for (size_t i = 1; i < run->table.csv.n; i++) {
		const struct csv_row *row = &run->table.csv.rows[i];
		for (size_t k = 0; k < 2; k++) {
			struct tracker_date date;
			tracker_date(cell(run, row, columns[k]), &date);
			if (!date.shaped || date.iso || date.dotted)
				continue;
			if (date.mdy_exists && date.dmy_exists) {
				if (open == NULL && date.mdy_day != date.dmy_day) {
					open = row;
					open_column = columns[k];
				}
				continue;
			}
			bool first = only_mdy == NULL && only_dmy == NULL;
			if (date.mdy_exists && only_mdy == NULL)
				only_mdy = row;
			else if (date.dmy_exists && only_dmy == NULL)
				only_dmy = row;
			else
				continue;
			if (!first)
				contradicting = columns[k];
		}
	}
	if (only_mdy != NULL && only_dmy != NULL)
		return cell_fault(run, only_mdy->line > only_dmy->line ? only_mdy : only_dmy,
		    contradicting, "mixed_dates");
	if (only_mdy != NULL)
		run->order = ORDER_MDY;
	if (only_dmy != NULL)
		run->order = ORDER_DMY;
	if (run->order == ORDER_AUTO && open != NULL)
		return cell_fault(run, open, open_column, "ambiguous_dates");
	return true;
}

/* A local date and time of day; has_time is false where the cell is empty. */
struct local {
	day day;
	int second;
	bool has_time;
};

static bool
take_local(struct run *run, const struct csv_row *row, enum tracker_column date_column,
    enum tracker_column time_column, struct local *ret)
{
	struct tracker_date date;
	const char *time = cell(run, row, time_column);

	tracker_date(cell(run, row, date_column), &date);
	if (!date.shaped)
		return cell_fault(run, row, date_column,
		    text_blank(cell(run, row, date_column)) ? "missing_cell" : "bad_date");
	if (!tracker_day(&date, run->order, &ret->day))
		return cell_fault(run, row, date_column, "impossible_date");
	ret->has_time = !text_blank(time);
	if (ret->has_time && !tracker_time(time, &ret->second))
		return cell_fault(run, row, time_column, "bad_time");
	return true;
}

/* The instants that a local time can be: two where the clock is set back over it. */
static size_t
instants(const struct run *run, const struct local *local, instant ret[2], unsigned *notes)
{
	static const instant back[] = { 30 * MINUTE, HOUR, 2 * HOUR };
	int hour = local->second / 3600, minute = local->second / 60;
	enum local_note note;

	ret[0] = instant_of_local(
	    local->day, hour, minute % 60, local->second % 60, run->zone, &note);
	if (note == LOCAL_SKIPPED)
		*notes |= TRACKER_SKIPPED;
	if (note != LOCAL_TWICE)
		return 1;
	*notes |= TRACKER_TWICE;
	for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
		ret[1] = ret[0] + back[i];
		if (day_in_zone(ret[1], run->zone) == local->day &&
		    minute_in_zone(ret[1], run->zone) == minute)
			return 2;
	}
	return 1;
}

/* Start and end in the zone: of the readings that go forward, the one closest to the duration.
 * False when none goes forward. */
static bool
fit(const struct run *run, struct entry *entry, const struct local *start,
    const struct local *end, int64_t *ret_length)
{
	instant starts[2] = { 0 }, ends[2] = { 0 };
	size_t n_starts = instants(run, start, starts, &entry->notes);
	size_t n_ends = instants(run, end, ends, &entry->notes);
	int64_t best = -1;

	for (size_t i = 0; i < n_starts; i++) {
		for (size_t k = 0; k < n_ends; k++) {
			int64_t length = (ends[k] - starts[i]) / SECOND;
			if (length < 0 || (best >= 0 && llabs(length - entry->seconds) >= best))
				continue;
			best = llabs(length - entry->seconds);
			*ret_length = length;
			entry->start = starts[i];
		}
	}
	return best >= 0;
}

/* Compares what start and end say with the duration, where the file has them. */
static bool
check_span(struct run *run, struct entry *entry, const struct local *start)
{
	const struct csv_row *row = entry->row;
	struct local end = *start;
	int64_t length = 0;
	bool forward = true;

	entry->has_start = start->has_time && *run->zone != '\0';
	if (run->at[COLUMN_END_DATE] > 0 && !text_blank(cell(run, row, COLUMN_END_DATE)) &&
	    !take_local(run, row, COLUMN_END_DATE, COLUMN_END_TIME, &end))
		return false;
	if (run->at[COLUMN_END_TIME] == 0 || !start->has_time || !end.has_time ||
	    text_blank(cell(run, row, COLUMN_END_TIME))) {
		instant all[2];
		if (entry->has_start && instants(run, start, all, &entry->notes) > 0)
			entry->start = all[0];
		return true;
	}
	if (entry->has_start) {
		forward = fit(run, entry, start, &end, &length);
	} else {
		length =
		    ((int64_t)end.day - start->day) * DAY_SECONDS + end.second - start->second;
		forward = length >= 0;
	}
	if (!forward)
		return cell_fault(run, row, COLUMN_END_TIME, "end_before_start");
	if (llabs(length - entry->seconds) > 60)
		entry->notes |= TRACKER_DIFFERS;
	return true;
}

/* Day, start and seconds of a row with local dates and a duration. */
static bool
take_local_times(struct run *run, struct entry *entry)
{
	const struct csv_row *row = entry->row;
	const char *duration = cell(run, row, COLUMN_DURATION);
	struct local start = { .has_time = false };
	bool negative;

	if (!take_local(run, row, COLUMN_START_DATE, COLUMN_START_TIME, &start))
		return false;
	entry->day = start.day;
	if (!tracker_duration(duration, &entry->seconds, &negative))
		return cell_fault(run, row, COLUMN_DURATION,
		    text_blank(duration) ? "missing_cell" : "bad_duration");
	if (negative && entry->seconds > 0)
		return cell_fault(run, row, COLUMN_DURATION, "negative");
	if (entry->seconds > DAY_SECONDS)
		return cell_fault(run, row, COLUMN_DURATION, "over_24_h");
	return check_span(run, entry, &start);
}

static bool
take_instant(
    struct run *run, const struct csv_row *row, enum tracker_column column, instant *ret)
{
	const char *text = cell(run, row, column);

	return instant_parse(text_trim(run->arena, text), ret) ||
	       cell_fault(run, row, column, text_blank(text) ? "missing_cell" : "bad_instant");
}

/* The same from two instants. */
static bool
take_instants(struct run *run, struct entry *entry)
{
	instant end;

	if (!take_instant(run, entry->row, COLUMN_START, &entry->start) ||
	    !take_instant(run, entry->row, COLUMN_END, &end))
		return false;
	if (end < entry->start)
		return cell_fault(run, entry->row, COLUMN_END, "end_before_start");
	entry->has_start = true;
	entry->day = day_in_zone(entry->start, *run->zone != '\0' ? run->zone : "UTC");
	entry->seconds = (end - entry->start + SECOND / 2) / SECOND;
	return entry->seconds <= DAY_SECONDS ||
	       cell_fault(run, entry->row, COLUMN_END, "over_24_h");
}

/* E-mail, else the person that the caller named, else the name in the row. */
static bool
take_person(struct run *run, struct entry *entry)
{
	const struct csv_row *row = entry->row;
	bool cleaned = false;
	const char *email =
	    tracker_clean(run->arena, cell(run, row, COLUMN_EMAIL), true, &cleaned);
	const char *name = cell(run, row, COLUMN_PERSON);

	if (run->at[COLUMN_FIRST_NAME] > 0 || run->at[COLUMN_LAST_NAME] > 0)
		name = text_printf(run->arena, "%s %s", cell(run, row, COLUMN_FIRST_NAME),
		    cell(run, row, COLUMN_LAST_NAME));
	name = tracker_clean(run->arena, name, true, &cleaned);
	entry->person = *email != '\0' ? email : *run->person != '\0' ? run->person : name;
	if (cleaned)
		entry->notes |= TRACKER_CLEANED;
	return *entry->person != '\0' ||
	       table_fault(&run->table, "no_person", row->line, run->at[COLUMN_EMAIL], "");
}

static void
take_texts(struct run *run, struct entry *entry)
{
	bool cleaned = false;

	entry->project =
	    tracker_clean(run->arena, cell(run, entry->row, COLUMN_PROJECT), true, &cleaned);
	entry->task =
	    tracker_clean(run->arena, cell(run, entry->row, COLUMN_TASK), true, &cleaned);
	entry->text = tracker_clean(run->arena,
	    text_lines(run->arena, cell(run, entry->row, COLUMN_TEXT)), false, &cleaned);
	if (cleaned)
		entry->notes |= TRACKER_CLEANED;
}

/* SHA-256 over the row's cells, each behind its length, and how many equal rows came before. */
static const char *
row_key(struct run *run, const struct csv_row *row)
{
	struct buf all = buf_new(run->arena);
	unsigned char digest[SHA256_BYTES];

	for (size_t i = 0; i < row->n; i++)
		buf_printf(&all, "%zu:%s", strlen(row->cells[i]), row->cells[i]);
	int64_t *seen =
	    tracker_count(run->rows, (struct bytes){ (unsigned char *)all.p, all.n });
	buf_printf(&all, "#%lld", (long long)(*seen)++);
	crypto_sha256((struct bytes){ (unsigned char *)all.p, all.n }, digest);
	return hex_text(run->arena, (struct bytes){ digest, sizeof digest });
}

/* Nobody works more than 24 hours of a day: the entry that would make it so is a fault. */
static bool
check_day(struct run *run, const struct entry *entry)
{
	const char *iso = day_iso(run->arena, entry->day);
	int64_t *sum = tracker_count(
	    run->days, bytes_of(text_printf(run->arena, "%s %s", iso, entry->person)));

	if (*sum + entry->seconds > DAY_SECONDS)
		return table_fault(&run->table, "day_over_24_h", entry->row->line, 0, iso);
	*sum += entry->seconds;
	return true;
}

static void
send(struct run *run, const struct entry *entry, const char *key)
{
	const char *cells[] = { "entry", number(run, (int64_t)entry->row->line),
		strchr(entry->person, '@') != NULL ? "1" : "0", entry->person, entry->project,
		entry->task, entry->text,
		entry->has_start ? instant_iso(run->arena, entry->start) : "",
		day_iso(run->arena, entry->day), number(run, entry->seconds), key,
		number(run, entry->notes) };

	out_record(run->table.out, sizeof cells / sizeof *cells, cells);
}

static void
take_row(struct run *run, const struct csv_row *row)
{
	struct entry entry = { .row = row };
	/* Counted for every row, so that a row's key does not hang on its neighbours' faults.
	 */
	const char *key = row_key(run, row);

	if (!table_row_begin(&run->table, row) || !take_person(run, &entry))
		return;
	if (run->at[COLUMN_START] > 0 ? !take_instants(run, &entry)
				      : !take_local_times(run, &entry))
		return;
	take_texts(run, &entry);
	if (!check_day(run, &entry))
		return;
	if (entry.seconds < 30)
		entry.notes |= TRACKER_ZERO;
	send(run, &entry, key);
}

/* The value behind "name=" in the options' lines; "" for none. */
static const char *
option(struct arena *arena, const char *options, const char *name)
{
	size_t n, length = strlen(name);
	char **lines = text_split(arena, options, '\n', &n);

	for (size_t i = 0; i < n; i++) {
		if (strncmp(lines[i], name, length) == 0 && lines[i][length] == '=')
			return lines[i] + length + 1;
	}
	return "";
}

static bool
take_options(struct run *run, const char *options)
{
	const char *dates = option(run->arena, options, "dates");

	run->order = text_is(dates, "mdy")   ? ORDER_MDY
		     : text_is(dates, "dmy") ? ORDER_DMY
					     : ORDER_AUTO;
	run->zone = option(run->arena, options, "zone");
	run->person = text_trim(run->arena, option(run->arena, options, "person"));
	return *run->zone == '\0' || zone_known(run->zone) ||
	       table_fault(&run->table, "unknown_zone", 0, 0, run->zone);
}

static bool
take_header(struct run *run)
{
	size_t line = run->table.csv.rows[0].line;
	const char *format = tracker_recognise(&run->table);
	const char *cells[] = { "file", format ? format : "",
		number(run, (int64_t)run->table.csv.n - 1) };

	out_record(run->table.out, sizeof cells / sizeof *cells, cells);
	if (!format)
		return table_fault(
		    &run->table, "unknown_format", line, 0, table_headers(&run->table));
	return run->table.csv.n > 1 || table_fault(&run->table, "no_rows", line, 0, "");
}

static enum status
tracker_parse(
    struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	struct run run = { .table = { .arena = arena, .out = out, .most = FAULTS_MAX },
		.arena = arena };

	run.table.at = run.at;
	if (!table_open(&run.table, file, ROWS_MAX) || !take_options(&run, options) ||
	    !take_header(&run))
		return E_INPUT;
	if (run.order == ORDER_AUTO && !find_order(&run))
		return E_INPUT;
	run.rows = tracker_counts_new(arena, run.table.csv.n);
	run.days = tracker_counts_new(arena, run.table.csv.n);
	for (size_t i = 1; i < run.table.csv.n; i++) {
		if (!table_row_blank(&run.table.csv.rows[i]))
			take_row(&run, &run.table.csv.rows[i]);
	}
	return run.table.faults == 0 ? OK : E_INPUT;
}

/* 10 MB of cells, 100,000 rows with their records: 256 MB hold them with room to spare. */
const struct parser tracker_parsers[] = {
	{ "tracker-csv", tracker_parse, 6, 256 },
	{ .name = NULL },
};
