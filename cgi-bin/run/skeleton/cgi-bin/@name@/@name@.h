/*
 * @name@.h: what the files of this plugin know of each other: the rules that a test asks for by
 * themselves, the forms and handlers that main.c puts into its tables.
 */
#ifndef KEPTWORD_@NAME@_H
#define KEPTWORD_@NAME@_H

#include "base/time.h"
#include "data/retention.h"
#include "web/request.h"

/* By when an answer is promised (README 3): the end of the third working day behind the day on
 * which it was asked, in the zone of who asked. Saturday and Sunday do not count. */
instant ask_due(instant asked, const char *zone);

/* ask.c: for who asks. */
extern const struct form ASK_ADD_FORM;
enum status ask_list(struct request *req);
enum status ask_add_submit(struct request *req);
enum status ask_show(struct request *req);

/* ask_staff.c: for who answers. */
extern const struct form ASK_ANSWER_FORM;
enum status ask_staff_list(struct request *req);
enum status ask_staff_show(struct request *req);
enum status ask_answer_submit(struct request *req);

/* ask_rule.c: what the worker deletes when it was kept long enough (README 5). */
extern const struct retention @NAME@_RETENTION[];

#endif
