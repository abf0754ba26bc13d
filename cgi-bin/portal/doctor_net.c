/*
 * doctor_net.c: what a browser would meet: nginx, the pages over TLS on this machine's loopback
 * under the site's own name, its certificate, and what the public face must refuse. One
 * connection per question, at most WAIT_SECONDS each.
 */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/config.h"
#include "base/text.h"
#include "data/cms.h"
#include "doc/http.h"
#include "doc/smtp.h"
#include "portal/doctor.h"
#include "portal/notice.h"

#define WAIT_SECONDS 5
#define ANSWER_MOST 200 /* the first line is what is read */
#define DAYS_SOON 21

/* ---- nginx ---- */

/* No program of ours may start another, so the command `keptword doctor` asks nginx and hands
 * its last words on; "" when it is content. */
void
doctor_nginx(struct doctor *doctor)
{
	const char *said = cli_option(doctor->cli, "nginx");

	if (!said)
		return;
	if (*said)
		doctor_say(doctor, WRONG,
		    text_printf(
			doctor->arena, "nginx does not accept its configuration: %s", said),
		    "nginx -t shows all of it; keptword setup writes the site anew.");
	else
		doctor_say(doctor, FINE, "nginx accepts its configuration", NULL);
}

/* ---- One question over TLS ---- */

struct place {
	const char *host, *port;
};

/* "https://host:port" in two; false for an address without TLS. */
static bool
place_of(struct arena *arena, const char *url, struct place *ret)
{
	const char *host = text_starts(url, "https://") ? url + 8 : NULL;
	const char *colon = host ? strrchr(host, ':') : NULL;

	if (!host)
		return false;
	ret->host = colon ? arena_copy(arena, host, (size_t)(colon - host)) : host;
	ret->port = colon ? colon + 1 : "443";
	return true;
}

/* A connection to a port of an address ("127.0.0.1", or a name), -1 when there is none. */
static int
connect_to(const char *address, const char *port)
{
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM };
	const struct timeval limit = { .tv_sec = WAIT_SECONDS };
	struct addrinfo *found = NULL;
	int fd = -1;

	if (getaddrinfo(address, port, &wanted, &found) != 0)
		return -1;
	for (const struct addrinfo *at = found; at && fd < 0; at = at->ai_next) {
		fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd < 0)
			continue;
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
		(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
		if (connect(fd, at->ai_addr, at->ai_addrlen) != 0) {
			(void)close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	return fd;
}

/* A TLS session with the site as a browser has it, under its name; NULL when none comes about.
 * The certificate is looked at afterwards. It owns fd. */
static SSL *
session_open(SSL_CTX *context, const struct place *place)
{
	int fd = connect_to("127.0.0.1", place->port);
	SSL *ssl;

	if (fd < 0)
		fd = connect_to(place->host, place->port);
	if (fd < 0)
		return NULL;
	ssl = SSL_new(context);
	if (ssl && SSL_set_fd(ssl, fd) == 1 &&
	    SSL_set_tlsext_host_name(ssl, place->host) == 1 && SSL_connect(ssl) == 1)
		return ssl;
	SSL_free(ssl);
	(void)close(fd);
	return NULL;
}

static void
session_close(SSL *ssl)
{
	int fd = SSL_get_fd(ssl);

	(void)SSL_shutdown(ssl);
	SSL_free(ssl);
	(void)close(fd);
}

/* The status of GET path, 0 when no answer came. */
static int
ask(struct doctor *doctor, const struct place *place, const char *path)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL *ssl = context ? session_open(context, place) : NULL;
	char answer[ANSWER_MOST + 1] = "";
	int status = 0;

	if (ssl) {
		const char *question = text_printf(doctor->arena,
		    "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path,
		    place->host);
		if (SSL_write(ssl, question, (int)strlen(question)) > 0 &&
		    SSL_read(ssl, answer, ANSWER_MOST) > 12 && text_starts(answer, "HTTP/1.1 "))
			status = (int)strtol(answer + 9, NULL, 10);
		session_close(ssl);
	}
	SSL_CTX_free(context);
	return status;
}

/* ---- Pages ---- */

/* A demo without TLS. */
static int
ask_plain(struct doctor *doctor, const char *path)
{
	const struct http_call call = {
		.url = text_printf(doctor->arena, "%s%s", config_text(CONFIG_PUBLIC_URL), path),
		.wait = WAIT_SECONDS * 1000,
		.most = 100000,
	};
	struct http_answer answer;

	if (http_start() != OK || http_ask(doctor->arena, &call, &answer, NULL) != OK)
		return 0;
	return answer.status;
}

void
doctor_pages(struct doctor *doctor)
{
	const char *url = config_text(CONFIG_PUBLIC_URL),
		   *staff = config_text(CONFIG_STAFF_URL);
	struct place place, intranet;
	bool tls = place_of(doctor->arena, url, &place);
	int health = tls ? ask(doctor, &place, "/healthz") : ask_plain(doctor, "/healthz");

	if (health == 200)
		doctor_say(doctor, FINE,
		    text_printf(
			doctor->arena, "%s answers, every program reaches its database", url),
		    NULL);
	else
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "%s/healthz answers %d.", url, health),
		    health == 503 ? "A program is away or does not reach the database: "
				    "keptword status, journalctl "
				    "-u 'keptword-*'"
		    : health ? "Another site answers under this address: nginx -T shows which."
			     : "Nobody listens there: systemctl status nginx");
	if (!*staff || !tls || !place_of(doctor->arena, staff, &intranet))
		return;
	if (ask(doctor, &place, "/staff/people") != 404)
		doctor_say(doctor, WRONG, "The public face shows staff pages.",
		    "keptword setup writes nginx's site anew.");
	else if (ask(doctor, &intranet, "/healthz") != 200)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "The staff face %s does not answer.", staff),
		    "See that /etc/keptword/staff-networks.conf lets this machine in, then "
		    "keptword setup.");
	else
		doctor_say(doctor, FINE,
		    "the public face refuses staff pages, the intranet's has them", NULL);
}

/* ---- Mail ---- */

/* Does the mail server greet within its time? "smtp://host:port" or "smtps://..."; port 587 or
 * 465 where none is said. Over TLS nothing is read: that the connection comes about is enough.
 */
static bool
mail_greets(struct arena *arena, const char *url)
{
	bool tls = text_starts(url, "smtps://");
	const char *host = strstr(url, "://"), *colon;
	char greeting[4] = "";
	size_t n;
	int fd;

	if (!host)
		return false;
	host += 3;
	n = strcspn(host, "/");
	host = arena_copy(arena, host, n);
	colon = strrchr(host, ':');
	fd = connect_to(
	    colon ? arena_copy(arena, host, (size_t)(colon - host)) : host, colon ? colon + 1
									    : tls ? "465"
										  : "587");
	if (fd < 0)
		return false;
	bool greets =
	    tls || (recv(fd, greeting, 3, MSG_WAITALL) == 3 && text_is(greeting, "220"));
	(void)close(fd);
	return greets;
}

void
doctor_mail(struct doctor *doctor)
{
	const char *why = "", *url = config_text(CONFIG_MAIL_URL);

	if (!smtp_wanted()) {
		if (!config_on(CONFIG_DEMO))
			doctor_say(doctor, LOOK,
			    "There is no mail server: people get no mail from here.",
			    "Set KEPTWORD_MAIL_URL and KEPTWORD_MAIL_FROM, then keptword "
			    "upgrade.");
		return;
	}
	if (smtp_check(doctor->arena, &why) != OK)
		doctor_say(
		    doctor, WRONG, why, "Mend it in the settings, then keptword upgrade.");
	else if (!mail_greets(doctor->arena, url))
		doctor_say(doctor, WRONG, "The mail server does not greet within five seconds.",
		    "Is the address in KEPTWORD_MAIL_URL right, and may this machine reach "
		    "it?");
	else
		doctor_say(doctor, FINE, "the mail server greets", NULL);
}

/* ---- Certificates ---- */

static bool
is_for(X509 *certificate, const char *host)
{
	return X509_check_host(certificate, host, 0, 0, NULL) == 1 ||
	       X509_check_ip_asc(certificate, host, 0) == 1;
}

/* Would a browser believe it? Told as a reason, NULL when it would. */
static const char *
disbelief(SSL_CTX *context, X509 *certificate, STACK_OF(X509) * chain, const char *host)
{
	X509_STORE_CTX *check = X509_STORE_CTX_new();
	const char *reason = NULL;

	if (!is_for(certificate, host))
		reason = "it is for other names";
	else if (!check || X509_STORE_CTX_init(
			       check, SSL_CTX_get_cert_store(context), certificate, chain) != 1)
		reason = "it could not be checked";
	else if (X509_verify_cert(check) != 1)
		reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(check));
	X509_STORE_CTX_free(check);
	return reason;
}

static void
certificate_tell(struct doctor *doctor, SSL_CTX *context, SSL *ssl, const char *host)
{
	X509 *certificate = SSL_get1_peer_certificate(ssl);
	const char *reason;
	int days = 0, seconds = 0;

	if (!certificate)
		return;
	reason = disbelief(context, certificate, SSL_get_peer_cert_chain(ssl), host);
	(void)ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate));
	if (days < 0 || seconds < 0)
		doctor_say(doctor, WRONG,
		    text_printf(
			doctor->arena, "The certificate of %s ended %d days ago.", host, -days),
		    "Renew it where it comes from, then systemctl reload nginx.");
	else if (!is_for(certificate, host))
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The certificate shown for %s is for other names.", host),
		    "Set TLS_CERTIFICATE and TLS_KEY in /etc/keptword/keptword.env, then "
		    "keptword setup.");
	else if (reason)
		doctor_say(doctor, LOOK,
		    text_printf(doctor->arena,
			"Browsers will warn of the certificate of %s: %s.", host, reason),
		    "Set TLS_CERTIFICATE and TLS_KEY in /etc/keptword/keptword.env, then "
		    "keptword setup.");
	else
		doctor_say(doctor, days < DAYS_SOON ? LOOK : FINE,
		    text_printf(doctor->arena, "%s: %s, %d days left", host,
			SSL_get_version(ssl), days),
		    days < DAYS_SOON ? "See that it is renewed." : NULL);
	X509_free(certificate);
}

/* Is a browser of ten years ago let in? */
static bool
old_versions_pass(const struct place *place)
{
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	SSL *ssl = NULL;

	if (context && SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
	    SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION) == 1 &&
	    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0") == 1)
		ssl = session_open(context, place);
	if (ssl)
		session_close(ssl);
	SSL_CTX_free(context);
	return ssl != NULL;
}

static void
certificate_check(struct doctor *doctor, const char *url)
{
	const char *authorities = config_text(CONFIG_CA_FILE);
	SSL_CTX *context;
	struct place place;
	SSL *ssl;

	if (!place_of(doctor->arena, url, &place))
		return;
	context = SSL_CTX_new(TLS_client_method());
	if (!context)
		return;
	if (*authorities)
		(void)SSL_CTX_load_verify_file(context, authorities);
	else
		(void)SSL_CTX_set_default_verify_paths(context);
	ssl = session_open(context, &place);
	if (ssl) {
		certificate_tell(doctor, context, ssl, place.host);
		session_close(ssl);
		if (old_versions_pass(&place))
			doctor_say(doctor, WRONG, "TLS 1.0 or 1.1 is accepted.",
			    "keptword setup writes nginx's site anew; another site on this "
			    "port may "
			    "allow it.");
	} else {
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena, "%s does not speak TLS.", url),
		    "systemctl status nginx; keptword setup");
	}
	SSL_CTX_free(context);
}

/* The certificate that statements are signed with, where one is named; the one that is made
 * needs nobody to look after it for ten years. */
static void
signing_check(struct doctor *doctor)
{
	const char *path = config_text(CONFIG_SIGN_CERTIFICATE), *why = "";
	struct sealer *sealer;
	struct bytes signature;

	if (text_empty(path))
		return;
	if (sealer_open(path, config_text(CONFIG_SIGN_KEY), &sealer, &why) != OK) {
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The certificate %s, which statements are signed with, cannot be read.",
			path),
		    "Name a PEM file in KEPTWORD_SIGN_CERTIFICATE; payments does not start "
		    "without.");
		return;
	}
	int days = sealer_days(sealer);
	if (sealer_sign(doctor->arena, sealer, bytes_of("x"), bytes_of(""), &signature) != OK)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The key %s cannot be read, is open to others, or is not that of %s.",
			config_text(CONFIG_SIGN_KEY), path),
		    "No statement can be had as PDF until KEPTWORD_SIGN_KEY is its key, 0600.");
	else
		doctor_say(doctor,
		    days < 0    ? WRONG
		    : days < 30 ? LOOK
				: FINE,
		    text_printf(doctor->arena,
			"The certificate that statements are signed with ends in %d days (%s).",
			days, sealer_name(sealer)),
		    days < 30 ? "Put a new one first in its file, the old one behind it."
			      : NULL);
}

void
doctor_certificates(struct doctor *doctor)
{
	signing_check(doctor);
	certificate_check(doctor, config_text(CONFIG_PUBLIC_URL));
	if (*config_text(CONFIG_STAFF_URL))
		certificate_check(doctor, config_text(CONFIG_STAFF_URL));
}

void
doctor_hooks(struct doctor *doctor)
{
	const char *fault = NULL;
	size_t n = 0;

	(void)notice_hooks(doctor->arena, &n, &fault);
	if (fault)
		doctor_say(doctor, WRONG,
		    text_printf(doctor->arena,
			"The file of webhooks cannot be read at line %s.", fault),
		    "See the README of portal, Webhooks.");
	else if (n > 0)
		doctor_say(doctor, FINE, text_printf(doctor->arena, "%zu set", n), NULL);
}
