/* Finding a route: 404 or 405, literal before ":name", decoding; and which addresses are local.
 */
#include "unit.h"

#include "web/route.h"
#include "web/url.h"

static enum status
nothing(struct request *req)
{
	(void)req;
	return OK;
}

static const struct route table[] = {
	ROUTE(GET, "/", MAY_ANYONE, nothing),
	ROUTE(GET, "/pay/statements", MAY_SIGNED_IN, nothing),
	ROUTE(POST, "/pay/statements", MAY_SIGNED_IN, nothing),
	ROUTE(GET, "/pay/statements/:id", MAY(ROLE(FINANCE)), nothing),
	ROUTE(GET, "/pay/statements/new", MAY_ANYONE, nothing),
	ROUTE(POST, "/pay/statements/:id/lines/:line", MAY_ANYONE, nothing),
	ROUTE(GET, "/pay/:word/last/lines", MAY_ANYONE, nothing),
	ROUTE(POST, "/pay/check", MAY_ANYONE, nothing),
	ROUTE(GET, "/pay/:word", MAY_ANYONE, nothing),
	ROUTE_END,
};

struct found {
	enum status status;
	const char *pattern;
	const char *params[ROUTE_PARAMS_MAX];
	unsigned allowed;
};

static struct arena *arena;

static struct found
find(enum method method, const char *path)
{
	struct found found = { 0 };
	const struct route *route = NULL;

	found.status =
	    route_find(table, method, path, arena, &route, found.params, &found.allowed);
	found.pattern = route ? route->path : "";
	return found;
}

#define GETS 1u
#define POSTS 2u

static void
finds_and_decodes(void **state)
{
	struct found found;

	(void)state;
	assert_string_equal(find(METHOD_GET, "/").pattern, "/");
	assert_string_equal(find(METHOD_GET, "/pay/statements").pattern, "/pay/statements");
	found = find(METHOD_GET, "/pay/statements/a%20b%C3%A9");
	assert_string_equal(found.pattern, "/pay/statements/:id");
	assert_string_equal(found.params[0], "a b\xc3\xa9");
	assert_null(found.params[1]);
	found = find(METHOD_POST, "/pay/statements/7/lines/8");
	assert_string_equal(found.params[0], "7");
	assert_string_equal(found.params[1], "8");
}

static void
literal_wins(void **state)
{
	(void)state;
	assert_string_equal(
	    find(METHOD_GET, "/pay/statements/new").pattern, "/pay/statements/new");
	assert_string_equal(
	    find(METHOD_GET, "/pay/statements/n%65w").pattern, "/pay/statements/new");
	assert_string_equal(
	    find(METHOD_GET, "/pay/statements/newer").pattern, "/pay/statements/:id");
	assert_string_equal(find(METHOD_GET, "/pay/x").pattern, "/pay/:word");
	/* The leftmost literal decides, not the number of them. */
	assert_int_equal(find(METHOD_GET, "/pay/statements/last/lines").status, OK);
	assert_string_equal(
	    find(METHOD_GET, "/pay/x/last/lines").pattern, "/pay/:word/last/lines");
}

static void
wrong_method(void **state)
{
	struct found found = find(METHOD_POST, "/pay/statements/7");

	(void)state;
	assert_int_equal(found.status, E_INPUT);
	assert_int_equal(found.allowed, GETS);
	found = find(METHOD_MAX, "/pay/statements");
	assert_int_equal(found.status, E_INPUT);
	assert_int_equal(found.allowed, GETS | POSTS);
	/* The exact address takes POST only, though a ":word" beside it takes GET. */
	found = find(METHOD_GET, "/pay/check");
	assert_int_equal(found.status, E_INPUT);
	assert_int_equal(found.allowed, POSTS);
}

static void
absent(void **state)
{
	static const char *const paths[] = { "", "pay", "/nothing", "/pay", "/pay/", "/pay//",
		"/pay/statements/", "/pay/statements/7/lines", "/pay/statements/7/lines/",
		"/pay/statements/7/lines/8/9", "//", "/pay//statements", "/PAY/statements",
		"/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a" };

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_int_equal(find(METHOD_GET, paths[i]).status, E_ABSENT);
}

static void
paths_that_may_be_routed(void **state)
{
	static const char *const good[] = { "/", "/a", "/a/", "/a//b", "/%C3%A9", "/a%20b",
		"/...", "/.a", "/a..b", "/a;b=c,d@e:f" };
	static const char *const bad[] = { "", "a", "/%", "/%a", "/%ag", "/a%", "/%00",
		"/a%00b", "/%ff", "/%c0%af", "/%ed%a0%80", "/.", "/..", "/a/../b", "/%2e%2E/b",
		"/.%2e", "/a%2fb", "/a%2Fb", "/%0a", "/%0d%0a", "/%09", "/%7f", "/%e2%80%ae",
		"/\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(url_path_ok(arena, good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(url_path_ok(arena, bad[i]));
}

static void
decodes(void **state)
{
	const char *text;

	(void)state;
	assert_true(url_decode(arena, "a+b%2b%41", 9, true, &text));
	assert_string_equal(text, "a b+A");
	assert_true(url_decode(arena, "a+b%2b", 6, false, &text));
	assert_string_equal(text, "a+b+");
	assert_true(url_decode(arena, "%41%42", 3, false, &text));
	assert_string_equal(text, "A");
	assert_true(url_decode(arena, "", 0, true, &text));
	assert_string_equal(text, "");
	/* What follows the n bytes is not looked at. */
	assert_false(url_decode(arena, "%41", 2, false, &text));
}

static void
stays_here(void **state)
{
	static const char *const here[] = { "/", "/a", "/a/b?c=d&e=%2F%2F", "/a#b", "/a?x=//b",
		"/a//b", "/:8080" };
	static const char *const away[] = { "", "a", "//evil.example", "///x",
		"/\\evil.example", "\\/x", "\\\\x", "http://evil.example", "https:/x",
		"javascript:alert(1)", "?a", "#a", " /a", "/a b", "/\t/evil.example",
		"/\n/evil.example", "/a\r\nX: y", "/\x7f", "/\xc3\xa9", "/a\\b", "data:,x",
		".//x", "/ /evil.example" };

	(void)state;
	assert_false(url_is_local(NULL));
	for (size_t i = 0; i < sizeof here / sizeof *here; i++)
		assert_true(url_is_local(here[i]));
	for (size_t i = 0; i < sizeof away / sizeof *away; i++)
		assert_false(url_is_local(away[i]));
}

/* What a table needs for the addresses of an API. */
static void
scopes_where_they_belong(void **state)
{
#define API ROUTE(GET, "/pay/api/me", MAY_SIGNED_IN, nothing
	static const struct route tables[][3] = {
		{ API, .flags = ROUTE_API, .scope = "pay:read"), ROUTE_END },
		{ API, .flags = ROUTE_API, .scope = SCOPE_PAGE), ROUTE_END },
		{ ROUTE(GET, "/pay", MAY_ANYONE, nothing), API), ROUTE_END },
		{ ROUTE(GET, "/pay", MAY_ANYONE, nothing), API, .flags = ROUTE_API), ROUTE_END },
		{ API, .flags = ROUTE_API, .scope = ""), ROUTE_END },
		{ API, .scope = "pay:read"), ROUTE_END },
		{ ROUTE(GET, "/pay", MAY_ANYONE, nothing, .scope = "pay:read"), ROUTE_END },
	};

	(void)state;
	assert_null(route_unsound(tables[0]));
	assert_null(route_unsound(tables[1]));
	for (size_t i = 2; i < 6; i++)
		assert_string_equal(route_unsound(tables[i]), "/pay/api/me");
	assert_string_equal(route_unsound(tables[6]), "/pay");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_and_decodes),
		cmocka_unit_test(literal_wins),
		cmocka_unit_test(wrong_method),
		cmocka_unit_test(absent),
		cmocka_unit_test(paths_that_may_be_routed),
		cmocka_unit_test(decodes),
		cmocka_unit_test(stays_here),
		cmocka_unit_test(scopes_where_they_belong),
	};
	int failed;

	arena = arena_new((size_t)1024 * 1024);
	failed = cmocka_run_group_tests_name("route", tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
