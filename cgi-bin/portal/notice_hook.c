/*
 * notice_hook.c: notices to webhook targets: a chat, a pager, an SMS gateway. Targets stand in
 * the file CONFIG_WEBHOOKS, read anew each time, one a line:
 *
 *     # name   address                          file of the secret       kinds
 *     pager    https://pager.example.org/in     /etc/keptword/pager.key
 * hdm.*,payments.run_failed
 *
 * What is sent and how a receiver checks it: README, "Webhooks".
 */
#include "base/config.h"
#include "base/secret.h"
#include "base/text.h"
#include "doc/http.h"
#include "portal/notice.h"
#include "web/face.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#define FILE_MOST ((size_t)64 * 1024)
#define HOOKS_MOST 16
#define NAME_MOST 40
#define WAIT_MS 5000
#define ANSWER_MOST ((size_t)16 * 1024)

/* ---- The file of targets ---- */

static bool
file_read(struct arena *arena, const char *path, char **ret)
{
	char *text = arena_alloc(arena, FILE_MOST + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	ssize_t got = fd < 0 ? -1 : 1;

	while (got > 0 && n < FILE_MOST) {
		got = read(fd, text + n, FILE_MOST - n);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			n += (size_t)got;
	}
	if (fd >= 0)
		(void)close(fd);
	*ret = text;
	return got >= 0 && n < FILE_MOST && text_valid(text, n, NULL);
}

/* The next word of a line, *at behind it; "" at the end. */
static const char *
word_next(struct arena *arena, const char **at)
{
	const char *begin = *at + strspn(*at, " \t");
	size_t n = strcspn(begin, " \t");

	*at = begin + n;
	return arena_copy(arena, begin, n);
}

static bool
name_fine(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n <= NAME_MOST && !text_is(name, NOTICE_MAIL) &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

static bool
line_read(struct arena *arena, const char *line, struct hook *ret)
{
	const char *at = line;

	ret->name = word_next(arena, &at);
	ret->url = word_next(arena, &at);
	ret->secret_file = word_next(arena, &at);
	ret->kinds = text_split(arena, word_next(arena, &at), ',', &ret->n_kinds);
	return name_fine(ret->name) && *ret->url && *ret->secret_file && *ret->kinds[0];
}

const struct hook *
notice_hooks(struct arena *arena, size_t *ret_n, const char **ret_fault)
{
	struct hook *hooks = arena_array_of(arena, struct hook, HOOKS_MOST);
	const char *path = config_text(CONFIG_WEBHOOKS), *fault = NULL;
	char *text = NULL, **lines;
	size_t n = 0, n_lines = 0;

	if (*path && !file_read(arena, path, &text)) {
		text = NULL;
		fault = "file";
	}
	lines = text ? text_split(arena, text_lines(arena, text), '\n', &n_lines) : NULL;
	for (size_t i = 0; i < n_lines; i++) {
		const char *line = text_trim(arena, lines[i]);

		if (*line == '\0' || *line == '#')
			continue;
		if (n < HOOKS_MOST && line_read(arena, line, &hooks[n]))
			n++;
		else if (!fault)
			fault = text_printf(arena, "%zu", i + 1);
	}
	*ret_n = n;
	if (ret_fault)
		*ret_fault = fault;
	return hooks;
}

bool
notice_hook_wants(const struct hook *hook, const char *kind)
{
	for (size_t i = 0; i < hook->n_kinds; i++) {
		const char *wanted = hook->kinds[i];
		size_t n = strlen(wanted);

		if (text_is(wanted, kind) ||
		    (n > 0 && wanted[n - 1] == '*' && strncmp(wanted, kind, n - 1) == 0))
			return true;
	}
	return false;
}

/* ---- One call ---- */

static void
drop(void *arg)
{
	json_decref(arg);
}

static const char *
body_make(struct arena *arena, const struct delivery *delivery)
{
	struct notice_text text;
	const char *take_up = notice_take_up_path(arena, delivery->public_id);
	struct delivery english = *delivery;
	json_t *body;
	char *dumped;

	english.locale = "en";
	english.name = "";
	if (!notice_text_make(arena, &english, delivery->path, &text))
		return NULL;
	body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "id",
	    id_text(arena, delivery->public_id), "kind", delivery->kind, "at",
	    instant_iso(arena, delivery->created), "subject", text.subject, "text", text.text,
	    "url", text.url, "acknowledge_url",
	    text_printf(arena, "%s%s", face_of_path(take_up), take_up));
	if (!body)
		return NULL;
	arena_hook(arena, drop, body);
	dumped = json_dumps(body, JSON_COMPACT);
	const char *copy = dumped ? text_copy(arena, dumped) : NULL;
	/* jansson's own memory; plugins' is in the arena. */
	if (dumped) {
		json_malloc_t unused;
		json_free_t give_back;
		json_get_alloc_funcs(&unused, &give_back);
		give_back(dumped);
	}
	return copy;
}

/* 408, 425 and 429 ask to come again; other 4xx will not become better. */
static bool
for_good(int status)
{
	return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
}

static struct outcome
judge(
    struct arena *arena, enum status status, const struct http_answer *answer, const char *why)
{
	struct outcome outcome = { NOTICE_AGAIN, .ill = true, .why = why };

	if (status == E_INPUT)
		return (struct outcome){ NOTICE_AGAIN, .ill = true,
			.why =
			    "The address may not be asked: https, or http to this machine." };
	if (status == E_LIMIT)
		return (struct outcome){ NOTICE_SENT }; /* it answered, at length */
	if (status != OK)
		return (struct outcome){ NOTICE_PAUSE, .why = why };
	outcome.why = text_printf(arena, "Answer %d", answer->status);
	if (answer->status >= 200 && answer->status < 300)
		return (struct outcome){ NOTICE_SENT };
	if (for_good(answer->status)) {
		outcome.kind = NOTICE_FAILED;
		outcome.reason = "refused";
	}
	return outcome;
}

/* "v1=<hex>" of the present secret, then ",v1=<hex>" of the one before, while it stands in the
 * file: a receiver that has either believes it. NULL: the file cannot be read. */
static const char *
signatures(struct arena *arena, const struct hook *hook, const char *at, const char *body)
{
	struct bytes text = bytes_of(text_printf(arena, "%s.%s", at, body));
	const char *present, *before;
	unsigned char mac[SHA256_BYTES];

	if (secret_read(arena, hook->secret_file, &present) != OK)
		return NULL;
	crypto_hmac(bytes_of(present), text, mac);
	const char *all =
	    text_printf(arena, "v1=%s", hex_text(arena, (struct bytes){ mac, sizeof mac }));
	if (secret_read_before(arena, hook->secret_file, &before) != OK)
		return all;
	crypto_hmac(bytes_of(before), text, mac);
	return text_printf(
	    arena, "%s,v1=%s", all, hex_text(arena, (struct bytes){ mac, sizeof mac }));
}

struct outcome
notice_hook_send(struct db *db, const struct hook *hook, const struct delivery *delivery)
{
	struct arena *arena = db_arena(db);
	const char *body = body_make(arena, delivery);
	const char *why = "";
	const char *at = text_printf(arena, "%lld", (long long)(time_now() / SECOND));
	struct http_answer answer;

	if (!body)
		return (struct outcome){ NOTICE_FAILED, .reason = "no_words" };
	const char *signature = signatures(arena, hook, at, body);
	if (!signature)
		return (struct outcome){ NOTICE_PAUSE,
			.why = "The file of the secret cannot be read." };
	struct http_header headers[] = {
		{ "Keptword-Delivery", id_text(arena, delivery->public_id) },
		{ "Keptword-Timestamp", at },
		{ "Keptword-Signature", signature },
		{ 0 },
	};
	struct http_call call = {
		.url = hook->url,
		.headers = headers,
		.content_type = "application/json",
		.body = bytes_of(body),
		.wait = WAIT_MS,
		.most = ANSWER_MOST,
	};
	enum status status = http_ask(arena, &call, &answer, &why);

	return judge(arena, status, &answer, why);
}
