/*
 * engagement.h: the events that payments waits for; main.c puts them into its table.
 */
#ifndef KEPTWORD_ENGAGEMENT_H
#define KEPTWORD_ENGAGEMENT_H

#include "data/event.h"

extern const struct consumer ENGAGEMENT_CONSUMERS[];

#endif
