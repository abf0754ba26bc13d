/*
 * tracker.c: the parse function of time-tracker exports; see tracker.h. Runs in a parser
 * child: no files, no network, all memory from the child's arena.
 *
 * Records out: {"file", format, rows}, then for each row either
 *   {"entry", line, by_email, person, project, task, description, start, day, seconds, key,
 *   notes, kind, tasks} or {"fault", code, line, column, header, text};
 * a fault of the whole file stands alone. tracker_read.c is the other side.
 *
 * Rules (payments README): durations decide the time, never the decimal column; an entry
 * belongs to the local day on which it began; a date that can be read in two ways is asked
 * about, never guessed.
 */
#include "payments/tracker.h"

#include "data/crypto.h"
#include "payments/tracker_inner.h"

#include <string.h>

#define ROWS_MAX ((size_t)100000)
#define FAULTS_MAX ((size_t)1000)
#define TEXT_MAX ((size_t)200)     /* of a cell that a fault shows */
#define HEADERS_MAX ((size_t)1000) /* of the headers that "unknown_format" shows */
#define TASKS_MAX 100000
#define HEADER_ROWS ((size_t)10) /* among which the names of the columns stand */

static char *
number(struct tracker_run *run, int64_t n)
{
	return text_printf(run->arena, "%lld", (long long)n);
}

/* Tells a fault; answers false, for "return fault(...)". column counts from 1; 0: none. */
static bool
fault(struct tracker_run *run, const char *code, size_t line, size_t column, const char *text,
    size_t max)
{
	const char *header = "";

	run->faults++;
	if (run->faults > FAULTS_MAX + 1)
		return false;
	if (run->faults == FAULTS_MAX + 1)
		code = "too_many";
	if (column > 0 && run->csv.n > 0 && column <= run->csv.rows[run->header].n)
		header = table_cut(
		    run->arena, run->csv.rows[run->header].cells[column - 1], TEXT_MAX);
	const char *cells[] = { "fault", code, number(run, (int64_t)line),
		number(run, (int64_t)column), header, table_cut(run->arena, text, max) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
	return false;
}

const char *
tracker_cell(
    const struct tracker_run *run, const struct csv_row *row, enum tracker_column column)
{
	size_t at = run->format.at[column];
	const char *text = at == 0 || at > row->n ? "" : row->cells[at - 1];

	return column < COLUMN_START_DATE || column == COLUMN_KEY
		   ? text
		   : text_digits(run->arena, text);
}

bool
tracker_cell_fault(struct tracker_run *run, const struct csv_row *row,
    enum tracker_column column, const char *code)
{
	size_t at = run->format.at[column];
	const char *text = at == 0 || at > row->n ? "" : row->cells[at - 1];

	return fault(
	    run, tracker_formula(text) ? "formula" : code, row->line, at, text, TEXT_MAX);
}

bool
tracker_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static bool
row_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		if (!tracker_blank(row->cells[i]))
			return false;
	}
	return true;
}

/* E-mail, else the person that the caller named, else the name in the row. */
static bool
take_person(struct tracker_run *run, struct tracker_row *entry)
{
	const struct csv_row *row = entry->row;
	bool cleaned = false;
	const char *email =
	    tracker_clean(run->arena, tracker_cell(run, row, COLUMN_EMAIL), true, &cleaned);
	const char *name = tracker_cell(run, row, COLUMN_PERSON);

	if (run->format.at[COLUMN_FIRST_NAME] > 0 || run->format.at[COLUMN_LAST_NAME] > 0)
		name =
		    text_printf(run->arena, "%s %s", tracker_cell(run, row, COLUMN_FIRST_NAME),
			tracker_cell(run, row, COLUMN_LAST_NAME));
	name = tracker_clean(run->arena, name, true, &cleaned);
	entry->person = *email != '\0' ? email : *run->person != '\0' ? run->person : name;
	if (cleaned)
		entry->notes |= TRACKER_CLEANED;
	return *entry->person != '\0' ||
	       fault(run, "no_person", row->line, run->format.at[COLUMN_EMAIL], "", 0);
}

static void
take_texts(struct tracker_run *run, struct tracker_row *entry)
{
	bool cleaned = false;

	entry->project = tracker_clean(
	    run->arena, tracker_cell(run, entry->row, COLUMN_PROJECT), true, &cleaned);
	entry->task = tracker_clean(
	    run->arena, tracker_cell(run, entry->row, COLUMN_TASK), true, &cleaned);
	entry->text = tracker_clean(run->arena,
	    text_lines(run->arena, tracker_cell(run, entry->row, COLUMN_TEXT)), false,
	    &cleaned);
	if (cleaned)
		entry->notes |= TRACKER_CLEANED;
}

/* A row that has more cells than there are headers has been torn apart somewhere; one with
 * fewer may just end in empty ones. */
static bool
check_cells(struct tracker_run *run, const struct csv_row *row)
{
	for (size_t i = run->csv.rows[run->header].n; i < row->n; i++) {
		if (!tracker_blank(row->cells[i]))
			return fault(run, run->json ? "bad_member" : "extra_cells", row->line,
			    i + 1, row->cells[i], TEXT_MAX);
	}
	return true;
}

/* Of an address: case means nothing. */
static char *
lower(struct arena *arena, const char *text)
{
	char *copy = text_trim(arena, text);

	for (char *at = copy; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at + 'a' - 'A');
	return copy;
}

/* The cells of a row, each behind its length: all of them; of our own columns those that mean
 * something, in one order, so that CSV and JSON say the same; the sender's own key alone where
 * there is one. */
static void
add_cells(struct tracker_run *run, const struct csv_row *row, struct buf *all)
{
	const char *key = tracker_cell(run, row, COLUMN_KEY);

	if (!run->format.own) {
		for (size_t i = 0; i < row->n; i++)
			buf_printf(all, "%zu:%s", strlen(row->cells[i]), row->cells[i]);
		return;
	}
	if (!tracker_blank(key)) {
		buf_printf(all, "key:%s by:%s", text_trim(run->arena, key),
		    lower(run->arena, tracker_cell(run, row, COLUMN_EMAIL)));
		return;
	}
	for (int i = 0; i < COLUMN_MAX; i++) {
		enum tracker_column column = (enum tracker_column)i;
		const char *cell = text_trim(run->arena, tracker_cell(run, row, column));
		if (column == COLUMN_EMAIL)
			cell = lower(run->arena, cell);
		buf_printf(all, "%zu:%s", strlen(cell), cell);
	}
}

/* SHA-256 over these and how many equal rows came before. NULL after a fault: the same key of
 * the sender's twice. */
static const char *
row_key(struct tracker_run *run, const struct csv_row *row, unsigned *notes)
{
	struct buf all = buf_new(run->arena);
	unsigned char digest[SHA256_BYTES];

	add_cells(run, row, &all);
	int64_t *seen =
	    tracker_count(run->rows, (struct bytes){ (unsigned char *)all.p, all.n });
	if (*seen > 0)
		*notes |= TRACKER_EQUAL;
	buf_printf(&all, "#%lld", (long long)(*seen)++);
	crypto_sha256((struct bytes){ (unsigned char *)all.p, all.n }, digest);
	return hex_text(run->arena, (struct bytes){ digest, sizeof digest });
}

/* Nobody works more than 24 hours of a day: the entry that would make it so is a fault. */
static bool
check_day(struct tracker_run *run, const struct tracker_row *entry)
{
	const char *iso = day_iso(run->arena, entry->day);
	int64_t *sum = tracker_count(
	    run->days, bytes_of(text_printf(run->arena, "%s %s", iso, entry->person)));

	if (*sum + entry->seconds > TRACKER_DAY_SECONDS)
		return fault(run, "day_over_24_h", entry->row->line, 0, iso, TEXT_MAX);
	*sum += entry->seconds;
	return true;
}

static void
send(struct tracker_run *run, const struct tracker_row *entry, const char *key)
{
	const char *cells[] = { "entry", number(run, (int64_t)entry->row->line),
		strchr(entry->person, '@') != NULL ? "1" : "0", entry->person, entry->project,
		entry->task, entry->text,
		entry->has_start ? instant_iso(run->arena, entry->start) : "",
		day_iso(run->arena, entry->day), number(run, entry->seconds), key,
		number(run, entry->notes), entry->kind, number(run, entry->tasks) };

	out_record(run->out, sizeof cells / sizeof *cells, cells);
}

/* What somebody of our own may say of the work; a tracker's is production. */
static bool
take_kind(struct tracker_run *run, struct tracker_row *entry)
{
	static const char *const kinds[] = { "production", "review", "training", "assessment",
		"meeting", "one_on_one", "rework" };
	const char *kind = text_trim(run->arena, tracker_cell(run, entry->row, COLUMN_KIND));

	entry->kind = kinds[0];
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_is(kind, kinds[i])) {
			entry->kind = kinds[i];
			return true;
		}
	return *kind == '\0' || tracker_cell_fault(run, entry->row, COLUMN_KIND, "bad_kind");
}

/* An export with a state tells of what was refused there; it is not for us to pay it silently.
 */
static bool
take_status(struct tracker_run *run, const struct csv_row *row)
{
	static const char *const refused[] = { "declined", "rejected", "not_payable",
		"not payable", "canceled", "cancelled" };
	const char *status = text_trim(run->arena, tracker_cell(run, row, COLUMN_STATUS));

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (text_is_nocase(status, refused[i]))
			return tracker_cell_fault(run, row, COLUMN_STATUS, "refused_there");
	return true;
}

static bool
take_times(struct tracker_run *run, struct tracker_row *entry)
{
	if (run->format.own)
		return tracker_own_times(run, entry);
	return run->format.at[COLUMN_START] > 0 ? tracker_moments(run, entry)
						: tracker_local_times(run, entry);
}

static void
take_row(struct tracker_run *run, const struct csv_row *row)
{
	struct tracker_row entry = { .row = row };
	/* Counted for every row, so that a row's key does not hang on its neighbours' faults.
	 */
	const char *key = row_key(run, row, &entry.notes);

	if (run->format.own && entry.notes & TRACKER_EQUAL &&
	    !tracker_blank(tracker_cell(run, row, COLUMN_KEY))) {
		(void)tracker_cell_fault(run, row, COLUMN_KEY, "key_twice");
		return;
	}
	if (!check_cells(run, row) || !take_person(run, &entry) || !take_kind(run, &entry) ||
	    !take_status(run, row) || !take_times(run, &entry))
		return;
	take_texts(run, &entry);
	if (!check_day(run, &entry))
		return;
	if (entry.seconds < 30 && entry.tasks == 0)
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
take_options(struct tracker_run *run, const char *options)
{
	const char *dates = option(run->arena, options, "dates");

	run->reading.order = text_is(dates, "mdy")   ? ORDER_MDY
			     : text_is(dates, "dmy") ? ORDER_DMY
						     : ORDER_AUTO;
	run->reading.epoch = text_is(dates, "excel1900")   ? 1900
			     : text_is(dates, "excel1904") ? 1904
							   : 0;
	run->zone = option(run->arena, options, "zone");
	run->person = text_trim(run->arena, option(run->arena, options, "person"));
	return *run->zone == '\0' || zone_known(run->zone) ||
	       fault(run, "unknown_zone", 0, 0, run->zone, TEXT_MAX);
}

/* Finds the row with the names of the columns among the first ones: titles, and the "sep=;" of
 * spreadsheets, may stand above it. */
static bool
take_header(struct tracker_run *run)
{
	size_t most = run->csv.n < HEADER_ROWS ? run->csv.n : HEADER_ROWS;
	struct buf names = buf_new(run->arena);

	for (run->header = 0; run->header < most; run->header++) {
		tracker_recognise(run->arena, &run->csv.rows[run->header], &run->format);
		if (run->format.name != NULL)
			break;
	}
	if (run->format.name == NULL) {
		run->header = text_starts(run->csv.rows[0].cells[0], "sep=") && run->csv.n > 1;
	}
	const struct csv_row *header = &run->csv.rows[run->header];
	const char *cells[] = { "file", run->format.name != NULL ? run->format.name : "",
		number(run, (int64_t)(run->csv.n - run->header) - 1) };
	out_record(run->out, sizeof cells / sizeof *cells, cells);
	if (run->format.twice > 0)
		return fault(run, "column_twice", header->line, run->format.twice,
		    header->cells[run->format.twice - 1], TEXT_MAX);
	if (run->format.name != NULL)
		return run->csv.n - run->header > 1 ||
		       fault(run, "no_rows", header->line, 0, "", 0);
	for (size_t i = 0; i < header->n; i++)
		buf_printf(&names, "%s%s", i > 0 ? ", " : "", header->cells[i]);
	return fault(run, tracker_has_no_day(run->arena, header) ? "no_days" : "unknown_format",
	    header->line, 0, names.p, HEADERS_MAX);
}

static enum status
take_all(struct tracker_run *run, const char *options)
{
	if (!take_options(run, options) || !take_header(run) || !tracker_find_reading(run))
		return E_INPUT;
	run->rows = tracker_counts_new(run->arena, run->csv.n);
	run->days = tracker_counts_new(run->arena, run->csv.n);
	for (size_t i = run->header + 1; i < run->csv.n; i++) {
		if (!row_blank(&run->csv.rows[i]))
			take_row(run, &run->csv.rows[i]);
	}
	return run->faults == 0 ? OK : E_INPUT;
}

static enum status
csv_parse(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	struct tracker_run run = { .arena = arena, .out = out };
	struct csv_fault broken;

	if (csv_read(arena, file, ROWS_MAX + HEADER_ROWS, &run.csv, &broken) != OK) {
		(void)fault(&run, broken.code, broken.line, broken.column, "", 0);
		return E_INPUT;
	}
	return take_all(&run, options);
}

static enum status
json_parse(struct arena *arena, struct bytes file, const char *options, struct parse_out *out)
{
	struct tracker_run run = { .arena = arena, .out = out, .json = true };
	struct csv_fault broken;

	if (!tracker_json(arena, file, ROWS_MAX + 1, &run.csv, &broken)) {
		(void)fault(&run, broken.code, broken.line, 0, "", 0);
		return E_INPUT;
	}
	return take_all(&run, options);
}

/* 10 MB of cells, 100,000 rows with their records: 256 MB hold them with room to spare. */
const struct parser tracker_parsers[] = {
	{ "tracker-csv", csv_parse, 6, 256 },
	{ "tracker-json", json_parse, 6, 256 },
	{ .name = NULL },
};
