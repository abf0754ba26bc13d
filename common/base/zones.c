/*
 * zones.c: the list of time zones that people choose from (time.h). Built once, kept for the
 * life of the process.
 */
#include "base/time.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char **names;
static size_t count;

/* CLDR keeps the first name that a zone had; people look for the one in use. */
static const struct {
	const char *old, *now;
} RENAMED[] = {
	{ "Africa/Asmera", "Africa/Asmara" },
	{ "America/Godthab", "America/Nuuk" },
	{ "Asia/Calcutta", "Asia/Kolkata" },
	{ "Asia/Katmandu", "Asia/Kathmandu" },
	{ "Asia/Rangoon", "Asia/Yangon" },
	{ "Asia/Saigon", "Asia/Ho_Chi_Minh" },
	{ "Atlantic/Faeroe", "Atlantic/Faroe" },
	{ "Europe/Kiev", "Europe/Kyiv" },
	{ "Pacific/Enderbury", "Pacific/Kanton" },
	{ "Pacific/Ponape", "Pacific/Pohnpei" },
	{ "Pacific/Truk", "Pacific/Chuuk" },
};

/* The name in use, where this ICU knows it. */
static const char *
name_in_use(const char *name)
{
	for (size_t i = 0; i < sizeof RENAMED / sizeof *RENAMED; i++)
		if (strcmp(name, RENAMED[i].old) == 0 && zone_known(RENAMED[i].now))
			return RENAMED[i].now;
	return name;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
build(void)
{
	UErrorCode error = U_ZERO_ERROR;
	UEnumeration *zones = ucal_openTimeZoneIDEnumeration(
	    UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &error);
	if (U_FAILURE(error))
		return;
	int32_t n = uenum_count(zones, &error);
	names = n > 0 ? calloc((size_t)n + 1, sizeof *names) : NULL;
	if (names) {
		names[count++] = "UTC";
		const char *name;
		while (count <= (size_t)n && (name = uenum_next(zones, NULL, &error)) != NULL) {
			char *copy = strdup(name_in_use(name));
			if (!copy)
				break;
			names[count++] = copy;
		}
		qsort(names + 1, count - 1, sizeof *names, by_name);
	}
	uenum_close(zones);
}

const char *const *
zone_names(size_t *ret_n)
{
	(void)pthread_once(&once, build);
	*ret_n = count;
	return names;
}
