/*
 * notice_take.c: what every outbox holds becomes rows of notice_delivery, once.
 *
 * A row is taken when there is no delivery of it by mail yet (each has one, if only to say that
 * nobody gets it), never by "ids above the last one": an id that commits late would be lost. So
 * that a look does not read every row of three months, it goes back in steps: each second half
 * a minute, each minute an hour, each hour and at the start everything. A transaction that is
 * open for longer than that is only told later.
 *
 * The rows are read plainly and inserted after: an INSERT ... SELECT would lock the outboxes,
 * and people's submissions write there.
 */
#include "base/text.h"
#include "data/notice.h"
#include "portal/notice.h"

#include <string.h>

#define BATCH 500
#define WIDTH 15

/* Variables, because conditions are handed down into a UNION for them, but not for a '?'. */
static const struct stmt SINCE = { "SET @notice_since = ?" };
static const struct stmt NEW = {
	"SELECT o.source, o.id, o.kind, o.topic, o.person_id, o.path, o.detail, o.created_at,"
	" o.not_before, o.expires_at FROM outbox_public o"
	" LEFT JOIN notice_delivery d ON d.source = o.source AND d.outbox_id = o.id"
	"  AND d.channel = 'mail'"
	" WHERE o.created_at > CAST(@notice_since AS DATETIME(6)) AND d.id IS NULL LIMIT 500"
};
static const struct stmt ADD = {
	"INSERT INTO notice_delivery (public_id, source, outbox_id, channel, person_id, kind,"
	" topic, path, detail, created_at, expires_at, state, reason, next_at, done_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE why = notice_delivery.why"
};

/* How far back looks go, and how often. */
static struct {
	instant back;
	int64_t every; /* ticks */
	int64_t due;
} looks[] = {
	{ NOTICE_KEPT - DAY_LENGTH, HOUR, 0 },
	{ HOUR, MINUTE, 0 },
	{ MINUTE / 2, 0, 0 },
};
#define LOOKS (sizeof looks / sizeof *looks)

struct taking {
	instant since;
	const struct hook *hooks;
	size_t n_hooks;
	int taken;
};

static void
row_put(
    struct value *to, struct id *id, const struct rows *rows, const char *channel, bool nobody)
{
	instant created = rows_instant(rows, 7);

	*id = id_new();
	to[0] = v_bytes(id->b, sizeof id->b);
	to[1] = v_text(rows_text(rows, 0));
	to[2] = v_int(rows_int(rows, 1));
	to[3] = v_text(channel);
	to[4] = v_int(rows_int(rows, 4));
	to[5] = v_text(rows_text(rows, 2));
	to[6] = v_text(rows_text(rows, 3));
	to[7] = v_text(rows_text(rows, 5));
	to[8] = v_text(rows_text(rows, 6));
	to[9] = v_instant(created);
	to[10] = v_instant(rows_instant(rows, 9));
	to[11] = v_text(nobody ? "skipped" : "queued");
	to[12] = v_text(nobody ? "nobody" : NULL);
	to[13] = v_instant(rows_instant(rows, 8));
	to[14] = nobody ? v_instant(time_now()) : v_null();
}

/* A notice to a person goes by mail; one to nobody in particular to the webhooks that want its
 * kind. What is written to one person never leaves by a webhook. */
static enum status
take(struct db *db, void *arg)
{
	struct taking *taking = arg;
	struct arena *arena = db_arena(db);

	db_write(db, &SINCE, v_instant(taking->since));
	struct rows *rows = db_read(db, &NEW);
	size_t most = rows_count(rows) * (1 + taking->n_hooks), n = 0;
	struct value *values = arena_array_of(arena, struct value, most * WIDTH + 1);
	struct id *ids = arena_array_of(arena, struct id, most + 1);

	taking->taken = (int)rows_count(rows);
	while (rows_next(rows)) {
		bool nobody = rows_int(rows, 4) == 0;

		row_put(&values[n * WIDTH], &ids[n], rows, NOTICE_MAIL, nobody);
		n++;
		for (size_t i = 0; nobody && i < taking->n_hooks; i++) {
			if (!notice_hook_wants(&taking->hooks[i], rows_text(rows, 2)))
				continue;
			row_put(
			    &values[n * WIDTH], &ids[n], rows, taking->hooks[i].name, false);
			n++;
		}
	}
	if (n > 0)
		db_write_many(db, &ADD, values, WIDTH, n);
	return db_status(db);
}

int
notice_take(struct db *db)
{
	int64_t ticks = time_ticks();
	struct taking taking = { 0 };
	size_t look = 0;

	while (look + 1 < LOOKS && ticks < looks[look].due)
		look++;
	taking.hooks = notice_hooks(db_arena(db), &taking.n_hooks, NULL);
	taking.since = time_now() - looks[look].back;
	if (db_transact(db, take, NULL, &taking) != OK)
		return -1;
	/* All of this look are taken: the next one need not go as far. */
	if (taking.taken < BATCH)
		for (size_t i = look; i < LOOKS; i++)
			looks[i].due = ticks + looks[i].every;
	return taking.taken;
}
