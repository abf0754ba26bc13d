/*
 * floor.c: the statement list with none of our layers: libfcgi, Connector/C, one prepared
 * statement, snprintf. Same nginx, schema, SQL and round trips as the product; what bench.py
 * compares with. Not part of the product: no checks of input beyond what keeps it alive, no
 * escaping (the data is generated), stops when killed.
 *
 *   floor SOCKET-OF-MARIADB USER PASSWORD-FILE THREADS      listens on descriptor 0
 */
#include <fcgiapp.h>
#include <mysql.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

static const char *const SQL =
    "SELECT c.person_id, c.roles, c.time_zone, c.locale, c.preferred_name, c.seen_at,"
    " s.public_id, s.period_start, s.period_end, s.net_minor, s.currency, s.state,"
    " s.promised_on, s.funds_on FROM keptword_core.caller c"
    " JOIN statement s ON s.person_id = c.person_id"
    " WHERE c.token_hash = ? AND c.seen_at > ? AND c.ends_at > ?"
    " ORDER BY s.period_end DESC, s.id DESC LIMIT 26";

static const char *db_socket, *db_user;
static char db_password[200];

#define COLUMNS 14
#define TEXT_ROOM 128

struct worker {
	MYSQL *mysql;
	MYSQL_STMT *stmt;
	MYSQL_BIND in[3], out[COLUMNS];
	unsigned char hash[SHA256_DIGEST_LENGTH];
	unsigned long hash_length;
	MYSQL_TIME earliest, now;
	char text[COLUMNS][TEXT_ROOM];
	MYSQL_TIME times[COLUMNS];
	long long numbers[COLUMNS];
	unsigned long lengths[COLUMNS];
	my_bool nulls[COLUMNS];
	char page[32768];
	size_t n;
};

static void
say(struct worker *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vsnprintf(w->page + w->n, sizeof w->page - w->n, format, args);
	va_end(args);
	if (n > 0 && (size_t)n < sizeof w->page - w->n)
		w->n += (size_t)n;
}

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "floor: %s: %s\n", what, why);
	exit(1);
}

static MYSQL_TIME
time_of(time_t t)
{
	struct tm tm;

	gmtime_r(&t, &tm);
	return (MYSQL_TIME){ .year = (unsigned)tm.tm_year + 1900,
		.month = (unsigned)tm.tm_mon + 1,
		.day = (unsigned)tm.tm_mday,
		.hour = (unsigned)tm.tm_hour,
		.minute = (unsigned)tm.tm_min,
		.second = (unsigned)tm.tm_sec,
		.time_type = MYSQL_TIMESTAMP_DATETIME };
}

static void
bind_all(struct worker *w)
{
	/* n number, t text, d day or instant */
	static const char KINDS[] = "nntttdtddnttdd";

	w->in[0] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_BLOB,
		.buffer = w->hash,
		.buffer_length = sizeof w->hash,
		.length = &w->hash_length };
	w->in[1] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATETIME, .buffer = &w->earliest };
	w->in[2] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATETIME, .buffer = &w->now };
	w->hash_length = sizeof w->hash;
	for (int i = 0; i < COLUMNS; i++) {
		MYSQL_BIND *b = &w->out[i];
		b->is_null = &w->nulls[i];
		b->length = &w->lengths[i];
		if (KINDS[i] == 'n') {
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->buffer = &w->numbers[i];
		} else if (KINDS[i] == 'd') {
			b->buffer_type = MYSQL_TYPE_DATETIME;
			b->buffer = &w->times[i];
		} else {
			b->buffer_type = MYSQL_TYPE_STRING;
			b->buffer = w->text[i];
			b->buffer_length = TEXT_ROOM;
		}
	}
}

static void
open_database(struct worker *w)
{
	w->mysql = mysql_init(NULL);
	mysql_options(w->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(
		w->mysql, NULL, db_user, db_password, "keptword_payments", 0, db_socket, 0))
		die("connect", mysql_error(w->mysql));
	w->stmt = mysql_stmt_init(w->mysql);
	if (mysql_stmt_prepare(w->stmt, SQL, strlen(SQL)))
		die("prepare", mysql_stmt_error(w->stmt));
	bind_all(w);
	if (mysql_stmt_bind_param(w->stmt, w->in) || mysql_stmt_bind_result(w->stmt, w->out))
		die("bind", mysql_stmt_error(w->stmt));
}

static void
row(struct worker *w)
{
	const MYSQL_TIME *a = &w->times[7], *b = &w->times[8], *on = &w->times[12];
	static const char HEX[] = "0123456789abcdef";
	char id[33] = "";

	for (int i = 0; i < 16; i++) {
		id[2 * i] = HEX[(unsigned char)w->text[6][i] >> 4];
		id[2 * i + 1] = HEX[w->text[6][i] & 15];
	}
	say(w,
	    "<li>\n<div><a href=\"/payments/statements/%s\"><strong>%04u-%02u-%02u to "
	    "%04u-%02u-%02u</strong></a>\n<span class=\"quiet\">%s, "
	    "%04u-%02u-%02u</span></div>\n"
	    "<span class=\"money\">%lld.%02lld %.3s</span>\n</li>\n",
	    id, a->year, a->month, a->day, b->year, b->month, b->day, w->text[11], on->year,
	    on->month, on->day, w->numbers[9] / 100, w->numbers[9] % 100, w->text[10]);
}

static void
answer(struct worker *w, FCGX_Request *request)
{
	const char *cookies = FCGX_GetParam("HTTP_COOKIE", request->envp);
	const char *token = cookies ? strstr(cookies, "__Host-session=") : NULL;
	int rows = 0;

	w->n = 0;
	say(w, "Status: 200\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: "
	       "no-store\r\n\r\n"
	       "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Your "
	       "statements"
	       "</title><link rel=\"stylesheet\" href=\"/static/site.css\"></head><body>"
	       "<main><h1>Your statements</h1><ul class=\"items\">\n");
	if (token) {
		token += 15;
		SHA256((const unsigned char *)token, strcspn(token, ";"), w->hash);
		time_t now = time(NULL);
		w->now = time_of(now);
		w->earliest = time_of(now - 8 * 3600);
		if (mysql_stmt_execute(w->stmt) || mysql_stmt_store_result(w->stmt))
			die("execute", mysql_stmt_error(w->stmt));
		for (; mysql_stmt_fetch(w->stmt) == 0; rows++)
			row(w);
		mysql_stmt_free_result(w->stmt);
	}
	say(w, "</ul></main></body></html>\n");
	if (!rows) {
		w->n = 0;
		say(w, "Status: 303\r\nLocation: /sign-in\r\n\r\n");
	}
	char rest[4096];
	while (FCGX_GetStr(rest, sizeof rest, request->in) == sizeof rest)
		continue;
	FCGX_PutStr(w->page, (int)w->n, request->out);
}

static void *
serve(void *unused_arg)
{
	struct worker *w = calloc(1, sizeof *w);
	FCGX_Request request;

	(void)unused_arg;
	if (!w)
		die("memory", "none");
	open_database(w);
	FCGX_InitRequest(&request, 0, 0);
	while (FCGX_Accept_r(&request) == 0) {
		answer(w, &request);
		FCGX_Finish_r(&request);
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	if (argc != 5)
		die("usage", "floor SOCKET USER PASSWORD-FILE THREADS");
	db_socket = argv[1];
	db_user = argv[2];
	FILE *file = fopen(argv[3], "r");
	if (!file || !fgets(db_password, sizeof db_password, file))
		die("password", argv[3]);
	fclose(file);
	db_password[strcspn(db_password, "\n")] = 0;
	int threads = (int)strtol(argv[4], NULL, 10);
	mysql_library_init(0, NULL, NULL);
	FCGX_Init();
	for (int i = 1; i < threads; i++) {
		pthread_t thread;
		pthread_create(&thread, NULL, serve, NULL);
	}
	serve(NULL);
	return 0;
}
