/*
 * role.h: the roles that a person can hold, as bits. The ids are the words stored in
 * core.role_grant and shown nowhere; templates hold the words for people.
 */
#ifndef KEPTWORD_ROLE_H
#define KEPTWORD_ROLE_H

#include "base/status.h"

#include <stdint.h>

#define ROLE_LIST(X) \
	X(APPLICANT, "applicant") \
	X(CONTRIBUTOR, "contributor") \
	X(REVIEWER, "reviewer") \
	X(POD_LEAD, "pod_lead") \
	X(HDM, "hdm") \
	X(HDL, "hdl") \
	X(SPL, "spl") \
	X(PEOPLE_OFFICER, "people_officer") \
	X(FINANCE, "finance") \
	X(CARE_OFFICER, "care_officer") \
	X(BENCHMARK_KEEPER, "benchmark_keeper") \
	X(ADMIN, "admin") \
	X(AUDITOR, "auditor")

enum role_bit {
#define X(upper, lower) ROLE_BIT_##upper,
	ROLE_LIST(X)
#undef X
	ROLE_BIT_MAX
};

typedef uint32_t roles;
#define ROLE(upper) ((roles)1 << ROLE_BIT_##upper)
#define ROLES_STAFF \
	(ROLE(HDM) | ROLE(HDL) | ROLE(SPL) | ROLE(PEOPLE_OFFICER) | ROLE(FINANCE) | \
	    ROLE(CARE_OFFICER) | ROLE(BENCHMARK_KEEPER) | ROLE(ADMIN) | ROLE(AUDITOR))

/* "hdm" for ROLE_BIT_HDM; static. */
const char *role_name(enum role_bit bit);
/* The role's bit, 0 for an unknown word. */
roles role_of(const char *name);

#endif
