/*
 * audit.c: rows of who did what. Insert-only: no account may change or delete them.
 */
#include "data/audit.h"

static const struct stmt AUDIT_ADD = {
	"INSERT INTO audit (at, actor_id, action, object, reason, request_id) "
	"VALUES (?, ?, ?, ?, ?, ?)",
};

void
audit_add(struct db *db, const struct audit *audit)
{
	(void)db_write(db, &AUDIT_ADD, v_instant(time_now()), v_int(audit->actor),
	    v_text(audit->action), v_text(audit->object), v_text(audit->reason),
	    v_text(audit->request));
}
