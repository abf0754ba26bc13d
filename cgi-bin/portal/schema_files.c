/*
 * schema_files.c: finds and reads the files under CONFIG_SQL, and runs them. Used by schema.c
 * and demo.c. A folder is a database (core: keptword_core); common/ is run for each of them. At
 * most SCHEMA_FOLDERS_MAX folders and SCHEMA_FILES_MAX files.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "data/crypto.h"
#include "portal/schema.h"

#define PREFIX "keptword_"
#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

static bool
ends(const char *text, const char *with)
{
	size_t n = strlen(text), k = strlen(with);

	return n >= k && text_is(text + n - k, with);
}

static int
visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* The names in a folder in byte order, in the arena. Says what is wrong; -1 then. */
static int
names_of(struct cli *cli, const char *folder, const char ***ret)
{
	struct dirent **entries = NULL;
	int n = scandir(folder, &entries, visible, alphasort);

	if (n < 0) {
		(void)fprintf(stderr, "%s cannot be read: %m.\n", folder);
		return -1;
	}
	*ret = arena_array_of(cli->arena, const char *, (size_t)n);
	for (int i = 0; i < n; i++) {
		(*ret)[i] = text_copy(cli->arena, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return n;
}

static enum schema_kind
kind_of(const char *name)
{
	if (text_is(name, "views.sql"))
		return SCHEMA_VIEWS;
	if (text_is(name, "grants.sql"))
		return SCHEMA_GRANTS;
	return text_starts(name, "demo") ? SCHEMA_DEMO : SCHEMA_TABLES;
}

static bool
file_add(struct schema *schema, const char *folder, const char *name, const char *database)
{
	struct cli *cli = schema->cli;
	struct bytes text;

	if (schema->n == SCHEMA_FILES_MAX) {
		(void)fprintf(
		    stderr, "There are more than %d schema files.\n", SCHEMA_FILES_MAX);
		return false;
	}
	if (!cli_file(cli,
		text_printf(cli->arena, "%s/%s/%s", config_text(CONFIG_SQL), folder, name),
		&text))
		return false;
	struct schema_file *file = &schema->files[schema->n++];
	*file = (struct schema_file){
		.path = text_printf(cli->arena, "%s/%s for %s", folder, name, database),
		.database = database,
		.kind = strstr(folder, "/steps") ? SCHEMA_STEPS : kind_of(name),
		.text = (const char *)text.p,
	};
	crypto_sha256(text, file->sum);
	return true;
}

/* steps/ of a folder, where there is one. A name begins with its number: 0001-what-it-does.sql.
 */
static bool
steps_add(struct schema *schema, const char *folder, const char *database)
{
	struct arena *arena = schema->cli->arena;
	const char *below = text_printf(arena, "%s/steps", folder);
	const char *path = text_printf(arena, "%s/%s", config_text(CONFIG_SQL), below);
	const char **names = NULL;

	if (access(path, F_OK) != 0)
		return true;
	int n = names_of(schema->cli, path, &names);
	for (int i = 0; i < n; i++) {
		if (strspn(names[i], "0123456789") != 4 || names[i][4] != '-' ||
		    !ends(names[i], ".sql")) {
			(void)fprintf(stderr,
			    "%s/%s cannot be a step; their names are like "
			    "0001-what-it-does.sql.\n",
			    path, names[i]);
			return false;
		}
		if (!file_add(schema, below, names[i], database))
			return false;
	}
	return n >= 0;
}

/* The files of a folder for one database; of a demo's files only in a demo. */
static bool
folder_add(struct schema *schema, const char *folder, const char *database)
{
	const char *path =
	    text_printf(schema->cli->arena, "%s/%s", config_text(CONFIG_SQL), folder);
	const char **names = NULL;
	int n = names_of(schema->cli, path, &names);

	for (int i = 0; i < n; i++) {
		if (!ends(names[i], ".sql"))
			continue;
		/* The shell that starts us makes the accounts; generate.sql is for
		 * measurements. */
		if (text_is(names[i], "accounts.sql") || text_is(names[i], "generate.sql") ||
		    (kind_of(names[i]) == SCHEMA_DEMO && !schema->demo))
			continue;
		if (!file_add(schema, folder, names[i], database))
			return false;
	}
	return n >= 0 && steps_add(schema, folder, database);
}

/* Finds the folders that are databases, core first. */
static bool
databases_find(struct schema *schema, const char **names, int n)
{
	struct arena *arena = schema->cli->arena;

	schema->databases[schema->n_databases++] = PREFIX "core";
	for (int i = 0; i < n; i++) {
		if (text_is(names[i], "core") || text_is(names[i], "common"))
			continue;
		if (names[i][strspn(names[i], NAME_LETTERS)] != '\0' ||
		    schema->n_databases == SCHEMA_FOLDERS_MAX) {
			(void)fprintf(stderr,
			    "The folder %s/%s cannot be a database: at most %d, named with "
			    "a-z, 0-9 and _.\n",
			    config_text(CONFIG_SQL), names[i], SCHEMA_FOLDERS_MAX);
			return false;
		}
		schema->databases[schema->n_databases++] =
		    text_printf(arena, PREFIX "%s", names[i]);
	}
	return true;
}

bool
schema_read(struct cli *cli, struct schema *ret)
{
	const char **names = NULL;
	int n;

	*ret = (struct schema){ .cli = cli, .demo = config_on(CONFIG_DEMO) };
	n = names_of(cli, config_text(CONFIG_SQL), &names);
	if (n < 0 || !databases_find(ret, names, n))
		return false;
	for (size_t i = 0; i < ret->n_databases; i++) {
		const char *database = ret->databases[i];
		if (!folder_add(ret, "common", database) ||
		    !folder_add(ret, database + strlen(PREFIX), database))
			return false;
	}
	return true;
}

bool
schema_script(struct schema *schema, const char *what, const char *database, const char *script)
{
	const struct db_account account = {
		.socket = config_text(CONFIG_DB_SOCKET),
		.user = config_text(CONFIG_DB_USER),
		.password_file = config_text(CONFIG_DB_PASSWORD),
		.database = database,
	};
	const char *reason = "";

	if (db_script(&account, script, schema->cli->arena, &reason) == OK)
		return true;
	(void)fprintf(stderr, "%s: %s\n", what, reason);
	return false;
}

bool
schema_file_run(struct schema *schema, const struct schema_file *file, const char *before,
    const char *after, const char **ret_reason)
{
	const struct db_account account = {
		.socket = config_text(CONFIG_DB_SOCKET),
		.user = config_text(CONFIG_DB_USER),
		.password_file = config_text(CONFIG_DB_PASSWORD),
		.database = file->database,
	};
	/* A file with bodies of procedures parts its statements by lines of their own. */
	const char *mark = strstr(file->text, "\n--end\n") ? "\n--end\n" : ";\n";
	const char *script = text_printf(
	    schema->cli->arena, "%s%s%s\n%s%s", before, mark, file->text, after, mark);

	return db_script(&account, script, schema->cli->arena, ret_reason) == OK;
}

bool
schema_run_kind(struct schema *schema, enum schema_kind kind, const char *before)
{
	const char *reason = "", *failed = NULL;
	bool progress = true;

	while (progress) {
		progress = false;
		failed = NULL;
		for (size_t i = 0; i < schema->n; i++) {
			struct schema_file *file = &schema->files[i];
			if (file->kind != kind || file->done)
				continue;
			const char *why = "";
			file->done =
			    schema_file_run(schema, file, before, "SET @done = 1", &why);
			progress = progress || file->done;
			if (!file->done && !failed) {
				failed = file->path;
				reason = why;
			}
		}
		if (!failed)
			return true;
	}
	(void)fprintf(stderr, "%s: %s\n", failed, reason);
	return false;
}

bool
schema_open(struct schema *schema)
{
	if (db_start() != OK) {
		(void)fprintf(
		    stderr, "There is not enough memory for the database's connections.\n");
		return false;
	}
	schema->db = db_lease(schema->cli->arena, DB_JOB);
	if (db_status(schema->db) != OK) {
		(void)fprintf(
		    stderr, "The database cannot be reached (%u).\n", db_error(schema->db));
		return false;
	}
	return true;
}
