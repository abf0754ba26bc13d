/*
 * calendar_test.c: iCalendar as RFC 5545 wants it. Expected texts were written by hand from the
 * RFC.
 */
#include "unit.h"

#include "doc/calendar.h"

static const char *
calendar_with(struct arena *arena, const struct calendar_event *event)
{
	struct calendar calendar;

	calendar_open(
	    &calendar, arena, "https://pay.example.org:8443/x", "Pay, days; all", "en");
	calendar_add(&calendar, event);
	return (const char *)calendar_close(&calendar).p;
}

static void
a_day_and_an_instant(void **state)
{
	struct arena *arena = *state;
	struct calendar_event event = { .uid = "money-1", .sequence = 2, .summary = "Pay day" };

	assert_true(day_parse("2026-12-31", &event.day));
	assert_true(instant_parse("2026-11-01T02:03:04Z", &event.changed));
	assert_string_equal(calendar_with(arena, &event),
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keptword//Calendar//EN\r\n"
	    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nNAME;LANGUAGE=en:Pay\\, days\\; all\r\n"
	    "X-WR-CALNAME:Pay\\, days\\; all\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n"
	    "X-PUBLISHED-TTL:PT12H\r\nBEGIN:VEVENT\r\nUID:money-1@pay.example.org\r\n"
	    "DTSTAMP:20261101T020304Z\r\nDTSTART;VALUE=DATE:20261231\r\n"
	    "DTEND;VALUE=DATE:20270101\r\nSEQUENCE:2\r\nSUMMARY:Pay day\r\n"
	    "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
	assert_true(instant_parse("2026-12-31T23:59:59Z", &event.at));
	assert_non_null(
	    strstr(calendar_with(arena, &event), "\r\nDTSTART:20261231T235959Z\r\nSEQ"));
	assert_null(strstr(calendar_with(arena, &event), "DTEND"));
}

/* No line has more than 75 bytes, none is cut within a character, and unfolding gives the text.
 */
static void
folding(void **state)
{
	struct arena *arena = *state;
	struct buf text = buf_new(arena);
	struct calendar_event event = { .uid = "x", .day = 20000, .changed = SECOND };

	for (int i = 0; i < 60; i++)
		buf_text(&text, i % 3 ? "\xD8\xB4" : "a\xE2\x82\xAC");
	event.summary = text.p;
	event.description = "one\ntwo\\three\r\x01, four";
	const char *all = calendar_with(arena, &event);
	struct buf unfolded = buf_new(arena);

	for (const char *at = all; *at;) {
		const char *end = strstr(at, "\r\n");
		assert_non_null(end);
		assert_true(end - at <= 75);
		assert_true(text_valid(at, (size_t)(end - at), NULL));
		if (*at == ' ')
			unfolded.n -= 2, at++;
		buf_add(&unfolded, at, (size_t)(end - at));
		buf_text(&unfolded, "\r\n");
		at = end + 2;
	}
	assert_non_null(strstr(unfolded.p, text_printf(arena, "\r\nSUMMARY:%s\r\n", text.p)));
	assert_non_null(strstr(unfolded.p, "\r\nDESCRIPTION:one\\ntwo\\\\three\\, four\r\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(a_day_and_an_instant),
		UNIT_TEST(folding),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
