/*
 * overdue.c: somebody has not heard from their HDM by the day that was promised. The HDM is
 * told once for each such clock, and the HDLs, some days later (CONFIG_OVERDUE_HDL), if it
 * still has not been settled; the webhooks hear both. What came up in the same look is told in
 * one notice with its number, so a day off does not become fifty mails. Rule: README 10.
 */
#include "base/config.h"
#include "base/text.h"
#include "data/crypto.h"
#include "data/notice.h"
#include "hdm/hdm.h"
#include "web/role.h"

#define PEOPLE_PATH "/hdm/staff/people"

/* A clock that was settled, or moved on, is forgotten; the next delay is another one. */
static const struct stmt SETTLED = {
	"DELETE t FROM overdue_told t LEFT JOIN hdm_clock c ON c.pod_id = t.pod_id"
	" AND c.person_id = t.person_id AND c.what = t.what AND c.due_at = t.due_at"
	" WHERE c.person_id IS NULL"
};
/* The last two columns are 1 in one row of each person who is told of first, and late. */
static const struct stmt OVERDUE = {
	"SELECT c.hdm_person_id, c.pod_id, c.person_id, c.what, c.due_at,"
	" COALESCE(t.step, 0), p.public_id,"
	" ROW_NUMBER() OVER (PARTITION BY c.person_id, t.step IS NULL ORDER BY c.due_at),"
	" ROW_NUMBER() OVER (PARTITION BY c.person_id, c.due_at < ? ORDER BY c.due_at)"
	" FROM hdm_clock c"
	" JOIN keptword_core.person_public p ON p.id = c.person_id AND p.state = 'active'"
	" LEFT JOIN overdue_told t ON t.pod_id = c.pod_id AND t.person_id = c.person_id"
	"  AND t.what = c.what"
	" WHERE c.due_at < ? AND (t.step IS NULL OR (t.step = 1 AND c.due_at < ?))"
	" ORDER BY c.hdm_person_id, c.person_id"
};
static const struct stmt TOLD = {
	"INSERT INTO overdue_told (pod_id, person_id, what, due_at, step, told_at)"
	" VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE step = VALUES(step),"
	" told_at = VALUES(told_at)"
};

/* People of whom one reader is told in one notice. */
struct group {
	int64_t last; /* whom it counted last: two clocks of one person are one */
	int64_t n;
	const char *path; /* of the one, or of the list */
};

static void
group_add(struct db *db, struct group *group, const struct rows *rows)
{
	int64_t person = rows_int(rows, 2);

	if (group->n > 0 && group->last == person)
		return;
	group->last = person;
	group->path = group->n++ == 0 ? text_printf(db_arena(db), PEOPLE_PATH "/%s",
					    rows_id_text(db_arena(db), rows, 6))
				      : PEOPLE_PATH;
}

static struct notice
group_notice(struct db *db, const struct group *group, const char *kind)
{
	return (struct notice){ .kind = kind,
		.topic = NOTICE_STAFF,
		.path = group->path,
		.detail = text_printf(db_arena(db), "{\"n\":%lld}", (long long)group->n) };
}

static void
hdm_tell(struct db *db, struct group *group, int64_t hdm)
{
	struct notice notice;

	if (group->n == 0)
		return;
	notice = group_notice(db, group, "hdm.contact_overdue");
	notice.person = hdm;
	notice_add(db, &notice);
	*group = (struct group){ 0 };
}

static enum status
work(struct db *db, void *unused_arg)
{
	instant now = time_now();
	instant late = now - config_int(CONFIG_OVERDUE_HDL) * DAY_LENGTH;
	struct group of_hdm = { 0 }, all = { 0 }, of_hdl = { 0 };
	struct notice notice;
	int64_t hdm = 0;

	(void)unused_arg;
	db_write(db, &SETTLED);
	struct rows *rows =
	    db_read(db, &OVERDUE, v_instant(late), v_instant(now), v_instant(late));
	while (rows_next(rows)) {
		bool is_late = rows_instant(rows, 4) < late, is_new = rows_int(rows, 5) == 0;
		if (rows_int(rows, 0) != hdm)
			hdm_tell(db, &of_hdm, hdm);
		hdm = rows_int(rows, 0);
		if (is_new)
			group_add(db, &of_hdm, rows);
		if (is_new && rows_int(rows, 7) == 1)
			group_add(db, &all, rows);
		if (is_late && rows_int(rows, 8) == 1)
			group_add(db, &of_hdl, rows);
		db_write(db, &TOLD, v_int(rows_int(rows, 1)), v_int(rows_int(rows, 2)),
		    v_text(rows_text(rows, 3)), v_instant(rows_instant(rows, 4)),
		    v_int(is_late ? 2 : 1), v_instant(now));
	}
	hdm_tell(db, &of_hdm, hdm);
	if (all.n > 0) {
		notice = group_notice(db, &all, "hdm.contact_overdue");
		notice_add(db, &notice); /* to the webhooks */
	}
	if (of_hdl.n > 0) {
		notice = group_notice(db, &of_hdl, "hdm.contact_escalated");
		notice_add_roles(db, &notice, ROLE(HDL), true);
	}
	return db_status(db);
}

enum status
overdue_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
