/* links.c: links that work once, see links.h. */
#include "portal/links.h"

#include "data/crypto.h"
#include "data/notice.h"
#include "portal/password_rule.h"

static const struct stmt LINK_ADD = {
	"INSERT INTO one_time_link (token_hash, kind, person_id, created_at, expires_at)"
	" VALUES (?, ?, ?, ?, ?)"
};
static const struct stmt LINKS_END = {
	"UPDATE one_time_link SET used_at = ? WHERE person_id = ? AND used_at IS NULL"
};
static const struct stmt WHO = {
	"SELECT p.state = 'active', p.password IS NOT NULL, e.email, p.roles FROM person p"
	" LEFT JOIN email_change e ON e.person_id = p.id WHERE p.id = ?"
};

const char *
link_new(struct db *db, struct arena *arena, const char *kind, int64_t person)
{
	const char *token = token_new(arena);
	instant now = time_now();
	instant lasts = text_is(kind, "reset")   ? LINK_RESET_LASTS
			: text_is(kind, "email") ? LINK_EMAIL_LASTS
						 : LINK_INVITE_LASTS;
	unsigned char hash[SHA256_BYTES];

	crypto_sha256(bytes_of(token), hash);
	db_write(db, &LINK_ADD, v_bytes(hash, sizeof hash), v_text(kind),
	    person ? v_int(person) : v_null(), v_instant(now), v_instant(now + lasts));
	return token;
}

void
links_end(struct db *db, int64_t person)
{
	db_write(db, &LINKS_END, v_instant(time_now()), v_int(person));
}

/* ---- By mail ---- */

struct who {
	bool active, has_password;
	bool by_password;      /* may a password of theirs open anything (README 36)? */
	const char *new_email; /* "": none waits */
};

static struct who
who_is(struct db *db, int64_t person)
{
	struct rows *rows = db_read(db, &WHO, v_int(person));

	if (!rows_next(rows))
		return (struct who){ .new_email = "" };
	return (struct who){
		.active = rows_int(rows, 0) != 0,
		.has_password = rows_int(rows, 1) != 0,
		.by_password = password_counts((roles)rows_int(rows, 3)),
		.new_email = rows_text(rows, 2),
	};
}

bool
link_leads_to_provider(struct db *db, int64_t person)
{
	return !who_is(db, person).by_password;
}

void
link_mail(struct db *db, int64_t person, const char *key)
{
	struct who who = who_is(db, person);
	struct notice notice = { .kind = "account.invited_openid",
		.topic = NOTICE_ACCOUNT,
		.person = person,
		.path = PROVIDER_PATH,
		.key = key };

	if (who.by_password) {
		notice.kind = who.has_password ? "account.reset" : "account.invited";
		notice.path = "/forgot";
	}
	notice_add(db, &notice);
}

static bool
may_reset(const struct who *who)
{
	return who->active && who->by_password;
}

static bool
may_be_invited(const struct who *who)
{
	return who->active && who->by_password && !who->has_password;
}

static bool
may_confirm(const struct who *who)
{
	return who->active && !text_empty(who->new_email);
}

static const struct mailed {
	const char *notice, *link, *path;
	bool (*may)(const struct who *who);
} MAILED[] = {
	{ "account.reset", "reset", "/set-up/", may_reset },
	{ "account.invited", "invite", "/set-up/", may_be_invited },
	{ "account.email_new", "email", "/new-address/", may_confirm },
	{ 0 },
};

static const struct mailed *
mailed_as(const char *kind)
{
	for (const struct mailed *m = MAILED; m->notice; m++)
		if (text_is(m->notice, kind))
			return m;
	return NULL;
}

bool
link_is_made(const char *kind)
{
	return mailed_as(kind) != NULL;
}

const char *
link_make(struct db *db, struct arena *arena, int64_t person, const char *kind)
{
	const struct mailed *mailed = mailed_as(kind);
	struct who who = who_is(db, person);

	if (!mailed || !mailed->may(&who))
		return NULL;
	return text_printf(
	    arena, "%s%s", mailed->path, link_new(db, arena, mailed->link, person));
}

const char *
link_reset_path(struct db *db, int64_t person, const char *detail)
{
	(void)detail;
	return link_make(db, db_arena(db), person, "account.reset");
}

const char *
link_invite_path(struct db *db, int64_t person, const char *detail)
{
	(void)detail;
	return link_make(db, db_arena(db), person, "account.invited");
}

const char *
link_email_path(struct db *db, int64_t person, const char *detail)
{
	(void)detail;
	return link_make(db, db_arena(db), person, "account.email_new");
}

const char *
link_address(struct db *db, struct arena *arena, int64_t person, const char *kind)
{
	if (!text_is(kind, "account.email_new"))
		return NULL;
	const char *email = who_is(db, person).new_email;
	return text_empty(email) ? NULL : text_copy(arena, email);
}
