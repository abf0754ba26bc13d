/*
 * pdf_finish.c: what cairo cannot write, by an update behind its file: the document's language,
 * that readers show the title and not the file's name, its data as XMP (ISO 16684-1) with facts
 * for programs.
 *
 * An own writer of 300 lines instead of libqpdf: that one is C++, of which the tree has one
 * file, and a signature needs this same kind of update, which qpdf does not make.
 */
#include "doc/pdf_inner.h"

#include <string.h>

/* Text for XML; what XML cannot say is left out. */
static void
add_escaped(struct buf *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;
		if (c == '<')
			buf_text(out, "&lt;");
		else if (c == '>')
			buf_text(out, "&gt;");
		else if (c == '&')
			buf_text(out, "&amp;");
		else if (c >= ' ' || c == '\n' || c == '\t')
			buf_char(out, *text);
	}
}

static void
add_element(struct buf *out, const char *open, const char *text, const char *close)
{
	buf_text(out, open);
	add_escaped(out, text);
	buf_text(out, close);
}

static struct buf
xmp_of(struct arena *arena, const struct pdf_doc *doc)
{
	struct buf out = buf_new(arena);
	const char *created = instant_iso(arena, doc->created);

	buf_text(&out,
	    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
	    " xmlns:kw=\"" PDF_FACTS "\">\n"
	    "<dc:format>application/pdf</dc:format>\n");
	add_element(&out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", doc->title,
	    "</rdf:li></rdf:Alt></dc:title>\n");
	add_element(&out, "<dc:creator><rdf:Seq><rdf:li>", doc->author,
	    "</rdf:li></rdf:Seq></dc:creator>\n");
	add_element(&out, "<dc:language><rdf:Bag><rdf:li>", doc->language,
	    "</rdf:li></rdf:Bag></dc:language>\n");
	add_element(&out, "<xmp:CreateDate>", created, "</xmp:CreateDate>\n");
	add_element(&out, "<xmp:ModifyDate>", created, "</xmp:ModifyDate>\n");
	add_element(&out, "<xmp:CreatorTool>", "Keptword", "</xmp:CreatorTool>\n");
	for (const struct pdf_block *at = doc->first; at != NULL; at = at->next) {
		if (at->kind != PDF_FACT || at->n != 2)
			continue;
		buf_printf(&out, "<kw:%s>", at->cells[0]);
		add_escaped(&out, at->cells[1]);
		buf_printf(&out, "</kw:%s>\n", at->cells[0]);
	}
	buf_text(&out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	return out;
}

bool
pdf_finish(
    struct arena *arena, const struct pdf_doc *doc, struct bytes drawn, struct bytes *ret)
{
	struct pdf_update update;
	struct pdf_file file;
	const char *catalogue;
	struct buf xmp = xmp_of(arena, doc);

	if (!pdf_file_open(drawn, &file) ||
	    !pdf_file_object(&file, arena, file.root, &catalogue))
		return false;
	pdf_update_begin(&update, arena, &file);
	int64_t metadata = pdf_update_new(&update);
	pdf_update_object(&update, file.root);
	buf_printf(&update.out, "<<%s", catalogue);
	/* cairo writes neither; a version of it that does is right already. */
	if (strstr(catalogue, "/Lang") == NULL) {
		buf_text(&update.out, "/Lang ");
		pdf_string(&update.out, doc->language);
	}
	if (strstr(catalogue, "/ViewerPreferences") == NULL)
		buf_printf(&update.out, "\n/ViewerPreferences << /DisplayDocTitle true%s >>",
		    doc->right_to_left ? " /Direction /R2L" : "");
	if (strstr(catalogue, "/MarkInfo") == NULL)
		buf_text(&update.out, "\n/MarkInfo << /Marked true >>");
	buf_printf(&update.out, "\n/Metadata %lld 0 R >>\nendobj\n", (long long)metadata);
	pdf_update_object(&update, metadata);
	buf_printf(
	    &update.out, "<< /Type /Metadata /Subtype /XML /Length %zu >>\nstream\n", xmp.n);
	buf_add(&update.out, xmp.p, xmp.n);
	buf_text(&update.out, "\nendstream\nendobj\n");
	*ret = pdf_update_end(&update);
	return true;
}
