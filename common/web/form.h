/*
 * form.h: forms are data. A field table parses the body, renders the inputs through shared
 * template parts and produces the error summary. Nothing is read from a body except through
 * it (no mass assignment).
 *
 * In a handler's file:
 *
 *     enum { NAME, HOURS, WHY };
 *     static const struct field leave_fields[] = {
 *     	[NAME] = { .name = "name", .kind = FIELD_TEXT, .max = 80, .autocomplete = "name" },
 *     	[HOURS] = { .name = "hours", .kind = FIELD_INT, .min = 1, .max = 40 },
 *     	[WHY] = { .name = "why", .kind = FIELD_LINES, .optional = true },
 *     	{ 0 }
 *     };
 *     static const struct form leave_form = { "leave_ask", leave_fields, .show = leave_show };
 *
 *     static enum status
 *     leave_show(struct request *req)
 *     {
 *     	form_set(req, NAME, request_caller(req)->name); // ignored when a body was read
 *     	return reply_page(req, 200, page_open(req, TPL_LEAVE_ASK)); // 422 with errors
 *     }
 *     ...
 *     ROUTE(GET, "/leave/ask", MAY(ROLE(CONTRIBUTOR)), leave_show, .form = &leave_form),
 *     ROUTE(POST, "/leave/ask", MAY(ROLE(CONTRIBUTOR)), leave_send, .form = &leave_form),
 *
 * A POST with wrong fields never reaches leave_send: the form's show answers. In
 * templates/leave/ask.tpl (the page places form element, fields and button; multipart forms add
 * enctype="multipart/form-data"):
 *
 *     {{%AUTOESCAPE context="HTML"}}
 *     {{>OPEN}}<title>{{>ERROR_PREFIX}}Ask for leave</title>{{>TOP}}
 *     {{>ERROR_SUMMARY}}
 *     <h1>Ask for leave</h1>
 *     <form method="post" action="/leave/ask" novalidate>
 *     {{>FORM}}
 *     <button type="submit">Send</button>
 *     </form>
 *     {{>END}}
 *
 * and in templates/leave/words:
 *
 *     leave_ask.name.label = Your full name
 *     leave_ask.hours.label = How many hours?
 *     leave_ask.hours.hint = A day is 8 hours.
 *     leave_ask.hours.too_large = Ask your manager for more than {max} hours.
 *     leave_ask.why.label = Anything we should know?
 *
 * Further forms, single fields and forms that are only a button: page_form(), page_field(),
 * page_tokens() (page.h).
 *
 * Words: "<form>.<field>.label" (needed), ".hint", ".<error code>"; choices are
 * "<form>.<field>.<choice code>"; errors of the whole form "<form>.<error code>". An error
 * without a sentence of its own gets "error.<kind>.<code>", else "error.<code>", of
 * templates/form/words; {label}, {min}, {max}, {detail} are filled.
 *
 * Bad input: every value typed is kept, the form is shown again (form->show) with a linked
 * summary, status 422. Error codes of the parser: missing, too_long, too_short, not_text
 * (control characters, bad UTF-8, a file where text belongs), not_number, too_small, too_large,
 * not_day, not_email, not_code, not_money, ambiguous_money, not_choice, repeated, too_few,
 * too_many, file_missing, file_too_large, file_empty. Handlers add their own with form_error().
 */
#ifndef KEPTWORD_FORM_H
#define KEPTWORD_FORM_H

#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "web/route.h"

#include <limits.h>

enum field_kind {
	FIELD_TEXT,     /* one line; min..max characters; trimmed */
	FIELD_LINES,    /* several lines; min..max characters */
	FIELD_EMAIL,    /* one @, no blanks, at most 254; kept as typed */
	FIELD_PASSWORD, /* as typed, never shown again */
	FIELD_CODE,     /* an id text (crypto.h id_parse) */
	FIELD_INT,      /* min..max value; max 0: no upper limit, both 0: none */
	FIELD_MONEY,    /* min..max minor units, the same; currency from form_currency() or "USD" */
	FIELD_DAY,      /* date input, YYYY-MM-DD */
	FIELD_CHOICE,   /* one of choices; radios up to 6, else a select */
	FIELD_SELECT,   /* one of choices, always a select */
	FIELD_MANY,     /* some of choices: checkboxes; min..max chosen, max 0: all */
	FIELD_TICK,     /* a single checkbox; required = must be ticked */
	FIELD_FILE,     /* max bytes, 0 = CONFIG_UPLOAD_MAX */
	FIELD_HIDDEN,   /* like TEXT, not shown, never in the summary but by its code */
	FIELD_NOTE,     /* only words between fields; takes no value */
	FIELD_KIND_MAX
};

struct choice {
	const char *code;  /* NULL ends the list */
	const char *label; /* NULL: words "<form>.<field>.<code>" */
};

struct request;
/* For a field's choices_of: every time zone under its IANA name (time.h), and what the caller has
 * now, should it be another name of a place, so that saving changes nothing. In the arena. */
const struct choice *form_zones(struct request *req);

struct field {
	const char *name; /* NULL ends the table; [a-z][a-z0-9_]* */
	enum field_kind kind;
	int64_t min, max; /* as the kind says; max 0: 200 characters, 5000 for LINES */
	bool optional;
	const char *autocomplete; /* WCAG 1.3.5 token, NULL: "off"; "one-time-code": short, digits first */
	const struct choice *choices;
	/* Choices that depend on data; allocated in the request's arena. */
	const struct choice *(*choices_of)(struct request *req);
	/* For forms made at run time: words given here instead of the words file. */
	const char *label, *hint;
};

struct form {
	const char *name; /* prefix of its words */
	const struct field *fields;
	/* Shows the page again, filled, with errors; the GET's handler may be the same. */
	handler show;
	bool multipart; /* has FIELD_FILE */
};

/* ---- In a handler: typed values of a valid form, by the field's place in the table. Of a
 * field left empty: "", 0, DAY_NONE, absent choice "", no file. ---- */
const char *form_text(struct request *req, unsigned field);
int64_t form_int(struct request *req, unsigned field);
bool form_ticked(struct request *req, unsigned field);
day form_day(struct request *req, unsigned field);
struct money form_money(struct request *req, unsigned field);
struct id;
bool form_id(struct request *req, unsigned field, struct id *ret);
/* FIELD_MANY: how many were chosen, and the i-th code. */
size_t form_many(struct request *req, unsigned field);
const char *form_many_at(struct request *req, unsigned field, size_t i);
struct form_file {
	const char *name; /* as sent, without folders, cleaned; for messages only */
	struct bytes content;
};
const struct form_file *form_file(struct request *req, unsigned field);

/* The currency of money fields, before the body is read (form_of) or for showing. */
void form_currency(struct request *req, const char *currency);

/* ---- Showing ---- */

/* Prefills a field for a GET (ignored when a body was read). many: repeated calls. */
void form_set(struct request *req, unsigned field, const char *value);
void form_set_int(struct request *req, unsigned field, int64_t value);
void form_set_day(struct request *req, unsigned field, day value);
void form_set_money(struct request *req, unsigned field, struct money value);

/* Adds an error to a field (code: words "<form>.<field>.<code>", else "error.<code>"); the page
 * becomes 422. detail (may be NULL) fills {detail} in the sentence. FORM_WHOLE: the form. */
#define FORM_WHOLE UINT_MAX
void form_error(struct request *req, unsigned field, const char *code, const char *detail);
bool form_failed(const struct request *req);
/* The sentence of a field's error, for a page that draws the field by itself; NULL: it has none. */
const char *form_error_text(struct request *req, unsigned field);

/* The submission id that the request's body carried, or the fresh one of the shown form. */
struct id form_submission(struct request *req);

#endif
