/*
 * notice_mail.c: one notice as a mail. Who may not or does not want to get it, gets none; a
 * link that is made for it is committed before it is sent. In a demo without a mail server it
 * is put on the page /demo/outbox instead, in the same transaction as the delivery's end.
 */
#include "base/config.h"
#include "base/text.h"
#include "doc/mail.h"
#include "doc/smtp.h"
#include "portal/links.h"
#include "portal/notice.h"
#include "web/language.h"

#include <string.h>

static const struct stmt DEMO_ADD = { "INSERT INTO demo_mail (public_id, person_id, kind, "
				      "locale, subject, body, html, action,"
				      " url, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" };

struct making {
	const struct delivery *delivery;
	bool demo;  /* put it on the page and end the delivery here */
	bool known; /* there are words for it */
	bool over;  /* its link is not to be made any more */
	const char *to;
	struct notice_text text;
	const char *plain, *html;
};

bool
notice_mail_demo(void)
{
	return config_on(CONFIG_DEMO) && !smtp_wanted();
}

static const char *
path_of(struct db *db, const struct delivery *delivery)
{
	for (const struct notice_link *link = NOTICE_LINKS; link->kind; link++)
		if (text_is(link->kind, delivery->kind))
			return link->path(db, delivery->person, delivery->detail);
	return delivery->path;
}

static enum status
demo_put(struct db *db, const struct making *making)
{
	const struct delivery *delivery = making->delivery;
	const struct notice_text *text = &making->text;

	db_write(db, &DEMO_ADD, v_bytes(delivery->public_id.b, ID_BYTES),
	    v_int(delivery->person), v_text(delivery->kind), v_text(text->locale),
	    v_text(text->subject), v_text(making->plain), v_text(making->html),
	    v_text(text->action), v_text(text->url), v_instant(time_now()));
	return notice_done(db, delivery, "sent", NULL, NULL);
}

static enum status
make(struct db *db, void *arg)
{
	struct making *making = arg;
	struct arena *arena = db_arena(db);
	const struct delivery *delivery = making->delivery;
	const char *path = path_of(db, delivery);
	const char *to = link_address(db, arena, delivery->person, delivery->kind);

	making->to = to ? to : delivery->email;
	making->over = !path && db_status(db) == OK;
	making->known = path && notice_text_make(arena, delivery, path, &making->text);
	if (!making->known)
		return db_status(db);
	making->plain = notice_plain(arena, &making->text);
	if (notice_html(arena, &making->text, &making->html) != OK)
		return E_FAULT;
	return making->demo ? demo_put(db, making) : db_status(db);
}

static struct outcome
mail_hand_over(struct arena *arena, struct smtp *smtp, const struct making *making)
{
	const struct delivery *delivery = making->delivery;
	const char *from = config_text(CONFIG_MAIL_FROM), *why = NULL;
	struct mail mail = {
		.id = text_printf(arena, "%s%s", id_text(arena, delivery->public_id),
		    strchr(from, '@') ? strchr(from, '@') : ""),
		.from = from,
		.from_name = config_text(CONFIG_ORGANISATION),
		.to = making->to,
		.subject = making->text.subject,
		.language = language_attribute(making->text.locale),
		.plain = making->plain,
		.html = making->html,
		.unsubscribe = making->text.stop_url,
		.at = delivery->created,
	};
	struct bytes bytes;

	if (mail_make(arena, &mail, &bytes) != OK)
		return (struct outcome){ NOTICE_FAILED, .reason = "not_a_mail" };
	switch (smtp_send(smtp, from, making->to, bytes, &why)) {
	case OK:
		return (struct outcome){ NOTICE_SENT };
	case E_INPUT:
		return (struct outcome){ NOTICE_FAILED, .reason = "refused", .why = why };
	case E_BUSY:
		return (struct outcome){ NOTICE_AGAIN, .why = why };
	default:
		return (struct outcome){ NOTICE_PAUSE, .why = why };
	}
}

struct outcome
notice_mail_send(struct db *db, struct smtp *smtp, const struct delivery *delivery)
{
	struct making making = { .delivery = delivery, .demo = notice_mail_demo() };

	if (!delivery->active)
		return (struct outcome){ NOTICE_SKIPPED, .reason = "disabled" };
	if (delivery->off)
		return (struct outcome){ NOTICE_SKIPPED, .reason = "turned_off" };
	switch (db_transact(db, make, NULL, &making)) {
	case OK:
		break;
	case E_CONFLICT: /* somebody else has the claim by now */
		return (struct outcome){ NOTICE_SENT, .told = true };
	default:
		return (struct outcome){ NOTICE_AGAIN, .why = "The database did not answer." };
	}
	if (making.over)
		return (struct outcome){ NOTICE_SKIPPED, .reason = "not_any_more" };
	if (!mail_address_fine(making.to))
		return (struct outcome){ NOTICE_FAILED, .reason = "no_address" };
	if (!making.known)
		return (struct outcome){ NOTICE_FAILED, .reason = "no_words" };
	if (making.demo)
		return (struct outcome){ NOTICE_SENT, .told = true };
	return mail_hand_over(db_arena(db), smtp, &making);
}
