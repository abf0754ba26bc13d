/*
 * statement.h: one statement as a record, from which every form of it is made: page, PDF, CSV.
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
struct statement {
	int64_t id, person;
	const char *public_id, *payee, *payer, *payer_address, *zone;
	day start, end, promised, rolled_from, sent, funds; /* DAY_NONE: not (yet) */
	instant issued;
	const char *state, *late_cause;
	int64_t minutes;
	struct money gross, adjustments, net, year_to_date;
	size_t n_lines, n_adjustments;
	struct statement_line *lines;
	struct statement_adjustment *adjusted;
};

/* Reads the statement with this public id that belongs to person; person 0: any, for finance.
 * E_ABSENT when there is none, else the database's status. All of it lies in db's arena. */
MUST_USE enum status statement_read(
    struct db *db, struct id id, int64_t person, struct statement *ret);

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
enum status statement_staff_show(struct request *req);

/* statement_api.c */
enum status statement_api_list(struct request *req);
enum status statement_api_show(struct request *req);

#endif
