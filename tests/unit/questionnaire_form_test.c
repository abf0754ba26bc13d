/*
 * questionnaire_form_test.c: pages of questionnaires as forms: the field tables that are made,
 * and the way of a body back to answers.
 */
#include "unit.h"

#include "web/form_impl.h"
#include "web/questionnaire_form.h"
#include "web/request_impl.h"
#include "web/words.h"

static const char document[] =
    "{\"format\":1,\"languages\":[\"en\",\"ar\"],\"title\":{\"en\":\"T\"},\"groups\":["
    "{\"questions\":["
    "{\"code\":\"mood\",\"kind\":\"five_points\",\"required\":true,\"text\":{\"en\":\"Mood\","
    "\"ar\":\"\u0627\u0644\u0645\u0632\u0627\u062c\"},\"help\":{\"en\":\"Today\"}},"
    "{\"code\":\"age\",\"kind\":\"number\",\"text\":{\"en\":\"Age\"},\"least\":18,\"most\":99},"
    "{\"code\":\"tool\",\"kind\":\"list\",\"text\":{\"en\":\"Tool\"},\"other\":true,"
    "\"choices\":[{\"code\":\"A1\",\"text\":{\"en\":\"Pen\"}},"
    "{\"code\":\"A2\",\"text\":{\"en\":\"Brush\",\"ar\":\"\u0641\u0631\u0634\u0627\u0629\"}}]},"
    "{\"code\":\"again\",\"kind\":\"yes_no\",\"required\":true,\"text\":{\"en\":\"Again?\"}}]},"
    "{\"condition\":\"mood > 2\",\"questions\":["
    "{\"code\":\"grid\",\"kind\":\"grid_five\",\"required\":true,\"text\":{\"en\":\"Grid\"},"
    "\"rows\":[{\"code\":\"r1\",\"text\":{\"en\":\"Pay\"}},"
    "{\"code\":\"r2\",\"text\":{},\"condition\":\"tool == 'A2'\"}]},"
    "{\"code\":\"which\",\"kind\":\"several\",\"required\":true,\"text\":{\"en\":\"Which?\"},"
    "\"other\":true,\"least\":2,"
    "\"rows\":[{\"code\":\"a\",\"text\":{\"en\":\"Alpha\"}},{\"code\":\"b\",\"text\":{\"en\":"
    "\"Beta\"}}]},"
    "{\"code\":\"note\",\"kind\":\"note\",\"text\":{\"en\":\"Read this\"}},"
    "{\"code\":\"long\",\"kind\":\"long_text\",\"text\":{},\"most\":300}]}]}";

static const struct questionnaire *
read_document(struct arena *arena)
{
	const struct questionnaire *q = 0;
	struct questionnaire_fault fault;
	const char *message;

	assert_int_equal(words_start("templates", &message), OK);
	assert_int_equal(
	    questionnaire_read(arena, document, sizeof(document) - 1, &q, &fault), OK);
	return q;
}

static enum status
show(struct request *req)
{
	(void)req;
	return OK;
}

/* A request whose form is the given page, and whose body, if any, has been read. */
static struct request *
request_of(struct arena *arena, const struct form *form, const char *body)
{
	struct request *req = arena_new_of(arena, struct request);

	req->arena = arena;
	req->content_type = "application/x-www-form-urlencoded";
	req->form = form;
	req->caller.locale = "en";
	if (body)
		assert_int_equal(form_read(req, bytes_of(body)), OK);
	return req;
}

/* "name kind label; name kind label; …" with "?" behind what is optional. */
static const char *
table_of(struct arena *arena, const struct form *form)
{
	static const char *const kinds[FIELD_KIND_MAX] = { [FIELD_TEXT] = "text",
		[FIELD_LINES] = "lines",
		[FIELD_CHOICE] = "choice",
		[FIELD_SELECT] = "select",
		[FIELD_MANY] = "many",
		[FIELD_NOTE] = "note" };
	struct buf out = buf_new(arena);

	for (const struct field *field = form->fields; field->name; field++) {
		size_t n = 0;

		while (field->choices && field->choices[n].code)
			n++;
		buf_printf(&out, "%s%s%s %s%zu %s", out.n ? "; " : "", field->name,
		    field->optional ? "?" : "", kinds[field->kind], n, field->label);
	}
	return out.p;
}

static void
makes_tables(void **state)
{
	struct arena *arena = *state;
	const struct questionnaire *q = read_document(arena);
	struct answers answers = answers_new(arena);
	const struct form *form;

	form = questionnaire_form(arena, q, &answers, 0, 0, 0, show);
	assert_string_equal(table_of(arena, form),
	    "q1 choice5 Mood; q2? text0 Age; q3? choice4 Tool; "
	    "q3_other? text0 Something else: please say what; q4 choice2 Again?");
	assert_string_equal(form->fields[0].hint, "Today");
	assert_string_equal(form->fields[2].choices[2].code, "-oth-");
	assert_string_equal(form->fields[2].choices[2].label, "Something else");
	assert_string_equal(form->fields[2].choices[3].code, "-none-");
	assert_string_equal(form->fields[4].choices[0].label, "Yes");
	form = questionnaire_form(arena, q, &answers, 0, 1, QUESTIONNAIRE_DRAFT, show);
	assert_string_equal(form->fields[0].label, "\u0627\u0644\u0645\u0632\u0627\u062c");
	assert_string_equal(form->fields[2].choices[1].label, "\u0641\u0631\u0634\u0627\u0629");
	assert_string_equal(form->fields[2].choices[0].label, "Pen");
	assert_true(form->fields[0].optional);
	/* The second page is not shown yet, then with and without the second row. */
	form = questionnaire_form(arena, q, &answers, 1, 0, 0, show);
	assert_string_equal(form->name, "questionnaire");
	assert_null(form->fields[0].name);
	answers_set(&answers, "mood", "3");
	form = questionnaire_form(arena, q, &answers, 1, 0, 0, show);
	assert_string_equal(table_of(arena, form),
	    "q5 note0 Grid; q5_1 choice5 Pay; q6? many2 Which?; "
	    "q6_other? text0 Something else; q7? note0 Read this; q8? lines0 long");
	assert_int_equal(form->fields[5].max, 300);
	answers_set(&answers, "tool", "A2");
	form = questionnaire_form(arena, q, &answers, 1, 0, 0, show);
	assert_string_equal(form->fields[2].name, "q5_2");
	assert_string_equal(form->fields[2].label, "r2");
	/* All at once: what has a condition is optional and says so. */
	form = questionnaire_form(arena, q, &answers, QUESTIONNAIRE_WHOLE, 0, 0, show);
	assert_false(form->fields[0].optional);
	assert_string_equal(form->fields[6].name, "q5_1");
	assert_true(form->fields[6].optional);
	assert_string_equal(form->fields[5].hint, "Answer this only if it applies to you.");
}

/* The errors of a form: "place code detail; …". */
static const char *
read_faults(struct arena *arena, const struct questionnaire *q, struct answers *answers,
    size_t page, unsigned flags, const char *body, struct answers *ret)
{
	const struct form *form = questionnaire_form(arena, q, answers, page, 0, flags, show);
	struct request *req = request_of(arena, form, body);
	struct buf out = buf_new(arena);

	assert_false(form_failed(req));
	if (questionnaire_form_read(req, ret))
		return "";
	assert_true(form_failed(req));
	for (size_t f = 0; form->fields[f].name; f++) {
		const struct field_state *field = &req->form_state->fields[f];

		if (field->error)
			buf_printf(&out, "%s%s %s%s%s", out.n ? "; " : "", form->fields[f].name,
			    field->error, field->detail ? " " : "",
			    field->detail ? field->detail : "");
	}
	return out.p;
}

static void
reads_answers(void **state)
{
	struct arena *arena = *state;
	const struct questionnaire *q = read_document(arena);
	struct answers answers = answers_new(arena), read = answers_new(arena);

	assert_string_equal(
	    read_faults(arena, q, &answers, 0, 0, "q1=3&q2=+20,5&q3=-none-&q4=Y", &read), "");
	assert_string_equal(
	    answers_write(arena, &read), "{\"mood\":\"3\",\"age\":\"20,5\",\"again\":\"Y\"}");
	assert_string_equal(
	    read_faults(arena, q, &answers, 0, 0, "q1=3&q2=7&q3=A1&q4=Y", &read),
	    "q2 answer_too_small 18");
	assert_string_equal(read_faults(arena, q, &answers, 0, 0, "q1=3&q2=old&q4=Y", &read),
	    "q2 answer_not_number");
	assert_string_equal(read_faults(arena, q, &answers, 0, QUESTIONNAIRE_DRAFT,
				"q3=-oth-&q3_other=Clay", &read),
	    "");
	assert_string_equal(
	    answers_write(arena, &read), "{\"tool\":\"-oth-\",\"tool_other\":\"Clay\"}");
	/* What was answered on other pages stays; what is not chosen any more goes. */
	answers_set(&answers, "mood", "5");
	answers_set(&answers, "which_a", "Y");
	assert_string_equal(
	    read_faults(arena, q, &answers, 1, 0, "q5_1=4&q6=b&q6_other=x&q8=", &read), "");
	assert_string_equal(answers_write(arena, &read),
	    "{\"mood\":\"5\",\"grid_r1\":\"4\",\"which_b\":\"Y\",\"which_other\":\"x\"}");
	assert_string_equal(
	    read_faults(arena, q, &answers, 1, 0, "q5_1=4&q6=b", &read), "q6 answer_too_few 2");
	assert_string_equal(
	    read_faults(arena, q, &answers, 1, 0, "q5_1=4", &read), "q6 missing");
	/* All at once: required only where it turned out to be shown. */
	answers = answers_new(arena);
	assert_string_equal(
	    read_faults(arena, q, &answers, QUESTIONNAIRE_WHOLE, 0, "q1=1&q4=N&q5_1=3", &read),
	    "");
	read = questionnaire_settle(arena, q, &read);
	assert_string_equal(answers_write(arena, &read), "{\"mood\":\"1\",\"again\":\"N\"}");
	assert_string_equal(read_faults(arena, q, &answers, QUESTIONNAIRE_WHOLE, 0,
				"q1=3&q4=N&q6=a&q6=b", &read),
	    "q5_1 missing");
}

static void
fills_fields(void **state)
{
	struct arena *arena = *state;
	const struct questionnaire *q = read_document(arena);
	struct answers answers = answers_new(arena);
	struct request *req;

	answers_set(&answers, "mood", "4");
	answers_set(&answers, "grid_r1", "2");
	answers_set(&answers, "which_a", "Y");
	answers_set(&answers, "which_b", "Y");
	answers_set(&answers, "long", "a\nb");
	req = request_of(arena, questionnaire_form(arena, q, &answers, 1, 0, 0, show), 0);
	assert_int_equal(questionnaire_form_of(req)->page, 1);
	questionnaire_form_fill(req);
	assert_string_equal(form_text(req, 1), "2");
	assert_int_equal(form_many(req, 2), 2);
	assert_string_equal(form_many_at(req, 2, 1), "b");
	assert_string_equal(form_text(req, 5), "a\nb");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(makes_tables),
		UNIT_TEST(reads_answers),
		UNIT_TEST(fills_fields),
	};

	return cmocka_run_group_tests(tests, 0, 0);
}
