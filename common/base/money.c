/*
 * money.c: amounts of money and whole numbers as readers write them, see money.h.
 *
 * Digits and separators come from locale.c; what is written here never goes through a
 * floating point number or a formatter of ICU. Owns one table of minor digits for all
 * 26^3 codes, filled once.
 */
#include "base/money.h"

#include "base/locale.h"
#include "base/text.h"

#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>

#define LETTERS 26
#define CODES (LETTERS * LETTERS * LETTERS)
#define DIGITS_MOST 4      /* minor digits of any currency (CLF, UYW) */
#define DIGITS_XXX 2       /* of a currency that is none, so that amounts can be shown */
#define PARTS_MOST 12      /* groups of digits in an amount that a person types */
#define LRI "\xE2\x81\xA6" /* isolates: what is between stays left to right */
#define PDI "\xE2\x81\xA9"

static short minor_digits[CODES]; /* -1: no such currency */
static pthread_once_t minor_digits_once = PTHREAD_ONCE_INIT;

/* -1 for anything but three capitals. */
static int
code_index(const char *code)
{
	int index = 0;

	for (int i = 0; i < 3; i++) {
		if (!code || code[i] < 'A' || code[i] > 'Z')
			return -1;
		index = index * LETTERS + (code[i] - 'A');
	}
	return code[3] == '\0' ? index : -1;
}

static void
read_minor_digits(void)
{
	UErrorCode error = U_ZERO_ERROR;
	UEnumeration *all = ucurr_openISOCurrencies(UCURR_ALL, &error);
	const char *code;

	for (int i = 0; i < CODES; i++)
		minor_digits[i] = -1;
	while (U_SUCCESS(error) && (code = uenum_next(all, NULL, &error))) {
		UChar wide[4] = { 0 };
		int index = code_index(code), digits;

		if (index < 0 || text_is(code, "XXX"))
			continue;
		for (int i = 0; i < 3; i++)
			wide[i] = (UChar)code[i];
		digits = ucurr_getDefaultFractionDigits(wide, &error);
		if (digits >= 0 && digits <= DIGITS_MOST)
			minor_digits[index] = (short)digits;
	}
	uenum_close(all);
}

struct money
money_of(int64_t minor, const char *currency)
{
	struct money m = { minor, "XXX" };

	if (code_index(currency) >= 0)
		memcpy(m.currency, currency, sizeof m.currency);
	return m;
}

bool
money_digits(const char *currency, int *ret)
{
	int index = code_index(currency);

	pthread_once(&minor_digits_once, read_minor_digits);
	if (index < 0 || minor_digits[index] < 0)
		return false;
	*ret = minor_digits[index];
	return true;
}

static int
digits_or_two(const char *currency)
{
	int digits = DIGITS_XXX;

	return money_digits(currency, &digits) ? digits : DIGITS_XXX;
}

static unsigned long long
magnitude(int64_t n)
{
	return n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n;
}

static size_t
put(char *out, const char *bytes, size_t n)
{
	memcpy(out, bytes, n);
	return n;
}

static size_t
put_minus(char *out, const struct locale *locale, int64_t n)
{
	return n < 0 ? put(out, locale->minus.p, locale->minus.n) : 0;
}

static const unsigned powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
_Static_assert(sizeof powers / sizeof *powers == DECIMALS_MOST + 1, "one power for each digit");
_Static_assert(DIGITS_MOST <= DECIMALS_MOST, "the digits of a currency are decimals");

/* Sign, digits, separators. out has NUMBER_BYTES and room for sign and decimals. */
static size_t
put_decimal(char *out, int64_t value, int decimals, const struct locale *locale)
{
	unsigned power = powers[decimals];
	unsigned long long all = magnitude(value);
	unsigned below = (unsigned)(all % power);
	size_t n = put_minus(out, locale, value);

	n += locale_number(locale, all / power, out + n);
	if (power == 1)
		return n;
	n += put(out + n, locale->decimal.p, locale->decimal.n);
	while ((power /= 10) > 0) {
		const struct symbol *digit = &locale->digit[below / power % 10];

		n += put(out + n, digit->p, digit->n);
	}
	return n;
}

static size_t
put_amount(char *out, struct money m, const struct locale *locale)
{
	return put_decimal(out, m.minor, digits_or_two(m.currency), locale);
}

#define AMOUNT_BYTES (NUMBER_BYTES + 128)

const char *
money_amount(struct arena *arena, struct money m, const char *locale)
{
	const struct locale *l = locale_of(locale);
	char text[AMOUNT_BYTES];
	size_t n = 0;

	if (l->right_to_left)
		n += put(text, LRI, sizeof LRI - 1);
	n += put_amount(text + n, m, l);
	if (l->right_to_left)
		n += put(text + n, PDI, sizeof PDI - 1);
	return arena_copy(arena, text, n);
}

const char *
money_text(struct arena *arena, struct money m, const char *locale)
{
	const struct locale *l = locale_of(locale);
	char text[AMOUNT_BYTES];
	size_t n = 0;

	if (l->right_to_left)
		n += put(text, LRI, sizeof LRI - 1);
	n += put_amount(text + n, m, l);
	text[n++] = ' ';
	n += put(text + n, m.currency, strnlen(m.currency, 3));
	if (l->right_to_left)
		n += put(text + n, PDI, sizeof PDI - 1);
	return arena_copy(arena, text, n);
}

const char *
money_plain(struct arena *arena, struct money m)
{
	int digits = digits_or_two(m.currency);
	unsigned long long all = magnitude(m.minor);

	if (digits == 0)
		return text_printf(arena, "%" PRId64, m.minor);
	return text_printf(arena, "%s%llu.%0*llu", m.minor < 0 ? "-" : "", all / powers[digits],
	    digits, all % powers[digits]);
}

const char *
number_text(struct arena *arena, int64_t n, const char *locale)
{
	const struct locale *l = locale_of(locale);
	char text[NUMBER_BYTES + sizeof l->minus.p];
	size_t length = put_minus(text, l, n);

	length += locale_number(l, magnitude(n), text + length);
	return arena_copy(arena, text, length);
}

const char *
decimal_text(struct arena *arena, int64_t n, int decimals, const char *locale)
{
	char text[AMOUNT_BYTES];
	int most = decimals > DECIMALS_MOST ? DECIMALS_MOST : decimals;

	return arena_copy(
	    arena, text, put_decimal(text, n, most < 0 ? 0 : most, locale_of(locale)));
}

/*
 * What a person typed, as groups of digits and the separators between them.
 */
struct typed {
	struct {
		int64_t value;
		int digits;
		bool leading_zero;
		UChar32 separator; /* behind the group; 0 behind the last */
	} part[PARTS_MOST];
	int parts;
};

/* The separators that people use, one character for each kind; 0 for anything else. */
static UChar32
separator_kind(UChar32 c)
{
	switch (c) {
	case '.':
	case ',':
		return c;
	case 0x066B: /* Arabic decimal separator */
		return 0x066B;
	case 0x066C: /* Arabic thousands separator */
		return 0x066C;
	case ' ':
	case 0xA0:
	case 0x2009:
	case 0x202F:
		return ' ';
	case '\'':
	case 0x2019:
		return '\'';
	default:
		return 0;
	}
}

static bool
can_be_decimal(UChar32 separator)
{
	return separator == '.' || separator == ',' || separator == 0x066B;
}

/* Parts the text, without blanks at its ends. False for anything but digits (of any
 * script) with single separators between them. */
static bool
take_apart(const char *text, struct typed *typed)
{
	const char *end = text + strlen(text);

	while (end > text && end[-1] == ' ')
		end--;
	while (text < end && *text == ' ')
		text++;
	memset(typed, 0, sizeof *typed);
	while (text < end) {
		UChar32 c = (UChar32)text_next(&text);
		int digit = u_charDigitValue(c);

		if (digit >= 0) {
			if (typed->part[typed->parts].digits++ == 0)
				typed->part[typed->parts].leading_zero = digit == 0;
			if (__builtin_mul_overflow(typed->part[typed->parts].value, 10,
				&typed->part[typed->parts].value) ||
			    __builtin_add_overflow(typed->part[typed->parts].value, digit,
				&typed->part[typed->parts].value))
				return false;
			continue;
		}
		c = separator_kind(c);
		if (c == 0 || typed->part[typed->parts].digits == 0 ||
		    typed->parts == PARTS_MOST - 1)
			return false;
		typed->part[typed->parts++].separator = c;
	}
	return typed->part[typed->parts++].digits > 0;
}

/* Are the first n parts one number in groups? Thousands, or India's 12,34,567. */
static bool
is_grouped(const struct typed *typed, int n)
{
	UChar32 separator = typed->part[0].separator;
	int size = n > 2 ? typed->part[1].digits : 3;

	if (n == 1)
		return true;
	if (separator == 0x066B || (size != 2 && size != 3))
		return false;
	if (typed->part[0].digits > size || typed->part[0].leading_zero)
		return false;
	for (int i = 1; i < n; i++) {
		bool last = i == n - 1;

		if (typed->part[i].digits != (last ? 3 : size))
			return false;
		if (!last && typed->part[i].separator != separator)
			return false;
	}
	return true;
}

/* How many decimal parts are at the end: 0 or 1; -1 when it cannot be told or is none. */
static int
decimal_parts(const struct typed *typed, int digits)
{
	int n = typed->parts;
	UChar32 last = n > 1 ? typed->part[n - 2].separator : 0;
	bool differs = n < 3 || typed->part[0].separator != last;
	bool decimal = differs && can_be_decimal(last) && is_grouped(typed, n - 1) &&
		       typed->part[n - 1].digits <= digits;
	bool whole = is_grouped(typed, n);

	if (n == 1)
		return 0;
	/* "1,762": a thousand or a decimal? Only without minor digits is it clear; with
	 * three, "1.762" could be either, while for two it was most likely a thousand, but
	 * most likely is not enough for money. */
	if (n == 2 && whole && (last == '.' || last == ','))
		return digits == 0 ? 0 : -1;
	if (decimal)
		return 1;
	return whole ? 0 : -1;
}

bool
money_parse(const char *text, const char *currency, struct money *ret)
{
	struct typed typed;
	int digits, decimals;
	int64_t minor = 0;

	if (!text || !money_digits(currency, &digits) || !take_apart(text, &typed))
		return false;
	decimals = decimal_parts(&typed, digits);
	if (decimals < 0)
		return false;
	for (int i = 0; i < typed.parts; i++) {
		int n = typed.part[i].digits;
		bool is_decimal = decimals == 1 && i == typed.parts - 1;
		/* The first part starts from zero; a group has at most three digits, decimals
		 * are filled up to the currency's. */
		unsigned scale = i == 0 ? 1 : powers[is_decimal ? digits : n];
		int64_t value = typed.part[i].value;

		if (is_decimal)
			value *= powers[digits - n];
		if (__builtin_mul_overflow(minor, (int64_t)scale, &minor) ||
		    __builtin_add_overflow(minor, value, &minor))
			return false;
	}
	if (decimals == 0 && __builtin_mul_overflow(minor, (int64_t)powers[digits], &minor))
		return false;
	*ret = money_of(minor, currency);
	return true;
}

bool
money_add(struct money a, struct money b, struct money *ret)
{
	int64_t minor;

	if (!text_is(a.currency, b.currency) ||
	    __builtin_add_overflow(a.minor, b.minor, &minor))
		return false;
	*ret = money_of(minor, a.currency);
	return true;
}

bool
money_subtract(struct money a, struct money b, struct money *ret)
{
	int64_t minor;

	if (!text_is(a.currency, b.currency) ||
	    __builtin_sub_overflow(a.minor, b.minor, &minor))
		return false;
	*ret = money_of(minor, a.currency);
	return true;
}
