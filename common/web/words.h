/*
 * words.h: sentences that are found by a code: labels, hints and errors of form fields, items of
 * the home page's lists, reasons. They stand in files `words` in each folder of templates/:
 *
 *     # comment
 *     apply_name.legal_name.label = Your full legal name
 *     apply_name.legal_name.missing = Enter your full legal name.
 *     error.too_long = {label}: use at most {max} characters.
 *
 * One entry a line; "\n" in a sentence is a line end. All folders share one table; a key that
 * stands twice stops the start. {name} is filled by the caller; what is filled in is escaped by
 * the template that shows the sentence, like any other value.
 */
#ifndef KEPTWORD_WORDS_H
#define KEPTWORD_WORDS_H

#include "base/arena.h"
#include "base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads every file called `words` one folder below root. */
MUST_USE enum status words_start(const char *root, const char **ret_message);

/* The sentence, NULL when there is none. */
const char *words_get(const char *key);

/* The sentence with each {name} replaced by the value behind it in pairs (name, value, …, NULL).
 * A missing key gives the key itself (and a log line), so that a page never has a hole. */
struct words_pair {
	const char *name, *value;
};
const char *words_fill(struct arena *arena, const char *key, const struct words_pair *pairs);
#define words_say(arena, key, ...) \
	words_fill((arena), (key), (const struct words_pair[]){ __VA_ARGS__ __VA_OPT__(, ) { 0, 0 } })

#ifdef __cplusplus
}
#endif
#endif
