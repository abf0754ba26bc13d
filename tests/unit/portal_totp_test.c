/*
 * portal_totp_test.c: codes by the vectors of RFC 6238 (appendix B) and RFC 4226 (appendix D),
 * base32 by those of RFC 4648, what a typed code is at each step around now, recovery codes,
 * and what is drawn as a QR code.
 */
#include "unit.h"

#include "base/config.h"
#include "data/crypto.h"
#include "portal/agent.h"
#include "portal/qr.h"
#include "portal/recovery.h"
#include "portal/totp.h"

static struct arena *arena;

/* The secret of both RFCs. */
static const struct bytes SECRET = { (const unsigned char *)"12345678901234567890", 20 };

static int
start(void **state)
{
	(void)state;
	config_set(CONFIG_SCRYPT_LOG_N, "10");
	arena = arena_new(16 << 20);
	return arena && crypto_start() == OK ? 0 : -1;
}

static int
stop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
codes_of_the_rfcs(void **state)
{
	(void)state;
	/* RFC 6238: the last six of its eight digits, SHA-1 rows. */
	static const struct {
		int64_t seconds;
		unsigned code;
	} TIMES[] = { { 59, 287082 }, { 1111111109, 81804 }, { 1111111111, 50471 },
		{ 1234567890, 5924 }, { 2000000000, 279037 },
		{ INT64_C(20000000000), 353130 } };
	for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++)
		assert_int_equal(
		    totp_code(SECRET, totp_step(TIMES[i].seconds * SECOND)), TIMES[i].code);
	/* RFC 4226, counts 0 to 9. */
	static const unsigned COUNTS[] = { 755224, 287082, 359152, 969429, 338314, 254676,
		287922, 162583, 399871, 520489 };
	for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++)
		assert_int_equal(totp_code(SECRET, (int64_t)i), COUNTS[i]);
}

static void
base32_of_the_rfc(void **state)
{
	(void)state;
	static const char *const PAIRS[][2] = { { "", "" }, { "f", "MY" }, { "fo", "MZXQ" },
		{ "foo", "MZXW6" }, { "foob", "MZXW6YQ" }, { "fooba", "MZXW6YTB" },
		{ "foobar", "MZXW6YTBOI" } };
	for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
		assert_string_equal(
		    totp_base32(arena, bytes_of(PAIRS[i][0]), false), PAIRS[i][1]);
	assert_string_equal(
	    totp_base32(arena, SECRET, true), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
	assert_string_equal(totp_base32(arena, bytes_of("fooba"), true), "MZXW 6YTB");
}

static void
uri(void **state)
{
	(void)state;
	assert_string_equal(totp_uri(arena, bytes_of("foobar"), "Ada & Co", "a+b@example.org"),
	    "otpauth://totp/Ada%20%26%20Co:a%2Bb%40example.org?secret=MZXW6YTBOI"
	    "&issuer=Ada%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

static void
typed(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool fine;
		unsigned code;
	} CASES[] = { { "123456", true, 123456 }, { " 123 456 ", true, 123456 },
		{ "000-001", true, 1 }, { "١٢٣٤٥٦", true, 123456 }, { "12345", false, 0 },
		{ "1234567", false, 0 }, { "12345a", false, 0 }, { "", false, 0 },
		{ "-1234567", false, 0 }, { "+12345", false, 0 } };
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		unsigned code = 0;
		assert_int_equal(totp_read(arena, CASES[i].text, &code), CASES[i].fine);
		if (CASES[i].fine)
			assert_int_equal(code, CASES[i].code);
	}
}

/* What the code of a step is when it is typed at step 1000. */
static enum totp_answer
at_1000(int64_t step, int64_t last, int64_t *ret)
{
	return totp_check(
	    SECRET, totp_code(SECRET, step), 1000 * TOTP_STEP + SECOND, last, ret);
}

static void
window(void **state)
{
	(void)state;
	int64_t step = 0;

	for (int64_t s = 999; s <= 1001; s++) {
		assert_int_equal(at_1000(s, 0, &step), TOTP_RIGHT);
		assert_int_equal(step, s);
	}
	step = -1;
	assert_int_equal(at_1000(998, 0, &step), TOTP_LATE_CODE);
	assert_int_equal(at_1000(989, 0, &step), TOTP_LATE_CODE);
	assert_int_equal(at_1000(988, 0, &step), TOTP_WRONG);
	assert_int_equal(at_1000(1002, 0, &step), TOTP_WRONG); /* of the future: not told */
	assert_int_equal(at_1000(1000, 1000, &step), TOTP_USED);
	assert_int_equal(at_1000(999, 1000, &step), TOTP_USED);
	assert_int_equal(step, -1);
	assert_int_equal(at_1000(1001, 1000, &step), TOTP_RIGHT);
	assert_int_equal(step, 1001);
}

static void
recovery(void **state)
{
	(void)state;
	const char *seen[2 * RECOVERY_CODES];
	size_t n = 0;

	for (unsigned i = 0; i < RECOVERY_CODES; i++) {
		seen[n++] = recovery_code(arena, "one seed", i);
		seen[n++] = recovery_code(arena, "another", i);
		assert_string_equal(recovery_code(arena, "one seed", i), seen[n - 2]);
	}
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(strlen(seen[i]), 14);
		assert_true(seen[i][4] == '-' && seen[i][9] == '-');
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(seen[i], seen[j]);
	}
	assert_string_equal(recovery_read(arena, " K2M7-qOxW 94lI "), "k2m7q0xw9411");
	assert_string_equal(recovery_read(arena, "k2m7q0xw9411"), "k2m7q0xw9411");
	static const char *const NONE[] = { "", "k2m7-q0xw-941", "k2m7-q0xw-94111",
		"u2m7-q0xw-9411", "k2m7.q0xw.9411", "k2m7-q0xw-94é1" };
	for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
		assert_null(recovery_read(arena, NONE[i]));
}

static void
agents(void **state)
{
	(void)state;
	static const char *const CASES[][2] = {
		{ "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
		    "firefox.linux" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
		  "Gecko) "
		  "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
		    "edge.windows" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
		  "(KHTML, "
		  "like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
		    "safari.ios" },
		{ "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
		  "Chrome/142.0.0.0 Mobile Safari/537.36",
		    "chrome.android" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
		  "(KHTML, like "
		  "Gecko) Version/18.5 Safari/605.1.15",
		    "safari.macos" },
		{ "", "." },
		{ "x'; DROP TABLE session", "." },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
		assert_string_equal(agent_code(arena, CASES[i][0]), CASES[i][1]);
	static const char *const NAMES[][2] = { { "firefox.linux", "Firefox, Linux" },
		{ ".linux", "Linux" }, { "curl.", "curl" }, { ".", "" }, { "", "" },
		{ "gone.linux", "Linux" } };
	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		assert_string_equal(agent_names(arena, NAMES[i][0]), NAMES[i][1]);
}

/* The shortest code (version 1) has 21 modules: three corners with their marks of seven, and a
 * quiet zone of four modules around. A longer text makes a larger one, an endless one none. */
static void
qr(void **state)
{
	(void)state;
	const char *path = NULL;
	int width = 0;

	assert_int_equal(qr_draw(arena, "keptword", &path, &width), OK);
	assert_int_equal(width, 21 + 8);
	assert_true(text_starts(path, "M4 4h7v1H4zM")); /* the upper left mark's first row */
	assert_non_null(strstr(path, "M18 4h7v1H18z")); /* upper right */
	assert_non_null(strstr(path, "M4 24h7v1H4z"));  /* lower left's last row */
	assert_null(strstr(path, "M0 "));
	int longer = 0;
	assert_int_equal(
	    qr_draw(arena, totp_uri(arena, SECRET, "Lanternfield", "ada@example.org"), &path,
		&longer),
	    OK);
	assert_true(longer > width);
	char *endless = arena_alloc(arena, 4001);
	memset(endless, 'x', 4000);
	assert_int_equal(qr_draw(arena, endless, &path, &width), E_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(codes_of_the_rfcs),
		cmocka_unit_test(base32_of_the_rfc), cmocka_unit_test(uri),
		cmocka_unit_test(typed), cmocka_unit_test(window), cmocka_unit_test(recovery),
		cmocka_unit_test(agents), cmocka_unit_test(qr) };

	return cmocka_run_group_tests(tests, start, stop);
}
