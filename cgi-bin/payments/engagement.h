/*
 * engagement.h: what payments takes from the events of others; main.c puts it into its table of
 * consumers (data/event.h).
 */
#ifndef KEPTWORD_ENGAGEMENT_H
#define KEPTWORD_ENGAGEMENT_H

#include "data/event.h"

/* Signed engagements: rate and payee (engagement.c). */
extern const struct stmt ENGAGEMENTS_SIGNED;
enum status engagement_take(struct db *db, const struct event *event);

/* Minutes of a closed survey for each person who was asked (survey_credit.c). */
extern const struct stmt SURVEY_MINUTES;
enum status survey_credit_take(struct db *db, const struct event *event);

#endif
