/*
 * body.h: what a POST's body holds: parts of a name, a value and perhaps a file's name, from
 * application/x-www-form-urlencoded or multipart/form-data (RFC 7578). Used by form.c.
 *
 * Strict and bounded: what is malformed is refused whole with the place of the first wrong
 * byte; nothing is guessed but what old browsers really send: bodies whose lines end in a bare
 * LF throughout, blank lines before the first delimiter, quotes inside a file name, a last
 * delimiter without its hyphens. A Content-Transfer-Encoding of base64 or quoted-printable is
 * decoded. Values of other parts point into the body, which must live as long as they do.
 * Neither names nor values are checked to be text: form.c does.
 */
#ifndef KEPTWORD_BODY_H
#define KEPTWORD_BODY_H

#include "base/arena.h"
#include "base/status.h"
#include "base/text.h"

#define BODY_FIELDS_MAX 1000 /* name=value pairs */
#define BODY_PARTS_MAX 64    /* parts of a multipart body */
#define BODY_NAME_MAX 100    /* bytes of a name */
#define BODY_FILENAME_MAX 1000
#define BODY_HEADERS_MAX 8      /* of a part */
#define BODY_HEADER_LENGTH 2000 /* bytes of a header's line */
#define BODY_BOUNDARY_MAX 70

struct body_part {
	struct bytes name;
	struct bytes value;
	bool is_file;          /* it carried a file name, maybe an empty one */
	struct bytes filename; /* as sent */
};

struct body {
	struct body_part *parts;
	size_t n;
	size_t bad; /* with E_INPUT: offset of the first byte that cannot stand there */
};

/* Reads the body. An empty body of either kind, or one without a content type, has no parts.
 * E_INPUT: malformed, or of another type. E_LIMIT: more or longer than the limits above. On
 * both, ret->bad is set and nothing else. */
MUST_USE enum status body_read(
    struct arena *arena, const char *content_type, struct bytes raw, struct body *ret);

#endif
