/*
 * schema.c: the command "schema": brings every database to what stands under CONFIG_SQL.
 *
 * Order: tables and procedures of every database, then all views, then the views of core that
 * unite what the plugins publish, then all grants; so a later one may name what an earlier one
 * made, wherever it lies. What was applied is recorded with a checksum per file in
 * keptword_core.schema_file. Nothing changed: nothing to do. Something changed: a demo is
 * thrown away and made anew; anything else is left as it is, with a sentence (numbered steps
 * come later).
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

#define KIND "(kind)" /* the row that tells a demo from a real system */

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

static void
kind_sum(bool demo, unsigned char out[SHA256_BYTES])
{
	crypto_sha256(bytes_of(demo ? "demo" : "real"), out);
}

/* ---- What stands ---- */

struct standing {
	bool anything;       /* something was applied once */
	bool other_kind;     /* a demo where a real system is asked for, or the reverse */
	const char *changed; /* a file that differs, is new or is gone; NULL for none */
};

static bool
same(struct bytes sum, const unsigned char *other)
{
	return sum.n == SHA256_BYTES && memcmp(sum.p, other, SHA256_BYTES) == 0;
}

/* Compares one recorded row; the file found is marked as done. */
static void
compare(struct schema *schema, struct rows *rows, struct standing *standing)
{
	const char *path = rows_text(rows, 0);
	unsigned char kind[SHA256_BYTES];

	standing->anything = true;
	if (text_is(path, KIND)) {
		kind_sum(schema->demo, kind);
		standing->other_kind = !same(rows_bytes(rows, 1), kind);
		return;
	}
	if (path[0] == '(')
		return; /* a mark of another command */
	for (size_t i = 0; i < schema->n; i++) {
		struct schema_file *file = &schema->files[i];
		if (!text_is(file->path, path))
			continue;
		file->done = true;
		if (!same(rows_bytes(rows, 1), file->sum))
			standing->changed = file->path;
		return;
	}
	standing->changed = path;
}

static bool
standing_read(struct schema *schema, struct standing *ret)
{
	struct rows *rows = db_read(schema->db, &RECORDED);

	*ret = (struct standing){ 0 };
	while (rows_next(rows))
		compare(schema, rows, ret);
	for (size_t i = 0; i < schema->n; i++) {
		if (!schema->files[i].done && ret->anything && !ret->changed)
			ret->changed = schema->files[i].path;
		schema->files[i].done = false;
	}
	return db_status(schema->db) == OK;
}

bool
schema_stands(struct schema *schema, const char **ret_changed)
{
	struct standing standing;
	bool read = standing_read(schema, &standing);

	db_recover(schema->db); /* without a schema there is nothing to read */
	*ret_changed = standing.changed;
	return read && standing.anything;
}

/* ---- Steps ---- */

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

static enum status
record(struct db *db, void *arg)
{
	const struct schema *schema = arg;
	unsigned char kind[SHA256_BYTES];
	instant now = time_now();

	for (size_t i = 0; i < schema->n; i++)
		db_write(db, &RECORD, v_text(schema->files[i].path),
		    v_bytes(schema->files[i].sum, SHA256_BYTES), v_instant(now));
	kind_sum(schema->demo, kind);
	db_write(db, &RECORD, v_text(KIND), v_bytes(kind, sizeof kind), v_instant(now));
	return OK;
}

static bool
apply(struct schema *schema)
{
	/* Tables of one file may refer to those of another in any order. */
	static const char UNCHECKED[] = "SET foreign_key_checks = 0";
	static const char PLAIN[] = "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci";

	return create_databases(schema) && schema_run_kind(schema, SCHEMA_TABLES, UNCHECKED) &&
	       schema_run_kind(schema, SCHEMA_VIEWS, PLAIN) && unite_all(schema) &&
	       schema_run_kind(schema, SCHEMA_GRANTS, PLAIN) &&
	       db_transact(schema->db, record, NULL, schema) == OK;
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

int
schema_run(struct cli *cli)
{
	struct schema *schema = arena_new_of(cli->arena, struct schema);
	struct standing standing;

	if (!schema_read(cli, schema) ||
	    !schema_script(schema, "Making the database core", NULL, BOOTSTRAP) ||
	    !schema_open(schema) || !standing_read(schema, &standing))
		return 1;
	if (standing.anything && standing.other_kind) {
		(void)fprintf(stderr,
		    schema->demo
			? "This system is not a demo, and DEMO=1 would make it one. "
			  "Nothing was changed; start with DEMO=0, or with another RUN.\n"
			: "This system is a demo. Nothing was changed; start with DEMO=1, "
			  "or with another RUN for an empty system.\n");
		return 1;
	}
	if (standing.anything && !standing.changed)
		return 0;
	if (standing.anything && !schema->demo) {
		(void)fprintf(stderr,
		    "The schema file %s is not what this system was made with. Nothing was "
		    "changed; run the version that fits the data.\n",
		    standing.changed);
		return 1;
	}
	if (standing.anything)
		(void)printf("%s has changed: the demo is made anew.\n", standing.changed);
	else if (!may_begin(schema))
		return 1;
	if (!audit_heads_set_aside(config_text(CONFIG_AUDIT_HEADS)))
		(void)fprintf(stderr, "The signed heads in %s could not be put aside (%m).\n",
		    config_text(CONFIG_AUDIT_HEADS));
	return drop_all(schema) && apply(schema) ? 0 : 1;
}
