/*
 * health.h: does a plugin answer and reach its database? Every plugin answers GET /-/health on
 * its socket; health_ask() asks one, with a FastCGI client of a few lines.
 */
#ifndef KEPTWORD_HEALTH_H
#define KEPTWORD_HEALTH_H

#include "base/status.h"

#define HEALTH_PATH "/-/health"

/* Asks the plugin behind a unix socket and waits at most timeout milliseconds in all. OK: it
 * answered 200; E_BUSY: it answered otherwise (its database is away); E_AWAY: it did not
 * answer. */
MUST_USE enum status health_ask(const char *socket_path, int timeout);

#endif
