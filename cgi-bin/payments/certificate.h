/*
 * certificate.h: certificates of earnings for banks, landlords and authorities, and a year of
 * statements as one file.
 */
#ifndef KEPTWORD_PAYMENTS_CERTIFICATE_H
#define KEPTWORD_PAYMENTS_CERTIFICATE_H

#include "base/money.h"
#include "base/time.h"
#include "data/crypto.h"
#include "web/request.h"

/* A statement in it, and a sum of those in one currency. */
struct certificate_row {
	day start, end, arrived; /* arrived: the promised day until the money is there */
	bool there;
	struct money gross, adjustments, net;
};
struct certificate {
	const char *public_id, *kind; /* "months", "year" */
	const char *payee, *payer, *payer_address;
	day first, last;
	instant issued;
	bool superseded; /* a statement of these days was issued later */
	size_t n_rows, n_sums;
	struct certificate_row *rows, *sums; /* oldest first; of a sum only the money counts */
};

/* The caller's own certificate that the route's first parameter names. */
MUST_USE enum status certificate_read_own(struct request *req, struct certificate *ret);

extern const struct form CERTIFICATE_FORM;
enum status certificate_list(struct request *req);
enum status certificate_submit(struct request *req);
enum status certificate_show(struct request *req);
enum status certificate_pdf(struct request *req); /* certificate_pdf.c */

/* statement_year.c: GET /payments/years/:year/zip */
enum status statement_year(struct request *req);

#endif
