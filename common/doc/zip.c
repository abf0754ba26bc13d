/*
 * zip.c: see zip.h. Numbers are little-endian.
 */
#include "doc/zip.h"

#include <string.h>
#include <zlib.h>

#define LOCAL 0x04034b50U
#define CENTRAL 0x02014b50U
#define END 0x06054b50U
#define VERSION 10U     /* 1.0: stored */
#define MADE_BY 0x031EU /* Unix: rights stand in the attributes */
#define RIGHTS 0x81A4U  /* a file, 0644 */

static void
put(struct buf *out, uint32_t n, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_add(out, &(unsigned char){ (unsigned char)(n >> 8 * i) }, 1);
}

struct zip
zip_new(struct arena *arena)
{
	return (struct zip){ .out = buf_new(arena), .contents = buf_new(arena) };
}

/* What a file's head and its place in the directory have in common, behind their versions. */
static void
put_facts(struct buf *out, const char *name, instant changed, uint32_t crc, size_t n)
{
	const struct ymd ymd = day_ymd(day_in_zone(changed, "UTC"));
	const unsigned second = (unsigned)(changed / SECOND % 86400);

	put(out, 0, 2); /* flags */
	put(out, 0, 2); /* stored */
	put(out, second / 3600 << 11 | second / 60 % 60 << 5 | second % 60 / 2, 2);
	put(out,
	    (unsigned)(ymd.year - 1980) << 9 | (unsigned)ymd.month << 5 | (unsigned)ymd.day, 2);
	put(out, crc, 4);
	put(out, (uint32_t)n, 4);
	put(out, (uint32_t)n, 4);
	put(out, (uint32_t)strlen(name), 2);
	put(out, 0, 2); /* further fields */
}

void
zip_add(struct zip *zip, const char *name, instant changed, struct bytes content)
{
	const uint32_t crc = (uint32_t)crc32_z(0, content.p, content.n),
		       at = (uint32_t)zip->out.n;

	put(&zip->out, LOCAL, 4);
	put(&zip->out, VERSION, 2);
	put_facts(&zip->out, name, changed, crc, content.n);
	buf_text(&zip->out, name);
	buf_add(&zip->out, content.p, content.n);

	put(&zip->contents, CENTRAL, 4);
	put(&zip->contents, MADE_BY, 2);
	put(&zip->contents, VERSION, 2);
	put_facts(&zip->contents, name, changed, crc, content.n);
	put(&zip->contents, 0, 2); /* comment */
	put(&zip->contents, 0, 2); /* disk */
	put(&zip->contents, 0, 2); /* no text */
	put(&zip->contents, RIGHTS << 16, 4);
	put(&zip->contents, at, 4);
	buf_text(&zip->contents, name);
	zip->n++;
}

struct bytes
zip_end(struct zip *zip)
{
	const uint32_t at = (uint32_t)zip->out.n, n = (uint32_t)zip->n;

	buf_add(&zip->out, zip->contents.p, zip->contents.n);
	put(&zip->out, END, 4);
	put(&zip->out, 0, 4); /* disks */
	put(&zip->out, n, 2);
	put(&zip->out, n, 2);
	put(&zip->out, (uint32_t)zip->contents.n, 4);
	put(&zip->out, at, 4);
	put(&zip->out, 0, 2); /* comment */
	return (struct bytes){ (const unsigned char *)zip->out.p, zip->out.n };
}
