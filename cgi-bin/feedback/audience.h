/*
 * audience.h: who is asked in a round: everyone who contributes, a project, or a pod. Always
 * active persons with the role of a contributor, each once.
 */
#ifndef KEPTWORD_FEEDBACK_AUDIENCE_H
#define KEPTWORD_FEEDBACK_AUDIENCE_H

#include "data/db.h"
#include "web/form.h"

struct audience {
	const char *kind; /* "all", "project", "pod" */
	int64_t id;       /* of the project or pod, 0 for all */
};

/* The choices of a form, with how many people each has; codes for audience_of(). */
const struct choice *audience_choices(struct request *req);
/* What a code stands for now; false when it is gone. */
MUST_USE bool audience_of(struct db *db, const char *code, struct audience *ret);

int64_t audience_count(struct db *db, const struct audience *audience);
/* Inside a transaction: invites everyone of it to a run; how many, -1 after a failure. */
int64_t audience_invite(struct db *db, const struct audience *audience, int64_t run);
/* Its name for people ("" for all). */
const char *audience_name(struct db *db, const struct audience *audience);

/* Tells everybody whom a round has invited, answered or not, in the running transaction; each kind
 * once a round and person, until `until`. */
void audience_tell(struct db *db, int64_t run, const char *kind, const char *path, instant until);

#endif
