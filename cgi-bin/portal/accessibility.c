/*
 * accessibility.c: the public statement on accessibility. Its words stand in the template; the
 * address to write to is configuration.
 */
#include "base/config.h"
#include "base/text.h"
#include "portal/portal.h"
#include "web/page.h"

/* GET /accessibility */
enum status
accessibility_show(struct request *req)
{
	struct page *page = page_open(req, TPL_PORTAL_ACCESSIBILITY);
	const char *contact = config_text(CONFIG_CONTACT);

	page_text(page, MARK_ORGANISATION, config_text(CONFIG_ORGANISATION));
	if (text_empty(contact))
		page_show(page, MARK_NO_CONTACT);
	else
		page_text(page_repeat(page, MARK_CONTACT), MARK_CONTACT_ADDRESS, contact);
	return reply_page(req, 200, page);
}
