/*
 * lss_report.h: what the importer of LimeSurvey files said (lss.h), as things that can be
 * shown, stored and used. Nothing here trusts the child that read the file: the document is
 * checked again.
 */
#ifndef KEPTWORD_FEEDBACK_LSS_REPORT_H
#define KEPTWORD_FEEDBACK_LSS_REPORT_H

#include "data/questionnaire.h"
#include "doc/helper.h"

/* One line: verdict "kept", "changed" (came along, but something of it was left out) or
 * "not_kept"; item: a question's code, "" for the survey, "group/2". code and detail: what
 * lss_sentence() makes words of. */
struct lss_item {
	const char *verdict, *item, *code, *detail;
};
struct lss_report {
	const char *document; /* NULL when it was refused */
	const struct questionnaire *q;
	size_t n, kept, not_kept;
	struct lss_item *items;
	/* Refused: which sentence ("lss.fault.…"), where, about what. */
	const char *fault, *line, *detail;
};

/* Of helper_parse()'s answer. OK, or E_INPUT with fault set; E_BUSY and the like are handed on.
 */
MUST_USE enum status lss_report_read(struct arena *arena, enum status parsed,
    const struct records *records, const char *why, struct lss_report *ret);

/* What a line says, from the words files. */
const char *lss_sentence(struct arena *arena, const char *locale, const struct lss_item *item);
/* Why a file was refused. */
const char *lss_refusal(struct arena *arena, const char *locale, const struct lss_report *report);

/* A title for the survey: the document's, else the file's name without its ending. */
const char *lss_title(
    struct arena *arena, const struct questionnaire *q, const char *file_name);

#endif
