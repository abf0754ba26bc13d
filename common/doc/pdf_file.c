/*
 * pdf_file.c: finding an object in a PDF that cairo and our own updates wrote: the chain of
 * cross-reference tables from the newest back, as text or as streams; objects packed into
 * streams. See pdf_inner.h. Everything is checked against the file's bounds, though the file is
 * our own.
 */
#include "doc/pdf_inner.h"

#include <string.h>
#include <zlib.h>

#define ENTRY 20 /* bytes of an entry of a table */
#define TABLES_MAX 8
#define TRAILER_MOST 400
#define INFLATED_MOST ((size_t)16 << 20)
#define WIDTH_MAX 8

/* Where an object stands: at an offset, or as one of the objects in a stream. */
struct place {
	size_t at;
	int64_t stream; /* the number of that stream; 0: at the offset */
};

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

	while (*at < all.n && all.p[*at] != 0 && strchr(" \r\n\t[", all.p[*at]) != NULL)
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

/* Behind a key between two places; 0 when it is not there. */
static size_t
behind_key(struct bytes all, size_t from, size_t to, const char *key)
{
	size_t n = strlen(key);

	for (size_t at = from; at + n < to; at++) {
		if (word_at(all, at, key))
			return at + n;
	}
	return 0;
}

static bool
key_number(struct bytes all, size_t from, size_t to, const char *key, int64_t *ret)
{
	size_t at = behind_key(all, from, to, key);

	return at != 0 && number_at(all, &at, ret);
}

/* The first << at or behind `at`, and its >>: what stands between them is [*ret_from, *ret_to).
 */
static bool
dictionary_at(struct bytes all, size_t at, size_t *ret_from, size_t *ret_to)
{
	size_t depth = 0;

	while (at < all.n && !word_at(all, at, "<<")) {
		if (word_at(all, at, "endobj"))
			return false;
		at++;
	}
	*ret_from = at + 2;
	for (; at + 1 < all.n; at++) {
		if (word_at(all, at, "endobj"))
			return false;
		if (word_at(all, at, "<<")) {
			depth++;
			at++;
		} else if (word_at(all, at, ">>") && --depth == 0) {
			*ret_to = at;
			return true;
		} else if (word_at(all, at, ">>")) {
			at++;
		}
	}
	return false;
}

/* The object of that number at an offset: its dictionary. */
static bool
object_at(struct bytes all, size_t at, int64_t number, size_t *ret_from, size_t *ret_to)
{
	int64_t n, generation;

	return number_at(all, &at, &n) && (number < 0 || n == number) &&
	       number_at(all, &at, &generation) && generation == 0 &&
	       dictionary_at(all, at, ret_from, ret_to);
}

/* ---- Streams ---- */

static void
end_inflate(void *stream)
{
	(void)inflateEnd(stream);
}

static bool
inflated(struct arena *arena, struct bytes packed, struct bytes *ret)
{
	z_stream *stream = arena_new_of(arena, z_stream);
	struct buf out = buf_new(arena);
	unsigned char part[2048];
	int result = Z_OK;

	if (packed.n > UINT32_MAX || inflateInit(stream) != Z_OK)
		return false;
	arena_hook(arena, end_inflate, stream);
	stream->next_in = (unsigned char *)(uintptr_t)packed.p;
	stream->avail_in = (unsigned)packed.n;
	while (result == Z_OK && out.n < INFLATED_MOST) {
		stream->next_out = part;
		stream->avail_out = sizeof part;
		result = inflate(stream, Z_NO_FLUSH);
		buf_add(&out, part, sizeof part - stream->avail_out);
	}
	*ret = (struct bytes){ (const unsigned char *)out.p, out.n };
	return result == Z_STREAM_END;
}

/* Rows of columns bytes behind a byte that says 2: each is what it adds to the row above (PNG's
 * filter "up"). */
static bool
unpredicted(struct arena *arena, struct bytes rows, size_t columns, struct bytes *ret)
{
	size_t n = columns > 0 ? rows.n / (columns + 1) : 0;
	unsigned char *out = arena_alloc(arena, n * columns);

	for (size_t i = 0; i < n; i++) {
		const unsigned char *row = rows.p + i * (columns + 1);
		if (row[0] != 2)
			return false;
		for (size_t k = 0; k < columns; k++)
			out[i * columns + k] =
			    (unsigned char)(row[1 + k] +
					    (i > 0 ? out[(i - 1) * columns + k] : 0));
	}
	*ret = (struct bytes){ out, n * columns };
	return true;
}

/* How many bytes the stream that begins at `at` holds. Its dictionary, [from, to), says it, or
 * names the object that does ("75 0 R", cairo 1.18): then it goes up to the word behind it,
 * which does not stand in what is packed but by the rarest chance. */
static bool
stream_length(struct bytes all, size_t from, size_t to, size_t at, size_t *ret)
{
	size_t key = behind_key(all, from, to, "/Length");
	int64_t length, generation;

	if (key == 0 || at > all.n || !number_at(all, &key, &length))
		return false;
	if (number_at(all, &key, &generation) && word_at(all, key, " R")) {
		size_t end = at;
		while (end < all.n && !word_at(all, end, "endstream"))
			end++;
		length = (int64_t)(end - at);
	}
	*ret = (size_t)length;
	return *ret <= all.n - at;
}

/* What a stream object holds; its dictionary is [from, to). */
static bool
stream_of(struct bytes all, struct arena *arena, size_t from, size_t to, struct bytes *ret)
{
	size_t at = to + 2, length;
	int64_t columns;

	while (at < all.n && !word_at(all, at, "stream"))
		at++;
	at += strlen("stream");
	at += word_at(all, at, "\r\n") ? 2 : 1;
	if (!stream_length(all, from, to, at, &length))
		return false;
	*ret = (struct bytes){ all.p + at, length };
	if (behind_key(all, from, to, "/Filter") == 0)
		return true;
	return behind_key(all, from, to, "/FlateDecode") != 0 && inflated(arena, *ret, ret) &&
	       (!key_number(all, from, to, "/Columns", &columns) ||
		   unpredicted(arena, *ret, (size_t)columns, ret));
}

/* ---- Tables ---- */

bool
pdf_file_open(struct bytes all, struct pdf_file *ret)
{
	size_t start = last_of(all, all.n, "startxref"), at = start + strlen("startxref");
	struct pdf_file file = { .all = all };
	size_t from, to = start;
	int64_t xref;

	if (start == all.n || !number_at(all, &at, &xref) || (size_t)xref >= start)
		return false;
	file.xref = (size_t)xref;
	file.packed = !word_at(all, file.xref, "xref");
	if (file.packed ? !object_at(all, file.xref, -1, &from, &to)
			: (from = last_of(all, start, "trailer")) == start || from < file.xref)
		return false;
	if (!key_number(all, from, to, "/Size", &file.size) ||
	    !key_number(all, from, to, "/Root", &file.root) ||
	    !key_number(all, from, to, "/Info", &file.info))
		return false;
	*ret = file;
	return true;
}

/* Looks for an object in a table of text; 1 found, 0 not there, -1 broken. *ret_prev: the table
 * before it, 0: none. */
static int
in_table(struct bytes all, size_t xref, int64_t number, struct place *ret, int64_t *ret_prev)
{
	size_t at = xref + strlen("xref");
	int64_t first, count, offset;
	int found = 0;

	while (!word_at(all, at, "trailer")) {
		if (!number_at(all, &at, &first) || !number_at(all, &at, &count))
			return -1;
		while (at < all.n && strchr("\r\n ", all.p[at]) != NULL)
			at++;
		if ((uint64_t)count > (all.n - at) / ENTRY)
			return -1;
		if (number >= first && number < first + count && !found) {
			size_t entry = at + (size_t)(number - first) * ENTRY;
			if (!number_at(all, &entry, &offset) || (size_t)offset >= all.n)
				return -1;
			*ret = (struct place){ (size_t)offset, 0 };
			found = 1;
		}
		at += (size_t)count * ENTRY;
	}
	size_t stop = at + TRAILER_MOST < all.n ? at + TRAILER_MOST : all.n;
	size_t end = behind_key(all, at, stop, ">>");
	if (!key_number(all, at, end != 0 ? end : stop, "/Prev", ret_prev))
		*ret_prev = 0;
	return found;
}

static uint64_t
field(const unsigned char *p, int64_t width)
{
	uint64_t n = 0;

	for (int64_t i = 0; i < width; i++)
		n = n << 8 | p[i];
	return n;
}

/* An entry of a table that is a stream. */
static int
entry_place(const unsigned char *entry, const int64_t width[3], struct place *ret)
{
	const uint64_t kind = width[0] > 0 ? field(entry, width[0]) : 1;
	const uint64_t second = field(entry + width[0], width[1]);

	if (kind == 1)
		*ret = (struct place){ (size_t)second, 0 };
	else if (kind == 2)
		*ret = (struct place){ 0, (int64_t)second };
	return kind == 1 || kind == 2 ? 1 : -1;
}

/* The same as in_table() for one that is a stream. */
static int
in_stream(struct bytes all, struct arena *arena, size_t xref, int64_t number, struct place *ret,
    int64_t *ret_prev)
{
	size_t from, to, at, index, done = 0;
	int64_t width[3], first = 0, count;
	struct bytes table;

	if (!object_at(all, xref, -1, &from, &to) || !stream_of(all, arena, from, to, &table) ||
	    (at = behind_key(all, from, to, "/W")) == 0)
		return -1;
	for (int i = 0; i < 3; i++) {
		if (!number_at(all, &at, &width[i]) || width[i] > WIDTH_MAX)
			return -1;
	}
	const size_t entry = (size_t)(width[0] + width[1] + width[2]);
	if (!key_number(all, from, to, "/Prev", ret_prev))
		*ret_prev = 0;
	index = behind_key(all, from, to, "/Index");
	if (entry == 0 || (index == 0 && !key_number(all, from, to, "/Size", &count)))
		return -1;
	for (;;) {
		if (index != 0 &&
		    (!number_at(all, &index, &first) || !number_at(all, &index, &count)))
			return 0; /* the list is over */
		if ((uint64_t)count > table.n / entry - done)
			return -1;
		if (number >= first && number < first + count)
			return entry_place(
			    table.p + (done + (size_t)(number - first)) * entry, width, ret);
		done += (size_t)count;
		if (index == 0)
			return 0;
	}
}

static bool
find_object(const struct pdf_file *file, struct arena *arena, int64_t number, struct place *ret)
{
	size_t xref = file->xref;
	int64_t prev;

	for (int i = 0; i < TABLES_MAX; i++) {
		int found = word_at(file->all, xref, "xref")
				? in_table(file->all, xref, number, ret, &prev)
				: in_stream(file->all, arena, xref, number, ret, &prev);
		if (found != 0)
			return found > 0;
		if (prev <= 0 || (size_t)prev >= xref)
			return false;
		xref = (size_t)prev;
	}
	return false;
}

/* In a stream of objects: pairs of number and offset, then the objects from /First on. */
static bool
packed_object(const struct pdf_file *file, struct arena *arena, int64_t stream, int64_t number,
    const char **ret)
{
	struct place place;
	struct bytes objects;
	size_t from, to, at = 0;
	int64_t count, first, n, offset;

	if (!find_object(file, arena, stream, &place) || place.stream != 0 ||
	    !object_at(file->all, place.at, stream, &from, &to) ||
	    !key_number(file->all, from, to, "/N", &count) ||
	    !key_number(file->all, from, to, "/First", &first) ||
	    !stream_of(file->all, arena, from, to, &objects))
		return false;
	for (int64_t i = 0; i < count; i++) {
		if (!number_at(objects, &at, &n) || !number_at(objects, &at, &offset))
			return false;
		if (n != number)
			continue;
		if ((uint64_t)first + (uint64_t)offset >= objects.n ||
		    !dictionary_at(objects, (size_t)(first + offset), &from, &to))
			return false;
		*ret = arena_copy(arena, objects.p + from, to - from);
		return true;
	}
	return false;
}

bool
pdf_file_object(
    const struct pdf_file *file, struct arena *arena, int64_t number, const char **ret)
{
	struct place place;
	size_t from, to;

	if (!find_object(file, arena, number, &place))
		return false;
	if (place.stream != 0)
		return packed_object(file, arena, place.stream, number, ret);
	if (!object_at(file->all, place.at, number, &from, &to))
		return false;
	*ret = arena_copy(arena, file->all.p + from, to - from);
	return true;
}
