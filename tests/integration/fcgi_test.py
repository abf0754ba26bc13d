"""The skeleton over its socket: kept connections, bodies, signals, addresses, headers. Each test
names the trap that it watches."""
import os
import signal
import threading
import time
import unittest

import fcgi
from fcgi import STDIN, Closed, Plugin, params_of, record, request_records, within

SAMPLE = os.environ.get("SAMPLE", str(fcgi.TOP / "build" / "sample"))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Served(unittest.TestCase):
    """A sample plugin with THREADS threads for the whole class."""

    THREADS = 3

    @classmethod
    def setUpClass(cls):
        cls.plugin = Plugin(SAMPLE, threads=cls.THREADS)
        if not cls.plugin.wait_for_log('"event":"serving"'):
            raise AssertionError(cls.plugin.log())

    @classmethod
    def tearDownClass(cls):
        took, code = cls.plugin.stop()
        log = cls.plugin.log()
        cls.plugin.done()
        assert code == 0, f"exit code {code}\n{log}"
        assert took < 5, f"took {took:.2f} s to stop"

    def ask(self, *args, **kwargs):
        return self.plugin.ask(*args, **kwargs)


class KeptConnections(Served):
    def echo(self, connection, word):
        reply = connection.ask("GET", f"/sample/echo?x={word}")
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.value("x"), word)

    def test_many_requests_on_one_connection(self):
        with self.plugin.connect() as connection:
            for n in range(200):
                self.echo(connection, str(n))

    def test_not_kept_when_not_asked(self):
        with self.plugin.connect() as connection:
            connection.ask("GET", "/sample/echo", keep=False)
            self.assertTrue(connection.is_closed())

    def test_body_read(self):
        with self.plugin.connect() as connection:
            for _ in range(3):
                reply = connection.ask("POST", "/sample/api/form", FORM, b"name=Ada&age=36")
                self.assertEqual((reply.status, reply.value("name"), reply.value("age")),
                                 (200, "Ada", "36"))
            self.echo(connection, "after")

    def test_body_unread(self):
        """404, 405 and a GET with a body: nobody reads the body, the next request is not hurt."""
        with self.plugin.connect() as connection:
            for method, target, status in (("POST", "/sample/nothing", 404),
                                           ("POST", "/sample/big", 405),
                                           ("GET", "/sample/echo", 200)):
                reply = connection.ask(method, target, FORM, b"x=" + b"y" * 30000)
                self.assertEqual(reply.status, status)
                self.echo(connection, "after")

    def test_end_record_of_the_body_comes_later(self):
        with self.plugin.connect() as connection:
            body = b"name=Ada"
            records = request_records(params_of("POST", "/sample/api/form", FORM, body), body)
            for _ in range(2):
                connection.send(b"".join(records[:-1]))
                time.sleep(0.1)
                connection.send(records[-1])
                self.assertEqual(connection.receive().value("name"), "Ada")
            self.echo(connection, "after")

    def test_early_413(self):
        """Too large a body is answered before it is understood, and read to its end."""
        with self.plugin.connect() as connection:
            body = b"name=Ada&note=" + b"n" * 300000
            reply = connection.ask("POST", "/sample/api/form", FORM, body)
            self.assertEqual(reply.status, 413)
            self.echo(connection, "after")

    def test_body_longer_than_it_says(self):
        with self.plugin.connect() as connection:
            params = params_of("POST", "/sample/api/form", FORM, b"name=Ada")
            connection.send(b"".join(request_records(params, b"name=Ada&age=12")))
            self.assertEqual(connection.receive().status, 400)
            self.echo(connection, "after")

    def test_one_byte_at_a_time(self):
        body = b"name=Ada&age=36"
        data = b"".join(request_records(params_of("POST", "/sample/api/form", FORM, body), body))
        with self.plugin.connect() as connection:
            for at in range(len(data)):
                connection.send(data[at:at + 1])
            self.assertEqual(connection.receive().value("age"), "36")
            self.echo(connection, "after")

    def test_padding_and_tiny_records(self):
        with self.plugin.connect() as connection:
            body = b"name=Ada&age=36"
            records = request_records(params_of("POST", "/sample/api/form", FORM, body), b"")[:-1]
            records += [record(STDIN, body[at:at + 1], padding=at % 8) for at in range(len(body))]
            records.append(record(STDIN))
            connection.send(b"".join(records))
            self.assertEqual(connection.receive().value("age"), "36")
            self.echo(connection, "after")

    def test_large_replies_are_whole(self):
        with self.plugin.connect() as connection:
            for n in (0, 1, 8191, 8192, 65527, 65528, 65529, 200000, 5000000):
                reply = connection.ask("GET", f"/sample/big?n={n}")
                self.assertEqual(reply.get("Content-Length"), str(n))
                self.assertEqual(len(reply.body), n)
                self.assertEqual(reply.body, (b"abcdefghijklmnopqrstuvwxyz" * (n // 26 + 1))[:n])

    def test_nine_kib_of_headers(self):
        with self.plugin.connect() as connection:
            headers = {f"X-Filler-{n}": "f" * 900 for n in range(10)}
            headers["Cookie"] = "; ".join(f"c{n}={'v' * 90}" for n in range(100))
            reply = connection.ask("GET", "/sample/echo?x=long", headers)
            self.assertEqual((reply.status, reply.value("x")), (200, "long"))
            self.echo(connection, "after")


class MoreConnectionsThanThreads(Served):
    def test_silent_kept_connections_do_not_block(self):
        """Every thread holds a silent kept connection; a further client is served all the same."""
        kept = [self.plugin.connect() for _ in range(self.THREADS)]
        for connection in kept:
            self.assertEqual(connection.ask("GET", "/sample/echo").status, 200)
        begun = time.monotonic()
        for _ in range(2 * self.THREADS):
            self.assertEqual(self.ask("GET", "/sample/echo").status, 200)
        self.assertLess(time.monotonic() - begun, within(1.5))
        for connection in kept:
            connection.close()

    def test_silent_new_connections_do_not_block(self):
        """Clients that connect and say nothing are given up as well."""
        silent = [self.plugin.connect() for _ in range(4 * self.THREADS)]
        begun = time.monotonic()
        self.assertEqual(self.ask("GET", "/sample/echo").status, 200)
        self.assertLess(time.monotonic() - begun, within(2))
        for connection in silent:
            connection.close()

    def test_four_times_as_many_busy_connections(self):
        """All keep their connection busy; nobody waits long, whoever is sent away comes back."""
        slowest, counts, failures = [], [], []
        until = time.monotonic() + 3

        def client():
            worst, count = 0.0, 0
            connection = self.plugin.connect()
            while time.monotonic() < until:
                begun = time.monotonic()
                while True:
                    try:
                        if connection.ask("GET", "/sample/echo").status != 200:
                            failures.append("status")
                        break
                    except (Closed, OSError):
                        connection.close()
                        connection = self.plugin.connect()
                worst = max(worst, time.monotonic() - begun)
                count += 1
            connection.close()
            slowest.append(worst)
            counts.append(count)

        threads = [threading.Thread(target=client) for _ in range(4 * self.THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(len(counts), 4 * self.THREADS)
        self.assertGreater(min(counts), 10 / within(1))
        self.assertLess(max(slowest), within(1.0))


class BrokenClients(Served):
    def test_abort_in_the_middle(self):
        body = b"name=Ada"
        records = request_records(params_of("POST", "/sample/api/form", FORM, body), body)
        for n in range(len(records)):
            with self.plugin.connect() as connection:
                connection.send(b"".join(records[:n]) + records[n][:5])
        with self.plugin.connect() as connection:
            connection.send(b"".join(records[:-2]) + record(fcgi.ABORT))
            try:
                self.assertEqual(connection.receive().status, 400)
            except (Closed, ConnectionResetError):
                pass
        self.assertEqual(self.ask("GET", "/sample/echo").status, 200)

    def test_gone_before_the_reply(self):
        for _ in range(2 * self.THREADS):
            connection = self.plugin.connect()
            connection.send(b"".join(request_records(params_of("GET", "/sample/big?n=3000000"))))
            connection.close()
        self.assertEqual(self.ask("GET", "/sample/echo").status, 200)

    def test_not_fastcgi_at_all(self):
        for noise in (b"GET / HTTP/1.1\r\n\r\n", b"\0" * 64, b"\xff" * 64, b"\1\1\0\1"):
            with self.plugin.connect() as connection:
                connection.send(noise)
        self.assertEqual(self.ask("GET", "/sample/echo").status, 200)
        self.assertIsNone(self.plugin.process.poll())

    def test_signal_storm(self):
        """Signals that mean nothing to us do not cut a request or a connection."""
        stop = threading.Event()

        def storm():
            while not stop.is_set():
                for number in (signal.SIGWINCH, signal.SIGALRM, signal.SIGUSR2, signal.SIGCHLD,
                               signal.SIGPIPE):
                    self.plugin.process.send_signal(number)
                time.sleep(0.0005)

        thread = threading.Thread(target=storm)
        thread.start()
        try:
            for _ in range(100):
                with self.plugin.connect() as connection:
                    time.sleep(0.001)
                    reply = connection.ask("POST", "/sample/api/form", FORM, b"name=Ada")
                    self.assertEqual(reply.value("name"), "Ada")
        finally:
            stop.set()
            thread.join()


class Addresses(Served):
    def test_not_found(self):
        for target in ("/", "/sample", "/sample/echo/", "/sample/echo/more", "/sample//echo",
                       "/sample/things/", "/sample/things/%20%20/x"):
            self.assertEqual(self.ask("GET", target).status, 404, target)

    def test_wrong_method(self):
        for method, target, allow in (("POST", "/sample/big", "GET, HEAD"),
                                      ("GET", "/sample/only-post", "POST"),
                                      ("DELETE", "/sample/echo", "GET, HEAD, POST"),
                                      ("OPTIONS", "/sample/things/7", "GET, HEAD"),
                                      ("TRACE", "/sample/slow", "GET, HEAD")):
            reply = self.ask(method, target)
            self.assertEqual((reply.status, reply.get("Allow")), (405, allow), target)
        self.assertEqual(self.ask("DELETE", "/sample/nothing").status, 404)

    def test_unreadable(self):
        for target in ("sample/echo", "/sample/%", "/sample/%4", "/sample/%zz", "/sample/%00",
                       "/sample/%ff", "/sample/%c0%af", "/sample/../echo", "/sample/%2e%2e/echo",
                       "/sample/./echo", "/sample/things/a%2fb", "/sample/things/a%0ab",
                       "/sample/things/%ed%a0%80", "/" + "a" * 2001):
            self.assertEqual(self.ask("GET", target).status, 400, target)
        self.assertEqual(self.ask("GET", "/sample/echo", extra={"REQUEST_URI": ""}).status, 400)
        for length in ("-1", "12x", "99999999999999999999"):
            reply = self.ask("POST", "/sample/api/form", FORM, b"",
                             extra={"CONTENT_LENGTH": length})
            self.assertEqual(reply.status, 400, length)

    def test_literal_wins_and_decoding(self):
        self.assertEqual(self.ask("GET", "/sample/things/new").text, "literal\n")
        self.assertEqual(self.ask("GET", "/sample/things/n%65w").text, "literal\n")
        self.assertEqual(self.ask("GET", "/sample/things/gr%C3%BCn%20x").value("param"), "grün x")
        self.assertEqual(self.ask("GET", "/s%61mple/echo?x=1").value("x"), "1")

    def test_query(self):
        for query, value in (("x=a+b%20c", "a b c"), ("y=1&x=%C3%A9", "é"), ("x", ""), ("x=%ff", ""),
                             ("x=%", ""), ("x=a%0d%0ab", ""), ("x=1&x=2", "1"), ("", ""),
                             ("%78=7", "7"), ("&&x=3", "3"), ("x=a=b", "a=b")):
            self.assertEqual(self.ask("GET", "/sample/echo?" + query).value("x"), value, query)

    def test_request_id(self):
        given = "0123456789abcdef0123456789abcdef"
        self.assertEqual(self.ask("GET", "/sample/echo", extra={"REQUEST_ID": given}).value("id"), given)
        for bad in ("", "short", given.upper(), given[:-1] + "\n", given + "0"):
            own = self.ask("GET", "/sample/echo", extra={"REQUEST_ID": bad}).value("id")
            self.assertRegex(own, "^[0-9a-f]{32}$")
            self.assertNotEqual(own, given)

    def test_error_pages(self):
        for word, status in (("input", 400), ("absent", 404), ("conflict", 409), ("denied", 403),
                             ("limit", 413), ("busy", 503), ("away", 503), ("fault", 500),
                             ("nothing", 500)):
            given = os.urandom(16).hex()
            reply = self.ask("GET", "/sample/fail?with=" + word, extra={"REQUEST_ID": given})
            self.assertEqual(reply.status, status, word)
            self.assertEqual(reply.get("Content-Type"), "text/html; charset=utf-8")
            self.assertIn(given, reply.text)
            self.assertEqual(reply.get("Retry-After"), "2" if status == 503 else None)

    def test_head(self):
        get, head = self.ask("GET", "/sample/big?n=70000"), self.ask("HEAD", "/sample/big?n=70000")
        self.assertEqual(head.body, b"")
        self.assertEqual(head.head, get.head)
        self.assertEqual(self.ask("HEAD", "/sample/nothing").body, b"")

    def test_out_of_memory_is_a_503_and_nothing_more(self):
        for _ in range(3):
            reply = self.ask("GET", "/sample/memory")
            self.assertEqual((reply.status, reply.get("Retry-After")), (503, "2"))
            self.assertEqual(self.ask("GET", "/sample/echo").status, 200)
        self.assertIn('"event":"no_memory"', self.plugin.log())

    def test_health_without_a_database(self):
        self.assertEqual(self.ask("GET", "/-/health").status, 503)


class Callers(Served):
    def test_signed_out(self):
        reply = self.ask("GET", "/sample/me?a=1&b=c%20d")
        self.assertEqual(reply.status, 303)
        self.assertEqual(reply.get("Location"), "/sign-in?to=%2Fsample%2Fme%3Fa%3D1%26b%3Dc%2520d")
        self.assertEqual(self.ask("GET", "/sample/staff").get("Location"), "/sign-in?to=%2Fsample%2Fstaff")
        reply = self.ask("GET", "/sample/api/me")
        self.assertEqual((reply.status, reply.get("Content-Type")),
                         (401, "application/json; charset=utf-8"))
        self.assertIn('"error":"sign_in"', reply.text)

    def test_database_away(self):
        """With a session cookie the database is asked: 503 within two seconds."""
        begun = time.monotonic()
        reply = self.ask("GET", "/sample/me", {"Cookie": "__Host-session=" + "0" * 52})
        self.assertEqual((reply.status, reply.get("Retry-After")), (503, "2"))
        self.assertLess(time.monotonic() - begun, 2)

    def test_no_cookie_no_database(self):
        self.assertEqual(self.ask("GET", "/sample/echo", {"Cookie": "x=y"}).status, 200)


class Forms(Served):
    def open(self):
        reply = self.ask("GET", "/sample/form")
        cookie = reply.all("Set-Cookie")[0]
        self.assertRegex(cookie, r"^__Host-visit=[0-9a-z]{52}; Path=/; Secure; HttpOnly; "
                                 r"SameSite=Lax; Max-Age=86400$")
        self.assertEqual(reply.get("Cache-Control"), "no-store")
        return cookie.split(";")[0], reply.value("token"), reply.value("submission")

    def post(self, cookie, token, submission, fields="name=Ada", headers=None):
        body = f"_token={token}&_submission={submission}&{fields}".encode()
        return self.ask("POST", "/sample/form", {**FORM, "Cookie": cookie, **(headers or {})}, body)

    def test_token(self):
        cookie, token, submission = self.open()
        self.assertEqual(self.post(cookie, token, submission).value("name"), "Ada")
        other, other_token, _ = self.open()
        self.assertEqual(self.post(cookie, other_token, submission).status, 403)
        self.assertEqual(self.post("x=y", token, submission).status, 403)
        self.assertEqual(self.post(cookie, "", submission).status, 403)
        self.assertEqual(self.post(cookie, token[:-1], submission).status, 403)
        self.assertEqual(self.post(cookie, token.upper() + "0", submission).status, 403)

    def test_origin(self):
        cookie, token, submission = self.open()
        for headers, status in (({"Origin": "http://127.0.0.1:8080"}, 200),
                                ({"Origin": "http://127.0.0.1:8081"}, 403),
                                ({"Origin": "https://127.0.0.1:8080"}, 403),
                                ({"Origin": "http://127.0.0.1:8080.evil.example"}, 403),
                                ({"Origin": "http://evil.example"}, 403),
                                ({"Origin": "null"}, 403),
                                ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
                                ({"Sec-Fetch-Site": "cross-site"}, 403),
                                ({"Sec-Fetch-Site": "same-origin"}, 200)):
            self.assertEqual(self.post(cookie, token, submission, headers=headers).status, status,
                             headers)

    def test_fields_that_are_wrong(self):
        cookie, token, submission = self.open()
        for fields in ("name=", "name=" + "x" * 21, "name=a&age=0", "name=a&age=x", "age=3",
                       "name=a&name=b"):
            self.assertEqual(self.post(cookie, token, submission, fields).status, 422, fields)

    def test_body_that_cannot_be_read(self):
        for kind, body in (("text/plain", b"name=Ada"), ("", b"name=Ada"),
                           ("multipart/form-data", b"name=Ada"),
                           ("multipart/form-data; boundary=b", b"--c\r\n\r\n")):
            reply = self.ask("POST", "/sample/api/form", {"Content-Type": kind}, body)
            self.assertEqual(reply.status, 400, kind)


class Headers(Served):
    def test_injection(self):
        """A value with a line end in it never becomes a header; the request fails instead."""
        evil = b"a\r\nX-Evil: 1\r\n\r\n<p>".hex()
        for target in ("cookie", "header", "redirect", "cookie"):
            reply = self.ask("GET", f"/sample/{target}?value={evil}")
            self.assertEqual(reply.status, 500, target)
            self.assertNotIn(b"X-Evil", reply.head)
        self.assertNotIn(b"X-Evil", self.ask("GET", "/sample/file?name=a%0d%0aX-Evil:1").head)
        for value in (b"a;b", b"a b", b"a,b", b'a"b', b"a\\b", b"a\x7f", "é".encode()):
            self.assertEqual(self.ask("GET", "/sample/cookie?value=" + value.hex()).status, 500)
        self.assertEqual(self.ask("GET", "/sample/cookie?value=" + b"ok".hex()).get("Set-Cookie"),
                         "__Host-test=ok; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60")

    def test_redirects_stay_here(self):
        for value in (b"//evil.example", b"/\\evil.example", b"http://evil.example", b"",
                      b"/\t/evil.example", b"sample", b"/a b", "/é".encode(), b"\\\\evil.example"):
            self.assertEqual(self.ask("GET", "/sample/redirect?value=" + value.hex()).status, 500, value)
        reply = self.ask("GET", "/sample/redirect?value=" + b"/a?b=//c".hex())
        self.assertEqual((reply.status, reply.get("Location")), (303, "/a?b=//c"))
        self.assertEqual(reply.body, b"")
        self.assertIsNone(reply.get("Content-Type"))

    def test_file_names(self):
        for name, plain, full in (("a.csv", "a.csv", "a.csv"),
                                  ("Aufstellung%20M%C3%A4rz.pdf", "Aufstellung_M_rz.pdf",
                                   "Aufstellung%20M%C3%A4rz.pdf"),
                                  ("%22;x.csv", "__x.csv", "%22%3Bx.csv"),
                                  ("../../etc/passwd", "passwd", "passwd"),
                                  (".htaccess", "_htaccess", ".htaccess"), ("", "file", "file"),
                                  ("%E6%96%87.csv", "_.csv", "%E6%96%87.csv")):
            reply = self.ask("GET", "/sample/file?name=" + name)
            self.assertEqual(reply.get("Content-Disposition"),
                             f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
            self.assertEqual(reply.get("Cache-Control"), "private, no-store")

    def test_etag(self):
        reply = self.ask("GET", "/sample/tagged")
        self.assertEqual((reply.status, reply.get("ETag")), (200, '"v1"'))
        for value, status in (('"v1"', 304), ('W/"v1"', 304), ('"v0", "v1"', 304), ("*", 304),
                              ('"v2"', 200), ("v1", 200), ('"v1', 200), ("", 200)):
            reply = self.ask("GET", "/sample/tagged", {"If-None-Match": value})
            self.assertEqual(reply.status, status, value)
            self.assertEqual(reply.body, b"" if status == 304 else b"version 1\n")

    def test_each_header_once(self):
        for target in ("/sample/echo", "/sample/big?n=3", "/sample/nothing", "/sample/form"):
            names = [name.lower() for name, _ in self.ask("GET", target).headers]
            self.assertEqual(len(names), len(set(names)), target)
            self.assertIn("cache-control", names)


class Logs(Served):
    def test_a_line_names_the_route_not_the_address(self):
        self.ask("GET", "/sample/things/canary-4711?x=canary-4712", {"Cookie": "a=canary-4713"})
        self.assertTrue(self.plugin.wait_for_log('"route":"/sample/things/:id"'))
        log = self.plugin.log()
        self.assertNotIn("canary", log)
        line = next(line for line in log.split("\n") if "/sample/things/:id" in line)
        self.assertRegex(line, r'"event":"request".*"status":200.*"ms":\d+.*"bytes":\d+')

    def test_health_writes_no_line(self):
        self.ask("GET", "/-/health")
        self.ask("GET", "/sample/echo")
        self.assertTrue(self.plugin.wait_for_log("/sample/echo"))
        self.assertNotIn('"route":"/-/health"', self.plugin.log())


if __name__ == "__main__":
    unittest.main()
