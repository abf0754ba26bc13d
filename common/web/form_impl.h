/*
 * form_impl.h: the state of a request's form, shared by form.c, form_read.c and form_show.c.
 */
#ifndef KEPTWORD_FORM_IMPL_H
#define KEPTWORD_FORM_IMPL_H

#include "data/crypto.h"
#include "web/body.h"
#include "web/form.h"
#include "web/request_impl.h"

/* The names of the hidden inputs; no field can have them (a field's name begins with a-z). */
#define FORM_TOKEN_NAME "_token"
#define FORM_SUBMISSION_NAME "_submission"

/* What came for a field, and what it means. */
struct field_state {
	const char *typed; /* valid text to show again; "" when nothing came */
	const char *text;  /* the value: trimmed and checked; "" when empty or wrong */
	const char **many; /* FIELD_MANY: codes as sent */
	size_t many_count;
	const struct choice *choices;
	int64_t number;
	day day;
	struct money money;
	struct id id;
	bool ticked;
	const struct form_file *file;
	const char *error; /* code, NULL: none */
	const char *detail;
};

struct form_problem {
	struct form_problem *next;
	const char *code, *detail;
};

struct form_state {
	const struct form *form; /* that `fields` were made for */
	struct field_state *fields;
	unsigned count;
	bool read; /* a body was read: form_set() does nothing */
	bool failed;
	struct form_problem *whole; /* errors of the whole form, in order */
	const char *currency;
	const char *token; /* as the body carried it, "" when it did not */
	bool has_submission;
	struct id submission;
};

/* The request's state, made when first asked for, with one field_state per field. */
struct form_state *form_state_of(struct request *req);

/* The state of a form that the request was not read through: nothing typed. */
struct field_state *form_blank(
    struct request *req, const struct form *form, unsigned *ret_count);

/* Reads one field from the parts of its name. (form_read.c) */
void form_read_field(struct request *req, const struct field *field, struct field_state *state,
    const struct body *body);

/* The choice of that code, NULL when there is none. */
const struct choice *form_choice(const struct choice *choices, const char *code);

/* Largest number of characters. */
int64_t form_length_max(const struct field *field);
int64_t form_file_max(const struct field *field);

#endif
