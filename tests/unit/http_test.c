/*
 * http: which addresses may be asked, what is sent, how much is read, how long it is waited
 * for, and whom to believe. Against a server of a few lines in a thread of this test, and
 * openssl's own for TLS.
 */
#include "unit.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/config.h"
#include "base/time.h"
#include "doc/http.h"

#define MS ((int64_t)1000)
#define REQUEST_MAX 20000

static int listening, port;
static atomic_int answered; /* requests that the server has read */
static char last[REQUEST_MAX + 1];

/* ---- The server: one connection at a time, what it does stands in the path ---- */

static void
say(int fd, const char *text)
{
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* Reads head and body (Content-Length) of a request into last. */
static void
listen_to(int fd)
{
	size_t n = 0;
	ssize_t got;

	while (n < REQUEST_MAX && (got = recv(fd, last + n, REQUEST_MAX - n, 0)) > 0) {
		const char *body, *length;

		n += (size_t)got;
		last[n] = 0;
		body = strstr(last, "\r\n\r\n");
		length = strcasestr(last, "content-length: ");
		if (body && strlen(body + 4) >= (length ? strtoul(length + 16, NULL, 10) : 0))
			return;
	}
}

static void
answer(int fd)
{
	static char much[70001];

	memset(much, 'x', sizeof much - 1);
	if (!strncmp(last + 5, "redirect", 8)) {
		say(fd, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: "
			"2\r\n\r\nno");
	} else if (!strncmp(last + 5, "big", 3)) {
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n");
		say(fd, much);
	} else if (!strncmp(last + 5, "endless", 7)) {
		say(fd, "HTTP/1.1 200 OK\r\n\r\n"); /* ends with the connection */
		for (int i = 0; i < 50; i++)
			say(fd, much);
	} else if (!strncmp(last + 5, "silent", 6)) {
		struct pollfd one = { .fd = fd, .events = POLLIN };

		(void)poll(&one, 1, 5000); /* until the other side gives up */
	} else if (!strncmp(last + 5, "drip", 4)) {
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
		for (int i = 0; i < 15; i++) {
			say(fd, "x");
			(void)usleep(50000);
		}
	} else if (!strncmp(last + 5, "gone", 4)) {
		return;
	} else if (!strncmp(last + 5, "refused", 7)) {
		say(fd, "HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\nContent-Length: "
			"4\r\n\r\nbusy");
	} else {
		say(fd, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
			"Content-Length: 2\r\n\r\n{}");
	}
}

static void *
serve(void *unused_arg)
{
	(void)unused_arg;
	for (;;) {
		int fd = accept(listening, NULL, NULL);

		if (fd < 0)
			return NULL;
		listen_to(fd);
		atomic_fetch_add(&answered, 1);
		answer(fd);
		(void)close(fd);
	}
}

static int
open_port(int *ret_port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
	*ret_port = ntohs(address.sin_port);
	return fd;
}

static enum status
ask(struct arena *arena, const char *path, size_t most, int wait, struct http_answer *ret)
{
	const struct http_call call = {
		.url = text_printf(arena, "http://127.0.0.1:%d/%s", port, path),
		.most = most,
		.wait = wait,
	};

	return http_ask(arena, &call, ret, NULL);
}

/* ---- Tests ---- */

static void
test_which_addresses(void **state)
{
	static const char *const fine[] = { "https://id.example.org",
		"https://id.example.org/a?b=c", "http://127.0.0.1:80/", "http://localhost/x",
		"http://[::1]:8080/", "http://127.0.0.1" };
	static const char *const refused[] = { NULL, "", "http://id.example.org/",
		"http://127.0.0.1.example.org/", "http://127.0.0.1@example.org/",
		"http://localhost.example.org/", "https://a@b.example/",
		"https://a.example\\@b.example/", "ftp://127.0.0.1/", "file:///etc/passwd",
		"gopher://127.0.0.1:80/", "HTTP://127.0.0.1/", "//127.0.0.1/", "127.0.0.1",
		"https://a.example/\r\nX: y", "https://a.example/ b", "http://127.0.0.2:80/",
		"http://0.0.0.0:80/", "dict://127.0.0.1:80/" };
	struct http_answer reply;
	int before = atomic_load(&answered);

	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
		assert_true(http_may_ask(fine[i]));
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		const struct http_call call = { .url = refused[i], .wait = 1000, .most = 10 };

		assert_false(http_may_ask(refused[i]));
		assert_int_equal(http_ask(*state, &call, &reply, NULL), E_INPUT);
	}
	assert_int_equal(atomic_load(&answered), before);
}

static void
test_what_is_sent(void **state)
{
	struct arena *arena = *state;
	struct http_answer reply;
	const struct http_header headers[] = { { "Accept", "application/json" },
		{ "X-Signature", "abc" }, { 0 } };
	struct http_call call = {
		.url = text_printf(arena, "http://127.0.0.1:%d/post?x=1", port),
		.headers = headers,
		.content_type = "application/x-www-form-urlencoded",
		.body = bytes_of("a=b&c=d"),
		.user = "Aladdin",
		.password = "open sesame",
		.wait = 2000,
		.most = 100,
	};

	assert_int_equal(http_ask(arena, &call, &reply, NULL), OK);
	assert_int_equal(reply.status, 200);
	assert_string_equal(reply.content_type, "application/json");
	assert_string_equal((const char *)reply.body.p, "{}");
	assert_non_null(strstr(last, "POST /post?x=1 HTTP/1.1\r\n"));
	assert_non_null(strstr(last, "\r\nAccept: application/json\r\n"));
	assert_non_null(strstr(last, "\r\nX-Signature: abc\r\n"));
	assert_non_null(
	    strstr(last, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
	/* RFC 7617 2 */
	assert_non_null(
	    strstr(last, "\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"));
	assert_string_equal(strstr(last, "\r\n\r\n"), "\r\n\r\na=b&c=d");
	assert_null(strstr(last, "Expect"));

	assert_int_equal(ask(arena, "plain", 100, 2000, &reply), OK);
	assert_non_null(strstr(last, "GET /plain HTTP/1.1\r\n"));
	assert_null(strstr(last, "Authorization"));
	assert_null(strstr(last, "Cookie"));
}

static void
test_headers_keep_their_line(void **state)
{
	static const char *const values[] = { "a\r\nX-More: b", "a\nb", "\x7f" };
	struct http_answer reply;
	int before = atomic_load(&answered);

	for (size_t i = 0; i < 2 * sizeof values / sizeof *values; i++) {
		const char *bad = values[i / 2];
		const struct http_header headers[] = {
			{ i % 2 ? "X-Y" : bad, i % 2 ? bad : "y" }, { 0 }
		};
		const struct http_call call = { .headers = headers,
			.url = text_printf(*state, "http://127.0.0.1:%d/", port),
			.wait = 1000,
			.most = 10 };

		assert_int_equal(http_ask(*state, &call, &reply, NULL), E_INPUT);
	}
	assert_int_equal(atomic_load(&answered), before);
}

static void
test_not_more_than_asked_for(void **state)
{
	struct http_answer reply = { 0 };

	assert_int_equal(ask(*state, "big", 70000, 2000, &reply), OK);
	assert_int_equal(reply.body.n, 70000);
	assert_int_equal(reply.body.p[70000], 0);
	assert_int_equal(ask(*state, "big", 69999, 2000, &reply), E_LIMIT);
	assert_int_equal(ask(*state, "endless", 100000, 2000, &reply), E_LIMIT);
	assert_int_equal(ask(*state, "plain", 1, 2000, &reply), E_LIMIT);
}

static void
test_redirects_are_answers(void **state)
{
	struct http_answer reply;
	int before = atomic_load(&answered);

	assert_int_equal(ask(*state, "redirect", 100, 2000, &reply), OK);
	assert_int_equal(reply.status, 302);
	assert_int_equal(atomic_load(&answered), before + 1);
	assert_int_equal(ask(*state, "refused", 100, 2000, &reply), OK);
	assert_int_equal(reply.status, 503);
	assert_string_equal((const char *)reply.body.p, "busy");
}

/* The whole of it ends in time, also when a byte comes now and then. */
static void
test_waits_no_longer(void **state)
{
	struct http_answer reply;
	static const char *const paths[] = { "silent", "drip" };

	for (size_t i = 0; i < 2; i++) {
		int64_t begun = time_ticks();

		assert_int_equal(ask(*state, paths[i], 1000, 400, &reply), E_AWAY);
		assert_in_range(time_ticks() - begun, 350 * MS, 900 * MS);
	}
	assert_int_equal(ask(*state, "gone", 1000, 2000, &reply), E_AWAY);
}

static void
test_nobody_there(void **state)
{
	int closed, fd = open_port(&closed);
	struct http_answer reply;
	const char *why = NULL;

	(void)close(fd);
	const struct http_call call = { .url =
					    text_printf(*state, "http://127.0.0.1:%d/", closed),
		.wait = 500,
		.most = 10 };
	assert_int_equal(http_ask(*state, &call, &reply, &why), E_AWAY);
	assert_true(strlen(why) > 5);
}

/* A proxy of the environment would see everything. */
static void
test_no_proxy(void **state)
{
	struct http_answer reply;
	int elsewhere, fd = open_port(&elsewhere);

	assert_int_equal(
	    setenv("http_proxy", text_printf(*state, "http://127.0.0.1:%d", elsewhere), 1), 0);
	assert_int_equal(
	    setenv("ALL_PROXY", text_printf(*state, "http://127.0.0.1:%d", elsewhere), 1), 0);
	assert_int_equal(ask(*state, "plain", 100, 1000, &reply), OK);
	(void)unsetenv("http_proxy");
	(void)unsetenv("ALL_PROXY");
	(void)close(fd);
}

/* ---- TLS ---- */

static pid_t
run(const char *const *argv)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)!freopen("/dev/null", "r", stdin);
		(void)!freopen("/dev/null", "w", stdout);
		(void)!freopen("/dev/null", "w", stderr);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	return pid;
}

static enum status
ask_tls(struct arena *arena, const char *host, int tls_port)
{
	struct http_answer reply;
	const struct http_call call = { .url = text_printf(
					    arena, "https://%s:%d/", host, tls_port),
		.wait = 2000,
		.most = 100000 };

	return http_ask(arena, &call, &reply, NULL);
}

static void
test_whom_to_believe(void **state)
{
	struct arena *arena = *state;
	char folder[] = "/tmp/kw-http-XXXXXX";
	int tls_port, fd = open_port(&tls_port), exit_code = 1;
	enum status status = E_AWAY;

	assert_non_null(mkdtemp(folder));
	const char *certificate = text_printf(arena, "%s/cert.pem", folder);
	const char *key = text_printf(arena, "%s/key.pem", folder);
	const char *const make[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=test",
		"-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
		NULL };
	assert_int_equal(waitpid(run(make), &exit_code, 0) > 0 && exit_code == 0, 1);
	(void)close(fd);
	const char *const serve_tls[] = { "openssl", "s_server", "-www", "-quiet", "-cert",
		certificate, "-key", key, "-accept",
		text_printf(arena, "127.0.0.1:%d", tls_port), NULL };
	pid_t server = run(serve_tls);

	config_set(CONFIG_CA_FILE, certificate);
	for (int i = 0; i < 50 && status != OK; i++) {
		status = ask_tls(arena, "127.0.0.1", tls_port);
		if (status != OK)
			(void)usleep(50000);
	}
	assert_int_equal(status, OK);
	/* The certificate is of another host; nobody has vouched for it; the other side speaks
	 * no TLS at all. */
	assert_int_equal(ask_tls(arena, "localhost", tls_port), E_AWAY);
	config_set(CONFIG_CA_FILE, NULL);
	assert_int_equal(ask_tls(arena, "127.0.0.1", tls_port), E_AWAY);
	assert_int_equal(ask_tls(arena, "127.0.0.1", port), E_AWAY);
	(void)kill(server, SIGKILL);
	(void)waitpid(server, NULL, 0);
	(void)unlink(certificate);
	(void)unlink(key);
	(void)rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT_TEST(test_which_addresses),
		UNIT_TEST(test_what_is_sent),
		UNIT_TEST(test_headers_keep_their_line),
		UNIT_TEST(test_not_more_than_asked_for),
		UNIT_TEST(test_redirects_are_answers),
		UNIT_TEST(test_waits_no_longer),
		UNIT_TEST(test_nobody_there),
		UNIT_TEST(test_no_proxy),
		UNIT_TEST(test_whom_to_believe),
	};
	pthread_t server;
	int failed;

	if (http_start() != OK)
		return 1;
	listening = open_port(&port);
	if (pthread_create(&server, NULL, serve, NULL) != 0)
		return 1;
	failed = cmocka_run_group_tests_name("http", tests, NULL, NULL);
	(void)shutdown(listening, SHUT_RDWR);
	(void)pthread_join(server, NULL);
	return failed;
}
