/*
 * verify.h: /payments/verify, for everybody: is this document ours, as we issued it?
 *
 * By its number it tells issuer, date and whether something newer has taken its place; nothing else.
 * With the file it tells more: what stands in that file, once its signature holds.
 */
#ifndef KEPTWORD_PAYMENTS_VERIFY_H
#define KEPTWORD_PAYMENTS_VERIFY_H

#include "doc/helper.h"
#include "web/app.h"
#include "web/request.h"

/* Runs in a parser child, as "signed-pdf": one record {"result", code}, then {"fact", name, value} of
 * the file, where its signature is ours. Codes: intact; added (ours, but something stands behind it);
 * changed; foreign (somebody else's signature); unsigned; no_pdf. */
enum status verify_parse(struct arena *arena, struct bytes file, const char *options,
    struct parse_out *out);
#define VERIFY_PARSER { "signed-pdf", verify_parse, 4, 256 }

extern const struct form VERIFY_FORM, VERIFY_FILE_FORM;
enum status verify_show(struct request *req);
enum status verify_submit(struct request *req);
enum status verify_file_submit(struct request *req);

/* What there is to say of a number: issuer and instant of issue (may be NULL), and whether something newer
 * has taken its place. False: it is none of ours, or the database failed. */
MUST_USE bool verify_number(struct db *db, struct id id, const char **ret_issuer,
    instant *ret_issued, bool *ret_superseded);

/* check-document FILE: 0 when it is real and stands. verify_command.c */
int verify_run(struct cli *cli);

#endif
