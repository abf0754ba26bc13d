/*
 * audit_head.c: the signed heads of a chain in files, see audit_head.h.
 */
#include "data/audit_head.h"

#include "base/config.h"
#include "base/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EVERY MINUTE
#define KEYS_MAX 256
#define FIELDS 8
#define FILE_MAX_BYTES ((off_t)64 * 1024 * 1024) /* a line a minute is 13 MB a month */

/* ---- Files ---- */

/* A whole file as text; NULL with errno. */
static char *
file_read(struct arena *arena, int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat info;
	char *text = NULL;
	size_t n = 0;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= FILE_MAX_BYTES) {
		text = arena_alloc(arena, (size_t)info.st_size + 1);
		while (n < (size_t)info.st_size) {
			ssize_t got = read(fd, text + n, (size_t)info.st_size - n);
			if (got < 0 && errno == EINTR)
				continue;
			if (got <= 0)
				break;
			n += (size_t)got;
		}
		text[n] = '\0';
	} else {
		errno = EFBIG;
	}
	close(fd);
	return text;
}

/* One write, so that lines of two workers do not mix; on the disk when this answers true. */
static bool
file_append(int folder, const char *name, const char *text)
{
	int fd =
	    openat(folder, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
	size_t n = strlen(text);

	if (fd < 0)
		return false;
	bool fine = write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	return close(fd) == 0 && fine;
}

static int
folder_open(const char *path, bool make)
{
	if (make && mkdir(path, 0750) != 0 && errno != EEXIST)
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static const char *
month_file(struct arena *arena, const char *chain, instant at)
{
	struct ymd ymd = day_ymd(day_in_zone(at, "UTC"));

	return text_printf(arena, "%s-%04d-%02d.heads", chain, ymd.year, ymd.month);
}

static const char *
public_file(struct arena *arena, const char *chain, unsigned number)
{
	return text_printf(arena, "%s-%u.pem", chain, number);
}

/* ---- Keys ---- */

static const char *
key_name(struct arena *arena, const char *chain, unsigned number)
{
	return number == 1 ? text_printf(arena, "audit-%s", chain)
			   : text_printf(arena, "audit-%s-%u", chain, number);
}

/* The key that signs: of the highest number there is; the first is made when there is none. */
static enum status
signing_key(struct arena *arena, const char *chain, struct key *ret)
{
	enum status status = crypto_key(key_name(arena, chain, 1), true, ret);

	for (unsigned number = 2; status == OK && number < KEYS_MAX; number++) {
		struct key next;
		if (crypto_key(key_name(arena, chain, number), false, &next) != OK)
			break;
		*ret = next;
		crypto_wipe(&next, sizeof next);
	}
	return status;
}

/* ---- Lines ---- */

static char *
message_of(struct arena *arena, const char *chain, const struct audit_head *head, unsigned key)
{
	return text_printf(arena, "v1 %s %lld %lld %lld %s %u", chain,
	    (long long)head->sequence, (long long)head->audit_id, (long long)head->at,
	    hex_text(arena, (struct bytes){ head->hash, sizeof head->hash }), key);
}

static bool
take_hex(struct arena *arena, const char *text, unsigned char *to, size_t n)
{
	struct bytes bytes;

	if (!hex_bytes(arena, text, &bytes) || bytes.n != n)
		return false;
	memcpy(to, bytes.p, n);
	return true;
}

struct line {
	struct audit_head head;
	int64_t key;
	unsigned char signature[SIGNATURE_BYTES];
};

static bool
line_read(struct arena *arena, const char *chain, const char *text, struct line *ret)
{
	size_t n;
	char **field = text_split(arena, text, ' ', &n);

	return n == FIELDS && text_is(field[0], "v1") && text_is(field[1], chain) &&
	       text_to_int(field[2], &ret->head.sequence) && ret->head.sequence > 0 &&
	       text_to_int(field[3], &ret->head.audit_id) &&
	       text_to_int(field[4], &ret->head.at) &&
	       take_hex(arena, field[5], ret->head.hash, sizeof ret->head.hash) &&
	       text_to_int(field[6], &ret->key) && ret->key > 0 && ret->key < KEYS_MAX &&
	       take_hex(arena, field[7], ret->signature, sizeof ret->signature);
}

/* ---- Copying out ---- */

/* What this process has copied out last; of the chain that it seals. */
static struct {
	bool known;
	int64_t sequence;
	instant at;
} copied;

/* The last line of the month's file, should a worker before us have written one. */
static void
copied_find(struct arena *arena, int folder, const char *chain, instant now)
{
	char *text = file_read(arena, folder, month_file(arena, chain, now));
	struct line line;
	size_t n;

	copied.known = true;
	if (!text)
		return;
	char **lines = text_split(arena, text, '\n', &n);
	for (size_t i = n; i-- > 0;) {
		if (!line_read(arena, chain, lines[i], &line))
			continue;
		copied.sequence = line.head.sequence;
		copied.at = line.head.at;
		return;
	}
}

static bool
write_out(struct arena *arena, int folder, const char *chain, const struct audit_head *head)
{
	struct key key = { 0 };
	unsigned char public_key[PUBLIC_KEY_BYTES], signature[SIGNATURE_BYTES];
	bool fine = signing_key(arena, chain, &key) == OK;
	const char *message = message_of(arena, chain, head, key.number);

	fine = fine && crypto_public(&key, public_key) == OK &&
	       crypto_sign(&key, bytes_of(message), signature) == OK;
	const char *pem = public_file(arena, chain, key.number);
	crypto_wipe(&key, sizeof key);
	if (!fine)
		return false;
	if (faccessat(folder, pem, F_OK, 0) != 0 &&
	    !file_append(folder, pem, crypto_public_pem(arena, public_key)))
		return false;
	return file_append(folder, month_file(arena, chain, head->at),
	    text_printf(arena, "%s %s\n", message,
		hex_text(arena, (struct bytes){ signature, sizeof signature })));
}

void
audit_head_copy_out(struct arena *arena, const char *chain, const struct audit_link *link)
{
	struct audit_head head = { link->sequence, link->audit_id, time_now(), { 0 } };
	int folder = folder_open(config_text(CONFIG_AUDIT_HEADS), true);

	memcpy(head.hash, link->hash, sizeof head.hash);
	if (folder >= 0 && !copied.known) {
		copied_find(arena, folder, chain, head.at);
		if (copied.sequence > head.sequence)
			log_event(LOG_LEVEL_ERROR, "audit_head_behind",
			    LOG_INT("sequence", head.sequence),
			    LOG_INT("copied", copied.sequence));
	}
	bool due = copied.sequence != head.sequence &&
		   (copied.at == 0 || head.at - copied.at >= EVERY || head.at < copied.at);
	if (folder < 0 || (due && !write_out(arena, folder, chain, &head))) {
		log_event(LOG_LEVEL_ERROR, "audit_head_failed", LOG_INT("errno", errno));
	} else if (due) {
		copied.sequence = head.sequence;
		copied.at = head.at;
	}
	if (folder >= 0)
		close(folder);
}

/* ---- Reading ---- */

struct reading {
	struct arena *arena;
	const char *chain;
	int folder;
	struct audit_heads *heads;
	size_t room;
	bool tried[KEYS_MAX], known[KEYS_MAX];
	unsigned char public_key[KEYS_MAX][PUBLIC_KEY_BYTES];
};

/* The public key of a number, once from its file. The secret key of this host, where we may
 * read it, has to be its other half. */
static bool
public_key_find(struct reading *reading, unsigned number)
{
	struct arena *arena = reading->arena;
	struct key key = { 0 };
	unsigned char ours[PUBLIC_KEY_BYTES];

	if (reading->tried[number])
		return reading->known[number];
	reading->tried[number] = true;
	const char *pem =
	    file_read(arena, reading->folder, public_file(arena, reading->chain, number));
	if (!pem || crypto_public_read(pem, reading->public_key[number]) != OK) {
		reading->heads->no_key = true;
		return false;
	}
	bool fits = true;
	if (crypto_key(key_name(arena, reading->chain, number), false, &key) == OK)
		fits = crypto_public(&key, ours) == OK &&
		       memcmp(ours, reading->public_key[number], sizeof ours) == 0;
	crypto_wipe(&key, sizeof key);
	reading->known[number] = fits;
	return fits;
}

static bool
line_holds(struct reading *reading, const char *text, struct line *ret)
{
	if (!line_read(reading->arena, reading->chain, text, ret) ||
	    !public_key_find(reading, (unsigned)ret->key))
		return false;
	return crypto_verify(reading->public_key[ret->key],
	    bytes_of(
		message_of(reading->arena, reading->chain, &ret->head, (unsigned)ret->key)),
	    ret->signature);
}

static void
line_take(struct reading *reading, const char *file, size_t number, const char *text)
{
	struct audit_heads *heads = reading->heads;
	struct line line;

	if (!line_holds(reading, text, &line)) {
		if (heads->n_bad++ == 0) {
			heads->bad_file = file;
			heads->bad_line = number;
		}
		return;
	}
	if (heads->n == reading->room) {
		size_t room = reading->room ? 2 * reading->room : 1000;
		struct audit_head *more =
		    arena_array_of(reading->arena, struct audit_head, room);
		if (heads->n)
			memcpy(more, heads->heads, heads->n * sizeof *more);
		heads->heads = more;
		reading->room = room;
	}
	heads->heads[heads->n++] = line.head;
}

/* "<chain>-YYYY-MM.heads" */
static bool
is_heads_file(const char *name, const char *chain)
{
	size_t n = strlen(chain), length = strlen(name);

	return length == n + strlen("-2026-11.heads") && text_starts(name, chain) &&
	       name[n] == '-' && text_is(name + length - strlen(".heads"), ".heads");
}

static bool
file_take(struct reading *reading, const char *file)
{
	char *text = file_read(reading->arena, reading->folder, file);
	size_t n;

	if (!text)
		return false;
	char **lines = text_split(reading->arena, text, '\n', &n);
	for (size_t i = 0; i < n; i++)
		if (*lines[i] || i + 1 < n)
			line_take(reading, file, i + 1, lines[i]);
	return true;
}

static int
by_sequence(const void *one, const void *other)
{
	const struct audit_head *a = one, *b = other;

	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

/* Takes every file of the chain; how many there were, -1 when one cannot be read. */
static int
files_take(struct reading *reading, DIR *dir)
{
	struct dirent *entry;
	int files = 0;

	/* glibc's readdir() is safe as long as no other thread reads the same stream. */
	while ((entry = readdir(dir)) != NULL) { // NOLINT(concurrency-mt-unsafe)
		if (!is_heads_file(entry->d_name, reading->chain))
			continue;
		if (!file_take(reading, text_copy(reading->arena, entry->d_name)))
			return -1;
		files++;
	}
	return files;
}

enum status
audit_heads_read(
    struct arena *arena, const char *folder, const char *chain, struct audit_heads *ret)
{
	struct reading *reading = arena_new_of(arena, struct reading);
	DIR *dir = opendir(folder);
	int files;

	*ret = (struct audit_heads){ 0 };
	if (!dir)
		return errno == ENOENT ? E_ABSENT : E_FAULT;
	reading->arena = arena;
	reading->chain = chain;
	reading->folder = dirfd(dir);
	reading->heads = ret;
	files = files_take(reading, dir);
	closedir(dir);
	if (ret->n)
		qsort(ret->heads, ret->n, sizeof *ret->heads, by_sequence);
	return files > 0 ? OK : files == 0 ? E_ABSENT : E_FAULT;
}

bool
audit_heads_set_aside(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool fine = true;

	if (!dir)
		return errno == ENOENT;
	while ((entry = readdir(dir)) != NULL) { // NOLINT(concurrency-mt-unsafe)
		const char *end = strrchr(entry->d_name, '.');
		char aside[NAME_MAX + 1];
		if (!text_is(end, ".heads"))
			continue;
		int n = snprintf(aside, sizeof aside, "%s.until-%lld", entry->d_name,
		    (long long)(time_now() / SECOND));
		fine = n > 0 && (size_t)n < sizeof aside &&
		       renameat(dirfd(dir), entry->d_name, dirfd(dir), aside) == 0 && fine;
	}
	closedir(dir);
	return fine;
}
