/*
 * visit.c: see visit.h.
 */
#include "portal/visit.h"

struct visit
visit_of(bool known, instant since, instant seen, instant now)
{
	struct visit visit = { .since = since, .to_write = now - seen >= VISIT_WRITE_AFTER };

	if (!known)
		visit = (struct visit){
			.since = now - VISIT_FIRST, .first = true, .to_write = true
		};
	else if (now - seen >= VISIT_GAP)
		visit.since = seen;
	visit.newer = visit.since - VISIT_OVERLAP;
	return visit;
}
