/*
 * mail.h: a mail as bytes (RFC 5322, MIME multipart/alternative): the same words plain and as
 * HTML. Lines end with CRLF and have at most 76 columns; headers that are not ASCII are encoded
 * words (RFC 2047), bodies quoted-printable, so no server on the way has to change it.
 */
#ifndef KEPTWORD_MAIL_H
#define KEPTWORD_MAIL_H

#include "base/text.h"
#include "base/time.h"

struct mail {
	const char *id;          /* stable: a receiver drops a second one of it; "x@host" */
	const char *from, *from_name;
	const char *to;
	const char *subject;
	const char *language;    /* BCP 47 */
	const char *plain, *html;
	const char *unsubscribe; /* address for one click (RFC 8058); NULL: none */
	instant at;
};

/* Can a mail be sent to (or from) it? One '@', printable ASCII without blanks, brackets, quotes,
 * commas and colons, at most 254 bytes: what breaks out of a header or of SMTP's lines is none. */
bool mail_address_fine(const char *address);

/* E_INPUT when an address is not fine or a header would hold a line end or another control. */
MUST_USE enum status mail_make(struct arena *arena, const struct mail *mail, struct bytes *ret);

#endif
