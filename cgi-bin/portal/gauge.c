/*
 * gauge.c: what portal alone can tell for /metrics.
 */
#include <stdio.h>

#include "base/config.h"
#include "data/db.h"
#include "portal/portal.h"

static const struct stmt SESSIONS = {
	"SELECT COUNT(*) FROM session WHERE revoked_at IS NULL AND ends_at > ?",
};

int64_t
sessions_open(struct db *db)
{
	return db_int(db, &SESSIONS, -1, v_instant(time_now()));
}

/* backup.sh writes the point of each good backup into RUN/backup/last, its time first. */
int64_t
backup_age(struct db *db)
{
	char word[32] = "";
	instant point;
	FILE *file =
	    fopen(text_printf(db_arena(db), "%s/backup/last", config_text(CONFIG_RUN)), "re");

	if (!file)
		return -1;
	bool fine = fscanf(file, "%31s", word) == 1; // NOLINT(cert-err34-c): a word
	(void)fclose(file);
	if (!fine || !instant_parse(word, &point))
		return -1;
	return (time_now() - point) / SECOND;
}
