/*
 * people_access.c: how somebody gets in, for an administrator: a link for a password by mail or
 * shown once, their sessions, their second factor. The same for the last administrator by a
 * command.
 *
 * Rules (README 7, 24, 25, 27): a link that is shown stands in no address and no log; who
 * removes a second factor says why and proves again who they are; then the person is signed out
 * everywhere and told.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "portal/confirm.h"
#include "portal/entry.h"
#include "portal/links.h"
#include "portal/people.h"
#include "portal/portal.h"
#include "portal/second_factor.h"
#include "web/app.h"
#include "web/page.h"

#define LINK_COOKIE "__Host-link"

enum {
	REASON
};
static const struct field REMOVE_FIELDS[] = {
	[REASON] = { "reason", FIELD_TEXT, .max = 300 },
	{ 0 },
};
const struct form FACTOR_REMOVE_FORM = { "factor_remove", REMOVE_FIELDS, factor_remove_show,
	false };

static const struct stmt PERSON = {
	"SELECT id, legal_name, email FROM person WHERE public_id = ? AND removed = 0"
};
static const struct stmt PERSON_BY_EMAIL = {
	"SELECT id FROM person WHERE email_key = LOWER(?)"
};
static const struct stmt LINK_IS_OF = {
	"SELECT 1 FROM one_time_link WHERE token_hash = ? AND person_id = ? AND used_at IS NULL"
};
static const struct stmt SESSIONS = { "SELECT COUNT(*) FROM session WHERE person_id = ? AND "
				      "revoked_at IS NULL AND ends_at > ?"
				      " AND seen_at > ?" };
static const struct stmt SINCE = { "SELECT created_at FROM second_factor WHERE person_id = ?" };

/* ---- What the page of a person shows ---- */

static const char *
own_address(struct request *req, const char *end)
{
	return text_printf(
	    request_arena(req), "/staff/people/%s%s", request_param(req, 0), end);
}

/* A link that was just made for this person, shown once. */
static void
show_link(struct request *req, struct page *page, int64_t person)
{
	const char *token = request_cookie(req, LINK_COOKIE);
	unsigned char hash[SHA256_BYTES];

	if (!token || request_method(req) != METHOD_GET)
		return;
	crypto_sha256(bytes_of(token), hash);
	if (!db_int(request_db(req), &LINK_IS_OF, 0, v_bytes(hash, sizeof hash), v_int(person)))
		return;
	reply_cookie(req, LINK_COOKIE, "", 0);
	page_text(page_repeat(page, MARK_NEW_LINK), MARK_LINK,
	    text_printf(request_arena(req), "%s/set-up/%s", config_text(CONFIG_PUBLIC_URL),
		url_encode(request_arena(req), token)));
}

static struct page *
form_of(struct request *req, struct page *page, enum mark section)
{
	struct page *form = page_repeat(page, section);

	page_tokens(form);
	page_text(form, MARK_PERSON_ID, request_param(req, 0));
	return form;
}

/* What gives them a way in: a link that chooses a password or, where a password of theirs would
 * open nothing, the address of the provider's page, which is no secret. */
static void
show_ways_in(struct request *req, struct page *page, bool by_provider)
{
	if (text_is(request_query(req, "mailed"), "1"))
		page_show(page, by_provider ? MARK_MAILED_PROVIDER : MARK_MAILED);
	if (!by_provider) {
		(void)form_of(req, page, MARK_MAIL_FORM);
		(void)form_of(req, page, MARK_LINK_FORM);
		return;
	}
	struct page *form = form_of(req, page, MARK_PROVIDER_FORM);
	page_text(form, MARK_OPENID_NAME, config_text(CONFIG_OIDC_NAME));
	page_text(form, MARK_LINK,
	    text_printf(
		request_arena(req), "%s" PROVIDER_PATH, config_text(CONFIG_PUBLIC_URL)));
}

void
person_access_show(struct request *req, struct page *page, int64_t person)
{
	struct db *db = request_db(req);
	instant now = time_now();
	int64_t sessions = db_int(db, &SESSIONS, 0, v_int(person), v_instant(now),
	    v_instant(now - config_int(CONFIG_SESSION_IDLE) * MINUTE));
	struct rows *factor = db_read(db, &SINCE, v_int(person));

	show_link(req, page, person);
	show_ways_in(req, page, link_leads_to_provider(db, person));
	page_count(page, MARK_SESSIONS, "person.sessions", sessions);
	if (sessions)
		(void)form_of(req, page, MARK_SESSIONS_FORM);
	if (!rows_next(factor)) {
		page_show(page, MARK_NO_FACTOR);
		return;
	}
	struct page *has = page_repeat(page, MARK_FACTOR);
	page_instant(has, MARK_SINCE, rows_instant(factor, 0));
	page_text(has, MARK_PERSON_ID, request_param(req, 0));
}

/* ---- Links ---- */

void
link_hand_over(struct request *req, const char *token)
{
	reply_cookie(req, LINK_COOKIE, token, 120);
}

static enum status
link_give(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	int64_t person = person_of(req, db);
	const char **ret_token = arg;

	if (!person)
		return E_ABSENT;
	receipt->location = own_address(req, "");
	*ret_token = NULL;
	if (link_leads_to_provider(db, person))
		return OK; /* their page says it */
	*ret_token = link_new(db, request_arena(req), "invite", person);
	return person_done(req, db, receipt, person, "link.made", NULL);
}

enum status
person_link_submit(struct request *req)
{
	const char *token = NULL;
	enum status status = reply_submit(req, link_give, &token);

	if (status == OK && token && !form_failed(req))
		link_hand_over(req, token);
	return status;
}

static enum status
mail_it(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct id id;

	(void)unused_arg;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(db, &PERSON, v_bytes(id.b, sizeof id.b));
	if (!rows_next(rows))
		return E_ABSENT;
	link_mail(db, rows_int(rows, 0), NULL);
	enum status status =
	    person_done(req, db, receipt, rows_int(rows, 0), "link.mailed", NULL);
	receipt->location = text_printf(request_arena(req), "%s?mailed=1", receipt->location);
	return status;
}

enum status
person_mail_submit(struct request *req)
{
	return reply_submit(req, mail_it, NULL);
}

/* ---- Sessions ---- */

static enum status
sessions_end(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = person_of(req, db);

	(void)unused_arg;
	if (!person)
		return E_ABSENT;
	entry_end_all(db, person,
	    person == request_caller(req)->person ? request_caller(req)->token_hash : NULL);
	return person_done(req, db, receipt, person, "session.ended", "all");
}

enum status
person_sessions_submit(struct request *req)
{
	return reply_submit(req, sessions_end, NULL);
}

/* ---- Second factor ---- */

enum status
factor_remove_show(struct request *req)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &PERSON, v_bytes(id.b, sizeof id.b));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	if (rows_int(rows, 0) == request_caller(req)->person)
		return reply_redirect(req, "/profile/second-factor");
	if (!second_factor_has(request_db(req), rows_int(rows, 0)))
		return reply_redirect(req, own_address(req, ""));
	if (!proof_is_fresh(req))
		return proof_ask(req, own_address(req, "/second-factor"));
	struct page *page = page_open(req, TPL_PORTAL_FACTOR_REMOVE);
	page_text(page, MARK_LEGAL_NAME, rows_text(rows, 1));
	page_text(page, MARK_EMAIL, rows_text(rows, 2));
	page_text(page, MARK_PERSON_ID, request_param(req, 0));
	return reply_page(req, 200, page);
}

/* In the running transaction: removes it, signs the person out, tells them. False: they had
 * none. */
static bool
remove_from(struct db *db, int64_t person)
{
	if (!second_factor_remove(db, person))
		return false;
	entry_end_all(db, person, NULL);
	notice_add(db, &(struct notice){ .kind = "account.second_factor_removed",
			   .topic = NOTICE_ACCOUNT,
			   .person = person,
			   .path = "/profile/second-factor" });
	return true;
}

static enum status
factor_remove(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = person_of(req, db);

	(void)unused_arg;
	if (!person || person == request_caller(req)->person || !remove_from(db, person))
		return E_ABSENT;
	return person_done(
	    req, db, receipt, person, "second_factor.removed", form_text(req, REASON));
}

enum status
factor_remove_submit(struct request *req)
{
	if (!proof_is_fresh(req))
		return proof_ask(req, own_address(req, "/second-factor"));
	return reply_submit(req, factor_remove, NULL);
}

/* ---- The command ---- */

struct removal {
	int64_t person;
	bool had;
};

static enum status
remove_by_command(struct db *db, void *arg)
{
	struct removal *removal = arg;

	removal->had = remove_from(db, removal->person);
	if (removal->had)
		audit_add(db,
		    &(struct audit){ 0, "second_factor.removed",
			text_printf(db_arena(db), "person:%lld", (long long)removal->person),
			"command", NULL });
	return OK;
}

int
second_factor_remove_run(struct cli *cli)
{
	const char *email = cli_word(cli, 0);
	struct removal removal = { 0 };

	if (!email || cli_word(cli, 1))
		return 2;
	removal.person = db_int(cli->db, &PERSON_BY_EMAIL, 0, v_text(email));
	if (db_status(cli->db) == OK && !removal.person) {
		(void)fprintf(stderr, "Nobody here has the address %s.\n", email);
		return 1;
	}
	if (db_transact(cli->db, remove_by_command, NULL, &removal) != OK) {
		(void)fprintf(stderr, "The database does not answer; nothing was changed.\n");
		return 1;
	}
	(void)printf(
	    removal.had
		? "The second factor of %s is removed, and they are signed out "
		  "everywhere. Their password signs them in; if their role needs a second "
		  "factor, they set a new one up then.\n"
		: "%s has no second factor; nothing was changed.\n",
	    email);
	return 0;
}
