/*
 * audit_check.c: walks a chain of audit seals and finds what somebody changed, see
 * audit_check.h.
 *
 * Each link is compared with the stored hash before it, so one changed row is one finding and
 * the chain behind it still counts. Where a link does not fit, the next one tells whether the
 * row or the stored hash was changed: it was made with the true one.
 */
#include "data/audit_check.h"

#include <string.h>

#define LINKS_AT_ONCE 5000
#define UNSEALED_MOST 1000
#define CHUNK_MEMORY ((size_t)256 * 1024 * 1024)
#define HEADS_MEMORY ((size_t)1024 * 1024 * 1024)
#define AHEAD MINUTE /* clocks of hosts differ */
#define SETTLED HOUR

static const struct stmt OWN_LAST = {
	"SELECT s.sequence, s.audit_id, s.sealed_at, (SELECT COUNT(*) FROM audit)"
	" FROM (SELECT 1) one LEFT JOIN audit_seal s"
	" ON s.sequence = (SELECT MAX(sequence) FROM audit_seal)"
};
static const struct stmt OWN_LINKS = {
	"SELECT sequence, audit_id, sealed_at, hash, id, at, actor_id, action, object, reason,"
	" request_id FROM audit_chain WHERE sequence > ? ORDER BY sequence LIMIT ?"
};
static const struct stmt OWN_UNSEALED = {
	"SELECT id, at FROM audit_unsealed ORDER BY id LIMIT ?"
};
const struct audit_reads AUDIT_OWN = { false, &OWN_LAST, &OWN_LINKS, &OWN_UNSEALED };

struct check {
	const struct audit_reads *reads;
	const char *chain;
	struct arena *arena, *chunk;
	struct audit_heads heads;
	size_t head; /* the next one to compare */
	audit_tell tell;
	void *arg;
	struct audit_result *result;
	int64_t told[AUDIT_FAULT_MAX];

	int64_t last, last_row; /* what stood at the end when we began */
	instant last_sealed;
	struct buf work;
	unsigned char before[SHA256_BYTES]; /* stored hash of the link before */
	bool before_known;
	int64_t expected, row_before;
	bool pending; /* the link before did not fit */
	int64_t pending_sequence, pending_row;
	unsigned char pending_true[SHA256_BYTES];
	int64_t fitting, fitting_row; /* where a head fitted last */
	bool rewritten;               /* told once: all that follows differs */
};

static void
found(struct check *check, struct audit_finding finding)
{
	check->result->found++;
	if (check->told[finding.fault]++ < AUDIT_TOLD_MAX)
		check->tell(check->arg, &finding);
}

/* ---- Links ---- */

/* What the link before was, now that more is known. */
static void
settle_pending(struct check *check, bool row_is_true)
{
	if (!check->pending)
		return;
	check->pending = false;
	check->result->rows += row_is_true ? 1 : 0;
	found(check, (struct audit_finding){
			 .fault = row_is_true ? AUDIT_SEAL_CHANGED : AUDIT_ROW_CHANGED,
			 .sequence = check->pending_sequence,
			 .row = check->pending_row });
}

static void
compare_head(struct check *check, const struct audit_link *link)
{
	const struct audit_heads *heads = &check->heads;

	for (; check->head < heads->n && heads->heads[check->head].sequence <= link->sequence;
	     check->head++) {
		const struct audit_head *head = &heads->heads[check->head];
		if (head->sequence < link->sequence)
			continue; /* that link is missing and has been told */
		if (memcmp(head->hash, link->hash, sizeof head->hash) == 0) {
			check->fitting = link->sequence;
			check->fitting_row = link->audit_id;
			check->result->heads++;
		} else if (!check->rewritten) {
			check->rewritten = true;
			found(check, (struct audit_finding){ .fault = AUDIT_REWRITTEN,
					 .sequence = check->fitting + 1,
					 .until = link->sequence,
					 .row = check->fitting_row,
					 .other = head->audit_id,
					 .at = head->at });
		}
	}
}

static void
compare_link(struct check *check, const struct audit_link *link, const struct audit_row *row)
{
	unsigned char hash[SHA256_BYTES];
	bool fits;

	audit_link_hash(&check->work, check->before, link, row, hash);
	fits = memcmp(hash, link->hash, sizeof hash) == 0;
	if (!fits && check->pending) {
		unsigned char other[SHA256_BYTES];
		audit_link_hash(&check->work, check->pending_true, link, row, other);
		if (memcmp(other, link->hash, sizeof other) == 0) {
			settle_pending(check, true);
			fits = true;
		}
	}
	settle_pending(check, false);
	if (fits) {
		check->result->rows++;
		return;
	}
	check->pending = true;
	check->pending_sequence = link->sequence;
	check->pending_row = link->audit_id;
	memcpy(check->pending_true, hash, sizeof hash);
}

static void
take_link(struct check *check, struct rows *rows)
{
	struct audit_link link = { .sequence = rows_int(rows, 0),
		.audit_id = rows_int(rows, 1),
		.sealed_at = rows_instant(rows, 2) };

	memcpy(link.hash, rows_bytes(rows, 3).p, sizeof link.hash);
	if (link.sequence != check->expected) {
		settle_pending(check, false);
		found(check, (struct audit_finding){ .fault = AUDIT_SEALS_MISSING,
				 .sequence = check->expected,
				 .until = link.sequence - 1,
				 .row = check->row_before,
				 .other = link.audit_id });
		check->before_known = false;
	}
	if (rows_null(rows, 4)) {
		settle_pending(check, false);
		found(check, (struct audit_finding){ .fault = AUDIT_ROW_DELETED,
				 .sequence = link.sequence,
				 .row = link.audit_id });
	} else if (check->before_known) {
		struct audit_row row = { .id = rows_int(rows, 4),
			.at = rows_instant(rows, 5),
			.actor = rows_int(rows, 6),
			.action = rows_text(rows, 7),
			.object = rows_text(rows, 8),
			.reason = rows_null(rows, 9) ? NULL : rows_text(rows, 9),
			.request = rows_null(rows, 10) ? NULL : rows_text(rows, 10) };
		compare_link(check, &link, &row);
	}
	memcpy(check->before, link.hash, sizeof check->before);
	check->before_known = true;
	check->expected = link.sequence + 1;
	check->row_before = link.audit_id;
	compare_head(check, &link);
}

/* ---- Reading ---- */

static struct rows *
read_of(struct check *check, struct db *db, const struct stmt *stmt, struct value one,
    struct value two)
{
	struct value values[4];
	size_t n = 0;

	if (check->reads->named)
		values[n++] = v_text(check->chain);
	if (one.kind != VALUE_END)
		values[n++] = one;
	if (two.kind != VALUE_END)
		values[n++] = two;
	values[n] = (struct value){ 0 };
	return db_read_values(db, stmt, values);
}

#define NO_VALUE ((struct value){ 0 })

/* Some thousand links; how many there were, -1 after a failure. */
static int64_t
links_read(struct check *check, enum status *ret)
{
	struct db *db = db_lease(check->chunk, DB_JOB);
	struct rows *rows = read_of(
	    check, db, check->reads->links, v_int(check->expected - 1), v_int(LINKS_AT_ONCE));
	int64_t n = 0;

	for (; rows_next(rows); n++)
		take_link(check, rows);
	*ret = db_status(db);
	db_release(db);
	arena_reset(check->chunk);
	return *ret == OK ? n : -1;
}

/* The end of the chain as it is now; how many rows there are. */
static enum status
last_read(struct check *check, int64_t *ret_rows)
{
	struct db *db = db_lease(check->chunk, DB_JOB);
	struct rows *rows = read_of(check, db, check->reads->last, NO_VALUE, NO_VALUE);

	*ret_rows = 0;
	if (rows_next(rows)) {
		check->last = rows_int(rows, 0);
		check->last_row = rows_int(rows, 1);
		check->last_sealed = rows_instant(rows, 2);
		*ret_rows = rows_int(rows, 3);
	}
	enum status status = db_status(db);
	db_release(db);
	arena_reset(check->chunk);
	return status;
}

static void
take_unsealed(struct check *check, int64_t id, instant at, instant now)
{
	enum audit_fault fault = AUDIT_ROW_UNSEALED;

	if (at >= now - AUDIT_LAG_MAX && at <= now + AHEAD) {
		check->result->waiting++;
		return;
	}
	if (check->last && id <= check->last_row && at < check->last_sealed - SETTLED)
		fault = AUDIT_ROW_ADDED;
	found(check, (struct audit_finding){ .fault = fault, .row = id, .at = at });
}

static enum status
unsealed_read(struct check *check)
{
	struct db *db = db_lease(check->chunk, DB_JOB);
	struct rows *rows =
	    read_of(check, db, check->reads->unsealed, v_int(UNSEALED_MOST), NO_VALUE);
	instant now = time_now();

	while (rows_next(rows))
		take_unsealed(check, rows_int(rows, 0), rows_instant(rows, 1), now);
	enum status status = db_status(db);
	db_release(db);
	arena_reset(check->chunk);
	return status;
}

/* ---- Heads ---- */

static enum status
heads_read(struct check *check, const char *folder)
{
	enum status status =
	    audit_heads_read(check->arena, folder, check->chain, &check->heads);

	if (status == E_ABSENT && check->last > 0)
		found(check, (struct audit_finding){ .fault = AUDIT_NO_HEADS });
	if (check->heads.n_bad)
		found(check, (struct audit_finding){ .fault = AUDIT_BAD_HEAD,
				 .file = check->heads.bad_file,
				 .sequence = (int64_t)check->heads.bad_line });
	return status == E_ABSENT ? OK : status;
}

/* Heads above the end of the chain: what they tell of is not there any more. */
static void
compare_tail(struct check *check)
{
	const struct audit_heads *heads = &check->heads;

	if (heads->n == 0 || heads->heads[heads->n - 1].sequence < check->expected)
		return;
	const struct audit_head *head = &heads->heads[heads->n - 1];
	found(check, (struct audit_finding){ .fault = AUDIT_TAIL_CUT,
			 .sequence = check->expected,
			 .until = head->sequence,
			 .row = head->audit_id,
			 .at = head->at });
}

static enum status
walk(struct check *check, const char *folder)
{
	int64_t rows, n;
	enum status status = last_read(check, &rows);

	if (status == OK)
		status = heads_read(check, folder);
	if (status != OK)
		return status;
	audit_chain_begin(check->arena, check->chain, check->before);
	check->before_known = true;
	check->expected = 1;
	do
		n = links_read(check, &status);
	while (n == LINKS_AT_ONCE);
	if (status != OK)
		return status;
	settle_pending(check, false);
	compare_tail(check);
	/* There were as many rows as seals, and each seal has its own: none is without. */
	return rows != check->last || check->result->found ? unsealed_read(check) : OK;
}

enum status
audit_check(const struct audit_reads *reads, const char *chain, const char *folder,
    audit_tell tell, void *arg, struct audit_result *ret)
{
	struct check check = { .reads = reads, .chain = chain, .tell = tell, .arg = arg };
	enum status status = E_LIMIT;

	*ret = (struct audit_result){ 0 };
	check.result = ret;
	check.arena = arena_new(HEADS_MEMORY);
	check.chunk = arena_new(CHUNK_MEMORY);
	if (check.arena && check.chunk) {
		check.work = buf_new(check.arena);
		status = walk(&check, folder);
	}
	arena_free(check.chunk);
	arena_free(check.arena);
	return status;
}
