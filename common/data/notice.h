/*
 * notice.h: what people are told outside the pages: by mail, or by a webhook to a chat, pager or
 * SMS gateway.
 *
 * A notice is a row of the plugin's own table `outbox`, written in the transaction of what it
 * tells, so there is no effect without its notice and no notice without its effect. It holds a
 * code and values. The words stand in templates/ and are chosen when it is delivered, in the
 * language of the person; the address is looked up then, by portal's worker, the one program that
 * knows addresses and mail servers. A link that signs somebody in is made then as well and
 * stands in no outbox.
 */
#ifndef KEPTWORD_NOTICE_H
#define KEPTWORD_NOTICE_H

#include "data/db.h"

/* What it is about; a person may turn off those that are marked. The list and the ENUM in
 * sql/common/outbox.sql say the same. */
enum notice_topic {
	NOTICE_ACCOUNT,  /* signing in, passwords: always */
	NOTICE_WORK,     /* applications, offers, agreements: always */
	NOTICE_PAY,      /* statements, what is in dispute: always */
	NOTICE_SURVEY,   /* invitations to surveys: may be turned off */
	NOTICE_REMINDER, /* what waits for you: may be turned off */
	NOTICE_STAFF,    /* what happens at work to who works here: may be turned off */
	NOTICE_TOPIC_MAX
};
/* "account" ... as stored. */
const char *notice_topic_name(enum notice_topic topic);

struct notice {
	const char *kind;        /* "payments.statement_issued": its words are notice.<kind>.* */
	enum notice_topic topic;
	int64_t person;          /* to whom; 0: webhooks only */
	const char *path;        /* the one thing to do: "/payments/statements/x"; NULL: "/" */
	const char *detail;      /* JSON object of texts and integers for {names} in the words; a
	                            member "day" (or any that ends in _day): "2026-12-04", "period":
	                            "2026-11-02/2026-11-15" or "money": "12345 EUR" is written as the
	                            reader writes it; NULL: none. Never free text of people. */
	const char *key;         /* unique per kind: adding it again adds nothing; NULL: none */
	instant not_before;      /* 0: at once */
	int expires_days;        /* after which it is not delivered any more; 0: 7 */
};

/* Adds a notice in the running transaction. Failure sticks to the lease. */
void notice_add(struct db *db, const struct notice *notice);

/* The same for everybody who holds one of these roles (a mask of web/role.h) and has an account
 * that counts, a mail each; and with webhooks once for nobody in particular, so that they hear it
 * too. notice->person does not count; a key is unique for each of them. */
void notice_add_roles(
    struct db *db, const struct notice *notice, int64_t roles, bool webhooks);

/* What notices are kept for (retention.c); whoever delivers takes none that is nearly as old, so none
 * that is deleted there can be missed or told again. */
#define NOTICE_KEPT_DAYS 90
#define NOTICE_KEPT (NOTICE_KEPT_DAYS * DAY_LENGTH)

#endif
