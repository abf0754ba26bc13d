/*
 * rate_command.c: `bin/payments rate`: sets a rate from a day on where no signed offer does.
 * The rate that held before ends the day before. A rate below the market's median needs a
 * second person, which this command does not offer. Rules: payments README 18.
 */
#include <stdio.h>

#include "base/text.h"
#include "data/audit.h"
#include "payments/pay_command.h"

static const struct stmt PAYEE = { "SELECT y.person_id, y.currency FROM payee y"
				   " JOIN keptword_core.person_contact c ON c.id = y.person_id"
				   " WHERE c.email_key = LOWER(?)" };
static const struct stmt PROJECT = { "SELECT id FROM keptword_core.project WHERE name = ?" };
/* What the rate is compared with: that of the rate before. */
static const struct stmt BEFORE = {
	"SELECT id, amount_minor, benchmark_id, benchmark_minor, valid_from FROM rate"
	" WHERE person_id = ? AND project_id = ? AND unit = ? AND valid_from <= ?"
	" AND valid_to > ?"
};
static const struct stmt NEXT = {
	"SELECT MIN(valid_from) FROM rate WHERE person_id = ? AND project_id = ? AND unit = ?"
	" AND valid_from > ?"
};
static const struct stmt END = {
	"UPDATE rate SET valid_to = ?, version = version + 1 WHERE id = ?"
};
static const struct stmt ADD = {
	"INSERT INTO rate (person_id, project_id, unit, amount_minor, currency, valid_from,"
	" valid_to, change_kind, benchmark_id, benchmark_minor, set_by, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, COALESCE(?, '9999-12-31'), ?, ?, ?, ?, ?)"
};

struct setting {
	int64_t person, project, by;
	const char *unit;
	struct money amount;
	day from;
	const char *why; /* of E_INPUT */
};

static enum status
set(struct db *db, void *arg)
{
	struct setting *s = arg;
	struct value person = v_int(s->person), project = v_int(s->project),
		     unit = v_text(s->unit), from = v_day(s->from);
	struct rows *before = db_read(db, &BEFORE, person, project, unit, from, from);
	bool had = rows_next(before);
	struct rows *next = db_read(db, &NEXT, person, project, unit, from);
	day until = rows_next(next) ? rows_day(next, 0) : DAY_NONE;

	if (had && rows_day(before, 4) == s->from)
		s->why = "On that day a rate begins already; a rate is not changed afterwards.";
	else if (had && rows_int(before, 1) > s->amount.minor)
		s->why = "It is lower than the rate before. That needs the person's signature: "
			 "make an offer.";
	else if (had && rows_int(before, 3) > s->amount.minor)
		s->why = "It is below the market's median. That needs a second person: make an "
			 "offer.";
	if (s->why)
		return E_INPUT;
	if (had)
		db_write(db, &END, from, v_int(rows_int(before, 0)));
	db_write(db, &ADD, person, project, unit, v_int(s->amount.minor),
	    v_text(s->amount.currency), from, v_day(until), v_text(had ? "raise" : "initial"),
	    had && !rows_null(before, 2) ? v_int(rows_int(before, 2)) : v_null(),
	    had && !rows_null(before, 3) ? v_int(rows_int(before, 3)) : v_null(), v_int(s->by),
	    v_instant(time_now()));
	struct audit audit = { .actor = s->by,
		.action = "rate.set",
		.object = text_printf(db_arena(db), "rate:%lld", (long long)db_last_id(db)) };
	audit_add(db, &audit);
	return db_status(db);
}

/* rate E-MAIL PROJECT AMOUNT --from DAY [--unit task] --by E-MAIL */
int
rate_run(struct cli *cli)
{
	const char *email = cli_word(cli, 0), *name = cli_word(cli, 1),
		   *amount = cli_word(cli, 2), *from = cli_option(cli, "from"),
		   *unit = cli_option(cli, "unit");
	struct setting s = { .unit = unit ? unit : "hour" };

	if (!amount || !from || !day_parse(from, &s.from) ||
	    !(text_is(s.unit, "hour") || text_is(s.unit, "task")))
		return 2;
	if (!(s.by = command_actor(cli)))
		return 1;
	struct rows *payee = db_read(cli->db, &PAYEE, v_text(email));
	s.project = db_int(cli->db, &PROJECT, 0, v_text(name));
	if (!rows_next(payee) || !s.project) {
		(void)fprintf(stderr, "There is no %s \"%s\".\n",
		    s.project ? "payee with the e-mail" : "project", s.project ? email : name);
		return 1;
	}
	s.person = rows_int(payee, 0);
	if (!money_parse(amount, rows_text(payee, 1), &s.amount) || s.amount.minor <= 0) {
		(void)fprintf(
		    stderr, "%s is not an amount in %s.\n", amount, rows_text(payee, 1));
		return 1;
	}
	if (db_transact(cli->db, set, NULL, &s) != OK) {
		(void)fprintf(stderr, "%s\n",
		    s.why ? s.why : "The database did not keep it; nothing was changed.");
		return 1;
	}
	(void)printf("From %s on: %s.\n", from, money_text(cli->arena, s.amount, "en"));
	return 0;
}
