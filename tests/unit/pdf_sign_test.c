/*
 * pdf_sign: a signed PDF is valid to poppler's pdfsig and to us, whatever is changed in it is
 * found, somebody else's signature is not ours; same clock, same bytes; language, title and
 * facts stand in the file.
 */
#include <math.h>

#include "unit.h"

#include "base/config.h"
#include "data/cms.h"
#include "data/crypto.h"
#include "doc/pdf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* fontconfig keeps what it found for as long as the process lives. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:sealer_";
}

#define AT ((instant)1795000000 * SECOND)

static char folder[] = "/tmp/keptword-sign-XXXXXX";
static struct sealer *ours, *theirs;

static const char *
path_of(struct arena *arena, const char *name)
{
	return text_printf(arena, "%s/%s", folder, name);
}

static struct bytes
drawn(struct arena *arena)
{
	struct pdf_doc *doc = pdf_new(arena);
	const char *missing = "";
	struct bytes pdf;

	doc->title = "Nómina <de> ניסן & Söhne";
	doc->author = "Lindenhof Data";
	doc->language = "es";
	doc->created = AT;
	pdf_block(doc, PDF_TITLE, "Nómina");
	pdf_block(doc, PDF_TEXT, "Para 王秀英");
	pdf_block(doc, PDF_FACT, "net", "1762.50");
	pdf_block(doc, PDF_FACT, "payee", "Ana <Lima> & 王秀英");
	assert_int_equal(pdf_render_here(arena, doc, &pdf, &missing), OK);
	return pdf;
}

static struct bytes
signed_by(struct arena *arena, struct sealer *sealer)
{
	struct bytes pdf;

	assert_int_equal(pdf_sign(arena, drawn(arena), sealer, AT, "Issued", &pdf), OK);
	return pdf;
}

static const char *
tool(struct arena *arena, struct bytes pdf, const char *command)
{
	FILE *file = fopen(path_of(arena, "a.pdf"), "wb");
	struct buf all = buf_new(arena);
	char part[4096];
	size_t n;

	assert_non_null(file);
	assert_int_equal(fwrite(pdf.p, 1, pdf.n, file), pdf.n);
	assert_int_equal(fclose(file), 0);
	FILE *pipe = popen(text_printf(arena, "cd %s && %s 2>&1", folder, command),
	    "r"); /* NOLINT(cert-env33-c) */
	assert_non_null(pipe);
	while ((n = fread(part, 1, sizeof part, pipe)) > 0)
		buf_add(&all, part, n);
	(void)pclose(pipe);
	buf_text(&all, "");
	return all.p;
}

static bool
holds(struct bytes all, const char *part)
{
	return memmem(all.p, all.n, part, strlen(part)) != NULL;
}

static void
says_what_it_is(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf = drawn(arena);

	assert_true(holds(pdf, "/Lang <FEFF00650073>"));
	assert_true(holds(pdf, "/DisplayDocTitle true"));
	assert_true(holds(pdf, "/Marked true"));
	const char *about = tool(arena, pdf, "pdfinfo a.pdf");
	assert_non_null(strstr(about, "Title:           Nómina <de> ניסן & Söhne\n"));
	assert_non_null(strstr(about, "Metadata Stream: yes\n"));
	assert_non_null(strstr(about, "Tagged:          yes\n"));
	const char *facts = tool(arena, pdf,
	    "pdfinfo -meta a.pdf | xmllint --xpath 'concat(//*[local-name()=\"net\"], \"|\","
	    " //*[local-name()=\"payee\"], \"|\", //*[local-name()=\"li\"][1])' -");
	assert_string_equal(facts, "1762.50|Ana <Lima> & 王秀英|Nómina <de> ניסן & Söhne\n");
}

static void
valid_to_others(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf = signed_by(arena, ours);
	const char *said = tool(arena, pdf, "pdfsig -nocert a.pdf");

	assert_non_null(strstr(said, "Signature Validation: Signature is Valid."));
	assert_non_null(strstr(said, "Signature Type: ETSI.CAdES.detached"));
	assert_non_null(strstr(said, "Total document signed"));
	assert_non_null(strstr(said, "Lindenhof Data (self-signed)"));
	assert_non_null(strstr(tool(arena, pdf, "pdftotext a.pdf -"), "Para 王秀英"));
	/* A byte in each part of the file but the signature's padding. */
	static const double places[] = { 0.02, 0.3, 0.6 };
	for (size_t i = 0; i < 3; i++) {
		unsigned char *changed = (unsigned char *)arena_copy(arena, pdf.p, pdf.n);
		changed[(size_t)((double)pdf.n * places[i] * 0.5)] ^= 1;
		said = tool(arena, (struct bytes){ changed, pdf.n }, "pdfsig -nocert a.pdf");
		assert_null(strstr(said, "Signature is Valid"));
	}
}

/* Sound to a program that knows nothing of us; and a file whose tables and objects are packed,
 * as newer cairos write them, is signed as well. */
static void
sound_and_packed(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf;

	assert_non_null(strstr(tool(arena, signed_by(arena, ours), "qpdf --check a.pdf"),
	    "No syntax or stream encoding errors found"));
	(void)tool(arena, drawn(arena),
	    "qpdf --object-streams=generate --deterministic-id a.pdf b.pdf");
	FILE *file = fopen(path_of(arena, "b.pdf"), "rb");
	unsigned char *packed = arena_alloc(arena, 1 << 20);
	assert_non_null(file);
	size_t n = fread(packed, 1, 1 << 20, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(pdf_sign(arena, (struct bytes){ packed, n }, ours, AT, "x", &pdf), OK);
	const char *said = tool(arena, pdf, "qpdf --check a.pdf; pdfsig -nocert a.pdf");
	assert_non_null(strstr(said, "No syntax or stream encoding errors found"));
	assert_non_null(strstr(said, "Signature is Valid"));
	assert_non_null(strstr(said, "Total document signed"));
}

static enum status
checked(struct arena *arena, struct bytes pdf, struct pdf_signed *ret)
{
	enum status status = pdf_signature_find(arena, pdf, ret);

	return status != OK ? status : sealer_verify(ours, ret->head, ret->tail, ret->der);
}

static void
valid_to_us(void **state)
{
	struct arena *arena = *state;
	struct bytes pdf = signed_by(arena, ours);
	struct pdf_signed found;

	assert_int_equal(checked(arena, pdf, &found), OK);
	assert_true(found.whole);
	assert_true(holds(found.xmp, "<kw:net>1762.50</kw:net>"));
	/* Every 97th byte that is signed. */
	for (size_t at = 0; at < pdf.n; at += at < found.head.n ? 97 : 1) {
		if (at >= found.head.n && at < pdf.n - found.tail.n)
			at = pdf.n - found.tail.n;
		unsigned char *changed = (unsigned char *)arena_copy(arena, pdf.p, pdf.n);
		struct pdf_signed other;
		changed[at] ^= 0x20;
		assert_int_not_equal(
		    checked(arena, (struct bytes){ changed, pdf.n }, &other), OK);
	}
	/* Something behind it: the signature holds, but not over the whole. */
	struct buf more = buf_new(arena);
	buf_add(&more, pdf.p, pdf.n);
	buf_text(&more, "more\n");
	assert_int_equal(
	    checked(arena, (struct bytes){ (unsigned char *)more.p, more.n }, &found), OK);
	assert_false(found.whole);
	assert_int_equal(checked(arena, signed_by(arena, theirs), &found), E_DENIED);
	assert_int_equal(checked(arena, drawn(arena), &found), E_INPUT);
	assert_int_equal(checked(arena, bytes_of("GIF89a, not a PDF"), &found), E_ABSENT);
	/* Cut off anywhere it is not ours, and nothing falls. */
	for (size_t n = 0; n < pdf.n; n += 211) {
		unsigned char *cut = (unsigned char *)arena_copy(arena, pdf.p, n);
		assert_int_not_equal(checked(arena, (struct bytes){ cut, n }, &found), OK);
	}
}

static void
same_bytes(void **state)
{
	struct arena *arena = *state;
	struct bytes a = signed_by(arena, ours), b = signed_by(arena, ours);

	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
}

static void
keys(void **state)
{
	struct arena *arena = *state;
	const char *path = path_of(arena, "ours.key"), *why = "";
	struct sealer *sealer;
	struct bytes pdf;
	struct stat before, after;

	assert_string_equal(sealer_name(ours), "Lindenhof Data (self-signed)");
	assert_true(sealer_self_signed(ours));
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(before.st_mode & 0777, 0600);
	assert_int_equal(sealer_make(path, "Other", AT), OK);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(sealer_open(path_of(arena, "none"), path, &sealer, &why), E_ABSENT);
	/* A certificate with another's key signs nothing. */
	assert_int_equal(sealer_open(path, path_of(arena, "theirs.key"), &sealer, &why), OK);
	assert_int_equal(pdf_sign(arena, drawn(arena), sealer, AT, NULL, &pdf), E_FAULT);
	/* Nor does a key that others may read. */
	assert_int_equal(sealer_open(path, path, &sealer, &why), OK);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(pdf_sign(arena, drawn(arena), sealer, AT, NULL, &pdf), E_FAULT);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(pdf_sign(arena, drawn(arena), sealer, AT, NULL, &pdf), OK);
}

/* A certificate that somebody else issued, its chain behind it and the one before it last: it
 * signs, the chain goes with it, and what the earlier one has signed goes on to count. */
static void
issued_by_others(void **state)
{
	static const char make[] =
	    "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Root -keyout ca.pem"
	    " -out root.pem -addext basicConstraints=critical,CA:TRUE &&"
	    " openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "
	    "/CN=Lindenhof"
	    " -keyout new.pem -out new.csr &&"
	    " printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,nonRepudiation\n' "
	    ">x.cnf &&"
	    " openssl x509 -req -in new.csr -CA root.pem -CAkey ca.pem -days 30 -out leaf.pem"
	    " -extfile x.cnf && cat leaf.pem root.pem ours.key >all.pem && chmod 600 new.pem "
	    "&& echo made";
	struct arena *arena = *state;
	struct pdf_signed found;
	struct sealer *sealer;
	struct bytes pdf;
	const char *why = "";

	assert_non_null(strstr(tool(arena, drawn(arena), make), "made"));
	assert_int_equal(
	    sealer_open(path_of(arena, "all.pem"), path_of(arena, "new.pem"), &sealer, &why),
	    OK);
	assert_string_equal(sealer_name(sealer), "Lindenhof");
	assert_false(sealer_self_signed(sealer));
	assert_in_range(sealer_days(sealer), 28, 30);
	assert_int_equal(pdf_sign(arena, drawn(arena), sealer, AT, NULL, &pdf), OK);
	const char *said = tool(arena, pdf, "pdfsig -nocert a.pdf; qpdf --check a.pdf");
	assert_non_null(strstr(said, "Signature is Valid"));
	assert_non_null(strstr(said, "Common Name: Lindenhof\n"));
	assert_int_equal(pdf_signature_find(arena, pdf, &found), OK);
	assert_int_equal(sealer_verify(sealer, found.head, found.tail, found.der), OK);
	assert_int_equal(sealer_verify(ours, found.head, found.tail, found.der), E_DENIED);
	assert_int_equal(pdf_signature_find(arena, signed_by(arena, ours), &found), OK);
	assert_int_equal(sealer_verify(sealer, found.head, found.tail, found.der), OK);
	(void)tool(arena, pdf,
	    "rm -f ca.pem root.pem new.pem new.csr x.cnf leaf.pem all.pem root.srl");
}

static int
start(void **unused_state)
{
	char message[200];
	struct arena *arena = arena_new(1 << 16);
	const char *why;

	(void)unused_state;
	(void)setenv("KEPTWORD_FONTS", "common/doc/fonts.conf", 1);
	if (config_read(message, sizeof message) != OK || crypto_start() != OK ||
	    mkdtemp(folder) == NULL)
		return 1;
	const char *a = path_of(arena, "ours.key"), *b = path_of(arena, "theirs.key");
	bool fine = sealer_make(a, "Lindenhof Data", AT) == OK &&
		    sealer_make(b, "Lindenhof Data", AT) == OK &&
		    sealer_open(a, a, &ours, &why) == OK &&
		    sealer_open(b, b, &theirs, &why) == OK;
	arena_free(arena);
	return !fine;
}

static int
stop(void **unused_state)
{
	struct arena *arena = arena_new(1 << 16);

	(void)unused_state;
	static const char *const names[] = { "a.pdf", "b.pdf", "ours.key", "theirs.key" };
	for (size_t i = 0; i < 4; i++)
		(void)unlink(path_of(arena, names[i]));
	(void)rmdir(folder);
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(says_what_it_is),
		UNIT_TEST(valid_to_others),
		UNIT_TEST(sound_and_packed),
		UNIT_TEST(valid_to_us),
		UNIT_TEST(same_bytes),
		UNIT_TEST(keys),
		UNIT_TEST(issued_by_others),
	};
	return cmocka_run_group_tests_name("pdf_sign", tests, start, stop);
}
