/*
 * import.h: a file of time entries on its way in. It is read in a parser child (tracker.h), its
 * names are matched with our people and projects, and the result is kept as a batch: a preview
 * that is taken whole or not at all.
 */
#ifndef KEPTWORD_IMPORT_H
#define KEPTWORD_IMPORT_H

#include "data/crypto.h"
#include "payments/tracker.h"
#include "web/intake.h"

/* What is known of a file before it is kept, and what came of it. */
struct import {
	const char *file_name;
	struct bytes content;
	const char *dates, *zone, *person; /* as given, "" for none */
	int64_t by;                        /* person, 0: from the command line */
	int64_t only;                      /* whose time it can be alone; 0: anybody's */
	bool by_api;
	const char *request;               /* request id, NULL from the command line */
	struct tracker_file file;          /* set by import_read() */
	/* Set by import_keep(): */
	struct id id;
	size_t bad; /* rows that cannot be used */
	struct import_fault *faults;
	size_t n_faults; /* 1,000 at most */
};

/* Why a row cannot be used: a code of import_fault's words, or one of the file as a whole (line 0). */
struct import_fault {
	size_t line;
	const char *column, *code, *value; /* "" for no column */
};

/* Records of the parser to import->file. E_FAULT when they are none. */
MUST_USE enum status import_read(
    struct arena *arena, const struct records *records, struct import *import);

/* The first fault about the file as a whole, so that there is nothing to preview; NULL: none. */
const struct table_fault *import_refused(const struct import *import);

/* The sentence for a fault, without row and column. */
const char *import_fault_text(
    struct arena *arena, const char *locale, const char *code, const char *value);

/* In a transaction: matches names and keeps the batch with its rows and faults; sets
 * import->id. */
MUST_USE enum status import_keep(struct db *db, struct import *import);

/* How a batch is taken: version 0: whichever it has; good_only: it was refused, and what is good of it
 * is taken all the same. */
struct taking {
	int64_t version, by; /* by 0: from the command line */
	bool good_only;
	const char *request;
};

/* In a transaction: takes what is new of a batch in state 'preview' (good_only: 'refused' too), or gives
 * the batch up. E_CONFLICT when somebody did either meanwhile, E_ABSENT for no such batch. */
MUST_USE enum status import_take(
    struct db *db, struct id batch, const struct taking *how, int64_t *ret_taken);
MUST_USE enum status import_abandon(
    struct db *db, struct id batch, int64_t version, int64_t by, const char *request);

/* Timer "payments.imports": a preview that nobody decided on for 7 days is abandoned; rows of calls of
 * the API are forgotten then. */
enum status import_expire_step(struct db *db, struct job *job);

/* Handlers and commands. */
extern const struct intake TIME_INTAKE;
extern const struct form IMPORT_FORM, IMPORT_DECIDE_FORM;
extern const struct form IMPORT_PERSON_FORM, IMPORT_PROJECT_FORM;
enum status import_page(struct request *req);
enum status import_submit(struct request *req);
enum status import_show(struct request *req);
enum status import_take_submit(struct request *req);
enum status import_abandon_submit(struct request *req);
enum status import_names(struct request *req);
enum status import_person_submit(struct request *req);
enum status import_project_submit(struct request *req);
int import_run(struct cli *cli);
int import_name_run(struct cli *cli);

#endif
