/*
 * import_command.c: `bin/feedback import FILE.lss`: what the import page does, at once and on
 * paper: the report, then the survey. A file that is refused changes nothing (exit code 1), and
 * one whose questions are here already adds nothing (0).
 */
#include <stdio.h>
#include <string.h>

#include "data/audit.h"
#include "feedback/feedback.h"
#include "feedback/survey_store.h"
#include "web/app.h"

struct importing {
	const struct lss_report *report;
	const char *file_name, *title, *purpose;
	struct survey_made made;
};

static enum status
store(struct db *db, void *arg)
{
	struct importing *importing = arg;
	int64_t file = survey_file_add(
	    db, importing->report, importing->file_name, importing->title, 0, id_new());
	enum status status =
	    survey_make(db, file, 0, importing->title, importing->purpose, 0, &importing->made);

	if (status != OK)
		return status;
	audit_add(db, &(struct audit){ .action = "survey.imported",
			  .object = text_printf(db_arena(db), "survey:%lld",
			      (long long)importing->made.survey) });
	return OK;
}

static void
print_report(struct cli *cli, const struct lss_report *report, const char *title)
{
	static const struct {
		const char *verdict, *shown;
	} verdicts[] = {
		{ "kept", "kept" },
		{ "changed", "changed" },
		{ "not_kept", "NOT KEPT" },
	};

	(void)printf(
	    "%s. Questions kept: %zu, not kept: %zu.\n", title, report->kept, report->not_kept);
	for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++)
		for (size_t i = 0; i < report->n; i++) {
			const struct lss_item *item = &report->items[i];
			if (text_is(item->verdict, verdicts[v].verdict))
				(void)printf("  %-8s  %-12s  %s\n", verdicts[v].shown,
				    *item->item ? item->item : "(survey)",
				    lss_sentence(cli->arena, "en", item));
		}
}

static int
store_and_tell(struct cli *cli, struct importing *importing)
{
	const char *known = survey_of_document(cli->db, importing->report->document);
	enum status status = db_status(cli->db);

	if (known) {
		(void)printf(
		    "These questions are here already, as \"%s\". Nothing was added.\n", known);
		return 0;
	}
	if (status == OK)
		status = db_transact(cli->db, store, NULL, importing);
	if (status != OK) {
		(void)fprintf(stderr,
		    "The survey could not be stored (%s). Nothing was added.\n",
		    status_name(status));
		return 1;
	}
	(void)printf("Survey %s is ready: /feedback/staff/surveys/%s\n", importing->title,
	    id_text(cli->arena, importing->made.public_id));
	return 0;
}

int
import_run(struct cli *cli)
{
	const char *path = cli_word(cli, 0), *why = "", *slash;
	const char *title = cli_option(cli, "title"), *purpose = cli_option(cli, "purpose");
	struct records records = { 0 };
	struct lss_report report;
	struct bytes file;
	enum status status;

	if (!path || cli_word(cli, 1) || (title && !*title) || (purpose && !*purpose))
		return 2;
	if (!cli_file(cli, path, &file))
		return 1;
	status =
	    helper_parse_once(cli->arena, cli->app->parsers, "lss", file, "", &records, &why);
	status = lss_report_read(cli->arena, status, &records, why, &report);
	if (status == E_INPUT) {
		(void)fprintf(stderr, "%s: %s Nothing was imported.\n", path,
		    lss_refusal(cli->arena, "en", &report));
		return 1;
	}
	if (status != OK) {
		(void)fprintf(stderr, "%s could not be read now (%s). Nothing was imported.\n",
		    path, status_name(status));
		return 1;
	}
	slash = strrchr(path, '/');
	struct importing importing = {
		.report = &report,
		.file_name = slash ? slash + 1 : path,
		.title = title ? text_cut(cli->arena, title, 200)
			       : lss_title(cli->arena, report.q, path),
		.purpose = purpose ? text_cut(cli->arena, purpose, 1000) : "",
	};
	print_report(cli, &report, importing.title);
	return store_and_tell(cli, &importing);
}
