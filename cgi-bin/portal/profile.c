/*
 * profile.c: what people say of themselves: how they are called, where their clock stands, how
 * dates and numbers are written for them. The legal name is shown, not changed here: contracts
 * and statements carry it.
 */
#include "base/text.h"
#include "portal/entry.h"
#include "portal/portal.h"
#include "web/language.h"
#include "web/page.h"

enum {
	PREFERRED_NAME,
	ZONE,
	LOCALE,
	VERSION
};

/* Other ways to write numbers and dates of languages that we may have. */
static const char *const REGIONS[] = { "en-US", "es-MX", "es-AR", "ar-EG", "ar-AE" };
#define REGIONS_N (sizeof REGIONS / sizeof *REGIONS)

/* Every language under its own name, with the regions in which it is written differently, and
 * what the person has now, should it be another: saving changes nothing. */
static const struct choice *
locales(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *now = request_caller(req)->locale;
	unsigned languages = language_count();
	struct choice *list = arena_array_of(arena, struct choice, languages + REGIONS_N + 2);
	bool offered = false;
	size_t n = 0;

	for (unsigned i = 0; i < languages; i++) {
		list[n++] = (struct choice){ language_tag(i), language_name(i) };
		for (size_t r = 0; r < REGIONS_N; r++)
			if (language_of(REGIONS[r]) == i &&
			    text_starts(REGIONS[r], language_tag(i)))
				list[n++] = (struct choice){ REGIONS[r],
					language_locale_name(arena, REGIONS[r]) };
	}
	for (size_t i = 0; i < n; i++)
		offered = offered || text_is(list[i].code, now);
	if (!offered)
		list[n] = (struct choice){ now, language_locale_name(arena, now) };
	return list;
}

static const struct field PROFILE_FIELDS[] = {
	[PREFERRED_NAME] = { "preferred_name", FIELD_TEXT, .max = 120,
	    .autocomplete = "nickname" },
	[ZONE] = { "zone", FIELD_SELECT, .choices_of = form_zones },
	[LOCALE] = { "locale", FIELD_SELECT, .choices_of = locales },
	[VERSION] = { "version", FIELD_HIDDEN, .max = 20 },
	{ 0 },
};
const struct form PROFILE_FORM = { "profile", PROFILE_FIELDS, profile_show, false };

static const struct stmt PROFILE = {
	"SELECT p.legal_name, p.email, p.preferred_name, p.time_zone, p.locale, p.version,"
	" (SELECT COUNT(*) FROM session s WHERE s.person_id = p.id AND s.revoked_at IS NULL"
	"  AND s.ends_at > ?)"
	" FROM person p WHERE p.id = ?"
};
static const struct stmt PROFILE_CHANGE = {
	"UPDATE person SET preferred_name = ?, time_zone = ?, locale = ?, version = version + 1"
	" WHERE id = ? AND version = ?"
};
enum status
profile_show(struct request *req)
{
	struct rows *rows = db_read(request_db(req), &PROFILE, v_instant(time_now()),
	    v_int(request_caller(req)->person));

	if (!rows_next(rows))
		return db_absent(request_db(req));
	form_set(req, PREFERRED_NAME, rows_text(rows, 2));
	form_set(req, ZONE, rows_text(rows, 3));
	form_set(req, LOCALE, rows_text(rows, 4));
	form_set_int(req, VERSION, rows_int(rows, 5));
	struct page *page = page_open(req, TPL_PORTAL_PROFILE);
	page_text(page, MARK_LEGAL_NAME, rows_text(rows, 0));
	page_text(page, MARK_EMAIL, rows_text(rows, 1));
	page_int(page, MARK_SESSIONS, rows_int(rows, 6));
	page_tokens(page_repeat(page, MARK_EVERYWHERE));
	if (request_holds(req, ~ROLE(APPLICANT)))
		page_show(page, MARK_WORKS_HERE);
	if (text_is(request_query(req, "saved"), "1"))
		page_show(page, MARK_SAVED);
	return reply_page(req, 200, page);
}

static enum status
change(struct request *req, struct db *db, struct receipt *receipt, void *unused_arg)
{
	int64_t person = request_caller(req)->person;
	int64_t version = 0;

	(void)unused_arg;
	if (!text_to_int(form_text(req, VERSION), &version))
		return E_CONFLICT;
	db_write_one(db, &PROFILE_CHANGE, v_text(form_text(req, PREFERRED_NAME)),
	    v_text(form_text(req, ZONE)), v_text(form_text(req, LOCALE)), v_int(person),
	    v_int(version));
	request_audit(req, db, "profile.changed",
	    text_printf(request_arena(req), "person:%lld", (long long)person), NULL);
	receipt->location = "/profile?saved=1";
	return OK;
}

enum status
profile_submit(struct request *req)
{
	return reply_submit(req, change, NULL);
}

/* Every session of the caller ends, this one too, at the next request of each plugin. */
enum status
profile_sign_out_everywhere(struct request *req)
{
	entry_end_all(request_db(req), request_caller(req)->person, NULL);
	if (db_status(request_db(req)) != OK)
		return db_status(request_db(req));
	return sign_out(req);
}
