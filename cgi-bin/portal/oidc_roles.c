/*
 * oidc_roles.c: which roles the claims of an ID token give. The file is read at each sign-in,
 * so a change counts at the next. Each line: claim, value, role, parted by tabs; '#' begins a
 * comment. A claim that begins with '/' is a path into nested objects ("/realm_access/roles").
 */
#include "portal/oidc.h"

#include <string.h>

#include "base/config.h"

#define COLUMNS 3

static const json_t *
claim_of(struct arena *arena, const json_t *claims, const char *name)
{
	size_t n;
	char **steps;

	if (*name != '/')
		return json_object_get(claims, name);
	steps = text_split(arena, name + 1, '/', &n);
	for (size_t i = 0; i < n; i++)
		claims = json_object_get(claims, steps[i]);
	return claims;
}

/* Is the claim this text, or a list that holds it? */
static bool
says(const json_t *claim, const char *value)
{
	const json_t *one;
	size_t i;

	if (text_is(json_string_value(claim), value))
		return true;
	json_array_foreach(
	    claim, i, one) if (text_is(json_string_value(one), value)) return true;
	return false;
}

/* The columns of a line without the empty ones: several tabs part like one. */
static size_t
columns_of(struct arena *arena, const char *line, const char **columns)
{
	size_t n, used = 0;
	char **cells = text_split(arena, line, '\t', &n);

	for (size_t i = 0; i < n; i++) {
		const char *cell = text_trim(arena, cells[i]);

		if (*cell && used < COLUMNS)
			columns[used] = cell;
		used += *cell != 0;
	}
	return used;
}

enum status
oidc_roles_of(struct arena *arena, const json_t *claims, roles *ret_named, roles *ret_wanted,
    int *ret_line)
{
	const char *path = config_text(CONFIG_OIDC_ROLES), *text;
	size_t n;

	*ret_named = *ret_wanted = 0;
	*ret_line = 0;
	if (!*path)
		return OK;
	if (!oidc_file(arena, path, &text))
		return E_FAULT;
	char **lines = text_split(arena, text_lines(arena, text), '\n', &n);
	for (size_t i = 0; i < n; i++) {
		const char *columns[COLUMNS];
		size_t count = columns_of(arena, lines[i], columns);
		roles role;

		if (!count || *columns[0] == '#')
			continue;
		role = count == COLUMNS ? role_of(columns[2]) : 0;
		if (!role) {
			*ret_line = (int)i + 1;
			return E_FAULT;
		}
		*ret_named |= role;
		if (says(claim_of(arena, claims, columns[0]), columns[1]))
			*ret_wanted |= role;
	}
	return OK;
}
