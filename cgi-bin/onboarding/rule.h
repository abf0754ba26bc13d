/*
 * rule.h: what can be said without database and page: which name is the same, by when an answer
 * is promised, until when something may be undone. Used by this plugin's files; every function
 * answers from its arguments alone.
 */
#ifndef KEPTWORD_RULE_H
#define KEPTWORD_RULE_H

#include "base/arena.h"
#include "base/time.h"
#include "data/crypto.h"

#define REVIEW_WITHIN (5 * DAY_LENGTH)
#define LOOK_AGAIN_WITHIN (14 * DAY_LENGTH)
#define OFFER_STANDS (14 * DAY_LENGTH)
#define UNDO_WITHIN (7 * DAY_LENGTH)
#define DRAFT_KEPT_DAYS 30 /* retention.c */
#define DRAFT_KEPT (DRAFT_KEPT_DAYS * DAY_LENGTH)

/* Is a typed name the legal one? Case, kind of blank, blanks too many and the way in which
 * accents are stored do not matter; letters and accents do. Empty names are never the same. */
bool rule_same_name(struct arena *arena, const char *typed, const char *legal);

/* Whole days that something waits; 0 on the first. */
int64_t rule_days_waiting(instant since, instant now);

/* May an offer with this state still be read and signed? */
bool rule_offer_open(const char *state, instant expires_at, instant now);

/* May what was declined then be taken back now? */
bool rule_may_undo(const char *state, instant declined_at, instant now);

/* SHA-256 of a receipt code as it stands in the database. */
void rule_code_hash(struct id code, unsigned char out[SHA256_BYTES]);

/* The code with blanks between its groups, for people who write it down. */
const char *rule_code_spaced(struct arena *arena, struct id code);

/* 256 bits that belong to one form: HMAC of its submission id under a key of ours, with a word
 * for what it is. A repeated form gives the same again, and nobody can compute it from what the
 * database holds. */
void rule_secret(const struct key *key, const char *what, struct id submission,
    unsigned char out[SHA256_BYTES]);

#endif
