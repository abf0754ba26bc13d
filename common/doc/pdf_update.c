/*
 * pdf_update.c: an update behind a PDF: new and changed objects, a cross-reference table of
 * them, a trailer that points back (ISO 32000-1, 7.5.6). The bytes before it stay as they were.
 * Behind a file whose table is a stream it is one, not compressed (7.5.8). See pdf_inner.h.
 */
#include "data/crypto.h"
#include "doc/pdf_inner.h"

#include <string.h>

void
pdf_update_begin(struct pdf_update *update, struct arena *arena, const struct pdf_file *file)
{
	*update =
	    (struct pdf_update){ .file = *file, .out = buf_new(arena), .size = file->size };
	buf_add(&update->out, file->all.p, file->all.n);
	if (file->all.n > 0 && file->all.p[file->all.n - 1] != '\n')
		buf_char(&update->out, '\n');
}

int64_t
pdf_update_new(struct pdf_update *update)
{
	return update->size++;
}

void
pdf_update_object(struct pdf_update *update, int64_t number)
{
	size_t i = update->n;

	/* By number, as the table wants them. */
	for (; i > 0 && update->objects[i - 1].number > number; i--)
		update->objects[i] = update->objects[i - 1];
	update->objects[i].number = number;
	update->objects[i].at = update->out.n;
	update->n++;
	buf_printf(&update->out, "%lld 0 obj\n", (long long)number);
}

static void
add_trailer(struct pdf_update *update, const char *id)
{
	buf_printf(&update->out,
	    "/Size %lld /Root %lld 0 R /Info %lld 0 R /Prev %zu /ID [<%s> <%s>]",
	    (long long)update->size, (long long)update->file.root, (long long)update->file.info,
	    update->file.xref, id, id);
}

static void
add_table(struct pdf_update *update, const char *id)
{
	struct buf *out = &update->out;

	buf_text(out, "xref\n");
	for (size_t i = 0; i < update->n; i++)
		buf_printf(out, "%lld 1\n%010zu 00000 n \n",
		    (long long)update->objects[i].number, update->objects[i].at);
	buf_text(out, "trailer\n<< ");
	add_trailer(update, id);
	buf_text(out, " >>\n");
}

/* Entries of 7 bytes: kind 1, the offset, generation 0. The stream is an object, and in itself.
 */
static void
add_table_stream(struct pdf_update *update, const char *id)
{
	struct buf *out = &update->out;
	struct buf table = buf_new(out->arena);

	pdf_update_object(update, pdf_update_new(update));
	for (size_t i = 0; i < update->n; i++) {
		const uint32_t at = (uint32_t)update->objects[i].at;
		const unsigned char entry[7] = { 1, (unsigned char)(at >> 24),
			(unsigned char)(at >> 16), (unsigned char)(at >> 8), (unsigned char)at,
			0, 0 };
		buf_add(&table, entry, sizeof entry);
	}
	buf_printf(out, "<< /Type /XRef /W [1 4 2] /Length %zu /Index [", table.n);
	for (size_t i = 0; i < update->n; i++)
		buf_printf(out, " %lld 1", (long long)update->objects[i].number);
	buf_text(out, " ] ");
	add_trailer(update, id);
	buf_text(out, " >>\nstream\n");
	buf_add(out, table.p, table.n);
	buf_text(out, "\nendstream\nendobj\n");
}

struct bytes
pdf_update_end(struct pdf_update *update)
{
	struct buf *out = &update->out;
	const size_t xref = out->n;
	unsigned char digest[SHA256_BYTES];

	crypto_sha256((struct bytes){ (const unsigned char *)out->p, out->n }, digest);
	const char *id = hex_text(out->arena, (struct bytes){ digest, 16 });
	if (update->file.packed)
		add_table_stream(update, id);
	else
		add_table(update, id);
	buf_printf(out, "startxref\n%zu\n%%%%EOF\n", xref);
	return (struct bytes){ (const unsigned char *)out->p, out->n };
}

void
pdf_string(struct buf *out, const char *text)
{
	uint32_t c;

	buf_text(out, "<FEFF");
	while ((c = text_next(&text)) != 0) {
		if (c > 0xFFFF)
			buf_printf(out, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10),
			    0xDC00 + ((c - 0x10000) & 0x3FF));
		else
			buf_printf(out, "%04X", c);
	}
	buf_char(out, '>');
}

const char *
pdf_date(struct arena *arena, instant t)
{
	const char *iso = instant_iso(arena, t); /* 2026-11-18T09:12:33Z */
	struct buf out = buf_new(arena);

	buf_text(&out, "D:");
	for (; *iso != '\0'; iso++) {
		if (*iso != '-' && *iso != ':' && *iso != 'T')
			buf_char(&out, *iso);
	}
	return out.p;
}
