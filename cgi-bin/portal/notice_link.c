/* notice_link.c: notices whose link is made when they are delivered (notice.h). */
#include "portal/links.h"
#include "portal/notice.h"

const struct notice_link NOTICE_LINKS[] = {
	{ "account.reset", link_reset_path },
	{ "account.invited", link_invite_path },
	{ "account.email_new", link_email_path },
	{ 0 },
};
