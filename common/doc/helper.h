/*
 * helper.h: work that must not be done in a plugin's own process.
 *
 * Before any thread exists, helper_start() forks single-threaded nurses:
 *  - the parser nurse forks a child for each file that a person sent; the child has no
 *    network, no database, no files (seccomp, rlimits, no_new_privs; file by descriptor
 *    or memory only) and sends records back over a pipe. Whatever it does, it ends alone.
 *  - PDF helpers are kept and render one page set at a time (pango's caches live there).
 * All close every descriptor but their own and die with their parent.
 */
#ifndef KEPTWORD_HELPER_H
#define KEPTWORD_HELPER_H

#include "base/status.h"
#include "base/text.h"

/* A record: n cells; a cell may be NULL. What the cells mean is between the format's parse
 * function and its reader. */
struct record {
	size_t n;
	const char **cells;
	struct record *next;
};
struct records {
	struct record *first;
	size_t count;
};

/* What a parse function sees. out_record() sends one record (cells may be NULL). */
struct parse_out;
void out_record(struct parse_out *out, size_t n, const char *const *cells);

/* A format that people send. parse runs in the child: options is what the caller gave; it
 * answers OK, or E_INPUT after one record {"fault", code, line, column, detail…}. */
struct parser {
	const char *name; /* "tracker-csv" */
	enum status (*parse)(struct arena *arena, struct bytes file, const char *options,
	    struct parse_out *out);
	unsigned seconds;   /* of CPU and of waiting */
	unsigned megabytes; /* address space above what the child starts with */
};

/* Forks the nurse (for parsers, ended by name NULL) and CONFIG_PDF_HELPERS PDF helpers
 * (pdf). Before threads. */
MUST_USE enum status helper_start(const struct parser *parsers, bool pdf);
void helper_stop(void);

/* Parses file in a child. OK with records; E_INPUT with a "fault" record among them; E_LIMIT
 * when the child ran out of time, memory or was stopped for what it tried (the file is not
 * readable for us; *ret_why: "time" "memory" "crash" "forbidden"); E_BUSY when
 * CONFIG_PARSERS children run already for 2 s; E_AWAY without a nurse. */
MUST_USE enum status helper_parse(struct arena *arena, const char *parser, struct bytes file,
    const char *options, struct records *ret, const char **ret_why);

/* For the command line: the same in a child forked here. */
MUST_USE enum status helper_parse_once(struct arena *arena, const struct parser *parsers,
    const char *parser, struct bytes file, const char *options, struct records *ret,
    const char **ret_why);

#endif
