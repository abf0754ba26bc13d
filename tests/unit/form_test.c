/*
 * form_test.c: a form from body to values: every kind at its limits, what is missing, repeated,
 * of the wrong type or not offered, with the words of the error in both places.
 */
#include "form_unit.h"

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
	};

	return cmocka_run_group_tests_name("form", tests, start, stop);
}
