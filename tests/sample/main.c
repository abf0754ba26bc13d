/*
 * The sample plugin: what tests/integration/fcgi*_test.py talk to. It needs no template of its
 * own and answers in plain text, so that each promise of the skeleton can be asked for by one
 * address. Built for tests only.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "web/app.h"
#include "web/request_impl.h"
#include "web/session.h"

static enum status
echo(struct request *req)
{
	return reply_plain(req, 200,
	    text_printf(req->arena, "method=%s\npath=%s\nx=%s\nid=%s\nparam=%s\n",
		req->head                           ? "HEAD"
		: request_method(req) == METHOD_GET ? "GET"
						    : "POST",
		request_path(req), request_query(req, "x"), request_id(req),
		request_param(req, 0)));
}

static enum status
literal(struct request *req)
{
	return reply_plain(req, 200, "literal\n");
}

static int64_t
number(struct request *req, const char *name)
{
	int64_t n = 0;

	return text_to_int(request_query(req, name), &n) ? n : 0;
}

static enum status
big(struct request *req)
{
	size_t n = (size_t)number(req, "n");
	unsigned char *p = arena_alloc(req->arena, n);

	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)('a' + i % 26);
	return reply_file(req, "application/octet-stream", "big.bin", (struct bytes){ p, n });
}

static enum status
slow(struct request *req)
{
	int64_t ms = number(req, "ms");
	struct timespec wait = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	(void)nanosleep(&wait, NULL);
	return reply_plain(req, 200, "done\n");
}

static enum status
file(struct request *req)
{
	return reply_file(
	    req, "text/csv; charset=utf-8", request_query(req, "name"), bytes_of("a,b\n"));
}

/* The query's value without any check, as a careless handler would pass it on. */
static const char *
careless(struct request *req)
{
	const char *value = strstr(req->query_text, "value=");
	struct bytes bytes = { 0 };

	return value && hex_bytes(req->arena, value + 6, &bytes)
		   ? arena_copy(req->arena, bytes.p, bytes.n)
		   : "";
}

static enum status
cookie(struct request *req)
{
	reply_cookie(req, "__Host-test", careless(req), 60);
	return reply_plain(req, 200, "set\n");
}

static enum status
header(struct request *req)
{
	reply_header(req, "X-Test", careless(req));
	return reply_plain(req, 200, "set\n");
}

static enum status
redirect(struct request *req)
{
	return reply_redirect(req, careless(req));
}

static enum status
tagged(struct request *req)
{
	if (reply_unless_changed(req, "\"v1\"") == OK)
		return OK;
	return reply_plain(req, 200, "version 1\n");
}

static enum status
fail(struct request *req)
{
	for (int status = E_INPUT; status < STATUS_MAX; status++)
		if (text_is(request_query(req, "with"), status_name((enum status)status)))
			return (enum status)status;
	return OK; /* without a reply */
}

static enum status
memory(struct request *req)
{
	size_t n = 1024;

	for (; n; n *= 2)
		memset(arena_alloc(req->arena, n), 1, n);
	return OK;
}

static enum status
staff(struct request *req)
{
	return reply_plain(req, 200, request_caller(req)->name);
}

enum {
	FORM_NAME,
	FORM_NOTE,
	FORM_AGE
};
static const struct field form_fields[] = {
	[FORM_NAME] = { .name = "name", .kind = FIELD_TEXT, .max = 20 },
	[FORM_NOTE] = { .name = "note", .kind = FIELD_LINES, .max = 200000, .optional = true },
	[FORM_AGE] = { .name = "age",
	    .kind = FIELD_INT,
	    .min = 1,
	    .max = 150,
	    .optional = true },
	{ 0 },
};

static enum status
form_page(struct request *req)
{
	unsigned char b[ID_BYTES];
	struct id id = form_submission(req);

	memcpy(b, id.b, sizeof b);
	return reply_plain(req, form_failed(req) ? 422 : 200,
	    text_printf(req->arena, "token=%s\nsubmission=%s\n", session_form_token(req),
		id_text(req->arena, id)));
}
static const struct form FORM = { .name = "sample", .fields = form_fields, .show = form_page };

static enum status
form_take(struct request *req)
{
	return reply_plain(req, 200,
	    text_printf(req->arena, "name=%s\nnote=%zu\nage=%lld\n", form_text(req, FORM_NAME),
		strlen(form_text(req, FORM_NOTE)), (long long)form_int(req, FORM_AGE)));
}

/* With a database (that of hdm): who may be seen, read together with the caller. */
static const struct stmt OTHERS = { CALLER_SELECT
	", o.preferred_name" CALLER_FROM
	"JOIN keptword_core.person_public o ON o.id <> c.person_id" CALLER_WHERE
	"ORDER BY o.id" };

static enum status
others(struct request *req)
{
	struct rows *rows = request_opening(req);
	struct buf text = buf_new(req->arena);

	buf_printf(&text, "caller=%s\nzone=%s\nroles=%x\n", request_caller(req)->name,
	    request_caller(req)->zone, request_caller(req)->roles);
	while (rows_next(rows))
		buf_printf(&text, "other=%s\n", rows_text(rows, CALLER_COLUMNS));
	return reply_plain(req, 200, text.p);
}

/* One row of audit per effect, so that effects can be counted. */
static enum status
deed_work(struct request *req, struct db *db, struct receipt *receipt, void *arg)
{
	const char *name = form_text(req, FORM_NAME);

	(void)arg;
	if (text_is(name, "refuse")) {
		form_error(req, FORM_NAME, "taken", NULL);
		return E_INPUT;
	}
	if (text_is(name, "conflict"))
		return E_CONFLICT;
	request_audit(req, db, "sample.deed", name, NULL);
	receipt->location =
	    text_printf(req->arena, "/sample/deeds/%lld", (long long)db_last_id(db));
	return OK;
}

static enum status
deed(struct request *req)
{
	return reply_submit(req, deed_work, NULL);
}

static const struct route routes[] = {
	ROUTE(GET, "/sample/echo", MAY_ANYONE, echo),
	ROUTE(POST, "/sample/echo", MAY_ANYONE, echo, .flags = ROUTE_API),
	ROUTE(GET, "/sample/things/:id", MAY_ANYONE, echo),
	ROUTE(GET, "/sample/things/new", MAY_ANYONE, literal),
	ROUTE(POST, "/sample/only-post", MAY_ANYONE, echo, .flags = ROUTE_API),
	ROUTE(GET, "/sample/big", MAY_ANYONE, big),
	ROUTE(GET, "/sample/slow", MAY_ANYONE, slow),
	ROUTE(GET, "/sample/file", MAY_ANYONE, file),
	ROUTE(GET, "/sample/cookie", MAY_ANYONE, cookie),
	ROUTE(GET, "/sample/header", MAY_ANYONE, header),
	ROUTE(GET, "/sample/redirect", MAY_ANYONE, redirect),
	ROUTE(GET, "/sample/tagged", MAY_ANYONE, tagged),
	ROUTE(GET, "/sample/fail", MAY_ANYONE, fail),
	ROUTE(GET, "/sample/memory", MAY_ANYONE, memory),
	ROUTE(GET, "/sample/form", MAY_ANYONE, form_page, .form = &FORM),
	ROUTE(POST, "/sample/form", MAY_ANYONE, form_take, .form = &FORM),
	ROUTE(
	    POST, "/sample/api/form", MAY_ANYONE, form_take, .form = &FORM, .flags = ROUTE_API,
	    .scope = SCOPE_PAGE),
	ROUTE(GET, "/sample/me", MAY_SIGNED_IN, staff),
	ROUTE(GET, "/sample/api/me", MAY_SIGNED_IN, staff, .flags = ROUTE_API,
	    .scope = SCOPE_PAGE),
	ROUTE(GET, "/sample/api/who", MAY_SIGNED_IN, staff, .flags = ROUTE_API,
	    .scope = "sample:read"),
	ROUTE(POST, "/sample/api/deed", MAY_SIGNED_IN, deed, .form = &FORM, .flags = ROUTE_API,
	    .scope = "sample:write"),
	ROUTE(GET, "/sample/staff", MAY(ROLE(HDM) | ROLE(HDL)), staff),
	ROUTE(GET, "/sample/others", MAY_SIGNED_IN, others, .opening = &OTHERS),
	ROUTE(GET, "/sample/poll", MAY_SIGNED_IN, staff, .flags = ROUTE_NO_TOUCH),
	ROUTE(GET, "/sample/deed", MAY_SIGNED_IN, form_page, .form = &FORM),
	ROUTE(POST, "/sample/deed", MAY_SIGNED_IN, deed, .form = &FORM),
	ROUTE_END,
};

static int
say(struct cli *cli)
{
	const char *word = cli_word(cli, 0);

	if (!word)
		return 2;
	(void)printf("%s %s\n", word, cli_option(cli, "with") ? cli_option(cli, "with") : "-");
	return 0;
}

static const struct command commands[] = {
	{ .name = "say",
	    .usage = "say WORD [--with WORD]",
	    .about = "prints it",
	    .run = say,
	    .without_database = true },
	{ 0 },
};

/* Work: a tick each second leaves a row of audit; a consumer of a stream that does not exist
 * must not hold it up. */
static enum status
tick_work(struct db *db, void *arg)
{
	(void)arg;
	audit_add(db, &(struct audit){ .action = "sample.tick", .object = "tick" });
	return OK;
}

static enum status
tick(struct db *db, struct job *job)
{
	(void)job;
	return db_transact(db, tick_work, NULL, NULL) == OK ? E_ABSENT : E_FAULT;
}

static const struct job_kind jobs[] = {
	{ .name = "tick", .step = tick, .every = 1 },
	{ 0 },
};

static enum status
take(struct db *db, const struct event *event)
{
	(void)db;
	(void)event;
	return OK;
}

static const struct stmt PENDING = {
	"SELECT id, kind, person_id, subject_id, detail, at FROM keptword_nowhere.event_public"
};
static const struct consumer consumers[] = {
	{ .source = "nowhere", .pending = &PENDING, .take = take },
	{ 0 },
};

int
main(int argc, char **argv)
{
	static const struct app app = { .name = "sample",
		.routes = routes,
		.commands = commands,
		.jobs = jobs,
		.consumers = consumers };

	return app_main(&app, argc, argv);
}
