/*
 * retention.c: how long rows of onboarding are kept.
 *
 * An application goes with its interview, scores, reviews and letters (ON DELETE CASCADE), once
 * nothing is owed any more: decided, withdrawn, or waiting for the applicant all that time.
 * What waits for us stays, and so does one whose offer is open. The tie between an application
 * and its decision is loosened first (state 'over'), in the same transaction.
 */
#include "onboarding/onboarding.h"
#include "onboarding/rule.h"

#define DELETE_OVER_SQL "DELETE FROM application WHERE state = 'over' LIMIT 500"

const struct retention ONBOARDING_RETENTION[] = {
	{ "application", KEPT_DAYS(DRAFT_KEPT_DAYS),
	    .stmt = { "DELETE FROM application WHERE state = 'draft' AND changed_at < ? LIMIT "
		      "500" } },
	{ "application", KEPT_SETTING(CONFIG_KEEP_APPLICATIONS),
	    .first = { "UPDATE application SET state = 'over', decided_review_id = NULL"
		       " WHERE decided_at < ? AND state IN ('certified_pending_id', "
		       "'certified',"
		       "  'not_selected', 'upheld')"
		       " AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.application_id = "
		       "application.id"
		       "  AND o.state IN ('draft', 'sent', 'viewed')) ORDER BY decided_at "
		       "LIMIT 200" },
	    .stmt = { DELETE_OVER_SQL } },
	{ "application", KEPT_SETTING(CONFIG_KEEP_APPLICATIONS),
	    .first = { "UPDATE application SET state = 'over', decided_review_id = NULL"
		       " WHERE state IN ('withdrawn', 'interview_open', 'info_requested')"
		       " AND changed_at < ? AND NOT EXISTS (SELECT 1 FROM interview i JOIN"
		       "  interview_answer s ON s.interview_id = i.id WHERE i.application_id ="
		       "  application.id AND s.saved_at >= " KEPT_FROM_SQL ") LIMIT 200" },
	    .stmt = { DELETE_OVER_SQL } },
	{ "engagement", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true,
	    .stmt = { "DELETE FROM engagement WHERE state = 'closed' AND ended_on < ? LIMIT "
		      "1000" },
	    .count = { "SELECT COUNT(*) FROM engagement WHERE state = 'closed' AND ended_on < "
		       "?" } },
	{ "offer", KEPT_SETTING(CONFIG_KEEP_PAY), .by_hand = true,
	    .stmt = { "DELETE FROM offer WHERE COALESCE(signed_at, declined_at, expires_at, "
		      "created_at) < ?"
		      " AND NOT EXISTS (SELECT 1 FROM engagement e WHERE e.offer_id = "
		      "offer.id) LIMIT 1000" },
	    .count = { "SELECT COUNT(*) FROM offer o WHERE COALESCE(o.signed_at, "
		       "o.declined_at, o.expires_at,"
		       " o.created_at) < ?"
		       " AND NOT EXISTS (SELECT 1 FROM engagement e WHERE e.offer_id = "
		       "o.id)" } },
	{ 0 },
};
