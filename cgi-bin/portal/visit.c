/*
 * visit.c: see visit.h.
 */
#include "portal/visit.h"

struct visit
visit_of(instant since, instant seen, instant now)
{
	struct visit visit = { .since = since, .to_write = now - seen >= VISIT_WRITE_AFTER };

	if (seen != 0 && now - seen >= VISIT_GAP)
		visit.since = seen;
	if (visit.since == 0) {
		visit.first = true;
		visit.since = now - VISIT_FIRST;
	}
	visit.newer = visit.since - VISIT_OVERLAP;
	return visit;
}
