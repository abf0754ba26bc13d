"""What nginx does for every plugin: headers on every reply, methods, hosts, limits, error pages,
logs. Asked from outside, on the running instance."""
import json
import re
import socket
import time
import unittest

from instance import Site as Instance, style_sheet

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
          "frame-ancestors 'none'; require-trusted-types-for 'script'")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LIMIT = 11 * 1024 * 1024


def raw(request, wait=5):
    """Sends bytes as they are; the whole answer, b"" when there is none."""
    with socket.create_connection(("127.0.0.1", Instance.shared().port), timeout=wait) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
        except (ConnectionResetError, TimeoutError):
            pass
    return answer


class Site(unittest.TestCase):
    def setUp(self):
        self.site = Instance.shared()
        self.person = self.site.person()

    def get(self, path, **more):
        return self.person.get(path, follow=False, **more)

    def check(self, status, headers):
        """Each header once, with its value."""
        for name, value in HEADERS.items():
            found = [given for key, given in headers if key.lower() == name.lower()]
            self.assertEqual(found, [value], f"{name} on {status}")
        self.assertNotIn("*", [v for k, v in headers if k.lower().startswith("access-control")])
        server = [v for k, v in headers if k.lower() == "server"]
        self.assertFalse(re.search(r"\d", "".join(server)), server)

    def check_raw(self, request, status):
        head, _, body = raw(request).partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.assertEqual(lines[0].split(" ")[1], str(status), lines[0])
        self.check(status, [tuple(line.split(": ", 1)) for line in lines[1:]])
        # A page of ours: no product names, a number to quote.
        self.assertIn(b"<h1>", body)
        self.assertNotIn(b"nginx", body)
        self.assertRegex(body, rb"<code>[0-9a-f]{32}</code>")


class Headers(Site):
    def test_pages_of_plugins(self):
        for path, status in (("/sign-in", 200), ("/", 303), ("/no-such-page", 404),
                             ("/set-up/nothing", 404), ("/healthz", 200)):
            answer = self.get(path)
            self.assertEqual(answer.status, status, path)
            self.check(status, answer.headers)

    def test_static_files(self):
        path = style_sheet(self.get("/sign-in").body)
        answer = self.get(path)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.header("Content-Type"), "text/css; charset=utf-8")
        self.assertEqual(answer.header("Cache-Control"), "public, max-age=31536000, immutable")
        self.check(200, answer.headers)
        again = self.get(path, headers={"If-None-Match": answer.header("ETag")})
        self.assertEqual(again.status, 304)
        self.check(304, again.headers)
        packed = self.get(path, headers={"Accept-Encoding": "gzip"})
        self.assertEqual(packed.header("Content-Encoding"), "gzip")

    def test_nothing_but_files_of_static(self):
        for path in ("/static/", "/static/../portal/home.tpl", "/static/.git",
                     "/static/%2e%2e/portal/home.tpl", "/.git/config", "/static/nothing.css",
                     "/-/health", "/%2d/health", "/x/..//-/health", "/-/error/503.html"):
            answer = self.get(path)
            # The plugin that a climbing path ends at calls it broken.
            self.assertIn(answer.status, (400, 404) if "/../" in path or "%2e" in path else (404,), path)
            self.check(answer.status, answer.headers)

    def test_wrong_method_of_a_plugin(self):
        answer = self.person.post("/healthz")
        self.assertEqual(answer.status, 405)
        self.assertIn("GET", answer.header("Allow"))
        self.check(405, answer.headers)

    def test_methods_that_nobody_takes(self):
        for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "PATCH", "PROPFIND", "FOO"):
            answer = self.person.request(method, "/sign-in")
            self.assertEqual(answer.status, 405, method)
            self.assertEqual(answer.header("Allow"), "GET, HEAD, POST")
            self.check(405, answer.headers)
            self.assertIn("<h1>", answer.text)

    def test_broken_requests(self):
        host = b"Host: 127.0.0.1\r\nConnection: close\r\n"
        self.check_raw(b"NONSENSE\r\n\r\n", 400)
        self.check_raw(b"GET / HTTP/1.1\r\nHost: a\r\n" + host + b"\r\n", 400)
        self.check_raw(b"GET / HTTP/1.1\r\nBad Header: x\r\nHost: a b\r\n\r\n", 400)
        self.check_raw(b"GET / HTTP/1.1\r\n" + host + b"X: " + b"x" * 40000 + b"\r\n\r\n", 400)
        self.check_raw(b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n" + host + b"\r\n", 414)
        self.check_raw(b"POST / HTTP/1.1\r\n" + host + b"Transfer-Encoding: odd\r\n\r\n", 501)
        self.check_raw(b"GET / HTTP/9.9\r\n" + host + b"\r\n", 505)

    def test_too_large(self):
        self.check_raw(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                       b"Content-Length: %d\r\n\r\n" % (LIMIT + 1), 413)


class Hosts(Site):
    def test_names_that_are_ours(self):
        port = self.site.port
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost", "LOCALHOST"):
            self.assertEqual(self.get("/sign-in", headers={"Host": host}).status, 200, host)

    def test_names_that_are_not(self):
        for host in ("evil.example", "127.0.0.1.evil.example", "169.254.169.254"):
            answer = raw(f"GET /sign-in HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            self.assertEqual(answer, b"", host)
        self.assertEqual(raw(b"GET / HTTP/1.0\r\n\r\n"), b"")


class Logs(Site):
    def lines(self, wanted):
        path = self.site.run / "log/nginx-access.log"
        for _ in range(40):
            text = path.read_text(encoding="utf-8")
            if wanted in text:
                return text
            time.sleep(0.1)
        self.fail(f"no line {wanted}")

    def test_no_query_strings_and_no_tokens(self):
        for path in ("/no-such-page?word=canary-in-query", "/set-up/canary-token", "/new-address/canary-token",
                     "/feedback/answer/canary-answer?x=1", "/static/canary-static"):
            self.get(path)
        self.get("/no-such-page-at-the-end")
        text = self.lines("/no-such-page-at-the-end")
        self.assertNotIn("canary", text)
        for line in text.splitlines():
            self.assertNotIn("127.0.0.1", line)
            json.loads(line)

    def test_anonymous_answers_leave_no_line_at_all(self):
        before = self.lines("").count("feedback/answer")
        errors = self.site.run / "log/nginx-error.log"
        for path in ("/feedback/answer/nowhere", "/feedback/%61nswer/nowhere"):
            self.get(path)
            self.person.post(path, {"a": "b"})
        self.get("/no-such-page-after-answers")
        text = self.lines("/no-such-page-after-answers")
        self.assertEqual(text.count("feedback/answer"), before)
        self.assertNotIn("nowhere", text)
        self.assertNotIn("nowhere", errors.read_text(encoding="utf-8"))
        for log in (self.site.run / "log").glob("feedback*.log"):
            self.assertNotIn("nowhere", log.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
