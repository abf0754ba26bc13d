/*
 * db_server.h: a database of its own for a unit test. The server is the one that
 * TEST_DB_SOCKET names (`make unit` starts one for all), else a private one that
 * tests/lib/mariadb.sh makes and removes. Tests run from the top of the tree.
 */
#ifndef KEPTWORD_DB_SERVER_H
#define KEPTWORD_DB_SERVER_H

#include "unit.h"

#include "base/config.h"
#include "data/db.h"

#include <mysql.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

struct db_server {
	char socket[108];
	char folder[64]; /* of a private server, "" for a shared one */
	char database[64];
	MYSQL *control; /* a connection beside the pool: sees and does what tests need */
};

static struct db_server server;

/* Runs tests/lib/mariadb.sh; false when it failed. */
static inline bool
server_script(const char *verb, const char *folder)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		(void)!freopen("/dev/null", "w", stdout);
		execl("/bin/sh", "sh", "tests/lib/mariadb.sh", verb, folder, (char *)NULL);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static inline void
server_do(const char *sql)
{
	if (mysql_real_query(server.control, sql, (unsigned long)strlen(sql)) != 0) {
		fprintf(stderr, "%s: %s\n", sql, mysql_error(server.control));
		abort();
	}
	MYSQL_RES *result = mysql_store_result(server.control);
	if (result != NULL)
		mysql_free_result(result);
}

/* The number in the first column of the only row. */
static inline int64_t
server_number(const char *sql)
{
	int64_t number = -1;

	if (mysql_real_query(server.control, sql, (unsigned long)strlen(sql)) != 0) {
		fprintf(stderr, "%s: %s\n", sql, mysql_error(server.control));
		abort();
	}
	MYSQL_RES *result = mysql_store_result(server.control);
	MYSQL_ROW row = mysql_fetch_row(result);
	if (row != NULL && row[0] != NULL)
		number = strtoll(row[0], NULL, 10);
	mysql_free_result(result);
	return number;
}

static inline bool
server_connect(const char *database)
{
	server.control = mysql_init(NULL);
	(void)mysql_optionsv(server.control, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* It looks at what others did, also within a transaction of its own. */
	(void)mysql_optionsv(
	    server.control, MYSQL_INIT_COMMAND, "SET tx_isolation = 'READ-COMMITTED'");
	return mysql_real_connect(
		   server.control, NULL, "root", NULL, database, 0, server.socket, 0) != NULL;
}

/* Runs a file of the tree in the test's database. */
static inline bool
server_file(const char *path)
{
	struct arena *arena = arena_new((size_t)16 << 20);
	struct bytes script = { 0 };
	struct db_account account = { server.socket, "root", NULL, server.database };
	const char *message = "cannot be read";
	bool done = unit_file(arena, path, &script) &&
		    db_script(&account, (const char *)script.p, arena, &message) == OK;

	if (!done)
		fprintf(stderr, "%s: %s\n", path, message);
	arena_free(arena);
	return done;
}

/* Makes the database afresh with sql/common in it, and starts the pool. */
static inline bool
server_open(const char *database, const char *pool)
{
	static const char *const tables[] = { "submission", "audit", "audit_seal", "event",
		"event_done", "job", "outbox", "views" };
	const char *shared = getenv("TEST_DB_SOCKET");
	char text[160];

	if (shared != NULL) {
		(void)snprintf(server.socket, sizeof server.socket, "%s", shared);
	} else {
		(void)snprintf(
		    server.folder, sizeof server.folder, "/tmp/kwunit-%ld", (long)getpid());
		(void)snprintf(
		    server.socket, sizeof server.socket, "%s/db.sock", server.folder);
		if (!server_script("start", server.folder))
			return false;
	}
	(void)snprintf(server.database, sizeof server.database, "%s", database);
	if (!server_connect(NULL))
		return false;
	/* The account whose rights published views have (cgi-bin/run/database.sh). */
	server_do("CREATE USER IF NOT EXISTS keptword_definer@localhost ACCOUNT LOCK");
	server_do("GRANT SELECT ON *.* TO keptword_definer@localhost");
	(void)snprintf(text, sizeof text, "DROP DATABASE IF EXISTS %s", database);
	server_do(text);
	(void)snprintf(text, sizeof text, "CREATE DATABASE %s", database);
	server_do(text);
	(void)snprintf(text, sizeof text, "USE %s", database);
	server_do(text);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		(void)snprintf(text, sizeof text, "sql/common/%s.sql", tables[i]);
		if (!server_file(text))
			return false;
	}
	config_set(CONFIG_DB_SOCKET, server.socket);
	config_set(CONFIG_DB_USER, "root");
	config_set(CONFIG_DB_NAME, database);
	config_set(CONFIG_DB_POOL, pool);
	return db_start() == OK;
}

static inline void
server_close(void)
{
	db_stop();
	mysql_close(server.control);
	if (server.folder[0] != '\0') {
		char data[96];
		(void)server_script("kill", server.folder);
		(void)snprintf(data, sizeof data, "%s", server.folder);
		pid_t pid = fork();
		if (pid == 0) {
			execl("/bin/rm", "rm", "-rf", data, (char *)NULL);
			_exit(127);
		}
		(void)waitpid(pid, NULL, 0);
	}
}

#endif
