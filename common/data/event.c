/*
 * event.c: events raised in the writer's transaction, taken once by each consumer.
 *
 * Limit: a consumer's failing events stay open and are tried again at every call; a hundred
 * of them at once would keep later ones from their turn, and are in the log each time.
 */
#include "data/event.h"

#include "base/log.h"

static const struct stmt EVENT_ADD = {
	"INSERT INTO event (kind, person_id, subject_id, detail, at) VALUES (?, ?, ?, ?, ?)",
};
static const struct stmt EVENT_DONE_ADD = {
	"INSERT INTO event_done (source, event_id, at) VALUES (?, ?, ?)",
};

#define DUPLICATE 1062

void
event_raise(
    struct db *db, const char *kind, int64_t person, int64_t subject, const char *detail)
{
	(void)db_write(db, &EVENT_ADD, v_text(kind), v_int(person), v_int(subject),
	    v_text(detail), v_instant(time_now()));
}

struct taking {
	const struct consumer *consumer;
	const struct event *event;
	bool unusable; /* only mark it */
	bool taken;    /* somebody else was first */
};

/* The mark first: a second consumer of the same event waits there. */
static enum status
event_take(struct db *db, void *arg)
{
	struct taking *taking = arg;

	taking->taken = false;
	(void)db_write(db, &EVENT_DONE_ADD, v_text(taking->consumer->source),
	    v_int(taking->event->id), v_instant(time_now()));
	if (db_status(db) != OK) {
		taking->taken = db_error(db) == DUPLICATE;
		return db_status(db);
	}
	return taking->unusable ? OK : taking->consumer->take(db, taking->event);
}

/* At an unknown COMMIT the mark tells, and the mark is what a second run meets first. */
static enum status
event_settle(struct db *db, void *arg)
{
	(void)db;
	(void)arg;
	return E_ABSENT;
}

static enum status
event_one(struct db *db, struct taking *taking)
{
	enum status status = db_transact(db, event_take, event_settle, taking);

	if (status == E_INPUT) {
		log_event(LOG_LEVEL_WARN, "event_unusable",
		    LOG_TEXT("source", taking->consumer->source),
		    LOG_TEXT("kind", taking->event->kind), LOG_INT("id", taking->event->id));
		taking->unusable = true;
		status = db_transact(db, event_take, event_settle, taking);
	}
	return taking->taken && status == E_CONFLICT ? OK : status;
}

int
event_consume(struct db *db, const struct consumer *consumer)
{
	struct rows *rows = db_read(db, consumer->pending);
	int n = 0;

	while (rows_next(rows)) {
		struct event event = {
			.id = rows_int(rows, 0),
			.kind = rows_text(rows, 1),
			.person = rows_int(rows, 2),
			.subject = rows_int(rows, 3),
			.detail = rows_text(rows, 4),
			.at = rows_instant(rows, 5),
		};
		struct taking taking = { .consumer = consumer, .event = &event };
		enum status status = event_one(db, &taking);
		if (status == OK)
			n++;
		else if (status == E_AWAY)
			return -1;
		else
			log_event(LOG_LEVEL_ERROR, "event_failed",
			    LOG_TEXT("source", consumer->source), LOG_TEXT("kind", event.kind),
			    LOG_INT("id", event.id), LOG_TEXT("status", status_name(status)));
	}
	return db_status(db) == OK ? n : -1;
}
