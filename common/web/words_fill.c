/*
 * words_fill.c: values put into a sentence of words.h, with the plural forms of its language.
 * Used by forms, pages and handlers through words_say().
 *
 * Owns the plural rules of each locale that was asked for: opened once under a mutex, never
 * closed, shared by all threads (ICU's rules are const once made).
 */
#include "web/words.h"

#include "base/log.h"
#include "base/money.h"
#include "base/text.h"
#include "web/language.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define PLURAL ", plural,"
#define ISOLATE "\xe2\x81\xa8" /* U+2068: in the direction of its first letter */
#define ISOLATED "\xe2\x81\xa9"

#define COUNTED '\1' /* begins a value that counts, see words_count() */

/* What a sentence is filled with. */
struct filling {
	struct buf *to;
	const char *locale;
	const struct words_pair *pairs;
	bool isolate;                   /* right to left */
	const struct words_pair *count; /* of the plural form that is being filled: "#" */
};

/* ---- Plural rules ---- */

static const UPluralRules *
rules_of(const char *locale)
{
	static UPluralRules *_Atomic rules[LANGUAGE_MAX];
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	unsigned language = language_of(locale);
	UErrorCode error = U_ZERO_ERROR;
	UPluralRules *found = atomic_load_explicit(&rules[language], memory_order_acquire);

	if (found)
		return found;
	pthread_mutex_lock(&lock);
	found = atomic_load_explicit(&rules[language], memory_order_relaxed);
	if (!found) {
		found = uplrules_open(language_tag(language), &error);
		if (U_FAILURE(error))
			found = NULL;
		atomic_store_explicit(&rules[language], found, memory_order_release);
	}
	pthread_mutex_unlock(&lock);
	return found;
}

/* "one", "few", ...: the form of n in the locale's language. */
static void
form_of(const char *locale, int64_t n, char *out, int32_t room)
{
	const UPluralRules *rules = rules_of(locale);
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[16];
	int32_t length = rules ? uplrules_select(rules, (double)n, wide, 16, &error) : -1;

	if (length <= 0 || U_FAILURE(error) || length >= 16 || length >= room)
		u_UCharsToChars(u"other", out, 6);
	else
		u_UCharsToChars(wide, out, length + 1);
}

/* ---- Reading a sentence ---- */

/* Behind the '}' that closes the '{' at open; NULL when none does. */
static const char *
behind(const char *open)
{
	int depth = 0;

	for (const char *at = open; *at; at++) {
		depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
		if (depth == 0)
			return at + 1;
	}
	return NULL;
}

static const struct words_pair *
pair_of(const struct words_pair *pairs, const char *name, size_t n)
{
	for (; pairs && pairs->name; pairs++)
		if (strncmp(pairs->name, name, n) == 0 && pairs->name[n] == '\0')
			return pairs;
	return NULL;
}

/* Does the pair hold a number to count by? */
static bool
counted(const struct words_pair *pair, int64_t *ret)
{
	return pair->value && pair->value[0] == COUNTED && text_to_int(pair->value + 1, ret);
}

static void
add_value(const struct filling *f, const struct words_pair *pair)
{
	bool isolate = f->isolate && !text_empty(pair->value);
	int64_t n;

	if (isolate)
		buf_text(f->to, ISOLATE);
	if (counted(pair, &n))
		buf_text(f->to, number_text(f->to->arena, n, f->locale));
	else if (pair->value)
		buf_text(f->to, pair->value);
	if (isolate)
		buf_text(f->to, ISOLATED);
}

/* The form that n takes among "=0 {none} one {# thing} other {# things}", which end at end:
 * *ret_open is its '{'. False when there is none, "other" neither. */
static bool
choose(const char *forms, const char *end, const char *locale, int64_t number,
    const char **ret_open)
{
	char form[16], exact[24];
	const char *best = NULL;
	int rank = 0; /* 1 other, 2 the language's form, 3 exactly this number */

	form_of(locale, number, form, sizeof form);
	(void)snprintf(exact, sizeof exact, "=%lld", (long long)number);
	while (forms < end) {
		size_t n;
		int is;

		forms += strspn(forms, " ");
		n = strcspn(forms, " {}");
		const char *open = forms + n + strspn(forms + n, " ");
		if (n == 0 || *open != '{')
			break;
		is = n == strlen(exact) && !strncmp(forms, exact, n)       ? 3
		     : n == strlen(form) && !strncmp(forms, form, n)       ? 2
		     : n == strlen("other") && !strncmp(forms, "other", n) ? 1
									   : 0;
		if (is > rank) {
			rank = is;
			best = open;
		}
		forms = behind(open);
		if (!forms)
			break;
	}
	*ret_open = best;
	return best && forms == end;
}

static bool fill(const struct filling *f, const char *at, const char *end);

/* "{n, plural, …}" of the sentence; *at is its '{' and moves behind its '}'. */
static bool
fill_plural(const struct filling *f, const char **at, size_t name)
{
	const char *open, *after = behind(*at);
	const struct words_pair *pair = pair_of(f->pairs, *at + 1, name);
	const char *forms = *at + 1 + name + strlen(PLURAL);
	struct filling inner = *f;
	int64_t n;
	bool good;

	if (!after || !pair || !counted(pair, &n))
		return false;
	inner.count = pair;
	good = choose(forms, after - 1, f->locale, n, &open) &&
	       fill(&inner, open + 1, behind(open) - 1);
	*at = after;
	return good;
}

/* Fills from at to end. False when a plural cannot be read. */
static bool
fill(const struct filling *f, const char *at, const char *end)
{
	while (at < end) {
		size_t plain = strcspn(at, f->count ? "{#" : "{");
		const struct words_pair *pair;
		size_t name;

		if (plain > (size_t)(end - at))
			plain = (size_t)(end - at);
		buf_add(f->to, at, plain);
		at += plain;
		if (at == end)
			break;
		if (*at == '#' && f->count) {
			add_value(f, f->count);
			at++;
			continue;
		}
		name = strcspn(at + 1, "},");
		if (text_starts(at + 1 + name, PLURAL)) {
			if (!fill_plural(f, &at, name))
				return false;
			continue;
		}
		pair = at[1 + name] == '}' ? pair_of(f->pairs, at + 1, name) : NULL;
		if (pair) {
			add_value(f, pair);
			at += name + 2;
		} else {
			buf_char(f->to, *at++);
		}
	}
	return true;
}

enum status
words_form(struct arena *arena, const char *locale, const char *sentence,
    const struct words_pair *pairs, const char **ret)
{
	struct buf buf;
	struct filling f = { .to = &buf,
		.locale = text_empty(locale) ? "en" : locale,
		.pairs = pairs,
		.isolate = language_right_to_left(locale) };

	*ret = sentence;
	if (!strchr(sentence, '{'))
		return OK;
	buf = buf_new(arena);
	if (!fill(&f, sentence, sentence + strlen(sentence)))
		return E_INPUT;
	*ret = buf.p;
	return OK;
}

const char *
words_count(struct arena *arena, int64_t n)
{
	return text_printf(arena, "%c%" PRId64, COUNTED, n);
}

const char *
words_fill(
    struct arena *arena, const char *locale, const char *key, const struct words_pair *pairs)
{
	const char *sentence = words_get(locale, key);
	const char *filled;

	if (!sentence) {
		log_event(LOG_LEVEL_PANIC, "words_missing", LOG_TEXT("key", key));
		return text_copy(arena, key);
	}
	if (words_form(arena, locale, sentence, pairs, &filled) != OK) {
		log_event(LOG_LEVEL_PANIC, "words_broken", LOG_TEXT("key", key));
		return sentence;
	}
	return filled;
}
