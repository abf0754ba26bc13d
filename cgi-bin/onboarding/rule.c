/*
 * rule.c: see rule.h. ICU's folding data is shared and never freed; nothing else is owned.
 */
#include "onboarding/rule.h"

#include "base/text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define CODE_GROUP 5

/* A name for comparing: NFKC with case folded, blanks at the ends gone, each run of blanks one.
 * NULL when it is no text or ICU has no memory. */
static const UChar *
folded(struct arena *arena, const char *name, int32_t *ret_n)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
	int32_t room = (int32_t)strlen(name) + 1;
	UChar *utf16 = arena_array_of(arena, UChar, (size_t)room);
	/* The longest that one UTF-16 unit can fold to is 18 units. */
	int32_t wide = room * 18;
	UChar *out = arena_array_of(arena, UChar, (size_t)wide);
	int32_t n = 0, used = 0;

	u_strFromUTF8(utf16, room, &n, name, -1, &error);
	n = unorm2_normalize(fold, utf16, n, out, wide, &error);
	if (U_FAILURE(error))
		return NULL;
	for (int32_t i = 0; i < n; i++) {
		bool blank = u_isUWhiteSpace(out[i]);

		if (blank && (used == 0 || out[used - 1] == ' '))
			continue;
		out[used++] = blank ? ' ' : out[i];
	}
	if (used && out[used - 1] == ' ')
		used--;
	*ret_n = used;
	return out;
}

bool
rule_same_name(struct arena *arena, const char *typed, const char *legal)
{
	int32_t n = 0, m = 0;
	const UChar *a = folded(arena, typed, &n);
	const UChar *b = folded(arena, legal, &m);

	return a && b && n > 0 && n == m && !u_memcmp(a, b, n);
}

int64_t
rule_days_waiting(instant since, instant now)
{
	return now > since ? (now - since) / DAY_LENGTH : 0;
}

bool
rule_offer_open(const char *state, instant expires_at, instant now)
{
	return (text_is(state, "sent") || text_is(state, "viewed")) && now < expires_at;
}

bool
rule_may_undo(const char *state, instant declined_at, instant now)
{
	return text_is(state, "declined") && now - declined_at < UNDO_WITHIN;
}

void
rule_code_hash(struct id code, unsigned char out[SHA256_BYTES])
{
	crypto_sha256((struct bytes){ code.b, sizeof code.b }, out);
}

const char *
rule_code_spaced(struct arena *arena, struct id code)
{
	const char *text = id_text(arena, code);
	struct buf spaced = buf_new(arena);

	for (int i = 0; i < ID_TEXT; i++) {
		if (i && i % CODE_GROUP == 0 && ID_TEXT - i > 1)
			buf_char(&spaced, ' ');
		buf_char(&spaced, text[i]);
	}
	return spaced.p;
}

void
rule_secret(const struct key *key, const char *what, struct id submission,
    unsigned char out[SHA256_BYTES])
{
	unsigned char message[64 + ID_BYTES];
	size_t n = 0;

	for (; what[n] && n < sizeof message - ID_BYTES; n++)
		message[n] = (unsigned char)what[n];
	memcpy(message + n, submission.b, ID_BYTES);
	crypto_hmac((struct bytes){ key->secret, sizeof key->secret },
	    (struct bytes){ message, n + ID_BYTES }, out);
}
