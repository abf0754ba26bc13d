/*
 * calendar.h: writing iCalendar (RFC 5545) for a subscription: one VCALENDAR with events that last a day
 * or mark an instant. Days are VALUE=DATE, instants UTC, so no time zone has to be described.
 *
 * Lines are folded at 75 bytes between characters and end in CRLF; texts are escaped, controls but line
 * breaks left out. The same events give the same bytes.
 */
#ifndef KEPTWORD_CALENDAR_H
#define KEPTWORD_CALENDAR_H

#include "base/text.h"
#include "base/time.h"

struct calendar {
	struct buf out;
	const char *host; /* behind the '@' of ids */
};

struct calendar_event {
	const char *uid;     /* the same for the same thing, whatever changes; unique on this host */
	int64_t sequence;    /* grows when the day or instant changes */
	instant changed;     /* when it did last, or any instant of long ago (DTSTAMP) */
	const char *summary, *description, *url; /* description and url may be NULL */
	instant at;          /* 0: a whole day */
	day day;
};

/* Begins one. site: scheme and host of the site. locale: BCP 47. */
void calendar_open(struct calendar *calendar, struct arena *arena, const char *site,
    const char *name, const char *locale);
void calendar_add(struct calendar *calendar, const struct calendar_event *event);
/* Ends it: the whole text, in the arena. */
struct bytes calendar_close(struct calendar *calendar);

#endif
