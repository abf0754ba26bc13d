/*
 * doctor_kept.c: what an installation must not lose: its backups, the seals of its audit rows,
 * what people are to be told.
 */
#include <sys/stat.h>

#include "base/config.h"
#include "base/text.h"
#include "base/time.h"
#include "portal/doctor.h"
#include "portal/portal.h"

/* A timer makes a backup each night; one that failed is not yet one that is missing. */
#define BACKUP_OLD (50 * HOUR)
#define SEAL_LATE (10 * MINUTE)
#define NOTICE_LATE HOUR

static const struct stmt UNSEALED = { "CALL keptword_core.audit_waiting()" };
static const struct stmt LATE_NOTICES = {
	"SELECT channel, COUNT(*) FROM keptword_core.notice_delivery"
	" WHERE state = 'queued' AND created_at < ? GROUP BY channel ORDER BY channel"
};

/* ---- Backups ---- */

static const char BACKUP_ADVICE[] =
    "systemctl status keptword-backup.timer; journalctl -u keptword-backup; keptword backup "
    "makes one now.";

void
doctor_backup(struct doctor *doctor)
{
	const char *place = "";
	instant point = backup_point(&place, doctor->arena), now = time_now();
	struct stat info;

	if (!doctor->database)
		return;
	if (!point) {
		/* A demo's data is nobody's. */
		if (config_on(CONFIG_DEMO))
			return;
		doctor_say(doctor, now - doctor_began(doctor) > BACKUP_OLD ? WRONG : LOOK,
		    "No backup was made yet.", BACKUP_ADVICE);
		return;
	}
	if (now - point > BACKUP_OLD)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "The last backup is %lld hours old.",
			(long long)((now - point) / HOUR)),
		    BACKUP_ADVICE);
	else if (stat(text_printf(doctor->arena, "%s/manifest.json", place), &info) != 0)
		doctor_say(doctor, LOOK,
		    text_printf(doctor->arena,
			"The last backup was made, but is no longer in %s.", place),
		    "If it was moved to another machine, all is well; try restoring it there.");
	else
		doctor_say(doctor, FINE,
		    text_printf(doctor->arena, "the last one is %lld hours old, in %s",
			(long long)((now - point) / HOUR), place),
		    NULL);
}

/* ---- Audit ---- */

void
doctor_audit(struct doctor *doctor)
{
	struct rows *rows;
	bool late = false;

	if (!doctor->database)
		return;
	rows = db_read(doctor->schema.db, &UNSEALED);
	while (rows_next(rows)) {
		instant since = rows_instant(rows, 1);

		if (time_now() - since < SEAL_LATE)
			continue;
		late = true;
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"%lld audit rows of %s wait for their seal, the oldest since %s.",
			(long long)rows_int(rows, 2), rows_text(rows, 0),
			instant_iso(doctor->arena, since)),
		    text_printf(doctor->arena,
			"systemctl restart keptword-%s-work; keptword portal check-audit",
			text_is(rows_text(rows, 0), "core") ? "portal" : rows_text(rows, 0)));
	}
	if (db_status(doctor->schema.db) != OK)
		db_recover(doctor->schema.db); /* without a schema, which another check tells */
	else if (!late)
		doctor_say(doctor, FINE, "every row is sealed soon after it is written", NULL);
}

/* ---- Notices ---- */

void
doctor_notices(struct doctor *doctor)
{
	struct rows *rows;
	bool late = false;

	if (!doctor->database)
		return;
	rows = db_read(doctor->schema.db, &LATE_NOTICES, v_instant(time_now() - NOTICE_LATE));
	while (rows_next(rows)) {
		late = true;
		doctor_say(doctor, LOOK,
		    text_printf(doctor->arena,
			"%lld notices have waited for more than an hour (%s).",
			(long long)rows_int(rows, 1), rows_text(rows, 0)),
		    "The page Notices tells what the other server said last; nothing is lost "
		    "meanwhile.");
	}
	if (db_status(doctor->schema.db) != OK)
		db_recover(doctor->schema.db);
	else if (!late)
		doctor_say(doctor, FINE, "nobody waits for one longer than an hour", NULL);
}
