/*
 * pay_run_show.h: what the pages of a pay run have in common. Private to them.
 */
#ifndef KEPTWORD_PAY_RUN_SHOW_H
#define KEPTWORD_PAY_RUN_SHOW_H

#include "web/page.h"
#include "web/request.h"

/* A run as its pages read it. */
struct run_seen {
	int64_t id, version, made_by, warnings, period, compared;
	const char *state, *kind, *reason;
	struct bytes hash;        /* none while it is being worked out */
	const char *hash_text;    /* in hex, "" without */
	struct rows *rows;        /* at its row; columns from RUN_SEEN_COLUMNS on are facts */
	bool issued;
};

/* The run of the address; E_ABSENT: there is none. */
enum status run_seen(struct request *req, struct db *db, struct run_seen *ret);

/* Period, promised day, maker, signer, kind and hash: on each page of a run. */
void run_show_facts(struct request *req, struct page *page, const struct run_seen *run);

/* Sections of the run's page: what it needs by legal entity, what needs a look, how it differs
 * from the run before, why a sign-off fell. */
void run_show_totals(struct request *req, struct page *page, const struct run_seen *run);
void run_show_warnings(struct request *req, struct page *page, const struct run_seen *run);
void run_show_difference(struct request *req, struct page *page, const struct run_seen *run);
void run_show_changes(struct request *req, struct page *page, const struct run_seen *run);

/* The sections of the kinds of warning, WHY_... */
extern const struct code_mark RUN_WARNINGS[];

#endif
