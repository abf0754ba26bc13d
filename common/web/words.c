/*
 * words.c: the table of sentences, see words.h. Used by forms, pages and handlers.
 *
 * Owns one hash table with open addressing, filled by words_start() before any thread and
 * const from then on; keys and sentences lie in one arena that lives as long as the
 * process. Limits: FILE_MAX_BYTES a file, ENTRIES_MAX entries in all.
 */
#include "web/words.h"

#include "base/log.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES ((off_t)1 << 20)
#define ALL_MAX_BYTES ((size_t)64 * 1024 * 1024)
#define SLOTS 16384 /* a power of two */
#define ENTRIES_MAX (SLOTS / 2)

struct entry {
	const char *key; /* NULL: free */
	const char *sentence;
	const char *folder;
};

static struct arena *words_arena;
static struct entry *entries;
static size_t entry_count;

/* FNV-1a. */
static size_t
hash(const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32) & (SLOTS - 1);
}

/* The entry of key, or the free one where it belongs. There is always a free one. */
static struct entry *
slot_of(const char *key)
{
	size_t at = hash(key);

	while (entries[at].key && strcmp(entries[at].key, key) != 0)
		at = (at + 1) & (SLOTS - 1);
	return &entries[at];
}

/* Whole content of folder/words below root; NULL with a status that tells why. A folder
 * without such a file is E_ABSENT. */
static char *
read_file(int root, const char *folder, enum status *ret_status)
{
	const char *path = text_printf(words_arena, "%s/words", folder);
	int fd = openat(root, path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	char *content;
	size_t n = 0;

	*ret_status = errno == ENOENT || errno == ENOTDIR ? E_ABSENT : E_FAULT;
	if (fd < 0)
		return NULL;
	*ret_status = E_FAULT;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > FILE_MAX_BYTES) {
		close(fd);
		return NULL;
	}
	content = arena_alloc(words_arena, (size_t)info.st_size + 1);
	while (n < (size_t)info.st_size) {
		ssize_t got = read(fd, content + n, (size_t)info.st_size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	if (n < (size_t)info.st_size || !text_valid(content, n, NULL))
		return NULL;
	*ret_status = OK;
	return content;
}

/* Letters, digits, '_', '-' and '.'. */
static bool
is_key(const char *key)
{
	return *key &&
	       key[strspn(
		   key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")] ==
		   '\0';
}

/* "\n" becomes a line end and "\\" a backslash, in place; other backslashes stay. */
static void
unescape(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (text[0] == '\\' && (text[1] == 'n' || text[1] == '\\')) {
			*to++ = text[1] == 'n' ? '\n' : '\\';
			text++;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

/* One line "key = sentence". NULL, or what is wrong with it. */
static const char *
add_line(char *line, const char *folder)
{
	char *equals = strchr(line, '=');
	struct entry *entry;
	char *key, *sentence;

	if (!equals)
		return "there is no \"=\"";
	*equals = '\0';
	key = text_trim(words_arena, line);
	sentence = text_trim(words_arena, equals + 1);
	if (!is_key(key))
		return "the key may hold letters, digits, \"_\", \"-\" and \".\" only";
	if (!*sentence)
		return "the sentence is empty";
	if (entry_count >= ENTRIES_MAX)
		return "there are too many entries";
	unescape(sentence);
	entry = slot_of(key);
	if (entry->key)
		return text_printf(
		    words_arena, "the key %s stands in %s already", key, entry->folder);
	*entry = (struct entry){ key, sentence, folder };
	entry_count++;
	return NULL;
}

static const char *
add_file(char *content, const char *folder)
{
	size_t n, number = 0;
	char **lines = text_split(words_arena, text_lines(words_arena, content), '\n', &n);

	for (size_t i = 0; i < n; i++) {
		char *line = text_trim(words_arena, lines[i]);
		const char *wrong;

		number++;
		if (!*line || *line == '#')
			continue;
		wrong = add_line(line, folder);
		if (wrong)
			return text_printf(
			    words_arena, "%s/words, line %zu: %s", folder, number, wrong);
	}
	return NULL;
}

static enum status
read_folders(DIR *dir, const char *root, const char **ret_message)
{
	struct dirent *item;

	/* Before any thread. NOLINTNEXTLINE(concurrency-mt-unsafe) */
	while ((item = readdir(dir))) {
		const char *folder = text_copy(words_arena, item->d_name);
		enum status status;
		char *content;
		const char *wrong;

		if (*folder == '.')
			continue;
		content = read_file(dirfd(dir), folder, &status);
		if (status == E_ABSENT)
			continue;
		if (!content) {
			*ret_message = text_printf(words_arena,
			    "%s/%s/words cannot be read, is larger than 1 MiB or is not UTF-8.",
			    root, folder);
			return E_FAULT;
		}
		wrong = add_file(content, folder);
		if (wrong) {
			*ret_message = text_printf(words_arena, "%s/%s.", root, wrong);
			return E_INPUT;
		}
	}
	return OK;
}

enum status
words_start(const char *root, const char **ret_message)
{
	enum status status;
	DIR *dir;

	arena_free(words_arena);
	entries = NULL;
	entry_count = 0;
	words_arena = arena_new(ALL_MAX_BYTES);
	if (!words_arena) {
		*ret_message = "There is no memory left.";
		return E_FAULT;
	}
	entries = arena_array_of(words_arena, struct entry, SLOTS);
	dir = opendir(root);
	if (!dir) {
		*ret_message =
		    text_printf(words_arena, "The folder %s cannot be opened.", root);
		return E_ABSENT;
	}
	status = read_folders(dir, root, ret_message);
	closedir(dir);
	return status;
}

const char *
words_get(const char *key)
{
	return entries && key ? slot_of(key)->sentence : NULL;
}

/* The value of a name of n bytes; NULL when pairs do not have it. */
static const char *
value_of(const struct words_pair *pairs, const char *name, size_t n)
{
	for (; pairs && pairs->name; pairs++)
		if (strncmp(pairs->name, name, n) == 0 && pairs->name[n] == '\0')
			return pairs->value ? pairs->value : "";
	return NULL;
}

const char *
words_fill(struct arena *arena, const char *key, const struct words_pair *pairs)
{
	const char *sentence = words_get(key);
	struct buf buf;

	if (!sentence) {
		log_event(LOG_LEVEL_PANIC, "words_missing", LOG_TEXT("key", key));
		return text_copy(arena, key);
	}
	if (!strchr(sentence, '{'))
		return sentence;
	buf = buf_new(arena);
	while (*sentence) {
		size_t plain = strcspn(sentence, "{");
		const char *close_at, *value;

		buf_add(&buf, sentence, plain);
		sentence += plain;
		if (!*sentence)
			break;
		close_at = strchr(sentence, '}');
		value = close_at
			    ? value_of(pairs, sentence + 1, (size_t)(close_at - sentence) - 1)
			    : NULL;
		if (value) {
			buf_text(&buf, value);
			sentence = close_at + 1;
		} else {
			buf_char(&buf, *sentence++);
		}
	}
	return buf.p;
}
