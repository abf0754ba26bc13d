/*
 * metric.c: see metric.h. Relaxed order: a number that is read a moment late is as good.
 */
#include "base/metric.h"

#include <stdatomic.h>
#include <stdbool.h>

static _Atomic int64_t values[METRIC_MAX];

void
metric_add(enum metric metric, int64_t n)
{
	(void)atomic_fetch_add_explicit(&values[metric], n, memory_order_relaxed);
}

void
metric_peak(enum metric metric, int64_t n)
{
	int64_t seen = atomic_load_explicit(&values[metric], memory_order_relaxed);

	while (n > seen && !atomic_compare_exchange_weak_explicit(&values[metric], &seen, n,
			       memory_order_relaxed, memory_order_relaxed))
		continue;
}

int64_t
metric_value(enum metric metric)
{
	return atomic_load_explicit(&values[metric], memory_order_relaxed);
}
