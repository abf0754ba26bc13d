/*
 * pdf_serve.c: a PDF helper's life: documents in, files out, one at a time. Forked before
 * threads (helper.c); pango's and cairo's caches grow here and nowhere else. Sees what our own
 * plugin packed, which holds names and texts of people: it may open fonts, but start no
 * program and reach no network.
 */
#include "base/log.h"
#include "doc/helper_inner.h"
#include "doc/pdf_inner.h"
#include "doc/pipework.h"
#include "doc/sandbox.h"

#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define DOCUMENT_SECONDS 10
#define MEMORY_MAX ((size_t)128 << 20)
#define LIFE 20000 /* documents, then a fresh process: caches cannot grow for ever */

/* Fonts are found and the caches filled before the first person waits. */
static void
warm_up(struct arena *arena)
{
	struct pdf_doc *doc = pdf_new(arena);
	struct bytes pdf;
	const char *missing;

	pdf_block(doc, PDF_TITLE, "Aa 0123456789");
	pdf_block(doc, PDF_TEXT, "Aa 0123456789");
	pdf_block(doc, PDF_COLUMNS, "Aa", ">0");
	pdf_block(doc, PDF_ROW, "Aa\nAa", "0");
	(void)!pdf_render_here(arena, doc, &pdf, &missing);
	arena_reset(arena);
}

static void
answer(int out, enum status status, const char *missing, struct bytes pdf)
{
	const struct pdf_answer head = {
		.status = (uint32_t)status,
		.missing = missing != NULL ? (uint32_t)strlen(missing) : 0,
		.pdf = (uint32_t)pdf.n,
	};

	if (write_all(out, &head, sizeof head) && write_all(out, missing, head.missing))
		(void)write_all(out, pdf.p, pdf.n);
}

static void
draw(struct arena *arena, int in, int out)
{
	struct bytes packed, pdf = { NULL, 0 };
	const char *missing = NULL;
	enum status status = E_FAULT;

	if (in >= 0 && fd_to_bytes(in, &packed)) {
		struct pdf_doc *doc = pdf_unpack(arena, packed);
		if (doc != NULL)
			status = pdf_render_here(arena, doc, &pdf, &missing);
		if (packed.n > 0)
			(void)munmap((void *)(uintptr_t)packed.p, packed.n);
	}
	answer(out, status, status == E_INPUT ? missing : NULL, pdf);
}

_Noreturn void
pdf_serve(int socket)
{
	static struct job_note job;
	struct arena *arena = arena_new(MEMORY_MAX);

	if (arena == NULL || !sandbox_renderer()) {
		log_event(LOG_LEVEL_ERROR, "pdf_sandbox");
		_exit(1);
	}
	warm_up(arena);
	for (int i = 0; i < LIFE; i++) {
		if (!job_receive(socket, &job))
			_exit(0);
		/* A document that hangs takes its helper with it; the warden starts another. */
		(void)alarm(DOCUMENT_SECONDS);
		draw(arena, job.fds[0], job.fds[1]);
		(void)alarm(0);
		for (size_t k = 0; k < JOB_FDS_MAX; k++)
			close_fd(&job.fds[k]);
		arena_reset(arena);
	}
	_exit(1);
}
