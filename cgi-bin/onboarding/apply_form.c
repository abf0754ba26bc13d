/*
 * apply_form.c: the four pages of the application form, each one topic. What was typed is kept
 * page by page.
 *
 * Rules (README 2, 5): "Save and come back later" keeps an unfinished page as it is (nothing is
 * required then); a page counts as done when all that is required stands. What somebody needs
 * to take part is sealed. Consent to the notice on automated tools is kept with its version and
 * the instant of the tick.
 */
#include "base/text.h"
#include "data/keyring.h"
#include "onboarding/onboarding.h"

#include <string.h>

enum {
	LEGAL_NAME,
	PREFERRED_NAME,
	EMAIL
};
enum {
	DOMAIN,
	LEVEL,
	YEARS,
	SKILLS
};
enum {
	ZONE,
	HOURS,
	MODE,
	NEEDS,
	SOURCE
};
enum {
	AGREE
};

static const struct choice DOMAINS[] = { { "medicine", NULL }, { "law", NULL },
	{ "code", NULL }, { "science", NULL }, { "mathematics", NULL }, { "languages", NULL },
	{ "other", NULL }, { 0 } };
static const struct choice LEVELS[] = { { "student", NULL }, { "junior", NULL },
	{ "experienced", NULL }, { "senior", NULL }, { "expert", NULL }, { 0 } };
static const struct choice MODES[] = { { "text", NULL }, { "voice", NULL }, { "video", NULL },
	{ 0 } };

static const struct field ABOUT_FIELDS[] = {
	[LEGAL_NAME] = { "legal_name", FIELD_TEXT, .max = 200, .autocomplete = "name" },
	[PREFERRED_NAME] = { "preferred_name", FIELD_TEXT, .max = 120,
	    .autocomplete = "nickname" },
	[EMAIL] = { "email", FIELD_EMAIL, .max = 254, .autocomplete = "email" },
	{ 0 },
};
static const struct field WORK_FIELDS[] = {
	[DOMAIN] = { "domain", FIELD_SELECT, .choices = DOMAINS },
	[LEVEL] = { "level", FIELD_CHOICE, .choices = LEVELS },
	[YEARS] = { "years", FIELD_INT, .min = 0, .max = 80 },
	[SKILLS] = { "skills", FIELD_LINES, .max = 2000 },
	{ 0 },
};
static const struct field TIME_FIELDS[] = {
	[ZONE] = { "zone", FIELD_SELECT, .choices_of = form_zones },
	[HOURS] = { "hours", FIELD_INT, .min = 1, .max = 80 },
	[MODE] = { "mode", FIELD_CHOICE, .choices = MODES },
	[NEEDS] = { "needs", FIELD_LINES, .max = 2000, .optional = true },
	[SOURCE] = { "source", FIELD_TEXT, .max = 200, .optional = true },
	{ 0 },
};
static const struct field CONSENT_FIELDS[] = {
	[AGREE] = { "agree", FIELD_TICK },
	{ 0 },
};

static const struct form FORMS[PAGE_MAX] = {
	[PAGE_ABOUT] = { "apply_about", ABOUT_FIELDS, apply_page_show, false },
	[PAGE_WORK] = { "apply_work", WORK_FIELDS, apply_page_show, false },
	[PAGE_TIME] = { "apply_time", TIME_FIELDS, apply_page_show, false },
	[PAGE_CONSENT] = { "apply_consent", CONSENT_FIELDS, apply_page_show, false },
};
const char *const APPLY_PAGES[PAGE_MAX] = { "about", "work", "time", "consent" };

static const struct stmt ABOUT_SAVE = {
	"UPDATE application SET legal_name = ?, preferred_name = ?, email = ?,"
	" pages_done = (pages_done & ?) | ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'draft'"
};
static const struct stmt WORK_SAVE = {
	"UPDATE application SET domain = ?, level = ?, years = ?, skills = ?,"
	" pages_done = (pages_done & ?) | ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'draft'"
};
static const struct stmt TIME_SAVE = {
	"UPDATE application SET time_zone = ?, hours_wanted = ?, interview_mode = ?,"
	" accommodation_sealed = ?, source = ?,"
	" pages_done = (pages_done & ?) | ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'draft'"
};
/* The instant stays that of the first tick under this version of the notice. */
static const struct stmt CONSENT_SAVE = {
	"UPDATE application SET"
	" ai_notice_at = IF(ai_notice_version <=> ?, ai_notice_at, ?), ai_notice_version = ?,"
	" pages_done = (pages_done & ?) | ?, changed_at = ?, version = version + 1"
	" WHERE id = ? AND state = 'draft'"
};

static enum apply_page
page_of_path(struct request *req)
{
	enum apply_page page = 0;

	while (page < PAGE_MAX && !text_is(request_param(req, 0), APPLY_PAGES[page]))
		page++;
	return page;
}

static bool
for_later(struct request *req)
{
	return request_method(req) == METHOD_POST && text_is(request_query(req, "later"), "1");
}

/* The page's form; with "come back later" a copy in which nothing is required. */
const struct form *
apply_form(struct request *req)
{
	enum apply_page page = page_of_path(req);
	size_t n = 0;

	if (page == PAGE_MAX)
		return NULL;
	if (!for_later(req))
		return &FORMS[page];
	while (FORMS[page].fields[n].name)
		n++;
	struct field *fields = arena_array_of(request_arena(req), struct field, n + 1);
	memcpy(fields, FORMS[page].fields, n * sizeof *fields);
	for (size_t i = 0; i < n; i++)
		fields[i].optional = true;
	struct form *form = arena_new_of(request_arena(req), struct form);
	*form = FORMS[page];
	form->fields = fields;
	return form;
}

static void
fill(struct request *req, enum apply_page page, const struct application *application)
{
	switch (page) {
	case PAGE_ABOUT:
		form_set(req, LEGAL_NAME, application->legal_name);
		form_set(req, PREFERRED_NAME, application->preferred_name);
		form_set(req, EMAIL, application->email);
		break;
	case PAGE_WORK:
		form_set(req, DOMAIN, application->domain);
		form_set(req, LEVEL, application->level);
		if (application->has_years)
			form_set_int(req, YEARS, application->years);
		form_set(req, SKILLS, application->skills);
		break;
	case PAGE_TIME:
		form_set(req, ZONE, application->time_zone);
		if (application->has_hours)
			form_set_int(req, HOURS, application->hours_wanted);
		form_set(req, MODE, application->mode);
		form_set(req, NEEDS, application_accommodation(req, application));
		form_set(req, SOURCE, application->source);
		break;
	case PAGE_CONSENT:
		if (text_is(application->ai_notice, AI_NOTICE))
			form_set(req, AGREE, "yes");
		break;
	case PAGE_MAX:
		break;
	}
}

enum status
apply_page_show(struct request *req)
{
	static const enum mark TOPICS[PAGE_MAX] = { MARK_ABOUT, MARK_WORK, MARK_TIME,
		MARK_CONSENT };
	enum apply_page topic = page_of_path(req);
	struct application application;
	enum status reply;

	if (topic == PAGE_MAX)
		return E_ABSENT;
	if (!application_draft(req, &application, &reply))
		return reply;
	fill(req, topic, &application);
	struct page *page = page_open(req, TPL_ONBOARDING_APPLY_PAGE);
	page_show(page, TOPICS[topic]);
	page_text(page, MARK_PAGE, APPLY_PAGES[topic]);
	page_int(page, MARK_N, topic + 1);
	page_int(page, MARK_OF, PAGE_MAX);
	return reply_page(req, 200, page);
}

/* Does everything stand that the page requires? */
static bool
complete(struct request *req, enum apply_page page)
{
	const struct field *fields = FORMS[page].fields;

	for (unsigned i = 0; fields[i].name; i++) {
		if (fields[i].optional)
			continue;
		if (fields[i].kind == FIELD_TICK ? !form_ticked(req, i)
						 : text_empty(form_text(req, i)))
			return false;
	}
	return true;
}

static struct value
text_or_null(struct request *req, unsigned field)
{
	const char *text = form_text(req, field);

	return v_text(text_empty(text) ? NULL : text);
}

static struct value
int_or_null(struct request *req, unsigned field)
{
	return text_empty(form_text(req, field)) ? v_null() : v_int(form_int(req, field));
}

/* The sealed cell, or SQL NULL for no words. */
static enum status
seal(struct request *req, const struct application *application, struct value *ret)
{
	struct arena *arena = request_arena(req);
	const char *text = form_text(req, NEEDS);
	struct bytes sealed;

	*ret = v_null();
	if (text_empty(text))
		return OK;
	const char *where = text_printf(
	    arena, "application/accommodation/%s", id_text(arena, application->public_id));
	enum status status =
	    keyring_seal(arena, "accommodation", where, bytes_of(text), &sealed);
	if (status == OK)
		*ret = v_bytes(sealed.p, sealed.n);
	return status;
}

/* The next page that is not done, the answers when all are. */
static const char *
next_place(struct request *req, int64_t done, enum apply_page page)
{
	if (done == PAGES_ALL)
		return "/apply/check";
	for (int next = (int)page + 1; next < PAGE_MAX; next++)
		if (!(done & (1 << next)))
			return text_printf(request_arena(req), "/apply/%s", APPLY_PAGES[next]);
	return "/apply/tasks";
}

static enum status
save(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const struct application *application = arg;
	enum apply_page page = page_of_path(req);
	int64_t bit = complete(req, page) ? 1 << page : 0;
	int64_t others = PAGES_ALL & ~(1 << page);
	struct value keep = v_int(others), set = v_int(bit), id = v_int(application->id);
	struct value now = v_instant(time_now()), needs;
	enum status status = OK;

	switch (page) {
	case PAGE_ABOUT:
		db_write_one(db, &ABOUT_SAVE, text_or_null(req, LEGAL_NAME),
		    text_or_null(req, PREFERRED_NAME), text_or_null(req, EMAIL), keep, set, now,
		    id);
		break;
	case PAGE_WORK:
		db_write_one(db, &WORK_SAVE, text_or_null(req, DOMAIN),
		    text_or_null(req, LEVEL), int_or_null(req, YEARS),
		    text_or_null(req, SKILLS), keep, set, now, id);
		break;
	case PAGE_TIME:
		status = seal(req, application, &needs);
		if (status == OK)
			db_write_one(db, &TIME_SAVE, text_or_null(req, ZONE),
			    int_or_null(req, HOURS),
			    v_text(text_empty(form_text(req, MODE)) ? "text"
								    : form_text(req, MODE)),
			    needs, text_or_null(req, SOURCE), keep, set, now, id);
		break;
	case PAGE_CONSENT:
		db_write_one(db, &CONSENT_SAVE, v_text(bit ? AI_NOTICE : NULL),
		    bit ? now : v_null(), v_text(bit ? AI_NOTICE : NULL), keep, set, now, id);
		break;
	case PAGE_MAX:
		return E_ABSENT;
	}
	receipt->location =
	    for_later(req) ? "/apply/later"
			   : next_place(req, (application->pages_done & others) | bit, page);
	return status;
}

enum status
apply_page_save(struct request *req)
{
	struct application application;
	enum status reply;

	if (!application_draft(req, &application, &reply))
		return reply;
	return reply_submit(req, save, &application);
}
