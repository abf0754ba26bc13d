/*
 * accounts_expire.c: what of signing in is over is thrown away, see accounts_expire.h. A piece
 * at a time, so that no transaction holds a table for long; how long is kept stands in
 * sql/core, too.
 */
#include "portal/accounts_expire.h"

/* Each takes the instant before which a thing may go. Literals, one after the other. */
static const struct expiry {
	struct stmt remove;
	instant kept;
} EXPIRIES[] = {
	{ { "DELETE FROM sign_in_half WHERE ends_at < ? LIMIT 1000" }, 2 * DAY_LENGTH },
	{ { "DELETE FROM sign_in_attempt WHERE at < ? LIMIT 1000" }, 2 * DAY_LENGTH },
	{ { "DELETE FROM email_change WHERE created_at < ? LIMIT 1000" }, 2 * DAY_LENGTH },
	{ { "DELETE FROM one_time_link WHERE expires_at < ? LIMIT 1000" }, 30 * DAY_LENGTH },
	{ { "DELETE FROM session WHERE ends_at < ? LIMIT 1000" }, 90 * DAY_LENGTH },
	{ { "DELETE FROM session WHERE revoked_at < ? LIMIT 1000" }, 90 * DAY_LENGTH },
};

static enum status
remove_some(struct db *db, void *arg)
{
	int64_t *removed = arg;
	instant now = time_now();

	*removed = 0;
	for (size_t i = 0; i < sizeof EXPIRIES / sizeof *EXPIRIES; i++) {
		int64_t n =
		    db_write(db, &EXPIRIES[i].remove, v_instant(now - EXPIRIES[i].kept));
		*removed += n > 0 ? n : 0;
	}
	return OK;
}

enum status
accounts_expire(struct db *db, struct job *job)
{
	int64_t removed = 0;
	enum status status = db_transact(db, remove_some, NULL, &removed);

	(void)job;
	if (status != OK)
		return status;
	return removed > 0 ? OK : E_ABSENT;
}
