/*
 * calendar.c: see calendar.h.
 */
#include "doc/calendar.h"

#include <string.h>

#define LINE_BYTES 75 /* RFC 5545 3.1, without the line end */

/* A content line, folded: a line that goes on begins with a blank. */
static void
line(struct calendar *calendar, const char *text)
{
	size_t used = 0;

	while (*text) {
		const char *next = text;
		(void)text_next(&next);
		size_t n = (size_t)(next - text);
		if (used + n > LINE_BYTES) {
			buf_text(&calendar->out, "\r\n ");
			used = 1;
		}
		buf_add(&calendar->out, text, n);
		used += n;
		text = next;
	}
	buf_text(&calendar->out, "\r\n");
}

/* "NAME:text" with the text escaped (3.3.11). */
static void
text_line(struct calendar *calendar, const char *name, const char *text)
{
	struct buf all = buf_new(calendar->out.arena);

	buf_printf(&all, "%s:", name);
	for (const char *at = text; *at; at++) {
		unsigned char c = (unsigned char)*at;
		if (c == '\n')
			buf_text(&all, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_printf(&all, "\\%c", c);
		else if (c >= ' ' && c != 127)
			buf_char(&all, (char)c);
	}
	line(calendar, all.p);
}

/* "20261204" and "20261204T030405Z". */
static const char *
basic_day(struct arena *arena, day d)
{
	struct ymd ymd = day_ymd(d);

	return text_printf(arena, "%04d%02d%02d", ymd.year, ymd.month, ymd.day);
}

static const char *
basic_instant(struct arena *arena, instant t)
{
	day d = day_in_zone(t, "UTC");
	int64_t second = (t - (instant)d * DAY_LENGTH) / SECOND;

	return text_printf(arena, "%sT%02d%02d%02dZ", basic_day(arena, d), (int)(second / 3600),
	    (int)(second / 60 % 60), (int)(second % 60));
}

void
calendar_open(struct calendar *calendar, struct arena *arena, const char *site,
    const char *name, const char *locale)
{
	const char *host = strstr(site, "://");

	host = host ? host + 3 : site;
	*calendar = (struct calendar){ .out = buf_new(arena),
		.host = arena_copy(arena, host, strcspn(host, ":/")) };
	line(calendar, "BEGIN:VCALENDAR");
	line(calendar, "VERSION:2.0");
	line(calendar, "PRODID:-//Keptword//Calendar//EN");
	line(calendar, "CALSCALE:GREGORIAN");
	line(calendar, "METHOD:PUBLISH");
	text_line(
	    calendar, text_printf(arena, "NAME;LANGUAGE=%s", locale), name); /* RFC 7986 */
	text_line(calendar, "X-WR-CALNAME", name);
	line(calendar, "REFRESH-INTERVAL;VALUE=DURATION:PT12H");
	line(calendar, "X-PUBLISHED-TTL:PT12H");
}

void
calendar_add(struct calendar *calendar, const struct calendar_event *event)
{
	struct arena *arena = calendar->out.arena;

	line(calendar, "BEGIN:VEVENT");
	line(calendar, text_printf(arena, "UID:%s@%s", event->uid, calendar->host));
	line(calendar, text_printf(arena, "DTSTAMP:%s", basic_instant(arena, event->changed)));
	if (event->at) {
		line(calendar,
		    text_printf(arena, "DTSTART:%s", basic_instant(arena, event->at)));
	} else {
		line(calendar,
		    text_printf(arena, "DTSTART;VALUE=DATE:%s", basic_day(arena, event->day)));
		line(calendar, text_printf(arena, "DTEND;VALUE=DATE:%s",
				   basic_day(arena, event->day + 1)));
	}
	line(calendar, text_printf(arena, "SEQUENCE:%lld", (long long)event->sequence));
	text_line(calendar, "SUMMARY", event->summary);
	if (event->description)
		text_line(calendar, "DESCRIPTION", event->description);
	if (event->url)
		line(calendar, text_printf(arena, "URL:%s", event->url));
	line(calendar, "TRANSP:TRANSPARENT");
	line(calendar, "END:VEVENT");
}

struct bytes
calendar_close(struct calendar *calendar)
{
	line(calendar, "END:VCALENDAR");
	return (struct bytes){ (const unsigned char *)calendar->out.p, calendar->out.n };
}
