/*
 * pay_step.h: one bounded piece of a pay run's work as one transaction. Private to the files of a
 * run's work: pay_prepare.c, pay_verify.c, pay_issue.c.
 */
#ifndef KEPTWORD_PAY_STEP_H
#define KEPTWORD_PAY_STEP_H

#include "data/job.h"

struct pay_step {
	struct job *job, before;
	bool finished; /* nothing is left: set by the work */
};

/* At the start of the work: a transaction that is run again begins with the job as it was. */
struct job *pay_step_begin(struct pay_step *step);

/* The run, held so that a second worker or command waits for the first. */
struct pay_run_held {
	int64_t period, reached;
	int64_t off_cycle; /* 0: the regular run of its period, else its own id */
	int64_t compared;  /* the run that it is compared with, 0: none */
	const char *state; /* "" when there is no such run */
};
struct pay_run_held pay_step_hold(struct db *db, const struct job *job);

/* Sets @pay_run, @pay_period, @pay_off (0 or the run outside the schedule), @pay_from (not
 * within) and @pay_to (within) for the statements of this piece: MariaDB hands conditions down
 * into a view that groups when they compare with a variable, but not when they compare with a
 * '?'; then the whole table would be grouped for each piece. */
void pay_step_range(struct db *db, const struct job *job, const struct pay_run_held *run,
    struct value from, struct value to);

/* The people of the range as drafts, worked out from the lines named between the two parts: those
 * of the table pay_draft_line or those of the view payable_line. Columns person_id, currency,
 * legal_entity_id, minutes, gross, adjusted and hash: SHA-256 of one line for payer and sums, and one for each line of work and
 * each adjustment, in the order of their bytes. What a correction proposes counts: who signs it
 * approves it. */
#define PAY_DRAFT_FROM_SQL                                                                  \
	"(SELECT t.person_id, t.currency, y.legal_entity_id, SUM(t.minutes) AS minutes,"    \
	" SUM(t.gross) AS gross, SUM(t.adjusted) AS adjusted, UNHEX(SHA2(CONCAT_WS('\n',"   \
	"  CONCAT_WS(' ', 'person', t.person_id, t.currency,"                               \
	"   COALESCE(y.legal_entity_id, 0), SUM(t.minutes), SUM(t.gross), SUM(t.adjusted)),"\
	"  GROUP_CONCAT(t.item ORDER BY BINARY t.item SEPARATOR '\n')), 256)) AS hash"      \
	" FROM (SELECT person_id, currency, minutes, amount_minor AS gross, 0 AS adjusted," \
	"   CONCAT_WS(' ', 'line', project_id, kind, unit, rate_id, rate_minor, rate_from," \
	"    minutes, units, amount_minor) AS item"                                         \
	"   FROM "
#define PAY_DRAFT_END_SQL                                                                   \
	" AND person_id > @pay_from AND person_id <= @pay_to"                               \
	"  UNION ALL SELECT person_id, currency, 0, 0, amount_minor,"                       \
	"   CONCAT_WS(' ', 'adjustment', id, kind, amount_minor) FROM adjustment"           \
	"   WHERE period_id = @pay_period AND off_cycle_id = @pay_off"                      \
	"   AND (state = 'approved' OR (state = 'proposed' AND off_cycle_id <> 0))"         \
	"   AND person_id > @pay_from AND person_id <= @pay_to) t"                          \
	" LEFT JOIN payee y ON y.person_id = t.person_id"                                   \
	" GROUP BY t.person_id, t.currency, y.legal_entity_id)"
#define PAY_LINES_OF_DRAFT_SQL "pay_draft_line WHERE pay_run_id = @pay_run"
#define PAY_LINES_OF_WORK_SQL                                                               \
	"payable_line WHERE period_id = @pay_period AND off_cycle_id = @pay_off"

/* The hash of a run: SHA-256 of one line for the run and one for each thousand of person ids:
 * the SHA-256 in hex of their drafts' hashes in hex, in the order of person and currency. */
#define PAY_HASH_SQL                                                                        \
	"(SELECT UNHEX(SHA2(CONCAT_WS('\n', BINARY CONCAT_WS(' ', 'run', BINARY r.kind,"    \
	"  p.start_day, p.end_day, COALESCE(r.pay_on, p.pay_on),"                           \
	"  COALESCE(r.corrects_id, 0)), BINARY"                                             \
	"  (SELECT GROUP_CONCAT(x.hash ORDER BY x.block SEPARATOR '\n') FROM"               \
	"   (SELECT d.person_id DIV 1000 AS block, SHA2(GROUP_CONCAT(LOWER(HEX(d.hash))"    \
	"     ORDER BY d.person_id, d.currency SEPARATOR '\n'), 256) AS hash"               \
	"    FROM pay_draft d WHERE d.pay_run_id = @pay_run"                                \
	"    GROUP BY d.person_id DIV 1000) x)), 256))"                                     \
	" FROM pay_run r JOIN pay_period p ON p.id = r.period_id WHERE r.id = @pay_run)"

/* The run is done up to this person: people more than before, of total. */
void pay_step_reached(
    struct db *db, struct job *job, struct value person, int64_t people, int64_t total);

/* Runs work with a struct pay_step in a transaction; the answer for the job. */
enum status pay_step_run(struct db *db, struct job *job, db_work work);

#endif
