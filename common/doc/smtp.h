/*
 * smtp.h: hands mails to the mail server of the configuration (CONFIG_MAIL_*), by libcurl.
 *
 * smtps:// is encrypted from the beginning, smtp:// has to become so by STARTTLS; only to a
 * loopback address it may stay plain. Certificates are checked against CONFIG_CA_FILE (empty: the
 * system's). One connection serves all mails of a struct smtp.
 */
#ifndef KEPTWORD_SMTP_H
#define KEPTWORD_SMTP_H

#include "base/text.h"

/* Is there a mail server? And can its configuration be used (address, sender, password file)?
 * ret_why (may be NULL): a sentence for who runs the system. */
bool smtp_wanted(void);
MUST_USE enum status smtp_check(struct arena *arena, const char **ret_why);

/* The connection is made by the first mail and ended with the arena. */
struct smtp;
struct smtp *smtp_open(struct arena *arena) __attribute__((returns_nonnull));

/* OK: the server has taken the mail. E_INPUT: it refuses this mail for good (5xx for the receiver
 * or the text). E_BUSY: it refuses this one for now (4xx). E_AWAY: no mail can be sent now
 * (unreachable, no answer in time, no encryption, signing in or the sender refused); also when
 * the answer to a whole mail did not come, so it may have been taken. *ret_why: what the server
 * said last, valid as long as the arena. Waits at most 10 s, 3 s of them for a connection;
 * not for the end of a connection. */
MUST_USE enum status smtp_send(struct smtp *smtp, const char *from, const char *to,
    struct bytes mail, const char **ret_why);

#endif
