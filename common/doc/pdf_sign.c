/*
 * pdf_sign.c: a signature in a PDF (PAdES B-B, ETSI EN 319 142-1) and finding it again.
 *
 * The update holds the signature's dictionary with a hole for the signature, an invisible field
 * on the first page, and page and catalogue that name it. What is signed is every byte but the
 * hole.
 */
#include "data/crypto.h"
#include "doc/pdf_inner.h"

#include <stdio.h>
#include <string.h>

#define RANGE_ROOM 48 /* "[0 nnnnnnnnnn nnnnnnnnnn nnnnnnnnnn]", blanks behind it */

/* The first page: of /Pages the first of its /Kids. */
static bool
first_page(const struct pdf_file *file, struct arena *arena, const char *catalogue,
    int64_t *ret_number, const char **ret_page)
{
	const char *pages, *at = strstr(catalogue, "/Pages ");
	long long number;

	if (at == NULL || sscanf(at, "/Pages %lld", &number) != 1 || /* NOLINT(cert-err34-c) */
	    !pdf_file_object(file, arena, number, &pages) ||
	    (at = strstr(pages, "/Kids [")) == NULL ||
	    sscanf(at, "/Kids [ %lld", &number) != 1 || /* NOLINT(cert-err34-c) */
	    !pdf_file_object(file, arena, number, ret_page))
		return false;
	*ret_number = number;
	return strstr(*ret_page, "/Annots") == NULL;
}

/* The signature's dictionary; where its two holes begin. */
static void
add_dictionary(struct pdf_update *update, struct arena *arena, instant at, const char *reason,
    size_t room, size_t *ret_range, size_t *ret_hole)
{
	struct buf *out = &update->out;
	buf_text(out, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n");
	buf_printf(out, "/M (%s)\n", pdf_date(arena, at));
	if (!text_empty(reason)) {
		buf_text(out, "/Reason ");
		pdf_string(out, reason);
		buf_char(out, '\n');
	}
	buf_text(out, "/ByteRange ");
	*ret_range = out->n;
	buf_printf(out, "%*s\n/Contents ", RANGE_ROOM, "");
	*ret_hole = out->n;
	buf_char(out, '<');
	for (size_t i = 0; i < 2 * room; i++)
		buf_char(out, '0');
	buf_text(out, "> >>\nendobj\n");
}

enum status
pdf_sign(struct arena *arena, struct bytes pdf, struct sealer *sealer, instant at,
    const char *reason, struct bytes *ret)
{
	const char *catalogue, *page;
	struct pdf_update update;
	struct pdf_file file;
	size_t range, hole;
	int64_t page_number;
	struct bytes der;
	const size_t room = sealer_room(sealer); /* of DER; in hex twice that */

	if (!pdf_file_open(pdf, &file) ||
	    !pdf_file_object(&file, arena, file.root, &catalogue) ||
	    strstr(catalogue, "/AcroForm") != NULL ||
	    !first_page(&file, arena, catalogue, &page_number, &page))
		return E_FAULT;
	pdf_update_begin(&update, arena, &file);
	const long long signature = pdf_update_new(&update), field = pdf_update_new(&update);
	pdf_update_object(&update, page_number);
	buf_printf(&update.out, "<<%s/Annots [ %lld 0 R ] >>\nendobj\n", page, field);
	pdf_update_object(&update, file.root);
	buf_printf(&update.out,
	    "<<%s\n/AcroForm << /Fields [ %lld 0 R ] /SigFlags 3 >> >>\nendobj\n", catalogue,
	    field);
	pdf_update_object(&update, field);
	/* Without a size, locked, with the page when it is printed. */
	buf_printf(&update.out,
	    "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V %lld 0 R /P %lld 0 R"
	    " /Rect [0 0 0 0] /F 132 >>\nendobj\n",
	    signature, (long long)page_number);
	pdf_update_object(&update, signature);
	add_dictionary(&update, arena, at, reason, room, &range, &hole);
	(void)pdf_update_end(&update);

	char *all = update.out.p;
	const size_t behind = hole + 2 + 2 * room;
	int n = snprintf(
	    all + range, RANGE_ROOM, "[0 %zu %zu %zu]", hole, behind, update.out.n - behind);
	if (n < 0 || n >= RANGE_ROOM)
		return E_FAULT;
	all[range + (size_t)n] = ' ';
	const struct bytes head = { (unsigned char *)all, hole },
			   tail = { (unsigned char *)all + behind, update.out.n - behind };
	enum status status = sealer_sign(arena, sealer, head, tail, &der);
	if (status != OK)
		return status;
	if (der.n > room)
		return E_FAULT;
	const char *hex = hex_text(arena, der);
	memcpy(all + hole + 1, hex, 2 * der.n);
	*ret = (struct bytes){ (unsigned char *)all, update.out.n };
	return OK;
}

/* ---- Finding it ---- */

static const unsigned char *
last_word(struct bytes file, size_t end, const char *word)
{
	size_t n = strlen(word);

	for (size_t at = end >= n ? end - n + 1 : 0; at-- > 0;) {
		if (memcmp(file.p + at, word, n) == 0)
			return file.p + at;
	}
	return NULL;
}

/* Four numbers in brackets behind the word at `at`. */
static bool
read_range(struct bytes file, const unsigned char *at, size_t ret[4])
{
	char text[128];
	size_t n = (size_t)(file.p + file.n - at);

	n = n < sizeof text - 1 ? n : sizeof text - 1;
	memcpy(text, at, n);
	text[n] = '\0';
	return sscanf(text, "/ByteRange [%zu %zu %zu %zu]", /* NOLINT(cert-err34-c) */
		   &ret[0], &ret[1], &ret[2], &ret[3]) == 4;
}

/* The DER in a hex string: as long as its first element says, what follows is padding. */
static bool
read_der(struct arena *arena, const unsigned char *hex, size_t n, struct bytes *ret)
{
	struct bytes all;

	if (n < 2 || hex[0] != '<' || hex[n - 1] != '>' || n % 2 != 0 ||
	    !hex_bytes(arena, arena_copy(arena, hex + 1, n - 2), &all) || all.n < 4)
		return false;
	*ret = all;
	return true;
}

enum status
pdf_signature_find(struct arena *arena, struct bytes file, struct pdf_signed *ret)
{
	struct pdf_signed found = { .whole = false };
	const unsigned char *at, *end;
	size_t range[4];

	if (file.n < 8 || memcmp(file.p, "%PDF-", 5) != 0)
		return E_ABSENT;
	at = last_word(file, file.n, "/ByteRange");
	if (at == NULL || !read_range(file, at, range) || range[0] != 0 || range[1] > file.n ||
	    range[2] > file.n || range[1] >= range[2] || range[3] > file.n - range[2] ||
	    !read_der(arena, file.p + range[1], range[2] - range[1], &found.der))
		return E_INPUT;
	found.head = (struct bytes){ file.p, range[1] };
	found.tail = (struct bytes){ file.p + range[2], range[3] };
	found.whole = range[2] + range[3] == file.n;
	end = last_word(found.head, found.head.n, "<?xpacket end");
	at = end != NULL ? last_word(file, (size_t)(end - file.p), "<?xpacket begin") : NULL;
	if (at != NULL)
		found.xmp = (struct bytes){ at, (size_t)(end - at) };
	*ret = found;
	return OK;
}
