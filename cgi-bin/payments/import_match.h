/*
 * import_match.h: which of our people and projects a file means. Private to the import.
 */
#ifndef KEPTWORD_IMPORT_MATCH_H
#define KEPTWORD_IMPORT_MATCH_H

#include "data/db.h"

/* What a name in a file stands for. */
struct match {
	const char *name;
	int64_t id;        /* person or project; 0 when there is a fault */
	const char *zone;  /* of a person's pay schedule */
	const char *fault; /* code of a sentence in words: "unknown_person" …; NULL: none */
};

/* Names already looked up, one question to the database for each. */
struct matches;
struct matches *matches_new(struct db *db, size_t names);

/* A person: by e-mail, else by what somebody has said that the name means, else by their legal
 * or preferred name where only one person has it. */
const struct match *match_person(struct matches *matches, const char *name, bool by_email);
/* A project: by what somebody has said that the name means, else by its name. */
const struct match *match_project(struct matches *matches, const char *name);

#endif
