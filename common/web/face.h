/*
 * face.h: the faces of one site. Where CONFIG_STAFF_URL is set there are two: the public one (apply,
 * sign in, what contributors read and do, the API), at CONFIG_PUBLIC_URL, and the intranet's, which
 * has everything. nginx says which one a request came to (FACE); staff pages are refused on the
 * public one by nginx and again here. Each has cookies of its own, so one signs in at each.
 */
#ifndef KEPTWORD_FACE_H
#define KEPTWORD_FACE_H

#include "web/request.h"

enum face {
	FACE_ONE,    /* the site has one face */
	FACE_PUBLIC, /* also for a request that nobody named a face for: nothing is shown by mistake */
	FACE_STAFF,
};

/* What nginx said (may be NULL), read against the configuration. */
enum face face_read(const char *said);

/* Is a path (or the pattern of a route) a staff page's: "/staff/..." or "/<plugin>/staff/..."? */
bool face_is_staff(const char *path);

/* Scheme, host and port of a face, for forms and cookies; of the face that has a path, for links in
 * mails. Never with a "/" at the end. */
const char *face_origin(enum face face);
const char *face_of_path(const char *path);

/* The origin of the face that a request came to: where somebody who leaves has to come back to. */
const char *face_here(const struct request *req);

/* A path of this site as a link on the page that is being made: the path itself, or the whole
 * address where only the other face has it. */
const char *face_link(struct request *req, const char *path);

#endif
