/*
 * schema.c: the command "schema": brings every database to what stands under CONFIG_SQL.
 *
 * Order: tables and procedures of every database, then all views, then the views of core that
 * unite what the plugins publish, then all grants; so a later one may name what an earlier one
 * made, wherever it lies. What was applied is recorded with a checksum per file in
 * keptword_core.schema_file. Nothing changed: nothing to do. Else schema_judge.c decides: steps
 * bring an older system up, views and grants are applied again; where no step covers a change,
 * a demo is thrown away and made anew, anything else is left as it is, with a sentence.
 *
 * Runs as the migration account, which start.sh passes in the environment. DDL cannot be
 * prepared with values, so names of databases are put into it here; they come from folder names
 * of a-z, 0-9 and _ and from the server's own catalogue of such names.
 */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/text.h"
#include "data/audit_head.h"
#include "data/crypto.h"
#include "portal/portal.h"
#include "portal/schema.h"

/* Tables of one file may refer to those of another in any order. */
static const char UNCHECKED[] = "SET foreign_key_checks = 0";

static const char BOOTSTRAP[] =
    "CREATE DATABASE IF NOT EXISTS keptword_core;\n"
    "CREATE TABLE IF NOT EXISTS keptword_core.schema_file (\n"
    "  path VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,\n"
    "  sum BINARY(32) NOT NULL,\n"
    "  applied_at DATETIME(6) NOT NULL,\n"
    "  PRIMARY KEY (path)\n"
    ") ENGINE=InnoDB COMMENT='subject: none; purpose: what schema was applied; retention: "
    "always';\n";

static const struct stmt RECORDED = { "SELECT path, sum FROM keptword_core.schema_file" };
static const struct stmt RECORD = {
	"INSERT INTO keptword_core.schema_file (path, sum, applied_at) VALUES (?, ?, ?)"
};
static const struct stmt FORGET = {
	"DELETE FROM keptword_core.schema_file WHERE path NOT LIKE '(demo%'"
};
static const struct stmt DATABASES = { "SELECT schema_name FROM information_schema.schemata"
				       " WHERE schema_name LIKE 'keptword\\_%'" };
static const struct stmt ACCOUNTS = { "SELECT user FROM mysql.user"
				      " WHERE user LIKE 'keptword\\_%' AND user <> "
				      "'keptword_migration' AND host = 'localhost'" };
static const struct stmt TABLES_OF_CORE = {
	"SELECT COUNT(*) FROM information_schema.tables"
	" WHERE table_schema = 'keptword_core' AND table_name = 'person'"
};
static const struct stmt PEOPLE = { "SELECT COUNT(*) FROM keptword_core.person" };
static const struct stmt PUBLISHERS = {
	/* What core itself adds is its view own_<name>. */
	"SELECT CONCAT(table_schema, '.', table_name), SUBSTRING(table_schema, 10)"
	" FROM information_schema.views"
	" WHERE (table_name = ? AND table_schema LIKE 'keptword\\_%'"
	"  AND table_schema <> 'keptword_core')"
	" OR (table_name = CONCAT('own_', ?) AND table_schema = 'keptword_core')"
	" ORDER BY table_schema"
};

/* What each plugin may publish, with the columns that it has to have, and what stands in core
 * when nobody does. Anonymous things are in none of them. */
static const struct published {
	const char *name, *columns, *nothing;
	bool source; /* a column `source` in front: whose row it is, "payments" */
} PUBLISHED[] = {
	{ "waiting", "person_id, role_bit, code, n, who, url, due_at",
	    "CAST(0 AS SIGNED) AS person_id, CAST(0 AS SIGNED) AS role_bit, '' AS code, 0 AS n,"
	    " '' AS who, '' AS url, CAST(NULL AS DATETIME(6)) AS due_at",
	    false },
	{ "changed", "person_id, code, n, who, url, at",
	    "CAST(0 AS SIGNED) AS person_id, '' AS code, 0 AS n, '' AS who, '' AS url,"
	    " CAST(NULL AS DATETIME(6)) AS at",
	    false },
	{ "search",
	    "person_id, roles, not_for, code, word, title, extra, first_day, last_day, minor,"
	    " currency, url, at",
	    "CAST(0 AS SIGNED) AS person_id, CAST(0 AS SIGNED) AS roles,"
	    " CAST(0 AS SIGNED) AS not_for, '' AS code, '' AS word, '' AS title, '' AS extra,"
	    " CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day,"
	    " CAST(0 AS SIGNED) AS minor, '' AS currency, '' AS url,"
	    " CAST(NULL AS DATETIME(6)) AS at",
	    false },
	{ "working",
	    "person_id, code, first_day, last_day, state, done, total, url, created_at,"
	    " begun_at, finished_at",
	    "CAST(0 AS SIGNED) AS person_id, '' AS code, CAST(NULL AS DATE) AS first_day,"
	    " CAST(NULL AS DATE) AS last_day, '' AS state, 0 AS done, 0 AS total, '' AS url,"
	    " CAST(NULL AS DATETIME(6)) AS created_at, CAST(NULL AS DATETIME(6)) AS begun_at,"
	    " CAST(NULL AS DATETIME(6)) AS finished_at",
	    false },
	{ "api_scope", "scope, roles", "'' AS scope, CAST(0 AS SIGNED) AS roles", false },
	{ "subject_rows", "person_id, thing, detail, at",
	    "CAST(0 AS SIGNED) AS person_id, '' AS thing, '' AS detail,"
	    " CAST(NULL AS DATETIME(6)) AS at",
	    false },
	{ "outbox_public",
	    "id, kind, topic, person_id, path, detail, created_at, not_before, expires_at",
	    "CAST(0 AS SIGNED) AS id, '' AS kind, '' AS topic, CAST(0 AS SIGNED) AS person_id,"
	    " '' AS path, '' AS detail, CAST(NULL AS DATETIME(6)) AS created_at,"
	    " CAST(NULL AS DATETIME(6)) AS not_before, CAST(NULL AS DATETIME(6)) AS expires_at",
	    true },
};

void
schema_kind_sum(bool demo, unsigned char out[SHA256_BYTES])
{
	crypto_sha256(bytes_of(demo ? "demo" : "real"), out);
}

/* ---- What stands ---- */

static bool
standing_read(struct schema *schema, struct schema_standing *ret)
{
	struct rows *rows = db_read(schema->db, &RECORDED);

	*ret = (struct schema_standing){ 0 };
	while (rows_next(rows))
		schema_compare(schema, rows_text(rows, 0), rows_bytes(rows, 1), ret);
	schema_judge(schema, ret);
	return db_status(schema->db) == OK;
}

bool
schema_stands(struct schema *schema, const char **ret_changed)
{
	struct schema_standing standing;
	bool read = standing_read(schema, &standing);

	db_recover(schema->db); /* without a schema there is nothing to read */
	*ret_changed = standing.refused   ? standing.refused
		       : standing.changed ? standing.changed
		       : standing.gone    ? standing.gone
					  : standing.repeat;
	for (size_t i = 0; !*ret_changed && i < schema->n; i++)
		if (schema->files[i].kind == SCHEMA_STEPS && !schema->files[i].done)
			*ret_changed = schema->files[i].path;
	return read && standing.anything;
}

/* ---- A system made anew ---- */

/* Throws every database of ours away, and every right of our accounts. */
static bool
drop_all(struct schema *schema)
{
	struct buf script = buf_new(schema->cli->arena);
	struct rows *rows = db_read(schema->db, &DATABASES);

	while (rows_next(rows))
		buf_printf(&script, "DROP DATABASE %s;\n", rows_text(rows, 0));
	rows = db_read(schema->db, &ACCOUNTS);
	while (rows_next(rows))
		buf_printf(&script,
		    "REVOKE ALL PRIVILEGES, GRANT OPTION FROM '%s'@'localhost';\n",
		    rows_text(rows, 0));
	return db_status(schema->db) == OK &&
	       schema_script(schema, "Taking away what stood", NULL, script.p) &&
	       schema_script(schema, "Making the database core", NULL, BOOTSTRAP);
}

static bool
create_databases(struct schema *schema)
{
	struct buf script = buf_new(schema->cli->arena);

	for (size_t i = 0; i < schema->n_databases; i++)
		buf_printf(&script,
		    "CREATE DATABASE IF NOT EXISTS %s CHARACTER SET utf8mb4 COLLATE "
		    "utf8mb4_unicode_520_ci;\n",
		    schema->databases[i]);
	buf_text(&script, "ALTER DATABASE keptword_core CHARACTER SET utf8mb4 COLLATE "
			  "utf8mb4_unicode_520_ci;\n");
	return schema_script(schema, "Making the databases", NULL, script.p);
}

/* One view of core over all databases that publish one of this name. */
static bool
unite(struct schema *schema, const struct published *published)
{
	struct buf script = buf_new(schema->cli->arena);
	struct rows *rows =
	    db_read(schema->db, &PUBLISHERS, v_text(published->name), v_text(published->name));
	const char *between = "";

	buf_text(&script, "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;\n");
	buf_printf(&script,
	    "CREATE OR REPLACE DEFINER='keptword_definer'@'localhost' SQL SECURITY DEFINER "
	    "VIEW %s "
	    "AS ",
	    published->name);
	while (rows_next(rows)) {
		buf_printf(&script, "%sSELECT ", between);
		if (published->source)
			buf_printf(&script, "'%s' AS source, ", rows_text(rows, 1));
		buf_printf(&script, "%s FROM %s", published->columns, rows_text(rows, 0));
		between = " UNION ALL ";
	}
	if (rows_count(rows) == 0)
		buf_printf(&script, "SELECT %s%s FROM DUAL WHERE FALSE",
		    published->source ? "'' AS source, " : "", published->nothing);
	buf_text(&script, ";\n");
	return db_status(schema->db) == OK && schema_script(schema,
						  text_printf(schema->cli->arena,
						      "The view %s of core (each database that "
						      "publishes one needs the columns %s)",
						      published->name, published->columns),
						  "keptword_core", script.p);
}

static bool
unite_all(struct schema *schema)
{
	for (size_t i = 0; i < sizeof PUBLISHED / sizeof *PUBLISHED; i++)
		if (!unite(schema, &PUBLISHED[i]))
			return false;
	return true;
}

/* What stands is now what the files say. Rows that begin with "(" are marks of others. */
static enum status
record(struct db *db, void *arg)
{
	const struct schema *schema = arg;
	unsigned char kind[SHA256_BYTES];
	instant now = time_now();

	db_write(db, &FORGET);
	for (size_t i = 0; i < schema->n; i++)
		db_write(db, &RECORD, v_text(schema->files[i].path),
		    v_bytes(schema->files[i].sum, SHA256_BYTES), v_instant(now));
	schema_kind_sum(schema->demo, kind);
	db_write(
	    db, &RECORD, v_text(SCHEMA_KIND_ROW), v_bytes(kind, sizeof kind), v_instant(now));
	return OK;
}

static void
undone(struct schema *schema)
{
	for (size_t i = 0; i < schema->n; i++)
		schema->files[i].done = false;
}

/* Views, then what unites them, then rights: each replaces what stands. */
static bool
apply_rest(struct schema *schema)
{
	static const char PLAIN[] = "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci";

	return schema_run_kind(schema, SCHEMA_VIEWS, PLAIN) && unite_all(schema) &&
	       schema_run_kind(schema, SCHEMA_GRANTS, PLAIN) &&
	       db_transact(schema->db, record, NULL, schema) == OK;
}

static bool
apply(struct schema *schema)
{
	undone(schema);
	return create_databases(schema) && schema_run_kind(schema, SCHEMA_TABLES, UNCHECKED) &&
	       apply_rest(schema);
}

/* ---- An older system ---- */

/* Each step is recorded as soon as it is done, so after a failure the next run goes on with the
 * one that failed: DDL is not undone, therefore a step can be run twice (IF NOT EXISTS ...). */
static bool
step_run(struct schema *schema, struct schema_file *file)
{
	const char *reason = "";

	(void)printf("%s\n", file->path);
	(void)fflush(stdout);
	if (!schema_file_run(schema, file, "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci",
		"SET @done = 1", &reason)) {
		(void)fprintf(stderr,
		    "%s: %s\nThe steps before it stand. When the cause is gone, the same "
		    "command "
		    "goes on here.\n",
		    file->path, reason);
		return false;
	}
	return db_write(schema->db, &RECORD, v_text(file->path),
		   v_bytes(file->sum, SHA256_BYTES), v_instant(time_now())) == 1;
}

/* The databases of plugins that are new here, from their table files. */
static bool
add_databases(struct schema *schema)
{
	bool known[SCHEMA_FILES_MAX];

	for (size_t i = 0; i < schema->n; i++)
		known[i] = schema_knows(schema, schema->files[i].database);
	for (size_t i = 0; i < schema->n; i++)
		if (schema->files[i].kind == SCHEMA_TABLES || !known[i])
			schema->files[i].done =
			    known[i] || schema->files[i].kind == SCHEMA_STEPS;
	return create_databases(schema) && schema_run_kind(schema, SCHEMA_TABLES, UNCHECKED);
}

static bool
bring_up(struct schema *schema)
{
	if (!add_databases(schema))
		return false;
	for (size_t i = 0; i < schema->n; i++) {
		struct schema_file *file = &schema->files[i];
		if (file->kind == SCHEMA_STEPS && !file->done && !schema_is_base(file->path) &&
		    !step_run(schema, file))
			return false;
	}
	undone(schema);
	return apply_rest(schema);
}

/* An unfinished first start may be done again; people are never thrown away. */
static bool
may_begin(struct schema *schema)
{
	if (schema->demo || db_int(schema->db, &TABLES_OF_CORE, 0) == 0 ||
	    db_int(schema->db, &PEOPLE, 0) == 0)
		return db_status(schema->db) == OK;
	(void)fprintf(stderr, "The database holds people but no record of its schema. Nothing "
			      "was changed; restore "
			      "keptword_core.schema_file from a backup.\n");
	return false;
}

/* Says why nothing may be done; false when something may. */
static bool
refused(const struct schema *schema, const struct schema_standing *standing)
{
	if (standing->anything && standing->other_kind) {
		(void)fprintf(stderr,
		    schema->demo
			? "This system is not a demo, and DEMO=1 would make it one. "
			  "Nothing was changed; start with DEMO=0, or with another RUN.\n"
			: "This system is a demo. Nothing was changed; start with DEMO=1, "
			  "or with another RUN for an empty system.\n");
		return true;
	}
	if (!standing->refused)
		return false;
	(void)fprintf(stderr,
	    "The schema file %s %s. Nothing was changed; run the version that fits the data.\n",
	    standing->refused, standing->why);
	return true;
}

/* schema --check: what would be done. 0: nothing, 3: something. */
static int
tell(const struct schema *schema, const struct schema_standing *standing)
{
	if (!standing->anything)
		(void)printf("No schema was applied yet.\n");
	for (size_t i = 0; standing->anything && i < schema->n; i++)
		if (schema->files[i].kind == SCHEMA_STEPS && !schema->files[i].done)
			(void)printf("To be applied: %s\n", schema->files[i].path);
	if (standing->changed)
		(void)printf(
		    "%s has changed: the demo would be made anew.\n", standing->changed);
	else if (standing->repeat)
		(void)printf(
		    "Views and grants would be applied again (%s).\n", standing->repeat);
	if (!standing->anything || standing->steps || standing->changed || standing->repeat)
		return 3;
	(void)printf("The schema is what this version needs.\n");
	return 0;
}

int
schema_run(struct cli *cli)
{
	struct schema *schema = arena_new_of(cli->arena, struct schema);
	struct schema_standing standing;

	if (!schema_read(cli, schema) ||
	    !schema_script(schema, "Making the database core", NULL, BOOTSTRAP) ||
	    !schema_open(schema) || !standing_read(schema, &standing) ||
	    refused(schema, &standing))
		return 1;
	if (cli_option(cli, "check"))
		return tell(schema, &standing);
	if (!standing.anything) {
		if (!may_begin(schema))
			return 1;
	} else if (standing.changed) {
		(void)printf("%s has changed: the demo is made anew.\n", standing.changed);
	} else {
		if (!standing.steps && !standing.repeat)
			return 0;
		if (!bring_up(schema))
			return 1;
		(void)printf("The schema was brought up: %zu step(s), views and grants.\n",
		    standing.steps);
		return 0;
	}
	if (!audit_heads_set_aside(config_text(CONFIG_AUDIT_HEADS)))
		(void)fprintf(stderr, "The signed heads in %s could not be put aside (%m).\n",
		    config_text(CONFIG_AUDIT_HEADS));
	return drop_all(schema) && apply(schema) ? 0 : 1;
}
