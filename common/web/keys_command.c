/*
 * keys_command.c: the keys of a plugin's encrypted columns, for an engineer.
 */
#include "web/keys_command.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/config.h"
#include "base/time.h"
#include "data/keyring.h"

#define NUMBER_MAX 255

static const struct sealed_column *
column_of(const struct cli *cli, const char *key)
{
	const struct sealed_column *column = cli->app->sealed;

	for (; column && column->key; column++)
		if (text_is(column->key, key))
			return column;
	(void)fprintf(stderr,
	    "%s has no encrypted column with a key \"%s\"; `%s keys` lists them.\n",
	    cli->app->name, key, cli->app->name);
	return NULL;
}

/* Days since the file was made; -1 when it is not there. */
static int64_t
age(struct cli *cli, const char *key, int number)
{
	struct stat info;

	if (stat(text_printf(cli->arena, "%s/%s.key", config_text(CONFIG_KEYS),
		     keyring_name(cli->arena, key, number)),
		&info) != 0)
		return -1;
	return (time_now() / SECOND - info.st_mtime) / 86400;
}

int
keys_run(struct cli *cli)
{
	const struct sealed_column *column = cli->app->sealed;

	(void)printf("name\tnumber\tdays\tcells\tuse\n");
	for (; column && column->key; column++) {
		int newest = keyring_newest(column->key);
		for (int number = 1; number <= newest; number++) {
			int64_t days = age(cli, column->key, number);
			if (days < 0)
				continue;
			(void)printf("%s\t%d\t%lld\t%lld\t%s\n", column->key, number,
			    (long long)days,
			    (long long)keyring_used(
				cli->db, cli->app->sealed, column->key, number),
			    number == newest ? "write" : "read");
		}
	}
	return db_status(cli->db) == OK ? 0 : 1;
}

int
rotate_key_run(struct cli *cli)
{
	const char *key = cli_word(cli, 0);

	if (!key)
		return 2;
	if (!column_of(cli, key))
		return 1;
	int number = keyring_rotate(key);
	if (!number) {
		(void)fprintf(stderr, "The next key could not be made in %s.\n",
		    config_text(CONFIG_KEYS));
		return 1;
	}
	(void)printf("%s number %d is what is written with from now on. The worker seals older "
		     "cells anew; make a backup of the keys.\n",
	    key, number);
	return 0;
}

int
remove_key_run(struct cli *cli)
{
	const char *key = cli_word(cli, 0), *word = cli_word(cli, 1);
	int64_t number;

	if (!key || !word || !text_to_int(word, &number) || number < 1 || number > NUMBER_MAX)
		return 2;
	if (!column_of(cli, key))
		return 1;
	if (number == keyring_newest(key)) {
		(void)fprintf(stderr,
		    "Number %lld of %s is the newest and is written with; rotate it first.\n",
		    (long long)number, key);
		return 1;
	}
	int64_t used = keyring_used(cli->db, cli->app->sealed, key, (int)number);
	if (used != 0) {
		(void)fprintf(stderr,
		    "Number %lld of %s is still used by %lld cell(s). Nothing was removed; the "
		    "worker seals them anew.\n",
		    (long long)number, key, (long long)used);
		return 1;
	}
	if (crypto_key_destroy(keyring_name(cli->arena, key, (int)number)) != OK) {
		(void)fprintf(stderr,
		    "There is no number %lld of %s, or it cannot be removed.\n",
		    (long long)number, key);
		return 1;
	}
	(void)printf(
	    "Number %lld of %s is destroyed. Backups made before need the archive of keys "
	    "of their own day.\n",
	    (long long)number, key);
	return 0;
}
