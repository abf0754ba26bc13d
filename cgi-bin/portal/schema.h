/*
 * schema.h: what the commands schema and demo share: the files under CONFIG_SQL, the scripts
 * that they run as the migration account, and the record of what was applied.
 */
#ifndef PORTAL_SCHEMA_H
#define PORTAL_SCHEMA_H

#include "web/app.h"

#define SCHEMA_FOLDERS_MAX 32
#define SCHEMA_FILES_MAX 400

enum schema_kind {
	SCHEMA_TABLES, /* tables and procedures */
	SCHEMA_VIEWS,
	SCHEMA_GRANTS,
	SCHEMA_DEMO, /* demo data; counts for a demo only */
};

struct schema_file {
	const char *path;     /* as recorded: "payments/rate.sql for keptword_payments" */
	const char *database; /* where it is run */
	enum schema_kind kind;
	const char *text;
	unsigned char sum[32];
	bool done;
};

struct schema {
	struct cli *cli;
	struct db *db;
	bool demo;
	const char *databases[SCHEMA_FOLDERS_MAX]; /* core first, then by name */
	size_t n_databases;
	struct schema_file files[SCHEMA_FILES_MAX]; /* in the order in which they are run */
	size_t n;
};

/* Reads every file. Says what is wrong on standard error and answers false. */
bool schema_read(struct cli *cli, struct schema *ret);

/* Runs a script in a database (NULL: none) as the account of the environment. */
bool schema_script(
    struct schema *schema, const char *what, const char *database, const char *script);

/* The same for a file, with one statement before and one after its own; a reason instead of a
 * message. */
bool schema_file_run(struct schema *schema, const struct schema_file *file, const char *before,
    const char *after, const char **ret_reason);

/* Runs all files of a kind; those that fail are tried again as long as others succeed, because
 * views of one database read those of another. */
bool schema_run_kind(struct schema *schema, enum schema_kind kind, const char *before);

/* Was a schema applied? Then *ret_changed is a file that differs from what was, NULL for none. */
bool schema_stands(struct schema *schema, const char **ret_changed);

/* Takes a connection to keptword_core, which has to exist. */
bool schema_open(struct schema *schema);

#endif
