/*
 * payee_command.c: `bin/payments payee`: the reference of a payee at the payout partner, and
 * how their tax form stands. The form itself is with the partner. Rule: payments README 21.
 */
#include <stdio.h>

#include "base/text.h"
#include "data/audit.h"
#include "payments/pay_command.h"

static const struct stmt PAYEE = { "SELECT y.person_id FROM payee y"
				   " JOIN keptword_core.person_contact c ON c.id = y.person_id"
				   " WHERE c.email_key = LOWER(?)" };
static const struct stmt SET = {
	"UPDATE payee SET partner_ref = COALESCE(?, partner_ref),"
	" tax_form_until = IF(? IS NULL, tax_form_until, ?),"
	" tax_form = COALESCE(?, tax_form), version = version + 1 WHERE person_id = ?"
};

struct setting {
	int64_t person, by;
	const char *reference, *form; /* NULL: as it is */
	day until;                    /* with form; DAY_NONE: no end */
};

static enum status
set(struct db *db, void *arg)
{
	const struct setting *s = arg;

	(void)db_write_one(db, &SET, v_text(s->reference), v_text(s->form), v_day(s->until),
	    v_text(s->form), v_int(s->person));
	audit_add(
	    db, &(struct audit){ .actor = s->by,
		    .action = "payee.set",
		    .object = text_printf(db_arena(db), "person:%lld", (long long)s->person),
		    .reason = s->form });
	return db_status(db);
}

/* payee E-MAIL [--reference TEXT] [--tax-form valid|asked|missing [--until DAY]] --by E-MAIL */
int
payee_run(struct cli *cli)
{
	const char *email = cli_word(cli, 0), *until = cli_option(cli, "until");
	struct setting s = { .reference = cli_option(cli, "reference"),
		.form = cli_option(cli, "tax-form"),
		.until = DAY_NONE };

	if (!email || (!s.reference && !s.form) || (until && !day_parse(until, &s.until)) ||
	    (s.reference && text_length(s.reference) > 60) ||
	    (s.form && !text_is(s.form, "valid") && !text_is(s.form, "asked") &&
		!text_is(s.form, "missing")))
		return 2;
	if (!(s.by = command_actor(cli)))
		return 1;
	s.person = db_int(cli->db, &PAYEE, 0, v_text(email));
	if (!s.person) {
		(void)fprintf(stderr, "There is no payee with the e-mail %s.\n", email);
		return 1;
	}
	if (db_transact(cli->db, set, NULL, &s) != OK) {
		(void)fprintf(stderr, "The database did not keep it; nothing was changed.\n");
		return 1;
	}
	(void)printf("Kept.\n");
	return 0;
}
