/*
 * @name@: people ask, and the HDM who looks after them answers. See README.md beside this file.
 */
#include "@name@/@name@.h"
#include "web/app.h"

#define CONTRIBUTOR MAY(ROLE(CONTRIBUTOR))
#define HDM MAY(ROLE(HDM))

static const struct route ROUTES[] = {
	ROUTE(GET, "/@name@/asks", CONTRIBUTOR, ask_list, .form = &ASK_ADD_FORM),
	ROUTE(POST, "/@name@/asks", CONTRIBUTOR, ask_add_submit, .form = &ASK_ADD_FORM),
	ROUTE(GET, "/@name@/asks/:id", CONTRIBUTOR, ask_show),
	ROUTE(GET, "/@name@/staff/asks", HDM, ask_staff_list),
	ROUTE(GET, "/@name@/staff/asks/:id", HDM, ask_staff_show, .form = &ASK_ANSWER_FORM),
	ROUTE(POST, "/@name@/staff/asks/:id", HDM, ask_answer_submit, .form = &ASK_ANSWER_FORM),
	ROUTE_END,
};

static const struct app APP = {
	.name = "@name@",
	.routes = ROUTES,
	.retention = @NAME@_RETENTION,
};

int
main(int argc, char **argv)
{
	return app_main(&APP, argc, argv);
}
