/*
 * forgot.c: who has forgotten the password asks for a link by mail.
 *
 * Rules (README 26): the answer is the same whether we know the address or not, after the same
 * work: the same rows are counted and as many are written. An address gets at most three mails
 * in 15 minutes, a client asks at most ten times.
 */
#include "data/crypto.h"
#include "data/notice.h"
#include "portal/attempt.h"
#include "portal/portal.h"
#include "web/page.h"

#define ABOUT "forgot "
#define PER_ACCOUNT 3
#define PER_CLIENT 10

enum {
	EMAIL
};
static const struct field FORGOT_FIELDS[] = {
	[EMAIL] = { "email", FIELD_EMAIL, .max = 254, .autocomplete = "username" },
	{ 0 },
};
const struct form FORGOT_FORM = { "forgot", FORGOT_FIELDS, forgot_show, false };

static const struct stmt PERSON_BY_EMAIL = {
	"SELECT id FROM person WHERE email_key = LOWER(?) AND state = 'active'"
};

enum status
forgot_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PORTAL_FORGOT);

	page_show(page, text_is(request_query(req, "sent"), "1") ? MARK_SENT : MARK_ASK);
	(void)page_include(page, MARK_ART, TPL_PART_DOOR);
	return reply_page(req, 200, page);
}

struct asked {
	struct attempt attempt;
	bool too_often; /* for this address: nothing is sent, and nobody is told */
};

/* What stands in for the notice of an address that we do not know: a row under keys of nobody.
 */
static void
write_as_much(struct db *db)
{
	struct attempt nobody = { .at = time_now() };

	crypto_random(nobody.account, sizeof nobody.account);
	crypto_random(nobody.client, sizeof nobody.client);
	attempt_add(db, &nobody, true);
}

static enum status
ask(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct asked *asked = arg;
	int64_t person = db_int(db, &PERSON_BY_EMAIL, 0, v_text(form_text(req, EMAIL)));

	attempt_add(db, &asked->attempt, false);
	if (person && !asked->too_often)
		notice_add(db, &(struct notice){ .kind = "account.reset",
				   .topic = NOTICE_ACCOUNT,
				   .person = person,
				   .path = "/forgot",
				   .expires_days = 1 });
	else
		write_as_much(db);
	request_audit(req, db, "reset.asked", "person", NULL);
	receipt->location = "/forgot?sent=1";
	return OK;
}

enum status
forgot_submit(struct request *req)
{
	struct asked asked;
	enum status status = attempt_of(req, ABOUT, form_text(req, EMAIL), &asked.attempt);

	if (status != OK)
		return status;
	struct attempts n = attempt_count(request_db(req), &asked.attempt);
	if (n.client >= PER_CLIENT)
		return sign_in_throttled(req);
	asked.too_often = n.account >= PER_ACCOUNT;
	return reply_submit(req, ask, &asked);
}
