/*
 * doctor.c: the command "doctor": checks an installation, says one line for each finding and
 * what to do about it, and ends with a count. Exit code 0 when nothing is wrong, 1 otherwise.
 *
 * It runs with the settings of portal, as somebody who may read every file and as the
 * database's migration account (the commands of a run and of an installed system see to that).
 * Words are for the terminal of whoever runs the system, in English.
 */
#include "portal/doctor.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "portal/portal.h"

static const struct check {
	const char *name;
	void (*run)(struct doctor *doctor);
} CHECKS[] = {
	{ "packages", doctor_packages },
	{ "settings", doctor_settings },
	{ "templates", doctor_templates },
	{ "keys", doctor_keys },
	{ "sockets", doctor_sockets },
	{ "disk", doctor_disk },
	{ "database", doctor_server },
	{ "clock", doctor_clock },
	{ "schema", doctor_schema },
	{ "grants", doctor_grants },
	{ "queues", doctor_queues },
	{ "notices", doctor_notices },
	{ "audit", doctor_audit },
	{ "backup", doctor_backup },
	{ "nginx", doctor_nginx },
	{ "pages", doctor_pages },
	{ "mail", doctor_mail },
	{ "webhooks", doctor_hooks },
	{ "certificate", doctor_certificates },
};

static const char *const VERDICTS[VERDICT_MAX] = { "ok", "warn", "fail" };

static void
say_json(
    const struct doctor *doctor, enum verdict verdict, const char *found, const char *advice)
{
	json_t *line = json_pack("{s:s, s:s, s:s, s:s?}", "check", doctor->about, "verdict",
	    VERDICTS[verdict], "found", found, "advice", advice);
	char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;

	if (text)
		(void)printf("%s\n", text);
	free(text);
	json_decref(line);
}

void
doctor_say(struct doctor *doctor, enum verdict verdict, const char *found, const char *advice)
{
	doctor->said[verdict]++;
	if (doctor->json) {
		say_json(doctor, verdict, found, advice);
		return;
	}
	(void)printf("%-4s  %-11s  %s\n", VERDICTS[verdict], doctor->about, found);
	if (advice)
		(void)printf("                   -> %s\n", advice);
}

int
doctor_run(struct cli *cli)
{
	struct doctor *doctor = arena_new_of(cli->arena, struct doctor);

	*doctor = (struct doctor){ .cli = cli, .arena = cli->arena };
	doctor->json = cli_option(cli, "json") != NULL;
	for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
		doctor->about = CHECKS[i].name;
		CHECKS[i].run(doctor);
	}
	if (!doctor->json)
		(void)printf("%u fine, %u worth a look, %u wrong\n", doctor->said[FINE],
		    doctor->said[LOOK], doctor->said[WRONG]);
	return doctor->said[WRONG] ? 1 : 0;
}
