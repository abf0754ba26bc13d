/*
 * metric.h: counters of one process, in memory, for /metrics (common/web/metrics.c). Adding is one
 * atomic operation; any thread may. They begin at 0 with the process, as Prometheus expects.
 *
 * A new one is a row of METRIC_LIST and one of the table in cgi-bin/run/metrics.md; a test compares
 * what is answered with that table. No name, id or address is ever a part of one.
 */
#ifndef KEPTWORD_METRIC_H
#define KEPTWORD_METRIC_H

#include <stdint.h>

/* X(constant, kind, name, help) */
#define METRIC_LIST(X)                                                                             \
	X(IN_FLIGHT, gauge, requests_in_flight, "Requests under way, this one among them.")        \
	X(BUSY, counter, busy_total, "Requests answered 503.")                                     \
	X(DB_WAITS, counter, db_waits_total, "Leases that found every database connection in use.") \
	X(DB_BUSY, counter, db_busy_total, "Leases that got no connection in time.")               \
	X(DB_IN_USE, gauge, db_connections_in_use, "Database connections that are leased.")        \
	X(DB_TRANSACTIONS, counter, db_transactions_total, "Transactions that were committed.")    \
	X(DB_RETRIES, counter, db_retries_total, "Transactions run again after a conflict or a lost connection.") \
	X(ARENA_PEAK, gauge, arena_peak_bytes, "Largest memory of one request so far.")

enum metric {
#define X(constant, kind, name, help) METRIC_##constant,
	METRIC_LIST(X)
#undef X
	METRIC_MAX
};

/* Adds n, which may be below 0 for a gauge. */
void metric_add(enum metric metric, int64_t n);
/* Raises to n when n is more. */
void metric_peak(enum metric metric, int64_t n);
/* What it stands at. */
int64_t metric_value(enum metric metric);

#endif
