/*
 * locale.h: what the formatting of numbers, money and time knows about a locale. Used
 * by common/base, and for the direction by common/web; everybody else passes BCP 47 tags.
 *
 * A locale is read from ICU once per process and never changed or freed, so it can be
 * used by every thread without a lock. At most LOCALE_MAX of them are kept; a tag that
 * ICU has no data for, or one too many, counts as English.
 */
#ifndef KEPTWORD_LOCALE_H
#define KEPTWORD_LOCALE_H

#include <stdbool.h>
#include <stddef.h>

#define LOCALE_MAX 64

struct symbol {
	char p[15];
	unsigned char n;
};

struct locale {
	char tag[64];
	char icu[96]; /* ICU's name, with the Gregorian calendar */
	int index;    /* 0 to LOCALE_MAX - 1, English is 0 */
	bool english; /* any English: our own order of day, month, year */
	bool right_to_left;
	struct symbol digit[10], decimal, group, minus;
	int group_last;  /* digits of the last group: 3 */
	int group_other; /* of the others: 3, in India 2 */
	int group_from;  /* digits from which on a number is grouped: 4, in Spain 5 */
};

/* Never NULL. */
const struct locale *locale_of(const char *tag);

/* Writes n with digits and grouping of locale to out and answers how many bytes;
 * at most NUMBER_BYTES, no NUL. */
#define NUMBER_BYTES 192
size_t locale_number(const struct locale *locale, unsigned long long n, char *out);

/* Is this a country's code of two capital letters (ISO 3166-1, as ICU lists them)? */
bool country_known(const char *code);

/* Is this a language with perhaps a script and a region, in the case that BCP 47 writes them in:
 * "es", "es-MX", "zh-Hant-TW", "es-419"? Further subtags are not known. */
bool locale_known(const char *tag);

#endif
