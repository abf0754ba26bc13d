/*
 * notice_choice.c: what a person wants by mail: /profile/notices, and /unsubscribe/:token, the
 * link at the foot of each mail that may be turned off. That one works without signing in;
 * looking changes nothing, the button (or a mail program's one click, RFC 8058) does.
 */
#include "base/text.h"
#include "data/audit.h"
#include "portal/notice.h"
#include "portal/notice_pages.h"
#include "web/page.h"
#include "web/words.h"

enum {
	WANTED
};
static const struct choice TOPICS[] = { { "survey", NULL }, { "reminder", NULL }, { 0 } };
static const struct choice TOPICS_STAFF[] = { { "survey", NULL }, { "reminder", NULL },
	{ "staff", NULL }, { 0 } };

static const struct choice *
topics(struct request *req)
{
	return request_holds(req, ROLES_STAFF) ? TOPICS_STAFF : TOPICS;
}

static const struct field NOTICE_CHOICE_FIELDS[] = {
	[WANTED] = { "wanted", FIELD_MANY, .choices_of = topics, .optional = true },
	{ 0 },
};
const struct form NOTICE_CHOICE_FORM = { "notice_choice", NOTICE_CHOICE_FIELDS,
	notice_choice_show, false };

static const struct stmt OFF = {
	"SELECT COUNT(*) FROM notice_choice WHERE person_id = ? AND topic = ?"
};
static const struct stmt TURN_OFF = {
	"INSERT INTO notice_choice (person_id, topic, at) VALUES (?, ?, ?)"
	" ON DUPLICATE KEY UPDATE at = notice_choice.at"
};
static const struct stmt TURN_ON = {
	"DELETE FROM notice_choice WHERE person_id = ? AND topic = ?"
};
static const struct stmt PERSON = { "SELECT id FROM person WHERE public_id = ?" };

enum status
notice_choice_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PORTAL_NOTICE_CHOICE);

	for (const struct choice *topic = topics(req); topic->code; topic++)
		if (!db_int(request_db(req), &OFF, 0, v_int(request_caller(req)->person),
			v_text(topic->code)))
			form_set(req, WANTED, topic->code);
	if (text_is(request_query(req, "saved"), "1"))
		page_show(page, MARK_SAVED);
	return reply_page(req, 200, page);
}

static bool
wanted(struct request *req, const char *topic)
{
	for (size_t i = 0; i < form_many(req, WANTED); i++)
		if (text_is(form_many_at(req, WANTED, i), topic))
			return true;
	return false;
}

static enum status
choose(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	struct value person = v_int(request_caller(req)->person);

	(void)unused_arg;
	for (const struct choice *topic = topics(req); topic->code; topic++) {
		if (wanted(req, topic->code))
			db_write(db, &TURN_ON, person, v_text(topic->code));
		else
			db_write(
			    db, &TURN_OFF, person, v_text(topic->code), v_instant(time_now()));
	}
	request_audit(req, db, "notices.chosen",
	    text_printf(request_arena(req), "person:%lld", (long long)person.number), NULL);
	receipt->location = "/profile/notices?saved=1";
	return OK;
}

enum status
notice_choice_submit(struct request *req)
{
	return reply_submit(req, choose, NULL);
}

/* ---- The link of a mail ---- */

struct stop {
	struct request *req;
	int64_t person;
	const char *topic;
};

static enum status
stop_read(struct request *req, struct stop *ret)
{
	struct id person;

	ret->req = req;
	if (!notice_stop_read(request_arena(req), request_param(req, 0), &person, &ret->topic))
		return E_ABSENT;
	ret->person = db_int(request_db(req), &PERSON, 0, v_bytes(person.b, ID_BYTES));
	return ret->person ? OK : E_ABSENT;
}

static enum status
stop_page(struct request *req, const struct stop *stop, bool done)
{
	struct page *page = page_open(req, TPL_PORTAL_UNSUBSCRIBE);
	struct page *part = page_repeat(page, done ? MARK_DONE : MARK_ASK);

	page_words(part, MARK_TOPIC,
	    text_printf(request_arena(req), "notice_choice.wanted.%s", stop->topic));
	page_text(part, MARK_TOKEN, request_param(req, 0));
	if (!done)
		page_tokens(part);
	return reply_page(req, 200, page);
}

enum status
notice_stop_show(struct request *req)
{
	struct stop stop;
	enum status status = stop_read(req, &stop);

	if (status != OK)
		return status;
	return stop_page(req, &stop,
	    db_int(request_db(req), &OFF, 0, v_int(stop.person), v_text(stop.topic)) > 0);
}

static enum status
stop_write(struct db *db, void *arg)
{
	const struct stop *stop = arg;
	struct arena *arena = db_arena(db);

	db_write(
	    db, &TURN_OFF, v_int(stop->person), v_text(stop->topic), v_instant(time_now()));
	audit_add(db, &(struct audit){ .action = "notices.stopped",
			  .actor = stop->person,
			  .object = text_printf(arena, "person:%lld", (long long)stop->person),
			  .reason = stop->topic,
			  .request = request_id(stop->req) });
	return OK;
}

enum status
notice_stop_submit(struct request *req)
{
	struct stop stop;
	enum status status = stop_read(req, &stop);

	if (status == OK)
		status = db_transact(request_db(req), stop_write, NULL, &stop);
	return status == OK ? stop_page(req, &stop, true) : status;
}
