/*
 * import_command.c: `bin/payments import-time FILE`: the same preview and the same taking as by
 * page (import.c), on a terminal. A file with a row that cannot be used brings nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "payments/import.h"

#define LINES_SHOWN 50
#define LOCALE "en"

static const struct stmt BATCH = {
	"SELECT id, source, rows_read, rows_new, rows_known, rows_empty, rows_bad,"
	" COALESCE((SELECT SUM(minutes) FROM import_row r WHERE r.batch_id = b.id"
	"  AND r.verdict = 'new'), 0) FROM import_batch b WHERE public_id = ?"
};
static const struct stmt ROWS = {
	"SELECT r.row_no, r.verdict, COALESCE(c.legal_name, r.who), r.project_name, r.day,"
	" r.minutes, r.overlap_row, r.overlap_entry FROM import_row r"
	" LEFT JOIN keptword_core.person_contact c ON c.id = r.person_id"
	" WHERE r.batch_id = ? AND r.verdict <> 'bad' ORDER BY r.row_no LIMIT 51"
};
static const struct stmt FAULTS = { "SELECT " INTAKE_FAULTS_SQL
				    " FROM import_fault WHERE batch_id = ?"
				    " ORDER BY fault_no" };

/* The file through a parser child; false after a message. */
static bool
read_file(struct cli *cli, struct import *import)
{
	static const struct intake json = { "tracker-json", 0, "import_fault" };
	size_t n = strlen(import->file_name);
	bool is_json = n > 5 && text_is_nocase(import->file_name + n - 5, ".json");
	struct records records;

	if (!intake_command_read(cli, is_json ? &json : &TIME_INTAKE, tracker_parsers,
		&(struct intake_file){ import->file_name, import->content },
		tracker_options(cli->arena, import->dates, import->zone, import->person),
		&records))
		return false;
	enum status status = import_read(cli->arena, &records, import);
	if (status != OK) {
		(void)fprintf(stderr, "%s: it could not be read (%s).\n", import->file_name,
		    status_name(status));
		return false;
	}
	const struct table_fault *refused = import_refused(import);
	if (refused) {
		(void)fprintf(stderr, "%s: ", import->file_name);
		intake_command_fault(cli, &TIME_INTAKE, refused->line, refused->header,
		    refused->code, refused->text);
		(void)fprintf(stderr, "Nothing was imported.\n");
	}
	return !refused;
}

static enum status
keep(struct db *db, void *arg)
{
	return import_keep(db, arg);
}

static void
print_row(struct cli *cli, const struct rows *rows)
{
	(void)printf("  row %lld  %-5s  %s  %s  %s  %s", (long long)rows_int(rows, 0),
	    rows_text(rows, 1), day_iso(cli->arena, rows_day(rows, 4)),
	    minutes_text(cli->arena, rows_int(rows, 5), LOCALE), rows_text(rows, 2),
	    rows_text(rows, 3));
	if (!rows_null(rows, 6))
		(void)printf("  (overlaps with row %lld)", (long long)rows_int(rows, 6));
	if (!rows_null(rows, 7))
		(void)printf("  (overlaps with an entry that is here)");
	(void)printf("\n");
}

/* The preview; the number of rows that cannot be used, -1 when it could not be read. */
static int64_t
print_preview(struct cli *cli, const struct import *import, int64_t *ret_new)
{
	struct rows *rows = db_read(cli->db, &BATCH, v_bytes(import->id.b, ID_BYTES));
	int shown = 0;

	if (!rows_next(rows))
		return -1;
	int64_t batch = rows_int(rows, 0), bad = rows_int(rows, 6);
	*ret_new = rows_int(rows, 3);
	(void)printf("%s: %s, %lld rows: %lld new (%s), %lld known, %lld of 0 minutes, "
		     "%lld not usable\n",
	    import->file_name, rows_text(rows, 1), (long long)rows_int(rows, 2),
	    (long long)*ret_new, minutes_text(cli->arena, rows_int(rows, 7), LOCALE),
	    (long long)rows_int(rows, 4), (long long)rows_int(rows, 5), (long long)bad);
	rows = db_read(cli->db, &ROWS, v_int(batch));
	for (; shown < LINES_SHOWN && rows_next(rows); shown++)
		print_row(cli, rows);
	if (rows_count(rows) > LINES_SHOWN)
		(void)printf("  ...\n");
	(void)fflush(stdout);
	rows = db_read(cli->db, &FAULTS, v_int(batch));
	while (rows_next(rows))
		intake_command_fault(cli, &TIME_INTAKE, (size_t)rows_int(rows, 0),
		    rows_text(rows, 1), rows_text(rows, 2), rows_text(rows, 3));
	return db_status(cli->db) == OK ? bad : -1;
}

struct decision {
	struct id id;
	bool yes, good_only;
	int64_t taken;
};

static enum status
decide(struct db *db, void *arg)
{
	struct decision *decision = arg;
	const struct taking how = { .good_only = decision->good_only };

	return decision->yes ? import_take(db, decision->id, &how, &decision->taken)
			     : import_abandon(db, decision->id, 0, 0, NULL);
}

static bool
asks_yes(int64_t n)
{
	char answer[8] = "";

	(void)printf("Take these %lld entries? [y/N] ", (long long)n);
	(void)fflush(stdout);
	return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* A preview that is not taken here is not left behind, except one to be taken by page. */
static int
take_or_not(struct cli *cli, const struct import *import, int64_t n, int64_t bad)
{
	bool told = cli_option(cli, "take") != NULL;
	bool good = cli_option(cli, "good") != NULL;
	struct decision taking = { .id = import->id, .good_only = good && bad > 0 };

	if (bad > 0 && !good) {
		(void)fprintf(stderr,
		    "Nothing was imported. Correct these rows and try again, or take the good "
		    "ones with --good.\n");
	} else if (n == 0) {
		(void)printf("Nothing new.\n");
	} else if (told || good || isatty(STDIN_FILENO)) {
		taking.yes = told || good || asks_yes(n);
	} else {
		(void)printf("A preview only; --take takes them.\n");
	}
	if (db_transact(cli->db, decide, NULL, &taking) != OK) {
		(void)fprintf(stderr, "The database did not keep it. Nothing was imported.\n");
		return 1;
	}
	if (taking.yes)
		(void)printf("%lld entries taken%s.\n", (long long)taking.taken,
		    bad > 0 ? "; the rows above were left out" : "");
	return bad > 0 && taking.yes ? 0 : bad > 0 ? 1 : 0;
}

static const char *
option(const struct cli *cli, const char *name)
{
	const char *value = cli_option(cli, name);

	return value ? value : "";
}

/* import-time FILE [--dates mdy|dmy] [--zone Z] [--person E-MAIL]
 * [--take | --good] */
int
import_run(struct cli *cli)
{
	const char *path = cli_word(cli, 0);
	struct import import = { .file_name = path,
		.dates = option(cli, "dates"),
		.zone = option(cli, "zone"),
		.person = option(cli, "person") };
	int64_t n = 0, bad;

	if (!path ||
	    !(text_is(import.dates, "") || text_is(import.dates, "auto") ||
		text_is(import.dates, "mdy") || text_is(import.dates, "dmy") ||
		text_is(import.dates, "excel1900") || text_is(import.dates, "excel1904")))
		return 2;
	if (!cli_file(cli, path, &import.content) || !read_file(cli, &import))
		return 1;
	if (db_transact(cli->db, keep, NULL, &import) != OK ||
	    (bad = print_preview(cli, &import, &n)) < 0) {
		(void)fprintf(stderr, "The database cannot be used. Nothing was imported.\n");
		return 1;
	}
	return take_or_not(cli, &import, n, bad);
}
