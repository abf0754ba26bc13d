/*
 * hdm.h: what the files of this plugin know of each other: whose people a caller may see, a
 * person of a list as one record, and the handlers that main.c puts into its route table.
 */
#ifndef KEPTWORD_HDM_H
#define KEPTWORD_HDM_H

#include "base/time.h"
#include "data/db.h"
#include "data/event.h"
#include "data/retention.h"
#include "data/job.h"
#include "web/page.h"
#include "web/request.h"

/* ---- Whose people (README 1): the pods that a caller may look into, as a table of pod ids in
 * SQL. Its three values are those of scope_of(), in this order: the HDM of the pod, one who
 * leads it, 1 for an HDL, who sees every pod. ---- */
#define PODS_SQL                                                                      \
	"(SELECT a.id FROM keptword_core.pod a WHERE a.hdm_person_id = ?"             \
	" AND a.state = 'active'"                                                     \
	" UNION SELECT b.id FROM keptword_core.pod b JOIN keptword_core.pod_member l" \
	"  ON l.pod_id = b.id AND l.part = 'lead' AND l.to_on IS NULL"                \
	"  WHERE l.person_id = ? AND b.state = 'active'"                              \
	" UNION SELECT c.id FROM keptword_core.pod c WHERE ? = 1 AND c.state = 'active')"

struct scope {
	struct value hdm, lead, all;
};
struct scope scope_of(const struct request *req);

/* ---- Pay, seen from here (README 4): was the money there on the promised day? ---- */
enum punctual {
	PUNCTUAL_NONE,    /* no statement yet */
	PUNCTUAL_ON_TIME, /* there on the promised day or before */
	PUNCTUAL_LATE,    /* there, but later */
	PUNCTUAL_COMING,  /* promised for today or later */
	PUNCTUAL_MISSING  /* the promised day has passed and it is not there */
};
struct statement_days {
	day start, end;      /* the period; end DAY_NONE: no statement */
	day promised, funds; /* funds DAY_NONE: not there yet */
	const char *cause;   /* code of a delay, "" for none */
};
/* The day that counts for pay: today in the zone of the company's first pay schedule. */
day punctual_today(struct db *db);
enum punctual punctual_of(const struct statement_days *days, day today);
/* "on_time", "late" ... for tables that machines read; "" for none. */
const char *punctual_code(enum punctual punctual);
/* Shows the sentence of the page part templates/hdm/punctual.tpl in a section of it. */
void punctual_show(struct page *page, const struct statement_days *days, day today);
/* The columns start, end, promised, funds, cause from column first on. */
struct statement_days punctual_read(const struct rows *rows, unsigned first);

/* ---- The list of people (people.c), made into a page and a CSV ---- */
struct person_line {
	struct id id;
	const char *name, *projects;
	instant last;                    /* 0: never */
	instant due;                     /* by when the next contact is due */
	instant talk;                    /* 0: no first talk is due */
	int64_t minutes, minutes_before; /* this period and the one before */
	struct statement_days pay;
};
struct people {
	struct person_line *lines;
	size_t n;
	bool more;      /* there are others behind these */
	day start, end; /* this period; start DAY_NONE: there is none */
	day start_before, end_before;
	day today; /* in the zone of the pay schedule */
	int64_t due_days;
};
/* The caller's people, of one pod (0: all), from place first on, at most most. order: a code of
 * the list's columns, anything else is "due". */
MUST_USE enum status people_read(struct request *req, const char *order, int64_t pod,
    int64_t first, int64_t most, struct people *ret);
/* The pod that ?pod= names if the caller may look into it; 0 for all. E_ABSENT: there is no
 * such pod for the caller. */
MUST_USE enum status people_pod(struct request *req, int64_t *ret);
/* Whole days of the calendar of zone between two instants; 0: the same day. */
int64_t days_between(instant from, instant to, const char *zone);

/* ---- Handlers ---- */
enum status people_list(struct request *req);
enum status people_csv(struct request *req);
enum status people_api(struct request *req);

/* person.c */
enum status person_show(struct request *req);
/* The person whom the route's first parameter names, if somebody of the caller's own people as
 * their HDM; 0 otherwise. */
int64_t person_as_hdm(struct request *req, struct db *db);

/* contact.c */
extern const struct form CONTACT_FORM;
enum status contact_submit(struct request *req);
/* Fills the form of a page with now, in the caller's zone. */
void contact_form_now(struct request *req);

/* my_contacts.c */
enum status my_contacts(struct request *req);

/* note.c */
extern const struct form NOTE_FORM;
enum status note_show(struct request *req);
enum status note_submit(struct request *req);

/* overdue.c: job "hdm.overdue", every minute: who waits for longer than promised is told to
 * their HDM, later to the HDLs. */
enum status overdue_step(struct db *db, struct job *job);

/* talk.c: what comes from other plugins. */
extern const struct consumer TALK_CONSUMERS[];

/* retention.c: how long rows are kept. */
extern const struct retention HDM_RETENTION[];

#endif
