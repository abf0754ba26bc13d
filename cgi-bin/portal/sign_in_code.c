/*
 * sign_in_code.c: the second step of signing in: a code of the authenticator app, or one of the
 * recovery codes. Both answer for the half-open sign-in of this browser (entry.h); without one
 * they lead to the first step.
 *
 * Rules (README 19-21): a code is taken once, also across processes; wrong ones count like
 * wrong passwords, and after the fifth one starts again and the person is told.
 */
#include "base/text.h"
#include "data/audit.h"
#include "data/notice.h"
#include "portal/attempt.h"
#include "portal/entry.h"
#include "portal/portal.h"
#include "portal/recovery.h"
#include "portal/second_factor.h"
#include "web/page.h"

enum {
	CODE,
	TO
};
static const struct field CODE_FIELDS[] = {
	[CODE] = { "code", FIELD_TEXT, .max = 20, .autocomplete = "one-time-code" },
	[TO] = { "to", FIELD_HIDDEN, .max = 2000, .optional = true },
	{ 0 },
};
const struct form SIGN_IN_CODE_FORM = { "sign_in_code", CODE_FIELDS, sign_in_code_show, false };
static const struct field RECOVERY_FIELDS[] = {
	[CODE] = { "recovery", FIELD_TEXT, .max = 40 },
	[TO] = { "to", FIELD_HIDDEN, .max = 2000, .optional = true },
	{ 0 },
};
const struct form SIGN_IN_RECOVERY_FORM = { "sign_in_recovery", RECOVERY_FIELDS,
	sign_in_recovery_show, false };

/* Where somebody belongs who has no half-open sign-in of this kind. */
static enum status
elsewhere(struct request *req, const struct half *half)
{
	if (half->person)
		return reply_redirect(
		    req, half->kind == ENTRY_CODE ? "/sign-in/code" : "/sign-in/set-up");
	if (request_caller(req)->person)
		return reply_redirect(req, "/");
	return reply_redirect(req, "/sign-in?again=late");
}

static enum status
show(struct request *req, enum tpl tpl)
{
	struct half half = half_read(req);

	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	if (!half.person || half.kind != ENTRY_CODE)
		return elsewhere(req, &half);
	form_set(req, TO, request_query(req, "to"));
	struct page *page = page_open(req, tpl);
	page_text(page, MARK_TO,
	    request_method(req) == METHOD_GET ? request_query(req, "to") : form_text(req, TO));
	(void)page_include(page, MARK_ART, TPL_PART_DOOR);
	return reply_page(req, 200, page);
}

enum status
sign_in_code_show(struct request *req)
{
	return show(req, TPL_PORTAL_SIGN_IN_CODE);
}

enum status
sign_in_recovery_show(struct request *req)
{
	return show(req, TPL_PORTAL_SIGN_IN_RECOVERY);
}

/* One try, in one transaction: what it did. */
struct
try {
	struct request *req;
	struct half half;
	struct attempt attempt;
	bool recovery;
	const char *error; /* a code of words; NULL: right */
	bool over;         /* that was the last wrong one */
	struct entry entry;
};

static const char *
totp_error(struct db *db, int64_t person, const char *typed)
{
	static const char *const ERRORS[] = { [TOTP_WRONG] = "wrong",
		[TOTP_LATE_CODE] = "late",
		[TOTP_USED] = "used",
		[TOTP_RIGHT] = NULL };

	return ERRORS[second_factor_use(db, person, typed)];
}

/* Tells a person that one of their recovery codes was used, and how many are left. */
static const char *
recovery_error(struct db *db, int64_t person, const char *typed)
{
	static const char *const ERRORS[] = {
		[RECOVERY_WRONG] = "wrong", [RECOVERY_USED] = "used", [RECOVERY_RIGHT] = NULL
	};
	const char *error = ERRORS[recovery_use(db, person, typed)];

	if (!error)
		notice_add(db, &(struct notice){ .kind = "account.recovery_used",
				   .topic = NOTICE_ACCOUNT,
				   .person = person,
				   .path = "/profile/second-factor",
				   .detail = text_printf(db_arena(db), "{\"n\":%lld}",
				       (long long)recovery_left(db, person)) });
	return error;
}

static enum status
try_code(struct db *db, void *arg)
{
	struct try *t = arg;
	int64_t person = t->half.person;
	const char *typed = form_text(t->req, CODE);

	t->over = false;
	t->error =
	    t->recovery ? recovery_error(db, person, typed) : totp_error(db, person, typed);
	if (db_status(db) != OK)
		return db_status(db);
	attempt_add(db, &t->attempt, !t->error);
	if (!t->error) {
		half_close(db, &t->half);
		entry_begin_session(t->req, db, person, true, &t->entry);
		return OK;
	}
	t->over = half_wrong(db, &t->half);
	audit_add(db, &(struct audit){ person, "sign_in.code_refused", "person", t->error,
			  request_id(t->req) });
	if (t->over)
		notice_add(db, &(struct notice){ .kind = "account.codes_wrong",
				   .topic = NOTICE_ACCOUNT,
				   .person = person,
				   .path = "/profile/password" });
	return OK;
}

static enum status
submit(struct request *req, bool recovery)
{
	struct try t = { .req = req, .half = half_read(req), .recovery = recovery };
	enum status status;

	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	if (!t.half.person || t.half.kind != ENTRY_CODE)
		return elsewhere(req, &t.half);
	status = attempt_of(req, "", t.half.email, &t.attempt);
	if (status != OK)
		return status;
	if (attempt_too_many(req, &t.attempt, t.half.person))
		return sign_in_throttled(req);
	status = db_transact(request_db(req), try_code, NULL, &t);
	if (status != OK)
		return status;
	if (!t.error)
		return reply_redirect(req, entry_hand_over(req, &t.entry, form_text(req, TO)));
	if (t.over) {
		half_forget(req);
		return reply_redirect(req, "/sign-in?again=wrong");
	}
	form_error(req, CODE, t.error, NULL);
	return recovery ? sign_in_recovery_show(req) : sign_in_code_show(req);
}

enum status
sign_in_code_submit(struct request *req)
{
	return submit(req, false);
}

enum status
sign_in_recovery_submit(struct request *req)
{
	return submit(req, true);
}
