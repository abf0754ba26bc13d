/*
 * metrics.c: what this process has counted, and a few looks at the database. Labels are the
 * route table's patterns and classes of status, so their number is fixed; what is asked by
 * nobody of the table, or may leave no trace, is route "-".
 */
#include "web/metrics.h"

#include <stdatomic.h>

#include "base/metric.h"
#include "base/time.h"
#include "data/db.h"
#include "data/work_count.h"
#include "web/app.h"
#include "web/request_impl.h"

#define ROUTES_MAX 256 /* further ones are counted as "-" */
#define CLASSES 6      /* 1xx to 5xx at their digit */
#define PREFIX "keptword_"

static const int64_t BUCKETS_MS[] = { 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000 };
#define N_BUCKETS (sizeof BUCKETS_MS / sizeof *BUCKETS_MS)

/* [0] is "-", [n + 1] the table's n-th route. */
static _Atomic int64_t requests[ROUTES_MAX + 1][CLASSES];
static _Atomic int64_t buckets[N_BUCKETS + 1];
static _Atomic int64_t microseconds;

static const struct {
	const char *name, *kind, *help;
} METRICS[] = {
#define X(constant, kind, name, help) { #name, #kind, help },
	METRIC_LIST(X)
#undef X
};

/* Of the tables that every plugin has. */
static const struct {
	const char *name, *help;
	struct stmt stmt;
	bool of_time; /* the statement's `?` is now */
} READ[] = {
	{ "jobs_open", "Jobs that wait or run.",
	    { "SELECT COUNT(*) FROM job WHERE state IN ('queued', 'running')" }, false },
	{ "jobs_failed", "Jobs that were given up and stand as failed.",
	    { "SELECT COUNT(*) FROM job WHERE state = 'failed'" }, false },
	{ "jobs_oldest_seconds", "Age of the oldest job that waits or runs.",
	    { "SELECT COALESCE(TIMESTAMPDIFF(SECOND, MIN(created_at), ?), 0) FROM job"
	      " WHERE state IN ('queued', 'running')" },
	    true },
	{ "outbox_rows", "Notices in the outbox that have not expired.",
	    { "SELECT COUNT(*) FROM outbox WHERE expires_at > ?" }, true },
	{ "audit_seals", "Audit rows that are sealed.",
	    { "SELECT COALESCE(MAX(sequence), 0) FROM audit_seal" }, false },
	{ "audit_unsealed_seconds", "Age of the oldest audit row behind the last sealed one.",
	    { "SELECT COALESCE(TIMESTAMPDIFF(SECOND, (SELECT at FROM audit WHERE id >"
	      " (SELECT COALESCE(MAX(audit_id), 0) FROM audit_seal) ORDER BY id LIMIT 1), ?), "
	      "0)" },
	    true },
	{ "events", "Events that others may take.", { "SELECT COUNT(*) FROM event" }, false },
};

void
metrics_count(const struct request *req)
{
	int status = req->response.status / 100;
	int64_t took = time_ticks() - req->started;
	size_t at = 0, bucket = 0;

	if (req->response.status == 503)
		metric_add(METRIC_BUSY, 1);
	if (req->route && !(req->route->flags & ROUTE_NO_LOG)) {
		for (size_t i = 0; i < ROUTES_MAX && req->app->routes[i].path; i++)
			if (&req->app->routes[i] == req->route)
				at = i + 1;
	}
	if (status > 0 && status < CLASSES)
		(void)atomic_fetch_add(&requests[at][status], 1);
	if (req->route && req->route->flags & ROUTE_NO_LOG)
		return;
	while (bucket < N_BUCKETS && took > BUCKETS_MS[bucket] * 1000)
		bucket++;
	(void)atomic_fetch_add(&buckets[bucket], 1);
	(void)atomic_fetch_add(&microseconds, took);
}

static void
head(struct buf *out, const char *name, const char *kind, const char *help)
{
	buf_printf(
	    out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name, kind);
}

/* What workers have written of a family: a line for each of its labels. */
static void
print_work(struct buf *out, struct rows *work, const struct work_family *family)
{
	bool seconds = family == &WORK_FAMILIES[WORK_COUNT_SECONDS];

	rows_rewind(work);
	while (rows_next(work)) {
		int64_t n = rows_int(work, 2);
		if (!text_is(rows_text(work, 0), family->name))
			continue;
		buf_printf(out, PREFIX "%s{process=\"worker\"", family->name);
		if (!text_empty(family->label))
			buf_printf(out, ",%s=\"%s\"", family->label, rows_text(work, 1));
		if (seconds)
			buf_printf(out, "} %lld.%06lld\n", (long long)(n / SECOND),
			    (long long)(n % SECOND));
		else
			buf_printf(out, "} %lld\n", (long long)n);
	}
}

static void
one(struct buf *out, const char *name, const char *kind, const char *help, int64_t value)
{
	head(out, name, kind, help);
	buf_printf(out, PREFIX "%s %lld\n", name, (long long)value);
}

/* The counters of this process; behind one that workers have, too, theirs. */
static void
print_counted(struct buf *out, struct rows *work)
{
	for (size_t i = 0; i < METRIC_MAX; i++) {
		one(out, METRICS[i].name, METRICS[i].kind, METRICS[i].help,
		    metric_value((enum metric)i));
		for (size_t k = 0; k < WORK_COUNT_MAX; k++)
			if (text_is(WORK_FAMILIES[k].name, METRICS[i].name))
				print_work(out, work, &WORK_FAMILIES[k]);
	}
	for (size_t k = 0; k < WORK_COUNT_MAX; k++) {
		if (text_empty(WORK_FAMILIES[k].help))
			continue;
		head(out, WORK_FAMILIES[k].name, "counter", WORK_FAMILIES[k].help);
		print_work(out, work, &WORK_FAMILIES[k]);
	}
}

static void
print_requests(struct buf *out, const struct app *app)
{
	head(out, "requests_total", "counter",
	    "Requests by method, route pattern and class of status.");
	for (size_t i = 0; i <= ROUTES_MAX; i++) {
		const struct route *route = i ? &app->routes[i - 1] : NULL;
		if (route && !route->path)
			break;
		for (int status = 1; status < CLASSES; status++) {
			int64_t n = atomic_load(&requests[i][status]);
			if (n)
				buf_printf(out,
				    PREFIX "requests_total{method=\"%s\",route=\"%s\",status="
					   "\"%dxx\"} "
					   "%lld\n",
				    !route                         ? "-"
				    : route->method == METHOD_POST ? "POST"
								   : "GET",
				    route ? route->path : "-", status, (long long)n);
		}
	}
}

static void
print_times(struct buf *out)
{
	int64_t n = 0, sum = atomic_load(&microseconds);

	head(out, "request_seconds", "histogram",
	    "Time from a request to its reply being made.");
	for (size_t i = 0; i < N_BUCKETS; i++) {
		n += atomic_load(&buckets[i]);
		buf_printf(out, PREFIX "request_seconds_bucket{le=\"%lld.%03lld\"} %lld\n",
		    (long long)(BUCKETS_MS[i] / 1000), (long long)(BUCKETS_MS[i] % 1000),
		    (long long)n);
	}
	n += atomic_load(&buckets[N_BUCKETS]);
	buf_printf(out,
	    PREFIX "request_seconds_bucket{le=\"+Inf\"} %lld\n" PREFIX
		   "request_seconds_sum %lld.%06lld\n" PREFIX "request_seconds_count %lld\n",
	    (long long)n, (long long)(sum / SECOND), (long long)(sum % SECOND), (long long)n);
}

/* The database's part; without it "database_up 0" and none of them. */
static void
print_read(struct buf *out, struct request *req, struct db *db)
{
	for (size_t i = 0; i < sizeof READ / sizeof *READ; i++) {
		int64_t value = READ[i].of_time
				    ? db_int(db, &READ[i].stmt, -1, v_instant(time_now()))
				    : db_int(db, &READ[i].stmt, -1);
		if (db_status(db) == OK)
			one(out, READ[i].name, "gauge", READ[i].help, value);
	}
	for (const struct gauge *gauge = req->app->gauges; gauge && gauge->name; gauge++) {
		int64_t value = gauge->read(db);
		if (value >= 0 && db_status(db) == OK)
			one(out, gauge->name, "gauge", gauge->help, value);
	}
	one(out, "database_up", "gauge", "1 when the database answered just now.",
	    db_status(db) == OK);
}

enum status
metrics_show(struct request *req)
{
	struct buf out = buf_new(req->arena);
	struct db *db = db_lease(req->arena, DB_WEB);

	print_counted(&out, work_count_read(db));
	print_requests(&out, req->app);
	print_times(&out);
	print_read(&out, req, db);
	db_release(db);
	return reply_plain(req, 200, out.p);
}
