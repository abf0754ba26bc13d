/*
 * seal.c: see seal.h. Owns the sealer of the process: set once before threads and helpers. The
 * certificate is read then, so that the locked-in reader of uploaded PDFs has it; the key is
 * read with the first signature, in the plugin alone.
 */
#include "payments/seal.h"

#include "base/config.h"
#include "base/text.h"

#include <stdio.h>

static struct sealer *own;

const char *
seal_start(void)
{
	static char made[4096];
	const char *certificate = config_text(CONFIG_SIGN_CERTIFICATE),
		   *key = config_text(CONFIG_SIGN_KEY), *why;
	const char *entity = config_text(CONFIG_LEGAL_ENTITY);

	if (text_empty(certificate) != text_empty(key))
		return "KEPTWORD_SIGN_CERTIFICATE and KEPTWORD_SIGN_KEY belong together: give "
		       "both, "
		       "or neither.";
	if (text_empty(certificate)) {
		int n = snprintf(made, sizeof made, "%s/signing.key", config_text(CONFIG_KEYS));
		if (n < 0 || (size_t)n >= sizeof made ||
		    sealer_make(made,
			text_empty(entity) ? config_text(CONFIG_ORGANISATION) : entity,
			time_now()) != OK)
			return "no certificate to sign statements with could be made in "
			       "KEPTWORD_KEYS.";
		certificate = key = made;
	}
	if (sealer_open(certificate, key, &own, &why) != OK)
		return "the certificate that statements are signed with "
		       "(KEPTWORD_SIGN_CERTIFICATE) "
		       "cannot be read.";
	return NULL;
}

struct sealer *
seal_own(void)
{
	return own;
}
