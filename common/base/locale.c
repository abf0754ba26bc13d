/*
 * locale.c: the digits, separators and grouping of a locale, see locale.h.
 *
 * Owns the table of locales: entries are added under a mutex and published with the
 * count, so readers need no lock.
 */
#include "base/locale.h"

#include "base/text.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

static struct locale *locales[LOCALE_MAX];
static atomic_int locale_count;
static pthread_mutex_t locales_lock = PTHREAD_MUTEX_INITIALIZER;

/* English as it is without any data of ICU. */
static const struct locale plain_english = {
	.tag = "en",
	.icu = "en@calendar=gregorian",
	.english = true,
	.digit = { { "0", 1 }, { "1", 1 }, { "2", 1 }, { "3", 1 }, { "4", 1 }, { "5", 1 },
	    { "6", 1 }, { "7", 1 }, { "8", 1 }, { "9", 1 } },
	.decimal = { ".", 1 },
	.group = { ",", 1 },
	.minus = { "-", 1 },
	.group_last = 3,
	.group_other = 3,
	.group_from = 4,
};

/* Leaves the symbol as it is when ICU has none or one too long. */
static void
read_symbol(const UNumberFormat *format, UNumberFormatSymbol which, struct symbol *symbol)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[8];
	char text[sizeof symbol->p];
	int32_t n = unum_getSymbol(format, which, wide, 8, &error), bytes = 0;

	u_strToUTF8(text, sizeof text, &bytes, wide, n, &error);
	if (U_FAILURE(error) || bytes <= 0)
		return;
	memcpy(symbol->p, text, (size_t)bytes);
	symbol->n = (unsigned char)bytes;
}

/* Does the locale part 1000 into groups? Some do so from 10,000 on only. */
static bool
groups_thousand(UNumberFormat *format)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[32];
	int32_t n;

	unum_setAttribute(
	    format, UNUM_MINIMUM_GROUPING_DIGITS, UNUM_MINIMUM_GROUPING_DIGITS_AUTO);
	n = unum_format(format, 1000, wide, 32, NULL, &error);
	return U_FAILURE(error) || u_countChar32(wide, n) > 4;
}

/* ICU answers for a language it does not know with its default locale. */
static bool
same_language(const char *found, const char *asked)
{
	UErrorCode error = U_ZERO_ERROR;
	char a[16] = "", b[16] = "";

	uloc_getLanguage(found, a, sizeof a, &error);
	uloc_getLanguage(asked, b, sizeof b, &error);
	return U_SUCCESS(error) && *a && text_is(a, b);
}

/* False when ICU has no data for it, or no memory. */
static bool
read_locale(struct locale *locale)
{
	static const UNumberFormatSymbol digits[] = { UNUM_ZERO_DIGIT_SYMBOL,
		UNUM_ONE_DIGIT_SYMBOL, UNUM_TWO_DIGIT_SYMBOL, UNUM_THREE_DIGIT_SYMBOL,
		UNUM_FOUR_DIGIT_SYMBOL, UNUM_FIVE_DIGIT_SYMBOL, UNUM_SIX_DIGIT_SYMBOL,
		UNUM_SEVEN_DIGIT_SYMBOL, UNUM_EIGHT_DIGIT_SYMBOL, UNUM_NINE_DIGIT_SYMBOL };
	UErrorCode error = U_ZERO_ERROR;
	UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale->icu, NULL, &error);
	const char *found =
	    U_SUCCESS(error) ? unum_getLocaleByType(format, ULOC_VALID_LOCALE, &error) : NULL;
	bool known = U_SUCCESS(error) && found && same_language(found, locale->icu);
	int other;

	if (!known) {
		if (format)
			unum_close(format);
		return false;
	}
	for (int i = 0; i < 10; i++)
		read_symbol(format, digits[i], &locale->digit[i]);
	read_symbol(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, &locale->decimal);
	read_symbol(format, UNUM_GROUPING_SEPARATOR_SYMBOL, &locale->group);
	read_symbol(format, UNUM_MINUS_SIGN_SYMBOL, &locale->minus);
	locale->group_last = unum_getAttribute(format, UNUM_GROUPING_SIZE);
	other = unum_getAttribute(format, UNUM_SECONDARY_GROUPING_SIZE);
	if (locale->group_last <= 0)
		locale->group_last = 3;
	locale->group_other = other > 0 ? other : locale->group_last;
	locale->group_from = groups_thousand(format) ? 4 : 5;
	locale->right_to_left = uloc_isRightToLeft(locale->icu);
	locale->english = text_starts(found, "en") && (found[2] == '\0' || found[2] == '_');
	unum_close(format);
	return true;
}

/* NULL when the tag has no locale. */
static struct locale *
load(const char *tag)
{
	UErrorCode error = U_ZERO_ERROR;
	struct locale *locale;
	char icu[64];
	int32_t read = 0;

	uloc_forLanguageTag(tag, icu, sizeof icu, &read, &error);
	if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING ||
	    (size_t)read != strlen(tag))
		return NULL;
	locale = malloc(sizeof *locale);
	if (!locale)
		return NULL;
	*locale = plain_english;
	(void)snprintf(locale->tag, sizeof locale->tag, "%s", tag);
	(void)snprintf(locale->icu, sizeof locale->icu, "%s%scalendar=gregorian", icu,
	    strchr(icu, '@') ? ";" : "@");
	if (read_locale(locale))
		return locale;
	free(locale);
	return NULL;
}

static const struct locale *
find(const char *tag)
{
	int n = atomic_load_explicit(&locale_count, memory_order_acquire);

	for (int i = 0; i < n; i++)
		if (strcmp(locales[i]->tag, tag) == 0)
			return locales[i];
	return NULL;
}

/* English comes first, so that its index is 0 as plain_english says. */
static const struct locale *
add(const char *tag)
{
	const struct locale *locale;

	pthread_mutex_lock(&locales_lock);
	locale = find(tag);
	if (!locale) {
		int n = atomic_load_explicit(&locale_count, memory_order_relaxed);
		struct locale *made = n < LOCALE_MAX ? load(tag) : NULL;

		if (made) {
			made->index = n;
			locales[n] = made;
			atomic_store_explicit(&locale_count, n + 1, memory_order_release);
		}
		locale = made;
	}
	pthread_mutex_unlock(&locales_lock);
	return locale;
}

const struct locale *
locale_of(const char *tag)
{
	static _Thread_local const struct locale *last;
	const struct locale *locale;

	if (text_empty(tag) || strlen(tag) >= sizeof last->tag)
		tag = "en";
	if (last && strcmp(last->tag, tag) == 0)
		return last;
	if (atomic_load_explicit(&locale_count, memory_order_acquire) == 0 && !add("en"))
		return &plain_english;
	locale = find(tag);
	if (!locale)
		locale = add(tag);
	if (!locale)
		return locales[0];
	last = locale;
	return locale;
}

size_t
locale_number(const struct locale *locale, unsigned long long n, char *out)
{
	unsigned char digits[20]; /* the last one first */
	int count = 0;
	size_t at = 0;

	do {
		digits[count++] = (unsigned char)(n % 10);
		n /= 10;
	} while (n > 0);
	for (int i = count - 1; i >= 0; i--) {
		const struct symbol *digit = &locale->digit[digits[i]];

		memcpy(out + at, digit->p, digit->n);
		at += digit->n;
		/* A separator stands before the last group and before each other one. */
		if (count >= locale->group_from && i >= locale->group_last &&
		    (i - locale->group_last) % locale->group_other == 0) {
			memcpy(out + at, locale->group.p, locale->group.n);
			at += locale->group.n;
		}
	}
	return at;
}

static bool
listed(const char *const *list, const char *text, size_t n)
{
	for (; *list; list++)
		if (strlen(*list) == n && memcmp(*list, text, n) == 0)
			return true;
	return false;
}

bool
country_known(const char *code)
{
	return listed(uloc_getISOCountries(), code, strlen(code));
}

#define SMALL "abcdefghijklmnopqrstuvwxyz"

bool
locale_known(const char *tag)
{
	size_t n = strcspn(tag, "-");

	if (!listed(uloc_getISOLanguages(), tag, n))
		return false;
	tag += n;
	if (tag[0] == '-' && tag[1] >= 'A' && tag[1] <= 'Z' && strspn(tag + 2, SMALL) == 3 &&
	    (tag[5] == '-' || tag[5] == '\0'))
		tag += 5;
	if (*tag == '\0')
		return true;
	tag++;
	return country_known(tag) || (strlen(tag) == 3 && strspn(tag, "0123456789") == 3);
}
