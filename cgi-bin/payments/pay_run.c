/*
 * pay_run.c: making a run, signing it off, giving it up. The work between stands in
 * pay_prepare.c, pay_verify.c and pay_issue.c. Rules: payments README 11 to 14 and 23.
 */
#include "payments/pay_run.h"

#include "base/text.h"
#include "data/audit.h"

#include <string.h>

static const struct stmt LEFT_SUBMITTED = {
	"SELECT COUNT(*) FROM (SELECT id FROM work_entry WHERE period_id = ?"
	" AND state = 'submitted' LIMIT 1) x"
};
static const struct stmt PERIOD_TAKE = {
	"UPDATE pay_period SET state = 'in_review', version = version + 1"
	" WHERE id = ? AND state = 'locked' AND (? = 0 OR version = ?)"
};
static const struct stmt PERIOD_GIVE_BACK = {
	"UPDATE pay_period SET state = 'locked', version = version + 1"
	" WHERE id = (SELECT period_id FROM pay_run WHERE id = ?) AND state = 'in_review'"
};
/* Compared with the regular run of the period before that has one. */
static const struct stmt RUN_ADD = {
	"INSERT INTO pay_run (public_id, period_id, made_by, made_at, compared_id)"
	" SELECT ?, p.id, ?, ?, (SELECT r.id FROM pay_period b JOIN pay_run r"
	"   ON r.period_id = b.id AND r.kind = 'regular' AND r.state = 'issued'"
	"  WHERE b.schedule_id = p.schedule_id AND b.start_day < p.start_day"
	"  ORDER BY b.start_day DESC, r.id DESC LIMIT 1)"
	" FROM pay_period p WHERE p.id = ?"
};
static const struct stmt RUN_READ = {
	"SELECT made_by, COALESCE(draft_hash, ''), warnings, kind FROM pay_run WHERE id = ?"
};
static const struct stmt OWN_MONEY = {
	"SELECT COUNT(*) FROM adjustment WHERE off_cycle_id = ? AND person_id = ?"
};
static const struct stmt RUN_SIGN = {
	"UPDATE pay_run SET state = 'checking', issued_by = ?, issued_at = ?, reached = 0,"
	" signed_hash = draft_hash, version = version + 1 WHERE id = ? AND state = 'ready'"
	" AND made_by <> ? AND (? = 0 OR version = ?)"
};
static const struct stmt RUN_ABANDON = {
	"UPDATE pay_run SET state = 'abandoned', version = version + 1"
	" WHERE id = ? AND state IN ('preparing', 'blocked', 'ready', 'changed')"
	" AND (? = 0 OR version = ?)"
};
static const struct stmt EMPTY[] = {
	{ "DELETE FROM pay_draft WHERE pay_run_id = ?" },
	{ "DELETE FROM pay_draft_line WHERE pay_run_id = ?" },
	{ "DELETE FROM pay_block WHERE pay_run_id = ?" },
	{ "DELETE FROM pay_warning WHERE pay_run_id = ?" },
	{ "DELETE FROM pay_variance WHERE pay_run_id = ?" },
	{ "DELETE FROM pay_total WHERE pay_run_id = ?" },
	{ "DELETE FROM pay_change WHERE pay_run_id = ?" },
};
/* What a run outside the schedule held is paid with the period of its day while no run is made
 * of that, else with the oldest open one; what it proposed waits there for a decision. */
#define BACK_SQL                                                              \
	" SET x.off_cycle_id = 0, x.version = x.version + 1, x.period_id ="   \
	" (SELECT n.id FROM pay_period n WHERE n.schedule_id = y.schedule_id" \
	"  AND n.state IN ('open', 'locked') ORDER BY "
#define OLDEST_OPEN_SQL " DESC, n.state = 'open' DESC, n.start_day LIMIT 1)"
static const struct stmt ENTRIES_BACK = {
	"UPDATE work_entry x JOIN payee y ON y.person_id = x.person_id" BACK_SQL
	"(x.day BETWEEN n.start_day AND n.end_day)" OLDEST_OPEN_SQL
	" WHERE x.period_id = (SELECT r.period_id FROM pay_run r WHERE r.id = ?)"
	" AND x.off_cycle_id = ?"
};
static const struct stmt ADJUSTMENTS_BACK = {
	"UPDATE adjustment x JOIN payee y ON y.person_id = x.person_id" BACK_SQL
	"(n.id = x.period_id)" OLDEST_OPEN_SQL
	" WHERE x.period_id = (SELECT r.period_id FROM pay_run r WHERE r.id = ?)"
	" AND x.off_cycle_id = ? AND x.state <> 'declined'"
};

/* ---- Deciding ---- */

static enum status
decided(struct db *db, const struct pay_actor *by, const char *action, int64_t run)
{
	struct audit audit = { .actor = by->person,
		.action = action,
		.object = text_printf(db_arena(db), "pay_run:%lld", (long long)run),
		.request = by->request };

	audit_add(db, &audit);
	return db_status(db);
}

enum status
run_make(struct db *db, int64_t period, int64_t version, const struct pay_actor *by,
    struct id *ret_id)
{
	struct id id = id_new();

	if (db_write_one(db, &PERIOD_TAKE, v_int(period), v_int(version), v_int(version)) != OK)
		return db_status(db);
	if (db_int(db, &LEFT_SUBMITTED, 0, v_int(period)) > 0)
		return E_BUSY;
	db_write(db, &RUN_ADD, v_bytes(id.b, ID_BYTES), v_int(by->person),
	    v_instant(time_now()), v_int(period));
	int64_t run = db_last_id(db);
	(void)job_add(db, "payments.run", run, by->person, "{}", NULL);
	if (decided(db, by, "pay_run.made", run) != OK)
		return db_status(db);
	*ret_id = id;
	return OK;
}

/* Is hash what a run with these bytes is called, whole or shortened? */
static bool
names_hash(struct arena *arena, const char *hash, struct bytes of)
{
	size_t n = hash ? strlen(hash) : 0;

	return of.n == SHA256_BYTES && n >= 12 && n <= (size_t)2 * SHA256_BYTES &&
	       memcmp(hex_text(arena, of), hash, n) == 0;
}

static const char *
why_not(struct db *db, struct rows *run, int64_t id, const struct pay_sign_off *sign,
    const struct pay_actor *by)
{
	if (rows_int(run, 0) == by->person)
		return "same_person";
	if (text_is(rows_text(run, 3), "correction") &&
	    db_int(db, &OWN_MONEY, 1, v_int(id), v_int(by->person)) > 0)
		return "own_money";
	if (!names_hash(db_arena(db), sign->hash, rows_bytes(run, 1)))
		return "other_hash";
	return rows_int(run, 2) > 0 && !sign->seen ? "not_seen" : NULL;
}

enum status
run_sign(struct db *db, int64_t run, const struct pay_sign_off *sign,
    const struct pay_actor *by, const char **ret_why)
{
	struct rows *rows = db_read(db, &RUN_READ, v_int(run));

	if (!rows_next(rows))
		return db_absent(db);
	if ((*ret_why = why_not(db, rows, run, sign, by)))
		return E_INPUT;
	if (db_write_one(db, &RUN_SIGN, v_int(by->person), v_instant(time_now()), v_int(run),
		v_int(by->person), v_int(sign->version), v_int(sign->version)) != OK)
		return db_status(db);
	(void)job_add(db, "payments.issue", run, by->person, "{}", NULL);
	struct audit audit = { .actor = by->person,
		.action = "pay_run.signed",
		.object = text_printf(db_arena(db), "pay_run:%lld", (long long)run),
		.reason = text_printf(db_arena(db), "%s, warnings seen: %lld",
		    hex_text(db_arena(db), rows_bytes(rows, 1)), (long long)rows_int(rows, 2)),
		.request = by->request };
	audit_add(db, &audit);
	return db_status(db);
}

enum status
run_abandon(struct db *db, int64_t run, int64_t version, const struct pay_actor *by)
{
	struct value id = v_int(run);
	struct rows *rows = db_read(db, &RUN_READ, id);

	if (!rows_next(rows))
		return db_absent(db);
	if (db_write_one(db, &RUN_ABANDON, id, v_int(version), v_int(version)) != OK)
		return db_status(db);
	if (text_is(rows_text(rows, 3), "regular")) {
		(void)db_write_one(db, &PERIOD_GIVE_BACK, id);
	} else {
		db_write(db, &ENTRIES_BACK, id, id);
		db_write(db, &ADJUSTMENTS_BACK, id, id);
	}
	for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++)
		db_write(db, &EMPTY[i], id);
	return decided(db, by, "pay_run.abandoned", run);
}
