/*
 * run_close.c: the job that closes rounds. Runs every second in `feedback work`. Each round
 * goes through three steps, found by its state, so that being killed anywhere only delays it:
 *
 *   open     -> closing  one transaction: opens the seals, shuffles, writes answers under new
 *                        random ids without person or date, counts pods, deletes the seals
 *   closing              destroys the key file
 *   closing  -> closed   one transaction: credits minutes, tells others, writes the audit row
 *
 * A page that saves an answer holds the round's row shared, this job alone: what was
 * acknowledged before is counted, what comes later is refused.
 *
 * Limits: all sealed answers of one round are in memory at once (1 KiB each as a rule; the
 * worker has 256 MiB). A round whose key is not on this machine stays open until somebody gives
 * its answers up (run.c).
 */

#include "base/log.h"
#include "data/audit.h"
#include "data/event.h"
#include "feedback/close_write.h"
#include "feedback/feedback.h"
#include "feedback/seal.h"
#include "feedback/suppress.h"

static const struct stmt HALF_CLOSED = {
	"SELECT id, public_id FROM survey_run WHERE state = 'closing' ORDER BY id LIMIT 1"
};
static const struct stmt DUE = { "SELECT id, public_id, give_up, EXISTS (SELECT 1 FROM "
				 "sealed_response r WHERE r.run_id = "
				 "survey_run.id)"
				 " FROM survey_run WHERE state = 'open' AND closes_at <= ? "
				 "ORDER BY closes_at, id LIMIT 50" };
static const struct stmt TAKE = { "SELECT u.min_group, u.invited, q.document FROM survey_run u"
				  " JOIN questionnaire q ON q.id = u.questionnaire_id"
				  " WHERE u.id = ? AND u.state = 'open' FOR UPDATE" };
static const struct stmt SEALED = {
	"SELECT person_id, sealed FROM sealed_response WHERE run_id = ? AND complete = 1"
};
static const struct stmt PODS = {
	"SELECT i.pod_id, COUNT(*), SUM(COALESCE(r.complete, 0)) FROM invitation i"
	" LEFT JOIN sealed_response r ON r.run_id = i.run_id AND r.person_id = i.person_id"
	" WHERE i.run_id = ? AND i.pod_id IS NOT NULL GROUP BY i.pod_id ORDER BY i.pod_id"
};
static const struct stmt POD_ADD = {
	"INSERT INTO run_pod (run_id, pod_id, invited, answered, told) VALUES (?, ?, ?, ?, ?)"
};
static const struct stmt SEALS_GONE = { "DELETE FROM sealed_response WHERE run_id = ?" };
static const struct stmt INVITATIONS_CLOSED = {
	"UPDATE invitation SET state = 'closed' WHERE run_id = ?"
};
static const struct stmt CLOSING = {
	"UPDATE survey_run SET state = 'closing', answered = ?, unreadable = ?,"
	" version = version + 1 WHERE id = ? AND state = 'open'"
};
static const struct stmt CLOSED = {
	"UPDATE survey_run SET state = 'closed', closed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'closing'"
};
/* One event for each person who was asked, whether they answered or not. */
static const struct stmt MINUTES = {
	"INSERT INTO event (kind, person_id, subject_id, detail, at)"
	" SELECT 'survey.minutes', i.person_id, u.id, JSON_OBJECT('minutes', u.paid_minutes), ?"
	" FROM survey_run u JOIN invitation i ON i.run_id = u.id"
	" WHERE u.id = ? AND u.paid_minutes > 0 ORDER BY i.person_id"
};

struct closing {
	int64_t run;
	struct id id;
	const struct key *key; /* NULL: lost, and given up */
};

/* ---- open -> closing ---- */

/* Opens what was sent; how many seals could not be opened. */
static int64_t
open_seals(struct db *db, const struct closing *closing, struct rows *rows,
    const char **ret_answers, size_t *ret_n)
{
	int64_t unreadable = 0;

	*ret_n = 0;
	while (rows_next(rows)) {
		const struct seal_place place = { closing->run, rows_int(rows, 0),
			closing->id };
		struct seal_content content;
		if (closing->key && seal_open(db_arena(db), closing->key, &place,
					rows_bytes(rows, 1), &content) == OK)
			ret_answers[(*ret_n)++] = content.sent;
		else
			unreadable++;
	}
	return unreadable;
}

/* Whole counts per pod, and which of them may ever be told. */
static void
count_pods(struct db *db, int64_t run, int64_t invited, int64_t least)
{
	struct rows *rows = db_read(db, &PODS, v_int(run));
	size_t n = rows_count(rows), i = 0;
	int64_t *size = arena_array_of(db_arena(db), int64_t, n);
	bool *told = arena_array_of(db_arena(db), bool, n);

	while (rows_next(rows))
		size[i++] = rows_int(rows, 1);
	suppress_groups(size, n, invited, least < GROUP_LEAST ? GROUP_LEAST : least, told);
	rows_rewind(rows);
	for (i = 0; rows_next(rows); i++)
		db_write(db, &POD_ADD, v_int(run), v_int(rows_int(rows, 0)),
		    v_int(rows_int(rows, 1)), v_int(rows_int(rows, 2)), v_int(told[i]));
}

static enum status
unseal(struct db *db, void *arg)
{
	const struct closing *closing = arg;
	struct arena *arena = db_arena(db);
	struct rows *rows = db_read(db, &TAKE, v_int(closing->run)), *seals;
	const struct questionnaire *q;
	const char **answers;
	int64_t unreadable;
	size_t n;

	if (!rows_next(rows))
		return E_ABSENT;
	if (column_questionnaire(arena, rows, 2, &q) != OK)
		return E_FAULT;
	seals = db_read(db, &SEALED, v_int(closing->run));
	answers = arena_array_of(arena, const char *, rows_count(seals));
	unreadable = open_seals(db, closing, seals, answers, &n);
	close_shuffle(answers, n);
	close_write(db, closing->run, q, answers, n);
	count_pods(db, closing->run, rows_int(rows, 1), rows_int(rows, 0));
	db_write(db, &SEALS_GONE, v_int(closing->run));
	db_write(db, &INVITATIONS_CLOSED, v_int(closing->run));
	db_write_one(db, &CLOSING, v_int((int64_t)n), v_int(unreadable), v_int(closing->run));
	return OK;
}

/* Closes one that is due. E_ABSENT: it waits for its key, or somebody else was faster. */
static enum status
unseal_due(struct db *db, const struct rows *due)
{
	static int64_t told; /* the log says once per round that its key is missing */
	struct closing closing = { .run = rows_int(due, 0), .id = rows_id(due, 1) };
	struct key key;
	enum status status = seal_key(db_arena(db), closing.id, &key);

	if (status == OK)
		closing.key = &key;
	else if (rows_int(due, 3) && rows_int(due, 2) == 0) {
		if (told != closing.run)
			log_event(LOG_LEVEL_ERROR, "survey_key_missing",
			    LOG_INT("run", closing.run), LOG_TEXT("why", status_name(status)));
		told = closing.run;
		return E_ABSENT;
	}
	status = db_transact(db, unseal, NULL, &closing);
	crypto_wipe(&key, sizeof key);
	return status;
}

/* ---- closing -> closed ---- */

static enum status
finish(struct db *db, void *arg)
{
	const struct closing *closing = arg;

	if (db_write(db, &CLOSED, v_instant(time_now()), v_int(closing->run)) != 1)
		return E_ABSENT;
	db_write(db, &MINUTES, v_instant(time_now()), v_int(closing->run));
	event_raise(db, "survey.closed", 0, closing->run, "{}");
	audit_add(db, &(struct audit){ .action = "survey_run.closed",
			  .object = text_printf(
			      db_arena(db), "survey_run:%lld", (long long)closing->run) });
	return OK;
}

enum status
run_close_step(struct db *db, struct job *unused_job)
{
	struct rows *rows = db_read(db, &HALF_CLOSED);
	enum status status = E_ABSENT;

	(void)unused_job;
	if (rows_next(rows)) {
		struct closing closing = { .run = rows_int(rows, 0), .id = rows_id(rows, 1) };
		status = seal_key_destroy(db_arena(db), closing.id);
		return status == OK ? db_transact(db, finish, NULL, &closing) : status;
	}
	rows = db_read(db, &DUE, v_instant(time_now()));
	while (status == E_ABSENT && rows_next(rows))
		status = unseal_due(db, rows);
	return status;
}
