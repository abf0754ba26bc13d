/*
 * schema_judge.c: compares what was applied with what stands under CONFIG_SQL and says what is
 * to be done. Shared by the commands schema, schema --check and schema-fits, so that a restore
 * is judged by the same rules as a start.
 *
 * Before a database has a file steps/0000-base.sql its tables are edited freely: a changed file
 * remakes a demo and stops a real system. From then on (make schema-freeze) its tables change
 * by numbered steps alone; the table files go on to describe a fresh system, and a test
 * compares both.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/crypto.h"
#include "portal/portal.h"
#include "portal/schema.h"

static bool
is_step(const char *path)
{
	return strstr(path, "/steps/") != NULL;
}

bool
schema_is_base(const char *path)
{
	return strstr(path, "/steps/0000-") != NULL;
}

/* "keptword_core" of "core/steps/0001-x.sql for keptword_core". */
static const char *
database_of(const char *path)
{
	const char *mark = strstr(path, " for ");

	return mark ? mark + 5 : "";
}

static void
refuse(struct schema_standing *standing, const char *file, const char *why)
{
	if (standing->refused)
		return;
	standing->refused = file;
	standing->why = why;
}

static struct schema_file *
file_of(struct schema *schema, const char *path)
{
	for (size_t i = 0; i < schema->n; i++)
		if (text_is(schema->files[i].path, path))
			return &schema->files[i];
	return NULL;
}

/* One recorded row against the files. */
void
schema_compare(
    struct schema *schema, const char *path, struct bytes sum, struct schema_standing *standing)
{
	unsigned char kind[SHA256_BYTES];
	struct schema_file *file;
	bool same;

	standing->anything = true;
	if (text_is(path, SCHEMA_KIND_ROW)) {
		schema_kind_sum(schema->demo, kind);
		standing->other_kind =
		    sum.n != sizeof kind || memcmp(sum.p, kind, sizeof kind) != 0;
		return;
	}
	if (path[0] == '(')
		return; /* a mark of another command */
	file = file_of(schema, path);
	if (!file) {
		if (is_step(path))
			refuse(standing, path,
			    "is a step that this version does not know: the data is of a newer "
			    "one");
		else if (strstr(path, "views.sql") || strstr(path, "grants.sql"))
			standing->repeat = path;
		else
			standing->gone = text_copy(schema->cli->arena, path);
		return;
	}
	file->done = true;
	same = sum.n == SHA256_BYTES && memcmp(sum.p, file->sum, SHA256_BYTES) == 0;
	file->changed = !same;
	if (!same && is_step(path))
		refuse(standing, path,
		    "was edited after it was applied; a step is never edited, the next one "
		    "changes "
		    "more");
}

/* Is the database's schema frozen, and was its base applied here? */
static bool
frozen(const struct schema *schema, const char *database)
{
	for (size_t i = 0; i < schema->n; i++)
		if (schema_is_base(schema->files[i].path) &&
		    text_is(database_of(schema->files[i].path), database))
			return schema->files[i].done;
	return false;
}

bool
schema_knows(const struct schema *schema, const char *database)
{
	for (size_t i = 0; i < schema->n; i++)
		if (schema->files[i].done && text_is(schema->files[i].database, database))
			return true;
	return false;
}

static void
judge_file(
    struct schema *schema, const struct schema_file *file, struct schema_standing *standing)
{
	if (file->done && !file->changed)
		return;
	switch (file->kind) {
	case SCHEMA_STEPS:
		if (!schema_is_base(file->path))
			standing->steps++;
		else
			standing->repeat = file->path;
		return;
	case SCHEMA_VIEWS:
	case SCHEMA_GRANTS:
		standing->repeat = file->path;
		return;
	case SCHEMA_TABLES:
		if (frozen(schema, file->database) || !schema_knows(schema, file->database)) {
			standing->repeat = file->path;
			return;
		}
		break;
	case SCHEMA_DEMO:
		break;
	}
	standing->changed = file->path;
}

void
schema_judge(struct schema *schema, struct schema_standing *standing)
{
	if (!standing->anything)
		return;
	for (size_t i = 0; i < schema->n; i++)
		judge_file(schema, &schema->files[i], standing);
	if (standing->gone && !frozen(schema, database_of(standing->gone)))
		standing->changed = standing->gone;
	if (standing->changed && !schema->demo)
		refuse(standing, standing->changed, "is not what this system was made with");
}

/* ---- The list in a backup ---- */

static bool
sum_read(const char *hex, unsigned char out[SHA256_BYTES])
{
	static const char DIGITS[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_BYTES; i++) {
		const char *high = hex[2 * i] ? strchr(DIGITS, hex[2 * i]) : NULL;
		const char *low =
		    high && hex[2 * i + 1] ? strchr(DIGITS, hex[2 * i + 1]) : NULL;
		if (!low)
			return false;
		out[i] = (unsigned char)((high - DIGITS) << 4 | (low - DIGITS));
	}
	return hex[(size_t)2 * SHA256_BYTES] == '\0';
}

static bool
list_read(struct schema *schema, const char *path, struct schema_standing *standing)
{
	struct arena *arena = schema->cli->arena;
	unsigned char sum[SHA256_BYTES];
	struct bytes text;
	size_t n, fields;

	if (!cli_file(schema->cli, path, &text))
		return false;
	char **lines = text_split(arena, (const char *)text.p, '\n', &n);
	for (size_t i = 0; i < n; i++) {
		char **cells = text_split(arena, lines[i], '\t', &fields);
		if (text_empty(lines[i]))
			continue;
		if (fields != 2 || !sum_read(cells[1], sum)) {
			(void)fprintf(stderr, "Line %zu of %s is not a path and a SHA-256.\n",
			    i + 1, path);
			return false;
		}
		schema_compare(schema, cells[0], (struct bytes){ sum, sizeof sum }, standing);
	}
	return true;
}

/* schema-fits FILE: may a backup with this list of schema files be restored here? */
int
schema_fits_run(struct cli *cli)
{
	struct schema *schema = arena_new_of(cli->arena, struct schema);
	struct schema_standing standing = { 0 };
	const char *list = cli_word(cli, 0);

	if (!list)
		return 2;
	if (!schema_read(cli, schema) || !list_read(schema, list, &standing))
		return 1;
	schema_judge(schema, &standing);
	/* What would remake a demo would throw the restored one away. */
	if (!standing.refused && standing.changed)
		refuse(&standing, standing.changed, "is not what this backup was made with");
	if (standing.refused) {
		(void)fprintf(stderr,
		    "%s %s. Nothing was changed; restore with the version that made the "
		    "backup.\n",
		    standing.refused, standing.why);
		return 1;
	}
	if (!standing.anything || standing.other_kind) {
		(void)fprintf(stderr, "The backup is of another kind of system (demo or real). "
				      "Nothing was changed.\n");
		return 1;
	}
	(void)printf(
	    standing.steps
		? "The backup is older than this version: %zu step(s) will bring it up.\n"
		: "The backup's schema fits this version.\n",
	    standing.steps);
	return 0;
}
