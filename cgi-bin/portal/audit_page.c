/*
 * audit_page.c: the audit of all programs, to be read and exported, for administrators and
 * auditors. Reading leaves no row; exporting does. Rules: README 17, 18.
 */
#include "base/text.h"
#include "data/audit.h"
#include "data/crypto.h"
#include "doc/csv.h"
#include "portal/audit_find.h"
#include "portal/portal.h"
#include "web/page.h"
#include "web/words.h"

#include <string.h>

#define SHOWN 50
#define EXPORT_MOST 100000
#define EXPORT_BYTES ((size_t)24 * 1024 * 1024)
#define AT_ONCE 5000
#define CHUNK_MEMORY ((size_t)64 * 1024 * 1024)

enum {
	FROM,
	TO,
	WHO,
	ACTION,
	OBJECT,
	CHAIN,
	FORMAT
};
static const struct field EXPORT_FIELDS[] = {
	[FROM] = { "from", FIELD_HIDDEN, .max = 20, .optional = true },
	[TO] = { "to", FIELD_HIDDEN, .max = 20, .optional = true },
	[WHO] = { "who", FIELD_HIDDEN, .max = 254, .optional = true },
	[ACTION] = { "action", FIELD_HIDDEN, .max = 60, .optional = true },
	[OBJECT] = { "object", FIELD_HIDDEN, .max = 80, .optional = true },
	[CHAIN] = { "program", FIELD_HIDDEN, .max = 60, .optional = true },
	/* "csv"; a post without it does nothing. */
	[FORMAT] = { "format", FIELD_HIDDEN, .max = 3 },
	{ 0 },
};
const struct form AUDIT_EXPORT_FORM = { "audit_export", EXPORT_FIELDS, audit_show, false };

static const struct stmt ACTIONS = { "CALL audit_actions()" };

static struct audit_typed
typed_query(struct request *req)
{
	return (struct audit_typed){ request_query(req, "from"), request_query(req, "to"),
		request_query(req, "who"), request_query(req, "action"),
		request_query(req, "object"), request_query(req, "program") };
}

/* ---- Words ---- */

/* What was done in words, the code where there are none yet. */
static const char *
action_text(struct request *req, const char *action)
{
	const char *key = text_printf(request_arena(req), "audit_action.%s", action);
	const char *words = words_get(request_caller(req)->locale, key);

	return words ? words : action;
}

static const char *
chain_text(struct request *req, const char *chain)
{
	const char *key = text_printf(request_arena(req), "audit_chain.%s", chain);
	const char *words = words_get(request_caller(req)->locale, key);

	return words ? words : chain;
}

/* ---- The page ---- */

/* The address of this page with what is asked for; who and behind as given. */
static const char *
address(
    struct arena *arena, const struct audit_typed *typed, const char *who, const char *behind)
{
	const struct {
		const char *name, *value;
	} PARTS[] = { { "from", typed->from }, { "to", typed->to }, { "who", who },
		{ "action", typed->action }, { "object", typed->object },
		{ "program", typed->chain }, { "behind", behind } };
	struct buf all = buf_new(arena);
	const char *mark = "?";

	buf_text(&all, "/staff/audit");
	for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
		if (!text_empty(PARTS[i].value)) {
			buf_printf(&all, "%s%s=%s", mark, PARTS[i].name,
			    url_encode(arena, PARTS[i].value));
			mark = "&";
		}
	return all.p;
}

static void
show_choice(
    struct page *page, enum mark list, const char *code, const char *words, const char *chosen)
{
	struct page *choice = page_repeat(page, list);

	page_text(choice, MARK_CODE, code);
	page_text(choice, MARK_SENTENCE, words);
	if (text_is(code, chosen))
		page_show(choice, MARK_CHOSEN);
}

/* Every action that there is, each once, and every chain. */
static void
show_choices(struct request *req, struct page *page, const struct audit_typed *typed)
{
	struct rows *rows = db_read(request_db(req), &ACTIONS);
	struct buf seen = buf_new(request_arena(req));
	const char *before = "";

	buf_text(&seen, ",");
	while (rows_next(rows)) {
		const char *chain = rows_text(rows, 0), *action = rows_text(rows, 1);
		if (!text_is(action, before))
			show_choice(page, MARK_ACTION_CHOICE, action, action_text(req, action),
			    typed->action);
		before = action;
		const char *once = text_printf(request_arena(req), ",%s,", chain);
		if (strstr(seen.p, once))
			continue;
		buf_printf(&seen, "%s,", chain);
		show_choice(
		    page, MARK_CHAIN_CHOICE, chain, chain_text(req, chain), typed->chain);
	}
}

static void
show_filter(struct request *req, struct page *page, const struct audit_typed *typed)
{
	page_text(page, MARK_FROM, typed->from);
	page_text(page, MARK_TO, typed->to);
	page_text(page, MARK_Q_WHO, typed->who);
	page_text(page, MARK_Q_OBJECT, typed->object);
	show_choices(req, page, typed);
}

static void
show_row(struct request *req, struct page *page, struct rows *rows)
{
	struct page *line = page_repeat(page, MARK_ROW);

	page_instant(line, MARK_AT, rows_instant(rows, AUDIT_AT));
	page_text(line, MARK_ACTION, action_text(req, rows_text(rows, AUDIT_ACTION)));
	page_text(line, MARK_OBJECT, rows_text(rows, AUDIT_OBJECT));
	page_text(line, MARK_PROGRAM, chain_text(req, rows_text(rows, AUDIT_CHAIN)));
	if (!text_empty(rows_text(rows, AUDIT_WHOM)))
		page_text(page_repeat(line, MARK_WHOM), MARK_NAME, rows_text(rows, AUDIT_WHOM));
	if (rows_int(rows, AUDIT_ACTOR) == 0)
		page_show(line, MARK_BY_SYSTEM);
	else if (rows_null(rows, AUDIT_WHO_ID) || !request_holds(req, ROLE(ADMIN)))
		page_text(
		    page_repeat(line, MARK_BY_PERSON), MARK_NAME, rows_text(rows, AUDIT_WHO));
	else {
		struct page *who = page_repeat(line, MARK_BY_LINKED);
		page_text(who, MARK_NAME, rows_text(rows, AUDIT_WHO));
		page_text(
		    who, MARK_PERSON_ID, rows_id_text(request_arena(req), rows, AUDIT_WHO_ID));
	}
	if (!text_empty(rows_text(rows, AUDIT_REASON)))
		page_text(
		    page_repeat(line, MARK_WHY), MARK_REASON, rows_text(rows, AUDIT_REASON));
	if (!text_empty(rows_text(rows, AUDIT_REQUEST)))
		page_text(page_repeat(line, MARK_WITH_REQUEST), MARK_REQUEST,
		    rows_text(rows, AUDIT_REQUEST));
	page_id(line, MARK_ROW_NO, rows_int(rows, AUDIT_ID));
	if (rows_null(rows, AUDIT_SEQUENCE))
		page_show(line, MARK_UNSEALED);
	else
		page_id(
		    page_repeat(line, MARK_SEALED), MARK_SEAL, rows_int(rows, AUDIT_SEQUENCE));
}

static void
show_export(struct page *page, const struct audit_typed *typed)
{
	struct page *form = page_repeat(page, MARK_MAY_EXPORT);

	page_tokens(form);
	page_text(form, MARK_FROM, typed->from);
	page_text(form, MARK_TO, typed->to);
	page_text(form, MARK_Q_WHO, typed->who);
	page_text(form, MARK_Q_ACTION, typed->action);
	page_text(form, MARK_Q_OBJECT, typed->object);
	page_text(form, MARK_Q_CHAIN, typed->chain);
}

static void
show_rows(struct request *req, struct page *page, const struct audit_typed *typed,
    const struct audit_asked *asked)
{
	struct arena *arena = request_arena(req);
	struct db *db = request_db(req);
	struct rows *rows = audit_find(db, asked, SHOWN + 1);
	struct audit_place last = { 0 };

	if (db_status(db) == E_LIMIT) { /* rare ones among very many */
		db_recover(db);
		page_show(page, MARK_TOO_LONG);
		return;
	}
	if (db_status(db) == E_DENIED) { /* no such program */
		db_recover(db);
		page_show(page, MARK_NONE);
		return;
	}
	struct page *list = rows_count(rows) ? page_repeat(page, MARK_ROWS) : NULL;
	if (!list)
		page_show(page, MARK_NONE);
	for (int shown = 0; shown < SHOWN && rows_next(rows); shown++) {
		show_row(req, list, rows);
		last = audit_place_at(rows);
	}
	if (list)
		show_export(page, typed);
	if (rows_count(rows) > SHOWN)
		page_text(page_repeat(page, MARK_MORE), MARK_NEXT,
		    address(arena, typed, typed->who, audit_place_text(arena, &last)));
	if (asked->behind.at)
		page_text(page_repeat(page, MARK_BACK), MARK_URL,
		    address(arena, typed, typed->who, ""));
}

static void
show_people(struct request *req, struct page *page, const struct audit_typed *typed,
    struct rows *people)
{
	struct page *list = page_repeat(page, MARK_WHICH);

	while (rows_next(people)) {
		struct page *line = page_repeat(list, MARK_PERSON);
		const char *code = text_printf(
		    request_arena(req), "person:%lld", (long long)rows_int(people, 0));
		page_text(line, MARK_NAME, rows_text(people, 1));
		page_text(line, MARK_CODE, code);
		page_text(line, MARK_URL, address(request_arena(req), typed, code, ""));
	}
}

/* GET /staff/audit?from=&to=&who=&action=&object=&program=&behind= */
enum status
audit_show(struct request *req)
{
	struct audit_typed typed = typed_query(req);
	struct audit_asked asked = audit_meant(req, request_db(req), &typed);
	struct page *page = page_open(req, TPL_PORTAL_AUDIT);

	asked.behind = audit_place_read(request_arena(req), request_query(req, "behind"));
	show_filter(req, page, &typed);
	if (asked.bad_day)
		page_show(page, MARK_BAD_DAY);
	else if (asked.who)
		show_people(req, page, &typed, asked.who);
	else if (asked.nobody)
		page_show(page, MARK_NONE);
	else
		show_rows(req, page, &typed, &asked);
	return reply_page(req, 200, page);
}

/* ---- The export ---- */

struct exporting {
	struct request *req;
	struct audit_asked asked;
	struct csv_writer writer;
	int64_t n;
	bool more; /* than are given */
};

static void
put_row(struct exporting *exporting, struct rows *rows, struct arena *chunk)
{
	struct csv_writer *writer = &exporting->writer;
	int64_t actor = rows_int(rows, AUDIT_ACTOR);

	csv_cell(writer, instant_iso(chunk, rows_instant(rows, AUDIT_AT)));
	csv_cell(writer, rows_text(rows, AUDIT_CHAIN));
	csv_cell(writer, text_printf(chunk, "%lld", (long long)rows_int(rows, AUDIT_ID)));
	csv_cell(
	    writer, actor ? text_printf(chunk, "person:%lld", (long long)actor) : "system");
	csv_cell(writer, rows_text(rows, AUDIT_WHO));
	csv_cell(writer, rows_text(rows, AUDIT_ACTION));
	csv_cell(writer, rows_text(rows, AUDIT_OBJECT));
	csv_cell(writer, rows_text(rows, AUDIT_REASON));
	csv_cell(writer, rows_text(rows, AUDIT_REQUEST));
	csv_cell(writer,
	    rows_null(rows, AUDIT_SEQUENCE)
		? ""
		: text_printf(chunk, "%lld", (long long)rows_int(rows, AUDIT_SEQUENCE)));
	csv_end(writer);
}

/* Some thousand rows in memory of their own; false when these were the last. */
static bool
put_some(struct exporting *exporting, struct arena *chunk, enum status *ret)
{
	struct db *db = db_lease(chunk, DB_WEB);
	struct rows *rows = audit_find(db, &exporting->asked, AT_ONCE + 1);
	int64_t n = 0;
	bool more = false;

	while (rows_next(rows)) {
		if (exporting->n == EXPORT_MOST || exporting->writer.out->n >= EXPORT_BYTES) {
			exporting->more = true;
			more = false;
			break;
		}
		if (n++ == AT_ONCE) {
			more = true;
			break;
		}
		put_row(exporting, rows, chunk);
		exporting->n++;
		exporting->asked.behind = audit_place_at(rows);
	}
	exporting->asked.behind.chain =
	    text_copy(request_arena(exporting->req), exporting->asked.behind.chain);
	*ret = db_status(db);
	db_release(db);
	arena_reset(chunk);
	return more && *ret == OK;
}

static void
free_chunk(void *arg)
{
	arena_free(arg);
}

static enum status
put_all(struct exporting *exporting)
{
	static const char *const HEADS[] = { "at", "program", "row", "actor", "name", "action",
		"object", "reason", "request", "seal" };
	struct arena *chunk = arena_new(CHUNK_MEMORY);
	enum status status = OK;

	if (!chunk)
		return E_BUSY;
	arena_hook(request_arena(exporting->req), free_chunk, chunk);
	for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
		csv_cell(&exporting->writer, HEADS[i]);
	csv_end(&exporting->writer);
	while (put_some(exporting, chunk, &status))
		;
	if (exporting->more) {
		csv_cell(&exporting->writer,
		    words_say(request_arena(exporting->req),
			request_caller(exporting->req)->locale, "audit_export.more"));
		csv_end(&exporting->writer);
	}
	return status;
}

/* That somebody took rows away, and which, is itself told. */
static enum status
tell(struct db *db, void *arg)
{
	const struct exporting *exporting = arg;
	const struct audit_asked *asked = &exporting->asked;
	struct arena *arena = db_arena(db);

	request_audit(exporting->req, db, "audit.exported",
	    text_printf(arena, "audit:%lld", (long long)exporting->n),
	    text_printf(arena, "from=%s to=%s actor=%s action=%s object=%s program=%s",
		asked->from ? instant_iso(arena, asked->from) : "",
		asked->to ? instant_iso(arena, asked->to) : "",
		asked->by_actor ? text_printf(arena, "%lld", (long long)asked->actor) : "",
		asked->action ? asked->action : "", asked->object ? asked->object : "",
		asked->chain ? asked->chain : ""));
	return db_status(db);
}

/* POST /staff/audit/export: a file, not a page; sent twice it is two files and two rows. */
enum status
audit_export(struct request *req)
{
	struct audit_typed typed = { form_text(req, FROM), form_text(req, TO),
		form_text(req, WHO), form_text(req, ACTION), form_text(req, OBJECT),
		form_text(req, CHAIN) };
	struct arena *arena = request_arena(req);
	/* At its full size at once: growing would leave pieces of it behind. */
	struct buf out = { arena, arena_alloc(arena, EXPORT_BYTES + (size_t)64 * 1024), 0,
		EXPORT_BYTES + (size_t)64 * 1024 };
	struct exporting exporting = { .req = req,
		.asked = audit_meant(req, request_db(req), &typed),
		.writer = { &out, 0 } };

	if (!audit_askable(&exporting.asked))
		return E_INPUT;
	enum status status = put_all(&exporting);
	if (status == OK)
		status = db_transact(request_db(req), tell, NULL, &exporting);
	if (status != OK)
		return status;
	return reply_file(req, "text/csv",
	    text_printf(arena, "audit-%s.csv", day_iso(arena, day_in_zone(time_now(), "UTC"))),
	    (struct bytes){ (const unsigned char *)out.p, out.n });
}
