/*
 * import_match.c: names of a file and what they stand for; see import_match.h. A file has many
 * rows and few names, so each is asked for once and kept in a hash table of the arena.
 */
#include "payments/import_match.h"

#include "base/text.h"

#define PERSON_SQL                                                                   \
	"SELECT c.id, COALESCE(s.time_zone, '') FROM keptword_core.person_contact c" \
	" LEFT JOIN payee y ON y.person_id = c.id AND y.state = 'active'"            \
	" LEFT JOIN pay_schedule s ON s.id = y.schedule_id"
static const struct stmt PERSON_BY_EMAIL = { PERSON_SQL " WHERE c.email_key = LOWER(?)" };
static const struct stmt PERSON_SAID = { PERSON_SQL
	" JOIN import_name n ON n.target_id = c.id WHERE n.what = 'person' AND n.name = ?" };
static const struct stmt PERSON_BY_NAME = { PERSON_SQL
	" WHERE c.legal_name = ? OR c.preferred_name = ? LIMIT 2" };
static const struct stmt PROJECT_SAID = {
	"SELECT p.id FROM keptword_core.project p JOIN import_name n ON n.target_id = p.id"
	" WHERE n.what = 'project' AND n.name = ?"
};
static const struct stmt PROJECT_BY_NAME = {
	"SELECT id FROM keptword_core.project WHERE name = ?"
};

struct matches {
	struct db *db;
	size_t room; /* slots, a power of two, for people and as many for projects */
	struct match *people, *projects;
};

struct matches *
matches_new(struct db *db, size_t names)
{
	struct matches *matches = arena_new_of(db_arena(db), struct matches);

	matches->db = db;
	for (matches->room = 16; matches->room < 2 * names;)
		matches->room *= 2;
	matches->people = arena_array_of(db_arena(db), struct match, matches->room);
	matches->projects = arena_array_of(db_arena(db), struct match, matches->room);
	return matches;
}

/* The name's slot, or the empty one where it belongs. FNV-1a. */
static struct match *
slot(const struct matches *matches, struct match *table, const char *name)
{
	uint64_t hash = 14695981039346656037u;

	for (const char *p = name; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	size_t at = (size_t)hash & (matches->room - 1);
	while (table[at].name && !text_is(table[at].name, name))
		at = (at + 1) & (matches->room - 1);
	return &table[at];
}

static void
take_person(struct match *match, struct rows *rows)
{
	if (rows_count(rows) > 1) {
		match->fault = "two_people";
	} else if (rows_next(rows)) {
		match->zone = rows_text(rows, 1);
		if (text_empty(match->zone))
			match->fault = "no_payee";
		else
			match->id = rows_int(rows, 0);
	}
}

const struct match *
match_person(struct matches *matches, const char *name, bool by_email)
{
	struct match *match = slot(matches, matches->people, name);
	struct value text = v_text(name);

	if (match->name)
		return match;
	match->name = name;
	match->zone = "UTC";
	if (by_email)
		take_person(match, db_read(matches->db, &PERSON_BY_EMAIL, text));
	if (!match->id && !match->fault)
		take_person(match, db_read(matches->db, &PERSON_SAID, text));
	if (!match->id && !match->fault && !by_email)
		take_person(match, db_read(matches->db, &PERSON_BY_NAME, text, text));
	if (!match->id && !match->fault)
		match->fault = by_email ? "unknown_email" : "unknown_person";
	return match;
}

const struct match *
match_project(struct matches *matches, const char *name)
{
	struct match *match = slot(matches, matches->projects, name);

	if (match->name)
		return match;
	match->name = name;
	if (text_empty(name)) {
		match->fault = "no_project";
		return match;
	}
	match->id = db_int(matches->db, &PROJECT_SAID, 0, v_text(name));
	if (!match->id)
		match->id = db_int(matches->db, &PROJECT_BY_NAME, 0, v_text(name));
	if (!match->id)
		match->fault = "unknown_project";
	return match;
}
