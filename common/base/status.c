/*
 * status.c: the names of the statuses, for logs.
 */
#include "base/status.h"

#include <stddef.h>

static const char *const names[] = {
	[OK] = "ok",
	[E_INPUT] = "input",
	[E_ABSENT] = "absent",
	[E_CONFLICT] = "conflict",
	[E_DENIED] = "denied",
	[E_LIMIT] = "limit",
	[E_BUSY] = "busy",
	[E_AWAY] = "away",
	[E_FAULT] = "fault",
};
_Static_assert(sizeof names / sizeof *names == STATUS_MAX, "one name for each status");

const char *
status_name(enum status status)
{
	if ((unsigned)status >= STATUS_MAX)
		return "unknown";
	return names[status];
}
