/*
 * audit_find.h: which audit rows are asked for: what somebody typed, as conditions, and the rows
 * of all databases that fit. Used by the page (audit_page.c) and the export (audit_export.c).
 */
#ifndef PORTAL_AUDIT_FIND_H
#define PORTAL_AUDIT_FIND_H

#include "data/db.h"
#include "web/request.h"

/* As typed; "" for what is not asked. */
struct audit_typed {
	const char *from, *to; /* days in the reader's zone, both counted in */
	const char *who;       /* "person:31", "system", an e-mail, or words of a name */
	const char *action, *object, *chain;
};

/* The row behind which the next ones stand; at 0: none. */
struct audit_place {
	instant at;
	const char *chain;
	int64_t id;
};

struct audit_asked {
	instant from, to; /* 0: open; to is not counted in */
	bool by_actor;
	int64_t actor;
	const char *action, *object, *chain; /* NULL: any */
	struct audit_place behind;
	bool bad_day;      /* a day does not exist; then nothing is asked for */
	bool nobody;       /* who is nobody */
	struct rows *who; /* more than one fits: id, preferred name; at most WHO_MOST */
};
#define WHO_MOST 20

/* Works out what is meant; looks for the person. */
struct audit_asked audit_meant(struct request *req, struct db *db, const struct audit_typed *typed);

/* Can it be looked for, or has the reader to say more first? */
bool audit_askable(const struct audit_asked *asked);

/* The rows that fit, newest first. */
struct rows *audit_find(struct db *db, const struct audit_asked *asked, int64_t most);
enum audit_column {
	AUDIT_CHAIN,
	AUDIT_ID,
	AUDIT_AT,
	AUDIT_ACTOR,
	AUDIT_ACTION,
	AUDIT_OBJECT,
	AUDIT_REASON,
	AUDIT_REQUEST,
	AUDIT_SEQUENCE, /* NULL: not sealed yet */
	AUDIT_WHO,      /* preferred name, "" for nobody */
	AUDIT_WHO_ID,   /* public id */
	AUDIT_WHOM      /* preferred name where the object is a person */
};

/* Where a row stands, for the rows behind it, and as a text of an address ("" for none). */
struct audit_place audit_place_at(struct rows *rows);
const char *audit_place_text(struct arena *arena, const struct audit_place *place);
struct audit_place audit_place_read(struct arena *arena, const char *text);

#endif
