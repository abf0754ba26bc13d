/*
 * design.h: the catalogue's pages, for main.c's route table.
 */
#ifndef KEPTWORD_DESIGN_H
#define KEPTWORD_DESIGN_H

#include "web/form.h"
#include "web/request.h"

/* Everybody who works here may look. */
#define MAY_DESIGN MAY(((roles)1 << ROLE_BIT_MAX) - 1 - ROLE(APPLICANT) - ROLE(CONTRIBUTOR))

extern const struct form DESIGN_FORM;

enum status design_show(struct request *req);
enum status design_forms_show(struct request *req);
enum status design_forms_submit(struct request *req);
enum status design_lists_show(struct request *req);
enum status design_words_show(struct request *req);
enum status design_charts_show(struct request *req);

#endif
