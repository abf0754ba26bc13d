/*
 * event.h: how plugins tell each other, without naming each other.
 *
 * The writer inserts into its own table `event` in the transaction of the change. Readers
 * see it through the writer's published view `event_public` and anti-join their own table
 * `event_done`, so an id that commits late is never skipped. Each event's effect and its
 * `event_done` row are one transaction: delayed perhaps, never lost, never doubled.
 */
#ifndef KEPTWORD_EVENT_H
#define KEPTWORD_EVENT_H

#include "data/db.h"

struct event {
	int64_t id;
	const char *kind;   /* "engagement.signed" */
	int64_t person;     /* whom it concerns, 0 for none */
	int64_t subject;    /* id of the row it is about, in the writer's database */
	const char *detail; /* JSON object, "{}" for none */
	instant at;
};

/* Adds a row in the running transaction. Failure sticks. */
void event_raise(
    struct db *db, const char *kind, int64_t person, int64_t subject, const char *detail);

/* One kind of event that a plugin waits for. pending: a SELECT of up to 100 open events
 * from a published view: event id, kind, person, subject, detail, at; it anti-joins
 * event_done on (source, event_id) with source as a literal in it. */
struct consumer {
	const char *source; /* a word for the writer's stream, as stored in event_done */
	const struct stmt *pending;
	/* Runs in a transaction. E_INPUT: cannot be used, logged and marked done. */
	enum status (*take)(struct db *db, const struct event *event);
};

/* Takes what is open for one consumer; the number taken, -1 when the database failed. */
int event_consume(struct db *db, const struct consumer *consumer);

#endif
