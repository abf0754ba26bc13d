/* xml: what is read, and that nothing is ever fetched, expanded or believed. */
#include "unit.h"

#include "doc/xml.h"

#include <dirent.h>
#include <time.h>

#define MAX ((size_t)16 << 20)

static const struct xml_node *
read_ok(struct arena *arena, const char *text)
{
	const struct xml_node *root = NULL;
	struct xml_fault fault = { 0 };

	assert_int_equal(xml_read(arena, bytes_of(text), MAX, &root, &fault), OK);
	assert_non_null(root);
	return root;
}

static void
refused(struct arena *arena, struct bytes file, const char *code, size_t line)
{
	const struct xml_node *root = NULL;
	struct xml_fault fault = { 0 };

	assert_int_equal(xml_read(arena, file, MAX, &root, &fault), E_INPUT);
	assert_string_equal(fault.code, code);
	assert_int_equal(fault.line, line);
	assert_null(root);
}

static void
walks(void **state)
{
	struct arena *arena = *state;
	const struct xml_node *root = read_ok(arena,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document xmlns:x='urn:x'>\n"
	    "<!-- no --><row a=\"1 &lt; 2\" x:b='B'><text><![CDATA[a <b> ]]>&amp; c</text>"
	    "<empty/></row>\n<other/><row><x:text>d<i>e</i>f</x:text></row></document>");
	const struct xml_node *row = xml_child(root, "row");

	assert_true(xml_is(root, "document"));
	assert_int_equal(xml_line(row), 3);
	assert_string_equal(xml_child_text(arena, row, "text"), "a <b> & c");
	assert_string_equal(xml_child_text(arena, row, "empty"), "");
	assert_null(xml_child_text(arena, row, "absent"));
	assert_string_equal(xml_attribute(arena, row, "a"), "1 < 2");
	assert_string_equal(xml_attribute(arena, row, "b"), "B");
	assert_null(xml_attribute(arena, row, "c"));
	assert_string_equal(xml_name(xml_next(row, NULL)), "other");
	row = xml_next(row, "row");
	assert_string_equal(xml_child_text(arena, row, "text"), "def");
	assert_string_equal(xml_namespace(xml_child(row, "text")), "urn:x");
	assert_string_equal(xml_namespace(row), "");
	assert_null(xml_next(row, "row"));
	assert_null(xml_next(xml_child(xml_child(row, "none"), "none"), NULL));
	assert_null(xml_text(arena, NULL));
}

static void
refusals(void **state)
{
	struct arena *arena = *state;

	refused(arena, bytes_of(""), "empty", 0);
	refused(arena, bytes_of(" \n\t"), "empty", 0);
	refused(arena, bytes_of("no"), "syntax", 1);
	refused(arena, bytes_of("<a>\n<b>\n</a>"), "syntax", 3);
	refused(arena, bytes_of("<a>\n&unknown;</a>"), "syntax", 2);
	refused(arena, bytes_of("<a/>\n<b/>"), "syntax", 2);
	refused(arena, bytes_of("<a>\xE9</a>"), "encoding", 1);
	refused(arena, (struct bytes){ (const unsigned char *)"<a>\n\0</a>", 9 }, "nul", 2);
	refused(arena, bytes_of("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>"),
	    "encoding", 1);
	refused(arena, bytes_of("<a>&#0;</a>"), "syntax", 1);
	refused(arena, bytes_of("<!DOCTYPE a><a/>"), "doctype", 1);
	refused(arena, bytes_of("<!-- x -->\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
	    "doctype", 2);
	refused(arena,
	    bytes_of("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"),
	    "doctype", 1);

	const struct xml_node *root = NULL;
	struct xml_fault fault;
	assert_int_equal(xml_read(arena, bytes_of("<a/>"), 3, &root, &fault), E_INPUT);
	assert_string_equal(fault.code, "too_large");
	/* An XInclude and a schema location stay what they are: elements and attributes. */
	root = read_ok(arena, "<a xmlns:xi='http://www.w3.org/2001/XInclude'>"
			      "<xi:include href='file:///etc/passwd' parse='text'/></a>");
	assert_string_equal(xml_text(arena, root), "");
	/* Plain ASCII is the same in all of them. */
	root = read_ok(arena, "<?xml version='1.0' encoding='ISO-8859-1'?><a>b</a>");
	assert_string_equal(xml_text(arena, root), "b");
}

static void
depth(void **state)
{
	struct arena *arena = *state;
	struct buf in = buf_new(arena);

	for (int i = 0; i < 200; i++)
		buf_text(&in, "<a>");
	for (int i = 0; i < 200; i++)
		buf_text(&in, "</a>");
	(void)read_ok(arena, in.p);
	in = buf_new(arena);
	for (int i = 0; i < 100000; i++)
		buf_text(&in, "<a>");
	refused(arena, bytes_of(in.p), "too_deep", 1);
}

static void
utf16(void **state)
{
	struct arena *arena = *state;
	static const unsigned char file[] = { 0xFF, 0xFE, '<', 0, 'a', 0, '>', 0, 0xAC, 0x20,
		'<', 0, '/', 0, 'a', 0, '>', 0 };
	const struct xml_node *root;
	struct xml_fault fault;

	assert_int_equal(
	    xml_read(arena, (struct bytes){ file, sizeof file }, MAX, &root, &fault), OK);
	assert_string_equal(xml_text(arena, root), "\xE2\x82\xAC");
}

/* Every hostile file gets a verdict, at once, and none with a document type is read. */
static void
hostile_files(void **state)
{
	struct arena *arena = *state;
	static const char *const folders[] = { "libxml2-recurse", "libxml2-errors", "xxe" };
	const char *data = getenv("DATA");
	size_t seen = 0, read = 0, doctype = 0;

	for (size_t i = 0; i < 3; i++) {
		DIR *folder = opendir(text_printf(arena, "%s/hostile/xml/%s",
		    data != NULL ? data : "../shared/data", folders[i]));
		if (folder == NULL)
			skip();
		for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
			struct bytes file;
			struct xml_fault fault = { 0 };
			const struct xml_node *root;
			if (entry->d_name[0] == '.')
				continue;
			assert_true(unit_data(arena,
			    text_printf(arena, "hostile/xml/%s/%s", folders[i], entry->d_name),
			    &file));
			clock_t before = clock();
			enum status status = xml_read(arena, file, MAX, &root, &fault);
			assert_true((clock() - before) * 1000 / CLOCKS_PER_SEC < 200);
			seen++;
			if (status == OK) {
				read++;
				const char *text = text_printf(
				    arena, "%.*s", (int)file.n, (const char *)file.p);
				assert_null(strstr(text, "<!DOCTYPE"));
			} else {
				assert_int_equal(status, E_INPUT);
				assert_non_null(fault.code);
				doctype += text_is(fault.code, "doctype");
			}
		}
		(void)closedir(folder);
	}
	assert_true(seen > 30);
	assert_true(doctype >= 10);
	print_message("          hostile XML: %zu files, %zu read, %zu refused for a document "
		      "type, %zu for another reason\n",
	    seen, read, doctype, seen - read - doctype);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(walks),
		UNIT_TEST(refusals),
		UNIT_TEST(depth),
		UNIT_TEST(utf16),
		UNIT_TEST(hostile_files),
	};
	xml_start();
	return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
