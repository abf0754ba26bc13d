/*
 * face.c: the faces of one site, see face.h. Reads the configuration only; owns nothing.
 */
#include "web/face.h"

#include <string.h>

#include "base/config.h"
#include "web/request_impl.h"

enum face
face_read(const char *said)
{
	if (text_empty(config_text(CONFIG_STAFF_URL)))
		return FACE_ONE;
	return said && text_is(said, "staff") ? FACE_STAFF : FACE_PUBLIC;
}

/* Does the segment that begins here, behind its '/', say "staff"? (strchr() finds the end,
 * too.) */
static bool
says_staff(const char *segment)
{
	static const char word[] = "staff";
	size_t n = sizeof word - 1;

	return strncmp(segment, word, n) == 0 && strchr("/?", segment[n]);
}

bool
face_is_staff(const char *path)
{
	const char *second;

	if (*path != '/')
		return false;
	if (says_staff(path + 1))
		return true;
	second = strchr(path + 1, '/');
	return second && says_staff(second + 1);
}

const char *
face_origin(enum face face)
{
	return config_text(face == FACE_STAFF ? CONFIG_STAFF_URL : CONFIG_PUBLIC_URL);
}

const char *
face_of_path(const char *path)
{
	bool two = !text_empty(config_text(CONFIG_STAFF_URL));

	return face_origin(two && face_is_staff(path) ? FACE_STAFF : FACE_PUBLIC);
}

const char *
face_here(const struct request *req)
{
	return face_origin(req->face);
}

const char *
face_link(struct request *req, const char *path)
{
	if (req->face != FACE_PUBLIC || !face_is_staff(path))
		return path;
	return text_printf(req->arena, "%s%s", face_origin(FACE_STAFF), path);
}
