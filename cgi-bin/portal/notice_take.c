/*
 * notice_take.c: what every outbox holds becomes rows of notice_delivery, once.
 *
 * A row is taken when there is no delivery of it by mail yet (each has one, if only to say that
 * nobody gets it), never by "ids above the last one": an id that commits late would be lost. So
 * that a look does not read every row of three months, it goes back in steps: each second half
 * a minute, each minute an hour, each hour and at the start everything. A transaction that is
 * open for longer than that is only told later.
 *
 * A look that finds many takes them piece by piece, oldest first, each piece behind the one
 * before, so that a hundred thousand are not gone through again for each piece. What commits
 * meanwhile behind that place is found by the next look.
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
#define SOURCE_MOST 60 /* of the procedure's parameter */

static const struct stmt NEW = { "CALL outbox_new(?, ?, ?, ?)" };
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

/* The look that is under way, and the row that it has come to. */
static struct {
	bool under_way;
	size_t look;
	instant at;
	char source[SOURCE_MOST + 1];
	int64_t id;
} place;

struct taking {
	instant at; /* of the last row that was taken */
	const char *source;
	int64_t id;
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

	struct rows *rows = db_read(
	    db, &NEW, v_instant(place.at), v_text(place.source), v_int(place.id), v_int(BATCH));
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
		taking->source = rows_text(rows, 0);
		taking->id = rows_int(rows, 1);
		taking->at = rows_instant(rows, 7);
	}
	if (n > 0)
		db_write_many(db, &ADD, values, WIDTH, n);
	return db_status(db);
}

/* Begins the look that goes back furthest of those that are due. */
static void
look_begin(int64_t ticks)
{
	place.look = 0;
	while (place.look + 1 < LOOKS && ticks < looks[place.look].due)
		place.look++;
	place.under_way = true;
	place.at = time_now() - looks[place.look].back;
	place.source[0] = '\0';
	place.id = 0;
}

/* Goes on behind what was taken, or ends the look: those that go less far back are done by it.
 */
static void
look_go_on(const struct taking *taking, int64_t ticks)
{
	if (taking->taken == BATCH && strlen(taking->source) <= SOURCE_MOST) {
		place.at = taking->at;
		place.id = taking->id;
		memcpy(place.source, taking->source, strlen(taking->source) + 1);
		return;
	}
	place.under_way = false;
	for (size_t i = place.look; i < LOOKS; i++)
		looks[i].due = ticks + looks[i].every;
}

int
notice_take(struct db *db)
{
	int64_t ticks = time_ticks();
	struct taking taking = { .source = "" };

	if (!place.under_way)
		look_begin(ticks);
	taking.hooks = notice_hooks(db_arena(db), &taking.n_hooks, NULL);
	if (db_transact(db, take, NULL, &taking) != OK)
		return -1;
	look_go_on(&taking, ticks);
	return taking.taken;
}
