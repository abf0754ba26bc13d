/*
 * totp.h: codes of six digits that change every 30 seconds (RFC 6238 with SHA-1, the one kind
 * that every authenticator app knows), and what such an app is told. Arithmetic only: no database,
 * no clock.
 */
#ifndef KEPTWORD_PORTAL_TOTP_H
#define KEPTWORD_PORTAL_TOTP_H

#include "base/text.h"
#include "base/time.h"

#define TOTP_SECRET_BYTES 20 /* what RFC 4226 recommends: the length of the hash */
#define TOTP_DIGITS 6
#define TOTP_STEP (30 * SECOND)
#define TOTP_WINDOW 1   /* steps before and after now that are taken: clocks differ */
#define TOTP_LATE 10    /* steps before those of which a person is told that they are over */

/* The number of the step that t lies in. */
int64_t totp_step(instant t);

/* The code of a step, 0..999999. */
unsigned totp_code(struct bytes secret, int64_t step);

/* What a code is. RIGHT: of a step in the window around now that lies behind last_step; that
 * step is put in *ret_step and the caller keeps it, so that it is not taken again. USED: right, but
 * of a step that is not behind last_step. LATE: of one of the TOTP_LATE steps before the window.
 * Codes of the future are WRONG, so that nobody learns one that will be right. */
enum totp_answer { TOTP_WRONG, TOTP_LATE_CODE, TOTP_USED, TOTP_RIGHT };
enum totp_answer totp_check(
    struct bytes secret, unsigned code, instant now, int64_t last_step, int64_t *ret_step);

/* Typed text as six digits: blanks and hyphens are passed over, digits of any script read. False
 * when it is anything else. */
MUST_USE bool totp_read(struct arena *arena, const char *typed, unsigned *ret);

/* RFC 4648 base32 in capitals, without padding; groups of four parted by blanks when grouped. */
const char *totp_base32(struct arena *arena, struct bytes secret, bool grouped);

/* otpauth://totp/Organisation:address?secret=...&issuer=Organisation, as apps read it from a QR
 * code. */
const char *totp_uri(struct arena *arena, struct bytes secret, const char *issuer,
    const char *account);

#endif
