/*
 * tracker.c: the parse function of time-tracker exports; see tracker.h. Runs in a parser
 * child: no files, no network, all memory from the child's arena.
 *
 * Records out: {"file", format, rows}, then for each row either
 *   {"entry", line, by_email, person, project, task, description, start, day, seconds, key,
 *   notes} or {"fault", code, line, column, header, text};
 * a fault of the whole file stands alone. tracker_read.c is the other side.
 *
 * Rules (payments README): durations decide the time, never the decimal column; an entry
 * belongs to the local day on which it began; a date that can be read in two ways is asked
 * about, never guessed.
 */
#include "payments/tracker.h"

#include "data/crypto.h"
#include "doc/csv.h"
#include "payments/tracker_inner.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX ((size_t)100000)
#define FAULTS_MAX ((size_t)1000)
#define TEXT_MAX ((size_t)200)     /* of a cell that a fault shows */
#define HEADERS_MAX ((size_t)1000) /* of the headers that "unknown_format" shows */
#define DAY_SECONDS ((int64_t)86400)

/* One run over one file. */
struct run {
	struct arena *arena;
	struct parse_out *out;
	struct csv csv;
	struct tracker_format format;
	enum tracker_order order;
	const char *zone;   /* "" for none */
	const char *person; /* "" for none */
	struct tracker_counts *rows, *days;
	size_t faults;
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

/* Tells a fault; answers false, for "return fault(...)". column counts from 1; 0: none. */
static bool
fault(
    struct run *run, const char *code, size_t line, size_t column, const char *text, size_t max)
{
	const char *header = "";

	run->faults++;
	if (run->faults > FAULTS_MAX + 1)
		return false;
	if (run->faults == FAULTS_MAX + 1)
		code = "too_many";
	if (column > 0 && run->csv.n > 0 && column <= run->csv.rows[0].n)
		header = tracker_cut(run->arena, run->csv.rows[0].cells[column - 1], TEXT_MAX);
	const char *cells[] = { "fault", code, number(run, (int64_t)line),
		number(run, (int64_t)column), header, tracker_cut(run->arena, text, max) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
	return false;
}

/* The cell of a column; "" where the file or the row has none. */
static const char *
cell(const struct run *run, const struct csv_row *row, enum tracker_column column)
{
	size_t at = run->format.at[column];

	return at == 0 || at > row->n ? "" : row->cells[at - 1];
}

static bool
cell_fault(
    struct run *run, const struct csv_row *row, enum tracker_column column, const char *code)
{
	return fault(
	    run, code, row->line, run->format.at[column], cell(run, row, column), TEXT_MAX);
}

static bool
blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static bool
row_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		if (!blank(row->cells[i]))
			return false;
	}
	return true;
}

/* Which order the dates of the whole file are in, where the caller has not said. What some
 * row excludes is excluded for all; false when that leaves none or both. */
static bool
find_order(struct run *run)
{
	static const enum tracker_column columns[] = { COLUMN_START_DATE, COLUMN_END_DATE };
	const struct csv_row *only_mdy = NULL, *only_dmy = NULL, *open = NULL;
	enum tracker_column contradicting = COLUMN_START_DATE, open_column = COLUMN_START_DATE;

	for (size_t i = 1; i < run->csv.n; i++) {
		const struct csv_row *row = &run->csv.rows[i];
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
		    blank(cell(run, row, date_column)) ? "missing_cell" : "bad_date");
	if (!tracker_day(&date, run->order, &ret->day))
		return cell_fault(run, row, date_column, "impossible_date");
	ret->has_time = !blank(time);
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
	if (run->format.at[COLUMN_END_DATE] > 0 && !blank(cell(run, row, COLUMN_END_DATE)) &&
	    !take_local(run, row, COLUMN_END_DATE, COLUMN_END_TIME, &end))
		return false;
	if (run->format.at[COLUMN_END_TIME] == 0 || !start->has_time || !end.has_time ||
	    blank(cell(run, row, COLUMN_END_TIME))) {
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
		    blank(duration) ? "missing_cell" : "bad_duration");
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
	       cell_fault(run, row, column, blank(text) ? "missing_cell" : "bad_instant");
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

	if (run->format.at[COLUMN_FIRST_NAME] > 0 || run->format.at[COLUMN_LAST_NAME] > 0)
		name = text_printf(run->arena, "%s %s", cell(run, row, COLUMN_FIRST_NAME),
		    cell(run, row, COLUMN_LAST_NAME));
	name = tracker_clean(run->arena, name, true, &cleaned);
	entry->person = *email != '\0' ? email : *run->person != '\0' ? run->person : name;
	if (cleaned)
		entry->notes |= TRACKER_CLEANED;
	return *entry->person != '\0' ||
	       fault(run, "no_person", row->line, run->format.at[COLUMN_EMAIL], "", 0);
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

/* A row that has more cells than there are headers has been torn apart somewhere; one with
 * fewer may just end in empty ones. */
static bool
check_cells(struct run *run, const struct csv_row *row)
{
	for (size_t i = run->csv.rows[0].n; i < row->n; i++) {
		if (!blank(row->cells[i]))
			return fault(
			    run, "extra_cells", row->line, i + 1, row->cells[i], TEXT_MAX);
	}
	return true;
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
		return fault(run, "day_over_24_h", entry->row->line, 0, iso, TEXT_MAX);
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

	out_record(run->out, sizeof cells / sizeof *cells, cells);
}

static void
take_row(struct run *run, const struct csv_row *row)
{
	struct entry entry = { .row = row };
	/* Counted for every row, so that a row's key does not hang on its neighbours' faults.
	 */
	const char *key = row_key(run, row);

	if (!check_cells(run, row) || !take_person(run, &entry))
		return;
	if (run->format.at[COLUMN_START] > 0 ? !take_instants(run, &entry)
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
	       fault(run, "unknown_zone", 0, 0, run->zone, TEXT_MAX);
}

static bool
take_header(struct run *run)
{
	const struct csv_row *header = &run->csv.rows[0];
	struct buf names = buf_new(run->arena);

	tracker_recognise(run->arena, header, &run->format);
	const char *cells[] = { "file", run->format.name != NULL ? run->format.name : "",
		number(run, (int64_t)run->csv.n - 1) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
	if (run->format.name != NULL)
		return run->csv.n > 1 || fault(run, "no_rows", header->line, 0, "", 0);
	for (size_t i = 0; i < header->n; i++)
		buf_printf(&names, "%s%s", i > 0 ? ", " : "", header->cells[i]);
	return fault(run, "unknown_format", header->line, 0, names.p, HEADERS_MAX);
}

static enum status
tracker_parse(
    struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	struct run run = { .arena = arena, .out = out };
	struct csv_fault broken;

	if (csv_read(arena, file, ROWS_MAX + 1, &run.csv, &broken) != OK) {
		(void)fault(&run, broken.code, broken.line, broken.column, "", 0);
		return E_INPUT;
	}
	if (!take_options(&run, options) || !take_header(&run))
		return E_INPUT;
	if (run.order == ORDER_AUTO && !find_order(&run))
		return E_INPUT;
	run.rows = tracker_counts_new(arena, run.csv.n);
	run.days = tracker_counts_new(arena, run.csv.n);
	for (size_t i = 1; i < run.csv.n; i++) {
		if (!row_blank(&run.csv.rows[i]))
			take_row(&run, &run.csv.rows[i]);
	}
	return run.faults == 0 ? OK : E_INPUT;
}

/* 10 MB of cells, 100,000 rows with their records: 256 MB hold them with room to spare. */
const struct parser tracker_parsers[] = {
	{ "tracker-csv", tracker_parse, 6, 256 },
	{ .name = NULL },
};
