/*
 * visit.h: what counts as "since you were last here" on the home page.
 *
 * Rule (README 10): a visit ends when home was not asked for VISIT_GAP; until then reloading
 * shows the same list. What is newer than the end of the visit before is new.
 */
#ifndef KEPTWORD_PORTAL_VISIT_H
#define KEPTWORD_PORTAL_VISIT_H

#include "base/time.h"

#include <stdbool.h>

#define VISIT_GAP (30 * MINUTE)
/* How often the time of a visit is written down: the price of a home page is no write. */
#define VISIT_WRITE_AFTER (5 * MINUTE)
/* A row's time is that of its change, which others see only once it is committed; a pay run
 * takes a while. So what came shortly before the last look is told again rather than never. */
#define VISIT_OVERLAP (5 * MINUTE)
/* How far back somebody looks who is here for the first time. */
#define VISIT_FIRST (14 * DAY_LENGTH)

struct visit {
	instant since; /* the end of the visit before */
	instant newer; /* what is newer than this is new */
	bool first;    /* nobody was here before */
	bool to_write; /* the time has to be written down */
};

/* The visit of now, from what was written down. since 0: the visit of seen was the first; seen
 * 0: nothing was written down. */
struct visit visit_of(instant since, instant seen, instant now);

#endif
