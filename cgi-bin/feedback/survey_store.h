/*
 * survey_store.h: writing down imported files and making surveys of them.
 */
#ifndef KEPTWORD_FEEDBACK_SURVEY_STORE_H
#define KEPTWORD_FEEDBACK_SURVEY_STORE_H

#include "data/crypto.h"
#include "data/db.h"
#include "feedback/lss_report.h"

/* Inside a transaction: the file and the report's lines. person 0: the command line. Its id. */
int64_t survey_file_add(struct db *db, const struct lss_report *report, const char *file_name,
    const char *title, int64_t person, struct id public_id);

/* Inside a transaction: the file's document becomes a questionnaire, of a new survey (survey 0)
 * or as the next version of one that stands. E_CONFLICT when the file is in use already. */
struct survey_made {
	int64_t survey, version;
	struct id public_id;
};
MUST_USE enum status survey_make(struct db *db, int64_t file, int64_t survey, const char *title,
    const char *purpose, int64_t person, struct survey_made *ret);

/* The survey whose newest questionnaire was made of exactly this document: its title, NULL when
 * there is none. */
const char *survey_of_document(struct db *db, const char *document);

#endif
