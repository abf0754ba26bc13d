/* smtp.c: mails to the configured server, see smtp.h. */
#include "doc/smtp.h"

#include "base/config.h"
#include "base/secret.h"
#include "doc/mail.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

#define WAIT_MS 10000L
#define WAIT_TEST_MS                                                                         \
	1500L /* with CONFIG_TEST_HOOKS, so that a test of a server that hangs takes seconds \
	       */
#define CONNECT_MS 3000L
#define OUR_BUSY 421 /* the server is about to close: for all mails, not for this one */

struct smtp {
	struct arena *arena;
	CURL *curl;
	const char *password;
	char why[CURL_ERROR_SIZE];
};

/* What of a mail libcurl has taken. */
struct sending {
	struct bytes mail;
	size_t at;
};

bool
smtp_wanted(void)
{
	return *config_text(CONFIG_MAIL_URL) != '\0';
}

static bool
is_loopback(const char *url)
{
	static const char *const HOSTS[] = { "127.0.0.1", "localhost", "[::1]" };
	const char *host = strstr(url, "://");

	for (size_t i = 0; host && i < sizeof HOSTS / sizeof *HOSTS; i++)
		if (text_starts(host + 3, HOSTS[i]) &&
		    strchr(":/", host[3 + strlen(HOSTS[i])])) /* '\0' is found too */
			return true;
	return false;
}

enum status
smtp_check(struct arena *arena, const char **ret_why)
{
	const char *url = config_text(CONFIG_MAIL_URL), *password;
	const char *why = NULL;

	if ((!text_starts(url, "smtp://") && !text_starts(url, "smtps://")) ||
	    strpbrk(url, "@\\ ?#"))
		why = "KEPTWORD_MAIL_URL is not like smtp://mail.example.org:587.";
	else if (!mail_address_fine(config_text(CONFIG_MAIL_FROM)))
		why = "KEPTWORD_MAIL_FROM is no address that mails can come from.";
	else if (*config_text(CONFIG_MAIL_USER) &&
		 secret_read(arena, config_text(CONFIG_MAIL_PASSWORD), &password) != OK)
		why = "The file KEPTWORD_MAIL_PASSWORD holds no password that can be read.";
	else if (config_on(CONFIG_DEMO) && !is_loopback(url))
		why = "A demo sends mails to a server on this machine only.";
	if (why && ret_why)
		*ret_why = why;
	return why ? E_INPUT : OK;
}

/* libcurl says QUIT when a connection ends and waits up to two minutes for the answer, whatever
 * limits were set; so nothing can be read from then on, or, where the server hangs, neither
 * read nor written. */
static void
do_not_wait(const struct smtp *smtp, int how)
{
	curl_socket_t connection = CURL_SOCKET_BAD;

	if (smtp->curl &&
	    curl_easy_getinfo(smtp->curl, CURLINFO_ACTIVESOCKET, &connection) == CURLE_OK &&
	    connection != CURL_SOCKET_BAD)
		(void)shutdown(connection, how);
}

static void
end(void *arg)
{
	struct smtp *smtp = arg;

	do_not_wait(smtp, SHUT_RD);
	curl_easy_cleanup(smtp->curl);
	smtp->curl = NULL;
}

struct smtp *
smtp_open(struct arena *arena)
{
	struct smtp *smtp = arena_new_of(arena, struct smtp);

	smtp->arena = arena;
	arena_hook(arena, end, smtp);
	smtp->curl = curl_easy_init();
	if (*config_text(CONFIG_MAIL_USER) &&
	    secret_read(arena, config_text(CONFIG_MAIL_PASSWORD), &smtp->password) != OK)
		smtp->password = NULL;
	return smtp;
}

static size_t
give(char *to, size_t size, size_t n, void *arg)
{
	struct sending *sending = arg;
	size_t left = sending->mail.n - sending->at;

	n *= size;
	if (n > left)
		n = left;
	memcpy(to, sending->mail.p + sending->at, n);
	sending->at += n;
	return n;
}

static void
prepare(
    struct smtp *smtp, const char *from, const struct curl_slist *to, struct sending *sending)
{
	CURL *curl = smtp->curl;
	const char *url = config_text(CONFIG_MAIL_URL);
	const char *authorities = config_text(CONFIG_CA_FILE);

	curl_easy_reset(curl); /* keeps the connection */
	(void)curl_easy_setopt(curl, CURLOPT_URL, url);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(
	    curl, CURLOPT_TIMEOUT_MS, config_on(CONFIG_TEST_HOOKS) ? WAIT_TEST_MS : WAIT_MS);
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	(void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	(void)curl_easy_setopt(
	    curl, CURLOPT_USE_SSL, (long)(is_loopback(url) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	if (*authorities)
		(void)curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
	if (smtp->password) {
		(void)curl_easy_setopt(curl, CURLOPT_USERNAME, config_text(CONFIG_MAIL_USER));
		(void)curl_easy_setopt(curl, CURLOPT_PASSWORD, smtp->password);
	}
	(void)curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
	(void)curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	(void)curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	(void)curl_easy_setopt(curl, CURLOPT_READDATA, sending);
	(void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->why);
}

/* libcurl tells by its words which command was refused. Sender and greeting are the same for
 * all mails; receiver and text are this one's. */
static enum status
judge(const struct smtp *smtp, CURLcode code, long answer, const struct sending *sending)
{
	bool told = code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
		    code == CURLE_UPLOAD_FAILED;
	bool of_mail = text_starts(smtp->why, "RCPT") || text_starts(smtp->why, "DATA") ||
		       (sending->at == sending->mail.n && sending->mail.n > 0);

	if (code == CURLE_OK)
		return OK;
	if (!told || !of_mail || answer == OUR_BUSY || answer < 400)
		return E_AWAY;
	return answer >= 500 ? E_INPUT : E_BUSY;
}

enum status
smtp_send(struct smtp *smtp, const char *from, const char *to, struct bytes mail,
    const char **ret_why)
{
	struct sending sending = { mail, 0 };
	struct curl_slist *receiver = curl_slist_append(NULL, to);
	CURLcode code = CURLE_OUT_OF_MEMORY;
	long answer = 0;

	smtp->why[0] = '\0';
	if (smtp->curl && receiver) {
		prepare(smtp, from, receiver, &sending);
		code = curl_easy_perform(smtp->curl);
		(void)curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &answer);
		(void)curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
	}
	curl_slist_free_all(receiver);
	*ret_why = text_printf(smtp->arena, "%s%s%.0ld",
	    *smtp->why ? smtp->why : curl_easy_strerror(code), answer ? ", answer " : "",
	    answer);
	enum status status = judge(smtp, code, answer, &sending);
	if (status == E_AWAY)
		do_not_wait(smtp, SHUT_RDWR);
	return status;
}
