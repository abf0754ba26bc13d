/*
 * agent.h: which browser on which system, coarsely, as it says itself (User-Agent), so that people
 * know their sessions again. Never more than these few words; kept as two codes with a dot between.
 */
#ifndef KEPTWORD_PORTAL_AGENT_H
#define KEPTWORD_PORTAL_AGENT_H

#include "base/arena.h"

/* "firefox.linux"; either half is empty when it is not known: ".linux", ".". */
const char *agent_code(struct arena *arena, const char *agent);

/* The proper names behind a code: "Firefox, Linux"; "Linux"; "" when neither is known. */
const char *agent_names(struct arena *arena, const char *code);

#endif
