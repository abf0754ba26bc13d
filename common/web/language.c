/*
 * language.c: the languages that pages can be read in, see language.h. Used by words.c,
 * page.cc, request_read.c and the pages that let people choose.
 *
 * Owns one table, filled by language_start() before any thread and const from then on.
 */
#include "web/language.h"

#include "base/text.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unistd.h>

#define HEADER_MAX 200 /* of an Accept-Language header; what is longer is not read */

static struct language {
	char tag[LANGUAGE_TAG];
	char folder[LANGUAGE_TAG + 16];
	char name[128];
	bool checked; /* there is a file of that name in its folder */
} languages[LANGUAGE_MAX] = { { "en", ".", "English", true } };
static unsigned count = 1;

/* A tag as we write it: letters, digits and '-'. */
static bool
is_tag(const char *name)
{
	size_t n = strlen(name);

	return n >= 2 && n < LANGUAGE_TAG &&
	       name[strspn(name,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] == '\0';
}

/* The language's name in itself, its first letter a capital. The tag when ICU knows none. */
static void
find_name(const char *tag, char *name, int32_t room)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[64], title[64];
	int32_t n = uloc_getDisplayName(tag, tag, wide, 64, &error);

	(void)snprintf(name, (size_t)room, "%s", tag);
	n = u_strToTitle(title, 64, wide, n, NULL, tag, &error);
	if (U_SUCCESS(error) && n > 0 && n < 64)
		u_strToUTF8(name, room, NULL, title, n, &error);
}

static void
add(const char *root, const char *tag)
{
	struct language *language = &languages[count++];
	char path[PATH_MAX];

	/* is_tag() has seen that it fits. */
	(void)snprintf(language->tag, sizeof language->tag, "%.*s", LANGUAGE_TAG - 1, tag);
	(void)snprintf(
	    language->folder, sizeof language->folder, "languages/%.*s", LANGUAGE_TAG - 1, tag);
	find_name(tag, language->name, sizeof language->name);
	language->checked = snprintf(path, sizeof path, "%s/%s/checked", root,
				language->folder) < (int)sizeof path &&
			    access(path, F_OK) == 0;
}

static int
by_tag(const void *a, const void *b)
{
	return strcmp(((const struct language *)a)->tag, ((const struct language *)b)->tag);
}

enum status
language_start(const char *root, const char **ret_message)
{
	char path[PATH_MAX];
	enum status status = OK;
	DIR *dir;

	count = 1;
	if (snprintf(path, sizeof path, "%s/languages", root) >= (int)sizeof path)
		return OK;
	dir = opendir(path);
	if (!dir)
		return OK; /* English alone */
	/* Before any thread. NOLINTNEXTLINE(concurrency-mt-unsafe) */
	for (const struct dirent *item; (item = readdir(dir));) {
		if (!is_tag(item->d_name) || item->d_type != DT_DIR)
			continue;
		if (count == LANGUAGE_MAX) {
			*ret_message = "There are more languages than LANGUAGE_MAX.";
			status = E_LIMIT;
			break;
		}
		add(root, item->d_name);
	}
	closedir(dir);
	qsort(languages + 1, count - 1, sizeof *languages, by_tag);
	return status;
}

unsigned
language_count(void)
{
	return count;
}

const char *
language_tag(unsigned language)
{
	return languages[language].tag;
}

const char *
language_folder(unsigned language)
{
	return languages[language].folder;
}

const char *
language_name(unsigned language)
{
	return languages[language].name;
}

const char *
language_locale_name(struct arena *arena, const char *locale)
{
	char name[sizeof languages[0].name];

	find_name(locale, name, sizeof name);
	return text_copy(arena, name);
}

bool
language_checked(unsigned language)
{
	return languages[language].checked;
}

/* The language of a tag, of its first subtag when there is none of the whole; count for none.
 */
static unsigned
find(const char *locale)
{
	size_t n = strcspn(locale, "-_");

	for (unsigned i = 0; i < count; i++)
		if (text_is_nocase(languages[i].tag, locale))
			return i;
	for (unsigned i = 0; i < count; i++)
		if (strncmp(languages[i].tag, locale, n) == 0 && languages[i].tag[n] == '\0')
			return i;
	return count;
}

unsigned
language_of(const char *locale)
{
	unsigned found = text_empty(locale) ? 0 : find(locale);

	return found < count ? found : 0;
}

const char *
language_attribute(const char *locale)
{
	return text_empty(locale) || find(locale) == count ? "en" : locale;
}

bool
language_right_to_left(const char *locale)
{
	return uloc_isRightToLeft(language_attribute(locale));
}

const char *
language_accept(const char *header)
{
	UErrorCode error = U_ZERO_ERROR;
	UAcceptResult how = ULOC_ACCEPT_FAILED;
	const char *tags[LANGUAGE_MAX];
	char found[64] = "";
	UEnumeration *all;

	if (text_empty(header) || count == 1 || strlen(header) > HEADER_MAX)
		return "en";
	for (unsigned i = 0; i < count; i++)
		tags[i] = languages[i].tag;
	all = uenum_openCharStringsEnumeration(tags, (int32_t)count, &error);
	(void)uloc_acceptLanguageFromHTTP(found, sizeof found, &how, header, all, &error);
	uenum_close(all);
	if (U_FAILURE(error) || how == ULOC_ACCEPT_FAILED)
		return "en";
	return languages[language_of(found)].tag;
}
