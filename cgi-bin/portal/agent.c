/* agent.c: which browser on which system, coarsely, see agent.h. */
#include "portal/agent.h"

#include "base/text.h"

#include <string.h>

/* The first that is found counts: many browsers name the others, whose pages they can show,
 * too. */
struct known {
	const char *sign; /* in the User-Agent */
	const char *code, *name;
};
static const struct known BROWSERS[] = {
	{ "Edg", "edge", "Edge" },
	{ "OPR/", "opera", "Opera" },
	{ "SamsungBrowser/", "samsung", "Samsung Internet" },
	{ "Firefox/", "firefox", "Firefox" },
	{ "FxiOS/", "firefox", "Firefox" },
	{ "CriOS/", "chrome", "Chrome" },
	{ "Chrome/", "chrome", "Chrome" },
	{ "Safari/", "safari", "Safari" },
	{ "curl/", "curl", "curl" },
	{ 0 },
};
static const struct known SYSTEMS[] = {
	{ "iPhone", "ios", "iPhone" },
	{ "iPad", "ipados", "iPad" },
	{ "Android", "android", "Android" },
	{ "Windows", "windows", "Windows" },
	{ "CrOS", "chromeos", "ChromeOS" },
	{ "Mac OS X", "macos", "macOS" },
	{ "Linux", "linux", "Linux" },
	{ 0 },
};

static const char *
code_in(const struct known *table, const char *agent)
{
	for (; table->sign; table++)
		if (strstr(agent, table->sign))
			return table->code;
	return "";
}

static const char *
name_of(const struct known *table, const char *code, size_t n)
{
	for (; table->sign; table++)
		if (strlen(table->code) == n && !strncmp(table->code, code, n))
			return table->name;
	return "";
}

const char *
agent_code(struct arena *arena, const char *agent)
{
	return text_printf(arena, "%s.%s", code_in(BROWSERS, agent), code_in(SYSTEMS, agent));
}

const char *
agent_names(struct arena *arena, const char *code)
{
	size_t n = strcspn(code, ".");
	const char *browser = name_of(BROWSERS, code, n);
	const char *system =
	    code[n] ? name_of(SYSTEMS, code + n + 1, strlen(code + n + 1)) : "";
	bool both = !text_empty(browser) && !text_empty(system);

	return text_printf(arena, "%s%s%s", browser, both ? ", " : "", system);
}
