/*
 * OpenID Connect: which signatures are believed, and which roles claims give. Tokens and keys
 * are those of RFC 7515 (A.2 RS256, A.3 ES256); they name an issuer and no audience, so where
 * the check stops shows what it found good. Whole tokens, and lies in them: openid_test.py.
 */
#include "unit.h"

#include <unistd.h>

#include "base/config.h"
#include "data/json.h"
#include "portal/oidc.h"

#define PAYLOAD                                                                      \
	"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS" \
	"9pc19yb290Ijp0cnVlfQ"
#define RS256_SIGNATURE                                                                   \
	"cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_l" \
	"F5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75v" \
	"RK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWE" \
	"sqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVm" \
	"tVrBp0igcN_IoypGlUPQGe77Rw"
#define RS256_TOKEN "eyJhbGciOiJSUzI1NiJ9." PAYLOAD "." RS256_SIGNATURE
#define ES256_SIGNATURE                                                             \
	"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTU" \
	"JqPP3-Kg6NU1Q"
#define ES256_TOKEN "eyJhbGciOiJFUzI1NiJ9." PAYLOAD "." ES256_SIGNATURE

#define RSA_N                                                                             \
	"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2m" \
	"JPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OM" \
	"g0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY" \
	"4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91" \
	"kzk2PAcDTW9gb54h4FRWyuXpoQ"
#define RSA_KEY(more) "{\"kty\":\"RSA\",\"n\":\"" RSA_N "\",\"e\":\"AQAB\"" more "}"
#define EC_KEY(curve, more)                                      \
	"{\"kty\":\"EC\",\"crv\":\"" curve "\","                 \
	"\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"," \
	"\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"" more "}"
#define KEYS(list) "{\"keys\":[" list "]}"

static refusal
check(struct arena *arena, const char *token, const char *keys, const char *issuer)
{
	const struct oidc_expected expected = { issuer, "us", "nonce", 0,
		(instant)1300819000 * SECOND };
	struct oidc_claims claims;

	return oidc_token_check(arena, token, keys, &expected, &claims);
}

static void
test_signatures_of_the_rfc(void **state)
{
	static const struct {
		const char *token, *keys;
	} good[] = {
		{ RS256_TOKEN, KEYS(RSA_KEY("")) },
		{ ES256_TOKEN, KEYS(EC_KEY("P-256", "")) },
		/* Others beside it do no harm. */
		{ RS256_TOKEN, KEYS("7,{}," EC_KEY("P-256", "") "," RSA_KEY(
				   ",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"x\"")) },
		{ ES256_TOKEN, KEYS(RSA_KEY("") "," EC_KEY("P-256", ",\"alg\":\"ES256\"")) },
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_string_equal(
		    check(*state, good[i].token, good[i].keys, "joe"), "audience");
		assert_string_equal(check(*state, good[i].token, good[i].keys, "jo"), "issuer");
	}
}

/* Each character of a signature matters (but for bits of the last one that say nothing). */
static void
test_a_character_changed(void **state)
{
	struct arena *arena = *state;
	static const char *const tokens[] = { RS256_TOKEN, ES256_TOKEN };

	for (size_t t = 0; t < 2; t++)
		for (size_t i = strlen(tokens[t]) - 2; tokens[t][i] != '.'; i -= 3) {
			char *token = text_copy(arena, tokens[t]);

			token[i] = token[i] == 'A' ? 'B' : 'A';
			assert_string_equal(
			    check(
				arena, token, KEYS(RSA_KEY("") "," EC_KEY("P-256", "")), "joe"),
			    "signature");
			if (tokens[t][i - 1] == '.' || tokens[t][i - 2] == '.')
				break;
		}
}

static void
test_keys_that_are_for_something_else(void **state)
{
	static const char *const keys[] = { KEYS(""), "{}", "[]", "", KEYS(EC_KEY("P-256", "")),
		KEYS(RSA_KEY(",\"use\":\"enc\"")), KEYS(RSA_KEY(",\"alg\":\"PS256\"")),
		KEYS("{\"kty\":\"oct\",\"k\":\"" RSA_N "\"}") };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		assert_string_equal(check(*state, RS256_TOKEN, keys[i], "joe"), "key_unknown");
	assert_string_equal(
	    check(*state, ES256_TOKEN, KEYS(EC_KEY("P-384", "")), "joe"), "key_unknown");
}

static void
test_what_is_no_token(void **state)
{
	struct arena *arena = *state;
	const char *keys = KEYS(RSA_KEY(""));
	/* {"alg":"none"}, {"alg":"HS256"}, {"alg":"RS256","crit":["x"]},
	 * {"alg":"RS256","alg":"none"} */
	static const struct {
		const char *token;
		refusal why;
	} cases[] = {
		{ "", "malformed" },
		{ ".", "malformed" },
		{ "..", "malformed" },
		{ "a.b.c", "malformed" },
		{ "eyJhbGciOiJSUzI1NiJ9", "malformed" },
		{ "eyJhbGciOiJSUzI1NiJ9." PAYLOAD, "malformed" },
		{ RS256_TOKEN ".x", "malformed" },
		{ "eyJhbGciOiJub25lIn0." PAYLOAD ".", "algorithm" },
		{ "eyJhbGciOiJIUzI1NiJ9." PAYLOAD "." RS256_SIGNATURE, "algorithm" },
		{ "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsieCJdfQ." PAYLOAD "." RS256_SIGNATURE,
		    "algorithm" },
		{ "eyJhbGciOiJSUzI1NiIsImFsZyI6Im5vbmUifQ." PAYLOAD "." RS256_SIGNATURE,
		    "malformed" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(check(arena, cases[i].token, keys, "joe"), cases[i].why);
	char *longest = arena_alloc(arena, 70000);
	memset(longest, 'a', 69999);
	assert_string_equal(check(arena, longest, keys, "joe"), "malformed");
}

/* ---- Roles ---- */

static enum status
roles_of(struct arena *arena, const char *file, const char *claims, roles *named, roles *wanted,
    int *line)
{
	char path[] = "/tmp/kw-roles-XXXXXX";
	int fd = mkstemp(path);
	enum status status;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, file, strlen(file)), strlen(file));
	(void)close(fd);
	config_set(CONFIG_OIDC_ROLES, path);
	status = oidc_roles_of(
	    arena, json_read_object(arena, bytes_of(claims)), named, wanted, line);
	(void)unlink(path);
	config_set(CONFIG_OIDC_ROLES, NULL);
	return status;
}

static void
test_roles(void **state)
{
	static const char file[] = "# claim\tvalue\trole\r\n\n"
				   "groups\tpay team\tfinance\n"
				   "groups\tboss\t\tadmin  \n"
				   "/a/b\tx\thdm\n"
				   "   # a comment, too\n"
				   "https://id.example/roles\tx\tauditor";
	static const struct {
		const char *claims;
		roles wanted;
	} cases[] = {
		{ "{}", 0 },
		{ "{\"groups\":\"pay team\"}", ROLE(FINANCE) },
		{ "{\"groups\":[\"boss\",7,null,\"pay team\"]}", ROLE(FINANCE) | ROLE(ADMIN) },
		{ "{\"groups\":[\"Boss\",\"pay\",\"pay team \"]}", 0 },
		{ "{\"groups\":{\"boss\":true}}", 0 },
		{ "{\"a\":{\"b\":[\"x\"]},\"/a/b\":\"x\"}", ROLE(HDM) },
		{ "{\"a\":\"x\",\"b\":\"x\"}", 0 },
		{ "{\"a\":[\"b\"]}", 0 },
		{ "{\"https://id.example/roles\":\"x\"}", ROLE(AUDITOR) },
	};
	roles named, wanted;
	int line;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(
		    roles_of(*state, file, cases[i].claims, &named, &wanted, &line), OK);
		assert_int_equal(
		    named, ROLE(FINANCE) | ROLE(ADMIN) | ROLE(HDM) | ROLE(AUDITOR));
		assert_int_equal(wanted, cases[i].wanted);
	}
}

static void
test_roles_files_that_are_wrong(void **state)
{
	static const char *const lines[] = { "groups\tx\tking", "groups\tx", "groups",
		"groups x admin", "groups\tx\tadmin\tmore", "groups\tx\tAdmin" };
	roles named, wanted;
	int line = 0;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *file = text_printf(*state, "groups\tfine\thdm\n\n%s\n", lines[i]);

		assert_int_equal(roles_of(*state, file, "{}", &named, &wanted, &line), E_FAULT);
		assert_int_equal(line, 3);
	}
	config_set(CONFIG_OIDC_ROLES, "/nonexistent/roles");
	assert_int_equal(oidc_roles_of(*state, NULL, &named, &wanted, &line), E_FAULT);
	assert_int_equal(line, 0);
	config_set(CONFIG_OIDC_ROLES, NULL);
	assert_int_equal(oidc_roles_of(*state, NULL, &named, &wanted, &line), OK);
	assert_int_equal(named, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(test_signatures_of_the_rfc),
		UNIT_TEST(test_a_character_changed),
		UNIT_TEST(test_keys_that_are_for_something_else),
		UNIT_TEST(test_what_is_no_token),
		UNIT_TEST(test_roles),
		UNIT_TEST(test_roles_files_that_are_wrong),
	};

	return cmocka_run_group_tests_name("oidc", tests, NULL, NULL);
}
