/*
 * people_import_command.c: `bin/portal import-people FILE`: the same preview and the same
 * applying as by page (people_import.c), on a terminal, where it is done at once and in this
 * process. Rows with errors are told and left out.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "portal/people_import.h"

static const struct stmt COUNTS = {
	"SELECT rows_read, rows_new, rows_changed, rows_same, rows_bad, rows_late, unused"
	" FROM people_import WHERE id = ?"
};

static void
print_fault(struct cli *cli, const struct table_fault *fault)
{
	intake_command_fault(
	    cli, &PEOPLE_INTAKE, fault->line, fault->header, fault->code, fault->text);
}

/* The file through a parser child; false after a message. */
static bool
read_file(struct cli *cli, struct people_import *import)
{
	struct records records;

	if (!intake_command_read(cli, &PEOPLE_INTAKE, people_parsers,
		&(struct intake_file){ import->file_name, import->content }, "", &records))
		return false;
	enum status status = people_file_read(cli->arena, &records, &import->file);
	const struct table_fault *refused = import->file.refused;
	if (status != OK)
		(void)fprintf(stderr, "%s: it could not be read (%s).\n", import->file_name,
		    status_name(status));
	if (status == OK && refused) {
		(void)fprintf(stderr, "%s: ", import->file_name);
		print_fault(cli, refused);
		(void)fprintf(stderr, "Nothing was imported.\n");
	}
	return status == OK && !refused;
}

static enum status
keep(struct db *db, void *arg)
{
	return people_import_keep(db, arg);
}

/* What it would change; the number of rows to apply, -1 when it could not be read. */
static int64_t
print_preview(struct cli *cli, const struct people_import *import)
{
	struct rows *rows = db_read(cli->db, &COUNTS, v_int(import->row));

	if (!rows_next(rows))
		return -1;
	(void)printf("%s: %lld rows: %lld new, %lld changed, %lld here already and unchanged, "
		     "%lld with errors\n",
	    import->file_name, (long long)rows_int(rows, 0), (long long)rows_int(rows, 1),
	    (long long)rows_int(rows, 2), (long long)rows_int(rows, 3),
	    (long long)rows_int(rows, 4));
	if (!text_empty(rows_text(rows, 6)))
		(void)printf("Columns that are not used: %s\n", rows_text(rows, 6));
	(void)fflush(stdout);
	for (size_t i = 0; i < import->file.n_faults; i++)
		print_fault(cli, &import->file.faults[i]);
	return rows_int(rows, 1) + rows_int(rows, 2);
}

static enum status
begin(struct db *db, void *arg)
{
	return people_import_begin(db, arg);
}

static enum status
abandon(struct db *db, void *arg)
{
	return people_import_abandon(db, arg);
}

struct applying {
	int64_t import, n;
};

static enum status
apply(struct db *db, void *arg)
{
	struct applying *applying = arg;

	return people_import_apply(db, applying->import, NULL, &applying->n);
}

static bool
apply_all(struct cli *cli, struct people_decision *decision, int64_t total)
{
	struct applying applying = { .import = decision->import, .n = 1 };
	struct cli_progress line = { 0 };
	int64_t done = 0;
	enum status status = db_transact(cli->db, begin, NULL, decision);

	while (status == OK && applying.n > 0) {
		cli_progress(&line, done, total, false);
		status = db_transact(cli->db, apply, NULL, &applying);
		done += status == OK ? applying.n : 0;
	}
	cli_progress(&line, done, total, true);
	if (status != OK)
		(void)fprintf(stderr,
		    "The database stopped it (%s): %lld of %lld rows are applied. Send the "
		    "same "
		    "file again, and the rest follows.\n",
		    status_name(status), (long long)done, (long long)total);
	return status == OK;
}

static int
apply_or_not(struct cli *cli, const struct people_import *import, int64_t total)
{
	struct people_decision decision = { .import = import->row,
		.invite = cli_option(cli, "invite") != NULL };
	bool dry = cli_option(cli, "dry-run") != NULL;

	if (dry || total == 0) {
		if (db_transact(cli->db, abandon, NULL, &decision) != OK)
			(void)fprintf(stderr, "The preview could not be taken away; it is "
					      "after 7 days.\n");
		(void)printf("%s\n", dry ? "A dry run: nothing was changed."
					 : "Nothing to apply: nothing was changed.");
	} else {
		if (!apply_all(cli, &decision, total))
			return 1;
		struct rows *rows = db_read(cli->db, &COUNTS, v_int(import->row));
		if (rows_next(rows) && rows_int(rows, 5) > 0)
			(void)printf("%lld rows were left alone: somebody changed these people "
				     "meanwhile. Send the file again.\n",
			    (long long)rows_int(rows, 5));
		(void)printf("Done.\n");
	}
	return import->file.n_faults ? 1 : 0;
}

/* import-people FILE [--dry-run] [--invite] */
int
import_people_run(struct cli *cli)
{
	const char *path = cli_word(cli, 0);
	const char *slash = path ? strrchr(path, '/') : NULL;
	struct people_import import = { .file_name = slash ? slash + 1 : path };
	int64_t total;

	if (!path)
		return 2;
	if (!cli_file(cli, path, &import.content) || !read_file(cli, &import))
		return 1;
	if (db_transact(cli->db, keep, NULL, &import) != OK ||
	    (total = print_preview(cli, &import)) < 0) {
		(void)fprintf(stderr, "The database cannot be used. Nothing was imported.\n");
		return 1;
	}
	return apply_or_not(cli, &import, total);
}
