/*
 * entry.h: what a person worked, as they see it and as those see it who approve it.
 */
#ifndef KEPTWORD_PAYMENTS_ENTRY_H
#define KEPTWORD_PAYMENTS_ENTRY_H

#include "web/request.h"

/* The project and day of what an entry is, its state, and what was asked, answered and decided,
 * into a page: columns of ENTRY_COLUMNS_SQL from the first on. */
#define ENTRY_COLUMNS_SQL                                                              \
	"e.public_id, e.day, j.name, e.kind, e.minutes, e.units, e.state, e.note,"     \
	" COALESCE(e.question, ''), COALESCE(e.answer, ''), COALESCE(e.evidence, '')," \
	" COALESCE(e.reason, ''), e.version, p.start_day, p.end_day, p.state"
#define ENTRY_N 16
#define ENTRY_FROM_SQL                                               \
	" FROM work_entry e JOIN pay_period p ON p.id = e.period_id" \
	" JOIN keptword_core.project j ON j.id = e.project_id "
void entry_fill(struct request *req, struct page *page, const struct rows *rows);
int64_t entry_version(const struct rows *rows);
const char *entry_state(const struct rows *rows);
const char *entry_question(const struct rows *rows);

/* Handlers: one's own. */
extern const struct form ENTRY_ADD_FORM, ENTRY_ANSWER_FORM;
enum status entry_list(struct request *req);
enum status entry_add_submit(struct request *req);
enum status entry_show(struct request *req);
enum status entry_answer_submit(struct request *req);

/* Handlers: time entries by API. */
enum status work_entry_api_list(struct request *req);
enum status work_entry_api_add(struct request *req);

/* Handlers: those of others, for finance. */
extern const struct form ENTRIES_APPROVE_FORM, ENTRIES_APPROVE_ALL_FORM;
extern const struct form ENTRY_APPROVE_FORM, ENTRY_QUERY_FORM, ENTRY_REJECT_FORM;
enum status entries_staff(struct request *req);
enum status entries_approve_submit(struct request *req);
enum status entries_approve_all_submit(struct request *req);
enum status entry_staff_show(struct request *req);
enum status entry_approve_submit(struct request *req);
enum status entry_query_show(struct request *req);
enum status entry_query_submit(struct request *req);
enum status entry_reject_show(struct request *req);
enum status entry_reject_submit(struct request *req);

#endif
