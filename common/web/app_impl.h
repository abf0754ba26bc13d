/*
 * app_impl.h: the modes of a plugin's executable, for app.c alone. Each is called once from
 * main(), after the start order of app.c, and answers the exit code.
 */
#ifndef KEPTWORD_APP_IMPL_H
#define KEPTWORD_APP_IMPL_H

#include "web/app.h"

/* Is descriptor 0 a listening socket? */
bool serve_possible(void);
/* Serves until SIGTERM, SIGINT, SIGHUP or SIGUSR1; then finishes what is under way, at most 5
 * s. */
int serve_run(const struct app *app);

/* Runs jobs and consumes events until one of the same signals. */
int work_run(const struct app *app);

/* Blocks the signals that end a mode (and SIGPIPE) in this and all later threads. */
void stop_signals_block(void);
/* A descriptor that becomes readable when one of them came; -1 when there can be none. */
int stop_signals_fd(void);

/* "method TAB path TAB rule TAB flags TAB form" for each route, built-in ones last. */
void routes_print(const struct app *app);

/* The list of modes and commands. */
void help_print(const struct app *app);
/* Runs a command of the plugin: argv[0] is its name. */
int command_run(const struct app *app, const struct command *command, int argc, char **argv);
const struct command *command_find(const struct app *app, const char *name);

#endif
