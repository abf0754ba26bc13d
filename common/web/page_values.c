/*
 * page_values.c: values of a page, as a reader of its language and zone sees them. The C part
 * of page.h: formats with base/time and base/money into the page's arena and hands the text to
 * the bridge, which does not copy it. Owns nothing.
 */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "web/form.h"
#include "web/language.h"
#include "web/page_impl.h"
#include "web/words.h"

struct page *
page_bare(struct arena *arena, enum tpl tpl, const char *locale, const char *zone)
{
	struct page_context *context = arena_new_of(arena, struct page_context);

	context->arena = arena;
	context->tpl = tpl;
	context->locale = text_empty(locale) ? "en" : locale;
	context->zone = text_empty(zone) ? "UTC" : zone;
	context->language = language_of(context->locale);
	return page_bridge_new(context);
}

const char *
page_locale(const struct page *page)
{
	return page->context->locale;
}

enum status
page_expand(struct page *page, struct arena *arena, const char **ret_text, size_t *ret_size)
{
	struct page_context *context = page->context;
	const char *text;
	size_t size;

	if (context->req && !context->filled) {
		context->filled = true;
		page_open_fill(context->root);
	}
	if (context->failed || !page_bridge_expand(context->root, &text, &size))
		return E_FAULT;
	*ret_text = arena_copy(arena, text, size);
	*ret_size = size;
	return OK;
}

void
page_text(struct page *page, enum mark name, const char *text)
{
	const char *value = text ? text : "";

	page_bridge_set(page, name, value, strlen(value));
}

void
page_int(struct page *page, enum mark name, int64_t n)
{
	page_text(page, name, number_text(page->context->arena, n, page->context->locale));
}

void
page_id(struct page *page, enum mark name, int64_t n)
{
	page_text(page, name, text_printf(page->context->arena, "%" PRId64, n));
}

void
page_day(struct page *page, enum mark name, day d, enum day_style style)
{
	const struct page_context *context = page->context;

	page_text(page, name,
	    d == DAY_NONE ? "" : day_text(context->arena, d, context->locale, style));
}

void
page_instant(struct page *page, enum mark name, instant t)
{
	const struct page_context *context = page->context;

	page_text(
	    page, name, instant_text(context->arena, t, context->zone, context->locale, true));
}

void
page_period(struct page *page, enum mark name, day first, day last)
{
	const struct page_context *context = page->context;

	page_text(page, name, period_text(context->arena, first, last, context->locale));
}

void
page_money(struct page *page, enum mark name, struct money m)
{
	page_text(page, name, money_text(page->context->arena, m, page->context->locale));
}

void
page_amount(struct page *page, enum mark name, struct money m)
{
	page_text(page, name, money_amount(page->context->arena, m, page->context->locale));
}

void
page_minutes(struct page *page, enum mark name, int64_t minutes)
{
	page_text(
	    page, name, minutes_text(page->context->arena, minutes, page->context->locale));
}

void
page_code(struct page *page, const struct code_mark *table, const char *code)
{
	for (const struct code_mark *row = table; row->code; row++)
		if (text_is(row->code, code)) {
			page_show(page, row->mark);
			return;
		}
	log_event(LOG_LEVEL_PANIC, "page_code_unknown", LOG_TEXT("code", code),
	    LOG_INT("template", page->context->tpl));
}

void
page_words(struct page *page, enum mark name, const char *key)
{
	page_text(page, name, words_say(page->context->arena, page->context->locale, key));
}

void
page_count(struct page *page, enum mark name, const char *key, int64_t n)
{
	page_text(page, name,
	    words_say(page->context->arena, page->context->locale, key,
		{ "n", words_count(page->context->arena, n) }));
}
