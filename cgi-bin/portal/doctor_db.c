/*
 * doctor_db.c: the database server, its settings and clock, the schema, what piles up. Asked as
 * the migration account. When the server does not answer, the first check says so and the
 * others say nothing.
 */
#include <stdlib.h>
#include <sys/timex.h>

#include "base/config.h"
#include "base/text.h"
#include "base/time.h"
#include "portal/doctor.h"

#define CLOCKS_APART (2 * SECOND)
#define WORKER_SILENT (2 * HOUR)
#define WAITS_LONG (10 * MINUTE)
#define POOLS_SPARE 20

static const struct stmt VERSION = { "SELECT VERSION()" };
static const struct stmt SETTINGS = {
	"SELECT @@innodb_snapshot_isolation + 0, @@innodb_flush_log_at_trx_commit + 0,"
	/* ON or OFF, later a word: no sum can be made of that. */
	" @@local_infile + 0, @@max_connections + 0, @@innodb_doublewrite <> 'OFF'"
};
static const struct stmt CLOCK = { "SELECT UTC_TIMESTAMP(6)" };
static const struct stmt LAST_JOB = {
	"SELECT MAX(finished_at) FROM keptword_core.job WHERE state = 'done'"
};
static const struct stmt FAILED_JOBS = {
	"SELECT COUNT(*) FROM keptword_core.working WHERE state = 'failed'"
};
static const struct stmt WAITING_JOBS = {
	"SELECT MIN(created_at) FROM keptword_core.working WHERE state = 'queued'"
};
static const struct stmt FIRST_START = {
	"SELECT MIN(applied_at) FROM keptword_core.schema_file"
};

/* ---- The server ---- */

static bool
version_is_old(const char *version)
{
	char *rest = NULL;
	long major = strtol(version, &rest, 10);
	long minor = *rest == '.' ? strtol(rest + 1, &rest, 10) : 0;
	long patch = *rest == '.' ? strtol(rest + 1, &rest, 10) : 0;

	return major < 10 || (major == 10 && (minor < 11 || (minor == 11 && patch < 6)));
}

/* A setting that has to have a value. */
static void
expect(struct doctor *doctor, const char *name, int64_t is, int64_t shall, const char *why)
{
	if (is == shall)
		return;
	doctor_say(doctor, WRONG,
	    text_printf(doctor->arena, "%s is %lld and has to be %lld: %s", name, (long long)is,
		(long long)shall, why),
	    "See that MariaDB reads /etc/mysql/mariadb.conf.d/60-keptword.cnf last, and start "
	    "it anew.");
}

static void
settings_check(struct doctor *doctor)
{
	struct rows *rows = db_read(doctor->schema.db, &SETTINGS);
	unsigned wrong = doctor->said[WRONG];
	int64_t pools, most;

	if (!rows_next(rows))
		return;
	expect(doctor, "innodb_snapshot_isolation", rows_int(rows, 0), 1,
	    "a change based on an overtaken read would be lost.");
	expect(doctor, "innodb_flush_log_at_trx_commit", rows_int(rows, 1), 1,
	    "what was acknowledged could be lost with the power.");
	expect(doctor, "local_infile", rows_int(rows, 2), 0, "a server could ask for files.");
	expect(doctor, "innodb_doublewrite", rows_int(rows, 4), 1,
	    "a page that was written half could not be mended.");
	/* Each program and its worker; the worker uses few, but may use all. */
	pools =
	    2 * (int64_t)doctor->schema.n_databases * config_int(CONFIG_DB_POOL) + POOLS_SPARE;
	most = rows_int(rows, 3);
	if (most < pools)
		doctor_say(doctor, LOOK,
		    text_printf(doctor->arena,
			"max_connections is %lld, and the programs may ask for %lld.",
			(long long)most, (long long)pools),
		    "Raise max_connections, or lower KEPTWORD_DB_POOL.");
	if (wrong == doctor->said[WRONG])
		doctor_say(doctor, FINE, "its settings keep what was acknowledged", NULL);
}

void
doctor_server(struct doctor *doctor)
{
	struct rows *rows;

	if (!schema_read(doctor->cli, &doctor->schema) || db_start() != OK)
		return;
	doctor->schema.db = db_lease(doctor->arena, DB_JOB);
	rows = db_read(doctor->schema.db, &VERSION);
	if (!rows_next(rows)) {
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "The database does not let %s in (error %u).",
			config_text(CONFIG_DB_USER), db_error(doctor->schema.db)),
		    "systemctl status mariadb; an account that is missing comes with keptword "
		    "setup.");
		return;
	}
	doctor->database = true;
	doctor_say(doctor, version_is_old(rows_text(rows, 0)) ? WRONG : FINE,
	    text_printf(doctor->arena, "MariaDB %s", rows_text(rows, 0)),
	    version_is_old(rows_text(rows, 0)) ? "10.11.6 or later is needed." : NULL);
	settings_check(doctor);
}

/* ---- Clocks ---- */

void
doctor_clock(struct doctor *doctor)
{
	struct timex kernel = { .modes = 0 };
	struct rows *rows;
	int64_t apart;

	if (config_int(CONFIG_CLOCK_SHIFT) != 0)
		doctor_say(doctor, LOOK,
		    "The clock is shifted (KEPTWORD_CLOCK_SHIFT), as in a demo.", NULL);
	/* The kernel knows whether a time service sets its clock. */
	if (ntp_adjtime(&kernel) == TIME_ERROR)
		doctor_say(doctor, LOOK, "Nothing sets this machine's clock.",
		    "apt-get install systemd-timesyncd (or chrony); times on statements are "
		    "taken from "
		    "it.");
	if (!doctor->database)
		return;
	rows = db_read(doctor->schema.db, &CLOCK);
	if (!rows_next(rows))
		return;
	apart =
	    llabs(rows_instant(rows, 0) + config_int(CONFIG_CLOCK_SHIFT) * SECOND - time_now());
	if (apart > CLOCKS_APART)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The database's clock and this machine's are %lld s apart.",
			(long long)(apart / SECOND)),
		    "Let both be set by the same time service (systemd-timesyncd or chrony).");
	else
		doctor_say(doctor, FINE, "the database's clock and this machine's agree", NULL);
}

/* ---- Schema ---- */

void
doctor_schema(struct doctor *doctor)
{
	const char *changed = NULL;

	if (!doctor->database)
		return;
	if (!schema_stands(&doctor->schema, &changed))
		doctor_say(doctor, WRONG, "No schema was applied yet.", "keptword setup");
	else if (changed)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The database is not what the files say: %s differs.", changed),
		    "After make install: keptword upgrade. Otherwise install the version that "
		    "fits "
		    "the data.");
	else
		doctor_say(doctor, FINE,
		    text_printf(
			doctor->arena, "%zu files, applied as they stand", doctor->schema.n),
		    NULL);
}

/* ---- What piles up ---- */

static instant
instant_of(struct doctor *doctor, const struct stmt *stmt)
{
	struct rows *rows = db_read(doctor->schema.db, stmt);

	return rows_next(rows) && !rows_null(rows, 0) ? rows_instant(rows, 0) : 0;
}

instant
doctor_began(struct doctor *doctor)
{
	return instant_of(doctor, &FIRST_START);
}

void
doctor_queues(struct doctor *doctor)
{
	instant now = time_now(), done, waits, begun;
	int64_t failed;

	if (!doctor->database)
		return;
	done = instant_of(doctor, &LAST_JOB);
	begun = doctor_began(doctor);
	waits = instant_of(doctor, &WAITING_JOBS);
	failed = db_int(doctor->schema.db, &FAILED_JOBS, 0);
	if (db_status(doctor->schema.db) != OK) {
		db_recover(doctor->schema.db);
		return; /* without a schema, which another check tells */
	}
	/* Portal's worker tidies up every hour. */
	if (now - (done > begun ? done : begun) > WORKER_SILENT)
		doctor_say(doctor, WRONG, "Portal's worker has done nothing for two hours.",
		    "systemctl restart keptword-portal-work; journalctl -u "
		    "keptword-portal-work");
	else
		doctor_say(doctor, FINE, "portal's worker does its rounds", NULL);
	if (waits && now - waits > WAITS_LONG)
		doctor_say(doctor, WRONG,
		    "Work waits for more than ten minutes that nobody begins.",
		    "systemctl restart 'keptword-*-work.service'; journalctl -u "
		    "'keptword-*-work'");
	if (failed)
		doctor_say(doctor, LOOK,
		    text_printf(
			doctor->arena, "%lld pieces of work have failed.", (long long)failed),
		    "Whoever began them sees why on their home page.");
}
