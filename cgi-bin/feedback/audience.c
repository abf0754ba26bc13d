/*
 * audience.c: who is asked (audience.h). Used by the form that makes a round and by the job
 * that opens it. A person of several pods is counted and asked once, under the pod with the
 * lowest id.
 */
#include "feedback/audience.h"

#include "base/text.h"
#include "feedback/feedback.h"
#include "web/words.h"

#include <string.h>

#define CONTRIBUTOR_BIT ((int64_t)ROLE(CONTRIBUTOR))

static const struct stmt CHOICES = {
	"SELECT 'project' AS kind, j.public_id, j.name, COUNT(DISTINCT p.id) AS n"
	" FROM keptword_core.project j"
	" JOIN keptword_core.pod d ON d.project_id = j.id AND d.state = 'active'"
	" JOIN keptword_core.pod_member m ON m.pod_id = d.id AND m.to_on IS NULL"
	" JOIN keptword_core.person_public p ON p.id = m.person_id AND p.state = 'active'"
	"  AND p.roles & ? <> 0"
	" WHERE j.state <> 'ended' GROUP BY j.id, j.public_id, j.name"
	" UNION ALL SELECT 'pod', d.public_id, CONCAT(d.name, ', ', j.name), COUNT(DISTINCT "
	"p.id)"
	" FROM keptword_core.pod d JOIN keptword_core.project j ON j.id = d.project_id"
	" JOIN keptword_core.pod_member m ON m.pod_id = d.id AND m.to_on IS NULL"
	" JOIN keptword_core.person_public p ON p.id = m.person_id AND p.state = 'active'"
	"  AND p.roles & ? <> 0"
	" WHERE d.state = 'active' GROUP BY d.id, d.public_id, d.name, j.name"
	" ORDER BY kind DESC, name LIMIT 1000"
};
static const struct stmt PROJECT = {
	"SELECT id FROM keptword_core.project WHERE public_id = ?"
};
static const struct stmt POD = { "SELECT id FROM keptword_core.pod WHERE public_id = ?" };
static const struct stmt PROJECT_NAME = {
	"SELECT name FROM keptword_core.project WHERE id = ?"
};
static const struct stmt POD_NAME = {
	"SELECT CONCAT(d.name, ', ', j.name) FROM keptword_core.pod d"
	" JOIN keptword_core.project j ON j.id = d.project_id WHERE d.id = ?"
};
static const struct stmt COUNT_ALL = { "SELECT COUNT(*) FROM keptword_core.person_public WHERE "
				       "state = 'active' AND roles & ? <> 0" };
#define MEMBERS_SQL                                                           \
	" FROM keptword_core.pod_member m"                                    \
	" JOIN keptword_core.pod d ON d.id = m.pod_id AND d.state = 'active'" \
	" JOIN keptword_core.person_public p ON p.id = m.person_id"           \
	"  AND p.state = 'active' AND p.roles & ? <> 0 WHERE m.to_on IS NULL"
static const struct stmt COUNT_PROJECT = { "SELECT COUNT(DISTINCT p.id)" MEMBERS_SQL
					   " AND d.project_id = ?" };
static const struct stmt COUNT_POD = { "SELECT COUNT(DISTINCT p.id)" MEMBERS_SQL
				       " AND d.id = ?" };
static const struct stmt INVITE_ALL = {
	"INSERT INTO invitation (run_id, person_id, pod_id)"
	" SELECT ?, p.id, (SELECT MIN(m.pod_id) FROM keptword_core.pod_member m"
	"  JOIN keptword_core.pod d ON d.id = m.pod_id AND d.state = 'active'"
	"  WHERE m.person_id = p.id AND m.to_on IS NULL)"
	" FROM keptword_core.person_public p WHERE p.state = 'active' AND p.roles & ? <> 0"
};
#define INVITE_SQL                                           \
	"INSERT INTO invitation (run_id, person_id, pod_id)" \
	" SELECT ?, p.id, MIN(d.id)" MEMBERS_SQL
static const struct stmt INVITE_PROJECT = { INVITE_SQL " AND d.project_id = ? GROUP BY p.id" };
static const struct stmt INVITE_POD = { INVITE_SQL " AND d.id = ? GROUP BY p.id" };

static const struct stmt TELL = {
	"INSERT INTO outbox (kind, topic, person_id, path, detail, notice_key, created_at,"
	" not_before, expires_at)"
	" SELECT ?, 'survey', person_id, ?, '{}', CONCAT(run_id, ':', person_id), ?, ?, ?"
	" FROM invitation WHERE run_id = ? ON DUPLICATE KEY UPDATE id = outbox.id"
};

static bool
is_all(const struct audience *audience)
{
	return text_is(audience->kind, "all");
}

static bool
is_project(const struct audience *audience)
{
	return text_is(audience->kind, "project");
}

const struct choice *
audience_choices(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *locale = request_caller(req)->locale;
	struct db *db = request_db(req);
	struct rows *rows =
	    db_read(db, &CHOICES, v_int(CONTRIBUTOR_BIT), v_int(CONTRIBUTOR_BIT));
	struct choice *list = arena_array_of(arena, struct choice, rows_count(rows) + 2);
	int64_t all = db_int(db, &COUNT_ALL, 0, v_int(CONTRIBUTOR_BIT));
	size_t n = 0;

	list[n++] = (struct choice){ "all", words_say(arena, locale, "survey_run.audience.all",
						{ "n", number_text(arena, all, locale) }) };
	while (rows_next(rows)) {
		const char *kind = rows_text(rows, 0);
		list[n++] = (struct choice){
			text_printf(arena, "%s-%s", kind, rows_id_text(arena, rows, 1)),
			words_say(arena, locale,
			    text_printf(arena, "survey_run.audience.%s", kind),
			    { "name", rows_text(rows, 2) },
			    { "n", number_text(arena, rows_int(rows, 3), locale) }),
		};
	}
	return list;
}

bool
audience_of(struct db *db, const char *code, struct audience *ret)
{
	struct audience audience = { .kind = "all" };
	const char *dash = strchr(code, '-');
	struct id id;

	if (!text_is(code, "all")) {
		if (!dash || !id_parse(dash + 1, &id))
			return false;
		audience.kind = text_starts(code, "project-") ? "project" : "pod";
		audience.id = db_int(
		    db, is_project(&audience) ? &PROJECT : &POD, 0, v_bytes(id.b, ID_BYTES));
		if (!audience.id)
			return false;
	}
	*ret = audience;
	return true;
}

int64_t
audience_count(struct db *db, const struct audience *audience)
{
	if (is_all(audience))
		return db_int(db, &COUNT_ALL, 0, v_int(CONTRIBUTOR_BIT));
	return db_int(db, is_project(audience) ? &COUNT_PROJECT : &COUNT_POD, 0,
	    v_int(CONTRIBUTOR_BIT), v_int(audience->id));
}

int64_t
audience_invite(struct db *db, const struct audience *audience, int64_t run)
{
	if (is_all(audience))
		return db_write(db, &INVITE_ALL, v_int(run), v_int(CONTRIBUTOR_BIT));
	return db_write(db, is_project(audience) ? &INVITE_PROJECT : &INVITE_POD, v_int(run),
	    v_int(CONTRIBUTOR_BIT), v_int(audience->id));
}

const char *
audience_name(struct db *db, const struct audience *audience)
{
	if (is_all(audience))
		return "";
	struct rows *rows =
	    db_read(db, is_project(audience) ? &PROJECT_NAME : &POD_NAME, v_int(audience->id));
	return rows_next(rows) ? rows_text(rows, 0) : "";
}

void
audience_tell(struct db *db, int64_t run, const char *kind, const char *path, instant until)
{
	instant now = time_now();

	(void)db_write(db, &TELL, v_text(kind), v_text(path), v_instant(now), v_instant(now),
	    v_instant(until), v_int(run));
}
