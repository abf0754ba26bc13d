/*
 * pdf_serve.c: a PDF helper's life.
 */
#include "doc/helper_inner.h"
#include "doc/pipework.h"

#include <unistd.h>

_Noreturn void
pdf_serve(int socket)
{
	static struct job_note job;

	/* Nothing is drawn yet: whoever asks finds its pipe closed. */
	while (job_receive(socket, &job)) {
		for (size_t i = 0; i < JOB_FDS_MAX; i++)
			close_fd(&job.fds[i]);
	}
	_exit(0);
}
