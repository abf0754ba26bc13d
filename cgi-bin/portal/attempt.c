/* attempt.c: how often somebody has tried, see attempt.h. */
#include "portal/attempt.h"

#include "base/text.h"

/* Failures within WINDOW after which a try is not even checked. */
#define WINDOW (15 * MINUTE)
#define PER_ACCOUNT_AND_CLIENT 5
#define PER_CLIENT 30
#define PER_ACCOUNT 50

#define DEVICE_COOKIE "__Host-known"
#define DEVICE_SECONDS ((int64_t)180 * 24 * 3600)

static const struct stmt FAILURES = {
	"SELECT"
	" (SELECT COUNT(*) FROM sign_in_attempt WHERE account_key = ? AND at > ? AND ok = 0"
	"  AND client_key = ?),"
	" (SELECT COUNT(*) FROM sign_in_attempt WHERE client_key = ? AND at > ? AND ok = 0),"
	" (SELECT COUNT(*) FROM sign_in_attempt WHERE account_key = ? AND at > ? AND ok = 0)"
};
static const struct stmt ATTEMPT_ADD = {
	"INSERT INTO sign_in_attempt (account_key, client_key, at, ok) VALUES (?, ?, ?, ?)"
};

enum status
attempt_of(struct request *req, const char *about, const char *email, struct attempt *ret)
{
	struct arena *arena = request_arena(req);
	struct key key;
	enum status status = crypto_key("sign-in", true, &key);

	if (status != OK)
		return status;
	char *lower = text_copy(arena, email);
	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	struct bytes secret = { key.secret, sizeof key.secret };
	crypto_hmac(
	    secret, bytes_of(text_printf(arena, "%saccount %s", about, lower)), ret->account);
	crypto_hmac(secret,
	    bytes_of(text_printf(arena, "%sclient %s", about, request_client(req))),
	    ret->client);
	crypto_wipe(&key, sizeof key);
	ret->at = time_now();
	return OK;
}

struct attempts
attempt_count(struct db *db, const struct attempt *attempt)
{
	struct value since = v_instant(attempt->at - WINDOW);
	struct value account = v_bytes(attempt->account, SHA256_BYTES);
	struct value client = v_bytes(attempt->client, SHA256_BYTES);
	struct rows *rows =
	    db_read(db, &FAILURES, account, since, client, client, since, account, since);

	if (!rows_next(rows))
		return (struct attempts){ 0 };
	return (struct attempts){ rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2) };
}

bool
attempt_too_many(struct request *req, const struct attempt *attempt, int64_t person)
{
	struct attempts n = attempt_count(request_db(req), attempt);

	if (n.account_and_client >= PER_ACCOUNT_AND_CLIENT || n.client >= PER_CLIENT)
		return true;
	return n.account >= PER_ACCOUNT && !device_known(req, person);
}

void
attempt_add(struct db *db, const struct attempt *attempt, bool ok)
{
	db_write(db, &ATTEMPT_ADD, v_bytes(attempt->account, SHA256_BYTES),
	    v_bytes(attempt->client, SHA256_BYTES), v_instant(attempt->at), v_int(ok));
}

/* The value of the device cookie for a person: an HMAC of the id, so it tells nothing and
 * nobody can make one for somebody else. */
static const char *
device_value(struct request *req, int64_t person)
{
	struct arena *arena = request_arena(req);
	unsigned char mac[SHA256_BYTES];
	struct key key;

	if (crypto_key("sign-in", true, &key) != OK)
		return "";
	crypto_hmac((struct bytes){ key.secret, sizeof key.secret },
	    bytes_of(text_printf(arena, "device %lld", (long long)person)), mac);
	crypto_wipe(&key, sizeof key);
	return hex_text(arena, (struct bytes){ mac, 16 });
}

bool
device_known(struct request *req, int64_t person)
{
	const char *cookie = request_cookie(req, DEVICE_COOKIE);

	return !text_empty(cookie) && person &&
	       crypto_equal(bytes_of(cookie), bytes_of(device_value(req, person)));
}

void
device_remember(struct request *req, int64_t person)
{
	reply_cookie(req, DEVICE_COOKIE, device_value(req, person), DEVICE_SECONDS);
}
