/*
 * cli.c: the command line of a plugin: its words and options, files, and the run of one command
 * with an arena and a lease of its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/time.h"
#include "web/app_impl.h"
#include "web/audit_command.h"
#include "web/keys_command.h"
#include "web/retention_command.h"

#define ARENA_LIMIT ((size_t)1024 * 1024 * 1024)
#define TELL_AFTER (5 * SECOND)
#define PIECE ((size_t)64 * 1024)

const char *
cli_option(const struct cli *cli, const char *name)
{
	for (int i = 0; i < cli->argc; i++)
		if (text_starts(cli->argv[i], "--") && text_is(cli->argv[i] + 2, name))
			return i + 1 < cli->argc ? cli->argv[i + 1] : "";
	return NULL;
}

const char *
cli_word(const struct cli *cli, int n)
{
	for (int i = 0; i < cli->argc; i++) {
		if (text_starts(cli->argv[i], "--"))
			i++; /* and its value */
		else if (n-- == 0)
			return cli->argv[i];
	}
	return NULL;
}

static bool
read_all(struct cli *cli, int fd, const char *path, struct bytes *ret)
{
	size_t limit = (size_t)config_int(CONFIG_UPLOAD_MAX);
	struct buf buf = buf_new(cli->arena);
	char *piece = arena_alloc(cli->arena, PIECE);
	ssize_t n;

	while ((n = read(fd, piece, PIECE)) > 0) {
		if (buf.n + (size_t)n > limit) {
			(void)fprintf(stderr,
			    "%s is larger than %zu bytes, the most that is read.\n", path,
			    limit);
			return false;
		}
		buf_add(&buf, piece, (size_t)n);
	}
	if (n < 0) {
		(void)fprintf(stderr, "%s cannot be read: %m.\n", path);
		return false;
	}
	*ret = (struct bytes){ (const unsigned char *)buf.p, buf.n };
	return true;
}

bool
cli_file(struct cli *cli, const char *path, struct bytes *ret)
{
	int fd = STDIN_FILENO;
	bool ok;

	if (text_is(path, "-"))
		return read_all(cli, fd, "Standard input", ret);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		(void)fprintf(stderr, "%s cannot be opened: %m.\n", path);
		return false;
	}
	ok = read_all(cli, fd, path, ret);
	(void)close(fd);
	return ok;
}

/* ", about 3 min more" when enough is done to say so. */
static void
print_left(int64_t spent, int64_t done, int64_t total)
{
	int64_t left;

	if (spent < TELL_AFTER || done <= 0 || done >= total || done < total / 20)
		return;
	left = spent / SECOND * (total - done) / done;
	if (left < 60)
		(void)fprintf(stderr, ", less than a minute more");
	else
		(void)fprintf(stderr, ", about %lld min more", (long long)((left + 30) / 60));
}

void
cli_progress(struct cli_progress *line, int64_t done, int64_t total, bool last)
{
	bool terminal = isatty(STDERR_FILENO);
	int64_t tenth = total > 0 ? 10 * done / total : 0;

	if (line->began == 0) {
		line->began = time_ticks();
		line->tenth = -1;
	}
	if (total > 0 && (terminal || tenth > line->tenth)) {
		(void)fprintf(stderr, "%s%lld of %lld (%lld %%)", terminal ? "\r" : "",
		    (long long)done, (long long)total, (long long)(100 * done / total));
		print_left(time_ticks() - line->began, done, total);
		(void)fprintf(stderr, "%s", terminal ? "\x1b[K" : "\n");
		line->drawn = terminal;
		line->tenth = tenth;
	}
	if (last && line->drawn)
		(void)fprintf(stderr, "\n");
	(void)fflush(stderr);
}

/* What every plugin can; one of its own with the same name counts more. */
static const struct command BUILTIN[] = {
	{ "check-audit", "check-audit [--heads FOLDER]",
	    "finds what was changed in the audit, and names the row", audit_check_run, false },
	{ "keys", "keys", "lists the keys of encrypted columns and what uses them", keys_run,
	    false },
	{ "rotate-key", "rotate-key NAME", "makes the next key; older ones stay readable",
	    rotate_key_run, false },
	{ "remove-key", "remove-key NAME NUMBER", "destroys an old key that nothing uses",
	    remove_key_run, false },
	{ "retention", "retention [--delete]",
	    "how long rows are kept; --delete: deletes what is past what the law wants",
	    retention_command_run, false },
	{ 0 },
};

static const struct command *
command_in(const struct command *command, const char *name)
{
	for (; command && command->name; command++)
		if (text_is(command->name, name))
			return command;
	return NULL;
}

const struct command *
command_find(const struct app *app, const char *name)
{
	const struct command *own = command_in(app->commands, name);

	return own ? own : command_in(BUILTIN, name);
}

int
command_run(const struct app *app, const struct command *command, int argc, char **argv)
{
	static jmp_buf no_memory;
	struct cli cli = { .argc = argc - 1, .argv = argv + 1, .app = app };
	struct cli *const running = &cli;
	volatile int code = 1;

	running->arena = arena_new(ARENA_LIMIT);
	if (!running->arena) {
		(void)fprintf(stderr, "There is not enough memory to begin.\n");
		return 1;
	}
	arena_recover(running->arena, &no_memory);
	if (setjmp(no_memory) == 0) {
		if (!command->without_database)
			running->db = db_lease(running->arena, DB_JOB);
		code = command->run(running);
	} else {
		(void)fprintf(
		    stderr, "The memory did not suffice; what was not committed is undone.\n");
	}
	arena_recover(running->arena, NULL);
	if (code == 2)
		(void)fprintf(stderr, "Usage: %s %s\n", app->name, command->usage);
	if (running->db)
		db_release(running->db);
	arena_free(running->arena);
	return code;
}

void
help_print(const struct app *app)
{
	(void)printf(
	    "%s: without arguments it serves FastCGI on the listening socket at "
	    "descriptor 0.\n\n"
	    "  work\n      runs jobs and consumes events until SIGTERM\n"
	    "  routes\n      prints method, path, who may, flags and form of each route\n"
	    "  config\n      prints the variables of the environment, with defaults\n"
	    "  help\n      this list\n",
	    app->name);
	for (const struct command *command = app->commands; command && command->name; command++)
		(void)printf("  %s\n      %s\n", command->usage, command->about);
	for (const struct command *command = BUILTIN; command->name; command++)
		if (!command_in(app->commands, command->name))
			(void)printf("  %s\n      %s\n", command->usage, command->about);
}
