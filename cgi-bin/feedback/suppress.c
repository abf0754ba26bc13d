/*
 * suppress.c: small groups stay untold, and figures of results (suppress.h). Used by the
 * closing job, which writes down once which pods may be told, and by the results page.
 */
#include "feedback/suppress.h"

void
suppress_groups(const int64_t *size, size_t n, int64_t total, int64_t least, bool *ret_told)
{
	int64_t rest = total;
	size_t smallest = n;

	for (size_t i = 0; i < n; i++) {
		ret_told[i] = size[i] >= least;
		if (!ret_told[i])
			continue;
		rest -= size[i];
		if (smallest == n || size[i] <= size[smallest])
			smallest = i;
	}
	if (rest > 0 && rest < least && smallest < n)
		ret_told[smallest] = false;
}

int64_t
percent_of(int64_t n, int64_t of_n)
{
	return of_n > 0 ? (200 * n + of_n) / (2 * of_n) : 0;
}

int64_t
enps_of(const int64_t counts[SCORES])
{
	int64_t all = 0, balance = 0;

	for (int score = 0; score < SCORES; score++) {
		all += counts[score];
		balance += score >= 9 ? counts[score] : score <= 6 ? -counts[score] : 0;
	}
	return balance < 0 ? -percent_of(-balance, all) : percent_of(balance, all);
}

int64_t
mean_hundredths(const int64_t *counts, size_t n, int64_t first)
{
	int64_t all = 0, sum = 0;

	for (size_t i = 0; i < n; i++) {
		all += counts[i];
		sum += counts[i] * (first + (int64_t)i);
	}
	return all > 0 ? (200 * sum + all) / (2 * all) : 0;
}
