/*
 * audit.h: who did what to which thing, in the same transaction as what it records.
 * Insert-only by grant. Rows are chained and sealed later, by the worker.
 */
#ifndef KEPTWORD_AUDIT_H
#define KEPTWORD_AUDIT_H

#include "data/db.h"

struct audit {
	int64_t actor;       /* person, 0 for the system or somebody not signed in */
	const char *action;  /* a code: "statement.issued" */
	const char *object;  /* "statement:81" ; an id, never a name */
	const char *reason;  /* code or text given by the actor; NULL for none */
	const char *request; /* request id, NULL in jobs */
};
/* Adds a row (at = time_now()). Failure sticks to the lease. */
void audit_add(struct db *db, const struct audit *audit);

#endif
