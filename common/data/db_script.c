/*
 * db_script.c: runs a script of the schema command over a connection of its own.
 *
 * Statements are parted by a semicolon at the end of a line; in a script with lines "--end"
 * (bodies of procedures hold semicolons) by those lines alone. Lines that begin with "--"
 * between statements are skipped. Nothing else of the mysql client's language is known.
 */
#include "data/db_impl.h"

#include <string.h>

#define BLOCK_END "\n--end"

/* The first place behind blanks, empty lines and comment lines. */
static const char *
skip_blank(const char *p)
{
	for (;;) {
		p += strspn(p, " \t\r\n");
		if (p[0] != '-' || p[1] != '-')
			return p;
		p += strcspn(p, "\n");
	}
}

/* Where the statement at p ends: at the mark, or where the script does. */
static const char *
statement_end(const char *p, const char *mark)
{
	const char *end = strstr(p, mark);

	if (end != NULL)
		return end;
	end = p + strlen(p);
	while (end > p && strchr("; \t\r\n", end[-1]) != NULL)
		end--;
	return end;
}

/* Reads all that a statement sent back. */
static bool
run(MYSQL *mysql, const char *statement, size_t n)
{
	if (mysql_real_query(mysql, statement, (unsigned long)n) != 0)
		return false;
	for (;;) {
		MYSQL_RES *result = mysql_store_result(mysql);
		if (result != NULL)
			mysql_free_result(result);
		else if (mysql_errno(mysql) != 0)
			return false;
		int more = mysql_next_result(mysql);
		if (more != 0)
			return more < 0;
	}
}

enum status
db_script(const struct db_account *account, const char *script, struct arena *arena,
    const char **ret_message)
{
	MYSQL *mysql = NULL;
	unsigned error = 0;
	enum status status = conn_connect(account, DB_JOB, 0, &mysql, &error);

	if (status != OK) {
		*ret_message = text_printf(
		    arena, "cannot connect to the database as %s (%u)", account->user, error);
		return status;
	}
	const char *mark = strstr(script, BLOCK_END "\n") != NULL ? BLOCK_END : ";\n";
	for (const char *p = skip_blank(script); *p != '\0';) {
		const char *end = statement_end(p, mark);
		if (!run(mysql, p, (size_t)(end - p))) {
			size_t line = strcspn(p, "\n");
			error = mysql_errno(mysql);
			*ret_message = text_printf(
			    arena, "%.*s: %s (%u)", (int)line, p, mysql_error(mysql), error);
			status = number_status(error);
			break;
		}
		p = skip_blank(end + strspn(end, "; \t\r\n"));
	}
	mysql_close(mysql);
	return status;
}
