/*
 * agreement.c: what a signed-in person was offered and signed, as it was signed.
 *
 * Rule (README 19): a person sees their own agreements only; each query carries the caller's
 * id, so somebody else's is a 404.
 */
#include "base/text.h"
#include "onboarding/onboarding.h"

static const struct stmt OWN = { OFFER_SQL
	"WHERE o.person_id = ? AND o.sent_at IS NOT NULL ORDER BY o.id DESC LIMIT 50" };
static const struct stmt ONE = { OFFER_SQL
	"WHERE o.person_id = ? AND o.public_id = ? AND o.state = 'signed'" };

enum status
agreement_list(struct request *req)
{
	struct rows *rows = db_read(request_db(req), &OWN, v_int(request_caller(req)->person));
	struct page *page = page_open(req, TPL_ONBOARDING_AGREEMENTS);

	if (!rows_count(rows))
		page_show(page, MARK_NOTHING);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LINE);
		struct offer offer;

		offer_take(rows, &offer);
		page_text(line, MARK_PROJECT, offer.project_name);
		page_money(line, MARK_RATE, offer.rate);
		page_show(line, text_is(offer.unit, "task") ? MARK_BY_TASK : MARK_BY_HOUR);
		offer_show_state(line, offer.state);
		if (text_is(offer.state, "signed"))
			page_text(page_repeat(line, MARK_MAY_OPEN), MARK_OFFER_ID,
			    id_text(request_arena(req), offer.public_id));
		else
			page_show(line, MARK_NOT_SIGNED);
	}
	return reply_page(req, 200, page);
}

enum status
agreement_show(struct request *req)
{
	struct offer offer;
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &ONE, v_int(request_caller(req)->person),
	    v_bytes(id.b, sizeof id.b));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	offer_take(rows, &offer);
	struct page *page = page_open(req, TPL_ONBOARDING_AGREEMENT);
	offer_show(req, page, &offer);
	offer_show_document(req, page, &offer);
	page_text(page, MARK_SIGNED_NAME, offer.signed_name);
	page_instant(page, MARK_AT, offer.signed_at);
	return reply_page(req, 200, page);
}
