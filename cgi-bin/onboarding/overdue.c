/*
 * overdue.c: the day by which we promised an answer has passed, of an application or of another
 * look at it. Told once for each such promise: to the applicant, to the reviewer who has taken
 * the application, to the people officers and the webhooks; what came up in the same look in
 * one notice with its number. Nothing is decided by it. Rule: README 26.
 */
#include "onboarding/onboarding.h"

#include "base/text.h"
#include "data/job.h"
#include "data/notice.h"
#include "web/role.h"

#define LIST_PATH "/onboarding/staff/applications"

/* Who has it, as long as they are not told as a people officer already. */
static const struct stmt OVERDUE = {
	"SELECT a.id, a.public_id, a.person_id, IF(p.roles & ? = 0, p.id, 0), a.due_at,"
	" a.time_zone FROM application a"
	" LEFT JOIN keptword_core.person_public p ON p.id = a.claimed_by"
	" WHERE a.state IN ('interview_done', 'in_review', 'reevaluation') AND a.due_at < ?"
	" AND (a.late_due IS NULL OR a.late_due <> a.due_at)"
	" ORDER BY 4, a.id LIMIT 500"
};
static const struct stmt TOLD = {
	"UPDATE application SET late_due = due_at WHERE id = ? AND due_at = ?"
};

static struct notice
staff_notice(struct db *db, const char *kind, int64_t n, const char *path)
{
	return (struct notice){ .kind = kind,
		.topic = NOTICE_STAFF,
		.path = n == 1 ? path : LIST_PATH,
		.detail = text_printf(db_arena(db), "{\"n\":%lld}", (long long)n) };
}

static void
applicant_tell(struct db *db, const struct rows *rows)
{
	struct arena *arena = db_arena(db);
	instant due = rows_instant(rows, 4);

	if (rows_null(rows, 2))
		return; /* without an account: the page says it */
	notice_add(db, &(struct notice){ .kind = "onboarding.answer_late",
			   .topic = NOTICE_WORK,
			   .person = rows_int(rows, 2),
			   .path = "/apply/status",
			   .detail = text_printf(arena, "{\"day\":\"%s\"}",
			       day_iso(arena, day_in_zone(due, rows_text(rows, 5)))) });
}

static void
holder_tell(struct db *db, int64_t holder, int64_t n, const char *path)
{
	struct notice notice = staff_notice(db, "onboarding.yours_overdue", n, path);

	notice.person = holder;
	if (holder && n > 0)
		notice_add(db, &notice);
}

static enum status
work(struct db *db, void *unused_arg)
{
	struct rows *rows =
	    db_read(db, &OVERDUE, v_int(ROLE(PEOPLE_OFFICER)), v_instant(time_now()));
	int64_t holder = 0, held = 0, n = 0;
	const char *path = LIST_PATH;

	(void)unused_arg;
	while (rows_next(rows)) {
		if (rows_int(rows, 3) != holder) {
			holder_tell(db, holder, held, path);
			held = 0;
		}
		holder = rows_int(rows, 3);
		path = text_printf(
		    db_arena(db), LIST_PATH "/%s", rows_id_text(db_arena(db), rows, 1));
		n++;
		held++;
		applicant_tell(db, rows);
		(void)db_write_one(
		    db, &TOLD, v_int(rows_int(rows, 0)), v_instant(rows_instant(rows, 4)));
	}
	holder_tell(db, holder, held, path);
	if (n > 0) {
		struct notice all = staff_notice(db, "onboarding.answer_overdue", n, path);
		notice_add_roles(db, &all, ROLE(PEOPLE_OFFICER), true);
	}
	return db_status(db);
}

enum status
answer_overdue_step(struct db *db, struct job *unused_job)
{
	enum status status = db_transact(db, work, NULL, NULL);

	(void)unused_job;
	return status == OK ? E_ABSENT : status;
}
