/*
 * money.h: amounts as integer minor units with an ISO 4217 code. Never a float.
 * The number of minor digits comes from ICU (JPY 0, USD 2, KWD 3).
 */
#ifndef KEPTWORD_MONEY_H
#define KEPTWORD_MONEY_H

#include "base/arena.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct money {
	int64_t minor;
	char currency[4]; /* "USD" and a NUL */
};

/* A money of minor units; a code that is not three capitals gives "XXX". */
struct money money_of(int64_t minor, const char *currency);

/* Minor digits of a currency: 0, 2, 3 or 4. False for an unknown code. */
MUST_USE bool money_digits(const char *currency, int *ret);

/* "1,762.50" and "1,762.50 USD" as a reader of locale writes it. Cached symbols,
 * own digits: about 0.2 microseconds. Right-to-left locales get the isolates that
 * keep number and code together. */
const char *money_amount(struct arena *arena, struct money m, const char *locale);
const char *money_text(struct arena *arena, struct money m, const char *locale);

/* "1762.50": dot, no grouping, for files. */
const char *money_plain(struct arena *arena, struct money m);

/* Reads what a person typed: "1762.5", "1.762,50", "1 762,50", "1,762.50", digits of any
 * script. What could be a thousand or a decimal ("1,762") is refused as ambiguous unless
 * the currency has no minor digits. More decimals than the currency has, a sign, or
 * anything else is refused. */
MUST_USE bool money_parse(const char *text, const char *currency, struct money *ret);

/* a + b and a - b of one currency; false on overflow or different currencies. */
MUST_USE bool money_add(struct money a, struct money b, struct money *ret);
MUST_USE bool money_subtract(struct money a, struct money b, struct money *ret);

/* A whole number with the locale's grouping and digits. */
const char *number_text(struct arena *arena, int64_t n, const char *locale);

/* The same for n units of 10^-decimals (0 to DECIMALS_MOST; what is outside counts as the
 * nearest): 386 with two decimals is "3.86". */
#define DECIMALS_MOST 6
const char *decimal_text(struct arena *arena, int64_t n, int decimals, const char *locale);

#endif
