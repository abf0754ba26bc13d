/*
 * words.c: the tables of sentences, one a language, see words.h; words_fill.c puts values into
 * them. Used by forms, pages and handlers.
 *
 * Owns a hash table with open addressing for each language, filled by words_start() before any
 * thread and const from then on; keys and sentences lie in one arena that lives as long as the
 * process. Limits: FILE_MAX_BYTES a file, ENTRIES_MAX entries a language.
 */
#include "web/words.h"

#include "base/text.h"
#include "web/language.h"

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

struct table {
	struct entry *entries; /* SLOTS of them; NULL before words_start() */
	size_t count;
};

static struct arena *words_arena;
static struct table tables[LANGUAGE_MAX];

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
slot_of(const struct table *table, const char *key)
{
	size_t at = hash(key);

	while (table->entries[at].key && strcmp(table->entries[at].key, key) != 0)
		at = (at + 1) & (SLOTS - 1);
	return &table->entries[at];
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
add_line(struct table *table, char *line, const char *folder)
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
	if (table->count >= ENTRIES_MAX)
		return "there are too many entries";
	unescape(sentence);
	entry = slot_of(table, key);
	if (entry->key)
		return text_printf(
		    words_arena, "the key %s stands in %s already", key, entry->folder);
	*entry = (struct entry){ key, sentence, folder };
	table->count++;
	return NULL;
}

static const char *
add_file(struct table *table, char *content, const char *folder)
{
	size_t n, number = 0;
	char **lines = text_split(words_arena, text_lines(words_arena, content), '\n', &n);

	for (size_t i = 0; i < n; i++) {
		char *line = text_trim(words_arena, lines[i]);
		const char *wrong;

		number++;
		if (!*line || *line == '#')
			continue;
		wrong = add_line(table, line, folder);
		if (wrong)
			return text_printf(
			    words_arena, "%s/words, line %zu: %s", folder, number, wrong);
	}
	return NULL;
}

static enum status
read_folders(struct table *table, DIR *dir, const char *root, const char **ret_message)
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
		wrong = add_file(table, content, folder);
		if (wrong) {
			*ret_message = text_printf(words_arena, "%s/%s.", root, wrong);
			return E_INPUT;
		}
	}
	return OK;
}

static enum status
read_language(struct table *table, const char *root, const char **ret_message)
{
	enum status status;
	DIR *dir = opendir(root);

	if (!dir) {
		*ret_message =
		    text_printf(words_arena, "The folder %s cannot be opened.", root);
		return E_ABSENT;
	}
	table->entries = arena_array_of(words_arena, struct entry, SLOTS);
	status = read_folders(table, dir, root, ret_message);
	closedir(dir);
	return status;
}

enum status
words_start(const char *root, const char **ret_message)
{
	enum status status = OK;

	arena_free(words_arena);
	memset(tables, 0, sizeof tables);
	words_arena = arena_new(ALL_MAX_BYTES);
	if (!words_arena) {
		*ret_message = "There is no memory left.";
		return E_FAULT;
	}
	for (unsigned i = 0; status == OK && i < language_count(); i++)
		status = read_language(&tables[i],
		    text_printf(words_arena, "%s/%s", root, language_folder(i)), ret_message);
	return status;
}

const char *
words_get(const char *locale, const char *key)
{
	const struct table *table = &tables[language_of(locale)];
	const char *sentence = table->entries && key ? slot_of(table, key)->sentence : NULL;

	if (!sentence && table != tables && tables->entries && key)
		return slot_of(tables, key)->sentence;
	return sentence;
}
