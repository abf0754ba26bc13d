/* tell.c: notices about applications and offers, see onboarding.h. */
#include "base/text.h"
#include "data/notice.h"
#include "onboarding/onboarding.h"

void
tell(struct db *db, const char *kind, int64_t person, const char *path, int64_t object)
{
	if (!person)
		return;
	notice_add(db, &(struct notice){ .kind = kind,
			   .topic = NOTICE_WORK,
			   .person = person,
			   .path = path,
			   .key = text_printf(db_arena(db), "%lld", (long long)object) });
}
