/*
 * notice_send.c: the worker's two jobs. Each second it takes what is new and gives every
 * channel a turn: claims some rows for a lease, delivers them one after the other, and goes on
 * like that for about a second, mails over one connection; what it did not come to it hands
 * back. A worker that dies leaves its claims to the
 * lease; what was accepted by the other side in that moment is sent once more, with the id by
 * which it is known.
 *
 * A server that is down pauses its channel, not the others, and costs no row a try: 5 s,
 * doubling to a minute. A row that alone is refused waits by itself: 5 s, doubling to 15
 * minutes, until it expires.
 */
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "data/notice.h"
#include "data/work_count.h"
#include "doc/smtp.h"
#include "portal/notice.h"

#include <string.h>

#define LEASE (3 * MINUTE) /* longer than a turn in which every call takes its whole wait */
#define TURN SECOND
#define WAIT_FIRST (5 * SECOND)
#define WAIT_ROW (15 * MINUTE)
#define WAIT_CHANNEL MINUTE
#define WHY_MOST 300
#define GIVE_UP_IN_TURN 5 /* rows refused one after the other: it is the server */

static const struct stmt CHANNEL = {
	"SELECT failures, paused_until FROM notice_channel WHERE channel = ?"
};
static const struct stmt CHANNEL_WORKS = {
	"INSERT INTO notice_channel (channel, worked_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE"
	" failures = 0, paused_until = NULL, worked_at = VALUES(worked_at)"
};
static const struct stmt CHANNEL_FAILS = {
	"INSERT INTO notice_channel (channel, failures, paused_until, failed_at, why)"
	" VALUES (?, 1, ?, ?, ?) ON DUPLICATE KEY UPDATE failures = failures + 1,"
	" paused_until = VALUES(paused_until), failed_at = VALUES(failed_at), why = VALUES(why)"
};
static const struct stmt CLAIM_ROWS = {
	"UPDATE notice_delivery SET owner = ?, lease_until = ? WHERE state = 'queued'"
	" AND channel = ? AND next_at <= ? AND (lease_until IS NULL OR lease_until < ?)"
	" ORDER BY next_at LIMIT 50"
};
static const struct stmt CLAIMED = {
	"SELECT d.id, d.public_id, d.source, d.outbox_id, d.person_id, d.kind, d.topic, d.path,"
	" d.detail, d.created_at, d.expires_at, d.attempts, p.public_id, p.email,"
	" p.preferred_name, p.locale, p.time_zone, COALESCE(p.state = 'active', 0),"
	" c.person_id IS NOT NULL"
	" FROM notice_delivery d LEFT JOIN person p ON p.id = d.person_id"
	" LEFT JOIN notice_choice c ON c.person_id = d.person_id AND c.topic = d.topic"
	" WHERE d.owner = ? ORDER BY d.next_at, d.id"
};
static const struct stmt HAND_BACK = {
	"UPDATE notice_delivery SET owner = NULL, lease_until = NULL WHERE owner = ?"
};
static const struct stmt DONE = {
	"UPDATE notice_delivery SET state = ?, reason = ?, why = ?, attempts = attempts + 1,"
	" owner = NULL, lease_until = NULL, done_at = ? WHERE id = ? AND owner = ?"
};
static const struct stmt LATER = { "UPDATE notice_delivery SET why = ?, attempts = attempts + "
				   "1, next_at = ?, owner = NULL,"
				   " lease_until = NULL WHERE id = ? AND owner = ?" };
static const struct stmt EXPIRE = {
	"UPDATE notice_delivery SET state = 'expired', reason = 'too_late', done_at = ?"
	" WHERE state = 'queued' AND expires_at <= ? AND (lease_until IS NULL OR lease_until < "
	"?)"
	" LIMIT 1000"
};
/* One channel's turn. */
struct turn {
	struct db *db;
	const char *channel, *owner;
	const struct hook *hook; /* NULL: mail */
	struct smtp *smtp;
	int failures; /* of the channel, before */
	int64_t began;
	int tried, refused; /* refused: one after the other */
	bool worked, ended;
};

/* 5 s doubled so often, at most `most`, a quarter more or less. */
static instant
wait_for(int failures, instant most)
{
	instant wait = WAIT_FIRST;
	uint32_t random;

	for (int i = 0; i < failures && wait < most; i++)
		wait *= 2;
	if (wait > most)
		wait = most;
	crypto_random(&random, sizeof random);
	return wait * 3 / 4 + wait / 2 * (instant)(random >> 16) / 65536;
}

/* What another server said, fit for a page. */
static const char *
why_clean(struct arena *arena, const char *why)
{
	char *text = text_copy(arena, why);

	if (text_empty(text))
		return NULL;
	if (!text_valid(text, strlen(text), NULL))
		return "(not readable)";
	for (char *p = text; *p; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
	if (strlen(text) > WHY_MOST / 2)
		text = text_copy(arena, text_printf(arena, "%.*s", WHY_MOST / 2, text));
	return text_valid(text, strlen(text), NULL) ? text : "(long)";
}

enum status
notice_done(struct db *db, const struct delivery *delivery, const char *state,
    const char *reason, const char *why)
{
	return db_write_one(db, &DONE, v_text(state), v_text(reason),
	    v_text(why_clean(db_arena(db), why)), v_instant(time_now()), v_int(delivery->id),
	    v_text(delivery->owner));
}

static void
channel_fails(struct turn *turn, const char *why)
{
	instant now = time_now();

	turn->ended = true;
	db_write(turn->db, &CHANNEL_FAILS, v_text(turn->channel),
	    v_instant(now + wait_for(turn->failures, WAIT_CHANNEL)), v_instant(now),
	    v_text(why_clean(db_arena(turn->db), why)));
	log_event(LOG_LEVEL_WARN, "notice_channel_paused", LOG_TEXT("channel", turn->channel),
	    LOG_INT("failures", turn->failures + 1));
}

static void
row_later(struct turn *turn, const struct delivery *delivery, const char *why)
{
	struct db *db = turn->db;

	db_write(db, &LATER, v_text(why_clean(db_arena(db), why)),
	    v_instant(time_now() + wait_for(delivery->attempts, WAIT_ROW)), v_int(delivery->id),
	    v_text(delivery->owner));
	if (++turn->refused >= GIVE_UP_IN_TURN)
		channel_fails(turn, why);
}

static const char *
way_of(const struct turn *turn)
{
	return text_is(turn->channel, NOTICE_MAIL) ? "mail" : "webhook";
}

static void
settle(struct turn *turn, const struct delivery *delivery, struct outcome outcome)
{
	switch (outcome.kind) {
	case NOTICE_SENT:
		work_count(WORK_COUNT_SENT, way_of(turn), 1);
		if (!outcome.told)
			(void)notice_done(turn->db, delivery, "sent", NULL, NULL);
		turn->worked = true;
		turn->refused = 0;
		break;
	case NOTICE_AGAIN:
		row_later(turn, delivery, outcome.why);
		break;
	case NOTICE_PAUSE:
		channel_fails(turn, outcome.why);
		break;
	case NOTICE_FAILED:
		work_count(WORK_COUNT_LOST, way_of(turn), 1);
		(void)notice_done(turn->db, delivery, "failed", outcome.reason, outcome.why);
		log_event(LOG_LEVEL_WARN, "notice_failed", LOG_TEXT("kind", delivery->kind),
		    LOG_INT("id", delivery->id), LOG_TEXT("why", outcome.reason));
		break;
	case NOTICE_SKIPPED:
		(void)notice_done(turn->db, delivery, "skipped", outcome.reason, NULL);
		break;
	}
	if (outcome.ill && !turn->ended)
		channel_fails(turn, outcome.why);
}

static struct delivery
row_read(const struct turn *turn, const struct rows *rows)
{
	struct delivery delivery = {
		.id = rows_int(rows, 0),
		.source = rows_text(rows, 2),
		.outbox = rows_int(rows, 3),
		.person = rows_int(rows, 4),
		.kind = rows_text(rows, 5),
		.topic = rows_text(rows, 6),
		.path = rows_text(rows, 7),
		.detail = rows_text(rows, 8),
		.created = rows_instant(rows, 9),
		.expires = rows_instant(rows, 10),
		.attempts = (int)rows_int(rows, 11),
		.email = rows_text(rows, 13),
		.name = rows_text(rows, 14),
		.locale = rows_text(rows, 15),
		.zone = rows_text(rows, 16),
		.active = rows_int(rows, 17) != 0,
		.off = rows_int(rows, 18) != 0,
		.public_id = rows_id(rows, 1),
		.person_id = rows_id(rows, 12),
		.channel = turn->channel,
		.owner = turn->owner,
	};

	return delivery;
}

static void
row_deliver(struct turn *turn, const struct delivery *delivery)
{
	if (delivery->expires <= time_now()) {
		(void)notice_done(turn->db, delivery, "expired", "too_late", NULL);
		work_count(WORK_COUNT_LOST, way_of(turn), 1);
		return;
	}
	settle(turn, delivery,
	    turn->hook ? notice_hook_send(turn->db, turn->hook, delivery)
		       : notice_mail_send(turn->db, turn->smtp, delivery));
}

/* Reads how the channel is; false while it is to be left alone. */
static bool
channel_open(struct turn *turn)
{
	struct rows *rows = db_read(turn->db, &CHANNEL, v_text(turn->channel));

	if (!rows_next(rows))
		return db_status(turn->db) == OK;
	turn->failures = (int)rows_int(rows, 0);
	return rows_null(rows, 1) || rows_instant(rows, 1) <= time_now();
}

/* Is there something to do? Then it is ours for the lease. */
static bool
claim(struct turn *turn)
{
	instant now = time_now();

	turn->owner = id_text(db_arena(turn->db), id_new());
	return db_write(turn->db, &CLAIM_ROWS, v_text(turn->owner), v_instant(now + LEASE),
		   v_text(turn->channel), v_instant(now), v_instant(now)) > 0;
}

static bool
time_left(const struct turn *turn)
{
	return !turn->ended && db_status(turn->db) == OK && time_ticks() - turn->began < TURN;
}

/* Delivers what was claimed as long as the turn lasts, and hands the rest back. */
static void
claim_deliver(struct turn *turn)
{
	struct db *db = turn->db;
	struct rows *rows = db_read(db, &CLAIMED, v_text(turn->owner));
	size_t n = rows_count(rows), tried = 0;

	while (time_left(turn) && rows_next(rows)) {
		struct delivery delivery = row_read(turn, rows);

		row_deliver(turn, &delivery);
		tried++;
		/* A claim that was lost concerns that row alone. */
		if (db_status(db) == E_CONFLICT)
			db_recover(db);
	}
	turn->tried += (int)tried;
	/* That by which the channel was paused is still ours. */
	if (tried < n || turn->ended)
		db_write(db, &HAND_BACK, v_text(turn->owner));
}

/* How many rows were tried. */
static int
turn_run(struct turn *turn)
{
	struct db *db = turn->db;

	if (!channel_open(turn))
		return 0;
	turn->began = time_ticks();
	if (!turn->hook)
		turn->smtp = smtp_open(db_arena(db));
	while (time_left(turn) && claim(turn))
		claim_deliver(turn);
	if (turn->worked && !turn->ended)
		db_write(db, &CHANNEL_WORKS, v_text(turn->channel), v_instant(time_now()));
	return turn->tried;
}

enum status
notice_deliver(struct db *db, struct job *job)
{
	int taken = notice_take(db), tried = 0;
	size_t n = 0;

	(void)job;
	if (taken < 0)
		return db_status(db) == OK ? E_AWAY : db_status(db);
	if (notice_mail_demo() || (smtp_wanted() && smtp_check(db_arena(db), NULL) == OK))
		tried += turn_run(&(struct turn){ .db = db, .channel = NOTICE_MAIL });
	const struct hook *hooks = notice_hooks(db_arena(db), &n, NULL);
	for (size_t i = 0; i < n && db_status(db) == OK; i++)
		tried += turn_run(
		    &(struct turn){ .db = db, .channel = hooks[i].name, .hook = &hooks[i] });
	if (db_status(db) != OK)
		return db_status(db);
	return taken > 0 || tried > 0 ? OK : E_ABSENT;
}

enum status
notice_tidy(struct db *db, struct job *job)
{
	struct value now = v_instant(time_now());
	int64_t n = db_write(db, &EXPIRE, now, now, now);

	(void)job;
	if (db_status(db) != OK)
		return db_status(db);
	return n < 1000 ? E_ABSENT : OK;
}
