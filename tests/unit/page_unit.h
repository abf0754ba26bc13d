/*
 * page_unit.h: a copy of templates/ in a folder of its own, in which a test replaces a template
 * by one that shows what it wants to see. The names of marks are those of the real templates.
 */
#ifndef KEPTWORD_PAGE_UNIT_H
#define KEPTWORD_PAGE_UNIT_H

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"
#include "web/page.h"

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}"

static inline void
unit_write(const char *path, struct bytes content)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(content.p, 1, content.n, file), content.n);
	assert_int_equal(fclose(file), 0);
}

/* Calls each(path) for every file one folder below root. */
static inline void
unit_each(struct arena *arena, const char *root,
    void (*each)(struct arena *arena, const char *path, void *arg), void *arg)
{
	DIR *folders = opendir(root);

	assert_non_null(folders);
	for (struct dirent *folder; (folder = readdir(folders));) {
		const char *inner = text_printf(arena, "%s/%s", root, folder->d_name);
		DIR *files = folder->d_name[0] == '.' ? NULL : opendir(inner);

		if (!files)
			continue;
		for (struct dirent *file; (file = readdir(files));)
			if (file->d_name[0] != '.')
				each(arena,
				    text_printf(arena, "%s/%s", folder->d_name, file->d_name),
				    arg);
		(void)closedir(files);
	}
	(void)closedir(folders);
}

static inline void
unit_copy_one(struct arena *arena, const char *path, void *root)
{
	char *target = text_printf(arena, "%s/%s", (const char *)root, path);
	struct bytes content;

	*strrchr(target, '/') = '\0';
	(void)mkdir(target, 0700);
	target[strlen(target)] = '/';
	assert_true(unit_file(arena, text_printf(arena, "templates/%s", path), &content));
	unit_write(target, content);
}

/* The copy; unit_templates_drop() removes it. */
static inline const char *
unit_templates(struct arena *arena)
{
	char *root = text_copy(arena, "/tmp/keptword-unit-XXXXXX");

	assert_non_null(mkdtemp(root));
	unit_each(arena, "templates", unit_copy_one, root);
	return root;
}

static inline void
unit_template(struct arena *arena, const char *root, const char *path, const char *content)
{
	unit_write(text_printf(arena, "%s/%s", root, path), bytes_of(content));
}

static inline void
unit_drop_one(struct arena *arena, const char *path, void *root)
{
	char *target = text_printf(arena, "%s/%s", (const char *)root, path);

	(void)unlink(target);
	*strrchr(target, '/') = '\0';
	(void)rmdir(target);
}

static inline void
unit_templates_drop(struct arena *arena, const char *root)
{
	unit_each(arena, root, unit_drop_one, text_copy(arena, root));
	(void)rmdir(root);
}

/* Starts the pages of a copy, as a set-up of a group of tests: 0, or 1 with the reason told. */
static inline int
unit_page_start(const char *root)
{
	const char *message = "";

	if (page_start(root, &message) == OK)
		return 0;
	print_error("%s\n", message);
	return 1;
}

/* How often a text stands in another. */
static inline size_t
unit_count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

#define assert_has(text, part)                                         \
	do {                                                           \
		if (!strstr((text), (part)))                           \
			fail_msg("no \"%s\" in:\n%s", (part), (text)); \
	} while (0)
#define assert_lacks(text, part)                                           \
	do {                                                               \
		if (strstr((text), (part)))                                \
			fail_msg("\"%s\" stands in:\n%s", (part), (text)); \
	} while (0)

#endif
