/*
 * session.h: who asks, read from the cookie through the view core.caller at each request,
 * so that a revoked session or a changed role counts at the next request of every plugin.
 *
 * Cookie `__Host-session`: 256 random bits; the database keeps its SHA-256 only. Before
 * sign-in a form is bound to the cookie `__Host-visit` in the same way. A form's token is
 * the first 128 bits of SHA-256("keptword form\n" || cookie value): nobody without the
 * cookie can make it, and no key is shared between plugins.
 */
#ifndef KEPTWORD_SESSION_H
#define KEPTWORD_SESSION_H

#include "data/db.h"
#include "web/request.h"

#define SESSION_COOKIE "__Host-session"
#define VISIT_COOKIE "__Host-visit"
#define LANGUAGE_COOKIE "__Host-language" /* BCP 47, chosen by somebody not signed in */

/* An opening read (route.h) is one statement: it selects these columns first and JOINs what the
 * page needs to `c`; its values are the token hash, the earliest instant at which the session
 * may have been seen last, and now. When it has no rows (nobody asks, or the page has nothing to
 * show) the caller is read alone. An inner join, because MariaDB sorts a LEFT JOIN in a temporary
 * table even where the rows already lie in the order asked for. */
#define CALLER_SELECT \
	"SELECT c.person_id, c.roles, c.time_zone, c.locale, c.preferred_name, c.seen_at"
#define CALLER_FROM " FROM keptword_core.caller c "
#define CALLER_WHERE " WHERE c.token_hash = ? AND c.seen_at > ? AND c.ends_at > ? "
#define CALLER_COLUMNS 6

#endif
