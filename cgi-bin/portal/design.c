/*
 * design.c: the catalogue of the parts that pages are put together from, each live and in its
 * states: /design and below. Its one form has a field of every kind and keeps nothing. All
 * words stand in templates/portal/design*.tpl; how a page uses a part, in
 * templates/part/README.md.
 */
#include "portal/design.h"

#include "portal/design_charts.h"
#include "web/page.h"

enum {
	NAME,
	STORY,
	EMAIL,
	SECRET,
	HOURS,
	RATE,
	FIRST_DAY,
	CLOCK,
	MODE,
	TOPICS,
	CV,
	HEARD,
	AGREE
};

static const struct choice MODES[] = { { "text", NULL }, { "voice", NULL }, { "long", NULL },
	{ 0 } };
static const struct choice TOPICS_KNOWN[] = { { "medicine", NULL }, { "law", NULL },
	{ "languages", NULL }, { 0 } };

static const struct field DESIGN_FIELDS[] = {
	[NAME] = { "name", FIELD_TEXT, .max = 80 },
	[STORY] = { "story", FIELD_LINES, .max = 300, .optional = true },
	[EMAIL] = { "email", FIELD_EMAIL },
	[SECRET] = { "secret", FIELD_PASSWORD, .min = 15, .autocomplete = "new-password" },
	[HOURS] = { "hours", FIELD_INT, .min = 1, .max = 40 },
	[RATE] = { "rate", FIELD_MONEY, .min = 1 },
	[FIRST_DAY] = { "first_day", FIELD_DAY },
	[CLOCK] = { "clock", FIELD_SELECT, .choices_of = form_zones },
	[MODE] = { "mode", FIELD_CHOICE, .choices = MODES },
	[TOPICS] = { "topics", FIELD_MANY, .min = 1, .choices = TOPICS_KNOWN },
	[CV] = { "cv", FIELD_FILE, .optional = true },
	[HEARD] = { "heard", FIELD_NOTE },
	[AGREE] = { "agree", FIELD_TICK },
	{ 0 },
};
const struct form DESIGN_FORM = { "design", DESIGN_FIELDS, design_forms_show, true };

/* A page of the catalogue, with the ways to the others. */
static struct page *
design_page(struct request *req, enum tpl tpl, enum mark current)
{
	struct page *page = page_open(req, tpl);

	page_show(page_include(page, MARK_TABS, TPL_PORTAL_DESIGN_TABS), current);
	return page;
}

/* GET /design: tokens, type, buttons, the head of a page, drawings. */
enum status
design_show(struct request *req)
{
	static const enum tpl drawings[] = { TPL_PART_SKY_NIGHT, TPL_PART_SKY_MORNING,
		TPL_PART_SKY_AFTERNOON, TPL_PART_SKY_EVENING, TPL_PART_DOOR, TPL_PART_PEN,
		TPL_PART_CAKE, TPL_PART_THANKS };
	struct page *page = design_page(req, TPL_PORTAL_DESIGN, MARK_TAB_BASICS);

	for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++)
		(void)page_include(page_repeat(page, MARK_DRAWING), MARK_ART, drawings[i]);
	return reply_page(req, 200, page);
}

/* GET /design/forms, and after a wrong answer. */
enum status
design_forms_show(struct request *req)
{
	return reply_page(req, 200, design_page(req, TPL_PORTAL_DESIGN_FORMS, MARK_TAB_FORMS));
}

/* POST /design/forms: nothing is kept; the page says so. */
enum status
design_forms_submit(struct request *req)
{
	struct page *page = design_page(req, TPL_PORTAL_DESIGN_FORMS, MARK_TAB_FORMS);

	page_show(page, MARK_SENT);
	return reply_page(req, 200, page);
}

/* GET /design/lists */
enum status
design_lists_show(struct request *req)
{
	return reply_page(req, 200, design_page(req, TPL_PORTAL_DESIGN_LISTS, MARK_TAB_LISTS));
}

/* GET /design/words: what says how things stand. */
enum status
design_words_show(struct request *req)
{
	struct page *page = design_page(req, TPL_PORTAL_DESIGN_WORDS, MARK_TAB_WORDS);

	page_money(page, MARK_NET, money_of(176250, "USD"));
	(void)page_include(page, MARK_ART, TPL_PART_CAKE);
	return reply_page(req, 200, page);
}

/* GET /design/charts */
enum status
design_charts_show(struct request *req)
{
	struct page *page = design_page(req, TPL_PORTAL_DESIGN_CHARTS, MARK_TAB_CHARTS);

	design_charts(page);
	return reply_page(req, 200, page);
}
