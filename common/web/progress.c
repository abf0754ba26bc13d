/*
 * progress.c: see progress.h. Used by pages of long work. Owns nothing.
 */
#include "web/progress.h"

#include "base/text.h"
#include "data/json.h"
#include "web/words.h"

#define TELL_AFTER (5 * SECOND)
#define TELL_FROM 20 /* a twentieth */

bool
progress_job(struct progress *progress, struct rows *job)
{
	if (!rows_next(job))
		return false;
	progress->done = rows_int(job, 1);
	progress->total = rows_int(job, 2);
	progress->begun = rows_null(job, 3) ? 0 : rows_instant(job, 3);
	if (text_is(rows_text(job, 0), "failed")) {
		progress->state = "stopped";
		progress->ended = true;
	}
	return true;
}

instant
progress_left(const struct progress *progress, instant now)
{
	instant spent = now - progress->begun;

	if (progress->begun == 0 || progress->total <= 0 || progress->done <= 0 ||
	    progress->done >= progress->total || spent < TELL_AFTER ||
	    progress->done < progress->total / TELL_FROM)
		return -1;
	/* Whole seconds: microseconds times people would not fit. */
	return spent / SECOND * (progress->total - progress->done) / progress->done * SECOND;
}

const char *
progress_text(
    struct arena *arena, const struct progress *progress, instant now, const char *locale)
{
	instant left = progress_left(progress, now);
	const char *sentence;

	if (progress->total <= 0 && progress->begun == 0)
		return words_say(arena, locale, "progress.waits");
	sentence = words_say(arena, locale, progress->sentence,
	    { "done", words_count(arena, progress->done) },
	    { "total", words_count(arena, progress->total) });
	if (left < 0)
		return sentence;
	if (left < MINUTE)
		return words_say(arena, locale, "progress.soon", { "sentence", sentence });
	return words_say(arena, locale, "progress.more", { "sentence", sentence },
	    { "time", minutes_text(arena, (left + MINUTE / 2) / MINUTE, locale) });
}

void
progress_show(struct request *req, struct page *page, const struct progress *progress,
    const char *poll, const char *again)
{
	struct page *part = page_include(page, MARK_PROGRESS, TPL_LAYOUT_PROGRESS);

	page_text(part, MARK_POLL, poll);
	page_text(part, MARK_AGAIN, again);
	page_text(part, MARK_SENTENCE,
	    progress_text(
		request_arena(req), progress, time_now(), request_caller(req)->locale));
	if (progress->total <= 0) {
		page_show(part, MARK_NO_BAR);
		return;
	}
	struct page *bar = page_repeat(part, MARK_BAR);
	page_id(bar, MARK_TOTAL, progress->total);
	page_id(bar, MARK_DONE, progress->done);
}

enum status
progress_reply(struct request *req, const struct progress *progress)
{
	struct arena *arena = request_arena(req);
	instant now = time_now(), left = progress_left(progress, now);
	const char *etag = text_printf(arena, "\"%s-%lld-%lld-%lld-%d\"", progress->state,
	    (long long)progress->done, (long long)progress->total,
	    (long long)(left < 0 ? -1 : (left + MINUTE / 2) / MINUTE), progress->ended);
	enum status status = db_status(request_db(req));

	if (status == OK)
		status = reply_unless_changed(req, etag);
	if (status != E_ABSENT)
		return status;
	return reply_json_value(req, 200,
	    json_held(arena,
		json_pack("{s:s, s:I, s:I, s:s, s:b}", "state", progress->state, "done",
		    (json_int_t)progress->done, "total", (json_int_t)progress->total, "text",
		    progress_text(arena, progress, now, request_caller(req)->locale), "ended",
		    progress->ended)));
}
