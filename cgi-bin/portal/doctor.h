/*
 * doctor.h: what the files of the command "doctor" share. A check looks at one thing and says one line
 * for each finding: fine, worth a look, or wrong, with what to do. It changes nothing.
 *
 * doctor.c        the list of checks, the lines, the exit code
 * doctor_files.c  templates, keys, sockets, disk, packages
 * doctor_db.c     server, settings, schema, what piles up
 * doctor_grants.c rights of the accounts against the files that give them
 * doctor_net.c    pages, certificate, mail
 * doctor_kept.c   what must not be lost: backups, seals of the audit, notices that wait
 */
#ifndef PORTAL_DOCTOR_H
#define PORTAL_DOCTOR_H

#include "portal/schema.h"
#include "web/app.h"

enum verdict {
	FINE,
	LOOK,
	WRONG,
	VERDICT_MAX
};

struct doctor {
	struct cli *cli;
	struct arena *arena;
	bool json;
	bool database;        /* it answered: checks that need it may run */
	const char *about;    /* the check that runs: "keys" */
	unsigned said[VERDICT_MAX];
	struct schema schema; /* the files, read by the check "schema" before others use them */
};

/* One line: what was found, and what to do about it (NULL: nothing). */
void doctor_say(struct doctor *doctor, enum verdict verdict, const char *found, const char *advice);

/* The first file or folder at or above a path that group or others may write, NULL for none. */
const char *doctor_writable(struct doctor *doctor, const char *path);

/* When this system was set up; 0 without a schema or a database. */
instant doctor_began(struct doctor *doctor);

void doctor_packages(struct doctor *doctor);
void doctor_settings(struct doctor *doctor);
void doctor_templates(struct doctor *doctor);
void doctor_keys(struct doctor *doctor);
void doctor_sockets(struct doctor *doctor);
void doctor_disk(struct doctor *doctor);

void doctor_server(struct doctor *doctor);
void doctor_clock(struct doctor *doctor);
void doctor_schema(struct doctor *doctor);
void doctor_grants(struct doctor *doctor);
void doctor_queues(struct doctor *doctor);

void doctor_backup(struct doctor *doctor);
void doctor_audit(struct doctor *doctor);
void doctor_notices(struct doctor *doctor);

void doctor_nginx(struct doctor *doctor);
void doctor_pages(struct doctor *doctor);
void doctor_mail(struct doctor *doctor);
void doctor_hooks(struct doctor *doctor);
void doctor_certificates(struct doctor *doctor);

#endif
