/*
 * progress.h: one way to show how far long work is: the part templates/layout/progress.tpl of a
 * page ({{>PROGRESS}}), and a small JSON by which that page looks again (a route with
 * ROUTE_API | ROUTE_NO_TOUCH, which answers 304 while nothing has moved).
 */
#ifndef KEPTWORD_WEB_PROGRESS_H
#define KEPTWORD_WEB_PROGRESS_H

#include "web/page.h"
#include "web/request.h"

struct progress {
	const char
	    *sentence; /* key of words with {done} and {total}: "{done} of {total} people." */
	int64_t done, total; /* total 0: cannot be told in numbers */
	instant begun;       /* 0: not yet */
	const char *state;   /* a code, for scripts */
	bool ended;          /* there is nothing to wait for any more */
};

/* What a job has done so far, from the first row of a read of PROGRESS_SQL; nothing while there is
 * no job yet. One that has failed has ended, in the state "stopped". True when there was a row: a
 * column behind those is the caller's, from PROGRESS_COLUMNS on. */
#define PROGRESS_SQL "state, done, total, begun_at"
#define PROGRESS_COLUMNS 4
bool progress_job(struct progress *progress, struct rows *job);

/* How long it will still take, as far as that can be told honestly: not before a twentieth is
 * done and 5 seconds have passed; -1 then. */
instant progress_left(const struct progress *progress, instant now);

/* The whole sentence for a reader: how much of how much, and about how long it still takes. */
const char *progress_text(
    struct arena *arena, const struct progress *progress, instant now, const char *locale);

/* Fills {{>PROGRESS}} of a page or section. poll: address of the JSON; again: of the page, for
 * a reader without scripts. */
void progress_show(struct request *req, struct page *page, const struct progress *progress,
    const char *poll, const char *again);

/* Answers the JSON: state, done, total, text, ended; or 304. */
enum status progress_reply(struct request *req, const struct progress *progress);

#endif
