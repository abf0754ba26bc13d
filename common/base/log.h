/*
 * log.h: one line of JSON per event on standard error.
 *
 * {"t":"2026-11-23T03:04:05.123456Z","level":"warn","plugin":"payments",
 *  "event":"db_away","req":"…","code":2002}
 *
 * No personal data: ids of rows and codes, never names, addresses, answers, bodies,
 * query strings, tokens. A line is written with one write(2), so lines of threads
 * never mix. More than 10 lines a second of one event (but "request") are counted and
 * told in one line.
 *
 * Levels after Postfix: info; warn (something others should know, we go on); error
 * (this request failed, ours or the environment's fault); fatal (cannot start); panic
 * (our bug).
 */
#ifndef KEPTWORD_LOG_H
#define KEPTWORD_LOG_H

#include <stdint.h>

enum log_level {
	LOG_LEVEL_INFO,
	LOG_LEVEL_WARN,
	LOG_LEVEL_ERROR,
	LOG_LEVEL_FATAL,
	LOG_LEVEL_PANIC
};

struct log_field {
	const char *name; /* NULL ends the list */
	const char *text; /* NULL: the number counts */
	int64_t number;
};
static inline struct log_field
log_text(const char *name, const char *value)
{
	return (struct log_field){ name, value ? value : "", 0 };
}
#define LOG_TEXT(name, value) log_text((name), (value))
#define LOG_INT(name, value) ((struct log_field){ (name), 0, (int64_t)(value) })
#define LOG_END ((struct log_field){ 0, 0, 0 })

/* Sets the name that every line carries. Static text. */
void log_plugin(const char *name);

/* The id of the request that this thread serves, "" for none; copied (up to 32). */
void log_request_id(const char *id);

#define log_event(level, event, ...) \
	log_fields((level), (event), \
	    (const struct log_field[]){ __VA_ARGS__ __VA_OPT__(, ) LOG_END })
/* log_event() with a list of its own, which ends with LOG_END. */
void log_fields(enum log_level level, const char *event, const struct log_field *fields);

#endif
