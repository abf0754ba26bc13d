/*
 * feedback.h: what the files of this plugin know of each other: forms, handlers for main.c's
 * route table, steps for its jobs, and the few helpers that several use.
 */
#ifndef KEPTWORD_FEEDBACK_H
#define KEPTWORD_FEEDBACK_H

#include "data/crypto.h"
#include "data/job.h"
#include "data/questionnaire.h"
#include "data/retention.h"
#include "web/page.h"
#include "web/request.h"

/* The questionnaire in a column; E_FAULT when what is stored is none. */
MUST_USE enum status column_questionnaire(struct arena *arena, const struct rows *rows,
    unsigned column, const struct questionnaire **ret);
/* At most so many characters of a text. */
const char *text_cut(struct arena *arena, const char *text, size_t characters);

/* survey.c: surveys, and what they look like. */
enum status survey_list(struct request *req);
const struct form *survey_form(struct request *req);
enum status survey_show(struct request *req);

/* survey_import.c: an uploaded file, its report, its use. */
extern const struct form SURVEY_IMPORT_FORM;
extern const struct form SURVEY_USE_FORM;
enum status import_show(struct request *req);
enum status import_submit(struct request *req);
enum status import_report_show(struct request *req);
enum status import_use_submit(struct request *req);

/* import_command.c */
struct cli;
int import_run(struct cli *cli);

/* run.c: a round of a survey: made, looked through, closed by hand, published. */
extern const struct form SURVEY_RUN_FORM;
extern const struct form RUN_STEP_FORM;
enum status run_add_show(struct request *req);
enum status run_add_submit(struct request *req);
enum status run_show(struct request *req);
enum status run_status(struct request *req);
enum status run_review_submit(struct request *req);
enum status run_close_submit(struct request *req);
enum status run_give_up_submit(struct request *req);
enum status run_publish_submit(struct request *req);

/* run_open.c and run_close.c: jobs that look every second for what is due. */
enum status run_open_step(struct db *db, struct job *job);
enum status run_close_step(struct db *db, struct job *job);

/* By when the results of a closed round are out: README "States". */
#define PUBLISH_WITHIN (14 * DAY_LENGTH)
/* run_overdue.c: job "run.overdue", every minute: tells of results that are not out by then. */
enum status run_overdue_step(struct db *db, struct job *job);

/* answer_list.c and answer.c: who is asked. */
extern const struct stmt INVITATIONS_OF_CALLER;
enum status invitation_list(struct request *req);
const struct form *answer_form(struct request *req);
enum status answer_show(struct request *req);
enum status answer_save(struct request *req);
enum status answer_check_show(struct request *req);
enum status answer_send(struct request *req);
enum status answer_thanks_show(struct request *req);

/* result_page.c: results that everybody may read. */
enum status result_list(struct request *req);
enum status result_show(struct request *req);
enum status result_csv(struct request *req);
enum status result_staff_csv(struct request *req);

/* retention.c: how long rows are kept. */
extern const struct retention FEEDBACK_RETENTION[];

#endif
