/*
 * notice_words.c: a notice in the words of its reader. The words stand in the words files of
 * templates/ under notice.<kind>.subject, .text and .action; what is the same for all under
 * notice.greeting and so on in portal's own. Values come from the notice's detail.
 */
#include "base/config.h"
#include "base/text.h"
#include "portal/notice.h"
#include "web/face.h"
#include "web/language.h"
#include "web/page.h"
#include "web/words.h"

#include <jansson.h>
#include <string.h>

#define VALUES_MOST 12 /* members of a detail that count; more is our bug */

bool
notice_optional(const char *topic)
{
	return text_is(topic, "survey") || text_is(topic, "reminder") ||
	       text_is(topic, "staff");
}

/* "12345 EUR" as the reader writes it; what is no such text as it stands. */
static const char *
money_value(struct arena *arena, const char *text, const char *locale)
{
	const char *blank = strchr(text, ' ');
	int64_t minor;

	if (!blank || strlen(blank + 1) != 3 ||
	    !text_to_int(arena_copy(arena, text, (size_t)(blank - text)), &minor))
		return text;
	return money_text(arena, money_of(minor, blank + 1), locale);
}

/* "2026-11-02/2026-11-15" as the reader writes it. */
static const char *
period_value(struct arena *arena, const char *text, const char *locale)
{
	const char *slash = strchr(text, '/');
	day first, last;

	if (!slash || !day_parse(arena_copy(arena, text, (size_t)(slash - text)), &first) ||
	    !day_parse(slash + 1, &last))
		return text;
	return period_text(arena, first, last, locale);
}

static bool
is_day(const char *name)
{
	size_t n = strlen(name);

	return text_is(name, "day") || (n > 4 && text_is(name + n - 4, "_day"));
}

static const char *
value_of(struct arena *arena, const char *name, const json_t *value, const char *locale)
{
	const char *text;
	day d;

	if (json_is_integer(value))
		return words_count(arena, json_integer_value(value));
	text = text_copy(arena, json_is_string(value) ? json_string_value(value) : "");
	if (is_day(name) && day_parse(text, &d))
		return day_text(arena, d, locale, DAY_LONG);
	if (text_is(name, "period"))
		return period_value(arena, text, locale);
	if (text_is(name, "money"))
		return money_value(arena, text, locale);
	return text;
}

static void
drop(void *arg)
{
	json_decref(arg);
}

/* Who it is for and the members of detail, ended by NULL. */
static const struct words_pair *
values_make(struct arena *arena, const struct delivery *delivery, const char *locale)
{
	struct words_pair *pairs = arena_array_of(arena, struct words_pair, VALUES_MOST + 4);
	json_t *detail = json_loads(delivery->detail, JSON_REJECT_DUPLICATES, NULL);
	size_t n = 0;
	const char *name;
	json_t *value;

	pairs[n++] = (struct words_pair){ "organisation", config_text(CONFIG_ORGANISATION) };
	pairs[n++] = (struct words_pair){ "name", delivery->name };
	pairs[n++] = (struct words_pair){ "provider", config_text(CONFIG_OIDC_NAME) };
	if (!detail)
		return pairs;
	arena_hook(arena, drop, detail);
	json_object_foreach(detail, name, value)
	{
		if (n < VALUES_MOST + 3)
			pairs[n++] = (struct words_pair){ text_copy(arena, name),
				value_of(arena, name, value, locale) };
	}
	return pairs;
}

bool
notice_text_make(struct arena *arena, const struct delivery *delivery, const char *path,
    struct notice_text *ret)
{
	const char *locale = text_empty(delivery->locale) ? "en" : delivery->locale;
	const struct words_pair *pairs = values_make(arena, delivery, locale);
	const char *kind = text_printf(arena, "notice.%s", delivery->kind);
	const char *subject = text_printf(arena, "%s.subject", kind);

	if (!words_get("en", subject))
		return false;
	*ret = (struct notice_text){
		.locale = locale,
		.subject = words_fill(arena, locale, subject, pairs),
		.greeting = words_fill(arena, locale, "notice.greeting", pairs),
		.text = words_fill(arena, locale, text_printf(arena, "%s.text", kind), pairs),
		.action =
		    words_fill(arena, locale, text_printf(arena, "%s.action", kind), pairs),
		.url = text_printf(arena, "%s%s", face_of_path(path), path),
		.hint = words_fill(arena, locale, "notice.hint", pairs),
		.why = words_fill(
		    arena, locale, text_printf(arena, "notice.why.%s", delivery->topic), pairs),
	};
	if (notice_optional(delivery->topic) && delivery->person) {
		ret->stop = words_fill(arena, locale, "notice.stop", pairs);
		const char *stop =
		    notice_stop_path(arena, delivery->person_id, delivery->topic);
		ret->stop_url = text_printf(arena, "%s%s", face_of_path(stop), stop);
	}
	return true;
}

/* Addresses stand on lines of their own, so that they keep their direction and can be clicked.
 */
const char *
notice_plain(struct arena *arena, const struct notice_text *text)
{
	struct buf buf = buf_new(arena);

	buf_printf(&buf, "%s\n\n%s\n\n%s\n%s\n\n%s\n\n-- \n%s\n", text->greeting, text->text,
	    text->action, text->url, config_text(CONFIG_ORGANISATION), text->why);
	if (text->stop)
		buf_printf(&buf, "%s\n%s\n", text->stop, text->stop_url);
	return buf.p;
}

enum status
notice_html(struct arena *arena, const struct notice_text *text, const char **ret)
{
	struct page *page = page_bare(arena, TPL_MAIL_HTML, text->locale, "UTC");
	size_t n, size;
	char **paragraphs = text_split(arena, text->text, '\n', &n);

	page_text(page, MARK_LANG, language_attribute(text->locale));
	page_text(page, MARK_DIR, language_right_to_left(text->locale) ? "rtl" : "ltr");
	page_text(page, MARK_SUBJECT, text->subject);
	page_text(page, MARK_GREETING, text->greeting);
	for (size_t i = 0; i < n; i++)
		if (*paragraphs[i])
			page_text(page_repeat(page, MARK_PARAGRAPH), MARK_TEXT, paragraphs[i]);
	page_text(page, MARK_ACTION, text->action);
	page_text(page, MARK_URL, text->url);
	page_text(page, MARK_HINT, text->hint);
	page_text(page, MARK_ORGANISATION, config_text(CONFIG_ORGANISATION));
	page_text(page, MARK_WHY, text->why);
	if (text->stop) {
		struct page *stop = page_repeat(page, MARK_STOP);
		page_text(stop, MARK_STOP_WORDS, text->stop);
		page_text(stop, MARK_STOP_URL, text->stop_url);
	}
	return page_expand(page, arena, ret, &size);
}
