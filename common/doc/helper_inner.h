/*
 * helper_inner.h: between helper.c, which keeps the processes, and those who give them work.
 * Private to common/doc.
 */
#ifndef KEPTWORD_HELPER_INNER_H
#define KEPTWORD_HELPER_INNER_H

#include "doc/helper.h"

#include <stdint.h>

enum helper_kind {
	HELPER_PARSE,
	HELPER_PDF,
	HELPER_KIND_MAX
};

const struct parser *helper_parsers(void); /* as given to helper_start() */
bool helper_runs(enum helper_kind kind);

/* Sends a job (pipework.h). E_AWAY: there are no helpers, or they are lost (see helper.c). */
MUST_USE enum status helper_send(
    enum helper_kind kind, uint32_t job, const char *text, const int *fds, size_t n);

/* At most CONFIG_PARSERS or CONFIG_PDF_HELPERS jobs at a time: waits up to 2 s, then E_BUSY. */
MUST_USE enum status helper_take_slot(enum helper_kind kind);
void helper_give_slot(enum helper_kind kind);

/* A PDF helper's life (pdf_serve.c): jobs from socket until it closes. Never returns. */
_Noreturn void pdf_serve(int socket);

#endif
