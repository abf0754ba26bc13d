/*
 * form_test.c: a form from body to values and back to the page: every kind at its limits, what
 * is missing, repeated, of the wrong type or not offered, what was typed kept, hostile text in
 * every input, tokens, and the words of errors in both places.
 */
#include "page_unit.h"

#include "base/config.h"
#include "web/page.h"
#include "web/request_impl.h"
#include "web/words.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define REPLACED "\xEF\xBF\xBD"

enum {
	NAME,
	LINES,
	EMAIL,
	SECRET,
	CODE,
	COUNT,
	PAY,
	START,
	SIZE,
	REGION,
	DAYS,
	AGREE,
	CV,
	PLACE,
	ABOUT
};

static const struct choice sizes[] = { { "s", NULL }, { "m", NULL }, { "l", "Large <b>" },
	{ NULL, NULL } };
static const struct choice regions[] = { { "r1", "1" }, { "r2", "2" }, { "r3", "3" },
	{ "r4", "4" }, { "r5", "5" }, { "r6", "6" }, { "r7", "7" }, { NULL, NULL } };
static const struct choice weekdays[] = { { "mon", "Monday" }, { "tue", "Tuesday" },
	{ "wed", "Wednesday" }, { "thu", "Thursday" }, { NULL, NULL } };

static const struct choice *
sizes_of(struct request *req)
{
	(void)req;
	return sizes;
}

static const struct field fields[] = {
	[NAME] = { .name = "name",
	    .kind = FIELD_TEXT,
	    .min = 2,
	    .max = 10,
	    .autocomplete = "name" },
	[LINES] = { .name = "lines", .kind = FIELD_LINES, .max = 20, .optional = true },
	[EMAIL] = { .name = "email", .kind = FIELD_EMAIL, .optional = true },
	[SECRET] = { .name = "secret",
	    .kind = FIELD_PASSWORD,
	    .min = 3,
	    .max = 8,
	    .optional = true },
	[CODE] = { .name = "code", .kind = FIELD_CODE, .optional = true },
	[COUNT] = { .name = "count",
	    .kind = FIELD_INT,
	    .min = -5,
	    .max = 40,
	    .optional = true },
	[PAY] = { .name = "pay",
	    .kind = FIELD_MONEY,
	    .min = 100,
	    .max = 200000,
	    .optional = true },
	[START] = { .name = "start", .kind = FIELD_DAY, .optional = true },
	[SIZE] = { .name = "size",
	    .kind = FIELD_CHOICE,
	    .choices_of = sizes_of,
	    .optional = true },
	[REGION] = { .name = "region",
	    .kind = FIELD_CHOICE,
	    .choices = regions,
	    .optional = true },
	[DAYS] = { .name = "days",
	    .kind = FIELD_MANY,
	    .choices = weekdays,
	    .min = 2,
	    .max = 3,
	    .optional = true },
	[AGREE] = { .name = "agree", .kind = FIELD_TICK, .optional = true },
	[CV] = { .name = "cv", .kind = FIELD_FILE, .max = 10, .optional = true },
	[PLACE] = { .name = "place", .kind = FIELD_HIDDEN, .max = 5, .optional = true },
	[ABOUT] = { .name = "about", .kind = FIELD_NOTE },
	{ 0 },
};
static const struct form form = { "unit", fields, .multipart = true };

static const struct field second_fields[] = {
	{ .name = "name", .kind = FIELD_TEXT, .label = "Second", .hint = "Hint of second" },
	{ 0 },
};
static const struct form second = { .name = "second", .fields = second_fields };

static const struct field strict_fields[] = {
	{ .name = "a", .kind = FIELD_TEXT },
	{ .name = "b", .kind = FIELD_CHOICE, .choices = sizes },
	{ .name = "c", .kind = FIELD_MANY, .choices = sizes },
	{ .name = "d", .kind = FIELD_TICK },
	{ .name = "e", .kind = FIELD_FILE },
	{ .name = "f", .kind = FIELD_DAY },
	{ .name = "g", .kind = FIELD_HIDDEN },
	{ .name = "h", .kind = FIELD_INT },
	{ 0 },
};
static const struct form strict = { .name = "strict", .fields = strict_fields };

static const char WORDS[] =
    "unit.name.label = Your name\n"
    "unit.name.hint = As friends say it.\n"
    "unit.name.too_long = Only {max} letters, at least {min}: {label}.\n"
    "unit.name.taken = {detail} is taken.\n"
    "unit.lines.label = Some lines\nunit.email.label = E-mail\nunit.secret.label = Secret\n"
    "unit.code.label = Code\nunit.count.label = Count\nunit.pay.label = Pay\n"
    "unit.start.label = Start\nunit.size.label = Size\nunit.size.s = Small\nunit.size.m = "
    "Medium\n"
    "unit.region.label = Region\nunit.days.label = Days\nunit.agree.label = I agree\n"
    "unit.cv.label = Your CV\nunit.about.label = About\nunit.about.hint = Only words.\n"
    "unit.closed = Closed since {detail}.\n"
    "strict.a.label = A\nstrict.b.label = B\nstrict.c.label = C\nstrict.d.label = D\n"
    "strict.e.label = E\nstrict.f.label = F\nstrict.h.label = H\n"
    "strict.b.s = S\nstrict.b.m = M\nstrict.c.s = S\nstrict.c.m = M\n";

static struct arena *whole;
static const char *root;

static int
start(void **state)
{
	const char *message = "";
	char *folder;

	(void)state;
	whole = arena_new((size_t)64 << 20);
	root = unit_templates(whole);
	folder = text_printf(whole, "%s/unit", root);
	(void)mkdir(folder, 0700);
	unit_template(whole, root, "unit/words", WORDS);
	unit_template(whole, root, "layout/error_404.tpl",
	    PRAGMA
	    "{{>OPEN}}<title>{{>ERROR_PREFIX}}T</title>{{>TOP}}{{>ERROR_SUMMARY}}<h1>T</h1>"
	    "<form method=\"post\">{{>FORM}}</form>"
	    "{{#CHOICE}}<form>{{>TOKENS}}</form>{{/CHOICE}}{{>END}}");
	unit_template(whole, root, "layout/error_405.tpl",
	    PRAGMA "{{>ERROR_SUMMARY}}<form>{{>TOKENS}}<b>{{>FIELD}}</b></form>");
	unit_template(whole, root, "layout/error_409.tpl", PRAGMA "<form>{{>FIELD}}</form>");
	config_set(CONFIG_ORGANISATION, "Lark & Sons");
	if (crypto_start() != OK || words_start(root, &message) != OK ||
	    page_start(root, &message) != OK) {
		print_error("%s\n", message);
		return 1;
	}
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	unit_templates_drop(whole, root);
	arena_free(whole);
	return 0;
}

static struct request *
request_for(struct arena *arena, const struct form *of)
{
	struct request *req = arena_new_of(arena, struct request);

	req->arena = arena;
	req->cookies = req->query_text = req->content_type = "";
	req->caller.zone = "UTC";
	req->caller.locale = "en";
	req->caller.name = "";
	req->visit = "some-cookie";
	req->form = of;
	req->response.headers = buf_new(arena);
	return req;
}

/* A request whose body was read through the form. */
static struct request *
posted_as(struct arena *arena, const struct form *of, const char *type, struct bytes body)
{
	struct request *req = request_for(arena, of);

	req->content_type = type;
	assert_int_equal(form_read(req, body), OK);
	return req;
}

static struct request *
posted(struct arena *arena, const char *body)
{
	return posted_as(arena, &form, URLENCODED, bytes_of(body));
}

static const char *
page_text_of(struct request *req, enum tpl tpl)
{
	const char *text = NULL;
	size_t size = 0;

	assert_int_equal(page_expand(page_open(req, tpl), req->arena, &text, &size), OK);
	return text;
}

static const char *
shown(struct request *req)
{
	return page_text_of(req, TPL_LAYOUT_ERROR_404);
}

/* The page has exactly this error: linked in the summary and beside the field. */
static void
assert_error(struct request *req, const char *id, const char *sentence)
{
	const char *text;

	assert_true(form_failed(req));
	text = shown(req);
	assert_int_equal(unit_count(text, "<li><a href=\"#"), 1);
	assert_has(text, text_printf(req->arena, "<a href=\"#%s\">%s</a>", id, sentence));
	assert_has(text, text_printf(req->arena,
			     "id=\"%s-error\"><span class=\"hidden\">Error: "
			     "</span>%s</p>",
			     id, sentence));
	assert_int_equal(unit_count(text, text_printf(req->arena, "id=\"%s\"", id)), 1);
}

/* name=Ann and one more field: refused with this sentence. */
static void
assert_bad(struct arena *arena, const char *pair, const char *sentence)
{
	char *id = text_printf(arena, "unit-%s", pair);

	id[strcspn(id, "=")] = '\0';
	assert_error(posted(arena, text_printf(arena, "name=Ann&%s", pair)), id, sentence);
}

static struct request *
good(struct arena *arena, const char *pair)
{
	struct request *req = posted(arena, text_printf(arena, "name=Ann&%s", pair));

	if (form_failed(req))
		fail_msg("%s is refused", pair);
	return req;
}

/* ---- Kinds ---- */

static void
text_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = posted(arena, "name=+%E2%80%83An+n+");

	assert_false(form_failed(req));
	assert_string_equal(form_text(req, NAME), "An n");
	assert_error(posted(arena, "name=a"), "unit-name",
	    "“Your name” is too short. Use at least 2 characters.");
	assert_string_equal(form_text(posted(arena, "name=ab"), NAME), "ab");
	/* Ten characters of two bytes each. */
	req =
	    posted(arena, "name=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9");
	assert_false(form_failed(req));
	req = posted(arena, "name=abcdefghijk");
	assert_error(req, "unit-name", "Only 10 letters, at least 2: Your name.");
	assert_string_equal(form_text(req, NAME), "");
	assert_has(shown(req), "value=\"abcdefghijk\"");
	assert_error(posted(arena, ""), "unit-name", "“Your name” is still empty. Fill it in.");
	assert_error(
	    posted(arena, "name=+%09"), "unit-name", "“Your name” is still empty. Fill it in.");
}

#define NOT_TEXT(label) \
	"“" label "” holds characters that cannot be kept. Type it again, as plain text."

static void
not_text(void **state)
{
	struct arena *arena = *state;
	struct request *req = posted(arena, "name=a%00b");

	assert_error(req, "unit-name", NOT_TEXT("Your name"));
	assert_has(shown(req), "value=\"a" REPLACED "b\"");
	req = posted(arena, "name=a%FFb%C3");
	assert_error(req, "unit-name", NOT_TEXT("Your name"));
	assert_has(shown(req), "value=\"a" REPLACED "b" REPLACED "\"");
	assert_error(posted(arena, "name=a%0Ab"), "unit-name", NOT_TEXT("Your name"));
	assert_error(posted(arena, "name=a%E2%80%A8b"), "unit-name", NOT_TEXT("Your name"));
	assert_error(posted(arena, "name=a%E2%80%AEb"), "unit-name", NOT_TEXT("Your name"));
	assert_error(posted(arena, "name=a%1Bb"), "unit-name", NOT_TEXT("Your name"));
	assert_bad(arena, "lines=a%0Bb", NOT_TEXT("Some lines"));
	/* A lone surrogate is no text either. */
	assert_bad(arena, "lines=%ED%A0%80", NOT_TEXT("Some lines"));
}

static void
repeated_field(void **state)
{
	struct request *req = posted(*state, "name=first&name=second");

	assert_error(req, "unit-name",
	    "“Your name” arrived more than once. Check what stands there and send the form "
	    "again.");
	assert_string_equal(form_text(req, NAME), "");
	assert_has(shown(req), "value=\"first\"");
	assert_lacks(shown(req), "second");
	assert_true(form_failed(posted(*state, "name=same&name=same")));
}

static void
lines_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = good(arena, "lines=%0D%0Aone%0D%0Atwo+");

	assert_string_equal(form_text(req, LINES), "one\ntwo");
	form_error(req, FORM_WHOLE, "closed", "<noon>");
	assert_has(shown(req), ">\n\none\ntwo </textarea>");
	assert_has(shown(req), "<li>Closed since &lt;noon&gt;.</li>");
	assert_has(shown(req), "<title>Error:");
	good(arena, "lines=12345678901234567890");
	/* A line end counts once, however it was sent. */
	good(arena, "lines=123456789%0D%0A0123456789");
	assert_bad(arena, "lines=123456789012345678901",
	    "“Some lines” is too long. Use at most 20 characters.");
}

static void
email_kind(void **state)
{
	static const char *const bad[] = { "a", "@b", "a@", "a@b@c", "a+b@c", "a@b%09c" };
	struct arena *arena = *state;
	struct buf longest = buf_new(arena);

	assert_string_equal(
	    form_text(good(arena, "email=+Ann@Example.org+"), EMAIL), "Ann@Example.org");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_true(form_failed(
		    posted(arena, text_printf(arena, "name=Ann&email=%s", bad[i]))));
	assert_bad(
	    arena, "email=nobody", "“E-mail” must be an email address, like name@example.org.");
	buf_text(&longest, "email=x@");
	while (longest.n < strlen("email=") + 253)
		buf_char(&longest, 'y');
	good(arena, longest.p);
	buf_char(&longest, 'y');
	good(arena, longest.p);
	buf_char(&longest, 'y');
	assert_bad(arena, longest.p, "“E-mail” is too long. Use at most 254 characters.");
}

static void
password_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = good(arena, "secret=+b+");

	assert_string_equal(form_text(req, SECRET), " b ");
	assert_bad(arena, "secret=ab", "“Secret” is too short. Use at least 3 characters.");
	good(arena, "secret=12345678");
	req = posted(arena, "name=&secret=123456789");
	assert_has(shown(req), "type=\"password\" value=\"\"");
	assert_lacks(shown(req), "123456789");
	form_set(request_for(arena, &form), SECRET, "x");
}

static void
code_kind(void **state)
{
	struct arena *arena = *state;
	struct id sent = id_new(), got;
	struct request *req = good(arena, text_printf(arena, "code=%s", id_text(arena, sent)));

	assert_true(form_id(req, CODE, &got));
	assert_memory_equal(&sent, &got, sizeof got);
	assert_false(form_id(good(arena, "code="), CODE, &got));
	assert_bad(arena, "code=abc",
	    "“Code” does not look like one of our codes. They have 26 letters and digits; copy "
	    "the "
	    "whole code.");
}

static void
int_kind(void **state)
{
	struct arena *arena = *state;

	assert_int_equal(form_int(good(arena, "count=-5"), COUNT), -5);
	assert_int_equal(form_int(good(arena, "count=+40+"), COUNT), 40);
	assert_int_equal(form_int(good(arena, "count="), COUNT), 0);
	assert_bad(arena, "count=-6", "“Count” must be -5 or more.");
	assert_bad(arena, "count=41", "“Count” must be 40 or less.");
	assert_bad(arena, "count=1.5",
	    "“Count” must be a whole number, like 12, without other signs.");
	assert_true(form_failed(posted(arena, "name=Ann&count=0x10")));
	assert_true(form_failed(posted(arena, "name=Ann&count=99999999999999999999")));
}

static void
money_kind(void **state)
{
	struct arena *arena = *state;
	struct money got = form_money(good(arena, "pay=1,762.50"), PAY);
	struct request *req;

	assert_int_equal(got.minor, 176250);
	assert_string_equal(got.currency, "USD");
	assert_int_equal(form_money(good(arena, "pay=1"), PAY).minor, 100);
	assert_int_equal(form_money(good(arena, "pay=2000.00"), PAY).minor, 200000);
	assert_int_equal(form_money(good(arena, "pay="), PAY).minor, 0);
	assert_bad(arena, "pay=0.99", "“Pay” must be 1.00 USD or more.");
	assert_bad(arena, "pay=2000.01", "“Pay” must be 2,000.00 USD or less.");
	assert_bad(arena, "pay=ten", "“Pay” must be an amount, like 1762.50.");
	assert_bad(arena, "pay=-5", "“Pay” must be an amount, like 1762.50.");
	assert_bad(arena, "pay=1,762",
	    "“Pay” can be read in two ways. Write the amount with its decimals, like 1762.00.");
	req = request_for(arena, &form);
	form_currency(req, "JPY");
	req->content_type = URLENCODED;
	assert_int_equal(form_read(req, bytes_of("name=Ann&pay=1500")), OK);
	assert_int_equal(form_money(req, PAY).minor, 1500);
	assert_has(shown(req), "<span id=\"unit-pay-unit\">JPY</span>");
}

static void
day_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = good(arena, "start=2026-11-23");
	day wanted;

	assert_true(day_of_ymd((struct ymd){ 2026, 11, 23 }, &wanted));
	assert_int_equal(form_day(req, START), wanted);
	assert_has(shown(req), "type=\"date\" value=\"2026-11-23\"");
	assert_int_equal(form_day(good(arena, "start="), START), DAY_NONE);
	assert_bad(arena, "start=2026-02-30",
	    "“Start” must be a date that exists, written like 2026-11-23.");
	/* A date input would show nothing for it. */
	assert_has(
	    shown(posted(arena, "start=31/02/2026")), "type=\"text\" value=\"31/02/2026\"");
}

static void
choice_kinds(void **state)
{
	struct arena *arena = *state;
	struct request *req = good(arena, "size=m&region=r7");
	const char *text = shown(req);

	assert_string_equal(form_text(req, SIZE), "m");
	assert_string_equal(form_text(good(arena, ""), SIZE), "");
	assert_has(text, "<input id=\"unit-size\" name=\"size\" type=\"radio\" value=\"s\">");
	assert_has(text,
	    "<input id=\"unit-size-m\" name=\"size\" type=\"radio\" value=\"m\" checked>");
	assert_has(text, "<label for=\"unit-size\">Small</label>");
	assert_has(text, "Large &lt;b&gt;");
	/* More than six: a select. */
	assert_has(text, "<select id=\"unit-region\" name=\"region\"");
	assert_has(text, "<option value=\"r7\" selected>7</option>");
	assert_int_equal(unit_count(text, " selected"), 1);
	assert_bad(arena, "size=xl", "For “Size”, choose one of the answers that are listed.");
	assert_bad(
	    arena, "region=M", "For “Region”, choose one of the answers that are listed.");
}

static void
many_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = good(arena, "days=tue&days=mon");

	assert_int_equal(form_many(req, DAYS), 2);
	assert_string_equal(form_many_at(req, DAYS, 0), "tue");
	assert_string_equal(form_many_at(req, DAYS, 1), "mon");
	assert_string_equal(form_many_at(req, DAYS, 2), "");
	assert_int_equal(unit_count(shown(req), " checked"), 2);
	assert_int_equal(form_many(good(arena, ""), DAYS), 0);
	good(arena, "days=mon&days=tue&days=wed");
	assert_bad(
	    arena, "days=mon&days=tue&days=wed&days=thu", "For “Days”, choose at most 3.");
	assert_bad(arena, "days=mon", "For “Days”, choose at least 2.");
	assert_bad(arena, "days=mon&days=sun",
	    "For “Days”, choose one of the answers that are listed.");
	assert_true(form_failed(posted(arena, "name=Ann&days=mon&days=mon")));
	/* Those that were right stay ticked. */
	assert_has(shown(posted(arena, "name=Ann&days=sun&days=mon&days=tue")),
	    "value=\"tue\" checked");
}

static void
tick_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = good(arena, "agree=yes");

	assert_true(form_ticked(req, AGREE));
	assert_has(shown(req), "type=\"checkbox\" value=\"yes\" checked");
	assert_false(form_ticked(good(arena, ""), AGREE));
	assert_true(form_failed(posted(arena, "name=Ann&agree=on")));
}

static void
missing_fields(void **state)
{
	struct request *req = posted_as(*state, &strict, URLENCODED, bytes_of("b=&h=+"));
	const char *text = shown(req);

	assert_true(form_failed(req));
	assert_has(text, "<a href=\"#strict-a\">“A” is still empty. Fill it in.</a>");
	assert_has(text, "<a href=\"#strict-b\">Choose an answer for “B”.</a>");
	assert_has(text, "<a href=\"#strict-c\">Choose at least one answer for “C”.</a>");
	assert_has(text, "<a href=\"#strict-d\">Tick “D” to go on.</a>");
	assert_has(text, "<a href=\"#strict-e\">Choose a file for “E”.</a>");
	assert_has(text, "<a href=\"#strict-f\">Enter a date for “F”.</a>");
	assert_has(
	    text, "<li>Part of this form was missing. Reload the page and send it again.</li>");
	assert_has(text, "<a href=\"#strict-h\">“H” is still empty. Fill it in.</a>");
	assert_int_equal(unit_count(text, "<li><a href=\"#"), 7);
	assert_lacks(text, "(optional)");
}

/* ---- Files ---- */

static struct request *
with_file(struct arena *arena, const char *filename, const char *content)
{
	return posted_as(arena, &form, "multipart/form-data; boundary=XX",
	    bytes_of(text_printf(arena,
		"--XX\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n"
		"--XX\r\nContent-Disposition: form-data; name=\"cv\"; "
		"filename=\"%s\"\r\n\r\n%s\r\n"
		"--XX--\r\n",
		filename, content)));
}

static void
file_kind(void **state)
{
	struct arena *arena = *state;
	struct request *req = with_file(arena, "C:\\x\\..\\my cv.pdf", "0123456789");

	assert_false(form_failed(req));
	assert_string_equal(form_file(req, CV)->name, "my cv.pdf");
	assert_int_equal(form_file(req, CV)->content.n, 10);
	assert_memory_equal(form_file(req, CV)->content.p, "0123456789", 10);
	assert_false(form_failed(with_file(arena, "x", "012345678")));
	assert_error(with_file(arena, "x", "01234567890"), "unit-cv",
	    "The file for “Your CV” is larger than 10 B. Choose a smaller one.");
	assert_error(with_file(arena, "x", ""), "unit-cv",
	    "The file for “Your CV” is empty. Choose another one.");
	/* A file input that was left alone. */
	req = with_file(arena, "", "");
	assert_false(form_failed(req));
	assert_null(form_file(req, CV));
	assert_string_equal(
	    form_file(with_file(arena, "../../etc/passwd", "x"), CV)->name, "passwd");
	assert_string_equal(form_file(with_file(arena, "a/", "x"), CV)->name, "file");
	assert_string_equal(form_file(with_file(arena,
					  "a\xFF"
					  "b",
					  "x"),
				CV)
				->name,
	    "a" REPLACED "b");
	assert_int_equal(
	    strlen(form_file(with_file(arena, text_printf(arena, "%0300d", 7), "x"), CV)->name),
	    200);
	/* Text where a file belongs, a file where text belongs. */
	assert_bad(arena, "cv=x.pdf", "Choose a file for “Your CV”.");
	req = posted_as(arena, &form, "multipart/form-data; boundary=XX",
	    bytes_of(
		"--XX\r\nContent-Disposition: form-data; name=\"name\"; filename=\"f\"\r\n\r\n"
		"Ann\r\n--XX--\r\n"));
	assert_error(req, "unit-name", NOT_TEXT("Your name"));
	assert_has(shown(req), "value=\"Ann\"");
}

/* ---- Showing ---- */

static void
hostile_values(void **state)
{
	static const char hostile[] = "%22%3E%3Csvg+onload%3Dalert(1)%3E%3C/textarea%3E";
	static const char *const names[] = { "name", "lines", "email", "code", "count", "pay",
		"start", "size", "region", "days", "agree", "cv", "place", "about" };
	struct arena *arena = *state;
	struct buf body = buf_new(arena);
	const char *text;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		buf_printf(&body, "%s=%s&", names[i], hostile);
	text = shown(posted(arena, body.p));
	assert_lacks(text, "<svg");
	assert_int_equal(unit_count(text, "</textarea>"), 1);
	/* Kept in name, lines, email, code, count, pay, start, place; the others have no free
	 * text. */
	assert_int_equal(unit_count(text, "&quot;&gt;&lt;svg onload=alert(1)&gt;"), 8);
}

static void
structure(void **state)
{
	struct request *req = request_for(*state, &form);
	const char *text = shown(req);

	assert_has(text, "<html lang=\"en\" dir=\"ltr\">");
	assert_has(text, "<label for=\"unit-name\">Your name</label>");
	assert_has(text, "<p class=\"hint\" id=\"unit-name-hint\">As friends say it.</p>");
	assert_has(text, "aria-describedby=\"unit-name-hint\"");
	assert_has(text, "autocomplete=\"name\"");
	assert_has(text, "Some lines <span class=\"quiet\">(optional)</span>");
	assert_has(text, "inputmode=\"decimal\"");
	assert_has(text, "<p><strong>About</strong></p>\n<p>Only words.</p>");
	assert_has(text, "<input type=\"hidden\" name=\"place\" value=\"\">");
	assert_lacks(text, "aria-invalid");
	assert_lacks(text, "role=\"alert\"");
	assert_lacks(text, "<title>Error");
	assert_has(text, "<p>Lark &amp; Sons</p>");
	req = posted(*state, "name=");
	text = shown(req);
	assert_has(
	    text, "aria-describedby=\"unit-name-hint unit-name-error\" aria-invalid=\"true\"");
	assert_has(text, "role=\"alert\"");
}

static void
prefilled(void **state)
{
	struct arena *arena = *state;
	struct request *req = request_for(arena, &form);
	const char *text;

	form_set(req, NAME, "<Ann>");
	form_set_int(req, COUNT, -3);
	form_set_day(req, START, 0);
	form_set_money(req, PAY, money_of(176250, "USD"));
	form_set(req, DAYS, "mon");
	form_set(req, DAYS, "wed");
	form_set(req, AGREE, "yes");
	text = shown(req);
	assert_has(text, "value=\"&lt;Ann&gt;\"");
	assert_has(text, "value=\"-3\"");
	assert_has(text, "value=\"1970-01-01\"");
	assert_has(text, "value=\"1762.50\"");
	assert_int_equal(unit_count(text, " checked"), 3);
	/* A body wins. */
	req = posted(arena, "name=");
	form_set(req, NAME, "Bob");
	assert_lacks(shown(req), "Bob");
}

static void
handlers_errors(void **state)
{
	struct request *req = good(*state, "");
	const char *text;

	assert_lacks(shown(req), "role=\"alert\"");
	form_error(req, NAME, "taken", "“Ann”");
	form_error(req, NAME, "too_long", NULL); /* the first stands */
	form_error(req, FORM_WHOLE, "no_such_words", NULL);
	text = shown(req);
	assert_has(text, "<a href=\"#unit-name\">“Ann” is taken.</a>");
	assert_has(text, "<li>error.no_such_words</li>");
	assert_int_equal(
	    unit_count(text, "<li>"), unit_count(text, "<li><a href=\"/sign-in\">") + 2);
}

static void
several_forms(void **state)
{
	struct request *req = posted(*state, "name=x");
	struct page *page = page_open(req, TPL_LAYOUT_ERROR_405);
	const char *text;
	size_t size;

	page_form(page, MARK_FIELD, &second);
	page_field(page, MARK_FIELD, NAME);
	page_tokens(page);
	assert_int_equal(page_expand(page, req->arena, &text, &size), OK);
	/* Another form on the page is not filled by this body. */
	assert_has(text, "<label for=\"second-name\">Second</label>");
	assert_has(text, "id=\"second-name\" name=\"name\" type=\"text\" value=\"\"");
	assert_has(text, "id=\"unit-name\" name=\"name\" type=\"text\" value=\"x\"");
	assert_int_equal(unit_count(text, "name=\"_token\""), 2);
	assert_int_equal(unit_count(text, "name=\"_submission\""), 2);
	assert_int_equal(unit_count(text, "<li>"), 1);
	/* A template that places no form does not build one. */
	text = page_text_of(req, TPL_LAYOUT_ERROR_409);
	assert_string_equal(text, "\n<form></form>" + 1);
}

/* ---- Tokens ---- */

static const char *
value_behind(struct arena *arena, const char *text, const char *name)
{
	const char *hit = strstr(text, text_printf(arena, "name=\"%s\" value=\"", name));

	assert_non_null(hit);
	hit = strstr(hit, "value=\"") + strlen("value=\"");
	return arena_copy(arena, hit, strcspn(hit, "\""));
}

static void
tokens(void **state)
{
	struct arena *arena = *state;
	struct request *req = request_for(arena, &form);
	const char *text = shown(req);
	const char *token = value_behind(arena, text, "_token");
	const char *submission = value_behind(arena, text, "_submission");
	struct request *back = posted(
	    arena, text_printf(arena, "name=Ann&_token=%s&_submission=%s", token, submission));

	assert_true(form_token_ok(back));
	assert_true(form_has_submission(back));
	assert_string_equal(id_text(arena, form_submission(back)), submission);
	/* Shown again, it is the same form. */
	assert_string_equal(value_behind(arena, shown(back), "_submission"), submission);
	back->visit = "another-cookie";
	assert_false(form_token_ok(back));
	assert_false(form_token_ok(posted(arena, "name=Ann")));
	assert_false(form_token_ok(posted(arena, "name=Ann&_token=")));
	assert_false(form_token_ok(posted(arena, text_printf(arena, "_token=%sx", token))));
	assert_false(form_has_submission(posted(arena, "name=Ann&_submission=zz")));
	assert_false(form_has_submission(posted(arena, "name=Ann")));
}

static void
body_hash(void **state)
{
	struct arena *arena = *state;
	unsigned char one[SHA256_BYTES], two[SHA256_BYTES];

	form_body_hash(posted(arena, "name=Ann&lines=x&_submission=1&_token=2&other=3"), one);
	form_body_hash(posted(arena, "lines=x&name=Ann"), two);
	assert_memory_equal(one, two, sizeof one);
	form_body_hash(posted(arena, "name=Annx&lines="), two);
	assert_memory_not_equal(one, two, sizeof one);
	form_body_hash(posted(arena, "name=Ann&lines=x&agree=yes"), two);
	assert_memory_not_equal(one, two, sizeof one);
	form_body_hash(with_file(arena, "f", "a"), one);
	form_body_hash(with_file(arena, "f", "b"), two);
	assert_memory_not_equal(one, two, sizeof one);
}

static void
unreadable_bodies(void **state)
{
	struct request *req = request_for(*state, &form);
	struct buf many = buf_new(*state);

	req->content_type = URLENCODED;
	assert_int_equal(form_read(req, bytes_of("name=%")), E_INPUT);
	req->content_type = "text/plain";
	assert_int_equal(form_read(req, bytes_of("name=Ann")), E_INPUT);
	for (int i = 0; i < 1001; i++)
		buf_text(&many, "x=&");
	req->content_type = URLENCODED;
	assert_int_equal(form_read(req, bytes_of(many.p)), E_LIMIT);
}

static void
navigation(void **state)
{
	struct request *req = request_for(*state, NULL);
	const char *text;

	text = shown(req);
	assert_has(text, "href=\"/sign-in\"");
	assert_lacks(text, "Sign out");
	req = request_for(*state, NULL);
	req->caller.person = 7;
	req->caller.name = "Adaeze <b>";
	req->caller.locale = "ar-EG";
	req->caller.roles = ROLE(HDL) | ROLE(PEOPLE_OFFICER);
	req->session = "a-session";
	text = shown(req);
	assert_has(text, "<html lang=\"ar-EG\" dir=\"rtl\">");
	assert_has(text, "Adaeze &lt;b&gt;");
	assert_has(text, "action=\"/sign-out\"");
	assert_int_equal(unit_count(text, "href=\"/feedback/staff/surveys\""), 1);
	assert_int_equal(unit_count(text, "href=\"/onboarding/staff/applications\""), 1);
	assert_lacks(text, "/payments/");
	assert_lacks(text, "/staff/people\"");
	assert_int_equal(unit_count(text, "name=\"_submission\""), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(text_kind),
		UNIT_TEST(not_text),
		UNIT_TEST(repeated_field),
		UNIT_TEST(lines_kind),
		UNIT_TEST(email_kind),
		UNIT_TEST(password_kind),
		UNIT_TEST(code_kind),
		UNIT_TEST(int_kind),
		UNIT_TEST(money_kind),
		UNIT_TEST(day_kind),
		UNIT_TEST(choice_kinds),
		UNIT_TEST(many_kind),
		UNIT_TEST(tick_kind),
		UNIT_TEST(missing_fields),
		UNIT_TEST(file_kind),
		UNIT_TEST(hostile_values),
		UNIT_TEST(structure),
		UNIT_TEST(prefilled),
		UNIT_TEST(handlers_errors),
		UNIT_TEST(several_forms),
		UNIT_TEST(tokens),
		UNIT_TEST(body_hash),
		UNIT_TEST(unreadable_bodies),
		UNIT_TEST(navigation),
	};

	return cmocka_run_group_tests_name("form", tests, start, stop);
}
