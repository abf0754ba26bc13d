/* totp.c: codes that change every 30 seconds, see totp.h. */
#include "portal/totp.h"

#include "data/crypto.h"

#define MILLION 1000000U

int64_t
totp_step(instant t)
{
	return t / TOTP_STEP;
}

/* RFC 4226, 5.3: four bytes of the hash, from where its last half byte says. */
unsigned
totp_code(struct bytes secret, int64_t step)
{
	unsigned char counter[8], mac[SHA1_BYTES];
	uint64_t n = (uint64_t)step;
	uint32_t number = 0;

	for (int i = 7; i >= 0; i--, n >>= 8)
		counter[i] = (unsigned char)n;
	crypto_hmac_sha1(secret, (struct bytes){ counter, sizeof counter }, mac);
	for (unsigned i = 0, at = mac[SHA1_BYTES - 1] & 15U; i < 4; i++)
		number = number << 8 | mac[at + i];
	crypto_wipe(mac, sizeof mac);
	return (number & 0x7FFFFFFFU) % MILLION;
}

bool
totp_read(struct arena *arena, const char *typed, unsigned *ret)
{
	unsigned number = 0, digits = 0;

	for (const char *p = text_digits(arena, typed); *p; p++) {
		if (*p == ' ' || *p == '-')
			continue;
		if (*p < '0' || *p > '9' || ++digits > TOTP_DIGITS)
			return false;
		number = number * 10 + (unsigned)(*p - '0');
	}
	*ret = number;
	return digits == TOTP_DIGITS;
}

/* Every step is tried, whichever fits, so that the time taken tells nothing. */
enum totp_answer
totp_check(
    struct bytes secret, unsigned code, instant now, int64_t last_step, int64_t *ret_step)
{
	enum totp_answer answer = TOTP_WRONG;
	int64_t here = totp_step(now);

	for (int64_t step = here - TOTP_WINDOW - TOTP_LATE; step <= here + TOTP_WINDOW;
	     step++) {
		if (totp_code(secret, step) != code || answer == TOTP_RIGHT)
			continue;
		if (step < here - TOTP_WINDOW) {
			answer = TOTP_LATE_CODE;
		} else if (step <= last_step) {
			answer = TOTP_USED;
		} else {
			answer = TOTP_RIGHT;
			*ret_step = step;
		}
	}
	return answer;
}

const char *
totp_base32(struct arena *arena, struct bytes secret, bool grouped)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf text = buf_new(arena);
	unsigned held = 0, bits = 0, letters = 0;

	for (size_t i = 0; i < secret.n || bits > 0;) {
		if (bits < 5 && i < secret.n) {
			held = (held << 8 | secret.p[i++]) & 0xFFFFU;
			bits += 8;
		} else if (bits < 5) {
			held <<= 5 - bits;
			bits = 5;
		}
		if (grouped && letters && letters % 4 == 0)
			buf_char(&text, ' ');
		bits -= 5;
		letters++;
		buf_char(&text, alphabet[held >> bits & 31U]);
	}
	return text.p ? text.p : "";
}

const char *
totp_uri(struct arena *arena, struct bytes secret, const char *issuer, const char *account)
{
	const char *name = url_encode(arena, issuer);

	return text_printf(arena,
	    "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=30", name,
	    url_encode(arena, account), totp_base32(arena, secret, false), name, TOTP_DIGITS);
}
