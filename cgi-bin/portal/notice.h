/*
 * notice.h: delivering notices (common/data/notice.h), inside portal. The worker takes what every
 * outbox holds into `notice_delivery`, a row for each way, and delivers each row: by mail to the
 * person, or to a webhook of the configuration. Rules: README 41 to 47.
 */
#ifndef KEPTWORD_PORTAL_NOTICE_H
#define KEPTWORD_PORTAL_NOTICE_H

#include "data/crypto.h"
#include "data/job.h"

#define NOTICE_MAIL "mail" /* the channel of mails; webhooks have the names that they were given */

/* ---- A kind whose link cannot stand in an outbox, because it signs somebody in or works once:
 * path makes it (and its row) in the delivery's transaction, anew at each try. The table is in
 * notice_link.c. ---- */
struct notice_link {
	const char *kind; /* NULL ends the table */
	const char *(*path)(struct db *db, int64_t person, const char *detail);
};
extern const struct notice_link NOTICE_LINKS[];

/* One delivery that this process has claimed, and for mails whom it is for. */
struct delivery {
	int64_t id;
	struct id public_id;
	const char *source, *channel, *kind, *topic, *path, *detail, *owner;
	int64_t outbox, person;
	instant created, expires;
	int attempts;
	struct id person_id;
	const char *email, *name, *locale, *zone;
	bool active; /* the person's account */
	bool off;    /* the person does not want mails of this topic */
};

/* What became of a try. */
struct outcome {
	enum outcome_kind {
		NOTICE_SENT,
		NOTICE_AGAIN,  /* this one later, the channel goes on */
		NOTICE_PAUSE,  /* the channel later, this try does not count */
		NOTICE_FAILED, /* never: reason */
		NOTICE_SKIPPED
	} kind;
	bool ill;           /* the channel gets a pause as well */
	bool told;          /* its rows are written already, in a transaction of its own */
	const char *reason; /* code, of FAILED and SKIPPED */
	const char *why;    /* what the other server said; NULL: nothing */
};

/* notice_take.c: takes new rows of every outbox, at most some hundred. How many, -1 after a
 * failure. */
int notice_take(struct db *db);

/* notice_send.c: jobs of the worker. deliver: every second; tidy: every hour. */
enum status notice_deliver(struct db *db, struct job *job);
enum status notice_tidy(struct db *db, struct job *job);
/* The end of a delivery in a transaction that the caller runs; E_CONFLICT when the claim is
 * lost. */
enum status notice_done(struct db *db, const struct delivery *delivery, const char *state,
    const char *reason, const char *why);

/* notice_words.c: a notice in the words of one reader. */
struct notice_text {
	const char *locale, *subject, *greeting, *text, *action, *url;
	const char *hint;               /* beside the bare address */
	const char *why;                /* why it is sent */
	const char *stop, *stop_url;    /* how to get no more of it; NULL: it is always sent */
};
/* path: the address within this site. False when the words files have no such kind. */
bool notice_text_make(struct arena *arena, const struct delivery *delivery, const char *path,
    struct notice_text *ret);
const char *notice_plain(struct arena *arena, const struct notice_text *text);
MUST_USE enum status notice_html(
    struct arena *arena, const struct notice_text *text, const char **ret);
/* May people turn this topic off? */
bool notice_optional(const char *topic);

/* notice_mail.c */
struct smtp;
struct outcome notice_mail_send(struct db *db, struct smtp *smtp, const struct delivery *delivery);
/* Are mails put into the demo's outbox page instead of being sent? Are they sent at all? */
bool notice_mail_demo(void);

/* notice_hook.c: targets of CONFIG_WEBHOOKS. */
struct hook {
	const char *name, *url, *secret_file;
	char **kinds; /* "payments.*", "hdm.contact_overdue" */
	size_t n_kinds;
};
/* Reads the file anew. *ret_fault (may be NULL): a sentence about the first line that cannot be
 * used; the others count. */
const struct hook *notice_hooks(struct arena *arena, size_t *ret_n, const char **ret_fault);
bool notice_hook_wants(const struct hook *hook, const char *kind);
struct outcome notice_hook_send(
    struct db *db, const struct hook *hook, const struct delivery *delivery);

/* notice_sign.c: links that work without signing in, or that only we can have made. */
const char *notice_stop_path(struct arena *arena, struct id person, const char *topic);
const char *notice_take_up_path(struct arena *arena, struct id delivery);
/* False when the token is not ours. */
MUST_USE bool notice_stop_read(
    struct arena *arena, const char *token, struct id *ret_person, const char **ret_topic);
MUST_USE bool notice_take_up_read(struct arena *arena, const char *token, struct id *ret);

#endif
