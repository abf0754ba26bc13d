/*
 * role.c: the words of roles and their bits, both from ROLE_LIST.
 */
#include "web/role.h"

#include "base/text.h"

static const char *const names[] = {
#define X(upper, lower) [ROLE_BIT_##upper] = (lower),
	ROLE_LIST(X)
#undef X
};

const char *
role_name(enum role_bit bit)
{
	return (unsigned)bit < ROLE_BIT_MAX ? names[bit] : "";
}

roles
role_of(const char *name)
{
	for (unsigned bit = 0; bit < ROLE_BIT_MAX; bit++)
		if (text_is(names[bit], name))
			return (roles)1 << bit;
	return 0;
}
