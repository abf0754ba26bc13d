/*
 * audit_find.c: from what somebody typed to audit rows, see audit_find.h. One procedure of core
 * reads them (sql/core/audit_read.sql): each database by an index, none further than what is
 * shown.
 */
#include "portal/audit_find.h"

#include "portal/search_terms.h"

#include <string.h>

static const struct stmt ROWS = { "CALL audit_rows(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" };
static const struct stmt BY_EMAIL = {
	"SELECT id, preferred_name FROM person WHERE email_key = LOWER(?)"
};
static const struct stmt BY_ID = { "SELECT id, preferred_name FROM person WHERE id = ?" };
/* By the beginning of a word, then all that was typed somewhere in either name. */
static const struct stmt BY_NAME = {
	"SELECT DISTINCT p.id, p.preferred_name FROM person_word w JOIN person p"
	" ON p.id = w.person_id WHERE w.word LIKE ? COLLATE utf8mb4_unicode_520_ci"
	" AND (LOCATE(?, p.legal_name) > 0 OR LOCATE(?, p.preferred_name) > 0)"
	" ORDER BY p.preferred_name, p.id LIMIT 20"
};

/* ---- What is meant ---- */

static struct rows *
people_of(struct request *req, struct db *db, const char *who)
{
	struct arena *arena = request_arena(req);
	int64_t id;

	if (text_starts(who, "person:") && text_to_int(who + strlen("person:"), &id))
		return db_read(db, &BY_ID, v_int(id));
	if (strchr(who, '@'))
		return db_read(db, &BY_EMAIL, v_text(who));
	struct search_terms terms = search_terms(arena, who, request_caller(req)->locale);
	const char *word = terms.n ? text_printf(arena, "%s%%", terms.term[0].text) : "\x01";
	return db_read(db, &BY_NAME, v_text(word), v_text(who), v_text(who));
}

static void
mean_who(struct request *req, struct db *db, const char *who, struct audit_asked *asked)
{
	if (text_empty(who))
		return;
	asked->by_actor = true;
	if (text_is_nocase(who, "system"))
		return; /* 0 */
	struct rows *people = people_of(req, db, who);
	if (rows_count(people) > 1) {
		asked->who = people;
	} else if (rows_next(people)) {
		asked->actor = rows_int(people, 0);
	} else {
		asked->nobody = true;
	}
}

/* The beginning of a day in the reader's zone; 0 for none. */
static instant
mean_day(struct request *req, const char *text, int after, bool *bad)
{
	day on;

	if (text_empty(text))
		return 0;
	if (!day_parse(text, &on)) {
		*bad = true;
		return 0;
	}
	return instant_of_local(on + after, 0, 0, 0, request_caller(req)->zone, NULL);
}

static const char *
or_any(const char *text)
{
	return text_empty(text) ? NULL : text;
}

/* What no row can hold is not asked for: the procedure takes letters of ASCII only. */
static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

struct audit_asked
audit_meant(struct request *req, struct db *db, const struct audit_typed *typed)
{
	struct arena *arena = request_arena(req);
	struct audit_asked asked = { 0 };

	asked.from = mean_day(req, typed->from, 0, &asked.bad_day);
	asked.to = mean_day(req, typed->to, 1, &asked.bad_day);
	asked.action = or_any(text_trim(arena, typed->action));
	asked.object = or_any(text_trim(arena, typed->object));
	asked.chain = or_any(text_trim(arena, typed->chain));
	if ((asked.action && (!is_ascii(asked.action) || strlen(asked.action) > 60)) ||
	    (asked.object && (!is_ascii(asked.object) || strlen(asked.object) > 80)) ||
	    (asked.chain && (!is_ascii(asked.chain) || strlen(asked.chain) > 60)))
		asked.nobody = true;
	mean_who(req, db, text_trim(arena, typed->who), &asked);
	return asked;
}

bool
audit_askable(const struct audit_asked *asked)
{
	return !asked->bad_day && !asked->nobody && !asked->who;
}

/* ---- Rows ---- */

static struct value
v_instant_or_any(instant t)
{
	return t ? v_instant(t) : v_null();
}

struct rows *
audit_find(struct db *db, const struct audit_asked *asked, int64_t most)
{
	const struct audit_place *behind = &asked->behind;

	return db_read(db, &ROWS, v_text(asked->chain), v_instant_or_any(asked->from),
	    v_instant_or_any(asked->to), asked->by_actor ? v_int(asked->actor) : v_null(),
	    v_text(asked->action), v_text(asked->object), v_instant_or_any(behind->at),
	    v_text(behind->at ? behind->chain : NULL),
	    behind->at ? v_int(behind->id) : v_null(), v_int(most));
}

struct audit_place
audit_place_at(struct rows *rows)
{
	return (struct audit_place){ rows_instant(rows, AUDIT_AT), rows_text(rows, AUDIT_CHAIN),
		rows_int(rows, AUDIT_ID) };
}

const char *
audit_place_text(struct arena *arena, const struct audit_place *place)
{
	if (!place->at)
		return "";
	return text_printf(
	    arena, "%lld.%s.%lld", (long long)place->at, place->chain, (long long)place->id);
}

struct audit_place
audit_place_read(struct arena *arena, const char *text)
{
	struct audit_place place = { 0 };
	size_t n;
	char **parts = text_split(arena, text, '.', &n);

	if (n != 3 || !text_to_int(parts[0], &place.at) || !text_to_int(parts[2], &place.id) ||
	    place.at <= 0 || place.at > INT64_C(200000000000000000) || strlen(parts[1]) > 60 ||
	    !is_ascii(parts[1]))
		return (struct audit_place){ 0 };
	place.chain = parts[1];
	return place;
}
