/*
 * seal.h: with what this organisation signs: its certificate and key (data/cms.h).
 */
#ifndef KEPTWORD_PAYMENTS_SEAL_H
#define KEPTWORD_PAYMENTS_SEAL_H

#include "data/cms.h"

/* Before helpers are forked: opens the certificate of CONFIG_SIGN_CERTIFICATE, or makes and opens
 * one that signs itself, signing.key among the keys. NULL, or why not, in a sentence. */
const char *seal_start(void);

/* NULL in processes that did not start it (commands). */
struct sealer *seal_own(void);

#endif
