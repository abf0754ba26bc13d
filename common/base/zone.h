/*
 * zone.h: the offsets of a time zone, for common/base only (time.h is for everybody).
 *
 * A zone's changes between 1900 and 2100 are read from ICU once per process and never
 * changed or freed, so looking one up needs neither ICU nor a lock. Outside of those
 * years the nearest offset counts. At most ZONE_MAX zones are kept (there are about 450).
 */
#ifndef KEPTWORD_ZONE_H
#define KEPTWORD_ZONE_H

#include <stdint.h>

#define ZONE_MAX 640

struct zone {
	char *name;
	int index;
	int n;
	int64_t *from;   /* n instants in seconds, the first INT64_MIN, ascending */
	int32_t *offset; /* n: seconds east of UTC from then on */
};

/* NULL for a name that is no zone. */
const struct zone *zone_of(const char *name);

/* Seconds east of UTC at an instant given in seconds. */
int32_t zone_offset(const struct zone *zone, int64_t seconds);

#endif
