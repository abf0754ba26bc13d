/*
 * pdf_update.c: an update behind a PDF: new and changed objects, a cross-reference table of
 * them, a trailer that points back (ISO 32000-1, 7.5.6). The bytes before it stay as they were.
 * See pdf_inner.h.
 */
#include "data/crypto.h"
#include "doc/pdf_inner.h"

#include <string.h>

#define ENTRY 20 /* bytes of an entry of a table */
#define TABLES_MAX 8

/* The offset of the last `word` of all before `end`; end when there is none. */
static size_t
last_of(struct bytes all, size_t end, const char *word)
{
	size_t n = strlen(word);

	for (size_t at = end >= n ? end - n + 1 : 0; at-- > 0;) {
		if (memcmp(all.p + at, word, n) == 0)
			return at;
	}
	return end;
}

/* The number at *at, blanks before it skipped. */
static bool
number_at(struct bytes all, size_t *at, int64_t *ret)
{
	int64_t n = 0;
	size_t from;

	while (*at < all.n && strchr(" \r\n\t", all.p[*at]) != NULL && all.p[*at] != 0)
		++*at;
	from = *at;
	while (*at < all.n && all.p[*at] >= '0' && all.p[*at] <= '9' && *at - from < 15)
		n = n * 10 + (all.p[(*at)++] - '0');
	*ret = n;
	return *at > from;
}

static bool
word_at(struct bytes all, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at <= all.n && n <= all.n - at && memcmp(all.p + at, word, n) == 0;
}

/* The number behind a key between two places. */
static bool
key_number(struct bytes all, size_t from, size_t to, const char *key, int64_t *ret)
{
	size_t n = strlen(key);

	for (size_t at = from; at + n < to; at++) {
		if (!word_at(all, at, key))
			continue;
		at += n;
		return number_at(all, &at, ret);
	}
	return false;
}

bool
pdf_file_open(struct bytes all, struct pdf_file *ret)
{
	size_t start = last_of(all, all.n, "startxref"), at = start + strlen("startxref");
	struct pdf_file file = { .all = all };
	int64_t xref;

	if (start == all.n || !number_at(all, &at, &xref) || xref < 0 || (size_t)xref >= start)
		return false;
	file.xref = (size_t)xref;
	size_t trailer = last_of(all, start, "trailer");
	if (trailer == start || trailer < file.xref || !word_at(all, file.xref, "xref") ||
	    !key_number(all, trailer, start, "/Size", &file.size) ||
	    !key_number(all, trailer, start, "/Root", &file.root) ||
	    !key_number(all, trailer, start, "/Info", &file.info))
		return false;
	*ret = file;
	return true;
}

/* Looks for an object in one table; 1 found, 0 not there, -1 broken. *ret_end: behind it. */
static int
in_table(struct bytes all, size_t xref, int64_t number, size_t *ret, size_t *ret_end)
{
	size_t at = xref + strlen("xref");
	int64_t first, count, offset;
	int found = 0;

	while (!word_at(all, at, "trailer")) {
		if (!number_at(all, &at, &first) || !number_at(all, &at, &count))
			return -1;
		while (
		    at < all.n && (all.p[at] == '\r' || all.p[at] == '\n' || all.p[at] == ' '))
			at++;
		if (count < 0 || (uint64_t)count > (all.n - at) / ENTRY)
			return -1;
		if (number >= first && number < first + count && !found) {
			size_t entry = at + (size_t)(number - first) * ENTRY;
			if (!number_at(all, &entry, &offset) || (size_t)offset >= all.n)
				return -1;
			*ret = (size_t)offset;
			found = 1;
		}
		at += (size_t)count * ENTRY;
	}
	*ret_end = at;
	return found;
}

static bool
find_object(const struct pdf_file *file, int64_t number, size_t *ret)
{
	size_t xref = file->xref, end = 0;
	int64_t prev;

	for (int i = 0; i < TABLES_MAX; i++) {
		int found = in_table(file->all, xref, number, ret, &end);
		if (found != 0)
			return found > 0;
		size_t stop = end + 400 < file->all.n ? end + 400 : file->all.n;
		if (!key_number(file->all, end, stop, "/Prev", &prev) || (size_t)prev >= xref)
			return false;
		xref = (size_t)prev;
	}
	return false;
}

bool
pdf_file_object(
    const struct pdf_file *file, struct arena *arena, int64_t number, const char **ret)
{
	const struct bytes all = file->all;
	size_t at, depth = 0, from;
	int64_t n, generation;

	if (!find_object(file, number, &at) || !number_at(all, &at, &n) || n != number ||
	    !number_at(all, &at, &generation) || generation != 0)
		return false;
	while (at < all.n && !word_at(all, at, "<<")) {
		if (word_at(all, at, "endobj"))
			return false;
		at++;
	}
	from = at + 2;
	for (; at + 1 < all.n; at++) {
		if (word_at(all, at, "endobj"))
			return false;
		if (word_at(all, at, "<<"))
			depth++, at++;
		else if (word_at(all, at, ">>") && --depth == 0)
			break;
		else if (word_at(all, at, ">>"))
			at++;
	}
	if (at + 1 >= all.n)
		return false;
	*ret = arena_copy(arena, all.p + from, at - from);
	return true;
}

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

struct bytes
pdf_update_end(struct pdf_update *update)
{
	struct buf *out = &update->out;
	const size_t xref = out->n;
	unsigned char digest[SHA256_BYTES];

	crypto_sha256((struct bytes){ (const unsigned char *)out->p, out->n }, digest);
	const char *id = hex_text(out->arena, (struct bytes){ digest, 16 });
	buf_text(out, "xref\n");
	for (size_t i = 0; i < update->n; i++)
		buf_printf(out, "%lld 1\n%010zu 00000 n \n",
		    (long long)update->objects[i].number, update->objects[i].at);
	buf_printf(out,
	    "trailer\n<< /Size %lld /Root %lld 0 R /Info %lld 0 R /Prev %zu /ID [<%s> <%s>] "
	    ">>\n"
	    "startxref\n%zu\n%%%%EOF\n",
	    (long long)update->size, (long long)update->file.root, (long long)update->file.info,
	    update->file.xref, id, id, xref);
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
