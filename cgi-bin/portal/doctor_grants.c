/*
 * doctor_grants.c: has each account the rights that sql/<database>/grants.sql gives it, and no
 * others?
 *
 * Both sides are broken into single rights ("keptword_hdm: UPDATE(body) ON keptword_hdm.note"),
 * sorted and compared. The files are read with a small parser that knows the one form in which
 * they are written; what it does not understand is itself a finding, so nothing is passed over.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "portal/doctor.h"

#define RIGHTS_MOST 4000
#define NAMED_MOST 12 /* lines for one side; more are counted */

/* Rights of our accounts but those of the two that no program runs as. */
static const struct stmt RIGHTS = {
	"SELECT who, what FROM ("
	" SELECT SUBSTRING_INDEX(SUBSTRING(grantee, 2), '''', 1) AS who,"
	"  CONCAT(privilege_type, ' ON *.*') AS what FROM information_schema.user_privileges"
	"  WHERE privilege_type <> 'USAGE'"
	" UNION ALL SELECT SUBSTRING_INDEX(SUBSTRING(grantee, 2), '''', 1),"
	"  CONCAT(privilege_type, ' ON ', REPLACE(table_schema, '\\\\', ''), '.*')"
	"  FROM information_schema.schema_privileges"
	" UNION ALL SELECT SUBSTRING_INDEX(SUBSTRING(grantee, 2), '''', 1),"
	"  CONCAT(privilege_type, ' ON ', table_schema, '.', table_name)"
	"  FROM information_schema.table_privileges"
	" UNION ALL SELECT SUBSTRING_INDEX(SUBSTRING(grantee, 2), '''', 1),"
	"  CONCAT(privilege_type, '(', column_name, ') ON ', table_schema, '.', table_name)"
	"  FROM information_schema.column_privileges"
	" UNION ALL SELECT user, CONCAT(UPPER(p.right_name), ' ON ', routine_type, ' ', db, "
	"'.', "
	"routine_name)"
	"  FROM mysql.procs_priv JOIN"
	"  (SELECT 'Execute' AS right_name UNION SELECT 'Alter Routine' UNION SELECT 'Grant') "
	"AS p"
	"  ON FIND_IN_SET(p.right_name, proc_priv)) AS rights"
	" WHERE who LIKE 'keptword\\_%' AND who NOT IN ('keptword_migration', "
	"'keptword_definer')"
};

struct rights {
	struct doctor *doctor;
	const char **list;
	size_t n;
};

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add(struct rights *rights, const char *who, const char *what)
{
	if (rights->n < RIGHTS_MOST)
		rights->list[rights->n++] =
		    text_printf(rights->doctor->arena, "%s: %s", who, what);
}

/* ---- What the files give ---- */

/* The file without comments, each run of blanks one blank. */
static char *
squeezed(struct arena *arena, const char *text)
{
	struct buf out = buf_new(arena);

	for (bool blank = true; *text; text++) {
		if (text[0] == '-' && text[1] == '-') {
			text += strcspn(text, "\n");
			if (!*text)
				break;
		}
		if (!isspace((unsigned char)*text)) {
			buf_char(&out, *text);
			blank = false;
		} else if (!blank) {
			buf_char(&out, ' ');
			blank = true;
		}
	}
	return out.n ? text_copy(arena, out.p) : text_copy(arena, "");
}

/* "UPDATE (a, b), DELETE" ON object: each as a right of its own. */
static void
add_each(struct rights *rights, const char *list, const char *object, const char *who)
{
	struct arena *arena = rights->doctor->arena;

	while (*list) {
		size_t word = strcspn(list, "(,");
		const char *right = arena_copy(arena, list, word);
		size_t end = strlen(right);

		while (end && right[end - 1] == ' ')
			right = arena_copy(arena, right, --end);
		list += word;
		if (*list != '(') {
			add(rights, who, text_printf(arena, "%s ON %s", right, object));
		} else {
			for (list++; *list && *list != ')';) {
				size_t column = strcspn(list, ",) ");
				if (column)
					add(rights, who,
					    text_printf(arena, "%s(%.*s) ON %s", right,
						(int)column, list, object));
				list += column;
				list += strspn(list, ", ");
			}
			list += strcspn(list, ",");
		}
		list += strspn(list, ", ");
	}
}

/* "GRANT list ON object TO 'who'@'localhost'"; false when it is nothing of that form. */
static bool
add_statement(struct rights *rights, const char *sql)
{
	struct arena *arena = rights->doctor->arena;
	const char *on = strstr(sql, " ON "), *to = on ? strstr(on, " TO '") : NULL;
	const char *who = to ? to + 5 : NULL, *end = who ? strchr(who, '\'') : NULL;

	if (!text_starts(sql, "GRANT ") || !end)
		return false;
	add_each(rights, arena_copy(arena, sql + 6, (size_t)(on - sql) - 6),
	    arena_copy(arena, on + 4, (size_t)(to - on) - 4),
	    arena_copy(arena, who, (size_t)(end - who)));
	return true;
}

static void
read_file(struct rights *rights, const struct schema_file *file)
{
	char *text = squeezed(rights->doctor->arena, file->text);

	for (char *end; *text; text = end) {
		end = strchr(text, ';');
		if (end)
			*end++ = '\0';
		else
			end = text + strlen(text);
		text += strspn(text, " ");
		if (*text && !add_statement(rights, text))
			doctor_say(rights->doctor, LOOK,
			    text_printf(rights->doctor->arena,
				"%s says what the doctor cannot read: %s", file->path, text),
			    NULL);
	}
}

/* ---- Both sides ---- */

/* What stands in a and not in b; named up to a limit, answers how many. */
static size_t
tell_missing(
    const struct rights *a, const struct rights *b, const char *sentence, const char *advice)
{
	struct doctor *doctor = a->doctor;
	size_t told = 0;

	for (size_t i = 0; i < a->n; i++) {
		if (i && text_is(a->list[i], a->list[i - 1]))
			continue;
		if (bsearch(&a->list[i], b->list, b->n, sizeof *b->list, by_text))
			continue;
		if (told++ < NAMED_MOST)
			doctor_say(doctor, WRONG,
			    text_printf(doctor->arena, "%s %s", sentence, a->list[i]), advice);
	}
	if (told > NAMED_MOST)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "... and %zu more.", told - NAMED_MOST), NULL);
	return told;
}

static struct rights
rights_new(struct doctor *doctor)
{
	return (struct rights){ .doctor = doctor,
		.list = arena_array_of(doctor->arena, const char *, RIGHTS_MOST) };
}

void
doctor_grants(struct doctor *doctor)
{
	struct rights given = rights_new(doctor), held = rights_new(doctor);
	struct rows *rows;
	size_t apart;

	if (!doctor->database)
		return;
	for (size_t i = 0; i < doctor->schema.n; i++)
		if (doctor->schema.files[i].kind == SCHEMA_GRANTS)
			read_file(&given, &doctor->schema.files[i]);
	rows = db_read(doctor->schema.db, &RIGHTS);
	while (rows_next(rows))
		add(&held, rows_text(rows, 0), rows_text(rows, 1));
	if (db_status(doctor->schema.db) != OK) {
		doctor_say(doctor, WRONG, "The rights of the accounts could not be read.",
		    "keptword setup makes the account keptword_migration.");
		db_recover(doctor->schema.db);
		return;
	}
	qsort(given.list, given.n, sizeof *given.list, by_text);
	qsort(held.list, held.n, sizeof *held.list, by_text);
	apart = tell_missing(&given, &held,
	    "A right is missing:", "Give it with GRANT as sql/<database>/grants.sql says.");
	apart += tell_missing(&held, &given, "A right too many:",
	    "No file of the schema gives it: find out who did, and REVOKE it.");
	if (!apart)
		doctor_say(doctor, FINE,
		    text_printf(doctor->arena, "%zu rights, each given by a file of the schema",
			held.n),
		    NULL);
}
