/*
 * form.c: the state of a request's form: made once, filled by the body or by a handler, asked
 * for values by place. What the skeleton calls (form_read(), form_token_ok(), ...) is declared
 * in request_impl.h. One field's reading stands in form_read.c, showing in form_show.c. All
 * memory is the request's arena.
 */
#include <limits.h>
#include <string.h>

#include "base/log.h"
#include "web/form_impl.h"

static const struct form no_form = { .name = "", .fields = (const struct field[]){ { 0 } } };

struct field_state *
form_blank(struct request *req, const struct form *form, unsigned *ret_count)
{
	struct field_state *fields;
	unsigned count = 0;

	while (form->fields[count].name)
		count++;
	fields = arena_array_of(req->arena, struct field_state, count + 1);
	for (unsigned i = 0; i < count; i++) {
		const struct field *field = &form->fields[i];

		fields[i].typed = fields[i].text = "";
		fields[i].day = DAY_NONE;
		fields[i].choices = field->choices_of ? field->choices_of(req) : field->choices;
	}
	*ret_count = count;
	return fields;
}

struct form_state *
form_state_of(struct request *req)
{
	const struct form *form = req->form ? req->form : &no_form;
	struct form_state *state = req->form_state;

	if (!state) {
		state = req->form_state = arena_new_of(req->arena, struct form_state);
		state->currency = "USD";
		state->token = "";
	}
	if (state->form != form) {
		state->form = form;
		state->fields = form_blank(req, form, &state->count);
	}
	return state;
}

/* The field's state; a place outside the table is our bug and reads as an empty field. */
static struct field_state *
at(struct request *req, unsigned field)
{
	static const struct field_state empty = { .typed = "", .text = "", .day = DAY_NONE };
	struct form_state *state = form_state_of(req);
	struct field_state *spare;

	if (field < state->count)
		return &state->fields[field];
	log_event(LOG_LEVEL_PANIC, "form_field_unknown", LOG_TEXT("form", state->form->name),
	    LOG_INT("field", field));
	spare = arena_new_of(req->arena, struct field_state);
	*spare = empty;
	return spare;
}

/* ---- The skeleton's side ---- */

static bool
is_name(struct bytes name, const char *wanted)
{
	return name.n == strlen(wanted) && !memcmp(name.p, wanted, name.n);
}

/* Idempotency-Key of an API: 128 bits as a UUID, as 32 hex digits or as an id of ours, in
 * quotes or without. */
static bool
key_read(struct request *req, struct id *ret)
{
	struct buf digits = buf_new(req->arena);
	struct bytes bytes;

	for (const char *p = req->idempotency_key; *p; p++)
		if (*p != '-' && *p != '"')
			buf_char(&digits, *p);
	if (digits.n == ID_TEXT)
		return id_parse(digits.p, ret);
	if (digits.n != 2 * (size_t)ID_BYTES || !hex_bytes(req->arena, digits.p, &bytes))
		return false;
	memcpy(ret->b, bytes.p, ID_BYTES);
	return true;
}

enum status
form_key_read(struct request *req)
{
	struct form_state *state = form_state_of(req);

	if (!req->idempotency_key)
		return OK;
	if (!key_read(req, &state->submission))
		return E_INPUT;
	state->has_submission = true;
	return OK;
}

enum status
form_read(struct request *req, struct bytes raw)
{
	struct form_state *state = form_state_of(req);
	struct body body = { 0 };
	enum status status = body_read(req->arena, req->content_type, raw, &body);

	if (status != OK)
		return status;
	state->read = true;
	for (size_t i = 0; i < body.n; i++) {
		const struct body_part *part = &body.parts[i];

		if (part->is_file || !text_valid(part->value.p, part->value.n, NULL))
			continue;
		if (is_name(part->name, FORM_TOKEN_NAME))
			state->token = arena_copy(req->arena, part->value.p, part->value.n);
		else if (is_name(part->name, FORM_SUBMISSION_NAME))
			state->has_submission =
			    id_parse(arena_copy(req->arena, part->value.p, part->value.n),
				&state->submission);
	}
	if (req->route && req->route->flags & ROUTE_API && form_key_read(req) != OK)
		return E_INPUT;
	for (unsigned i = 0; i < state->count; i++) {
		form_read_field(req, &state->form->fields[i], &state->fields[i], &body);
		state->failed = state->failed || state->fields[i].error;
	}
	return OK;
}

bool
form_token_ok(struct request *req)
{
	const struct form_state *state = form_state_of(req);

	return !text_empty(state->token) &&
	       crypto_equal(bytes_of(state->token), bytes_of(session_form_token(req)));
}

bool
form_has_submission(struct request *req)
{
	return form_state_of(req)->has_submission;
}

struct id
form_submission(struct request *req)
{
	struct form_state *state = form_state_of(req);

	if (!state->has_submission) {
		state->submission = id_new();
		state->has_submission = true;
	}
	return state->submission;
}

static void
add_framed(struct buf *buf, const void *bytes, size_t n)
{
	uint64_t length = n;

	buf_add(buf, &length, sizeof length);
	buf_add(buf, bytes, n);
}

/* Keyed with the form's token, which nothing stores: the hash stands in a table, and without a
 * key one could try short answers and passwords against it. */
void
form_body_hash(struct request *req, unsigned char out[SHA256_BYTES])
{
	const struct form_state *state = form_state_of(req);
	struct buf all = buf_new(req->arena);

	if (req->route && req->route->flags & ROUTE_RAW) {
		unsigned char content[SHA256_BYTES];
		const char *type = request_media_type(req);

		crypto_sha256(req->body, content);
		add_framed(&all, req->query_text, strlen(req->query_text));
		add_framed(&all, type, strlen(type));
		add_framed(&all, content, sizeof content);
	}
	for (unsigned i = 0; i < state->count; i++) {
		const struct field_state *field = &state->fields[i];

		add_framed(
		    &all, state->form->fields[i].name, strlen(state->form->fields[i].name));
		add_framed(&all, field->typed, strlen(field->typed));
		for (size_t j = 0; j < field->many_count; j++)
			add_framed(&all, field->many[j], strlen(field->many[j]));
		if (field->file) {
			unsigned char content[SHA256_BYTES];

			crypto_sha256(field->file->content, content);
			add_framed(&all, content, sizeof content);
		}
	}
	crypto_hmac(bytes_of(session_form_token(req)),
	    (struct bytes){ (const unsigned char *)all.p, all.n }, out);
}

/* ---- The handlers' side ---- */

const char *
form_text(struct request *req, unsigned field)
{
	return at(req, field)->text;
}

int64_t
form_int(struct request *req, unsigned field)
{
	return at(req, field)->number;
}

bool
form_ticked(struct request *req, unsigned field)
{
	return at(req, field)->ticked;
}

day
form_day(struct request *req, unsigned field)
{
	return at(req, field)->day;
}

struct money
form_money(struct request *req, unsigned field)
{
	const struct field_state *state = at(req, field);

	return text_empty(state->text) ? money_of(0, form_state_of(req)->currency)
				       : state->money;
}

bool
form_id(struct request *req, unsigned field, struct id *ret)
{
	const struct field_state *state = at(req, field);

	if (text_empty(state->text))
		return false;
	*ret = state->id;
	return true;
}

size_t
form_many(struct request *req, unsigned field)
{
	return at(req, field)->many_count;
}

const char *
form_many_at(struct request *req, unsigned field, size_t i)
{
	const struct field_state *state = at(req, field);

	return i < state->many_count ? state->many[i] : "";
}

const struct form_file *
form_file(struct request *req, unsigned field)
{
	return at(req, field)->file;
}

void
form_currency(struct request *req, const char *currency)
{
	form_state_of(req)->currency = currency;
}

void
form_set(struct request *req, unsigned field, const char *value)
{
	struct form_state *state = form_state_of(req);
	struct field_state *into = at(req, field);
	const char **more;

	if (state->read)
		return;
	into->typed = into->text = value ? value : "";
	into->ticked = text_is(value, "yes");
	if (field >= state->count || state->form->fields[field].kind != FIELD_MANY)
		return;
	more = arena_array_of(req->arena, const char *, into->many_count + 1);
	if (into->many_count)
		memcpy(more, into->many, into->many_count * sizeof *more);
	more[into->many_count++] = into->typed;
	into->many = more;
}

void
form_set_int(struct request *req, unsigned field, int64_t value)
{
	form_set(req, field, text_printf(req->arena, "%lld", (long long)value));
}

void
form_set_day(struct request *req, unsigned field, day value)
{
	form_set(req, field, value == DAY_NONE ? "" : day_iso(req->arena, value));
}

void
form_set_money(struct request *req, unsigned field, struct money value)
{
	form_set(req, field, money_plain(req->arena, value));
}

void
form_error(struct request *req, unsigned field, const char *code, const char *detail)
{
	struct form_state *state = form_state_of(req);

	state->failed = true;
	if (field == FORM_WHOLE) {
		struct form_problem **last = &state->whole;

		while (*last)
			last = &(*last)->next;
		*last = arena_new_of(req->arena, struct form_problem);
		(*last)->code = code;
		(*last)->detail = detail;
	} else {
		struct field_state *into = at(req, field);

		if (!into->error) {
			into->error = code;
			into->detail = detail;
		}
	}
}

bool
form_failed(const struct request *req)
{
	return req->form_state && req->form_state->failed;
}

const struct choice *
form_zones(struct request *req)
{
	size_t n = 0;
	const char *now = req->caller.zone;
	const char *const *names = zone_names(&n);
	struct choice *list = arena_array_of(req->arena, struct choice, n + 2);
	bool offered = text_empty(now);

	for (size_t i = 0; i < n; i++) {
		list[i] = (struct choice){ names[i], names[i] };
		offered = offered || text_is(names[i], now);
	}
	if (!offered)
		list[n] = (struct choice){ now, now };
	return list;
}
