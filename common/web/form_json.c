/*
 * form_json.c: what is wrong with a form that came to an API: each field's name, the code of
 * its error and the sentence that a page would show.
 */
#include "data/json.h"
#include "web/form_impl.h"
#include "web/words.h"

enum status
form_reply_errors(struct request *req)
{
	const struct form_state *state = form_state_of(req);
	json_t *fields = json_array();
	json_t *answer = json_held(
	    req->arena, json_pack("{s:s, s:s, s:o, s:s}", "error", "fields", "message",
			    words_say(req->arena, req->caller.locale, "api_error.fields"),
			    "fields", fields, "request", req->id));

	for (unsigned i = 0; answer && i < state->count; i++)
		if (state->fields[i].error &&
		    json_array_append_new(
			fields, json_pack("{s:s, s:s, s:s}", "name",
				    state->form->fields[i].name, "code", state->fields[i].error,
				    "message", form_error_text(req, i))))
			return E_BUSY;
	for (const struct form_problem *p = state->whole; answer && p; p = p->next)
		if (json_array_append_new(
			fields, json_pack("{s:n, s:s}", "name", "code", p->code)))
			return E_BUSY;
	return reply_json_value(req, 422, answer);
}
