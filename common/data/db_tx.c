/*
 * db_tx.c: transactions, and what is done when they fail.
 *
 * A transaction is a function that can be run again. Conflicts (deadlock, lock wait, changed
 * row, node not ready) roll back and repeat it; a connection lost before COMMIT was sent
 * repeats it on a new one; a connection lost at COMMIT leaves the outcome unknown, and only
 * the caller's settle can tell.
 */
#include "base/log.h"
#include "base/metric.h"
#include "data/db_impl.h"

#include <time.h>

#define AGAIN_MAX 5
#define PAUSE_FIRST (50 * SECOND / 1000)
#define WEB_BUDGET (5 * SECOND / 2) /* a person waits: no repetition starts after this */

enum outcome {
	OUTCOME_COMMITTED,
	OUTCOME_REFUSED, /* rolled back, and that is the answer */
	OUTCOME_AGAIN,   /* rolled back, may succeed when repeated */
	OUTCOME_LOST,    /* connection lost, surely not committed */
	OUTCOME_UNKNOWN, /* connection lost at COMMIT */
};

/* A connection that died while idle shows here, and nothing is lost with it. */
static bool
begin(struct db *db)
{
	db->error = 0;
	db->lost = false;
	for (bool again = true;; again = false) {
		if (db->conn->mysql == NULL && !lease_connect(db))
			return false;
		if (stmt_plain(db, "START TRANSACTION"))
			break;
		if (!again || !db->lost)
			return false;
		db_recover(db);
	}
	db->transaction = true;
	return true;
}

static enum outcome
commit(struct db *db, enum status *ret)
{
	if (stmt_plain(db, "COMMIT")) {
		db->transaction = false;
		return OUTCOME_COMMITTED;
	}
	*ret = db->status;
	bool unknown = db->lost;
	bool again = number_again(db->error);
	db_recover(db);
	return unknown ? OUTCOME_UNKNOWN : again ? OUTCOME_AGAIN : OUTCOME_REFUSED;
}

static enum outcome
run(struct db *db, db_work work, void *arg, enum status *ret)
{
	enum status answer = OK;

	if (begin(db)) {
		answer = work(db, arg);
		if (answer == OK && db->status == OK)
			return commit(db, ret);
	}
	*ret = db->status != OK ? db->status : answer;
	/* A refusal that the work expected and has told the person about. */
	if (answer == E_INPUT && (db->status == E_DENIED || db->status == E_CONFLICT))
		*ret = answer;
	bool lost = db->lost && db->transaction;
	bool again = db->status != OK && number_again(db->error);
	db_recover(db);
	return lost ? OUTCOME_LOST : again ? OUTCOME_AGAIN : OUTCOME_REFUSED;
}

/* Waits, half of it by chance, so that two that met do not meet again. */
static void
pause_before(int tries)
{
	int64_t pause = PAUSE_FIRST << tries;
	int64_t ticks = time_ticks();
	int64_t chance = (int64_t)((uint64_t)ticks * 2654435761U % (uint64_t)(pause / 2));
	int64_t microseconds = pause / 2 + chance;
	struct timespec time = { .tv_sec = microseconds / SECOND,
		.tv_nsec = (long)(microseconds % SECOND * 1000) };

	(void)nanosleep(&time, NULL);
}

/* What settle says, with the lease as clean afterwards as before. */
static enum status
settled(struct db *db, db_work settle, void *arg)
{
	enum status answer = settle(db, arg);

	if (db->status != OK)
		answer = db->status;
	db_recover(db);
	return answer;
}

enum status
db_transact(struct db *db, db_work work, db_work settle, void *arg)
{
	enum status status = OK;
	int64_t began = time_ticks();
	bool reconnected = false;

	if (db->transaction) {
		lease_panic(db, "transactions do not nest", "");
		return E_FAULT;
	}
	if (db->status != OK)
		return db->status;
	if (db->conn == NULL) {
		lease_panic(db, "transaction after the lease's end", "");
		return E_FAULT;
	}
	for (int tries = 0;; tries++) {
		switch (run(db, work, arg, &status)) {
		case OUTCOME_COMMITTED:
			metric_add(METRIC_DB_TRANSACTIONS, 1);
			return OK;
		case OUTCOME_REFUSED:
			return status;
		case OUTCOME_LOST:
			if (reconnected)
				return status;
			reconnected = true;
			break;
		case OUTCOME_UNKNOWN:
			log_event(
			    LOG_LEVEL_WARN, "db_commit_unknown", LOG_INT("code", db->error));
			if (settle == NULL)
				return E_AWAY;
			status = settled(db, settle, arg);
			if (status != E_ABSENT)
				return status;
			status = E_AWAY;
			break;
		case OUTCOME_AGAIN:
			pause_before(tries);
			break;
		}
		if (tries == AGAIN_MAX ||
		    (db->use == DB_WEB && time_ticks() - began > WEB_BUDGET))
			return status;
		metric_add(METRIC_DB_RETRIES, 1);
	}
}
