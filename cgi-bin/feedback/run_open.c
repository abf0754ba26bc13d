/*
 * run_open.c: the job that opens rounds at their time. Runs every second in `feedback work`;
 * finds what is due by its state, so being killed at any point only delays it.
 *
 * Rule (README 5): invitations, the state and the event are one transaction; the key of the
 * round is made first, in the key folder of this machine.
 */
#include "data/audit.h"
#include "data/event.h"
#include "feedback/audience.h"
#include "feedback/feedback.h"
#include "feedback/seal.h"

static const struct stmt DUE = {
	"SELECT id, public_id, audience, audience_id, closes_at FROM survey_run"
	" WHERE state = 'reviewed' AND opens_at <= ? ORDER BY opens_at, id LIMIT 1 FOR UPDATE"
};
static const struct stmt OPENED = { "UPDATE survey_run SET state = 'open', opened_at = ?, "
				    "invited = ?, version = version + 1"
				    " WHERE id = ? AND state = 'reviewed'" };

static enum status
open_due(struct db *db, void *unused_arg)
{
	struct rows *rows = db_read(db, &DUE, v_instant(time_now()));
	struct key key;
	enum status status;

	(void)unused_arg;
	if (!rows_next(rows))
		return E_ABSENT;
	int64_t run = rows_int(rows, 0);
	const struct audience audience = { rows_text(rows, 2), rows_int(rows, 3) };
	status = seal_key_make(db, run, rows_id(rows, 1), &key);
	crypto_wipe(&key, sizeof key);
	if (status != OK)
		return status == E_ABSENT ? E_FAULT : status;
	int64_t invited = audience_invite(db, &audience, run);
	db_write_one(db, &OPENED, v_instant(time_now()), v_int(invited), v_int(run));
	audience_tell(db, run, "feedback.survey_open",
	    text_printf(
		db_arena(db), "/feedback/answer/%s", id_text(db_arena(db), rows_id(rows, 1))),
	    rows_instant(rows, 4));
	event_raise(db, "survey.opened", 0, run, "{}");
	audit_add(
	    db, &(struct audit){ .action = "survey_run.opened",
		    .object = text_printf(db_arena(db), "survey_run:%lld", (long long)run) });
	return OK;
}

enum status
run_open_step(struct db *db, struct job *unused_job)
{
	(void)unused_job;
	return db_transact(db, open_due, NULL, NULL);
}
