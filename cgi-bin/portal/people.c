/*
 * people.c: accounts and roles, for an administrator.
 *
 * Rules (README 7-9): a person is added with one link by which the first password is chosen,
 * shown once; roles are given and ended, never deleted; the last administrator stays; who is
 * disabled is signed out everywhere at once.
 */
#include "portal/people.h"
#include "base/text.h"
#include "data/crypto.h"
#include "portal/entry.h"
#include "portal/links.h"
#include "portal/portal.h"
#include "portal/second_factor.h"
#include "web/page.h"
#include "web/words.h"

#define PEOPLE_SHOWN 50

enum {
	LEGAL_NAME,
	PREFERRED_NAME,
	EMAIL,
	ROLE_FIRST,
	HOW
};
enum {
	ROLE_GIVEN
};
enum {
	ROLE_ENDED
};
enum {
	STATE,
	STATE_VERSION
};

static const char *
role_word(struct request *req, const char *role)
{
	return words_say(request_arena(req), request_caller(req)->locale,
	    text_printf(request_arena(req), "role.%s", role));
}

/* Every role under its word for people. */
static const struct choice *
role_choices(struct request *req)
{
	struct choice *list =
	    arena_array_of(request_arena(req), struct choice, ROLE_BIT_MAX + 1);

	for (enum role_bit bit = 0; bit < ROLE_BIT_MAX; bit++)
		list[bit] = (struct choice){ role_name(bit), role_word(req, role_name(bit)) };
	return list;
}

static const struct choice STATES[] = { { "active", NULL }, { "disabled", NULL }, { 0 } };

static const struct choice WAYS[] = { { "mail", NULL }, { "shown", NULL }, { 0 } };

static const struct field PERSON_ADD_FIELDS[] = {
	[LEGAL_NAME] = { "legal_name", FIELD_TEXT, .max = 200 },
	[PREFERRED_NAME] = { "preferred_name", FIELD_TEXT, .max = 120 },
	[EMAIL] = { "email", FIELD_EMAIL, .max = 254 },
	[ROLE_FIRST] = { "role", FIELD_SELECT, .choices_of = role_choices },
	[HOW] = { "how", FIELD_CHOICE, .choices = WAYS },
	{ 0 },
};
const struct form PERSON_ADD_FORM = { "person_add", PERSON_ADD_FIELDS, person_add_show, false };
static const struct field ROLE_GIVE_FIELDS[] = {
	[ROLE_GIVEN] = { "role", FIELD_SELECT, .choices_of = role_choices },
	{ 0 },
};
const struct form ROLE_GIVE_FORM = { "role_give", ROLE_GIVE_FIELDS, person_show, false };
static const struct field ROLE_END_FIELDS[] = {
	[ROLE_ENDED] = { "role", FIELD_SELECT, .choices_of = role_choices },
	{ 0 },
};
const struct form ROLE_END_FORM = { "role_end", ROLE_END_FIELDS, person_show, false };
static const struct field PERSON_STATE_FIELDS[] = {
	[STATE] = { "state", FIELD_SELECT, .choices = STATES },
	[STATE_VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form PERSON_STATE_FORM = { "person_state", PERSON_STATE_FIELDS, person_show,
	false };

static const struct stmt PEOPLE = {
	"SELECT public_id, legal_name, preferred_name, email, state, roles FROM person"
	" WHERE removed = 0"
	" AND (? = '' OR legal_name LIKE ? OR preferred_name LIKE ? OR email_key LIKE LOWER(?))"
	" ORDER BY legal_name, id LIMIT 51"
};
static const struct stmt PERSON = { "SELECT id, legal_name, preferred_name, email, state, "
				    "roles, version, time_zone FROM person"
				    " WHERE public_id = ? AND removed = 0" };
static const struct stmt GRANTS = {
	"SELECT role, scope, from_at, to_at FROM role_grant WHERE person_id = ?"
	" ORDER BY to_at IS NOT NULL, from_at, id"
};
static const struct stmt PERSON_ADD = { "CALL person_add(?, ?, ?, ?, 'UTC', NULL, 'en', ?)" };
static const struct stmt ROLE_GIVE = { "CALL staff_role_grant(?, ?, '', ?, ?)" };
static const struct stmt ROLE_END = { "CALL staff_role_end(?, ?, '', ?, ?)" };
static const struct stmt STATE_CHANGE = {
	"UPDATE person SET state = ?, disabled_at = IF(state = 'disabled', ?, NULL),"
	" version = version + 1 WHERE id = ? AND version = ?"
};
static void
show_roles(struct request *req, struct page *page, roles held)
{
	for (enum role_bit bit = 0; bit < ROLE_BIT_MAX; bit++)
		if (held & ((roles)1 << bit))
			page_text(page_repeat(page, MARK_ROLE), MARK_ROLE_WORD,
			    role_word(req, role_name(bit)));
}

/* What a LIKE finds anywhere in a name; its own wildcards count as letters. */
static const char *
like(struct request *req, const char *words)
{
	struct buf buf = buf_new(request_arena(req));

	buf_char(&buf, '%');
	for (const char *p = words; *p; p++) {
		if (*p == '%' || *p == '_' || *p == '\\')
			buf_char(&buf, '\\');
		buf_char(&buf, *p);
	}
	buf_char(&buf, '%');
	return buf.p;
}

enum status
people_list(struct request *req)
{
	const char *q = request_query(req, "q");
	struct value pattern = v_text(like(req, q));
	struct rows *rows =
	    db_read(request_db(req), &PEOPLE, v_text(q), pattern, pattern, pattern);
	struct page *page = page_open(req, TPL_PORTAL_PEOPLE);

	page_text(page, MARK_Q, q);
	if (!rows_count(rows))
		page_show(page, MARK_NOBODY);
	if (rows_count(rows) > PEOPLE_SHOWN)
		page_show(page, MARK_MORE);
	for (int shown = 0; shown < PEOPLE_SHOWN && rows_next(rows); shown++) {
		struct page *line = page_repeat(page, MARK_PERSON);
		page_text(line, MARK_PERSON_ID, rows_id_text(request_arena(req), rows, 0));
		page_text(line, MARK_LEGAL_NAME, rows_text(rows, 1));
		page_text(line, MARK_PREFERRED_NAME, rows_text(rows, 2));
		page_text(line, MARK_EMAIL, rows_text(rows, 3));
		if (text_is(rows_text(rows, 4), "disabled"))
			page_show(line, MARK_DISABLED);
		show_roles(req, line, (roles)rows_int(rows, 5));
	}
	return reply_page(req, 200, page);
}

enum status
person_add_show(struct request *req)
{
	form_set(req, HOW, "mail");
	return reply_page(req, 200, page_open(req, TPL_PORTAL_PERSON_ADD));
}

static enum status
person_add(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const char **ret_token = arg;
	struct arena *arena = request_arena(req);
	instant now = time_now();
	struct id id = id_new();
	struct rows *rows = db_read(db, &PERSON_ADD, v_bytes(id.b, sizeof id.b),
	    v_text(form_text(req, LEGAL_NAME)), v_text(form_text(req, PREFERRED_NAME)),
	    v_text(form_text(req, EMAIL)), v_instant(now));

	if (!rows_next(rows))
		return db_status(db);
	if (!rows_int(rows, 1)) {
		form_error(req, EMAIL, "taken", NULL);
		return E_INPUT;
	}
	int64_t person = rows_int(rows, 0);
	db_write(db, &ROLE_GIVE, v_int(person), v_text(form_text(req, ROLE_FIRST)),
	    v_int(request_caller(req)->person), v_instant(now));
	*ret_token = NULL;
	bool mailed = text_is(form_text(req, HOW), "mail");
	if (mailed)
		link_mail(db, person, NULL);
	else if (!link_leads_to_provider(db, person)) /* else it stands on their page */
		*ret_token = link_new(db, arena, "invite", person);
	request_audit(req, db, "person.added",
	    text_printf(arena, "person:%lld", (long long)person), NULL);
	receipt->location = text_printf(
	    arena, "/staff/people/%s%s", id_text(arena, id), mailed ? "?mailed=1" : "");
	return OK;
}

enum status
person_add_submit(struct request *req)
{
	const char *token = NULL;
	enum status status = reply_submit(req, person_add, &token);

	if (status == OK && token && !form_failed(req))
		link_hand_over(req, token);
	return status;
}

enum status
person_show(struct request *req)
{
	struct id id;
	if (!request_param_id(req, 0, &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &PERSON, v_bytes(id.b, sizeof id.b));
	if (!rows_next(rows))
		return db_absent(request_db(req));

	struct page *page = page_open(req, TPL_PORTAL_PERSON);
	page_text(page, MARK_PERSON_ID, request_param(req, 0));
	page_text(page, MARK_LEGAL_NAME, rows_text(rows, 1));
	page_text(page, MARK_PREFERRED_NAME, rows_text(rows, 2));
	page_text(page, MARK_EMAIL, rows_text(rows, 3));
	page_show(page, text_is(rows_text(rows, 4), "disabled") ? MARK_DISABLED : MARK_ACTIVE);
	page_text(page, MARK_ZONE, rows_text(rows, 7));
	page_form(page, MARK_GIVE_FORM, &ROLE_GIVE_FORM);
	struct page *state = page_repeat(
	    page, text_is(rows_text(rows, 4), "disabled") ? MARK_MAY_ENABLE : MARK_MAY_DISABLE);
	page_tokens(state);
	page_id(state, MARK_VERSION, rows_int(rows, 6));
	page_text(state, MARK_PERSON_ID, request_param(req, 0));
	person_access_show(req, page, rows_int(rows, 0));
	oidc_tie_show(req, page, rows_int(rows, 0));
	rows = db_read(request_db(req), &GRANTS, v_int(rows_int(rows, 0)));
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_GRANT);
		page_text(line, MARK_ROLE_WORD, role_word(req, rows_text(rows, 0)));
		if (!text_empty(rows_text(rows, 1)))
			page_text(
			    page_repeat(line, MARK_SCOPED), MARK_SCOPE, rows_text(rows, 1));
		page_instant(line, MARK_FROM, rows_instant(rows, 2));
		if (rows_null(rows, 3)) {
			struct page *end = page_repeat(line, MARK_OPEN_GRANT);
			page_text(end, MARK_ROLE_CODE, rows_text(rows, 0));
			page_text(end, MARK_PERSON_ID, request_param(req, 0));
			page_tokens(end);
		} else {
			page_instant(
			    page_repeat(line, MARK_ENDED), MARK_TO, rows_instant(rows, 3));
		}
	}
	return reply_page(req, 200, page);
}

int64_t
person_of(struct request *req, struct db *db)
{
	struct id id;

	if (!request_param_id(req, 0, &id))
		return 0;
	struct rows *rows = db_read(db, &PERSON, v_bytes(id.b, sizeof id.b));
	return rows_next(rows) ? rows_int(rows, 0) : 0;
}

enum status
person_done(struct request *req, struct db *db, struct receipt *receipt, int64_t person,
    const char *action, const char *reason)
{
	struct arena *arena = request_arena(req);

	request_audit(
	    req, db, action, text_printf(arena, "person:%lld", (long long)person), reason);
	receipt->location = text_printf(arena, "/staff/people/%s", request_param(req, 0));
	return OK;
}

static enum status
role_give(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = person_of(req, db);
	const char *role = form_text(req, ROLE_GIVEN);

	(void)unused_arg;
	if (!person)
		return E_ABSENT;
	db_write(db, &ROLE_GIVE, v_int(person), v_text(role),
	    v_int(request_caller(req)->person), v_instant(time_now()));
	/* No session without a second factor for a role that needs one: they set it up when
	 * they sign in again. */
	if (second_factor_required(role_of(role)) && !second_factor_has(db, person))
		entry_end_all(db, person, NULL);
	return person_done(req, db, receipt, person, "role.given", role);
}

enum status
role_give_submit(struct request *req)
{
	return reply_submit(req, role_give, NULL);
}

static enum status
role_end(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = person_of(req, db);
	const char *role = form_text(req, ROLE_ENDED);

	(void)unused_arg;
	if (!person)
		return E_ABSENT;
	db_write(db, &ROLE_END, v_int(person), v_text(role), v_int(request_caller(req)->person),
	    v_instant(time_now()));
	if (db_status(db) == E_DENIED) {
		form_error(req, ROLE_ENDED, "last_admin", NULL);
		return E_INPUT;
	}
	return person_done(req, db, receipt, person, "role.ended", role);
}

enum status
role_end_submit(struct request *req)
{
	return reply_submit(req, role_end, NULL);
}

static enum status
state_change(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = person_of(req, db);
	int64_t version = 0;
	const char *state = form_text(req, STATE);

	(void)unused_arg;
	if (!person)
		return E_ABSENT;
	if (person == request_caller(req)->person) {
		form_error(req, STATE, "yourself", NULL);
		return E_INPUT;
	}
	if (!text_to_int(form_text(req, STATE_VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &STATE_CHANGE, v_text(state), v_instant(time_now()), v_int(person),
	    v_int(version));
	if (text_is(state, "disabled"))
		entry_end_all(db, person, NULL);
	return person_done(req, db, receipt, person, "person.state", state);
}

enum status
person_state_submit(struct request *req)
{
	return reply_submit(req, state_change, NULL);
}
