/*
 * crypto_own.h: between crypto.c, password.c and cms.c; for these only.
 */
#ifndef KEPTWORD_CRYPTO_OWN_H
#define KEPTWORD_CRYPTO_OWN_H

#include "base/status.h"

/* Fetches scrypt and makes its slots; part of crypto_start(). */
MUST_USE enum status password_start(void);

/* SHA-256 as crypto_start() has fetched it. */
const struct evp_md_st *crypto_digest(void);

#endif
