/*
 * pdf: documents become tagged PDFs that poppler's tools read back: texts in many scripts,
 * embedded fonts, heads again on each page, footers; the same input gives the same bytes; what
 * no font has is named; helpers draw for threads and come back when they die.
 */
#include <math.h>

#include "unit.h"

#include "base/config.h"
#include "data/crypto.h"
#include "doc/helper.h"
#include "doc/pdf.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

/* fontconfig keeps what it found for as long as the process lives. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}

static char folder[] = "/tmp/keptword-pdf-XXXXXX";

/* What a tool of poppler says of a PDF. */
static const char *
tool(struct arena *arena, struct bytes pdf, const char *command, const char *rest)
{
	const char *path = text_printf(arena, "%s/a.pdf", folder);
	FILE *file = fopen(path, "wb");
	struct buf all = buf_new(arena);
	char part[4096];
	size_t n;

	assert_non_null(file);
	assert_int_equal(fwrite(pdf.p, 1, pdf.n, file), pdf.n);
	assert_int_equal(fclose(file), 0);
	FILE *pipe = popen(text_printf(arena, "%s %s %s", command, path, rest),
	    "r"); /* NOLINT(cert-env33-c) */
	assert_non_null(pipe);
	while ((n = fread(part, 1, sizeof part, pipe)) > 0)
		buf_add(&all, part, n);
	assert_int_equal(pclose(pipe), 0);
	buf_text(&all, "");
	return all.p;
}

static struct pdf_doc *
statement(struct arena *arena, const char *name, size_t rows)
{
	struct pdf_doc *doc = pdf_new(arena);

	doc->title = "Statement 2026-23";
	doc->author = "Lindenhof Data";
	doc->footer = "Lindenhof Data, Vienna";
	doc->page_words = "Page {n} of {m}";
	assert_true(instant_parse("2026-11-18T09:12:33Z", &doc->created));
	pdf_block(doc, PDF_TITLE, "Statement 2026-23");
	pdf_block(doc, PDF_FIGURE, "1,762.50 USD");
	pdf_block(doc, PDF_TEXT, "It arrives by Friday 20 November.");
	pdf_block(doc, PDF_PAIRS, "For", name, "From", "Lindenhof Data\nVienna");
	pdf_block(doc, PDF_HEADING, "What it is made of");
	pdf_block(doc, PDF_COLUMNS, "Work", "Time", ">Amount");
	for (size_t i = 1; i <= rows; i++)
		pdf_block(doc, PDF_ROW, text_printf(arena, "Line %zu\nwhy line %zu", i, i),
		    "1 h", text_printf(arena, "%zu.00", i));
	pdf_block(doc, PDF_TOTAL, "Total", "", "1,762.50");
	pdf_block(doc, PDF_QUIET, "Made on 18 November 2026.");
	return doc;
}

static struct bytes
drawn(struct arena *arena, const struct pdf_doc *doc)
{
	struct bytes pdf = { NULL, 0 };
	const char *missing = "";
	enum status status = pdf_render_here(arena, doc, &pdf, &missing);

	if (status == E_INPUT)
		print_error("missing: %s\n", missing);
	assert_int_equal(status, OK);
	assert_memory_equal(pdf.p, "%PDF-", 5);
	return pdf;
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		n++;
	return n;
}

static void
is_a_tagged_pdf(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf = drawn(arena, statement(arena, "Ana Lima", 3));
	const char *about = tool(arena, pdf, "TZ=UTC pdfinfo -isodates", "");

	assert_non_null(strstr(about, "Title:           Statement 2026-23\n"));
	assert_non_null(strstr(about, "Author:          Lindenhof Data\n"));
	assert_non_null(strstr(about, "CreationDate:    2026-11-18T09:12:33Z\n"));
	assert_non_null(strstr(about, "ModDate:         2026-11-18T09:12:33Z\n"));
	assert_non_null(strstr(about, "Tagged:          yes\n"));
	assert_non_null(strstr(about, "Pages:           1\n"));
	assert_non_null(strstr(about, "(A4)\n"));
	const char *tree = tool(arena, pdf, "pdfinfo -struct-text", "");
	assert_true(text_starts(tree, "Document\n"));
	assert_int_equal(count(tree, "H1 (block)\n    \"Statement 2026-23\""), 1);
	assert_int_equal(count(tree, "H2 (block)\n    \"What it is made of\""), 1);
	assert_int_equal(count(tree, "  Table (block)\n"), 2);
	/* Two pairs, a head, three rows, a total; heads and labels are TH. */
	assert_int_equal(count(tree, "    TR\n"), 2 + 1 + 3 + 1);
	assert_int_equal(count(tree, "      TH\n"), 2 + 3);
	assert_int_equal(count(tree, "      TD\n"), 2 + 3 * 3 + 3);
	assert_int_equal(count(tree, "\"why line 2\""), 1);
	/* A footer is not part of what is said. */
	assert_null(strstr(tree, "Page 1"));
	const char *text = tool(arena, pdf, "pdftotext", "-");
	assert_non_null(strstr(text, "1,762.50 USD"));
	assert_non_null(strstr(text, "Page 1 of 1"));
	/* No ligature hides a word from a search. */
	assert_null(strstr(text, "\xEF\xAC\x81"));
}

/* Every font is embedded, subset and mapped back to Unicode. */
static void
fonts_are_inside(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf =
	    drawn(arena, statement(arena, "Ξένια · Анна · अनन्या · 王小明 · ليلى", 1));
	const char *fonts = tool(arena, pdf, "pdffonts", "| tail -n +3");
	size_t n = count(fonts, "\n");

	assert_true(n >= 6);
	assert_int_equal(count(fonts, " yes yes yes "), n);
	assert_non_null(strstr(fonts, "NotoSerif-Bold"));
	assert_non_null(strstr(fonts, "NotoSans-Regular"));
	assert_non_null(strstr(fonts, "NotoSansDevanagari"));
	assert_null(strstr(fonts, "DejaVu"));
	assert_true(pdf.n < 150000);
}

static void
scripts_come_back(void **state)
{
	struct arena *arena = *state;
	static const char *const names[] = { "Jos\xC3\xA9 Nu\xC3\xB1"
					     "ez",
		"Łukasz Żak", "Зоя Ковальчук", "Ζωή Παπαδοπούλου", "王小明", "山田太郎",
		"さくら", "ليلى حسن", "רחל כהן", "ნინო", "Արամ", "Nguyễn Thị Hương" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct bytes pdf = drawn(arena, statement(arena, names[i], 0));
		const char *text = tool(arena, pdf, "pdftotext", "-");
		if (strstr(text, names[i]) == NULL)
			print_error("%s not in\n%s\n", names[i], text);
		assert_non_null(strstr(text, names[i]));
	}
	/* Vowel signs may be told in another order, but the letters are there. */
	struct bytes pdf = drawn(arena, statement(arena, "अनन्या", 0));
	assert_non_null(strstr(tool(arena, pdf, "pdftotext", "-"), "अनन्या"));
}

static void
pages(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf = drawn(arena, statement(arena, "Ana Lima", 60));
	const char *text = tool(arena, pdf, "pdftotext -layout", "-");
	size_t n = count(text, "\f");

	assert_in_range(n, 3, 5);
	/* Heads again on each page (the first shows them under the heading). */
	assert_int_equal(count(text, "Work "), n);
	for (size_t i = 1; i <= n; i++)
		assert_int_equal(count(text, text_printf(arena, "Page %zu of %zu", i, n)), 1);
	for (size_t i = 1; i <= 60; i++) {
		assert_int_equal(count(text, text_printf(arena, "Line %zu ", i)), 1);
		assert_int_equal(count(text, text_printf(arena, "why line %zu\n", i)), 1);
	}
	/* In the tree they stand once, the rows in one table. */
	const char *tree = tool(arena, pdf, "pdfinfo -struct-text", "");
	assert_int_equal(count(tree, "    TR\n"), 2 + 1 + 60 + 1);
	assert_int_equal(count(tree, "\"Work\""), 1);
	/* The total is never alone on a page: the last row stands before it. */
	const char *last = strstr(text, "Total ");
	while (last > text && *last != '\f')
		last--;
	assert_non_null(strstr(last, "Line 60 "));
}

/* Words wider than a column, a cell taller than a page, a paragraph over pages: all of it is
 * there and inside the page. */
static void
too_large(void **state)
{
	struct arena *arena = *state;
	struct pdf_doc *doc = pdf_new(arena);
	struct buf text = buf_new(arena);

	for (int i = 0; i < 1500; i++)
		buf_printf(&text, "w%d ", i);
	doc->title = "x";
	pdf_block(doc, PDF_TEXT, text.p);
	pdf_block(doc, PDF_COLUMNS, "A", "B", ">C");
	pdf_block(doc, PDF_ROW, text.p, "b", "1.00");
	char *word = arena_alloc(arena, 401);
	memset(word, 'm', 400);
	pdf_block(doc, PDF_ROW, word, word, "2.00");
	pdf_block(doc, PDF_PAIRS, word, word);
	struct bytes pdf = drawn(arena, doc);
	const char *back = tool(arena, pdf, "pdftotext", "-");
	for (int i = 0; i < 1500; i += 7)
		assert_int_equal(count(back, text_printf(arena, "w%d ", i)) +
				     count(back, text_printf(arena, "w%d\n", i)),
		    2);
	size_t n = 0;
	for (const char *at = back; *at != '\0'; at++)
		n += *at == 'm';
	assert_int_equal(n, 1600);
	/* Boxes of all words: none ends right of the paper's margin (595.3 - 62 and a hair). */
	const char *boxes = tool(arena, pdf, "pdftotext -bbox", "-");
	for (const char *at = boxes; (at = strstr(at, "xMax=\"")) != NULL; at++)
		assert_true(strtod(at + 6, NULL) < 534);
	for (const char *at = boxes; (at = strstr(at, "xMin=\"")) != NULL; at++)
		assert_true(strtod(at + 6, NULL) > 61);
}

/* The same digits are equally wide: amounts end at one line. */
static void
amounts_line_up(void **state)
{
	struct arena *arena = *state;
	struct pdf_doc *doc = pdf_new(arena);

	pdf_block(doc, PDF_COLUMNS, "What", ">Amount");
	pdf_block(doc, PDF_ROW, "a", "1,111.11");
	pdf_block(doc, PDF_ROW, "b", "8,888.88");
	const char *boxes = tool(arena, drawn(arena, doc), "pdftotext -bbox", "-");
	const char *ones = strstr(boxes, "1,111.11"), *eights = strstr(boxes, "8,888.88");
	assert_non_null(ones);
	assert_non_null(eights);
	double sides[2][2];
	const char *const words[] = { ones, eights };
	for (size_t i = 0; i < 2; i++) {
		const char *at = words[i];
		while (strncmp(at, "<word", 5) != 0)
			at--;
		sides[i][0] = strtod(strstr(at, "xMin=\"") + 6, NULL);
		sides[i][1] = strtod(strstr(at, "xMax=\"") + 6, NULL);
	}
	assert_true(sides[0][1] - sides[1][1] < 0.01 && sides[1][1] - sides[0][1] < 0.01);
	assert_true(sides[0][0] - sides[1][0] < 0.01 && sides[1][0] - sides[0][0] < 0.01);
}

static void
right_to_left(void **state)
{
	struct arena *arena = *state;
	struct pdf_doc *doc = statement(arena, "ليلى حسن", 1);

	doc->language = "ar";
	doc->right_to_left = true;
	const char *boxes = tool(arena, drawn(arena, doc), "pdftotext -bbox", "-");
	/* The label stands right of the value. Amounts end under one another, under their head,
	 * in the column at the left margin: digits run from left to right. */
	const char *label = strstr(boxes, ">For<"), *amount = strstr(boxes, ">1.00<");
	const char *head = strstr(boxes, ">Amount<");
	assert_non_null(label);
	assert_non_null(amount);
	assert_non_null(head);
	while (strncmp(label, "xMax", 4) != 0)
		label--;
	while (strncmp(amount, "xMax", 4) != 0)
		amount--;
	while (strncmp(head, "xMax", 4) != 0)
		head--;
	assert_true(strtod(label + 6, NULL) > 530);
	assert_true(strtod(amount + 6, NULL) < 150);
	assert_true(fabs(strtod(amount + 6, NULL) - strtod(head + 6, NULL)) < 2);
}

static void
letter_paper(void **state)
{
	struct arena *arena = *state;
	struct pdf_doc *doc = statement(arena, "Ana", 0);

	doc->language = "en-US";
	assert_non_null(strstr(tool(arena, drawn(arena, doc), "pdfinfo", ""), "612 x 792 pts"));
}

static void
same_bytes(void **state)
{
	struct arena *arena = *state;
	struct bytes one = drawn(arena, statement(arena, "王小明 ليلى", 30));
	(void)drawn(arena, statement(arena, "Зоя", 2));
	struct bytes two = drawn(arena, statement(arena, "王小明 ليلى", 30));

	assert_int_equal(one.n, two.n);
	assert_memory_equal(one.p, two.p, one.n);
	struct pdf_doc *later = statement(arena, "王小明 ليلى", 30);
	later->created += SECOND;
	two = drawn(arena, later);
	assert_true(one.n != two.n || memcmp(one.p, two.p, one.n) != 0);
}

/* U+10FFFD is nobody's letter; also where only the footer has it. */
static void
missing_characters(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf = { NULL, 0 };
	const char *missing = NULL;
	struct pdf_doc *doc = statement(arena, "Ana \xF4\x8F\xBF\xBD\xF3\xBF\xBF\xBD", 1);

	assert_int_equal(pdf_render_here(arena, doc, &pdf, &missing), E_INPUT);
	assert_string_equal(missing, "\xF4\x8F\xBF\xBD");
	assert_null(pdf.p);
	missing = NULL;
	assert_int_equal(pdf_render(arena, doc, &pdf, &missing), E_INPUT);
	assert_string_equal(missing, "\xF4\x8F\xBF\xBD");
	doc = statement(arena, "Ana", 1);
	doc->footer = "\xF4\x8F\xBF\xBD";
	missing = NULL;
	assert_int_equal(pdf_render_here(arena, doc, &pdf, &missing), E_INPUT);
	assert_string_equal(missing, "\xF4\x8F\xBF\xBD");
	assert_null(pdf.p);
}

static void *
draw_side(void *arg)
{
	struct arena *arena = arena_new((size_t)64 << 20);
	struct bytes pdf = { NULL, 0 };
	const char *missing;
	size_t *good = arg;

	for (int i = 0; i < 10; i++)
		*good +=
		    pdf_render(arena, statement(arena, "Ana Lima", 5), &pdf, &missing) == OK &&
		    pdf.n > 1000 && memcmp(pdf.p + pdf.n - 6, "%%EOF\n", 6) == 0;
	arena_free(arena);
	return NULL;
}

static void
helpers_draw(void **state)
{
	struct arena *arena = *state;
	struct bytes here = drawn(arena, statement(arena, "Зоя ليلى", 20)), there;
	const char *missing;
	pthread_t threads[4];
	size_t good[4] = { 0 };

	assert_int_equal(
	    pdf_render(arena, statement(arena, "Зоя ليلى", 20), &there, &missing), OK);
	assert_int_equal(here.n, there.n);
	assert_memory_equal(here.p, there.p, here.n);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, draw_side, &good[i]), 0);
	for (size_t i = 0; i < 4; i++) {
		(void)pthread_join(threads[i], NULL);
		assert_int_equal(good[i], 10);
	}
}

/* Process ids of our PDF helpers. */
static size_t
find_helpers(pid_t *ret, size_t most)
{
	DIR *proc = opendir("/proc");
	size_t n = 0;

	for (struct dirent *entry; (entry = readdir(proc)) != NULL && n < most;) {
		char path[300], line[300] = "";
		(void)snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
		FILE *file = fopen(path, "r");
		if (file == NULL)
			continue;
		if (fgets(line, sizeof line, file) != NULL &&
		    strstr(line, "(kw-pdf)") != NULL &&
		    getpgid((pid_t)strtol(line, NULL, 10)) == getpgid(0))
			ret[n++] = (pid_t)strtol(line, NULL, 10);
		(void)fclose(file);
	}
	(void)closedir(proc);
	return n;
}

static void
helpers_come_back(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf;
	const char *missing;
	pid_t helpers[8];

	assert_int_equal(find_helpers(helpers, 8), 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(kill(helpers[i], SIGKILL), 0);
	/* On a busy machine they may still take a job, each one, before they are gone. */
	for (size_t i = 0; i < 2; i++)
		for (int n = 0; n < 500 && kill(helpers[i], 0) == 0; n++)
			(void)nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	/* The job waits in the socket until the next helper takes it. */
	assert_int_equal(pdf_render(arena, statement(arena, "Ana", 1), &pdf, &missing), OK);
	helper_stop();
	for (int i = 0; i < 100 && find_helpers(helpers, 8) > 0; i++)
		(void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	assert_int_equal(find_helpers(helpers, 8), 0);
	assert_int_equal(pdf_render(arena, statement(arena, "Ana", 1), &pdf, &missing), E_AWAY);
}

static int
start(void **unused_state)
{
	char message[200];

	(void)unused_state;
	(void)setenv("KEPTWORD_FONTS", "common/doc/fonts.conf", 1);
	(void)setenv("KEPTWORD_PDF_HELPERS", "2", 1);
	if (config_read(message, sizeof message) != OK || crypto_start() != OK ||
	    mkdtemp(folder) == NULL)
		return 1;
	return helper_start(NULL, true) != OK;
}

static int
stop(void **unused_state)
{
	struct arena *arena = arena_new(1 << 16);

	(void)unused_state;
	(void)unlink(text_printf(arena, "%s/a.pdf", folder));
	(void)rmdir(folder);
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(is_a_tagged_pdf),
		UNIT_TEST(fonts_are_inside),
		UNIT_TEST(scripts_come_back),
		UNIT_TEST(pages),
		UNIT_TEST(too_large),
		UNIT_TEST(amounts_line_up),
		UNIT_TEST(right_to_left),
		UNIT_TEST(letter_paper),
		UNIT_TEST(same_bytes),
		UNIT_TEST(missing_characters),
		UNIT_TEST(helpers_draw),
		UNIT_TEST(helpers_come_back),
	};
	return cmocka_run_group_tests_name("pdf", tests, start, stop);
}
