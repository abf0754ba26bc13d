/*
 * statement.h: one statement as a record, from which every form of it is made: page and print, PDF,
 * CSV, XML, JSON. Nothing is worked out a second time: the record holds what was issued.
 */
#ifndef KEPTWORD_PAYMENTS_STATEMENT_H
#define KEPTWORD_PAYMENTS_STATEMENT_H

#include "base/money.h"
#include "base/time.h"
#include "data/db.h"
#include "web/request.h"

struct statement_line {
	const char *project, *kind, *unit; /* kind and unit are codes */
	int64_t minutes, units;
	struct money rate, amount, benchmark; /* benchmark.minor 0: none was known */
	day rate_from;
};
struct statement_adjustment {
	const char *kind, *reason, *approver;
	struct money amount;
};
/* Work of these days that stands on no statement yet. */
struct statement_pending {
	day day;
	const char *project, *kind, *why; /* kind and why are codes */
	int64_t minutes, units;
};
/* Somebody whom the person brought; apart, in no sum. on: earned or paid. */
struct statement_referral {
	const char *brought, *state; /* state is a code */
	day on;
	struct money amount;
};
struct statement {
	int64_t id, person;
	const char *public_id, *payee, *payee_id, *payer, *payer_address, *payer_country, *zone;
	const char *fees;                   /* who bears those of the payout: a code */
	const char *corrects, *corrected_by; /* public ids of statements; NULL: none */
	day start, end, promised, rolled_from, sent, funds; /* DAY_NONE: not (yet) */
	day question_until;
	instant issued;
	const char *state, *late_cause;
	int64_t minutes;
	struct money gross, adjustments, net, year_to_date;
	size_t n_lines, n_adjustments, n_pending, n_referrals;
	struct statement_line *lines;
	struct statement_adjustment *adjusted;
	struct statement_pending *pending;
	struct statement_referral *referrals;
};

/* Reads the statement with this public id that belongs to person; person 0: any, for finance.
 * E_ABSENT when there is none, else the database's status. All of it lies in db's arena. */
MUST_USE enum status statement_read(
    struct db *db, struct id id, int64_t person, struct statement *ret);

/* What is shown beside it and changes while it does not: work of its days that stands on no statement,
 * and referrals of the person since before its issue. */
void statement_read_pending(struct db *db, struct statement *s);

/* The caller's own statement that the route's first parameter names. */
MUST_USE enum status statement_read_own(struct request *req, struct statement *ret);

/* rate / benchmark to two places, rounded half up, "1.13"; NULL without benchmark. */
const char *statement_compa(
    struct arena *arena, const char *locale, const struct statement_line *line);

/* "Statement 2026-11-15" as a file name without its ending. */
const char *statement_file_name(struct arena *arena, const struct statement *s);

/* Handlers. */
extern const struct stmt STATEMENTS_OF_CALLER;
/* public_id, period_start, period_end, net_minor, currency, state, promised_on, funds_on of the 26
 * newest of a person whose period ended before a day. */
extern const struct stmt STATEMENTS_BEFORE;
enum status statement_list(struct request *req);
enum status statement_show(struct request *req);
enum status statement_pdf(struct request *req);
enum status statement_csv(struct request *req);
enum status statement_xml(struct request *req);
enum status statement_staff_show(struct request *req);

/* The forms that are files: in the arena, in the words of a reader. */
struct bytes statement_csv_of(struct arena *arena, const struct statement *s);
/* NULL bytes: there is no memory. */
struct bytes statement_xml_of(
    struct arena *arena, const char *locale, const struct statement *s);
/* Signed. E_INPUT: *ret_missing is a character that no font has; E_FAULT: the key cannot be used. */
MUST_USE enum status statement_pdf_of(struct request *req, const struct statement *s,
    struct bytes *ret, const char **ret_missing);

/* How a referral stands, in words: "Paid 3 Nov 2026". */
const char *statement_referral_words(
    struct arena *arena, const char *locale, const struct statement_referral *referral);

/* statement_api.c */
enum status statement_api_list(struct request *req);
enum status statement_api_show(struct request *req);

#endif
