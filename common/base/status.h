/*
 * status.h: what a function that can fail answers. Used on every floor.
 *
 * Library code returns a status and does not log; the skeleton logs once, with
 * the request id. Outputs are named ret_x, come last and stay untouched unless
 * the answer is OK.
 */
#ifndef KEPTWORD_STATUS_H
#define KEPTWORD_STATUS_H

enum status {
	OK = 0,
	E_INPUT,    /* what a person sent cannot be used as it is; nothing was changed */
	E_ABSENT,   /* no such thing, or not for this caller: the same answer for both */
	E_CONFLICT, /* somebody else was first: stale version, taken unique key */
	E_DENIED,   /* known caller, not allowed */
	E_LIMIT,    /* a documented limit was reached */
	E_BUSY,     /* a bounded resource is in use; trying again later helps */
	E_AWAY,     /* the database or a helper process cannot be reached */
	E_FAULT,    /* our bug, or an environment that cannot be worked with */
	STATUS_MAX
};

/* The status's name for logs ("ok", "input", ...); static text, never NULL. */
const char *status_name(enum status status);

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

#endif
