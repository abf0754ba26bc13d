/*
 * key.c: key files below CONFIG_KEYS, see crypto.h.
 *
 * A key file is made under another name, written through to the disk and then linked to
 * its own name: it is there whole or not at all, and of two that are made at the same
 * time one wins. Nothing is kept here; the caller holds and wipes the key.
 */
#include "base/config.h"
#include "data/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_MOST 64
#define FILE_NAME (NAME_MOST + 40)

static bool
name_is_fine(const char *name)
{
	size_t n = name ? strlen(name) : 0;

	return n > 0 && n <= NAME_MOST &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

/* "care-2" gives 2. */
static unsigned char
number_of(const char *name)
{
	const char *dash = strrchr(name, '-');
	int64_t number;

	if (!dash || dash[1] < '1' || dash[1] > '9' || !text_to_int(dash + 1, &number) ||
	    number > 255)
		return 1;
	return (unsigned char)number;
}

/* The folder of keys, opened; made first where make is set. -1 with errno. */
static int
open_folder(bool make)
{
	const char *path = config_text(CONFIG_KEYS);

	if (make && mkdir(path, 0700) != 0 && errno != EEXIST)
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool
read_whole(int fd, unsigned char *to, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = read(fd, to + done, n - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	return true;
}

static bool
write_whole(int fd, const unsigned char *from, size_t n)
{
	for (size_t done = 0; done < n;) {
		ssize_t put = write(fd, from + done, n - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		done += (size_t)put;
	}
	return true;
}

static enum status
read_key(int folder, const char *file, struct key *key)
{
	int fd = openat(folder, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat info;
	bool fine;

	if (fd < 0)
		return errno == ENOENT ? E_ABSENT : E_FAULT;
	fine = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
	       (info.st_mode & (S_IRWXG | S_IRWXO)) == 0 &&
	       info.st_size == sizeof key->secret &&
	       read_whole(fd, key->secret, sizeof key->secret);
	close(fd);
	return fine ? OK : E_FAULT;
}

/* A file of 32 random bytes, on the disk when this answers true. */
static bool
write_key(int folder, const char *file)
{
	struct key key;
	int fd = openat(folder, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool fine;

	if (fd < 0)
		return false;
	crypto_random(key.secret, sizeof key.secret);
	fine = fchmod(fd, 0600) == 0 && write_whole(fd, key.secret, sizeof key.secret) &&
	       fsync(fd) == 0;
	crypto_wipe(&key, sizeof key);
	return close(fd) == 0 && fine;
}

static enum status
make_key(int folder, const char *file)
{
	unsigned char random[8];
	char other[FILE_NAME];
	enum status status = E_FAULT;

	crypto_random(random, sizeof random);
	(void)snprintf(other, sizeof other, ".new-%02x%02x%02x%02x%02x%02x%02x%02x", random[0],
	    random[1], random[2], random[3], random[4], random[5], random[6], random[7]);
	if (write_key(folder, other) &&
	    (linkat(folder, other, folder, file, 0) == 0 || errno == EEXIST))
		status = OK;
	(void)unlinkat(folder, other, 0);
	return status == OK && fsync(folder) == 0 ? OK : E_FAULT;
}

enum status
crypto_key(const char *name, bool make, struct key *ret)
{
	struct key key = { 0 };
	char file[FILE_NAME];
	enum status status;
	int folder;

	if (!name_is_fine(name))
		return E_FAULT;
	(void)snprintf(file, sizeof file, "%s.key", name);
	folder = open_folder(make);
	if (folder < 0)
		return errno == ENOENT ? E_ABSENT : E_FAULT;
	status = read_key(folder, file, &key);
	if (status == E_ABSENT && make) {
		status = make_key(folder, file);
		if (status == OK)
			status = read_key(folder, file, &key);
	}
	close(folder);
	key.number = number_of(name);
	if (status == OK)
		*ret = key;
	crypto_wipe(&key, sizeof key);
	return status;
}

/* Overwriting does not reach what a disk keeps beside; it is what can be done here. */
static enum status
destroy(int folder, const char *file)
{
	unsigned char random[sizeof((struct key *)0)->secret];
	int fd = openat(folder, file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	bool fine;

	if (fd < 0)
		return errno == ENOENT ? E_ABSENT : E_FAULT;
	crypto_random(random, sizeof random);
	fine = write_whole(fd, random, sizeof random) && fsync(fd) == 0;
	close(fd);
	return unlinkat(folder, file, 0) == 0 && fsync(folder) == 0 && fine ? OK : E_FAULT;
}

enum status
crypto_key_destroy(const char *name)
{
	char file[FILE_NAME];
	enum status status;
	int folder;

	if (!name_is_fine(name))
		return E_FAULT;
	(void)snprintf(file, sizeof file, "%s.key", name);
	folder = open_folder(false);
	if (folder < 0)
		return errno == ENOENT ? E_ABSENT : E_FAULT;
	status = destroy(folder, file);
	close(folder);
	return status;
}
