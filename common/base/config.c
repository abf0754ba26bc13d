/*
 * config.c: configuration from the environment, see config.h.
 *
 * Owns one table: what it says is what the README says. Values are read once, before
 * any thread, and are const from then on, so nothing here locks. Before config_read()
 * (in a unit test, say) every variable has its default.
 */
#include "base/config.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum kind {
	TEXT,
	NUMBER,
	SWITCH,
	ORIGIN,
	SERVER,
	CHOICE
};

struct variable {
	const char *name;
	enum kind kind;
	bool demo_only; /* refused unless KEPTWORD_DEMO=1 */
	const char *preset;
	int64_t least, most; /* of a NUMBER */
	const char *sentence;
	const char *choices; /* of a CHOICE: words parted by blanks */
};

#define SENTENCE_MOST 256
#define YEAR_SECONDS 31622400

static const struct variable table[CONFIG_MAX] = {
	[CONFIG_RUN] = { "KEPTWORD_RUN", TEXT, false, "run", 0, 0,
	    "Folder of everything made at run time." },
	[CONFIG_TEMPLATES] = { "KEPTWORD_TEMPLATES", TEXT, false, "templates", 0, 0,
	    "Folder of the templates." },
	[CONFIG_SQL] = { "KEPTWORD_SQL", TEXT, false, "sql", 0, 0,
	    "Folder of the schema files; read by the schema command only." },
	[CONFIG_PUBLIC_URL] = { "KEPTWORD_PUBLIC_URL", ORIGIN, false, "http://127.0.0.1:8080",
	    0, 0, "Scheme, host and port in links, and the origin that forms must come from." },
	[CONFIG_STAFF_URL] = { "KEPTWORD_STAFF_URL", ORIGIN, false, "", 0, 0,
	    "The same of a second face, for staff pages, which the first one then refuses; "
	    "empty: one face for all." },
	[CONFIG_DEMO] = { "KEPTWORD_DEMO", SWITCH, false, "0", 0, 0,
	    "1 for the demo organisation; allows what is marked as demo only." },
	[CONFIG_ORGANISATION] = { "KEPTWORD_ORGANISATION", TEXT, false, "Your organisation", 0,
	    0, "Name shown on pages and statements." },
	[CONFIG_LEGAL_ENTITY] = { "KEPTWORD_LEGAL_ENTITY", TEXT, false, "", 0, 0,
	    "Legal name of the payer, shown on statements; empty: the organisation's name." },
	[CONFIG_LEGAL_ADDRESS] = { "KEPTWORD_LEGAL_ADDRESS", TEXT, false, "", 0, 0,
	    "Address of the payer, one line, parts parted by a comma and a blank." },
	[CONFIG_CONTACT] = { "KEPTWORD_CONTACT", TEXT, false, "", 0, 0,
	    "Where people write when something does not work for them, shown to everybody; "
	    "empty: the person who looks after them." },
	[CONFIG_DB_SOCKET] = { "KEPTWORD_DB_SOCKET", TEXT, false, "run/db/mariadb.sock", 0, 0,
	    "MariaDB's unix socket." },
	[CONFIG_DB_USER] = { "KEPTWORD_DB_USER", TEXT, false, "", 0, 0,
	    "Database account of this plugin." },
	[CONFIG_DB_PASSWORD] = { "KEPTWORD_DB_PASSWORD", TEXT, false, "", 0, 0,
	    "File that holds the account's password; empty: none is sent." },
	[CONFIG_DB_NAME] = { "KEPTWORD_DB_NAME", TEXT, false, "", 0, 0,
	    "Database of this plugin, keptword_ and the plugin's name." },
	[CONFIG_DB_POOL] = { "KEPTWORD_DB_POOL", NUMBER, false, "8", 1, 256,
	    "Database connections per process." },
	[CONFIG_THREADS] = { "KEPTWORD_THREADS", NUMBER, false, "16", 1, 512,
	    "Worker threads per process." },
	[CONFIG_KEYS] = { "KEPTWORD_KEYS", TEXT, false, "run/keys", 0, 0,
	    "Folder of key files." },
	[CONFIG_AUDIT_HEADS] = { "KEPTWORD_AUDIT_HEADS", TEXT, false, "run/audit-heads", 0, 0,
	    "Folder of the signed heads of the audit chains, to be copied off the host." },
	[CONFIG_BACKUP_LAST] = { "KEPTWORD_BACKUP_LAST", TEXT, false, "run/backup/last", 0, 0,
	    "File that tells the time and place of the last good backup." },
	[CONFIG_SESSION_IDLE] = { "KEPTWORD_SESSION_IDLE", NUMBER, false, "480", 1, 10080,
	    "Minutes without a request until a session ends." },
	[CONFIG_SESSION_MAX] = { "KEPTWORD_SESSION_MAX", NUMBER, false, "168", 1, 2160,
	    "Hours until a session ends in any case." },
	[CONFIG_SECOND_FACTOR] = { "KEPTWORD_SECOND_FACTOR", CHOICE, false, "staff", 0, 0,
	    "Who must have a second factor: staff (all but applicants and contributors), all, "
	    "or "
	    "optional; a demo begins with optional.",
	    "staff all optional" },
	[CONFIG_SCRYPT_SLOTS] = { "KEPTWORD_SCRYPT_SLOTS", NUMBER, false, "2", 1, 64,
	    "Password checks at the same time." },
	[CONFIG_SCRYPT_LOG_N] = { "KEPTWORD_SCRYPT_LOG_N", NUMBER, false, "17", 10, 20,
	    "Cost of a password check, as a power of two; under 15 for a demo only." },
	[CONFIG_PARSERS] = { "KEPTWORD_PARSERS", NUMBER, false, "4", 1, 64,
	    "Uploaded files that are read at the same time." },
	[CONFIG_PDF_HELPERS] = { "KEPTWORD_PDF_HELPERS", NUMBER, false, "2", 1, 32,
	    "Helper processes that draw PDFs." },
	[CONFIG_UPLOAD_MAX] = { "KEPTWORD_UPLOAD_MAX", NUMBER, false, "10485760", 1024,
	    1073741824, "Bytes of the largest file that a person may upload." },
	[CONFIG_SUPPRESS_BELOW] = { "KEPTWORD_SUPPRESS_BELOW", NUMBER, false, "5", 5, 1000,
	    "Smallest group whose results are shown." },
	[CONFIG_PAY_WEEK_HOURS] = { "KEPTWORD_PAY_WEEK_HOURS", NUMBER, false, "60", 1, 168,
	    "Hours of a person in a week above which a pay run asks for a look." },
	[CONFIG_PAY_FAR_OFF] = { "KEPTWORD_PAY_FAR_OFF", NUMBER, false, "50", 1, 10000,
	    "Percent by which pay may differ from the mean of a person's last 92 days before a "
	    "pay run asks for a look." },
	[CONFIG_PAY_CHANGED] = { "KEPTWORD_PAY_CHANGED", NUMBER, false, "25", 0, 10000,
	    "Percent by which pay may differ from the run before until its variance report "
	    "names the person." },
	[CONFIG_OFF_CYCLE_DAYS] = { "KEPTWORD_OFF_CYCLE_DAYS", NUMBER, false, "3", 1, 30,
	    "Bank days until the money of a pay run outside the schedule is promised." },
	[CONFIG_SCHEMAS] = { "KEPTWORD_SCHEMAS", TEXT, false, "", 0, 0,
	    "Folder of published XML schemas to check files against; empty: no such check." },
	[CONFIG_FONTS] = { "KEPTWORD_FONTS", TEXT, false, "", 0, 0,
	    "Fontconfig file for PDFs; empty: the system's." },
	[CONFIG_CA_FILE] = { "KEPTWORD_CA_FILE", TEXT, false, "", 0, 0,
	    "Certificates (PEM) that other servers are checked against; empty: the system's." },
	[CONFIG_OIDC_ISSUER] = { "KEPTWORD_OIDC_ISSUER", SERVER, false, "", 0, 0,
	    "Issuer of the OpenID Connect provider that people sign in with, exactly as it "
	    "calls "
	    "itself; empty: none." },
	[CONFIG_OIDC_NAME] = { "KEPTWORD_OIDC_NAME", TEXT, false, "OpenID Connect", 0, 0,
	    "What people call that provider, on the sign-in page." },
	[CONFIG_OIDC_CLIENT_ID] = { "KEPTWORD_OIDC_CLIENT_ID", TEXT, false, "keptword", 0, 0,
	    "Under which id Keptword is registered there." },
	[CONFIG_OIDC_CLIENT_SECRET] = { "KEPTWORD_OIDC_CLIENT_SECRET", TEXT, false, "", 0, 0,
	    "File that holds the client's secret; empty: a public client, which has none." },
	[CONFIG_OIDC_SCOPES] = { "KEPTWORD_OIDC_SCOPES", TEXT, false, "openid email profile", 0,
	    0, "Scopes that the provider is asked for, parted by blanks." },
	[CONFIG_OIDC_ROLES] = { "KEPTWORD_OIDC_ROLES", TEXT, false, "", 0, 0,
	    "File that says which claims of the provider give which roles; empty: none do." },
	[CONFIG_OIDC_SECOND_FACTOR] = { "KEPTWORD_OIDC_SECOND_FACTOR", SWITCH, false, "0", 0, 0,
	    "1: a second factor at the provider counts here." },
	[CONFIG_PASSWORD_SIGN_IN] = { "KEPTWORD_PASSWORD_SIGN_IN", SWITCH, false, "1", 0, 0,
	    "0: with a password only administrators sign in, everybody else with the "
	    "provider." },
	[CONFIG_TOKEN_DAYS] = { "KEPTWORD_TOKEN_DAYS", NUMBER, false, "365", 1, 365,
	    "Days that an API token may live at most." },
	[CONFIG_MAIL_URL] = { "KEPTWORD_MAIL_URL", TEXT, false, "", 0, 0,
	    "Mail server: smtp://host:port (with STARTTLS) or smtps://host:port; without "
	    "either "
	    "on this machine only. Empty: mails wait until it is set." },
	[CONFIG_MAIL_FROM] = { "KEPTWORD_MAIL_FROM", TEXT, false, "", 0, 0,
	    "Address that mails come from." },
	[CONFIG_MAIL_USER] = { "KEPTWORD_MAIL_USER", TEXT, false, "", 0, 0,
	    "Account at the mail server; empty: none is given." },
	[CONFIG_MAIL_PASSWORD] = { "KEPTWORD_MAIL_PASSWORD", TEXT, false, "", 0, 0,
	    "File that holds that account's password." },
	[CONFIG_WEBHOOKS] = { "KEPTWORD_WEBHOOKS", TEXT, false, "", 0, 0,
	    "File of webhook targets, one a line: name, address, file of its secret, kinds; "
	    "empty: none." },
	[CONFIG_SIGN_CERTIFICATE] = { "KEPTWORD_SIGN_CERTIFICATE", TEXT, false, "", 0, 0,
	    "Certificate (PEM, its chain behind it) that statements are signed with; empty: "
	    "one that is made at the first start and signs itself." },
	[CONFIG_SIGN_KEY] = { "KEPTWORD_SIGN_KEY", TEXT, false, "", 0, 0,
	    "File (PEM, 0600) of the key to that certificate." },
	[CONFIG_PAYOUT_FEES] = { "KEPTWORD_PAYOUT_FEES", CHOICE, false, "payer", 0, 0,
	    "Who bears the payout partner's fees, said on statements: payer, payee or "
	    "shared.",
	    "payer payee shared" },
	[CONFIG_DISPUTE_DAYS] = { "KEPTWORD_DISPUTE_DAYS", NUMBER, false, "90", 1, 3650,
	    "Days after its issue in which a statement can be questioned." },
	[CONFIG_DISPUTE_HEARD_HOURS] = { "KEPTWORD_DISPUTE_HEARD_HOURS", NUMBER, false, "1", 1,
	    720,
	    "Hours until a person answers a question about pay; the aim told on "
	    "statements." },
	[CONFIG_DISPUTE_DECIDED_DAYS] = { "KEPTWORD_DISPUTE_DECIDED_DAYS", NUMBER, false, "5",
	    1, 90, "Working days until such a question is decided; the same." },
	[CONFIG_KEEP_APPLICATIONS] = { "KEPTWORD_KEEP_APPLICATIONS", NUMBER, false, "12", 1,
	    120, "Months that an application is kept after its decision." },
	[CONFIG_KEEP_SURVEYS] = { "KEPTWORD_KEEP_SURVEYS", NUMBER, false, "36", 1, 120,
	    "Months that answers of surveys are kept after the close." },
	[CONFIG_KEEP_PAY] = { "KEPTWORD_KEEP_PAY", NUMBER, false, "120", 12, 600,
	    "Months, at least, that pay and contracts are kept; counted from the end of the "
	    "year." },
	[CONFIG_OVERDUE_HDL] = { "KEPTWORD_OVERDUE_HDL", NUMBER, false, "3", 1, 60,
	    "Days after which an HDL is told too of somebody who still has not heard from who "
	    "looks after them." },
	[CONFIG_CLOCK_SHIFT] = { "KEPTWORD_CLOCK_SHIFT", NUMBER, true, "0",
	    -(int64_t)20 * YEAR_SECONDS, (int64_t)20 * YEAR_SECONDS,
	    "Seconds added to the clock." },
	[CONFIG_TEST_HOOKS] = { "KEPTWORD_TEST_HOOKS", SWITCH, true, "0", 0, 0,
	    "1 to let the test hooks of the file parsers answer, and to wait for a mail server "
	    "for 1.5 s." },
};

#define DEMO_LOG_N 15 /* a smaller scrypt cost is for demos and tests */

static char *given[CONFIG_MAX]; /* what stands in for the preset; NULL: the preset counts */

const char *
config_text(enum config_key key)
{
	return given[key] ? given[key] : table[key].preset;
}

int64_t
config_int(enum config_key key)
{
	int64_t n = 0;

	/* Checked when it was read. */
	return text_to_int(config_text(key), &n) ? n : 0;
}

bool
config_on(enum config_key key)
{
	return text_is(config_text(key), "1");
}

/* "https://host" or "http://host:port", nothing behind it. */
static bool
is_origin(const char *value)
{
	const char *host = text_starts(value, "https://")  ? value + 8
			   : text_starts(value, "http://") ? value + 7
							   : "";

	return *host && host[strcspn(host, "/?#@ \t\"'<>\\")] == '\0';
}

/* "https://host/path", or http to this machine; nothing that a path does not have. */
static bool
is_server(const char *value)
{
	static const char *const LOCAL[] = { "http://127.0.0.1", "http://localhost",
		"http://[::1]" };

	if (!*value || value[strcspn(value, "?#@ \\\"'<>")])
		return !*value;
	if (text_starts(value, "https://"))
		return value[8] && value[8] != '/';
	for (size_t i = 0; i < sizeof LOCAL / sizeof *LOCAL; i++)
		if (text_starts(value, LOCAL[i]) && strchr(":/", value[strlen(LOCAL[i])]))
			return true;
	return false;
}

/* Is value one of the words? */
static bool
is_choice(const char *words, const char *value)
{
	size_t n = strlen(value);

	for (const char *word = words; *word; word += strcspn(word, " "), word += *word == ' ')
		if (strcspn(word, " ") == n && !strncmp(word, value, n))
			return true;
	return false;
}

/* Writes a sentence and answers E_INPUT when the value cannot be used. */
static enum status
check(enum config_key key, const char *value, char *message, size_t room)
{
	const struct variable *v = &table[key];
	int64_t n;

	if (!text_valid(value, strlen(value), NULL) || text_has_control(value, true)) {
		(void)snprintf(
		    message, room, "%s holds a control character or is not UTF-8.", v->name);
		return E_INPUT;
	}
	switch (v->kind) {
	case NUMBER:
		if (text_to_int(value, &n) && n >= v->least && n <= v->most)
			return OK;
		(void)snprintf(message, room,
		    "%s is \"%s\"; give a whole number from %" PRId64 " to %" PRId64 ".",
		    v->name, value, v->least, v->most);
		return E_INPUT;
	case SWITCH:
		if (text_is(value, "0") || text_is(value, "1"))
			return OK;
		(void)snprintf(message, room, "%s is \"%s\"; give 0 or 1.", v->name, value);
		return E_INPUT;
	case ORIGIN:
		if (is_origin(value))
			return OK;
		(void)snprintf(message, room,
		    "%s is \"%s\"; give http:// or https://, a host and perhaps a port, "
		    "nothing "
		    "behind them.",
		    v->name, value);
		return E_INPUT;
	case SERVER:
		if (is_server(value))
			return OK;
		(void)snprintf(message, room,
		    "%s is \"%s\"; give an address that begins with https:// (http:// only for "
		    "a server on this machine), without ? and #.",
		    v->name, value);
		return E_INPUT;
	case CHOICE:
		if (is_choice(v->choices, value))
			return OK;
		(void)snprintf(message, room, "%s is \"%s\"; give one of: %s.", v->name, value,
		    v->choices);
		return E_INPUT;
	case TEXT:
		break;
	}
	return OK;
}

/* What a single value cannot tell. */
static enum status
check_together(char *message, size_t room)
{
	if (!config_on(CONFIG_PASSWORD_SIGN_IN) &&
	    text_empty(config_text(CONFIG_OIDC_ISSUER))) {
		(void)snprintf(message, room,
		    "%s is 0, but there is no other way to sign in: give %s as well.",
		    table[CONFIG_PASSWORD_SIGN_IN].name, table[CONFIG_OIDC_ISSUER].name);
		return E_INPUT;
	}
	if (config_on(CONFIG_DEMO))
		return OK;
	for (int key = 0; key < CONFIG_MAX; key++) {
		if (table[key].demo_only && !text_is(config_text(key), table[key].preset)) {
			(void)snprintf(message, room,
			    "%s is for demos and tests: it needs KEPTWORD_DEMO=1.",
			    table[key].name);
			return E_INPUT;
		}
	}
	if (config_int(CONFIG_SCRYPT_LOG_N) < DEMO_LOG_N) {
		(void)snprintf(message, room,
		    "%s is under %d, which is for demos and tests: it needs "
		    "KEPTWORD_DEMO=1.",
		    table[CONFIG_SCRYPT_LOG_N].name, DEMO_LOG_N);
		return E_INPUT;
	}
	return OK;
}

static bool
replace(enum config_key key, const char *value)
{
	char *copy = value ? strdup(value) : NULL;

	if (value && !copy)
		return false;
	free(given[key]);
	given[key] = copy;
	return true;
}

enum status
config_read(char *message, size_t room)
{
	for (int key = 0; key < CONFIG_MAX; key++) {
		/* Before any thread. NOLINTNEXTLINE(concurrency-mt-unsafe) */
		const char *value = getenv(table[key].name);
		enum status status;

		/* An empty variable counts as unset: scripts pass on what they have. */
		if (!value || !*value) {
			replace((enum config_key)key, NULL);
			continue;
		}
		status = check((enum config_key)key, value, message, room);
		if (status != OK)
			return status;
		if (!replace((enum config_key)key, value)) {
			(void)snprintf(message, room, "There is no memory left.");
			return E_FAULT;
		}
	}
	return check_together(message, room);
}

void
config_set(enum config_key key, const char *value)
{
	char message[SENTENCE_MOST];

	if (value && check(key, value, message, sizeof message) != OK) {
		(void)fprintf(stderr, "%s\n", message);
		abort();
	}
	if (!replace(key, value))
		abort();
}

void
config_print(FILE *out)
{
	(void)fputs("| Variable | Default | Limits | What it is |\n|---|---|---|---|\n", out);
	for (int key = 0; key < CONFIG_MAX; key++) {
		const struct variable *v = &table[key];

		(void)fprintf(out, "| `%s` | ", v->name);
		if (*v->preset)
			(void)fprintf(out, "`%s`", v->preset);
		(void)fputs(" | ", out);
		if (v->kind == NUMBER)
			(void)fprintf(out, "%" PRId64 " to %" PRId64, v->least, v->most);
		else if (v->kind == SWITCH)
			(void)fputs("0 or 1", out);
		else if (v->kind == CHOICE)
			(void)fprintf(out, "one of: %s", v->choices);
		if (v->demo_only)
			(void)fputs("; demo only", out);
		(void)fprintf(out, " | %s |\n", v->sentence);
	}
}
