/*
 * offer_sign.c: the applicant reads an offer, then signs or declines it; what signing sets
 * going.
 *
 * Rules (README 15-18): purpose, rate and pay calendar are shown and confirmed as read before
 * the agreement can be signed; the typed name is the legal name; what was shown is what was
 * signed (text and SHA-256); declining can be taken back for seven days. With the signature the
 * person becomes a contributor, joins the pod, gets one link to a first password (on the page,
 * and by mail for who has not used it after ten minutes), and the other plugins are told.
 */
#include "base/text.h"
#include "data/event.h"
#include "data/notice.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

#include <string.h>

#define INVITE_DAYS 7
#define INVITE_SECONDS 600
#define TELL_AFTER (10 * MINUTE)
#define TOKEN_TEXT ((size_t)2 * ID_TEXT)

enum {
	NAME,
	READ,
	VERSION
};
static const struct field SIGN_FIELDS[] = {
	[NAME] = { "name", FIELD_TEXT, .max = 200, .autocomplete = "name" },
	[READ] = { "read", FIELD_TICK },
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form SIGN_FORM = { "sign", SIGN_FIELDS, offer_sign_show, false };

static const struct stmt OFFER_OF = { OFFER_SQL
	"WHERE o.application_id = ? AND o.sent_at IS NOT NULL ORDER BY o.id DESC LIMIT 1" };
/* Who works here has lost the application by then (retention.c), but not what was signed. */
static const struct stmt OFFER_SIGNED_OF = { OFFER_SQL
	"WHERE o.person_id = ? AND o.state = 'signed' ORDER BY o.signed_at DESC, o.id DESC "
	"LIMIT 1" };
static const struct stmt VIEWED = {
	"UPDATE offer SET state = 'viewed', viewed_at = COALESCE(viewed_at, ?),"
	" version = version + 1 WHERE id = ? AND state = 'sent' AND expires_at > ?"
};
static const struct stmt SIGN = {
	"UPDATE offer SET state = 'signed', signed_name = ?, signed_at = ?, version = version "
	"+ 1"
	" WHERE id = ? AND state = 'viewed' AND version = ? AND expires_at > ?"
};
static const struct stmt ENGAGE = {
	"INSERT INTO engagement (public_id, person_id, project_id, offer_id, state, started_on,"
	" created_at) SELECT ?, person_id, project_id, id, 'active', starts_on, ? FROM offer"
	" WHERE id = ?"
};
static const struct stmt CONTRIBUTOR = {
	"CALL keptword_core.role_grant(?, 'contributor', NULL, ?)"
};
static const struct stmt JOIN_POD = { "CALL keptword_core.pod_join(?, ?, ?)" };
static const struct stmt INVITE = { "CALL keptword_core.person_invite(?, ?, ?, ?)" };
static const struct stmt DECLINE = {
	"UPDATE offer SET state = 'declined', declined_at = ?, version = version + 1"
	" WHERE id = ? AND state IN ('sent', 'viewed')"
};
static const struct stmt UNDO = {
	"UPDATE offer SET state = 'sent', declined_at = NULL, version = version + 1,"
	" expires_at = GREATEST(expires_at, ?) WHERE id = ? AND state = 'declined'"
	" AND declined_at > ?"
};

/* The newest offer that was sent to the caller's application, else the newest that they signed.
 */
static enum status
offer_mine(struct request *req, struct application *application, struct offer *ret)
{
	enum status status = application_mine(req, application);

	int64_t person = request_caller(req)->person;

	if (status != OK && (status != E_ABSENT || !person))
		return status;
	struct rows *rows = status == OK
				? db_read(request_db(req), &OFFER_OF, v_int(application->id))
				: db_read(request_db(req), &OFFER_SIGNED_OF, v_int(person));
	if (!rows_next(rows))
		return db_status(request_db(req)) == OK ? status : db_status(request_db(req));
	offer_take(rows, ret);
	return OK;
}

/* The same for a page: false with the reply when there is no application or no offer. */
static bool
offer_here(struct request *req, struct offer *ret, enum status *ret_reply)
{
	struct application application;
	enum status status;

	*ret = (struct offer){ 0 };
	status = offer_mine(req, &application, ret);
	if (status != OK)
		*ret_reply = application_lost(req, status);
	else if (!ret->id)
		*ret_reply = reply_redirect(req, application_place(&application));
	return status == OK && ret->id;
}

/* ---- Reading ---- */

enum status
offer_read_show(struct request *req)
{
	struct offer offer;
	enum status reply;
	instant now = time_now();

	if (!offer_here(req, &offer, &reply))
		return reply;
	struct page *page = page_open(req, TPL_ONBOARDING_OFFER_READ);
	offer_show(req, page, &offer);
	if (offer.application)
		page_show(page, MARK_HAS_APPLICATION);
	if (rule_offer_open(offer.state, offer.expires_at, now)) {
		struct page *open = page_repeat(page, MARK_OFFER_OPEN);

		page_instant(open, MARK_UNTIL, offer.expires_at);
		page_tokens(page_repeat(open, MARK_READ_FORM));
		page_tokens(page_repeat(open, MARK_DECLINE_FORM));
	} else if (rule_may_undo(offer.state, offer.declined_at, now)) {
		struct page *declined = page_repeat(page, MARK_MAY_UNDO);

		page_instant(declined, MARK_UNTIL, offer.declined_at + UNDO_WITHIN);
		page_tokens(declined);
	} else if (text_is(offer.state, "signed")) {
		page_instant(page_repeat(page, MARK_OFFER_SIGNED), MARK_AT, offer.signed_at);
	} else {
		page_show(page, MARK_OFFER_OVER);
	}
	return reply_page(req, 200, page);
}

/* What the buttons change, one statement each. */
static enum status
view(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;
	struct value now = v_instant(time_now());

	if (text_is(offer->state, "sent"))
		db_write_one(db, &VIEWED, now, v_int(offer->id), now);
	else if (!text_is(offer->state, "viewed"))
		return E_CONFLICT;
	request_audit(req, db, "offer.read", offer_object(req, offer->id), NULL);
	receipt->location = "/apply/offer/sign";
	return OK;
}

enum status
offer_read(struct request *req)
{
	struct offer offer;
	enum status reply;

	return offer_here(req, &offer, &reply) ? reply_submit(req, view, &offer) : reply;
}

static enum status
decline(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;

	db_write_one(db, &DECLINE, v_instant(time_now()), v_int(offer->id));
	request_audit(req, db, "offer.declined", offer_object(req, offer->id), NULL);
	receipt->location = "/apply/offer";
	return OK;
}

enum status
offer_decline(struct request *req)
{
	struct offer offer;
	enum status reply;

	return offer_here(req, &offer, &reply) ? reply_submit(req, decline, &offer) : reply;
}

static enum status
undo(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;
	instant now = time_now();

	db_write_one(db, &UNDO, v_instant(now + UNDO_WITHIN), v_int(offer->id),
	    v_instant(now - UNDO_WITHIN));
	request_audit(req, db, "offer.decline_undone", offer_object(req, offer->id), NULL);
	receipt->location = "/apply/offer";
	return OK;
}

enum status
offer_undo(struct request *req)
{
	struct offer offer;
	enum status reply;

	return offer_here(req, &offer, &reply) ? reply_submit(req, undo, &offer) : reply;
}

/* ---- Signing ---- */

enum status
offer_sign_show(struct request *req)
{
	struct offer offer;
	enum status reply;

	if (!offer_here(req, &offer, &reply))
		return reply;
	if (!text_is(offer.state, "viewed") ||
	    !rule_offer_open(offer.state, offer.expires_at, time_now()))
		return reply_redirect(req, "/apply/offer");
	form_set_int(req, VERSION, offer.version);
	struct page *page = page_open(req, TPL_ONBOARDING_OFFER_SIGN);
	offer_show(req, page, &offer);
	offer_show_document(req, page, &offer);
	page_text(page, MARK_LEGAL_NAME, offer.legal_name);
	page_instant(page, MARK_UNTIL, offer.expires_at);
	return reply_page(req, 200, page);
}

/* 52 characters that belong to this form, so that a repeated one leads to the same link; only
 * for one whose submission id is known to be there. */
static enum status
invite_token(struct request *req, const char **ret)
{
	struct arena *arena = request_arena(req);
	unsigned char secret[SHA256_BYTES];
	struct id half[2];
	struct key key;
	enum status status = crypto_key("receipt", true, &key);

	if (status != OK)
		return status;
	rule_secret(&key, "invitation\n", form_submission(req), secret);
	memcpy(half, secret, sizeof half);
	*ret = text_printf(arena, "%s%s", id_text(arena, half[0]), id_text(arena, half[1]));
	crypto_wipe(secret, sizeof secret);
	crypto_wipe(&key, sizeof key);
	return OK;
}

/* For who closes the page before choosing a password: a link by mail, made when it is delivered
 * and not sent any more once there is a password. */
static void
tell_later(struct request *req, struct db *db, int64_t person, instant now)
{
	notice_add(
	    db, &(struct notice){ .kind = "account.invited",
		    .topic = NOTICE_ACCOUNT,
		    .person = person,
		    .path = "/forgot",
		    .key = text_printf(request_arena(req), "person:%lld", (long long)person),
		    .not_before = now + TELL_AFTER });
}

/* Makes the link to a first password. Where to go on: to the link, or, for somebody who can
 * sign in already, to doing so. */
static enum status
invite(struct request *req, struct db *db, int64_t person, const char **ret_location)
{
	unsigned char hash[SHA256_BYTES];
	const char *token;
	instant now = time_now();
	enum status status = invite_token(req, &token);

	if (status != OK)
		return status;
	crypto_sha256(bytes_of(token), hash);
	struct rows *rows = db_read(db, &INVITE, v_int(person), v_bytes(hash, sizeof hash),
	    v_instant(now), v_instant(now + INVITE_DAYS * DAY_LENGTH));
	bool known = rows_next(rows) && !rows_int(rows, 0);
	if (!known)
		tell_later(req, db, person, now);
	*ret_location = known ? "/apply/welcome?known=1" : "/apply/welcome";
	return OK;
}

/* After the effect, or its repetition: hands the link over to the page that shows it. */
static enum status
invite_hand_over(struct request *req, enum status status)
{
	const char *token;

	if (status != OK || form_failed(req))
		return status;
	status = invite_token(req, &token);
	if (status == OK)
		reply_cookie(req, INVITE_COOKIE, token, INVITE_SECONDS);
	return status;
}

static void
tell_others(struct request *req, struct db *db, const struct offer *offer, int64_t engagement)
{
	struct arena *arena = request_arena(req);
	const char *detail = text_printf(arena,
	    "{\"project\":%lld,\"offer\":%lld,\"rate_minor\":%lld,\"currency\":\"%s\","
	    "\"unit\":\"%s\",\"valid_from\":\"%s\",\"benchmark_minor\":%lld}",
	    (long long)offer->project, (long long)offer->id, (long long)offer->rate.minor,
	    offer->rate.currency, offer->unit, day_iso(arena, offer->starts_on),
	    (long long)offer->benchmark.minor);

	event_raise(db, "engagement.signed", offer->person, engagement, detail);
	event_raise(db, "engagement.active", offer->person, engagement, detail);
}

static enum status
sign(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;
	struct arena *arena = request_arena(req);
	struct id id = id_new();
	instant now = time_now();
	int64_t version = 0;

	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &SIGN, v_text(form_text(req, NAME)), v_instant(now), v_int(offer->id),
	    v_int(version), v_instant(now));
	db_write_one(db, &ENGAGE, v_bytes(id.b, sizeof id.b), v_instant(now), v_int(offer->id));
	int64_t engagement = db_last_id(db);
	db_write(db, &CONTRIBUTOR, v_int(offer->person), v_instant(now));
	if (offer->pod)
		db_write(db, &JOIN_POD, v_int(offer->pod), v_int(offer->person),
		    v_day(offer->starts_on));
	enum status status = invite(req, db, offer->person, &receipt->location);
	tell_others(req, db, offer, engagement);
	tell(db, "onboarding.agreement_signed", offer->person, "/onboarding/offers", offer->id);
	request_audit(req, db, "offer.signed", offer_object(req, offer->id),
	    text_printf(arena, "sha256:%s", hex_text(arena, offer->document_hash)));
	return status;
}

/* Is the text that was shown still the one whose hash was kept? */
static bool
document_intact(const struct offer *offer)
{
	unsigned char hash[SHA256_BYTES];

	crypto_sha256(bytes_of(offer->document), hash);
	return crypto_equal(offer->document_hash, (struct bytes){ hash, sizeof hash });
}

enum status
offer_sign(struct request *req)
{
	struct offer offer;
	enum status status;

	if (!offer_here(req, &offer, &status))
		return status;
	if (!rule_same_name(request_arena(req), form_text(req, NAME), offer.legal_name)) {
		form_error(req, NAME, "differs", offer.legal_name);
		return offer_sign_show(req);
	}
	if (!document_intact(&offer))
		return E_FAULT;
	return invite_hand_over(req, reply_submit(req, sign, &offer));
}

/* ---- The first password ---- */

/* GET /apply/welcome: the link, once, to whoever signed just now. */
enum status
welcome_show(struct request *req)
{
	const char *token = request_cookie(req, INVITE_COOKIE);
	struct offer offer;
	enum status reply;

	if (!offer_here(req, &offer, &reply))
		return reply;
	if (!text_is(offer.state, "signed"))
		return reply_redirect(req, "/apply/offer");
	struct page *page = page_open(req, TPL_ONBOARDING_WELCOME);
	(void)page_include(page, MARK_ART, TPL_PART_CAKE);
	page_text(page, MARK_PROJECT, offer.project_name);
	page_day(page, MARK_STARTS, offer.starts_on, DAY_LONG);
	if (request_caller(req)->person || text_is(request_query(req, "known"), "1")) {
		page_show(page, MARK_HAS_ACCOUNT);
	} else if (token && strlen(token) == TOKEN_TEXT) {
		reply_cookie(req, INVITE_COOKIE, "", 0);
		page_text(page_repeat(page, MARK_NEW_LINK), MARK_TOKEN, token);
	} else {
		page_tokens(page_repeat(page, MARK_LINK_AGAIN));
	}
	return reply_page(req, 200, page);
}

static enum status
link_again(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;

	request_audit(req, db, "invitation.made", offer_object(req, offer->id), NULL);
	return invite(req, db, offer->person, &receipt->location);
}

/* POST /apply/welcome: another link, for somebody who signed and has not chosen a password. */
enum status
welcome_link(struct request *req)
{
	struct offer offer;
	enum status status;

	if (!offer_here(req, &offer, &status))
		return status;
	if (!text_is(offer.state, "signed"))
		return E_ABSENT;
	return invite_hand_over(req, reply_submit(req, link_again, &offer));
}
