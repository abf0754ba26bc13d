/*
 * retention.c: how long rows of core are kept, and when a person's names go.
 *
 * A person stays as long as they hold a role other than applicant and are not disabled; three
 * years later (of who was only an applicant: after they were last here) names and e-mail are
 * replaced by what names nobody, and what they needed for signing in goes. The row stays,
 * because pay and contracts point to it. Files of people have a job of their own
 * (people_import.c).
 */
#include "portal/portal.h"

#define REMOVE_SQL                                                                             \
	"UPDATE person SET removed = 1, state = 'disabled', disabled_at = NULL, legal_name = " \
	"'-',"                                                                                 \
	" preferred_name = '-', email = CONCAT(id, '@removed.invalid'), password = NULL,"      \
	" country = NULL, time_zone = 'UTC', version = version + 1 WHERE "
#define GONE(table, at)                                                                     \
	"DELETE x FROM person p JOIN " table " x ON x.person_id = p.id WHERE p.removed = 1" \
	" AND x." at " < ?"

const struct retention PORTAL_RETENTION[] = {
	{ "sign_in_half", KEPT_DAYS(2), .quiet = true,
	    .stmt = { "DELETE FROM sign_in_half WHERE ends_at < ? LIMIT 1000" } },
	{ "sign_in_attempt", KEPT_DAYS(2), .quiet = true,
	    .stmt = { "DELETE FROM sign_in_attempt WHERE at < ? LIMIT 1000" } },
	{ "email_change", KEPT_DAYS(2), .quiet = true,
	    .stmt = { "DELETE FROM email_change WHERE created_at < ? LIMIT 1000" } },
	{ "one_time_link", KEPT_DAYS(30), .quiet = true,
	    .stmt = { "DELETE FROM one_time_link WHERE expires_at < ? LIMIT 1000" } },
	{ "session", KEPT_DAYS(90), .quiet = true,
	    .stmt = { "DELETE FROM session WHERE ends_at < ? LIMIT 1000" } },
	{ "session", KEPT_DAYS(90), .quiet = true,
	    .stmt = { "DELETE FROM session WHERE revoked_at < ? LIMIT 1000" } },
	{ "notice_delivery", KEPT_DAYS(90), .quiet = true,
	    .stmt = { "DELETE FROM notice_delivery WHERE created_at < ? ORDER BY created_at "
		      "LIMIT 1000" } },
	{ "notice_taken_up", KEPT_DAYS(90), .quiet = true,
	    .stmt = { "DELETE FROM notice_taken_up WHERE at < ? LIMIT 1000" } },
	{ "demo_mail", KEPT_DAYS(90), .quiet = true,
	    .stmt = { "DELETE FROM demo_mail WHERE at < ? LIMIT 1000" } },
	{ "api_token", KEPT_YEARS(1),
	    .stmt = { "DELETE FROM api_token WHERE expires_at < ? LIMIT 1000" } },
	{ "api_token", KEPT_YEARS(1),
	    .stmt = { "DELETE FROM api_token WHERE revoked_at < ? LIMIT 1000" } },
	{ "people_import", KEPT_YEARS(2),
	    .stmt = { "DELETE FROM people_import WHERE started_at < ? AND state IN ('done', "
		      "'abandoned')"
		      " ORDER BY started_at LIMIT 20" } },
	{ "pod_member", KEPT_YEARS(3),
	    .stmt = { "DELETE FROM pod_member WHERE to_on < ? LIMIT 1000" } },
	{ "person", KEPT_YEARS(3),
	    .stmt = { REMOVE_SQL "disabled_at < ? ORDER BY disabled_at LIMIT 200" } },
	/* roles: 0 none, 1 applicant (role_bit() in sql/core/procedures.sql). */
	{ "person", KEPT_YEARS(3),
	    .stmt = { REMOVE_SQL
		"removed = 0 AND roles IN (0, 1) AND state = 'active'"
		" AND created_at < ?"
		" AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = person.id"
		"  AND (g.from_at >= " KEPT_FROM_SQL "  OR g.to_at >= " KEPT_FROM_SQL "))"
		" AND NOT EXISTS (SELECT 1 FROM home_visit v WHERE v.person_id = person.id"
		"  AND v.seen_at >= " KEPT_FROM_SQL ") LIMIT 200" } },
	{ "identity", KEPT_YEARS(3), .stmt = { GONE("identity", "tied_at") } },
	{ "second_factor", KEPT_YEARS(3), .stmt = { GONE("second_factor", "created_at") } },
	{ "recovery_code", KEPT_YEARS(3), .stmt = { GONE("recovery_code", "created_at") } },
	{ "notice_choice", KEPT_YEARS(3), .stmt = { GONE("notice_choice", "at") } },
	{ "home_visit", KEPT_YEARS(3), .stmt = { GONE("home_visit", "seen_at") } },
	{ "role_grant", KEPT_YEARS(6), .by_hand = true,
	    .stmt = { "DELETE FROM role_grant WHERE to_at < ? LIMIT 1000" },
	    .count = { "SELECT COUNT(*) FROM role_grant WHERE to_at < ?" } },
	{ 0 },
};
