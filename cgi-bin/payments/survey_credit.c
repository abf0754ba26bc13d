/*
 * survey_credit.c: the minutes of a closed survey become paid time of everyone who was asked,
 * answered or not: nothing here knows who answered. Run by the worker.
 *
 * Rule (README 19): credited once for each round and person, on the day on which it closed, for
 * the project of the pod, else for one on which the person has an hourly rate that day;
 * approved without a decider. Who has neither rate nor payout details is not paid by the hour
 * here.
 */
#include "payments/engagement.h"
#include "payments/pay_period.h"

const struct stmt SURVEY_MINUTES = {
	"SELECT e.id, e.kind, e.person_id, e.subject_id, e.detail, e.at"
	" FROM keptword_feedback.event_public e"
	" LEFT JOIN event_done d ON d.source = 'feedback' AND d.event_id = e.id"
	" WHERE e.kind = 'survey.minutes' AND d.event_id IS NULL ORDER BY e.id LIMIT 100"
};
static const struct stmt CREDIT = {
	"SELECT c.minutes, c.closed_at, s.time_zone, COALESCE(o.project_id, 0)"
	" FROM keptword_feedback.published_credit c"
	" JOIN payee y ON y.person_id = c.person_id JOIN pay_schedule s ON s.id = y.schedule_id"
	" LEFT JOIN keptword_core.pod o ON o.id = c.pod_id"
	" WHERE c.run_id = ? AND c.person_id = ?"
};
static const struct stmt PROJECT = {
	"SELECT project_id FROM rate WHERE person_id = ? AND unit = 'hour' AND valid_from <= ?"
	" AND valid_to > ? ORDER BY project_id <> ?, project_id LIMIT 1"
};
static const struct stmt TAKEN = {
	"SELECT COUNT(*) FROM work_entry WHERE source = 'system' AND external_key ="
	" UNHEX(SHA2(CONCAT('survey run ', ?, ' person ', ?), 256))"
};
static const struct stmt PERIODS_HOLD = {
	"SELECT id FROM pay_period WHERE state = 'open' LOCK IN SHARE MODE"
};
static const struct stmt ADD = {
	"INSERT INTO work_entry (person_id, day, public_id, project_id, period_id, kind, "
	"minutes,"
	" source, external_key, state, decided_at, created_at)"
	" SELECT y.person_id, ?, RANDOM_BYTES(16), ?,"
	"  COALESCE((SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' AND p.start_day <= ? AND p.end_day >= ? LIMIT 1),"
	"   (SELECT p.id FROM pay_period p WHERE p.schedule_id = y.schedule_id"
	"    AND p.state = 'open' ORDER BY p.start_day LIMIT 1)),"
	"  'survey', ?, 'system', UNHEX(SHA2(CONCAT('survey run ', ?, ' person ', ?), 256)),"
	"  'approved', ?, ? FROM payee y WHERE y.person_id = ?"
};

enum status
survey_credit_take(struct db *db, const struct event *event)
{
	struct value person = v_int(event->person), run = v_int(event->subject);
	struct value now = v_instant(time_now());
	struct rows *credit = db_read(db, &CREDIT, run, person);

	if (!rows_next(credit))
		return db_status(db) == OK ? E_INPUT : db_status(db);
	if (db_int(db, &TAKEN, 0, run, person))
		return OK;
	struct value on = v_day(day_in_zone(rows_instant(credit, 1), rows_text(credit, 2)));
	int64_t project = db_int(db, &PROJECT, 0, person, on, on, v_int(rows_int(credit, 3)));
	if (!project)
		return db_status(db) == OK ? E_INPUT : db_status(db);
	if (period_ahead(db, PERIODS_AHEAD) < 0)
		return db_status(db);
	(void)db_read(db, &PERIODS_HOLD);
	db_write(db, &ADD, on, v_int(project), on, on, v_int(rows_int(credit, 0)), run, person,
	    now, now, person);
	return db_status(db);
}
