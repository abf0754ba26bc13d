/*
 * tracker_value.c: the cells of time-tracker exports: dates, times, durations, texts. Pure
 * functions over valid UTF-8, used by tracker.c inside a parser child.
 */
#include "payments/tracker_inner.h"

#include "data/crypto.h"

#include <string.h>

/* Digits at *at, at most most of them; moves *at behind them. False without any. */
static bool
digits(const char **at, size_t most, int64_t *ret, size_t *ret_count)
{
	size_t n = strspn(*at, "0123456789");

	if (n == 0 || n > most)
		return false;
	*ret = 0;
	for (size_t i = 0; i < n; i++)
		*ret = *ret * 10 + (*at)[i] - '0';
	*at += n;
	*ret_count = n;
	return true;
}

/* Behind blanks, the no-break ones (U+00A0, U+202F) among them. */
static const char *
skip_blanks(const char *at)
{
	for (;;) {
		if (*at == ' ' || *at == '\t')
			at++;
		else if (strncmp(at, "\xC2\xA0", 2) == 0)
			at += 2;
		else if (strncmp(at, "\xE2\x80\xAF", 3) == 0)
			at += 3;
		else
			return at;
	}
}

static bool
exists(int64_t year, int64_t month, int64_t of_month, day *ret)
{
	return day_of_ymd(
	    (struct ymd){ .year = (int)year, .month = (int)month, .day = (int)of_month }, ret);
}

/* "45355", "45355.4329861": days since the beginning of a spreadsheet's calendar. From 1954 to
 * 2104 in the one that is used nearly everywhere. */
static bool
serial(const char *at, struct tracker_date *ret)
{
	enum {
		EPOCH_1900 = -25569,
		EPOCH_1904 = -24107,
		LEAST = 20000,
		MOST = 75000
	};
	int64_t days;
	size_t n;

	ret->second = -1;
	if (!digits(&at, 5, &days, &n) || n != 5 || days < LEAST || days > MOST)
		return false;
	if (*at == '.' || *at == ',') {
		const char *part = at;
		n = strspn(at + 1, "0123456789");
		if (!tracker_day_part(part, &ret->second))
			return false;
		at += n + 1;
	}
	if (*skip_blanks(at) != '\0')
		return false;
	ret->day_1900 = (day)days + EPOCH_1900;
	ret->day_1904 = (day)days + EPOCH_1904;
	return true;
}

/* The month whose English name begins with these n letters, three or more; 0: none. */
static int
month_named(const char *at, size_t n)
{
	static const char *const months[] = { "january", "february", "march", "april", "may",
		"june", "july", "august", "september", "october", "november", "december" };

	for (int i = 0; i < 12; i++) {
		size_t length = strlen(months[i]), k = 0;
		while (k < n && k < length && (at[k] | ' ') == months[i][k])
			k++;
		if (k == n && n >= 3)
			return i + 1;
	}
	return 0;
}

/* "2 Nov 2026", "02-Nov-2026", "Mon, Nov 2, 2026": a month by its English name, the year last.
 * Words before it that are none are days of the week. */
static bool
named_date(const char *at, day *ret, bool *ret_exists)
{
	int64_t number[2] = { 0 };
	int month = 0;
	size_t count = 0, n, length[2] = { 0 };

	while (*(at = skip_blanks(at)) != '\0') {
		n = 0;
		while ((at[n] | ' ') >= 'a' && (at[n] | ' ') <= 'z')
			n++;
		if (n > 0 && (month_named(at, n) == 0 ? count + (size_t)month > 0 : month > 0))
			return false;
		if (n > 0)
			month = month_named(at, n);
		else if (strchr(",-/.", *at) != NULL)
			n = 1;
		else if (count == 2 || !digits(&at, 4, &number[count], &length[count]))
			return false;
		else
			count++;
		at += n;
	}
	if (month == 0 || count != 2 || length[0] > 2 || length[1] == 3 || length[1] == 1)
		return false;
	*ret_exists =
	    exists(length[1] == 2 ? number[1] + 2000 : number[1], month, number[0], ret);
	return true;
}

void
tracker_date(const char *text, struct tracker_date *ret)
{
	int64_t part[3] = { 0 };
	size_t n[3];
	const char *at = skip_blanks(text);
	char separator = '\0';

	*ret = (struct tracker_date){ .shaped = false };
	ret->serial = ret->shaped = serial(at, ret);
	if (named_date(at, &ret->iso_day, &ret->iso_exists)) {
		ret->shaped = ret->iso = true;
		return;
	}
	for (int i = 0; i < 3 && !ret->serial; i++) {
		if (!digits(&at, 4, &part[i], &n[i]))
			return;
		if (i == 0)
			separator = *at;
		if (i < 2 && (*at != separator || *at == '\0' || !strchr("-/.", *at++)))
			return;
	}
	if (ret->serial || *skip_blanks(at) != '\0')
		return;
	if (n[0] == 4 && n[1] <= 2 && n[2] <= 2) {
		ret->shaped = ret->iso = true;
		ret->iso_exists = exists(part[0], part[1], part[2], &ret->iso_day);
		return;
	}
	if (n[0] > 2 || n[1] > 2 || (n[2] != 4 && n[2] != 2))
		return;
	int64_t year = n[2] == 2 ? part[2] + 2000 : part[2];
	ret->shaped = true;
	ret->dotted = separator == '.';
	ret->mdy_exists = exists(year, part[0], part[1], &ret->mdy_day);
	ret->dmy_exists = exists(year, part[1], part[0], &ret->dmy_day);
}

bool
tracker_day(const struct tracker_date *date, struct tracker_reading reading, day *ret)
{
	bool mdy = date->mdy_exists && reading.order != ORDER_DMY;
	bool dmy = date->dmy_exists && reading.order != ORDER_MDY;

	if (date->serial) {
		*ret = reading.epoch == 1904 ? date->day_1904 : date->day_1900;
		return true;
	}
	if (date->iso)
		*ret = date->iso_day;
	else
		*ret = dmy && (!mdy || date->dotted) ? date->dmy_day : date->mdy_day;
	return date->iso ? date->iso_exists : mdy || dmy;
}

bool
tracker_formula(const char *text)
{
	static const char *const errors[] = { "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#N/A",
		"#NUM!", "#NULL!", "###" };

	text = skip_blanks(text);
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (text_starts(text, errors[i]))
			return true;
	return *text == '=';
}

/* "am", "PM", "a.m." at the end of a time: 0, 12, or -1 for anything else. */
static int
half_of_day(const char *at)
{
	char letters[3] = { 0 };
	size_t n = 0;

	for (; *(at = skip_blanks(at)) != '\0'; at++) {
		if (*at == '.')
			continue;
		if (n == 2)
			return -1;
		letters[n++] = *at;
	}
	if (text_is_nocase(letters, "am"))
		return 0;
	return text_is_nocase(letters, "pm") ? 12 : -1;
}

bool
tracker_time(const char *text, int *ret)
{
	const char *at = skip_blanks(text);
	int64_t hour, minute, second = 0;
	size_t n;

	if (!digits(&at, 2, &hour, &n) || *at++ != ':' || !digits(&at, 2, &minute, &n) ||
	    n != 2)
		return false;
	if (*at == ':') {
		at++;
		if (!digits(&at, 2, &second, &n) || n != 2)
			return false;
	}
	at = skip_blanks(at);
	if (*at != '\0') {
		int half = half_of_day(at);
		if (half < 0 || hour < 1 || hour > 12)
			return false;
		hour = hour % 12 + half;
	}
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*ret = (int)(hour * 3600 + minute * 60 + second);
	return true;
}

/* "0.4329861", and ".4329861" of serial(): the part of a day in seconds, half up. */
bool
tracker_day_part(const char *text, int *ret)
{
	const char *at = skip_blanks(text);
	int64_t value = 0, scale = 1;

	if (*at == '0')
		at++;
	if (*at != '.' && *at != ',')
		return false;
	size_t n = strspn(++at, "0123456789");
	if (n == 0 || *skip_blanks(at + n) != '\0')
		return false;
	for (size_t i = 0; i < n && i < 12; i++) {
		value = value * 10 + at[i] - '0';
		scale *= 10;
	}
	*ret = (int)((value * 86400 * 2 + scale) / (scale * 2));
	if (*ret == 86400)
		*ret = 86399;
	return true;
}

/* The part behind the dot or comma of decimal hours, in seconds: 3600 x 0.digits, half up.
 * Digits beyond the ninth cannot move a second that far and are left out. */
static bool
decimal_seconds(const char *at, int64_t *ret)
{
	int64_t value = 0, scale = 1;
	size_t n = strspn(at, "0123456789");

	if (n == 0 || *skip_blanks(at + n) != '\0')
		return false;
	for (size_t i = 0; i < n && i < 9; i++) {
		value = value * 10 + at[i] - '0';
		scale *= 10;
	}
	*ret = (value * 3600 * 2 + scale) / (scale * 2);
	return true;
}

/* "1h 30m", "1 hr 5 min 10 s", "45 minutes": whole numbers with their units, larger ones first.
 */
static bool
united_seconds(const char *at, int64_t *ret)
{
	static const struct {
		const char *names;
		int64_t seconds;
	} units[] = { { " h hr hrs hour hours ", 3600 }, { " m min mins minute minutes ", 60 },
		{ " s sec secs second seconds ", 1 } };
	size_t unit = 0, n;
	int64_t number;

	*ret = 0;
	for (at = skip_blanks(at); *at != '\0'; at = skip_blanks(at)) {
		char name[12] = " ";
		if (!digits(&at, 6, &number, &n))
			return false;
		at = skip_blanks(at);
		for (n = 0; (at[n] | ' ') >= 'a' && (at[n] | ' ') <= 'z'; n++) {
			if (n + 3 >= sizeof name)
				return false;
			name[n + 1] = (char)(at[n] | ' ');
		}
		name[n + 1] = ' ';
		while (unit < 3 && (n == 0 || strstr(units[unit].names, name) == NULL))
			unit++;
		if (unit == 3)
			return false;
		*ret += number * units[unit++].seconds;
		at += n;
	}
	return unit > 0;
}

bool
tracker_duration(const char *text, int64_t *ret, bool *ret_negative)
{
	const char *at = skip_blanks(text);
	int64_t whole, minutes = 0, seconds = 0;
	size_t n;

	/* A minus sign may be the hyphen or U+2212. */
	*ret_negative = *at == '-' || strncmp(at, "\xE2\x88\x92", 3) == 0;
	if (*ret_negative)
		at += *at == '-' ? 1 : 3;
	if (united_seconds(at, ret))
		return true;
	if (!digits(&at, 6, &whole, &n))
		return false;
	if (*at == '.' || *at == ',') {
		if (!decimal_seconds(at + 1, &seconds))
			return false;
		*ret = whole * 3600 + seconds;
		return true;
	}
	if (*at == ':') {
		at++;
		if (!digits(&at, 2, &minutes, &n) || n != 2 || minutes > 59)
			return false;
		if (*at == ':') {
			at++;
			if (!digits(&at, 2, &seconds, &n) || n != 2 || seconds > 59)
				return false;
		}
	}
	*ret = whole * 3600 + minutes * 60 + seconds;
	return *skip_blanks(at) == '\0';
}

/* Bytes of the character at at, which is valid UTF-8. */
static size_t
character(const char *at)
{
	unsigned char first = (unsigned char)*at;

	return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

char *
tracker_clean(struct arena *arena, const char *text, bool one_line, bool *cleaned)
{
	char *copy = text_trim(arena, text);
	char *write = copy;

	if (!text_has_control(copy, one_line))
		return copy;
	for (const char *at = copy; *at != '\0';) {
		size_t n = character(at);
		char one[5] = { 0 };
		memcpy(one, at, n);
		bool blank = one_line && (*at == '\n' || *at == '\t');
		if (blank)
			one[0] = ' ';
		if (text_has_control(one, one_line)) {
			*cleaned = true;
		} else {
			memmove(write, one, n);
			write += n;
		}
		at += n;
	}
	*write = '\0';
	return copy;
}

struct slot {
	unsigned char digest[SHA256_BYTES];
	bool used;
	int64_t count;
};
struct tracker_counts {
	size_t room; /* a power of two, at least twice the keys */
	struct slot *slots;
};

struct tracker_counts *
tracker_counts_new(struct arena *arena, size_t keys)
{
	struct tracker_counts *counts = arena_new_of(arena, struct tracker_counts);

	counts->room = 16;
	while (counts->room < keys * 2)
		counts->room *= 2;
	counts->slots = arena_array_of(arena, struct slot, counts->room);
	return counts;
}

int64_t *
tracker_count(struct tracker_counts *counts, struct bytes key)
{
	unsigned char digest[SHA256_BYTES];
	uint64_t start;

	crypto_sha256(key, digest);
	memcpy(&start, digest, sizeof start);
	size_t at = (size_t)start & (counts->room - 1);
	while (counts->slots[at].used &&
	       memcmp(counts->slots[at].digest, digest, sizeof digest) != 0)
		at = (at + 1) & (counts->room - 1);
	counts->slots[at].used = true;
	memcpy(counts->slots[at].digest, digest, sizeof digest);
	return &counts->slots[at].count;
}
