/*
 * app.h: what a plugin is: tables. app_main() does the rest.
 *
 *   bin/payments            serves FastCGI on the listening socket at descriptor 0
 *   bin/payments work       runs jobs and consumes events until SIGTERM
 *   bin/payments routes     prints the route table (tests read it)
 *   bin/payments help       lists the commands
 *   bin/payments NAME ...   runs one
 */
#ifndef KEPTWORD_APP_H
#define KEPTWORD_APP_H

#include "data/db.h"
#include "data/event.h"
#include "data/job.h"
#include "doc/helper.h"
#include "web/route.h"

/* A command of the plugin's command line. */
struct cli {
	struct arena *arena;
	struct db *db;          /* a DB_JOB lease */
	int argc;               /* arguments behind the command's name */
	char **argv;
	const struct app *app;
};
struct command {
	const char *name;
	const char *usage;      /* "import-time FILE [--dates mdy|dmy] [--zone Z]" */
	const char *about;      /* one line */
	int (*run)(struct cli *cli); /* exit code: 0 done, 1 refused with a message, 2 usage */
	bool without_database;
};

/* The value of "--name value" among the arguments, NULL when absent; "" for the last word
 * "--name". The n-th (from 0) word that belongs to no option, NULL when there is none. */
const char *cli_option(const struct cli *cli, const char *name);
const char *cli_word(const struct cli *cli, int n);
/* The content of a file or standard input ("-"), at most CONFIG_UPLOAD_MAX bytes. Says what is
 * wrong on standard error and answers false. */
bool cli_file(struct cli *cli, const char *path, struct bytes *ret);

/* How far long work of a command is, on standard error: on a terminal one line that is written
 * over, else a line for each tenth. Begins as { 0 }; `last` ends it. */
struct cli_progress {
	int64_t began; /* ticks */
	int64_t tenth; /* the last one told */
	bool drawn;    /* a line on a terminal is open */
};
void cli_progress(struct cli_progress *line, int64_t done, int64_t total, bool last);

struct gauge;
struct retention;
struct sealed_column;

struct app {
	const char *name;                  /* "payments": folder of words, label in logs */
	const struct route *routes;        /* ended by path NULL */
	const struct command *commands;    /* ended by name NULL; may be NULL */
	const struct job_kind *jobs;       /* ended by name NULL; may be NULL */
	const struct consumer *consumers;  /* ended by pending NULL; may be NULL */
	const struct parser *parsers;      /* ended by name NULL; may be NULL */
	const struct sealed_column *sealed; /* ended by key NULL; may be NULL; data/keyring.h */
	const struct retention *retention; /* ended by table NULL; may be NULL; data/retention.h */
	const struct gauge *gauges;        /* ended by name NULL; may be NULL; web/metrics.h */
	bool pdf;                          /* starts PDF helpers */
	/* Before helper processes are forked and threads are there: what they share. NULL, or in one
	 * sentence why the plugin cannot start. May be NULL. */
	const char *(*start)(void);
};

/* main() of a plugin: starts what the mode needs and answers the exit code. */
int app_main(const struct app *app, int argc, char **argv);

#endif
