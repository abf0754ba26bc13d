/*
 * lss.h: surveys written by LimeSurvey (.lss), read into questionnaires.
 *
 * Runs in a parser child (doc/helper.h), as the parser "lss"; the page and the command
 * "import" of feedback read its records:
 *
 *   "document", JSON                     the questionnaire (data/questionnaire.h), once
 *   "kept", code, type                   a question that came along; type is LimeSurvey's
 * letter "not_kept", code, type, reason       one that did not: "kind" (we have no such kind),
 *                                        "hidden" (never shown there either), "no_choices",
 *                                        "no_rows"
 *   "condition", code, expression, why   not understood, so the question is always shown: the
 *                                        codes of questionnaire_condition() and "not_kept"
 * (names a question that did not come along), "that_self", "pattern" (regular expression),
 * "participant" (personal data of a participant) "text", code, what                   left out
 * of its texts: "token" (participant's data), "expression", "script", "media", "link" (its
 * address) "setting", code, name                something set there that has no counterpart
 * here "zero_to_ten", code                  asks for 0 to 10: could count for eNPS "fault",
 * code, line, column, detail  the file was refused; detail names the element code: the
 * question's, "" for the survey, "group/2" for a group, "Q1_SQ2" for a row.
 *
 * Codes of faults: those of doc/xml.h; "archive" (.lsa, a ZIP), "not_limesurvey" (detail: the
 * root element), "not_survey" (detail: Group, Question, Responses …), "missing_element",
 * "language", "too_many", "nothing_to_ask" (no question that we keep; they are listed before),
 * and "document" with the questionnaire's own complaint as detail.
 *
 * Both layouts are read (texts in the rows, or in *_l10ns tables); unknown tables and columns
 * are passed over. Texts become plain text (lss_text.c). Ids of the other server are forgotten:
 * questions are known by their codes.
 */
#ifndef KEPTWORD_FEEDBACK_LSS_H
#define KEPTWORD_FEEDBACK_LSS_H

#include "doc/helper.h"

#define LSS_BYTES_MAX ((size_t)8 * 1024 * 1024)

/* For the plugin's table of parsers. */
#define LSS_PARSER                                                                 \
	{                                                                          \
		.name = "lss", .parse = lss_parse, .seconds = 6, .megabytes = 256 \
	}
enum status lss_parse(
    struct arena *arena, struct bytes file, const char *options, struct parse_out *out);

/* Where records go: put is called for each. */
struct lss_sink {
	void (*put)(void *arg, size_t n, const char *const *cells);
	void *arg;
};

/* The same without a child, for lss_parse() and for tests. E_INPUT after a fault record. */
MUST_USE enum status lss_import(
    struct arena *arena, struct bytes file, const struct lss_sink *sink);

#endif
