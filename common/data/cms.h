/*
 * cms.h: signatures that other people's programs can check: CMS (RFC 5652) with the signing
 * certificate bound in (ESS v2, RFC 5035), as PAdES B-B wants it.
 *
 * A sealer is a certificate with its chain, and the key to it. Its certificates are read on
 * opening; the key is read with the first signature, so that helper processes that were forked
 * before never hold it. Verifying needs certificates alone.
 */
#ifndef KEPTWORD_CMS_H
#define KEPTWORD_CMS_H

#include "base/status.h"
#include "base/text.h"
#include "base/time.h"

struct sealer;

/* Opens what signs. certificates: a PEM file; the first certificate signs. Others that may sign
 * certificates (CA) are its chain and go into each signature; others that may not are earlier
 * certificates, whose signatures go on to count. key: a PEM file, 0600 or stricter, may be the same
 * one. Lives as long as the process; one for all threads. E_ABSENT: no such file; E_FAULT with
 * *ret_why ("certificate", "memory") when it cannot be used. */
MUST_USE enum status sealer_open(const char *certificates, const char *key, struct sealer **ret,
    const char **ret_why);

/* Makes a key (RSA, 3072 bits: its signatures are the same for the same content) and a certificate that
 * it signs itself, which says so in its name, for 10 years from a day before `from`. Both go into one file
 * (0600), whole or not at all; one that is there already stays. */
MUST_USE enum status sealer_make(const char *path, const char *organisation, instant from);

/* The most bytes that a signature of it takes. */
size_t sealer_room(const struct sealer *sealer);

/* A detached signature over head and tail together, DER. E_FAULT: the key cannot be read, or is
 * not the certificate's (*ret_why "key"). Any thread. */
MUST_USE enum status sealer_sign(struct arena *arena, struct sealer *sealer, struct bytes head,
    struct bytes tail, struct bytes *ret);

/* Does the DER signature hold over head and tail, by one of the sealer's certificates that sign?
 * OK; E_INPUT: it cannot be read; E_DENIED: somebody else's; E_CONFLICT: ours, but over other content. */
MUST_USE enum status sealer_verify(
    const struct sealer *sealer, struct bytes head, struct bytes tail, struct bytes der);

/* The common name of the certificate that signs, and its SHA-256, in hex. Of the sealer. */
const char *sealer_name(const struct sealer *sealer);
const char *sealer_fingerprint(const struct sealer *sealer);
/* Days until it ends, below 0 afterwards. */
int sealer_days(const struct sealer *sealer);
/* Did it sign itself? */
bool sealer_self_signed(const struct sealer *sealer);

#endif
