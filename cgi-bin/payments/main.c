/*
 * payments: what people are paid and why. Time entries come in, are approved, a period is
 * locked, its statements are issued. See README.md beside this file.
 */
#include "payments/statement.h"
#include "web/app.h"

#define CONTRIBUTOR MAY(ROLE(CONTRIBUTOR))
#define FINANCE MAY(ROLE(FINANCE))

static const struct route ROUTES[] = {
	ROUTE(GET, "/payments/statements", CONTRIBUTOR, statement_list,
	    .opening = &STATEMENTS_OF_CALLER),
	ROUTE(GET, "/payments/statements/:id", CONTRIBUTOR, statement_show),
	ROUTE(GET, "/payments/statements/:id/csv", CONTRIBUTOR, statement_csv),
	ROUTE(GET, "/payments/staff/statements/:id", FINANCE, statement_staff_show),
	ROUTE_END,
};

static const struct app APP = {
	.name = "payments",
	.routes = ROUTES,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
