/*
 * feedback_lss_test.c: the importer of LimeSurvey's surveys: our own fixtures in both layouts,
 * texts, refusals, and every real file under DATA with counts worked out apart from it.
 */
#include "unit.h"

#include "base/config.h"
#include "data/crypto.h"
#include "data/questionnaire.h"
#include "doc/helper.h"
#include "doc/xml.h"
#include "feedback/lss.h"
#include "feedback/lss_impl.h"

#include <dirent.h>

/* What an import gave: records as lines "kept Q1 L", the document apart. */
struct outcome {
	struct arena *arena;
	enum status status;
	struct buf lines;
	const char *json;
	const struct questionnaire *q;
	size_t kept, not_kept, conditions, faults;
};

static void
collect(void *arg, size_t n, const char *const *cells)
{
	struct outcome *outcome = arg;

	if (text_is(cells[0], "document")) {
		outcome->json = text_copy(outcome->arena, cells[1]);
		return;
	}
	outcome->kept += text_is(cells[0], "kept");
	outcome->not_kept += text_is(cells[0], "not_kept");
	outcome->conditions += text_is(cells[0], "condition");
	outcome->faults += text_is(cells[0], "fault");
	for (size_t i = 0; i < n; i++)
		buf_printf(&outcome->lines, "%s%s", i ? " " : "", cells[i]);
	buf_char(&outcome->lines, '\n');
}

static struct outcome
import(struct arena *arena, struct bytes file)
{
	struct outcome outcome = { .arena = arena, .lines = buf_new(arena) };
	const struct lss_sink sink = { collect, &outcome };
	struct questionnaire_fault fault;

	outcome.status = lss_import(arena, file, &sink);
	buf_text(&outcome.lines, "");
	assert_true((outcome.status == OK) == (outcome.json != 0));
	assert_int_equal(outcome.faults, outcome.status == OK ? 0 : 1);
	if (outcome.json)
		assert_int_equal(questionnaire_read(arena, outcome.json, strlen(outcome.json),
				     &outcome.q, &fault),
		    OK);
	return outcome;
}

static const struct question *
question(const struct questionnaire *q, const char *code)
{
	size_t i = questionnaire_find(q, code);

	assert_true(i < q->n_questions);
	return &q->questions[i];
}

static struct outcome
fixture(struct arena *arena, const char *name)
{
	struct bytes file;

	assert_true(
	    unit_file(arena, text_printf(arena, "tests/unit/fixtures/%s", name), &file));
	return import(arena, file);
}

static void
reads_the_new_layout(void **state)
{
	struct outcome outcome = fixture(*state, "survey_new.lss");
	const struct questionnaire *q = outcome.q;

	assert_int_equal(outcome.status, OK);
	assert_string_equal(outcome.lines.p,
	    "text  token\n"
	    "text SEEN token\n"
	    "kept SEEN Y\n"
	    "kept TOOL L\n"
	    "setting TOOL random_order\n"
	    "kept USES M\n"
	    "not_kept FILE | kind\n"
	    "setting HOURS max_num_value_n\n"
	    "kept HOURS N\n"
	    "kept AGE S\n"
	    "setting AGE preg\n"
	    "setting AGE soft_mandatory\n"
	    "kept GRID F\n"
	    "not_kept SECRET T hidden\n"
	    "text NOTE script\n"
	    "text NOTE media\n"
	    "text NOTE link\n"
	    "kept NOTE X\n"
	    "text WHY expression\n"
	    "kept WHY T\n"
	    "not_kept EMPTY L no_choices\n"
	    "kept MORE T\n"
	    "kept LAST T\n"
	    "kept SCORE !\n"
	    "zero_to_ten SCORE\n"
	    "condition AGE FILE.NAOK != \"\" not_kept\n"
	    "condition NOTE count(that.USES) > 0 that_self\n"
	    "condition WHY strlen(TOOL) > 1 function\n"
	    "condition LAST ((TOOL.NAOK RX \"/A/\")) pattern\n");
	assert_int_equal(q->n_languages, 2);
	assert_string_equal(q->languages[1], "ar");
	assert_string_equal(questionnaire_text(q->title, 0), "Guide \u00e9tude");
	assert_string_equal(
	    questionnaire_text(q->welcome, 0), "About the guide.\n\nIt takes three minutes.");
	assert_string_equal(questionnaire_text(q->welcome, 1), "\u0623\u0647\u0644\u0627");
	assert_string_equal(questionnaire_text(q->end, 0), "Thank you.");
	assert_string_equal(
	    questionnaire_text(q->groups[1].title, 1), "\u0628\u0639\u062f \u0630\u0644\u0643");
	assert_string_equal(condition_text(q->groups[1].condition), "SEEN.NAOK == \"Y\"");
	assert_string_equal(
	    questionnaire_text(question(q, "SEEN")->text, 0), "Have you seen the guide?");
	assert_true(question(q, "SEEN")->required);
	assert_string_equal(
	    questionnaire_text(question(q, "TOOL")->choices[0].text, 0), "Pen & paper");
	assert_string_equal(questionnaire_text(question(q, "TOOL")->other_text, 1),
	    "\u0623\u062f\u0627\u0629 \u0623\u062e\u0631\u0649");
	assert_string_equal(question(q, "USES")->rows[0].key, "USES_P1");
	assert_true(question(q, "USES")->least == 1 && question(q, "USES")->most == 2);
	assert_true(question(q, "HOURS")->least == 0.5 && !question(q, "HOURS")->has_most);
	assert_string_equal(questionnaire_text(question(q, "HOURS")->help, 0),
	    "\u2022 per week\n\u2022 without breaks");
	assert_int_equal(question(q, "AGE")->kind, QUESTION_NUMBER);
	assert_int_equal(question(q, "GRID")->n_rows, 2);
	assert_int_equal(question(q, "GRID")->n_choices, 2);
	assert_string_equal(
	    condition_text(question(q, "GRID")->rows[1].condition), "USES_P1.NAOK == \"Y\"");
	assert_string_equal(
	    questionnaire_text(question(q, "NOTE")->text, 0), "Thank you\nSee the guide <b>");
	assert_null(strstr(outcome.json, "script"));
	assert_null(strstr(outcome.json, "gotcha"));
	assert_string_equal(condition_text(question(q, "MORE")->condition),
	    "((USES_P1.NAOK == \"Y\" or USES_P2.NAOK == \"Y\") and (TOOL.NAOK != \"A2\"))"
	    " or ((HOURS.NAOK < 10) and (USES_P2.NAOK == \"Y\"))"
	    " or ((is_empty(TOOL.NAOK)))");
	assert_string_equal(condition_text(question(q, "SCORE")->condition),
	    "((GRID_R1.NAOK == GRID_R2.NAOK))");
	assert_null(question(q, "LAST")->condition);
}

/* The conditions of the fixture, with answers. */
static void
shows_by_old_conditions(void **state)
{
	static const struct {
		const char *uses, *tool, *hours;
		bool more;
	} cases[] = {
		{ "USES_P1", "A1", "", true },   /* first scenario, first row */
		{ "USES_P2", "A1", "40", true }, /* first scenario, second row */
		{ "USES_P2", "A1", "", true }, { "", "A1", "5", false }, /* second needs P2 */
		{ "", "A1", "", false }, { "", "", "", true },           /* third: no tool */
	};
	struct outcome outcome = fixture(*state, "survey_new.lss");
	size_t more = questionnaire_find(outcome.q, "MORE");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct answers answers = answers_new(*state);

		answers_set(&answers, "SEEN", "Y");
		answers_set(&answers, "TOOL", cases[i].tool);
		answers_set(&answers, "HOURS", cases[i].hours);
		if (*cases[i].uses)
			answers_set(&answers, cases[i].uses, "Y");
		assert_int_equal(
		    questionnaire_shown(*state, outcome.q, &answers).questions[more],
		    cases[i].more);
	}
}

static void
reads_the_old_layout(void **state)
{
	struct outcome outcome = fixture(*state, "survey_old.lss");
	const struct questionnaire *q = outcome.q;

	assert_int_equal(outcome.status, OK);
	assert_string_equal(outcome.lines.p,
	    "kept Q0001 N\n"
	    "kept Q0002 !\n"
	    "kept eats M\n"
	    "kept spread S\n"
	    "kept taste 5\n"
	    "kept words T\n"
	    "kept tail T\n"
	    "condition taste (({TOKEN:EMAIL} == x)) participant\n"
	    "condition words !is_empty(5X3X12) and 5X3X13other != \"\" or 5X3X99 == 1 "
	    "unknown_name\n");
	assert_int_equal(q->n_languages, 2);
	assert_int_equal(q->n_questions, 7);
	assert_string_equal(
	    questionnaire_text(q->title, 1), "Fr\u00fchst\u00fcck bei der Arbeit");
	assert_string_equal(questionnaire_text(q->questions[0].text, 0), "How old are you?");
	assert_string_equal(questionnaire_text(q->questions[0].text, 1), "Wie alt sind Sie?");
	assert_int_equal(q->questions[1].n_choices, 2);
	assert_string_equal(questionnaire_text(q->questions[1].choices[1].text, 1), "Kaffee");
	assert_int_equal(q->questions[2].n_rows, 2);
	assert_string_equal(questionnaire_text(q->questions[2].rows[1].text, 1), "M\u00fcsli");
	/* The rows of the table win over the question's relevance. */
	assert_string_equal(condition_text(q->questions[3].condition),
	    "((eats_m.NAOK == \"Y\") and (Q0001.NAOK >= 18))");
	assert_string_equal(condition_text(q->questions[6].condition),
	    "!is_empty(Q0002.NAOK) and eats_other.NAOK != \"x\"");
}

static void
makes_plain_text(void **state)
{
	static const struct {
		const char *html, *plain;
		unsigned left;
	} cases[] = {
		{ "", "", 0 },
		{ "one\ntwo\n\n\n\nthree", "one\ntwo\n\nthree", 0 },
		{ "<b>one</b>\n two", "one two", 0 },
		{ "<p>a</p>\n<p>b</p>", "a\n\nb", 0 },
		{ "a<br>b<BR />c<br><br><br>d", "a\nb\nc\n\nd", 0 },
		{ "<ul><li>x</li><li>y</li></ul>z", "\u2022 x\n\u2022 y\n\nz", 0 },
		{ "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3",
		    0 },
		{ "&lt;script&gt; &amp;lt; &eacute;&#233;&#xE9;&nbsp;&apos;",
		    "<script> &lt; \u00e9\u00e9\u00e9 '", 0 },
		{ "a & b &; &nothing; &#; &#xzz;", "a & b &; &nothing; &#; &#xzz;", 0 },
		{ "x&#0;y&#7;z&#x202e;w&#xD800;v&#x110000;u", "xyzwvu", 0 },
		{ "a < b > c <3", "a < b > c <3", 0 },
		{ "a<!-- <p>no</p> -->b", "ab", 0 },
		{ "<p title=\"a > b\">x</p>", "x", 0 },
		{ "<scr<script>ipt>a</script>b", "ipt>ab", 0 },
		{ "<SCRIPT src=x/>alert(1)</ScRiPt >b", "b", LSS_LEFT_SCRIPT },
		{ "<script>unclosed", "", LSS_LEFT_SCRIPT },
		{ "<style>p{color:red}</style>b", "b", 0 },
		{ "<iframe src='x'>old</iframe>b<img src=y>", "b", LSS_LEFT_MEDIA },
		{ "<a href='javascript:x'>go</a>", "go", LSS_LEFT_LINK },
		{ "Hello {TOKEN:FIRSTNAME}, you", "Hello, you", LSS_LEFT_TOKEN },
		{ "Hello, {name}!", "Hello!", LSS_LEFT_EXPRESSION },
		{ "{name}, hello", "hello", LSS_LEFT_EXPRESSION },
		{ "{if(a > 3, \"}<b>\", '{b}')}x", "x", LSS_LEFT_EXPRESSION },
		{ "{INSERTANS:1X2X3} x", "x", LSS_LEFT_EXPRESSION },
		{ "{ not one } and {} and { ", "{ not one } and {} and {", 0 },
		{ "\\{kept\\}", "{kept}", 0 },
		{ "{open", "{open", 0 },
		{ "<", "<", 0 },
		{ "</", "</", 0 },
		{ "<p", "", 0 },
		{ "<!--", "", 0 },
		{ "&", "&", 0 },
		{ "\u202e\u2066abc\u2069", "abc", 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		unsigned left = 0;

		assert_string_equal(lss_plain(*state, cases[i].html, &left), cases[i].plain);
		assert_int_equal(left, cases[i].left);
	}
}

/* A file that is refused: "code line detail". */
static void
is_refused(struct arena *arena, const char *file, size_t n, const char *line)
{
	struct outcome outcome =
	    import(arena, (struct bytes){ (const unsigned char *)file, n });

	assert_int_equal(outcome.status, E_INPUT);
	assert_string_equal(outcome.lines.p, text_printf(arena, "fault %s\n", line));
}

static void
refuses_with_a_reason(void **state)
{
	static const struct {
		const char *file, *line;
	} cases[] = {
		{ "", "empty 0 0 " },
		{ "PK\003\004 and so on", "archive 0 0 " },
		{ "<html/>", "not_limesurvey 1 0 html" },
		{ "<document/>", "missing_element 1 0 LimeSurveyDocType" },
		{ "<document>\n<LimeSurveyDocType>Group</LimeSurveyDocType></document>",
		    "not_survey 2 0 Group" },
		{ "<document><LimeSurveyDocType>Question</LimeSurveyDocType></document>",
		    "not_survey 1 0 Question" },
		{ "<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>",
		    "missing_element 1 0 surveys" },
		{ "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><surveys><rows><row>"
		  "</row></rows></surveys></document>",
		    "missing_element 1 0 surveys_languagesettings" },
		{ "<document>\n<a>\n</b></document>", "syntax 3 0 " },
		{ "<!DOCTYPE document [<!ENTITY a 'b'>]><document/>", "doctype 1 0 " },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_refused(*state, cases[i].file, strlen(cases[i].file), cases[i].line);
}

/* A survey around the given groups, questions and rest. */
static struct outcome
import_small(struct arena *arena, const char *language, const char *questions, const char *rest)
{
	return import(arena,
	    bytes_of(text_printf(arena,
		"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
		"<surveys><rows><row>%s</row></rows></surveys>"
		"<surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language>"
		"<surveyls_title>T</surveyls_title></row></rows></surveys_languagesettings>"
		"<groups><rows><row><gid>1</gid></row></rows></groups>"
		"<questions><rows>%s</rows></questions>%s</document>",
		language, questions, rest)));
}

static void
refuses_what_it_cannot_hold(void **state)
{
	static const char en[] = "<language>en</language>";
	struct arena *arena = *state;
	struct outcome outcome;
	struct buf many = buf_new(arena);

	outcome = import_small(arena, en,
	    "<row><qid>1</qid><gid>1</gid><title>a</title><type>T</type></row>", "<x><y/></x>");
	assert_int_equal(outcome.status, OK);
	assert_string_equal(outcome.lines.p, "kept a T\n");
	outcome = import_small(arena, "", "<row><qid>1</qid></row>", "");
	assert_string_equal(outcome.lines.p, "fault missing_element 0 0 surveys/language\n");
	outcome = import_small(arena, "<language>e n</language>",
	    "<row><qid>1</qid><gid>1</gid><title>a</title><type>T</type></row>", "");
	assert_string_equal(outcome.lines.p, "kept a T\nfault document 0 0  language\n");
	outcome = import_small(arena, en,
	    "<row><qid>1</qid><gid>1</gid><title>a</title><type>T</type></row>"
	    "<row><qid>2</qid><gid>1</gid><title>a</title><type>T</type></row>",
	    "");
	assert_string_equal(
	    outcome.lines.p, "kept a T\nkept a T\nfault document 0 0 questions repeated a\n");
	outcome = import_small(arena, en,
	    "<row><qid>1</qid><gid>1</gid><title>a-b</title><type>T</type></row>", "");
	assert_string_equal(outcome.lines.p, "kept a-b T\nfault document 0 0 groups[0] code\n");
	outcome = import_small(
	    arena, en, "<row><qid>1</qid><gid>1</gid><title>a</title><type>X</type></row>", "");
	assert_string_equal(outcome.lines.p, "kept a X\nfault nothing_to_ask 0 0 questions\n");
	for (int i = 0; i < 20001; i++)
		buf_text(&many, "<row/>");
	outcome = import_small(arena, en, many.p, "");
	assert_string_equal(outcome.lines.p, "fault too_many 1 0 questions\n");
}

/* One real file; counts taken from the XML by a separate script: questions that are kept, not
 * kept, rows and choices of those kept, how many are required, and how many conditions there
 * are on questions and groups, of which some are not understood. */
struct real {
	const char *name;
	size_t languages, groups, kept, not_kept, rows, choices, required, conditions, refused;
};

static void
check_real(struct arena *arena, const struct real *real)
{
	struct outcome outcome;
	struct bytes file;
	size_t rows = 0, choices = 0, required = 0, conditions = 0;

	if (!unit_data(arena, text_printf(arena, "limesurvey/lss/%s", real->name), &file))
		skip();
	outcome = import(arena, file);
	assert_int_equal(outcome.kept, real->kept);
	assert_int_equal(outcome.not_kept, real->not_kept);
	assert_int_equal(outcome.conditions, real->refused);
	if (real->languages == 0) {
		assert_int_equal(outcome.status, E_INPUT);
		assert_non_null(
		    strstr(outcome.lines.p, "fault nothing_to_ask 0 0 questions\n"));
		return;
	}
	assert_int_equal(outcome.status, OK);
	assert_int_equal(outcome.q->n_languages, real->languages);
	assert_int_equal(outcome.q->n_groups, real->groups);
	assert_int_equal(outcome.q->n_questions, real->kept);
	for (size_t g = 0; g < outcome.q->n_groups; g++)
		conditions += outcome.q->groups[g].condition != 0;
	for (size_t i = 0; i < outcome.q->n_questions; i++) {
		const struct question *each = &outcome.q->questions[i];
		size_t own = each->choices && each->choices[0].text ? each->n_choices : 0;

		rows += each->n_rows;
		choices += own;
		required += each->required;
		conditions += each->condition != 0;
	}
	assert_int_equal(rows, real->rows);
	assert_int_equal(choices, real->choices);
	assert_int_equal(required, real->required);
	assert_int_equal(conditions, real->conditions - real->refused);
}

static const struct real reals[] = {
	{ "citric_survey.lss", 1, 2, 3, 1, 0, 0, 2, 0, 0 },
	{ "imex_blank-survey.lss", 1, 1, 1, 0, 0, 0, 0, 0, 0 },
	{ "limesurvey_survey_161359_quickTranslation.lss", 4, 1, 1, 0, 0, 0, 0, 0, 0 },
	{ "limesurvey_survey_351443.lss", 1, 1, 4, 3, 0, 0, 3, 3, 0 },
	{ "limesurvey_survey_376789_quotas.lss", 1, 3, 3, 1, 0, 10, 2, 0, 0 },
	{ "limesurvey_survey_454287.lss", 0, 0, 0, 3, 0, 0, 0, 0, 0 },
	{ "limesurvey_survey_561859.lss", 0, 0, 0, 1, 0, 0, 0, 0, 0 },
	{ "limesurvey_survey_MinMaxCompareTest.lss", 0, 0, 2, 5, 0, 0, 0, 0, 0 },
	{ "limesurvey_survey_OldCodes.lss", 2, 2, 3, 0, 0, 0, 0, 2, 0 },
	{ "limesurvey_survey_XssAndScriptCheck.lss", 1, 1, 1, 0, 0, 0, 0, 0, 0 },
	{ "limesurvey_survey_expressionAnswerOptionsTest.lss", 3, 1, 2, 0, 1, 14, 0, 0, 0 },
	{ "limesurvey_survey_rankingFilterHideShow.lss", 1, 1, 2, 1, 8, 0, 0, 0, 0 },
	{ "ls205_EM_question_attributes.lss", 1, 6, 19, 17, 43, 17, 0, 11, 0 },
	{ "ls205_em_tailoring.lss", 1, 5, 24, 7, 0, 4, 9, 13, 0 },
	{ "ls205_group_relevance.lss", 1, 7, 25, 5, 0, 44, 15, 28, 5 },
	{ "ls205_randomization_group_test.lss", 2, 2, 10, 5, 0, 4, 0, 0, 0 },
	{ "ls6_sample_survey_multilingual_fr_de_en_it.lss", 5, 6, 37, 30, 30, 33, 2, 9, 0 },
	{ "survey-dual-scale-question-api-test.lss", 2, 1, 3, 4, 5, 6, 0, 0, 0 },
};

static void
reads_the_real_files(void **state)
{
	for (size_t i = 0; i < sizeof(reals) / sizeof(*reals); i++)
		check_real(*state, &reals[i]);
}

/* Single values of real files. */
static void
reads_single_values(void **state)
{
	struct outcome outcome;
	const struct question *each;
	struct bytes file;

	if (!unit_data(
		*state, "limesurvey/lss/ls6_sample_survey_multilingual_fr_de_en_it.lss", &file))
		skip();
	outcome = import(*state, file);
	assert_string_equal(outcome.q->languages[2], "de-informal");
	assert_int_equal(questionnaire_language(outcome.q, "de"), 2);
	each = question(outcome.q, "CC01");
	assert_string_equal(condition_text(each->condition),
	    "((QCS1_SH101.NAOK == \"Y\") and (QCS3.NAOK != \"Y\")) or "
	    "((QCS3.NAOK != \"Y\") and (QCS2_SQ201.NAOK == \"Y\"))");
	each = question(outcome.q, "QCS3");
	assert_string_equal(condition_text(each->condition),
	    "((QCS1_SH101.NAOK == \"Y\" or QCS1_SH102.NAOK == \"Y\")) or "
	    "((QCS2_SQ202.NAOK == \"Y\" or QCS2_SQ201.NAOK == \"Y\"))");
	assert_string_equal(condition_text(question(outcome.q, "QCDefault")->condition),
	    "((is_empty(QC.NAOK)))");
	assert_int_equal(
	    text_length(questionnaire_text(question(outcome.q, "moe")->text, 1)), 50);
	assert_int_equal(text_length(questionnaire_text(question(outcome.q, "Y")->text, 4)), 5);
	assert_int_equal(text_length(questionnaire_text(outcome.q->groups[0].title, 3)), 13);
	assert_true(unit_data(*state, "limesurvey/lss/limesurvey_survey_351443.lss", &file));
	outcome = import(*state, file);
	each = question(outcome.q, "weight");
	assert_true(each->least == 80 && each->most == 400 && each->whole);
	assert_true(
	    unit_data(*state, "limesurvey/lss/limesurvey_survey_XssAndScriptCheck.lss", &file));
	outcome = import(*state, file);
	assert_null(strstr(outcome.json, "<script"));
	assert_null(strstr(outcome.json, "alert"));
}

/* Every file of a folder of DATA is refused with one fault, or read. */
static size_t
refuse_folder(struct arena *arena, const char *folder, const char *code)
{
	const char *data = getenv("DATA");
	const char *path = text_printf(arena, "%s/%s", data ? data : "../shared/data", folder);
	DIR *dir = opendir(path);
	const struct dirent *entry;
	struct outcome outcome;
	struct bytes file;
	size_t n = 0;

	if (!dir)
		return 0;
	while ((entry = readdir(dir)) != 0) {
		if (*entry->d_name == '.')
			continue;
		assert_true(unit_data(
		    arena, text_printf(arena, "%s/%s", folder, entry->d_name), &file));
		outcome = import(arena, file);
		assert_int_equal(outcome.status, E_INPUT);
		if (code)
			assert_true(text_starts(
			    outcome.lines.p, text_printf(arena, "fault %s ", code)));
		n++;
	}
	(void)closedir(dir);
	return n;
}

static void
refuses_hostile_and_other_files(void **state)
{
	size_t n = refuse_folder(*state, "hostile/xml/libxml2-recurse", 0);

	if (n == 0)
		skip();
	n += refuse_folder(*state, "hostile/xml/libxml2-errors", 0);
	n += refuse_folder(*state, "hostile/xml/xxe", 0);
	assert_true(n >= 40);
	assert_int_equal(refuse_folder(*state, "limesurvey/lsa", "archive"), 3);
	assert_int_equal(refuse_folder(*state, "limesurvey/lsg", "not_survey"), 2);
	assert_int_equal(refuse_folder(*state, "limesurvey/lsq", "not_survey"), 2);
	(void)refuse_folder(*state, "hostile/payloads", 0);
}

/* The same in a locked-in child: what it needs is allowed there. */
static void
reads_in_a_child(void **state)
{
	static const struct parser parsers[] = { LSS_PARSER, { 0 } };
	struct outcome outcome = fixture(*state, "survey_new.lss");
	struct records records = { 0 };
	const char *why = "";
	struct bytes file;
	size_t documents = 0;

	assert_true(unit_file(*state, "tests/unit/fixtures/survey_new.lss", &file));
	assert_int_equal(
	    helper_parse_once(*state, parsers, "lss", file, "", &records, &why), OK);
	assert_int_equal(records.count, 30);
	for (const struct record *record = records.first; record; record = record->next) {
		if (!text_is(record->cells[0], "document"))
			continue;
		assert_string_equal(record->cells[1], outcome.json);
		documents++;
	}
	assert_int_equal(documents, 1);
	assert_int_equal(
	    helper_parse_once(*state, parsers, "lss", bytes_of("<a>"), "", &records, &why),
	    E_INPUT);
	assert_int_equal(records.count, 1);
	assert_string_equal(records.first->cells[1], "syntax");
}

/* Cut anywhere, or with one byte changed, a file is read or refused, never more. */
static void
survives_damage(void **state)
{
	struct bytes file;

	assert_true(unit_file(*state, "tests/unit/fixtures/survey_new.lss", &file));
	for (size_t n = 0; n < file.n; n += 97) {
		struct arena *arena = arena_new((size_t)64 << 20);
		char *damaged = arena_copy(arena, file.p, file.n);

		(void)import(arena, (struct bytes){ file.p, n });
		damaged[n] = (char)(damaged[n] ^ 0x11);
		(void)import(arena, (struct bytes){ (const unsigned char *)damaged, file.n });
		arena_free(arena);
	}
}

static int
start(void **state)
{
	char message[200];

	(void)state;
	xml_start();
	return config_read(message, sizeof(message)) != OK || crypto_start() != OK;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(reads_the_new_layout),
		UNIT_TEST(shows_by_old_conditions),
		UNIT_TEST(reads_the_old_layout),
		UNIT_TEST(makes_plain_text),
		UNIT_TEST(refuses_with_a_reason),
		UNIT_TEST(refuses_what_it_cannot_hold),
		UNIT_TEST(reads_the_real_files),
		UNIT_TEST(reads_single_values),
		UNIT_TEST(refuses_hostile_and_other_files),
		UNIT_TEST(reads_in_a_child),
		UNIT_TEST(survives_damage),
	};

	return cmocka_run_group_tests(tests, start, 0);
}
