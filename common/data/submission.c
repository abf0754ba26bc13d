/*
 * submission.c: each form takes effect once.
 *
 * The row is inserted before the effect, in the same transaction: a second run of the same
 * form waits there until the first one is decided, and then finds its receipt.
 */
#include "data/submission.h"

#include <string.h>

static const struct stmt SUBMISSION_ADD = {
	"INSERT INTO submission (person_id, route, id, body_hash, location, at) "
	"VALUES (?, ?, ?, ?, '', ?)",
};
static const struct stmt SUBMISSION_RECEIPT = {
	"UPDATE submission SET location = ? WHERE person_id = ? AND route = ? AND id = ?",
};
static const struct stmt SUBMISSION_FIND = {
	"SELECT body_hash, location FROM submission WHERE person_id = ? AND route = ? AND id = "
	"?",
};

#define DUPLICATE 1062
#define LOCK_WAIT 1205

struct once {
	const struct submission *submission;
	submission_work work;
	void *arg;
	struct receipt receipt;
	bool taken; /* the id was there before this run */
};

static struct value
v_id(const struct submission *submission)
{
	return v_bytes(submission->id.b, sizeof submission->id.b);
}

/* OK with the receipt of then, E_ABSENT, E_CONFLICT when the body was another. */
static enum status
submission_find(struct db *db, void *arg)
{
	struct once *once = arg;
	const struct submission *submission = once->submission;
	struct rows *rows = db_read(db, &SUBMISSION_FIND, v_int(submission->person),
	    v_text(submission->route), v_id(submission));

	if (!rows_next(rows))
		return db_status(db) != OK ? db_status(db) : E_ABSENT;
	struct bytes hash = rows_bytes(rows, 0);
	if (hash.n != SHA256_BYTES || memcmp(hash.p, submission->body_hash, SHA256_BYTES) != 0)
		return E_CONFLICT;
	once->receipt.location = rows_text(rows, 1);
	return OK;
}

static enum status
submission_effect(struct db *db, void *arg)
{
	struct once *once = arg;
	const struct submission *submission = once->submission;

	once->receipt = (struct receipt){ 0 };
	once->taken = false;
	(void)db_write(db, &SUBMISSION_ADD, v_int(submission->person),
	    v_text(submission->route), v_id(submission),
	    v_bytes(submission->body_hash, SHA256_BYTES), v_instant(time_now()));
	if (db_status(db) != OK) {
		once->taken = db_error(db) == DUPLICATE;
		return db_status(db);
	}
	enum status status = once->work(db, &once->receipt, once->arg);
	if (status != OK)
		return status;
	if (!text_empty(once->receipt.location))
		(void)db_write(db, &SUBMISSION_RECEIPT, v_text(once->receipt.location),
		    v_int(submission->person), v_text(submission->route), v_id(submission));
	return db_status(db);
}

enum status
submission_run(struct db *db, const struct submission *submission, submission_work work,
    void *arg, struct receipt *ret_receipt)
{
	struct once once = { .submission = submission, .work = work, .arg = arg };
	enum status status = OK;

	/* The second round is for an id that was there and is gone: its row has expired
	 * between the two looks. */
	for (int round = 0; round < 2; round++) {
		status = db_transact(db, submission_effect, submission_find, &once);
		if (status == OK)
			break;
		if (status == E_CONFLICT && !once.taken && db_error(db) == LOCK_WAIT)
			return E_BUSY;
		if (!once.taken)
			return status;
		once.receipt = (struct receipt){ .repeated = true };
		status = submission_find(db, &once);
		if (status != E_ABSENT)
			break;
	}
	if (status == OK)
		*ret_receipt = once.receipt;
	return status;
}
