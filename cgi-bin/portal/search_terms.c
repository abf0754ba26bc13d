/*
 * search_terms.c: see search_terms.h. Words are parted where the database parts names
 * (name_words() in sql/core): at everything that is no letter, mark or digit, so no character
 * that LIKE treats in its own way is left. Owns nothing; what ICU opens is closed at once.
 */
#include "portal/search_terms.h"

#include "base/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define MONTHS 12
#define MONTH_LEAST 3 /* letters of a month's name that are enough */
#define MONTH_NAME_MAX 64

static bool
in_word(UChar32 c)
{
	return U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK);
}

/* ---- Without case and accents ---- */

/* The sentence as code points, taken apart, without marks, case folded. NULL when ICU cannot.
 */
static const UChar32 *
folded(struct arena *arena, const char *sentence, int32_t *ret_n)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *apart = unorm2_getNFKDInstance(&error);
	int32_t room = (int32_t)strlen(sentence) + 1, n = 0, used = 0;
	int32_t wide = room * 18; /* the longest that one unit can become */
	UChar *utf16 = arena_array_of(arena, UChar, (size_t)room);
	UChar *parts = arena_array_of(arena, UChar, (size_t)wide);
	UChar *lower = arena_array_of(arena, UChar, (size_t)wide);
	UChar32 *out = arena_array_of(arena, UChar32, (size_t)wide);

	u_strFromUTF8(utf16, room, &n, sentence, -1, &error);
	n = unorm2_normalize(apart, utf16, n, parts, wide, &error);
	n = u_strFoldCase(lower, wide, parts, n, U_FOLD_CASE_DEFAULT, &error);
	u_strToUTF32(out, wide, &n, lower, n, &error);
	if (U_FAILURE(error))
		return NULL;
	for (int32_t i = 0; i < n; i++)
		if (!(U_GET_GC_MASK(out[i]) & U_GC_M_MASK))
			out[used++] = out[i];
	*ret_n = used;
	return out;
}

static bool
begins(const UChar32 *text, int32_t n, const UChar32 *with, int32_t k)
{
	return k > 0 && n >= k && memcmp(text, with, (size_t)k * sizeof *with) == 0;
}

bool
search_term_in(struct arena *arena, const struct search_term *term, const char *sentence)
{
	int32_t n = 0, k = 0;
	const UChar32 *text = folded(arena, sentence, &n);
	const UChar32 *with = folded(arena, term->text, &k);
	bool inside = false;

	for (int32_t i = 0; text && with && i < n; i++) {
		bool word = in_word(text[i]);
		if (word && !inside && begins(text + i, n - i, with, k))
			return true;
		inside = word;
	}
	return false;
}

/* ---- Months ---- */

/* Does one of ICU's names of this month begin with the folded term? */
static bool
month_begins(struct arena *arena, const UDateFormat *format, int32_t month, const UChar32 *with,
    int32_t k)
{
	static const UDateFormatSymbolType types[] = { UDAT_MONTHS, UDAT_STANDALONE_MONTHS,
		UDAT_SHORT_MONTHS };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		UErrorCode error = U_ZERO_ERROR;
		UChar name[MONTH_NAME_MAX];
		char utf8[4 * MONTH_NAME_MAX];
		int32_t bytes = 0, n = 0;

		int32_t units =
		    udat_getSymbols(format, types[i], month, name, MONTH_NAME_MAX, &error);
		u_strToUTF8(utf8, (int32_t)sizeof utf8, &bytes, name, units, &error);
		if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING)
			continue;
		const UChar32 *text = folded(arena, utf8, &n);
		if (text && begins(text, n, with, k))
			return true;
	}
	return false;
}

/* The month that a term names in a locale, 1 to 12; 0 for none. */
static int
month_named(struct arena *arena, const char *term, const char *locale)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t k = 0;
	const UChar32 *with = folded(arena, term, &k);
	UDateFormat *format;
	int found = 0;

	if (!with || k < MONTH_LEAST || u_isdigit(with[0]))
		return 0;
	format = udat_open(UDAT_NONE, UDAT_LONG, locale, NULL, 0, NULL, 0, &error);
	if (U_FAILURE(error))
		return 0;
	for (int32_t month = 0; month < MONTHS && !found; month++)
		if (month_begins(arena, format, month, with, k))
			found = (int)month + 1;
	udat_close(format);
	return found;
}

/* ---- Numbers ---- */

/* The ASCII digits of a chunk that is a date like 2026-11 (kept with its hyphens) or an amount
 * like 1,762.50 (its digits alone); NULL when it is neither. Digits of any script; signs of
 * currencies do not count. */
static const char *
number_of(struct arena *arena, const char *chunk, bool *ret_date)
{
	struct buf digits = buf_new(arena), date = buf_new(arena);
	bool hyphen = false, other = false;
	uint32_t c;

	while ((c = text_next(&chunk))) {
		int32_t value = u_charDigitValue((UChar32)c);
		if (value >= 0) {
			buf_char(&digits, (char)('0' + value));
			buf_char(&date, (char)('0' + value));
		} else if (c == '-') {
			hyphen = true;
			buf_char(&date, '-');
		} else if (c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == 0x066b ||
			   c == 0x066c) {
			other = true;
		} else if (u_charType((UChar32)c) != U_CURRENCY_SYMBOL) {
			return NULL;
		}
	}
	if (digits.n == 0 || (hyphen && other))
		return NULL;
	*ret_date = hyphen;
	return hyphen ? date.p : digits.p;
}

/* ---- Terms ---- */

static void
term_add(struct arena *arena, struct search_terms *terms, const char *text, const char *other)
{
	if (terms->n == TERMS_MAX) {
		terms->cut = true;
		return;
	}
	terms->term[terms->n++] = (struct search_term){ text_copy(arena, text), other };
}

static void
word_add(struct arena *arena, struct search_terms *terms, const char *word, const char *locale)
{
	int month = month_named(arena, word, locale);

	if (!month)
		month = month_named(arena, word, "en");
	term_add(arena, terms, word, month ? text_printf(arena, "month-%d ", month) : "");
}

/* The words of a chunk without blanks; marks without a letter (of an emoji) are none. */
static void
words_add(
    struct arena *arena, struct search_terms *terms, const char *chunk, const char *locale)
{
	struct buf word = buf_new(arena);
	size_t length = 0;
	bool letters = false;

	for (;;) {
		const char *from = chunk;
		uint32_t c = text_next(&chunk);
		if (c && in_word((UChar32)c)) {
			if (length++ < TERM_LENGTH_MAX)
				buf_add(&word, from, (size_t)(chunk - from));
			letters = letters || !(U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK);
			continue;
		}
		if (letters)
			word_add(arena, terms, word.p, locale);
		word = buf_new(arena);
		length = 0;
		letters = false;
		if (!c)
			return;
	}
}

static void
chunk_add(
    struct arena *arena, struct search_terms *terms, const char *chunk, const char *locale)
{
	bool date = false;
	const char *number = number_of(arena, chunk, &date);

	if (!number)
		words_add(arena, terms, chunk, locale);
	else if (date)
		term_add(arena, terms, number, number);
	else
		term_add(arena, terms, number, text_printf(arena, "minor-%s", number));
}

/* The query composed (NFC), as names are kept; as it is when ICU cannot. */
static const char *
composed(struct arena *arena, const char *query)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	int32_t room = (int32_t)strlen(query) + 1, n = 0, bytes = 0;
	UChar *utf16 = arena_array_of(arena, UChar, (size_t)room);
	UChar *out = arena_array_of(arena, UChar, (size_t)room * 3);
	char *utf8 = arena_alloc(arena, (size_t)room * 9);

	u_strFromUTF8(utf16, room, &n, query, -1, &error);
	n = unorm2_normalize(nfc, utf16, n, out, room * 3, &error);
	u_strToUTF8(utf8, room * 9, &bytes, out, n, &error);
	return U_FAILURE(error) ? query : utf8;
}

struct search_terms
search_terms(struct arena *arena, const char *query, const char *locale)
{
	struct search_terms terms = { 0 };
	struct buf chunk = buf_new(arena);
	size_t length = 0;

	query = composed(arena, query);
	for (;;) {
		const char *from = query;
		uint32_t c = text_next(&query);
		if (c && length++ == QUERY_LENGTH_MAX) {
			terms.cut = true;
			c = 0;
		}
		if (c && !u_isUWhiteSpace((UChar32)c)) {
			buf_add(&chunk, from, (size_t)(query - from));
			continue;
		}
		if (chunk.n)
			chunk_add(arena, &terms, chunk.p, locale);
		chunk = buf_new(arena);
		if (!c)
			return terms;
	}
}
