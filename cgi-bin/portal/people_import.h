/*
 * people_import.h: a file of people on its way in. It is read in a parser child (people_file.h),
 * compared with who is here, kept as a preview, and applied in pieces once somebody has said so.
 * By page (people_import_page.c) and by command (people_import_command.c).
 *
 * Rules: README 13 to 16. The e-mail says who somebody is. A file adds and changes people and
 * gives roles; it takes nothing away, disables nobody and makes nobody an administrator.
 */
#ifndef PORTAL_PEOPLE_IMPORT_H
#define PORTAL_PEOPLE_IMPORT_H

#include "data/crypto.h"
#include "portal/people_file.h"
#include "web/intake.h"

struct people_import {
	const char *file_name;
	struct bytes content;
	int64_t by;              /* person, 0: from the command line */
	const char *request;     /* request id, NULL from the command line */
	struct people_file file; /* set by people_file_read() */
	struct id id;            /* set by people_import_keep() */
	int64_t row;             /* ... its id in the database */
};

/* In a transaction: keeps the file as a preview with a verdict for each row. */
MUST_USE enum status people_import_keep(struct db *db, struct people_import *import);

/* In a transaction: a preview begins to be applied, or is given up. E_CONFLICT when somebody did
 * either meanwhile (version 0: whichever it has). */
struct people_decision {
	int64_t import, version, by;
	const char *request;
	bool invite; /* writes to each new person */
};
MUST_USE enum status people_import_begin(struct db *db, const struct people_decision *decision);
MUST_USE enum status people_import_abandon(
    struct db *db, const struct people_decision *decision);

/* In a transaction: applies the next rows, some tenths of a second long. OK with 0 in *ret_n:
 * nothing was left, and the import is done. */
MUST_USE enum status people_import_apply(
    struct db *db, int64_t import, const char *request, int64_t *ret_n);

/* Job "people.import": subject is the import. Timer "people.imports": previews that nobody
 * decided on for 7 days are given up, and the rows of all are deleted then. */
enum status people_import_step(struct db *db, struct job *job);
enum status people_import_expire(struct db *db, struct job *job);

/* Handlers and command. */
extern const struct intake PEOPLE_INTAKE;
extern const struct form PEOPLE_IMPORT_FORM, PEOPLE_TAKE_FORM, PEOPLE_ABANDON_FORM;
enum status people_import_page(struct request *req);
enum status people_import_submit(struct request *req);
enum status people_import_sample(struct request *req);
enum status people_import_show(struct request *req);
enum status people_import_errors(struct request *req);
enum status people_import_progress(struct request *req);
enum status people_take_submit(struct request *req);
enum status people_abandon_submit(struct request *req);
int import_people_run(struct cli *cli);

#endif
