/* secret.c: see secret.h. */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LINE_MOST 1000

enum status
secret_read(struct arena *arena, const char *path, const char **ret)
{
	char *line = arena_alloc(arena, LINE_MOST + 2);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	ssize_t got = fd < 0 ? -1 : 1;

	while (got > 0 && n <= LINE_MOST) {
		got = read(fd, line + n, LINE_MOST + 1 - n);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			n += (size_t)got;
	}
	if (fd >= 0)
		(void)close(fd);
	if (got < 0)
		return E_ABSENT;
	size_t length = strcspn(line, "\r\n");
	if (length == 0 || length > LINE_MOST || (length < n && line[length] == '\0'))
		return E_INPUT;
	line[length] = '\0';
	*ret = line;
	return OK;
}
