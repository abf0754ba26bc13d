/*
 * form_show_test.c: a form on its page: hostile text in every input, what was typed or
 * prefilled, errors of handlers, several forms, tokens and the hash of a body, bodies that
 * cannot be read, and the layout around it.
 */
#include "form_unit.h"

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
	assert_int_equal(unit_count(text, "<li>"), unit_count(text, "<li><a href=\"/") + 2);
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
	/* No Arabic words stand in this tree, so the page says what it is in. */
	assert_has(text, "<html lang=\"en\" dir=\"ltr\">");
	assert_has(text, "Adaeze &lt;b&gt;");
	assert_has(text, "action=\"/sign-out\"");
	assert_int_equal(unit_count(text, "href=\"/feedback/staff/surveys\""), 1);
	assert_int_equal(unit_count(text, "href=\"/onboarding/staff/applications\""), 1);
	assert_lacks(text, "/payments/");
	assert_lacks(text, "\"/staff/people\"");
	assert_int_equal(unit_count(text, "name=\"_submission\""), 0);
}

/* On this page, the navigation marks this link and no other; NULL: none at all. */
static void
assert_place(struct arena *arena, const char *path, roles held, const char *link)
{
	struct request *req = request_for(arena, NULL);
	const char *text;

	req->caller.person = 7;
	req->caller.name = "Ann";
	req->caller.roles = held;
	req->session = "a-session";
	req->path = path;
	text = shown(req);
	assert_int_equal(unit_count(text, "aria-current"), link ? 1 : 0);
	if (link)
		assert_has(text, text_printf(arena, "href=\"%s\" aria-current=\"true\"", link));
}

static void
current_place(void **state)
{
	struct arena *arena = *state;
	roles one = ROLE(CONTRIBUTOR), hdm = ROLE(HDM);

	assert_place(arena, "/", one, "/");
	assert_place(arena, "/profile", one, "/profile");
	assert_place(arena, "/payments/statements", one, "/payments/statements");
	assert_place(arena, "/payments/statements/abc/pdf", one, "/payments/statements");
	assert_place(arena, "/payments/entries", one, "/payments/statements");
	assert_place(arena, "/hdm/my-contacts", one, "/hdm/my-contacts");
	assert_place(arena, "/hdm/staff/notes/abc", hdm, "/hdm/staff/people");
	/* A longer word is another place, a shorter path too, and so is a link not held. */
	assert_place(arena, "/profiles", one, NULL);
	assert_place(arena, "/payments", one, NULL);
	assert_place(arena, "/hdm/staff/people", one, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(hostile_values),
		UNIT_TEST(structure),
		UNIT_TEST(prefilled),
		UNIT_TEST(handlers_errors),
		UNIT_TEST(several_forms),
		UNIT_TEST(tokens),
		UNIT_TEST(body_hash),
		UNIT_TEST(unreadable_bodies),
		UNIT_TEST(navigation),
		UNIT_TEST(current_place),
	};

	return cmocka_run_group_tests_name("form_show", tests, start, stop);
}
