/*
 * form_show.c: a form as a part of a page: one template part per kind of field, each with
 * label, hint and error, the error summary and the hidden inputs. Called by page_open.c when a
 * page is expanded. Words come from the words files, structure from templates/form/. Ids of
 * inputs are "<form>-<field>"; of further choices "<form>-<field>-<code>".
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "web/form_impl.h"
#include "web/page_impl.h"
#include "web/words.h"

#define RADIOS_MAX 6

/* One field on its way into the page. */
struct shown {
	struct page *page; /* of the field's part */
	struct request *req;
	const struct form *form;
	const struct field *field;
	const struct field_state *state;
	const char *id;
};

static const struct kind {
	const char *name;      /* in keys of words, error.<kind>.<code> */
	const char *type;      /* of an input */
	const char *inputmode; /* NULL: none */
	enum tpl tpl;
	bool is_short;
} kinds[FIELD_KIND_MAX] = {
	[FIELD_TEXT] = { "text", "text", NULL, TPL_FORM_INPUT, false },
	[FIELD_LINES] = { "lines", NULL, NULL, TPL_FORM_LINES, false },
	[FIELD_EMAIL] = { "email", "email", NULL, TPL_FORM_INPUT, false },
	[FIELD_PASSWORD] = { "password", "password", NULL, TPL_FORM_INPUT, false },
	[FIELD_CODE] = { "code", "text", NULL, TPL_FORM_INPUT, false },
	[FIELD_INT] = { "int", "text", "numeric", TPL_FORM_INPUT, true },
	[FIELD_MONEY] = { "money", NULL, NULL, TPL_FORM_MONEY, true },
	[FIELD_DAY] = { "day", "date", NULL, TPL_FORM_INPUT, true },
	[FIELD_CHOICE] = { "choice", NULL, NULL, TPL_FORM_RADIOS, false },
	[FIELD_SELECT] = { "choice", NULL, NULL, TPL_FORM_SELECT, false },
	[FIELD_MANY] = { "many", NULL, NULL, TPL_FORM_CHECKBOXES, false },
	[FIELD_TICK] = { "tick", NULL, NULL, TPL_FORM_TICK, false },
	[FIELD_FILE] = { "file", NULL, NULL, TPL_FORM_FILE, false },
	[FIELD_HIDDEN] = { "hidden", NULL, NULL, TPL_FORM_HIDDEN, false },
	[FIELD_NOTE] = { "note", NULL, NULL, TPL_FORM_NOTE, false },
};

/* ---- Words ---- */

static const char *
key_of(struct arena *arena, const struct form *form, const struct field *field, const char *end)
{
	return text_printf(arena, "%s.%s.%s", form->name, field->name, end);
}

static const char *
label_of(struct request *req, const struct form *form, const struct field *field)
{
	if (field->kind == FIELD_HIDDEN)
		return field->name; /* nobody reads it: it has no label */
	return field->label ? field->label
			    : words_say(req->arena, req->caller.locale,
				  key_of(req->arena, form, field, "label"));
}

/* A limit in the unit that a reader knows: money with its code, megabytes, else a number. */
static const char *
limit_text(struct request *req, const struct field *field, int64_t limit)
{
	const char *locale = req->caller.locale;

	if (field->kind == FIELD_MONEY)
		return money_text(
		    req->arena, money_of(limit, form_state_of(req)->currency), locale);
	if (field->kind == FIELD_FILE) {
		int step = limit >= 1 << 20 ? 20 : limit >= 1 << 10 ? 10 : 0;

		return text_printf(req->arena, "%s %s",
		    number_text(req->arena, limit >> step, locale),
		    step == 20 ? "MB"
		    : step     ? "kB"
			       : "B");
	}
	return number_text(req->arena, limit, locale);
}

static int64_t
max_of(const struct field *field)
{
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_EMAIL:
	case FIELD_PASSWORD:
	case FIELD_HIDDEN:
		return form_length_max(field);
	case FIELD_FILE:
		return form_file_max(field);
	default:
		return field->max;
	}
}

/* "<form>.<field>.<code>", else "error.<kind>.<code>", else "error.<code>". Of a hidden field,
 * of which nobody knows, only that the form came broken. */
static const char *
error_text(struct request *req, const struct form *form, const struct field *field,
    const struct field_state *state)
{
	struct arena *arena = req->arena;
	const char *locale = req->caller.locale;
	const char *key = key_of(arena, form, field, state->error);

	if (!words_get(locale, key))
		key = text_printf(arena, "error.%s.%s", kinds[field->kind].name, state->error);
	if (!words_get(locale, key))
		key = field->kind == FIELD_HIDDEN
			  ? "error.hidden.missing"
			  : text_printf(arena, "error.%s", state->error);
	return words_say(arena, locale, key, { "label", label_of(req, form, field) },
	    { "min", limit_text(req, field, field->min) },
	    { "max", limit_text(req, field, max_of(field)) },
	    { "detail", state->detail ? state->detail : "" });
}

static const char *
whole_error_text(
    struct request *req, const struct form *form, const struct form_problem *problem)
{
	const char *key = text_printf(req->arena, "%s.%s", form->name, problem->code);

	if (!words_get(req->caller.locale, key))
		key = text_printf(req->arena, "error.%s", problem->code);
	return words_say(req->arena, req->caller.locale, key,
	    { "detail", problem->detail ? problem->detail : "" });
}

/* ---- One field ---- */

static void
show_words(struct shown *s)
{
	struct arena *arena = s->req->arena;
	const char *hint = s->field->hint;
	const char *described;

	if (!hint && !s->field->label)
		hint =
		    words_get(s->req->caller.locale, key_of(arena, s->form, s->field, "hint"));
	page_text(s->page, MARK_ID, s->id);
	page_text(s->page, MARK_NAME, s->field->name);
	page_text(s->page, MARK_LABEL, label_of(s->req, s->form, s->field));
	if (s->field->optional)
		page_show(s->page, MARK_OPTIONAL);
	if (!text_empty(hint))
		page_text(page_repeat(s->page, MARK_HINT), MARK_HINT_TEXT, hint);
	if (s->state->error)
		page_text(page_repeat(s->page, MARK_ERROR), MARK_ERROR_TEXT,
		    error_text(s->req, s->form, s->field, s->state));
	if (text_empty(hint) && !s->state->error)
		return;
	described = text_printf(arena, "%s%s%s%s%s", text_empty(hint) ? "" : s->id,
	    text_empty(hint) ? "" : "-hint", text_empty(hint) || !s->state->error ? "" : " ",
	    s->state->error ? s->id : "", s->state->error ? "-error" : "");
	page_text(s->page, MARK_DESCRIBED_BY, described);
	page_show(s->page, MARK_DESCRIBED);
}

static void
show_input(struct shown *s)
{
	const struct kind *kind = &kinds[s->field->kind];
	const char *type = kind->type, *inputmode = kind->inputmode;
	bool is_code = text_is(s->field->autocomplete, "one-time-code");
	day ignored;

	/* A browser empties a date input whose value is no date: what was typed stays readable.
	 */
	if (s->field->kind == FIELD_DAY && !text_empty(s->state->typed) &&
	    !day_parse(s->state->typed, &ignored))
		type = "text";
	page_text(s->page, MARK_TYPE, type);
	page_text(s->page, MARK_VALUE, s->field->kind == FIELD_PASSWORD ? "" : s->state->typed);
	page_text(s->page, MARK_AUTOCOMPLETE,
	    s->field->autocomplete ? s->field->autocomplete : "off");
	/* Six digits that are typed with the blanks that an app shows. */
	if (is_code)
		inputmode = "numeric";
	if (kind->is_short || is_code)
		page_show(s->page, MARK_SHORT);
	if (inputmode)
		page_text(page_repeat(s->page, MARK_INPUTMODE), MARK_INPUTMODE_NAME, inputmode);
}

/* As many rows as the limit makes likely. */
static const char *
rows_for(const struct field *field)
{
	int64_t max = form_length_max(field);

	return max <= 300 ? "3" : max <= 1000 ? "5" : "8";
}

static bool
is_chosen(const struct shown *s, const char *code)
{
	if (s->field->kind != FIELD_MANY)
		return text_is(s->state->typed, code);
	for (size_t i = 0; i < s->state->many_count; i++)
		if (text_is(s->state->many[i], code))
			return true;
	return false;
}

static void
show_choices(struct shown *s)
{
	struct arena *arena = s->req->arena;

	for (const struct choice *choice = s->state->choices; choice && choice->code;
	     choice++) {
		struct page *line = page_repeat(s->page, MARK_CHOICE);
		const char *label = choice->label;

		if (!label)
			label = words_say(arena, s->req->caller.locale,
			    key_of(arena, s->form, s->field, choice->code));
		/* The summary's link leads to the first. */
		page_text(line, MARK_CHOICE_ID,
		    choice == s->state->choices
			? s->id
			: text_printf(arena, "%s-%s", s->id, choice->code));
		page_text(line, MARK_CODE, choice->code);
		page_text(line, MARK_CHOICE_LABEL, label);
		if (is_chosen(s, choice->code))
			page_show(line, MARK_CHOSEN);
	}
}

static enum tpl
template_of(const struct field *field, const struct field_state *state)
{
	size_t n = 0;

	while (state->choices && state->choices[n].code)
		n++;
	if (field->kind == FIELD_CHOICE && n > RADIOS_MAX)
		return TPL_FORM_SELECT;
	return kinds[field->kind].tpl;
}

static void
show_field(struct page *page, enum mark part, struct request *req, const struct form *form,
    unsigned place, const struct field_state *state)
{
	struct shown s = {
		.req = req, .form = form, .field = &form->fields[place], .state = state
	};

	s.id = text_printf(req->arena, "%s-%s", form->name, s.field->name);
	s.page = page_include(page, part, template_of(s.field, state));
	if (s.field->kind == FIELD_HIDDEN) {
		page_text(s.page, MARK_NAME, s.field->name);
		page_text(s.page, MARK_VALUE, state->typed);
		return;
	}
	show_words(&s);
	switch (s.field->kind) {
	case FIELD_LINES:
		page_text(s.page, MARK_ROWS, rows_for(s.field));
		page_id(
		    page_repeat(s.page, MARK_LIMITED), MARK_LIMIT, form_length_max(s.field));
		show_input(&s);
		break;
	case FIELD_MONEY:
		page_text(s.page, MARK_CURRENCY, form_state_of(req)->currency);
		show_input(&s);
		break;
	case FIELD_CHOICE:
	case FIELD_SELECT:
	case FIELD_MANY:
		page_text(s.page, MARK_AUTOCOMPLETE,
		    s.field->autocomplete ? s.field->autocomplete : "off");
		show_choices(&s);
		break;
	case FIELD_TICK:
		if (text_is(state->typed, "yes"))
			page_show(s.page, MARK_CHOSEN);
		break;
	case FIELD_FILE:
	case FIELD_NOTE:
		break;
	default:
		show_input(&s);
		break;
	}
}

/* ---- Forms ---- */

static void
show_tokens(struct page *page, enum mark part, const struct id *submission)
{
	struct request *req = page->context->req;
	struct page *tokens = page_include(page, part, TPL_FORM_TOKENS);

	page_text(tokens, MARK_FORM_TOKEN, session_form_token(req));
	if (submission)
		page_text(page_repeat(tokens, MARK_SUBMISSION), MARK_SUBMISSION_ID,
		    id_text(req->arena, *submission));
}

void
form_show_tokens(struct page *page, enum mark part, bool submission)
{
	struct id id;

	if (submission)
		id = id_new();
	show_tokens(page, part, submission ? &id : NULL);
}

static void
show_form(struct page *page, enum mark part, const struct form *form)
{
	struct request *req = page->context->req;
	struct form_state *state = form_state_of(req);
	struct page *whole = page_include(page, part, TPL_FORM_FORM);
	const struct field_state *fields = state->fields;
	unsigned count = state->count;
	bool own = form == state->form;
	struct id id = own ? form_submission(req) : id_new();

	if (!own)
		fields = form_blank(req, form, &count);
	show_tokens(whole, MARK_TOKENS, &id);
	for (unsigned i = 0; i < count; i++)
		show_field(whole, MARK_FIELD, req, form, i, &fields[i]);
}

void
form_show(const struct page_form *shown)
{
	struct page *page = shown->page;
	struct request *req = page->context->req;
	struct form_state *state = form_state_of(req);
	struct id id;

	switch (shown->kind) {
	case PAGE_FORM:
		show_form(page, shown->part, shown->form);
		break;
	case PAGE_FIELD:
		if (shown->field < state->count)
			show_field(page, shown->part, req, state->form, shown->field,
			    &state->fields[shown->field]);
		else
			page->context->failed = true;
		break;
	case PAGE_TOKENS:
		id = req->form && page == page->context->root ? form_submission(req) : id_new();
		show_tokens(page, shown->part, &id);
		break;
	}
}

const char *
form_error_text(struct request *req, unsigned field)
{
	const struct form_state *state = form_failed(req) ? form_state_of(req) : NULL;

	if (!state || field >= state->count || !state->fields[field].error)
		return NULL;
	return error_text(req, state->form, &state->form->fields[field], &state->fields[field]);
}

void
form_show_errors(struct page *page)
{
	struct request *req = page->context->req;
	const struct form_state *state;
	struct page *summary;

	if (!form_failed(req))
		return;
	state = form_state_of(req);
	(void)page_include(page, MARK_ERROR_PREFIX, TPL_FORM_ERROR_PREFIX);
	summary = page_include(page, MARK_ERROR_SUMMARY, TPL_FORM_ERROR_SUMMARY);
	for (const struct form_problem *problem = state->whole; problem;
	     problem = problem->next) {
		struct page *line = page_repeat(summary, MARK_PROBLEM);

		page_show(line, MARK_UNLINKED);
		page_text(line, MARK_ERROR_TEXT, whole_error_text(req, state->form, problem));
	}
	for (unsigned i = 0; i < state->count; i++) {
		const struct field *field = &state->form->fields[i];
		struct page *line;

		if (!state->fields[i].error)
			continue;
		line = page_repeat(summary, MARK_PROBLEM);
		page_show(line, field->kind == FIELD_HIDDEN ? MARK_UNLINKED : MARK_LINKED);
		page_text(line, MARK_ID,
		    text_printf(req->arena, "%s-%s", state->form->name, field->name));
		page_text(line, MARK_ERROR_TEXT,
		    error_text(req, state->form, field, &state->fields[i]));
	}
}
