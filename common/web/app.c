/*
 * app.c: main() of every plugin: which mode, and the order in which things start. What forks
 * comes before what has threads; what may fail says so in one sentence on standard error and
 * ends with exit code 1.
 */
#include "web/app.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unicode/uclean.h>
#include <unistd.h>

#include "base/config.h"
#include "base/log.h"
#include "base/time.h"
#include "data/crypto.h"
#include "doc/http.h"
#include "web/app_impl.h"
#include "web/language.h"
#include "web/page.h"
#include "web/words.h"

#define MESSAGE_MAX 2000

/* No child gets more rights, and no memory with somebody's data becomes a core file. */
static void
harden(void)
{
	struct rlimit none = { 0, 0 };

	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}

static bool
complain(const struct app *app, const char *what)
{
	(void)fprintf(stderr, "%s cannot start: %s\n", app->name, what);
	return false;
}

static bool
start_config(const struct app *app)
{
	char message[MESSAGE_MAX];

	log_plugin(app->name);
	if (config_read(message, sizeof message) != OK)
		return complain(app, message);
	time_shift(config_int(CONFIG_CLOCK_SHIFT));
	/* jansson seeds its tables once, from a file that parser children may not open. */
	json_object_seed(0);
	if (crypto_start() != OK)
		return complain(app, "OpenSSL lacks an algorithm that is needed.");
	return true;
}

/* What the plugin itself prepares, then processes for what must not be done in this one. */
static bool
start_helpers(const struct app *app)
{
	const char *why = app->start ? app->start() : NULL;

	if (why)
		return complain(app, why);
	if (!(app->parsers && app->parsers->name) && !app->pdf)
		return true;
	if (helper_start(app->parsers, app->pdf) != OK)
		return complain(app, "its helper processes could not be started.");
	return true;
}

static bool
start_rest(const struct app *app)
{
	const char *templates = config_text(CONFIG_TEMPLATES), *message = "";
	UErrorCode icu = U_ZERO_ERROR;

	if (language_start(templates, &message) != OK ||
	    page_start(templates, &message) != OK || words_start(templates, &message) != OK)
		return complain(app, message);
	if (http_start() != OK)
		return complain(app, "libcurl cannot be used.");
	xmlInitParser();
	u_init(&icu);
	if (U_FAILURE(icu))
		return complain(app, "ICU's data cannot be loaded.");
	if (db_start() != OK)
		return complain(
		    app, "there is not enough memory for the database's connections.");
	return true;
}

static bool
check_routes(const struct app *app)
{
	const char *path = route_unsound(app->routes);

	if (path)
		(void)fprintf(stderr,
		    "%s cannot start: its route %s needs ROUTE_API and a scope (under /api/), "
		    "or no scope.\n",
		    app->name, path);
	return !path;
}

static int
serve(const struct app *app)
{
	if (!serve_possible()) {
		(void)fprintf(stderr,
		    "%s serves FastCGI on a listening socket at descriptor 0, and there is "
		    "none. "
		    "Start it with spawn-fcgi, systemd or `make start`; `%s help` lists what "
		    "else it does.\n",
		    app->name, app->name);
		return 1;
	}
	if (!check_routes(app) || !start_config(app) || !start_helpers(app))
		return 1;
	stop_signals_block();
	return start_rest(app) ? serve_run(app) : 1;
}

static int
work(const struct app *app)
{
	if (!start_config(app) || !start_helpers(app))
		return 1;
	stop_signals_block();
	return start_rest(app) ? work_run(app) : 1;
}

static int
run_named(const struct app *app, int argc, char **argv)
{
	const struct command *command = command_find(app, argv[0]);
	int code;

	if (!command) {
		(void)fprintf(stderr, "%s has no command \"%s\"; `%s help` lists them.\n",
		    app->name, argv[0], app->name);
		return 2;
	}
	if (!start_config(app) || (!command->without_database && !start_rest(app)))
		return 1;
	code = command_run(app, command, argc, argv);
	if (!command->without_database)
		db_stop();
	return code;
}

int
app_main(const struct app *app, int argc, char **argv)
{
	harden();
	if (argc < 2)
		return serve(app);
	if (text_is(argv[1], "work"))
		return work(app);
	if (text_is(argv[1], "routes"))
		routes_print(app);
	else if (text_is(argv[1], "config"))
		config_print(stdout);
	else if (text_is(argv[1], "help") || text_is(argv[1], "--help"))
		help_print(app);
	else
		return run_named(app, argc - 1, argv + 1);
	return fflush(stdout) == 0 ? 0 : 1;
}
