/*
 * crypto_own.h: what crypto.c needs from password.c; for these two only.
 */
#ifndef KEPTWORD_CRYPTO_OWN_H
#define KEPTWORD_CRYPTO_OWN_H

#include "base/status.h"

/* Fetches scrypt and makes its slots; part of crypto_start(). */
MUST_USE enum status password_start(void);

#endif
