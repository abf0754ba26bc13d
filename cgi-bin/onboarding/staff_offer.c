/*
 * staff_offer.c: the offers and engagements, one offer before and after it is sent, sending it
 * and taking it back. For people officers.
 *
 * Rules (README 14, 16): an offer is looked at as the applicant will see it, then sent; it
 * stands for 14 days; what is signed cannot be taken back here; nobody sends an offer to
 * themselves.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

enum {
	VERSION
};
static const struct field STEP_FIELDS[] = {
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form OFFER_STEP_FORM = { "offer_step", STEP_FIELDS, NULL, false };

static const struct stmt LIST = { OFFER_SQL
	"WHERE o.person_id <> ? ORDER BY o.id DESC LIMIT 100" };
static const struct stmt ENGAGEMENTS = {
	"SELECT c.legal_name, j.name, e.state, e.started_on FROM engagement e"
	" JOIN keptword_core.project j ON j.id = e.project_id"
	" JOIN keptword_core.person_contact c ON c.id = e.person_id"
	" ORDER BY e.id DESC LIMIT 100"
};
static const struct stmt ONE = { OFFER_SQL "WHERE o.public_id = ? AND o.person_id <> ?" };
static const struct stmt APPLICATION_ID = { "SELECT public_id FROM application WHERE id = ?" };
static const struct stmt SEND = {
	"UPDATE offer SET state = 'sent', sent_at = ?, expires_at = ?, version = version + 1"
	" WHERE id = ? AND version = ? AND state = 'draft' AND EXISTS (SELECT 1 FROM "
	"application a"
	"  WHERE a.id = offer.application_id AND a.state = 'certified')"
};
static const struct stmt WITHDRAW = {
	"UPDATE offer SET state = 'withdrawn', version = version + 1"
	" WHERE id = ? AND version = ? AND state IN ('draft', 'sent', 'viewed')"
};

static const struct code_mark ENGAGEMENT_STATES[] = {
	{ "signed", MARK_ENGAGED_SIGNED },
	{ "access_pending", MARK_ENGAGED_SIGNED },
	{ "training", MARK_ENGAGED_SIGNED },
	{ "qualifying", MARK_ENGAGED_SIGNED },
	{ "not_qualified", MARK_ENGAGED_CLOSED },
	{ "active", MARK_ENGAGED_ACTIVE },
	{ "paused", MARK_ENGAGED_PAUSED },
	{ "ending", MARK_ENGAGED_ENDING },
	{ "closed", MARK_ENGAGED_CLOSED },
	{ 0 },
};

enum status
offer_list(struct request *req)
{
	struct rows *rows = db_read(request_db(req), &LIST, v_int(request_caller(req)->person));
	struct page *page = page_open(req, TPL_ONBOARDING_STAFF_OFFERS);

	if (!rows_count(rows))
		page_show(page, MARK_NOTHING);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		struct offer offer;

		offer_take(rows, &offer);
		page_text(line, MARK_OFFER_ID, id_text(request_arena(req), offer.public_id));
		page_text(line, MARK_LEGAL_NAME, offer.legal_name);
		page_text(line, MARK_PROJECT, offer.project_name);
		page_money(line, MARK_RATE, offer.rate);
		page_show(line, text_is(offer.unit, "task") ? MARK_BY_TASK : MARK_BY_HOUR);
		offer_show_state(line, offer.state);
	}
	rows = db_read(request_db(req), &ENGAGEMENTS);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_ENGAGEMENT);

		page_text(line, MARK_LEGAL_NAME, rows_text(rows, 0));
		page_text(line, MARK_PROJECT, rows_text(rows, 1));
		page_code(line, ENGAGEMENT_STATES, rows_text(rows, 2));
		page_day(line, MARK_STARTS, rows_day(rows, 3), DAY_SHORT);
	}
	return reply_page(req, 200, page);
}

static enum status
offer_one(struct request *req, struct offer *ret)
{
	struct id id;

	*ret = (struct offer){ 0 };
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &ONE, v_bytes(id.b, sizeof id.b),
	    v_int(request_caller(req)->person));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	offer_take(rows, ret);
	return OK;
}

/* A button with the version that it was made for. */
static void
show_button(
    struct request *req, struct page *page, enum mark section, const struct offer *offer)
{
	struct page *button = page_repeat(page, section);

	page_tokens(button);
	page_id(button, MARK_VERSION, offer->version);
	page_text(button, MARK_OFFER_ID, request_param(req, 0));
}

enum status
staff_offer_show(struct request *req)
{
	struct offer offer;
	enum status status = offer_one(req, &offer);

	if (status != OK)
		return status;
	struct page *page = page_open(req, TPL_ONBOARDING_STAFF_OFFER);
	page_text(page, MARK_LEGAL_NAME, offer.legal_name);
	offer_show(req, page, &offer);
	offer_show_document(req, page, &offer);
	offer_show_state(page, offer.state);
	struct rows *rows = db_read(request_db(req), &APPLICATION_ID, v_int(offer.application));
	if (rows_next(rows))
		page_text(page_repeat(page, MARK_HAS_APPLICATION), MARK_APPLICATION_ID,
		    rows_id_text(request_arena(req), rows, 0));
	if (text_is(offer.state, "draft"))
		show_button(req, page, MARK_MAY_SEND, &offer);
	if (text_is(offer.state, "draft") || text_is(offer.state, "sent") ||
	    text_is(offer.state, "viewed"))
		show_button(req, page, MARK_MAY_WITHDRAW, &offer);
	if (text_is(offer.state, "signed")) {
		struct page *as_signed = page_repeat(page, MARK_AS_SIGNED);

		page_text(as_signed, MARK_SIGNED_NAME, offer.signed_name);
		page_instant(as_signed, MARK_AT, offer.signed_at);
	}
	return reply_page(req, 200, page);
}

static enum status
done(struct request *req, struct db *db, struct receipt *receipt, const struct offer *offer,
    const char *action)
{
	request_audit(req, db, action, offer_object(req, offer->id), NULL);
	receipt->location = text_printf(request_arena(req), "/onboarding/staff/offers/%s",
	    id_text(request_arena(req), offer->public_id));
	return OK;
}

static enum status
send_once(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;
	int64_t version = 0;
	instant now = time_now();

	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &SEND, v_instant(now), v_instant(now + OFFER_STANDS), v_int(offer->id),
	    v_int(version));
	tell(db, "onboarding.offer_ready", offer->person,
	    text_printf(request_arena(req), "/onboarding/offers/%s",
		id_text(request_arena(req), offer->public_id)),
	    offer->id);
	return done(req, db, receipt, offer, "offer.sent");
}

enum status
offer_send(struct request *req)
{
	struct offer offer;
	enum status status = offer_one(req, &offer);

	return status == OK ? reply_submit(req, send_once, &offer) : status;
}

static enum status
withdraw_once(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct offer *offer = arg;
	int64_t version = 0;

	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &WITHDRAW, v_int(offer->id), v_int(version));
	return done(req, db, receipt, offer, "offer.withdrawn");
}

enum status
offer_withdraw(struct request *req)
{
	struct offer offer;
	enum status status = offer_one(req, &offer);

	return status == OK ? reply_submit(req, withdraw_once, &offer) : status;
}
