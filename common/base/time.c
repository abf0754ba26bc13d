/*
 * time.c: the clock, days and ISO 8601, see time.h. Used by everything.
 *
 * Owns the shift of the clock, nothing else. Zones are in zone.c, what readers see is
 * in time_text.c.
 */
#include "base/time.h"

#include "base/text.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define DAYS_IN_400_YEARS 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01, where the era below begins */

static _Atomic int64_t shift_seconds;

instant
time_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (now.tv_sec + atomic_load_explicit(&shift_seconds, memory_order_relaxed)) *
		   SECOND +
	       now.tv_nsec / 1000;
}

int64_t
time_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec / 1000;
}

void
time_shift(int64_t seconds)
{
	atomic_store(&shift_seconds, seconds);
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * Days are counted in a year that begins with March, so that the leap day is its last
 * and month lengths follow (153 m + 2) / 5; 400 such years have a fixed number of days.
 */
bool
day_of_ymd(struct ymd ymd, day *ret)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, era, in_era, in_year;

	if (ymd.year < 1 || ymd.year > 9999 || ymd.month < 1 || ymd.month > 12 || ymd.day < 1)
		return false;
	if (ymd.day > lengths[ymd.month - 1] + (ymd.month == 2 && is_leap(ymd.year)))
		return false;
	year = ymd.year - (ymd.month <= 2);
	era = year / 400;
	in_era = year % 400;
	in_year = (153 * ((ymd.month + 9) % 12) + 2) / 5 + ymd.day - 1;
	*ret = era * DAYS_IN_400_YEARS + in_era * 365 + in_era / 4 - in_era / 100 + in_year -
	       DAYS_TO_1970;
	return true;
}

struct ymd
day_ymd(day d)
{
	int64_t n = (int64_t)d + DAYS_TO_1970;
	int64_t era = (n >= 0 ? n : n - (DAYS_IN_400_YEARS - 1)) / DAYS_IN_400_YEARS;
	int in_era = (int)(n - era * DAYS_IN_400_YEARS); /* 0..146096 */
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int month = (5 * in_year + 2) / 153; /* 0 March .. 11 February */

	return (struct ymd){
		.year = (int)(era * 400) + year + (month >= 10),
		.month = month < 10 ? month + 3 : month - 9,
		.day = in_year - (153 * month + 2) / 5 + 1,
	};
}

int
day_weekday(day d)
{
	/* 1970-01-01 was a Thursday. */
	return (int)((((int64_t)d + 3) % 7 + 7) % 7) + 1;
}

/* Reads exactly n digits at *at, which moves behind them. */
static bool
digits(const char **at, int n, int *ret)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		char c = (*at)[i];

		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
	}
	*at += n;
	*ret = value;
	return true;
}

static bool
one(const char **at, char c)
{
	if (**at != c)
		return false;
	++*at;
	return true;
}

static bool
date(const char **at, day *ret)
{
	struct ymd ymd;

	return digits(at, 4, &ymd.year) && one(at, '-') && digits(at, 2, &ymd.month) &&
	       one(at, '-') && digits(at, 2, &ymd.day) && day_of_ymd(ymd, ret);
}

bool
day_parse(const char *text, day *ret)
{
	day d;

	if (!text || !date(&text, &d) || *text)
		return false;
	*ret = d;
	return true;
}

char *
day_iso(struct arena *arena, day d)
{
	struct ymd ymd = day_ymd(d);

	return text_printf(arena, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
}

/* ".123456" or ",5": microseconds; digits after the sixth are read and dropped. */
static bool
fraction(const char **at, int64_t *ret)
{
	int64_t value = 0, worth = SECOND / 10;

	if (!one(at, '.') && !one(at, ',')) {
		*ret = 0;
		return true;
	}
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; ++*at) {
		value += (**at - '0') * worth;
		worth /= 10;
	}
	*ret = value;
	return true;
}

/* "Z", "+01:00", "+0100" or "+01": minutes east of UTC. */
static bool
offset(const char **at, int *ret)
{
	int sign = **at == '-' ? -1 : 1;
	int hours, minutes = 0;

	if (one(at, 'Z')) {
		*ret = 0;
		return true;
	}
	if (!one(at, '+') && !one(at, '-'))
		return false;
	if (!digits(at, 2, &hours))
		return false;
	if (**at) {
		(void)one(at, ':');
		if (!digits(at, 2, &minutes))
			return false;
	}
	if (hours > 23 || minutes > 59)
		return false;
	*ret = sign * (hours * 60 + minutes);
	return true;
}

bool
instant_parse(const char *text, instant *ret)
{
	int hour, minute, second = 0, east;
	int64_t micros = 0;
	day d;

	if (!text || !date(&text, &d) || !(one(&text, 'T') || one(&text, ' ')))
		return false;
	if (!digits(&text, 2, &hour) || !one(&text, ':') || !digits(&text, 2, &minute))
		return false;
	if (one(&text, ':') && (!digits(&text, 2, &second) || !fraction(&text, &micros)))
		return false;
	if (hour > 23 || minute > 59 || second > 59 || !offset(&text, &east) || *text)
		return false;
	*ret =
	    d * DAY_LENGTH + hour * HOUR + (minute - east) * MINUTE + second * SECOND + micros;
	return true;
}

char *
instant_iso(struct arena *arena, instant t)
{
	int64_t seconds = t / SECOND - (t % SECOND < 0);
	day d = (day)(seconds / 86400 - (seconds % 86400 < 0));
	int in_day = (int)(seconds - (int64_t)d * 86400);
	struct ymd ymd = day_ymd(d);

	return text_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", ymd.year, ymd.month,
	    ymd.day, in_day / 3600, in_day / 60 % 60, in_day % 60);
}
