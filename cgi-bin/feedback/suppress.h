/*
 * suppress.h: what may be told of groups, and the arithmetic of results. No database here.
 */
#ifndef KEPTWORD_FEEDBACK_SUPPRESS_H
#define KEPTWORD_FEEDBACK_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nothing is told of fewer than this, whatever is configured. */
#define GROUP_LEAST 5

/* Which of n groups (sizes in size) may be told, when the total is told too: none below least,
 * and no remainder from 1 to least-1, which could be worked out by subtraction; then the
 * smallest one that could be told (the last of equals) stays untold with it. */
void suppress_groups(
    const int64_t *size, size_t n, int64_t total, int64_t least, bool *ret_told);

/* n of of_n in whole percent, halves up; 0 of nothing. */
int64_t percent_of(int64_t n, int64_t of_n);

/* Promoters (9, 10) less detractors (0 to 6) in percent of all, from how often 0 .. 10 were
 * chosen; halves away from zero. 0 without answers. */
#define SCORES 11
int64_t enps_of(const int64_t counts[SCORES]);

/* The mean of values 1 .. n by how often each was chosen, in hundredths, halves up; scores
 * begin at first. 0 without answers. */
int64_t mean_hundredths(const int64_t *counts, size_t n, int64_t first);

#endif
