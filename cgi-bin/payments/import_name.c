/*
 * import_name.c: what names in files mean when they are not our own: said once, by page or by
 * command, and kept until said otherwise. For finance.
 */
#include <stdio.h>

#include "base/text.h"
#include "data/audit.h"
#include "payments/import.h"
#include "web/page.h"

enum {
	NAME,
	TARGET
};

static const struct stmt PROJECTS = {
	"SELECT id, name FROM keptword_core.project WHERE state <> 'ended' ORDER BY name"
};
static const struct stmt NAMES = {
	"SELECT n.what, n.name, COALESCE(c.legal_name, j.name, '') FROM import_name n"
	" LEFT JOIN keptword_core.person_contact c ON n.what = 'person' AND c.id = n.target_id"
	" LEFT JOIN keptword_core.project j ON n.what = 'project' AND j.id = n.target_id"
	" ORDER BY n.what, n.name LIMIT 500"
};
static const struct stmt PERSON_OF = {
	"SELECT id FROM keptword_core.person_contact WHERE email_key = LOWER(?)"
};
static const struct stmt PROJECT_OF = { "SELECT id FROM keptword_core.project WHERE name = ?" };
static const struct stmt NAME_SET = {
	"INSERT INTO import_name (what, name, target_id, set_by) VALUES (?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE target_id = VALUES(target_id), set_by = VALUES(set_by),"
	" version = version + 1"
};

static const struct choice *
project_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct rows *rows = db_read(request_db(req), &PROJECTS);
	struct choice *choices = arena_array_of(arena, struct choice, rows_count(rows) + 1);

	for (size_t n = 0; rows_next(rows); n++)
		choices[n] =
		    (struct choice){ text_printf(arena, "%lld", (long long)rows_int(rows, 0)),
			    rows_text(rows, 1) };
	return choices;
}

static const struct field PERSON_FIELDS[] = {
	[NAME] = { "name", FIELD_TEXT, .max = 254 },
	[TARGET] = { "email", FIELD_EMAIL },
	{ 0 },
};
const struct form IMPORT_PERSON_FORM = { "import_person", PERSON_FIELDS, import_names, false };
static const struct field PROJECT_FIELDS[] = {
	[NAME] = { "name", FIELD_TEXT, .max = 254 },
	[TARGET] = { "project", FIELD_SELECT, .choices_of = project_choices },
	{ 0 },
};
const struct form IMPORT_PROJECT_FORM = { "import_project", PROJECT_FIELDS, import_names,
	false };

/* GET /payments/staff/import/names */
enum status
import_names(struct request *req)
{
	struct page *page = page_open(req, TPL_PAYMENTS_IMPORT_NAMES);
	struct rows *rows = db_read(request_db(req), &NAMES);

	page_form(page, MARK_PERSON_FORM, &IMPORT_PERSON_FORM);
	page_form(page, MARK_PROJECT_FORM, &IMPORT_PROJECT_FORM);
	if (!rows_count(rows))
		page_show(page, MARK_NONE);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		page_text(line, MARK_NAME, rows_text(rows, 1));
		page_text(line, MARK_MEANS, rows_text(rows, 2));
		page_show(line,
		    text_is(rows_text(rows, 0), "person") ? MARK_IS_PERSON : MARK_IS_PROJECT);
	}
	return reply_page(req, 200, page);
}

static void
name_set(struct db *db, const char *what, const char *name, int64_t target,
    const struct audit *audit)
{
	db_write(db, &NAME_SET, v_text(what), v_text(name), v_int(target),
	    audit->actor ? v_int(audit->actor) : v_null());
	audit_add(db, audit);
}

static enum status
set(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const char *what = arg;
	int64_t target = 0;

	if (text_is(what, "person"))
		target = db_int(db, &PERSON_OF, 0, v_text(form_text(req, TARGET)));
	else if (!text_to_int(form_text(req, TARGET), &target))
		target = 0;
	if (db_status(db) == OK && !target) {
		form_error(req, TARGET, "unknown", NULL);
		return E_INPUT;
	}
	struct audit audit = { .actor = request_caller(req)->person,
		.action = "import_name.set",
		.object = text_printf(db_arena(db), "%s:%lld", what, (long long)target),
		.request = request_id(req) };
	name_set(db, what, form_text(req, NAME), target, &audit);
	receipt->location = "/payments/staff/import/names";
	return OK;
}

enum status
import_person_submit(struct request *req)
{
	return reply_submit(req, set, "person");
}

enum status
import_project_submit(struct request *req)
{
	return reply_submit(req, set, "project");
}

/* ---- Command ---- */

struct said {
	const char *what, *name;
	int64_t target;
};

static enum status
said_set(struct db *db, void *arg)
{
	const struct said *said = arg;
	struct audit audit = { .action = "import_name.set",
		.object =
		    text_printf(db_arena(db), "%s:%lld", said->what, (long long)said->target) };

	name_set(db, said->what, said->name, said->target, &audit);
	return db_status(db);
}

/* import-name person|project NAME TARGET */
int
import_name_run(struct cli *cli)
{
	struct said said = { cli_word(cli, 0), cli_word(cli, 1), 0 };
	const char *target = cli_word(cli, 2);

	if (!target || !(text_is(said.what, "person") || text_is(said.what, "project")))
		return 2;
	said.target = db_int(cli->db, text_is(said.what, "person") ? &PERSON_OF : &PROJECT_OF,
	    0, v_text(target));
	if (!said.target) {
		(void)fprintf(stderr, "There is no %s \"%s\".\n", said.what, target);
		return 1;
	}
	if (db_transact(cli->db, said_set, NULL, &said) != OK) {
		(void)fprintf(stderr, "The database did not keep it; nothing was changed.\n");
		return 1;
	}
	(void)printf("\"%s\" means %s from now on.\n", said.name, target);
	return 0;
}
