/*
 * language.h: the languages that pages can be read in. English stands in templates/ and is always
 * there; each folder in templates/languages/ that the build has made from a .po file is one more.
 * The list is read once at start and const from then on.
 *
 * A reader has a locale (BCP 47: "es-MX"), which says how numbers, money and dates are written;
 * its language says which words are read. A locale whose language is not here reads English
 * words.
 */
#ifndef KEPTWORD_LANGUAGE_H
#define KEPTWORD_LANGUAGE_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LANGUAGE_MAX 16
#define LANGUAGE_TAG 36

/* Reads the names of the folders in root/languages/. E_LIMIT with a sentence when there are more
 * than LANGUAGE_MAX - 1. */
MUST_USE enum status language_start(const char *root, const char **ret_message);

/* How many there are, English included; 1 before language_start(). */
unsigned language_count(void);

/* The language's tag; 0 is "en", the others are sorted. */
const char *language_tag(unsigned language);

/* Its folder below root: "." or "languages/es". Static. */
const char *language_folder(unsigned language);

/* What its own speakers call it, with a capital where they write one ("Español"); static. */
const char *language_name(unsigned language);

/* The same for any locale, its region with it ("Español (México)"). The tag when ICU knows no
 * name. */
const char *language_locale_name(struct arena *arena, const char *locale);

/* Which language a reader of this locale reads: the one of the same tag, else of the same first
 * subtag, else English. NULL and "" are English. */
unsigned language_of(const char *locale);

/* What stands in a page's lang attribute: the locale, or "en" when its words are English all the
 * same. */
const char *language_attribute(const char *locale);

/* Has a native reader checked the words of contracts and statements? English: yes. */
bool language_checked(unsigned language);

/* Are its letters written from right to left? (ICU) */
bool language_right_to_left(const char *locale);

/* The language that suits an Accept-Language header best (RFC 9110 12.5.4); its tag. NULL, "" and
 * what nobody can read is English. */
const char *language_accept(const char *header);

#ifdef __cplusplus
}
#endif
#endif
