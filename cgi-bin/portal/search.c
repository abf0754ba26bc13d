/*
 * search.c: what a person may see, found by the beginnings of words.
 *
 * It reads the view `search` of core, which the schema command unites out of what each plugin
 * publishes (README 11; the columns are told in sql/core/views.sql); the rights of each row
 * stand in the row. Three reads: the pages of the site (their names stand in the words files,
 * so they are compared here), what belongs to the caller, and what the caller's roles open.
 * Who asks is told to the view in variables, which MariaDB hands down into each of its parts;
 * values for '?' it would compare only with the whole of everything. Names of many people are
 * an index range (`word`); what is looked through row by row is one person's or few.
 *
 * Limits: TERMS_MAX words; READ_MOST rows of what is one's own and of what is open; of people
 * only as many as begin with a word that is not COMMON; half a second for what is open.
 */
#include "base/text.h"
#include "portal/portal.h"
#include "portal/search_terms.h"
#include "web/face.h"
#include "web/page.h"
#include "web/words.h"

#include <string.h>

#define SHOWN 20
#define READ_MOST ((size_t)100) /* of each read */
#define PAGES_MOST 60
#define NEVER "\x01" /* no text holds it */

#define COMMON_FROM 1000 /* a word that begins so many narrows nothing */

static const struct stmt WORDS = {
	"SELECT COUNT(*) FROM (SELECT 1 FROM person_word"
	" WHERE word LIKE ? COLLATE utf8mb4_unicode_520_ci LIMIT 1000) x"
};
static const struct stmt ASK = {
	"SET @search_person = ?, @search_roles = ?, @search_word = ?"
};
#define MAY_SEE_SQL                                      \
	" (roles IS NULL OR roles & @search_roles <> 0)" \
	" AND NOT (not_for <=> @search_person)"
/* Texts of a UNION say their collation: otherwise it counts no more than that of a literal. */
#define TITLE_SQL "title COLLATE utf8mb4_unicode_520_ci"
static const struct stmt PAGES = {
	"SELECT code, url FROM search WHERE person_id IS NULL AND" MAY_SEE_SQL
	" AND word IS NULL AND CHAR_LENGTH(title) = 0 LIMIT 60"
};
/* The words of a row: its texts with the signs taken out that part words, its days and its
 * amount as tokens. Then for each term: its text, its token, the kinds that are called so. */
#define FOUND_SQL                                                                           \
	"SELECT x.code, x.title, x.extra, x.first_day, x.last_day, x.minor, x.currency,"    \
	" x.url, x." TITLE_SQL " LIKE ? AS first FROM (SELECT code, title, extra,"          \
	"  first_day, last_day, minor, currency, url, at, CONCAT(' ', REPLACE(REPLACE("     \
	"   REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(" TITLE_SQL ", ' ', extra), '-', ' '),"  \
	"   '.', ' '), ',', ' '), '@', ' '), '''', ' '), '’', ' '), ' ',"                 \
	"   CONCAT_WS(' ', first_day, last_day, CONCAT('month-', MONTH(first_day)),"        \
	"   CONCAT('month-', MONTH(last_day)), CONCAT('minor-', minor), ''), ' ') AS words" \
	"  FROM search WHERE"
#define TERM_SQL                             \
	" (x.words LIKE ? OR x.words LIKE ?" \
	" OR FIND_IN_SET(x.code COLLATE utf8mb4_unicode_520_ci, ?))"
#define TERMS_SQL                                                                       \
	" AND CHAR_LENGTH(title) > 0) x WHERE" TERM_SQL " AND" TERM_SQL " AND" TERM_SQL \
	" AND" TERM_SQL " AND" TERM_SQL " ORDER BY first DESC, x.at DESC, x.url LIMIT 101"
static const struct stmt OWN = { FOUND_SQL
	" person_id = @search_person AND" MAY_SEE_SQL TERMS_SQL };
static const struct stmt OPEN = {
	"SET STATEMENT max_statement_time = 0.5 FOR " FOUND_SQL
	" person_id IS NULL AND" MAY_SEE_SQL " AND (word IS NULL"
	" OR word LIKE (@search_word COLLATE utf8mb4_unicode_520_ci))" TERMS_SQL
};

struct hit {
	const char *code, *title, *extra, *url;
	day first, last;
	struct money amount; /* currency "" for none */
	bool at_first;       /* the title begins with what was typed */
	bool shown;
};
struct hits {
	struct hit *list;
	size_t n;
	bool more; /* others were found that are not here, or could not be looked for */
};
struct search {
	struct request *req;
	struct search_terms terms;
	const char *kinds[TERMS_MAX]; /* codes whose name a term begins, parted by commas */
	struct hits pages, hits;
};

/* ---- Pages and kinds of things ---- */

/* The name of a page or kind of thing, and other words by which people look for it. */
static const char *
names_of(struct arena *arena, const char *locale, const char *code)
{
	const char *also = words_get(locale, text_printf(arena, "%s.also", code));
	const char *kind = words_say(arena, locale, text_printf(arena, "%s.kind", code));

	return also ? text_printf(arena, "%s, %s", kind, also) : kind;
}

static bool
named_by_all(struct search *search, const char *code)
{
	struct arena *arena = request_arena(search->req);
	const char *names = names_of(arena, request_caller(search->req)->locale, code);
	bool all = true;

	for (size_t i = 0; i < search->terms.n; i++) {
		if (search_term_in(arena, &search->terms.term[i], names))
			search->kinds[i] = text_printf(arena, "%s,%s", search->kinds[i], code);
		else
			all = false;
	}
	return all;
}

/* The pages that are named so; without terms all of them. */
static void
find_pages(struct search *search)
{
	struct arena *arena = request_arena(search->req);
	struct rows *rows = db_read(request_db(search->req), &PAGES);

	search->pages.list = arena_array_of(arena, struct hit, PAGES_MOST);
	while (rows_next(rows) && search->pages.n < PAGES_MOST)
		if (named_by_all(search, rows_text(rows, 0)))
			search->pages.list[search->pages.n++] =
			    (struct hit){ .code = rows_text(rows, 0),
				    .url = rows_text(rows, 1) };
}

/* ---- Things ---- */

static bool
known(const struct hits *hits, const char *url)
{
	for (size_t i = 0; i < hits->n; i++)
		if (text_is(hits->list[i].url, url))
			return true;
	return false;
}

static void
take(struct hits *hits, struct rows *rows)
{
	size_t n = 0;

	while (rows_next(rows)) {
		if (n++ == READ_MOST) {
			hits->more = true;
			return;
		}
		if (known(hits, rows_text(rows, 7)))
			continue;
		struct hit *hit = &hits->list[hits->n++];
		*hit = (struct hit){ .code = rows_text(rows, 0),
			.title = rows_text(rows, 1),
			.extra = rows_text(rows, 2),
			.first = rows_day(rows, 3),
			.last = rows_day(rows, 4),
			.url = rows_text(rows, 7),
			.at_first = rows_int(rows, 8) != 0 };
		if (!rows_null(rows, 5))
			hit->amount = rows_money(rows, 5);
	}
}

/* The word by which names are looked for: of the terms the one with which the fewest names
 * begin; of those with which none does (somebody who applies has no account yet, a domain is no
 * name) the longest that is no month or number. NEVER: too many begin with each, so that
 * looking would take longer than anybody waits. */
static const char *
word_of(struct search *search)
{
	struct arena *arena = request_arena(search->req);
	int64_t fewest = COMMON_FROM;
	const char *word = NEVER, *unknown = "";
	bool common = false;

	for (size_t i = 0; i < search->terms.n; i++) {
		const struct search_term *term = &search->terms.term[i];
		const char *begin = text_printf(arena, "%s%%", term->text);
		int64_t n = db_int(request_db(search->req), &WORDS, 0, v_text(begin));
		if (n > 0 && n < fewest) {
			fewest = n;
			word = begin;
		}
		common = common || n >= COMMON_FROM;
		if (n == 0 && !*term->other && strlen(begin) > strlen(unknown))
			unknown = begin;
	}
	if (fewest < COMMON_FROM)
		return word;
	if (*unknown)
		return unknown;
	search->hits.more = common;
	return NEVER;
}

/* Tells the view who asks. That too many names begin so matters to those who find people. */
static void
ask(struct search *search)
{
	const struct caller *caller = request_caller(search->req);

	db_write(request_db(search->req), &ASK, v_int(caller->person), v_int(caller->roles),
	    v_text(word_of(search)));
	search->hits.more =
	    search->hits.more && request_holds(search->req, ROLES_STAFF | ROLE(REVIEWER));
}

static void
find_things(struct search *search)
{
	struct arena *arena = request_arena(search->req);
	struct db *db = request_db(search->req);
	struct value values[1 + 3 * TERMS_MAX + 1];
	const struct search_terms *terms = &search->terms;
	size_t n = 0;

	values[n++] = v_text(text_printf(arena, "%s%%", terms->term[0].text));
	for (size_t i = 0; i < TERMS_MAX; i++) {
		const struct search_term *term = i < terms->n ? &terms->term[i] : NULL;
		values[n++] = v_text(term ? text_printf(arena, "%% %s%%", term->text) : "%");
		values[n++] = v_text(
		    term && *term->other ? text_printf(arena, "%% %s%%", term->other) : NEVER);
		values[n++] = v_text(term ? search->kinds[i] : "");
	}
	values[n] = (struct value){ 0 };
	search->hits.list = arena_array_of(arena, struct hit, 2 * READ_MOST);
	take(&search->hits, db_read_values(db, &OWN, values));
	take(&search->hits, db_read_values(db, &OPEN, values));
	if (db_status(db) == E_LIMIT) { /* so many that it took too long */
		db_recover(db);
		search->hits.more = true;
	}
	/* What begins with the words comes first, the rest as it was read; insertion keeps it.
	 */
	for (size_t i = 1; i < search->hits.n; i++)
		for (size_t k = i; k > 0 && search->hits.list[k].at_first &&
				   !search->hits.list[k - 1].at_first;
		     k--) {
			struct hit hit = search->hits.list[k];
			search->hits.list[k] = search->hits.list[k - 1];
			search->hits.list[k - 1] = hit;
		}
}

/* ---- The page ---- */

/* Puts a hit's own words into its kind's sentence; nothing when the kind has no such sentence.
 */
static const char *
hit_sentence(struct search *search, const struct hit *hit, const char *part)
{
	struct arena *arena = request_arena(search->req);
	const char *locale = request_caller(search->req)->locale;
	const char *key = text_printf(arena, "%s.%s", hit->code, part);
	const char *period = "", *amount = "";

	if (!words_get(locale, key))
		return "";
	if (hit->first != DAY_NONE && hit->last != DAY_NONE && hit->first != hit->last)
		period = period_text(arena, hit->first, hit->last, locale);
	else if (hit->first != DAY_NONE)
		period = day_text(arena, hit->first, locale, DAY_LONG);
	if (*hit->amount.currency)
		amount = money_text(arena, hit->amount, locale);
	return words_say(arena, locale, key, { "title", hit->title }, { "extra", hit->extra },
	    { "period", period }, { "amount", amount });
}

static void
show_hit(struct search *search, struct page *group, const struct hit *hit)
{
	struct page *line = page_repeat(group, MARK_HIT);
	const char *about = hit_sentence(search, hit, "about");

	page_text(line, MARK_URL, face_link(search->req, hit->url));
	page_text(line, MARK_SENTENCE, hit_sentence(search, hit, "found"));
	if (*about)
		page_text(page_repeat(line, MARK_ABOUT), MARK_WHY, about);
}

/* The hits from place first on, each kind under its name, kinds in the order of their first. */
static void
show_things(struct search *search, struct page *page, size_t first)
{
	struct hits *hits = &search->hits;
	size_t end = first + SHOWN < hits->n ? first + SHOWN : hits->n;

	for (size_t i = first; i < end; i++) {
		if (hits->list[i].shown)
			continue;
		struct page *group = page_repeat(page, MARK_GROUP);
		page_words(group, MARK_KIND,
		    text_printf(request_arena(search->req), "%s.kind", hits->list[i].code));
		for (size_t k = i; k < end; k++) {
			if (!text_is(hits->list[k].code, hits->list[i].code))
				continue;
			hits->list[k].shown = true;
			show_hit(search, group, &hits->list[k]);
		}
	}
}

static void
show_pages(struct search *search, struct page *page, enum mark section)
{
	struct page *list = search->pages.n ? page_repeat(page, section) : NULL;

	for (size_t i = 0; i < search->pages.n; i++) {
		struct page *line = page_repeat(list, MARK_PLACE);
		page_text(line, MARK_URL, face_link(search->req, search->pages.list[i].url));
		page_words(line, MARK_SENTENCE,
		    text_printf(
			request_arena(search->req), "%s.kind", search->pages.list[i].code));
	}
}

/* Which page of results is asked for, from 0. */
static size_t
page_asked(struct request *req)
{
	int64_t n = 0;

	return text_to_int(request_query(req, "page"), &n) && n > 1 &&
		       n <= (int64_t)(2 * READ_MOST / SHOWN)
		   ? (size_t)n - 1
		   : 0;
}

static void
show_found(struct search *search, struct page *page)
{
	size_t at = page_asked(search->req), first = at * SHOWN;

	if (at == 0)
		show_pages(search, page, MARK_PLACES);
	show_things(search, page, first);
	if (first + SHOWN < search->hits.n) {
		struct page *more = page_repeat(page, MARK_MORE);
		page_text(more, MARK_Q, request_query(search->req, "q"));
		page_id(more, MARK_NEXT, (int64_t)at + 2);
	} else if (search->hits.more) {
		page_show(page, MARK_TOO_MANY);
	}
}

/* Nothing typed, or nothing found: the places one can go to instead. */
static void
show_all_pages(struct search *search, struct page *page)
{
	search->terms.n = 0;
	search->pages.n = 0;
	find_pages(search);
	show_pages(search, page, MARK_ALL_PLACES);
}

/* GET /search?q=words&page=2 */
enum status
search_show(struct request *req)
{
	const char *q = request_query(req, "q");
	struct search *search = arena_new_of(request_arena(req), struct search);
	struct page *page = page_open(req, TPL_PORTAL_SEARCH);

	search->req = req;
	search->terms = search_terms(request_arena(req), q, request_caller(req)->locale);
	for (size_t i = 0; i < TERMS_MAX; i++)
		search->kinds[i] = "";
	page_text(page, MARK_Q, q);
	ask(search);
	if (search->terms.cut)
		page_show(page, MARK_CUT);
	if (search->terms.n) {
		find_pages(search);
		find_things(search);
	}
	if (search->pages.n || search->hits.n)
		show_found(search, page);
	else {
		if (search->hits.more)
			page_show(page, MARK_TOO_MANY);
		else if (search->terms.n)
			page_text(page_repeat(page, MARK_NOTHING), MARK_Q, q);
		else if (*q)
			page_show(page, MARK_NO_WORDS);
		show_all_pages(search, page);
	}
	return reply_page(req, 200, page);
}
