/*
 * form_unit.h: a form with a field of each kind, another whose fields are all needed, their
 * words, and a page that shows the form; for form_test.c and form_show_test.c.
 */
#ifndef KEPTWORD_FORM_UNIT_H
#define KEPTWORD_FORM_UNIT_H

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

static inline const struct choice *
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

static inline int
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

static inline int
stop(void **state)
{
	(void)state;
	unit_templates_drop(whole, root);
	arena_free(whole);
	return 0;
}

static inline struct request *
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
static inline struct request *
posted_as(struct arena *arena, const struct form *of, const char *type, struct bytes body)
{
	struct request *req = request_for(arena, of);

	req->content_type = type;
	assert_int_equal(form_read(req, body), OK);
	return req;
}

static inline struct request *
posted(struct arena *arena, const char *body)
{
	return posted_as(arena, &form, URLENCODED, bytes_of(body));
}

static inline const char *
page_text_of(struct request *req, enum tpl tpl)
{
	const char *text = NULL;
	size_t size = 0;

	assert_int_equal(page_expand(page_open(req, tpl), req->arena, &text, &size), OK);
	return text;
}

static inline const char *
shown(struct request *req)
{
	return page_text_of(req, TPL_LAYOUT_ERROR_404);
}

/* The page has exactly this error: linked in the summary and beside the field. */
static inline void
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
static inline void
assert_bad(struct arena *arena, const char *pair, const char *sentence)
{
	char *id = text_printf(arena, "unit-%s", pair);

	id[strcspn(id, "=")] = '\0';
	assert_error(posted(arena, text_printf(arena, "name=Ann&%s", pair)), id, sentence);
}

static inline struct request *
good(struct arena *arena, const char *pair)
{
	struct request *req = posted(arena, text_printf(arena, "name=Ann&%s", pair));

	if (form_failed(req))
		fail_msg("%s is refused", pair);
	return req;
}

static inline struct request *
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

#endif
