/* notice_link.c: notices whose link is made when they are delivered (notice.h). */
#include "portal/notice.h"

const struct notice_link NOTICE_LINKS[] = {
	{ 0 },
};
