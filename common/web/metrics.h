/*
 * metrics.h: "/-/metrics", Prometheus text that every plugin answers on its socket; nginx shows it
 * on a loopback port of its own (METRICS_PORT) as /metrics/<plugin>.
 */
#ifndef KEPTWORD_METRICS_H
#define KEPTWORD_METRICS_H

#include "web/request.h"

#define METRICS_PATH "/-/metrics"

/* A number that a plugin reads when it is asked: name without "keptword_", help, and how. Absent
 * (no line) when it answers below 0. In struct app, ended by name NULL. */
struct gauge {
	const char *name, *help;
	int64_t (*read)(struct db *db);
};

/* Handler of METRICS_PATH: 200 also without a database. */
enum status metrics_show(struct request *req);

/* One request ended: counts it under its route's pattern and the class of its status, and its
 * time. Routes that leave no log line are counted without pattern and time. */
void metrics_count(const struct request *req);

#endif
