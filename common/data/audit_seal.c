/*
 * audit_seal.c: gives each audit row its place in the chain, see audit_seal.h.
 *
 * Which rows are looked at: those above a mark. Each second it is the highest id of one to two
 * minutes ago, held in this process; once a minute, and at the start, it is the last row that
 * was written an hour before the last seal, so that whatever comes late is sealed a minute
 * after it was committed. What appears below even that mark has been put there by somebody else
 * and stays without a seal; check-audit names it.
 */
#include "data/audit_seal.h"

#include "base/config.h"
#include "base/log.h"
#include "data/audit_head.h"
#include "data/work_count.h"

#include <inttypes.h>
#include <string.h>

#define SEAL_AT_ONCE 1000 /* as in UNSEALED */
#define SETTLED HOUR      /* no transaction of ours stays open so long */
#define LOOK_BACK (60 * SECOND)

static const struct stmt LAST = { "SELECT sequence, audit_id, sealed_at, hash FROM audit_seal "
				  "ORDER BY sequence DESC LIMIT 1" };
static const struct stmt SETTLED_ID = {
	"SELECT LEAST(id, (SELECT MAX(audit_id) FROM audit_seal)) FROM audit WHERE at < ?"
	" ORDER BY at DESC, id DESC LIMIT 1"
};
static const struct stmt HIGHEST_ID = { "SELECT COALESCE(MAX(id), 0) FROM audit" };
static const struct stmt UNSEALED = {
	"SELECT a.id, a.at, a.actor_id, a.action, a.object, a.reason, a.request_id FROM audit a"
	" LEFT JOIN audit_seal s ON s.audit_id = a.id"
	" WHERE a.id > ? AND s.audit_id IS NULL ORDER BY a.id LIMIT 1000"
};
static const struct stmt SEAL_ADD = {
	"INSERT INTO audit_seal (sequence, audit_id, sealed_at, hash) VALUES (?, ?, ?, ?)"
};
#define SEAL_WIDTH 4
static const struct stmt WAITING = {
	"SELECT at FROM audit WHERE id > (SELECT COALESCE(MAX(audit_id), 0) FROM audit_seal)"
	" ORDER BY id LIMIT 1"
};

/* ---- Hashes ---- */

const char *
audit_chain_name(void)
{
	const char *database = config_text(CONFIG_DB_NAME);

	return text_starts(database, "keptword_") ? database + strlen("keptword_") : database;
}

void
audit_chain_begin(struct arena *arena, const char *chain, unsigned char out[SHA256_BYTES])
{
	crypto_sha256(bytes_of(text_printf(arena, "keptword audit chain %s", chain)), out);
}

static void
put_text(struct buf *to, const char *text)
{
	if (!text) {
		buf_add(to, "-,", 2);
		return;
	}
	size_t n = strlen(text);
	buf_printf(to, "%zu:", n);
	buf_add(to, text, n);
	buf_char(to, ',');
}

/* By hand: a million rows have four million numbers. */
static void
put_number(struct buf *to, int64_t number)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t n = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	*--p = ',';
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	if (number < 0)
		*--p = '-';
	size_t length = (size_t)(digits + sizeof digits - p) - 1;
	if (length >= 10)
		buf_char(to, (char)('0' + length / 10));
	buf_char(to, (char)('0' + length % 10));
	buf_char(to, ':');
	buf_add(to, p, length + 1);
}

void
audit_link_hash(struct buf *work, const unsigned char before[SHA256_BYTES],
    const struct audit_link *link, const struct audit_row *row, unsigned char out[SHA256_BYTES])
{
	work->n = 0;
	buf_add(work, before, SHA256_BYTES);
	put_number(work, link->sequence);
	put_number(work, link->sealed_at);
	put_number(work, row->id);
	put_number(work, row->at);
	put_number(work, row->actor);
	put_text(work, row->action);
	put_text(work, row->object);
	put_text(work, row->reason);
	put_text(work, row->request);
	crypto_sha256((struct bytes){ (const unsigned char *)work->p, work->n }, out);
}

/* ---- Sealing ---- */

static bool
last_read(struct db *db, struct audit_link *ret)
{
	struct rows *rows = db_read(db, &LAST);

	*ret = (struct audit_link){ 0 };
	if (!rows_next(rows))
		return false;
	ret->sequence = rows_int(rows, 0);
	ret->audit_id = rows_int(rows, 1);
	ret->sealed_at = rows_instant(rows, 2);
	memcpy(ret->hash, rows_bytes(rows, 3).p, sizeof ret->hash);
	return true;
}

/* Where this process looks from. One thread seals. */
static struct {
	int64_t turned;       /* ticks of the last long look, 0: none yet */
	int64_t newer, older; /* highest ids at the last two */
	bool goes_on;         /* a look has found more than it takes at once */
	int64_t mark;         /* ... and goes on from here */
	instant looked;       /* when all was sealed that was there; 0: not yet */
} window;

struct sealing {
	int64_t mark;
	size_t n;       /* rows sealed by the last run */
	instant oldest; /* of their instants */
	struct audit_link head;
};

/* Rows up to this id were decided when the last seal was made. After a long pause of all
 * workers sealing goes on where it ended, however old the rows are by now. */
static int64_t
settled(struct db *db, const struct audit_link *last)
{
	if (last->sequence == 0)
		return 0;
	return db_int(db, &SETTLED_ID, 0, v_instant(last->sealed_at - SETTLED));
}

static int64_t
mark_of(struct db *db, const struct audit_link *last)
{
	if (window.goes_on)
		return window.mark;
	if (window.turned != 0 && time_ticks() - window.turned < LOOK_BACK)
		return window.older;
	window.older = window.newer;
	window.newer = db_int(db, &HIGHEST_ID, 0);
	window.turned = time_ticks();
	return settled(db, last);
}

static struct audit_row
row_at(struct rows *rows)
{
	return (struct audit_row){ .id = rows_int(rows, 0),
		.at = rows_instant(rows, 1),
		.actor = rows_int(rows, 2),
		.action = rows_text(rows, 3),
		.object = rows_text(rows, 4),
		.reason = rows_null(rows, 5) ? NULL : rows_text(rows, 5),
		.request = rows_null(rows, 6) ? NULL : rows_text(rows, 6) };
}

static enum status
seal_work(struct db *db, void *arg)
{
	struct sealing *sealing = arg;
	struct arena *arena = db_arena(db);
	struct audit_link link;
	instant now = time_now();

	sealing->n = 0;
	if (!last_read(db, &link))
		audit_chain_begin(arena, audit_chain_name(), link.hash);
	struct rows *rows = db_read(db, &UNSEALED, v_int(sealing->mark));
	struct value *values =
	    arena_array_of(arena, struct value, rows_count(rows) * SEAL_WIDTH);
	struct buf work = buf_new(arena);
	sealing->oldest = now;
	while (rows_next(rows)) {
		struct audit_row row = row_at(rows);
		unsigned char *hash = arena_alloc(arena, SHA256_BYTES);
		struct value *at = &values[sealing->n++ * SEAL_WIDTH];

		link.sequence++;
		link.audit_id = row.id;
		link.sealed_at = now;
		audit_link_hash(&work, link.hash, &link, &row, hash);
		memcpy(link.hash, hash, SHA256_BYTES);
		at[0] = v_int(link.sequence);
		at[1] = v_int(row.id);
		at[2] = v_instant(now);
		at[3] = v_bytes(hash, SHA256_BYTES);
		if (row.at < sealing->oldest)
			sealing->oldest = row.at;
	}
	if (sealing->n > 0)
		(void)db_write_many(db, &SEAL_ADD, values, SEAL_WIDTH, sealing->n);
	sealing->head = link;
	return db_status(db);
}

/* Something stood there for long, and not because its transaction ended late: then the last
 * look that left nothing would have been before it. */
static void
tell_late(const struct sealing *sealing, instant now)
{
	instant since = sealing->oldest > window.looked ? sealing->oldest : window.looked;

	if (sealing->n > 0 && now - since > AUDIT_LAG_MAX)
		log_event(LOG_LEVEL_ERROR, "audit_unsealed",
		    LOG_INT("rows", (int64_t)sealing->n),
		    LOG_INT("seconds", (now - since) / SECOND),
		    LOG_INT("sequence", sealing->head.sequence));
}

enum status
audit_seal_step(struct db *db, struct job *unused_job)
{
	struct sealing sealing = { 0 };
	struct audit_link last;
	instant now = time_now();

	(void)unused_job;
	(void)last_read(db, &last);
	sealing.mark = mark_of(db, &last);
	enum status status = db_status(db);
	if (status == OK)
		status = db_transact(db, seal_work, NULL, &sealing);
	if (status == E_CONFLICT) { /* another worker was there first */
		db_recover(db);
		return E_ABSENT;
	}
	if (status != OK)
		return status;
	work_count(WORK_COUNT_SEALED, "", (int64_t)sealing.n);
	tell_late(&sealing, now);
	if (sealing.head.sequence > 0)
		audit_head_copy_out(db_arena(db), audit_chain_name(), &sealing.head);
	window.goes_on = sealing.n == SEAL_AT_ONCE;
	window.mark = sealing.head.audit_id; /* what comes below waits for the next look */
	if (window.goes_on)
		return OK;
	if (window.older == 0)
		window.older = settled(db, &sealing.head);
	window.looked = now;
	return E_ABSENT;
}

enum status
audit_lag(struct db *db, struct audit_lag *ret)
{
	struct audit_link last;

	(void)last_read(db, &last);
	struct rows *rows = db_read(db, &WAITING);
	*ret = (struct audit_lag){ .sequence = last.sequence,
		.sealed_at = last.sealed_at,
		.since = rows_next(rows) ? rows_instant(rows, 0) : 0 };
	return db_status(db);
}
