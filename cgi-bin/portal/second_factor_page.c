/*
 * second_factor_page.c: setting up a second factor, and what one has of it: on the profile, and
 * between the two steps of signing in for whoever must have one first.
 *
 * Rules (README 21-25): the secret is shown as a QR code and in letters, and kept only once a
 * code of it has come back; then ten recovery codes are shown, once. The offered secret travels
 * sealed in the form, so looking at the page writes nothing.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "portal/confirm.h"
#include "portal/entry.h"
#include "portal/portal.h"
#include "portal/qr.h"
#include "portal/recovery.h"
#include "portal/second_factor.h"
#include "web/page.h"

#define HERE "/profile/second-factor"
#define CODES_COOKIE \
	"__Host-codes" /* the seed of recovery codes, to the page that shows them */
#define CODES_SECONDS 120

enum {
	OFFER,
	CODE,
	TO
};
static const struct field SET_UP_FIELDS[] = {
	[OFFER] = { "offer", FIELD_HIDDEN, .max = 300 },
	[CODE] = { "code", FIELD_TEXT, .max = 20, .autocomplete = "one-time-code" },
	[TO] = { "to", FIELD_HIDDEN, .max = 2000, .optional = true },
	{ 0 },
};
const struct form SET_UP_CODE_FORM = { "second_factor_new", SET_UP_FIELDS,
	second_factor_new_show, false };
const struct form SIGN_IN_SET_UP_FORM = { "second_factor_new", SET_UP_FIELDS,
	sign_in_set_up_show, false };

static const struct stmt SINCE = { "SELECT created_at FROM second_factor WHERE person_id = ?" };
static const struct stmt ADDRESS = { "SELECT email FROM person WHERE id = ?" };

/* ---- What one has ---- */

enum status
second_factor_show(struct request *req)
{
	struct db *db = request_db(req);
	int64_t person = request_caller(req)->person;
	struct rows *rows = db_read(db, &SINCE, v_int(person));
	struct page *page = page_open(req, TPL_PORTAL_SECOND_FACTOR);
	const char *done = request_query(req, "done");

	if (!rows_next(rows)) {
		page_show(page, MARK_NONE);
		if (text_is(done, "removed"))
			page_show(page, MARK_REMOVED);
		return reply_page(req, 200, page);
	}
	struct page *has = page_repeat(page, MARK_HAS);
	page_instant(has, MARK_SINCE, rows_instant(rows, 0));
	page_count(has, MARK_LEFT, "second_factor.left", recovery_left(db, person));
	page_tokens(page_repeat(has, MARK_NEW_CODES));
	if (second_factor_required(request_caller(req)->roles))
		page_show(has, MARK_REQUIRED);
	else
		page_tokens(page_repeat(has, MARK_MAY_REMOVE));
	return reply_page(req, 200, page);
}

static void
tell(struct db *db, int64_t person, const char *kind)
{
	notice_add(
	    db, &(struct notice){
		    .kind = kind, .topic = NOTICE_ACCOUNT, .person = person, .path = HERE });
}

static enum status
remove_it(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = request_caller(req)->person;

	(void)unused_arg;
	if (second_factor_remove(db, person)) {
		tell(db, person, "account.second_factor_removed");
		request_audit(req, db, "second_factor.removed", "person", NULL);
	}
	receipt->location = HERE "?done=removed";
	return OK;
}

enum status
second_factor_remove_submit(struct request *req)
{
	if (second_factor_required(request_caller(req)->roles))
		return E_DENIED;
	if (!proof_is_fresh(req))
		return proof_ask(req, HERE);
	return reply_submit(req, remove_it, NULL);
}

/* ---- Recovery codes ---- */

/* A seed that belongs to this form, so that a repeated one leads to the same codes. NULL
 * without a key. */
static const char *
seed_of(struct request *req)
{
	struct id id = form_submission(req);
	unsigned char mac[SHA256_BYTES];
	struct key key;

	if (crypto_key(RECOVERY_KEY, true, &key) != OK)
		return NULL;
	crypto_hmac((struct bytes){ key.secret, sizeof key.secret },
	    bytes_of(text_printf(request_arena(req), "seed of %s for %lld",
		id_text(request_arena(req), id), (long long)request_caller(req)->person)),
	    mac);
	crypto_wipe(&key, sizeof key);
	return hex_text(request_arena(req), (struct bytes){ mac, sizeof mac });
}

static enum status
hand_over_codes(struct request *req, enum status status, const char *seed)
{
	if (status == OK && !form_failed(req))
		reply_cookie(req, CODES_COOKIE, seed, CODES_SECONDS);
	return status;
}

static enum status
make_codes(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	int64_t person = request_caller(req)->person;

	if (!second_factor_has(db, person))
		return E_ABSENT;
	recovery_replace(db, person, arg);
	request_audit(req, db, "recovery_codes.made", "person", NULL);
	receipt->location = HERE "/codes?again=1";
	return OK;
}

enum status
recovery_codes_submit(struct request *req)
{
	if (!proof_is_fresh(req))
		return proof_ask(req, HERE);
	const char *seed = seed_of(req);
	if (!seed)
		return E_FAULT;
	return hand_over_codes(req, reply_submit(req, make_codes, (void *)seed), seed);
}

/* GET .../codes: once, in the browser that has just made them. */
enum status
recovery_codes_show(struct request *req)
{
	const char *seed = request_cookie(req, CODES_COOKIE);
	const char *to = request_query(req, "to");
	struct page *page = page_open(req, TPL_PORTAL_RECOVERY_CODES);

	page_text(page, MARK_TO, reply_is_local(to) ? to : HERE);
	if (text_empty(seed) ||
	    !recovery_is_of(request_db(req), request_caller(req)->person, seed)) {
		page_show(page, MARK_GONE);
		return reply_page(req, 200, page);
	}
	reply_cookie(req, CODES_COOKIE, "", 0);
	struct page *list = page_repeat(page, MARK_CODES);
	page_show(list, text_is(request_query(req, "again"), "1") ? MARK_AGAIN : MARK_FIRST);
	for (unsigned i = 0; i < RECOVERY_CODES; i++)
		page_text(page_repeat(list, MARK_ONE), MARK_CODE,
		    recovery_code(request_arena(req), seed, i));
	return reply_page(req, 200, page);
}

/* ---- Setting it up ---- */

/* The page with the QR code of a new secret, or, after a wrong code, of the same one. */
static enum status
show_offer(struct request *req, int64_t person)
{
	struct arena *arena = request_arena(req);
	const char *sealed = form_text(req, OFFER);
	struct bytes secret;
	enum status status = text_empty(sealed)
				 ? second_factor_offer(arena, person, &sealed, &secret)
				 : second_factor_offered(arena, person, sealed, &secret);
	if (status != OK)
		return status;
	struct rows *rows = db_read(request_db(req), &ADDRESS, v_int(person));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	form_set(req, OFFER, sealed);
	form_set(req, TO, request_query(req, "to"));
	struct page *page = page_open(req, TPL_PORTAL_SECOND_FACTOR_NEW);
	page_show(page, request_caller(req)->person ? MARK_SIGNED_IN_ALREADY : MARK_BETWEEN);
	const char *uri =
	    totp_uri(arena, secret, config_text(CONFIG_ORGANISATION), rows_text(rows, 0));
	status = qr_show(page, arena, uri);
	if (status != OK)
		return status;
	page_text(page, MARK_SECRET, totp_base32(arena, secret, true));
	page_text(page, MARK_ORGANISATION, config_text(CONFIG_ORGANISATION));
	page_text(page, MARK_EMAIL, rows_text(rows, 0));
	return reply_page(req, 200, page);
}

/* The secret of the form, when its code is right: then its step. E_INPUT: an error stands at
 * the field. E_ABSENT: the page is too old. */
static enum status
check_offer(struct request *req, int64_t person, struct bytes *ret_secret, int64_t *ret_step)
{
	unsigned code;
	enum status status = second_factor_offered(
	    request_arena(req), person, form_text(req, OFFER), ret_secret);

	if (status != OK)
		return status == E_INPUT ? E_ABSENT : status;
	if (!totp_read(request_arena(req), form_text(req, CODE), &code)) {
		form_error(req, CODE, "not_six", NULL);
		return E_INPUT;
	}
	switch (totp_check(*ret_secret, code, time_now(), 0, ret_step)) {
	case TOTP_RIGHT:
		return OK;
	case TOTP_LATE_CODE:
		form_error(req, CODE, "late", NULL);
		return E_INPUT;
	case TOTP_WRONG:
	case TOTP_USED:
		break;
	}
	form_error(req, CODE, "wrong", NULL);
	return E_INPUT;
}

/* In the running transaction: keeps secret and recovery codes, tells the person. */
static void
keep(struct request *req, struct db *db, int64_t person, struct bytes secret, int64_t step,
    const char *seed)
{
	second_factor_keep(db, person, secret, step);
	recovery_replace(db, person, seed);
	tell(db, person, "account.second_factor_set");
	audit_add(db,
	    &(struct audit){ person, "second_factor.set_up", "person", NULL, request_id(req) });
}

struct setting_up {
	struct request *req;
	struct half half; /* while signing in */
	struct bytes secret;
	int64_t step;
	const char *seed;
	struct entry entry;
};

enum status
second_factor_new_show(struct request *req)
{
	if (!proof_is_fresh(req))
		return proof_ask(req, HERE "/new");
	return show_offer(req, request_caller(req)->person);
}

static enum status
set_up(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	struct setting_up *s = arg;

	keep(req, db, request_caller(req)->person, s->secret, s->step, s->seed);
	receipt->location = HERE "/codes";
	return OK;
}

enum status
second_factor_new_submit(struct request *req)
{
	struct setting_up s = { .req = req, .seed = seed_of(req) };

	if (!proof_is_fresh(req))
		return proof_ask(req, HERE "/new");
	if (!s.seed)
		return E_FAULT;
	enum status status = check_offer(req, request_caller(req)->person, &s.secret, &s.step);
	if (status == E_INPUT)
		return second_factor_new_show(req);
	if (status == E_ABSENT)
		return reply_redirect(req, HERE "/new");
	if (status != OK)
		return status;
	return hand_over_codes(req, reply_submit(req, set_up, &s), s.seed);
}

/* ---- The same between the two steps of signing in ---- */

static struct half
half_to_set_up(struct request *req)
{
	struct half half = half_read(req);

	if (half.kind != ENTRY_SET_UP)
		half.person = 0;
	return half;
}

enum status
sign_in_set_up_show(struct request *req)
{
	struct half half = half_to_set_up(req);

	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	if (!half.person)
		return reply_redirect(
		    req, request_caller(req)->person ? HERE "/new" : "/sign-in?again=late");
	return show_offer(req, half.person);
}

static enum status
set_up_and_begin(struct db *db, void *arg)
{
	struct setting_up *s = arg;

	half_close(db, &s->half);
	keep(s->req, db, s->half.person, s->secret, s->step, s->seed);
	entry_begin_session(s->req, db, s->half.person, false, &s->entry);
	return OK;
}

enum status
sign_in_set_up_submit(struct request *req)
{
	struct setting_up s = {
		.req = req, .half = half_to_set_up(req), .seed = token_new(request_arena(req))
	};

	if (!s.half.person)
		return sign_in_set_up_show(req);
	enum status status = check_offer(req, s.half.person, &s.secret, &s.step);
	if (status == E_INPUT)
		return sign_in_set_up_show(req);
	if (status == E_ABSENT)
		return reply_redirect(req, "/sign-in/set-up");
	if (status == OK)
		status = db_transact(request_db(req), set_up_and_begin, NULL, &s);
	if (status != OK)
		return status;
	reply_cookie(req, CODES_COOKIE, s.seed, CODES_SECONDS);
	return reply_redirect(
	    req, text_printf(request_arena(req), HERE "/codes?to=%s",
		     url_encode(request_arena(req),
			 entry_hand_over(req, &s.entry, form_text(req, TO)))));
}
