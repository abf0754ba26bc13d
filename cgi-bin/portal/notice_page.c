/*
 * notice_page.c: /staff/notices, how deliveries are, for an administrator: each channel with
 * what waits and what went wrong, a test of each, what could not be delivered, and trying that
 * again. And /staff/notices/told/:token, the link that a webhook's receiver gets: who of the
 * staff looks after it.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/notice.h"
#include "doc/smtp.h"
#include "portal/notice.h"
#include "portal/notice_pages.h"
#include "web/page.h"
#include "web/words.h"

#define AGAIN_FOR (7 * DAY_LENGTH)

enum {
	CHANNEL
};
static const struct field NOTICE_TEST_FIELDS[] = {
	[CHANNEL] = { "channel", FIELD_HIDDEN, .max = 40 },
	{ 0 },
};
const struct form NOTICE_TEST_FORM = { "notice_test", NOTICE_TEST_FIELDS, notice_page_show,
	false };

static const struct stmt CHANNEL_STATE = {
	"SELECT failures, paused_until, worked_at, failed_at, why FROM notice_channel"
	" WHERE channel = ?"
};
static const struct stmt WAITING = {
	"SELECT COUNT(*), MIN(next_at) FROM notice_delivery WHERE state = 'queued'"
	" AND channel = ?"
};
static const struct stmt LOST = {
	"SELECT d.public_id, d.kind, d.channel, d.reason, d.why, d.done_at, p.preferred_name"
	" FROM notice_delivery d LEFT JOIN person p ON p.id = d.person_id"
	" WHERE d.state IN ('failed', 'expired') ORDER BY d.id DESC LIMIT 50"
};
static const struct stmt AGAIN = {
	"UPDATE notice_delivery SET state = 'queued', reason = NULL, attempts = 0, next_at = ?,"
	" expires_at = ?, done_at = NULL"
	" WHERE public_id = ? AND state IN ('failed', 'expired')"
};
static const struct stmt CHANNEL_AT_ONCE = {
	"UPDATE notice_channel SET paused_until = NULL WHERE channel = ?"
};
static const struct stmt TEST_ADD = {
	"INSERT INTO notice_delivery (public_id, source, outbox_id, channel, person_id, kind,"
	" topic, path, detail, created_at, expires_at, state, reason, next_at)"
	" SELECT ?, 'core', o.id, ?, 0, o.kind, o.topic, o.path, o.detail, o.created_at,"
	"  o.expires_at, ?, ?, o.not_before FROM outbox o WHERE o.id = ?"
};
static const struct stmt NOTICE = {
	"SELECT d.kind, d.detail, d.path, d.created_at, d.source, d.outbox_id,"
	" p.preferred_name, t.at FROM notice_delivery d"
	" LEFT JOIN notice_taken_up t ON t.source = d.source AND t.outbox_id = d.outbox_id"
	" LEFT JOIN person p ON p.id = t.person_id WHERE d.public_id = ?"
};
static const struct stmt TAKE_UP = {
	"INSERT INTO notice_taken_up (source, outbox_id, person_id, at)"
	" SELECT source, outbox_id, ?, ? FROM notice_delivery WHERE public_id = ?"
	" ON DUPLICATE KEY UPDATE at = notice_taken_up.at"
};

/* ---- Channels ---- */

/* fault: a sentence of smtp.h for who runs the system; NULL when it can be used. */
static void
channel_show(struct request *req, struct page *page, const char *channel, const char *fault)
{
	struct db *db = request_db(req);
	struct page *line = page_repeat(page, MARK_CHANNEL);
	struct rows *rows = db_read(db, &CHANNEL_STATE, v_text(channel));
	struct rows *waiting = db_read(db, &WAITING, v_text(channel));
	bool known = rows_next(rows), mail = text_is(channel, NOTICE_MAIL);
	bool failing = known && rows_int(rows, 0) > 0;
	int64_t waits = rows_next(waiting) ? rows_int(waiting, 0) : 0;

	if (mail)
		page_show(line, MARK_IS_MAIL);
	else
		page_text(page_repeat(line, MARK_IS_HOOK), MARK_CHANNEL_NAME, channel);
	if (fault)
		page_text(page_repeat(line, MARK_UNUSABLE), MARK_FAULT, fault);
	else if (mail && notice_mail_demo())
		page_show(line, MARK_IN_DEMO);
	else if (mail && !smtp_wanted())
		page_show(line, MARK_NOT_SET);
	else if (failing)
		page_show(line, waits ? MARK_PAUSED : MARK_FAILED_LAST);
	else
		page_show(line, MARK_WORKS);
	if (known && !rows_null(rows, 2))
		page_instant(page_repeat(line, MARK_WORKED), MARK_AT, rows_instant(rows, 2));
	if (known && !rows_null(rows, 3)) {
		struct page *failed = page_repeat(line, MARK_WENT_WRONG);
		page_instant(failed, MARK_AT, rows_instant(rows, 3));
		page_text(failed, MARK_WHY, rows_text(rows, 4));
	}
	page_count(line, MARK_QUEUE, "notice.waiting", waits);
	if (waits)
		page_instant(page_repeat(line, MARK_OLDEST), MARK_AT, rows_instant(waiting, 1));
	struct page *test = page_repeat(line, mail ? MARK_TEST_MAIL : MARK_TEST_HOOK);
	page_text(test, MARK_CHANNEL_NAME, channel);
	page_tokens(test);
}

static void
lost_show(struct request *req, struct page *page)
{
	struct arena *arena = request_arena(req);
	struct rows *rows = db_read(request_db(req), &LOST);

	if (rows_count(rows) == 0)
		page_show(page, MARK_NOTHING_LOST);
	while (rows_next(rows)) {
		struct page *line = page_repeat(page, MARK_LOST);
		page_text(line, MARK_KIND, rows_text(rows, 1));
		page_text(line, MARK_CHANNEL_NAME, rows_text(rows, 2));
		page_text(line, MARK_TO_NAME, rows_text(rows, 6));
		page_text(line, MARK_REASON_WORDS,
		    words_say(arena, request_caller(req)->locale,
			text_printf(arena, "notice.reason.%s", rows_text(rows, 3))));
		page_text(line, MARK_WHY, rows_text(rows, 4));
		page_instant(line, MARK_AT, rows_instant(rows, 5));
		struct page *again = page_repeat(line, MARK_AGAIN);
		page_text(again, MARK_NOTICE_ID, rows_id_text(arena, rows, 0));
		page_tokens(again);
	}
}

enum status
notice_page_show(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct page *page = page_open(req, TPL_PORTAL_NOTICES);
	const char *fault = NULL, *hooks_fault = NULL;
	size_t n;

	if (smtp_wanted() && smtp_check(arena, &fault) == OK)
		fault = NULL;
	channel_show(req, page, NOTICE_MAIL, fault);
	const struct hook *hooks = notice_hooks(arena, &n, &hooks_fault);
	for (size_t i = 0; i < n; i++)
		channel_show(req, page, hooks[i].name, NULL);
	if (hooks_fault)
		page_text(page_repeat(page, MARK_HOOKS_FAULT), MARK_FAULT, hooks_fault);
	else if (n == 0)
		page_show(page, MARK_NO_HOOKS);
	if (config_on(CONFIG_DEMO))
		page_show(page, MARK_DEMO);
	if (text_is(request_query(req, "done"), "test"))
		page_show(page, MARK_TESTED);
	if (text_is(request_query(req, "done"), "again"))
		page_show(page, MARK_QUEUED_AGAIN);
	lost_show(req, page);
	return reply_page(req, 200, page);
}

/* ---- Tests, and trying again ---- */

static bool
hook_known(struct request *req, const char *name)
{
	size_t n;
	const struct hook *hooks = notice_hooks(request_arena(req), &n, NULL);

	for (size_t i = 0; i < n; i++)
		if (text_is(hooks[i].name, name))
			return true;
	return false;
}

/* Its deliveries are made here: this webhook alone gets it, whatever kinds it wants. */
static void
test_hook(struct db *db, const char *channel)
{
	struct id of_mail = id_new(), of_hook = id_new();

	notice_add(db, &(struct notice){ .kind = "portal.test_webhook",
			   .topic = NOTICE_STAFF,
			   .path = "/staff/notices",
			   .expires_days = 1 });
	int64_t outbox = db_last_id(db);
	db_write(db, &TEST_ADD, v_bytes(of_mail.b, ID_BYTES), v_text(NOTICE_MAIL),
	    v_text("skipped"), v_text("nobody"), v_int(outbox));
	db_write(db, &TEST_ADD, v_bytes(of_hook.b, ID_BYTES), v_text(channel), v_text("queued"),
	    v_null(), v_int(outbox));
}

static enum status
test(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	const char *channel = form_text(req, CHANNEL);

	(void)unused_arg;
	if (text_is(channel, NOTICE_MAIL))
		notice_add(db, &(struct notice){ .kind = "portal.test",
				   .topic = NOTICE_ACCOUNT,
				   .person = request_caller(req)->person,
				   .path = "/staff/notices",
				   .expires_days = 1 });
	else if (hook_known(req, channel))
		test_hook(db, channel);
	else
		return E_ABSENT;
	db_write(db, &CHANNEL_AT_ONCE, v_text(channel));
	request_audit(req, db, "notices.tested",
	    text_printf(request_arena(req), "channel:%s", channel), NULL);
	receipt->location = "/staff/notices?done=test";
	return OK;
}

enum status
notice_test_submit(struct request *req)
{
	return reply_submit(req, test, NULL);
}

static enum status
again(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct id *id = arg;
	instant now = time_now();

	if (db_write(db, &AGAIN, v_instant(now), v_instant(now + AGAIN_FOR),
		v_bytes(id->b, ID_BYTES)) == 0)
		return E_CONFLICT;
	request_audit(req, db, "notice.again",
	    text_printf(request_arena(req), "notice:%s", id_text(request_arena(req), *id)),
	    NULL);
	receipt->location = "/staff/notices?done=again";
	return OK;
}

enum status
notice_again_submit(struct request *req)
{
	struct id id;

	return request_param_id(req, 0, &id) ? reply_submit(req, again, &id) : E_ABSENT;
}

/* ---- The notice that a webhook told ---- */

enum status
notice_take_up_show(struct request *req)
{
	struct arena *arena = request_arena(req);
	struct notice_text text;
	struct id id;

	if (!notice_take_up_read(arena, request_param(req, 0), &id))
		return E_ABSENT;
	struct rows *rows = db_read(request_db(req), &NOTICE, v_bytes(id.b, ID_BYTES));
	if (!rows_next(rows))
		return db_absent(request_db(req));
	struct delivery delivery = { .kind = rows_text(rows, 0),
		.detail = rows_text(rows, 1),
		.topic = "staff",
		.name = request_caller(req)->name,
		.locale = request_caller(req)->locale };
	if (!notice_text_make(arena, &delivery, rows_text(rows, 2), &text))
		return E_FAULT;
	struct page *page = page_open(req, TPL_PORTAL_NOTICE_TAKE_UP);
	page_text(page, MARK_SUBJECT, text.subject);
	page_text(page, MARK_TEXT, text.text);
	page_text(page, MARK_URL, rows_text(rows, 2));
	page_text(page, MARK_ACTION, text.action);
	page_instant(page, MARK_AT, rows_instant(rows, 3));
	if (rows_null(rows, 7)) {
		struct page *ask = page_repeat(page, MARK_ASK);
		page_text(ask, MARK_TOKEN, request_param(req, 0));
		page_tokens(ask);
	} else {
		struct page *taken = page_repeat(page, MARK_TAKEN);
		page_text(taken, MARK_TO_NAME, rows_text(rows, 6));
		page_instant(taken, MARK_TAKEN_AT, rows_instant(rows, 7));
	}
	return reply_page(req, 200, page);
}

static enum status
take_up(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct id *id = arg;
	struct arena *arena = request_arena(req);

	db_write(db, &TAKE_UP, v_int(request_caller(req)->person), v_instant(time_now()),
	    v_bytes(id->b, ID_BYTES));
	request_audit(req, db, "notice.taken_up",
	    text_printf(arena, "notice:%s", id_text(arena, *id)), NULL);
	receipt->location = text_printf(arena, "/staff/notices/told/%s", request_param(req, 0));
	return OK;
}

enum status
notice_take_up_submit(struct request *req)
{
	struct id id;

	if (!notice_take_up_read(request_arena(req), request_param(req, 0), &id))
		return E_ABSENT;
	return reply_submit(req, take_up, &id);
}
