/*
 * contact.c: an HDM notes that they were in touch with a person of theirs.
 *
 * Rules (README 6-8): a contact is a fact and is never changed; the person sees it the same
 * minute, its words too unless they are the author's private ones; feedback is for the person,
 * so it has words and they are shared; a one-on-one settles the talk that was due.
 */
#include "base/text.h"
#include "base/time.h"
#include "data/crypto.h"
#include "hdm/hdm.h"

#define WORDS_MOST 2000
#define OLDEST (730 * DAY_LENGTH) /* as long as contacts are kept */

enum {
	KIND,
	ON,
	TIME,
	WORDS,
	VISIBILITY
};

static const struct choice KINDS[] = { { "message", NULL }, { "call", NULL },
	{ "one_on_one", NULL }, { "feedback", NULL }, { 0 } };
static const struct choice VISIBILITIES[] = { { "shared", NULL }, { "private", NULL }, { 0 } };
static const struct field CONTACT_FIELDS[] = {
	[KIND] = { "kind", FIELD_CHOICE, .choices = KINDS },
	[ON] = { "on", FIELD_DAY },
	[TIME] = { "time", FIELD_TEXT, .max = 5 },
	[WORDS] = { "words", FIELD_LINES, .max = WORDS_MOST, .optional = true },
	[VISIBILITY] = { "visibility", FIELD_CHOICE, .choices = VISIBILITIES },
	{ 0 },
};
const struct form CONTACT_FORM = { "contact", CONTACT_FIELDS, person_show, false };

static const struct stmt CONTACT_ADD = {
	"INSERT INTO contact (person_id, at, hdm_person_id, kind, created_at)"
	" VALUES (?, ?, ?, ?, ?)"
};
static const struct stmt NOTE_ADD = {
	"INSERT INTO note (public_id, person_id, author_id, contact_id, visibility, body,"
	" created_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
};
static const struct stmt TALK_HELD = {
	"UPDATE one_on_one SET state = 'held', contact_id = ?, version = version + 1"
	" WHERE person_id = ? AND state = 'due'"
};

void
contact_form_now(struct request *req)
{
	const char *zone = request_caller(req)->zone;
	instant now = time_now();
	int minute = minute_in_zone(now, zone);

	form_set_day(req, ON, day_in_zone(now, zone));
	form_set(
	    req, TIME, text_printf(request_arena(req), "%02d:%02d", minute / 60, minute % 60));
	form_set(req, VISIBILITY, "shared");
}

/* "14:05" or "9:30". */
static bool
time_parse(const char *text, int *ret_hour, int *ret_minute)
{
	int hour = 0, minute = 0;
	size_t i = 0;

	while (i < 2 && text[i] >= '0' && text[i] <= '9')
		hour = hour * 10 + (text[i++] - '0');
	if (i == 0 || text[i] != ':')
		return false;
	text += i + 1;
	for (i = 0; i < 2; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		minute = minute * 10 + (text[i] - '0');
	}
	if (text[2] || hour > 23 || minute > 59)
		return false;
	*ret_hour = hour;
	*ret_minute = minute;
	return true;
}

/* When it was, as an instant; says what is wrong with it otherwise. */
static bool
contact_at(struct request *req, instant *ret)
{
	instant now = time_now();
	int hour, minute;

	if (!time_parse(form_text(req, TIME), &hour, &minute)) {
		form_error(req, TIME, "not_time", NULL);
		return false;
	}
	*ret = instant_of_local(
	    form_day(req, ON), hour, minute, 0, request_caller(req)->zone, NULL);
	if (*ret > now)
		form_error(req, ON, "future", NULL);
	else if (*ret < now - OLDEST)
		form_error(req, ON, "too_old", NULL);
	return !form_failed(req);
}

static enum status
contact_add(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const instant *at = arg;
	struct arena *arena = request_arena(req);
	int64_t me = request_caller(req)->person, person = person_as_hdm(req, db);
	const char *kind = form_text(req, KIND), *words = form_text(req, WORDS);
	instant now = time_now();

	if (!person)
		return db_absent(db);
	db_write(db, &CONTACT_ADD, v_int(person), v_instant(*at), v_int(me), v_text(kind),
	    v_instant(now));
	int64_t contact = db_last_id(db);
	if (!text_empty(words)) {
		struct id id = id_new();
		db_write(db, &NOTE_ADD, v_bytes(id.b, sizeof id.b), v_int(person), v_int(me),
		    v_int(contact), v_text(form_text(req, VISIBILITY)), v_text(words),
		    v_instant(now));
	}
	if (text_is(kind, "one_on_one"))
		db_write(db, &TALK_HELD, v_int(contact), v_int(person));
	request_audit(req, db, "contact.noted",
	    text_printf(arena, "contact:%lld", (long long)contact), kind);
	receipt->location =
	    text_printf(arena, "/hdm/staff/people/%s?noted=1", request_param(req, 0));
	return OK;
}

/* POST /hdm/staff/people/:id/contacts */
enum status
contact_submit(struct request *req)
{
	instant at = 0;

	if (text_is(form_text(req, KIND), "feedback")) {
		if (text_empty(form_text(req, WORDS)))
			form_error(req, WORDS, "feedback_empty", NULL);
		if (text_is(form_text(req, VISIBILITY), "private"))
			form_error(req, VISIBILITY, "feedback_private", NULL);
	}
	if (!contact_at(req, &at) || form_failed(req))
		return person_show(req);
	return reply_submit(req, contact_add, &at);
}
