/* password_rule.c: which passwords are taken, see password_rule.h. */
#include "portal/password_rule.h"

#include "base/config.h"
#include "base/text.h"

/* Passwords that everybody tries first; longer ones are found by their stem. */
bool
password_is_common(const char *password)
{
	static const char *const STEMS[] = { "password", "qwertyuiop", "123456789", "letmein",
		"iloveyou", "abcdefgh", "administrator", "welcome1", "keptword" };

	for (size_t i = 0; i < sizeof STEMS / sizeof *STEMS; i++) {
		size_t n = bytes_of(STEMS[i]).n;
		size_t room = bytes_of(password).n;
		/* A stem counts when it makes up more than half of the password. */
		for (const char *p = password; *p; p++)
			if (room <= 2 * n && text_length(p) >= n) {
				size_t k = 0;
				while (k < n && (p[k] | 0x20) == (STEMS[i][k] | 0x20))
					k++;
				if (k == n)
					return true;
			}
	}
	for (const char *p = password; p[0]; p++)
		if (p[0] != password[0])
			return false;
	return true; /* one character repeated */
}

bool
password_counts(roles held)
{
	return config_on(CONFIG_PASSWORD_SIGN_IN) || held & ROLE(ADMIN);
}
