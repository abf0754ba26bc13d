/*
 * db_pool.c: the connections of a process and who has them.
 *
 * Used by handlers, commands and the worker through db.h. Owns CONFIG_DB_POOL connections,
 * opened when first needed and kept; the last one given back is the first one leased, so a
 * quiet process keeps few warm.
 *
 * A server that could not be reached, or stayed silent, is remembered as down: leases are
 * refused at once and one of them at a time tries again, after 50 ms that double to half a
 * second. So requests get their answer quickly while it is down, nothing piles up behind a
 * dead socket, and its return is noticed within a second.
 */
#include "base/config.h"
#include "base/log.h"
#include "base/metric.h"
#include "data/db_impl.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define WAIT_SECONDS 1 /* a page waits this long for a connection */
#define RETRY_FIRST (50 * SECOND / 1000)
#define RETRY_LAST (500 * SECOND / 1000)

static struct {
	pthread_mutex_t lock;
	pthread_cond_t given_back;
	struct conn *conns;
	struct conn **idle; /* the last given back stands last */
	size_t n, idle_n;
	bool down;        /* the server could not be reached when last tried */
	bool probing;     /* one lease is trying */
	int64_t retry_at; /* ticks before which nobody tries */
	int64_t retry_after;
	unsigned generation; /* counts the times it went down; older connections are dead */
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct db_account
pool_account(void)
{
	return (struct db_account){
		.socket = config_text(CONFIG_DB_SOCKET),
		.user = config_text(CONFIG_DB_USER),
		.password_file = config_text(CONFIG_DB_PASSWORD),
		.database = config_text(CONFIG_DB_NAME),
	};
}

enum status
db_start(void)
{
	pthread_condattr_t attributes;
	size_t n = (size_t)config_int(CONFIG_DB_POOL);

	/* Not in the first connects of several threads: it is not safe there. */
	if (mysql_library_init(0, NULL, NULL) != 0)
		return E_FAULT;
	if (pthread_condattr_init(&attributes) != 0)
		return E_FAULT;
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	int failed = pthread_cond_init(&pool.given_back, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	if (failed != 0)
		return E_FAULT;
	pool.conns = calloc(n, sizeof *pool.conns);
	pool.idle = calloc(n, sizeof(struct conn *));
	if (pool.conns == NULL || pool.idle == NULL) {
		free(pool.conns);
		free(pool.idle);
		pool.conns = NULL;
		pool.idle = NULL;
		return E_FAULT;
	}
	pool.n = n;
	pool.idle_n = n;
	for (size_t i = 0; i < n; i++)
		pool.idle[i] = &pool.conns[i];
	pool.down = false;
	pool.probing = false;
	pool.retry_after = 0;
	return OK;
}

void
db_stop(void)
{
	for (size_t i = 0; i < pool.n; i++)
		conn_close(&pool.conns[i]);
	free(pool.conns);
	free(pool.idle);
	pool.conns = NULL;
	pool.idle = NULL;
	pool.n = 0;
	pool.idle_n = 0;
	(void)pthread_cond_destroy(&pool.given_back);
}

/* ---- What is known about the server; the lock is held ---- */

static bool
refused_at_once(void)
{
	return pool.down && (pool.probing || time_ticks() < pool.retry_at);
}

/* True when this is news. */
static bool
went_down(void)
{
	bool news = !pool.down;

	if (news) {
		pool.down = true;
		pool.generation++;
		pool.retry_after = RETRY_FIRST;
	} else if (pool.retry_after < RETRY_LAST) {
		pool.retry_after *= 2;
		if (pool.retry_after > RETRY_LAST)
			pool.retry_after = RETRY_LAST;
	}
	pool.retry_at = time_ticks() + pool.retry_after;
	(void)pthread_cond_broadcast(&pool.given_back);
	return news;
}

/* ---- Connecting ---- */

/* Opens conn, unless the server is known to be down. */
static enum status
conn_open(struct conn *conn, enum db_use use, unsigned *ret_error)
{
	struct db_account account = pool_account();
	bool probe = false;

	(void)pthread_mutex_lock(&pool.lock);
	if (refused_at_once()) {
		(void)pthread_mutex_unlock(&pool.lock);
		*ret_error = 0;
		return E_AWAY;
	}
	if (pool.down) {
		pool.probing = true;
		probe = true;
	}
	(void)pthread_mutex_unlock(&pool.lock);

	unsigned error = 0;
	enum status status =
	    conn_connect(&account, use, CLIENT_FOUND_ROWS, &conn->mysql, &error);

	(void)pthread_mutex_lock(&pool.lock);
	bool news = false;
	if (probe)
		pool.probing = false;
	if (status == OK) {
		news = pool.down;
		pool.down = false;
		conn->use = use;
		conn->generation = pool.generation;
	} else if (status == E_AWAY) {
		news = went_down();
	}
	(void)pthread_mutex_unlock(&pool.lock);

	if (status == OK) {
		if (news)
			log_event(LOG_LEVEL_INFO, "db_back");
		return OK;
	}
	if (news || status == E_FAULT)
		log_event(LOG_LEVEL_WARN, "db_away", LOG_INT("code", error));
	*ret_error = error;
	return status;
}

/* ---- Leases ---- */

/* Takes an idle connection: the last used of the same use if there is one, else one that is
 * not open yet, else the last. The lock is held and one is idle. */
static struct conn *
idle_pick(enum db_use use)
{
	size_t at = pool.idle_n;
	size_t closed = pool.idle_n - 1;

	for (size_t i = pool.idle_n; i-- > 0 && at == pool.idle_n;) {
		if (pool.idle[i]->mysql == NULL)
			closed = i;
		else if (pool.idle[i]->use == use)
			at = i;
	}
	if (at == pool.idle_n)
		at = closed;
	struct conn *conn = pool.idle[at];
	for (size_t i = at + 1; i < pool.idle_n; i++)
		pool.idle[i - 1] = pool.idle[i];
	pool.idle_n--;
	return conn;
}

/* *ret_stale: the server went away since this connection was opened. */
static enum status
pool_take(enum db_use use, struct conn **ret, bool *ret_stale)
{
	struct timespec until = { 0 };
	enum status status = OK;

	(void)pthread_mutex_lock(&pool.lock);
	if (pool.n > 0 && pool.idle_n == 0)
		metric_add(METRIC_DB_WAITS, 1);
	while (pool.idle_n == 0 || refused_at_once()) {
		if (pool.n == 0) {
			status = E_FAULT;
		} else if (refused_at_once()) {
			status = E_AWAY;
		} else if (use == DB_JOB) {
			(void)pthread_cond_wait(&pool.given_back, &pool.lock);
		} else {
			if (until.tv_sec == 0) {
				(void)clock_gettime(CLOCK_MONOTONIC, &until);
				until.tv_sec += WAIT_SECONDS;
			}
			if (pthread_cond_timedwait(&pool.given_back, &pool.lock, &until) ==
				ETIMEDOUT &&
			    pool.idle_n == 0)
				status = E_BUSY;
		}
		if (status != OK)
			break;
	}
	if (status == OK) {
		*ret = idle_pick(use);
		metric_add(METRIC_DB_IN_USE, 1);
		*ret_stale = (*ret)->generation != pool.generation;
	}
	(void)pthread_mutex_unlock(&pool.lock);
	if (status == E_BUSY)
		metric_add(METRIC_DB_BUSY, 1);
	return status;
}

static void
pool_give_back(struct conn *conn)
{
	(void)pthread_mutex_lock(&pool.lock);
	pool.idle[pool.idle_n++] = conn;
	metric_add(METRIC_DB_IN_USE, -1);
	(void)pthread_cond_signal(&pool.given_back);
	(void)pthread_mutex_unlock(&pool.lock);
}

bool
lease_connect(struct db *db)
{
	unsigned error = 0;

	conn_close(db->conn);
	enum status status = conn_open(db->conn, db->use, &error);
	if (status == OK)
		return true;
	if (db->status == OK) {
		db->status = status;
		db->error = error;
	}
	return false;
}

static void
lease_end(void *arg)
{
	struct db *db = arg;

	db_release(db);
}

struct db *
db_lease(struct arena *arena, enum db_use use)
{
	struct db *db = arena_new_of(arena, struct db);
	bool stale = false;

	db->arena = arena;
	db->use = use;
	arena_hook(arena, lease_end, db);
	db->status = pool_take(use, &db->conn, &stale);
	if (db->status == OK && (db->conn->mysql == NULL || db->conn->use != use || stale))
		(void)lease_connect(db);
	if (db->status != OK && db->conn != NULL) {
		pool_give_back(db->conn);
		db->conn = NULL;
	}
	return db;
}

void
lease_roll_back(struct db *db)
{
	struct conn *conn = db->conn;

	/* Rows still on the wire: memory ran out between two of them. */
	bool dirty = conn->fetching || (db->transaction && conn->mysql != NULL &&
					   mysql_rollback(conn->mysql) != 0);
	if (dirty)
		conn_close(conn);
	db->transaction = false;
	db->lost = false;
}

void
db_recover(struct db *db)
{
	if (db->conn == NULL)
		return;
	lease_roll_back(db);
	db->status = OK;
}

void
db_release(struct db *db)
{
	struct conn *conn = db->conn;

	if (conn == NULL)
		return;
	lease_roll_back(db);
	db->conn = NULL;
	pool_give_back(conn);
}

/* ---- What became of a lease ---- */

enum status
db_status(const struct db *db)
{
	return db->status;
}

unsigned
db_error(const struct db *db)
{
	return db->error;
}

struct arena *
db_arena(struct db *db)
{
	return db->arena;
}

bool
db_in_transaction(const struct db *db)
{
	return db->transaction;
}

void
db_fail(struct db *db, enum status status)
{
	if (db->status == OK)
		db->status = status;
}

void
lease_panic(struct db *db, const char *what, const char *sql)
{
	log_event(LOG_LEVEL_PANIC, "db_misuse", LOG_TEXT("what", what), LOG_TEXT("sql", sql));
	db_fail(db, E_FAULT);
}

void
lease_failed(struct db *db, unsigned number, const char *sql, int64_t began)
{
	enum status status = number_status(number);

	if (number_lost(number)) {
		unsigned silent = conn_read_timeout(db->use);
		bool news = false;
		if (number == NUMBER_LOST && time_ticks() - began >= silent * SECOND * 9 / 10) {
			(void)pthread_mutex_lock(&pool.lock);
			news = went_down();
			(void)pthread_mutex_unlock(&pool.lock);
		}
		if (news)
			log_event(LOG_LEVEL_WARN, "db_silent", LOG_INT("code", number));
		conn_close(db->conn);
		db->lost = true;
	}
	/* The statement's text is a literal of our source and holds nothing of a person;
	 * the server's message may, so it is not logged. */
	if (status == E_FAULT || status == E_DENIED || status == E_LIMIT)
		log_event(
		    LOG_LEVEL_ERROR, "db_error", LOG_INT("code", number), LOG_TEXT("sql", sql));
	if (db->status == OK) {
		db->status = status;
		db->error = number;
	}
}

enum status
db_ping(void)
{
	struct db_account account = pool_account();
	MYSQL *mysql = NULL;
	unsigned error = 0;

	/* A connection of its own: a pooled one may be in use, and would wait longer for a
	 * server that has stopped answering. */
	enum status status = conn_connect(&account, DB_WEB, 0, &mysql, &error);
	if (status == OK)
		mysql_close(mysql);
	return status;
}
