/*
 * retention.c: how long rows of hdm are kept. The words of a contact go with it; a talk that is
 * still due stays, however old.
 */
#include "hdm/hdm.h"

const struct retention HDM_RETENTION[] = {
	{ "contact", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM contact WHERE at < ? ORDER BY at LIMIT 1000" } },
	{ "note", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM note WHERE created_at < ? AND contact_id IS NULL"
		      " ORDER BY created_at LIMIT 1000" } },
	{ "one_on_one", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM one_on_one WHERE due_at < ? AND state IN ('held', "
		      "'cancelled')"
		      " ORDER BY due_at LIMIT 1000" } },
	{ 0 },
};
