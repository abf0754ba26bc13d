/* confirm.c: is it still you? See confirm.h. Wrong answers count like those of signing in. */
#include "portal/confirm.h"

#include "base/text.h"
#include "data/crypto.h"
#include "portal/attempt.h"
#include "portal/portal.h"
#include "portal/second_factor.h"
#include "web/page.h"

#define PROOF_LASTS (5 * MINUTE)

enum {
	PASSWORD,
	TO,
	CODE
};
#define PASSWORD_AND_TO                                         \
	[PASSWORD] = { "password", FIELD_PASSWORD, .max = 1000, \
		.autocomplete = "current-password" },           \
	[TO] = { "to", FIELD_HIDDEN, .max = 2000, .optional = true }
static const struct field PLAIN_FIELDS[] = { PASSWORD_AND_TO, { 0 } };
static const struct field CODE_FIELDS[] = {
	PASSWORD_AND_TO,
	[CODE] = { "code", FIELD_TEXT, .max = 20, .autocomplete = "one-time-code" },
	{ 0 },
};
const struct form CONFIRM_FORM = { "confirm", PLAIN_FIELDS, confirm_show, false };
const struct form CONFIRM_CODE_FORM = { "confirm", CODE_FIELDS, confirm_show, false };

static const struct stmt PROVED = { "SELECT proved_at FROM session WHERE token_hash = ?" };
static const struct stmt PROVE = { "UPDATE session SET proved_at = ? WHERE token_hash = ?" };
static const struct stmt CREDENTIALS = { "SELECT email, password FROM person WHERE id = ?" };

/* SHA-256 of the session's token. */
static struct value
session_of(struct request *req)
{
	struct bytes hash = { 0 };
	const char *hex = request_caller(req)->token_hash;

	if (!hex || !hex_bytes(request_arena(req), hex, &hash))
		return v_null();
	return v_bytes(hash.p, hash.n);
}

bool
proof_is_fresh(struct request *req)
{
	struct rows *rows = db_read(request_db(req), &PROVED, session_of(req));

	return rows_next(rows) && !rows_null(rows, 0) &&
	       time_now() - rows_instant(rows, 0) <= PROOF_LASTS;
}

enum status
proof_ask(struct request *req, const char *to)
{
	return reply_redirect(req, text_printf(request_arena(req), "/profile/confirm?to=%s",
				       url_encode(request_arena(req), to)));
}

const struct form *
confirm_form(struct request *req)
{
	return second_factor_has(request_db(req), request_caller(req)->person)
		   ? &CONFIRM_CODE_FORM
		   : &CONFIRM_FORM;
}

enum status
confirm_show(struct request *req)
{
	struct rows *rows =
	    db_read(request_db(req), &CREDENTIALS, v_int(request_caller(req)->person));
	bool password = rows_next(rows) && !rows_null(rows, 1);

	form_set(req, TO, request_query(req, "to"));
	struct page *page = page_open(req, TPL_PORTAL_CONFIRM);
	if (password)
		page_show(page, MARK_ASK);
	else
		page_tokens(page_repeat(page, MARK_NO_PASSWORD));
	return reply_page(req, 200, page);
}

/* One try, in one transaction: what it did. */
struct proof {
	struct request *req;
	struct attempt attempt;
	bool password; /* was right */
	bool asks_code;
	enum totp_answer answer; /* RIGHT also where no code is asked for */
};

static enum status
prove(struct db *db, void *arg)
{
	struct proof *p = arg;

	p->answer = TOTP_RIGHT;
	if (p->password && p->asks_code)
		p->answer = second_factor_use(
		    db, request_caller(p->req)->person, form_text(p->req, CODE));
	bool right = p->password && p->answer == TOTP_RIGHT;
	attempt_add(db, &p->attempt, right);
	if (right)
		db_write(db, &PROVE, v_instant(time_now()), session_of(p->req));
	return OK;
}

enum status
confirm_submit(struct request *req)
{
	static const char *const ERRORS[] = {
		[TOTP_WRONG] = "wrong", [TOTP_LATE_CODE] = "late", [TOTP_USED] = "used"
	};
	int64_t person = request_caller(req)->person;
	struct rows *rows = db_read(request_db(req), &CREDENTIALS, v_int(person));
	struct proof p = { .req = req, .asks_code = confirm_form(req) == &CONFIRM_CODE_FORM };

	if (!rows_next(rows) || rows_null(rows, 1))
		return db_status(request_db(req)) == OK ? E_DENIED : db_status(request_db(req));
	enum status status = attempt_of(req, "", rows_text(rows, 0), &p.attempt);
	if (status != OK)
		return status;
	if (attempt_too_many(req, &p.attempt, person))
		return sign_in_throttled(req);
	status = password_check(form_text(req, PASSWORD), rows_text(rows, 1));
	if (status != OK && status != E_DENIED)
		return status;
	p.password = status == OK;
	status = db_transact(request_db(req), prove, NULL, &p);
	if (status != OK)
		return status;
	if (!p.password)
		form_error(req, PASSWORD, "wrong", NULL);
	else if (p.answer != TOTP_RIGHT)
		form_error(req, CODE, ERRORS[p.answer], NULL);
	if (form_failed(req))
		return confirm_show(req);
	const char *to = form_text(req, TO);
	return reply_redirect(req, reply_is_local(to) ? to : "/profile");
}
