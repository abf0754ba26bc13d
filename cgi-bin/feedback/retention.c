/*
 * retention.c: how long rows of feedback are kept.
 *
 * The answers of a run go in one transaction, all or none: of two looks at results between
 * which some went, somebody could work out what those had said. Counts of the run as a whole
 * stay.
 */
#include "feedback/feedback.h"

/* The run that closed first among those that are due and have any; NULL: none. */
#define RUN(table)                                                                        \
	"SET @kept_run = (SELECT s.id FROM survey_run s WHERE s.closed_at < ? AND EXISTS" \
	" (SELECT 1 FROM " table " x WHERE x.run_id = s.id) ORDER BY s.closed_at LIMIT 1)"

const struct retention FEEDBACK_RETENTION[] = {
	{ "response", KEPT_SETTING(CONFIG_KEEP_SURVEYS), .first = { RUN("response") },
	    .stmt = { "DELETE FROM response WHERE run_id = @kept_run" } },
	{ "invitation", KEPT_YEARS(2), .first = { RUN("invitation") },
	    .stmt = { "DELETE FROM invitation WHERE run_id = @kept_run LIMIT 1000" } },
	{ 0 },
};
