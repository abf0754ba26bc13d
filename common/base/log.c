/*
 * log.c: one line of JSON per event on standard error, see log.h.
 *
 * A line has at most LINE_MAX_BYTES (what a pipe takes in one piece), a value at most
 * VALUE_MAX of them; what is longer is cut and the line says "cut":true. A line that
 * cannot be written is dropped: a full disk must not fail a request.
 *
 * Owns one small table that counts lines per event and second, under a mutex that is
 * held for nanoseconds; "request" never goes through it unless lines were held back.
 * errno is left as it was.
 */
#include "base/log.h"

#include "base/text.h"
#include "base/time.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096
#define TAIL_ROOM 16 /* kept free for ,"cut":true} and the line end */
#define VALUE_MAX 512
#define PER_SECOND 10
#define EVENTS 64 /* events counted at the same time */

static const char *const level_names[] = {
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_WARN] = "warn",
	[LOG_LEVEL_ERROR] = "error",
	[LOG_LEVEL_FATAL] = "fatal",
	[LOG_LEVEL_PANIC] = "panic",
};

static const char *plugin_name = "";
static _Thread_local char request_id[33];

struct line {
	char p[LINE_MAX_BYTES];
	size_t n;
	bool full; /* something did not fit since this was last cleared */
	bool cut;
};

/* One event's lines in one second. */
struct count {
	char event[40];
	int64_t second;
	unsigned lines;
	unsigned held; /* lines not written since the last telling */
};
static struct count counts[EVENTS];
static pthread_mutex_t counts_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_uint held_in_all;

void
log_plugin(const char *name)
{
	plugin_name = name;
}

void
log_request_id(const char *id)
{
	size_t n = id ? strnlen(id, sizeof request_id - 1) : 0;

	if (n > 0)
		memcpy(request_id, id, n);
	request_id[n] = '\0';
}

static void
add(struct line *line, const char *text, size_t n)
{
	if (n > sizeof line->p - TAIL_ROOM - line->n) {
		line->full = true;
		return;
	}
	memcpy(line->p + line->n, text, n);
	line->n += n;
}

static void
add_text(struct line *line, const char *text)
{
	add(line, text, strlen(text));
}

/* A JSON string; what is not UTF-8 becomes U+FFFD. */
static void
add_string(struct line *line, const char *text)
{
	size_t n = strlen(text), shown = n, at = 0;

	add(line, "\"", 1);
	if (n > VALUE_MAX) {
		shown = VALUE_MAX;
		while (shown > VALUE_MAX - 4 && ((unsigned char)text[shown] & 0xC0) == 0x80)
			shown--; /* not through the middle of a character */
		line->cut = true;
	}
	while (at < shown) {
		size_t good = shown - at;
		char escape[8];

		text_valid(text + at, shown - at, &good);
		for (size_t i = at; i < at + good; i++) {
			unsigned char c = (unsigned char)text[i];

			if (c == '"' || c == '\\') {
				add(line, c == '"' ? "\\\"" : "\\\\", 2);
			} else if (c < 0x20 || c == 0x7F) {
				(void)snprintf(escape, sizeof escape, "\\u%04x", c);
				add(line, escape, 6);
			} else {
				add(line, text + i, 1);
			}
		}
		at += good;
		if (at < shown) {
			add_text(line, "\xEF\xBF\xBD");
			at++;
		}
	}
	add(line, "\"", 1);
}

/* ,"name":"text" or ,"name":number; whole or not at all. */
static void
add_field(struct line *line, const struct log_field *field)
{
	size_t before = line->n;
	char number[24];

	line->full = false;
	add(line, ",", 1);
	add_string(line, field->name);
	add(line, ":", 1);
	if (field->text) {
		add_string(line, field->text);
	} else {
		(void)snprintf(number, sizeof number, "%" PRId64, field->number);
		add_text(line, number);
	}
	if (line->full) {
		line->n = before;
		line->cut = true;
	}
}

static void
add_text_field(struct line *line, const char *name, const char *text)
{
	struct log_field field = LOG_TEXT(name, text);

	add_field(line, &field);
}

static void
add_time(struct line *line)
{
	instant now = time_now();
	instant in_second = now % SECOND + (now % SECOND < 0 ? SECOND : 0);
	char digits[16];
	char text[40];
	struct ymd ymd;
	int64_t seconds = (now - in_second) / SECOND;
	int64_t in_day = seconds % 86400 + (seconds % 86400 < 0 ? 86400 : 0);

	ymd = day_ymd((day)((seconds - in_day) / 86400));
	(void)snprintf(digits, sizeof digits, "%06d", (int)in_second);
	(void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%sZ", ymd.year,
	    ymd.month, ymd.day, (int)(in_day / 3600), (int)(in_day / 60 % 60),
	    (int)(in_day % 60), digits);
	add_text(line, text);
}

/* One write for the line; the rest only when a signal or a full pipe cut it short. */
static void
put(const struct line *line)
{
	size_t done = 0;

	while (done < line->n) {
		ssize_t n = write(STDERR_FILENO, line->p + done, line->n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		done += (size_t)n;
	}
}

static void
write_line(enum log_level level, const char *event, const struct log_field *fields)
{
	struct line line;

	line.n = 0;
	line.full = line.cut = false;
	add_text(&line, "{\"t\":\"");
	add_time(&line);
	add_text(&line, "\",\"level\":\"");
	add_text(&line, (unsigned)level <= LOG_LEVEL_PANIC ? level_names[level] : "panic");
	add(&line, "\"", 1);
	add_text_field(&line, "plugin", plugin_name);
	add_text_field(&line, "event", event);
	if (*request_id)
		add_text_field(&line, "req", request_id);
	for (; fields && fields->name; fields++)
		add_field(&line, fields);
	/* add() keeps TAIL_ROOM free for this. */
	memcpy(line.p + line.n, line.cut ? ",\"cut\":true}\n" : "}\n", line.cut ? 13 : 2);
	line.n += line.cut ? 13 : 2;
	put(&line);
}

/* The row that counts an event, or an unused one; NULL when all hold lines of others. */
static struct count *
count_of(const char *event)
{
	struct count *unused = NULL;

	for (size_t i = 0; i < EVENTS; i++) {
		if (strncmp(counts[i].event, event, sizeof counts[i].event - 1) == 0)
			return &counts[i];
		if (counts[i].held == 0 && (!unused || counts[i].second < unused->second))
			unused = &counts[i];
	}
	if (unused) {
		*unused = (struct count){ .second = -1 };
		memcpy(unused->event, event, strnlen(event, sizeof unused->event - 1));
	}
	return unused;
}

/* May this line be written? Counts it when not. */
static bool
allowed(const char *event, int64_t second)
{
	struct count *count;
	bool yes = true;

	pthread_mutex_lock(&counts_lock);
	count = count_of(event);
	if (count) {
		if (count->second != second) {
			count->second = second;
			count->lines = 0;
		}
		yes = count->lines < PER_SECOND;
		count->lines++;
		if (!yes) {
			count->held++;
			atomic_fetch_add(&held_in_all, 1);
		}
	}
	pthread_mutex_unlock(&counts_lock);
	return yes;
}

/* Writes one line for each event whose lines were held back in an earlier second. */
static void
tell_held(int64_t second)
{
	for (size_t i = 0; i < EVENTS && atomic_load(&held_in_all) > 0; i++) {
		struct count told = { .held = 0 };

		pthread_mutex_lock(&counts_lock);
		if (counts[i].held > 0 && counts[i].second != second) {
			told = counts[i];
			atomic_fetch_sub(&held_in_all, told.held);
			counts[i].held = 0;
		}
		pthread_mutex_unlock(&counts_lock);
		if (told.held > 0)
			write_line(LOG_LEVEL_WARN, "lines_held_back",
			    (const struct log_field[]){ LOG_TEXT("of", told.event),
				LOG_INT("count", told.held), LOG_END });
	}
}

void
log_fields(enum log_level level, const char *event, const struct log_field *fields)
{
	int saved = errno;
	int64_t second = time_ticks() / SECOND;

	if (atomic_load(&held_in_all) > 0)
		tell_held(second);
	if (text_is(event, "request") || allowed(event, second))
		write_line(level, event, fields);
	errno = saved;
}
