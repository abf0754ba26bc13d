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
	SCHEMA_DEMO,  /* demo data; counts for a demo only */
	SCHEMA_STEPS, /* steps/NNNN-name.sql: what brings an older database here */
};

struct schema_file {
	const char *path;     /* as recorded: "payments/rate.sql for keptword_payments" */
	const char *database; /* where it is run */
	enum schema_kind kind;
	const char *text;
	unsigned char sum[32];
	bool done;    /* applied */
	bool changed; /* applied with another content */
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

/* The row that tells a demo from a real system, and what stands in it. */
#define SCHEMA_KIND_ROW "(kind)"
void schema_kind_sum(bool demo, unsigned char out[32]);

/* Is it a database's base, steps/0000-base.sql? Never run: it is what the table files said when the
 * steps began. */
bool schema_is_base(const char *path);

/* What was applied, against the files. */
struct schema_standing {
	bool anything;       /* something was applied once */
	bool other_kind;     /* a demo where a real system is asked for, or the reverse */
	const char *changed; /* a file that edits what no step covers; NULL for none */
	const char *gone;    /* a table file that is no more */
	const char *repeat;  /* views or grants to be applied again, or records to be renewed */
	size_t steps;        /* steps to be applied */
	const char *refused; /* a file because of which nothing may be done, and why */
	const char *why;
};
/* One recorded row; marks the file. Then, after all of them, what follows. */
void schema_compare(struct schema *schema, const char *path, struct bytes sum,
    struct schema_standing *standing);
/* Was anything of a database applied? What was not is made from its table files. */
bool schema_knows(const struct schema *schema, const char *database);
void schema_judge(struct schema *schema, struct schema_standing *standing);

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
