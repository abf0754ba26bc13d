/*
 * health.c: is everything there? Asks each socket under RUN/sock whether its plugin reaches its
 * database. 200 when all do, else 503; which ones do not stands in the log and in the answer by
 * their names, for whoever runs this: /healthz is the one address that speaks to machines.
 */
#include "web/health.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "portal/portal.h"

#include <dirent.h>

#define ASK_MS 1000

enum status
health_show(struct request *req)
{
	struct arena *arena = request_arena(req);
	const char *folder = text_printf(arena, "%s/sock", config_text(CONFIG_RUN));
	struct buf away = buf_new(arena);
	int asked = 0;
	DIR *dir = opendir(folder);

	if (!dir)
		return reply_plain(req, 503, "no sockets\n");
	/* glibc's readdir() is safe as long as no other thread reads the same stream. */
	struct dirent *entry;
	while ((entry = readdir(dir)) != NULL) { // NOLINT(concurrency-mt-unsafe)
		size_t n = bytes_of(entry->d_name).n;
		if (n < 6 || !text_is(entry->d_name + n - 5, ".sock") ||
		    text_is(entry->d_name, "db.sock"))
			continue;
		asked++;
		if (health_ask(text_printf(arena, "%s/%s", folder, entry->d_name), ASK_MS) !=
		    OK)
			buf_printf(&away, "%.*s\n", (int)n - 5, entry->d_name);
	}
	closedir(dir);
	if (asked && !away.n)
		return reply_plain(req, 200, "ok\n");
	reply_header(req, "Retry-After", "5");
	log_event(LOG_LEVEL_WARN, "unhealthy", LOG_INT("asked", asked));
	return reply_plain(req, 503, away.n ? away.p : "no sockets\n");
}
