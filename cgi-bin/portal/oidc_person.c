/*
 * oidc_person.c: whose account an ID token is for, and what it may do. Called by oidc.c once
 * the token was believed.
 *
 * Rules (README 31-34): the provider's subject counts; the first time a verified address finds
 * an active person, and nobody is made. A person whose account is tied to another subject of
 * the same provider is not tied anew by an address that somebody else may have by now. Roles
 * that the roles file names follow the claims; the last administrator stays.
 */
#include "base/config.h"
#include "base/log.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "portal/oidc.h"
#include "portal/portal.h"

static const struct stmt PERSON_TIED = { "SELECT i.person_id, p.state = 'active' FROM identity "
					 "i JOIN person p ON p.id = i.person_id"
					 " WHERE i.subject_hash = ?" };
static const struct stmt PERSON_OF_ADDRESS = {
	"SELECT p.id, EXISTS (SELECT 1 FROM identity i WHERE i.person_id = p.id"
	"  AND i.issuer_hash = ?)"
	" FROM person p WHERE p.email_key = LOWER(?) AND p.state = 'active'"
};
static const struct stmt TIE = { "INSERT INTO identity (subject_hash, person_id, issuer_hash, "
				 "tied_at) VALUES (?, ?, ?, ?)" };
static const struct stmt ROLES_HELD = {
	"SELECT role FROM role_grant WHERE person_id = ? AND scope = '' AND to_at IS NULL"
};
static const struct stmt OTHER_ADMINS = {
	"SELECT COUNT(*) FROM role_grant g JOIN person p ON p.id = g.person_id"
	" WHERE g.role = 'admin' AND g.to_at IS NULL AND p.state = 'active' AND g.person_id <> "
	"?"
};
static const struct stmt ROLE_GIVE = { "CALL staff_role_grant(?, ?, '', NULL, ?)" };
static const struct stmt ROLE_END = { "CALL staff_role_end(?, ?, '', NULL, ?)" };

struct arrival {
	struct request *req;
	const struct oidc_claims *claims;
	unsigned char subject[SHA256_BYTES], issuer[SHA256_BYTES];
	roles named, wanted; /* of the roles file */
	int64_t person;
	struct entry entry;
	refusal why;
};

/* By nobody: the system does it, because of what the provider said. */
static void
note(struct arrival *a, struct db *db, const char *action, const char *reason)
{
	audit_add(db, &(struct audit){ .action = action,
			  .object = text_printf(
			      request_arena(a->req), "person:%lld", (long long)a->person),
			  .reason = reason,
			  .request = request_id(a->req) });
}

static enum status
refuse(struct arrival *a, refusal why)
{
	a->why = why;
	return E_DENIED;
}

static enum status
find(struct arrival *a, struct db *db)
{
	struct value subject = v_bytes(a->subject, sizeof a->subject);
	struct value issuer = v_bytes(a->issuer, sizeof a->issuer);
	struct rows *rows = db_read(db, &PERSON_TIED, subject);

	if (rows_next(rows)) {
		a->person = rows_int(rows, 0);
		return rows_int(rows, 1) ? OK : refuse(a, "person_unknown");
	}
	if (db_status(db) != OK)
		return db_status(db);
	if (!a->claims->email_verified || text_empty(a->claims->email))
		return refuse(a, "mail_not_verified");
	rows = db_read(db, &PERSON_OF_ADDRESS, issuer, v_text(a->claims->email));
	if (!rows_next(rows))
		return db_status(db) == OK ? refuse(a, "person_unknown") : db_status(db);
	if (rows_int(rows, 1))
		return refuse(a, "other_subject");
	a->person = rows_int(rows, 0);
	db_write(db, &TIE, subject, v_int(a->person), issuer, v_instant(time_now()));
	note(a, db, "identity.tied", NULL);
	return db_status(db);
}

static void
adjust_roles(struct arrival *a, struct db *db)
{
	struct rows *rows = db_read(db, &ROLES_HELD, v_int(a->person));
	instant now = time_now();
	roles held = 0, wanted = a->wanted;

	while (rows_next(rows))
		held |= role_of(rows_text(rows, 0));
	if (held & ~wanted & a->named & ROLE(ADMIN) &&
	    db_int(db, &OTHER_ADMINS, 0, v_int(a->person)) == 0) {
		wanted |= ROLE(ADMIN);
		log_event(LOG_LEVEL_WARN, "openid_last_admin_stays");
	}
	for (enum role_bit bit = 0; bit < ROLE_BIT_MAX; bit++) {
		roles one = (roles)1 << bit;
		const char *name = role_name(bit);

		if (!(a->named & one) || !(held & one) == !(wanted & one))
			continue;
		db_write(db, held & one ? &ROLE_END : &ROLE_GIVE, v_int(a->person),
		    v_text(name), v_instant(now));
		note(a, db, held & one ? "role.ended" : "role.given", name);
	}
}

static enum status
arrive(struct db *db, void *arg)
{
	struct arrival *a = arg;
	enum status status;

	a->why = NULL;
	status = find(a, db);
	if (status != OK)
		return status;
	adjust_roles(a, db);
	audit_add(db,
	    &(struct audit){ a->person, "sign_in.openid", "person", NULL, request_id(a->req) });
	/* A second factor that the provider asked for counts as ours where that is configured.
	 */
	if (config_on(CONFIG_OIDC_SECOND_FACTOR) && a->claims->two_factors)
		entry_begin_session(a->req, db, a->person, true, &a->entry);
	else
		entry_begin(a->req, db, a->person, true, &a->entry);
	return OK;
}

static void
hash_of(struct arena *arena, const char *subject, unsigned char out[SHA256_BYTES])
{
	const char *issuer = config_text(CONFIG_OIDC_ISSUER);

	crypto_sha256(
	    bytes_of(subject ? text_printf(arena, "%s\n%s", issuer, subject) : issuer), out);
}

enum status
oidc_sign_in(struct request *req, const struct oidc_claims *claims, struct entry *ret_entry,
    refusal *ret_why)
{
	struct arrival a = { .req = req, .claims = claims };
	int line;
	enum status status =
	    oidc_roles_of(request_arena(req), claims->all, &a.named, &a.wanted, &line);

	/* Roles that should have ended must not stay because a file cannot be read. */
	if (status != OK) {
		log_event(LOG_LEVEL_ERROR, "openid_roles_file_wrong", LOG_INT("line", line));
		*ret_why = "roles_file";
		return E_DENIED;
	}
	hash_of(request_arena(req), claims->subject, a.subject);
	hash_of(request_arena(req), NULL, a.issuer);
	status = db_transact(request_db(req), arrive, NULL, &a);
	*ret_entry = a.entry;
	*ret_why = a.why;
	return status;
}
