/*
 * second_factor.c: a person's second factor in the database, see second_factor.h.
 *
 * The secret never stands there in the clear: it is sealed with the key ring "second-factor"
 * and bound to its cell. A step is taken by an UPDATE that compares the last one, so of two
 * requests with the same code, in whichever processes, one gets in.
 */
#include "portal/second_factor.h"

#include <string.h>

#include "base/config.h"
#include "data/crypto.h"

#define OFFER_LASTS HOUR
#define OFFER_BYTES (TOTP_SECRET_BYTES + sizeof(instant))

static const struct stmt FACTOR = {
	"SELECT secret, last_step FROM second_factor WHERE person_id = ?"
};
static const struct stmt FACTOR_HAS = { "SELECT 1 FROM second_factor WHERE person_id = ?" };
static const struct stmt STEP_TAKE = {
	"UPDATE second_factor SET last_step = ? WHERE person_id = ? AND last_step < ?"
};
static const struct stmt FACTOR_KEEP = {
	"INSERT INTO second_factor (person_id, secret, last_step, created_at) VALUES (?, ?, ?, "
	"?)"
	" ON DUPLICATE KEY UPDATE secret = VALUES(secret), last_step = VALUES(last_step),"
	" created_at = VALUES(created_at)"
};
static const struct stmt FACTOR_REMOVE = { "DELETE FROM second_factor WHERE person_id = ?" };
static const struct stmt CODES_REMOVE = { "DELETE FROM recovery_code WHERE person_id = ?" };

const struct sealed_column SECOND_FACTOR_SEALED[] = {
	{ SECOND_FACTOR_KEY, "second_factor/secret",
	    { "SELECT person_id, NULL, secret FROM second_factor"
	      " WHERE SUBSTRING(secret, 2, 1) <> ? LIMIT 100" },
	    { "UPDATE second_factor SET secret = ? WHERE person_id = ? AND secret = ?" },
	    { "SELECT COUNT(*) FROM second_factor WHERE SUBSTRING(secret, 2, 1) = ?" } },
	{ 0 },
};

bool
second_factor_has(struct db *db, int64_t person)
{
	return db_int(db, &FACTOR_HAS, 0, v_int(person)) != 0;
}

bool
second_factor_required(roles held)
{
	const char *whom = config_text(CONFIG_SECOND_FACTOR);

	if (text_is(whom, "all"))
		return true;
	return text_is(whom, "staff") && (held & ~(ROLE(APPLICANT) | ROLE(CONTRIBUTOR)));
}

/* ---- Sealing ---- */

static const char *
cell_of(struct arena *arena, int64_t person)
{
	return text_printf(arena, "second_factor/secret/%lld", (long long)person);
}

static const char *
offer_of(struct arena *arena, int64_t person)
{
	return text_printf(arena, "second_factor/offer/%lld", (long long)person);
}

/* ---- Setting up ---- */

enum status
second_factor_offer(
    struct arena *arena, int64_t person, const char **ret_sealed, struct bytes *ret_secret)
{
	unsigned char *plain = arena_alloc(arena, OFFER_BYTES);
	instant now = time_now();
	struct bytes sealed;

	crypto_random(plain, TOTP_SECRET_BYTES);
	memcpy(plain + TOTP_SECRET_BYTES, &now, sizeof now);
	enum status status = keyring_seal(arena, SECOND_FACTOR_KEY, offer_of(arena, person),
	    (struct bytes){ plain, OFFER_BYTES }, &sealed);
	if (status != OK)
		return status;
	*ret_sealed = hex_text(arena, sealed);
	*ret_secret = (struct bytes){ plain, TOTP_SECRET_BYTES };
	return OK;
}

enum status
second_factor_offered(
    struct arena *arena, int64_t person, const char *sealed, struct bytes *ret_secret)
{
	struct bytes bytes, plain;
	instant at;

	if (!hex_bytes(arena, sealed, &bytes))
		return E_INPUT;
	enum status status =
	    keyring_open(arena, SECOND_FACTOR_KEY, offer_of(arena, person), bytes, &plain);
	if (status != OK || plain.n != OFFER_BYTES)
		return status != OK ? status : E_INPUT;
	memcpy(&at, plain.p + TOTP_SECRET_BYTES, sizeof at);
	if (time_now() - at > OFFER_LASTS)
		return E_ABSENT;
	*ret_secret = (struct bytes){ plain.p, TOTP_SECRET_BYTES };
	return OK;
}

void
second_factor_keep(struct db *db, int64_t person, struct bytes secret, int64_t step)
{
	struct bytes sealed;
	enum status status = keyring_seal(
	    db_arena(db), SECOND_FACTOR_KEY, cell_of(db_arena(db), person), secret, &sealed);

	if (status != OK) {
		db_fail(db, status);
		return;
	}
	db_write(db, &FACTOR_KEEP, v_int(person), v_bytes(sealed.p, sealed.n), v_int(step),
	    v_instant(time_now()));
}

bool
second_factor_remove(struct db *db, int64_t person)
{
	db_write(db, &CODES_REMOVE, v_int(person));
	return db_write(db, &FACTOR_REMOVE, v_int(person)) == 1;
}

/* ---- Using ---- */

enum totp_answer
second_factor_use(struct db *db, int64_t person, const char *typed)
{
	struct rows *rows = db_read(db, &FACTOR, v_int(person));
	struct bytes secret;
	unsigned code;
	int64_t step = 0;

	if (!rows_next(rows) || !totp_read(db_arena(db), typed, &code))
		return TOTP_WRONG;
	enum status status = keyring_open(db_arena(db), SECOND_FACTOR_KEY,
	    cell_of(db_arena(db), person), rows_bytes(rows, 0), &secret);
	if (status != OK) {
		/* Changed, of another row, or of a key that is not here: nobody gets in by it.
		 */
		db_fail(db, status == E_INPUT ? E_FAULT : status);
		return TOTP_WRONG;
	}
	enum totp_answer answer =
	    totp_check(secret, code, time_now(), rows_int(rows, 1), &step);
	if (answer == TOTP_RIGHT &&
	    db_write(db, &STEP_TAKE, v_int(step), v_int(person), v_int(step)) != 1)
		answer = TOTP_USED;
	return answer;
}
