/* mail.c: a mail as bytes, see mail.h. */
#include "doc/mail.h"

#include "data/crypto.h"

#include <string.h>

#define COLUMNS 76
#define WORD_BYTES \
	39 /* in one encoded word: 52 letters and 12 around them, behind "Subject: " */
#define ADDRESS_MOST 254
#define PLAIN_WORD 60 /* a longer ASCII header is encoded too, so that it can be folded */

bool
mail_address_fine(const char *address)
{
	size_t n = text_empty(address) ? 0 : strlen(address);
	const char *at = n ? strchr(address, '@') : NULL;

	if (n > ADDRESS_MOST || !at || at == address || at[1] == '\0' || strchr(at + 1, '@'))
		return false;
	for (const char *p = address; *p; p++)
		if (*p <= ' ' || *p > '~' || strchr("<>()[]\\,;:\"", *p))
			return false;
	return true;
}

/* ---- Headers ---- */

static void
base64(struct buf *buf, const unsigned char *p, size_t n)
{
	static const char LETTERS[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned three = (unsigned)p[i] << 16;

		three |= i + 1 < n ? (unsigned)p[i + 1] << 8 : 0;
		three |= i + 2 < n ? (unsigned)p[i + 2] : 0;
		buf_char(buf, LETTERS[three >> 18]);
		buf_char(buf, LETTERS[three >> 12 & 63]);
		buf_add(buf, i + 1 < n ? &LETTERS[three >> 6 & 63] : "=", 1);
		buf_add(buf, i + 2 < n ? &LETTERS[three & 63] : "=", 1);
	}
}

/* Where the next encoded word ends: whole characters only. */
static size_t
word_length(const char *text)
{
	const char *p = text, *end = text;

	while (*p) {
		(void)text_next(&p);
		if ((size_t)(p - text) > WORD_BYTES)
			break;
		end = p;
	}
	return (size_t)(end - text);
}

static bool
is_plain(const char *text)
{
	for (const char *p = text; *p; p++)
		if (*p < ' ' || *p > '~')
			return false;
	return strlen(text) <= PLAIN_WORD && !strstr(text, "=?");
}

/* Free text of a header; more than one encoded word makes more than one line. */
static void
header_words(struct buf *buf, const char *text)
{
	if (is_plain(text)) {
		buf_text(buf, text);
		return;
	}
	for (const char *p = text; *p;) {
		size_t n = word_length(p);

		buf_printf(buf, "%s=?UTF-8?B?", p == text ? "" : "\r\n ");
		base64(buf, (const unsigned char *)p, n);
		buf_text(buf, "?=");
		p += n;
	}
}

/* "Wed, 25 Nov 2026 08:40:00 +0000" */
static void
header_date(struct buf *buf, instant at)
{
	static const char *const DAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	day d = day_in_zone(at, "UTC");
	struct ymd ymd = day_ymd(d);
	int minute = minute_in_zone(at, "UTC");

	buf_printf(buf, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n",
	    DAYS[day_weekday(d) - 1], ymd.day, MONTHS[ymd.month - 1], ymd.year, minute / 60,
	    minute % 60, (int)(at % MINUTE / SECOND));
}

static void
headers(struct buf *buf, const struct mail *mail)
{
	header_date(buf, mail->at);
	buf_text(buf, "From: ");
	if (mail->from_name) {
		/* Always encoded: a name may hold what a phrase may not. */
		for (const char *p = mail->from_name; *p;) {
			size_t n = word_length(p);

			buf_text(buf, "=?UTF-8?B?");
			base64(buf, (const unsigned char *)p, n);
			buf_text(buf, "?=\r\n ");
			p += n;
		}
	}
	buf_printf(buf, "<%s>\r\nTo: <%s>\r\nSubject: ", mail->from, mail->to);
	header_words(buf, mail->subject);
	buf_printf(buf,
	    "\r\nMessage-ID: <%s>\r\nContent-Language: %s\r\nAuto-Submitted: "
	    "auto-generated\r\n",
	    mail->id, mail->language);
	if (mail->unsubscribe)
		buf_printf(buf,
		    "List-Unsubscribe: <%s>\r\n"
		    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		    mail->unsubscribe);
	buf_text(buf, "MIME-Version: 1.0\r\n");
}

/* ---- Bodies ---- */

/* RFC 2045 6.7: a line of at most 76 with the "=" that breaks it; a blank at a line's end is
 * encoded, and so is what a mailbox file or SMTP would take for its own ("From ", "."). */
static void
quoted(struct buf *buf, const char *text)
{
	static const char HEX[] = "0123456789ABCDEF";
	size_t column = 0;

	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p == '\n') {
			buf_text(buf, "\r\n");
			column = 0;
			continue;
		}
		bool last = p[1] == '\n' || p[1] == '\0';
		bool plain = (*p > ' ' && *p <= '~' && *p != '=') ||
			     ((*p == ' ' || *p == '\t') && !last);
		if (column == 0 && (*p == '.' || *p == 'F'))
			plain = false;
		size_t width = plain ? 1 : 3;
		if (column + width > COLUMNS - 1) {
			buf_text(buf, "=\r\n");
			column = 0;
			if (*p == '.' || *p == 'F') {
				plain = false;
				width = 3;
			}
		}
		if (plain) {
			buf_char(buf, (char)*p);
		} else {
			char three[3] = { '=', HEX[*p >> 4], HEX[*p & 15] };
			buf_add(buf, three, sizeof three);
		}
		column += width;
	}
	buf_text(buf, "\r\n");
}

static void
part(struct buf *buf, const char *boundary, const char *type, const char *text)
{
	buf_printf(buf,
	    "--%s\r\nContent-Type: %s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
	    boundary, type);
	quoted(buf, text_lines(buf->arena, text));
}

/* No byte that ends or breaks a line. Direction marks are fine: they are inside encoded words,
 * and a right-to-left subject needs them around its names. */
static bool
header_fine(const char *text)
{
	if (!text || !text_valid(text, strlen(text), NULL))
		return false;
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == '\x7f')
			return false;
	return true;
}

enum status
mail_make(struct arena *arena, const struct mail *mail, struct bytes *ret)
{
	struct buf buf = buf_new(arena);
	/* "=_" cannot stand in quoted-printable. Of the id, so that a repetition is the same.
	 */
	unsigned char hash[SHA256_BYTES];
	const char *boundary;

	if (!mail_address_fine(mail->from) || !mail_address_fine(mail->to) ||
	    !mail_address_fine(mail->id) || !header_fine(mail->subject) ||
	    !header_fine(mail->language) ||
	    (mail->from_name && !header_fine(mail->from_name)) ||
	    (mail->unsubscribe &&
		(!header_fine(mail->unsubscribe) || strpbrk(mail->unsubscribe, "<> "))))
		return E_INPUT;
	crypto_sha256(bytes_of(mail->id), hash);
	boundary = text_printf(arena, "=_%s", hex_text(arena, (struct bytes){ hash, 12 }));
	headers(&buf, mail);
	buf_printf(
	    &buf, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
	part(&buf, boundary, "text/plain", mail->plain);
	part(&buf, boundary, "text/html", mail->html);
	buf_printf(&buf, "--%s--\r\n", boundary);
	*ret = (struct bytes){ (const unsigned char *)buf.p, buf.n };
	return OK;
}
