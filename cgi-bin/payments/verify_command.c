/*
 * verify_command.c: the same check of a document on the command line, for who has many of them:
 * what /payments/verify says of the file, as codes and values.
 */
#include "data/crypto.h"
#include "payments/seal.h"
#include "payments/verify.h"

#include <stdio.h>

static const struct parser PARSERS[] = { VERIFY_PARSER, { 0 } };

/* "stands", "superseded", "unknown". */
static const char *
standing(struct db *db, const char *number)
{
	struct id id;
	bool superseded;

	if (!id_parse(number, &id) || !verify_number(db, id, NULL, NULL, &superseded))
		return "unknown";
	return superseded ? "superseded" : "stands";
}

int
verify_run(struct cli *cli)
{
	const char *path = cli_word(cli, 0), *why = seal_start();
	const char *number = NULL, *stopped = "";
	struct records records = { NULL, 0 };
	struct bytes file;

	if (!path)
		return 2;
	if (why) {
		(void)fprintf(stderr, "This cannot be checked: %s\n", why);
		return 1;
	}
	if (!cli_file(cli, path, &file))
		return 1;
	if (helper_parse_once(
		cli->arena, PARSERS, PARSERS[0].name, file, "", &records, &stopped) != OK) {
		(void)fprintf(stderr,
		    "%s could not be read (%s), so it is not as we issued it.\n", path,
		    stopped);
		return 1;
	}
	for (const struct record *at = records.first; at != NULL; at = at->next) {
		const bool fact = at->n == 3;
		if (at->n < 2 || at->cells[at->n - 1] == NULL)
			continue;
		(void)printf("%s\t%s\n", at->cells[fact], at->cells[at->n - 1]);
		if (fact && text_is(at->cells[1], "number"))
			number = at->cells[2];
	}
	if (number != NULL)
		(void)printf("record\t%s\n", standing(cli->db, number));
	return number != NULL && text_is(standing(cli->db, number), "stands") ? 0 : 1;
}
