/*
 * form_read.c: one field from the parts of a body: which parts are its own, whether they are
 * text, and what they mean by the field's kind. Every value is kept as it was typed (bytes that
 * are not text replaced by U+FFFD), so that the form can be shown again. Called by form.c.
 */
#include <string.h>

#include "base/config.h"
#include "web/form_impl.h"

#define EMAIL_MAX 254
#define NAME_LENGTH 200
#define TEXT_MAX 200
#define LINES_MAX 5000

int64_t
form_length_max(const struct field *field)
{
	if (field->max > 0)
		return field->max;
	return field->kind == FIELD_LINES   ? LINES_MAX
	       : field->kind == FIELD_EMAIL ? EMAIL_MAX
					    : TEXT_MAX;
}

int64_t
form_file_max(const struct field *field)
{
	return field->max > 0 ? field->max : config_int(CONFIG_UPLOAD_MAX);
}

const struct choice *
form_choice(const struct choice *choices, const char *code)
{
	for (; choices && choices->code; choices++)
		if (text_is(choices->code, code))
			return choices;
	return NULL;
}

/* The bytes as text: what is not UTF-8, and NUL, becomes U+FFFD. */
static const char *
shown_text(struct arena *arena, struct bytes value)
{
	struct buf text;
	size_t from = 0, bad;

	if (text_valid(value.p, value.n, NULL))
		return arena_copy(arena, value.p, value.n);
	text = buf_new(arena);
	while (!text_valid(value.p + from, value.n - from, &bad)) {
		buf_add(&text, value.p + from, bad);
		buf_text(&text, "\xEF\xBF\xBD");
		from += bad + 1;
	}
	buf_add(&text, value.p + from, value.n - from);
	return text.p;
}

/* ---- Kinds: state->text is the trimmed value, not empty; each sets its value or the error
 * code it answers (NULL: good). ---- */

static const char *
read_length(const struct field *field, const char *text)
{
	size_t length = text_length(text);

	if (length > (size_t)form_length_max(field))
		return "too_long";
	return field->min > 0 && length < (size_t)field->min ? "too_short" : NULL;
}

static const char *
read_email(const struct field *field, const char *text)
{
	const char *sign = strchr(text, '@');

	if (!sign || sign == text || !sign[1] || strchr(sign + 1, '@') ||
	    text[strcspn(text, " \t\n")])
		return "not_email";
	return read_length(field, text);
}

static const char *
read_range(const struct field *field, int64_t value)
{
	if (field->max == 0 && field->min == 0)
		return NULL;
	if (value < field->min)
		return "too_small";
	return field->max != 0 && value > field->max ? "too_large" : NULL;
}

static const char *
read_int(struct request *req, const struct field *field, struct field_state *state)
{
	if (!text_to_int(text_digits(req->arena, state->text), &state->number))
		return "not_number";
	return read_range(field, state->number);
}

/* "1,762": digits, one separator, three digits. */
static bool
is_ambiguous(const char *text)
{
	size_t whole = strspn(text, "0123456789");
	const char *rest = text + whole;

	return whole && (*rest == '.' || *rest == ',') && strspn(rest + 1, "0123456789") == 3 &&
	       !rest[4];
}

static const char *
read_money(struct request *req, const struct field *field, struct field_state *state)
{
	if (!money_parse(state->text, form_state_of(req)->currency, &state->money))
		return is_ambiguous(state->text) ? "ambiguous_money" : "not_money";
	return read_range(field, state->money.minor);
}

static const char *
read_value(struct request *req, const struct field *field, struct field_state *state)
{
	switch (field->kind) {
	case FIELD_EMAIL:
		return read_email(field, state->text);
	case FIELD_CODE:
		return id_parse(state->text, &state->id) ? NULL : "not_code";
	case FIELD_INT:
		return read_int(req, field, state);
	case FIELD_MONEY:
		return read_money(req, field, state);
	case FIELD_DAY:
		return day_parse(text_digits(req->arena, state->text), &state->day) ? NULL
										    : "not_day";
	case FIELD_CHOICE:
	case FIELD_SELECT:
		return form_choice(state->choices, state->text) ? NULL : "not_choice";
	case FIELD_TICK:
		state->ticked = text_is(state->text, "yes");
		return state->ticked ? NULL : "not_choice";
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_PASSWORD:
	case FIELD_HIDDEN:
		return read_length(field, state->text);
	case FIELD_MANY:
	case FIELD_FILE:
	case FIELD_NOTE:
	case FIELD_KIND_MAX:
		break;
	}
	return NULL;
}

/* A field of one value. A wrong one leaves text empty, so no handler can use it by mistake. */
static void
read_single(struct request *req, const struct field *field, struct field_state *state,
    const struct body_part *part)
{
	struct bytes value = part->value;
	bool lines = field->kind == FIELD_LINES;

	state->typed = shown_text(req->arena, value);
	if (lines)
		state->typed = text_lines(req->arena, state->typed);
	if (part->is_file || !text_valid(value.p, value.n, NULL)) {
		state->error = "not_text";
		return;
	}
	state->text =
	    field->kind == FIELD_PASSWORD ? state->typed : text_trim(req->arena, state->typed);
	if (text_empty(state->text))
		state->error = field->optional ? NULL : "missing";
	else if (text_has_control(state->text, !lines))
		state->error = "not_text";
	else
		state->error = read_value(req, field, state);
	if (state->error)
		state->text = "";
}

static const char *
add_chosen(struct request *req, struct field_state *state, const struct body_part *part)
{
	const char *code = shown_text(req->arena, part->value);

	for (size_t i = 0; i < state->many_count; i++)
		if (text_is(state->many[i], code))
			return "repeated";
	if (!form_choice(state->choices, code))
		return "not_choice";
	state->many[state->many_count++] = code;
	return NULL;
}

static void
read_many(struct request *req, const struct field *field, struct field_state *state,
    const struct body_part *const *parts, size_t count)
{
	state->many = arena_array_of(req->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++) {
		const char *error = add_chosen(req, state, parts[i]);

		if (error && !state->error)
			state->error = error;
	}
	if (state->error)
		return;
	if (!state->many_count)
		state->error = field->optional ? NULL : "missing";
	else if ((int64_t)state->many_count < field->min)
		state->error = "too_few";
	else if (field->max > 0 && (int64_t)state->many_count > field->max)
		state->error = "too_many";
}

/* The name without folders, controls and broken bytes, at most NAME_LENGTH bytes. */
static const char *
clean_filename(struct arena *arena, struct bytes sent)
{
	const char *name = shown_text(arena, sent);
	struct buf clean = buf_new(arena);

	for (const char *p = name; *p; p++)
		if (*p == '/' || *p == '\\')
			name = p + 1;
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p >= ' ' && *p != 127)
			buf_char(&clean, *p);
	if (!clean.n)
		return "file";
	if (clean.n > NAME_LENGTH) {
		size_t n = NAME_LENGTH;

		while (((unsigned char)clean.p[n] & 0xC0) == 0x80)
			n--; /* not inside a character */
		clean.p[n] = '\0';
	}
	return text_has_control(clean.p, true) ? "file" : clean.p;
}

static void
read_file(struct request *req, const struct field *field, struct field_state *state,
    const struct body_part *part)
{
	struct form_file *file;

	if (!part->is_file || (!part->filename.n && !part->value.n)) {
		state->error = part->is_file && field->optional ? NULL : "file_missing";
		return;
	}
	if (!part->value.n) {
		state->error = "file_empty";
		return;
	}
	if (part->value.n > (size_t)form_file_max(field)) {
		state->error = "file_too_large";
		return;
	}
	file = arena_new_of(req->arena, struct form_file);
	file->name = clean_filename(req->arena, part->filename);
	file->content = part->value;
	state->file = file;
}

static void
read_nothing(const struct field *field, struct field_state *state)
{
	if (!field->optional)
		state->error = field->kind == FIELD_FILE ? "file_missing" : "missing";
}

void
form_read_field(struct request *req, const struct field *field, struct field_state *state,
    const struct body *body)
{
	const struct body_part **parts = NULL;
	size_t length = strlen(field->name), count = 0, left = body->n;

	if (field->kind == FIELD_NOTE)
		return;
	for (const struct body_part *part = body->parts; left; part++, left--) {
		if (part->name.n != length || memcmp(part->name.p, field->name, length) != 0)
			continue;
		if (!parts) /* at most this one and those behind it */
			parts = arena_array_of(req->arena, const struct body_part *, left);
		parts[count++] = part;
	}
	if (field->kind == FIELD_MANY) {
		read_many(req, field, state, parts, count);
		return;
	}
	if (!count) {
		read_nothing(field, state);
		return;
	}
	if (field->kind == FIELD_FILE)
		read_file(req, field, state, parts[0]);
	else
		read_single(req, field, state, parts[0]);
	if (count > 1) {
		state->error = "repeated";
		state->text = "";
		state->file = NULL;
	}
}
