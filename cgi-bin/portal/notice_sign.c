/*
 * notice_sign.c: addresses with a mark that only this system can make: HMAC-SHA-256 under the
 * key file "notices", its first 128 bits. They hold nothing secret and do one harmless thing
 * each: turn a topic of one person's mails off, or show a notice to who is signed in.
 */
#include "base/text.h"
#include "portal/notice.h"

#include <string.h>

#define KEY "notices"

/* "" when there is no key: no address is made, none is taken. */
static const char *
mark(struct arena *arena, const char *what, const char *of)
{
	unsigned char hash[SHA256_BYTES];
	struct key key;
	struct id id;
	const char *text = text_printf(arena, "%s:%s", what, of);

	if (crypto_key(KEY, true, &key) != OK)
		return "";
	crypto_hmac((struct bytes){ key.secret, sizeof key.secret }, bytes_of(text), hash);
	crypto_wipe(&key, sizeof key);
	memcpy(id.b, hash, ID_BYTES);
	return id_text(arena, id);
}

/* Parts "subject-mark"; the subject when the mark is right, else NULL. */
static const char *
checked(struct arena *arena, const char *what, const char *token)
{
	const char *dash = strrchr(token, '-');
	const char *subject, *right;

	if (!dash || dash[1] == '\0')
		return NULL;
	subject = arena_copy(arena, token, (size_t)(dash - token));
	right = mark(arena, what, subject);
	return crypto_equal(bytes_of(right), bytes_of(dash + 1)) ? subject : NULL;
}

const char *
notice_stop_path(struct arena *arena, struct id person, const char *topic)
{
	const char *subject = text_printf(arena, "%s-%s", id_text(arena, person), topic);

	return text_printf(arena, "/unsubscribe/%s-%s", subject, mark(arena, "stop", subject));
}

bool
notice_stop_read(
    struct arena *arena, const char *token, struct id *ret_person, const char **ret_topic)
{
	const char *subject = checked(arena, "stop", token);
	const char *dash = subject ? strchr(subject, '-') : NULL;

	if (!dash ||
	    !id_parse(arena_copy(arena, subject, (size_t)(dash - subject)), ret_person))
		return false;
	*ret_topic = dash + 1;
	return notice_optional(dash + 1);
}

const char *
notice_take_up_path(struct arena *arena, struct id delivery)
{
	const char *subject = id_text(arena, delivery);

	return text_printf(
	    arena, "/staff/notices/told/%s-%s", subject, mark(arena, "take-up", subject));
}

bool
notice_take_up_read(struct arena *arena, const char *token, struct id *ret)
{
	const char *subject = checked(arena, "take-up", token);

	return subject && id_parse(subject, ret);
}
