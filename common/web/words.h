/*
 * words.h: sentences that are found by a code: labels, hints and errors of form fields, items of
 * the home page's lists, reasons. They stand in files `words` in each folder of templates/:
 *
 *     # comment
 *     apply_name.legal_name.label = Your full legal name
 *     apply_name.legal_name.missing = Enter your full legal name.
 *     error.too_long = {label}: use at most {max} characters.
 *
 * One entry a line; "\n" in a sentence is a line end. All folders share one table a language; a
 * key that stands twice stops the start. {name} is filled by the caller; what is filled in is
 * escaped by the template that shows the sentence, like any other value.
 */
#ifndef KEPTWORD_WORDS_H
#define KEPTWORD_WORDS_H

#include "base/arena.h"
#include "base/status.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Reads every file called `words` one folder below root, and below the folder of each further
 * language (language.h; language_start() comes first). */
MUST_USE enum status words_start(const char *root, const char **ret_message);

/* The sentence in the words of a reader of locale, in English when the language does not have it,
 * NULL when there is none. */
const char *words_get(const char *locale, const char *key);

/* The sentence with each {name} replaced by the value behind it in pairs, ended by a NULL name.
 * A missing key gives the key itself (and a log line), so that a page never has a hole.
 *
 * A sentence may depend on a count, in the way of ICU's MessageFormat:
 *
 *     entries = {n, plural, =0 {No entries} one {# entry} other {# entries}}
 *
 * "#" is the number, grouped and in the digits of the locale; which form a number takes is the
 * language's rule (CLDR, by ICU); "other" is needed. Forms may hold {names}. {n} alone is the
 * number as well. In right-to-left languages what is filled in stands in isolates (U+2068,
 * U+2069), so that a name of the other direction does not turn the sentence round. */
struct words_pair {
	const char *name, *value;
};
/* A number as a value: plain digits behind a byte that no text holds. */
const char *words_count(struct arena *arena, int64_t n);
const char *words_fill(
    struct arena *arena, const char *locale, const char *key, const struct words_pair *pairs);
#define words_say(arena, locale, key, ...)                                             \
	words_fill((arena), (locale), (key),                                           \
	    (const struct words_pair[]){ __VA_ARGS__ __VA_OPT__(, ) { 0, 0 } })

/* Fills a sentence that is not in the tables; for checks of words files. E_INPUT when its plural
 * forms cannot be read. */
MUST_USE enum status words_form(struct arena *arena, const char *locale, const char *sentence,
    const struct words_pair *pairs, const char **ret);

#ifdef __cplusplus
}
#endif
#endif
