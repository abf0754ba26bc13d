/* secret.c: see secret.h. */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define LINE_MOST 1000
#define FILE_MOST ((size_t)2 * (LINE_MOST + 2))

/* What stands in the file, at most FILE_MOST bytes, with a NUL behind it. */
static bool
file_read(const char *path, char *text, size_t *ret_n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	ssize_t got = fd < 0 ? -1 : 1;

	while (got > 0 && n < FILE_MOST) {
		got = read(fd, text + n, FILE_MOST - n);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			n += (size_t)got;
	}
	if (fd >= 0)
		(void)close(fd);
	text[n] = '\0';
	*ret_n = n;
	return got >= 0;
}

static enum status
line_take(char *line, size_t n, const char **ret)
{
	size_t length = strcspn(line, "\r\n");

	if (length == 0 || length > LINE_MOST || (length < n && line[length] == '\0'))
		return E_INPUT;
	line[length] = '\0';
	*ret = line;
	return OK;
}

enum status
secret_read(struct arena *arena, const char *path, const char **ret)
{
	char *text = arena_alloc(arena, FILE_MOST + 1);
	size_t n;

	return file_read(path, text, &n) ? line_take(text, n, ret) : E_ABSENT;
}

enum status
secret_read_before(struct arena *arena, const char *path, const char **ret)
{
	char *text = arena_alloc(arena, FILE_MOST + 1);
	size_t n;

	if (!file_read(path, text, &n))
		return E_ABSENT;
	char *end = strchr(text, '\n');
	if (!end || end[1] == '\0')
		return E_ABSENT;
	return line_take(end + 1, n - (size_t)(end + 1 - text), ret);
}
