/*
 * gauge.c: what portal alone can tell for /metrics.
 */
#include <stdio.h>

#include "base/config.h"
#include "base/text.h"
#include "base/time.h"
#include "data/db.h"
#include "portal/portal.h"

#define BACKUP_PLACE_MOST 400

static const struct stmt SESSIONS = {
	"SELECT COUNT(*) FROM session WHERE revoked_at IS NULL AND ends_at > ?",
};

int64_t
sessions_open(struct db *db)
{
	return db_int(db, &SESSIONS, -1, v_instant(time_now()));
}

instant
backup_point(const char **ret_place, struct arena *arena)
{
	FILE *file = fopen(config_text(CONFIG_BACKUP_LAST), "re");
	char word[32] = "", place[BACKUP_PLACE_MOST] = "";
	instant point = 0;

	if (!file)
		return 0;
	/* NOLINTNEXTLINE(cert-err34-c): words */
	if (fscanf(file, "%31s %399s", word, place) < 1 || !instant_parse(word, &point))
		point = 0;
	(void)fclose(file);
	if (ret_place)
		*ret_place = text_copy(arena, place);
	return point;
}

int64_t
backup_age(struct db *db)
{
	instant point = backup_point(NULL, db_arena(db));

	return point ? (time_now() - point) / SECOND : -1;
}
