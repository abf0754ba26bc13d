/*
 * body_test.c: bodies of forms: good ones, the limits at n-1, n and n+1, and what must be
 * refused, at which byte; then every request under DATA/hostile/multipart against the verdict
 * that stands beside it.
 */
#include <ctype.h>
#include <dirent.h>

#include "unit.h"

#include <openssl/evp.h>

#include "web/body.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=XX"
#define HEAD "Content-Disposition: form-data; name="

static enum status
read_text(struct arena *arena, const char *type, const char *text, struct body *body)
{
	*body = (struct body){ 0 };
	return body_read(arena, type, bytes_of(text), body);
}

static void
assert_bytes(struct bytes got, const char *wanted)
{
	assert_int_equal(got.n, strlen(wanted));
	assert_memory_equal(got.p, wanted, got.n);
}

static void
urlencoded(void **state)
{
	struct body body;

	assert_int_equal(
	    read_text(*state, URLENCODED, "a=1&b=%C3%A9+%26&&c&=x&a=2", &body), OK);
	assert_int_equal(body.n, 5);
	assert_bytes(body.parts[0].name, "a");
	assert_bytes(body.parts[0].value, "1");
	assert_bytes(body.parts[1].value, "\xC3\xA9 &");
	assert_bytes(body.parts[2].name, "c");
	assert_bytes(body.parts[2].value, "");
	assert_bytes(body.parts[3].name, "");
	assert_bytes(body.parts[4].value, "2");
	assert_false(body.parts[0].is_file);

	assert_int_equal(
	    read_text(*state, URLENCODED "; charset=UTF-8", "%41=%00x", &body), OK);
	assert_bytes(body.parts[0].name, "A");
	assert_int_equal(body.parts[0].value.n, 2);
	assert_memory_equal(body.parts[0].value.p, "\0x", 2);
}

static void
urlencoded_refused(void **state)
{
	struct body body;

	assert_int_equal(read_text(*state, URLENCODED, "a=1&b=%4", &body), E_INPUT);
	assert_int_equal(body.bad, 6);
	assert_int_equal(read_text(*state, URLENCODED, "a=%zz", &body), E_INPUT);
	assert_int_equal(body.bad, 2);
	assert_int_equal(read_text(*state, URLENCODED, "a%=1", &body), E_INPUT);
	/* The escape must not reach over the '&'. */
	assert_int_equal(read_text(*state, URLENCODED, "a=%4&1=b", &body), E_INPUT);
	assert_int_equal(read_text(*state, "text/plain", "a=1", &body), E_INPUT);
	assert_int_equal(read_text(*state, "application/json", "{}", &body), E_INPUT);
	assert_int_equal(read_text(*state, URLENCODED "x", "a=1", &body), E_INPUT);
	assert_int_equal(read_text(*state, "", "a=1", &body), E_INPUT);
	assert_int_equal(read_text(*state, NULL, "", &body), OK);
	assert_int_equal(body.n, 0);
}

static const char *
repeated(struct arena *arena, const char *text, size_t times)
{
	struct buf all = buf_new(arena);

	while (times--)
		buf_text(&all, text);
	return all.p;
}

static void
urlencoded_limits(void **state)
{
	struct arena *arena = *state;
	struct body body;

	assert_int_equal(read_text(arena, URLENCODED, repeated(arena, "a=1&", 999), &body), OK);
	assert_int_equal(
	    read_text(arena, URLENCODED, repeated(arena, "a=1&", 1000), &body), OK);
	assert_int_equal(body.n, 1000);
	assert_int_equal(
	    read_text(arena, URLENCODED, repeated(arena, "a=1&", 1001), &body), E_LIMIT);
	assert_int_equal(read_text(arena, URLENCODED, repeated(arena, "n", 99), &body), OK);
	assert_int_equal(read_text(arena, URLENCODED, repeated(arena, "n", 100), &body), OK);
	assert_int_equal(
	    read_text(arena, URLENCODED, repeated(arena, "n", 101), &body), E_LIMIT);
	assert_int_equal(read_text(arena, URLENCODED, repeated(arena, "%41", 100), &body), OK);
}

static void
multipart(void **state)
{
	struct body body;

	assert_int_equal(
	    read_text(*state, "Multipart/Form-Data; boundary=\"X X\"",
		"--X X\r\n" HEAD "\"a\"\r\n\r\nline\r\nline\r\n--X X\t \r\n"
		"content-disposition:form-data;name=b;filename=\"C:\\\\x\\\"y.txt\" ; "
		"size=3;\r\nContent-Type: text/plain\r\n\r\n\r\n--X X--\r\n",
		&body),
	    OK);
	assert_int_equal(body.n, 2);
	assert_bytes(body.parts[0].name, "a");
	assert_bytes(body.parts[0].value, "line\r\nline");
	assert_false(body.parts[0].is_file);
	assert_bytes(body.parts[1].name, "b");
	assert_true(body.parts[1].is_file);
	assert_bytes(body.parts[1].filename, "C:\\\\x\"y.txt");
	assert_bytes(body.parts[1].value, "");

	assert_int_equal(read_text(*state, MULTIPART, "--XX--", &body), OK);
	assert_int_equal(body.n, 0);
	assert_int_equal(read_text(*state, MULTIPART, "--XX", &body), OK);
	assert_int_equal(body.n, 0);
	/* Bare line ends throughout: a CR LF is data there. */
	assert_int_equal(
	    read_text(*state, MULTIPART, "--XX\n" HEAD "\"a\"\n\nx\r\n--XX--\n", &body), OK);
	assert_bytes(body.parts[0].value, "x\r");
}

static void
multipart_refused(void **state)
{
	static const struct {
		const char *body;
		size_t bad;
	} rows[] = {
		{ "XX\r\n", 0 },
		{ "--XY\r\n", 3 },
		{ "--XXY\r\n", 4 },
		{ "--XX\r\n\r\nno name\r\n--XX--", 8 },
		{ "--XX\r\n" HEAD "\"a\"\r\n\r\nnever ends", 60 },
		{ "--XX\r\n" HEAD "\"a\"\r\n\r\nx\r\n--XX--tail", 59 },
		{ "--XX\r\n" HEAD "\"a\r\n\r\nx\r\n--XX--", 45 },
		{ "--XX\r\n" HEAD "a; name=b\r\n\r\nx\r\n--XX--", 46 },
		{ "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--", 27 },
		{ "--XX\r\n" HEAD "a\r\n folded: x\r\n\r\nx\r\n--XX--", 46 },
		{ "--XX\r\n" HEAD "a\r\nA: b\nC: d\r\n\r\nx\r\n--XX--", 50 },
		{ "--XX\r\n" HEAD "a\r\nContent-Transfer-Encoding: uu\r\n\r\nx\r\n--XX--", 73 },
		{ "--XX\r\n" HEAD
		  "a\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ=A\r\n--XX--",
		    86 },
	};
	struct body body;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum status status = read_text(*state, MULTIPART, rows[i].body, &body);

		if (status != E_INPUT || body.bad != rows[i].bad)
			fail_msg("row %zu: status %d at %zu, not %zu", i, status, body.bad,
			    rows[i].bad);
	}
	assert_int_equal(read_text(*state, "multipart/form-data", "--XX--", &body), E_INPUT);
	assert_int_equal(
	    read_text(*state, "multipart/form-data; boundary=", "----", &body), E_INPUT);
	assert_int_equal(
	    read_text(*state, "multipart/form-data; boundary=\"XX", "--XX--", &body), E_INPUT);
	assert_int_equal(read_text(*state,
			     text_printf(*state, "multipart/form-data; boundary=%s",
				 repeated(*state, "b", 71)),
			     text_printf(*state, "--%s--", repeated(*state, "b", 71)), &body),
	    E_INPUT);
}

/* A body of n parts whose one name has length name and whose header has h lines. */
static enum status
with_limits(struct arena *arena, size_t n, size_t name, size_t headers)
{
	struct buf all = buf_new(arena);
	struct body body;

	for (size_t i = 0; i < n; i++) {
		buf_printf(&all, "--XX\r\n" HEAD "\"%s\"\r\n", repeated(arena, "n", name));
		buf_text(&all, repeated(arena, "A: b\r\n", headers - 1));
		buf_text(&all, "\r\nv\r\n");
	}
	buf_text(&all, "--XX--\r\n");
	return read_text(arena, MULTIPART, all.p, &body);
}

static void
multipart_limits(void **state)
{
	assert_int_equal(with_limits(*state, 63, 1, 1), OK);
	assert_int_equal(with_limits(*state, 64, 1, 1), OK);
	assert_int_equal(with_limits(*state, 65, 1, 1), E_LIMIT);
	assert_int_equal(with_limits(*state, 1, 100, 1), OK);
	assert_int_equal(with_limits(*state, 1, 101, 1), E_LIMIT);
	assert_int_equal(with_limits(*state, 1, 1, 8), OK);
	assert_int_equal(with_limits(*state, 1, 1, 9), E_LIMIT);
	assert_int_equal(with_limits(*state, 1, 3000, 1), E_LIMIT);
}

static void
transfer_encodings(void **state)
{
	struct body body;

	assert_int_equal(read_text(*state, MULTIPART,
			     "--XX\r\n" HEAD "a\r\nContent-Transfer-Encoding: BASE64\r\n\r\n"
			     "SGVs\r\nbG8=\r\n--XX\r\n" HEAD
			     "b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
			     "caf=C3=A9 =\r\nau lait\r\n--XX--",
			     &body),
	    OK);
	assert_bytes(body.parts[0].value, "Hello");
	assert_bytes(body.parts[1].value, "caf\xC3\xA9 au lait");
}

/* Every prefix of a good body is refused or has no more parts, and nothing is read outside. */
static void
every_prefix(void **state)
{
	static const char whole[] =
	    "\r\n--XX\r\n" HEAD "\"a\"\r\n\r\nv\r\n--XX\r\n" HEAD
	    "\"f\"; filename=\"x\"\r\nContent-Transfer-Encoding: base64\r\n"
	    "\r\nQUJD\r\n--XX--\r\n";
	struct body body;

	for (size_t n = 1; n < sizeof whole - 1; n++) {
		struct arena *arena = arena_new(1 << 20);
		unsigned char *exact = malloc(n);
		enum status status;

		assert_non_null(exact);
		memcpy(exact, whole, n);
		body = (struct body){ 0 };
		status = body_read(arena, MULTIPART, (struct bytes){ exact, n }, &body);
		assert_true(status == E_INPUT || (status == OK && body.n <= 2));
		free(exact);
		arena_free(arena);
	}
	assert_int_equal(read_text(*state, MULTIPART, whole, &body), OK);
	assert_int_equal(body.n, 2);
	assert_bytes(body.parts[1].value, "ABC");
}

/* ---- Real requests ---- */

static const char *
sha1_text(struct arena *arena, struct bytes value)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	assert_int_equal(EVP_Digest(value.p, value.n, digest, &n, EVP_sha1(), NULL), 1);
	return hex_text(arena, (struct bytes){ digest, n });
}

/* The content type's line and the body of a whole request with any line ends. */
static struct bytes
split_request(struct arena *arena, struct bytes whole, const char **ret_type)
{
	size_t at = 0;

	*ret_type = "";
	for (;;) {
		const unsigned char *end = memchr(whole.p + at, '\n', whole.n - at);
		size_t n = end ? (size_t)(end - whole.p) - at : whole.n - at;
		char *line = arena_copy(arena, whole.p + at, n);

		if (n && line[n - 1] == '\r')
			line[n - 1] = '\0';
		at += end ? n + 1 : n;
		if (!*line || !end)
			return (struct bytes){ whole.p + at, whole.n - at };
		if (!strncasecmp(line, "content-type:", 13))
			*ret_type = line + 13 + strspn(line + 13, " ");
	}
}

static void
assert_row(struct arena *arena, char **cells, const struct body *body)
{
	long place = strtol(cells[1], NULL, 10);
	const struct body_part *part;

	if (text_is(cells[1], "-")) {
		assert_int_equal(body->n, 0);
		return;
	}
	assert_true(place >= 1 && (size_t)place <= body->n);
	part = &body->parts[place - 1];
	assert_bytes(part->name, cells[2]);
	assert_int_equal(part->is_file, !text_is(cells[3], "-"));
	if (part->is_file)
		assert_bytes(part->filename, cells[3]);
	if (!text_is(cells[4], "-"))
		assert_int_equal(part->value.n, strtol(cells[4], NULL, 10));
	assert_string_equal(sha1_text(arena, part->value), cells[5]);
}

static void
old_browsers(void **state)
{
	struct arena *arena = *state;
	struct bytes table;
	char **lines;
	size_t n, seen = 0;

	if (!unit_data(arena, "hostile/multipart/formidable/expected.tsv", &table))
		skip();
	lines = text_split(arena, arena_copy(arena, table.p, table.n), '\n', &n);
	for (size_t i = 1; i < n; i++) {
		struct bytes whole, raw;
		struct body body = { 0 };
		const char *type;
		char **cells;
		size_t columns;

		if (!*lines[i])
			continue;
		cells = text_split(arena, lines[i], '\t', &columns);
		assert_int_equal(columns, 6);
		assert_true(unit_data(arena,
		    text_printf(arena, "hostile/multipart/formidable/%s", cells[0]), &whole));
		raw = split_request(arena, whole, &type);
		if (body_read(arena, type, raw, &body) != OK)
			fail_msg("%s: refused at %zu", cells[0], body.bad);
		assert_row(arena, cells, &body);
		seen++;
	}
	assert_true(seen >= 20);
}

/* What stands behind a key in one of the small YAML files; NULL when there is none behind at.
 */
static const char *
yaml_value(struct arena *arena, const char **at, const char *key)
{
	const char *hit = strstr(*at, key);
	size_t n;

	if (!hit)
		return NULL;
	hit += strlen(key);
	hit += strspn(hit, " \n");
	n = strcspn(hit, "\n");
	*at = hit + n;
	return arena_copy(arena, hit, n);
}

static struct bytes
base64(struct arena *arena, const char *text)
{
	size_t n = strlen(text);
	unsigned char *out = arena_alloc(arena, n + 4);
	int got = EVP_DecodeBlock(out, (const unsigned char *)text, (int)n);

	assert_true(got >= 0);
	while (n && text[--n] == '=')
		got--;
	return (struct bytes){ out, (size_t)got };
}

static void
assert_yaml(struct arena *arena, const char *file, const char *yaml, struct bytes raw)
{
	const char *at = yaml;
	const char *boundary = yaml_value(arena, &at, "boundary:");
	const char *here = at;
	const char *error = yaml_value(arena, &here, "error:");
	struct body body = { 0 };
	enum status status;
	size_t n = 0;

	assert_non_null(boundary);
	status = body_read(arena,
	    text_printf(arena, "multipart/form-data; boundary=\"%s\"", boundary), raw, &body);
	if (error) {
		if (status != E_INPUT || body.bad != (size_t)strtol(error, NULL, 10))
			fail_msg(
			    "%s: status %d at %zu, not at %s", file, status, body.bad, error);
		return;
	}
	if (status != OK)
		fail_msg("%s: refused at %zu", file, body.bad);
	for (const char *name; (name = yaml_value(arena, &at, "- name:")); n++) {
		const char *type = yaml_value(arena, &at, "type:");
		bool is_file = text_is(type, "file");
		struct bytes content;

		assert_true(n < body.n);
		assert_bytes(body.parts[n].name, name);
		assert_int_equal(body.parts[n].is_file, is_file);
		if (is_file)
			assert_bytes(
			    body.parts[n].filename, yaml_value(arena, &at, "file_name:"));
		content = base64(arena, yaml_value(arena, &at, "!!binary |"));
		assert_int_equal(body.parts[n].value.n, content.n);
		assert_memory_equal(body.parts[n].value.p, content.p, content.n);
	}
	assert_int_equal(n, body.n);
}

static void
described_requests(void **state)
{
	static const char folder[] = "hostile/multipart/python-multipart";
	struct arena *arena = *state;
	const char *data = getenv("DATA");
	DIR *dir = opendir(text_printf(arena, "%s/%s", data ? data : "../shared/data", folder));
	size_t seen = 0;

	if (!dir)
		skip();
	for (struct dirent *entry; (entry = readdir(dir));) {
		size_t n = strlen(entry->d_name);
		struct bytes yaml, raw;

		if (n < 6 || !text_is(entry->d_name + n - 5, ".yaml"))
			continue;
		assert_true(unit_data(
		    arena, text_printf(arena, "%s/%s", folder, entry->d_name), &yaml));
		assert_true(unit_data(arena,
		    text_printf(arena, "%s/%.*s.http", folder, (int)n - 5, entry->d_name),
		    &raw));
		assert_yaml(arena, entry->d_name, arena_copy(arena, yaml.p, yaml.n), raw);
		seen++;
	}
	(void)closedir(dir);
	assert_true(seen >= 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(urlencoded),
		UNIT_TEST(urlencoded_refused),
		UNIT_TEST(urlencoded_limits),
		UNIT_TEST(multipart),
		UNIT_TEST(multipart_refused),
		UNIT_TEST(multipart_limits),
		UNIT_TEST(transfer_encodings),
		UNIT_TEST(every_prefix),
		UNIT_TEST(old_browsers),
		UNIT_TEST(described_requests),
	};

	return cmocka_run_group_tests_name("body", tests, NULL, NULL);
}
