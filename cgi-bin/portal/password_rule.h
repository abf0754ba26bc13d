/*
 * password_rule.h: which passwords are taken (README rule 6): at least PASSWORD_MIN characters, as
 * typed, and none of those that everybody tries first.
 */
#ifndef KEPTWORD_PORTAL_PASSWORD_RULE_H
#define KEPTWORD_PORTAL_PASSWORD_RULE_H

#include "web/role.h"

#include <stdbool.h>

#define PASSWORD_MIN 15

bool password_is_common(const char *password);

/* Does a password open anything to whoever holds these roles? Where everybody signs in at the
 * provider, administrators still have a way in without it (README rule 36). */
bool password_counts(roles held);

#endif
