/*
 * questionnaire_test.c: the questionnaire engine: documents, conditions, pages, checking and
 * settling of answers.
 */
#include "unit.h"

#include "data/questionnaire.h"

static const char document[] =
    "{\"format\":1,\"languages\":[\"en\",\"ar\"],"
    "\"title\":{\"en\":\"Your first week\",\"ar\":\"\u0623\u0633\u0628\u0648\u0639\u0643\"},"
    "\"groups\":["
    "{\"title\":{\"en\":\"Work\"},\"questions\":["
    "{\"code\":\"mood\",\"kind\":\"five_points\",\"required\":true,\"text\":{\"en\":\"How was "
    "it?\",\"ar\":\"\u0643\u064a\u0641\u061f\"}},"
    "{\"code\":\"age\",\"kind\":\"number\",\"text\":{\"en\":\"Age\"},\"least\":18,\"most\":99,"
    "\"whole\":true},"
    "{\"code\":\"tool\",\"kind\":\"list\",\"text\":{\"en\":\"Tool\"},\"other\":true,"
    "\"choices\":[{\"code\":\"A1\",\"text\":{\"en\":\"Pen\"}},"
    "{\"code\":\"A2\",\"text\":{\"en\":\"Brush\",\"ar\":\"\u0641\u0631\u0634\u0627\u0629\"}}]},"
    "{\"code\":\"why\",\"kind\":\"long_text\",\"required\":true,\"text\":{\"en\":\"Why?\"},"
    "\"condition\":\"mood <= 2\"}]},"
    "{\"title\":{\"en\":\"Grid\"},\"condition\":\"not is_empty(age)\",\"questions\":["
    "{\"code\":\"grid\",\"kind\":\"grid_own\",\"required\":true,\"text\":{\"en\":\"Grid\"},"
    "\"rows\":[{\"code\":\"SQ1\",\"text\":{\"en\":\"Pay\"}},"
    "{\"code\":\"SQ2\",\"text\":{\"en\":\"Tools\"},\"condition\":\"tool.NAOK == 'A2'\"}],"
    "\"choices\":[{\"code\":\"1\",\"text\":{\"en\":\"no\"}},"
    "{\"code\":\"2\",\"text\":{\"en\":\"yes\"}}]},"
    "{\"code\":\"which\",\"kind\":\"several\",\"text\":{\"en\":\"Which?\"},\"least\":2,"
    "\"most\":3,\"other\":true,"
    "\"rows\":[{\"code\":\"a\",\"text\":{\"en\":\"Alpha\"}},{\"code\":\"b\",\"text\":{\"en\":"
    "\"Beta\"}},{\"code\":\"c\",\"text\":{\"en\":\"Gamma\"}}]},"
    "{\"code\":\"yes\",\"kind\":\"yes_no\",\"text\":{\"en\":\"Again?\"}},"
    "{\"code\":\"bye\",\"kind\":\"note\",\"text\":{\"en\":\"Bye\"}}]}]}";

static struct arena *arena;
static const struct questionnaire *q;

static int
set_up(void **state)
{
	struct questionnaire_fault fault;

	(void)state;
	arena = arena_new((size_t)16 << 20);
	return questionnaire_read(arena, document, sizeof(document) - 1, &q, &fault) != OK;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "key=text;key=text" */
static struct answers
answers_of(const char *list)
{
	struct answers answers = answers_new(arena);
	size_t n;
	char **pairs = text_split(arena, list, ';', &n);

	for (size_t i = 0; i < n; i++) {
		char *equals = strchr(pairs[i], '=');

		if (!equals)
			continue;
		*equals = '\0';
		answers_set(&answers, pairs[i], equals + 1);
	}
	return answers;
}

static void
reads_and_writes(void **state)
{
	const struct questionnaire *again;
	struct questionnaire_fault fault;
	const char *written = questionnaire_write(arena, q);

	(void)state;
	assert_int_equal(q->n_languages, 2);
	assert_int_equal(q->n_groups, 2);
	assert_int_equal(q->n_questions, 8);
	assert_int_equal(q->groups[1].first, 4);
	assert_int_equal(q->questions[4].n_rows, 2);
	assert_string_equal(q->questions[4].rows[1].key, "grid_SQ2");
	assert_string_equal(q->questions[5].other_key, "which_other");
	assert_int_equal(q->questions[0].n_choices, 5);
	assert_string_equal(
	    questionnaire_text(q->title, 1), "\u0623\u0633\u0628\u0648\u0639\u0643");
	assert_string_equal(questionnaire_text(q->questions[1].text, 1), "Age");
	assert_int_equal(questionnaire_language(q, "AR"), 1);
	assert_int_equal(questionnaire_language(q, "ar-EG"), 1);
	assert_int_equal(questionnaire_language(q, "fr"), 0);
	assert_int_equal(questionnaire_find(q, "yes"), 6);
	assert_int_equal(questionnaire_find(q, "none"), 8);
	assert_int_equal(
	    questionnaire_read(arena, written, strlen(written), &again, &fault), OK);
	assert_string_equal(questionnaire_write(arena, again), written);
	assert_string_equal(
	    question_answer_text(&q->questions[2], "A2", 1), "\u0641\u0631\u0634\u0627\u0629");
	assert_string_equal(question_answer_text(&q->questions[2], "A1", 1), "Pen");
	assert_string_equal(question_answer_text(&q->questions[6], "Y", 0), "Y");
}

/* A document whose one group holds the given questions. */
static const char *
fault_of(const char *questions)
{
	const struct questionnaire *read;
	struct questionnaire_fault fault = { "", "", "" };
	char *json = text_printf(arena,
	    "{\"format\":1,\"languages\":[\"en\"],\"title\":{\"en\":\"T\"},\"groups\":[{"
	    "\"questions\":[%s]}]}",
	    questions);

	return questionnaire_read(arena, json, strlen(json), &read, &fault) == OK ? "ok"
										  : fault.code;
}

static void
refuses_documents(void **state)
{
	static const struct {
		const char *questions, *code;
	} cases[] = {
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{\"en\":\"x\"}}", "ok" },
		{ "", "limit" },
		{ "{\"code\":\"1a\",\"kind\":\"note\",\"text\":{}}", "code" },
		{ "{\"code\":\"a b\",\"kind\":\"note\",\"text\":{}}", "code" },
		{ "{\"code\":\"a\",\"kind\":\"L\",\"text\":{}}", "kind" },
		{ "{\"code\":\"a\",\"kind\":\"note\"}", "missing" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{\"de\":\"x\"}}", "language" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{\"en\":\"x\\u0007\"}}", "text" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{\"en\":\"x\\u202e\"}}", "text" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{\"en\":1}}", "text" },
		{ "{\"code\":\"a\",\"kind\":\"list\",\"text\":{}}", "choices" },
		{ "{\"code\":\"a\",\"kind\":\"several\",\"text\":{}}", "rows" },
		{ "{\"code\":\"a\",\"kind\":\"yes_no\",\"text\":{},\"other\":true}",
		    "choices" },
		{ "{\"code\":\"a\",\"kind\":\"list\",\"text\":{},\"choices\":[{\"code\":\"x\"},"
		  "{\"code\":\"x\"}]}",
		    "repeated" },
		{ "{\"code\":\"a\",\"kind\":\"list\",\"text\":{},\"choices\":[{\"code\":"
		  "\"-oth-\"}]}",
		    "code" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{}},"
		  "{\"code\":\"a\",\"kind\":\"note\",\"text\":{}}",
		    "repeated" },
		{ "{\"code\":\"a_b\",\"kind\":\"note\",\"text\":{}},{\"code\":\"a\",\"kind\":"
		  "\"several\",\"text\":{},\"rows\":[{\"code\":\"b\"}]}",
		    "repeated" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{},\"condition\":\"a == 1\"}",
		    "condition" },
		{ "{\"code\":\"a\",\"kind\":\"note\",\"text\":{},\"condition\":\"(1\"}",
		    "condition" },
		{ "{\"code\":\"a\",\"kind\":\"number\",\"text\":{},\"least\":\"1\"}", "limit" },
		{ "7", "code" },
	};
	const struct questionnaire *read;
	struct questionnaire_fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(fault_of(cases[i].questions), cases[i].code);
	assert_int_equal(questionnaire_read(arena, "{", 1, &read, &fault), E_INPUT);
	assert_string_equal(fault.code, "not_json");
	assert_int_equal(questionnaire_read(arena, "{}", 2, &read, &fault), E_INPUT);
	assert_string_equal(fault.code, "format");
}

/* Is the condition, standing behind all questions, true for the answers? Asked through a
 * document with one more question, so that the whole way is walked. */
static bool
holds(const char *condition, const char *list)
{
	struct questionnaire_fault fault;
	const struct questionnaire *more;
	struct answers answers = answers_of(list);
	struct buf json = buf_new(arena);

	buf_add(&json, document, sizeof(document) - 1 - strlen("]}]}"));
	buf_printf(&json,
	    "]},{\"questions\":[{\"code\":\"probe\",\"kind\":\"note\",\"text\":{},"
	    "\"condition\":\"%s\"}]}]}",
	    condition);
	if (questionnaire_read(arena, json.p, json.n, &more, &fault) != OK)
		fail_msg("%s: %s %s", condition, fault.code, fault.detail ? fault.detail : "");
	return questionnaire_shown(arena, more, &answers).questions[more->n_questions - 1];
}

static void
evaluates_conditions(void **state)
{
	static const struct {
		const char *condition, *answers;
		bool expected;
	} cases[] = {
		{ "", "", true },
		{ "1", "", true },
		{ "0", "", false },
		{ "'text'", "", true },
		{ "''", "", false },
		/* numbers */
		{ "age == 20", "age=20", true },
		{ "age == 20.0", "age=20", true },
		{ "age < 9", "age=10", false },
		{ "age < 9", "age=8", true },
		{ "age >= 18 and age <= 30", "age=18", true },
		{ "age >= 18 && age <= 30", "age=31", false },
		{ "age > -1", "age=0", true },
		{ "age > .5", "age=1", true },
		{ "age gt 5", "age=6", true },
		{ "age le 5", "age=6", false },
		/* an empty answer */
		{ "age < 9", "", false },
		{ "age <= 9", "", false },
		{ "age >= 0", "", false },
		{ "age > 0", "", false },
		{ "age == 0", "", false },
		{ "age != 0", "", true },
		{ "age == ''", "", true },
		{ "tool != ''", "", false },
		{ "is_empty(age)", "", true },
		{ "is_empty(age)", "age=0", false },
		{ "!is_empty(age)", "age=0", true },
		{ "not is_empty(age)", "", false },
		{ "age", "age=0", false },
		{ "age", "age=3", true },
		{ "tool", "tool=A1", true },
		/* texts */
		{ "tool == 'A1'", "tool=A1", true },
		{ "tool eq \\\"A1\\\"", "tool=A1", true },
		{ "tool ne 'A1'", "tool=A2", true },
		{ "tool < 'A2'", "tool=A1", true },
		{ "tool < 5", "tool=A1", false },
		{ "tool == 5", "tool=A1", false },
		{ "tool.code == 'A1'", "tool=A1", true },
		{ "tool.value == 'A1'", "tool=A1", true },
		{ "tool.shown == 'Pen'", "tool=A1", true },
		{ "tool.shown == 'A1'", "tool=A1", false },
		{ "tool_other == 'x'", "tool=-oth-;tool_other=x", true },
		{ "tool == 'it\\\\'s'", "tool=it's", true },
		/* rows */
		{ "which_a == 'Y'", "which_a=Y;age=20", true },
		{ "which_a.shown == 'Alpha'", "which_a=Y;age=20", true },
		{ "which_b != 'Y'", "which_a=Y;age=20", true },
		{ "grid_SQ1 == 2", "grid_SQ1=2;age=20", true },
		/* and before or, brackets */
		{ "1 or 0 and 0", "", true },
		{ "(1 or 0) and 0", "", false },
		{ "1 || 0 && 0", "", true },
		{ "! 0 and 0", "", false },
		{ "not (0 and 0)", "", true },
		{ "((age == 1) or (age == 2))", "age=2", true },
		/* functions */
		{ "count(age, tool, mood) == 2", "age=1;mood=3", true },
		{ "count(age, tool) > 0", "", false },
		{ "sum(age, mood, tool) == 23", "age=20;mood=3;tool=A1", true },
		{ "count(mood) == mood", "mood=1", true },
		/* what is not shown is empty, and without .NAOK makes the whole false */
		{ "why == ''", "mood=5;why=x", false },
		{ "why.NAOK == ''", "mood=5;why=x", true },
		{ "why.NAOK == 'x'", "mood=2;why=x", true },
		{ "why != 'x' or 1", "mood=5;why=x", false },
		{ "why.NAOK != 'x' or 1", "mood=5;why=x", true },
		{ "which_a.NAOK == 'Y'", "which_a=Y", false },
		{ "grid_SQ2.NAOK == 2", "grid_SQ2=2;age=20", false },
		{ "grid_SQ2 == 2", "grid_SQ2=2;age=20;tool=A2", true },
		{ "why.NAOK.shown == 'x'", "mood=2;why=x", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (holds(cases[i].condition, cases[i].answers) != cases[i].expected)
			fail_msg("%s with %s", cases[i].condition, cases[i].answers);
}

static void
refuses_conditions(void **state)
{
	static const struct {
		const char *condition, *why;
	} cases[] = {
		{ "age ==", "syntax" },
		{ "== 1", "syntax" },
		{ "age = 1", "syntax" },
		{ "age == 1 age", "syntax" },
		{ "(age == 1", "syntax" },
		{ "age == 1)", "syntax" },
		{ "age == 'x", "syntax" },
		{ "age + 1 == 2", "syntax" },
		{ "age == 1.2.3", "syntax" },
		{ "age == 1x", "syntax" },
		{ "age.relevance == 1", "syntax" },
		{ "age.NAOKs == 1", "syntax" },
		{ "is_empty(age, mood)", "syntax" },
		{ "count()", "syntax" },
		{ "count(age", "syntax" },
		{ "and", "syntax" },
		{ "{age}", "syntax" },
		{ "age == 1 /* x */", "syntax" },
		{ "nothing == 1", "unknown_name" },
		{ "grid == 1", "unknown_name" },
		{ "which == 1", "unknown_name" },
		{ "bye == 1", "unknown_name" },
		{ "grid_SQ9 == 1", "unknown_name" },
		{ "age_other == 1", "unknown_name" },
		{ "yes == 'Y'", "later" },
		{ "which_a == 'Y'", "later" },
		{ "regexMatch('/x/', age)", "function" },
		{ "strlen(age) > 1", "function" },
	};
	const struct condition *condition;
	const char *why = "";
	struct buf deep = buf_new(arena);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		why = "";
		if (questionnaire_condition(
			arena, q, 5, cases[i].condition, &condition, &why) != E_INPUT ||
		    strcmp(why, cases[i].why) != 0)
			fail_msg("%s: %s", cases[i].condition, why);
	}
	for (int i = 0; i < 60; i++)
		buf_char(&deep, '(');
	assert_int_equal(
	    questionnaire_condition(arena, q, 5, deep.p, &condition, &why), E_INPUT);
	assert_string_equal(why, "limit");
	for (int i = 0; i < 2000; i++)
		buf_text(&deep, "!!");
	assert_int_equal(
	    questionnaire_condition(arena, q, 5, deep.p, &condition, &why), E_INPUT);
	assert_string_equal(why, "limit");
	assert_int_equal(questionnaire_condition(arena, q, 5, " 1 ", &condition, &why), OK);
	assert_null(condition);
	assert_int_equal(
	    questionnaire_condition(arena, q, 5, " age  == 1", &condition, &why), OK);
	assert_string_equal(condition_text(condition), "age  == 1");
}

/* A question that reads an answer of its own group begins a page. */
static void
cuts_pages(void **state)
{
	struct answers good = answers_of("mood=5"), bad = answers_of("mood=1;age=30");

	(void)state;
	assert_int_equal(q->n_pages, 3);
	assert_int_equal(q->pages[0].n, 3);
	assert_int_equal(q->pages[1].first, 3);
	assert_int_equal(q->pages[1].n, 1);
	assert_int_equal(q->pages[1].group, 0);
	assert_int_equal(q->pages[2].first, 4);
	assert_int_equal(q->pages[2].n, 4);
	assert_int_equal(questionnaire_next(q, &good, SIZE_MAX), 0);
	assert_int_equal(questionnaire_next(q, &good, 0), 3);
	assert_int_equal(questionnaire_next(q, &bad, 0), 1);
	assert_int_equal(questionnaire_next(q, &bad, 1), 2);
	assert_int_equal(questionnaire_previous(q, &bad, 2), 1);
	assert_int_equal(questionnaire_previous(q, &good, 3), 0);
	assert_int_equal(questionnaire_previous(q, &good, 0), SIZE_MAX);
}

/* "question/row code detail, ..." */
static const char *
faults_of(const char *list)
{
	struct answers answers = answers_of(list);
	const struct answer_fault *faults;
	size_t n = questionnaire_check(arena, q, 0, q->n_questions, &answers, &faults);
	struct buf out = buf_new(arena);

	for (size_t i = 0; i < n; i++) {
		const struct question *question = &q->questions[faults[i].question];

		buf_printf(&out, "%s%s%s %s%s%s", i > 0 ? ", " : "", question->code,
		    faults[i].row == QUESTION_WHOLE   ? ""
		    : faults[i].row == QUESTION_OTHER ? "/other"
						      : question->rows[faults[i].row].key,
		    faults[i].code, faults[i].detail ? " " : "",
		    faults[i].detail ? faults[i].detail : "");
	}
	return out.p ? out.p : "";
}

static void
checks_answers(void **state)
{
	static const struct {
		const char *answers, *faults;
	} cases[] = {
		{ "mood=5", "" },
		{ "", "mood missing" },
		{ "mood=6", "mood not_choice" },
		{ "mood=1", "why missing" },
		{ "mood=1;why=  ", "why missing" },
		{ "mood=1;why=because", "" },
		{ "mood=5;age=x;grid_SQ1=1", "age not_number" },
		{ "mood=5;age=17;grid_SQ1=1", "age too_small 18" },
		{ "mood=5;age=100;grid_SQ1=1", "age too_large 99" },
		{ "mood=5;age=20,5;grid_SQ1=1", "age not_whole" },
		{ "mood=5;age=1,000;grid_SQ1=1", "age not_number" },
		{ "mood=5;age=20", "gridgrid_SQ1 missing" },
		{ "mood=5;age=20;tool=A2;grid_SQ1=1", "gridgrid_SQ2 missing" },
		{ "mood=5;age=20;grid_SQ1=7", "gridgrid_SQ1 not_choice" },
		{ "mood=5;tool=A9", "tool not_choice" },
		{ "mood=5;tool=-oth-", "" },
		{ "mood=5;age=20;grid_SQ1=1;which_a=Y", "which too_few 2" },
		{ "mood=5;age=20;grid_SQ1=1;which_a=Y;which_other=x", "" },
		{ "mood=5;age=20;grid_SQ1=1;which_a=Y;which_b=Y;which_c=Y;which_other=x",
		    "which too_many 3" },
		{ "mood=5;age=20;grid_SQ1=1;which_a=Y;which_b=X",
		    "whichwhich_b not_choice, which too_few 2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(faults_of(cases[i].answers), cases[i].faults);
}

static void
settles_answers(void **state)
{
	struct answers answers = answers_of("which_a=Y;age= 20,5 ;mood=5;why=hidden;tool=A1;"
					    "tool_other=x;nothing=1;grid_SQ2=1;grid_SQ1=2");
	struct answers settled = questionnaire_settle(arena, q, &answers), again;
	const char *json = answers_write(arena, &settled);

	(void)state;
	assert_string_equal(json,
	    "{\"mood\":\"5\",\"age\":\"20.5\",\"tool\":\"A1\",\"grid_SQ1\":\"2\","
	    "\"which_a\":\"Y\"}");
	assert_int_equal(answers_read(arena, json, strlen(json), &again), OK);
	assert_int_equal(again.n, 5);
	assert_string_equal(answers_get(&again, "age"), "20.5");
	assert_string_equal(answers_get(&again, "none"), "");
	answers_set(&again, "mood", "");
	assert_int_equal(again.n, 4);
	assert_string_equal(answers_get(&again, "mood"), "");
	assert_string_equal(answers_get(&again, "tool"), "A1");
	assert_int_equal(answers_read(arena, "[]", 2, &again), E_INPUT);
	assert_int_equal(answers_read(arena, "{\"a\":1}", 7, &again), E_INPUT);
	answers = answers_new(arena);
	answers_set(&answers, "a", "say \"hi\"\n\\");
	assert_string_equal(
	    answers_write(arena, &answers), "{\"a\":\"say \\\"hi\\\"\\n\\\\\"}");
	answers = answers_new(arena);
	assert_string_equal(answers_write(arena, &answers), "{}");
}

static void
reads_numbers(void **state)
{
	static const struct {
		const char *typed, *canonical;
		double number;
	} cases[] = {
		{ "3", "3", 3 },
		{ " -2.5 ", "-2.5", -2.5 },
		{ "2,5", "2.5", 2.5 },
		{ "0.125", "0.125", 0.125 },
		{ "123456789012345", "123456789012345", 123456789012345 },
		{ "1,234", 0, 0 },
		{ "1,2,3", 0, 0 },
		{ "1.2,3", 0, 0 },
		{ "1234567890123456", 0, 0 },
		{ ".5", 0, 0 },
		{ "5.", 0, 0 },
		{ "-", 0, 0 },
		{ "", 0, 0 },
		{ "1e3", 0, 0 },
		{ "0x10", 0, 0 },
		{ "nan", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *text = 0;
		double number = 0;
		bool read = questionnaire_number(arena, cases[i].typed, &text, &number);

		assert_int_equal(read, cases[i].canonical != 0);
		if (read) {
			assert_string_equal(text, cases[i].canonical);
			assert_true(number == cases[i].number);
		}
	}
}

/* eNPS as LimeSurvey's authors build it: eleven choices, or a number from 0 to 10. */
static void
finds_0_to_10(void **state)
{
	struct buf json = buf_new(arena);
	const struct questionnaire *read;
	struct questionnaire_fault fault;

	(void)state;
	buf_text(&json,
	    "{\"format\":1,\"languages\":[\"en\"],\"title\":{},\"groups\":[{"
	    "\"questions\":[{\"code\":\"a\",\"kind\":\"list\",\"text\":{},\"choices\":[");
	for (int i = 0; i <= 10; i++)
		buf_printf(
		    &json, "%s{\"code\":\"A%d\",\"text\":{\"en\":\"%d\"}}", i ? "," : "", i, i);
	buf_text(&json,
	    "]},{\"code\":\"b\",\"kind\":\"number\",\"text\":{},\"least\":0,\"most\":"
	    "10},{\"code\":\"c\",\"kind\":\"number\",\"text\":{},\"least\":1,\"most\":"
	    "10},{\"code\":\"d\",\"kind\":\"five_points\",\"text\":{}}]}]}");
	assert_int_equal(questionnaire_read(arena, json.p, json.n, &read, &fault), OK);
	assert_true(question_is_0_to_10(&read->questions[0]));
	assert_true(question_is_0_to_10(&read->questions[1]));
	assert_false(question_is_0_to_10(&read->questions[2]));
	assert_false(question_is_0_to_10(&read->questions[3]));
}

/* Every document that the demo brings is one that the engine reads. They stand in SQL literals,
 * a quote doubled. */
static void
reads_the_demo(void **state)
{
	static const char *const files[] = { "sql/feedback/demo.sql",
		"sql/onboarding/demo.sql" };
	size_t n = 0, scales = 0;

	(void)state;
	for (size_t f = 0; f < sizeof(files) / sizeof(*files); f++) {
		struct bytes file;
		const char *at;

		assert_true(unit_file(arena, files[f], &file));
		at = arena_copy(arena, file.p, file.n);
		while ((at = strstr(at, "'{\"format\"")) != 0) {
			struct buf json = buf_new(arena);
			const struct questionnaire *read;
			struct questionnaire_fault fault = { 0 };

			for (at++; *at && (*at != '\'' || at[1] == '\''); at++) {
				at += *at == '\'';
				buf_char(&json, *at);
			}
			if (questionnaire_read(arena, json.p, json.n, &read, &fault) != OK)
				fail_msg("%s: %s at %s", files[f], fault.code, fault.where);
			for (size_t i = 0; i < read->n_questions; i++)
				scales += question_is_0_to_10(&read->questions[i]);
			n++;
		}
	}
	assert_true(n >= 3);
	assert_true(scales >= 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_and_writes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_documents, set_up, tear_down),
		cmocka_unit_test_setup_teardown(evaluates_conditions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_conditions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cuts_pages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(checks_answers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(settles_answers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(finds_0_to_10, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads_the_demo, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, 0, 0);
}
