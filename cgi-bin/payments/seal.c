/*
 * seal.c: see seal.h. Owns the sealer of the process: set once before threads and helpers. The
 * certificate is read then, so that the locked-in reader of uploaded PDFs has it; the key is
 * read with the first signature, in the plugin alone.
 */
#include "payments/seal.h"

#include "base/config.h"
#include "base/text.h"

#define ROOM ((size_t)16384) /* for a path */

static struct sealer *own;

/* That of the configuration, or one that is made among the keys. */
static const char *
open_own(struct arena *arena)
{
	const char *certificate = config_text(CONFIG_SIGN_CERTIFICATE);
	const char *key = config_text(CONFIG_SIGN_KEY), *why;
	const char *entity = config_text(CONFIG_LEGAL_ENTITY);

	if (text_empty(certificate) != text_empty(key))
		return "KEPTWORD_SIGN_CERTIFICATE and KEPTWORD_SIGN_KEY belong together: give "
		       "both, or neither.";
	if (text_empty(certificate)) {
		certificate = key =
		    text_printf(arena, "%s/signing.key", config_text(CONFIG_KEYS));
		if (text_empty(entity))
			entity = config_text(CONFIG_ORGANISATION);
		if (sealer_make(certificate, entity, time_now()) != OK)
			return "no certificate to sign statements with could be made in "
			       "KEPTWORD_KEYS.";
	}
	if (sealer_open(certificate, key, &own, &why) != OK)
		return "the certificate that statements are signed with "
		       "(KEPTWORD_SIGN_CERTIFICATE) cannot be read.";
	return NULL;
}

const char *
seal_start(void)
{
	struct arena *arena = arena_new(ROOM);
	const char *why = arena != NULL ? open_own(arena) : "there is no memory left.";

	arena_free(arena);
	return why;
}

struct sealer *
seal_own(void)
{
	return own;
}
