/* notice.c: rows of the outbox, see notice.h. */
#include "data/notice.h"

#include "base/text.h"

#define EXPIRES_DAYS 7

static const struct stmt NOTICE_ADD = {
	"INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at,"
	" not_before, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE id = id"
};

/* Read by itself: an INSERT ... SELECT would lock everybody's row. */
static const struct stmt HOLDERS = {
	"SELECT id FROM keptword_core.person_public WHERE state = 'active' AND roles & ? <> 0"
	" ORDER BY id"
};

const char *
notice_topic_name(enum notice_topic topic)
{
	static const char *const names[NOTICE_TOPIC_MAX] = {
		[NOTICE_ACCOUNT] = "account",
		[NOTICE_WORK] = "work",
		[NOTICE_PAY] = "pay",
		[NOTICE_SURVEY] = "survey",
		[NOTICE_REMINDER] = "reminder",
		[NOTICE_STAFF] = "staff",
	};

	return topic < NOTICE_TOPIC_MAX ? names[topic] : "";
}

void
notice_add(struct db *db, const struct notice *notice)
{
	instant now = time_now();
	instant from = notice->not_before > 0 ? notice->not_before : now;
	int days = notice->expires_days > 0 ? notice->expires_days : EXPIRES_DAYS;

	(void)db_write(db, &NOTICE_ADD, v_text(notice->kind),
	    v_text(notice_topic_name(notice->topic)), v_int(notice->person),
	    v_text(notice->path ? notice->path : "/"),
	    v_text(notice->detail ? notice->detail : "{}"), v_text(notice->key), v_instant(now),
	    v_instant(from), v_instant(from + (instant)days * 24 * HOUR));
}

void
notice_add_roles(struct db *db, const struct notice *notice, int64_t roles, bool webhooks)
{
	struct notice one = *notice;
	struct rows *holders = db_read(db, &HOLDERS, v_int(roles));

	one.person = 0;
	if (webhooks)
		notice_add(db, &one);
	while (rows_next(holders)) {
		one.person = rows_int(holders, 0);
		if (notice->key)
			one.key = text_printf(
			    db_arena(db), "%s:%lld", notice->key, (long long)one.person);
		notice_add(db, &one);
	}
}
