/*
 * page_open.c: a page on the site's layout. page_open() makes the dictionary; what the layout
 * shows of the request (language, caller, roles, organisation, forms, tokens) is filled in
 * when the page is expanded, so values and errors that a handler sets later still count.
 *
 * A page template is
 *
 *     {{%AUTOESCAPE context="HTML"}}
 *     {{>OPEN}}<title>{{>ERROR_PREFIX}}Your statements</title>{{>TOP}}
 *     <h1>Your statements</h1>
 *     ...
 *     {{>END}}
 *
 * The parts stand in templates/layout/. A page of a contract or of pay also places
 * {{>UNCHECKED}}, which says so where no native reader has checked the language's words. The
 * navigation shows {{#ROLE_FINANCE}} for a role that the caller holds and {{#NO_ROLE_FINANCE}}
 * for one that is not held, and {{#HERE_PAYMENTS_STATEMENTS}} on the page /payments/statements
 * and on all below it; so the addresses of plugins stand in the template, and no code here
 * names one. Owns the marks of the roles and places, which page_start() finds once.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/text.h"
#include "web/language.h"
#include "web/page_impl.h"
#include "web/request_impl.h"

struct role_marks {
	enum mark held, absent; /* MARK_MAX: no template asks for it */
};
static struct role_marks role_marks[ROLE_BIT_MAX];

/* Whose pages are on the public face, where there are two (face.h). */
#define PUBLIC_ROLES (ROLE(APPLICANT) | ROLE(CONTRIBUTOR))

/* The places that the layout asks about: HERE_ and a path in capitals. */
#define PLACE_PREFIX "HERE_"
#define PLACES_MAX 64

struct place {
	const char *name; /* behind the prefix */
	enum mark mark;
};
static struct place places[PLACES_MAX];
static size_t places_count;

static void
places_start(void)
{
	static const char *const names[] = {
#define X(name) #name,
		MARK_LIST(X)
#undef X
	};

	places_count = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_starts(names[i], PLACE_PREFIX) && places_count < PLACES_MAX)
			places[places_count++] =
			    (struct place){ names[i] + strlen(PLACE_PREFIX), (enum mark)i };
}

/* Is the path the place or below it? PAYMENTS_STATEMENTS is /payments/statements,
 * HDM_MY_CONTACTS is /hdm/my-contacts, HOME is / alone. */
static bool
path_is_at(const char *path, const char *place)
{
	if (text_is(place, "HOME"))
		return text_is(path, "/");
	if (text_empty(path) || *path++ != '/')
		return false;
	for (; *place; place++, path++) {
		bool same = *place == '_' ? *path == '/' || *path == '-' || *path == '_'
					  : toupper((unsigned char)*path) == *place;

		if (!same)
			return false;
	}
	return !*path || *path == '/';
}

void
page_open_start(void)
{
	static const char *const names[][2] = {
#define X(upper, lower) { "ROLE_" #upper, "NO_ROLE_" #upper },
		ROLE_LIST(X)
#undef X
	};

	for (size_t bit = 0; bit < ROLE_BIT_MAX; bit++) {
		role_marks[bit].held = page_bridge_mark(names[bit][0]);
		role_marks[bit].absent = page_bridge_mark(names[bit][1]);
	}
	places_start();
}

struct page *
page_open(struct request *req, enum tpl tpl)
{
	struct page_context *context = arena_new_of(req->arena, struct page_context);

	context->arena = req->arena;
	context->req = req;
	context->tpl = tpl;
	context->locale = text_empty(req->caller.locale) ? "en" : req->caller.locale;
	context->zone = text_empty(req->caller.zone) ? "UTC" : req->caller.zone;
	context->language = language_of(context->locale);
	req->page = page_bridge_new(context);
	if (req->form && page_bridge_has_form(tpl))
		page_form(req->page, MARK_FORM, req->form);
	return req->page;
}

static void
shown_later(struct page *page, struct page_form what)
{
	struct page_context *context = page->context;
	struct page_form *shown = arena_new_of(context->arena, struct page_form);

	*shown = what;
	shown->page = page;
	if (context->last_form)
		context->last_form->next = shown;
	else
		context->forms = shown;
	context->last_form = shown;
}

void
page_form(struct page *page, enum mark part, const struct form *form)
{
	shown_later(page, (struct page_form){ .kind = PAGE_FORM, .part = part, .form = form });
}

void
page_field(struct page *page, enum mark part, unsigned field)
{
	shown_later(
	    page, (struct page_form){ .kind = PAGE_FIELD, .part = part, .field = field });
}

void
page_tokens(struct page *page)
{
	shown_later(page, (struct page_form){ .kind = PAGE_TOKENS, .part = MARK_TOKENS });
}

static void
fill_caller(struct page *top, struct request *req)
{
	/* The ways to staff pages begin at the other face. */
	roles shown =
	    req->face == FACE_PUBLIC ? req->caller.roles & PUBLIC_ROLES : req->caller.roles;
	struct page *signed_in;

	for (size_t i = 0; i < places_count; i++)
		if (path_is_at(req->path, places[i].name))
			page_show(top, places[i].mark);
	if (!req->caller.person) {
		page_show(top, MARK_SIGNED_OUT);
		return;
	}
	signed_in = page_repeat(top, MARK_SIGNED_IN);
	page_text(signed_in, MARK_CALLER_NAME, req->caller.name);
	if (req->face == FACE_PUBLIC && req->caller.roles & ~PUBLIC_ROLES)
		page_text(page_repeat(signed_in, MARK_STAFF_FACE), MARK_STAFF_FACE_URL,
		    face_origin(FACE_STAFF));
	for (size_t bit = 0; bit < ROLE_BIT_MAX; bit++) {
		bool held = shown & (roles)1 << bit;
		enum mark mark = held ? role_marks[bit].held : role_marks[bit].absent;

		if (mark != MARK_MAX)
			page_show(signed_in, mark);
	}
	form_show_tokens(signed_in, MARK_TOKENS, false);
}

/* For somebody not signed in: the languages, each under its own name. Whoever is signed in has
 * chosen in their profile. */
static void
fill_languages(struct page *end, const struct page_context *context)
{
	struct request *req = context->req;
	struct page *list;

	if (req->caller.person || language_count() == 1)
		return;
	list = page_repeat(end, MARK_LANGUAGES);
	for (unsigned i = 0; i < language_count(); i++) {
		bool here = i == context->language;
		struct page *line =
		    page_repeat(list, here ? MARK_LANGUAGE_READ : MARK_LANGUAGE_OTHER);

		page_text(line, MARK_LANGUAGE_NAME, language_name(i));
		page_text(line, MARK_LANGUAGE_TAG, language_tag(i));
		/* A form that has just been sent is not asked for again. */
		page_text(line, MARK_HERE, req->method == METHOD_GET ? req->target : req->path);
	}
}

void
page_open_fill(struct page *page)
{
	struct page_context *context = page->context;
	struct request *req = context->req;
	struct page *open = page_include(page, MARK_OPEN, TPL_LAYOUT_OPEN);
	struct page *top = page_include(page, MARK_TOP, TPL_LAYOUT_TOP);
	struct page *end = page_include(page, MARK_END, TPL_LAYOUT_END);

	page_text(open, MARK_LANG, language_attribute(context->locale));
	page_text(open, MARK_DIR, language_right_to_left(context->locale) ? "rtl" : "ltr");
	if (page_bridge_unsaid(context->language, context->tpl))
		page_show(top, MARK_IN_ENGLISH);
	fill_caller(top, req);
	page_text(end, MARK_ORGANISATION, config_text(CONFIG_ORGANISATION));
	fill_languages(end, context);
	if (req->caller.roles & ~(ROLE(APPLICANT) | ROLE(CONTRIBUTOR)))
		page_show(end, MARK_STAFF);
	for (struct page_form *shown = context->forms; shown; shown = shown->next)
		form_show(shown);
	if (!language_checked(context->language))
		(void)page_include(page, MARK_UNCHECKED, TPL_LAYOUT_UNCHECKED);
	form_show_errors(page);
}
