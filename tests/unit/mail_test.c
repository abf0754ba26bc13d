/* mail_test.c: mails as bytes. Expected values by Python's base64 and quopri, or from the RFCs.
 */
#include "doc/mail.h"

#include "data/crypto.h"
#include "unit.h"

#include <string.h>

static struct mail
fine(void)
{
	return (struct mail){
		.id = "k3vn@example.org",
		.from = "people@example.org",
		.from_name = "Lanternfield",
		.to = "marta@example.org",
		.subject = "Your statement",
		.language = "en",
		.plain = "Hello",
		.html = "<p>Hello</p>",
		.at = (instant)1795597445 * SECOND, /* 2026-11-25T09:04:05Z */
	};
}

static const char *
made(struct arena *arena, const struct mail *mail)
{
	struct bytes bytes;

	assert_int_equal(mail_make(arena, mail, &bytes), OK);
	assert_int_equal(strlen((const char *)bytes.p), bytes.n);
	return (const char *)bytes.p;
}

static void
headers_are_as_the_rfcs_say(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct mail mail = fine();
	const char *text = made(arena, &mail);

	(void)state;
	assert_non_null(strstr(text, "Date: Wed, 25 Nov 2026 09:04:05 +0000\r\n"));
	assert_non_null(
	    strstr(text, "From: =?UTF-8?B?TGFudGVybmZpZWxk?=\r\n <people@example.org>\r\n"));
	assert_non_null(strstr(text, "To: <marta@example.org>\r\n"));
	assert_non_null(strstr(text, "Subject: Your statement\r\n"));
	assert_non_null(strstr(text, "Message-ID: <k3vn@example.org>\r\n"));
	assert_null(strstr(text, "List-Unsubscribe"));
	mail.subject = "Año nuevo";
	mail.unsubscribe = "https://example.org/unsubscribe/x";
	text = made(arena, &mail);
	assert_non_null(strstr(text, "Subject: =?UTF-8?B?QcOxbyBudWV2bw==?=\r\n"));
	assert_non_null(strstr(text, "List-Unsubscribe: <https://example.org/unsubscribe/x>\r\n"
				     "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
	arena_free(arena);
}

static void
bodies_are_quoted(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct mail mail = fine();

	(void)state;
	mail.plain = "ñ = 1 \n.dot\nFrom here\n";
	const char *text = made(arena, &mail);
	assert_non_null(strstr(text, "\r\n\r\n=C3=B1 =3D 1=20\r\n=2Edot\r\n=46rom here\r\n"));
	arena_free(arena);
}

static void
no_line_is_long(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	struct mail mail = fine();
	struct buf buf = buf_new(arena);

	(void)state;
	for (int i = 0; i < 400; i++)
		buf_text(&buf, i % 3 ? "كشف." : "F=");
	mail.plain = mail.html = mail.subject = mail.from_name = buf.p;
	const char *text = made(arena, &mail);
	for (const char *line = text; *line;) {
		const char *end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end - line <= 76);
		assert_null(memchr(line, '\n', (size_t)(end - line)));
		assert_true(line[0] != '.');
		line = end + 2;
	}
	arena_free(arena);
}

static void
nothing_gets_into_a_header(void **state)
{
	static const char *const BAD[] = { "", "x", "@example.org", "a@", "a@b@c",
		"a b@example.org", "a@example.org\r\nBcc: c@example.org", "a@example.org>",
		"<a@example.org", "ä@example.org", "a,b@example.org" };
	struct arena *arena = arena_new(1 << 20);
	struct bytes bytes;

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
		struct mail mail = fine();
		mail.to = BAD[i];
		assert_int_equal(mail_make(arena, &mail, &bytes), E_INPUT);
		mail = fine();
		mail.from = BAD[i];
		assert_int_equal(mail_make(arena, &mail, &bytes), E_INPUT);
	}
	struct mail mail = fine();
	mail.subject = "Hello\r\nBcc: c@example.org";
	assert_int_equal(mail_make(arena, &mail, &bytes), E_INPUT);
	mail = fine();
	mail.from_name = "x\ny";
	assert_int_equal(mail_make(arena, &mail, &bytes), E_INPUT);
	mail = fine();
	mail.unsubscribe = "https://example.org/>\r\nX: y";
	assert_int_equal(mail_make(arena, &mail, &bytes), E_INPUT);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_as_the_rfcs_say),
		cmocka_unit_test(bodies_are_quoted),
		cmocka_unit_test(no_line_is_long),
		cmocka_unit_test(nothing_gets_into_a_header),
	};

	if (crypto_start() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
