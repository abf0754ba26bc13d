/*
 * route_print.c: the route table as text, for the authorization matrix and for people:
 * method, path, who may, flags, form, parted by tabs.
 */
#include <stdio.h>

#include "web/app_impl.h"
#include "web/builtin.h"
#include "web/form.h"

static void
rule_print(struct may may)
{
	const char *comma = "";

	switch (may.kind) {
	case MAY_NOBODY:
		(void)printf("nobody");
		return;
	case MAY_BE_ANYONE:
		(void)printf("anyone");
		return;
	case MAY_BE_SIGNED_IN:
		(void)printf("signed_in");
		return;
	case MAY_HOLD:
		break;
	}
	for (int bit = 0; bit < ROLE_BIT_MAX; bit++) {
		if (!(may.roles & (roles)1 << bit))
			continue;
		(void)printf("%s%s", comma, role_name((enum role_bit)bit));
		comma = ",";
	}
}

static void
flags_print(unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *name;
	} names[] = { { ROUTE_NO_TOUCH, "no_touch" }, { ROUTE_NO_LOG, "no_log" },
		{ ROUTE_API, "api" }, { ROUTE_CHEAP, "cheap" },
		{ ROUTE_NO_SUBMISSION, "no_submission" }, { ROUTE_FROM_MAIL, "from_mail" } };
	const char *comma = "";

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(flags & names[i].flag))
			continue;
		(void)printf("%s%s", comma, names[i].name);
		comma = ",";
	}
	if (!*comma)
		(void)printf("-");
}

/* The scope stands among the flags. */
static void
scope_print(const char *scope)
{
	if (scope)
		(void)printf(",%s", scope);
}

static void
table_print(const struct route *route)
{
	for (; route->path; route++) {
		(void)printf(
		    "%s\t%s\t", route->method == METHOD_GET ? "GET" : "POST", route->path);
		rule_print(route->may);
		(void)printf("\t");
		flags_print(route->flags);
		scope_print(route->scope);
		(void)printf("\t%s\n", route->form_of ? "dynamic"
				       : route->form  ? route->form->name
						      : "-");
	}
}

void
routes_print(const struct app *app)
{
	table_print(app->routes);
	table_print(BUILTIN_ROUTES);
}
