/* recovery.c: codes for who has lost the phone, see recovery.h. */
#include "portal/recovery.h"

#include "data/crypto.h"

#include <string.h>

#define GROUP 4

static const struct stmt CODES_REMOVE = { "DELETE FROM recovery_code WHERE person_id = ?" };
static const struct stmt CODE_ADD = {
	"INSERT INTO recovery_code (person_id, code_hash, created_at) VALUES (?, ?, ?)"
};
static const struct stmt CODE_USE = {
	"UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND code_hash = ?"
	" AND used_at IS NULL"
};
static const struct stmt CODE_KNOWN = {
	"SELECT 1 FROM recovery_code WHERE person_id = ? AND code_hash = ?"
};
static const struct stmt CODES_LEFT = {
	"SELECT COUNT(*) FROM recovery_code WHERE person_id = ? AND used_at IS NULL"
};
static const struct stmt CODE_UNUSED = {
	"SELECT 1 FROM recovery_code WHERE person_id = ? AND code_hash = ? AND used_at IS NULL"
};

/* Sixteen bytes of a keyed hash as the letters of an id, of which the first twelve are the
 * code. */
static const char *
letters_of(struct arena *arena, const char *seed, unsigned i)
{
	unsigned char mac[SHA256_BYTES];
	struct id id;

	crypto_hmac(bytes_of(seed), bytes_of(text_printf(arena, "recovery code %u", i)), mac);
	memcpy(id.b, mac, sizeof id.b);
	char *text = id_text(arena, id);
	text[RECOVERY_LETTERS] = '\0';
	return text;
}

const char *
recovery_code(struct arena *arena, const char *seed, unsigned i)
{
	const char *letters = letters_of(arena, seed, i);

	return text_printf(
	    arena, "%.4s-%.4s-%.4s", letters, letters + GROUP, letters + (size_t)2 * GROUP);
}

const char *
recovery_read(struct arena *arena, const char *typed)
{
	struct buf code = buf_new(arena);

	for (const char *p = text_digits(arena, typed); *p; p++) {
		char c = *p;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if (c == ' ' || c == '-')
			continue;
		if (c == 'o')
			c = '0';
		if (c == 'i' || c == 'l')
			c = '1';
		if (!strchr("0123456789abcdefghjkmnpqrstvwxyz", c))
			return NULL;
		buf_char(&code, c);
	}
	return code.n == RECOVERY_LETTERS ? code.p : NULL;
}

/* False without a key: then nothing is kept and nothing fits. */
static bool
hash(struct db *db, int64_t person, const char *letters, unsigned char out[SHA256_BYTES])
{
	struct key key;
	enum status status = crypto_key(RECOVERY_KEY, true, &key);

	if (status != OK) {
		db_fail(db, status);
		return false;
	}
	crypto_hmac((struct bytes){ key.secret, sizeof key.secret },
	    bytes_of(text_printf(
		db_arena(db), "recovery code of %lld\n%s", (long long)person, letters)),
	    out);
	crypto_wipe(&key, sizeof key);
	return true;
}

void
recovery_replace(struct db *db, int64_t person, const char *seed)
{
	unsigned char code[SHA256_BYTES];
	instant now = time_now();

	db_write(db, &CODES_REMOVE, v_int(person));
	for (unsigned i = 0; i < RECOVERY_CODES; i++)
		if (hash(db, person, letters_of(db_arena(db), seed, i), code))
			db_write(db, &CODE_ADD, v_int(person), v_bytes(code, sizeof code),
			    v_instant(now));
}

enum recovery_answer
recovery_use(struct db *db, int64_t person, const char *typed)
{
	const char *letters = recovery_read(db_arena(db), typed);
	unsigned char code[SHA256_BYTES];

	if (!letters || !hash(db, person, letters, code))
		return RECOVERY_WRONG;
	struct value value = v_bytes(code, sizeof code);
	if (db_write(db, &CODE_USE, v_instant(time_now()), v_int(person), value) == 1)
		return RECOVERY_RIGHT;
	return db_int(db, &CODE_KNOWN, 0, v_int(person), value) ? RECOVERY_USED
								: RECOVERY_WRONG;
}

int64_t
recovery_left(struct db *db, int64_t person)
{
	return db_int(db, &CODES_LEFT, 0, v_int(person));
}

bool
recovery_is_of(struct db *db, int64_t person, const char *seed)
{
	unsigned char code[SHA256_BYTES];

	for (unsigned i = 0; i < RECOVERY_CODES; i++)
		if (!hash(db, person, letters_of(db_arena(db), seed, i), code) ||
		    !db_int(db, &CODE_UNUSED, 0, v_int(person), v_bytes(code, sizeof code)))
			return false;
	return true;
}
