/*
 * config.h: configuration from the environment, read once at start, const after.
 *
 * The table in config.c is the documentation: name, default, limits and one sentence;
 * "bin/portal config" prints it and a test compares it with the README. A value
 * outside its limits stops the start with a sentence that names the variable.
 */
#ifndef KEPTWORD_CONFIG_H
#define KEPTWORD_CONFIG_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum config_key {
	CONFIG_RUN,             /* folder of everything made at run time */
	CONFIG_TEMPLATES,       /* folder of the templates */
	CONFIG_SQL,             /* folder of the schema files (portal schema only) */
	CONFIG_PUBLIC_URL,      /* scheme://host[:port] in links and Origin checks */
	CONFIG_STAFF_URL,       /* the same of the intranet's face; empty: one face for all */
	CONFIG_DEMO,            /* 1: demo organisation, test hooks allowed on loopback */
	CONFIG_ORGANISATION,    /* name shown on pages and statements */
	CONFIG_LEGAL_ENTITY,    /* payer on statements */
	CONFIG_LEGAL_ADDRESS,   /* its address, one line, parts parted by ", " */
	CONFIG_CONTACT,         /* where people write when something does not work for them */
	CONFIG_DB_SOCKET,       /* MariaDB's unix socket */
	CONFIG_DB_USER,         /* account of this plugin */
	CONFIG_DB_PASSWORD,     /* file that holds its password */
	CONFIG_DB_NAME,         /* this plugin's database */
	CONFIG_DB_POOL,         /* connections per process */
	CONFIG_THREADS,         /* worker threads per process */
	CONFIG_KEYS,            /* folder of key files */
	CONFIG_AUDIT_HEADS,     /* folder of the signed heads of the audit chains */
	CONFIG_BACKUP_LAST,     /* file that tells the last good backup */
	CONFIG_SESSION_IDLE,    /* minutes without a request until a session ends */
	CONFIG_SESSION_MAX,     /* hours until a session ends in any case */
	CONFIG_SECOND_FACTOR,   /* who must have one: staff, all, optional */
	CONFIG_SCRYPT_SLOTS,    /* password checks at the same time */
	CONFIG_SCRYPT_LOG_N,    /* scrypt cost, log2 */
	CONFIG_PARSERS,         /* parser children at the same time */
	CONFIG_PDF_HELPERS,     /* PDF helper processes */
	CONFIG_UPLOAD_MAX,      /* bytes of an uploaded file */
	CONFIG_SUPPRESS_BELOW,  /* smallest group whose results are shown, never under 5 */
	CONFIG_PAY_WEEK_HOURS,  /* hours of a week above which a pay run warns */
	CONFIG_PAY_FAR_OFF,     /* percent off a person's usual above which it warns */
	CONFIG_PAY_CHANGED,     /* percent off the run before above which its report names somebody */
	CONFIG_OFF_CYCLE_DAYS,  /* bank days until the money of a run outside the schedule is there */
	CONFIG_SCHEMAS,         /* folder of published XSDs, may be empty */
	CONFIG_FONTS,           /* fontconfig file used for PDFs */
	CONFIG_CA_FILE,         /* certificates that other servers are checked against */
	CONFIG_OIDC_ISSUER,     /* the OpenID Connect provider; empty: none */
	CONFIG_OIDC_NAME,       /* how people call it */
	CONFIG_OIDC_CLIENT_ID,  /* as registered there */
	CONFIG_OIDC_CLIENT_SECRET, /* file; empty: a public client */
	CONFIG_OIDC_SCOPES,     /* what is asked for */
	CONFIG_OIDC_ROLES,      /* file: claims that give roles */
	CONFIG_OIDC_SECOND_FACTOR, /* 1: one at the provider counts here */
	CONFIG_PASSWORD_SIGN_IN, /* 0: with a password administrators only */
	CONFIG_TOKEN_DAYS,      /* how long an API token may live */
	CONFIG_MAIL_URL,        /* mail server: smtp://host:port, smtps://host; empty: none */
	CONFIG_MAIL_FROM,       /* sender's address */
	CONFIG_MAIL_USER,       /* account at the mail server; empty: none */
	CONFIG_MAIL_PASSWORD,   /* file that holds its password */
	CONFIG_WEBHOOKS,        /* file that lists webhook targets; empty: none */
	CONFIG_SIGN_CERTIFICATE, /* what statements are signed with; empty: one made here */
	CONFIG_SIGN_KEY,        /* the key to it */
	CONFIG_PAYOUT_FEES,     /* who bears the payout partner's fees */
	CONFIG_DISPUTE_DAYS,    /* days after issue in which a statement can be questioned */
	CONFIG_DISPUTE_HEARD_HOURS, /* until a person answers */
	CONFIG_DISPUTE_DECIDED_DAYS, /* working days until it is decided */
	CONFIG_KEEP_APPLICATIONS, /* months from an application's decision until it is deleted */
	CONFIG_KEEP_SURVEYS,    /* months from a run's close until its answers are deleted */
	CONFIG_KEEP_PAY,        /* months, at least, that pay and contracts are kept */
	CONFIG_OVERDUE_HDL,     /* days overdue after which an HDL is told as well */
	CONFIG_CLOCK_SHIFT,     /* seconds added to the clock; DEMO=1 only */
	CONFIG_TEST_HOOKS,      /* 1: parser test hooks answer; DEMO=1 only */
	CONFIG_MAX
};

/* Reads every variable. On E_INPUT a sentence for the person who starts the program
 * stands in message (room bytes). Call once, before any thread. */
MUST_USE enum status config_read(char *message, size_t room);

/* The value of a text or folder variable; never NULL, "" when unset without default. */
const char *config_text(enum config_key key);
int64_t config_int(enum config_key key);
bool config_on(enum config_key key);

/* The documented table as Markdown rows, for README and "config". */
void config_print(FILE *out);

/* Replaces one value; for tests only, before threads. */
void config_set(enum config_key key, const char *value);

#endif
