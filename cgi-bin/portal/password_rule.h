/*
 * password_rule.h: which passwords are taken (README rule 6): at least PASSWORD_MIN characters, as
 * typed, and none of those that everybody tries first.
 */
#ifndef KEPTWORD_PORTAL_PASSWORD_RULE_H
#define KEPTWORD_PORTAL_PASSWORD_RULE_H

#include <stdbool.h>

#define PASSWORD_MIN 15

bool password_is_common(const char *password);

#endif
