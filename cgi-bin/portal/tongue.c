/*
 * tongue.c: the language of somebody who is not signed in: chosen by a link at the foot of each
 * page, kept in a cookie. Whoever is signed in has it in their profile.
 */
#include "base/text.h"
#include "portal/portal.h"
#include "web/language.h"
#include "web/session.h"

#define YEAR_SECONDS ((int64_t)365 * 24 * 3600)

/* GET /language/:tag?to=/apply. Only a preference is kept, so a GET may set it. */
enum status
language_choose(struct request *req)
{
	const char *tag = request_param(req, 0);
	const char *to = request_query(req, "to");

	if (!text_is(language_tag(language_of(tag)), tag))
		return E_ABSENT;
	reply_cookie(req, LANGUAGE_COOKIE, tag, YEAR_SECONDS);
	return reply_redirect(req, reply_is_local(to) ? to : "/sign-in");
}
