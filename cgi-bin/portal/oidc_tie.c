/*
 * oidc_tie.c: an administrator parts an account from the OpenID Connect user that it is tied
 * to, because somebody has another one there now. The next sign-in with a verified address ties
 * it again (README 33).
 */
#include "base/config.h"
#include "portal/oidc.h"
#include "portal/portal.h"
#include "web/page.h"

#include <string.h>

static const struct stmt TIED = { "SELECT COUNT(*) FROM identity WHERE person_id = ?" };
static const struct stmt PERSON = {
	"SELECT id FROM person WHERE public_id = ? AND removed = 0"
};
static const struct stmt UNTIE = { "DELETE FROM identity WHERE person_id = ?" };

void
oidc_tie_show(struct request *req, struct page *page, int64_t person)
{
	if (!db_int(request_db(req), &TIED, 0, v_int(person)))
		return;
	struct page *part = page_repeat(page, MARK_TIED);
	page_text(part, MARK_OPENID_NAME, config_text(CONFIG_OIDC_NAME));
	page_text(part, MARK_PERSON_ID, request_param(req, 0));
	page_tokens(part);
}

static enum status
untie(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct arena *arena = request_arena(req);
	struct id id;
	int64_t person = 0;

	(void)unused_arg;
	if (request_param_id(req, 0, &id))
		person = db_int(db, &PERSON, 0, v_bytes(id.b, sizeof id.b));
	if (!person)
		return E_ABSENT;
	if (db_write(db, &UNTIE, v_int(person)) > 0)
		request_audit(req, db, "identity.untied",
		    text_printf(arena, "person:%lld", (long long)person), NULL);
	receipt->location = text_printf(arena, "/staff/people/%s", request_param(req, 0));
	return OK;
}

/* POST /staff/people/:id/untie */
enum status
oidc_untie_submit(struct request *req)
{
	return reply_submit(req, untie, NULL);
}
